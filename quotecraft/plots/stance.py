"""How each group's words are introduced: stances of cue verbs, stacked."""

from __future__ import annotations

from typing import Any

from quotecraft.analysis import Odds, Table
from quotecraft.model import Stance
from quotecraft.plots.theme import LIGHT, WIDTH, altair, finish, note, text_width

__all__ = ["verb_stance"]

LABEL = 130
_COLOURS = {
    Stance.ASSERTIVE: LIGHT.blue,
    Stance.PROMISING: LIGHT.green,
    Stance.URGING: LIGHT.sky,
    Stance.ASKING: LIGHT.brown,
    Stance.DOUBTING: LIGHT.vermilion,
    Stance.DENYING: LIGHT.purple,
    Stance.ACCUSING: LIGHT.wine,
    Stance.NEGATED: LIGHT.orange,
    Stance.HYPOTHETICAL: LIGHT.soft,
}


def verb_stance(
    table: Table[Odds], *, top: int = 8, width: int = WIDTH, title: str | None = None
) -> Any:  # noqa: ANN401  (an Altair chart)
    """Draw for each group how large a part of its quotations each stance introduces.

    Neutral verbs ("said") introduce the rest, which is not drawn, as it would dwarf all others; nor
    are stances that the table leaves out as too rare. The figure is the sum of what is drawn.

    Args:
        table: What ``analysis.stances`` gives.
        top: How many groups at most, most quotations first.
        width: Width in pixels.
        title: Title; the table's unless given, none if empty.

    Raises:
        MissingExtraError: If the extra is not installed.
    """
    alt = altair()
    totals = {row.group: row.group_total for row in table}
    groups = sorted(totals, key=lambda group: -totals[group])[:top]
    names = {group: f"{group}|{note(totals[group], 'quotation')}" for group in groups}
    counts = {(row.group, row.item): row.group_count for row in table}
    stances = [s for s in _COLOURS if any(counts.get((group, s.value)) for group in groups)]
    values = [piece for group in groups for piece in _pieces(names[group], group, totals, counts)]
    sums: list[dict[str, Any]] = [
        {"group": names[group], "end": end, "figure": f"{100 * end:.0f} %"}
        for group in groups
        for end in [sum(counts.get((group, s.value), 0) for s in stances) / totals[group]]
    ]
    label = min(
        LABEL, max((text_width(p) for n in names.values() for p in n.split("|")), default=0)
    )
    y = alt.Y("group:N", sort=list(names.values()), title=None).axis(
        labelExpr="split(datum.value, '|')",
        labelLimit=LABEL,
        labelColor=LIGHT.ink,
        labelLineHeight=14,
        labelOffset=-7,
    )
    reach = max((row["end"] for row in sums), default=1) or 1
    x = alt.X("start:Q", title=None, scale=alt.Scale(domain=[0, reach * 1.12], nice=False))
    bars = (
        alt.Chart(alt.Data(values=values))
        .mark_bar(height={"band": 0.62}, stroke=LIGHT.page, strokeWidth=1)
        .encode(
            y=y,
            x=x.axis(format="%", tickCount=4),
            x2="end:Q",
            color=alt.Color("stance:N", sort=None)
            .scale(domain=[s.value for s in stances], range=[_COLOURS[s] for s in stances])
            .legend(columns=max(1, int(width // 105))),
        )
    )
    figures = (
        alt.Chart(alt.Data(values=sums))
        .mark_text(align="left", dx=6, color=LIGHT.soft)
        .encode(y=y, x=alt.X("end:Q"), text="figure:N")
    )
    chart = (bars + figures).properties(width=max(80, width - label - 24), height=alt.Step(40))
    size = note(table.articles, "article")
    what = f"Share of quotations whose cue verb takes a stance; the rest is neutral ({size})"
    return finish(chart, table.title if title is None else title, what, width)


def _pieces(
    name: str, group: str, totals: dict[str, int], counts: dict[tuple[str, str], int]
) -> list[dict[str, Any]]:
    pieces = []
    start = 0.0
    for stance in _COLOURS:
        count = counts.get((group, stance.value), 0)
        if count:
            end = start + count / totals[group]
            pieces.append({"group": name, "stance": stance.value, "start": start, "end": end})
            start = end
    return pieces
