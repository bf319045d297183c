"""Fits and measures the ranking of speakers on PDNC novels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, evolve, field, frozen

from quotecraft.detect.interfaces import Detector
from quotecraft.evaluate.names import stand_ins
from quotecraft.model import Document, MentionKind, Sentence, Speaker, SpeakerId
from quotecraft.parse.interfaces import Tokenizer
from quotecraft.speakers.conversation import SEARCHED
from quotecraft.speakers.decision import LinearDecider
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.linear import LinearModel
from quotecraft.speakers.linking import Linker
from quotecraft.speakers.links import Observer
from quotecraft.speakers.output import names_of
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.speakers.units import Unit
from quotecraft.text.pairing import pair_marks
from quotecraft.training.speaker_figures import Figures, Judgement
from quotecraft.training.speaker_fit import Ranking, Scorer, fit_ranking, measure_levels
from quotecraft.training.speaker_network import fit_network
from quotecraft.training.speaker_search import SearchObserver
from quotecraft.training.speaker_sources import Given, found_quotations, given_quotations
from quotecraft.training.speaker_trust import (
    Answer,
    confidences,
    fit_trust,
    measure_patterns,
)

__all__ = [
    "NEWS_WEIGHTS",
    "PRIORS",
    "SITUATIONS",
    "Novel",
    "cross_validate",
    "fit_links",
    "read_novels",
    "split_by_author",
]

_KINDS = ("pronoun", "description", "implicit")
_NETWORKS = ("pronoun:again", "implicit:again")  # descriptions are too few for one
_FOLDS = 2  # of a cross-validation, by author
SITUATIONS = (*_KINDS, *(f"{kind}:again" for kind in _KINDS))
_MOST = 500  # quotations of a novel, at most, that count for its size where novels are split
_FLATTENED = 5  # of so many novels one is learned from without its paragraphs, too

# Weights that no corpus gives: how a speaker goes on in news. Set by hand, checked by reading.
NEWS_WEIGHTS = {"news:last": 2.0, "news:last:clear": 3.0, "news:described": -1.0}

# How often each pattern is thought right before measuring. Those that novels can tell are measured.
PRIORS = {
    "alone": 0.9,
    "body": 0.7,
    "conjunction": 0.95,
    "continuation": 0.95,
    "continuation:several": 0.7,
    "described": 0.7,
    "description:new": 0.9,
    "description:text": 0.9,
    "floating": 0.85,
    "generic": 0.9,
    "indefinite": 0.8,
    "inner": 0.95,
    "inner:named": 0.7,
    "inner:same": 0.85,
    "interviewed": 0.9,
    "interviewer": 0.9,
    "name:called": 0.95,
    "name:full": 0.99,
    "name:other": 0.95,
    "name:short": 0.97,
    "name:titled": 0.97,
    "narrator": 0.95,
    "passive": 0.9,
    "pronoun:it": 0.6,
    "pronoun:they": 0.6,
    "relative": 0.85,
    "role": 0.9,
    "silent": 0.6,
    "unresolved": 0.5,
}
_MEASURED = ("continuation", "name:full", "name:short", "name:titled", "narrator", "role")


@frozen
class Novel:
    """A PDNC novel, ready to be resolved again and again.

    Attributes:
        id: Its folder's name.
        text: Its text.
        sentences: Its sentences.
        quotations: Its quotations, given or found.
        characters: Its gold speakers.
        author: Who wrote it: novels by one author are never on both sides of a split.
        missed: Types of the gold quotations with a known speaker that weren't found.
    """

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    quotations: tuple[Given, ...]
    characters: tuple[Speaker, ...]
    author: str = ""
    missed: tuple[str, ...] = ()


def read_novels(
    documents: Iterable[Document],
    tokenizer: Tokenizer,
    detector: Detector | None = None,
    authors: Mapping[str, str] | None = None,
) -> Iterator[Novel]:
    """Prepare PDNC novels.

    Args:
        documents: The novels, from ``formats.pdnc.read_pdnc``.
        tokenizer: Finds sentences.
        detector: Finds quotations, as at run time; without one the gold quotations are given,
            the pieces of interrupted ones one by one.
        authors: Who wrote each novel; without it each is by an author of its own.
    """
    for document in documents:
        sentences = tokenizer.tokenize(document.text)
        if detector is None:
            quotations = given_quotations(document, split=True)
        else:
            found = detector.detect(document.text, sentences, pair_marks(document.text))
            quotations = found_quotations(document, found)
        yield Novel(
            document.id,
            document.text,
            sentences,
            tuple(quotations),
            document.speakers,
            (authors or {}).get(document.id, document.id),
            tuple(_missed(document, quotations)),
        )


def _missed(document: Document, quotations: Sequence[Given]) -> Iterator[str]:
    """Yield the type of each gold quotation with a known speaker that wasn't found."""
    found = {id(given.gold) for given in quotations}
    for quote in document.quotes:
        kind = quote.extra.get("quote_type")
        if quote.speaker is not None and kind is not None and id(quote) not in found:
            yield kind


