"""Examples for the search over conversations: every turn with the gold speakers of those before."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from quotecraft.evaluate.names import stand_ins
from quotecraft.model import Speaker, SpeakerId
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.linear import Features
from quotecraft.speakers.links import Links, Observer
from quotecraft.speakers.output import names_of
from quotecraft.speakers.search import ANCHOR, Slot, Teacher
from quotecraft.training.speaker_fit import Ranking
from quotecraft.training.speaker_sources import Given

__all__ = ["SearchObserver"]


@define
class SearchObserver(Observer):
    """Tells a search who speaks, and collects the rankings on the way.

    Attributes:
        quotations: The novel's quotations, with their gold speakers.
        characters: Its gold speakers.
        rankings: Situation and ranking of each turn.
    """

    quotations: Sequence[Given]
    characters: Sequence[Speaker]
    rankings: list[tuple[str, Ranking]] = field(factory=list)
    _known: dict[int, tuple[SpeakerId | None, Entity]] = field(factory=dict)
    _entities: dict[SpeakerId, Entity] = field(factory=dict)

    def teacher(self, links: Links) -> Teacher | None:
        """Return what tells who speaks each turn."""
        for owner in links.owners:
            character = self._character(owner) if owner is not None else None
            if owner is not None and character is not None:
                self._entities.setdefault(character, owner)
        return self._tell

    def _tell(
        self, slot: Slot, situation: str, evidence: Sequence[Evidence], rows: Sequence[Features]
    ) -> Entity | None:
        if slot.fixed is not None:
            if situation == ANCHOR:
                self._note(situation, rows, [item.entity is slot.fixed for item in evidence])
            return slot.fixed
        given = self.quotations[slot.unit.number]
        if given.speaker is None:
            return None
        right = [self._character(item.entity) == given.speaker for item in evidence]
        if given.type is not None:
            self._note(situation, rows, right)
        spoke = next((i.entity for i, good in zip(evidence, right, strict=True) if good), None)
        return spoke or self._entities.get(given.speaker)

    def _note(self, situation: str, rows: Sequence[Features], right: Sequence[bool]) -> None:
        if any(right):
            self.rankings.append((situation, Ranking(rows, right)))

    def _character(self, entity: Entity) -> SpeakerId | None:
        """Return the gold character that an entity stands for by its names."""
        if id(entity) not in self._known:
            name, aliases = names_of(entity, ())
            speaker = Speaker(SpeakerId("x"), name, aliases=aliases)
            found = stand_ins([speaker], self.characters)[SpeakerId("x")]
            self._known[id(entity)] = (found, entity)
        return self._known[id(entity)][0]
