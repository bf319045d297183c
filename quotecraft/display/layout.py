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
from quotecraft.model import Quote

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

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(LINE_BREAK)
_WORD = re.compile(r"\S+")


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
        end: Just past its last code point; line breaks at its edges are outside.
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


Line = re.Match[str]


def _filled(text: str, left: Line, right: Line, width: int) -> bool:
    """Say whether the first word of the right line would not have fitted on the left one."""
    word = _WORD.search(text, right.start(), right.end())
    return word is None or len(left.group().rstrip()) + 1 + len(word.group()) > width


def _fixed_width(text: str, blocks: Sequence[Sequence[Line]]) -> int | None:
    """Return the width in columns that a text's lines are filled to; ``None`` when they aren't.

    It is the 90th percentile of the lines that another follows without a blank line, if most of
    those lines end because the next word would not have fitted.
    """
    breaks = [pair for lines in blocks for pair in pairwise(lines)]
    if len(breaks) < 3:
        return None
    lengths = sorted(len(left.group().rstrip()) for left, _ in breaks)
    width = lengths[len(lengths) * 9 // 10]
    if not 50 <= width <= 100:
        return None
    filled = sum(_filled(text, left, right, width) for left, right in breaks)
    return width if 2 * filled > len(breaks) else None


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text, in order; white space between them is in none.

    A blank line ends a paragraph. A single line break ends one too, unless the text is filled to a
    fixed width of 50 to 100 columns, as e-texts are: then it is a space, or the end of a verse
    where most lines are shorter than they need be.
    """
    blocks: list[list[Line]] = []
    for line in _LINE.finditer(text):
        if line.group().isspace():
            continue
        if blocks and _BREAK.fullmatch(text, blocks[-1][-1].end(), line.start()):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    width = _fixed_width(text, blocks)
    if width is None:
        return tuple(Paragraph(line.start(), line.end()) for lines in blocks for line in lines)
    result: list[Paragraph] = []
    for lines in blocks:
        short = sum(not _filled(text, left, right, width) for left, right in pairwise(lines))
        verse = 2 * short >= len(lines) > 1
        result.append(Paragraph(lines[0].start(), lines[-1].end(), verse))
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
