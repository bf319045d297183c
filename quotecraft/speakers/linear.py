"""Linear scorers over named features, and their softmax.

One small form for everything in this package that was fitted: the weights are readable JSON,
made by ``quotecraft train speakers``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from attrs import frozen

from quotecraft.speakers.fitted import read_fitted

__all__ = ["Features", "LinearModel", "load_models", "softmax"]

Features = Mapping[str, float]


@frozen
class LinearModel:
    """A weight for every feature and output.

    Attributes:
        outputs: Names of the outputs, one score each.
        weights: Feature name to one weight an output; unknown features weigh nothing.
    """

    outputs: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Features) -> list[float]:
        """Return the score of each output, in the order of ``outputs``."""
        totals = [0.0] * len(self.outputs)
        for name, value in features.items():
            row = self.weights.get(name)
            if row is not None:
                for place, weight in enumerate(row):
                    totals[place] += weight * value
        return totals

    def score(self, features: Features) -> float:
        """Return the score of the first output."""
        total = 0.0
        for name, value in features.items():
            row = self.weights.get(name)
            if row is not None:
                total += row[0] * value
        return total


def softmax(scores: Sequence[float]) -> list[float]:
    """Return probabilities in the proportions of the exponentials of some scores."""
    if not scores:
        return []
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


@cache
def load_models(name: str) -> Mapping[str, LinearModel]:
    """Return the models of one file that ships with quotecraft, by name.

    Args:
        name: Name of the file without ``.json``.
    """
    table = read_fitted(name)
    return {
        key: LinearModel(
            outputs=tuple(model["outputs"]),
            weights={feature: tuple(row) for feature, row in model["weights"].items()},
        )
        for key, model in table["models"].items()
    }
