"""Who is who across documents, as far as counting needs to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from attrs import define, field, frozen

from quotecraft.errors import InputError
from quotecraft.model import MentionKind, Speaker, SpeakerKind
from quotecraft.speakers.lexicon import folded, lexicon

__all__ = ["Members", "PersonLike", "SourceType", "Voice"]


class SourceType(StrEnum):
    """What sort of source speaks.

    ``NAMED``: a person by name; ``UNNAMED``: one who is only described ("a senior official");
    ``INSTITUTION``: an organisation; ``GROUP``: several people ("residents", "officials"), who are
    unnamed sources too when anonymity is the question; ``DOCUMENT``: a report, a letter.
    """

    NAMED = "named"
    UNNAMED = "unnamed"
    INSTITUTION = "institution"
    GROUP = "group"
    DOCUMENT = "document"


_TYPES = {
    SpeakerKind.ORGANIZATION: SourceType.INSTITUTION,
    SpeakerKind.GROUP: SourceType.GROUP,
    SpeakerKind.DOCUMENT: SourceType.DOCUMENT,
}


class PersonLike(Protocol):
    """What is asked of a person across documents; ``quotecraft.store.Person`` is one."""

    @property
    def key(self) -> str:
        """Unique among the persons."""

    @property
    def name(self) -> str:
        """The name to show."""

    @property
    def kind(self) -> SpeakerKind:
        """Person, organisation …."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names."""

    @property
    def roles(self) -> tuple[str, ...]:
        """What texts say they are, most frequent first."""

    @property
    def pronouns(self) -> tuple[str, ...]:
        """Pronouns that texts use for them, lower-case."""

    @property
    def authority(self) -> Mapping[str, str] | None:
        """The columns of their row in an authority file, if they have one."""


@frozen(eq=False)
class Voice:
    """One source across all documents.

    Attributes:
        key: Unique in the collection.
        name: The fullest name, or description.
        kind: Person, organization, group, document or unknown.
        named: Whether some text (or the authority file) gives a name.
        aliases: Other names.
        roles: What texts say they are, most frequent first.
        pronouns: Pronouns that texts use for them.
        authority: Columns of the authority file; empty without a row.
    """

    key: str
    name: str
    kind: SpeakerKind
    named: bool
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    authority: Mapping[str, str] = field(factory=dict)

    @property
    def source_type(self) -> SourceType:
        """What sort of source this is."""
        named = SourceType.NAMED if self.named else SourceType.UNNAMED
        return _TYPES.get(self.kind, named)


@define
class Members:
    """Gathers the speakers of many documents into voices.

    Args:
        people: Who is who; without it equal full names are one.
    """

    people: Mapping[tuple[str, str], PersonLike] | None
    found: dict[str, list[Speaker]] = field(factory=dict)
    persons: dict[str, PersonLike] = field(factory=dict)

    def add(self, document_id: str, speaker: Speaker) -> str:
        """Add one document's speaker and return the key of the voice.

        Raises:
            InputError: If ``people`` doesn't know the speaker.
        """
        if self.people is None:
            key = _key(document_id, speaker)
        else:
            try:
                person = self.people[document_id, speaker.id]
            except KeyError:
                raise InputError(
                    f"document {document_id!r}, speaker {speaker.id!r} is missing in people; link "
                    "the same documents that are analysed"
                ) from None
            key = person.key
            self.persons[key] = person
        self.found.setdefault(key, []).append(speaker)
        return key

    def voices(self) -> dict[str, Voice]:
        """Return everyone, by key."""
        return {key: self._voice(key, found) for key, found in sorted(self.found.items())}

    def _voice(self, key: str, found: Sequence[Speaker]) -> Voice:
        named = any(map(_named, found))
        person = self.persons.get(key)
        if person is None:
            names = [speaker.name for speaker in found]
            others = (alias for s in found for alias in (s.name, *s.aliases))
            (name,) = _frequent(names)[:1]
            return Voice(
                key,
                name,
                SpeakerKind(_frequent(speaker.kind for speaker in found)[0]),
                named,
                tuple(alias for alias in _frequent(others) if alias != name),
                _frequent(role for s in found for role in s.roles),
                _frequent(word for s in found for word in s.pronouns),
            )
        return Voice(
            key,
            person.name,
            person.kind,
            named or person.authority is not None,
            person.aliases,
            person.roles,
            person.pronouns,
            person.authority or {},
        )


def _frequent(values: Iterable[str]) -> tuple[str, ...]:
    """Return the different values, most frequent first, then the longer, then by alphabet."""
    counts = Counter(values)
    return tuple(sorted(counts, key=lambda value: (-counts[value], -len(value), value)))


def _named(speaker: Speaker) -> bool:
    """Say whether the text gives a name; without mentions a capital must tell."""
    if speaker.mentions:
        return any(mention.kind is MentionKind.NAME for mention in speaker.mentions)
    return speaker.name[:1].isupper()


def _key(document_id: str, speaker: Speaker) -> str:
    words = [folded(word).strip(".,") for word in speaker.name.split()]
    if _named(speaker):
        if speaker.kind is SpeakerKind.PERSON:
            while words and words[0] in lexicon().titles:
                words.pop(0)
            if len(words) > 1:
                return f"person/{' '.join(words)}"
        elif speaker.kind is SpeakerKind.ORGANIZATION:
            words = words[1:] if words[:1] == ["the"] else words
            if words:
                return f"organization/{' '.join(words)}"
    return f"{document_id}#{speaker.id}"
