"""One small file a format, and the registry that finds it by name or by extension.

>>> from quotecraft import formats
>>> formats.write(documents, "quotes.jsonl")
>>> documents = list(formats.read("quotes.jsonl"))
>>> with formats.writer("csv", "quotes.csv") as sink:
...     for document in documents:
...         sink.write(document)

Importing this package loads no format; each is loaded when it is used.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import PurePath
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

from attrs import frozen

from quotecraft.errors import FormatError

if TYPE_CHECKING:
    from quotecraft.formats._io import Source, Target
    from quotecraft.formats._record import Texts
    from quotecraft.formats._writer import DocumentWriter
    from quotecraft.model import Document

__all__ = ["Format", "document_files", "format_for_path", "formats", "read", "write", "writer"]


@frozen
class Format:
    """A format that documents can be written in and read from.

    Attributes:
        name: What users call it.
        extensions: Endings of its files, lower case, by which it is guessed.
        folder: Whether it is a folder of files, so that no stream can hold it.
        text: Whether it holds the texts: ``"always"``, ``"optional"``, or ``"never"``; without
            them, reading needs the texts.
        summary: What it keeps, in one line.
    """

    name: str
    extensions: tuple[str, ...]
    text: str
    summary: str
    folder: bool = False

    def module(self) -> ModuleType:
        """Return the module that writes and reads it, loading it first."""
        return import_module(f"{__name__}.{self.name}")


_FORMATS = {
    format_.name: format_
    for format_ in (
        Format(
            "jsonl",
            (".jsonl", ".ndjson"),
            "optional",
            "interchange records, one document a line; keeps everything",
        ),
        Format(
            "csv", (".csv",), "never", "one quotation a row, for spreadsheets; speakers' names only"
        ),
        Format(
            "parquet",
            (".parquet", ".pq"),
            "optional",
            "one quotation a row, for data frames; keeps everything",
        ),
        Format(
            "brat",
            (".ann",),
            "always",
            "standoff files for the brat editor; keeps everything",
            folder=True,
        ),
        Format("tei", (".xml", ".tei"), "always", "TEI P5 with <said>; keeps everything"),
        Format(
            "webannotation",
            (".jsonld",),
            "optional",
            "W3C Web Annotations in JSON-LD; keeps everything",
        ),
        Format(
            "labelstudio",
            (".labelstudio.json",),
            "always",
            "Label Studio tasks, for correction by hand; keeps everything",
        ),
    )
}


def formats() -> Mapping[str, Format]:
    """Return the known formats by name."""
    return MappingProxyType(_FORMATS)


def format_for_path(path: str | os.PathLike[str]) -> str:
    """Return the name of the format that a path's ending, or its being a folder, tells.

    Raises:
        FormatError: If it tells none; the message lists the known ones.
    """
    name = PurePath(path).name.lower()
    for format_ in _FORMATS.values():
        if any(name.endswith(ending) and name != ending for ending in format_.extensions):
            return format_.name
    if os.path.isdir(path):  # noqa: PTH112  (any path-like will do)
        return "brat"
    suffix = PurePath(name).suffix
    ending = f"the ending {suffix!r}" if suffix else "a name without an ending"
    raise FormatError(
        f"{ending} tells no format: name one of {', '.join(_FORMATS)}", source=os.fspath(path)
    )


def document_files(paths: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Yield each file of paths with the format of the documents in it; ``None`` for texts.

    By extension; JSON Lines hold documents if the first line is an interchange record, Parquet if
    its columns are those of quotations. A folder gives its files of known extensions, sorted,
    hidden ones left out, and CSV of quotations, which holds no texts; one without such a file is
    given as it is, and so are paths that don't exist, for the reader of texts to complain of.

    Args:
        paths: Files, folders or ``-``.
    """
    from quotecraft.formats._files import document_files as found

    return found(paths)


def _find(name: str | None, path: Source | Target) -> Format:
    from quotecraft.formats._io import is_stream

    if name is None:
        if is_stream(path):
            return _FORMATS["jsonl"]
        name = format_for_path(path)  # type: ignore[arg-type]  # not a stream, so a path
    if name not in _FORMATS:
        raise FormatError(f"no format {name!r}: name one of {', '.join(_FORMATS)}")
    return _FORMATS[name]


def writer(
    format: str | None,  # noqa: A002  (what users call it)
    target: Target,
    *,
    text: bool = True,
    keep_partial: bool = False,
) -> DocumentWriter:
    """Return a context manager that writes documents one at a time.

    Leaving the ``with`` block puts the output in its place in one step; leaving it by an exception
    (Ctrl-C included) leaves no output, or a valid one of the documents that were complete when
    ``keep_partial`` is set. What a stream was given can't be taken back.

    Args:
        format: Name of a format, or ``None`` to tell it by the ending of ``target`` (JSON Lines for
            a stream).
        target: A path; for formats of one file also an open stream, or ``"-"`` for standard output.
        text: Keep the texts, where the format leaves the choice.
        keep_partial: Keep the complete documents when an exception ends the writing.

    Raises:
        FormatError: If the format is unknown, always holds texts though ``text`` is false, or can't
            be written to this target.
    """
    chosen = _find(format, target)
    if not text and chosen.text == "always":
        raise FormatError(f"{chosen.name} always holds the texts: use another format without them")
    made: DocumentWriter = chosen.module().Writer(target, text=text, keep_partial=keep_partial)
    return made


def write(
    documents: Document | Iterable[Document],
    target: Target,
    format: str | None = None,  # noqa: A002  (what users call it)
    *,
    text: bool = True,
) -> int:
    """Write documents; a path gets all of them or stays as it was.

    Args:
        documents: One document or many.
        target: A path; for formats of one file also an open stream, or ``"-"`` for standard output.
        format: Name of a format, or ``None`` to tell it by the ending of ``target``.
        text: Keep the texts, where the format leaves the choice.

    Returns:
        The number of documents written.

    Raises:
        FormatError: As for ``writer``, or if the format can't hold a document.
        InputError: If it is given a path or text in place of documents.
    """
    from quotecraft.model import documents_of

    with writer(format, target, text=text) as sink:
        for document in documents_of(documents):
            sink.write(document)
    return sink.count


def read(
    source: Source,
    format: str | None = None,  # noqa: A002  (what users call it)
    *,
    texts: Texts | None = None,
) -> Iterator[Document]:
    """Read documents one at a time.

    Args:
        source: A path; for formats of one file also an open stream, or ``"-"`` for standard input.
        format: Name of a format, or ``None`` to tell it by the ending of ``source``.
        texts: Texts by document id or SHA-256, for files that hold none; a mapping or a function.

    Raises:
        InputError: If the path can't be read.
        FormatError: If the format is unknown, a file does not follow it, or a text is missing.
    """
    chosen = _find(format, source)
    options: dict[str, Any] = {} if chosen.text == "always" else {"texts": texts}
    documents: Iterator[Document] = chosen.module().read(source, **options)
    return documents
