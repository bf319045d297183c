"""Text in: encodings, paragraphs, quotation marks."""

from __future__ import annotations

from quotecraft.text.encodings import decode
from quotecraft.text.html import extract_article
from quotecraft.text.inputs import FailedInput, InputText
from quotecraft.text.pairing import InsideMarks, MarkStyle, Quotation, inside, pair_marks
from quotecraft.text.paragraphs import paragraphs
from quotecraft.text.reading import count_inputs, list_inputs, read_inputs

__all__ = [
    "FailedInput",
    "InputText",
    "InsideMarks",
    "MarkStyle",
    "Quotation",
    "count_inputs",
    "decode",
    "extract_article",
    "inside",
    "list_inputs",
    "pair_marks",
    "paragraphs",
    "read_inputs",
]
