"""What every writer does: take documents one at a time, and leave a whole output or none."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from quotecraft.formats._io import OutputFile, Target
from quotecraft.model import Document

__all__ = ["DocumentWriter", "FileWriter"]


class DocumentWriter(ABC):
    """A context manager that writes documents one at a time.

    Leaving the ``with`` block completes the output and puts it in its place in one step. Leaving it
    by an exception (Ctrl-C included) removes it, and what stood there before stays; with
    ``keep_partial`` the documents that were complete are kept instead, as a valid output. The
    exception goes on either way.

    Args:
        target: Where to write: a path, or a stream where the format allows one.
        text: Keep each document's text in the output.
        keep_partial: Keep the complete documents when an exception ends the writing.

    Attributes:
        count: Number of documents written so far.
    """

    def __init__(self, target: Target, *, text: bool = True, keep_partial: bool = False) -> None:
        self.target = target
        self.text = text
        self.keep_partial = keep_partial
        self.count = 0

    def write(self, document: Document) -> None:
        """Write one document.

        Raises:
            FormatError: If the format can't hold it, or the output can't be written.
        """
        self._write(document)
        self.count += 1

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None and not (self.keep_partial and self.count):
            self._discard()
            return
        try:
            if kind is not None:
                self._rollback()
            self._finish()
        except BaseException:
            self._discard()
            raise

    @abstractmethod
    def _open(self) -> None:
        """Get ready to write."""

    @abstractmethod
    def _write(self, document: Document) -> None:
        """Write one document whole."""

    @abstractmethod
    def _rollback(self) -> None:
        """Drop a document that was not written whole."""

    @abstractmethod
    def _finish(self) -> None:
        """Complete the output and put it in its place."""

    @abstractmethod
    def _discard(self) -> None:
        """Remove the output."""


class FileWriter(DocumentWriter):
    """A writer whose output is one file or stream: a head, the documents, a foot."""

    def _head(self) -> bytes:
        return b""

    @abstractmethod
    def _encode(self, document: Document) -> bytes:
        """Return a document's bytes."""

    def _foot(self) -> bytes:
        return b""

    def _open(self) -> None:
        self._file = OutputFile(self.target)
        try:
            self._file.write(self._head())
        except BaseException:
            self._file.discard()
            raise

    def _write(self, document: Document) -> None:
        self._file.write(self._encode(document))
        self._file.mark()

    def _rollback(self) -> None:
        self._file.rollback()

    def _finish(self) -> None:
        self._file.write(self._foot())
        self._file.commit()

    def _discard(self) -> None:
        self._file.discard()
