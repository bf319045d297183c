"""Running a query: rows to hits."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from quotecraft.errors import InputError
from quotecraft.formats._record import from_record
from quotecraft.model import Document
from quotecraft.store.codec import from_sql_id, unpack_record
from quotecraft.store.hits import Hit
from quotecraft.store.query import Order, Query
from quotecraft.store.words import Phrase, find_phrases

__all__ = ["count_hits", "find_hits"]

_MOST = 2**63 - 1  # SQLite's largest integer


def count_hits(connection: sqlite3.Connection, query: Query) -> int:
    """Return how many quotations a query finds."""
    body, parameters = query.sql(connection)
    number: int = connection.execute(f"SELECT count(*) {body}", parameters).fetchone()[0]
    return number


def find_hits(
    connection: sqlite3.Connection,
    query: Query,
    *,
    order: Order | str | None,
    limit: int | None,
    offset: int,
) -> tuple[Hit, ...]:
    """Return the quotations that a query finds.

    Raises:
        InputError: If the order, limit or offset can't be.
    """
    for name, value in (("limit", limit), ("offset", offset)):
        if value is not None and not 0 <= value <= _MOST:
            raise InputError(f"{name} is {value}; give a number from 0")
    body, parameters = query.sql(connection)
    rank = "bm25(quote_words)" if query.phrases else "NULL"
    rows = connection.execute(
        f"SELECT documents.key, quotes.id, {rank} AS score {body} {query.order(order)} "
        "LIMIT ? OFFSET ?",
        [*parameters, -1 if limit is None else limit, offset],
    ).fetchall()
    records: dict[int, Mapping[str, Any]] = {}
    hits = []
    for key, quote_id, score in rows:
        if key not in records:
            records[key] = _record(connection, key)
        document = _document_with(records[key], from_sql_id(quote_id))
        hits.append(_hit(document, from_sql_id(quote_id), query.phrases, score))
    return tuple(hits)


def _record(connection: sqlite3.Connection, key: int) -> Mapping[str, Any]:
    (data,) = connection.execute("SELECT record FROM documents WHERE key = ?", (key,)).fetchone()
    return unpack_record(data)


def _document_with(record: Mapping[str, Any], quote_id: str) -> Document:
    """Return a document cut down to one quotation and what it names, which is quicker to make."""
    quotes = {quote["id"]: quote for quote in record["quotes"]}
    kept: set[str] = set()
    parent: str | None = quote_id
    while parent is not None:
        kept.add(parent)
        parent = quotes[parent].get("parent")
    members = {speaker["id"]: speaker.get("members", ()) for speaker in record["speakers"]}
    named: set[str] = set()
    found = [quotes[one].get(role) for one in kept for role in ("speaker", "addressee")]
    while found:
        one = found.pop()
        if one is not None and one not in named:
            named.add(one)
            found.extend(members[one])
    return from_record(
        {
            **record,
            "quotes": [quote for quote in record["quotes"] if quote["id"] in kept],
            "speakers": [speaker for speaker in record["speakers"] if speaker["id"] in named],
        }
    )


def _hit(
    document: Document, quote_id: str, phrases: tuple[Phrase, ...], score: float | None
) -> Hit:
    quote = document.quote(quote_id)
    return Hit(
        document.id,
        document.metadata,
        quote,
        document.speaker(quote),
        find_phrases(quote.text, phrases),
        None if score is None else -score,
    )
