"""Grouping columns: what ``by=`` can name, and how a quotation gets its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from typing import TypeAlias, get_args

from attrs import frozen

from quotecraft.analysis.collection import Collection, Utterance
from quotecraft.analysis.dates import Every, period_name, period_start
from quotecraft.analysis.gender_signs import gender_of
from quotecraft.analysis.voice import Voice
from quotecraft.errors import InputError

__all__ = [
    "COLUMNS",
    "NO_VALUE",
    "UNATTRIBUTED",
    "By",
    "Column",
    "Value",
    "column",
    "role_groups",
    "role_head",
]

UNATTRIBUTED = "(unattributed)"
"""Value of quotations whose speaker is not known, where the column is about speakers."""

NO_VALUE = "(no value)"
"""Value where the column has nothing: a speaker without a role, an article without an outlet."""

By: TypeAlias = str | Callable[[Utterance], str | None]
"""A column's name, or a function that gives a quotation's value."""


@frozen
class Value:
    """A quotation's value in a column.

    Attributes:
        key: What tells it from other values; differs from the label where two people have one name.
        label: What to show.
        known: Whether the column has a value.
    """

    key: str
    label: str
    known: bool


_NOBODY = Value("", UNATTRIBUTED, False)
_NOTHING = Value("", NO_VALUE, False)

Column: TypeAlias = Callable[[Utterance], Value]


def _of_voice(read: Callable[[Voice], str | None]) -> Column:
    def value(utterance: Utterance) -> Value:
        return _NOBODY if utterance.voice is None else _value(read(utterance.voice))

    return value


def _of_quote(read: Callable[[Utterance], str | None]) -> Column:
    return lambda utterance: _value(read(utterance))


def _value(text: str | None) -> Value:
    return Value(text, text, True) if text else _NOTHING


def _speaker(utterance: Utterance) -> Value:
    voice = utterance.voice
    return _NOBODY if voice is None else Value(voice.key, voice.name, True)


_HEAD_ENDS = re.compile(r",|\s+(?:of|for|in|at|to|from|on|with|who|and)\s+|\s+[-–—]\s+")


def role_head(role: str) -> str:
    """Return the main noun of a role, lower-case: "Foreign minister" and "minister of health".

    The last word before a preposition, comma, relative pronoun or "and"; a rule of thumb.
    """
    words = _HEAD_ENDS.split(role, maxsplit=1)[0].split()
    return words[-1].lower() if words else ""


def _role(voice: Voice) -> str | None:
    return role_head(voice.roles[0]) if voice.roles else None


COLUMNS: Mapping[str, Column] = {
    "speaker": _speaker,
    "speaker_kind": _of_voice(lambda voice: voice.kind.value),
    "source_type": _of_voice(lambda voice: voice.source_type.value),
    "role": _of_voice(_role),
    "gender": _of_voice(gender_of),
    "quote_kind": _of_quote(lambda utterance: utterance.kind.value),
    "level": _of_quote(lambda utterance: utterance.level.value),
    "stance": _of_quote(lambda utterance: utterance.stance.value),
    "cue": _of_quote(lambda utterance: utterance.cue),
}
"""Columns that every collection has, beside ``authority:NAME``, ``metadata:NAME``,
``period:month`` and the bare names of those."""


def column(by: By, collection: Collection) -> Column:
    """Return the column of a collection that ``by`` names.

    Args:
        by: A name in ``COLUMNS``; ``authority:NAME``, ``metadata:NAME`` or ``NAME`` alone, which
            looks among the authority's columns first; ``period:`` with week, month, quarter or
            year; or a function of an ``Utterance``.
        collection: The collection.

    Raises:
        InputError: If there is no such column.
    """
    if not isinstance(by, str):
        return _custom(by)
    if by in COLUMNS:
        return COLUMNS[by]
    authority = {name for voice in collection.voices.values() for name in voice.authority}
    metadata = {name for article in collection.articles for name in article.metadata}
    where, _, name = by.partition(":")
    if where == "period" and name in get_args(Every):
        return _period(name)  # type: ignore[arg-type]
    if where == "authority" and name in authority:
        return _authority(name)
    if where == "metadata" and name in metadata:
        return _metadata(name)
    if by in authority:
        return _authority(by)
    if by in metadata:
        return _metadata(by)
    known = [*COLUMNS, *sorted(authority), *sorted(metadata - authority), "period:month"]
    raise InputError(f"no column {by!r} to group by; there are {', '.join(known)}")


def _custom(read: Callable[[Utterance], str | None]) -> Column:
    def value(utterance: Utterance) -> Value:
        text = read(utterance)
        if not text and utterance.voice is None:
            return _NOBODY
        return _value(text)

    return value


def _authority(name: str) -> Column:
    return _of_voice(lambda voice: voice.authority.get(name, "").strip())


def _metadata(name: str) -> Column:
    def read(utterance: Utterance) -> str | None:
        value = utterance.article.metadata.get(name)
        if isinstance(value, list | tuple):
            return ", ".join(map(str, value))
        return None if value is None else str(value).strip()

    return _of_quote(read)


def _period(every: Every) -> Column:
    def read(utterance: Utterance) -> str | None:
        day = utterance.article.date
        return None if day is None else period_name(period_start(day, every), every)

    return _of_quote(read)


def role_groups(groups: Mapping[str, Iterable[str]]) -> Callable[[Utterance], str | None]:
    """Return a column that sorts speakers by their roles into groups of your own.

    >>> officials = role_groups({"official": ["minister", "spokes*", "mayor"]})

    Args:
        groups: Group to the words that tell it, case-insensitive, ``*`` for any letters. Every word
            of every role is looked at, and the first group with a match wins.
    """
    patterns = [(name, [word.lower() for word in words]) for name, words in groups.items()]

    def read(utterance: Utterance) -> str | None:
        roles = utterance.voice.roles if utterance.voice else ()
        found = [word.strip(".,;:()'’").lower() for role in roles for word in role.split()]
        for name, wanted in patterns:
            if any(fnmatchcase(word, pattern) for word in found for pattern in wanted):
                return name
        return None

    return read
