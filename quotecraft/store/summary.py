"""What a store holds, in figures."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import asdict, field, frozen

from quotecraft.model.fields import amount
from quotecraft.store.schema import schema_version
from quotecraft.store.settings import kept_authority

__all__ = ["StoreInfo", "summarise"]


@frozen
class StoreInfo:
    """What a store holds.

    Attributes:
        path: The store's file.
        documents: Number of documents.
        quotes: Number of quotations.
        speakers: Number of speakers, each document's counted for itself.
        models: Documents by the model that annotated them; the key is empty when it is not known.
        outlets: Documents by outlet; the key is empty when it is not known.
        first_day: First day of a document, as ISO 8601 text; ``None`` when no date is known.
        last_day: Last day of a document.
        undated: Documents without a date, or with one that is not ISO 8601.
        same_text: Documents whose text another document has too.
        authority: Rows of the authority file that the store keeps.
        size: Bytes on disk.
        schema_version: Version of the store's tables.
    """

    path: str
    documents: int
    quotes: int
    speakers: int
    models: Mapping[str, int] = field(hash=False)
    outlets: Mapping[str, int] = field(hash=False)
    first_day: str | None
    last_day: str | None
    undated: int
    same_text: int
    authority: int
    size: int
    schema_version: int

    def to_dict(self) -> dict[str, Any]:
        """Return the figures by name, as plain values."""
        return asdict(self)

    def __str__(self) -> str:
        """Return the figures as lines for people."""
        days = f"{self.first_day} to {self.last_day}, " if self.first_day else ""
        lines = [
            ("store", f"{self.path}, version {self.schema_version}, {self.size / 1e6:.1f} MB"),
            ("documents", f"{self.documents} ({self.same_text} share their text with another)"),
            ("quotations", str(self.quotes)),
            ("speakers", f"{self.speakers}, each document's for itself"),
            ("days", f"{days}{amount(self.undated, 'document')} without a date"),
            ("authority", amount(self.authority, "row")),
        ]
        for title, counts in (("models", self.models), ("outlets", self.outlets)):
            shown = [f"{name or '(unknown)'} {count}" for name, count in counts.items()]
            lines.append((title, ", ".join(shown) or "none"))
        return "\n".join(f"{title:<12}{value}" for title, value in lines)


def summarise(connection: sqlite3.Connection, path: Path) -> StoreInfo:
    """Return what a store holds.

    Args:
        connection: To the store.
        path: Its file.
    """
    authority = kept_authority(connection)

    def one(query: str) -> Any:  # noqa: ANN401  (a cell of any type)
        return connection.execute(query).fetchone()[0]

    files = [path, path.with_name(path.name + "-wal")]
    return StoreInfo(
        path=str(path),
        documents=one("SELECT count(*) FROM documents"),
        quotes=one("SELECT count(*) FROM quotes"),
        speakers=one("SELECT count(*) FROM speakers"),
        models=_by(connection, "model"),
        outlets=_by(connection, "outlet"),
        first_day=one("SELECT min(first_day) FROM documents"),
        last_day=one("SELECT max(last_day) FROM documents"),
        undated=one("SELECT count(*) FROM documents WHERE first_day IS NULL"),
        same_text=one(
            "SELECT ifnull(sum(n), 0) FROM (SELECT count(*) AS n FROM documents "
            "GROUP BY text_hash HAVING n > 1)"
        ),
        authority=len(authority.rows) if authority else 0,
        size=sum(file.stat().st_size for file in files if file.exists()),
        schema_version=schema_version(connection),
    )


def _by(connection: sqlite3.Connection, column: str) -> dict[str, int]:
    rows = connection.execute(
        f"SELECT ifnull({column}, ''), count(*) AS n FROM documents "  # noqa: S608  (our own names)
        "GROUP BY 1 ORDER BY n DESC, 1"
    )
    return dict(rows.fetchall())
