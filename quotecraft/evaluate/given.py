"""Speakers when the quotations are given: the resolver judged apart from the detector.

Published results on PDNC take the gold quotations as given and predict who says them (those on
LitBank take the gold mentions with their coreference, too, which is not offered here). A pipeline
gets ``GoldContents`` as its detector and ``resolver_for(…)`` as its resolver:

``"quotations"``
    The gold quotations; mentions, their coreference and speakers are predicted, and a speaker that
    is not sure enough is left open.
``"forced"``
    The same, and a speaker is chosen for every quotation.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from quotecraft.detect.interfaces import Attribution, Detector
from quotecraft.evaluate.pairing import pair
from quotecraft.evaluate.units import Axis
from quotecraft.model import Document, Quote, Sentence, Span
from quotecraft.speakers.interfaces import Resolution, ResolvedLink, SpeakerResolver
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.text.pairing import Quotation

__all__ = ["GIVEN", "Forced", "GoldContents", "resolver_for"]

GIVEN = ("quotations", "forced")
"""What can be given, from the least to the most."""


@frozen
class GoldContents:
    """A detector that finds exactly the gold contents of one document.

    Cues, sources and addressees are those that another detector found for the same content; a gold
    quotation that it missed has none. A quotation inside another names it as the gold does.

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
        places = {quote.id: place for place, quote in enumerate(self.gold.quotes)}
        return [
            _with_content(
                quote,
                found[pairs[i]] if i in pairs else Attribution(quote.content, quote.kind),
                None if quote.parent is None else places[quote.parent],
            )
            for i, quote in enumerate(self.gold.quotes)
        ]


@frozen
class Forced:
    """A resolver that leaves no speaker open.

    Where another resolver names nobody, the speaker of the quotation before is taken, at the start
    of a text that of the first one with a speaker; a text where nobody is named stays open.

    Attributes:
        inner: The other resolver.
    """

    inner: SpeakerResolver

    @property
    def name(self) -> str:
        """Name and version of the other resolver, marked."""
        return f"{self.inner.name}+forced"

    def resolve(
        self,
        text: str,
        sentences: Sequence[Sentence],
        attributions: Sequence[Attribution],
    ) -> Resolution:
        """Return the speakers of a text and who says each attribution.

        Args:
            text: The document's text.
            sentences: Its sentences, in order.
            attributions: What the detector found, in text order.
        """
        found = self.inner.resolve(text, sentences, attributions)
        last = next((one.speaker for one in found.links if one.speaker is not None), None)
        links: list[ResolvedLink] = []
        for link in found.links:
            last = link.speaker or last
            links.append(evolve(link, speaker=last))
        return evolve(found, links=tuple(links))


def resolver_for(given: str, resolver: SpeakerResolver) -> SpeakerResolver:
    """Return the resolver for what is given of the gold.

    Args:
        given: One of ``GIVEN``.
        resolver: The pipeline's own resolver.
    """
    if given == "forced":
        if isinstance(resolver, RuleResolver):
            return Forced(RuleResolver(0.0, coreference=resolver.coreference))
        return Forced(resolver)
    return resolver


def _with_content(quote: Quote, found: Attribution, parent: int | None) -> Attribution:
    return evolve(
        found,
        content=quote.content,
        kind=quote.kind,
        cue=_outside(found.cue, quote),
        source=_outside(found.source, quote),
        parent=parent,
    )


def _outside(spans: Sequence[Span], quote: Quote) -> tuple[Span, ...]:
    return tuple(s for s in spans if not any(s.overlaps(piece) for piece in quote.content))
