"""Fits how sure links in news are, on articles whose every quotation has a label of its source.

``corpora/sources.jsonl`` tells for each attribution that quotecraft found in articles of the
English Worldwide Newswire and of PolNeAR, by offsets alone, whose it is. How sure a link is was
judged on articles that the weights were not fitted on.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from quotecraft.model import Span
from quotecraft.pipeline import Pipeline
from quotecraft.speakers.decision import LinearDecider
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.linear import LinearModel
from quotecraft.speakers.linking import Linker
from quotecraft.speakers.links import Observer
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.speakers.sureness import SURE, sure_features
from quotecraft.speakers.units import Unit
from quotecraft.training.logistic import fit_logistic
from quotecraft.training.speaker_referents import Labelled, read_labelled

__all__ = ["Sourced", "Weighed", "fit_sureness", "is_right", "read_sources", "weighed_links"]

_FOLDS = 10
_PENALTY = 1.0  # of 0.3 to 30 the one under which outlets left out are likeliest
_DIGITS = 3  # decimal places of weights
_FREE = 0.001  # nearly none: two weights on thousands of links
_LEAST = 8  # links that must have a feature
_EDGE = 1e-4  # no probability is nearer to 0 or 1
_COVERAGE = 0.8  # of the quotations, of which the share right is told
_BINS = 10
_LONGER = 3  # words that a description may have beside the name in it
_SMALL = frozenset(("the", "a", "an", "of", "s"))

Report = Callable[[str], None]
Features = Mapping[str, float]


@frozen
class Sourced:
    """Whose one attribution is.

    Attributes:
        what: ``"named"``, ``"several"``, ``"document"`` (written by whom a name tells),
            ``"unnamed"``, ``"author"`` (of the article) or ``"nobody"`` (not told).
        names: Where those whose it is are named.
    """

    what: str
    names: tuple[Span, ...] = ()


@frozen
class Weighed:
    """A link that was judged.

    Attributes:
        article: Where it stands.
        features: What tells how sure it is.
        given: Whether it names a speaker.
        right: Whether it is right; leaving open whom the text tells is not.
        held: Whether few rules were developed on the article.
    """

    article: str
    features: Features
    given: bool
    right: bool
    held: bool = False


_KINDS = ("named", "several", "document", "unnamed", "author", "nobody")


def read_sources(
    path: Path, data: Path, pipeline: Pipeline
) -> Iterator[tuple[Labelled, Mapping[Span, Sourced]]]:
    """Read labelled attributions with the articles that they are offsets into.

    Args:
        path: JSON Lines: ``article``, ``characters`` and, for each kind of label, rows of the start
            and end of an attribution's content and those of the names meant, of which any will do
            (of several who speak together, all are needed).
        data: Folder with the corpora.
        pipeline: Finds sentences and quotations.

    Raises:
        InputError: If an article is missing or has another length.
    """
    for row, article in read_labelled(path, data, pipeline):
        sources = {
            Span(start, end): Sourced(what, tuple(map(Span, names[::2], names[1::2])))
            for what in _KINDS
            for start, end, *names in row.get(what, ())
        }
        yield article, sources


def weighed_links(
    articles: Iterable[tuple[Labelled, Mapping[Span, Sourced]]], decider: LinearDecider
) -> Iterator[Weighed]:
    """Yield the links that labelled articles get, with what tells how sure they are.

    Args:
        articles: Articles with their labels.
        decider: What ranks, without a model of how sure links are.
    """
    resolver = RuleResolver(decider=decider)
    for article, sources in articles:
        if not article.attributions:
            continue
        linker = resolver.link(article.text, article.sentences, article.attributions, Observer())
        if linker.conversation:
            continue
        for unit, features in zip(linker.units, sure_features(linker), strict=True):
            gold = sources.get(Span(unit.start, unit.end))
            if gold is not None:
                right = is_right(linker, unit, gold)
                given = unit.speaker is not None
                yield Weighed(article.id, features, given, right, held=article.held)


def is_right(linker: Linker, unit: Unit, gold: Sourced) -> bool:
    """Say whether a link gives the speaker that a label tells.

    Args:
        linker: The links of the text.
        unit: The attribution.
        gold: Its label.
    """
    speaker = unit.speaker
    if gold.what == "nobody" or speaker is None:
        return gold.what == "nobody" and speaker is None
    if gold.what == "unnamed" or (gold.what == "document" and not speaker.names):
        return not speaker.names or _is_common(unit, speaker)
    if gold.what == "author" and (speaker is linker.narrator or _is_author(unit, speaker)):
        return True
    if gold.what == "several":
        members = linker.members.get(id(speaker), (speaker,))
        return all(any(_is_named(linker, one, name) for one in members) for name in gold.names)
    return any(_is_named(linker, speaker, name) for name in gold.names)


def _is_author(unit: Unit, speaker: Entity) -> bool:
    """Say whether a link gives the words to the author, by "we" or an "I" without a name."""
    return unit.pattern == "author" and not speaker.names


def _is_common(unit: Unit, speaker: Entity) -> bool:
    """Say whether somebody is called by a word alone that names no person ("Police")."""
    named = unit.source is not None and unit.source.name is not None
    return named and speaker.kind is not NameKind.PERSON and all(map(_is_word, speaker.names))


def _is_word(name: str) -> bool:
    return len(name.split()) == 1


def _is_named(linker: Linker, entity: Entity, name: Span) -> bool:
    """Say whether somebody is named at a span, or goes by the name that stands there."""
    wanted = _words(name.of(linker.index.words.text))
    for form in (*entity.names, entity.description or ""):
        words = _words(form)
        more = len(words) - len(wanted)
        if words and (words <= wanted or (words >= wanted and more <= _LONGER)):
            return True
    return any(
        owner is entity and mention.span.start < name.end and name.start < mention.span.end
        for mention, owner in zip(linker.index.mentions, linker.owners, strict=True)
    )


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold())) - _SMALL


def fit_sureness(links: Sequence[Weighed], decider: LinearDecider, report: Report) -> LinearDecider:
    """Return a decider with a model of how sure links are.

    Rules are right more often in the articles that they were developed on than in others. So the
    model is scaled and shifted, in log-odds, to be as sure as its links in articles held back are
    right (Platt 1999).

    Args:
        links: Judged links.
        decider: What the model is added to.
        report: Takes lines of figures.
    """
    folds = {article: n % _FOLDS for n, article in enumerate(sorted({k.article for k in links}))}
    judged: list[tuple[float, Weighed]] = []
    for fold in range(_FOLDS):
        model = _fit([link for link in links if folds[link.article] != fold])
        judged += [(_share(model, k), k) for k in links if folds[k.article] == fold]
    report(f"sureness, {len(links)} links of {len(folds)} articles, cross-validated:")
    for threshold in (0.0, 0.5, 0.6, 0.7, 0.8):
        report(f"sureness, threshold {threshold:.1f}: {_figures(judged, threshold)}")
    surest = sorted(judged, key=lambda one: -one[0])[: round(_COVERAGE * len(judged))]
    share = sum(link.right for _, link in surest) / len(surest)
    report(f"sureness, right among the surest {_COVERAGE:.0%}: {share:.3f}")
    report(f"sureness, calibration error: {_error(judged):.3f}")
    model = _fit(links)
    held = [(share, link) for share, link in judged if link.held]
    if held:
        model = _scaled(model, *_held(held, report))
    return evolve(decider, models={**decider.models, SURE: model})


def _held(judged: Sequence[tuple[float, Weighed]], report: Report) -> tuple[float, float]:
    """Return what log-odds are multiplied with, and what is added, to fit articles held back."""
    names = sorted({link.article for _, link in judged})
    folds = {article: n % _FOLDS for n, article in enumerate(names)}
    scaled: list[tuple[float, Weighed]] = []
    for fold in range(_FOLDS):
        scale, shift = _platt([one for one in judged if folds[one[1].article] != fold])
        for share, link in judged:
            if folds[link.article] == fold:
                scaled.append((_expit(scale * _logit(share) + shift), link))
    scale, shift = _platt(judged)
    report(f"sureness, {len(judged)} links of {len(folds)} articles held back:")
    report(f"sureness, threshold 0.5: {_figures(judged, 0.5)}; error {_error(judged):.3f}")
    report(f"sureness, scaled by {scale:.2f} and shifted by {shift:.2f}: ")
    report(f"sureness, threshold 0.5: {_figures(scaled, 0.5)}; error {_error(scaled):.3f}")
    return scale, shift


def _platt(judged: Sequence[tuple[float, Weighed]]) -> tuple[float, float]:
    rows = [{"odds": _logit(share), "bias": 1.0} for share, _ in judged]
    weights = fit_logistic(rows, [link.right for _, link in judged], penalty=_FREE)
    return weights.get("odds", 1.0), weights.get("bias", 0.0)


def _scaled(model: LinearModel, scale: float, shift: float) -> LinearModel:
    weights = {name: scale * value for name, (value,) in model.weights.items()}
    weights["bias"] = weights.get("bias", 0.0) + shift
    rounded = {name: (round(value, _DIGITS),) for name, value in weights.items()}
    return evolve(model, weights=rounded)


def _fit(links: Sequence[Weighed]) -> LinearModel:
    counts = Counter(name for link in links for name in link.features)
    rows = [
        {name: value for name, value in link.features.items() if counts[name] >= _LEAST}
        for link in links
    ]
    weights = fit_logistic(rows, [link.right for link in links], penalty=_PENALTY)
    return LinearModel(("right",), {name: (weight,) for name, weight in weights.items()})


def _share(model: LinearModel, link: Weighed) -> float:
    return _expit(model.score(link.features))


def _expit(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _logit(share: float) -> float:
    share = min(max(share, _EDGE), 1 - _EDGE)
    return math.log(share / (1 - share))


def _figures(judged: Sequence[tuple[float, Weighed]], threshold: float) -> str:
    """Return the shares right, wrong and left open; not telling an untold source is right."""
    right = sum(link.right and (share >= threshold or not link.given) for share, link in judged)
    wrong = sum(not link.right and link.given and share >= threshold for share, link in judged)
    total = len(judged)
    left = total - right - wrong
    return f"right {right / total:.3f}, wrong {wrong / total:.3f}, open {left / total:.3f}"


def _error(judged: Sequence[tuple[float, Weighed]]) -> float:
    """Return the expected calibration error over ten equal bins (Naeini et al. 2015)."""
    gaps = [0.0] * _BINS
    for share, link in judged:
        gaps[min(int(share * _BINS), _BINS - 1)] += share - link.right
    return sum(map(abs, gaps)) / len(judged)
