"""Share of voice: whose words fill the articles, and what sort of sources they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

from attrs import frozen

from quotecraft.analysis.collection import Collection, Documents, collected
from quotecraft.analysis.columns import By, Value, column
from quotecraft.analysis.counts import ALL_COUNTS, Count, Counts, count
from quotecraft.analysis.intervals import LEVEL, share_interval
from quotecraft.analysis.table import Percent, Shown, Table

__all__ = ["Share", "share_rows", "shares", "sources"]

METHOD = (
    "Share: the value's part of the total. Interval: Wilson's for the effective sample size, "
    "articles being the unit (Wilson 1927; Korn and Graubard 1998)."
)


@frozen
class Share:
    """How much of what was heard belongs to one value of a column.

    Attributes:
        value: The value, such as a speaker's name.
        known: Whether the column has a value here; if not, ``value`` says what is missing.
        counted: Sources, quotations or words.
        count: How many.
        total: How many there are of all values.
        share: ``count / total``; the shares of one way of counting sum to 1.
        low: Lower bound of the share's interval, ``None`` with fewer than two articles.
        high: Upper bound.
        known_share: Part of what has a value at all; ``None`` where it has none.
        key: What tells the value from others; a speaker's key where two share a name.
    """

    value: str
    known: Annotated[bool, Shown.HIDDEN]
    counted: Count
    count: int
    total: int
    share: Percent
    low: Percent | None
    high: Percent | None
    known_share: Percent | None
    key: Annotated[str, Shown.HIDDEN]


def shares(
    documents: Documents,
    by: By = "speaker",
    *,
    counted: Iterable[Count | str] = ALL_COUNTS,
    level: float = LEVEL,
) -> Table[Share]:
    """Say whose voice is heard how much: share of voice.

    Counted in three ways, as they answer different questions: sources an article (how many people
    are asked), quotations (how often they are let speak), words (how much they get to say).

    Args:
        documents: The documents, or a collection of them.
        by: The grouping column, see ``columns.column``.
        counted: What to count.
        level: Level of the intervals.

    Returns:
        A row for each value and way of counting, largest first; quotations without a value last.

    Raises:
        InputError: If there is no such column.
        MissingExtraError: If SciPy is not installed.
    """
    collection = collected(documents)
    value_of = column(by, collection)
    rows = [
        row
        for unit in map(Count, counted)
        for row in share_rows(count(collection, value_of, unit), level)
    ]
    name = by if isinstance(by, str) else "your groups"
    return share_table(f"Share of voice by {name}", collection, rows)


def share_table(
    title: str, collection: Collection, rows: Sequence[Share], method: str = METHOD
) -> Table[Share]:
    """Return the table of a collection's shares."""
    return Table(
        title,
        method,
        Share,
        tuple(rows),
        len(collection.articles),
        len(collection.utterances),
        collection.notes(),
    )


def share_rows(counts: Counts, level: float = LEVEL) -> list[Share]:
    """Return a row for each value."""
    totals = counts.by_value()
    total = float(totals.sum())
    if not total:
        return []
    known = sum(float(n) for n, value in zip(totals, counts.values, strict=True) if value.known)
    return [
        _row(value, place, counts.counted, float(totals[place]), total, known, counts, level)
        for place, value in enumerate(counts.values)
    ]


def _row(
    value: Value,
    place: int,
    counted: Count,
    amount: float,
    total: float,
    known: float,
    counts: Counts,
    level: float,
) -> Share:
    bounds = share_interval(counts.of(place), counts.by_article(), level)
    return Share(
        value=value.label,
        known=value.known,
        counted=counted,
        count=round(amount),
        total=round(total),
        share=amount / total,
        low=bounds.low,
        high=bounds.high,
        known_share=amount / known if value.known and known else None,
        key=value.key,
    )


def sources(
    documents: Documents,
    *,
    counted: Iterable[Count | str] = ALL_COUNTS,
    level: float = LEVEL,
) -> Table[Share]:
    """Say how many sources are named, unnamed, institutions, groups, documents or not told.

    ``SourceType`` defines them. A person counts as named when some article calls them by name.

    Args:
        documents: The documents, or a collection of them.
        counted: What to count.
        level: Level of the intervals.

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    collection = collected(documents)
    table = shares(collection, "source_type", counted=counted, level=level)
    return share_table("Named, unnamed and institutional sources", collection, table.rows)
