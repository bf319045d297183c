"""Who speaks in a conversation as a whole: a beam search over its turns, in text order.

Choosing turn by turn carries one mistake on through a whole exchange. Here several histories are
kept side by side; where the text names a speaker, each pays for how little it let expect them. The
share of the histories that agree on a speaker a few turns later is evidence for the final choice;
how often the named are whom the best history expects tells how far to trust it in a document.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from attrs import define, field, frozen
from numpy.typing import NDArray

from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.dialogue import is_open
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence, gap_class
from quotecraft.speakers.linear import Features
from quotecraft.speakers.manner import LIKENESS, likenesses, manner_of
from quotecraft.speakers.network import Network
from quotecraft.speakers.trust import Check
from quotecraft.speakers.units import Turn, Unit
from quotecraft.speakers.words import Words

__all__ = ["ANCHOR", "Gather", "Search", "Shares", "Slot", "Teacher"]

ANCHOR = "anchor"
_WIDTH = 8  # histories kept
_MEMORY = 10  # turns of a history that later evidence looks at
_STEADY = 6
_KEY = 4  # turns in which two histories must differ
_LAG = 6  # turns later at which a turn's speakers are weighed
_RECENT = 8  # turns whose speakers are candidates
_SURPRISE = math.log(0.01)  # of a named speaker whom nothing let expect
_NOBODY = -1
_GAPS = ("adjacent", "near", "far")
_OFFSETS = 4

_NAMES: tuple[str, ...] = (
    *(f"turn-{k}:{gap}" for k in range(1, _OFFSETS + 1) for gap in _GAPS),
    *(f"named-{k}" for k in range(1, _OFFSETS + 1)),
    "spoken",
    "part:before",
    "part:named:before",
    "alternation",
    *(f"addressee-1:{gap}" for gap in _GAPS),
    "all:parties",
    "all:steady",
    "open",
    *(f"like:{name}" for name in LIKENESS),
)
_COLUMN = {name: n for n, name in enumerate(_NAMES)}

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Shares = dict[int, dict[int, float]]  # id of a unit → id of an entity → share of the histories


@frozen
class Slot:
    """One turn in the search.

    Attributes:
        place: Place of the turn.
        turn: The turn.
        unit: The quotation whose evidence counts.
        open: Its quotations whose speaker is looked for.
        fixed: Who speaks, where the text names them.
    """

    place: int
    turn: Turn
    unit: Unit
    open: tuple[Unit, ...]
    fixed: Entity | None


Gather = Callable[[Slot, Scene, Sequence[Entity]], tuple[str, Sequence[Evidence]]]
Teacher = Callable[[Slot, str, Sequence[Evidence], Sequence[Features]], Entity | None]


@define(eq=False)
class _Beam:
    """The histories kept.

    Attributes:
        recent: Speakers of the last turns, the latest first, (histories, turns).
        scores: Log-probability of each.
        links: For each turn, from which history each came and whom it chose.
    """

    recent: Ints
    scores: Floats
    links: list[tuple[Ints, Ints]] = field(factory=list)


@define(eq=False)
class Search:
    """A search over the turns of one document.

    Attributes:
        words: The words of the document.
        turns: Its turns.
        slots: What is known of each turn, in order.
        gather: Gives the evidence on the candidates of a slot.
        networks: Score candidates, by situation.
        teacher: In training says who spoke each turn.
        width: Histories kept.
        check: What it expected of named speakers, and what it met.
    """

    words: Words
    turns: Sequence[Turn]
    slots: Sequence[Slot]
    gather: Gather
    networks: Mapping[str, Network]
    teacher: Teacher | None = None
    width: int = _WIDTH
    check: Check = field(factory=Check)
    _numbers: dict[int, int] = field(factory=dict)
    _entities: list[Entity] = field(factory=list)
    _dynamic: dict[str, Floats] = field(factory=dict)

    def run(self) -> Shares:
        """Give every open quotation its speaker in the best history.

        Returns:
            For each open quotation the share of the histories for each speaker.
        """
        beam = _Beam(np.full((1, _MEMORY), _NOBODY, np.int32), np.zeros(1, np.float32))
        shares: Shares = {}
        for number, slot in enumerate(self.slots):
            self._step(slot, beam)
            if number >= _LAG:
                self._weigh(self.slots[number - _LAG], beam, _LAG, shares)
        for back in range(min(_LAG, len(self.slots)) - 1, -1, -1):
            self._weigh(self.slots[len(self.slots) - 1 - back], beam, back, shares)
        self._settle(beam)
        return shares

    def _step(self, slot: Slot, beam: _Beam) -> None:
        scene = Scene(self.turns, slot.place, blind=True)
        here = _here(scene, beam.recent)
        recent = [self._entities[n] for n in np.unique(here[:, :_RECENT]) if n >= 0]
        situation, evidence = self.gather(slot, scene, recent)
        cast = np.array([self._number(item.entity) for item in evidence], np.int32)
        if not len(cast):
            chosen = _NOBODY if slot.fixed is None else self._number(slot.fixed)
            self._push(beam, beam.scores[:, None], np.array([chosen], np.int32))
            return
        dynamic = self._features(slot, scene, here, cast)
        if self.teacher is not None:
            rows = [{**item.features, **_named(dynamic[0, n])} for n, item in enumerate(evidence)]
            spoke = self.teacher(slot, situation, evidence, rows)
            chosen = _NOBODY if spoke is None else self._number(spoke)
            self._push(beam, beam.scores[:, None], np.array([chosen], np.int32))
            return
        gains = self._gains(situation, evidence, dynamic)
        if slot.fixed is None:
            self._push(beam, beam.scores[:, None] + gains, cast)
            return
        fixed = self._number(slot.fixed)
        best = int(np.argmax(gains[0]))
        self.check.add(math.exp(float(gains[0, best])), bool(cast[best] == fixed))
        at = np.flatnonzero(cast == fixed)
        gain = gains[:, at[0]] if len(at) else np.full(len(gains), _SURPRISE, np.float32)
        scores = beam.scores + np.maximum(gain, _SURPRISE)
        self._push(beam, scores[:, None], np.array([fixed], np.int32))

    def _number(self, entity: Entity) -> int:
        number = self._numbers.setdefault(id(entity), len(self._entities))
        if number == len(self._entities):
            self._entities.append(entity)
        return number

    def _gains(self, situation: str, evidence: Sequence[Evidence], dynamic: Floats) -> Floats:
        """Return the log-probability of each candidate in each history."""
        network = self.networks[situation]
        if situation not in self._dynamic:
            self._dynamic[situation] = network.rows(_NAMES)
        fixed = network.matrix([item.features for item in evidence]) @ network.inner
        hidden: Floats = dynamic @ self._dynamic[situation]
        hidden += fixed + network.bias
        np.maximum(hidden, 0, out=hidden)
        scores = hidden @ network.outer
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        result: Floats = scores
        return result

    def _push(self, beam: _Beam, totals: Floats, cast: Ints) -> None:
        """Keep the best of all histories made longer by one speaker each."""
        width = len(cast)
        flat = totals.ravel()
        order = np.argsort(-flat, kind="stable")[: 8 * self.width]
        origins: list[int] = []
        places: list[int] = []
        seen: set[tuple[int, ...]] = set()
        for item in order:
            origin, place = divmod(int(item), width)
            key = (int(cast[place]), *map(int, beam.recent[origin, : _KEY - 1]))
            if key in seen:
                continue
            seen.add(key)
            origins.append(origin)
            places.append(place)
            if len(origins) == self.width:
                break
        chosen = cast[places]
        beam.recent = np.concatenate([chosen[:, None], beam.recent[origins, :-1]], axis=1)
        scores = flat[[o * width + p for o, p in zip(origins, places, strict=True)]]
        beam.scores = scores - scores[0]
        beam.links.append((np.array(origins, np.int32), chosen))

    def _weigh(self, slot: Slot, beam: _Beam, back: int, shares: Shares) -> None:
        """Note by whom a turn so many turns back is spoken in which share of the histories."""
        if not slot.open:
            return
        weights = np.exp(beam.scores)
        weights /= weights.sum()
        found: dict[int, float] = {}
        for number, weight in zip(beam.recent[:, back], weights, strict=True):
            if number >= 0:
                key = id(self._entities[number])
                found[key] = found.get(key, 0.0) + float(weight)
        for unit in slot.open:
            shares[id(unit)] = found

    def _settle(self, beam: _Beam) -> None:
        at = 0
        for slot, (origins, chosen) in zip(self.slots[::-1], beam.links[::-1], strict=True):
            number = int(chosen[at])
            at = int(origins[at])
            for unit in slot.open:
                unit.speaker = self._entities[number] if number >= 0 else None

    def _features(self, slot: Slot, scene: Scene, recent: Ints, cast: Ints) -> Floats:
        """Return what each history says of each candidate, (histories, candidates, features)."""
        same = recent[:, :, None] == cast[None, None, :]
        made = np.zeros((len(recent), len(cast), len(_NAMES)), np.float32)
        gaps = [gap_class(scene.gap(-k)) if scene.turn(-k) else "" for k in range(1, 5)]
        named = np.array([self._is_named(scene, k) for k in range(1, _MEMORY + 1)], np.float32)
        for k in range(_OFFSETS):
            if gaps[k]:
                made[:, :, _COLUMN[f"turn-{k + 1}:{gaps[k]}"]] = same[:, k]
                made[:, :, _COLUMN[f"named-{k + 1}"]] = same[:, k] * named[k]
        made[:, :, _COLUMN["spoken"]] = same[:, :_OFFSETS].sum(axis=1) / 8
        made[:, :, _COLUMN["part:before"]] = np.log1p(same.sum(axis=1))
        spoke = (same * named[None, :, None]).sum(axis=1)
        made[:, :, _COLUMN["part:named:before"]] = np.log1p(spoke)
        other = (recent[:, 0] != recent[:, 1]) & (recent[:, 0] >= 0)
        if gaps[1] == "adjacent":
            made[:, :, _COLUMN["alternation"]] = same[:, 1] & other[:, None]
        if gaps[1] and scene.gap(-2) == scene.gap(-1) and _unaddressed(scene):
            made[:, :, _COLUMN[f"addressee-1:{gaps[0]}"]] = same[:, 1] & other[:, None]
        if is_open(self.words, scene):
            made[:, :, _COLUMN["open"]] = same[:, 0]
        like = self._likenesses(slot)
        first = _COLUMN[f"like:{LIKENESS[0]}"]
        made[:, :, first : first + len(LIKENESS)] = np.einsum(
            "hkc,kf->hcf", same[:, : len(like)].astype(np.float32), like
        )
        made[:, :, _COLUMN["all:parties"]] = _parties(recent)[:, None] / 5
        made[:, :, _COLUMN["all:steady"]] = _steady(recent, scene)[:, None] / _STEADY
        return made

    def _likenesses(self, slot: Slot) -> Floats:
        places = range(slot.place - 1, max(-1, slot.place - _MEMORY - 1), -1)
        now = manner_of(self.words, self.turns[slot.place])
        return likenesses(now, [manner_of(self.words, self.turns[place]) for place in places])

    def _is_named(self, scene: Scene, back: int) -> bool:
        turn = scene.turn(-back)
        return turn is not None and any(
            unit.source is not None and unit.source.name is not None for unit in turn.units
        )


def _here(scene: Scene, recent: Ints) -> Ints:
    """Return the speakers of the last turns, those of other scenes left out."""
    here = [scene.turn(-back) is not None for back in range(1, recent.shape[1] + 1)]
    return np.where(np.array(here)[None, :], recent, _NOBODY).astype(np.int32)


def _unaddressed(scene: Scene) -> bool:
    """Say whether the turn before tells nobody whom it's said to."""
    turn = scene.turn(-1)
    return turn is not None and all(unit.addressee is None for unit in turn.units)


def _named(row: Floats) -> dict[str, float]:
    return {_NAMES[n]: float(row[n]) for n in np.flatnonzero(row)}


def _parties(recent: Ints) -> Floats:
    """Return how many different people speak in each history."""
    equal = recent[:, :, None] == recent[:, None, :]
    earlier = np.tril(np.ones((_MEMORY, _MEMORY), bool), -1)
    first = ~(equal & earlier).any(axis=2) & (recent >= 0)
    parties: Floats = np.minimum(first.sum(axis=1), 5).astype(np.float32)
    return parties


def _steady(recent: Ints, scene: Scene) -> Floats:
    """Return for how many turns back two people speak in turn, without a gap, in each history."""
    steady = np.zeros(len(recent), np.float32)
    going = np.ones(len(recent), bool)
    for k in range(_STEADY):
        if scene.turn(-k - 1) is None or scene.gap(-k - 1) > 0:
            break
        going &= recent[:, k] >= 0
        if k:
            going &= recent[:, k] != recent[:, k - 1]
        if k > 1:
            going &= recent[:, k] == recent[:, k - 2]
        steady[going] = k + 1
    return steady
