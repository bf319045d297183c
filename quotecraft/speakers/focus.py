"""Whom "he" and "she" of the narration stand for, by a simple rule: the focus of the passage.

A pronoun that is a subject goes on with whom the last one of its gender stood for, until a subject
of that gender is named. It's evidence, not a decision: the scorers learn what it's worth.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.pronouns import Gender

__all__ = ["Referring", "Seen", "antecedents"]

_REACH = 120  # words that a focus lasts
_AGREES = 0.6  # least share of signs for the gender
_PERSONS = (NameKind.PERSON, NameKind.UNKNOWN, NameKind.TITLE, NameKind.OTHER)


@frozen(weakref_slot=False)
class Seen:
    """A name in the narration.

    Attributes:
        word: Index of its first word.
        entity: Whom it names.
        subject: Whether it looks like the subject of a clause.
    """

    word: int
    entity: Entity
    subject: bool


@frozen(weakref_slot=False)
class Referring:
    """A pronoun in the narration.

    Attributes:
        word: Its index.
        gender: Its gender.
        entity: Whom it may stand for, if anybody.
    """

    word: int
    gender: Gender
    entity: Entity | None


def antecedents(names: Sequence[Seen], pronouns: Sequence[tuple[int, Gender]]) -> list[Referring]:
    """Return whom each pronoun may stand for.

    Args:
        names: Names in the narration, in order.
        pronouns: "He" and "she" in the narration: index of the word and gender, in order.
    """
    focus: dict[Gender, tuple[int, Entity]] = {}  # the last subject, or pronoun
    named: dict[Gender, tuple[int, Entity]] = {}  # the last name in any role
    found: list[Referring] = []
    place = 0
    for word, gender in pronouns:
        while place < len(names) and names[place].word < word:
            name = names[place]
            place += 1
            if name.entity.kind not in _PERSONS:
                continue
            for one in ("m", "f"):
                if name.entity.votes.share(one) >= _AGREES:
                    named[one] = (name.word, name.entity)
                    if name.subject:
                        focus[one] = (name.word, name.entity)
        entity = None
        for table in (focus, named):
            if entity is None and gender in table and word - table[gender][0] <= _REACH:
                entity = table[gender][1]
        if entity is not None:
            focus[gender] = (word, entity)
        found.append(Referring(word, gender, entity))
    return found
