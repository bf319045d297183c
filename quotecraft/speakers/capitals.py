"""Capitals that stand for their states: "Lisbon rejects the claim" is what Portugal says.

Where the capital is written of as a city, with a mayor or residents, it stays one. Naming a
government by its seat is metonymy; Markert and Nissim (2007), "SemEval-2007 Task 08: Metonymy
Resolution", call the reading place-for-people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import folded, lexicon, word_set
from quotecraft.speakers.name_index import NameIndex
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.words import POSSESSIVE

__all__ = ["Capitals"]

_CIVIC = word_set(
    "mayor governor municipality municipal city council councillor residents citizens commuters "
    "taxpayers"
)


@define(eq=False)
class Capitals:
    """The states that a document names, by their capitals.

    Attributes:
        index: The names of the document.
        owners: The entity of each name.
    """

    index: NameIndex
    owners: Sequence[Entity | None]
    _states: Mapping[str, Entity] | None = None
    _cities: dict[int, bool] = field(factory=dict)

    def state(self, place: int) -> Entity | None:
        """Return the state that a name stands for, if it is a capital and the text names the state.

        Args:
            place: The name, by its place in the list of names.
        """
        city, owner = self.index.mentions[place], self.owners[place]
        states = lexicon().capitals.get(folded(" ".join(city.key)), ())
        if not states or owner is None or owner.kind is NameKind.PERSON or self._is_city(owner):
            return None
        if self._states is None:
            self._states = self._named()
        found = (self._states.get(state) for state in states)
        return next((entity for entity in found if entity is not None), None)

    def _named(self) -> dict[str, Entity]:
        """Return the states that the document names (no "Southern Chad"), by how it writes them."""
        found: dict[str, Entity] = {}
        known = frozenset().union(*map(frozenset, lexicon().capitals.values()))
        for name, owner in zip(self.index.mentions, self.owners, strict=True):
            state = folded(" ".join(name.key))
            if state not in known or owner is None or owner.kind is NameKind.PERSON:
                continue
            parts = (n for n in map(folded, owner.titled) if n.endswith(f" {state}"))
            if all(part in known or " of " in part for part in parts):
                found.setdefault(state, owner)
        return found

    def _is_city(self, owner: Entity) -> bool:
        """Say whether a document writes of a capital as a city."""
        if id(owner) not in self._cities:
            self._cities[id(owner)] = any(map(self._civic, owner.mentions))
        return self._cities[id(owner)]

    def _civic(self, place: int) -> bool:
        words, name = self.index.words, self.index.mentions[place]
        behind = name.last + 1
        close = behind < len(words) and not words.gap(name.last).strip(" ’'s")
        if close and words.lower[behind] in _CIVIC:
            return True
        before = words.lower[max(0, name.first - 2) : name.first]
        return (
            before[-1:] == ["of"] and before[0] in _CIVIC and not words.has(name.last, POSSESSIVE)
        )
