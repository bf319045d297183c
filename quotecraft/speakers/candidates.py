"""Who may be meant: everybody near enough to a quotation to be its speaker."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from quotecraft.speakers.context import Narration, Sighting
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.names import NameKind
from quotecraft.speakers.units import Turn, Unit

__all__ = ["Candidates", "Scene", "find_candidates"]

REACH = 400  # words of narration searched before a quotation; PDNC: 97 % of speakers lie within
_NEAREST = 10  # different entities kept from the narration before
_RECENT_TURNS = 8  # turns whose speakers stay candidates
_SPEAKING_KINDS = frozenset((NameKind.PERSON, NameKind.UNKNOWN, NameKind.TITLE))


@define(eq=False)
class Scene:
    """A quotation's surroundings in the dialogue.

    Attributes:
        turns: All turns of the document.
        at: Place of the quotation's own turn; the number of turns for a nested quotation.
    """

    turns: Sequence[Turn]
    at: int

    @property
    def own(self) -> Sequence[Unit]:
        """The quotations of the same turn, itself included."""
        return self.turns[self.at].units if self.at < len(self.turns) else ()

    def turn(self, offset: int) -> Turn | None:
        """Return the turn so many places away, ``None`` past either end."""
        place = self.at + offset
        return self.turns[place] if 0 <= place < len(self.turns) and offset else None

    def gap(self, offset: int) -> int:
        """Return the paragraphs of narration between this turn and the one so many places away."""
        near, far = sorted((self.at, self.at + offset))
        total = 0
        for place in range(near, far):
            one, two = self.turns[place], self.turns[place + 1]
            total += max(0, two.paragraph - one.last_paragraph - 1)
        return total


@define(eq=False)
class Candidates:
    """The candidates of one quotation with the sightings that brought them.

    Attributes:
        entities: Everybody who may be meant, nearest first.
        before: Sightings in the narration before the anchor, nearest first.
        after: Sightings in the narration of the same paragraph behind the anchor.
        anchor: Index of the word that the search starts from.
    """

    entities: list[Entity]
    before: list[Sighting] = field(factory=list)
    after: list[Sighting] = field(factory=list)
    anchor: int = 0


def find_candidates(
    narration: Narration,
    scene: Scene,
    unit: Unit,
    narrator: Entity | None,
) -> Candidates:
    """Return who may speak a quotation.

    Args:
        narration: Where the narration refers to whom.
        scene: The quotation's surroundings.
        unit: The quotation.
        narrator: A first-person narrator, if the document has one.
    """
    words = narration.words
    anchor = words.at(unit.anchor)
    before = narration.before(anchor, REACH)
    end = anchor
    while end < len(words) and words.paragraph[end] <= unit.last_paragraph and end - anchor < REACH:
        end += 1
    after = narration.between(anchor, end)
    found: dict[int, Entity] = {}
    for sighting in before:
        if len(found) >= _NEAREST:
            break
        found.setdefault(id(sighting.entity), sighting.entity)
    for sighting in after[:4]:
        found.setdefault(id(sighting.entity), sighting.entity)
    for offset in (*range(-1, -_RECENT_TURNS, -1), 1, 2):
        turn = scene.turn(offset)
        if turn is None:
            continue
        for other in turn.units:
            for entity in (other.speaker, other.addressee):
                if entity is not None:
                    found.setdefault(id(entity), entity)
            if abs(offset) == 1:
                for entity in other.vocatives:
                    found.setdefault(id(entity), entity)
    for other in scene.own:
        if other.speaker is not None:
            found.setdefault(id(other.speaker), other.speaker)
    if narrator is not None:
        found.setdefault(id(narrator), narrator)
    speaking = [entity for entity in found.values() if entity.kind in _SPEAKING_KINDS]
    return Candidates(speaking, before, after, anchor)
