"""The closed lists of values that the data model uses."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from quotecraft.errors import InvalidModelError

__all__ = ["Level", "MentionKind", "QuoteKind", "SpeakerKind", "Stance"]


class QuoteKind(StrEnum):
    """How much of a quotation's content stands inside quotation marks.

    ``DIRECT``: all of it, or it is a block quotation; ``INDIRECT``: none; ``MIXED``: some.
    """

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Level(StrEnum):
    """``SPEECH``: said, written or posted; ``THOUGHT``: believed, hoped, planned."""

    SPEECH = "speech"
    THOUGHT = "thought"


class Stance(StrEnum):
    """What the cue tells of the speaker's commitment to the content.

    ``NEUTRAL`` ("said"), ``ASSERTIVE`` ("insisted"), ``DOUBTING`` ("claimed"), ``DENYING``
    ("denied"), ``PROMISING`` ("pledged"), ``URGING`` ("called for"), ``ACCUSING`` ("blamed"),
    ``ASKING`` ("asked"); ``NEGATED`` when the text says that it was not said ("did not say") and
    ``HYPOTHETICAL`` when it might be ("would say").
    """

    NEUTRAL = "neutral"
    ASSERTIVE = "assertive"
    DOUBTING = "doubting"
    DENYING = "denying"
    PROMISING = "promising"
    URGING = "urging"
    ACCUSING = "accusing"
    ASKING = "asking"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"


class SpeakerKind(StrEnum):
    """What sort of being or thing a speaker is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    DOCUMENT = "document"
    UNKNOWN = "unknown"


class MentionKind(StrEnum):
    """How a mention refers: by name, by pronoun or by a description ("the minister")."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"


Member = TypeVar("Member", bound=StrEnum)


def _member(values: type[Member], value: str) -> Member:
    try:
        return values(value)
    except ValueError:
        known = ", ".join(values)
        raise InvalidModelError(f"{value!r} is no {values.__name__}; name one of {known}") from None


# attrs takes a converter's type from its signature, so each list has a converter of its own.
def to_quote_kind(value: str) -> QuoteKind:
    """Return the kind of quotation that a string names."""
    return _member(QuoteKind, value)


def to_level(value: str) -> Level:
    """Return the level that a string names."""
    return _member(Level, value)


def to_stance(value: str) -> Stance:
    """Return the stance that a string names."""
    return _member(Stance, value)


def to_speaker_kind(value: str) -> SpeakerKind:
    """Return the kind of speaker that a string names."""
    return _member(SpeakerKind, value)


def to_mention_kind(value: str) -> MentionKind:
    """Return the kind of mention that a string names."""
    return _member(MentionKind, value)
