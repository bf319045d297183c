"""What linking knows of each speaker of each document."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from attrs import frozen

from quotecraft.formats._json import decode
from quotecraft.formats._table import clean
from quotecraft.model import Document, MentionKind, Speaker, SpeakerKind
from quotecraft.store.codec import from_sql_id
from quotecraft.store.days import span_of_days

__all__ = ["Profile", "document_profiles", "is_named", "stored_profiles"]


@frozen
class Profile:
    """A speaker of one document, as far as linking needs to know.

    Attributes:
        document: The document's id.
        speaker: The speaker's id in it.
        name: Its fullest name there.
        kind: What it is.
        aliases: Its other names there.
        roles: What the text says it is.
        pronouns: Those the text uses.
        named: Whether the text mentions it by name.
        outlet: The document's outlet.
        day: The document's first day, ISO 8601.
    """

    document: str
    speaker: str
    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    named: bool = True
    outlet: str | None = None
    day: str | None = None


def is_named(speaker: Speaker) -> bool:
    """Say whether a text mentions a speaker by name.

    Where mentions are not known (read from a table), a name that begins with a capital, title and
    all, is taken for one.
    """
    if speaker.mentions:
        return any(mention.kind is MentionKind.NAME for mention in speaker.mentions)
    return speaker.name[:1].isupper()


def document_profiles(documents: Iterable[Document]) -> Iterator[Profile]:
    """Yield the profile of every speaker of every document, in order."""
    for document in documents:
        days = span_of_days(document.metadata.get("date"))
        outlet = document.metadata.get("outlet")
        for speaker in document.speakers:
            yield Profile(
                document.id,
                speaker.id,
                speaker.name,
                speaker.kind,
                speaker.aliases,
                speaker.roles,
                speaker.pronouns,
                is_named(speaker),
                None if outlet is None else clean(str(outlet)),
                days[0] if days else None,
            )


def stored_profiles(connection: sqlite3.Connection) -> list[Profile]:
    """Return the profile of every speaker in a store, as ``document_profiles`` would give it."""
    rows = connection.execute(
        "SELECT documents.id, speakers.id, profile, outlet, first_day FROM speakers "
        "JOIN documents ON documents.key = document ORDER BY documents.key, speakers.key"
    )
    return [_profile(*row) for row in rows]


def _profile(
    document: str | bytes, speaker: str | bytes, data: bytes, outlet: str | None, day: str | None
) -> Profile:
    told = decode(data)
    return Profile(
        from_sql_id(document),
        from_sql_id(speaker),
        told["name"],
        SpeakerKind(told["kind"]),
        tuple(told["aliases"]),
        tuple(told["roles"]),
        tuple(told["pronouns"]),
        told["named"],
        outlet,
        day,
    )
