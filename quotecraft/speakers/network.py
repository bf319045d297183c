"""A small network that scores candidates: one hidden layer over named features.

Its weights are readable JSON, made by ``quotecraft train speakers``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from quotecraft.speakers.fitted import read_fitted
from quotecraft.speakers.linear import Features

__all__ = ["Network", "load_networks", "network_of"]

Floats = NDArray[np.float32]


@frozen(eq=False)
class Network:
    """Scores the candidates of one quotation.

    Attributes:
        names: The features, in the order of the rows of ``inner``; others weigh nothing.
        inner: Weights from features to hidden units.
        bias: What is added to each hidden unit.
        outer: Weight of each hidden unit.
    """

    names: tuple[str, ...]
    inner: Floats
    bias: Floats
    outer: Floats
    _columns: dict[str, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_columns", {name: n for n, name in enumerate(self.names)})

    def matrix(self, candidates: Sequence[Features]) -> Floats:
        """Return features as rows of numbers."""
        rows = np.zeros((len(candidates), len(self.names)), dtype=np.float32)
        for number, features in enumerate(candidates):
            for name, value in features.items():
                column = self._columns.get(name)
                if column is not None:
                    rows[number, column] = value
        return rows

    def rows(self, names: Sequence[str]) -> Floats:
        """Return the inner weights of some features, zeros for those that weigh nothing."""
        rows = np.zeros((len(names), self.inner.shape[1]), dtype=np.float32)
        for number, name in enumerate(names):
            if name in self._columns:
                rows[number] = self.inner[self._columns[name]]
        return rows

    def scores(self, candidates: Sequence[Features]) -> list[float]:
        """Return one score for each candidate."""
        hidden = np.maximum(self.matrix(candidates) @ self.inner + self.bias, 0.0)
        return [float(score) for score in hidden @ self.outer]

    def gains(self, candidates: Sequence[Features], place: int) -> dict[str, float]:
        """Return how much each feature sets one candidate apart from the mean of the others.

        The network is taken as linear near that candidate, as its hidden units are.

        Args:
            candidates: The features of all.
            place: Which one.
        """
        rows = self.matrix(candidates)
        active = rows[place] @ self.inner + self.bias > 0
        weights = self.inner[:, active] @ self.outer[active]
        others = np.delete(rows, place, axis=0)
        apart = rows[place] - (others.mean(axis=0) if len(others) else 0.0)
        found = np.flatnonzero(apart * weights)
        return {self.names[n]: float(apart[n] * weights[n]) for n in found}


def network_of(table: Mapping[str, Any]) -> Network:
    """Return a network from its record: ``features``, ``inner``, ``bias``, ``outer``."""
    inner, bias, outer = (
        np.array(table[name], dtype=np.float32) for name in ("inner", "bias", "outer")
    )
    return Network(tuple(table["features"]), inner.reshape(-1, len(bias)), bias, outer)


@cache
def load_networks() -> Mapping[str, Network]:
    """Return the networks that ship with quotecraft, by situation."""
    return {name: network_of(record) for name, record in read_fitted("speaker_networks").items()}