def split_by_author(novels: Sequence[Novel], parts: int) -> list[list[Novel]]:
    """Return the novels in groups of about as many quotations, authors kept together.

    Args:
        novels: The novels.
        parts: Number of groups.
    """
    works: dict[str, list[Novel]] = defaultdict(list)
    for novel in novels:
        works[novel.author].append(novel)
    groups: list[list[Novel]] = [[] for _ in range(parts)]
    for author in sorted(works, key=lambda name: (-_size(works[name]), name)):
        min(groups, key=_size).extend(works[author])
    return groups


def _size(novels: Iterable[Novel]) -> int:
    return sum(min(len(novel.quotations), _MOST) for novel in novels)


@define
class _Collector(Observer):
    rankings: list[tuple[str, Unit, Sequence[Evidence]]] = field(factory=list)

    def ranked(self, situation: str, unit: Unit, evidence: Sequence[Evidence]) -> None:
        self.rankings.append((situation, unit, list(evidence)))


@define
class _Judge:
    """Says which gold character an entity of a finished linker stands for."""

    linker: Linker
    characters: Sequence[Speaker]
    _texts: dict[int, dict[str, None]] = field(factory=lambda: defaultdict(dict))
    _known: dict[int, SpeakerId | None] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        for unit in self.linker.units:
            described = unit.source is not None and unit.source.kind is MentionKind.DESCRIPTION
            if unit.speaker is not None and unit.source is not None and described:
                self._texts[id(unit.speaker)].setdefault(unit.source.text)

    def character(self, entity: Entity) -> SpeakerId | None:
        key = id(entity)
        if key not in self._known:
            name, aliases = names_of(entity, self._texts[key])
            speaker = Speaker(SpeakerId("x"), name, aliases=aliases)
            self._known[key] = stand_ins([speaker], self.characters)[SpeakerId("x")]
        return self._known[key]


def _run(novel: Novel, decider: LinearDecider) -> tuple[_Judge, _Collector]:
    collector = _Collector()
    attributions = [given.attribution for given in novel.quotations]
    resolver = RuleResolver(decider=decider)
    linker = resolver.link(novel.text, novel.sentences, attributions, collector)
    return _Judge(linker, novel.characters), collector


def _rankings(novel: Novel, decider: LinearDecider) -> Iterator[tuple[str, Ranking]]:
    judge, collector = _run(novel, decider)
    for situation, unit, evidence in collector.rankings:
        given = novel.quotations[unit.number]
        if given.speaker is not None and given.type is not None:
            right = [judge.character(item.entity) == given.speaker for item in evidence]
            yield situation, Ranking([item.features for item in evidence], right)


def fit_links(novels: Sequence[Novel], start: LinearDecider) -> LinearDecider:
    """Fit what ranks; in the second round each novel's histories come from the other half.

    Args:
        novels: What to learn from.
        start: Models that make the histories of the first round.
    """
    halves = split_by_author(novels, 2)
    first = [_fitted(_collect(half, start), start) for half in halves]
    taught = [_taught(half, other) for half, other in zip(halves, first[::-1], strict=True)]
    searching = [_with_search(*pair) for pair in zip(first, taught, strict=True)]
    second = [_collect(half, other) for half, other in zip(halves, searching[::-1], strict=True)]
    final = _fitted(_pooled(second, SITUATIONS), start)
    return _with_search(final, _pooled(taught, SEARCHED))


Collected = Mapping[str, Sequence[Ranking]]


def _pooled(parts: Sequence[Collected], names: Sequence[str]) -> Collected:
    return {name: [ranking for part in parts for ranking in part[name]] for name in names}


def _copies(novels: Iterable[Novel]) -> Iterator[Novel]:
    """Yield the novels, some of them again without their paragraphs."""
    for number, novel in enumerate(novels):
        yield novel
        if number % _FLATTENED == 0:
            yield _flattened(novel)


def _collect(novels: Iterable[Novel], decider: LinearDecider) -> Collected:
    collected: dict[str, list[Ranking]] = {situation: [] for situation in SITUATIONS}
    for novel in _copies(novels):
        for situation, ranking in _rankings(novel, decider):
            collected[situation].append(ranking)
    return collected


