"""Source diversity: how many voices there are in effect, and how evenly they are heard."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from enum import StrEnum

from attrs import frozen

from quotecraft.analysis.collection import Collection, Documents, Utterance, collected
from quotecraft.analysis.columns import By, Value, column
from quotecraft.analysis.counts import ALL_COUNTS, Count, Counts, count
from quotecraft.analysis.indices import (
    Estimate,
    Incidence,
    chao2,
    gini,
    hill,
    jackknife_shannon,
    pair_concentration,
    shannon,
    simpson,
)
from quotecraft.analysis.intervals import LEVEL, NO_INTERVAL, Interval
from quotecraft.analysis.table import Percent, Table
from quotecraft.model.fields import amount

__all__ = ["ENOUGH_COVERAGE", "EVERYTHING", "Diversity", "Index", "diversity"]

EVERYTHING = "all"
"""Name of the group when nothing is grouped."""

ENOUGH_COVERAGE = 0.9
"""Estimated coverage below which Shannon's entropy gets no interval.

A choice by simulation: over populations of 8 to 300 speakers and 10 to 300 articles, 95 % intervals
held the truth in 93 to 97 % of cases above it, and in 1 to 89 % below."""

LEAST_COVERAGE = 0.5
"""Estimated coverage below which orders 0 and 1 aren't corrected at all: most is not seen."""

METHOD = (
    "Effective number of speakers: Hill numbers (Hill 1973; Jost 2006). Corrected for what the "
    "sample misses: hill_0 by Chao 2, a lower bound (Chao 1987); hill_1 and shannon by a jackknife "
    "over articles (Zahl 1977; Heltshe and Forrester 1985); hill_2, simpson and hhi by pairs of "
    "articles (Hoeffding 1948). Intervals: of the corrected values, by jackknife over articles. "
    "Coverage: Chao and Jost (2012)."
)


class Index(StrEnum):
    """An index of diversity.

    ``HILL_0``: the number of speakers; ``HILL_1``: the effective number, exp of Shannon's entropy;
    ``HILL_2``: the effective number that favours the most heard, 1 / HHI; ``SHANNON``: entropy in
    nats; ``SIMPSON``: the probability that two quotations are by different speakers; ``HHI``:
    Herfindahl and Hirschman's concentration, 1 - Simpson (times 10,000 in competition law);
    ``GINI``: inequality among those who speak, which has no correction and no interval, as it
    hangs on how many were not seen.
    """

    HILL_0 = "hill_0"
    HILL_1 = "hill_1"
    HILL_2 = "hill_2"
    SHANNON = "shannon"
    SIMPSON = "simpson"
    HHI = "hhi"
    GINI = "gini"


@frozen
class Diversity:
    """One index of one group.

    Attributes:
        group: The group, "all" when nothing is grouped.
        counted: Sources, quotations or words.
        index: Which index.
        estimate: Its value for these articles as they are.
        corrected: Its estimate for all that such articles would bring, seen or not; ``None`` where
            there is none or there are fewer than three articles.
        low: Lower bound of the interval of ``corrected``; ``None`` where none is to be trusted.
        high: Upper bound.
        speakers: Number of speakers.
        total: Number of sources, quotations or words.
        articles: Number of articles with any of them.
        coverage: Estimated share of what is said in such articles that is said by speakers who were
            seen here; the nearer to 1 the better. Compare groups only where it is alike.
    """

    group: str
    counted: Count
    index: Index
    estimate: float
    corrected: float | None
    low: float | None
    high: float | None
    speakers: int
    total: int
    articles: int
    coverage: Percent


