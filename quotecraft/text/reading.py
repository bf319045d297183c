"""Files, folders and standard input to texts, one at a time; one bad input costs only itself."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TypeAlias

from quotecraft.errors import InputError, QuotecraftError
from quotecraft.text.encodings import decode
from quotecraft.text.html import extract_article
from quotecraft.text.inputs import Columns, FailedInput, InputText
from quotecraft.text.records import is_record, read_json_lines
from quotecraft.text.tables import count_csv, count_parquet, read_csv, read_parquet

__all__ = ["count_inputs", "list_inputs", "read_inputs"]

Paths: TypeAlias = "str | os.PathLike[str] | Iterable[str | os.PathLike[str]]"

_TEXT = frozenset({".txt", ".text"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_CSV = frozenset({".csv", ".tsv"})
_PARQUET = frozenset({".parquet", ".pq"})
_KNOWN = _TEXT | _HTML | _JSON_LINES | _CSV | _PARQUET
_STDIN = "-"


def read_inputs(
    paths: Paths,
    *,
    stdin: BinaryIO | None = None,
    text_column: str = "text",
    id_column: str = "id",
) -> Iterator[InputText | FailedInput]:
    """Read texts from files, folders and standard input, one at a time, in order.

    By extension: ``.html``, ``.htm`` and ``.xhtml`` are pages, whose article is taken out (this
    needs the ``html`` extra); ``.jsonl`` and ``.ndjson`` hold one JSON object a line, ``.csv``,
    ``.tsv``, ``.parquet`` and ``.pq`` (which needs the ``parquet`` extra) one row a text, each with
    a text, perhaps an id, and metadata; they may be of any size. Any other file is text, in
    whatever encoding ``decode`` finds. A folder gives the ``.txt``, ``.text`` and all these files
    in it and in its subfolders, sorted by path, hidden ones left out. ``-`` is standard input: JSON
    Lines if its first line is a JSON object with a text, HTML if it begins like a page, else text.

    Args:
        paths: One path or several.
        stdin: What ``-`` reads; the process's standard input if not given.
        text_column: Field or column that holds the text.
        id_column: Field or column that holds the id.

    Yields:
        A text, or a failure with an ``InputError`` (a missing, unreadable or binary file, a folder
        with nothing to read), a ``FormatError`` (a line or row without a text) or a
        ``MissingExtraError``. Nothing is raised.
    """
    columns = Columns(text_column, id_column)
    for item in _expanded(paths):
        if isinstance(item, FailedInput):
            yield item
        elif item == _STDIN:
            yield from _read_stdin(stdin if stdin is not None else sys.stdin.buffer, columns)
        else:
            yield from _read_file(Path(item), columns)


def list_inputs(paths: Paths) -> Iterator[tuple[str, int]]:
    """Return the name and the size in bytes of each file that ``read_inputs`` would open.

    Files that can't be looked at, and standard input, have the size -1.
    """
    for item in _expanded(paths):
        name = item.id if isinstance(item, FailedInput) else item
        try:
            yield name, Path(name).stat().st_size if isinstance(item, str) else -1
        except (OSError, ValueError):
            yield name, -1


def count_inputs(paths: Paths) -> int | None:
    """Return about how many inputs ``read_inputs`` will give, to tell how much work is left.

    Lines and rows are counted without being parsed. ``None`` if standard input is among them.
    """
    total = 0
    for item in _expanded(paths):
        if item == _STDIN:
            return None
        total += 1 if isinstance(item, FailedInput) else _count(Path(item))
    return total


def _count(path: Path) -> int:
    kind = path.suffix.lower()
    try:
        if kind in _PARQUET:
            return count_parquet(path)
        if kind not in _JSON_LINES | _CSV:
            return 1
        with path.open("rb") as stream:
            if kind in _CSV:
                return count_csv(stream)
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
    except (OSError, ValueError):
        return 1


def _expanded(paths: Paths) -> Iterator[str | FailedInput]:
    """Return files instead of folders, and failures instead of folders that can't be read."""
    several = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    for path in several:
        name = os.fspath(path)
        if name != _STDIN and Path(name).is_dir():
            yield from _in_folder(Path(name))
        else:
            yield name if name == _STDIN else Path(name).as_posix()


def _in_folder(folder: Path) -> Iterator[str | FailedInput]:
    found, unreadable = _files_in(folder)
    for path, error in unreadable:
        yield FailedInput(path.as_posix(), _unreadable(path.as_posix(), error))
    if not found and not unreadable:
        known = " ".join(sorted(_KNOWN))
        yield FailedInput(
            folder.as_posix(),
            InputError(f"{folder.as_posix()} holds no file to read: put files in it ({known})"),
        )
    for path in found:
        yield path.as_posix()


def _files_in(folder: Path) -> tuple[list[Path], list[tuple[Path, OSError]]]:
    found: list[Path] = []
    unreadable: list[tuple[Path, OSError]] = []

    def failed(error: OSError) -> None:
        unreadable.append((Path(error.filename or folder), error))

    for root, folders, files in os.walk(folder, onerror=failed):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found.extend(
            Path(root, name)
            for name in files
            if not name.startswith(".") and Path(name).suffix.lower() in _KNOWN
        )
    return sorted(found), sorted(unreadable, key=lambda item: item[0])


def _read_file(path: Path, columns: Columns) -> Iterator[InputText | FailedInput]:
    name = path.as_posix()
    kind = path.suffix.lower()
    try:
        if kind in _PARQUET:
            yield from read_parquet(path, name, columns)
            return
        if kind in _JSON_LINES | _CSV:
            read = read_json_lines if kind in _JSON_LINES else read_csv
            with path.open("rb") as stream:
                yield from read(stream, name, columns)
            return
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield FailedInput(name, _unreadable(name, error))
        return
    yield _whole(data, name, html=kind in _HTML)


def _unreadable(name: str, error: OSError | ValueError) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(f"{name} does not exist: check the path")
    if isinstance(error, PermissionError):
        return InputError(f"{name} may not be read: change its permissions")
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(f"{name} can't be read ({reason}): give a file or a folder")


def _whole(data: bytes, name: str, *, html: bool) -> InputText | FailedInput:
    try:
        if html:
            text, metadata = extract_article(data, source=name)
            return InputText(name, text, metadata, name)
        return InputText(name, decode(data, source=name), place=name)
    except QuotecraftError as error:
        return FailedInput(name, error)


def _read_stdin(stream: BinaryIO, columns: Columns) -> Iterator[InputText | FailedInput]:
    name = "stdin"
    try:
        first = stream.readline()
        if is_record(first, columns):
            yield from read_json_lines(chain([first], stream), name, columns)
            return
        data = first + stream.read()
    except (OSError, ValueError) as error:
        yield FailedInput(name, _unreadable(name, error))
        return
    start = data[:1024].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    yield _whole(data, name, html=start.startswith((b"<!doctype html", b"<html")))
