"""Words of a text, and each given once to one of the quotations that hold it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quotecraft.model import Quote

__all__ = ["WORD", "owned_words"]

WORD = re.compile(r"\w+(?:['’\-‐‑]\w+)*")
"""A run of letters and digits, apostrophes and hyphens inside it included."""


def owned_words(
    text: str, quotes: Sequence[Quote], depths: Sequence[int], *, innermost: bool
) -> tuple[NDArray[np.int64], int]:
    """Count the words of each quotation, every word of the text once.

    Args:
        text: The text.
        quotes: The quotations.
        depths: How many quotations each stands inside.
        innermost: Whether a word that several hold belongs to the innermost (deepest, then
            shortest) or to the outermost.

    Returns:
        The words that belong to each quotation, and the words of the text.
    """
    starts = [match.start() for match in WORD.finditer(text)]
    owner = np.full(len(starts), -1, dtype=np.int64)

    def rank(place: int) -> tuple[int, int, int]:
        size = sum(len(span) for span in quotes[place].content)
        return (depths[place], -size, place)

    for place in sorted(range(len(quotes)), key=rank, reverse=not innermost):
        for span in quotes[place].content:  # the last to paint a word has it
            owner[bisect_left(starts, span.start) : bisect_left(starts, span.end)] = place
    counts = np.bincount(owner[owner >= 0], minlength=len(quotes))
    return counts.astype(np.int64), len(starts)
