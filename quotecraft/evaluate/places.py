"""Where documents came from, so that a fault that is found later can name file and line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from attrs import define, field, frozen

from quotecraft import formats
from quotecraft.errors import FormatError, InputError, QuotecraftError
from quotecraft.formats.jsonl import read_numbered
from quotecraft.model import Document

if TYPE_CHECKING:
    from quotecraft.formats._record import Texts

__all__ = ["Located", "Place", "fault", "locate", "read_predictions"]


@frozen
class Place:
    """Where a document came from.

    Attributes:
        source: The file, or the folder of a format that is a folder.
        line: One-based number of its line, or ``None`` where a document is no line.
    """

    source: str
    line: int | None = None

    def __str__(self) -> str:
        return self.source if self.line is None else f"{self.source}:{self.line}"


@define
class Located(Iterator[Document]):
    """Documents with the places that they came from, read one at a time.

    Attributes:
        documents: The documents, each with its place.
        unique: Whether a second document with an id is an error.
        places: The places of the documents read so far, by id.
    """

    documents: Iterator[tuple[Place, Document]]
    unique: bool = True
    places: dict[str, Place] = field(factory=dict)

    @classmethod
    def of(cls, documents: Iterable[Document], source: str) -> Located:
        """Return documents that all came from one file or folder."""
        place = Place(source)
        return cls((place, document) for document in documents)

    def __next__(self) -> Document:
        """Return the next document.

        Raises:
            FormatError: If its id is that of an earlier one and ``unique`` is set.
        """
        place, document = next(self.documents)
        first = self.places.get(document.id)
        if first is not None and self.unique:
            reason = f"second document with the id {document.id!r}, the first is {_ordinal(first)}"
            raise FormatError(reason, source=place.source, line=place.line)
        self.places[document.id] = place
        return document


def _ordinal(place: Place) -> str:
    return str(place) if place.line is None else f"in line {place.line}"


def read_predictions(
    path: str | os.PathLike[str],
    format: str | None = None,  # noqa: A002  (the word users know)
    *,
    texts: Texts | None = None,
) -> Located:
    """Read predictions for ``score``, which names file and line of those that don't fit the gold.

    Args:
        path: A file, or a folder of a format that is one; ``"-"`` for standard input.
        format: Name of a format, or ``None`` to tell it by the ending.
        texts: Texts by document id or SHA-256, for records that hold none.

    Raises:
        InputError: If the path can't be read.
        FormatError: If the format is unknown; while reading, if a record is damaged, its text is
            missing or another, or two documents have one id.
    """
    name = format or ("jsonl" if path == "-" else formats.format_for_path(path))
    if name == "jsonl":
        source = "<stdin>" if path == "-" else os.fspath(path)
        numbered = read_numbered(path, texts=texts)
        return Located((Place(source, line), document) for line, document in numbered)
    return Located.of(formats.read(path, name, texts=texts), os.fspath(path))


def locate(documents: Iterable[Document], document_id: str) -> Place | None:
    """Return where a document of a stream came from, if the stream knows."""
    return documents.places.get(document_id) if isinstance(documents, Located) else None


def fault(documents: Iterable[Document], document_id: str, reason: str) -> QuotecraftError:
    """Return the error for a document that is at fault: with file and line if they are known."""
    place = locate(documents, document_id)
    if place is None:
        return InputError(reason)
    return FormatError(reason, source=place.source, line=place.line)
