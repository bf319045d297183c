"""Change over time and its trends."""

from datetime import date
from itertools import combinations
from statistics import median

import pytest

from quotecraft.analysis import change, trends
from quotecraft.analysis.dates import period_name, period_start
from quotecraft.errors import InputError
from tests.analysis.build import Said, article


@pytest.mark.parametrize(
    ("every", "start", "name"),
    [
        ("week", date(2024, 12, 30), "2025-W01"),
        ("month", date(2025, 1, 1), "2025-01"),
        ("quarter", date(2025, 1, 1), "2025-Q1"),
        ("year", date(2025, 1, 1), "2025"),
    ],
)
def test_periods(every, start, name):
    """The first of January 2025 falls in the first ISO week of 2025, which began in December."""
    assert period_start(date(2025, 1, 1), every) == start
    assert period_name(start, every) == name


def test_there_are_four_lengths():
    """Another length is told."""
    with pytest.raises(InputError, match="week, month, quarter, year"):
        period_start(date(2024, 1, 1), "day")  # type: ignore[arg-type]


SERIES = {1: (1, 3), 2: (2, 2), 4: (2, 1), 5: (4, 1), 6: (3, 0)}  # month: named, unnamed


def _articles():
    found = [
        article(
            f"m{month}-{kind}-{n}",
            Said("Ana Ruiz" if kind == "named" else "a neighbour"),
            date=f"2024-{month:02}-1{n}",
        )
        for month, counts in SERIES.items()
        for kind, count in zip(("named", "unnamed"), counts, strict=True)
        for n in range(count)
    ]
    return [*found, article("undated", Said("Ana Ruiz"))]


def test_shares_by_month():
    """Each month's share, the empty one included, without the undated article."""
    table = change(_articles(), counted=["quotes"])
    named = table.where(value="named")
    assert [row.period for row in named] == [f"2024-0{n}" for n in range(1, 7)]
    assert [row.share for row in named] == [0.25, 0.5, None, 2 / 3, 0.8, 1.0]
    assert [row.articles for row in named] == [4, 4, 0, 3, 5, 3]
    assert table.notes[0] == "Left out: 1 article without a date."
    assert all(row.low is None or row.low <= row.share <= row.high for row in table)


def test_trend_is_theil_and_sens_slope_and_mann_and_kendalls_test():
    """Median of all pairs' slopes; S = 10 of 10 pairs, so tau is 1 and p is 2/5!."""
    (trend,) = trends(change(_articles(), counted=["quotes"])).where(value="named").rows
    points = [(0, 0.25), (1, 0.5), (3, 2 / 3), (4, 0.8), (5, 1.0)]
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2)]
    assert trend.slope == pytest.approx(median(slopes))
    assert trend.low <= trend.slope <= trend.high
    assert (trend.periods, trend.tau) == (5, pytest.approx(1))
    assert trend.p_value == pytest.approx(2 / 120)
    assert trend.q_value == pytest.approx(2 / 120)  # the other row mirrors it


def test_a_steady_share_has_no_trend():
    """A share that never changes has a slope of 0 and p of 1."""
    articles = [article(f"a{n}", Said("Ana Ruiz"), date=f"2024-0{n}-01") for n in range(1, 7)]
    (trend,) = trends(change(articles, counted=["quotes"])).rows
    assert (trend.slope, trend.tau, trend.p_value) == (0, 0, 1)


def test_few_periods_have_no_trend():
    """Three months tell nothing."""
    articles = [article(f"a{n}", Said("Ana Ruiz"), date=f"2024-0{n}-01") for n in range(1, 4)]
    assert len(trends(change(articles))) == 0


def test_nothing_dated_is_an_empty_table():
    """Without any date there are no rows, and the notes say why."""
    table = change([article("a", Said("Ana Ruiz"))])
    assert (len(table), table.notes[0]) == (0, "Left out: 1 article without a date.")
