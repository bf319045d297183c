"""Texts in tables, one a row: CSV, TSV and Parquet of any size, read a few rows at a time."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from quotecraft.errors import FormatError, MissingExtraError
from quotecraft.text.inputs import Columns, FailedInput, InputText

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["count_csv", "count_parquet", "read_csv", "read_parquet", "texts_of_batch"]

_FIELD_LIMIT = 2**31 - 1  # a C long on every platform; texts are longer than csv's 128 KB
_DELIMITERS = ",;\t"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ROWS = 64  # rows of Parquet that are held at a time
_ESCAPED = range(0xDC80, 0xDD00)  # what errors="surrogateescape" makes of bytes that aren't UTF-8


def read_csv(stream: IO[bytes], name: str, columns: Columns) -> Iterator[InputText | FailedInput]:
    """Read a table with a row of column names (RFC 4180), one text a row.

    Cells are separated by commas, semicolons or tabs, whichever makes the column of texts appear.
    It is UTF-8, or UTF-16 with its byte order mark (as spreadsheets save it).

    Args:
        stream: The file, open for reading bytes.
        name: What to call it.
        columns: Which columns hold texts and ids; the others that are not empty become metadata.

    Yields:
        A text a row; a failure for a row that can't be read, which costs only itself.
    """
    lines = _characters(stream)
    header = next(lines, "")
    delimiter = _delimiter(header, columns.text)
    if delimiter is None:
        named = ", ".join(_cells(header, ",")[:20]) or "none"
        yield FailedInput(name, _no_column(name, columns.text, named))
        return
    names = _cells(header, delimiter)
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 2  # the header is line 1
        try:
            cells = next(reader)
            if cells:
                yield _csv_row(cells, names, columns, f"{name}:{line}")
        except StopIteration:
            return
        except csv.Error as error:
            wrong = FormatError(f"not CSV: {error}: quote the cell", source=name, line=line)
            yield FailedInput(f"{name}:{line}", wrong)
        except FormatError as error:
            yield FailedInput(f"{name}:{line}", error)


def count_csv(stream: IO[bytes]) -> int:
    """Return about how many rows a table has: its line breaks outside quotation marks."""
    rows, inside = 0, False
    while chunk := stream.read(1 << 20):
        for number, part in enumerate(chunk.split(b'"')):
            inside = inside if number == 0 else not inside
            rows += 0 if inside else part.count(b"\n")
    return max(0, rows - 1)


def _characters(stream: IO[bytes]) -> Iterator[str]:
    start = stream.read(3)
    wide = start[:2] in _UTF16
    rest = start.removeprefix(codecs.BOM_UTF8)
    raw = io.BufferedReader(_Rejoined(rest, stream))
    encoding = "utf-16" if wide else "utf-8"
    yield from io.TextIOWrapper(raw, encoding, "surrogateescape", newline="")


class _Rejoined(io.RawIOBase):
    """A stream of which the first bytes have been read already."""

    def __init__(self, start: bytes, rest: IO[bytes]) -> None:
        self._start = start
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  (any writable buffer)
        data = self._start[: len(buffer)] or self._rest.read(len(buffer))
        self._start = self._start[len(data) :]
        buffer[: len(data)] = data
        return len(data)


def _delimiter(header: str, wanted: str) -> str | None:
    return next((d for d in _DELIMITERS if wanted in _cells(header, d)), None)


def _cells(line: str, delimiter: str) -> list[str]:
    return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]


def _csv_row(cells: Sequence[str], names: Sequence[str], columns: Columns, place: str) -> InputText:
    """Return the text of a row.

    Raises:
        FormatError: If it has no text, more cells than the table has columns, or bytes that are not
            in the file's encoding.
    """
    if len(cells) > len(names):
        raise FormatError(
            f"{len(cells)} cells under {len(names)} columns: quote cells that hold a separator",
            source=place,
        )
    row = dict(zip(names, cells, strict=False))
    text = row.pop(columns.text, None)
    if text is None:
        raise FormatError(f"the row ends before its column {columns.text!r}", source=place)
    if any(ord(character) in _ESCAPED for cell in cells for character in _surrogates(cell)):
        raise FormatError("not UTF-8: save the table as UTF-8", source=place)
    own = row.pop(columns.id, "") or place
    metadata: dict[str, Any] = {name: cell for name, cell in row.items() if name and cell}
    return InputText(own, text, metadata, place)


def _surrogates(cell: str) -> str:
    """Return a cell's lone surrogates, quickly none for nearly every cell."""
    try:
        cell.encode("utf-8")
    except UnicodeEncodeError:
        return "".join(c for c in cell if "\ud800" <= c <= "\udfff")
    return ""


