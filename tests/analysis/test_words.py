"""Distinctive words against the formulas of Monroe, Colaresi and Quinn (2008)."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.analysis import distinctive_words, log_odds
from quotecraft.errors import InputError
from tests.analysis.build import Said, article


def test_estimate_variance_and_score_are_the_papers():
    """Estimate, variance and z-score written out for one word of three."""
    first, second, prior = [10, 3, 7], [2, 8, 9], [1.5, 2.0, 2.5]
    n1, n2, a0 = 20, 19, 6
    y1, y2, a = 10, 2, 1.5
    delta = math.log((y1 + a) / (n1 + a0 - y1 - a)) - math.log((y2 + a) / (n2 + a0 - y2 - a))
    variance = 1 / (y1 + a) + 1 / (y2 + a)
    ratios, scores = log_odds(first, second, prior)
    assert ratios[0] == pytest.approx(delta)
    assert scores[0] == pytest.approx(delta / math.sqrt(variance))


def test_a_weak_prior_gives_the_plain_odds_ratio():
    """Without much prior it is the log-odds ratio of the two-by-two table."""
    ratios, _ = log_odds([10, 20], [5, 40], [1e-9, 1e-9])
    assert ratios[0] == pytest.approx(math.log(10 * 40 / (20 * 5)))


def test_a_strong_prior_shrinks():
    """The stronger the prior, the nearer every word to no difference."""
    weak, strong = (np.abs(log_odds([10, 20], [5, 40], [n, 2 * n])[0]) for n in (1, 100))
    assert (strong < weak).all()


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=2, max_size=9))
def test_sides_are_mirrored(pairs):
    """Exchanging the sides turns every sign."""
    one, two = zip(*pairs, strict=True)
    prior = np.ones(len(pairs))
    assert log_odds(one, two, prior)[1] == pytest.approx(-log_odds(two, one, prior)[1], abs=1e-9)


def test_every_word_needs_a_prior():
    """A prior of nothing is told."""
    with pytest.raises(InputError, match="above 0"):
        log_odds([1, 2], [2, 1], [0, 1])


def _articles():
    return [
        article(
            f"a{n}",
            Said("Ana Ruiz", "The Clinics stay open and the clinics are safe"),
            Said("Bo Lund", "the taxes are too high and the burden grows"),
        )
        for n in range(3)
    ] + [article("once", Said("Ana Ruiz", "zebras"))]


def test_words_of_one_mark_them_and_common_words_do_not():
    """Own words lead, the other's end the table, and what both say stands between."""
    table = distinctive_words(_articles(), "speaker", "Ana Ruiz", "Bo Lund")
    scores = {row.word: row.z for row in table}
    assert table[0].word == "clinics"
    assert (table[0].first_count, table[0].second_count, table[0].articles) == (6, 0, 3)
    assert table[0].group == "Ana Ruiz"
    assert table.rows[-1].group == "Bo Lund"
    assert abs(scores["the"]) < 0.5 < abs(scores["taxes"])
    assert "zebras" not in scores  # said in one article


def test_others_are_the_other_side_unless_named():
    """Without a second value everybody else is it."""
    table = distinctive_words(_articles(), "speaker", "Bo Lund", min_articles=1, stop_words=["The"])
    assert table.rows[-1].group == "others"
    assert {"zebras"} <= {row.word for row in table}
    assert "the" not in {row.word for row in table}


def test_a_prior_of_ones_own():
    """Pseudo-counts may come from another corpus; a frequent word there counts for less here."""
    plain = {r.word: r.z for r in distinctive_words(_articles(), "speaker", "Bo Lund", prior=10)}
    common = distinctive_words(_articles(), "speaker", "Bo Lund", prior={"taxes": 500, "the": 5000})
    assert {r.word: r.z for r in common}["taxes"] < plain["taxes"]


def test_sides_must_say_something():
    """A misspelt value is told."""
    with pytest.raises(InputError, match="'Anna Ruiz'"):
        distinctive_words(_articles(), "speaker", "Anna Ruiz")
