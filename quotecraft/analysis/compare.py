"""Two collections side by side: do these outlets differ, and by how much?"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from quotecraft.analysis.collection import Article, Collection, Documents, Utterance, collected
from quotecraft.analysis.columns import By, Column, Value, column
from quotecraft.analysis.counts import ALL_COUNTS, Count, Counts, count
from quotecraft.analysis.indices import hill
from quotecraft.analysis.intervals import (
    LEVEL,
    NO_INTERVAL,
    Interval,
    difference_interval,
    mean_interval,
    share_interval,
)
from quotecraft.analysis.odds import q_values
from quotecraft.analysis.permutation import Labels, p_value
from quotecraft.analysis.table import PValue, Shown, Table
from quotecraft.errors import InputError

__all__ = ["Difference", "compare"]

PERMUTATIONS = 2000
SEED = 12345

_BLOCK = 4_000_000  # labels of articles that are held as numbers at a time

METHOD = (
    "p-values: permutation of whole articles between the two sides (Fisher 1935; Phipson and Smyth "
    "2010), {paired}. Intervals of differences: from those of both sides (Newcombe 1998; Zou and "
    "Donner 2008), which are by article."
)

_Floats = NDArray[np.float64]
Statistic = Callable[[_Floats], _Floats]


@frozen
class Difference:
    """How far two collections lie apart on one measure.

    Attributes:
        measure: What is compared.
        counted: Sources, quotations or words, where the measure has a choice.
        first: Its value for the first collection.
        second: Its value for the second.
        difference: First minus second.
        low: Lower bound of the difference's interval; ``None`` where there is none.
        high: Upper bound.
        p_value: Two-sided, of no difference.
        q_value: The same corrected for all rows (Benjamini and Hochberg 1995).
        first_articles: Articles of the first collection.
        second_articles: Articles of the second.
    """

    measure: str
    counted: Count | None
    first: float
    second: float
    difference: float
    low: float | None
    high: float | None
    p_value: PValue
    q_value: PValue
    first_articles: Annotated[int, Shown.HIDDEN]
    second_articles: Annotated[int, Shown.HIDDEN]


def compare(
    first: Documents,
    second: Documents,
    by: By = "source_type",
    *,
    counted: Iterable[Count | str] = ALL_COUNTS,
    pair: str | Callable[[Article], object] | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
    level: float = LEVEL,
) -> Table[Difference]:
    """Say how two outlets (or any two collections) differ.

    Compared are the share of each value of the column, sources and quotations an article, the
    quoted share of the words, the unattributed share of quotations and the effective number of
    speakers. Articles are the unit: quotations of one article are alike, so that a test over
    quotations would find differences that aren't there.

    Args:
        first: The one side: documents, or a collection of them.
        second: The other.
        by: The grouping column.
        counted: What to count.
        pair: What makes two articles a pair, as when both sides report the same event: a field of
            the metadata, or a function of an ``Article``. Within a pair, and only there, articles
            are exchanged; articles without a partner are left out.
        permutations: Number of random permutations.
        seed: Their seed.
        level: Level of the intervals.

    Raises:
        InputError: If there is no such column, a side has no article, or nothing pairs.
        MissingExtraError: If SciPy is not installed.
    """
    sides = (collected(first), collected(second))
    everything = _joined(*sides)
    labels = _labels(sides, pair)
    shuffled = labels.shuffled(permutations, seed)
    work = _Work(everything, labels, shuffled, level)
    rows: list[Difference] = []
    value_of = column(by, everything)
    for unit in map(Count, counted):
        rows.extend(work.shares(count(everything, value_of, unit)))
        rows.append(work.effective(unit))
    rows.extend(work.means())
    rows.append(work.quoted())
    adjusted = q_values([row.p_value for row in rows])
    paired = f"within {labels.pairs:,} pairs" if pair is not None else "unpaired"
    return Table(
        "Two collections side by side",
        METHOD.format(paired=paired),
        Difference,
        tuple(evolve(row, q_value=q) for row, q in zip(rows, adjusted, strict=True)),
        int(labels.used.sum()),
        len(everything.utterances),
        everything.notes(),
    )


def _joined(first: Collection, second: Collection) -> Collection:
    """Return both sides as one, the first's articles before the second's."""
    return evolve(
        first,
        articles=first.articles + second.articles,
        utterances=first.utterances + second.utterances,
        nested=first.nested + second.nested,
        voices={**second.voices, **first.voices},
    )


def _labels(
    sides: tuple[Collection, Collection], pair: str | Callable[[Article], object] | None
) -> Labels:
    sizes = tuple(len(side.articles) for side in sides)
    if not all(sizes):
        raise InputError("each side of a comparison needs at least one article")
    if pair is None:
        return Labels.unpaired(*sizes)
    read = pair if callable(pair) else _reader(pair)
    keys = [[read(article) for article in side.articles] for side in sides]
    labels = Labels.paired(*keys)
    if not labels.pairs:
        raise InputError(f"no article of one side pairs with one of the other by {pair!r}")
    return labels


def _reader(name: str) -> Callable[[Article], object]:
    return lambda article: article.metadata.get(name)


@frozen(eq=False)
class _Work:
    """Both sides' articles, and which side each belongs to: truly and shuffled."""

    everything: Collection
    labels: Labels
    shuffled: NDArray[np.bool_] = field(repr=False)
    level: float

    def shares(self, counts: Counts) -> list[Difference]:
        whole = counts.by_article()
        return [
            self._share(value, counts.counted, counts.of(place), whole)
            for place, value in enumerate(counts.values)
        ]

    def _share(self, value: Value, counted: Count, part: _Floats, whole: _Floats) -> Difference:
        def intervals(own: NDArray[np.bool_]) -> Interval:
            return share_interval(part[own], whole[own], self.level)

        return self._difference(
            f"share of {value.label}", counted, lambda w: _ratio(w @ part, w @ whole), intervals
        )

    def means(self) -> list[Difference]:
        nobody: Column = lambda _: Value("", "", False)  # noqa: E731
        found = []
        for name, unit in (("sources", Count.SOURCES), ("quotations", Count.QUOTES)):
            counts = count(self.everything, nobody, unit, utterances=self._attributed())
            values = counts.by_article()
            found.append(self._mean(f"{name} an article", values))
        quotes = count(self.everything, nobody, Count.QUOTES).by_article()
        unknown = (
            quotes
            - count(
                self.everything, nobody, Count.QUOTES, utterances=self._attributed()
            ).by_article()
        )
        found.append(
            self._difference(
                "unattributed share of quotations",
                Count.QUOTES,
                lambda w: _ratio(w @ unknown, w @ quotes),
                lambda own: share_interval(unknown[own], quotes[own], self.level),
            )
        )
        return found

    def quoted(self) -> Difference:
        words = np.array([a.words for a in self.everything.articles], dtype=np.float64)
        nobody: Column = lambda _: Value("", "", False)  # noqa: E731
        quoted = count(self.everything, nobody, Count.WORDS).by_article()
        return self._difference(
            "quoted share of the words",
            Count.WORDS,
            lambda w: _ratio(w @ quoted, w @ words),
            lambda own: share_interval(quoted[own], words[own], self.level),
        )

    def effective(self, unit: Count) -> Difference:
        counts = count(
            self.everything, column("speaker", self.everything), unit, utterances=self._attributed()
        )

        def numbers(weights: _Floats) -> _Floats:
            return np.array([_hill(counts, row) for row in np.atleast_2d(weights)])

        return self._difference(
            "effective number of speakers", unit, numbers, lambda _: NO_INTERVAL
        )

    def _attributed(self) -> list[Utterance]:
        return [u for u in self.everything.utterances if u.voice is not None]

    def _drawn(self, statistic: Statistic) -> _Floats:
        """Return the difference of each permutation, a block of them at a time."""
        used = self.labels.used
        rows = max(1, _BLOCK // len(used))
        blocks = (self.shuffled[n : n + rows] for n in range(0, len(self.shuffled), rows))
        return np.concatenate(
            [
                statistic((block & used).astype(np.float64))
                - statistic((~block & used).astype(np.float64))
                for block in blocks
            ]
        )

    def _mean(self, name: str, values: _Floats) -> Difference:
        return self._difference(
            name,
            None,
            lambda w: _ratio(w @ values, w.sum(axis=-1)),
            lambda own: mean_interval(values[own], self.level),
        )

    def _difference(
        self,
        measure: str,
        counted: Count | None,
        statistic: Statistic,
        intervals: Callable[[NDArray[np.bool_]], Interval],
    ) -> Difference:
        sides = (self.labels.first, self.labels.used & ~self.labels.first)
        one, two = (float(statistic(side.astype(np.float64)[None])[0]) for side in sides)
        drawn = self._drawn(statistic)
        bounds = (
            NO_INTERVAL
            if math.isnan(one - two)
            else difference_interval(one, intervals(sides[0]), two, intervals(sides[1]))
        )
        return Difference(
            measure=measure,
            counted=counted,
            first=one,
            second=two,
            difference=one - two,
            low=bounds.low,
            high=bounds.high,
            p_value=p_value(one - two, drawn),
            q_value=1.0,
            first_articles=int(sides[0].sum()),
            second_articles=int(sides[1].sum()),
        )


def _hill(counts: Counts, weights: _Floats) -> float:
    amounts = np.bincount(counts.value, counts.amount * weights[counts.article], len(counts.values))
    return hill(amounts, 1)


def _ratio(part: Any, whole: Any) -> _Floats:  # noqa: ANN401  (arrays of any float)
    with np.errstate(divide="ignore", invalid="ignore"):
        result: _Floats = np.where(whole > 0, part / whole, np.nan)
    return result
