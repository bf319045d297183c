"""Where bytes go and come from: paths, streams and standard output; files appear whole or not."""

from __future__ import annotations

import io
import os
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeAlias, cast

from quotecraft.errors import FormatError, InputError

__all__ = [
    "OutputFile",
    "Source",
    "Target",
    "cannot_write",
    "is_stream",
    "open_source",
    "source_name",
    "staging_name",
    "write_whole",
]

Target: TypeAlias = "str | os.PathLike[str] | IO[str] | IO[bytes]"
Source: TypeAlias = "str | os.PathLike[str] | IO[str] | IO[bytes]"

STDOUT = "-"


def is_stream(target: Source | Target) -> bool:
    """Say whether a target or source is an open stream, not a path; ``"-"`` is one."""
    return target == STDOUT or hasattr(target, "read") or hasattr(target, "write")


def source_name(source: Source | Target) -> str:
    """Return what to call a path or stream in an error message."""
    if is_stream(source):
        return str(getattr(source, "name", None) or "<stream>") if source != STDOUT else "<stdin>"
    return os.fspath(cast("str | os.PathLike[str]", source))


def cannot_write(path: str | os.PathLike[str], reason: object) -> FormatError:
    """Return the error for an output that can't be written."""
    text = reason.strerror or str(reason) if isinstance(reason, OSError) else str(reason)
    return FormatError(f"cannot be written: {text}; give another output", source=os.fspath(path))


def staging_name(path: Path) -> Path:
    """Return a free hidden name beside ``path``, for output that is not complete yet."""
    return path.with_name(f".quotecraft-{secrets.token_hex(6)}.part")


@contextmanager
def open_source(source: Source) -> Iterator[IO[Any]]:
    """Open a path for reading bytes, or pass an open stream through and leave it open.

    Raises:
        InputError: If the path does not exist or can't be read.
    """
    if is_stream(source):
        yield sys.stdin.buffer if source == STDOUT else cast("IO[bytes]", source)
        return
    path = Path(cast("str | os.PathLike[str]", source))
    try:
        stream = path.open("rb")
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{path}: cannot be read: {reason}; check the path") from error
    with stream:
        yield stream


class OutputFile:
    """Bytes on their way to a path or a stream.

    A path gets its new content only at ``commit``, in one step, from a temporary file beside it;
    until then its old content stays. What a stream was given can't be taken back. A path that is a
    device or a pipe is written like a stream.

    Args:
        target: A path, an open binary or text stream, or ``"-"`` for standard output.

    Attributes:
        owned: Whether it is a path, so that the stream was opened here and is closed here.
        path: The path, or what the stream calls itself.
        marks: How often something was declared complete.

    Raises:
        FormatError: If the path can't be written.
    """

    def __init__(self, target: Target) -> None:
        self._temporary: Path | None = None
        self.owned = not is_stream(target)
        self._good = 0
        self.marks = 0
        self._stream: Any
        if is_stream(target):
            self._stream = sys.stdout if target == STDOUT else target
            self._text = _is_text(self._stream)
            if self._text and hasattr(self._stream, "buffer"):
                self._stream.flush()
                self._stream, self._text = self._stream.buffer, False
            self.path = Path(source_name(self._stream))
            return
        self._text = False
        self.path = Path(os.path.realpath(cast("str | os.PathLike[str]", target)))
        if self.path.is_dir():
            raise cannot_write(self.path, "it is a folder, and this format is one file")
        self._stream = self._open()

    def _open(self) -> IO[bytes]:
        try:
            if self.path.exists() and not self.path.is_file():
                return self.path.open("wb")
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._temporary = staging_name(self.path)
            return self._temporary.open("xb")
        except OSError as error:
            raise cannot_write(self.path, error) from error

    @property
    def binary(self) -> IO[bytes] | None:
        """The stream that takes bytes, or ``None`` when it takes only text."""
        return None if self._text else self._stream

    def write(self, data: bytes) -> None:
        """Write bytes; a text-only stream gets them decoded.

        Raises:
            FormatError: If the file can't be written (disk full …).
        """
        try:
            self._stream.write(data.decode("utf-8", "surrogatepass") if self._text else data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def mark(self) -> None:
        """Declare everything written so far complete."""
        if self._temporary is not None:
            self._good = self._stream.tell()
        self.marks += 1

    def rollback(self) -> None:
        """Drop what was written after the last ``mark``, where that is possible."""
        if self._temporary is not None:
            self._stream.seek(self._good)
            self._stream.truncate()

    def commit(self) -> None:
        """Put the file in its place, safe from a power cut; flush a stream."""
        if not self.owned:
            self._stream.flush()
            return
        try:
            if self._temporary is not None:
                self._stream.flush()
                os.fsync(self._stream.fileno())
            self._stream.close()
            if self._temporary is not None:
                self._temporary.replace(self.path)
                _sync_folder(self.path.parent)
        except OSError as error:
            self.discard()
            raise cannot_write(self.path, error) from error

    def discard(self) -> None:
        """Remove what was written; the path keeps its old content."""
        if self.owned:
            self._stream.close()
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)


def write_whole(path: str | os.PathLike[str], chunks: Iterable[bytes]) -> None:
    """Write a file in one step: it gets all of the bytes, or stays as it was.

    Args:
        path: The file.
        chunks: Its bytes.

    Raises:
        FormatError: If it can't be written.
    """
    file = OutputFile(path)
    try:
        for chunk in chunks:
            file.write(chunk)
    except BaseException:
        file.discard()
        raise
    file.commit()


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder last, where the system can."""
    try:
        number = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # Windows opens no folders
    try:
        os.fsync(number)
    except OSError:
        pass  # nor can every file system
    finally:
        os.close(number)


def _is_text(stream: object) -> bool:
    return isinstance(stream, io.TextIOBase) or hasattr(stream, "encoding")
