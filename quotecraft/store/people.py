"""People across documents: who is whom, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import asdict, field, frozen

from quotecraft.errors import InputError
from quotecraft.model import SpeakerKind
from quotecraft.store.words import fold_words

__all__ = ["Member", "People", "Person"]


@frozen
class Member:
    """A speaker of one document, as part of a person.

    Attributes:
        document: The document's id.
        speaker: The speaker's id in it.
        evidence: Short stable codes that explain why this one belongs to the person:
            ``name:ana ruiz`` (the name they share), then what supports it: ``role:minister`` (a
            word of their roles), ``outlet:…``, ``beside:…`` (somebody who speaks in both
            documents), or ``authority:…`` (the name in the authority file). ``named`` or
            ``unnamed`` alone: the first of the person.
    """

    document: str
    speaker: str
    evidence: tuple[str, ...] = ()


@frozen
class Person:
    """Somebody, or a body, as all documents together show them.

    Attributes:
        key: Names the person among all: the id in the authority file, or made of the name.
        name: The name in the authority file, or the fullest and then most frequent one.
        kind: Person, organization, group, document or unknown.
        aliases: Other names that texts use.
        roles: What texts say they are, most frequent first.
        pronouns: Pronouns that texts use for them, most frequent first: the only ground, beside an
            authority file, on which gender may be told.
        members: The speakers that were joined, in the documents' order.
        authority: Their row in the authority file by column, without ``aliases``; ``None`` without
            one.
    """

    key: str
    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    authority: Mapping[str, str] | None = field(default=None, hash=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the person as plain values."""
        return {**asdict(self, recurse=False), "members": [asdict(one) for one in self.members]}


class People(Mapping[tuple[str, str], Person]):
    """Everyone who speaks in a collection: a mapping from ``(document id, speaker id)``.

    Args:
        persons: The persons; each speaker of each document is a member of exactly one.
        unmatched: Rows of the authority file that name nobody here, as ``file:line: reason``.

    Attributes:
        persons: The persons by key.
        unmatched: As given.
    """

    def __init__(self, persons: Iterable[Person], unmatched: Iterable[str] = ()) -> None:
        self.persons: Mapping[str, Person] = {person.key: person for person in persons}
        self.unmatched = tuple(unmatched)
        self._of = {
            (member.document, member.speaker): person
            for person in self.persons.values()
            for member in person.members
        }

    def __getitem__(self, speaker: tuple[str, str]) -> Person:
        return self._of[speaker]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)

    def of(self, document: str, speaker: str) -> Person:
        """Return the person whom a speaker of a document is.

        Raises:
            KeyError: If there is no such speaker.
        """
        return self._of[document, speaker]

    def named(self, name: str) -> tuple[Person, ...]:
        """Return the persons with this name or alias, compared without case and accents."""
        words = fold_words(name)
        return tuple(
            person
            for person in self.persons.values()
            if any(fold_words(one) == words for one in (person.name, *person.aliases))
        )

    def find(self, name: str) -> Person:
        """Return the one person with this key, name or alias.

        Raises:
            InputError: If there is none, or several; the message names their keys.
        """
        if name in self.persons:
            return self.persons[name]
        found = self.named(name)
        if len(found) == 1:
            return found[0]
        if not found:
            raise InputError(f"nobody is called {name!r} here; give a name as the texts have it")
        keys = ", ".join(person.key for person in found[:10])
        raise InputError(f"{len(found)} persons are called {name!r}; give a key: {keys}")

    @property
    def links(self) -> dict[tuple[str, str], str]:
        """The key of each speaker's person, by ``(document id, speaker id)``."""
        return {speaker: person.key for speaker, person in self._of.items()}

    def __repr__(self) -> str:
        return f"People({len(self.persons)} persons, {len(self)} speakers)"