def read_parquet(path: Path, name: str, columns: Columns) -> Iterator[InputText | FailedInput]:
    """Read a Parquet table, one text a row, some rows of a row group at a time.

    Args:
        path: The file.
        name: What to call it.
        columns: Which columns hold texts and ids; others become metadata, but for columns of a type
            that JSON has no place for (bytes, maps, decimals, durations), which are left out.

    Yields:
        A text a row; a failure for a row without a text, or for the rest of a damaged file.

    Raises:
        OSError: If the file can't be read.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        yield FailedInput(name, MissingExtraError("Parquet", "parquet"))
        return
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
            if columns.text not in schema.names or not _is_text(schema.field(columns.text).type):
                named = ", ".join(schema.names[:20]) or "none"
                yield FailedInput(name, _no_column(name, columns.text, named))
                return
            kept = [field.name for field in schema if _fits_json(field.type)]
            for batch in file.iter_batches(_ROWS, columns=kept):
                for row in _pylist(batch):
                    number += 1
                    yield _arrow_row(row, columns, f"{name}:{number}")
    except (pa.ArrowException, UnicodeDecodeError) as error:
        where = name if not number else f"{name}:{number + 1}"
        reason = f"not Parquet, or damaged: {error}: give a whole file"
        yield FailedInput(where, FormatError(reason, source=where))


def count_parquet(path: Path) -> int:
    """Return how many rows a Parquet table has; 0 if that can't be told."""
    try:
        import pyarrow.parquet as pq

        return int(pq.ParquetFile(path).metadata.num_rows)
    except Exception:
        return 0


def texts_of_batch(batch: pa.RecordBatch, columns: Columns) -> Iterator[InputText | FailedInput]:
    """Return the texts of an Arrow batch, as those of a Parquet table.

    Args:
        batch: Rows with a column of texts and a column of ids.
        columns: Their names.

    Raises:
        FormatError: If there is no such column.
    """
    kept = [field.name for field in batch.schema if _fits_json(field.type)]
    for name in (columns.text, columns.id):
        if name not in kept:
            raise _no_column("Arrow batch", name, ", ".join(batch.schema.names))
    for row in _pylist(batch.select(kept)):
        yield _arrow_row(row, columns, str(row[columns.id]))


def _arrow_row(row: dict[str, Any], columns: Columns, place: str) -> InputText | FailedInput:
    text = row.pop(columns.text)
    if text is None:
        wrong = FormatError(f"the row has no {columns.text!r}: put a text there", source=place)
        return FailedInput(place, wrong)
    own = row.pop(columns.id, None)
    metadata = {key: value for key, value in row.items() if value is not None}
    return InputText(place if own in (None, "") else str(own), text, metadata, place)


def _pylist(batch: Any) -> list[dict[str, Any]]:  # noqa: ANN401  (a RecordBatch)
    """Return a batch's rows; nanoseconds, which datetime has no place for, as microseconds."""
    import pyarrow as pa

    arrays = [
        array.cast(pa.timestamp("us", array.type.tz), safe=False)
        if pa.types.is_timestamp(array.type)
        else array
        for array in batch.columns
    ]
    rows: list[dict[str, Any]] = pa.RecordBatch.from_arrays(arrays, batch.schema.names).to_pylist()
    return rows


def _is_text(kind: Any) -> bool:  # noqa: ANN401  (an Arrow type)
    import pyarrow as pa

    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _fits_json(kind: Any) -> bool:  # noqa: ANN401  (an Arrow type)
    from pyarrow import types

    if types.is_list(kind) or types.is_large_list(kind):
        return _fits_json(kind.value_type)
    if types.is_struct(kind):
        return all(_fits_json(field.type) for field in kind)
    plain = (types.is_boolean, types.is_integer, types.is_floating, types.is_null)
    dates = (types.is_date, types.is_timestamp, types.is_time)
    return _is_text(kind) or any(check(kind) for check in (*plain, *dates))


def _no_column(name: str, wanted: str, named: str) -> FormatError:
    return FormatError(
        f"no column is called {wanted!r}; there are: {named}: name those that hold texts and ids "
        "(--text-column, --id-column)",
        source=name,
    )
