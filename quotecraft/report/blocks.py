"""The pieces that a report's page is made of; whatever comes from outside is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from attrs import field, frozen

from quotecraft.analysis import Table
from quotecraft.display.clean import escape, shorten, terminal_text
from quotecraft.plots import to_svg

__all__ = [
    "Section",
    "cell",
    "count",
    "fact",
    "facts",
    "figure",
    "interval",
    "percent",
    "plain",
    "signed",
    "table",
]

SPACE = "\N{NO-BREAK SPACE}"
MAX_CELL = 80
_IDS = re.compile(r"(id=\"|url\(#|href=\"#)(?=[A-Za-z_])")
_SVG_HEAD = re.compile(r"<svg\b[^>]*>")
_SIZE = re.compile(r'\b(width|height)="([0-9.]+)"')


@frozen
class Section:
    """One question and its answer.

    Attributes:
        id: Anchor of the section.
        title: The question.
        lead: The answer in a sentence or two, as HTML.
        figure: A chart, as HTML; the caveats stand beside it where there is room.
        body: The figures in full, as HTML.
        tables: The tables that the figures come from, for methods and notes.
        caveats: What a reader must know before quoting the figures, as HTML.
    """

    id: str
    title: str
    lead: str
    figure: str = ""
    body: str = ""
    tables: tuple[Table[Any], ...] = ()
    caveats: tuple[str, ...] = field(default=())

    def html(self) -> str:
        """Return the section."""
        lead = f"<p>{self.lead}</p>\n" if self.lead else ""
        shown = f'<div class="show">{self.figure}{self._caveats()}</div>\n' if self.figure else ""
        after = "" if self.figure else self._caveats()
        return (
            f'<section id="{self.id}"><h2>{escape(self.title)}</h2>\n{lead}{shown}{self.body}\n'
            f"{after}{self._methods()}</section>\n"
        )

    def _caveats(self) -> str:
        items = "".join(f"<li>{caveat}</li>" for caveat in self.caveats)
        return f'<ul class="care">{items}</ul>\n' if items else ""

    def _methods(self) -> str:
        told = list(dict.fromkeys(escape(t.method) for t in self.tables))
        told += list(dict.fromkeys(escape(note) for t in self.tables for note in t.notes))
        items = "".join(f"<p>{text}</p>" for text in told)
        return (
            f'<details class="how"><summary>How this was worked out</summary>{items}</details>\n'
            if items
            else ""
        )


def count(number: int, noun: str) -> str:
    """Return a number with its noun, safe for HTML: "1 article", "1,070 articles"."""
    return f"{number:,}{SPACE}{escape(noun)}" + ("" if number == 1 else "s")


def percent(share: float | None, digits: int | None = None) -> str:
    """Return a share as "37 %", safe for HTML; one decimal below ten per cent."""
    if share is None:
        return "–"
    if 0 < share < 0.0005:
        return f"&lt;0.1{SPACE}%"
    places = digits if digits is not None else (0 if share >= 0.0995 or share == 0 else 1)
    return f"{100 * share:.{places}f}{SPACE}%"


def interval(low: float | None, high: float | None) -> str:
    """Return an interval of a share as "35–38 %"; "–" where there is none."""
    if low is None or high is None:
        return "–"
    places = 0 if high >= 0.0995 else 1
    return f"{100 * low:.{places}f}–{100 * high:.{places}f}{SPACE}%"


def signed(value: float, digits: int = 0) -> str:
    """Return a number with its sign, a true minus included."""
    return f"{value:+,.{digits}f}".replace("-", "\N{MINUS SIGN}")


def cell(value: object) -> str:
    """Return what comes from outside: escaped, cut where it is long, its direction its own."""
    return f"<bdi>{plain(shorten(str(value), MAX_CELL))}</bdi>"


def plain(text: str) -> str:
    """Return text escaped, without controls that would reorder what stands around it."""
    return escape(terminal_text(text))


def fact(figure: str, what: str, more: str = "") -> str:
    """Return one of the large figures at the top; all arguments are HTML."""
    small = f"<small>{more}</small>" if more else ""
    return f"<li><b>{figure}</b><span>{what}</span>{small}</li>"


def facts(items: Iterable[str]) -> str:
    """Return the large figures."""
    return f'<ul class="facts">{"".join(items)}</ul>\n'


def table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    caption: str = "",
    text: Sequence[int] = (0,),
) -> str:
    """Return a table.

    Args:
        headings: Column names, plain text.
        rows: Cells as HTML that is safe already; the first names the row.
        caption: What the table shows, plain text.
        text: Numbers of the columns that hold words.
    """

    def cells(values: Sequence[str], tag: str, scope: str) -> str:
        return "".join(
            f"<{tag}{' class=w' if n in text else ''}{scope}>{value}</{tag}>"
            for n, value in enumerate(values)
        )

    head = cells([plain(shorten(name, MAX_CELL)) for name in headings], "th", ' scope="col"')
    body = "\n".join(
        f"<tr>{cells(row[:1], 'th', ' scope=row')}"
        + "".join(
            f"<td{' class=w' if n in text else ''}>{value}</td>"
            for n, value in enumerate(row[1:], 1)
        )
        + "</tr>"
        for row in rows
    )
    top = f"<thead><tr>{head}</tr></thead>\n" if headings else ""
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    return (
        f'<div class="scroll" tabindex="0"><table>{named}{top}<tbody>{body}</tbody></table></div>\n'
    )


def figure(chart: Any, caption: str, anchor: str) -> str:  # noqa: ANN401  (an Altair chart)
    """Return a chart as an inline picture.

    Args:
        chart: The chart, without a title.
        caption: What it shows, plain text; it stands for the picture where none can be seen.
        anchor: A name for the ids in it that no other figure of the page has.
    """
    svg = terminal_text(to_svg(chart))
    svg = _IDS.sub(rf"\g<1>{anchor}-", svg)
    head = _SVG_HEAD.search(svg)
    size = dict(_SIZE.findall(head.group())) if head else {}
    opening = (
        f'<svg viewBox="0 0 {size.get("width", "440")} {size.get("height", "200")}" '
        f'style="max-width:{size.get("width", "440")}px" aria-hidden="true">'
    )
    svg = _SVG_HEAD.sub(opening, svg, count=1)
    return f"<figure><figcaption>{plain(caption)}</figcaption>{svg}</figure>\n"
