"""Parquet, one quotation a row, for data frames of any library.

Columns are those of the CSV format, with spans as lists of ``{start, end}`` (code points,
half-open) and evidence as a list of strings, and three more:

- ``document_record`` stands in the first row of each document: its interchange record without its
  quotations, as JSON, with the text or the text's SHA-256. A document without quotations is one row
  with nothing else but its id, so count rows ``WHERE id IS NOT NULL``.
- ``document_text`` stands there too: the text, for people.
- ``quote_rest`` holds, as JSON, what the columns can't: unknown fields, and values with lone
  surrogates, which UTF-8 (and so Parquet) has no place for. It is null in nearly every row.

So a table reads back exactly; a table of which rows were dropped gives the quotations that are
left, when the texts are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from quotecraft.errors import FormatError, InputError, MissingExtraError
from quotecraft.formats._io import OutputFile, Source, Target, is_stream, source_name
from quotecraft.formats._json import decode, encode
from quotecraft.formats._record import Texts, from_record, to_record
from quotecraft.formats._table import COLUMNS, clean, quote_record, quote_rows, record_of_rows
from quotecraft.formats._writer import DocumentWriter
from quotecraft.model import Document

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "Writer",
    "arrow_schema",
    "document_rows",
    "documents_of_rows",
    "read",
    "spans_as_structs",
    "table_schema",
    "write",
]

_SPANS = ("content", "cue", "source")
_ROWS = 20_000  # rows held before a row group is written
_BYTES = 64 << 20  # characters of text held before a row group is written
_BATCH = 4_096  # rows read at a time
_OWN = frozenset(("document", "kind", "content"))  # columns of every table of quotations
_DOCUMENT = ("document_record", "document_text")


def _pyarrow() -> Any:  # noqa: ANN401  (a module)
    try:
        import pyarrow as pa
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtraError("Parquet", "parquet") from error
    return pa


def arrow_schema() -> pa.Schema:
    """Return the columns of the format's table with their types.

    Raises:
        MissingExtraError: If pyarrow is not installed.
    """
    return table_schema((*COLUMNS, *_DOCUMENT, "quote_rest"))


def table_schema(names: Sequence[str]) -> pa.Schema:
    """Return the Arrow schema of a table of quotations with these columns.

    Raises:
        MissingExtraError: If pyarrow is not installed.
    """
    pa = _pyarrow()
    span = pa.struct([pa.field("start", pa.int64(), False), pa.field("end", pa.int64(), False)])
    special = {
        **dict.fromkeys(_SPANS, pa.list_(span)),
        "evidence": pa.list_(pa.string()),
        **{f"confidence_{name}": pa.float64() for name in ("content", "source", "speaker")},
    }
    return pa.schema([pa.field(name, special.get(name, pa.string())) for name in names])


class Writer(DocumentWriter):
    """Writes row groups of quotations to a path or a binary stream.

    Raises:
        MissingExtraError: If pyarrow is not installed.
        FormatError: If the target is a terminal or takes only text.
    """

    def _open(self) -> None:
        pa = _pyarrow()
        self._schema = arrow_schema()
        self._file = OutputFile(self.target)
        stream = self._file.binary
        if stream is None or (not self._file.owned and stream.isatty()):
            raise FormatError("Parquet is binary and can't go to this stream: give -o FILE.parquet")
        self._rows: list[Mapping[str, Any]] = []
        self._size = 0
        self._pipe = _Pipe(self._file)
        self._sink = pa.parquet.ParquetWriter(self._pipe, self._schema)

    def _write(self, document: Document) -> None:
        self.write_rows(document_rows(document, text=self.text))

    def write_rows(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the rows of one document, as ``document_rows`` gave them."""
        for row in rows:
            self._rows.append(row)
            self._size += sum(len(row.get(name) or "") for name in _DOCUMENT)
        if len(self._rows) >= _ROWS or self._size >= _BYTES:
            self._flush()

    def _flush(self) -> None:
        rows, self._rows, self._size = self._rows, [], 0
        self._sink.write_table(_pyarrow().Table.from_pylist(rows, schema=self._schema))

    def _rollback(self) -> None:
        """Nothing to drop: only whole documents are held or written."""

    def _finish(self) -> None:
        if self._rows:
            self._flush()
        self._sink.close()
        self._file.commit()

    def _discard(self) -> None:
        self._pipe.broken = True
        with suppress(Exception):  # the table may be in any state, and is not wanted
            self._sink.close()
        self._file.discard()


class _Pipe:
    """A file that pyarrow may write to but whose fate is ours; writes nothing once broken."""

    closed = False

    def __init__(self, file: OutputFile) -> None:
        self.broken = False
        self._file = file
        self._position = 0

    def write(self, data: Any) -> int:  # noqa: ANN401  (any buffer)
        if not self.broken:
            self._file.write(bytes(data))
        self._position += len(data)
        return len(data)

    def tell(self) -> int:
        return self._position

    def flush(self) -> None:
        """Leave flushing to the file."""

    def close(self) -> None:
        """Leave closing to the file."""


