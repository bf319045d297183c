"""Speakers and the places where the text mentions them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NewType

from attrs import field, frozen

from quotecraft.model.fields import extra, html, to_strings
from quotecraft.model.kinds import MentionKind, SpeakerKind, to_mention_kind, to_speaker_kind
from quotecraft.model.spans import Span

__all__ = ["Mention", "Speaker", "SpeakerId"]

SpeakerId = NewType("SpeakerId", str)


@frozen
class Mention:
    """One place where the text refers to a speaker.

    Attributes:
        span: The place.
        kind: By name, pronoun or description.
    """

    span: Span
    kind: MentionKind = field(converter=to_mention_kind)


def _mentions(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(mentions)


def _members(members: Iterable[SpeakerId | str]) -> tuple[SpeakerId, ...]:
    return tuple(map(SpeakerId, to_strings(members)))


@frozen
class Speaker:
    """Somebody or something that speaks, as one whole document shows them.

    Attributes:
        id: Unique in its document.
        name: The fullest name in the text; for the unnamed the fullest description.
        kind: Person, organization, group, document or unknown.
        aliases: Other names the text uses for them.
        roles: What the text says they are ("health minister").
        pronouns: Pronouns the text uses for them, lower-case; their places are among the mentions.
            The only ground on which gender may be told, never the name.
        mentions: Where the text refers to them, in text order.
        members: For several who speak as one ("Ruiz and Lee", "the two"), the ids of the speakers
            that they are, as far as the text tells; else empty.
        extra: Fields of an interchange record that this version doesn't know; kept for writing.
    """

    id: SpeakerId
    name: str
    kind: SpeakerKind = field(default=SpeakerKind.UNKNOWN, converter=to_speaker_kind)
    aliases: tuple[str, ...] = field(default=(), converter=to_strings)
    roles: tuple[str, ...] = field(default=(), converter=to_strings)
    pronouns: tuple[str, ...] = field(default=(), converter=to_strings)
    mentions: tuple[Mention, ...] = field(default=(), converter=_mentions)
    members: tuple[SpeakerId, ...] = field(default=(), converter=_members, kw_only=True)
    extra: Mapping[str, Any] = extra()

    def __str__(self) -> str:
        return self.name

    def _repr_html_(self) -> str | None:
        return html(self)
