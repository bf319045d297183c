"""Two collections side by side, against SciPy's permutation test."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from quotecraft.analysis import compare
from quotecraft.analysis.permutation import Labels, p_value
from quotecraft.errors import InputError
from tests.analysis.build import Said, article

FIRST = [(3, 1), (2, 0), (4, 1), (1, 0), (2, 2)]  # named and unnamed quotations an article
SECOND = [(1, 3), (0, 2), (1, 1), (2, 4), (0, 1), (1, 2)]


def _side(name, table):
    return [
        article(
            f"{name}{n}",
            *([Said("Ana Ruiz")] * named),
            *([Said("a neighbour")] * unnamed),
            event=f"e{n}",
        )
        for n, (named, unnamed) in enumerate(table)
    ]


def _share(rows):
    named, unnamed = np.sum(rows, axis=0)
    return named / (named + unnamed)


def _quotes(table, measure="share of named"):
    (row,) = (r for r in table if r.measure == measure and r.counted in ("quotes", None))
    return row


def test_differences_and_sizes_by_hand():
    """Shares, means and articles of both sides."""
    table = compare(_side("a", FIRST), _side("b", SECOND), permutations=50)
    row = _quotes(table)
    assert (row.first, row.second) == pytest.approx((12 / 16, 5 / 18))
    assert row.difference == pytest.approx(12 / 16 - 5 / 18)
    assert row.low <= row.difference <= row.high
    assert (row.first_articles, row.second_articles) == (5, 6)
    mean = _quotes(table, "quotations an article")
    assert (mean.first, mean.second) == pytest.approx((16 / 5, 3))


def test_p_value_is_that_of_scipys_permutation_test():
    """All 462 ways to part eleven articles, as SciPy goes through them, and ours at random."""
    both = [*FIRST, *SECOND]

    def statistic(x, y):
        return _share([both[int(i)] for i in x]) - _share([both[int(i)] for i in y])

    exact = stats.permutation_test(
        (np.arange(5), np.arange(5, 11)), statistic, vectorized=False, n_resamples=np.inf
    )
    drawn = exact.null_distribution
    expected = np.mean(np.abs(drawn) >= abs(exact.statistic) - 1e-12)  # both tails, as ours
    table = compare(_side("a", FIRST), _side("b", SECOND), counted=["quotes"], permutations=4000)
    assert _quotes(table).p_value == pytest.approx(expected, abs=0.015)


def test_paired_p_value_is_that_of_all_exchanges():
    """Within five pairs there are 32 exchanges; the sixth article has no partner."""
    pairs = list(zip(FIRST, SECOND, strict=False))
    real = _share(FIRST) - _share(SECOND[:5])
    every = []
    for number in range(32):
        swaps = [number >> n & 1 for n in range(5)]
        one = [pair[swap] for pair, swap in zip(pairs, swaps, strict=True)]
        two = [pair[1 - swap] for pair, swap in zip(pairs, swaps, strict=True)]
        every.append(_share(one) - _share(two))
    expected = np.mean(np.abs(every) >= abs(real) - 1e-12)
    table = compare(
        _side("a", FIRST), _side("b", SECOND), pair="event", counted=["quotes"], permutations=4000
    )
    row = _quotes(table)
    assert row.p_value == pytest.approx(expected, abs=0.015)
    assert (row.first_articles, row.second_articles) == (5, 5)
    assert "within 5 pairs" in table.method


def test_same_articles_do_not_differ():
    """A side against itself: no difference, p of 1, everywhere."""
    table = compare(_side("a", FIRST), _side("b", FIRST), pair="event", permutations=50)
    assert {row.difference for row in table} == {0}
    assert {row.p_value for row in table} == {1}


def test_seed_and_order_decide_nothing_else():
    """The same seed gives the same table in any order of documents."""
    one = compare(_side("a", FIRST), _side("b", SECOND), permutations=200)
    other = compare(_side("a", FIRST)[::-1], _side("b", SECOND)[::-1], permutations=200)
    assert one == other


def test_sides_must_have_articles_and_pairs():
    """An empty side, or nothing that pairs, is told."""
    with pytest.raises(InputError, match="at least one article"):
        compare(_side("a", FIRST), [])
    with pytest.raises(InputError, match="'story'"):
        compare(_side("a", FIRST), _side("b", SECOND), pair="story")


def test_a_measure_that_is_not_there_differs_nowhere():
    """Where one side has no quotation its share is no number, and nothing is significant."""
    table = compare(_side("a", [(0, 0), (0, 0)]), _side("b", SECOND), permutations=50)
    row = _quotes(table)
    assert np.isnan(row.difference)
    assert (row.low, row.p_value) == (None, 1)


@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 99))
def test_permutations_keep_the_sizes(first, second, seed):
    """Every permutation has as many articles on each side as there are."""
    shuffled = Labels.unpaired(first, second).shuffled(20, seed)
    assert (shuffled.sum(axis=1) == first).all()


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=6), st.integers(0, 99))
def test_exchanges_keep_pairs_apart(keys, seed):
    """Within a pair the two articles are always on different sides."""
    keys = list(dict.fromkeys(keys))
    labels = Labels.paired(keys, [*keys[::-1], "z"])
    shuffled = labels.shuffled(20, seed)
    size = len(keys)
    assert (shuffled[:, :size] != shuffled[:, size : 2 * size][:, ::-1]).all()
    assert not shuffled[:, -1].any()


def test_p_value_counts_the_real_one():
    """(1 + 2) / (1 + 4), with a permutation that gives no number counted as large."""
    assert p_value(0.5, np.array([0.5, np.nan, 0.1, -0.2])) == pytest.approx(3 / 5)
