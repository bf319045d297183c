"""Writing a folder of files, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from abc import abstractmethod
from pathlib import Path
from typing import cast

from quotecraft.errors import FormatError
from quotecraft.formats._io import cannot_write, is_stream, staging_name
from quotecraft.formats._writer import DocumentWriter
from quotecraft.model import Document

__all__ = ["FolderWriter", "file_stem"]

_SAFE = re.compile(r"\w[\w.-]*(?<!\.)")
_UNSAFE = re.compile(r"[^\w-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # of Windows
_LONGEST = 150  # bytes of a name; file systems allow 255, and endings need room


def file_stem(document_id: str) -> str:
    """Return a name for a document's files, without ending, that every file system takes.

    Letters and digits of any script, ``-``, ``_`` and inner dots stay; a final ``.txt`` goes. An id
    that loses something else gets six hex digits of its SHA-1, so that other ids stay others.
    """
    stem = document_id.removesuffix(".txt")
    if (
        _SAFE.fullmatch(stem)
        and not _RESERVED.match(stem)
        and len(stem.encode("utf-8")) <= _LONGEST
    ):
        return stem
    safe = _UNSAFE.sub("_", stem).strip("_").encode("utf-8")[:_LONGEST].decode("utf-8", "ignore")
    digest = hashlib.sha1(document_id.encode("utf-8", "surrogatepass"), usedforsecurity=False)
    return f"{safe or 'document'}-{digest.hexdigest()[:6]}"


class FolderWriter(DocumentWriter):
    """A writer whose output is a folder with some files for each document.

    Files are written to a hidden folder beside the target first. The target is then that folder
    renamed, or, when it exists already, gets the files moved into it one by one.
    """

    @abstractmethod
    def _files(self, document: Document) -> dict[str, bytes]:
        """Return the bytes of a document's files by ending."""

    @abstractmethod
    def _common(self) -> dict[str, bytes]:
        """Return the bytes of files that the folder needs once, by name; existing ones stay."""

    def _open(self) -> None:
        if is_stream(self.target):
            raise FormatError(
                "this format is a folder of files and can't go to a stream: give -o FOLDER"
            )
        self._folder = Path(os.path.realpath(cast("str | os.PathLike[str]", self.target)))
        if self._folder.exists() and not self._folder.is_dir():
            raise cannot_write(self._folder, "it is a file, and this format is a folder")
        self._staging = staging_name(self._folder)
        self._names: set[str] = set()  # taken, as file systems that ignore case see them
        self._unfinished: list[Path] = []
        try:
            self._staging.mkdir(parents=True)
        except OSError as error:
            raise cannot_write(self._folder, error) from error

    def _write(self, document: Document) -> None:
        files = self._files(document)
        stem = self._free(file_stem(document.id))
        self._unfinished = [self._staging / f"{stem}{end}" for end in files]
        try:
            for path, data in zip(self._unfinished, files.values(), strict=True):
                path.write_bytes(data)
        except OSError as error:
            raise cannot_write(self._folder, error) from error
        self._unfinished = []

    def _free(self, stem: str) -> str:
        name, number = stem, 1
        while (key := unicodedata.normalize("NFC", name).casefold()) in self._names:
            number += 1
            name = f"{stem}-{number}"
        self._names.add(key)
        return name

    def _rollback(self) -> None:
        for path in self._unfinished:
            path.unlink(missing_ok=True)

    def _finish(self) -> None:
        try:
            for name, data in self._common().items():
                if not (self._folder / name).exists():
                    (self._staging / name).write_bytes(data)
            if not self._folder.exists():
                self._staging.rename(self._folder)
                return
            for path in sorted(self._staging.iterdir()):
                path.replace(self._folder / path.name)
            self._staging.rmdir()
        except OSError as error:
            raise cannot_write(self._folder, error) from error

    def _discard(self) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)
