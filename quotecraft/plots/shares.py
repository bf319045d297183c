"""Share of voice: bars with intervals."""

from __future__ import annotations

from typing import Any

from quotecraft.analysis import Count, Share, Table
from quotecraft.plots.theme import LIGHT, WIDTH, altair, finish, note, text_width

__all__ = ["share_of_voice"]

_WHAT = {Count.SOURCES: "sources", Count.QUOTES: "quotations", Count.WORDS: "quoted words"}
LABEL = 170  # pixels at most for a value's name


def share_of_voice(
    table: Table[Share],
    counted: Count | str = Count.WORDS,
    *,
    top: int = 12,
    width: int = WIDTH,
    title: str | None = None,
) -> Any:  # noqa: ANN401  (an Altair chart)
    """Draw the largest shares as bars, each with its interval and its figure.

    What has no value (the unattributed) is a grey bar at the end, never left out.

    Args:
        table: What ``analysis.shares`` or ``analysis.sources`` gives.
        counted: Which way of counting to draw.
        top: How many values at most.
        width: Width in pixels.
        title: Title; the table's unless given, none if empty.

    Raises:
        MissingExtraError: If the extra is not installed.
    """
    alt = altair()
    unit = Count(counted)
    own = [row for row in table if row.counted is unit]
    known = [row for row in own if row.known]
    shown = [*known[:top], *(row for row in own if not row.known)]
    values = [_row(number, row) for number, row in enumerate(shown)]
    hidden = len(known) - len(known[:top])
    size = f"{note(table.articles, 'article')}, {note(own[0].total if own else 0, _one(unit))}"
    more = f"; {hidden:,} more not shown" if hidden else ""
    names = alt.Y("place:N", sort=None, title=None).axis(
        labelExpr="slice(datum.value, indexof(datum.value, ' ') + 1)",
        labelLimit=LABEL,
        labelColor=LIGHT.ink,
    )
    label = max((text_width(v["figure"]) for v in values), default=0) + 8
    names_width = min(LABEL, max((text_width(r.value) for r in shown), default=0)) + 8
    base = alt.Chart(alt.Data(values=values)).encode(y=names)
    reach = max((v["high"] for v in values), default=1) or 1
    x = alt.X("share:Q", title=None, scale=alt.Scale(domain=[0, reach], nice=False), axis=None)
    bars = base.mark_bar(height={"band": 0.62}).encode(
        x=x,
        color=alt.Color("known:N", scale=None),
    )
    lines = base.mark_rule(strokeWidth=1.5, color=LIGHT.ink).encode(
        x=alt.X("low:Q"), x2=alt.X2("high:Q")
    )
    figures = base.mark_text(align="left", dx=6, color=LIGHT.soft).encode(
        x=alt.X("high:Q"), text="figure:N"
    )
    chart = (bars + lines + figures).properties(
        width=max(80, width - names_width - label - 12), height=alt.Step(24)
    )
    told = ", with 95 % intervals over articles" if any(r.low is not None for r in shown) else ""
    what = f"Share of {_WHAT[unit]}{told} ({size}{more})"
    return finish(chart, table.title if title is None else title, what, width)


def _one(unit: Count) -> str:
    return {Count.SOURCES: "source", Count.QUOTES: "quotation", Count.WORDS: "word"}[unit]


def _row(number: int, row: Share) -> dict[str, Any]:
    low = row.share if row.low is None else row.low
    high = row.share if row.high is None else row.high
    return {
        "place": f"{number} {row.value}",  # two speakers may share a name
        "share": row.share,
        "low": low,
        "high": high,
        "known": LIGHT.blue if row.known else LIGHT.unknown,
        "figure": _figure(row.share, row.low, row.high),
    }


def _figure(share: float, low: float | None, high: float | None) -> str:
    digits = 0 if share >= 0.1 else 1
    if low is None or high is None:
        return f"{100 * share:.{digits}f} %"
    return f"{100 * share:.{digits}f} % ({100 * low:.{digits}f}–{100 * high:.{digits}f})"
