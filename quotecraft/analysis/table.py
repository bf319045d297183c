"""Small typed tables: what every analysis returns.

A table's rows are frozen objects of one class, so that ``row.share`` is checked by the type
checker; the table itself goes on to data frames (Arrow), notebooks (HTML), spreadsheets (CSV) and
the terminal.
"""

from __future__ import annotations

import csv
import io
import textwrap
import types
import typing
from collections.abc import Iterator
from datetime import date
from enum import Enum, StrEnum
from typing import Annotated, Any, Generic, TypeVar, get_type_hints

import attrs
from attrs import AttrsInstance, evolve, field, frozen

from quotecraft.errors import InputError, MissingExtraError
from quotecraft.formats.csv import neutralise
from quotecraft.model.fields import amount, counted, html

__all__ = ["PValue", "Percent", "Shown", "Table", "Tally"]

Row = TypeVar("Row", bound=AttrsInstance)

_JOIN = "; "  # between the parts of a cell that holds several
_NOTHING = "–"
_WIDTH = 100  # columns of the lines below a table


class Shown(StrEnum):
    """How a column is printed; said in its type, ``Annotated[str, Shown.HIDDEN]``."""

    PLAIN = "plain"
    PERCENT = "percent"
    P_VALUE = "p-value"
    HIDDEN = "hidden"  # kept in the data, left out of print


Percent = Annotated[float, Shown.PERCENT]
PValue = Annotated[float, Shown.P_VALUE]


@frozen
class Tally:
    """How often something was counted.

    Attributes:
        name: What.
        count: How often.
    """

    name: str
    count: int

    def __str__(self) -> str:
        return f"{self.name} {self.count:,}"


