"""Interviews printed as questions and answers: who asks and who answers."""

from __future__ import annotations

from collections import Counter

from quotecraft.speakers.authors import find_author
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.links import Links
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Unit

__all__ = ["link_interview"]

_TALKS = frozenset(("interview", "interviewed", "conversation", "spoke", "talk", "talked", "sat"))
_NAMED = 12  # words behind "interview" in which the paper is named
_LABELS = {"q": True, "question": True, "a": False, "answer": False}


def link_interview(links: Links) -> None:
    """Link the questions and answers of an interview that have no names as labels.

    Questions are the author's, or the paper's that the introduction names ("the interview that she
    had with The Sorra Post"), or the unnamed "Q" of the labels, else nobody's; answers are the
    person's whom the introduction names most often. Each is said to the other.

    Args:
        links: The document's links.
    """
    parts = [(unit, asks) for unit in links.units if (asks := _asks(links, unit)) is not None]
    if not parts:
        return
    first = parts[0][0]
    asker = find_author(links.index, links.owners, asking=True) or _paper(links, first)
    guest = _guest(links, first, asker)
    labelled = next((unit for unit, asks in parts if asks and unit.source is not None), None)
    if asker is None and labelled is not None:
        asker = Entity(NameKind.PERSON, first=labelled.start, description="Q")
    for unit, asks in parts:
        if asks:
            links.link(unit, asker, "interviewer", "interview:question")
            unit.addressee = unit.addressee or guest
        elif guest is not None:
            links.link(unit, guest, "interviewed", "interview:answer")
            unit.addressee = unit.addressee or asker


def _paper(links: Links, first: Unit) -> Entity | None:
    """Return the paper or body that the introduction names as the one that asks."""
    words, index = links.index.words, links.index
    stop = words.at(first.start)
    for word in range(stop - 1, -1, -1):
        if words.lower[word] not in _TALKS:
            continue
        behind = [
            place
            for place in index.within(word + 1, min(word + _NAMED, stop) - 1)
            if words.sentence[index.mentions[place].first] == words.sentence[word]
        ]
        for place in behind:
            name, owner = index.mentions[place], links.owners[place]
            before = words.lower[max(0, name.first - 2) : name.first]
            asking = not {"with", "by"}.isdisjoint(before)
            if asking and owner is not None and owner.kind is not NameKind.PERSON:
                return owner
    return None


def _asks(links: Links, unit: Unit) -> bool | None:
    """Say whether a unit is a question; ``None`` when it is no unnamed turn of an interview."""
    if unit.layout == "transcript":
        line = links.index.words.text[: unit.start].rpartition("\n")[2].strip()  # "A:"
        label = line if unit.source is None else unit.source.text
        return _LABELS.get(label.lower().rstrip(".:").rstrip("0123456789 .#"))  # "Q1:", "A 2."
    if unit.layout != "interview" or unit.source is not None:
        return None
    one = unit.paragraph == unit.last_paragraph
    return one and links.index.words.text[unit.start : unit.end].rstrip().endswith("?")


def _guest(links: Links, first: Unit, asker: Entity | None) -> Entity | None:
    counts: Counter[int] = Counter()
    entities: dict[int, Entity] = {}
    for place, name in enumerate(links.index.mentions):
        owner = links.owners[place]
        if owner is None or owner is asker or owner.kind is not NameKind.PERSON:
            continue
        entities[id(owner)] = owner
        counts[id(owner)] += 1 if name.span.start >= first.start else 100
    return entities[counts.most_common(1)[0][0]] if counts else None
