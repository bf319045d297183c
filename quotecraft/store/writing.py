"""Documents into a store's tables: add, replace, delete; all inside the caller's transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from attrs import frozen

from quotecraft.formats._json import encode
from quotecraft.formats._table import clean
from quotecraft.model import Quote, Speaker
from quotecraft.store.codec import Packed, sql_id
from quotecraft.store.days import span_of_days
from quotecraft.store.profiles import is_named
from quotecraft.store.words import BARRIER, fold_words

__all__ = ["Added", "delete_documents", "write_batch"]


@frozen
class Added:
    """What became of the documents that were given to a store.

    Attributes:
        added: New ones.
        unchanged: Those that were there already, equal in every respect.
        replaced: Those whose id was there with another text, metadata or other quotations.
        same_text: Of the new ones, those whose very text was there already under another id.
        skipped: Those left out because of ``same_text="skip"``.
    """

    added: int = 0
    unchanged: int = 0
    replaced: int = 0
    same_text: int = 0
    skipped: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            self.added + other.added,
            self.unchanged + other.unchanged,
            self.replaced + other.replaced,
            self.same_text + other.same_text,
            self.skipped + other.skipped,
        )

    def __str__(self) -> str:
        """Return the counts as a line for people."""
        told = f"{self.added} added, {self.unchanged} unchanged, {self.replaced} replaced"
        if self.same_text:
            told += f"; {self.same_text} of them have a text that was there under another id"
        if self.skipped:
            told += f"; {self.skipped} left out, their text being there under another id"
        return told

    @property
    def total(self) -> int:
        """All documents that were given."""
        return self.added + self.unchanged + self.replaced + self.skipped


def write_batch(
    connection: sqlite3.Connection, batch: Iterable[Packed], *, skip_same_text: bool
) -> Added:
    """Write documents; of two with one id the later stays.

    Args:
        connection: Inside a transaction.
        batch: The documents.
        skip_same_text: Leave out new documents whose text is there under another id.
    """
    total = Added()
    for packed in batch:
        total += _write(connection, packed, skip_same_text)
    return total


def _write(connection: sqlite3.Connection, packed: Packed, skip_same_text: bool) -> Added:
    found = connection.execute(
        "SELECT key, hash FROM documents WHERE id = ?", (sql_id(packed.document.id),)
    ).fetchone()
    if found is not None:
        key, digest = found
        if digest == packed.hash:
            return Added(unchanged=1)
        _clear(connection, key)
        _insert(connection, packed, key)
        return Added(replaced=1)
    twin = connection.execute(
        "SELECT 1 FROM documents WHERE text_hash = ? LIMIT 1", (packed.text_hash,)
    ).fetchone()
    if twin is not None and skip_same_text:
        return Added(skipped=1)
    _insert(connection, packed, None)
    return Added(added=1, same_text=int(twin is not None))


def delete_documents(connection: sqlite3.Connection, ids: Iterable[str]) -> int:
    """Delete documents by id and return how many were there.

    Args:
        connection: Inside a transaction.
        ids: Their ids; those that are not there are passed over.
    """
    count = 0
    for document_id in ids:
        found = connection.execute(
            "SELECT key FROM documents WHERE id = ?", (sql_id(document_id),)
        ).fetchone()
        if found is not None:
            _clear(connection, found[0])
            count += 1
    return count


def _clear(connection: sqlite3.Connection, key: int) -> None:
    for table in ("quote", "speaker"):
        connection.execute(
            f"DELETE FROM {table}_words WHERE rowid IN "  # noqa: S608  (our own two names)
            f"(SELECT key FROM {table}s WHERE document = ?)",
            (key,),
        )
        connection.execute(
            f"DELETE FROM {table}s WHERE document = ?",  # noqa: S608
            (key,),
        )
    connection.execute("DELETE FROM documents WHERE key = ?", (key,))


def _insert(connection: sqlite3.Connection, packed: Packed, key: int | None) -> None:
    """Insert a document with its index rows; a replaced one keeps its key and so its place."""
    document = packed.document
    days = span_of_days(document.metadata.get("date")) or (None, None)
    cursor = connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            sql_id(document.id),
            packed.record,
            packed.hash,
            packed.text_hash,
            _text(document.metadata.get("outlet")),
            *days,
            _text(document.model),
        ),
    )
    key = cursor.lastrowid
    speakers = {one.id: _insert_speaker(connection, key, one) for one in document.speakers}
    for position, quote in enumerate(document.quotes):
        speaker = None if quote.speaker is None else speakers[quote.speaker]
        _insert_quote(connection, key, position, quote, speaker)


def _text(value: object) -> str | None:
    return None if value is None else clean(str(value))


def _insert_speaker(connection: sqlite3.Connection, document: int | None, speaker: Speaker) -> int:
    profile = encode(
        {
            "name": speaker.name,
            "kind": speaker.kind.value,
            "aliases": list(speaker.aliases),
            "roles": list(speaker.roles),
            "pronouns": list(speaker.pronouns),
            "named": is_named(speaker),
        }
    )
    cursor = connection.execute(
        "INSERT INTO speakers VALUES (NULL, ?, ?, ?)", (document, sql_id(speaker.id), profile)
    )
    names = f" {BARRIER} ".join(" ".join(fold_words(n)) for n in (speaker.name, *speaker.aliases))
    connection.execute(
        "INSERT INTO speaker_words (rowid, words) VALUES (?, ?)", (cursor.lastrowid, names)
    )
    assert cursor.lastrowid is not None  # an INSERT has one
    return cursor.lastrowid


def _insert_quote(
    connection: sqlite3.Connection,
    document: int | None,
    position: int,
    quote: Quote,
    speaker: int | None,
) -> None:
    cursor = connection.execute(
        "INSERT INTO quotes VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document,
            position,
            sql_id(quote.id),
            quote.kind.value,
            quote.level.value,
            quote.stance.value,
            None if quote.cue_lemma is None else clean(quote.cue_lemma).casefold(),
            speaker,
            quote.confidence.content,
            quote.confidence.speaker,
        ),
    )
    connection.execute(
        "INSERT INTO quote_words (rowid, words) VALUES (?, ?)",
        (cursor.lastrowid, " ".join(fold_words(quote.text))),
    )
