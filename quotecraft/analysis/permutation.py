"""Permutation tests over articles, unpaired or within pairs."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

__all__ = ["Labels", "p_value"]

_Flags = NDArray[np.bool_]


@frozen(eq=False)
class Labels:
    """Which side each article belongs to; the first side's articles come first.

    Attributes:
        first: Articles of the first side that are compared.
        used: Articles that are compared at all.
        partner: Number of each article's pair, -1 without one; ``None`` when nothing is paired.
    """

    first: _Flags = field(repr=False)
    used: _Flags = field(repr=False)
    partner: NDArray[np.int64] | None = field(repr=False)

    @classmethod
    def unpaired(cls, first: int, second: int) -> Labels:
        """Return the labels of so many articles on each side."""
        flags = np.arange(first + second) < first
        return cls(flags, np.ones(first + second, dtype=np.bool_), None)

    @classmethod
    def paired(cls, first: Sequence[object], second: Sequence[object]) -> Labels:
        """Return the labels of articles that pair where their keys are equal.

        Args:
            first: Key of each article of the first side; ``None`` pairs with nothing. Several
                articles with one key make one side of a pair together.
            second: Key of each of the second side.
        """
        keys: list[Hashable] = [_hashable(key) for key in (*first, *second)]
        common = {k for k in keys[: len(first)] if k is not None} & set(keys[len(first) :])
        numbers = {key: n for n, key in enumerate(dict.fromkeys(k for k in keys if k in common))}
        partner = np.array([numbers.get(key, -1) for key in keys], dtype=np.int64)
        used = partner >= 0
        return cls((np.arange(len(keys)) < len(first)) & used, used, partner)

    @property
    def pairs(self) -> int:
        """Number of pairs."""
        return 0 if self.partner is None else int(self.partner.max(initial=-1)) + 1

    def shuffled(self, samples: int, seed: int) -> _Flags:
        """Return random labels, a row a sample: articles exchanged freely, or within pairs."""
        generator = np.random.Generator(np.random.PCG64(seed))
        if self.partner is None:
            order = np.tile(self.first, (samples, 1))
            return generator.permuted(order, axis=1)
        swapped = generator.random((samples, self.pairs)) < 0.5
        return np.asarray(self.first ^ (swapped[:, self.partner] & self.used))


def _hashable(key: object) -> Hashable:
    return key if isinstance(key, Hashable) else str(key)


def p_value(difference: float, drawn: NDArray[np.float64]) -> float:
    """Return the two-sided p-value of a permutation test.

    The share of permutations whose difference is at least as large, the real one counted in:
    (1 + k) / (1 + n), which is never 0. Phipson and Smyth (2010), Statistical Applications in
    Genetics and Molecular Biology 9(1), 39.

    Args:
        difference: The real difference; NaN gives 1.
        drawn: The differences of the permutations; NaN counts as large, so that it never helps.
    """
    if np.isnan(difference):
        return 1.0
    large = np.isnan(drawn) | (np.abs(drawn) >= abs(difference) - 1e-12)
    return float((1 + large.sum()) / (1 + len(drawn)))
