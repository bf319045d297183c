"""The output folder of a run: shards, their log, the dead-letter file, and what is half done.

Whatever moment a process is killed at, the next one finds a state from which it goes on:

- ``documents/part-000000.parquet`` … appear whole, each before its line in ``shards.jsonl``;
- a line of ``shards.jsonl`` makes a shard final; it also says how long ``failed.jsonl`` is then,
  so that lines of a shard that was not finished can be cut off;
- ``.journal`` keeps the documents of the shard that is being filled;
- ``manifest.json`` says what the run is made with, and at its end that it is complete.

Nothing in it depends on the time, the machine, the number of workers or of interruptions, so that
two runs can be compared byte by byte.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from attrs import asdict, evolve, frozen

from quotecraft.errors import RunError
from quotecraft.scale.encoding import write_shard
from quotecraft.scale.items import Item
from quotecraft.scale.journal import Entry, Journal
from quotecraft.scale.manifest import Manifest
from quotecraft.scale.options import BatchOptions

__all__ = ["DOCUMENTS", "FAILED", "MANIFEST", "RunFolder", "Shard"]

DOCUMENTS, FAILED, MANIFEST = "documents", "failed.jsonl", "manifest.json"
_LOG, _JOURNAL = "shards.jsonl", ".journal"
_STAGED = ".quotecraft-*.part"  # what a killed process left of a file


@frozen
class Shard:
    """A shard that is final.

    Attributes:
        number: Its number, from 0.
        file: Its file, inside ``documents``.
        inputs: Number of inputs that it covers.
        failed: How many of them failed.
        quotes: Number of quotations.
        digest: SHA-256 in hex of the digests of its inputs.
        failed_bytes: Length of the dead-letter file, the failures of this shard included.
    """

    number: int
    file: str
    inputs: int
    failed: int
    quotes: int
    digest: str
    failed_bytes: int


class RunFolder:
    """A run's folder, held by one process.

    Args:
        path: The folder; made if it isn't there.
        manifest: What the run is made with.
        options: The options.

    Raises:
        RunError: If the folder holds something else, or was made otherwise.
    """

    def __init__(self, path: Path, manifest: Manifest, options: BatchOptions) -> None:
        self.path = path
        self._options = options
        self._manifest = _settled(path, manifest)
        (path / DOCUMENTS).mkdir(exist_ok=True)
        for left in (*path.glob(_STAGED), *(path / DOCUMENTS).glob(_STAGED)):
            left.unlink(missing_ok=True)
        self.shards = _read_log(path / _LOG)
        self._cut_failures()
        self._journal = self._next_journal()

    @property
    def complete(self) -> bool:
        """Whether all inputs were read."""
        return self._manifest.complete

    @property
    def done(self) -> int:
        """Number of inputs that are done."""
        return sum(shard.inputs for shard in self.shards) + self._journal.count

    @property
    def totals(self) -> dict[str, int]:
        """Numbers of documents, failures and quotations of the final shards."""
        failed = sum(shard.failed for shard in self.shards)
        inputs = sum(shard.inputs for shard in self.shards)
        quotes = sum(shard.quotes for shard in self.shards)
        return {"documents": inputs - failed, "failed": failed, "quotes": quotes}

    def verify(self, items: Iterator[Item]) -> None:
        """Take from the input what is done already, making sure that it is the same.

        Args:
            items: The input from its start; afterwards it stands at the first input to be read.

        Raises:
            RunError: If the input has changed.
        """
        first = 0
        for shard in self.shards:
            digest = hashlib.sha256()
            for item in islice(items, shard.inputs):
                digest.update(item.digest.encode("ascii"))
            if digest.hexdigest() != shard.digest:
                raise self._changed(first, first + shard.inputs)
            first += shard.inputs
        for entry in self._journal:
            same = next(items, None)
            if same is None or same.digest != entry.digest:
                raise self._changed(first, first + self._options.shard_size)
        ended = self.complete or any(s.inputs < self._options.shard_size for s in self.shards)
        if ended and next(items, None) is not None:
            raise self._changed(first, first + 1)
        if self._journal.count >= self._options.shard_size:  # ended just before that
            self._seal()

    def _changed(self, first: int, end: int) -> RunError:
        return RunError(
            f"the input is not the one that {self.path} was made from: it differs among the inputs "
            f"{first + 1:,} to {end:,}: give the same again, or another folder for a new run"
        )

    def add(self, entry: Entry) -> None:
        """Keep what became of the next input."""
        self._journal.add(entry)
        if self._journal.count >= self._options.shard_size:
            self._seal()

    def finish(self) -> None:
        """Make the last shard final and say that the run is complete."""
        if self._journal.count or not self.shards:
            self._seal()
        if not self.complete:
            self._manifest = evolve(self._manifest, totals=self.totals, complete=True)
            self._manifest.write(self.path / MANIFEST)

    def close(self) -> None:
        """Leave everything as it is on disk."""
        self._journal.close()

    def _seal(self) -> None:
        """Make a shard of the journal; may be broken off anywhere and done again."""
        number = len(self.shards)
        file = f"part-{number:06}.{self._options.format}"
        good = (entry.data for entry in self._journal if not entry.failed)
        write_shard(self.path / DOCUMENTS / file, good, self._options)
        digest, failed, quotes = hashlib.sha256(), 0, 0
        with (self.path / FAILED).open("ab") as letters:
            for entry in self._journal:
                digest.update(entry.digest.encode("ascii"))
                quotes += entry.quotes
                if entry.failed:
                    failed += 1
                    letters.write(entry.data + b"\n")
            _sync(letters)
            size = letters.tell()
        inputs = self._journal.count
        shard = Shard(number, file, inputs, failed, quotes, digest.hexdigest(), size)
        with (self.path / _LOG).open("ab") as log:
            log.write(json.dumps(asdict(shard)).encode("ascii") + b"\n")
            _sync(log)
        self.shards.append(shard)
        self._journal.drop()
        self._journal = self._next_journal()

    def _next_journal(self) -> Journal:
        return Journal(self.path / _JOURNAL, len(self.shards))

    def _cut_failures(self) -> None:
        wanted = self.shards[-1].failed_bytes if self.shards else 0
        path = self.path / FAILED
        if path.exists():
            if path.stat().st_size < wanted:
                raise RunError(f"{path} has lost lines: use another folder for a new run")
            os.truncate(path, wanted)


def _settled(path: Path, wanted: Manifest) -> Manifest:
    """Return the manifest of a folder, made now if the folder is new."""
    file = path / MANIFEST
    known = Manifest.read(file)
    if known is not None:
        known.check(wanted, path)
        return known
    others = [p.name for p in path.iterdir() if not p.name.startswith(".")] if path.exists() else []
    if others:
        raise RunError(f"{path} holds other files ({others[0]} …): give a new or empty folder")
    wanted.write(file)
    return wanted


def _read_log(path: Path) -> list[Shard]:
    """Return the final shards, and cut off a line that was not written whole."""
    shards: list[Shard] = []
    good = 0
    try:
        with path.open("rb") as stream:
            for line in stream:
                if not line.endswith(b"\n"):
                    break
                shards.append(Shard(**json.loads(line)))
                good += len(line)
    except FileNotFoundError:
        return shards
    except (ValueError, TypeError) as error:
        raise RunError(f"{path} is damaged ({error}): use another folder") from error
    os.truncate(path, good)
    _check_files(shards, path.parent)
    return shards


def _check_files(shards: list[Shard], folder: Path) -> None:
    for shard in shards:
        if not (folder / DOCUMENTS / shard.file).exists():
            raise RunError(f"{folder} has lost {shard.file}: use another folder for a new run")


def _sync(stream: IO[bytes]) -> None:
    stream.flush()
    os.fsync(stream.fileno())
