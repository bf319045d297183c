"""The numbered inputs of a run, each with a digest by which a resumed run knows it again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Generator, Sequence
from contextlib import closing

from attrs import frozen

from quotecraft.errors import InputError, QuotecraftError
from quotecraft.scale.options import BatchOptions
from quotecraft.text import FailedInput, InputText, read_inputs

__all__ = ["Item", "read_items"]


@frozen
class Item:
    """One input of a run.

    Attributes:
        index: Its number in the order of the input, from 0.
        id: Name of the document.
        place: File it stands in, with line or row after a colon.
        digest: SHA-256 in hex of everything that its result depends on.
        input: The text, or ``None`` if there is none to read.
        error: Why not.
    """

    index: int
    id: str
    place: str
    digest: str
    input: InputText | None = None
    error: QuotecraftError | None = None

    @property
    def size(self) -> int:
        """Number of code points of the text."""
        return len(self.input.text) if self.input else 0


def read_items(paths: Sequence[str], options: BatchOptions) -> Generator[Item, None, None]:
    """Read the inputs of a run in order; one whose id was used before fails.

    Args:
        paths: Files, folders, ``-``; as for ``read_inputs``.
        options: Names the columns.
    """
    inputs = read_inputs(paths, text_column=options.text_column, id_column=options.id_column)
    with closing(sqlite3.connect("")) as names:  # a file of SQLite's own that goes when closed
        names.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, place TEXT, text BLOB) STRICT")
        for index, given in enumerate(inputs):
            if isinstance(given, FailedInput):
                digest = _digest(given.id, str(given.error))
                yield Item(index, given.id, given.id, digest, error=given.error)
                continue
            digest = _digest(given.id, given.text, given.metadata)
            place = given.place or given.id
            error = _used_before(names, given, place)
            text = None if error else given
            yield Item(index, given.id, place, digest, text, error)


def _used_before(names: sqlite3.Connection, given: InputText, place: str) -> InputError | None:
    """Remember an input's id; return an error if another had it."""
    key = given.id.encode("utf-8", "surrogatepass")
    text = hashlib.sha256(given.text.encode("utf-8", "surrogatepass")).digest()
    shown = place.encode("utf-8", "replace").decode()
    known = names.execute("SELECT place, text FROM seen WHERE id = ?", (key,)).fetchone()
    if known is None:
        names.execute("INSERT INTO seen VALUES (?, ?, ?)", (key, shown, text))
        return None
    what = "the same text" if known[1] == text else "another text"
    return InputError(
        f"{place}: the id {given.id!r} was used before, by {known[0]} with {what}: give each text "
        "an id of its own"
    )


def _digest(*parts: object) -> str:
    """Return the SHA-256 of values, with the types that JSON doesn't have written as text."""
    return hashlib.sha256(json.dumps(parts, default=repr).encode("ascii")).hexdigest()
