"""Small documents for the tests, written as marked-up text."""

from __future__ import annotations

from typing import Any

from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span, Speaker, SpeakerId


def spans(text: str, *pieces: str) -> tuple[Span, ...]:
    """Return the place of each piece in the text, searching on from the last one."""
    found, start = [], 0
    for piece in pieces:
        start = text.index(piece, start)
        found.append(Span(start, start + len(piece)))
        start += len(piece)
    return tuple(found)


def quote(text: str, key: str, *content: str, **fields: Any) -> Quote:
    """Return a quote whose content, cue and source are given as words of the text."""
    for part in ("cue", "source"):
        if part in fields:
            fields[part] = spans(text, fields[part])
    return Quote(QuoteId(key), QuoteKind.INDIRECT, spans(text, *content), **fields)


def document(text: str, *quotes: Quote, **fields: Any) -> Document:
    """Return a document whose speakers are those that its quotes name, unless given."""
    named = dict.fromkeys(q.speaker for q in quotes if q.speaker is not None)
    fields.setdefault("speakers", tuple(Speaker(SpeakerId(s), s) for s in named))
    ordered = tuple(sorted(quotes, key=lambda q: q.content[0]))
    return Document(fields.pop("id", "doc"), text, quotes=ordered, **fields)
