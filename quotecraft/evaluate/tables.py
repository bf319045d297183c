r"""Tables of results as aligned text, Markdown or LaTeX.

>>> table = Table(("metric", "F1"), (("relation", "63.2"),))
>>> print(table.render("markdown"))
| metric | F1 |
|:---|---:|
| relation | 63.2 |
"""

from __future__ import annotations

import math

from attrs import frozen

from quotecraft.errors import InputError

__all__ = ["TABLE_FORMATS", "Table", "percent"]

TABLE_FORMATS = ("table", "markdown", "latex")

_LATEX = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{character: "\\" + character for character in "&%$#_{}"},
}


@frozen
class Table:
    """Rows of cells under a header.

    Attributes:
        header: Names of the columns.
        rows: The cells of each row, as many as the header has.
        left: Which columns are set flush left; the others hold figures and are set flush right.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: frozenset[int] = frozenset({0})

    def without(self, column: int) -> Table:
        """Return the table without one column."""
        rows = [cells[:column] + cells[column + 1 :] for cells in (self.header, *self.rows)]
        left = frozenset(n - (n > column) for n in self.left if n != column)
        return Table(rows[0], tuple(rows[1:]), left)

    def render(self, format: str = "table") -> str:  # noqa: A002  (the word users know)
        """Return the table as text.

        Args:
            format: One of ``TABLE_FORMATS``.

        Raises:
            InputError: If the format is none of them.
        """
        if format == "table":
            return self._text()
        if format == "markdown":
            return self._markdown()
        if format == "latex":
            return self._latex()
        raise InputError(f"no table format {format!r}; choose from {', '.join(TABLE_FORMATS)}")

    def _text(self) -> str:
        lines = [tuple(map(_one_line, row)) for row in (self.header, *self.rows)]
        widths = [max(len(row[n]) for row in lines) for n in range(len(self.header))]
        printed = []
        for row in lines:
            cells = [
                cell.ljust(widths[n]) if n in self.left else cell.rjust(widths[n])
                for n, cell in enumerate(row)
            ]
            printed.append("  ".join(cells).rstrip())
        printed.insert(1, "-" * max(map(len, printed)))
        return "\n".join(printed)

    def _markdown(self) -> str:
        rule = [":---" if n in self.left else "---:" for n in range(len(self.header))]
        lines = [f"| {' | '.join(map(_markdown_cell, row))} |" for row in (self.header, *self.rows)]
        lines.insert(1, f"|{'|'.join(rule)}|")
        return "\n".join(lines)

    def _latex(self) -> str:
        columns = "".join("l" if n in self.left else "r" for n in range(len(self.header)))
        head, *body = (
            " & ".join(map(_latex_cell, row)) + r" \\" for row in (self.header, *self.rows)
        )
        return "\n".join(
            [
                rf"\begin{{tabular}}{{{columns}}}",
                r"\hline",
                head,
                r"\hline",
                *body,
                r"\hline",
                r"\end{tabular}",
            ]
        )


def _one_line(cell: str) -> str:
    """Return a cell without line breaks and without what a terminal would obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in cell)


def _markdown_cell(cell: str) -> str:
    return _one_line(cell).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _latex_cell(cell: str) -> str:
    escaped = "".join(_LATEX.get(character, character) for character in _one_line(cell))
    return escaped.replace("–", "--")


def percent(value: float, *, signed: bool = False) -> str:
    """Return a rate in [0, 1] in percent with one decimal; "–" for NaN."""
    if math.isnan(value):
        return "–"
    return f"{100 * value:+.1f}" if signed else f"{100 * value:.1f}"
