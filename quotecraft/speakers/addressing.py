"""Whom an attribution is said to: told beside the cue, called by name, or the other of two."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from quotecraft.speakers.candidates import REACH, Scene
from quotecraft.speakers.context import Narration
from quotecraft.speakers.descriptions import Descriptions
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.mentions import NameIndex, SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Turn, Unit

__all__ = ["Addressing"]


@frozen
class Addressing:
    """Finds the addressees of one document.

    Attributes:
        index: The names of the document.
        owners: The entity of each name.
        narration: Where the narration refers to whom.
        descriptions: What it tells of the unnamed.
    """

    index: NameIndex
    owners: Sequence[Entity | None]
    narration: Narration
    descriptions: Descriptions

    def told(self, mention: SourceMention) -> Entity | None:
        """Return the addressee that a name or description beside the cue tells.

        Args:
            mention: The addressee as written.
        """
        if mention.name is not None:
            return self.owners[mention.name]
        if mention.pronoun is not None:
            return None
        return self.descriptions.bearer(mention) or self.descriptions.same_text(mention)

    def address(self, scene: Scene, turn: Turn) -> None:
        """Find whom a turn is said to: called by name, or the other of two in a dialogue.

        Args:
            scene: The turn's surroundings.
            turn: The turn; its speakers are known as far as they will be.
        """
        for unit in turn.units:
            unit.addressee = unit.addressee or self._told_pronoun(unit)
            if unit.addressee is None and unit.direct:
                _call(unit)
                if unit.addressee is None and scene.conversation:
                    unit.addressee = _answered(scene, turn, -1) or _answered(scene, turn, 1)

    def _told_pronoun(self, unit: Unit) -> Entity | None:
        """Return the nearest other person whom "told him" or "told her" can mean."""
        if unit.object is None or unit.object.gender is None:
            return None
        word = self.index.words.at(unit.object.span.start)
        for sighting in self.narration.before(word, REACH):
            other = sighting.entity is not unit.speaker and sighting.entity.kind is NameKind.PERSON
            if other and sighting.entity.votes.likely() == unit.object.gender:
                return sighting.entity
        return None


def _call(unit: Unit) -> None:
    """Take the person whom a quotation calls by name as its addressee."""
    for entity in unit.vocatives:
        if entity.kind is NameKind.PERSON:
            unit.addressee = entity
            unit.called = True
            unit.evidence += ("vocative:" + next(iter(entity.names), ""),)
            return


def _answered(scene: Scene, turn: Turn, offset: int) -> Entity | None:
    """Return who speaks in a turn right beside, when it's somebody else."""
    other = scene.turn(offset)
    if other is None or scene.gap(offset) > 0 or other.speaker is turn.speaker:
        return None
    return other.speaker
