"""Where in the article each kind of source is heard."""

from __future__ import annotations

from typing import Any

from quotecraft.analysis import Position, Table
from quotecraft.plots.theme import LIGHT, WIDTH, altair, finish, note, text_width

__all__ = ["article_positions"]

LABEL = 150
_STRIP, _GAP = 44, 14  # a strip's height and the room between two, in pixels


def article_positions(
    table: Table[Position], *, top: int = 6, width: int = WIDTH, title: str | None = None
) -> Any:  # noqa: ANN401  (an Altair chart)
    """Draw a strip for each value: how its quotations spread from an article's start to its end.

    Strips have one scale each, as they compare places, not amounts; the amount stands beside the
    name. The dashed line is where the bars would reach if quotations were spread evenly.

    Args:
        table: What ``analysis.positions`` gives.
        top: How many values at most, most frequent first.
        width: Width in pixels.
        title: Title; the table's unless given, none if empty.

    Raises:
        MissingExtraError: If the extra is not installed.
    """
    alt = altair()
    totals: dict[str, int] = {}
    for row in table:
        totals[row.value] = totals.get(row.value, 0) + row.quotes
    names = [name for name in totals if totals[name]][:top]
    shown = {name: f"{name} · {totals[name]:,}" for name in names}
    shares = {(row.value, row.bin): row.quotes / totals[row.value] for row in table if row.quotes}
    reach = max((shares.get((n, row.bin), 0.0) for row in table for n in names), default=1.0) or 1.0
    foot = {name: (number + 1) * _STRIP + number * _GAP for number, name in enumerate(names)}
    values = [
        {
            "start": row.start,
            "end": row.end,
            "top": foot[row.value] - _STRIP * shares.get((row.value, row.bin), 0.0) / reach,
            "foot": foot[row.value],
            "colour": LIGHT.blue if row.known else LIGHT.unknown,
        }
        for row in table
        if row.value in foot
    ]
    bins = max((row.bin for row in table), default=0) + 1
    lines = [
        {"name": shown[n], "foot": foot[n], "even": foot[n] - _STRIP / bins / reach} for n in names
    ]
    label = min(LABEL, max(map(text_width, shown.values()), default=0))
    x = alt.X("start:Q", title=None, scale=alt.Scale(domain=[0, 1], nice=False)).axis(
        values=[0, 0.5, 1],
        labelExpr="datum.value == 0 ? 'start' : datum.value == 1 ? 'end' : 'middle'",
        labelBound=False,
        labelAlign={"expr": "datum.value == 0 ? 'left' : datum.value == 1 ? 'right' : 'center'"},
        grid=False,
    )
    flat = {"scale": None, "axis": None}
    bars = (
        alt.Chart(alt.Data(values=values))
        .mark_rect(stroke=LIGHT.page, strokeWidth=1)
        .encode(
            x=x,
            x2="end:Q",
            y=alt.Y("top:Q", **flat),
            y2="foot:Q",
            color=alt.Color("colour:N", scale=None),
        )
    )
    rows = alt.Chart(alt.Data(values=lines))
    even = rows.mark_rule(color=LIGHT.soft, strokeDash=[3, 3]).encode(y=alt.Y("even:Q", **flat))
    floors = rows.mark_rule(color=LIGHT.rule).encode(y=alt.Y("foot:Q", **flat))
    labels = rows.mark_text(align="right", baseline="bottom", color=LIGHT.ink, limit=LABEL).encode(
        x=alt.value(-8), y=alt.Y("foot:Q", **flat), text="name:N"
    )
    height = len(names) * _STRIP + max(0, len(names) - 1) * _GAP
    chart = alt.layer(floors, bars, even, labels).properties(
        width=max(80, width - label - 24), height=height
    )
    size = note(table.articles, "article")
    what = f"Quotations (how many) by where they begin; dashed: evenly spread ({size})"
    return finish(chart, table.title if title is None else title, what, width)