@frozen
class Table(Generic[Row]):
    """Rows of one class, with what they show, how it was worked out and what to beware of.

    Attributes:
        title: What the table shows.
        method: How the figures came about, with the source of the method.
        row: The class of the rows.
        rows: The rows.
        articles: How many articles went into it.
        quotes: How many quotations went into it.
        notes: What a reader must know before quoting a figure.
    """

    title: str
    method: str = field(repr=False)
    row: type[Row] = field(repr=False)
    rows: tuple[Row, ...] = field(repr=counted("row"))
    articles: int
    quotes: int
    notes: tuple[str, ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __str__(self) -> str:
        return self.to_text()

    def __getitem__(self, index: int) -> Row:
        return self.rows[index]

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the rows' fields, in order."""
        return tuple(attribute.name for attribute in attrs.fields(self.row))

    @property
    def caption(self) -> str:
        """Title and size in one line."""
        sizes = f"{amount(self.articles, 'article')}, {amount(self.quotes, 'quotation')}"
        return f"{self.title} ({sizes})"

    def where(self, **values: object) -> Table[Row]:
        """Return the table with only the rows whose fields have these values.

        Args:
            values: Field name to its value, such as ``counted="words"``.

        Raises:
            InputError: If the rows have no such field.
        """
        for name in values:
            self._check(name)
        kept = [r for r in self.rows if all(getattr(r, k) == v for k, v in values.items())]
        return evolve(self, rows=tuple(kept))

    def head(self, count: int) -> Table[Row]:
        """Return the table with only its first rows."""
        return evolve(self, rows=self.rows[:count])

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as plain data for JSON: strings, numbers, lists, mappings, ``None``."""
        return [{name: _plain(getattr(row, name)) for name in self.columns} for row in self.rows]

    def to_csv(self) -> str:
        r"""Return the rows as CSV (RFC 4180) with a row of column names.

        Several values in one cell are joined by "; ", an empty cell stands for ``None``, and cells
        that a spreadsheet would run as a formula are made harmless as in
        ``quotecraft.formats.csv``.
        """
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer)
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow([_csv_cell(getattr(row, name)) for name in self.columns])
        return buffer.getvalue()

    def shown(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], frozenset[int]]:
        """Return what print and notebooks show: headings, cells, numbers of the text columns.

        Columns that are hidden or hold nothing are left out.
        """
        hints = get_type_hints(self.row, include_extras=True)
        shown = {name: _shown(hints[name]) for name in self.columns}
        kept = [
            name
            for name in self.columns
            if shown[name] is not Shown.HIDDEN
            and any(getattr(row, name) not in (None, (), "") for row in self.rows)
        ]
        text = frozenset(n for n, name in enumerate(kept) if not _numeric(hints[name]))
        rows = tuple(
            tuple(_printed(getattr(row, name), shown[name]) for name in kept) for row in self.rows
        )
        return tuple(name.replace("_", " ") for name in kept), rows, text

    def to_text(self) -> str:
        """Return the table as aligned text, its method and notes below."""
        headings, rows, text = self.shown()
        lines = [headings, *(tuple(map(_one_line, row)) for row in rows)]
        widths = [max(len(line[n]) for line in lines) for n in range(len(headings))]
        printed = [
            "  ".join(
                part.ljust(widths[n]) if n in text else part.rjust(widths[n])
                for n, part in enumerate(line)
            ).rstrip()
            for line in lines
        ]
        printed.insert(1, "-" * max(map(len, printed)))
        printed = printed if rows else ["no rows"]
        below = [
            line
            for part in (self.method, *self.notes)
            for line in textwrap.wrap(_one_line(part), _WIDTH)
        ]
        return "\n".join([_one_line(self.caption), "", *printed, "", *below])

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the rows as an Arrow stream, which pandas, Polars, DuckDB and others read.

        The Arrow PyCapsule interface (https://arrow.apache.org/docs/format/CDataInterface/
        PyCapsuleInterface.html); so ``polars.DataFrame(table)`` works.

        Raises:
            MissingExtraError: If pyarrow is not installed.
        """
        try:
            import pyarrow as pa
        except ImportError as error:
            raise MissingExtraError("Arrow export", "parquet") from error
        hints = get_type_hints(self.row, include_extras=True)
        schema = pa.schema([(name, _arrow_type(pa, hints[name])) for name in self.columns])
        rows = [{name: _arrow_value(getattr(row, name)) for name in self.columns} for row in self]
        table = pa.Table.from_pylist(rows, schema=schema)
        stream: object = table.__arrow_c_stream__(requested_schema)
        return stream

    def _check(self, name: str) -> None:
        if name not in self.columns:
            known = ", ".join(self.columns)
            raise InputError(f"the table has no column {name!r}; it has {known}")

    def _repr_html_(self) -> str | None:
        return html(self)


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _plain(value: object) -> Any:  # noqa: ANN401  (any JSON value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Tally):
        return {"name": _encodable(value.name), "count": value.count}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return _encodable(value) if isinstance(value, str) else value


def _arrow_value(value: object) -> Any:  # noqa: ANN401  (any value Arrow has)
    return value if isinstance(value, date) else _plain(value)


def _csv_cell(value: object) -> str | int | float | None:
    if value is None or isinstance(value, int | float):
        return value
    parts = value if isinstance(value, tuple) else (value,)
    return neutralise(_encodable(_JOIN.join(str(_plain_text(part)) for part in parts)))


def _plain_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _printed(value: object, shown: Shown) -> str:
    if value is None:
        return _NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return _figure(value, shown)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return _plain_text(value)


def _figure(value: float, shown: Shown) -> str:
    if shown is Shown.PERCENT:
        return f"{100 * value:.1f} %"
    if shown is Shown.P_VALUE:
        return "<0.001" if value < 0.001 else f"{value:.3f}"
    if value and not 0.001 <= abs(value) < 1e6:
        return f"{value:.2e}"
    return f"{value:,.2f}" if abs(value) >= 1 or value == 0 else f"{value:.3f}"


def _one_line(text: str) -> str:
    """Return a text without line breaks and without what a terminal would obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _parts(hint: object) -> tuple[object, Shown]:
    """Return a column's type without its ``None``, and how it is printed."""
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        (hint,) = (arg for arg in typing.get_args(hint) if arg is not type(None))
    if typing.get_origin(hint) is Annotated:
        hint, shown = typing.get_args(hint)
        return _parts(hint)[0], shown
    return hint, Shown.PLAIN


def _bare(hint: object) -> object:
    return _parts(hint)[0]


def _shown(hint: object) -> Shown:
    return _parts(hint)[1]


def _numeric(hint: object) -> bool:
    return _bare(hint) in (int, float)


def _arrow_type(pa: Any, hint: object) -> Any:  # noqa: ANN401  (pyarrow is untyped)
    bare = _bare(hint)
    if typing.get_origin(bare) is tuple:
        return pa.list_(_arrow_type(pa, typing.get_args(bare)[0]))
    if bare is Tally:
        return pa.struct([("name", pa.string()), ("count", pa.int64())])
    plain = {bool: pa.bool_(), int: pa.int64(), float: pa.float64(), date: pa.date32()}
    return plain.get(typing.cast("type", bare), pa.string())
