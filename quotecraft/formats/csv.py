"""CSV (RFC 4180), one quotation a row, for spreadsheets.

Columns are those of ``COLUMNS``; spans are written ``10-60 70-80`` (code points, half-open),
evidence codes are joined by ``; ``. Files begin with a byte order mark, without which Excel takes
UTF-8 for something else; streams don't.

A cell that a spreadsheet would run as a formula is made harmless: one that begins with ``=``,
``+``, ``-``, ``@``, a tab, a carriage return or a line feed gets an apostrophe in front (OWASP,
"CSV Injection"), and so does one that begins with apostrophes before such a character, so that
reading can take exactly one away again.

What CSV loses: the text (reading needs it), documents without quotations, aliases, roles, pronouns
and mentions of speakers, metadata without a column, unknown fields, and lone surrogates. An empty
cell stands for "none".
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import IO, Any, cast

from quotecraft.errors import FormatError
from quotecraft.formats._io import Source, Target, open_source, source_name
from quotecraft.formats._record import Texts, from_record
from quotecraft.formats._table import COLUMNS, clean, quote_rows, record_of_rows
from quotecraft.formats._writer import FileWriter
from quotecraft.model import Document

__all__ = ["COLUMNS", "Writer", "neutralise", "read", "restore", "write"]

_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n]")
_NEUTRALISED = re.compile(r"''*[=+\-@\t\r\n]")
_BOM = "\ufeff"
_SPANS = ("content", "cue", "source")
_FIGURES = ("confidence_content", "confidence_source", "confidence_speaker")
_JOIN = "; "  # between evidence codes
_NEEDED = ("document", "id", "kind", "content")
_SPAN = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
_FIELD_LIMIT = 2**31 - 1  # a C long on every platform; contents can be longer than csv's 128 KB


def neutralise(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def restore(cell: str) -> str:
    """Undo ``neutralise``."""
    return cell[1:] if _NEUTRALISED.match(cell) else cell


class Writer(FileWriter):
    """Writes one quotation a row, below a row of column names."""

    def _head(self) -> bytes:
        mark = _BOM if self._file.owned else ""
        return (mark + _line(COLUMNS)).encode("utf-8")

    def _encode(self, document: Document) -> bytes:
        rows = quote_rows(document)
        return "".join(_line(_cell(row[name], name) for name in COLUMNS) for row in rows).encode()


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def _cell(value: object, name: str) -> str:
    if value is None:
        return ""
    if name in _SPANS:
        pairs = cast("list[list[int]]", value)
        value = " ".join(f"{start}-{end}" for start, end in pairs)
    elif name == "evidence":
        value = _JOIN.join(cast("list[str]", value))
    elif not isinstance(value, str):
        value = json.dumps(value, ensure_ascii=False, default=str)
    return neutralise(clean(value))


def write(documents: Iterable[Document], target: Target) -> int:
    """Write documents as one table; a path gets all of them or stays as it was.

    Args:
        documents: The documents; one without quotations has no row.
        target: A path, an open stream (binary or text), or ``"-"`` for standard output.

    Returns:
        The number of documents written.

    Raises:
        FormatError: If the output can't be written.
    """
    with Writer(target) as writer:
        for document in documents:
            writer.write(document)
    return writer.count


def read(source: Source, *, texts: Texts | None = None) -> Iterator[Document]:
    """Read the documents of a table one at a time.

    Rows may be in any order inside a document and columns in any order, but a document's rows must
    stand together.

    Args:
        source: A path, an open stream (binary or text), or ``"-"`` for standard input.
        texts: Texts by document id; CSV holds none.

    Raises:
        InputError: If the path can't be read.
        FormatError: If a column is missing, a cell is damaged, a text is missing or is not the one
            that was annotated, or a document's rows are scattered.
    """
    name = source_name(source)
    csv.field_size_limit(_FIELD_LIMIT)
    with open_source(source) as stream:
        try:
            for line, rows in _documents(csv.reader(_characters(stream)), name):
                yield _document(rows, texts, name, line)
        except csv.Error as error:
            raise FormatError(f"not CSV: {error}", source=name) from error
        except UnicodeDecodeError as error:
            raise FormatError("not UTF-8; save it as UTF-8", source=name) from error


def _characters(stream: IO[Any]) -> Iterator[str]:
    """Yield the stream's lines as text, ends kept, without a byte order mark."""
    text = (line if isinstance(line, str) else line.decode("utf-8") for line in stream)
    first = next(text, "")
    return chain([first.removeprefix(_BOM)], text)


def _documents(
    reader: Any,  # noqa: ANN401  (the type of csv.reader has no public name)
    name: str,
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    columns: list[str] = next(reader, [])
    for needed in _NEEDED:
        if needed not in columns:
            raise FormatError(f"column {needed!r} is missing", source=name, line=1)
    done: set[str] = set()
    rows: list[dict[str, Any]] = []
    start, first, begin = 2, 2, 2
    for cells in reader:
        first, begin = begin, reader.line_num + 1
        if not cells:
            continue
        row = _row(dict(zip(columns, cells, strict=False)), name, first)
        if rows and row["document"] != rows[0]["document"]:
            done.add(rows[0]["document"])
            yield start, rows
            rows = []
        if row["document"] in done:
            raise FormatError(
                f"rows of document {row['document']!r} don't stand together: sort by document",
                source=name,
                line=first,
            )
        if not rows:
            start = first
        rows.append(row)
    if rows:
        yield start, rows


def _row(cells: Mapping[str, str], name: str, line: int) -> dict[str, Any]:
    row: dict[str, Any] = {key: restore(cell) or None for key, cell in cells.items()}
    for key in _NEEDED:
        if key not in row:
            reason = f"the row ends before its column {key!r}: give every cell"
            raise FormatError(reason, source=name, line=line)
    for key in _SPANS:
        row[key] = _spans(row.get(key) or "", key, name, line)
    for key in _FIGURES:
        if row.get(key) is not None:
            row[key] = _figure(row[key], key, name, line)
    row["document"], row["id"] = row["document"] or "", row["id"] or ""
    row["evidence"] = row["evidence"].split(_JOIN) if row.get("evidence") else []
    row["level"], row["stance"] = row.get("level") or "speech", row.get("stance") or "neutral"
    return row


def _spans(cell: str, key: str, name: str, line: int) -> list[list[int]]:
    matches = [_SPAN.fullmatch(piece) for piece in cell.split()]
    if not all(matches):
        raise FormatError(
            f"column {key!r}: expected spans like 10-60 70-80, got {cell[:40]!r}",
            source=name,
            line=line,
        )
    return [[int(match[1]), int(match[2])] for match in matches if match]


def _figure(cell: str, key: str, name: str, line: int) -> float:
    try:
        return float(cell)
    except ValueError as error:
        reason = f"column {key!r}: expected a number in [0, 1], got {cell[:40]!r}"
        raise FormatError(reason, source=name, line=line) from error


def _document(rows: list[dict[str, Any]], texts: Texts | None, name: str, line: int) -> Document:
    shown = {row["id"]: row.get("content_text") for row in rows}
    rows.sort(key=lambda row: row["content"][0][0] if row["content"] else 0)
    document = from_record(record_of_rows(rows), texts=texts, source=name, line=line)
    for quote in document.quotes:
        text = shown[quote.id]
        if text is not None and text != clean(quote.text):
            raise FormatError(
                f"document {document.id!r}, quote {quote.id!r}: the text has {quote.text[:40]!r} "
                f"where the table has {text[:40]!r}: give the original text",
                source=name,
                line=line,
            )
    return document
