"""The one rule that says whether a quotation is direct, mixed or indirect.

It looks at nothing but the text's quotation marks, so gold and prediction are judged alike: direct
when every alphanumeric character of the content stands between paired marks (or in dialogue opened
by a dash), indirect when none does, mixed otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from quotecraft.evaluate.units import Axis
from quotecraft.model import Document, QuoteKind, Span
from quotecraft.text.pairing import pair_marks

__all__ = ["axis_kinds", "kinds_of", "with_kinds"]


def kinds_of(text: str, contents: Sequence[Sequence[Span]]) -> list[QuoteKind]:
    """Return the kind of each content of a text.

    Args:
        text: The text.
        contents: The content spans of each quotation.
    """
    return axis_kinds(Axis(text), contents)


def axis_kinds(axis: Axis, contents: Sequence[Sequence[Span]]) -> list[QuoteKind]:
    """Return the kind of each content of a text whose axis is known already."""
    marked = np.zeros(len(axis.text), dtype=np.bool_)
    for quotation in pair_marks(axis.text):
        for span in quotation.spans:
            marked[span.start : span.end] = True
    return [_kind(axis, marked, content) for content in contents]


def _kind(axis: Axis, marked: NDArray[np.bool_], content: Sequence[Span]) -> QuoteKind:
    for counted in axis.counted:  # a content of marks alone has no alphanumerics
        pieces = [(counted[s.start : s.end], marked[s.start : s.end]) for s in content]
        total = sum(int(flags.sum()) for flags, _ in pieces)
        inside = sum(int((flags & quoted).sum()) for flags, quoted in pieces)
        if total:
            break
    if inside == 0:
        return QuoteKind.INDIRECT
    return QuoteKind.DIRECT if inside == total else QuoteKind.MIXED


def with_kinds(document: Document) -> Document:
    """Return the document with the kind of every quote decided by the rule."""
    kinds = kinds_of(document.text, [quote.content for quote in document.quotes])
    pairs = zip(document.quotes, kinds, strict=True)
    quotes = tuple(evolve(quote, kind=kind) for quote, kind in pairs)
    return evolve(document, quotes=quotes)
