"""Fits and measures the ranking of speakers on PDNC novels."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from attrs import define, evolve, field, frozen

from quotecraft.detect.interfaces import Detector
from quotecraft.evaluate.names import stand_ins
from quotecraft.model import Document, MentionKind, Sentence, Speaker, SpeakerId
from quotecraft.parse.interfaces import Tokenizer
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
from quotecraft.training.speaker_fit import Ranking, Scorer, fit_ranking, measure_levels
from quotecraft.training.speaker_network import fit_network
from quotecraft.training.speaker_sources import Given, found_quotations, given_quotations

__all__ = [
    "NEWS_WEIGHTS",
    "PRIORS",
    "SITUATIONS",
    "Novel",
    "cross_validate",
    "fit_links",
    "read_novels",
]

_KINDS = ("pronoun", "description", "implicit")
_NETWORKS = ("pronoun:again", "implicit:again")  # descriptions are too few for one
SITUATIONS = (*_KINDS, *(f"{kind}:again" for kind in _KINDS))
_FLATTENED = 3  # of so many novels one is learned from without its paragraphs, too
_PRIOR_CASES = 20  # quotations that a prior counts for against measured ones

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
    """

    id: str
    text: str
    sentences: tuple[Sentence, ...]
    quotations: tuple[Given, ...]
    characters: tuple[Speaker, ...]


def read_novels(
    documents: Iterable[Document], tokenizer: Tokenizer, detector: Detector | None = None
) -> Iterator[Novel]:
    """Prepare PDNC novels.

    Args:
        documents: The novels, from ``formats.pdnc.read_pdnc``.
        tokenizer: Finds sentences.
        detector: Finds quotations, as at run time; without one the gold quotations are given,
            the pieces of interrupted ones one by one.
    """
    for document in documents:
        sentences = tokenizer.tokenize(document.text)
        if detector is None:
            quotations = given_quotations(document, split=True)
        else:
            found = detector.detect(document.text, sentences, pair_marks(document.text))
            quotations = found_quotations(document, found)
        yield Novel(document.id, document.text, sentences, tuple(quotations), document.speakers)


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
    halves = (novels[0::2], novels[1::2])
    first = [_collect(half, start) for half in halves]
    deciders = [_fitted(collected, start) for collected in first]
    second = [_collect(half, decider) for half, decider in zip(halves, deciders[::-1], strict=True)]
    return _fitted({name: [*second[0][name], *second[1][name]] for name in SITUATIONS}, start)


def _collect(novels: Iterable[Novel], decider: LinearDecider) -> dict[str, list[Ranking]]:
    collected: dict[str, list[Ranking]] = {situation: [] for situation in SITUATIONS}
    for number, novel in enumerate(novels):
        copies = [novel, _flattened(novel)] if number % _FLATTENED == 0 else [novel]
        for copy in copies:
            for situation, ranking in _rankings(copy, decider):
                collected[situation].append(ranking)
    return collected


def _flattened(novel: Novel) -> Novel:
    """Return a novel whose paragraphs are lost: every sentence is one."""
    sentences = tuple(evolve(s, paragraph=number) for number, s in enumerate(novel.sentences))
    return evolve(novel, sentences=sentences)


def _fitted(collected: Mapping[str, Sequence[Ranking]], start: LinearDecider) -> LinearDecider:
    models: dict[str, LinearModel] = {**start.models}
    for situation in _KINDS:
        fitted = fit_ranking(collected[situation])
        news = {name: (weight,) for name, weight in NEWS_WEIGHTS.items()}
        models[situation] = evolve(fitted, weights={**fitted.weights, **news})
    models["description:again"] = fit_ranking(collected["description:again"])
    networks = {name: fit_network(collected[name]) for name in _NETWORKS}
    return LinearDecider(models, networks, {}, start.patterns)


@define
class Figures:
    """What a cross-validation counts.

    Attributes:
        types: For each quotation type, quotations right and all.
        novels: The same for each novel.
        patterns: The same for each pattern.
        answers: For each quotation its confidence and whether it's right.
    """

    types: Counter[tuple[str, bool]] = field(factory=Counter)
    novels: Counter[tuple[str, bool]] = field(factory=Counter)
    patterns: Counter[tuple[str, bool]] = field(factory=Counter)
    answers: list[tuple[float, bool]] = field(factory=list)

    def share(self, table: Counter[tuple[str, bool]], name: str) -> float:
        """Return the share right under a name."""
        total = table[name, True] + table[name, False]
        return table[name, True] / total if total else 0.0


def cross_validate(novels: Sequence[Novel], start: LinearDecider) -> tuple[LinearDecider, Figures]:
    """Fit on each half of the novels, judge on the other; then fit on all.

    Probabilities of the returned decider are those measured on novels it was not fitted on.

    Args:
        novels: The novels.
        start: Models that make the histories of the first round, and other models to keep.
    """
    figures = Figures()
    halves = (list(islice(novels, 0, None, 2)), list(islice(novels, 1, None, 2)))
    folds: list[tuple[LinearDecider, Sequence[Novel], _Judged]] = []
    for learned, judged in (halves, halves[::-1]):
        decider = fit_links(learned, start)
        folds.append((decider, judged, _judged_rankings(judged, decider)))
    for (decider, unseen, _), (_, _, other) in zip(folds, folds[::-1], strict=True):
        for novel in unseen:
            _judge(novel, evolve(decider, levels=_levels(other)), figures)
    final = fit_links(novels, start)
    pooled = {name: [*folds[0][2][name], *folds[1][2][name]] for name in SITUATIONS}
    return evolve(final, levels=_levels(pooled), patterns=_patterns(figures)), figures


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


def _levels(judged: _Judged) -> dict[str, Sequence[tuple[float, float]]]:
    return {name: measure_levels(pairs) for name, pairs in judged.items()}


def _judge(novel: Novel, decider: LinearDecider, figures: Figures) -> None:
    judge, _ = _run(novel, decider)
    for unit in judge.linker.units:
        given = novel.quotations[unit.number]
        if given.speaker is None or given.type is None:
            continue
        found = judge.character(unit.speaker) if unit.speaker is not None else None
        right = found == given.speaker
        figures.types[given.type, right] += 1
        figures.novels[novel.id, right] += 1
        figures.patterns[unit.pattern, right] += 1
        figures.answers.append((unit.confidence if unit.speaker is not None else 0.0, right))


def _patterns(figures: Figures) -> dict[str, float]:
    """Return the priors, corrected by what was measured where novels can tell."""
    found = dict(PRIORS)
    for name in _MEASURED:
        right, wrong = figures.patterns[name, True], figures.patterns[name, False]
        prior = PRIORS[name] * _PRIOR_CASES
        found[name] = round((right + prior) / (right + wrong + _PRIOR_CASES), 3)
    return found
