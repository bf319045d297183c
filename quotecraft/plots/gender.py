"""Women, men and the unknown between them."""

from __future__ import annotations

from typing import Any

from quotecraft.analysis import Count, GenderShare, Table
from quotecraft.plots.theme import LIGHT, WIDTH, altair, finish, note

__all__ = ["gender_balance"]

_NAMES = {Count.SOURCES: "sources", Count.QUOTES: "quotations", Count.WORDS: "words"}
_COLOURS = (LIGHT.vermilion, LIGHT.green, LIGHT.purple, LIGHT.sky, LIGHT.brown)
_UNKNOWN = "unknown"
_LEAST = 0.07  # a piece with less than this share has no room for its figure


def gender_balance(
    table: Table[GenderShare], *, width: int = WIDTH, title: str | None = None
) -> Any:  # noqa: ANN401  (an Altair chart)
    """Draw each gender's share of persons, the unknown as a grey piece between the others.

    So the eye sees the bounds: the share of women lies somewhere between the end of their own piece
    and the end of the grey one, that of men likewise from the other side.

    Args:
        table: What ``analysis.gender`` gives.
        width: Width in pixels.
        title: Title; the table's unless given, none if empty.

    Raises:
        MissingExtraError: If the extra is not installed.
    """
    alt = altair()
    genders = [g for g in dict.fromkeys(row.gender for row in table) if _total(table, g)]
    known = [gender for gender in genders if gender != _UNKNOWN]
    order = [*known[:1], *([_UNKNOWN] if _UNKNOWN in genders else []), *known[1:]]
    tones = dict(zip((g for g in known if g != "men"), _COLOURS, strict=False))
    colours = {**tones, "men": LIGHT.blue, _UNKNOWN: LIGHT.quiet}
    values = [piece for unit in Count for piece in _pieces(table, unit, order)]
    names = [name for unit, name in _NAMES.items() if any(row.counted is unit for row in table)]
    scale = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("unit:N", sort=names, title=None).axis(labelColor=LIGHT.ink)
    )
    bars = base.mark_bar(height={"band": 0.66}, stroke=LIGHT.page, strokeWidth=1).encode(
        x=alt.X("start:Q", title=None, scale=scale).axis(
            format="%", values=[0, 0.25, 0.5, 0.75, 1]
        ),
        x2="end:Q",
        color=alt.Color("gender:N", sort=None).scale(
            domain=order, range=[colours.get(gender, LIGHT.brown) for gender in order]
        ),
    )
    figures = [
        base.transform_filter({"field": "wide", "equal": sort})
        .mark_text(color=colour, fontWeight="bold")
        .encode(x=alt.X("middle:Q", scale=scale), text="figure:N")
        for sort, colour in (("known", LIGHT.page), (_UNKNOWN, LIGHT.ink))
    ]
    chart = alt.layer(bars, *figures).properties(width=max(80, width - 96), height=alt.Step(32))
    size = note(table.articles, "article")
    what = f"Share of the persons who speak; grey is who may be either ({size})"
    return finish(chart, table.title if title is None else title, what, width)


def _total(table: Table[GenderShare], gender: str) -> int:
    return sum(row.count for row in table if row.gender == gender)


def _pieces(table: Table[GenderShare], unit: Count, order: list[str]) -> list[dict[str, Any]]:
    shares = {row.gender: row.share for row in table if row.counted is unit}
    pieces = []
    start = 0.0
    for gender in order:
        share = shares.get(gender, 0.0)
        if not share:
            continue
        sort = _UNKNOWN if gender == _UNKNOWN else "known"
        pieces.append(
            {
                "unit": _NAMES[unit],
                "gender": gender,
                "start": start,
                "end": start + share,
                "middle": start + share / 2,
                "figure": f"{100 * share:.0f} %",
                "wide": sort if share >= _LEAST else "",
            }
        )
        start += share
    return pieces
