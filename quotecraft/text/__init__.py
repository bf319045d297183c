"""Text in: encodings, paragraphs, quotation marks."""

from __future__ import annotations

from quotecraft.text.pairing import InsideMarks, MarkStyle, Quotation, inside, pair_marks
from quotecraft.text.paragraphs import paragraphs

__all__ = [
    "InsideMarks",
    "MarkStyle",
    "Quotation",
    "inside",
    "pair_marks",
    "paragraphs",
]
