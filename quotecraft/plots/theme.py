"""One quiet look for all charts: type, colours, and how they turn dark.

Colours of series are those of Okabe and Ito (2008, "Color Universal Design"), which people of every
colour vision tell apart, a little darker on a light ground and lighter on a dark one. What is not
known is grey. A dark chart is the light one with each colour replaced by its partner, so both show
the same.
"""

from __future__ import annotations

import textwrap
from typing import Any

from attrs import asdict, frozen

from quotecraft.errors import MissingExtraError

__all__ = [
    "DARK",
    "FONT",
    "LIGHT",
    "WIDTH",
    "Palette",
    "altair",
    "darkened",
    "finish",
    "note",
    "text_width",
]

WIDTH = 440
"""Width of a chart in pixels unless another is asked for: one that a phone can show, too."""

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The renderer's own font first, so that it measures what it draws; the others have its widths."""

SIZE = 12  # of type, in pixels
WORD = 0.52  # mean width of a letter, in type sizes: a measure for labels, not for setting type


@frozen
class Palette:
    """The colours of one ground, each ``#rrggbb``; no two are the same.

    Attributes:
        page: The ground.
        ink: Titles and the figures that matter.
        soft: Axis labels and remarks.
        rule: Grid lines.
        band: Intervals' areas.
        unknown: What is not known.
        quiet: What is ordinary, beside what stands out.
        blue: The first series; ``vermilion``, ``green``, ``purple``, ``orange``, ``sky``,
            ``brown`` and ``wine`` follow.
    """

    page: str
    ink: str
    soft: str
    rule: str
    band: str
    unknown: str
    quiet: str
    blue: str
    vermilion: str
    green: str
    purple: str
    orange: str
    sky: str
    brown: str
    wine: str


LIGHT = Palette(
    page="#ffffff",
    ink="#1b1d21",
    soft="#5a606b",
    rule="#e3e5ea",
    band="#cfe0f0",
    unknown="#b4b9c2",
    quiet="#d3d7de",
    blue="#0068a8",
    vermilion="#c94f00",
    green="#00805d",
    purple="#b05788",
    orange="#d18b00",
    sky="#3f9fd6",
    brown="#7a5c3e",
    wine="#7b2d43",
)
DARK = Palette(
    page="#16181d",
    ink="#e6e7ea",
    soft="#a5abb6",
    rule="#31353d",
    band="#21405a",
    unknown="#6d737e",
    quiet="#4a505a",
    blue="#5fb0e5",
    vermilion="#f2834a",
    green="#3cc39a",
    purple="#e0a0c4",
    orange="#f0bb4e",
    sky="#9ad4f7",
    brown="#c2a27f",
    wine="#d58a9d",
)


def altair() -> Any:  # noqa: ANN401  (a module)
    """Return the module Altair.

    Raises:
        MissingExtraError: If it is not installed.
    """
    try:
        import altair as alt
    except ImportError as error:
        raise MissingExtraError("Drawing charts", "plots") from error
    return alt


def note(count: int, noun: str) -> str:
    """Return a count with its noun, never to be parted: "1 article", "1,070 articles"."""
    return f"{count:,}\N{NO-BREAK SPACE}{noun}" + ("" if count == 1 else "s")


def text_width(text: str, size: float = SIZE) -> float:
    """Return about how many pixels a label takes."""
    return len(text) * size * WORD


def finish(chart: Any, title: str, subtitle: str, width: int) -> Any:  # noqa: ANN401  (a chart)
    """Return a chart with its title and the common look; no title leaves the room to the chart.

    Args:
        chart: An Altair chart.
        title: What it shows.
        subtitle: How, and of how much; without a title it is left out.
        width: Width of the whole chart, to which the lines are broken.
    """
    palette = LIGHT
    if title:
        heading = textwrap.wrap(title.replace("_", " "), int(width / (14 * 0.56)))
        below = textwrap.wrap(subtitle, int(width / (SIZE * WORD)))
        chart = chart.properties(title=altair().TitleParams(heading, subtitle=below))
    return (
        chart.configure(font=FONT, background=palette.page, padding=6)
        .configure_view(stroke=None)
        .configure_title(
            anchor="start",
            frame="bounds",
            fontSize=14,
            fontWeight="bold",
            color=palette.ink,
            subtitleColor=palette.soft,
            subtitleFontSize=SIZE,
            subtitlePadding=5,
            offset=12,
        )
        .configure_axis(
            labelColor=palette.soft,
            titleColor=palette.soft,
            labelFontSize=SIZE,
            titleFontSize=SIZE,
            titleFontWeight="normal",
            labelLimit=190,
            gridColor=palette.rule,
            domain=False,
            ticks=False,
            labelPadding=6,
        )
        .configure_legend(
            labelColor=palette.soft,
            labelFontSize=SIZE,
            title=None,
            orient="top",
            symbolType="square",
            columnPadding=12,
            padding=0,
            offset=6,
        )
    )


def darkened(markup: str) -> str:
    """Return a specification or an SVG with each of our light colours as its dark partner."""
    pairs = zip(asdict(LIGHT).values(), asdict(DARK).values(), strict=True)
    for light, dark in pairs:
        markup = markup.replace(light, dark)
    return markup
