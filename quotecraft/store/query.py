"""What is asked of a store, as SQL in which everything the user gave is a parameter."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TypedDict

from attrs import Attribute, field, frozen

from quotecraft.errors import InputError
from quotecraft.formats._table import clean
from quotecraft.model import Level, QuoteKind, Stance
from quotecraft.store.codec import sql_id
from quotecraft.store.days import Day, first_day, last_day
from quotecraft.store.people import Person
from quotecraft.store.words import Phrase, fold_words, match_expression, parse_query

__all__ = ["Conditions", "Order", "Query", "document_conditions", "one_or_several"]


class Order(StrEnum):
    """In which order hits come: best first, newest or oldest document first, or as stored."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    STORED = "stored"


_ORDERS = {
    Order.RELEVANCE: "score, documents.key, position",
    Order.NEWEST: "first_day IS NULL, first_day DESC, documents.key, position",
    Order.OLDEST: "first_day IS NULL, first_day, documents.key, position",
    Order.STORED: "documents.key, position",
}


def one_or_several(value: str | Iterable[str] | None) -> tuple[str, ...] | None:
    """Return the values of an option that takes one or several; ``None`` if it was not given."""
    if value is None:
        return None
    return (value,) if isinstance(value, str) else tuple(value)


class Conditions(TypedDict, total=False):
    """Conditions on quotations, as ``Store.search`` takes them."""

    speaker: str | Person | None
    kind: str | Iterable[str] | None
    level: str | Iterable[str] | None
    stance: str | Iterable[str] | None
    cue: str | Iterable[str] | None
    outlet: str | Iterable[str] | None
    since: Day | None
    until: Day | None
    min_confidence: float
    min_speaker_confidence: float


def _probability(_: object, attribute: Attribute[float], value: float) -> None:
    if not 0.0 <= value <= 1.0:
        raise InputError(f"{attribute.name} is {value}; give a probability from 0 to 1")


@frozen(kw_only=True)
class Query:
    """What a search asks for; see ``Store.search``."""

    phrases: tuple[Phrase, ...] = ()
    speaker: str | Person | None = None
    kinds: tuple[str, ...] | None = None
    levels: tuple[str, ...] | None = None
    stances: tuple[str, ...] | None = None
    cues: tuple[str, ...] | None = None
    outlets: tuple[str, ...] | None = None
    since: Day | None = None
    until: Day | None = None
    min_confidence: float = field(default=0.0, validator=_probability)
    min_speaker_confidence: float = field(default=0.0, validator=_probability)

    @classmethod
    def of(cls, text: str | None, conditions: Conditions) -> Query:
        """Return the query that a text and conditions ask for.

        Raises:
            InputError: If a value can't be.
        """
        cues = one_or_several(conditions.get("cue"))
        return cls(
            phrases=parse_query(text) if text is not None else (),
            speaker=conditions.get("speaker"),
            kinds=_members(QuoteKind, one_or_several(conditions.get("kind"))),
            levels=_members(Level, one_or_several(conditions.get("level"))),
            stances=_members(Stance, one_or_several(conditions.get("stance"))),
            cues=None if cues is None else tuple(clean(lemma).casefold() for lemma in cues),
            outlets=one_or_several(conditions.get("outlet")),
            since=conditions.get("since"),
            until=conditions.get("until"),
            min_confidence=conditions.get("min_confidence", 0.0),
            min_speaker_confidence=conditions.get("min_speaker_confidence", 0.0),
        )

    def sql(self, connection: sqlite3.Connection) -> tuple[str, list[object]]:
        """Return ``FROM … WHERE …`` and its parameters."""
        tables = "quotes JOIN documents ON documents.key = quotes.document"
        where, parameters = document_conditions(self.outlets, self.since, self.until)
        if self.phrases:
            tables = f"quote_words JOIN {tables} AND quotes.key = quote_words.rowid"
            where.append("quote_words MATCH ?")
            parameters.append(match_expression(self.phrases))
        for column, values in (
            ("kind", self.kinds),
            ("level", self.levels),
            ("stance", self.stances),
            ("cue", self.cues),
        ):
            _among(column, values, where, parameters)
        for column, least in (
            ("content_confidence", self.min_confidence),
            ("speaker_confidence", self.min_speaker_confidence),
        ):
            if least > 0:
                where.append(f"{column} >= ?")
                parameters.append(least)
        self._by_speaker(connection, where, parameters)
        return f"FROM {tables} WHERE {' AND '.join(where) or '1'}", parameters

    def _by_speaker(
        self, connection: sqlite3.Connection, where: list[str], parameters: list[object]
    ) -> None:
        if isinstance(self.speaker, Person):
            where.append("speaker IN (SELECT value FROM json_each(?))")
            parameters.append(json.dumps(_speaker_keys(connection, self.speaker)))
        elif self.speaker is not None:
            where.append("speaker IN (SELECT rowid FROM speaker_words WHERE speaker_words MATCH ?)")
            parameters.append(match_expression((_name(self.speaker),)))

    def order(self, order: Order | str | None) -> str:
        """Return ``ORDER BY …``; by default best first if words were searched, else as stored.

        Raises:
            InputError: If there is no such order, or it asks for relevance without words.
        """
        if order is None:
            order = Order.RELEVANCE if self.phrases else Order.STORED
        (name,) = _members(Order, (order,)) or ()
        if name == Order.RELEVANCE and not self.phrases:
            raise InputError("order is 'relevance', but no words are searched; name another order")
        return f"ORDER BY {_ORDERS[Order(name)]}"


def document_conditions(
    outlets: Sequence[str] | None, since: Day | None, until: Day | None
) -> tuple[list[str], list[object]]:
    """Return conditions on documents and their parameters.

    A document without a date lies in no period; one of a whole month or year must lie inside.
    """
    where: list[str] = []
    parameters: list[object] = []
    _among("outlet", None if outlets is None else tuple(map(clean, outlets)), where, parameters)
    if since is not None:
        where.append("first_day >= ?")
        parameters.append(first_day(since))
    if until is not None:
        where.append("last_day <= ?")
        parameters.append(last_day(until))
    return where, parameters


def _among(
    column: str, values: Sequence[str] | None, where: list[str], parameters: list[object]
) -> None:
    if values is not None:
        where.append(f"{column} IN ({', '.join('?' * len(values))})")
        parameters.extend(values)


def _members(cls: type[StrEnum], values: Sequence[str] | None) -> tuple[str, ...] | None:
    if values is None:
        return None
    for value in values:
        if value not in cls._value2member_map_:
            known = ", ".join(member.value for member in cls)
            raise InputError(f"{value!r} is none of {known}; name one of these")
    return tuple(str(cls(value).value) for value in values)


def _name(speaker: str) -> Phrase:
    words = tuple(fold_words(speaker))
    if not words:
        raise InputError(f"the speaker {speaker[:40]!r} holds no word; give a name")
    return words


def _speaker_keys(connection: sqlite3.Connection, person: Person) -> list[int]:
    keys: list[int] = []
    for member in person.members:
        found = connection.execute(
            "SELECT speakers.key FROM speakers JOIN documents ON documents.key = document "
            "WHERE documents.id = ? AND speakers.id = ?",
            (sql_id(member.document), sql_id(member.speaker)),
        )
        keys.extend(key for (key,) in found)
    return keys
