"""Who may be meant: everybody near enough to a quotation to be its speaker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field

from quotecraft.speakers.context import Narration, Sighting
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Turn, Unit

__all__ = ["REACH", "Candidates", "Scene", "find_candidates"]

REACH = 400  # words of narration searched before a quotation; PDNC: 97 % of speakers lie within
_NEAREST = 10  # different entities kept from the narration before
_MOST = 40  # candidates of one quotation: a paragraph may hold many speakers
_RECENT_TURNS = 8  # turns whose speakers stay candidates
_TALK = 16  # turns back in a conversation whose speakers stay in the room
_TO_COME = 6  # turns ahead whose speakers are there already
_CALLED = 3  # turns on either side in which somebody may be called
_FOLLOWING = 60  # words of narration behind a turn that may tell who spoke
_SPEAKING_KINDS = frozenset((NameKind.PERSON, NameKind.UNKNOWN, NameKind.TITLE, NameKind.OTHER))


@define(eq=False)
class Scene:
    """A quotation's surroundings in the dialogue.

    Attributes:
        turns: All turns of the document.
        at: Place of the quotation's own turn.
        conversation: Whether turns answer one another, as in fiction; if not, as in news, a speaker
            goes on until another is named.
        last: The last attribution before with a known speaker.
        blind: Whether who speaks in the turns before is not to be looked at: a search over the
            whole conversation asks for each of many histories.
    """

    turns: Sequence[Turn]
    at: int
    conversation: bool = True
    last: Unit | None = None
    blind: bool = False

    @property
    def own(self) -> Sequence[Unit]:
        """The quotations of the same turn, itself included."""
        return self.turns[self.at].units if self.at < len(self.turns) else ()

    def turn(self, offset: int) -> Turn | None:
        """Return the turn so many places away, ``None`` past either end of the scene."""
        place = self.at + offset
        if not offset or not 0 <= place < len(self.turns):
            return None
        turn = self.turns[place]
        elsewhere = self.at < len(self.turns) and self.turns[self.at].part != turn.part
        return None if elsewhere else turn

    def speaker(self, offset: int) -> Entity | None:
        """Return who speaks so many turns away, as far as known and to be looked at."""
        turn = None if self.blind and offset < 0 else self.turn(offset)
        return turn.speaker if turn is not None else None

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
    hidden: range = range(0),
    others: Sequence[Entity] = (),
) -> Candidates:
    """Return who may speak a quotation.

    Args:
        narration: Where the narration refers to whom.
        scene: The quotation's surroundings.
        unit: The quotation.
        narrator: A first-person narrator, if the document has one.
        hidden: Words of the narration that are not to be looked at.
        others: More candidates.
    """
    words = narration.words
    anchor = words.at(unit.anchor)
    before = narration.before(anchor, REACH)
    after = narration.between(anchor, words.paragraphs_end(anchor, unit.last_paragraph, REACH))
    if hidden:
        before = [sighting for sighting in before if sighting.word not in hidden]
        after = [sighting for sighting in after if sighting.word not in hidden]
    found: dict[int, Entity] = {}
    for sighting in before:
        if len(found) >= _NEAREST:
            break
        found.setdefault(id(sighting.entity), sighting.entity)
    later = _following(narration, scene, unit, anchor) if scene.conversation else ()
    for sighting in (*after[:4], *later):
        found.setdefault(id(sighting.entity), sighting.entity)
    for entity in (*_speakers_near(scene), *others):
        if len(found) >= _MOST:
            break
        found.setdefault(id(entity), entity)
    if narrator is not None:
        found.setdefault(id(narrator), narrator)
    speaking = [entity for entity in found.values() if entity.kind in _SPEAKING_KINDS]
    speaking = speaking or [s.entity for s in before[:1]]
    return Candidates(speaking, before, after, anchor)


def _following(narration: Narration, scene: Scene, unit: Unit, anchor: int) -> Sequence[Sighting]:
    """Return the first sightings behind a paragraph: "It was the widow who spoke."."""
    words = narration.words
    first = words.paragraphs_end(anchor, unit.last_paragraph)
    following = scene.turn(1)
    stop = words.at(following.units[0].start) if following is not None else len(words)
    return narration.between(first, min(stop, first + _FOLLOWING))[:2]


def _speakers_near(scene: Scene) -> Iterator[Entity]:
    """Yield who speaks or is spoken to in the turns around."""
    if scene.last is not None and scene.last.speaker is not None:
        yield scene.last.speaker
    back = _TALK if scene.conversation else _RECENT_TURNS
    behind = range(1, _TO_COME + 1) if scene.conversation else ()
    calling = _CALLED if scene.conversation else 1
    for offset in (*range(-1, -back, -1), *behind):
        turn = scene.turn(offset)
        for other in turn.units if turn is not None else ():
            speaker = None if scene.blind and offset < 0 else other.speaker
            for entity in (speaker, other.addressee):
                if entity is not None:
                    yield entity
            if abs(offset) <= calling:
                yield from other.vocatives
    for other in scene.own:
        if other.speaker is not None:
            yield other.speaker
