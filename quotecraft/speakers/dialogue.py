"""What the shape of a dialogue tells of a quotation: who takes part, who is due, what leads in."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.speakers.candidates import Candidates, Scene
from quotecraft.speakers.company import Company, read_company
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.manner import LIKENESS, likenesses, manner_of
from quotecraft.speakers.units import Turn, Unit
from quotecraft.speakers.words import Words

__all__ = ["Dialogue", "is_open", "read_dialogue"]

_REACH = 10  # turns on either side whose speakers take part
_STEADY = 6  # turns back in which two people may speak in turn
_LEAST_SENTENCES = 20  # of a text whose paragraphs can be said to be lost
_FLAT = 0.9  # paragraphs to each sentence from which on they are
_CLOSING = "\"”’'»›"
_LEADS = (":", ",")

Floats = NDArray[np.float32]


@frozen
class Dialogue:
    """The dialogue around one quotation.

    Attributes:
        before: By entity, how many turns they speak before it.
        behind: By entity, how many turns they speak behind it.
        named: By entity, how many of all those name them as their source.
        shared: Features that are the same for all candidates.
        lead: Who stands as the subject of words that lead in with a colon or comma.
        open: Who speaks the turn before, when its quotation isn't closed.
        company: Who is called and spoken of around it.
        alike: By entity, how alike its turns before, and those behind, are to this one, summed.
    """

    before: Counter[int]
    behind: Counter[int]
    named: Counter[int]
    shared: dict[str, float]
    lead: Entity | None
    open: Entity | None
    company: Company
    alike: Mapping[str, Mapping[int, Floats]]

    def add(self, features: dict[str, float], entity: Entity) -> None:
        """Add the features of one candidate.

        Args:
            features: The candidate's features.
            entity: The candidate.
        """
        features.update(self.shared)
        self.company.add(features, entity)
        key = id(entity)
        features["said"] = math.log1p(entity.said) / 5
        for name, counts in (("before", self.before), ("behind", self.behind)):
            if counts[key]:
                features[f"part:{name}"] = math.log1p(counts[key])
        if self.named[key]:
            features["part:named"] = math.log1p(self.named[key])
        if entity is self.lead:
            features["lead:mark"] = 1.0
        if entity is self.open:
            features["open"] = 1.0
        for sign, alike in self.alike.items():
            if key in alike:
                for name, value in zip(LIKENESS, alike[key], strict=True):
                    if value:
                        features[f"like{sign}:{name}"] = float(value)


def read_dialogue(words: Words, scene: Scene, unit: Unit, candidates: Candidates) -> Dialogue:
    """Return the dialogue around a quotation.

    Args:
        words: The words of the document.
        scene: The quotation's surroundings.
        unit: The quotation.
        candidates: Its candidates.
    """
    before: Counter[int] = Counter()
    behind: Counter[int] = Counter()
    named: Counter[int] = Counter()
    first = max(0, scene.at - _REACH)
    for place, turn in enumerate(scene.turns[first : scene.at + _REACH + 1], first):
        earlier = place < scene.at
        speaker = None if place == scene.at or (scene.blind and earlier) else turn.speaker
        if speaker is not None:
            (before if earlier else behind)[id(speaker)] += 1
            named[id(speaker)] += _is_named(turn)
    return Dialogue(
        before,
        behind,
        named,
        _shared(words, scene, unit, before),
        _lead(words, unit, candidates),
        _open(words, scene),
        read_company(words, scene, unit),
        _alike(words, scene),
    )


def _alike(words: Words, scene: Scene) -> dict[str, dict[int, Floats]]:
    """Return, by entity, how alike its turns before and behind are to this one, summed up."""
    found: dict[str, dict[int, Floats]] = {}
    for sign, step in (("", -1), ("+", 1)):
        known = [
            (turn, scene.speaker(step * k))
            for k in range(1, _REACH + 1)
            if (turn := scene.turn(step * k)) is not None
        ]
        if not any(speaker is not None for _, speaker in known):
            continue
        now = manner_of(words, scene.turns[scene.at])
        rows = likenesses(now, [manner_of(words, turn) for turn, _ in known])
        sums = found.setdefault(sign, {})
        for (_, speaker), row in zip(known, rows, strict=True):
            if speaker is not None:
                key = id(speaker)
                sums[key] = sums[key] + row if key in sums else row
    return found


def _is_named(turn: Turn) -> bool:
    return any(unit.source is not None and unit.source.name is not None for unit in turn.units)


def _shared(words: Words, scene: Scene, unit: Unit, before: Counter[int]) -> dict[str, float]:
    """Return what is the same for all candidates; a scorer may weigh the rest by it."""
    previous = scene.turn(-1)
    last = previous.units[-1] if previous is not None else None
    features = {
        "all:parties": min(len(before), 5) / 5,
        "all:steady": _steady(scene) / _STEADY,
        "all:length": math.log1p(unit.end - unit.start) / 6,
    }
    for name, holds in (
        ("all:asks", _asks(words, unit)),
        ("all:asked", last is not None and _asks(words, last)),
        ("all:flat", _is_flat(words)),
        ("all:tagged", last is not None and last.source is not None and last.anchor >= last.end),
        ("all:touching", last is not None and words.at(last.end) >= words.at(unit.start)),
        ("all:alone", len(scene.own) == 1),
        ("all:opening", previous is None or scene.gap(-1) > 0),
        ("all:named-1", previous is not None and _is_named(previous)),
    ):
        if holds:
            features[name] = 1.0
    return features


def _is_flat(words: Words) -> bool:
    """Say whether every sentence of a text is a paragraph, as when paragraphs were lost."""
    sentences = words.sentence[-1]
    return sentences >= _LEAST_SENTENCES and words.paragraph[-1] >= _FLAT * sentences


def _steady(scene: Scene) -> int:
    """Return for how many turns back two people have spoken in turn, without a gap."""
    speakers = []
    for offset in range(-1, -_STEADY - 1, -1):
        speaker = scene.speaker(offset)
        if speaker is None or scene.gap(offset) > 0:
            break
        speakers.append(speaker)
    steady = 0
    for place, speaker in enumerate(speakers):
        if place and speaker is speakers[place - 1]:
            break
        if place > 1 and speaker is not speakers[place - 2]:
            break
        steady = place + 1
    return steady


def _asks(words: Words, unit: Unit) -> bool:
    return "?" in words.text[max(unit.start, unit.end - 4) : unit.end]


def _lead(words: Words, unit: Unit, candidates: Candidates) -> Entity | None:
    before = words.text[max(0, unit.start - 4) : unit.start].rstrip("\"“‘' \n\r—-")
    if not before.endswith(_LEADS):
        return None
    return next((one.entity for one in candidates.before[:3] if one.subject), None)


def is_open(words: Words, scene: Scene) -> bool:
    """Say whether the turn right before ends in a quotation without a closing mark.

    Args:
        words: The words of the document.
        scene: The turn's surroundings.
    """
    turn = scene.turn(-1)
    if turn is None or scene.gap(-1) > 0:
        return False
    end = turn.units[-1].end
    return not any(char in _CLOSING for char in words.text[max(0, end - 1) : end + 1])


def _open(words: Words, scene: Scene) -> Entity | None:
    """Return who speaks the turn before when its last quotation has no closing mark."""
    return scene.speaker(-1) if is_open(words, scene) else None
