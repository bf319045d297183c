"""What every detector takes and gives, so that rules and trained models can replace one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from quotecraft.model import Level, QuoteKind, Sentence, Span, Stance
from quotecraft.text.pairing import Quotation

__all__ = ["Attribution", "Detector"]


@frozen(weakref_slot=False)
class Attribution:
    """An attribution as found in the text, before its source is resolved to a speaker.

    Attributes:
        content: Spans of what was said, in order, outer quotation marks included.
        kind: Direct, indirect or mixed.
        cue: Spans of the cue; empty when nothing signals the attribution.
        cue_lemma: Base form of the cue, ``None`` without one.
        stance: What the cue tells of the speaker's commitment.
        source: Spans of the source mention beside the cue; empty when there is none.
        addressee: The mention of whom it was said to, when the cue clause tells ("told reporters").
        parent: Index, in the detector's result, of the attribution this one stands inside.
        level: Speech or thought.
        content_confidence: Probability in [0, 1] that this is an attribution with this content.
        source_confidence: Probability in [0, 1] that the source is the right one.
        evidence: Short stable codes, e.g. ``("cue:said",)``, ``("block-quotation",)``.
    """

    content: tuple[Span, ...]
    kind: QuoteKind
    cue: tuple[Span, ...] = ()
    cue_lemma: str | None = None
    stance: Stance = Stance.NEUTRAL
    source: tuple[Span, ...] = ()
    addressee: Span | None = None
    parent: int | None = None
    level: Level = Level.SPEECH
    content_confidence: float = 1.0
    source_confidence: float = 1.0
    evidence: tuple[str, ...] = ()


class Detector(Protocol):
    """Finds attributions in one document."""

    @property
    def name(self) -> str:
        """Name and version, recorded in ``Document.model``."""
        ...

    def detect(
        self,
        text: str,
        sentences: Sequence[Sentence],
        quotations: Sequence[Quotation],
    ) -> list[Attribution]:
        """Return the attributions of a text, sorted by the start of their first content span.

        Args:
            text: The document's text.
            sentences: Its sentences, in order.
            quotations: Its paired quotation marks, as ``text.pairing.pair_marks`` found them.
        """
        ...
