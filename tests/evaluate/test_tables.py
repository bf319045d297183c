"""Tables as text, Markdown and LaTeX."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import InputError
from quotecraft.evaluate import TABLE_FORMATS, Table
from quotecraft.evaluate.tables import percent

TABLE = Table(("metric", "F1"), (("content.words", "7.0"), ("a_b & 5 %", "63.2–70.1")))


def test_text_is_aligned_under_a_rule() -> None:
    """Names stand flush left and figures flush right."""
    assert TABLE.render().splitlines() == [
        "metric                F1",
        "------------------------",
        "content.words        7.0",
        "a_b & 5 %      63.2–70.1",
    ]


def test_markdown_says_how_columns_are_set() -> None:
    """A bar in a cell is escaped."""
    table = Table(("a", "b"), (("x|y", "<b>"),))
    assert table.render("markdown").splitlines() == [
        "| a | b |",
        "|:---|---:|",
        r"| x\|y | &lt;b> |",
    ]


def test_latex_is_a_tabular() -> None:
    """What LaTeX reads as a command is escaped, and a dash between figures is an en rule."""
    assert TABLE.render("latex").splitlines() == [
        r"\begin{tabular}{lr}",
        r"\hline",
        r"metric & F1 \\",
        r"\hline",
        r"content.words & 7.0 \\",
        r"a\_b \& 5 \% & 63.2--70.1 \\",
        r"\hline",
        r"\end{tabular}",
    ]


def test_a_column_can_be_left_out() -> None:
    """The columns behind it keep their alignment."""
    table = Table(("a", "b", "c"), (("1", "2", "3"),), frozenset({0, 2})).without(1)
    assert table == Table(("a", "c"), (("1", "3"),), frozenset({0, 1}))


def test_an_unknown_format_is_an_error() -> None:
    """The message names those there are."""
    with pytest.raises(InputError, match="choose from table, markdown, latex"):
        TABLE.render("html")


@given(
    st.lists(st.tuples(st.text(), st.text()), max_size=4),
    st.sampled_from(TABLE_FORMATS),
)
def test_one_line_a_row(cells: list[tuple[str, str]], form: str) -> None:
    """Whatever a cell holds, it breaks no row."""
    lines = Table(("a", "b"), tuple(cells)).render(form).replace("\r", "\n").split("\n")
    assert len(lines) == len(cells) + {"table": 2, "markdown": 2, "latex": 6}[form]


@pytest.mark.parametrize(
    ("value", "signed", "shown"),
    [(0.6325, False, "63.2"), (0.01, True, "+1.0"), (float("nan"), True, "–")],
)
def test_rates_are_shown_in_percent(value: float, signed: bool, shown: str) -> None:
    """One decimal; a dash where there was nothing to score."""
    assert percent(value, signed=signed) == shown