def document_rows(document: Document, *, text: bool = True) -> Iterator[dict[str, Any]]:
    """Yield the rows of a document, plain values that JSON can hold, too.

    Args:
        document: The document.
        text: Keep its text.

    Raises:
        FormatError: If its metadata hold something that JSON can't.
    """
    record = to_record(document, text=text)
    quotes = record.pop("quotes")
    first = {
        "document_record": encode(record).decode("utf-8"),
        "document_text": clean(document.text) if text else None,
    }
    if not quotes:
        yield {"document": clean(document.id), **first}
    for number, (row, exact) in enumerate(zip(quote_rows(document), quotes, strict=True)):
        stored = {name: _storable(row[name]) for name in COLUMNS}
        rest = _rest(exact, quote_record(stored))
        stored = spans_as_structs(stored)
        stored["quote_rest"] = encode(rest).decode("utf-8") if rest else None
        yield {**stored, **first} if number == 0 else stored


def spans_as_structs(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row whose cells Arrow can hold, with its spans as ``{"start": …, "end": …}``."""
    stored = {name: _storable(value) for name, value in row.items()}
    for name in _SPANS:
        stored[name] = [{"start": start, "end": end} for start, end in stored[name]]
    return stored


def _storable(value: Any) -> Any:  # noqa: ANN401  (a cell of any type)
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    return value if value is None or isinstance(value, int | float) else str(value)


def _rest(exact: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    return {k: value for k, value in exact.items() if k not in stored or stored[k] != value}


def write(documents: Iterable[Document], target: Target, *, text: bool = True) -> int:
    """Write documents as one table; a path gets all of them or stays as it was.

    Args:
        documents: The documents.
        target: A path, an open binary stream, or ``"-"`` for standard output.
        text: Keep the texts.

    Returns:
        The number of documents written.

    Raises:
        MissingExtraError: If pyarrow is not installed.
        FormatError: If metadata hold something that JSON can't, or the output can't be written.
    """
    with Writer(target, text=text) as writer:
        for document in documents:
            writer.write(document)
    return writer.count


def read(source: Source, *, texts: Texts | None = None) -> Iterator[Document]:
    """Read the documents of a table one at a time.

    A document's rows must stand together; their order doesn't matter.

    Args:
        source: A path, or an open binary stream that can seek.
        texts: Texts by document id or SHA-256, for tables that hold none.

    Raises:
        MissingExtraError: If pyarrow is not installed.
        InputError: If the path can't be read.
        FormatError: If it is not Parquet, a column is missing, a cell is damaged or a text is
            missing.
    """
    pa = _pyarrow()
    name = source_name(source)
    try:
        with pa.parquet.ParquetFile(source if is_stream(source) else name) as file:
            needed = {"id", *_OWN} - set(file.schema_arrow.names)
            if needed:
                raise FormatError(f"columns are missing: {', '.join(sorted(needed))}", source=name)
            batches = (batch.to_pylist() for batch in file.iter_batches(_BATCH))
            rows = (row for batch in batches for row in batch)
            yield from documents_of_rows(rows, name, texts)
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from error
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise FormatError(f"not Parquet, or damaged: {error}", source=name) from error


def holds_texts(path: str) -> bool:
    """Say whether a table is one of texts yet to be read, for want of what quotations have.

    Args:
        path: A file. One that can't be read, or not without pyarrow, is for ``read`` to refuse.
    """
    try:
        names = _pyarrow().parquet.read_schema(path).names
    except (OSError, ValueError, MissingExtraError):  # Arrow's errors are ValueErrors
        return False
    return len(_OWN.intersection(names)) <= 1


def documents_of_rows(
    rows: Iterable[dict[str, Any]], name: str, texts: Texts | None
) -> Iterator[Document]:
    """Read documents from rows with spans as structs; a document's rows must stand together.

    Args:
        rows: The rows.
        name: What to call the table in messages.
        texts: Texts by document id or SHA-256, for rows that hold none.

    Raises:
        FormatError: If a cell is damaged or a text is missing.
    """
    done: set[str] = set()
    held: list[dict[str, Any]] = []
    told = False  # whether one of the rows held has the document's record
    for row in rows:
        begins = row.get("document_record") is not None
        if held and (row["document"] != held[0]["document"] or (begins and told)):
            done.add(held[0]["document"])
            yield _document(held, name, texts)
            held, told = [], False
        if not begins and not held and row["document"] in done:
            raise FormatError(
                f"rows of document {row['document']!r} don't stand together: sort by document",
                source=name,
            )
        held.append(row)
        told = told or begins
    if held:
        yield _document(held, name, texts)


def _document(rows: list[dict[str, Any]], name: str, texts: Texts | None) -> Document:
    quotes = [_quote(row, name) for row in rows if row["id"] is not None]
    quotes.sort(key=lambda quote: quote["content"][0][0] if quote["content"] else 0)
    told = next((r["document_record"] for r in rows if r.get("document_record")), None)
    record = decode(told) if told is not None else record_of_rows(rows)
    return from_record({**record, "quotes": quotes}, texts=texts, source=name)


def _quote(row: dict[str, Any], source: str) -> dict[str, Any]:
    for name in _SPANS:
        try:
            row[name] = [[span["start"], span["end"]] for span in row.get(name) or ()]
        except (KeyError, TypeError) as error:
            raise FormatError(
                f"column {name!r} holds no spans, which are pairs of 'start' and 'end'",
                source=source,
            ) from error
    rest = decode(row["quote_rest"]) if row.get("quote_rest") else {}
    return {**quote_record(row), **rest}
