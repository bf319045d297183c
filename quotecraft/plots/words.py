"""Words that mark one side or the other: a dot plot of log-odds."""

from __future__ import annotations

from typing import Any

from quotecraft.analysis import DistinctiveWord, Table
from quotecraft.plots.theme import LIGHT, WIDTH, altair, finish, note, text_width

__all__ = ["word_contrast"]

_NORMAL = 1.959964  # the normal distribution's 97.5 % point
LABEL = 130


def word_contrast(
    table: Table[DistinctiveWord], *, top: int = 10, width: int = WIDTH, title: str | None = None
) -> Any:  # noqa: ANN401  (an Altair chart)
    """Draw the most distinctive words of both sides with their 95 % intervals.

    Args:
        table: What ``analysis.distinctive_words`` gives.
        top: How many words of each side at most.
        width: Width in pixels.
        title: Title; the table's unless given, none if empty.

    Raises:
        MissingExtraError: If the extra is not installed.
    """
    alt = altair()
    first = [row for row in table if row.log_odds > 0][:top]
    second = [row for row in table if row.log_odds < 0][::-1][:top][::-1]
    shown = [*first, *second]
    values = [_row(row) for row in shown]
    label = min(LABEL, max((text_width(row.word) for row in shown), default=0))
    reach = max((max(-v["low"], v["high"]) for v in values), default=1)
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("word:N", sort=[row.word for row in shown], title=None).axis(
            labelColor=LIGHT.ink, labelLimit=LABEL
        ),
        color=alt.Color("colour:N", scale=None),
    )
    x = alt.X("log_odds:Q", scale=scale, title="log-odds ratio").axis(tickCount=5)
    lines = base.mark_rule(strokeWidth=2, opacity=0.55).encode(
        x=alt.X("low:Q", scale=scale, title="log-odds ratio"), x2="high:Q"
    )
    dots = base.mark_circle(size=60, opacity=1).encode(x=x)
    zero = alt.Chart(alt.Data(values=[{}])).mark_rule(color=LIGHT.soft).encode(x=alt.datum(0))
    heads = _heads(alt, first, second, reach)
    plot_width = max(80, width - label - 24)
    chart = alt.layer(zero, lines, dots, heads).properties(width=plot_width, height=alt.Step(19))
    size = f"{note(table.articles, 'article')}, {note(table.quotes, 'quotation')}"
    what = f"Log-odds of a word, with 95 % intervals ({size})"
    return finish(chart, table.title if title is None else title, what, width)


def _heads(
    alt: Any,  # noqa: ANN401  (a module)
    first: list[DistinctiveWord],
    second: list[DistinctiveWord],
    reach: float,
) -> Any:  # noqa: ANN401  (an Altair chart)
    """Return the names of the sides, each above its half."""
    told = [
        {"x": sign * reach / 2, "name": rows[0].group, "colour": colour}
        for rows, sign, colour in ((second, -1, LIGHT.vermilion), (first, 1, LIGHT.blue))
        if rows
    ]
    return (
        alt.Chart(alt.Data(values=told))
        .mark_text(fontWeight="bold", dy=-10, limit=150)
        .encode(
            x=alt.X("x:Q"),
            y=alt.value(0),
            text="name:N",
            color=alt.Color("colour:N", scale=None),
        )
    )


def _row(row: DistinctiveWord) -> dict[str, Any]:
    error = abs(row.log_odds / row.z) if row.z else 0.0
    return {
        "word": row.word,
        "log_odds": row.log_odds,
        "low": row.log_odds - _NORMAL * error,
        "high": row.log_odds + _NORMAL * error,
        "colour": LIGHT.blue if row.log_odds > 0 else LIGHT.vermilion,
    }
