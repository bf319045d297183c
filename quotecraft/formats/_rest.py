"""What the mark-up formats share: the part of a record that their standard has no place for.

brat, TEI and Web Annotation say where a quotation stands, what kind it is and who speaks, in their
own terms; people edit that there, and reading takes it from there. Everything else (metadata, ids,
lemmas, confidences, evidence, mentions, unknown fields) travels beside it as an interchange record
without those parts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, field

from quotecraft.formats._record import SCHEMA
from quotecraft.model import Level, QuoteKind, Stance

__all__ = ["Found", "merged_record", "rest_of_quote"]

_SHOWN = ("kind", "level", "stance", "content", "cue", "source", "speaker", "addressee")
_MARK = re.compile("[“”„«»‹›\"]|``|''")  # single marks are too often apostrophes


@define
class Found:
    """A quotation as the mark-up says it.

    Attributes:
        content: Its spans as ``[start, end]``; ``cue`` and ``source`` likewise.
        kind: Direct, indirect or mixed; ``None`` when the mark-up doesn't say.
        level: Speech or thought; ``None`` when the mark-up doesn't say.
        stance: As in the model; ``None`` when the mark-up doesn't say.
        speaker: Id of the speaker.
        addressee: Id of the addressee.
        rest: The other fields of its record, as they were written beside the mark-up.
    """

    content: list[list[int]] = field(factory=list)
    cue: list[list[int]] = field(factory=list)
    source: list[list[int]] = field(factory=list)
    kind: str | None = None
    level: str | None = None
    stance: str | None = None
    speaker: str | None = None
    addressee: str | None = None
    rest: dict[str, Any] = field(factory=dict)

    def record(self, text: str, quote_id: str) -> dict[str, Any]:
        """Return the quotation's interchange record."""
        return {
            "id": quote_id,
            **self.rest,
            "kind": self.kind or _kind(text, self.content),
            "level": self.level or Level.SPEECH.value,
            "stance": self.stance or Stance.NEUTRAL.value,
            "content": sorted(self.content),
            "cue": sorted(self.cue),
            "source": sorted(self.source),
            "speaker": self.speaker,
            "addressee": self.addressee,
        }


def _kind(text: str, content: Sequence[Sequence[int]]) -> str:
    """Return the kind that the quotation marks inside a content tell."""
    words = " ".join(text[start:end] for start, end in content).strip()
    marks = list(_MARK.finditer(words))
    if not marks:
        return QuoteKind.INDIRECT.value
    whole = marks[0].start() == 0 and marks[-1].end() == len(words)
    return QuoteKind.DIRECT.value if whole else QuoteKind.MIXED.value


def rest_of_quote(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a quotation's record that the mark-up doesn't say."""
    return {key: value for key, value in record.items() if key not in _SHOWN}


def merged_record(
    document: Mapping[str, Any],
    text: str,
    found: Sequence[Found],
    speakers: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """Return the interchange record of a document from its mark-up and the rest.

    Args:
        document: The document's record as it was written beside the mark-up, or what is known of it
            (at least its ``id``), with or without its text.
        text: The text.
        found: The quotations as the mark-up says them; in the order of quotations that begin at the
            same place.
        speakers: Records of the speakers that the mark-up names, by id. What ``document`` says of a
            speaker stays; the mark-up's name and kind go before it.
    """
    told = document.get("speakers", [])
    everyone: Any = told
    if isinstance(told, list) and all(isinstance(s, dict) and "id" in s for s in told):
        by_id = {str(speaker["id"]): speaker for speaker in told}
        shown = {key: {**by_id.get(key, {}), **speaker} for key, speaker in speakers.items()}
        everyone = list({**by_id, **shown}.values())
    taken = {str(quote.rest["id"]) for quote in found if "id" in quote.rest}
    records = []
    number = 0
    for quote in found:
        number += 1
        while "id" not in quote.rest and f"q{number}" in taken:
            number += 1
        records.append(quote.record(text, f"q{number}"))
    ids = {record["id"] for record in records if isinstance(record["id"], str)}
    for record in records:
        if isinstance(record.get("parent"), str) and record["parent"] not in ids:
            record["parent"] = None  # it was deleted in the mark-up
    records.sort(key=lambda record: [span[0] for span in record["content"][:1]])
    return {
        "schema": SCHEMA,
        **document,
        "quotes": records,
        "speakers": everyone,
    }
