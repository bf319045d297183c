"""Shares over time: one panel a value, with intervals."""

from __future__ import annotations

from typing import Any

from quotecraft.analysis import Count, Period, Table
from quotecraft.plots.theme import LIGHT, WIDTH, altair, finish, note, text_width

__all__ = ["timeline"]

LABEL = 130


def timeline(
    table: Table[Period],
    counted: Count | str = Count.QUOTES,
    *,
    top: int = 5,
    width: int = WIDTH,
    title: str | None = None,
) -> Any:  # noqa: ANN401  (an Altair chart)
    """Draw each value's share in every period, with its interval; gaps where there was nothing.

    Args:
        table: What ``analysis.change`` gives.
        counted: Which way of counting to draw.
        top: How many values at most, largest first.
        width: Width in pixels.
        title: Title; the table's unless given, none if empty.

    Raises:
        MissingExtraError: If the extra is not installed.
    """
    alt = altair()
    unit = Count(counted)
    rows = [row for row in table if row.counted is unit]
    totals: dict[str, int] = {}
    for row in rows:
        totals[row.value] = totals.get(row.value, 0) + row.count
    names = sorted(totals, key=lambda name: -totals[name])[:top]
    values: list[dict[str, Any]] = [
        {
            "value": row.value,
            "start": row.start.isoformat(),
            "share": row.share,
            "low": row.low,
            "high": row.high,
        }
        for row in rows
        if row.value in names
    ]
    label = min(LABEL, max((text_width(name) for name in names), default=0))
    reach = max((v["high"] or v["share"] or 0 for v in values), default=1) or 1
    x = alt.X("start:T", title=None).axis(grid=False, labelOverlap=True, tickCount=6)
    scale = alt.Scale(domain=[0, min(1, reach * 1.05)], nice=False)
    y = alt.Y("share:Q", title=None, scale=scale).axis(format="%", tickCount=2)
    band = (
        alt.Chart()
        .mark_area(color=LIGHT.band)
        .encode(x=x, y=alt.Y("low:Q", scale=scale), y2="high:Q")
    )
    line = (
        alt.Chart()
        .mark_line(
            color=LIGHT.blue, strokeWidth=2, point={"color": LIGHT.blue, "size": 28, "filled": True}
        )
        .encode(x=x, y=y)
    )
    panel = alt.layer(band, line).properties(width=max(80, width - label - 64), height=62)
    chart = panel.facet(
        data=alt.Data(values=values),
        row=alt.Row("value:N", sort=names, title=None).header(
            labelAngle=0,
            labelColor=LIGHT.ink,
            labelFontSize=12,
            labelLimit=LABEL,
        ),
        spacing=10,
    )
    kinds = {Count.SOURCES: "sources", Count.QUOTES: "quotations", Count.WORDS: "quoted words"}
    what = f"Share of {kinds[unit]}, with 95 % intervals ({note(table.articles, 'article')})"
    return finish(chart, table.title if title is None else title, what, width)
