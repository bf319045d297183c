"""Odds ratios of two groups, with articles as the unit, and corrections for many comparisons."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.analysis._scipy import stats
from quotecraft.analysis.intervals import LEVEL

__all__ = [
    "OddsRatio",
    "clustered_odds_ratio",
    "clustered_odds_ratios",
    "exact_odds_ratio",
    "q_values",
]

_Floats = NDArray[np.float64]


@frozen
class OddsRatio:
    """How many times larger one group's odds are.

    Attributes:
        value: The odds ratio; 1 is no difference.
        low: Lower bound of its interval.
        high: Upper bound; infinite where an exact interval has none.
        p_value: Two-sided, of no difference.
    """

    value: float
    low: float
    high: float
    p_value: float


def clustered_odds_ratio(cells: _Floats, level: float = LEVEL) -> OddsRatio:
    """Return an odds ratio whose interval takes articles for the unit.

    Half a quotation is added to each cell (Haldane 1956, Annals of Human Genetics 20(4), 309–311;
    Anscombe 1956, Biometrika 43, 461–464). The variance of the logarithm is the larger of Woolf's
    (1955, Annals of Human Genetics 19(4), 251–253), which takes quotations for independent, and the
    cluster-robust one of Liang and Zeger (1986), Biometrika 73(1), 13–22.

    Args:
        cells: For each article (row) the quotations of the group with the item, of the group
            without it, of the others with it, of the others without it.
        level: Level of the interval.
    """
    (odds,) = clustered_odds_ratios(cells[:, None, :], level)
    return odds


def clustered_odds_ratios(cells: _Floats, level: float = LEVEL) -> list[OddsRatio]:
    """Return the odds ratio of each of many items at once, as ``clustered_odds_ratio`` does.

    Args:
        cells: By article, item and cell.
        level: Level of the intervals.
    """
    shifted = cells.sum(axis=0) + 0.5
    signs = np.array([1.0, -1.0, -1.0, 1.0])
    logs = np.log(shifted) @ signs
    influence = np.einsum("aic,ic->ai", cells, signs / shifted)
    variances = np.maximum((1 / shifted).sum(axis=1), np.square(influence).sum(axis=0))
    z = NormalDist().inv_cdf((1 + level) / 2)
    found = zip(logs.tolist(), np.sqrt(variances).tolist(), strict=True)
    return [
        OddsRatio(
            math.exp(log_odds),
            math.exp(log_odds - z * error),
            math.exp(log_odds + z * error),
            2 * NormalDist().cdf(-abs(log_odds) / error),
        )
        for log_odds, error in found
    ]


def exact_odds_ratio(cells: _Floats, level: float = LEVEL) -> OddsRatio:
    """Return the conditional maximum-likelihood odds ratio with Fisher's exact test.

    Fisher (1935), Journal of the Royal Statistical Society 98(1), 39–82; Cornfield (1956) for the
    interval, both by SciPy. It takes quotations for independent, which those of one article are
    not: use it where each article gives few.

    Args:
        cells: As for ``clustered_odds_ratio``.
        level: Level of the interval.

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    a, b, c, d = (int(total) for total in cells.sum(axis=0))
    table = [[a, b], [c, d]]
    result = stats().contingency.odds_ratio(table)
    interval = result.confidence_interval(confidence_level=level)
    p_value = float(stats().fisher_exact(table).pvalue)
    return OddsRatio(float(result.statistic), float(interval.low), float(interval.high), p_value)


def q_values(p_values: Sequence[float]) -> list[float]:
    """Return p-values corrected for many comparisons: the false discovery rate.

    Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57(1), 289–300.

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    if not p_values:
        return []
    return [float(q) for q in stats().false_discovery_control(list(p_values))]
