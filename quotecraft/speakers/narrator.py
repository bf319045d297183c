"""Who says "I" in the narration, and whether anybody in the text calls them by name."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.mentions import NameIndex
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Turn, Unit
from quotecraft.speakers.words import QUOTED, Words

__all__ = ["find_narrator"]

_RATE = 250  # words of narration to each "I" above which nobody is taken to narrate
_LEAST_SAID = 5
_LEAST_CALLS = 2
_NEAR = 6  # turns from one that "I" speak in which a call may still be to them
_LEAST_NEAR = 3  # such calls; of our stories told by "I", all found so were right
_MY_NAME_IS = ("my", "name", "is")
_SELF = (_MY_NAME_IS, ("my", "name", "was"), ("i", "am", "called"), ("call", "me"))


def find_narrator(
    index: NameIndex,
    owners: Sequence[Entity | None],
    units: Sequence[Unit],
    turns: Sequence[Turn],
    author: Entity | None = None,
) -> Entity | None:
    """Return the first-person narrator, ``None`` when the text has none.

    A letter, or a speech without quotation marks, in a story told by nobody makes no narrator.

    The narrator takes the name that they give as theirs ("My name is Ana Ruiz", "Call me Ana"), or
    that others call in the turns beside "I said", when at least two do and the narration itself
    hardly uses it, or that the turns around call most often and the narration never uses;
    otherwise they are an entity of their own named "I".

    Args:
        index: The names of the document.
        owners: The entity of each name.
        units: Its attributions.
        turns: Its turns.
        author: Who wrote the text, where a byline tells and it isn't fiction.
    """
    words = index.words
    speaks = any(_is_first_person(unit) and not unit.nested for unit in units)
    narrates, much = _narrates(words)
    if not speaks and not (narrates and much):
        return None
    if author is not None:
        return author
    if not narrates:
        return None
    given = next((name for unit in units if (name := _named_self(index, owners, unit))), None)
    given = given or _told_self(index, owners)
    if given is not None:
        return given
    called = _called(index, turns) or _called_near(index, owners, turns)
    return Entity(NameKind.PERSON, description="I") if called is None else called


def _called(index: NameIndex, turns: Sequence[Turn]) -> Entity | None:
    """Return the person whom others call in the turns beside those that "I" speak."""
    calls: Counter[int] = Counter()
    entities: dict[int, Entity] = {}
    for place, turn in enumerate(turns):
        if not any(_is_first_person(unit) for unit in turn.units):
            continue
        for beside in (place - 1, place + 1):
            if not 0 <= beside < len(turns):
                continue
            for unit in turns[beside].units:
                if _is_first_person(unit):
                    continue
                for entity in unit.vocatives:
                    calls[id(entity)] += 1
                    entities[id(entity)] = entity
    for key, count in calls.most_common():
        entity = entities[key]
        told = sum(not index.mentions[place].quoted for place in entity.mentions)
        if count >= _LEAST_CALLS and told <= 2 * count and entity.kind is NameKind.PERSON:
            return entity
    return None


def _called_near(
    index: NameIndex, owners: Sequence[Entity | None], turns: Sequence[Turn]
) -> Entity | None:
    """Return the person called most in the turns around those of "I", whom nothing else names."""
    own = [p for p, turn in enumerate(turns) if any(map(_is_first_person, turn.units))]
    calls: Counter[int] = Counter()
    entities: dict[int, Entity] = {}
    others: set[int] = set()  # who speak, or are called by "I"
    for place, turn in enumerate(turns):
        at = bisect_left(own, place)
        near = any(abs(place - one) <= _NEAR for one in own[max(0, at - 1) : at + 1])
        for unit in turn.units:
            mine = _is_first_person(unit)
            for entity in unit.vocatives:
                entities[id(entity)] = entity
                calls[id(entity)] += near and not mine
            if mine:
                others.update(map(id, unit.vocatives))
            elif unit.source is not None and unit.source.name is not None:
                others.add(id(owners[unit.source.name]))
    ranked = calls.most_common(2)
    most = ranked[0][1] if ranked else 0
    tied = len(ranked) > 1 and ranked[1][1] == most
    if most < _LEAST_NEAR or tied:
        return None
    entity = entities[ranked[0][0]]
    told = any(not index.mentions[place].quoted for place in entity.mentions)
    person = entity.kind is NameKind.PERSON and id(entity) not in others
    return entity if person and not told else None


def _named_self(index: NameIndex, owners: Sequence[Entity | None], unit: Unit) -> Entity | None:
    """Return the person whose name somebody who says "I" gives as their own in a quotation."""
    words = index.words
    if not _is_first_person(unit) or unit.nested or not unit.direct:
        return None
    inside = words.within_offsets(unit.start, unit.end)
    for place in index.within(inside[0], inside[-1]) if inside else ():
        name, owner = index.mentions[place], owners[place]
        before = tuple(words.lower[max(inside[0], name.first - 3) : name.first])
        if owner is not None and owner.kind is NameKind.PERSON and before == _MY_NAME_IS:
            return owner
    return None


def _told_self(index: NameIndex, owners: Sequence[Entity | None]) -> Entity | None:
    """Return the person whose name the narration gives as the narrator's own."""
    words = index.words
    for name, owner in zip(index.mentions, owners, strict=True):
        if owner is None or owner.kind is not NameKind.PERSON or name.quoted:
            continue
        before = words.lower[max(0, name.first - 3) : name.first]
        if any(tuple(before[-len(form) :]) == form for form in _SELF):
            return owner
    return None


def _is_first_person(unit: Unit) -> bool:
    source = unit.source
    return (
        source is not None
        and source.pronoun is not None
        and source.pronoun.person == 1
        and not source.plural
    )


def _narrates(words: Words) -> tuple[bool, bool]:
    """Say whether the narration says "I" often, for its length, and more than a few times."""
    told = said = 0
    for place, word in enumerate(words.lower):
        if not words.has(place, QUOTED):
            told += 1
            said += word == "i"
    return told <= _RATE * said, said >= _LEAST_SAID
