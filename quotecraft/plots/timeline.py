"""Shares over time: one panel a value, with intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quotecraft.analysis import Count, Period, Table
from quotecraft.plots.theme import LIGHT, WIDTH, altair, finish, note, text_width

__all__ = ["timeline"]

LABEL = 130
_STRIP, _GAP = 52, 18  # a panel's height and the room between two, in pixels
_WHAT = {Count.SOURCES: "sources", Count.QUOTES: "quotations", Count.WORDS: "quoted words"}


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
    shown = [row for row in rows if row.value in names]
    reach = _reach(max((row.high or row.share or 0.0 for row in shown), default=1.0))
    foot = {name: (number + 1) * _STRIP + number * _GAP for number, name in enumerate(names)}

    def place(row: Period, share: float | None) -> float | None:
        return None if share is None else foot[row.value] - _STRIP * share / reach

    values = [
        {
            "value": row.value,
            "start": row.start.isoformat(),
            "share": place(row, row.share),
            "low": place(row, row.low),
            "high": place(row, row.high),
        }
        for row in shown
    ]
    label = min(LABEL, max((text_width(name) for name in names), default=0))
    flat = {"scale": None, "axis": None}
    x = alt.X("start:T", title=None).axis(grid=False, labelOverlap=True, tickCount=6)
    base = alt.Chart(alt.Data(values=values)).encode(x=x, detail="value:N")
    band = base.mark_area(color=LIGHT.band).encode(y=alt.Y("low:Q", **flat), y2="high:Q")
    line = base.mark_line(color=LIGHT.blue, strokeWidth=2).encode(y=alt.Y("share:Q", **flat))
    dots = base.mark_circle(color=LIGHT.blue, size=28, opacity=1).encode(y=alt.Y("share:Q", **flat))
    chart = alt.layer(*_grid(alt, foot, reach), band, line, dots).properties(
        width=max(80, width - label - 68),
        height=len(names) * _STRIP + max(0, len(names) - 1) * _GAP + 4,
    )
    what = f"Share of {_WHAT[unit]}, with 95 % intervals ({note(table.articles, 'article')})"
    return finish(chart, table.title if title is None else title, what, width)


def _reach(highest: float) -> float:
    """Return the next round share."""
    return next((step for step in (0.05, 0.1, 0.2, 0.4, 0.5, 0.6, 0.8) if highest <= step), 1.0)


def _grid(alt: Any, foot: Mapping[str, float], reach: float) -> list[Any]:  # noqa: ANN401
    """Return each panel's name, and its lines at nothing and at the scale's end."""
    flat = {"scale": None, "axis": None}
    marks = [
        {"y": bottom - high, "figure": figure}
        for bottom in foot.values()
        for high, figure in ((0, "0 %"), (_STRIP, f"{100 * reach:.0f} %"))
    ]
    names = [{"y": bottom - _STRIP / 2, "name": name} for name, bottom in foot.items()]
    lines = alt.Chart(alt.Data(values=marks))
    soft = {"align": "right", "baseline": "middle", "color": LIGHT.soft}
    return [
        lines.mark_rule(color=LIGHT.rule).encode(y=alt.Y("y:Q", **flat)),
        lines.mark_text(**soft).encode(x=alt.value(-8), y=alt.Y("y:Q", **flat), text="figure:N"),
        alt.Chart(alt.Data(values=names))
        .mark_text(align="right", baseline="middle", color=LIGHT.ink, limit=LABEL)
        .encode(x=alt.value(-52), y=alt.Y("y:Q", **flat), text="name:N"),
    ]