def diversity(
    documents: Documents,
    by: By | None = None,
    *,
    of: By = "speaker",
    counted: Iterable[Count | str] = ALL_COUNTS,
    level: float = LEVEL,
) -> Table[Diversity]:
    """Say how many voices are heard in effect, and how unevenly.

    Quotations without a known speaker are left out, as they can't be told apart; the notes say how
    many.

    Args:
        documents: The documents, or a collection of them.
        by: Column to group by, such as ``"outlet"``; all in one group unless given.
        of: Column whose diversity is asked for; a closed one such as ``"party"`` is fine too.
        counted: What to count.
        level: Level of the intervals.

    Returns:
        Seven rows, one an index, for each group and way of counting.

    Raises:
        InputError: If there is no such column.
        MissingExtraError: If SciPy is not installed.
    """
    collection = collected(documents)
    value_of = column(of, collection)
    known = [u for u in collection.utterances if value_of(u).known]
    groups = _groups(by, known, collection)
    rows: list[Diversity] = []
    for unit in map(Count, counted):
        for group, own in groups:
            counts = count(collection, value_of, unit, utterances=own)
            if len(counts.values):
                rows.extend(_rows(group, counts, level))
    unknown = len(collection.utterances) - len(known)
    notes = _notes(collection, of, unknown)
    name = of if isinstance(of, str) else "your groups"
    return Table(
        f"Diversity by {name}",
        METHOD,
        Diversity,
        tuple(rows),
        len(collection.articles),
        len(known),
        notes,
    )


def _notes(collection: Collection, of: By, unknown: int) -> tuple[str, ...]:
    notes = []
    if unknown:
        notes.append(f"Left out: {amount(unknown, 'quotation')} without a value to tell apart.")
    unnamed = sum(not voice.named for voice in collection.voices.values())
    if of == "speaker" and unnamed:
        notes.append(
            f"Only described: {amount(unnamed, 'speaker')}; each is new in every article, which "
            "makes voices look more numerous than they are."
        )
    return (*notes, *collection.notes())


def _groups(
    by: By | None, utterances: list[Utterance], collection: Collection
) -> list[tuple[str, list[Utterance]]]:
    """Return each group's name and quotations, by name."""
    if by is None:
        return [(EVERYTHING, utterances)]
    group_of = column(by, collection)
    groups: dict[Value, list[Utterance]] = {}
    for utterance in utterances:
        group = group_of(utterance)
        if group.known:
            groups.setdefault(group, []).append(utterance)
    ranked = sorted(groups, key=lambda group: (group.label, group.key))
    return [(group.label, groups[group]) for group in ranked]


def _rows(group: str, counts: Counts, level: float) -> list[Diversity]:
    amounts = counts.by_value()
    incidence = Incidence.of(counts)
    coverage = incidence.coverage
    entropy = jackknife_shannon(counts, level)
    if coverage < ENOUGH_COVERAGE:
        value = entropy.value if coverage >= LEAST_COVERAGE else None
        entropy = Estimate(value, NO_INTERVAL)
    pairs = pair_concentration(counts, level)
    bound = Estimate(chao2(incidence) if coverage >= LEAST_COVERAGE else None, NO_INTERVAL)
    found = {
        Index.HILL_0: (hill(amounts, 0), bound),
        Index.HILL_1: (hill(amounts, 1), _through(entropy, math.exp)),
        Index.HILL_2: (hill(amounts, 2), _through(pairs, lambda x: math.exp(-x))),
        Index.SHANNON: (shannon(amounts), entropy),
        Index.SIMPSON: (simpson(amounts), _through(pairs, lambda x: 1 - math.exp(x))),
        Index.HHI: (1 - simpson(amounts), _through(pairs, math.exp)),
        Index.GINI: (gini(amounts), Estimate(None, NO_INTERVAL)),
    }
    return [
        Diversity(
            group=group,
            counted=counts.counted,
            index=index,
            estimate=value,
            corrected=estimate.value,
            low=estimate.interval.low,
            high=estimate.interval.high,
            speakers=len(counts.values),
            total=round(float(amounts.sum())),
            articles=incidence.articles,
            coverage=coverage,
        )
        for index, (value, estimate) in found.items()
    ]


def _through(estimate: Estimate, function: Callable[[float], float]) -> Estimate:
    """Return an estimate and its interval carried through a monotone function."""
    low, high = estimate.interval.low, estimate.interval.high
    value = None if estimate.value is None else function(estimate.value)
    if low is None or high is None:
        return Estimate(value, NO_INTERVAL)
    first, last = sorted((function(low), function(high)))
    return Estimate(value, Interval(first, last))
