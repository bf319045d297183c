"""A conversation before it is searched: who is known to speak, whose turns are open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from attrs import evolve, frozen

from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.links import Links
from quotecraft.speakers.ranking import Ranking
from quotecraft.speakers.search import ANCHOR, Search, Slot
from quotecraft.speakers.units import Turn, Unit
from quotecraft.speakers.voices import Voices

__all__ = ["SEARCHED", "converse"]

_OPEN = frozenset(("pronoun", "implicit", "continuation", "continuation:several"))
_NAMED = frozenset(("name:full", "name:short", "name:titled", "name:other", "narrator"))
_SURE = _NAMED | {"role"}
# Told by what follows a quotation, as its source may be: not to be looked at for surprise.
_BEHIND = ("next", "pro:next")
SEARCHED = ("implicit:past", "pronoun:past", ANCHOR)

Ask = Callable[[Unit, Scene, Ranking], list[Evidence]]


def converse(links: Links, ask: Ask) -> bool:
    """Hear the voices of a conversation and search who speaks each of its open turns.

    Args:
        links: The document's links; every turn has been linked once, in text order.
        ask: Gives the evidence on the candidates of a quotation.

    Returns:
        Whether all speakers were told, in training, and nothing is left to find.
    """
    links.voices = _voices(links)
    networks = {name: links.decider.network(name) for name in SEARCHED}
    known = {name: network for name, network in networks.items() if network is not None}
    teacher = links.observer.teacher(links)
    if len(known) < len(SEARCHED) and teacher is None:
        return False
    slots = [_slot(place, turn) for place, turn in enumerate(links.turns)]
    search = Search(links.index.words, links.turns, slots, _Gather(ask), known, teacher)
    links.shares = search.run()
    links.check = search.check
    return teacher is not None


def _voices(links: Links) -> Voices:
    voices = Voices(links.index.words)
    for turn in links.turns:
        for unit in turn.units:
            if unit.direct:
                voices.hear(unit, unit.speaker if unit.pattern in _NAMED else None)
    return voices


def _slot(place: int, turn: Turn) -> Slot:
    """Return what is known of a turn, and forget what is to be searched."""
    open_units = tuple(unit for unit in turn.units if unit.pattern in _OPEN)
    for unit in open_units:
        unit.speaker = None
    for unit in turn.units:
        if not unit.called and unit.object is None:
            unit.addressee = None
    fixed = next((u for u in turn.units if u.speaker is not None and u.direct), None)
    if fixed is not None:
        return Slot(place, turn, fixed, open_units, fixed.speaker)
    told = [unit for unit in open_units if unit.source is not None]
    return Slot(place, turn, (told or open_units or turn.units)[0], open_units, None)


@frozen
class _Gather:
    """Gives the evidence on the candidates of a slot."""

    ask: Ask

    def __call__(
        self, slot: Slot, scene: Scene, others: Sequence[Entity]
    ) -> tuple[str, Sequence[Evidence]]:
        unit = slot.unit
        if slot.fixed is None:
            told = unit.source is not None and unit.source.pronoun is not None
            situation = "pronoun" if told else "implicit"
            ranking = Ranking(situation, others=others)
            return f"{situation}:past", self.ask(unit, scene, ranking)
        source = unit.source
        if source is None or unit.pattern not in _SURE:
            return ANCHOR, ()
        with _sources_hidden(slot.turn):
            ranking = Ranking("implicit", hidden=source, others=others)
            evidence = self.ask(unit, scene, ranking)
        return ANCHOR, [
            evolve(item, features=_without(item.features, _BEHIND)) for item in evidence
        ]


def _without(features: dict[str, float], starts: tuple[str, ...]) -> dict[str, float]:
    return {name: value for name, value in features.items() if not name.startswith(starts)}


@contextmanager
def _sources_hidden(turn: Turn) -> Iterator[None]:
    """Take a turn as if nothing told who speaks it."""
    kept = [(unit, unit.source, unit.speaker, unit.anchor) for unit in turn.units]
    for unit in turn.units:
        unit.source, unit.speaker, unit.anchor = None, None, unit.start
    try:
        yield
    finally:
        for unit, source, speaker, anchor in kept:
            unit.source, unit.speaker, unit.anchor = source, speaker, anchor
