"""Intervals and paired tests."""

import math

import numpy as np
import pytest
from scipy.stats import binom

from quotecraft.evaluate.bootstrap import draws, intervals, paired_test
from quotecraft.evaluate.metrics import Accuracy

METRIC = Accuracy("right", lambda _: ())
SAMPLES = 4000


def counts(*right: int) -> np.ndarray:
    """Return counts of documents with one thing each, right or not."""
    return np.array([[r, 1] for r in right], dtype=float)


def test_each_resample_draws_as_many_documents_as_there_are() -> None:
    """Rows of the draws sum to the number of documents."""
    assert draws(7, 50, 1).sum(axis=1).tolist() == [7.0] * 50


def test_the_same_seed_draws_the_same() -> None:
    """Draws are fixed by the seed, and differ between seeds."""
    assert np.array_equal(draws(9, 20, 5), draws(9, 20, 5))
    assert not np.array_equal(draws(9, 20, 5), draws(9, 20, 6))


def test_interval_is_that_of_the_binomial() -> None:
    """With one thing a document, resampled sums are binomial: its quantiles are the bounds."""
    table = counts(*[1] * 30 + [0] * 20)
    low, high = intervals(METRIC, table, draws(50, SAMPLES, 3))["accuracy"]
    expected = binom.ppf([0.025, 0.975], 50, 0.6) / 50
    assert [low, high] == pytest.approx(list(expected), abs=0.021)


def test_interval_of_nothing_is_not_a_number() -> None:
    """Without anything to score there are no bounds."""
    bounds = intervals(METRIC, np.zeros((3, 2)), draws(3, 100, 1))
    assert all(math.isnan(bound) for bound in bounds["accuracy"])


def test_a_system_does_not_differ_from_itself() -> None:
    """The difference is 0 and the p-value 1."""
    table = counts(1, 0, 1, 1, 0)
    assert paired_test(METRIC, table, table, draws(5, 200, 1)) == (0.0, 1.0)


def test_a_clear_difference_is_significant() -> None:
    """Better on most of 200 documents, and never worse: no resample is as extreme."""
    worse, better = counts(*[0] * 150 + [1] * 50), counts(*[1] * 190 + [0] * 10)
    difference, p_value = paired_test(METRIC, worse, better, draws(200, SAMPLES, 1))
    assert difference == pytest.approx(140 / 200 - 0.0, abs=1e-9)
    assert p_value == pytest.approx(1 / (SAMPLES + 1))


def test_p_value_of_one_document_in_four_is_large() -> None:
    """Better on one document and worse on none of four proves nothing."""
    worse, better = counts(0, 1, 1, 0), counts(1, 1, 1, 0)
    difference, p_value = paired_test(METRIC, worse, better, draws(4, SAMPLES, 1))
    # Resampled differences are Binomial(4, 1/4) / 4; as far from 1/4 as 1/4 are 0, 2/4, 3/4 and 1.
    chance = 1 - binom.pmf(1, 4, 0.25)
    assert difference == 0.25
    assert p_value == pytest.approx(chance, abs=0.03)


def test_pairing_cancels_what_both_find_hard() -> None:
    """Resampling both alike makes a small steady gain certain, however hard the documents vary."""
    hard = [0, 1] * 50
    one = np.array([[10 * h, 11] for h in hard], dtype=float)
    two = one + np.array([1, 0])
    _, p_value = paired_test(METRIC, one, two, draws(100, 500, 1))
    assert p_value == pytest.approx(1 / 501)
