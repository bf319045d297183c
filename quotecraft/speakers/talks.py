"""Interviews of which only the shape is left: an announcement, then paragraphs that ask and answer.

Where the questions were printed in bold and nothing else tells them apart, "I" is neither the
paper's reporter nor who the byline names, but the guest in what answers and the asker in what asks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from attrs import frozen

from quotecraft.detect.interview import FIRST_PERSON, is_question
from quotecraft.model import Span
from quotecraft.speakers.authors import find_author
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.mentions import NameIndex
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.text.paragraphs import paragraphs

__all__ = ["Talk", "find_talk"]

_LEAST = 2  # questions
_PERSONAL = 0.5  # of the answers, those that speak in the first person
_ADDRESSED = 0.5  # of the questions, those that say "you"
_ANNOUNCED = re.compile(
    r"\b(?:[Ii]nterview(?:ed|ees?|er)?\b|interviews (?=[A-Z])|"
    r"(?:[Ii]n conversation|sat down) with\b)"
)
_YOU = re.compile(r"\byour?\b", re.IGNORECASE)


@frozen
class Talk:
    """An interview without labels.

    Attributes:
        starts: Offsets at which its paragraphs begin, from the first question on.
        asking: For each, whether it asks.
        asker: Who asks, if the byline tells.
        guest: Who answers, if the opening names one person above all others.
    """

    starts: Sequence[int]
    asking: Sequence[bool]
    asker: Entity | None
    guest: Entity | None

    def covers(self, offset: int) -> bool:
        """Say whether an offset lies behind the opening."""
        return offset >= self.starts[0]

    def speaker(self, offset: int) -> Entity | None:
        """Return who is "I" at an offset behind the opening, ``None`` if nothing tells.

        Args:
            offset: The offset.
        """
        return self.asker if self.asks(offset) else self.guest

    def asks(self, offset: int) -> bool:
        """Say whether an offset behind the opening stands in a question.

        Args:
            offset: The offset.
        """
        return self.asking[bisect_right(self.starts, offset) - 1]


def find_talk(index: NameIndex, owners: Sequence[Entity | None]) -> Talk | None:
    """Return the interview that a text of news is, if it announces one and shows its shape.

    Args:
        index: The names of the document.
        owners: The entity of each name.
    """
    text = index.words.text
    if "?" not in text or _ANNOUNCED.search(text) is None:
        return None
    blocks = paragraphs(text)
    asking = [is_question(block.of(text)) for block in blocks]
    questions = [number for number, asks in enumerate(asking) if asks]
    if len(questions) < _LEAST or not _ANNOUNCED.search(text, 0, blocks[questions[0]].start):
        return None
    ends = [*questions[1:], len(blocks)]
    answers = [blocks[a + 1 : b] for a, b in zip(questions, ends, strict=True) if b > a + 1]
    personal = sum(any(FIRST_PERSON.search(part.of(text)) for part in one) for one in answers)
    if len(answers) < _LEAST or personal < _PERSONAL * len(answers):
        return None
    addressed = sum(_YOU.search(blocks[number].of(text)) is not None for number in questions)
    if addressed < _ADDRESSED * len(questions):
        return None
    first = questions[0]
    asker = find_author(index, owners, asking=True)
    guest = _guest(index, owners, Span(0, blocks[first].start), asker)
    return Talk([block.start for block in blocks[first:]], asking[first:], asker, guest)


def _guest(
    index: NameIndex, owners: Sequence[Entity | None], opening: Span, asker: Entity | None
) -> Entity | None:
    """Return the person whom an opening names more often than any other; the asker is none."""
    counts: Counter[int] = Counter()
    people: dict[int, Entity] = {}
    for mention, owner in zip(index.mentions, owners, strict=True):
        if mention.span.start >= opening.end:
            break
        if owner is not None and owner is not asker and owner.kind is NameKind.PERSON:
            people[id(owner)] = owner
            counts[id(owner)] += 1
    best = counts.most_common(2)
    if not best or any(one == other for (_, one), (_, other) in pairwise(best)):
        return None
    return people[best[0][0]]
