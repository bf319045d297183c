"""The search over a conversation: what each history tells, and the best of all histories."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.linear import Features, softmax
from quotecraft.speakers.linking import Linker
from quotecraft.speakers.links import Links, Observer
from quotecraft.speakers.network import Network, network_of
from quotecraft.speakers.ranking import Ranking
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.speakers.search import ANCHOR, Search, Slot, Teacher
from quotecraft.speakers.units import Turn, Unit
from quotecraft.speakers.words import Words
from tests.speakers.sample import names, quoted, sentences

_SIZE = 5  # turns
_PEOPLE = [Entity(), Entity(), Entity()]


def _turns() -> tuple[Words, list[Turn]]:
    text = "\n\n".join(f"“Word{'?' * (n % 2)}”" for n in range(_SIZE))
    words = Words(text, sentences(text), ())
    turns: list[Turn] = []
    for number in range(_SIZE):
        start = text.index("“", 0 if not number else turns[-1].units[0].end)
        unit = Unit(number, start, text.index("”", start) + 1, start, number, number, True, False)
        turns.append(Turn([unit], number, number))
    return words, turns


def _network(weights: dict[str, float]) -> Network:
    return network_of(
        {
            "features": list(weights),
            "inner": [[weight] for weight in weights.values()],
            "bias": [8.0],  # so that no unit is ever off, and a score is a sum of weights
            "outer": [1.0],
        }
    )


_WEIGHTS = {"a": 0.9, "turn-1:adjacent": -1.3, "alternation": 0.7, "part:before": 0.4, "open": 1.0}


def _search(fixed: dict[int, int], favour: Sequence[int], width: int) -> tuple[Search, list[Turn]]:
    words, turns = _turns()
    slots = []
    for place, turn in enumerate(turns):
        known = _PEOPLE[fixed[place]] if place in fixed else None
        slots.append(Slot(place, turn, turn.units[0], () if known else tuple(turn.units), known))
        turn.units[0].speaker = known

    def ask(slot: Slot, _: Scene, others: Sequence[Entity]) -> tuple[str, list[Evidence]]:
        own = _PEOPLE[favour[slot.place]]
        rows = [Evidence(one, {"a": 1.0} if one is own else {}) for one in _PEOPLE]
        return (ANCHOR if slot.fixed else "implicit:past"), rows

    network = _network(_WEIGHTS)
    networks = {"implicit:past": network, ANCHOR: network}
    return Search(words, turns, slots, ask, networks, width=width), turns


def _score(speakers: Sequence[int], favour: Sequence[int]) -> float:
    """Return the log-probability of a history, told turn by turn without any search."""
    total = 0.0
    for place, speaker in enumerate(speakers):
        scores = []
        for one in range(len(_PEOPLE)):
            score = _WEIGHTS["a"] * (favour[place] == one)
            if place and speakers[place - 1] == one:
                score += _WEIGHTS["turn-1:adjacent"]
            if place > 1 and speakers[place - 2] == one != speakers[place - 1]:
                score += _WEIGHTS["alternation"]
            score += _WEIGHTS["part:before"] * math.log1p(list(speakers[:place]).count(one))
            scores.append(score)
        total += max(math.log(0.01), math.log(softmax(scores)[speaker]))
    return total


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 2), min_size=_SIZE, max_size=_SIZE),
    st.dictionaries(st.integers(0, _SIZE - 1), st.integers(0, 2), max_size=2),
)
def test_a_wide_search_finds_the_best_of_all_histories(
    favour: list[int], fixed: dict[int, int]
) -> None:
    """With room for every history none that it keeps is worse than the best of them all."""
    search, turns = _search(fixed, favour, 3**_SIZE)
    search.run()
    found = [_PEOPLE.index(turn.units[0].speaker) for turn in turns if turn.units[0].speaker]
    assert all(found[place] == speaker for place, speaker in fixed.items())
    best = max(
        _score(history, favour)
        for history in itertools.product(range(3), repeat=_SIZE)
        if all(history[place] == speaker for place, speaker in fixed.items())
    )
    assert _score(found, favour) == pytest.approx(best, abs=1e-3)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=_SIZE, max_size=_SIZE), st.integers(1, 8))
def test_shares_are_probabilities(favour: list[int], width: int) -> None:
    """For every open quotation the shares of its speakers sum to one."""
    search, turns = _search({}, favour, width)
    shares = search.run()
    assert set(shares) == {id(turn.units[0]) for turn in turns}
    for found in shares.values():
        assert sum(found.values()) == pytest.approx(1.0, abs=1e-4)


_TEXT = """“Are you going?” said Ann.

“I may,” Ben answered.

“When?”

“Soon, Ann.”

Mr. Lee came in and stood at the door.

“Who is going?”

“Nobody.”
"""
_SAME = ("turn-1", "turn-2", "turn-3", "named-", "spoken", "alternation", "all:", "open")


class _Told(Observer):
    """Tells a search a history, and compares what it makes of it with plain evidence."""

    def __init__(self, history: Sequence[int]) -> None:
        self.history = history
        self.compared = 0

    def teacher(self, links: Links) -> Teacher | None:
        """Return what tells and compares."""
        assert isinstance(links, Linker)
        self.links = links
        people = {name: owner for owner in links.owners if owner for name in owner.names}
        self.cast = [people[name] for name in ("Ann", "Ben", "Lee")]
        return self._tell

    def _tell(
        self,
        slot: Slot,
        situation: str,
        evidence: Sequence[Evidence],
        rows: Sequence[Features],
    ) -> Entity | None:
        if slot.fixed is not None:
            return slot.fixed
        plain = self.links.evidence(
            slot.unit, Scene(self.links.turns, slot.place), Ranking("implicit")
        )
        known = {id(item.entity): item.features for item in plain}
        for item, row in zip(evidence, rows, strict=True):
            if id(item.entity) in known:
                self.compared += 1
                assert _told(row) == pytest.approx(_told(known[id(item.entity)]))
        entity = self.cast[self.history[slot.place]]
        slot.unit.speaker = entity
        return entity


def _told(features: Features) -> dict[str, float]:
    kept = {k: v for k, v in features.items() if k.startswith(_SAME) and v}
    return {k: v for k, v in kept.items() if k != "all:named-1"}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_a_history_tells_what_known_speakers_tell(history: list[int]) -> None:
    """What the search works out for all histories at once is what evidence says of each."""
    observer = _Told(history)
    found = quoted(_TEXT, ["Ann", "Ben", None, None, None, None])
    RuleResolver().link(_TEXT, sentences(_TEXT), found, observer)
    assert observer.compared > 4


def test_a_named_speaker_decides_who_spoke_before() -> None:
    """Two open turns between named ones follow the named."""
    text = (
        "“Where have you been?” said Ann.\n\n“Out,” said Ben.\n\n“Out where?”\n\n“Just out.”\n\n"
        "“You might have told me,” said Ann.\n\n“I might,” said Ben."
    )
    sources = ["Ann", "Ben", None, None, "Ann", "Ben"]
    assert names(text, sources) == ["Ann", "Ben", "Ann", "Ben", "Ann", "Ben"]
