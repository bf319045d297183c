"""Quotations as rows of a table, for the formats that spreadsheets and data frames read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quotecraft.formats._record import SCHEMA
from quotecraft.model import Document, Span

__all__ = ["COLUMNS", "METADATA", "clean", "quote_record", "quote_rows", "record_of_rows"]

METADATA = ("title", "date", "outlet", "author", "url", "language")
"""Metadata that have a column of their own; a format decides what becomes of others."""

COLUMNS = (
    "document",
    "id",
    "speaker_name",
    "content_text",
    "kind",
    "level",
    "cue_text",
    "cue_lemma",
    "stance",
    "source_text",
    "addressee_name",
    "speaker",
    "speaker_kind",
    "addressee",
    "parent",
    "content",
    "cue",
    "source",
    "confidence_content",
    "confidence_source",
    "confidence_speaker",
    "evidence",
    "model",
    *METADATA,
)
"""Columns of a quotation's row: what people read first, then ids, spans and figures.

``content``, ``cue`` and ``source`` are spans: code point offsets into the text, half-open. The
columns in ``_text`` show the same as words, pieces joined by " … ".
"""

_SPANS = ("content", "cue", "source")
_CONFIDENCES = ("content", "source", "speaker")
_SAME = ("id", "kind", "level", "cue_lemma", "stance", "speaker", "addressee", "parent")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Return a text that UTF-8 can hold: lone surrogates become U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def quote_rows(document: Document) -> Iterator[dict[str, Any]]:
    """Yield a row for each quotation: spans as lists of pairs, no value changed in type."""
    speakers = {speaker.id: speaker for speaker in document.speakers}
    shared = {
        "document": document.id,
        "model": document.model,
        **{name: document.metadata.get(name) for name in METADATA},
    }
    for quote in document.quotes:
        speaker = speakers[quote.speaker] if quote.speaker is not None else None
        yield {
            **shared,
            "id": quote.id,
            "speaker_name": quote.speaker_name,
            "content_text": quote.text,
            "kind": quote.kind.value,
            "level": quote.level.value,
            "cue_text": quote.cue_text,
            "cue_lemma": quote.cue_lemma,
            "stance": quote.stance.value,
            "source_text": quote.source_text,
            "addressee_name": quote.addressee_name,
            "speaker": quote.speaker,
            "speaker_kind": speaker.kind.value if speaker else None,
            "addressee": quote.addressee,
            "parent": quote.parent,
            "content": _pairs(quote.content),
            "cue": _pairs(quote.cue),
            "source": _pairs(quote.source),
            "confidence_content": quote.confidence.content,
            "confidence_source": quote.confidence.source,
            "confidence_speaker": quote.confidence.speaker,
            "evidence": list(quote.evidence),
        }


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def quote_record(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the interchange record of one quotation from its row."""
    record: dict[str, Any] = {name: row[name] for name in (*_SAME, *_SPANS) if name in row}
    confidence = {name: row.get(f"confidence_{name}") for name in _CONFIDENCES}
    record["confidence"] = {name: value for name, value in confidence.items() if value is not None}
    record["evidence"] = row.get("evidence") or []
    return record


def record_of_rows(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the interchange record of a document from its rows, without its text.

    Speakers have what rows tell: id, name and kind.
    """
    rows = list(rows)
    first = rows[0]
    metadata = {name: first[name] for name in METADATA if first.get(name) is not None}
    return {
        "schema": SCHEMA,
        "id": first["document"],
        "metadata": metadata,
        "model": first.get("model"),
        "quotes": [quote_record(row) for row in rows],
        "speakers": list(_speaker_records(rows)),
    }


def _speaker_records(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        for role in ("speaker", "addressee"):
            if (speaker_id := row.get(role)) is not None:
                speaker = found.setdefault(speaker_id, {"id": speaker_id, "name": speaker_id})
                speaker["name"] = row.get(f"{role}_name") or speaker["name"]
                if row.get(f"{role}_kind"):
                    speaker["kind"] = row[f"{role}_kind"]
    yield from found.values()
