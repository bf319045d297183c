"""Speakers when the quotations are given: the resolver judged apart from the detector.

Published results on PDNC and LitBank take the gold quotations as given and predict who says them.
Put this detector into a pipeline: ``evolve(pipe, detector=GoldContents(pipe.detector, gold))``.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from quotecraft.detect.interfaces import Attribution, Detector
from quotecraft.evaluate.pairing import pair
from quotecraft.evaluate.units import Axis
from quotecraft.model import Document, Quote, Sentence, Span
from quotecraft.text.pairing import Quotation

__all__ = ["GoldContents"]


@frozen
class GoldContents:
    """A detector that finds exactly the gold contents of one document.

    Cues, sources and addressees are those that another detector found for the same content; a gold
    quotation that it missed has none.

    Attributes:
        inner: The other detector.
        gold: The gold document.
    """

    inner: Detector
    gold: Document

    @property
    def name(self) -> str:
        """Name and version of the other detector, marked."""
        return f"{self.inner.name}+gold-contents"

    def detect(
        self, text: str, sentences: Sequence[Sentence], quotations: Sequence[Quotation]
    ) -> list[Attribution]:
        """Return one attribution for each gold quotation, in order."""
        found = self.inner.detect(text, sentences, quotations)
        axis = Axis(text)
        pairs = dict(
            pair(
                [axis.unit(quote.content) for quote in self.gold.quotes],
                [axis.unit(attribution.content) for attribution in found],
            )
        )
        return [
            _with_content(quote, found[pairs[i]]) if i in pairs else _bare(quote)
            for i, quote in enumerate(self.gold.quotes)
        ]


def _bare(quote: Quote) -> Attribution:
    return Attribution(content=quote.content, kind=quote.kind)


def _with_content(quote: Quote, found: Attribution) -> Attribution:
    return evolve(
        found,
        content=quote.content,
        kind=quote.kind,
        cue=_outside(found.cue, quote),
        source=_outside(found.source, quote),
        parent=None,
    )


def _outside(spans: Sequence[Span], quote: Quote) -> tuple[Span, ...]:
    return tuple(s for s in spans if not any(s.overlaps(piece) for piece in quote.content))
