"""Names that coreference chains join or keep apart, as far as the names themselves allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import frozen

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.name_kinds import Key
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.words import Words

__all__ = ["regroup"]

_MOST = 0.5  # share of somebody's mentions that a chain must hold to take them over


def regroup(
    words: Words,
    mentions: Sequence[NameMention],
    owners: list[Entity | None],
    chained: Iterable[Sequence[int]],
) -> None:
    """Give the names of one chain to one person, where nothing in the names speaks against it.

    A person most of whose mentions lie in the chain of another becomes one with them ("Tom" and
    "Mr. Sawyer"); a shared short form goes to whom its chain names ("Ruiz", where the chain says
    "Ana Ruiz"). Names of bodies, and names that only one chain tells apart, stay as they were.

    Args:
        words: The words of the document.
        mentions: Its names, in order.
        owners: The entity of each name, changed in place, with the mentions of each entity.
        chained: The names of each chain, by place in the list of names.
    """
    people = _People(words, mentions, owners)
    for places in chained:
        counts: Counter[int] = Counter()
        found: dict[int, Entity] = {}
        for place in places:
            owner = owners[place]
            if owner is not None and owner.kind is NameKind.PERSON:
                counts[id(owner)] += 1
                found[id(owner)] = owner
        if len(counts) > 1:
            main = found[max(counts, key=lambda key: (counts[key], -found[key].mentions[0]))]
            for key, other in found.items():
                if other is not main:
                    inside = [place for place in places if owners[place] is other]
                    people.join(main, other, inside, counts[key])


@frozen
class _People:
    words: Words
    mentions: Sequence[NameMention]
    owners: list[Entity | None]

    def join(self, main: Entity, other: Entity, inside: Sequence[int], count: int) -> None:
        """Give somebody's mentions in a chain, or all of them, to whom the chain is about."""
        if count > _MOST * len(other.mentions) and self._fits(main, other):
            self._give(other, main, list(other.mentions))
            main.votes.merge(other.votes)
            return
        words = {word for key in self._keys(main) for word in key}
        short = [place for place in inside if words.issuperset(self.mentions[place].key)]
        self._give(other, main, short)

    def _give(self, giver: Entity, taker: Entity, places: Sequence[int]) -> None:
        for place in places:
            giver.mentions.remove(place)
            taker.mentions.append(place)
            self.owners[place] = taker
        taker.mentions.sort()

    def _keys(self, entity: Entity) -> set[Key]:
        return {self.mentions[place].key for place in entity.mentions}

    def _fits(self, one: Entity, two: Entity) -> bool:
        """Say whether two persons' names may be one person's: no word or sign contradicts."""
        own, its = one.votes.likely(), two.votes.likely()
        if own and its and own != its:
            return False
        first, second = self._longest(one), self._longest(two)
        if set(first) <= set(second) or set(second) <= set(first):
            return True
        if max(len(first), len(second)) > 1:
            return False
        return not self._together(one, two)

    def _longest(self, entity: Entity) -> Key:
        return max(self._keys(entity), key=lambda key: (len(key), key))

    def _together(self, one: Entity, two: Entity) -> bool:
        """Say whether a sentence names both, as it would not name one person twice."""
        sentences = [
            {self.words.sentence[self.mentions[place].first] for place in entity.mentions}
            for entity in (one, two)
        ]
        return not sentences[0].isdisjoint(sentences[1])
