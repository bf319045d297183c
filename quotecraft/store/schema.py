"""The tables of a store, and how older ones become newer ones.

``documents.record`` is the source of truth: the interchange record with the text, compressed. All
else is an index over it. Ids are stored as text, or as UTF-8 bytes when they hold lone surrogates,
which SQLite's text has no place for (see ``codec.sql_id``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from quotecraft.errors import StoreError

__all__ = ["APPLICATION_ID", "MIGRATIONS", "migrate", "schema_version"]

APPLICATION_ID = 0x51756F74  # "Quot" in the file's header, by which a store is told

_FIRST = (
    """CREATE TABLE documents (
        key INTEGER PRIMARY KEY,
        id NOT NULL UNIQUE,
        record BLOB NOT NULL,
        hash BLOB NOT NULL,
        text_hash BLOB NOT NULL,
        outlet TEXT,
        first_day TEXT,
        last_day TEXT,
        model TEXT
    )""",
    "CREATE INDEX documents_text ON documents (text_hash)",
    "CREATE INDEX documents_outlet ON documents (outlet)",
    "CREATE INDEX documents_day ON documents (first_day)",
    """CREATE TABLE speakers (
        key INTEGER PRIMARY KEY,
        document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        id NOT NULL,
        profile BLOB NOT NULL,
        UNIQUE (document, id)
    )""",
    """CREATE TABLE quotes (
        key INTEGER PRIMARY KEY,
        document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
        position INTEGER NOT NULL,
        id NOT NULL,
        kind TEXT NOT NULL,
        level TEXT NOT NULL,
        stance TEXT NOT NULL,
        cue TEXT,
        speaker INTEGER REFERENCES speakers ON DELETE CASCADE,
        content_confidence REAL NOT NULL,
        speaker_confidence REAL NOT NULL,
        UNIQUE (document, position)
    )""",
    "CREATE INDEX quotes_speaker ON quotes (speaker)",
    "CREATE INDEX quotes_cue ON quotes (cue)",
    # Words are folded by us, one blank between them, so that every character that is neither ASCII
    # nor a letter there still belongs to its word: see ``words.py``.
    "CREATE VIRTUAL TABLE quote_words USING fts5(words, tokenize = 'ascii')",
    "CREATE VIRTUAL TABLE speaker_words USING fts5(words, tokenize = 'ascii')",
    "CREATE TABLE settings (name TEXT PRIMARY KEY, value) WITHOUT ROWID",
    "INSERT INTO settings VALUES ('changes', 0)",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST,)
"""Statements that lead from version N to N + 1, at index N; version 0 is an empty file."""


def schema_version(connection: sqlite3.Connection) -> int:
    """Return the version of a store's tables; 0 for an empty file."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version


def migrate(
    connection: sqlite3.Connection, path: str, migrations: Sequence[Sequence[str]] = MIGRATIONS
) -> None:
    """Bring a store's tables to the newest version, in one transaction.

    Args:
        connection: In autocommit mode.
        path: The store, for messages.
        migrations: The steps; those that are done already are passed over.

    Raises:
        StoreError: If a newer quotecraft made the store, or the file is something else.
    """
    _check(connection, path, len(migrations))
    if schema_version(connection) == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        _check(connection, path, len(migrations))  # another process may have been quicker
        for number in range(schema_version(connection), len(migrations)):
            for statement in migrations[number]:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _check(connection: sqlite3.Connection, path: str, newest: int) -> None:
    version = schema_version(connection)
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION_ID and (tables or version or application):
        raise StoreError(f"{path}: an SQLite database, but no quotecraft store: give another path")
    if version > newest:
        raise StoreError(
            f"{path}: written by a newer quotecraft (store version {version}; this one knows up to "
            f"{newest}): pip install --upgrade quotecraft"
        )
