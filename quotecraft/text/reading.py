"""Files, folders and standard input to texts, one at a time; one bad input costs only itself."""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from attrs import field, frozen

from quotecraft.errors import FormatError, InputError, QuotecraftError
from quotecraft.text.encodings import decode
from quotecraft.text.html import extract_article

__all__ = ["FailedInput", "InputText", "read_inputs"]

_TEXT = frozenset({".txt", ".text"})
_HTML = frozenset({".html", ".htm", ".xhtml"})
_JSON_LINES = frozenset({".jsonl", ".ndjson"})
_KNOWN = _TEXT | _HTML | _JSON_LINES
_RECORD = frozenset({"text", "id", "metadata"})
# Fields of quotecraft's own interchange record that hold results, not facts about the text.
_RESULTS = frozenset({"schema", "quotes", "speakers", "model", "sha256"})


@frozen
class InputText:
    """A text to be read, and what is known of it.

    Attributes:
        id: Where it comes from: its path, or the ``id`` of its JSON Lines record.
        text: The text exactly as it was decoded: line ends are kept, a byte order mark is not.
        metadata: Title, date, outlet, author, url, language, or whatever its record tells.
    """

    id: str
    text: str = field(repr=False)
    metadata: Mapping[str, Any] = field(factory=dict, converter=dict, hash=False)


@frozen
class FailedInput:
    """An input that could not be read; those after it still are.

    Attributes:
        id: Its path, with the line number of a bad JSON Lines record after a colon.
        error: Why; raise it if one failure is to end the work.
    """

    id: str
    error: QuotecraftError


def read_inputs(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    stdin: BinaryIO | None = None,
) -> Iterator[InputText | FailedInput]:
    """Read texts from files, folders and standard input, one at a time, in order.

    By extension: ``.html``, ``.htm`` and ``.xhtml`` are pages, whose article is taken out (this
    needs the ``html`` extra); ``.jsonl`` and ``.ndjson`` hold one JSON object a line, with a
    ``text``, perhaps an ``id``, and metadata; any other file is text, in whatever encoding
    ``decode`` finds. A folder gives the ``.txt``, ``.text``, HTML and JSON Lines files in it and in
    its subfolders, sorted by path, hidden ones left out. ``-`` is standard input: JSON Lines if its
    first line is a JSON object with a ``text``, HTML if it begins like a page, else text.

    Args:
        paths: One path or several.
        stdin: What ``-`` reads; the process's standard input if not given.

    Yields:
        A text, or a failure with an ``InputError`` (a missing, unreadable or binary file, a folder
        with nothing to read), a ``FormatError`` (a line that is no such JSON object) or a
        ``MissingExtraError``. Nothing is raised.
    """
    several = [paths] if isinstance(paths, (str, os.PathLike)) else paths
    for path in several:
        name = os.fspath(path)
        if name == "-":
            yield from _read_stdin(stdin if stdin is not None else sys.stdin.buffer)
        elif Path(name).is_dir():
            yield from _read_folder(Path(name))
        else:
            yield from _read_file(Path(name))


def _read_folder(folder: Path) -> Iterator[InputText | FailedInput]:
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
        yield from _read_file(path)


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


def _read_file(path: Path) -> Iterator[InputText | FailedInput]:
    name = path.as_posix()
    kind = path.suffix.lower()
    try:
        if kind in _JSON_LINES:
            with path.open("rb") as stream:
                yield from _json_lines(stream, name)
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
            return InputText(name, text, metadata)
        return InputText(name, decode(data, source=name))
    except QuotecraftError as error:
        return FailedInput(name, error)


def _read_stdin(stream: BinaryIO) -> Iterator[InputText | FailedInput]:
    name = "stdin"
    try:
        first = stream.readline()
        if _is_record(first):
            yield from _json_lines(_chain(first, stream), name)
            return
        data = first + stream.read()
    except (OSError, ValueError) as error:
        yield FailedInput(name, _unreadable(name, error))
        return
    start = data[:1024].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    yield _whole(data, name, html=start.startswith((b"<!doctype html", b"<html")))


def _chain(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _is_record(line: bytes) -> bool:
    try:
        value = json.loads(line.removeprefix(codecs.BOM_UTF8))
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and isinstance(value.get("text"), str)


def _json_lines(lines: Iterable[bytes], name: str) -> Iterator[InputText | FailedInput]:
    for number, line in enumerate(lines, 1):
        content = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if not content.strip():
            continue
        try:
            yield _record(content, name, number)
        except FormatError as error:
            yield FailedInput(f"{name}:{number}", error)


def _record(line: bytes, name: str, number: int) -> InputText:
    """Read one line of a JSON Lines file.

    Raises:
        FormatError: If it is no JSON object with a ``text``.
    """

    def wrong(reason: str, path: str | None = None) -> FormatError:
        return FormatError(reason, source=name, line=number, path=path)

    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise wrong(f"not UTF-8 (byte {error.start}): JSON Lines must be UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise wrong(f"not JSON ({error}): give one JSON object a line") from error
    if not isinstance(value, dict):
        raise wrong("not a JSON object: each line must be one, with a field 'text'")
    text, given = value.get("text"), value.get("id")
    if not isinstance(text, str):
        raise wrong("'text' is missing or not a string: put the text there", "$.text")
    if given is not None and (not isinstance(given, (str, int)) or isinstance(given, bool)):
        raise wrong("'id' is neither a string nor a whole number", "$.id")
    metadata = {k: v for k, v in value.items() if k not in _RECORD and k not in _RESULTS}
    own = value.get("metadata")
    if isinstance(own, dict):
        metadata |= own
    elif own is not None:
        metadata["metadata"] = own
    return InputText(f"{name}:{number}" if given is None else str(given), text, metadata)
