"""What the steps that mend sources share: each attribution with the sentence it stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import Sentence, Span

__all__ = ["GRAMMAR_SURE", "cue_start", "in_sentences"]

GRAMMAR_SURE = 0.73
"""Chance that a source told by the grammar is right: 16 of 22, PolNeAR dev and 220 of train."""


def in_sentences(
    sentences: Sequence[Sentence],
    found: Sequence[Attribution],
    anchor: Callable[[Attribution], int | None],
    mend: Callable[[Span, Attribution], Attribution],
) -> list[Attribution]:
    """Return attributions, each mended within its sentence; without an anchor they stay.

    Args:
        sentences: A text's sentences, in order.
        found: Attributions of the text.
        anchor: Gives the offset whose sentence counts.
        mend: Takes the sentence and the attribution.
    """
    starts = [sentence.span.start for sentence in sentences]
    result = []
    for item in found:
        at = anchor(item)
        place = -1 if at is None else bisect_right(starts, at) - 1
        result.append(item if place < 0 else mend(sentences[place].span, item))
    return result


def cue_start(item: Attribution) -> int | None:
    """Return where an attribution's cue begins.

    Args:
        item: The attribution.
    """
    return item.cue[0].start if item.cue else None
