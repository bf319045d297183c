"""Pairing of quotation marks over a whole document.

Whether a mark opens, closes or is an apostrophe can often not be told from its surroundings. So
every reading that is still plausible is kept, with its cost (see ``marks``), while one goes through
the text once: a beam search over stacks of open quotations, in which readings with the same stack
are merged and the dearer one is dropped. Time is linear in the number of marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from enum import StrEnum

from attrs import field, frozen

from quotecraft.model import Span
from quotecraft.text.dialogue import dash_dialogue
from quotecraft.text.marks import MARKS, Family
from quotecraft.text.paragraphs import paragraphs as split_paragraphs
from quotecraft.text.search import Opened, read_marks

__all__ = ["InsideMarks", "MarkStyle", "Quotation", "inside", "pair_marks"]


class MarkStyle(StrEnum):
    """Which marks enclose a quotation."""

    DOUBLE = "double"  # “ ” „ " and wire `` ''
    SINGLE = "single"  # ‘ ’ ' ‚
    GUILLEMET = "guillemet"  # « » ‹ ›
    DASH = "dash"  # dialogue opened by a dash at the start of a paragraph


def _spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(spans)


@frozen(weakref_slot=False)
class Quotation:
    """A stretch of text between quotation marks.

    Attributes:
        spans: One span, or one a paragraph when the quotation goes on in the next paragraph (its
            opening mark repeated there, as a rule) and is closed once; outer marks included.
        style: Which marks enclose it.
        parent: Index, in the result of ``pair_marks``, of the quotation it stands inside.
        closed: Whether its closing mark was found; if not, it ends with its paragraph, with the
            quotation it stands inside, or where the next one is opened.
    """

    spans: tuple[Span, ...] = field(converter=_spans)
    style: MarkStyle = MarkStyle.DOUBLE
    parent: int | None = None
    closed: bool = True


_STYLES = {
    Family.DOUBLE: MarkStyle.DOUBLE,
    Family.SINGLE: MarkStyle.SINGLE,
    Family.GUILLEMET: MarkStyle.GUILLEMET,
    Family.SINGLE_GUILLEMET: MarkStyle.GUILLEMET,
}


def pair_marks(text: str, paragraphs: Sequence[Span] | None = None) -> tuple[Quotation, ...]:
    """Return every stretch between quotation marks, in text order, outer before inner.

    Never raises; one odd mark costs at most its own paragraph. A pair of marks with nothing but
    white space or marks between them is no quotation.

    Args:
        text: Any text.
        paragraphs: Its paragraphs, in order; found by ``quotecraft.text.paragraphs`` if not given.

    Returns:
        The quotations. Their spans are code points, half-open, and hold the marks; those of one
        quotation are in order and disjoint, and each lies inside one span of its parent's.
    """
    blocks = split_paragraphs(text) if paragraphs is None else paragraphs
    found = _with_content(text, read_marks(text, blocks))
    opened = [(q.spans, _STYLES[q.family], q.closed) for q in found]
    opened.extend(((span,), MarkStyle.DASH, True) for span in dash_dialogue(text, blocks, found))
    return _nested(opened)


_CONTENT = re.compile(rf"[^{re.escape(MARKS)}\s]")


def _with_content(text: str, found: Sequence[Opened]) -> list[Opened]:
    """Leave out what encloses only white space and marks, and doubled marks (\"\"Yes\"\")."""
    spans = [(span.start, span.end) for quotation in found for span in quotation.spans]
    filled: set[int] = set()
    known_start, known_content = len(text) + 1, len(text)
    for start, end in sorted(spans, reverse=True):
        if start < known_start:
            match = _CONTENT.search(text, start, min(known_start, len(text)))
            known_content = match.start() if match else known_content
            known_start = start
        if known_content < end:
            filled.add(start)
    kept: list[Opened] = []
    for quotation in found:
        if not any(span.start in filled for span in quotation.spans):
            continue
        if kept and _doubles(kept[-1], quotation):
            continue
        kept.append(quotation)
    return kept


def _doubles(outer: Opened, inner: Opened) -> bool:
    return (
        outer.family is inner.family
        and outer.spans[0].start + 1 == inner.spans[0].start
        and outer.spans[-1].end - 1 == inner.spans[-1].end
        and len(outer.spans) == len(inner.spans)
    )


def _nested(opened: list[tuple[tuple[Span, ...], MarkStyle, bool]]) -> tuple[Quotation, ...]:
    opened.sort(key=lambda item: (item[0][0].start, -item[0][-1].end))
    result: list[Quotation] = []
    around: list[int] = []
    for spans, style, closed in opened:
        while around and result[around[-1]].spans[-1].end <= spans[0].start:
            around.pop()
        result.append(Quotation(spans, style, around[-1] if around else None, closed))
        around.append(len(result) - 1)
    return tuple(result)


@frozen
class InsideMarks:
    """The stretches of a text that lie inside quotation marks, for fast look-up.

    Attributes:
        spans: Outermost quotations' spans, marks included, in order, neither overlapping nor
            touching.
    """

    spans: tuple[Span, ...]
    _starts: list[int] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_starts", [span.start for span in self.spans])

    def span_at(self, offset: int) -> Span | None:
        """Return the stretch that holds the code point at ``offset``, if one does."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or offset >= self.spans[index].end:
            return None
        return self.spans[index]

    def __contains__(self, offset: int) -> bool:
        return self.span_at(offset) is not None

    def overlapping(self, span: Span) -> tuple[Span, ...]:
        """Return the stretches that share a code point with ``span``, in order."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        last = bisect_left(self._starts, span.end)
        return tuple(s for s in self.spans[first:last] if s.overlaps(span))

    def covers(self, span: Span) -> bool:
        """Say whether all of ``span`` lies inside one stretch."""
        around = self.span_at(span.start)
        return around is not None and around.covers(span)


def inside(quotations: Iterable[Quotation]) -> InsideMarks:
    """Return what lies inside quotation marks of any style, nested or not.

    ``offset in inside(quotations)`` takes logarithmic time.
    """
    merged: list[Span] = []
    for span in sorted(span for quotation in quotations for span in quotation.spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return InsideMarks(tuple(merged))
