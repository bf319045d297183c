"""Small questions about attributions while they are linked."""

from __future__ import annotations

from attrs import evolve

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Turn, Unit

__all__ = [
    "forget",
    "goes_by_i",
    "is_mine",
    "name_pattern",
    "neighbour",
    "outermost",
    "with_source",
]


def neighbour(turn: Turn, unit: Unit) -> Unit | None:
    """Return the unit of the same turn, with a known speaker, that a silent one goes with.

    The nearest one with a source counts, the one before rather than the one behind.
    """
    before = None
    for other in turn.units:
        if other.source is None or other.speaker is None:
            continue
        if other.start > unit.start:
            return before or other
        before = other
    return before


def forget(unit: Unit) -> None:
    """Take back who was found to speak a quotation, and to whom."""
    unit.speaker, unit.pattern, unit.called = None, "", False
    if unit.object is None:
        unit.addressee = None


def goes_by_i(unit: Unit) -> bool:
    """Say whether "I" speaks in news, who is hardly whom "he" or "she" goes on with."""
    if unit.pattern != "interviewed":
        return unit.pattern == "author"
    return unit.source is not None and unit.source.pronoun is not None


def is_mine(source: SourceMention) -> bool:
    """Say whether the writer or a body owns somebody: "my mother", "its lawyer" is nobody named."""
    owner = source.owner_pronoun
    return owner is not None and (owner.person == 1 or owner.base in ("it", "they"))


def name_pattern(name: NameMention, owner: Entity) -> str:
    """Return the pattern of a link by name."""
    if owner.kind is not NameKind.PERSON:
        return "name:other"
    if len(name.core) > 1:
        return "name:full"
    return "name:titled" if name.title else "name:short"


def outermost(unit: Unit) -> Unit:
    """Return the top-level attribution that a nested one stands in."""
    while unit.outer is not None:
        unit = unit.outer
    return unit


def with_source(unit: Unit, source: SourceMention) -> Unit:
    """Return a copy of a unit, without its speaker, as if it had another source."""
    return evolve(
        unit, source=source, anchor=source.span.start, speaker=None, evidence=(), pattern=""
    )
