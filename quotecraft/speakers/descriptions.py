"""Speakers without a name: "the minister", "his wife", "a spokesman", "the company", "residents"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from attrs import define, field, frozen

from quotecraft.model import SpeakerKind
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import singular
from quotecraft.speakers.mentions import NameIndex, SourceMention
from quotecraft.speakers.names import NameKind
from quotecraft.speakers.roles import Role, find_roles
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import QUOTED

__all__ = ["Descriptions"]

_CHAIN = 4000  # words after which the same definite noun starts a new chain
_DETERMINERS = frozenset(("the", "this", "that"))
_GENERIC_BODIES = frozenset(
    "company firm group agency organization organisation body party bank institution union council "
    "club team association charity ngo corporation manufacturer maker retailer operator carrier "
    "airline watchdog regulator commission committee court university school hospital".split()
)


@frozen
class _Bearer:
    role: Role
    entity: Entity
    offset: int


@define(eq=False)
class _Chain:
    """Mentions of one definite noun that may be one person."""

    entity: Entity
    last: int
    words: set[str]
    resolved: Entity | None = None


@define(eq=False)
class Descriptions:
    """What the document tells of the unnamed and of roles.

    Attributes:
        index: The names of the document.
        owners: The entity of each name.
    """

    index: NameIndex
    owners: Sequence[Entity | None]
    _bearers: dict[str, list[_Bearer]] = field(factory=lambda: defaultdict(list))
    _chains: dict[str, list[_Chain]] = field(factory=lambda: defaultdict(list))
    _assigned: dict[int, _Chain] = field(factory=dict)
    _by_text: dict[str, Entity] = field(factory=dict)
    _bodies: list[tuple[int, Entity]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        words = self.index.words
        for place, name in enumerate(self.index.mentions):
            owner = self.owners[place]
            if owner is None:
                continue
            if owner.kind in (NameKind.ORGANIZATION, NameKind.PLACE):
                self._bodies.append((name.first, owner))
            if owner.kind is not NameKind.PERSON or name.quoted:
                continue
            for role in find_roles(words, name):
                owner.roles.setdefault(role.text)
                bearers = self._bearers[singular(role.head)]
                bearers.append(_Bearer(role, owner, name.span.start))

    def bearer(self, mention: SourceMention) -> Entity | None:
        """Return the person whose role a definite description names.

        Of several bearers the one whose role was told last before the mention counts.
        """
        if mention.head is None or not mention.definite or mention.plural:
            return None
        wanted = {word for word in mention.modifiers if len(word) > 2}
        fitting = [
            bearer
            for bearer in self._bearers.get(mention.head, ())
            if wanted <= bearer.role.words
        ]
        offsets = [bearer.offset for bearer in fitting]
        place = bisect_left(offsets, mention.span.start)
        if place:
            return fitting[place - 1].entity
        return fitting[0].entity if len({id(bearer.entity) for bearer in fitting}) == 1 else None

    def body(self, mention: SourceMention, word: int) -> Entity | None:
        """Return the organisation that "the ministry" or "the company" points back to.

        Args:
            mention: The description.
            word: Index of its first word.
        """
        if not mention.definite or mention.plural or mention.head is None:
            return None
        stop = bisect_left(self._bodies, word, key=lambda item: item[0])
        for _, entity in reversed(self._bodies[max(0, stop - 40) : stop]):
            named = {part.lower() for name in entity.names for part in name.split()}
            if mention.head in named and mention.modifiers <= named | {"the"}:
                return entity
        if mention.head not in _GENERIC_BODIES or mention.modifiers:
            return None
        for first, entity in reversed(self._bodies[max(0, stop - 10) : stop]):
            if entity.kind is NameKind.ORGANIZATION and word - first < 300:
                return entity
        return None

    def chain(self, mention: SourceMention, word: int) -> tuple[Entity, Entity | None]:
        """Return the unnamed entity of a definite description, and whom it stood for last.

        Args:
            mention: The description.
            word: Index of its first word.
        """
        link = self._link(mention, word)
        return link.entity, link.resolved

    def settle(self, mention: SourceMention, word: int, entity: Entity) -> None:
        """Remember whom a definite description was resolved to."""
        self._link(mention, word).resolved = entity

    def _link(self, mention: SourceMention, word: int) -> _Chain:
        if word not in self._assigned:
            self._assigned[word] = self._find_chain(mention, word)
        return self._assigned[word]

    def _find_chain(self, mention: SourceMention, word: int) -> _Chain:
        owner = mention.owner_pronoun.base if mention.owner_pronoun else ""
        chains = self._chains[f"{owner} {mention.head}"]
        wanted = set(mention.modifiers)
        for chain in reversed(chains):
            if abs(word - chain.last) <= _CHAIN and (
                not wanted or not chain.words or wanted & chain.words
            ):
                chain.last = max(chain.last, word)
                chain.words |= wanted
                return chain
        entity = self.unnamed(mention)
        chains.append(_Chain(entity, word, wanted))
        return chains[-1]

    def unnamed(self, mention: SourceMention) -> Entity:
        """Return a new entity for a description."""
        entity = Entity(first=mention.span.start, description=mention.text)
        entity.votes.add(mention.gender, 5.0)
        if mention.what is SpeakerKind.PERSON:
            entity.kind = NameKind.PERSON
        elif mention.what is SpeakerKind.ORGANIZATION:
            entity.kind = NameKind.ORGANIZATION
        return entity

    def same_text(self, mention: SourceMention) -> Entity:
        """Return the one entity of all equal descriptions ("police", "residents")."""
        key = mention.text.lower()
        if key not in self._by_text:
            self._by_text[key] = self.unnamed(mention)
        return self._by_text[key]

    def sightings(self, units: Sequence[Unit]) -> Iterator[tuple[int, int, Entity]]:
        """Yield where the narration takes up descriptions that are sources somewhere.

        Args:
            units: The units of the document; their definite descriptions open chains.
        """
        words = self.index.words
        for unit in sorted(units, key=lambda unit: unit.anchor):
            mention = unit.source
            if mention is None or mention.head is None or mention.plural or not mention.definite:
                continue
            if mention.what in (SpeakerKind.PERSON, SpeakerKind.UNKNOWN):
                self._link(mention, words.at(mention.span.start))
        spots = {
            key[1:]: [(chain.last, chain) for chain in chains]
            for key, chains in self._chains.items()
            if key.startswith(" ")
        }
        for index, word in enumerate(words.lower):
            if word not in spots or words.has(index, QUOTED):
                continue
            first = next(
                (back for back in (index - 1, index - 2) if back >= 0
                 and words.lower[back] in _DETERMINERS
                 and words.paragraph[back] == words.paragraph[index]),
                None,
            )
            if first is None:
                continue
            chains = spots[word]
            place = bisect_right(chains, index, key=lambda item: item[0])
            chain = chains[min(place, len(chains) - 1)][1]
            yield first, index, chain.entity
