"""Contents made to agree with the quotation marks around them.

The network reads a few paragraphs at a time, so that a long quotation can come out cut short; and
it can take words of the reporting clause after a quotation for a part of the content.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from attrs import evolve

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import Span
from quotecraft.text.pairing import Quotation

__all__ = ["completed", "shared_length", "without_clause"]

_MARKS = "”\"'’»"
_MOST = 0.4  # share of a quotation that must be found for the rest to be added
_WHOLE = 0.9  # share of its first paragraph that does instead, where it runs on in the next


def completed(
    text: str, tagged: Sequence[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """Return attributions whose contents run to the marks around them.

    A quotation is left alone where no attribution, or more than one, touches it. Contents that hold
    nothing but marks even so go.

    Args:
        text: The document's text.
        tagged: Attributions, in text order.
        quotations: The text's paired quotation marks.
    """
    taken = sorted(
        (span.start, span.end, number)
        for number, item in enumerate(tagged)
        for span in (*item.content, *item.cue, *item.source)
    )
    wholes: dict[int, list[Span]] = {}
    for quotation in quotations:
        if quotation.parent is None:
            owner = _owner(text, quotation.spans, tagged, taken)
            if owner is not None:
                wholes.setdefault(owner, []).extend(quotation.spans)
    contents = [
        _joined([*item.content, *wholes[number]]) if number in wholes else item.content
        for number, item in enumerate(tagged)
    ]
    spoken = [tuple(span for span in spans if _has_words(text, span)) for spans in contents]
    return [
        evolve(item, content=content)
        for item, content in zip(tagged, spoken, strict=True)
        if content
    ]


def _has_words(text: str, span: Span) -> bool:
    return any(map(str.isalnum, text[span.start : span.end]))


def _owner(
    text: str,
    spans: Sequence[Span],
    tagged: Sequence[Attribution],
    taken: Sequence[tuple[int, int, int]],
) -> int | None:
    """Return the one attribution whose content begins a quotation and holds much of it."""
    first = bisect_left(taken, (spans[0].start,))
    last = bisect_left(taken, (spans[-1].end,))
    inside = {number for _, _, number in taken[first:last]}
    if first and taken[first - 1][1] > spans[0].start:
        inside.add(taken[first - 1][2])
    if len(inside) != 1:
        return None
    (number,) = inside
    item = tagged[number]
    if any(one.overlaps(span) for one in (*item.cue, *item.source) for span in spans):
        return None
    begins = any(one.start <= spans[0].start < one.end for one in item.content)
    return number if begins and _holds_most(text, item.content, spans) else None


def _holds_most(text: str, content: Sequence[Span], spans: Sequence[Span]) -> bool:
    """Say whether a content holds much of a quotation, its first paragraph, or just its marks."""
    begun = next(one for one in content if one.start <= spans[0].start < one.end)
    if not _has_words(text, Span(max(begun.start, spans[0].start), begun.end)):
        return True
    if shared_length(content, spans) >= _MOST * sum(map(len, spans)):
        return True
    return len(spans) > 1 and shared_length(content, spans[:1]) >= _WHOLE * len(spans[0])


def without_clause(
    text: str, tagged: Sequence[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """Return attributions without the words of the reporting clause that follows a quotation.

    Where a content begins with a quotation that ends in a comma (“A,” she said), what stands
    outside the marks after it tells of the saying, not of what was said.

    Args:
        text: The document's text.
        tagged: Attributions.
        quotations: The text's paired quotation marks.
    """
    outer = sorted(span for q in quotations if q.parent is None for span in q.spans)
    starts = [span.start for span in outer]
    return [_inside_marks(text, item, outer, starts) for item in tagged]


def _inside_marks(
    text: str, item: Attribution, outer: Sequence[Span], starts: Sequence[int]
) -> Attribution:
    first = bisect_left(starts, item.content[0].start)
    opened = first < len(outer) and outer[first].start == item.content[0].start
    cue = item.cue or item.source
    if not opened or not cue or cue[0].start < outer[first].end:
        return item
    if text[outer[first].start + 1 : outer[first].end].rstrip(_MARKS)[-1:] != ",":
        return item
    last = bisect_left(starts, item.content[-1].end)
    kept = [
        Span(max(one.start, mark.start), min(one.end, mark.end))
        for one in item.content
        for mark in outer[first:last]
        if one.overlaps(mark)
    ]
    return evolve(item, content=tuple(kept))


def shared_length(left: Sequence[Span], right: Sequence[Span]) -> int:
    """Return how many code points two sets of spans share."""
    return sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in left
        for other in right
    )


def _joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap as one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
