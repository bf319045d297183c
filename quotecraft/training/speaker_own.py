"""How sure links in news are, measured on our own labelled articles beside GUM."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from quotecraft.detect.interfaces import Attribution
from quotecraft.evaluate.names import stand_ins
from quotecraft.model import Document
from quotecraft.parse.interfaces import Tokenizer
from quotecraft.speakers.decision import LinearDecider
from quotecraft.speakers.links import Observer
from quotecraft.speakers.output import build_resolution
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.training.speaker_links import PRIORS

__all__ = ["NEWS_PRIORS", "Told", "own_links", "raised", "smoothed"]

Told = tuple[str, float, bool]  # pattern of a link, its probability, whether it is right

# Priors that only news has, or that are another there: shares right, counted by reading links in
# some 500 articles of the English Worldwide Newswire, before others judge them.
NEWS_PRIORS = {
    "author": 0.85,
    "described:again": 0.88,
    "described:last": 0.87,
    "described:lead": 0.8,
    "described:only": 0.75,
    "described:role": 0.88,
    "floating:subject": 0.7,
    "inner": 0.95,
    "inner:same": 0.94,
    "inner:silent": 0.85,
    "inner:subject": 0.85,
    "noting": 0.85,
    "pair": 0.8,
    "pronoun:focus": 0.85,
    "pronoun:group": 0.85,
    "pronoun:it": 0.8,
    "pronoun:last": 0.95,
    "pronoun:people": 0.65,
    "pronoun:they": 0.7,
    "pronoun:unnamed": 0.65,
    "role:rival": 0.8,
    "stated": 0.8,
}
_PRIOR_CASES = 20  # quotations that a prior counts for against measured ones
_STEPS = 60
_STILL = 5.0  # inverse variance of the shift: the few sources of GUM that are hard tell little


def own_links(
    documents: Iterable[Document], tokenizer: Tokenizer, decider: LinearDecider
) -> Iterator[Told]:
    """Yield the links that articles with gold quotations get, none left out.

    Args:
        documents: Labelled articles; of ours those of the genre news count.
        tokenizer: Finds sentences.
        decider: What ranks.
    """
    for document in documents:
        if document.metadata.get("genre") != "news":
            continue
        found = list(_attributions(document))
        resolver = RuleResolver(decider=decider)
        sentences = tokenizer.tokenize(document.text)
        linker = resolver.link(document.text, sentences, found, Observer())
        if linker.conversation:
            continue
        result = build_resolution(linker, 0.0)
        meant = stand_ins(result.speakers, document.speakers)
        for quote, unit, link in zip(document.quotes, linker.units, result.links, strict=True):
            if quote.speaker is not None and link.speaker is not None:
                yield unit.pattern, unit.confidence, meant[link.speaker] == quote.speaker


def _attributions(document: Document) -> Iterator[Attribution]:
    places = {quote.id: place for place, quote in enumerate(document.quotes)}
    for quote in document.quotes:
        parent = places[quote.parent] if quote.parent is not None else None
        yield Attribution(
            quote.content, quote.kind, cue=quote.cue, source=quote.source, parent=parent
        )


def smoothed(links: Iterable[Told]) -> dict[str, float]:
    """Return how often each pattern is right: its prior, moved by what was counted.

    Args:
        links: Links that were judged.
    """
    counts = Counter((pattern, right) for pattern, _, right in links)
    result = {}
    for name, prior in sorted({**PRIORS, **NEWS_PRIORS}.items()):
        right, wrong = counts[name, True], counts[name, False]
        total = right + wrong + _PRIOR_CASES
        result[name] = round((right + prior * _PRIOR_CASES) / total, 3)
    return result


def raised(
    levels: Sequence[tuple[float, float]], links: Sequence[Told], pattern: str
) -> list[tuple[float, float]]:
    """Return levels whose shares are shifted, in log odds, to what a pattern's links show.

    All pronouns tell the curve's shape, those that are sources its height: sources are easier.

    Args:
        levels: Softmax levels with the share right at each.
        links: Links that were judged, with probabilities by those levels.
        pattern: The pattern whose links count.
    """
    given = [(_logit(p), right) for name, p, right in links if name == pattern]
    shift = 0.0
    for _ in range(_STEPS):  # Newton's method, with a normal prior around no shift
        shares = [1 / (1 + math.exp(-(logit + shift))) for logit, _ in given]
        slope = sum(right - share for (_, right), share in zip(given, shares, strict=True))
        bend = sum(share * (1 - share) for share in shares) + _STILL
        shift += (slope - _STILL * shift) / bend
    return [(level, round(1 / (1 + math.exp(-(_logit(s) + shift))), 3)) for level, s in levels]


def _logit(share: float) -> float:
    share = min(max(share, 0.01), 0.99)
    return math.log(share / (1 - share))
