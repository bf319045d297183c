"""Scores worked out the slow way: sets of characters, every possible pairing tried."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations

from quotecraft.model import Span


def positions(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """Return the alphanumeric positions of spans, else the solid ones, else all."""
    covered = frozenset(i for span in spans for i in range(span.start, span.end))
    solid = frozenset(i for i in covered if not text[i].isspace())
    return frozenset(i for i in covered if text[i].isalnum()) or solid or covered


def jaccard(left: frozenset[int], right: frozenset[int]) -> float:
    """Return the Jaccard index of two sets."""
    return len(left & right) / len(left | right)


def best_total(
    gold: Sequence[frozenset[int]], predicted: Sequence[frozenset[int]], least: float
) -> float:
    """Return the largest total Jaccard index that any one-to-one pairing reaches."""

    def value(i: int, j: int | None) -> float:
        if j is None:
            return 0.0
        index = jaccard(gold[i], predicted[j])
        return index if index >= least else 0.0

    partners: list[int | None] = [*range(len(predicted)), *([None] * len(gold))]
    return max(
        sum(value(i, j) for i, j in enumerate(chosen))
        for chosen in permutations(partners, len(gold))
    )
