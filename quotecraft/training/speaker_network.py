"""Fits the small network that ranks candidates: Adam on the right candidate's share, in NumPy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotecraft.speakers.network import Network
from quotecraft.training.speaker_fit import Ranking

__all__ = ["fit_network", "plain_network"]

_HIDDEN = 32
_EPOCHS = 12
_BATCH = 128  # quotations
_RATE = 3e-3
_DECAY = 1e-3
_KEPT = 0.8  # share of hidden units that dropout keeps
_LEAST = 20  # candidates that must have a feature
_DIGITS = 3
_MEMBERS = 3

Floats = NDArray[np.float32]


def fit_network(rankings: Sequence[Ranking]) -> Network:
    """Fit a network: the mean of several that start differently, as one.

    Quotations of which no candidate is right, or all are, teach nothing.

    Args:
        rankings: What to learn from.
    """
    useful = [r for r in rankings if any(r.right) and not all(r.right)]
    counts = Counter(name for r in useful for features in r.candidates for name in features)
    names = tuple(sorted(name for name, count in counts.items() if count >= _LEAST))
    empty = Network(names, *(np.zeros(shape, np.float32) for shape in ((len(names), 1), 1, 1)))
    rows = [empty.matrix(r.candidates) for r in useful]
    right = [np.array(r.right, dtype=np.float32) for r in useful]
    members = [_fit_one(rows, right, len(names), seed) for seed in range(_MEMBERS)]
    inner, bias, outer = (
        np.round(np.concatenate(parts, axis=-1), _DIGITS) for parts in zip(*members, strict=True)
    )
    return Network(names, inner, bias, np.round(outer / _MEMBERS, _DIGITS))


def _fit_one(
    rows: Sequence[Floats], right: Sequence[Floats], width: int, seed: int
) -> list[Floats]:
    chance = np.random.default_rng(seed)
    scale = (2 / max(1, width)) ** 0.5
    parts = [
        (chance.standard_normal((width, _HIDDEN)) * scale).astype(np.float32),
        np.zeros(_HIDDEN, dtype=np.float32),
        (chance.standard_normal(_HIDDEN) * _HIDDEN**-0.5).astype(np.float32),
    ]
    adam = _Adam(parts)
    for _ in range(_EPOCHS):
        order = chance.permutation(len(rows))
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            slopes = _slopes(parts, [rows[n] for n in chosen], [right[n] for n in chosen], chance)
            adam.step(slopes)
    return parts


def _slopes(
    parts: Sequence[Floats],
    rows: Sequence[Floats],
    right: Sequence[Floats],
    chance: np.random.Generator,
) -> list[Floats]:
    """Return the gradient of the mean loss: minus the log of the share of the right candidates."""
    inner, bias, outer = parts
    matrix, wanted = np.concatenate(rows), np.concatenate(right)
    sizes = np.array([len(part) for part in rows])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)
    group = np.repeat(np.arange(len(rows)), sizes)
    before = matrix @ inner + bias
    mask = (chance.random(before.shape) < _KEPT).astype(np.float32) / np.float32(_KEPT)
    hidden = np.maximum(before, 0) * mask
    scores = hidden @ outer
    powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
    shares = powers / np.add.reduceat(powers, starts)[group]
    told = np.maximum(np.add.reduceat(shares * wanted, starts), 1e-12)[group]
    slope = (shares - shares * wanted / told) / len(rows)
    back = (slope[:, None] * outer) * mask * (before > 0)
    return [matrix.T @ back, back.sum(axis=0), hidden.T @ slope]


class _Adam:
    """AdamW (Loshchilov and Hutter 2019) over arrays that it changes in place."""

    def __init__(self, parts: list[Floats]) -> None:
        self.parts = parts
        self.means = [np.zeros_like(part) for part in parts]
        self.squares = [np.zeros_like(part) for part in parts]
        self.steps = 0

    def step(self, slopes: Sequence[Floats]) -> None:
        self.steps += 1
        for number, slope in enumerate(slopes):
            self.means[number] += 0.1 * (slope - self.means[number])
            self.squares[number] += 0.001 * (slope**2 - self.squares[number])
            ahead = self.means[number] / (1 - 0.9**self.steps)
            spread = np.sqrt(self.squares[number] / (1 - 0.999**self.steps)) + 1e-8
            self.parts[number] -= _RATE * (ahead / spread + _DECAY * self.parts[number])


def plain_network(network: Network) -> dict[str, Any]:
    """Return a network as a record that ``network_of`` reads."""
    return {
        "features": list(network.names),
        "inner": [[round(float(x), _DIGITS) for x in row] for row in network.inner],
        "bias": [round(float(x), _DIGITS) for x in network.bias],
        "outer": [round(float(x), _DIGITS) for x in network.outer],
    }
