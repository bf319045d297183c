"""How much each value of a column was heard, article by article, counted in three ways."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from quotecraft.analysis.collection import Collection, Utterance
from quotecraft.analysis.columns import Column, Value

__all__ = ["ALL_COUNTS", "Count", "Counts", "count"]


class Count(StrEnum):
    """What is counted.

    ``SOURCES``: each source once an article, however often it speaks there, as the BBC's 50:50
    project counts contributors (https://www.bbc.co.uk/5050); all unattributed quotations of an
    article count as one source, the least that it can be. ``QUOTES``: quotations. ``WORDS``: words
    of quotations.
    """

    SOURCES = "sources"
    QUOTES = "quotes"
    WORDS = "words"


ALL_COUNTS = (Count.SOURCES, Count.QUOTES, Count.WORDS)

_Floats = NDArray[np.float64]
_Places = NDArray[np.int64]


@frozen(eq=False)
class Counts:
    """Amounts by article and value; only those above zero are kept.

    Attributes:
        counted: What was counted.
        values: The values, largest amount first, then by label and key; unknown ones last.
        articles: Number of articles.
        article: Article of each entry.
        value: Value of each entry.
        amount: Amount of each entry.
    """

    counted: Count
    values: tuple[Value, ...]
    articles: int
    article: _Places = field(repr=False)
    value: _Places = field(repr=False)
    amount: _Floats = field(repr=False)

    def by_value(self) -> _Floats:
        """Return the amount of each value."""
        return _summed(self.value, self.amount, len(self.values))

    def by_article(self) -> _Floats:
        """Return the amount of each article."""
        return _summed(self.article, self.amount, self.articles)

    def of(self, place: int) -> _Floats:
        """Return the amount of one value in each article."""
        own = self.value == place
        return _summed(self.article[own], self.amount[own], self.articles)


def _summed(places: _Places, amounts: _Floats, size: int) -> _Floats:
    return np.bincount(places, amounts, size).astype(np.float64)


def count(
    collection: Collection,
    column: Column,
    counted: Count,
    *,
    utterances: Iterable[Utterance] | None = None,
) -> Counts:
    """Count a collection by a column.

    Args:
        collection: The collection.
        column: The column.
        counted: What to count.
        utterances: The quotations to look at; all of the collection's unless given.
    """
    places = {id(article): place for place, article in enumerate(collection.articles)}
    amounts: dict[tuple[int, Value], float] = {}
    seen: set[tuple[int, Value, str]] = set()
    for utterance in collection.utterances if utterances is None else utterances:
        value = column(utterance)
        cell = (places[id(utterance.article)], value)
        if counted is Count.SOURCES:
            source = (*cell, utterance.voice.key if utterance.voice else "")
            amount = float(source not in seen)
            seen.add(source)
        else:
            amount = 1.0 if counted is Count.QUOTES else float(utterance.words)
        amounts[cell] = amounts.get(cell, 0.0) + amount
    return _table(amounts, counted, len(collection.articles))


def _table(amounts: dict[tuple[int, Value], float], counted: Count, articles: int) -> Counts:
    totals: dict[Value, float] = {}
    for (_, value), amount in amounts.items():
        totals[value] = totals.get(value, 0.0) + amount
    ranked = sorted(totals, key=lambda v: (not v.known, -totals[v], v.label, v.key))
    numbers = {value: number for number, value in enumerate(ranked)}
    return Counts(
        counted,
        tuple(ranked),
        articles,
        np.array([article for article, _ in amounts], dtype=np.int64),
        np.array([numbers[value] for _, value in amounts], dtype=np.int64),
        np.array(list(amounts.values()), dtype=np.float64),
    )