def _taught(novels: Iterable[Novel], decider: LinearDecider) -> Collected:
    """Return rankings as a search meets them, with the gold speakers of the turns before."""
    collected: dict[str, list[Ranking]] = {situation: [] for situation in SEARCHED}
    for novel in _copies(novels):
        observer = SearchObserver(novel.quotations, novel.characters)
        attributions = [given.attribution for given in novel.quotations]
        RuleResolver(decider=decider).link(novel.text, novel.sentences, attributions, observer)
        for situation, ranking in observer.rankings:
            collected[situation].append(ranking)
    return collected


def _with_search(decider: LinearDecider, taught: Collected) -> LinearDecider:
    networks = {name: fit_network(taught[name]) for name in SEARCHED}
    return evolve(decider, networks={**decider.networks, **networks})


def _flattened(novel: Novel) -> Novel:
    """Return a novel whose paragraphs are lost: every sentence is one."""
    sentences = tuple(evolve(s, paragraph=number) for number, s in enumerate(novel.sentences))
    return evolve(novel, sentences=sentences)


def _fitted(collected: Collected, start: LinearDecider) -> LinearDecider:
    models: dict[str, LinearModel] = {**start.models}
    for situation in _KINDS:
        fitted = fit_ranking(collected[situation])
        news = {name: (weight,) for name, weight in NEWS_WEIGHTS.items()}
        models[situation] = evolve(fitted, weights={**fitted.weights, **news})
    models["description:again"] = fit_ranking(collected["description:again"])
    networks = {name: fit_network(collected[name]) for name in _NETWORKS}
    return LinearDecider(models, networks, {}, start.patterns)


def cross_validate(novels: Sequence[Novel], start: LinearDecider) -> tuple[LinearDecider, Figures]:
    """Fit on all authors but those of a group, judge on these, for each group; then fit on all.

    The fits that are judged learn from whole novels, as the last one does: what learns from their
    beginnings alone is less often right where it is as sure. Probabilities of the returned decider
    are those measured on authors it was not fitted on.

    Args:
        novels: The novels.
        start: Models that make the histories of the first round, and other models to keep.
    """
    figures = Figures()
    groups = split_by_author(novels, _FOLDS)
    deciders = [
        fit_links([n for other in groups if other is not group for n in other], start)
        for group in groups
    ]
    judged = [_judged_rankings(*pair) for pair in zip(groups, deciders, strict=True)]
    for number, (group, decider) in enumerate(zip(groups, deciders, strict=True)):
        others = [part for place, part in enumerate(judged) if place != number]
        for novel in group:
            _judge(novel, evolve(decider, levels=_levels(others)), figures)
    answers = [one.answer for one in figures.judged]
    figures.answers = confidences(answers)
    measured = measure_patterns(answers, {name: PRIORS[name] for name in _MEASURED}, start)
    patterns = {**PRIORS, **measured}
    final = evolve(fit_links(novels, start), trust=fit_trust(answers))
    return evolve(final, levels=_levels(judged), patterns=patterns), figures


_Judged = Mapping[str, Sequence[tuple[Ranking, Scorer]]]


def _judged_rankings(novels: Iterable[Novel], decider: LinearDecider) -> _Judged:
    found: dict[str, list[tuple[Ranking, Scorer]]] = {name: [] for name in SITUATIONS}
    for novel in novels:
        for situation, ranking in _rankings(novel, decider):
            scorer, _ = decider.scorer(situation)
            if scorer is None:
                continue
            found[situation].append((ranking, scorer))
    return found


def _levels(parts: Sequence[_Judged]) -> dict[str, Sequence[tuple[float, float]]]:
    return {
        name: measure_levels([pair for part in parts for pair in part[name]]) for name in SITUATIONS
    }


def _judge(novel: Novel, decider: LinearDecider, figures: Figures) -> None:
    judge, _ = _run(novel, decider)
    figures.missed.update((novel.id, kind) for kind in novel.missed)
    for unit in judge.linker.units:
        given = novel.quotations[unit.number]
        if given.speaker is None or given.type is None:
            continue
        found = judge.character(unit.speaker) if unit.speaker is not None else None
        right = found == given.speaker
        confidence = unit.confidence if unit.speaker is not None else 0.0
        check, situation = judge.linker.check, f"{unit.pattern}:again"
        answer = Answer(novel.author, check, situation, confidence, right)
        figures.judged.append(Judgement(novel.id, given.type, unit.pattern, answer))
