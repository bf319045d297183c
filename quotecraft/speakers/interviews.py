"""Interviews printed as questions and answers: who asks and who answers."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import NameIndex
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import QUOTED

__all__ = ["find_author", "link_interview"]

_BYLINE = 120  # words of a text in which its byline stands
_OPENERS = frozenset(("words", "text", "story", "report", "analysis", "opinion"))
_BEING = frozenset(("is", "was"))
_TALKS = frozenset(("interview", "interviewed", "conversation", "spoke", "talk", "talked", "sat"))
_NAMED = 12  # words behind "interview" in which the paper is named
_LABELS = {"q": True, "question": True, "a": False, "answer": False}


def find_author(
    index: NameIndex, owners: Sequence[Entity | None], *, asking: bool = False
) -> Entity | None:
    """Return the person named in the byline: "By Ana Ruiz" at the start of one of the first lines.

    Without one it is who signs: "By Ana Ruiz" as the last line, or the person whom the last
    paragraph opens with and describes, and nothing else in the text names.

    Args:
        index: The names of the document.
        owners: The entity of each name.
        asking: Whether to look for "Interview by Ana Ruiz", too, who isn't the one to say "I".
    """
    openers = _OPENERS | {"interview"} if asking else _OPENERS
    words = index.words
    for place, name in enumerate(index.mentions):
        by = name.first - 1
        if by >= _BYLINE:
            break
        owner = owners[place]
        if by < 0 or words.lower[by] != "by" or owner is None or owner.kind is not NameKind.PERSON:
            continue
        first = by - 1 if by > 0 and words.lower[by - 1] in openers else by
        if first == 0 or words.paragraph[first - 1] != words.paragraph[first]:
            return owner
    return None if asking else _signing(index, owners)


def _signing(index: NameIndex, owners: Sequence[Entity | None]) -> Entity | None:
    """Return the person who signs a text at its end, if anybody."""
    words = index.words
    if not len(words):
        return None
    last = words.paragraph[len(words) - 1]
    opening = bisect_left(words.paragraph, last)
    for place in index.within(opening, min(opening + 1, len(words) - 1)):
        name, owner = index.mentions[place], owners[place]
        if owner is None or owner.kind is not NameKind.PERSON or len(name.core) == 1:
            continue
        behind = name.last + 1
        if words.lower[opening] == "by" and name.first == opening + 1:
            return owner if behind == len(words) else None
        told = behind < len(words) and (
            words.lower[behind] in _BEING or words.gap(name.last) == ", "
        )
        quoted = any(words.has(i, QUOTED) for i in range(opening, len(words)))
        alone = all(index.mentions[i].first >= opening for i in owner.mentions)
        return owner if name.first == opening and told and alone and not quoted else None
    return None


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
