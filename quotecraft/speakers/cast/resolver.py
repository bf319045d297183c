"""Finds the speakers of quotations among a given cast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind, Sentence, Span, Speaker
from quotecraft.speakers.cast.references import may_speak
from quotecraft.speakers.cast.scoring import CastModel, load_cast_model, read_cast
from quotecraft.speakers.interfaces import Resolution, ResolvedLink

__all__ = ["CastResolver"]


@frozen
class CastResolver:
    """Chooses who says each quotation of one text among those whom the text is known to mention.

    Direct quotations take the most probable member; with the same probability the one mentioned
    nearest before. An indirect one takes the member whose mention its source is.

    Attributes:
        cast: Everybody the text mentions, with their mentions; only persons and groups speak.
        threshold: Probability below which a speaker stays ``None``; 0 always chooses.
        model: The weights; those that ship by default.
    """

    cast: Sequence[Speaker]
    threshold: float = 0.0
    model: CastModel = field(factory=load_cast_model)

    @property
    def name(self) -> str:
        """Name and version, recorded in ``Document.model``."""
        return "speaker-cast-1"

    def resolve(
        self,
        text: str,
        sentences: Sequence[Sentence],
        attributions: Sequence[Attribution],
    ) -> Resolution:
        """Return the cast and who says each attribution.

        Args:
            text: The document's text.
            sentences: Its sentences, in order.
            attributions: What the detector found, in text order.
        """
        members = may_speak(self.cast)
        contents = _pieces(attributions) if members else {}
        reading = read_cast(text, sentences, members, list(contents))
        shares = {
            span: share
            for piece, share in zip(reading.pieces, self.model.shares(reading), strict=True)
            for span in piece.contents
        }
        links = []
        for attribution in attributions:
            own = [shares[span] for span in attribution.content if span in shares]
            links.append(self._link(members, own) if own else _by_source(members, attribution))
        return Resolution(tuple(self.cast), tuple(links))

    def _link(
        self, members: Sequence[Speaker], shares: Sequence[Mapping[int, float]]
    ) -> ResolvedLink:
        """Return the link of one quotation: the mean over its pieces decides."""
        total: dict[int, float] = {}
        for one in shares:
            for member, share in one.items():
                total[member] = total.get(member, 0.0) + share / len(shares)
        best = max(total, key=total.__getitem__)
        confidence = min(1.0, total[best])
        if confidence < self.threshold:
            return ResolvedLink(None, None, confidence, ("unresolved",))
        return ResolvedLink(members[best].id, None, confidence, ("given-mentions",))


def _pieces(attributions: Sequence[Attribution]) -> dict[Span, None]:
    """Return the spans of direct quotations in order, those inside or across others left out."""
    spans = sorted(
        {
            span
            for attribution in attributions
            if attribution.kind is not QuoteKind.INDIRECT
            for span in attribution.content
        },
        key=lambda span: (span.start, -span.end),
    )
    kept: dict[Span, None] = {}
    end = 0
    for span in spans:
        if span.start >= end:
            kept[span] = None
            end = span.end
    return kept


def _by_source(members: Sequence[Speaker], attribution: Attribution) -> ResolvedLink:
    """Return the link to the member whose mention covers most of the source."""
    shared = {
        (mention.span.end - mention.span.start, member.id): member
        for member in members
        for mention in member.mentions
        if any(mention.span.overlaps(span) for span in attribution.source)
    }
    if not shared:
        return ResolvedLink(None, None, 0.0, ("unresolved",))
    return ResolvedLink(shared[max(shared)].id, None, 0.9, ("given-mentions",))
