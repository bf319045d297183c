"""Optimal one-to-one pairing of gold and predicted character sets.

Greedy matching loses pairs: of gold [0, 10) and [2, 10) against predicted [1, 10) and [0, 6) it
takes the first with the first, at 9/10, and leaves the others alone, at 4/10; the other way round
there are two pairs. An optimal assignment does not: Kuhn (1955), "The Hungarian method for the
assignment problem", solved by ``scipy.optimize.linear_sum_assignment``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from quotecraft.errors import MissingExtraError
from quotecraft.evaluate.units import Unit, overlap, size

__all__ = ["PARTIAL", "Measure", "jaccard_of_sizes", "pair"]

PARTIAL = 0.5  # least Jaccard index of a partial match

# Weight of a tie-breaker: too small to outweigh any difference of two Jaccard indices that texts
# can have, large enough for double precision.
TIE = 1e-7

Edge = tuple[int, int, float]

Measure = Callable[[int, int, int], float]
"""Takes the sizes of the overlap, the gold set and the predicted set; gives a value from 0 up."""


def jaccard_of_sizes(shared: int, gold: int, predicted: int) -> float:
    """Return the Jaccard index of two sets of known sizes that are not both empty."""
    return shared / (gold + predicted - shared)


def pair(
    gold: Sequence[Unit],
    predicted: Sequence[Unit],
    *,
    least: float = PARTIAL,
    measure: Measure = jaccard_of_sizes,
    ties: Sequence[tuple[Sequence[Unit], Sequence[Unit]]] = (),
) -> list[tuple[int, int]]:
    """Pair sets one to one so that the total value of the pairs is as large as it can be.

    Only sets that overlap by at least ``least`` can be a pair, so the problem falls into small
    independent blocks and a novel costs little more than its length.

    Args:
        gold: Gold sets of one text.
        predicted: Predicted sets of the same text.
        least: Least value of a pair, above 0; pairs always share something.
        measure: What a pair is worth; the Jaccard index of its sets by default.
        ties: Further (gold, predicted) sets of the same things, such as their sources: among
            pairings with an equal total, the one with the larger total on these is taken, the
            first counting most.

    Returns:
        Pairs of indices into ``gold`` and ``predicted``, in order of the first.

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    assign = _solver()
    pairs: list[tuple[int, int]] = []
    for block in _blocks(_edges(gold, predicted, least, measure)):
        if len(block) == 1:
            pairs.append(block[0][:2])
        else:
            pairs.extend(_solve(block, ties, assign))
    return sorted(pairs)


def _solver() -> Any:  # noqa: ANN401  (SciPy is untyped)
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError as error:
        raise MissingExtraError("scoring", "evaluate") from error
    return linear_sum_assignment


def _edges(
    gold: Sequence[Unit], predicted: Sequence[Unit], least: float, measure: Measure
) -> list[Edge]:
    gold_sizes, predicted_sizes = [size(u) for u in gold], [size(u) for u in predicted]
    edges = []
    for i, j in _touching(gold, predicted):
        value = measure(overlap(gold[i], predicted[j]), gold_sizes[i], predicted_sizes[j])
        if value >= least:
            edges.append((i, j, value))
    return edges


def _touching(gold: Sequence[Unit], predicted: Sequence[Unit]) -> Iterable[tuple[int, int]]:
    """Return the index pairs of sets that share a character, by a sweep over their ranges."""
    ranges = [(start, end, 0, i) for i, unit in enumerate(gold) for start, end in unit]
    ranges += [(start, end, 1, j) for j, unit in enumerate(predicted) for start, end in unit]
    found: set[tuple[int, int]] = set()
    active: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for start, end, side, index in sorted(ranges):
        other = 1 - side
        active[other][:] = [(e, k) for e, k in active[other] if e > start]
        found.update((index, k) if side == 0 else (k, index) for _, k in active[other])
        active[side].append((end, index))
    return sorted(found)


def _blocks(edges: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Split the edges into the connected components of their graph."""
    root: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        while root.setdefault(node, node) != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for i, j, _ in edges:
        root[find(("gold", i))] = find(("predicted", j))
    blocks: dict[tuple[str, int], list[Edge]] = {}
    for edge in edges:
        blocks.setdefault(find(("gold", edge[0])), []).append(edge)
    yield from blocks.values()


def _solve(
    block: Sequence[Edge],
    ties: Sequence[tuple[Sequence[Unit], Sequence[Unit]]],
    assign: Any,  # noqa: ANN401
) -> list[tuple[int, int]]:
    rows = sorted({i for i, _, _ in block})
    columns = sorted({j for _, j, _ in block})
    row_of, column_of = ({k: n for n, k in enumerate(keys)} for keys in (rows, columns))
    weights = np.zeros((len(rows), len(columns)))
    for i, j, value in block:
        weights[row_of[i], column_of[j]] = value + _tie(i, j, ties)
    chosen = zip(*assign(weights, maximize=True), strict=True)
    return [(rows[r], columns[c]) for r, c in chosen if weights[r, c] > 0]


def _tie(i: int, j: int, ties: Sequence[tuple[Sequence[Unit], Sequence[Unit]]]) -> float:
    bonus, weight = 0.0, TIE
    for gold, predicted in ties:
        shared = overlap(gold[i], predicted[j])
        union = size(gold[i]) + size(predicted[j]) - shared
        bonus += weight * (shared / union if union else 1.0)
        weight *= TIE**0.5
    return bonus
