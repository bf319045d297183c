"""Change over time: shares by week, month, quarter or year, and whether they rise or fall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import numpy as np
from attrs import evolve, frozen

from quotecraft.analysis._scipy import stats
from quotecraft.analysis.collection import Collection, Documents, collected
from quotecraft.analysis.columns import By, column
from quotecraft.analysis.counts import ALL_COUNTS, Count, Counts, count
from quotecraft.analysis.dates import Every, period_name, period_start, periods
from quotecraft.analysis.intervals import LEVEL, share_interval
from quotecraft.analysis.odds import q_values
from quotecraft.analysis.shares import METHOD as SHARE_METHOD
from quotecraft.analysis.table import Percent, PValue, Shown, Table
from quotecraft.model.fields import amount

__all__ = ["MIN_PERIODS", "Period", "Trend", "change", "trends"]

MIN_PERIODS = 4
"""With fewer periods the Mann–Kendall test can't tell any trend at 5 % (3! orders are too few)."""

TREND_METHOD = (
    "Slope: median of the slopes between all pairs of periods (Theil 1950; Sen 1968). Test: "
    "Kendall's tau with time (Mann 1945; Kendall 1975). Each period counts alike, and periods are "
    "taken for independent."
)


@frozen
class Period:
    """One value's share in one period.

    Attributes:
        period: "2024-03", "2024-W12", "2024-Q1" or "2024".
        start: The period's first day.
        value: The value.
        known: Whether the column has a value here.
        counted: Sources, quotations or words.
        articles: Articles of the period.
        count: How many belong to the value.
        total: How many there are of all values.
        share: ``count / total``; ``None`` in a period without any.
        low: Lower bound of its interval.
        high: Upper bound.
        key: What tells the value from others.
    """

    period: str
    start: Annotated[date, Shown.HIDDEN]
    value: str
    known: Annotated[bool, Shown.HIDDEN]
    counted: Count
    articles: int
    count: int
    total: int
    share: Percent | None
    low: Percent | None
    high: Percent | None
    key: Annotated[str, Shown.HIDDEN]


@frozen
class Trend:
    """Whether a value's share rises or falls.

    Attributes:
        value: The value.
        counted: Sources, quotations or words.
        periods: Periods with anything.
        slope: Change of the share a period, Theil and Sen's.
        low: Lower bound of its interval.
        high: Upper bound.
        tau: Kendall's rank correlation with time, from -1 to 1.
        p_value: Two-sided, of no trend.
        q_value: The same corrected for all rows (Benjamini and Hochberg 1995).
    """

    value: str
    counted: Count
    periods: int
    slope: Percent
    low: Percent
    high: Percent
    tau: float
    p_value: PValue
    q_value: PValue


def change(
    documents: Documents,
    by: By = "source_type",
    *,
    every: Every = "month",
    counted: Iterable[Count | str] = ALL_COUNTS,
    level: float = LEVEL,
) -> Table[Period]:
    """Say how shares change over time.

    Articles whose metadata have no readable date are left out; the notes count them.

    Args:
        documents: The documents, or a collection of them.
        by: The grouping column.
        every: ``"week"`` (from Monday), ``"month"``, ``"quarter"`` or ``"year"``.
        counted: What to count.
        level: Level of the intervals.

    Returns:
        A row for each way of counting, value and period from the first to the last, empty periods
        included.

    Raises:
        InputError: If there is no such column or period.
        MissingExtraError: If SciPy is not installed.
    """
    collection = collected(documents)
    value_of = column(by, collection)
    days = [article.date for article in collection.articles]
    starts = [None if day is None else period_start(day, every) for day in days]
    dated = sorted(start for start in starts if start is not None)
    rows: list[Period] = []
    if dated:
        told = [u for u in collection.utterances if u.article.date is not None]
        axis = list(periods(dated[0], dated[-1], every))
        for unit in map(Count, counted):
            counts = count(collection, value_of, unit, utterances=told)
            rows.extend(_rows(counts, starts, axis, every, level))
    undated = collection.undated
    notes = (f"Left out: {amount(undated, 'article')} without a date.",) if undated else ()
    return _table(collection, by, every, rows, notes)


def _table(
    collection: Collection, by: By, every: Every, rows: list[Period], notes: tuple[str, ...]
) -> Table[Period]:
    name = by if isinstance(by, str) else "your groups"
    return Table(
        f"Change by {name}, a {every} at a time",
        SHARE_METHOD,
        Period,
        tuple(rows),
        len(collection.articles) - collection.undated,
        sum(utterance.article.date is not None for utterance in collection.utterances),
        (*notes, *collection.notes()),
    )


def _rows(
    counts: Counts, starts: list[date | None], axis: list[date], every: Every, level: float
) -> Iterable[Period]:
    inside = {start: np.array([s == start for s in starts], dtype=np.bool_) for start in axis}
    whole = counts.by_article()
    for place, value in enumerate(counts.values):
        part = counts.of(place)
        for start in axis:
            own = inside[start]
            number, total = float(part[own].sum()), float(whole[own].sum())
            bounds = share_interval(part[own], whole[own], level)
            yield Period(
                period=period_name(start, every),
                start=start,
                value=value.label,
                known=value.known,
                counted=counts.counted,
                articles=int(own.sum()),
                count=round(number),
                total=round(total),
                share=number / total if total else None,
                low=bounds.low,
                high=bounds.high,
                key=value.key,
            )


def trends(table: Table[Period], *, level: float = LEVEL) -> Table[Trend]:
    """Say which shares of a table of ``change`` rise or fall.

    Slopes: Theil (1950), Proceedings of the KNAW 53, and Sen (1968), JASA 63(324), 1379–1389; test:
    Mann (1945), Econometrica 13(3), 245–259, and Kendall (1975), "Rank Correlation Methods".

    Args:
        table: What ``change`` gave.
        level: Level of the slopes' intervals.

    Returns:
        A row for each value and way of counting with at least ``MIN_PERIODS`` periods, the clearest
        trends first.

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    first = min((row.start for row in table), default=date.min)
    axis = {start: n for n, start in enumerate(sorted({row.start for row in table}))}
    series: dict[tuple[Count, str, str], list[tuple[int, float]]] = {}
    for row in table:
        if row.share is not None:
            series.setdefault((row.counted, row.key, row.value), []).append(
                (axis[row.start], row.share)
            )
    found = [
        _trend(value, counted, points, level)
        for (counted, _, value), points in series.items()
        if len(points) >= MIN_PERIODS
    ]
    adjusted = q_values([row.p_value for row in found])
    rows = [evolve(row, q_value=q) for row, q in zip(found, adjusted, strict=True)]
    rows.sort(key=lambda row: (row.counted, row.p_value, row.value))
    since = f" since {first.isoformat()}" if table.rows else ""
    return Table(
        f"Trends{since}",
        TREND_METHOD,
        Trend,
        tuple(rows),
        table.articles,
        table.quotes,
        table.notes,
    )


def _trend(value: str, counted: Count, points: list[tuple[int, float]], level: float) -> Trend:
    times, shares = (np.array(part, dtype=np.float64) for part in zip(*points, strict=True))
    slope = stats().theilslopes(shares, times, alpha=level)
    kendall = stats().kendalltau(times, shares)
    steady = bool(np.isnan(kendall.statistic))  # a share that never changes
    return Trend(
        value=value,
        counted=counted,
        periods=len(points),
        slope=float(slope.slope),
        low=float(slope.low_slope),
        high=float(slope.high_slope),
        tau=0.0 if steady else float(kendall.statistic),
        p_value=1.0 if steady else float(kendall.pvalue),
        q_value=1.0,
    )
