"""Who "claims" and who "says": cue verbs and their stance, one group against another."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Literal

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from quotecraft.analysis.collection import Collection, Documents, Utterance, collected
from quotecraft.analysis.columns import By, column
from quotecraft.analysis.intervals import LEVEL
from quotecraft.analysis.odds import OddsRatio, clustered_odds_ratios, exact_odds_ratio, q_values
from quotecraft.analysis.table import Percent, PValue, Table
from quotecraft.errors import InputError
from quotecraft.model.fields import amount

__all__ = ["MIN_COUNT", "Odds", "stances", "verbs"]

MIN_COUNT = 5
"""Cues that both sides together have fewer times, and groups with fewer quotations, are left out:
they could never differ."""

_BLOCK = 1_000_000  # articles times items that are held at a time

Method = Literal["clustered", "exact"]

_METHODS = {
    "clustered": (
        "Odds ratio with half a quotation added to each cell (Haldane 1956; Anscombe 1956); "
        "interval and p-value with articles as the unit (Liang and Zeger 1986)."
    ),
    "exact": "Conditional odds ratio, Fisher's exact test and interval; quotations as the unit.",
}


@frozen
class Odds:
    """How much likelier one group's quotations have a cue or stance than the others'.

    Attributes:
        group: The group.
        item: The cue's base form, or the stance.
        stance: The stance that the cue has most often.
        group_count: Quotations of the group with it.
        group_total: Quotations of the group with any cue.
        share: ``group_count / group_total``.
        other_count: Quotations of the others with it.
        other_total: Quotations of the others with any cue.
        other_share: ``other_count / other_total``.
        odds_ratio: Above 1 when the group has it more.
        low: Lower bound of its interval.
        high: Upper bound; ``None`` for infinite.
        p_value: Two-sided, of no difference.
        q_value: The same corrected for all rows of the table (Benjamini and Hochberg 1995).
    """

    group: str
    item: str
    stance: str
    group_count: int
    group_total: int
    share: Percent
    other_count: int
    other_total: int
    other_share: Percent
    odds_ratio: float | None
    low: float | None
    high: float | None
    p_value: PValue
    q_value: PValue


def verbs(
    documents: Documents,
    by: By = "source_type",
    *,
    group: str | None = None,
    against: str | None = None,
    min_count: int = MIN_COUNT,
    method: Method = "clustered",
    level: float = LEVEL,
) -> Table[Odds]:
    """Say whose words are introduced by which verb: who "claims" and who "says".

    Quotations without a cue are left out, and those without a value in the column.

    Args:
        documents: The documents, or a collection of them.
        by: The grouping column.
        group: The one group to look at; every group unless given.
        against: The group to compare with; all others together unless given.
        min_count: Leave out cues that both sides together have fewer times, and groups that have
            fewer quotations.
        method: ``"clustered"``: intervals with articles as the unit; ``"exact"``: Fisher's, which
            takes quotations for independent.
        level: Level of the intervals.

    Returns:
        A row for each group and cue, the clearest differences of each group first.

    Raises:
        InputError: If there is no such column, group or method.
        MissingExtraError: If SciPy is not installed.
    """
    table = _Contrast(collected(documents), by, lambda u: u.cue or "", method, level)
    return table.result("Cue verbs", group, against, min_count)


def stances(
    documents: Documents,
    by: By = "source_type",
    *,
    group: str | None = None,
    against: str | None = None,
    min_count: int = MIN_COUNT,
    method: Method = "clustered",
    level: float = LEVEL,
) -> Table[Odds]:
    """Say whose words are told with which stance: doubting, denying, urging ….

    ``quotecraft.model.Stance`` explains them. Everything else is as in ``verbs``.

    Args:
        documents: The documents, or a collection of them.
        by: The grouping column.
        group: The one group to look at; every group unless given.
        against: The group to compare with; all others together unless given.
        min_count: Leave out stances and groups that are rarer, as in ``verbs``.
        method: ``"clustered"`` or ``"exact"``.
        level: Level of the intervals.

    Raises:
        InputError: If there is no such column, group or method.
        MissingExtraError: If SciPy is not installed.
    """
    table = _Contrast(collected(documents), by, lambda u: u.stance.value, method, level)
    return table.result("Stances", group, against, min_count)


class _Contrast:
    """The quotations with a cue, as arrays of article, group and item."""

    def __init__(
        self,
        collection: Collection,
        by: By,
        item_of: Callable[[Utterance], str],
        method: Method,
        level: float,
    ) -> None:
        if method not in _METHODS:
            raise InputError(f"no method {method!r}; choose from {', '.join(_METHODS)}")
        self.collection, self.by, self.method, self.level = collection, by, method, level
        value_of = column(by, collection)
        self.kept = [u for u in collection.utterances if u.cue is not None and value_of(u).known]
        places = {id(article): n for n, article in enumerate(collection.articles)}
        self.article = np.array([places[id(u.article)] for u in self.kept], dtype=np.int64)
        values = [value_of(u) for u in self.kept]
        self.values = sorted(set(values), key=lambda value: (value.label, value.key))
        numbers = {value: n for n, value in enumerate(self.values)}
        self.group = np.array([numbers[value] for value in values], dtype=np.int64)
        items = [item_of(u) for u in self.kept]
        self.names = sorted(set(items))
        places_of = {name: n for n, name in enumerate(self.names)}
        self.item = np.array([places_of[item] for item in items], dtype=np.int64)
        self.stances: dict[str, Counter[str]] = {}
        for item, utterance in zip(items, self.kept, strict=True):
            self.stances.setdefault(item, Counter())[utterance.stance.value] += 1

    def result(
        self, title: str, group: str | None, against: str | None, min_count: int
    ) -> Table[Odds]:
        rows: list[Odds] = []
        for place in self._groups(group, against):
            rows.extend(self._rows(place, against, min_count))
        adjusted = q_values([row.p_value for row in rows])
        fields = ("group", "p_value", "item")
        rows = [evolve(row, q_value=q) for row, q in zip(rows, adjusted, strict=True)]
        rows.sort(key=lambda row: tuple(getattr(row, name) for name in fields))
        left = len(self.collection.utterances) - len(self.kept)
        name = self.by if isinstance(self.by, str) else "your groups"
        return Table(
            f"{title} by {name}",
            _METHODS[self.method],
            Odds,
            tuple(rows),
            len(self.collection.articles),
            len(self.kept),
            (
                f"Left out: {amount(left, 'quotation')} without a cue or group.",
                *self.collection.notes(),
            ),
        )

    def _groups(self, group: str | None, against: str | None) -> list[int]:
        for name in (group, against):
            if name is not None and not self._places(name):
                raise InputError(f"no quotation with a cue has {name!r} in {self.by!r}")
        chosen = range(len(self.values)) if group is None else self._places(group)
        left_out = self._places(against) if against is not None else []
        return [place for place in chosen if place not in left_out]

    def _places(self, name: str) -> list[int]:
        return [n for n, value in enumerate(self.values) if name in (value.label, value.key)]

    def _rows(self, place: int, against: str | None, min_count: int) -> list[Odds]:
        own = self.group == place
        others = ~own if against is None else np.isin(self.group, self._places(against))
        if own.sum() < max(1, min_count) or not others.any():
            return []
        counts = np.bincount(self.item[own | others], minlength=len(self.names))
        items = np.flatnonzero(counts >= max(1, min_count))
        block = max(1, _BLOCK // len(self.collection.articles))
        return [
            row
            for start in range(0, len(items), block)
            for row in self._block(
                self.values[place].label, items[start : start + block], own, others
            )
        ]

    def _block(
        self,
        group: str,
        items: NDArray[np.int64],
        own: NDArray[np.bool_],
        others: NDArray[np.bool_],
    ) -> list[Odds]:
        sides = [self._by_article(items, side) for side in (own, others)]
        cells = np.stack([part for side in sides for part in side], axis=-1)
        if self.method == "clustered":
            odds = clustered_odds_ratios(cells, self.level)
        else:
            odds = [exact_odds_ratio(cells[:, n], self.level) for n in range(len(items))]
        totals = cells.sum(axis=0).astype(np.int64).tolist()
        found = zip(items.tolist(), totals, odds, strict=True)
        return [self._row(group, self.names[item], cell, one) for item, cell, one in found]

    def _by_article(
        self, items: NDArray[np.int64], side: NDArray[np.bool_]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return one side's quotations with each item and without it, by article and item."""
        size = len(self.collection.articles)
        columns = np.full(len(self.names), -1, dtype=np.int64)
        columns[items] = np.arange(len(items))
        own = side & (columns[self.item] >= 0)
        cells = np.zeros((size, len(items)))
        np.add.at(cells, (self.article[own], columns[self.item[own]]), 1.0)
        totals = np.bincount(self.article[side], minlength=size).astype(np.float64)
        return cells, totals[:, None] - cells

    def _row(self, group: str, item: str, cells: list[int], odds: OddsRatio) -> Odds:
        a, b, c, d = cells
        return Odds(
            group=group,
            item=item,
            stance=min(self.stances[item].items(), key=lambda pair: (-pair[1], pair[0]))[0],
            group_count=a,
            group_total=a + b,
            share=a / (a + b),
            other_count=c,
            other_total=c + d,
            other_share=c / (c + d),
            odds_ratio=_finite(odds.value),
            low=_finite(odds.low),
            high=_finite(odds.high),
            p_value=odds.p_value,
            q_value=odds.p_value,
        )


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
