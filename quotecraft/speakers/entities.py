"""Somebody or something that a document names or describes, while it is being built."""

from __future__ import annotations

from collections import Counter

from attrs import define, field

from quotecraft.model import Speaker
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.pronouns import GenderVotes

__all__ = ["Entity"]


@define(eq=False)
class Entity:
    """Somebody or something that the document names or describes, while it is being built.

    Attributes:
        kind: What sort of thing the names tell.
        votes: Signs of gender.
        names: How often each written form of the name occurs, titles left out.
        titled: How often each written form occurs with its title.
        roles: What the text says they are, in order of appearance.
        mentions: Places where the text names them, in order, as indexes of names.
        said: How many attributions name them as their source.
        first: Offset of the first mention.
        description: For the unnamed: the fullest description.
        known: Who they are, when a list of people tells.
    """

    kind: NameKind = NameKind.UNKNOWN
    votes: GenderVotes = field(factory=GenderVotes)
    names: Counter[str] = field(factory=Counter)
    titled: Counter[str] = field(factory=Counter)
    roles: dict[str, None] = field(factory=dict)
    mentions: list[int] = field(factory=list)
    said: int = 0
    first: int = 0
    description: str | None = None
    known: Speaker | None = None
