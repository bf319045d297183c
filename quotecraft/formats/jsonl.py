"""JSON Lines of interchange records, one document a line: the format that loses nothing.

The record's schema is ``quotecraft/1``; the README describes its fields. Every line is UTF-8 and
ends with a line feed (https://jsonlines.org).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeAlias

from quotecraft.errors import FormatError
from quotecraft.formats._io import Source, Target, open_source, source_name
from quotecraft.formats._json import decode, encode
from quotecraft.formats._record import Texts, from_record, to_record
from quotecraft.formats._writer import FileWriter
from quotecraft.model import Document

__all__ = [
    "OnError",
    "Writer",
    "dumps",
    "from_record",
    "loads",
    "read",
    "read_jsonl",
    "read_numbered",
    "to_record",
    "write",
    "write_jsonl",
]

OnError: TypeAlias = Literal["raise", "skip"] | Callable[[FormatError], None]
"""What to do with a record that can't be read: raise, skip it silently, or call and skip."""

_BOM = b"\xef\xbb\xbf"


def dumps(document: Document, *, text: bool = True) -> str:
    """Return a document as one line of JSON, without a line break.

    Args:
        document: The document.
        text: Keep the text; without it the line holds the text's ``sha256`` in its place.

    Raises:
        FormatError: If its metadata hold something that JSON can't.
    """
    return encode(to_record(document, text=text)).decode("utf-8")


def loads(
    line: str | bytes,
    *,
    texts: Texts | None = None,
    source: str | None = None,
    number: int | None = None,
) -> Document:
    """Return the document that one line describes.

    Args:
        line: One line, with or without its line break.
        texts: Texts by document id or SHA-256, for lines that hold no text.
        source: File that the line is from, for messages.
        number: The line's one-based number there, for messages.

    Raises:
        FormatError: If it is not JSON or breaks the schema, or its text is missing or another.
    """
    try:
        record = decode(line)
    except FormatError as error:
        raise FormatError(error.reason, source=source, line=number, path=error.path) from error
    return from_record(record, texts=texts, source=source, line=number)


class Writer(FileWriter):
    """Writes interchange records, one document a line, to a path or a stream."""

    def _encode(self, document: Document) -> bytes:
        return encode(to_record(document, text=self.text)) + b"\n"


def write_jsonl(documents: Iterable[Document], target: Target, *, text: bool = True) -> int:
    """Write documents, one a line; a path gets all of them or stays as it was.

    Args:
        documents: The documents.
        target: A path, an open stream (binary or text), or ``"-"`` for standard output.
        text: Keep the texts; without it each line holds its text's ``sha256`` instead.

    Returns:
        The number of documents written.

    Raises:
        FormatError: If a document's metadata hold something that JSON can't, or the output can't be
            written.
    """
    with Writer(target, text=text) as writer:
        for document in documents:
            writer.write(document)
    return writer.count


def read_jsonl(
    source: Source, *, texts: Texts | None = None, on_error: OnError = "raise"
) -> Iterator[Document]:
    """Read documents one at a time; empty lines are passed over.

    Args:
        source: A path, an open stream (binary or text), or ``"-"`` for standard input.
        texts: Texts by document id or by SHA-256, for lines that hold no text.
        on_error: ``"raise"``; ``"skip"`` to go on with the next line; or a function that is called
            with the error before going on.

    Raises:
        InputError: If the path can't be read.
        FormatError: If a line is damaged and ``on_error`` is ``"raise"``.
    """
    return (document for _, document in read_numbered(source, texts=texts, on_error=on_error))


def read_numbered(
    source: Source, *, texts: Texts | None = None, on_error: OnError = "raise"
) -> Iterator[tuple[int, Document]]:
    """Read documents one at a time, each with the one-based number of its line.

    Args:
        source: As for ``read_jsonl``.
        texts: As for ``read_jsonl``.
        on_error: As for ``read_jsonl``.

    Raises:
        InputError: If the path can't be read.
        FormatError: If a line is damaged and ``on_error`` is ``"raise"``.
    """
    name = source_name(source)
    with open_source(source) as lines:
        for number, line in enumerate(lines, 1):
            data: bytes = line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
            data = data.removeprefix(_BOM) if number == 1 else data
            if not data.strip():
                continue
            try:
                document = loads(data, texts=texts, source=name, number=number)
            except FormatError as error:
                if on_error == "raise":
                    raise
                if on_error != "skip":
                    on_error(error)
                continue
            yield number, document


write = write_jsonl
read = read_jsonl
