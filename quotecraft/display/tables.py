"""Tables of an analysis as HTML: caption, figures, method and caveats; everything escaped."""

from __future__ import annotations

from typing import Any

from quotecraft.analysis.table import Table
from quotecraft.display.clean import escape, shorten
from quotecraft.display.style import tables_style

__all__ = ["NOTEBOOK_ROWS", "table_html"]

NOTEBOOK_ROWS = 100
"""How many rows of a table a notebook shows."""

MAX_CELL = 200  # code points of a cell


def table_html(table: Table[Any], *, rows: int | None = None, style: bool = True) -> str:
    """Return a table as HTML, without script and without anything from outside.

    Args:
        table: The table.
        rows: Show only the first rows, and say so; all unless given.
        style: Put the style sheet in front; leave it out where the page has it already.
    """
    shown = table if rows is None else table.head(rows)
    headings, cells, text = shown.shown()
    head = "".join(_cell("th", name, n in text, ' scope="col"') for n, name in enumerate(headings))
    body = "\n".join(
        "<tr>"
        + "".join(
            _cell("td" if n else "th", part, n in text, "" if n else ' scope="row"')
            for n, part in enumerate(row)
        )
        + "</tr>"
        for row in cells
    )
    title, _, size = table.caption.rpartition(" (")
    remarks = [table.method, *table.notes]
    if len(shown) < len(table):
        remarks.insert(0, f"Shown here: the first {len(shown):,} of {len(table):,} rows.")
    items = "".join(f'<li dir="auto">{escape(remark)}</li>' for remark in remarks)
    caption = f'{escape(title)} <span class="qc-size">({escape(size)}</span>'
    return (
        (f"<style>\n{tables_style()}\n</style>\n" if style else "")
        + f'<div class="qc-doc qc-cell"><div class="qc-scroll"><table class="qc-figures">'
        f"<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>"
        f'</table></div><ul class="qc-remarks">{items}</ul></div>'
    )


def _cell(tag: str, text: str, left: bool, attributes: str) -> str:
    classes = ' class="qc-left" dir="auto"' if left else ""
    return f"<{tag}{attributes}{classes}>{escape(shorten(text, MAX_CELL))}</{tag}>"
