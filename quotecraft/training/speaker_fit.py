"""Fits of the small linear models that find speakers: classes, rankings, calibration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.errors import MissingExtraError
from quotecraft.speakers.decision import scores_of
from quotecraft.speakers.linear import LinearModel, softmax
from quotecraft.speakers.network import Network

__all__ = ["Example", "Ranking", "Scorer", "fit_classes", "fit_ranking", "measure_levels"]

_STEPS = 300  # of L-BFGS at most
_DIGITS = 2
_LEVELS = 12  # points of a calibration curve

Scorer = Network | LinearModel
Floats = NDArray[np.float64]
Features = Mapping[str, float]


@frozen
class Example:
    """One labelled example of a class.

    Attributes:
        features: Feature name to value.
        label: Index of its class.
        weight: How much it counts.
    """

    features: Features
    label: int
    weight: float = 1.0


@frozen
class Ranking:
    """The candidates of one quotation, with those that are right.

    Attributes:
        candidates: The features of each.
        right: Whether each is the gold speaker.
    """

    candidates: Sequence[Features]
    right: Sequence[bool]


def fit_classes(
    examples: Sequence[Example], outputs: Sequence[str], *, least: int = 15, penalty: float = 1.0
) -> LinearModel:
    """Fit a multinomial logistic model with a ridge penalty.

    Args:
        examples: What to learn from.
        outputs: Names of the classes.
        least: Features of fewer examples are left out.
        penalty: Half the inverse variance of the prior.
    """
    names, matrix = _matrix([example.features for example in examples], least)
    labels = np.array([example.label for example in examples])
    weights = np.array([example.weight for example in examples])
    rows = np.arange(len(examples))
    shape = (len(names), len(outputs))

    def loss(flat: Floats) -> tuple[float, Floats]:
        table = flat.reshape(shape)
        scores = matrix @ table
        scores = scores - scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares = shares / shares.sum(axis=1, keepdims=True)
        value = -float(weights @ np.log(np.maximum(shares[rows, labels], 1e-300)))
        shares[rows, labels] -= 1.0
        slope = matrix.T @ (shares * weights[:, None]) + penalty * table
        return value + penalty * float(np.sum(table**2)) / 2, slope.ravel()

    table = _minimum(loss, len(names) * len(outputs)).reshape(shape)
    return LinearModel(
        tuple(outputs),
        {name: tuple(round(float(w), _DIGITS) for w in table[i]) for i, name in enumerate(names)},
    )


def fit_ranking(
    rankings: Sequence[Ranking], *, least: int = 20, penalty: float = 3.0
) -> LinearModel:
    """Fit a conditional logit: the right candidate against the others of its quotation.

    Quotations of which no candidate is right, or all are, teach nothing. Where several are right,
    their shares are added.

    Args:
        rankings: What to learn from.
        least: Features of fewer candidates are left out.
        penalty: Half the inverse variance of the prior.
    """
    useful = [r for r in rankings if any(r.right) and not all(r.right)]
    names, matrix = _matrix([f for r in useful for f in r.candidates], least)
    right = np.array([float(flag) for r in useful for flag in r.right])
    sizes = np.array([len(r.candidates) for r in useful])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)
    group = np.repeat(np.arange(len(useful)), sizes)

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        scores = scores - np.maximum.reduceat(scores, starts)[group]
        powers = np.exp(scores)
        shares = powers / np.add.reduceat(powers, starts)[group]
        told = np.maximum(np.add.reduceat(shares * right, starts), 1e-300)
        wanted = shares * right / told[group]
        value = -float(np.sum(np.log(told))) + penalty * float(weights @ weights) / 2
        return value, matrix.T @ (shares - wanted) + penalty * weights

    found = _minimum(loss, len(names))
    return LinearModel(
        ("speaker",),
        {name: (round(float(w), _DIGITS),) for name, w in zip(names, found, strict=True)},
    )


def measure_levels(
    rankings: Iterable[tuple[Ranking, Scorer]],
) -> list[tuple[float, float]]:
    """Return at which softmax level of the winner which share of winners is right, rising.

    Args:
        rankings: Quotations, each with a model that was not fitted on it.
    """
    answers: list[tuple[float, bool]] = []
    for ranking, model in rankings:
        if ranking.candidates:
            shares = softmax(scores_of(model, ranking.candidates))
            best = max(range(len(shares)), key=shares.__getitem__)
            answers.append((shares[best], ranking.right[best]))
    answers.sort()
    blocks: list[tuple[float, float, int]] = []  # level, share right, size: pooled until rising
    for part in np.array_split(np.array(answers, dtype=float).reshape(-1, 2), _LEVELS):
        if len(part):
            blocks.append((float(part[:, 0].mean()), float(part[:, 1].mean()), len(part)))
        while len(blocks) > 1 and blocks[-2][1] > blocks[-1][1]:
            (low, first, n), (high, second, m) = blocks[-2:]
            total = n + m
            pooled = ((low * n + high * m) / total, (first * n + second * m) / total, total)
            blocks[-2:] = [pooled]
    rising = [(round(level, 3), round(share, 3)) for level, share, _ in blocks]
    return rising[:1] + [b for a, b in pairwise(rising) if b[0] > a[0]]


def _matrix(rows: Sequence[Features], least: int) -> tuple[list[str], Any]:
    counts = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in counts.items() if count >= least)
    column = {name: index for index, name in enumerate(names)}
    try:
        from scipy.sparse import csr_matrix
    except ImportError as error:
        raise MissingExtraError("fitting weights", "train") from error
    cells = [
        (line, column[name], value)
        for line, row in enumerate(rows)
        for name, value in row.items()
        if name in column
    ]
    lines, columns, values = zip(*cells, strict=True) if cells else ((), (), ())
    return names, csr_matrix((values, (lines, columns)), shape=(len(rows), len(names)))


def _minimum(loss: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    from scipy.optimize import minimize

    options = {"maxiter": _STEPS}
    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x, dtype=np.float64)
