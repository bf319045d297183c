"""Data frames of any library: one quotation a row, without importing the library here.

>>> from quotecraft.formats.frames import quotes_table
>>> table = quotes_table(documents)
>>> polars.DataFrame(table)  # by the Arrow PyCapsule interface; DuckDB, pandas and Ibis read it too
>>> table.to_native("pandas")  # by narwhals, for what has no Arrow
>>> table.columns["speaker_name"]  # plain lists
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any

from attrs import frozen

from quotecraft.errors import FormatError, MissingExtraError
from quotecraft.formats._record import Texts
from quotecraft.formats._table import COLUMNS, METADATA, clean, quote_rows
from quotecraft.formats.parquet import documents_of_rows, spans_as_structs, table_schema
from quotecraft.model import Document

__all__ = ["QuotesTable", "documents_of_table", "quotes_table"]


@frozen
class QuotesTable:
    """Quotations by column, to hand to any data frame library.

    Attributes:
        columns: Values by column name, in the order of ``quotecraft.formats.csv.COLUMNS``; lists
            of equal length. ``content``, ``cue`` and ``source`` are lists of spans ``{"start": …,
            "end": …}`` (code points, half-open); ``evidence`` is a list of strings.
    """

    columns: Mapping[str, list[Any]]

    def __len__(self) -> int:
        return len(self.columns["id"])

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows, each by column name."""
        names = tuple(self.columns)
        return [
            dict(zip(names, row, strict=True)) for row in zip(*self.columns.values(), strict=True)
        ]

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Hand the table over by the Arrow PyCapsule interface.

        Raises:
            MissingExtraError: If pyarrow is not installed.
        """
        schema = table_schema(tuple(self.columns))
        try:
            import pyarrow as pa
        except ImportError as error:  # pragma: no cover  (table_schema needs it, too)
            raise MissingExtraError("Handing a table to Arrow", "parquet") from error
        table = pa.table(dict(self.columns), schema=schema)
        return table.__arrow_c_stream__(requested_schema)

    def to_native(self, backend: str | ModuleType) -> Any:  # noqa: ANN401  (any library's frame)
        """Return a data frame of another library.

        Args:
            backend: ``"pandas"``, ``"polars"``, ``"pyarrow"``, ``"modin"`` …: whatever narwhals
                knows (https://narwhals-dev.github.io/narwhals/), or the module itself.

        Raises:
            MissingExtraError: If narwhals is not installed.
            FormatError: If narwhals doesn't know the library, or it is not installed.
        """
        try:
            import narwhals as nw
        except ImportError as error:
            raise MissingExtraError("Making a data frame", "frames") from error
        try:
            frame = nw.from_dict(dict(self.columns), backend=backend)  # type: ignore[arg-type]
        except (ImportError, ValueError, TypeError) as error:
            raise FormatError(f"no data frame by {backend!r}: {error}") from error
        return frame.to_native()


def quotes_table(documents: Iterable[Document], metadata: Sequence[str] = ()) -> QuotesTable:
    """Return the quotations of documents as a table, one a row.

    Args:
        documents: The documents; one without quotations has no row.
        metadata: Names of further metadata to give columns, beyond ``title``, ``date``, ``outlet``,
            ``author``, ``url`` and ``language``; a value that is no string is shown as one.

    Raises:
        FormatError: If a name in ``metadata`` is that of another column.
    """
    taken = set(COLUMNS).intersection(metadata) - set(METADATA)
    if taken:
        raise FormatError(f"columns with these names exist already: {', '.join(sorted(taken))}")
    names = tuple(dict.fromkeys((*COLUMNS, *metadata)))
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for row in _rows(documents, metadata):
        for name in names:
            columns[name].append(row[name])
    return QuotesTable(columns)


def _rows(documents: Iterable[Document], metadata: Sequence[str]) -> Iterator[dict[str, Any]]:
    for document in documents:
        further = {name: _string(document.metadata.get(name)) for name in (*METADATA, *metadata)}
        for row in quote_rows(document):
            yield {**spans_as_structs(row), **further}


def _string(value: object) -> str | None:
    return None if value is None else clean(str(value))


def documents_of_table(
    table: object, texts: Texts | None = None, *, name: str = "<table>"
) -> Iterator[Document]:
    """Read documents from a table of their quotations.

    Speakers have what the table tells: id, name and kind. A document's rows must stand together.

    Args:
        table: Rows as dictionaries, or anything with the Arrow PyCapsule interface (a frame of
            polars, pandas or pyarrow, a ``QuotesTable``), with the columns of ``quotes_table``.
        texts: Texts by document id.
        name: What to call the table in messages.

    Raises:
        MissingExtraError: If it has the Arrow interface and pyarrow is not installed.
        FormatError: If a column is missing, a cell is damaged or a text is missing.
    """
    if hasattr(table, "__arrow_c_stream__"):
        try:
            import pyarrow as pa
        except ImportError as error:
            raise MissingExtraError("Reading an Arrow table", "parquet") from error
        rows: Any = pa.table(table).to_pylist()
    else:
        rows = [dict(row) for row in table]  # type: ignore[attr-defined]  # rows, says the caller
    needed = {"document", "id", "kind", "content"}
    if rows and (missing := needed - set(rows[0])):
        raise FormatError(f"columns are missing: {', '.join(sorted(missing))}", source=name)
    return documents_of_rows(rows, name, texts)
