"""Examples for telling conversation from quoted sources: stretches of novels, articles of news."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import Document, QuoteKind, Span
from quotecraft.speakers.genre import genre_features
from quotecraft.speakers.linear import LinearModel
from quotecraft.speakers.mentions import NameIndex
from quotecraft.speakers.name_kinds import decide_kinds
from quotecraft.speakers.names import find_names
from quotecraft.speakers.resolver import quoted_spans
from quotecraft.speakers.speaking import speaking_names
from quotecraft.speakers.units import build_units
from quotecraft.speakers.words import Words
from quotecraft.training.logistic import fit_logistic
from quotecraft.training.speaker_links import Novel

__all__ = ["fit_genre"]

_SEED = 0
_STRETCHES = 60  # taken from each novel
_QUOTATIONS = (1, 2, 3, 5, 8, 12, 20)  # quotations in a stretch
_MARGINS = (50, 200, 800)  # characters around it
_LONGEST = 40_000  # characters of a stretch

Features = dict[str, float]


def fit_genre(novels: Sequence[Novel], articles: Iterable[Document]) -> LinearModel:
    """Fit the model that tells conversation (positive) from news.

    Both sides count the same, and both show stretches, so that a few lines in which nobody is named
    prove nothing. Of the articles some lose their indirect attributions, so that the
    model also works where only quotation marks were found.

    Args:
        novels: PDNC novels.
        articles: PolNeAR articles.
    """
    chance = random.Random(_SEED)  # noqa: S311  (no secret)
    fiction = [row for novel in novels for row in _stretches(novel, chance)]
    news = list(_articles(articles, chance))
    size = min(len(fiction), len(news))
    rows = [*chance.sample(fiction, size), *chance.sample(news, size)]
    weights = fit_logistic(rows, [True] * size + [False] * size)
    return LinearModel(("conversation",), {name: (weight,) for name, weight in weights.items()})


def _stretches(novel: Novel, chance: random.Random) -> Iterator[Features]:
    found = [given.attribution for given in novel.quotations]
    quotations = [attribution for attribution in found if attribution.parent is None]
    for _ in range(_STRETCHES):
        yield from _stretch(novel.text, quotations, chance)


def _stretch(
    text: str, quotations: Sequence[Attribution], chance: random.Random
) -> Iterator[Features]:
    """Yield a few quotations in a row with what stands around them, unless they are far apart."""
    count = min(chance.choice(_QUOTATIONS), len(quotations))
    first = chance.randrange(len(quotations) - count + 1)
    chosen = quotations[first : first + count]
    margin = chance.choice(_MARGINS)
    start = max(0, chosen[0].content[0].start - margin)
    end = min(len(text), max(a.content[-1].end for a in chosen) + margin)
    if end - start <= _LONGEST:
        moved = [_moved(attribution, start, end) for attribution in chosen]
        yield _features(text[start:end], moved)


def _moved(attribution: Attribution, start: int, end: int) -> Attribution:
    """Return an attribution as it stands in a stretch of its text."""
    inside = [span for span in attribution.source if start <= span.start and span.end <= end]
    cue = [span for span in attribution.cue if start <= span.start and span.end <= end]
    return evolve(
        attribution,
        content=tuple(Span(span.start - start, span.end - start) for span in attribution.content),
        source=tuple(Span(span.start - start, span.end - start) for span in inside),
        cue=tuple(Span(span.start - start, span.end - start) for span in cue),
    )


def _articles(articles: Iterable[Document], chance: random.Random) -> Iterator[Features]:
    for article in articles:
        quotes = [
            Attribution(q.content, q.kind, cue=q.cue, source=q.source) for q in article.quotes
        ]
        if chance.random() < 0.4:
            quotes = [quote for quote in quotes if quote.kind is not QuoteKind.INDIRECT]
        if quotes:
            yield _features(article.text, quotes)
            yield from _stretch(article.text, quotes, chance)


def _features(text: str, attributions: Sequence[Attribution]) -> Features:
    words = Words(text, (), quoted_spans(text, attributions))
    mentions = find_names(words, (span for one in attributions for span in one.source))
    kinds = decide_kinds(words, mentions, speaking_names(words, mentions, attributions))
    index = NameIndex.of(words, mentions, kinds)
    return genre_features(index, build_units(index, (), attributions))
