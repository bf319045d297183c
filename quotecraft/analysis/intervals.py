"""Intervals for shares and means of articles: the article is the unit, never the quotation.

Quotations of one article are alike (the same event, the same sources), so that an interval that
took them for independent would be far too narrow.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.analysis._scipy import stats

__all__ = [
    "LEVEL",
    "Interval",
    "difference_interval",
    "mean_interval",
    "share_interval",
    "student",
    "wilson",
]

LEVEL = 0.95
"""Default level of intervals."""

_Floats = NDArray[np.float64]


@frozen
class Interval:
    """Lower and upper bound; ``None`` when there are too few articles to tell."""

    low: float | None
    high: float | None


NO_INTERVAL = Interval(None, None)


@lru_cache(maxsize=256)
def student(freedom: int, level: float) -> float:
    """Return the quantile of Student's distribution for a two-sided interval.

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    return float(stats().t.ppf((1 + level) / 2, freedom))


def wilson(share: float, size: float, level: float = LEVEL) -> Interval:
    """Return the score interval of a share: Wilson (1927), JASA 22(158), 209–212.

    Args:
        share: The share, in [0, 1].
        size: Number of independent observations behind it, whole or effective.
        level: Level of the interval.
    """
    z = NormalDist().inv_cdf((1 + level) / 2)
    centre = (share + z**2 / (2 * size)) / (1 + z**2 / size)
    half = z * math.sqrt(share * (1 - share) / size + z**2 / (4 * size**2)) / (1 + z**2 / size)
    return Interval(max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


def share_interval(part: _Floats, whole: _Floats, level: float = LEVEL) -> Interval:
    """Return the interval of the share that ``part`` has of ``whole``, articles being the unit.

    A Wilson interval with the effective sample size: the number of independent observations that
    would give the variance which the articles show (linearisation of the ratio, Cochran 1977,
    "Sampling Techniques", section 6; design effect, Kish 1965), lowered for the degrees of freedom
    as Korn and Graubard (1998), Survey Methodology 24(2), 193–201; Franco, Little, Louis and Slud
    (2019), Journal of Survey Statistics and Methodology 7(3), 334–364, compare such intervals. A
    share of 0 or 1 shows no variance; there each article counts as one observation.

    Args:
        part: Amount of one value in each article.
        whole: Amount of all values in each article.
        level: Level of the interval.

    Returns:
        The interval; without bounds when fewer than two articles have anything.

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    filled = whole > 0
    articles = int(filled.sum())
    if articles < 2:
        return NO_INTERVAL
    part, whole = part[filled], whole[filled]
    total = float(whole.sum())
    share = float(part.sum()) / total
    quantile = student(articles - 1, level)
    shrink = (NormalDist().inv_cdf((1 + level) / 2) / quantile) ** 2
    return wilson(share, _effective(part, whole, share) * shrink, level)


def _effective(part: _Floats, whole: _Floats, share: float) -> float:
    articles, total = len(whole), float(whole.sum())
    if share in (0.0, 1.0):
        return min(float(articles), total)
    residuals = part - share * whole
    variance = articles / (articles - 1) * float(residuals @ residuals) / total**2
    return min(total, share * (1 - share) / variance) if variance > 0 else total


def mean_interval(values: _Floats, level: float = LEVEL) -> Interval:
    """Return Student's interval of a mean over articles ("Student" 1908, Biometrika 6(1)).

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    if len(values) < 2:
        return NO_INTERVAL
    error = float(values.std(ddof=1)) / math.sqrt(len(values))
    half = student(len(values) - 1, level) * error
    return Interval(float(values.mean()) - half, float(values.mean()) + half)


def difference_interval(
    first: float, first_interval: Interval, second: float, second_interval: Interval
) -> Interval:
    """Return the interval of ``first - second`` from the intervals of two independent estimates.

    The method of variance estimates recovery: Newcombe (1998), Statistics in Medicine 17(8),
    873–890, method 10; Zou and Donner (2008), Statistics in Medicine 27(10), 1693–1702.

    Args:
        first: The one estimate.
        first_interval: Its interval.
        second: The other.
        second_interval: Its interval, of the same level.
    """
    low1, high1 = first_interval.low, first_interval.high
    low2, high2 = second_interval.low, second_interval.high
    if low1 is None or high1 is None or low2 is None or high2 is None:
        return NO_INTERVAL
    difference = first - second
    return Interval(
        difference - math.hypot(first - low1, high2 - second),
        difference + math.hypot(high1 - first, second - low2),
    )
