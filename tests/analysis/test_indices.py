"""Indices of diversity against scikit-bio, published formulas and hand-worked examples."""

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.analysis.columns import Value
from quotecraft.analysis.counts import Count, Counts
from quotecraft.analysis.indices import (
    Incidence,
    chao2,
    gini,
    hill,
    jackknife_shannon,
    pair_concentration,
    shannon,
    simpson,
)
from quotecraft.errors import InputError

COUNTS = [17, 9, 4, 4, 2, 1, 1, 1, 1]

amounts = st.lists(st.integers(0, 50), min_size=1, max_size=12).filter(any)


def counts_of(table: list[list[float]]) -> Counts:
    """Return the counts of a matrix with a row for each article and a column for each speaker."""
    matrix = np.array(table, dtype=np.float64)
    article, value = np.nonzero(matrix)
    values = tuple(Value(str(n), str(n), True) for n in range(matrix.shape[1]))
    return Counts(Count.QUOTES, values, len(matrix), article, value, matrix[article, value])


# scikit-bio 0.7.4: skbio.diversity.alpha.shannon(COUNTS, base=math.e), .simpson, .sobs,
# .hill(order=0.5), .hill(order=1), .hill(order=2), .dominance.
@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (shannon(COUNTS), 1.6784720217374198),
        (simpson(COUNTS), 0.74375),
        (hill(COUNTS, 0), 9),
        (hill(COUNTS, 0.5), 6.837073148137182),
        (hill(COUNTS, 1), 5.357363778571383),
        (hill(COUNTS, 2), 3.9024390243902443),
        (1 - simpson(COUNTS), 0.25625),
    ],
)
def test_indices_equal_those_of_scikit_bio(value, expected):
    """The plain indices are what scikit-bio computes."""
    assert value == pytest.approx(expected, rel=1e-12)


def test_gini_is_half_the_relative_mean_difference():
    """Gini's coefficient is the mean absolute difference of all pairs over twice the mean."""
    pairs = [abs(a - b) for a in COUNTS for b in COUNTS]
    expected = sum(pairs) / len(pairs) / (2 * sum(COUNTS) / len(COUNTS))
    assert gini(COUNTS) == pytest.approx(expected)


def test_miller_madow_adds_the_first_term_of_the_bias():
    """R's entropy 1.3.2 example: entropy.MillerMadow(c(4,2,3,0,2,4,0,0,2,1,1)) adds 7 / 38."""
    example = [4, 2, 3, 0, 2, 4, 0, 0, 2, 1, 1]
    assert shannon(example, "miller-madow") - shannon(example) == pytest.approx(7 / 38)


def test_chao_shen_is_the_published_sum():
    """Chao and Shen (2003), term by term for the same example: C = 17/19."""
    example = [4, 2, 3, 0, 2, 4, 0, 0, 2, 1, 1]
    expected = 0.0
    for count in filter(None, example):
        part = 17 / 19 * count / 19
        expected -= part * math.log(part) / (1 - (1 - part) ** 19)
    assert shannon(example, "chao-shen") == pytest.approx(expected)


def test_chao_shen_works_for_singletons_alone():
    """When every speaker is seen once, coverage is taken for 1/n, as in R's entropy."""
    part = 1 / 4 / 4
    expected = -4 * part * math.log(part) / (1 - (1 - part) ** 4)
    assert shannon([1, 1, 1, 1], "chao-shen") == pytest.approx(expected)


def test_unknown_corrections_and_negative_counts_are_told():
    """Neither a misspelt correction nor a negative count passes."""
    with pytest.raises(InputError, match="miller-madow or chao-shen"):
        shannon([1, 2], "chao")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="negative"):
        hill([1, -2], 1)


def test_nothing_has_no_diversity():
    """Without any quotation an index is not a number, rather than 0."""
    assert all(map(math.isnan, (shannon([]), simpson([0]), hill([], 1), gini([]))))


@given(amounts, st.floats(0, 4))
def test_effective_number_lies_between_one_and_the_number_of_speakers(counts, order):
    """A Hill number of any order is at least 1 and at most the number of speakers."""
    speakers = sum(count > 0 for count in counts)
    assert 1 - 1e-9 <= hill(counts, order) <= speakers + 1e-9


@given(amounts, st.integers(2, 9))
def test_indices_look_at_shares_alone(counts, times):
    """All counts times the same number leave every index as it was."""
    many = [count * times for count in counts]
    for index in (shannon, simpson, gini, lambda c: hill(c, 0), lambda c: hill(c, 2)):
        assert index(many) == pytest.approx(index(counts), abs=1e-9)


@given(st.integers(1, 30), st.integers(1, 5), st.sampled_from([0, 1, 2]))
def test_speakers_all_heard_alike_count_whole(speakers, times, order):
    """For equal shares the effective number is the number of speakers."""
    assert hill([times] * speakers, order) == pytest.approx(speakers)


