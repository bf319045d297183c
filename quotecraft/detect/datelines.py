"""Datelines: the place, date and agency that open the first paragraph of a news article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecraft.model import Span

__all__ = ["dateline_spans"]

_PLACE = r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]*){0,3}"
_MORE = r"(?:,? (?:[A-Z][\w.'’]*|\d{1,2}|\d{4}),?){0,5}"
_DATE = r"\d{1,2} [A-Z][a-z]+ \d{4}:\s?"
_AGENCY = r"\([A-Z][\w ./-]{1,30}\)"
_DASH = r"(?:[—–―]|--|-(?=\s))"
_DATELINE = re.compile(
    rf"{_PLACE}{_MORE}(?: ?{_AGENCY})?\s?(?P<end>{_DASH}|:)\s?(?:{_AGENCY}\s?{_DASH}\s?|{_DATE})?"
    rf"|(?:[A-Z][\w.'’-]+,? ){{1,4}}(?:{_AGENCY}\s?{_DASH}|\([A-Z][a-z]+ \d{{1,2}}, \d{{4}}\):)\s?"
)
_FIRST = 4  # paragraphs, an address and a headline before it included
_LEAST = 60  # characters that follow a dateline that ends in a colon: else it may be a label


def dateline_spans(text: str, paragraphs: Sequence[Span]) -> tuple[Span, ...]:
    """Return the datelines of a text ("MERIDIAN, May 3 (AP) — ", "MERIDIAN: "), at most one.

    Args:
        text: The document's text.
        paragraphs: Its paragraphs.
    """
    for block in paragraphs[:_FIRST]:
        match = _DATELINE.match(text, block.start, block.end)
        if match is None or match.end() == block.end:
            continue
        if match.group("end") != ":" or block.end - match.end() >= _LEAST:
            return (Span(block.start, match.end()),)
    return ()
