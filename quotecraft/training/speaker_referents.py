"""Fits whom descriptions mean in news, on labelled references and on GUM.

``corpora/references.jsonl`` tells for articles of the English Worldwide Newswire, by offsets alone,
which name each description of one person or body stands for, or that the article names nobody. GUM
adds the definite descriptions of its factual prose. How sure a choice is was measured on articles
that the weights were not fitted on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from attrs import define, evolve, field, frozen

from quotecraft.detect.interfaces import Attribution
from quotecraft.errors import InputError
from quotecraft.model import Sentence, Span
from quotecraft.pipeline import Pipeline
from quotecraft.speakers.decision import LinearDecider
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.linear import LinearModel
from quotecraft.speakers.linking import Linker
from quotecraft.speakers.links import Observer
from quotecraft.speakers.mentions import read_source
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.speakers.units import Unit
from quotecraft.text import InputText, pair_marks, read_inputs
from quotecraft.training.speaker_fit import Ranking, fit_ranking, measure_levels
from quotecraft.training.speaker_news import Article, Judge, probe

__all__ = [
    "Labelled",
    "Posed",
    "fit_referents",
    "gum_posed",
    "own_posed",
    "read_labelled",
    "read_references",
]

_FOLDERS = {"worldwide": "worldwide/original_articles", "polnear": "polnear/train/text"}
_OWN_CORPUS = "train"
_SITUATIONS = ("referent:person", "referent:body")
_TYPES = frozenset(("person", "organization"))
_DEFINITE = frozenset(("the", "this", "that"))
_NOUN = "unnamed:head:"  # features that name the description's noun
_ARTICLES = 3  # articles that a noun must stand in to count as a feature
_FOLDS = 10
_OWN = 3  # how often an article of ours counts: GUM's descriptions are no sources
_LEAST = 4  # candidates that must have a feature
_PENALTY = 3.0
_SUREST = 0.97  # probability that no choice goes beyond: few hundred cases can't show more

Report = Callable[[str], None]


@frozen
class Labelled:
    """An article with references, read by a pipeline.

    Attributes:
        id: Its file's name.
        text: Its text.
        sentences: Its sentences.
        attributions: What the detector found.
        references: For each description the name that it stands for, ``None`` for nobody named.
        held: Whether few rules were developed on it.
    """

    id: str
    text: str
    sentences: Sequence[Sentence]
    attributions: Sequence[Attribution]
    references: Mapping[Span, Span | None]
    held: bool = False


@frozen
class Posed:
    """One description with its candidates.

    Attributes:
        article: Where it stands.
        situation: Which model ranks.
        ranking: The candidates, and which of them is right.
    """

    article: str
    situation: str
    ranking: Ranking


def read_references(path: Path, data: Path, pipeline: Pipeline) -> Iterator[Labelled]:
    """Read labelled references with the articles that they are offsets into.

    Args:
        path: JSON Lines: ``article``, ``characters`` and ``references``, rows of the start and end
            of a description and of the name meant, the latter ``null`` for nobody named.
        data: Folder with the corpora.
        pipeline: Finds sentences and quotations.

    Raises:
        InputError: If an article is missing or has another length.
    """
    for row, article in read_labelled(path, data, pipeline):
        references = {
            Span(first, last): None if start is None else Span(start, end)
            for first, last, start, end in row["references"]
        }
        yield evolve(article, references=references)


def read_labelled(
    path: Path, data: Path, pipeline: Pipeline
) -> Iterator[tuple[dict[str, Any], Labelled]]:
    """Read the rows of a file of labels by offsets, each with its article, references left empty.

    Args:
        path: JSON Lines with ``article``, ``characters`` and the labels; ``corpus`` where the
            article isn't of ``worldwide`` (``train``: one of ours, in ``train.jsonl`` beside the
            labels), ``held`` where few rules were developed on it and no tagger learned from it.
        data: Folder with the corpora, ``worldwide`` and ``polnear``.
        pipeline: Finds sentences and quotations.

    Raises:
        InputError: If an article is missing or has another length.
    """
    own = path.parent / "train.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        corpus = row.get("corpus", "worldwide")
        if corpus == _OWN_CORPUS:
            text, place = _own_text(own, row["article"]), own
        elif corpus in _FOLDERS:
            place = data / _FOLDERS[corpus] / row["article"]
            item = next(iter(read_inputs([place])), None)
            text = item.text if isinstance(item, InputText) else None
        else:
            known = ", ".join((*_FOLDERS, _OWN_CORPUS))
            raise InputError(f"{path}: {corpus!r} is no corpus; known are {known}")
        if text is None or len(text) != row["characters"]:
            raise InputError(
                f"{place} is missing or not the text that {path} labels: get the corpus as released"
            )
        sentences = pipeline.tokenizer.tokenize(text)
        found = pipeline.detector.detect(text, sentences, pair_marks(text))
        held = bool(row.get("held"))
        yield row, Labelled(row["article"], text, sentences, found, {}, held=held)


def _own_text(path: Path, article: str) -> str | None:
    """Return the text of one of our own articles, if it is there."""
    return _own_texts(path).get(article) if path.exists() else None


@cache
def _own_texts(path: Path) -> Mapping[str, str]:
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["text"] for row in rows}


@define
class _Collector(Observer):
    seen: list[tuple[str, Unit, list[Evidence]]] = field(factory=list)

    def ranked(self, situation: str, unit: Unit, evidence: Sequence[Evidence]) -> None:
        if situation in _SITUATIONS:
            self.seen.append((situation, unit, list(evidence)))


def _linked(article: Labelled | Article, decider: LinearDecider) -> tuple[Linker, _Collector]:
    """Return the finished links of an article, and what was ranked on the way."""
    collector = _Collector()
    resolver = RuleResolver(decider=decider)
    linker = resolver.link(article.text, article.sentences, article.attributions, collector)
    return linker, collector


def own_posed(articles: Sequence[Labelled], decider: LinearDecider) -> Iterator[Posed]:
    """Yield the labelled descriptions with their candidates.

    Args:
        articles: The articles.
        decider: What ranks, without models of descriptions.
    """
    for article in articles:
        linker, collector = _linked(article, decider)
        left = dict(article.references)
        for situation, unit, evidence in collector.seen:
            if unit.source is None or unit.source.span not in left:
                continue
            meant = left.pop(unit.source.span)
            owner = None if meant is None else _owner(linker, meant)
            right = [
                not item.entity.names if meant is None else item.entity is owner
                for item in evidence
            ]
            yield Posed(article.id, situation, Ranking([i.features for i in evidence], right))


def _owner(linker: Linker, name: Span) -> Entity | None:
    """Return who is named at a span."""
    for mention, owner in zip(linker.index.mentions, linker.owners, strict=True):
        if mention.span.start < name.end and name.start < mention.span.end:
            return owner
    return None


def gum_posed(articles: Sequence[Article], decider: LinearDecider) -> Iterator[Posed]:
    """Yield the definite descriptions of GUM's narration with their candidates.

    Args:
        articles: GUM documents.
        decider: What ranks, without models of descriptions.
    """
    for article in articles:
        linker, collector = _linked(article, decider)
        if linker.conversation:
            continue
        judge, words = Judge(article, linker), linker.index.words
        named = {judge.entity(owner) for owner in linker.owners if owner is not None}
        for mention in sorted(article.mentions, key=lambda m: (m.span.start, -m.span.end)):
            first = words.at(mention.span.start)
            if mention.type not in _TYPES or words.lower[first] not in _DEFINITE:
                continue
            source = read_source(linker.index, mention.span)
            if source is None or source.name is not None or source.parts or source.pronoun:
                continue
            collector.seen.clear()
            linker.rank_source(probe(linker, source, first))
            for situation, _, evidence in collector.seen[-1:]:
                right = [
                    judge.entity(item.entity) == mention.entity
                    if item.entity.names
                    else mention.entity not in named
                    for item in evidence
                ]
                features = [item.features for item in evidence]
                yield Posed(article.id, situation, Ranking(features, right))


def fit_referents(
    own: Sequence[Posed], gum: Sequence[Posed], decider: LinearDecider, report: Report
) -> LinearDecider:
    """Return a decider with models of descriptions.

    Args:
        own: Labelled descriptions.
        gum: Those of GUM.
        decider: What the models are added to.
        report: Takes lines of figures.
    """
    kept = _pruned([*own, *gum])
    own, gum = kept[: len(own)], kept[len(own) :]
    folds = {article: n % _FOLDS for n, article in enumerate(sorted({p.article for p in own}))}
    models, levels = dict(decider.models), dict(decider.levels)
    for situation in _SITUATIONS:
        mine = [posed for posed in own if posed.situation == situation]
        others = [posed.ranking for posed in gum if posed.situation == situation]
        judged: list[tuple[Ranking, LinearModel]] = []
        for fold in range(_FOLDS):
            seen = [p.ranking for p in mine if folds[p.article] != fold]
            model = _fit(seen, others)
            judged += [(p.ranking, model) for p in mine if folds[p.article] == fold]
        models[situation] = _fit([posed.ranking for posed in mine], others)
        levels[situation] = [(0.0, 0.0), (1.0, _SUREST)]  # shares tell how sure they are as is
        report(f"{situation}: {_figures(judged)} of {len(mine)} cross-validated")
        for low, share in measure_levels(judged):
            report(f"{situation}: sure {low:.2f}, right {share:.2f}")
    return evolve(decider, models=models, levels=levels)


def _fit(own: Sequence[Ranking], others: Sequence[Ranking]) -> LinearModel:
    return fit_ranking([*list(own) * _OWN, *others], least=_LEAST, penalty=_PENALTY)


def _pruned(posed: Sequence[Posed]) -> list[Posed]:
    """Return the same without features that name a noun of few articles."""
    articles: dict[str, set[str]] = defaultdict(set)
    for one in posed:
        for name in one.ranking.candidates[-1]:
            articles[name].add(one.article)
    rare = {n for n, where in articles.items() if n.startswith(_NOUN) and len(where) < _ARTICLES}
    return [
        evolve(
            one,
            ranking=Ranking(
                [
                    {name: value for name, value in features.items() if name not in rare}
                    for features in one.ranking.candidates
                ],
                one.ranking.right,
            ),
        )
        for one in posed
    ]


def _figures(judged: Sequence[tuple[Ranking, LinearModel]]) -> str:
    """Return the share of right choices, and of what the rules say alone."""
    right = ruled = 0
    for ranking, model in judged:
        scores = [model.score(features) for features in ranking.candidates]
        right += ranking.right[max(range(len(scores)), key=scores.__getitem__)]
        ruled += any(
            flag
            for features, flag in zip(ranking.candidates, ranking.right, strict=True)
            if any(name.startswith(("rule:", "unnamed:rule:")) for name in features)
        )
    return f"right {right / len(judged):.3f}, by the rules alone {ruled / len(judged):.3f}"
