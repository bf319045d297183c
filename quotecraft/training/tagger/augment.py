"""Variation of training texts: other quotation marks, no capitals.

PolNeAR's articles share a house style; a reader's texts don't. Swapping the style of the marks and
dropping case now and then keeps the tagger from leaning on either.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Final

from attrs import frozen

from quotecraft.text.pairing import MarkStyle, Quotation, pair_marks
from quotecraft.training.tagger.data import Relation, Spans

__all__ = ["Augmentation", "augment", "restyle_marks"]

STYLES: Final = (("“", "”"), ('"', '"'), ("``", "''"), ("‘", "’"))
_WIRE: Final = ("``", "''")
_DOUBLE_MARKS: Final = frozenset('"“”„')


@frozen
class Augmentation:
    """How often a text is varied.

    Attributes:
        marks: Probability that all its double marks are rewritten in one random style.
        lower: Probability that it loses its capitals.
    """

    marks: float = 0.3
    lower: float = 0.04


def augment(
    text: str, relations: Sequence[Relation], settings: Augmentation, random: Random
) -> tuple[str, tuple[Relation, ...]]:
    """Return a variant of a text, with its relations moved along."""
    if random.random() < settings.marks:
        text, relations = restyle_marks(text, relations, random.choice(STYLES))
    if random.random() < settings.lower:
        text = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return text, tuple(relations)


def restyle_marks(
    text: str, relations: Sequence[Relation], style: tuple[str, str]
) -> tuple[str, tuple[Relation, ...]]:
    """Rewrite the outer double quotation marks of a text.

    Args:
        text: The text.
        relations: Its attributions.
        style: The opening and the closing mark to write.
    """
    edits = sorted(_edits(text, pair_marks(text), style))
    pieces: list[str] = []
    shifts: list[tuple[int, int]] = []  # offset from which a shift holds, the shift
    at = moved = 0
    for start, end, new in edits:
        pieces += (text[at:start], new)
        moved += len(new) - (end - start)
        shifts.append((end, moved))
        at = end
    pieces.append(text[at:])
    new_text = "".join(pieces)

    def move(spans: Spans) -> Spans:
        return tuple((_shifted(start, shifts), _shifted(end, shifts)) for start, end in spans)

    moved_relations = tuple(
        Relation(move(item.cue), move(item.content), move(item.source)) for item in relations
    )
    return new_text, moved_relations


def _shifted(offset: int, shifts: Sequence[tuple[int, int]]) -> int:
    low, high = 0, len(shifts)
    while low < high:
        middle = (low + high) // 2
        if shifts[middle][0] <= offset:
            low = middle + 1
        else:
            high = middle
    return offset + (shifts[low - 1][1] if low else 0)


def _edits(
    text: str, quotations: Sequence[Quotation], style: tuple[str, str]
) -> list[tuple[int, int, str]]:
    edits = []
    for quotation in quotations:
        if quotation.parent is not None or quotation.style is not MarkStyle.DOUBLE:
            continue
        for span in quotation.spans:
            wide = 2 if text[span.start : span.start + 2] in _WIRE else 1
            edits.append((span.start, span.start + wide, style[0]))
        last = quotation.spans[-1].end
        wide = 2 if text[last - 2 : last] in _WIRE else 1
        closing = text[last - wide : last]
        if quotation.closed and (closing in _WIRE or closing in _DOUBLE_MARKS):
            edits.append((last - wide, last, style[1]))
    return edits
