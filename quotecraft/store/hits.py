"""What a search finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from quotecraft.errors import InputError
from quotecraft.model import Quote, Span, Speaker
from quotecraft.model.quote import ELLIPSIS_JOIN

__all__ = ["Hit", "Snippet"]

_CUT = "…"
_NARROWEST = 20


@frozen
class Snippet:
    """A part of a quotation's content, around what was searched.

    Attributes:
        text: The part; "…" stands at an end that was cut.
        matches: What was searched, as offsets into ``text`` in code points.
    """

    text: str
    matches: tuple[Span, ...]


@frozen
class Hit:
    """A quotation that a search found.

    Attributes:
        document: Id of its document.
        metadata: Its document's metadata.
        quote: The quotation.
        speaker: Its speaker, ``None`` when not known.
        matches: The words and phrases searched, as offsets into ``text`` in code points; empty when
            no text was searched.
        score: How well it fits the words searched (BM25; higher is better); ``None`` when no text
            was searched.
    """

    document: str
    metadata: Mapping[str, Any] = field(hash=False)
    quote: Quote
    speaker: Speaker | None
    matches: tuple[Span, ...] = ()
    score: float | None = None

    def __str__(self) -> str:
        """Return its document and who said what, in one line."""
        return f"{self.document}: {self.quote}"

    @property
    def text(self) -> str:
        """The quotation's content as one string; its pieces are joined by " … "."""
        return self.quote.text

    @property
    def places(self) -> tuple[Span, ...]:
        """The matches as offsets into the document's text; parted where narration interrupts."""
        found: list[Span] = []
        start = 0  # of the piece in ``text``
        for piece in self.quote.content:
            for match in self.matches:
                first = max(match.start, start) - start
                last = min(match.end, start + len(piece)) - start
                if first < last:
                    found.append(Span(piece.start + first, piece.start + last))
            start += len(piece) + len(ELLIPSIS_JOIN)
        return tuple(found)

    def snippet(self, width: int = 160) -> Snippet:
        """Return the content, cut around the first match when it is long.

        Args:
            width: Code points to keep, at least 20; a cut adds "…".

        Raises:
            InputError: If the width is less than 20.
        """
        if width < _NARROWEST:
            raise InputError(f"width is {width}; give at least {_NARROWEST}")
        text = self.text
        if len(text) <= width:
            return Snippet(text, self.matches)
        first = self.matches[0] if self.matches else Span(0, 1)
        start = max(0, min(first.start - (width - min(len(first), width)) // 2, len(text) - width))
        end = start + width
        before = _CUT if start else ""
        after = _CUT if end < len(text) else ""
        shift = len(before) - start
        seen = (m for m in self.matches if m.start < end and start < m.end)
        matches = (Span(max(m.start, start) + shift, min(m.end, end) + shift) for m in seen)
        return Snippet(before + text[start:end] + after, tuple(matches))

    def to_dict(self) -> dict[str, Any]:
        """Return the hit as plain values: ids, metadata, the speaker's name, text, offsets."""
        quote = self.quote
        return {
            "document": self.document,
            "metadata": dict(self.metadata),
            "quote": quote.id,
            "speaker": quote.speaker,
            "speaker_name": self.speaker.name if self.speaker else None,
            "kind": quote.kind.value,
            "level": quote.level.value,
            "cue": quote.cue_text,
            "cue_lemma": quote.cue_lemma,
            "stance": quote.stance.value,
            "text": self.text,
            "matches": _pairs(self.matches),
            "content": _pairs(quote.content),
            "places": _pairs(self.places),
            "confidence": {
                "content": quote.confidence.content,
                "source": quote.confidence.source,
                "speaker": quote.confidence.speaker,
            },
            "score": self.score,
        }


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