INCIDENCE = Incidence(articles=10, speakers=20, total=40, once=8, twice=4)


def test_chao2_is_the_bias_corrected_formula():
    """S + (m-1)/m · Q1(Q1-1) / 2(Q2+1) for 10 articles: 20 + 0.9 · 56 / 10."""
    assert chao2(INCIDENCE) == pytest.approx(25.04)


def test_coverage_is_that_of_spader():
    """SpadeR's Chat.Sam: 1 - Q1/U · A, A = nQ0/(nQ0+Q1), Q0 = (n-1)/n · Q1²/2Q2."""
    unseen = 9 / 10 * 8**2 / (2 * 4)
    weight = 10 * unseen / (10 * unseen + 8)
    assert INCIDENCE.coverage == pytest.approx(1 - 8 / 40 * weight)


def test_coverage_without_doubletons_uses_the_second_form():
    """SpadeR's Q0 for Q2 = 0 is (n-1)/n · Q1(Q1-1)/2."""
    incidence = Incidence(articles=10, speakers=12, total=30, once=5, twice=0)
    unseen = 9 / 10 * 5 * 4 / 2
    weight = 10 * unseen / (10 * unseen + 5)
    assert incidence.coverage == pytest.approx(1 - 5 / 30 * weight)


def test_incidence_counts_articles_not_quotations():
    """A speaker quoted five times in one article occurs once."""
    incidence = Incidence.of(counts_of([[5, 0, 1], [0, 2, 1], [0, 0, 0]]))
    assert incidence == Incidence(articles=2, speakers=3, total=4, once=2, twice=1)


TABLE = [[2, 1, 0, 0], [0, 3, 1, 0], [1, 0, 0, 1], [4, 1, 1, 0], [0, 0, 2, 2]]


def test_jackknife_is_worked_out_by_leaving_out_articles():
    """Pseudo-values, mean and Student's interval equal a plain loop over the table."""
    matrix = np.array(TABLE, dtype=float)
    size = len(matrix)
    whole = shannon(matrix.sum(axis=0))
    pseudo = [
        size * whole - (size - 1) * shannon(np.delete(matrix, n, axis=0).sum(axis=0))
        for n in range(size)
    ]
    half = 2.7764451051977987 * np.std(pseudo, ddof=1) / math.sqrt(size)  # t(4), 97.5 %
    estimate = jackknife_shannon(counts_of(TABLE))
    assert estimate.value == pytest.approx(np.mean(pseudo))
    assert estimate.interval.low == pytest.approx(np.mean(pseudo) - half)
    assert estimate.interval.high == pytest.approx(np.mean(pseudo) + half)


def test_pairs_are_those_of_different_articles():
    """The concentration is the share of pairs across articles with the same speaker."""
    quotes = [(a, s) for a, row in enumerate(TABLE) for s, n in enumerate(row) for _ in range(n)]
    pairs = [(x, y) for x, y in combinations(quotes, 2) if x[0] != y[0]]
    same = sum(x[1] == y[1] for x, y in pairs)
    estimate = pair_concentration(counts_of(TABLE))
    assert math.exp(estimate.value) == pytest.approx(same / len(pairs))


def test_pairs_interval_is_worked_out_by_leaving_out_articles():
    """The standard error is that of a plain loop over the table, on the logarithm's scale."""

    def share(rows):
        total, squares = np.sum(rows, axis=0), np.sum(np.square(rows), axis=0)
        sizes = np.sum(rows, axis=1)
        return np.sum(total**2 - squares) / (sizes.sum() ** 2 - np.sum(sizes**2))

    matrix = np.array(TABLE, dtype=float)
    size = len(matrix)
    pseudo = [
        size * share(matrix) - (size - 1) * share(np.delete(matrix, n, axis=0)) for n in range(size)
    ]
    half = 2.7764451051977987 * np.std(pseudo, ddof=1) / math.sqrt(size) / share(matrix)
    interval = pair_concentration(counts_of(TABLE)).interval
    assert interval.low == pytest.approx(math.log(share(matrix)) - half)
    assert interval.high == pytest.approx(min(0, math.log(share(matrix)) + half))


def test_one_quotation_an_article_gives_simpsons_own_estimator():
    """With independent observations it is Σn(n-1) / N(N-1), as Simpson (1949) has it."""
    table = [[1, 0, 0]] * 4 + [[0, 1, 0]] * 3 + [[0, 0, 1]]
    expected = (4 * 3 + 3 * 2) / (8 * 7)
    assert math.exp(pair_concentration(counts_of(table)).value) == pytest.approx(expected)


def test_two_articles_have_no_estimate():
    """With fewer than three articles nothing can be left out."""
    assert jackknife_shannon(counts_of([[1, 2], [2, 1]])).value is None
    assert pair_concentration(counts_of([[1, 2], [2, 1]])).value is None
