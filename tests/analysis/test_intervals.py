"""Intervals against statsmodels, published examples and their defining equations."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.analysis.intervals import (
    Interval,
    difference_interval,
    mean_interval,
    share_interval,
    wilson,
)

PART = np.array([2.0, 0, 4, 1, 0, 3, 0, 2])
WHOLE = np.array([6.0, 4, 10, 2, 5, 10, 7, 8])


def test_wilson_is_that_of_statsmodels():
    """Statsmodels 0.15: proportion_confint(15, 148, method="wilson"); Newcombe (1998), table I."""
    interval = wilson(15 / 148, 148)
    assert (interval.low, interval.high) == pytest.approx((0.06238639953, 0.16048724172))


def test_difference_is_newcombes_published_example():
    """Newcombe (1998), table II (a), method 10: 56/70 against 48/80 gives 0.0524 to 0.3339."""
    first, second = wilson(56 / 70, 70), wilson(48 / 80, 80)
    interval = difference_interval(56 / 70, first, 48 / 80, second)
    assert (interval.low, interval.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_share_interval_has_the_variance_of_a_clustered_regression():
    """Its effective size is p(1-p) over the variance that statsmodels' GEE finds.

    GEE(y, 1, groups=article, Binomial(), Independence()).fit().bse[0] is the standard error of the
    logit without the factor n/(n-1); the quantile is Student's with 7 degrees of freedom.
    """
    share = PART.sum() / WHOLE.sum()
    residuals = [part - share * whole for part, whole in zip(PART, WHOLE, strict=True)]
    logit_error = math.sqrt(sum(r * r for r in residuals)) / (WHOLE.sum() * share * (1 - share))
    assert logit_error == pytest.approx(0.3218868, abs=1e-7)  # statsmodels 0.15.0
    error = logit_error * share * (1 - share) * math.sqrt(8 / 7)
    size = min(WHOLE.sum(), share * (1 - share) / error**2) * (1.959963985 / 2.364624252) ** 2
    expected = wilson(share, size)
    interval = share_interval(PART, WHOLE)
    assert (interval.low, interval.high) == pytest.approx((expected.low, expected.high))


def test_share_of_nothing_counts_articles():
    """A share of 0 in 20 articles has the upper bound of 0 in so many independent observations."""
    none, whole = np.zeros(20), np.full(20, 10.0)
    size = 20 * (1.959963985 / 2.093024054) ** 2  # Student's quantile, 19 degrees of freedom
    assert share_interval(none, whole) == Interval(0.0, pytest.approx(wilson(0, size).high))


def test_one_article_has_no_interval():
    """Nothing varies within one article, and articles without anything don't count."""
    assert share_interval(np.array([3.0, 0]), np.array([5.0, 0])) == Interval(None, None)
    assert mean_interval(np.array([3.0])) == Interval(None, None)


def test_mean_interval_is_students():
    """Student's interval of 1, 2, 3, 4: 2.5 ± 3.182 · 1.291 / 2."""
    interval = mean_interval(np.array([1.0, 2, 3, 4]))
    assert (interval.low, interval.high) == pytest.approx((0.445739, 4.554261), abs=1e-6)


def test_difference_without_an_interval_has_none():
    """Where one side has no bounds, the difference has none."""
    assert difference_interval(0.5, Interval(None, None), 0.2, wilson(0.2, 9)) == Interval(
        None, None
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=9))
def test_bounds_hold_the_share(pairs):
    """The interval holds the estimate and lies within 0 and 1."""
    part = np.array([float(a) for a, _ in pairs])
    whole = part + np.array([float(b) for _, b in pairs])
    interval = share_interval(part, whole)
    if (whole > 0).sum() < 2:
        assert interval == Interval(None, None)
    else:
        assert 0 <= interval.low <= part.sum() / whole.sum() <= interval.high <= 1


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=9))
def test_others_have_the_mirrored_interval(pairs):
    """The interval of what is left is 1 minus that of the share."""
    part = np.array([float(a) for a, _ in pairs])
    whole = part + np.array([float(b) for _, b in pairs])
    interval, mirrored = share_interval(part, whole), share_interval(whole - part, whole)
    if interval.low is not None:
        assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((interval.low, interval.high))
