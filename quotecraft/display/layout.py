"""Lays a document's annotations over its text, paragraph by paragraph.

Annotations may nest, cross or coincide; what comes out is well nested, so that a renderer only
opens and closes. Time is linear in the text and the annotations.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import pairwise

from attrs import frozen

from quotecraft.display.clean import LINE_BREAK
from quotecraft.model import Quote, Span
from quotecraft.text.paragraphs import paragraphs as find_paragraphs

__all__ = [
    "Block",
    "Close",
    "Event",
    "Mark",
    "Open",
    "Paragraph",
    "Role",
    "Text",
    "Unplaced",
    "lay_out",
    "marks_of",
    "paragraphs",
]

MAX_DEPTH = 8
"""How many annotations may be open at one place; further ones are reported as ``Unplaced``."""

MAX_GAP = 300
"""The longest narration, in code points, that is shown as joining two pieces of a quotation."""

_BREAK = re.compile(LINE_BREAK)


class Role(IntEnum):
    """What an annotation marks; where several mark the same span, lower ones are outside."""

    GAP = 0
    CONTENT = 1
    SOURCE = 2
    CUE = 3


@frozen
class Mark:
    """One annotated stretch of text.

    Attributes:
        start: Its first code point.
        end: Just past its last code point.
        role: What it marks.
        quote: Index of its quotation in ``Document.quotes``.
        part: Index of the stretch among those of this role in its quotation.
    """

    start: int
    end: int
    role: Role
    quote: int
    part: int


@frozen
class Paragraph:
    """A paragraph of the text.

    Attributes:
        start: Its first code point.
        end: Just past its last code point; white space at its edges is outside.
        verse: Whether line breaks inside it carry meaning.
    """

    start: int
    end: int
    verse: bool = False


@frozen
class Text:
    """A stretch of text under the same annotations."""

    start: int
    end: int


@frozen
class Open:
    """A mark begins, or goes on after a cut (then it isn't ``first``)."""

    mark: Mark
    first: bool


@frozen
class Close:
    """The mark opened last ends, or is cut (then it isn't ``last``)."""

    mark: Mark
    last: bool


@frozen
class Unplaced:
    """A mark that can't be drawn: on white space only, or too deep among others."""

    mark: Mark


Event = Text | Open | Close | Unplaced


@frozen
class Block:
    """A paragraph with its events; ``paragraph`` is ``None`` for marks after the last one."""

    paragraph: Paragraph | None
    events: tuple[Event, ...]


def _breaks(text: str, place: Span) -> list[tuple[int, int]]:
    """Return for each line break the columns of the line before it and of the word after it."""
    lines = [line.strip() for line in _BREAK.split(place.of(text))]
    return [
        (len(left), len(right.split(maxsplit=1)[0]))
        for left, right in pairwise(filter(None, lines))
    ]


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs that ``quotecraft.text`` finds, in order, and which of them are verse.

    Verse is a paragraph of several lines, most of which end although the next word would have
    fitted. The width is the 90th percentile of the text's lines that end within a paragraph.
    """
    places = find_paragraphs(text)
    breaks = [_breaks(text, place) for place in places]
    lengths = sorted(length for pairs in breaks for length, _ in pairs)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    result: list[Paragraph] = []
    for place, pairs in zip(places, breaks, strict=True):
        early = sum(length + 1 + word <= width for length, word in pairs)
        result.append(Paragraph(place.start, place.end, verse=2 * early > len(pairs)))
    return tuple(result)


def marks_of(quotes: Iterable[Quote]) -> list[Mark]:
    """Return every mark of the quotations, outer before inner, in text order."""
    marks: list[Mark] = []
    for number, quote in enumerate(quotes):
        for role, spans in (
            (Role.CONTENT, quote.content),
            (Role.SOURCE, quote.source),
            (Role.CUE, quote.cue),
        ):
            marks.extend(Mark(s.start, s.end, role, number, part) for part, s in enumerate(spans))
        for part, (left, right) in enumerate(pairwise(quote.content)):
            if 0 < right.start - left.end <= MAX_GAP:
                marks.append(Mark(left.end, right.start, Role.GAP, number, part))
    marks.sort(key=lambda m: (m.start, -m.end, m.role, m.quote))
    return marks


class _Walker:
    """The state of one walk over a text: which marks are open, and which come next."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.marks = marks
        self.next = 0
        self.stack: list[Mark] = []
        self.carried: list[Mark] = []
        self.events: list[Event] = []

    def paragraph(self, place: Paragraph, following: int) -> Block:
        """Return one paragraph's events; ``following`` is where the next paragraph starts."""
        self.events = []
        for mark in self.carried:
            self._open(mark, first=False)
        position = place.start
        while True:
            self._close_ended(position)
            if position >= place.end:
                break
            self._open_started(position)
            target = min([place.end, *(mark.end for mark in self.stack)])
            if self.next < len(self.marks):
                target = min(target, self.marks[self.next].start)
            self.events.append(Text(position, target))
            position = target
        self.carried = [mark for mark in self.stack if mark.end > following]
        while self.stack:
            mark = self.stack.pop()
            self.events.append(Close(mark, last=mark.end <= following))
        return Block(place, tuple(self.events))

    def rest(self) -> Block:
        """Return what is left after the last paragraph: marks on white space."""
        return Block(None, tuple(Unplaced(mark) for mark in self.marks[self.next :]))

    def _open(self, mark: Mark, *, first: bool) -> None:
        self.stack.append(mark)
        self.events.append(Open(mark, first))

    def _open_started(self, position: int) -> None:
        while self.next < len(self.marks) and self.marks[self.next].start <= position:
            mark = self.marks[self.next]
            self.next += 1
            if mark.end <= position or len(self.stack) >= MAX_DEPTH:
                self.events.append(Unplaced(mark))
            else:
                self._open(mark, first=True)

    def _close_ended(self, position: int) -> None:
        cut: list[Mark] = []
        while any(mark.end <= position for mark in self.stack):
            mark = self.stack.pop()
            last = mark.end <= position
            self.events.append(Close(mark, last))
            if not last:
                cut.append(mark)
        for mark in reversed(cut):
            self._open(mark, first=False)


def lay_out(places: Sequence[Paragraph], marks: Sequence[Mark]) -> Iterator[Block]:
    """Yield each paragraph with its events, and at the end the marks that no paragraph holds.

    In each block ``Open`` and ``Close`` are balanced and well nested, and the ``Text`` events are
    the paragraph, once and in order. A mark opens as ``first`` exactly once, or is ``Unplaced``.

    Args:
        places: The paragraphs, in order.
        marks: The marks, as ``marks_of`` sorts them.
    """
    walker = _Walker(marks)
    for number, place in enumerate(places):
        is_last = number + 1 == len(places)
        following = sys.maxsize if is_last else places[number + 1].start
        yield walker.paragraph(place, following)
    rest = walker.rest()
    if rest.events:
        yield rest
