"""The closed lists of values that the data model uses."""

from __future__ import annotations

from enum import StrEnum

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
