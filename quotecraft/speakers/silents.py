"""Quotations in news without a source whose speaker the sentence around or before tells."""

from __future__ import annotations

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.links import Links
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import INITIAL

__all__ = ["noting", "subject_before"]


def noting(links: Links, unit: Unit) -> Entity | None:
    """Return who says the rest of a sentence that opens "Noting that …, Ruiz said …".

    Args:
        links: The document's links.
        unit: A quotation with a cue and no source.
    """
    words = links.index.words
    if unit.cue is None:
        return None
    first = words.at(unit.cue.start)
    if (
        first == len(words)
        or not words.lower[first].endswith("ing")
        or not words.has(first, INITIAL)
    ):
        return None
    sentence = words.sentence[first]
    for other in links.anchored_in(sentence):
        if other.source is None or other.nested or other.speaker is None:
            continue
        if other.anchor > unit.start:
            return other.speaker
    behind = links.narration.between(words.at(unit.end), words.at(unit.end) + 40)
    subjects = [o for o in behind if o.subject and words.sentence[o.word] == sentence]
    return subjects[0].entity if subjects else None


def subject_before(links: Links, unit: Unit) -> Entity | None:
    """Return the one person who is a subject in the sentence before a quotation, if it opens one.

    Args:
        links: The document's links.
        unit: A quotation in marks without a cue.
    """
    words = links.index.words
    first = words.at(unit.start)
    if unit.cued or unit.nested or first == 0 or first >= len(words):
        return None
    before = words.sentence[first - 1]
    if words.sentence[first] == before or words.paragraph[first - 1] != unit.paragraph:
        return None
    near = [o for o in links.narration.before(first, first) if words.sentence[o.word] == before]
    people = {id(o.entity): o.entity for o in near if o.entity.kind is NameKind.PERSON}
    subject = any(one.subject for one in near if id(one.entity) in people)
    return next(iter(people.values())) if len(people) == 1 and subject else None
