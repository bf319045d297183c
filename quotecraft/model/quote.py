"""One attribution: content, cue, source, speaker."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NewType

from attrs import Attribute, field, frozen

from quotecraft.errors import InvalidModelError
from quotecraft.model.fields import extra, html, ordered, to_spans, to_strings
from quotecraft.model.kinds import (
    Level,
    QuoteKind,
    Stance,
    to_level,
    to_quote_kind,
    to_stance,
)
from quotecraft.model.spans import Span
from quotecraft.model.speaker import Speaker, SpeakerId

__all__ = ["Confidence", "Quote", "QuoteId"]

QuoteId = NewType("QuoteId", str)

ELLIPSIS_JOIN = " … "  # between the pieces of a discontinuous content shown as one string


def _probability(_: object, attribute: Attribute[float], value: float) -> None:
    if not 0.0 <= value <= 1.0:
        raise InvalidModelError(f"confidence.{attribute.name} is {value}; it must lie in [0, 1]")


@frozen
class Confidence:
    """How sure the model is of each link, as probabilities in [0, 1].

    Attributes:
        content: That this is an attribution with this content.
        source: That the source mention is the right one.
        speaker: That the speaker is the right one.
    """

    content: float = field(default=1.0, validator=_probability)
    source: float = field(default=1.0, validator=_probability)
    speaker: float = field(default=1.0, validator=_probability)


@frozen
class Binding:
    """What a quote knows of the document it stands in."""

    text: str
    speaker: Speaker | None
    addressee: Speaker | None


@frozen
class Quote:
    """One attribution: somebody's words or thoughts as the text reports them.

    Attributes:
        id: Unique in its document.
        kind: Direct, indirect or mixed.
        content: What was said: one span, or several when narration or a paragraph break interrupts.
            Outer quotation marks belong to it, and so does the "that" that introduces it.
        cue: The words that signal the attribution ("said", "according to"); empty when none does.
        cue_lemma: Base form of the cue ("say"); ``None`` without a cue.
        stance: What the cue tells of the speaker's commitment.
        source: The mention beside the cue ("the minister", "she"); empty when the text has none.
        speaker: Whom the source stands for in the whole document; ``None`` when not known.
        addressee: Whom it was said to, when the text tells.
        parent: The quotation that this one stands inside.
        level: Speech or thought.
        confidence: How sure the model is of each link.
        evidence: Short stable codes that explain each link, e.g. ``("cue:said",)``.
        extra: Fields of an interchange record that this version doesn't know; kept for writing.

    Raises:
        InvalidModelError: If there is no content, or spans overlap or are out of order.
    """

    id: QuoteId
    kind: QuoteKind = field(converter=to_quote_kind)
    content: tuple[Span, ...] = field(converter=to_spans, validator=ordered)
    cue: tuple[Span, ...] = field(default=(), converter=to_spans, validator=ordered)
    cue_lemma: str | None = None
    stance: Stance = field(default=Stance.NEUTRAL, converter=to_stance)
    source: tuple[Span, ...] = field(default=(), converter=to_spans, validator=ordered)
    speaker: SpeakerId | None = None
    addressee: SpeakerId | None = None
    parent: QuoteId | None = None
    level: Level = field(default=Level.SPEECH, converter=to_level)
    confidence: Confidence = Confidence()
    evidence: tuple[str, ...] = field(default=(), converter=to_strings)
    extra: Mapping[str, Any] = extra()
    _binding: Binding | None = field(default=None, eq=False, repr=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.content:
            raise InvalidModelError(f"quote {self.id!r} has no content span; it needs at least one")
        pieces = sorted((*self.content, *self.cue, *self.source))
        for left, right in pairwise(pieces):
            if left.overlaps(right):
                raise InvalidModelError(
                    f"quote {self.id!r}: content, cue and source overlap at "
                    f"[{right.start}, {min(left.end, right.end)})"
                )

    def _bound(self) -> Binding:
        if self._binding is None:
            raise InvalidModelError(
                f"quote {self.id!r} belongs to no document yet: put it into a Document, "
                "or use Document.text_of(quote.content)"
            )
        return self._binding

    @property
    def text(self) -> str:
        """The content as one string; its pieces are joined by " … "."""
        return self._join(self.content)

    @property
    def cue_text(self) -> str:
        """The cue as one string; empty when there is none."""
        return self._join(self.cue)

    @property
    def source_text(self) -> str:
        """The source mention as one string; empty when there is none."""
        return self._join(self.source)

    @property
    def speaker_name(self) -> str | None:
        """The speaker's fullest name in the document, or ``None`` when not known."""
        speaker = self._bound().speaker
        return speaker.name if speaker else None

    @property
    def addressee_name(self) -> str | None:
        """The addressee's fullest name in the document, or ``None`` when not told."""
        addressee = self._bound().addressee
        return addressee.name if addressee else None

    def __str__(self) -> str:
        """Return who said what, in one line; of a quote of no document, its fields."""
        if self._binding is None:
            return repr(self)
        text = " ".join(self.text.split())
        return f"{self.speaker_name or 'unknown speaker'} — {self.kind} — {text}"

    def _join(self, spans: tuple[Span, ...]) -> str:
        text = self._bound().text
        return ELLIPSIS_JOIN.join(span.of(text) for span in spans)

    def _repr_html_(self) -> str | None:
        return html(self) if self._binding else None
