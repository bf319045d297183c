"""Logistic regression over named binary features, for weights small enough to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from quotecraft.errors import MissingExtraError

__all__ = ["fit_logistic"]

_STEPS = 300  # of L-BFGS at most


def fit_logistic(
    rows: Sequence[Mapping[str, float] | Iterable[str]],
    labels: Sequence[bool],
    *,
    penalty: float = 1.0,
    least: float = 0.0,
    digits: int = 3,
) -> dict[str, float]:
    """Fit weights by maximum likelihood with a Gaussian prior (ridge penalty).

    Args:
        rows: One example each: its features by name with their values, or only the names of those
            that hold.
        labels: Whether each example is positive.
        penalty: Half the inverse variance of the prior.
        least: Weights whose absolute value is smaller are left out.
        digits: Decimal places kept.

    Returns:
        The weights by feature, sorted by name; the same input gives the same weights.

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    try:
        from scipy.optimize import minimize
        from scipy.sparse import csr_matrix
    except ImportError as error:
        raise MissingExtraError("fitting weights", "train") from error
    examples = [_values(row) for row in rows]
    names = sorted({name for example in examples for name in example})
    column = {name: index for index, name in enumerate(names)}
    values = [value for example in examples for value in example.values()]
    lines = [index for index, example in enumerate(examples) for _ in example]
    columns = [column[name] for example in examples for name in example]
    matrix = csr_matrix((values, (lines, columns)), shape=(len(examples), len(names)))
    target = np.asarray(labels, dtype=np.float64)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        chances = 1.0 / (1.0 + np.exp(-np.clip(scores, -30, 30)))
        value = np.sum(np.logaddexp(0, scores) - target * scores) + penalty * weights @ weights / 2
        return float(value), matrix.T @ (chances - target) + penalty * weights

    start = np.zeros(len(names))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    return {
        name: round(float(weight), digits)
        for name, weight in zip(names, found, strict=True)
        if abs(weight) >= max(least, 0.5 * 10**-digits)
    }


def _values(row: Mapping[str, float] | Iterable[str]) -> dict[str, float]:
    if isinstance(row, Mapping):
        return dict(row)
    return dict.fromkeys(row, 1.0)
