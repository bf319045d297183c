"""What the narration between two turns tells: who comes in, who acts, whom pronouns follow."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from attrs import field, frozen

from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.context import Narration, Sighting
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.focus import Referring
from quotecraft.speakers.units import Unit

__all__ = ["Passages", "read_passages"]

_BEFORE = 300  # words of narration before a turn that are looked at
_AFTER = 40  # words behind it
_LONG = 60  # words of narration from which on those absent from it are told apart
_COUNTED = 400


@frozen
class Passages:
    """The narration around a turn.

    Attributes:
        since: Who is named between the turn before and this one, in order.
        told: Pronouns there.
        next: Who is named between this turn and the next.
        tells: Pronouns there.
        near: Pronouns in the words before, whatever stands between, nearest first.
        words: Words of narration since the turn before.
        hidden: Words not to be looked at.
    """

    since: Sequence[Sighting]
    told: Sequence[Referring]
    next: Sequence[Sighting]
    tells: Sequence[Referring]
    near: Sequence[Referring]
    words: int
    _subjects: Sequence[Sighting] = field(init=False)
    _next_subjects: Sequence[Sighting] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_subjects", _subjects(self.since))
        object.__setattr__(self, "_next_subjects", _subjects(self.next))

    def add(self, features: dict[str, float], entity: Entity) -> None:
        """Add the features of one candidate.

        Args:
            features: The candidate's features.
            entity: The candidate.
        """
        features["all:since"] = math.log1p(self.words) / 6
        for name, holds in (*self._since(entity), *self._pronouns(entity), *self._next(entity)):
            if holds:
                features[name] = 1.0
        count = sum(one.entity is entity for one in self.since)
        if count:
            features["since:count"] = math.log1p(count)
        if self.told:
            features["since:gender"] = entity.votes.log_odds(self.told[-1].gender)
            if self._pronoun_latest():
                features["since:gender:latest"] = features["since:gender"]
        if self._pronoun_follows():
            features["next:gender"] = entity.votes.log_odds(self.tells[0].gender)
        count = sum(one.entity is entity for one in self.near)
        if count:
            features["pro:count"] = math.log1p(count) / 2

    def _since(self, entity: Entity) -> Iterator[tuple[str, bool]]:
        """Say where the narration since the turn before names a candidate."""
        named = any(one.entity is entity for one in self.since)
        subjects = self._subjects
        yield "since", named
        yield "absent", not named and self.words > _LONG
        yield "since:first", named and self.since[0].entity is entity
        yield "since:last", named and self.since[-1].entity is entity
        yield "since:subject", any(one.entity is entity for one in subjects)
        yield "since:subject:first", bool(subjects) and subjects[0].entity is entity
        yield "since:subject:last", bool(subjects) and subjects[-1].entity is entity

    def _next(self, entity: Entity) -> Iterator[tuple[str, bool]]:
        """Say where the narration behind the turn names a candidate."""
        subjects = self._next_subjects
        yield "next", any(one.entity is entity for one in self.next)
        yield "next:first", bool(self.next) and self.next[0].entity is entity
        yield "next:subject", bool(subjects) and subjects[0].entity is entity

    def _pronouns(self, entity: Entity) -> Iterator[tuple[str, bool]]:
        """Say which pronouns around the turn may stand for a candidate."""
        last = bool(self.told) and self.told[-1].entity is entity
        yield "pro:since", last
        yield "pro:since:latest", last and self._pronoun_latest()
        yield "pro:next", self._pronoun_follows() and self.tells[0].entity is entity
        yield "pro:nearest", bool(self.near) and self.near[0].entity is entity

    def _pronoun_latest(self) -> bool:
        """Say whether no name is a subject between the last pronoun and the turn."""
        subjects = self._subjects
        return not subjects or subjects[-1].word < self.told[-1].word

    def _pronoun_follows(self) -> bool:
        """Say whether a pronoun is the first subject behind the turn."""
        subjects = self._next_subjects
        return bool(self.tells) and (not subjects or subjects[0].word > self.tells[0].word)


def _subjects(sightings: Sequence[Sighting]) -> list[Sighting]:
    return [one for one in sightings if one.subject and not one.object]


def read_passages(
    narration: Narration, scene: Scene, unit: Unit, anchor: int, hidden: range
) -> Passages:
    """Return the narration around the turn of a quotation.

    Args:
        narration: Where the narration refers to whom.
        scene: The quotation's surroundings.
        unit: The quotation.
        anchor: Index of the word that the search starts from.
        hidden: Words not to be looked at.
    """
    words = narration.words
    own = scene.own
    start = words.at(own[0].start if own else unit.start)
    stop = words.at(own[-1].end if own else unit.end)
    previous, following = scene.turn(-1), scene.turn(1)
    low = words.at(previous.units[-1].end) if previous is not None else start - _BEFORE
    low = max(low, start - _BEFORE, 0)
    high = words.at(following.units[0].start) if following is not None else stop + _AFTER
    high = min(high, stop + _AFTER, len(words))
    tail = words.paragraphs_end(stop, unit.last_paragraph)
    return Passages(
        [one for one in narration.between(low, start) if one.word not in hidden],
        narration.pronouns(low, start),
        [one for one in narration.between(max(stop, tail), high) if one.word not in hidden],
        narration.pronouns(max(stop, tail), high),
        narration.pronouns(max(0, anchor - _COUNTED), anchor)[::-1],
        max(0, start - low),
    )
