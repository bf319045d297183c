"""The table of diversity."""

import math

import pytest

from quotecraft.analysis import collect, diversity
from tests.analysis.build import Said, article


def _articles(count=12):
    names = ["Ana Ruiz", "Bo Lund", "Cy Marsh"]
    return [
        article(
            f"a{n}",
            *(Said(name) for name in names[: 1 + n % 3]),
            *([Said(None)] * (n % 2)),
            outlet="Times" if n < 9 else "Post",
        )
        for n in range(count)
    ]


def _rows(table, **values):
    return {row.index.value: row for row in table.where(**values)}


def test_indices_hang_together():
    """Hill numbers, entropy, Simpson and HHI of 12, 8 and 4 quotations."""
    rows = _rows(diversity(_articles()), counted="quotes")
    shares = [12 / 24, 8 / 24, 4 / 24]
    entropy = -sum(p * math.log(p) for p in shares)
    assert rows["shannon"].estimate == pytest.approx(entropy)
    assert rows["hill_1"].estimate == pytest.approx(math.exp(entropy))
    assert rows["hhi"].estimate == pytest.approx(sum(p * p for p in shares))
    assert rows["hill_2"].estimate == pytest.approx(1 / sum(p * p for p in shares))
    assert rows["simpson"].estimate == pytest.approx(1 - sum(p * p for p in shares))
    assert rows["hill_0"].estimate == 3
    assert (rows["gini"].corrected, rows["gini"].low) == (None, None)


def test_intervals_hold_the_corrected_values():
    """Where there is an interval it holds the corrected value, on every scale."""
    rows = diversity(_articles()).rows
    assert any(row.low is not None for row in rows)
    for row in rows:
        assert row.low is None or row.low <= row.corrected <= row.high


def test_unattributed_quotations_are_left_out_and_noted():
    """Who isn't known can't be told apart."""
    table = diversity(_articles())
    assert table.quotes == 24
    assert table.notes[0] == "Left out: 6 quotations without a value to tell apart."


def test_groups_have_their_own_articles():
    """Each outlet's rows count its articles alone."""
    table = diversity(_articles(), "outlet")
    assert {row.group: row.articles for row in table} == {"Times": 9, "Post": 3}


def test_low_coverage_has_no_interval_of_shannon():
    """Where each article brings new speakers, orders 0 and 1 aren't corrected; order 2 can't be."""
    articles = [article(f"a{n}", Said(f"Person Nr{n}x")) for n in range(8)]
    rows = _rows(diversity(articles), counted="quotes")
    assert rows["hill_1"].coverage < 0.5
    assert all(rows[name].corrected is None for name in ("hill_0", "hill_1", "shannon", "hill_2"))


def test_described_speakers_are_noted():
    """Speakers who are only described are new in every article, which the notes say."""
    table = diversity([article(f"a{n}", Said("a neighbour")) for n in range(3)])
    assert table.notes[0].startswith("Only described: 3 speakers; ")


def test_any_column_has_a_diversity():
    """Source types can be as diverse as speakers."""
    rows = _rows(diversity(collect(_articles()), of="source_type"), counted="quotes")
    assert rows["hill_0"].estimate == 1
