"""What a store keeps beside documents: its count of changes and the authority file."""

from __future__ import annotations

import sqlite3

from quotecraft.formats._json import decode, encode
from quotecraft.store.authority import Authority

__all__ = ["change_count", "keep_authority", "kept_authority"]

_AUTHORITY = "authority"


def change_count(connection: sqlite3.Connection) -> int:
    """Return how many transactions have changed the store."""
    found = connection.execute("SELECT value FROM settings WHERE name = 'changes'").fetchone()
    number: int = found[0]
    return number


def kept_authority(connection: sqlite3.Connection) -> Authority | None:
    """Return the authority file that a store keeps."""
    row = connection.execute("SELECT value FROM settings WHERE name = ?", (_AUTHORITY,)).fetchone()
    return None if row is None else Authority.from_dict(decode(row[0]))


def keep_authority(connection: sqlite3.Connection, authority: Authority | None) -> None:
    """Keep an authority file in place of the one before; ``None`` for none.

    Args:
        connection: Inside a transaction.
        authority: Its rows.
    """
    connection.execute("DELETE FROM settings WHERE name = ?", (_AUTHORITY,))
    if authority is not None:
        value = encode(authority.to_dict())
        connection.execute("INSERT INTO settings VALUES (?, ?)", (_AUTHORITY, value))
