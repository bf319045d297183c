"""Who is in the room: whom the turns around a quotation call and speak of, who hasn't answered."""

from __future__ import annotations

import math
from collections import Counter

from attrs import frozen

from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.pronouns import Gender
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import Words

__all__ = ["Company", "read_company"]

_REACH = 10  # turns on either side
_NEAR = 3  # turns in which who was called may still answer
_LIMIT = 3.0
_SPOUSES: dict[str, Gender] = {"wife": "m", "husband": "f"}  # who says "my wife"


@frozen
class Company:
    """Who is called and spoken of around one quotation.

    Attributes:
        called: For "before" and "behind", by entity, how many turns call them.
        told: By entity, how many turns before speak of them.
        near: For turns not right beside it, by offset, whom they call.
        waiting: Whom a turn before called who hasn't spoken since.
        given: Whose name the quotation gives as the speaker's own.
        own: The gender that the speaker has by their own words.
    """

    called: dict[str, Counter[int]]
    told: Counter[int]
    near: dict[int, frozenset[int]]
    waiting: frozenset[int]
    given: Entity | None
    own: Gender | None

    def add(self, features: dict[str, float], entity: Entity) -> None:
        """Add the features of one candidate.

        Args:
            features: The candidate's features.
            entity: The candidate.
        """
        key = id(entity)
        for name, counts in self.called.items():
            if counts[key]:
                features[f"called:{name}"] = math.log1p(counts[key])
        if self.told[key]:
            features["told:before"] = math.log1p(self.told[key])
        for offset, called in self.near.items():
            if key in called:
                features[f"vocative{offset:+d}"] = 1.0
        if key in self.waiting:
            features["waiting"] = 1.0
        if entity is self.given:
            features["self:named"] = 1.0
        if self.own is not None:
            share = entity.votes.share(self.own)
            odds = math.log(share / (1 - share))
            features["self:gender"] = max(-_LIMIT, min(_LIMIT, odds))


def read_company(words: Words, scene: Scene, unit: Unit) -> Company:
    """Return who is in the room where a quotation is spoken, as far as others' words tell.

    Args:
        words: The words of the document.
        scene: The quotation's surroundings.
        unit: The quotation.
    """
    called = {"before": Counter[int](), "behind": Counter[int]()}
    told: Counter[int] = Counter()
    near: dict[int, frozenset[int]] = {}
    for offset in (*range(-_REACH, 0), *range(1, _REACH + 1)):
        turn = scene.turn(offset)
        if turn is None:
            continue
        names = {id(one) for other in turn.units for one in other.vocatives}
        called["before" if offset < 0 else "behind"].update(names)
        if 1 < abs(offset) <= _NEAR and names:
            near[offset] = frozenset(names)
        if offset < 0:
            for other in turn.units:
                told.update(other.mentioned)
    return Company(called, told, near, _waiting(scene), unit.given, _own_gender(words, unit))


def _waiting(scene: Scene) -> frozenset[int]:
    """Return whom the turns before called who hasn't spoken since, as far as is known."""
    if scene.blind:
        return frozenset()
    spoken: set[int] = set()
    waiting: set[int] = set()
    for offset in range(-1, -_NEAR - 1, -1):
        turn = scene.turn(offset)
        if turn is None:
            break
        for other in turn.units:
            waiting.update(id(one) for one in other.vocatives if id(one) not in spoken)
        if turn.speaker is not None:
            spoken.add(id(turn.speaker))
    return frozenset(waiting)


def _own_gender(words: Words, unit: Unit) -> Gender | None:
    """Return the gender of who says "my wife" or "my husband"."""
    inside = words.within_offsets(unit.start, unit.end)
    for place in inside[1:]:
        if words.lower[place] in _SPOUSES and words.lower[place - 1] == "my":
            return _SPOUSES[words.lower[place]]
    return None
