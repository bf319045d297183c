"""Where in the article somebody is heard: at the top, or where few still read."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from attrs import frozen

from quotecraft.analysis.collection import Documents, collected
from quotecraft.analysis.columns import By, Value, column
from quotecraft.analysis.table import Percent, Shown, Table
from quotecraft.errors import InputError

__all__ = ["Position", "positions"]

METHOD = (
    "The article is parted into equal stretches of text; a quotation counts where its content "
    "begins."
)


@frozen
class Position:
    """What one value of a column says in one stretch of the articles.

    Attributes:
        value: The value.
        known: Whether the column has a value here.
        bin: Number of the stretch, from 0.
        start: Where it begins, from 0 (the article's start) to 1 (its end).
        end: Where it ends.
        quotes: Quotations that begin in it.
        words: Their words.
        share: ``quotes`` as a part of all quotations that begin in this stretch.
        key: What tells the value from others.
    """

    value: str
    known: Annotated[bool, Shown.HIDDEN]
    bin: int
    start: float
    end: float
    quotes: int
    words: int
    share: Percent
    key: Annotated[str, Shown.HIDDEN]


def positions(documents: Documents, by: By = "speaker_kind", *, bins: int = 10) -> Table[Position]:
    """Say who is heard at the top of articles and who at their end.

    Args:
        documents: The documents, or a collection of them.
        by: The grouping column.
        bins: In how many stretches to part an article.

    Returns:
        A row for each value and stretch, empty ones included; the most frequent value first.

    Raises:
        InputError: If there is no such column, or not even one stretch.
    """
    if bins < 1:
        raise InputError(f"an article has at least one stretch, not {bins}")
    collection = collected(documents)
    value_of = column(by, collection)
    quotes: Counter[tuple[Value, int]] = Counter()
    words: Counter[tuple[Value, int]] = Counter()
    totals: Counter[Value] = Counter()
    by_bin: Counter[int] = Counter()
    for utterance in collection.utterances:
        place = min(int(utterance.position * bins), bins - 1)
        value = value_of(utterance)
        quotes[value, place] += 1
        words[value, place] += utterance.words
        totals[value] += 1
        by_bin[place] += 1
    ranked = sorted(totals, key=lambda v: (not v.known, -totals[v], v.label, v.key))
    rows = [
        Position(
            value=value.label,
            known=value.known,
            bin=place,
            start=place / bins,
            end=(place + 1) / bins,
            quotes=quotes[value, place],
            words=words[value, place],
            share=quotes[value, place] / by_bin[place] if by_bin[place] else 0.0,
            key=value.key,
        )
        for value in ranked
        for place in range(bins)
    ]
    name = by if isinstance(by, str) else "your groups"
    return Table(
        f"Place in the article by {name}",
        METHOD,
        Position,
        tuple(rows),
        len(collection.articles),
        len(collection.utterances),
        collection.notes(),
    )
