"""Odds ratios against statsmodels and SciPy, verbs and stances of small articles."""

import math

import numpy as np
import pytest
from scipy import stats

from quotecraft.analysis import stances, verbs
from quotecraft.analysis.odds import clustered_odds_ratio, exact_odds_ratio, q_values
from quotecraft.errors import InputError
from quotecraft.model import SpeakerKind
from tests.analysis.build import Said, article

CELLS = np.array(
    [
        [2, 1, 0, 3],
        [0, 2, 1, 1],
        [4, 0, 1, 5],
        [1, 1, 0, 0],
        [0, 0, 2, 3],
        [3, 2, 1, 4],
        [0, 1, 0, 6],
        [2, 2, 2, 2],
    ],
    dtype=np.float64,
)


def _singles(a: int, b: int, c: int, d: int) -> np.ndarray:
    """One quotation an article."""
    return np.repeat(np.eye(4), [a, b, c, d], axis=0)


def test_independent_quotations_give_woolfs_interval():
    """With one quotation an article it is statsmodels' Table2x2 of the cells plus a half."""
    odds = clustered_odds_ratio(_singles(12, 30, 5, 53))
    found = (odds.value, odds.low, odds.high, odds.p_value)
    expected = (3.9865871833, 1.3309416004, 11.9410779297, 0.0134840231)  # statsmodels 0.15.0
    assert found == pytest.approx(expected)


def test_clustered_quotations_give_the_robust_error():
    """With many of each kind an article it is the error of a GEE with independent working errors.

    statsmodels 0.15.0: GEE(item, [1, group], groups=article, Binomial(), Independence()) on CELLS
    gives a slope of 1.51982575 and a robust error of 0.64134891; a thousand times as many
    quotations leave both as they are, and make the half that is added vanish.
    """
    odds = clustered_odds_ratio(1e6 * CELLS)
    error = (math.log(odds.high) - math.log(odds.low)) / 2 / 1.959963985
    assert (math.log(odds.value), error) == pytest.approx((1.51982575, 0.64134891), abs=1e-5)


def test_exact_odds_are_fishers():
    """Fisher's tea-tasting lady (1935), as R's fisher.test works it out (its roots are rougher)."""
    odds = exact_odds_ratio(_singles(3, 1, 1, 3))
    assert (odds.value, odds.p_value) == pytest.approx((6.408309, 0.4857143), abs=1e-4)
    assert (odds.low, odds.high) == pytest.approx((0.2117329, 621.9337505), rel=1e-2)


def test_q_values_are_benjamini_and_hochbergs():
    """Statsmodels 0.15.0: multipletests([...], method="fdr_bh")."""
    assert q_values([0.01, 0.04, 0.03, 0.5, 0.002]) == pytest.approx([0.025, 0.05, 0.05, 0.5, 0.01])
    assert q_values([]) == []


FIRMS = {"Acme": {"kind": SpeakerKind.ORGANIZATION}}


def _articles():
    return [
        article(
            f"a{n}",
            Said("Ana Ruiz", cue="said"),
            Said("Ana Ruiz", cue="claimed" if n == 0 else "said"),
            Said("Acme", cue="claimed" if n % 2 else "insisted"),
            Said("Acme", cue=""),
            Said(None, cue="claimed"),
            people=FIRMS,
        )
        for n in range(6)
    ]


def test_verbs_are_counted_among_quotations_with_cue_and_group():
    """Unattributed quotations and those without a cue are left out, and the notes say so."""
    table = verbs(_articles(), min_count=1)
    (row,) = table.where(group="institution", item="claim").rows
    assert (row.group_count, row.group_total, row.other_count, row.other_total) == (3, 6, 1, 12)
    assert row.stance == "doubting"
    assert row.odds_ratio == pytest.approx((3.5 / 3.5) / (1.5 / 11.5))
    assert "Left out: 12 quotations without a cue or group." in table.notes


def test_every_group_mirrors_the_other():
    """Of two groups, one's odds ratio is the other's turned over."""
    rows = {(row.group, row.item): row for row in verbs(_articles(), min_count=1)}
    one, other = rows["institution", "claim"], rows["named", "claim"]
    assert one.odds_ratio * other.odds_ratio == pytest.approx(1)
    assert one.p_value == pytest.approx(other.p_value)


def test_stances_sum_over_verbs():
    """A stance counts all verbs that have it."""
    (row,) = stances(_articles(), group="institution", min_count=1).where(item="assertive").rows
    assert (row.group_count, row.share) == (3, 0.5)


def test_exact_method_takes_the_same_cells():
    """Fisher's exact test of the same counts, by SciPy."""
    table = verbs(_articles(), group="institution", method="exact", min_count=1)
    (row,) = table.where(item="claim").rows
    assert row.p_value == pytest.approx(stats.fisher_exact([[3, 3], [1, 11]]).pvalue)
    (none,) = stances(_articles(), group="named", method="exact").where(item="neutral").rows
    assert none.high is None  # infinite: the other group never is


def test_groups_and_methods_must_exist():
    """A misspelt group or method is told."""
    with pytest.raises(InputError, match="Bob"):
        verbs(_articles(), "speaker", group="Bob")
    with pytest.raises(InputError, match="clustered, exact"):
        verbs(_articles(), method="robust")  # type: ignore[arg-type]


def test_one_group_against_another():
    """With ``against`` only two groups are looked at."""
    articles = [*_articles(), article("b", Said("a neighbour", cue="claimed"))]
    table = verbs(articles, group="institution", against="unnamed", min_count=1)
    assert {row.group for row in table} == {"institution"}
    (row,) = table.where(item="claim").rows
    assert (row.other_count, row.other_total) == (1, 1)
