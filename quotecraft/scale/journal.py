"""The shard that is being filled: every document is kept as soon as it is done.

A journal is a file of entries, two lines each: a header (digest of the input, whether it failed,
number of quotations, length and CRC-32 of what follows) and the data. A process may be killed in
the middle of an entry, so reading stops at the first that is not whole, and what follows is cut
off.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from attrs import frozen

__all__ = ["Entry", "Journal"]


@frozen
class Entry:
    """What became of one input.

    Attributes:
        digest: Digest of the input.
        data: The document for its shard, or the line for the dead-letter file; one line.
        quotes: Number of quotations.
        failed: Whether it is for the dead-letter file.
    """

    digest: str
    data: bytes
    quotes: int = 0
    failed: bool = False


class Journal:
    """Entries on disk, in order.

    Args:
        path: The file; made when the first entry is added.
        shard: Number of the shard it is for; entries of another shard are dropped.
    """

    def __init__(self, path: Path, shard: int) -> None:
        self._path = path
        self._head = b"%d\n" % shard
        self.count = 0
        self._stream: IO[bytes] | None = None
        good = len(self._head) if self._belongs() else 0
        for entry in self:
            good += len(_packed(entry))
            self.count += 1
        if path.exists():
            os.truncate(path, good)

    def _belongs(self) -> bool:
        try:
            with self._path.open("rb") as stream:
                return stream.readline() == self._head
        except FileNotFoundError:
            return False

    def __iter__(self) -> Iterator[Entry]:
        if not self._belongs():
            return
        with self._path.open("rb") as stream:
            stream.readline()
            while (entry := _unpacked(stream)) is not None:
                yield entry

    def add(self, entry: Entry) -> None:
        """Keep an entry; it outlives this process from here on."""
        if self._stream is None:
            self._stream = self._path.open("ab")
            if not self._stream.tell():
                self._stream.write(self._head)
        self._stream.write(_packed(entry))
        self._stream.flush()
        self.count += 1

    def close(self) -> None:
        """Close the file; it stays."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def drop(self) -> None:
        """Remove the file: what it held is in its shard."""
        self.close()
        self._path.unlink(missing_ok=True)


def _packed(entry: Entry) -> bytes:
    checks = [len(entry.data), zlib.crc32(entry.data)]
    header = [entry.digest, entry.failed, entry.quotes, *checks]
    return json.dumps(header).encode("ascii") + b"\n" + entry.data + b"\n"


def _unpacked(stream: IO[bytes]) -> Entry | None:
    header = stream.readline()
    try:
        digest, failed, quotes, size, check = json.loads(header)
        data = stream.read(size + 1)
    except (ValueError, TypeError):
        return None
    if len(data) != size + 1 or zlib.crc32(data[:-1]) != check or not header.endswith(b"\n"):
        return None
    return Entry(digest, data[:-1], quotes, failed)
