"""Correction for measured errors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.analysis import ErrorRates, rogan_gladen
from quotecraft.analysis.misclassification import corrected_shares, solve
from quotecraft.errors import InputError

RATES = ErrorRates(
    {("women", "women"): 96, ("women", "men"): 4, ("men", "women"): 11, ("men", "men"): 89}
)


def test_rogan_and_gladens_published_example():
    """EpiR's epi.prev: 23 of 150 cows positive, Se 0.96, Sp 0.89, are 5.1 true cases a hundred."""
    assert rogan_gladen(23 / 150, 0.96, 0.89) == pytest.approx(0.051, abs=5e-4)


def test_less_positives_than_errors_give_zero():
    """The estimate stays within 0 and 1."""
    assert rogan_gladen(0.05, 0.96, 0.89) == 0
    assert rogan_gladen(1.0, 0.96, 0.89) == 1


def test_a_useless_test_corrects_nothing():
    """A test that is no better than chance can't be corrected for."""
    with pytest.raises(InputError, match="more than 1"):
        rogan_gladen(0.3, 0.5, 0.5)


@given(st.floats(0.12, 0.95))
def test_two_classes_are_corrected_as_rogan_and_gladen_do(apparent):
    """For two classes without an unknown the matrix method is their estimate."""
    matrix = np.array([[0.96, 0.11], [0.04, 0.89]])
    shares = solve(matrix, np.array([apparent, 1 - apparent]))
    assert shares[0] == pytest.approx(rogan_gladen(apparent, 0.96, 0.89), abs=1e-6)


@given(st.lists(st.floats(0.01, 1), min_size=3, max_size=3))
def test_true_shares_are_found_again(parts):
    """What a known matrix makes of true shares is turned back, the unknown class included."""
    truth = np.array(parts) / sum(parts)
    matrix = np.array([[0.7, 0.05, 0.1], [0.05, 0.8, 0.1], [0.05, 0.05, 0.6], [0.2, 0.1, 0.2]])
    assert solve(matrix, matrix @ truth) == pytest.approx(truth, abs=1e-6)


def test_both_samples_widen_the_interval():
    """Fewer hand-labelled people give a wider interval around the same estimate."""
    amounts = np.array([[3.0, 5.0], [2.0, 2.0], [1.0, 4.0]] * 10)
    few = ErrorRates({pair: number // 4 for pair, number in RATES.counts.items()})
    wide = corrected_shares(amounts, ["women", "men"], few, samples=400)["women"].interval
    narrow = corrected_shares(amounts, ["women", "men"], RATES, samples=400)["women"].interval
    assert narrow.high - narrow.low < wide.high - wide.low


def test_same_seed_gives_the_same_interval():
    """Draws depend on the seed alone."""
    amounts = np.array([[3.0, 5.0], [2.0, 2.0], [1.0, 4.0]])
    one, two, three = (
        corrected_shares(amounts, ["women", "men"], RATES, samples=50, seed=seed)
        for seed in (1, 1, 2)
    )
    assert one == two != three


def test_rates_must_know_every_class():
    """A class that nobody labelled, or counts that make no sense, are told."""
    with pytest.raises(InputError, match="'unknown'"):
        corrected_shares(np.ones((2, 2)), ["women", "unknown"], RATES)
    with pytest.raises(InputError, match="negative"):
        ErrorRates({("women", "women"): -1, ("men", "men"): 3})
    with pytest.raises(InputError, match="two true classes"):
        ErrorRates({("women", "women"): 3, ("men", "men"): 0})


def test_one_article_has_an_estimate_but_no_interval():
    """Nothing can be drawn from one article."""
    corrected = corrected_shares(np.array([[3.0, 5.0]]), ["women", "men"], RATES)["women"]
    assert corrected.interval.low is None
    assert corrected.share == pytest.approx(rogan_gladen(3 / 8, 0.96, 0.89), abs=1e-6)
