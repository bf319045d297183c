"""Speakers when the quotations are given: the resolver judged apart from the detector.

Published results on PDNC take the gold quotations as given and predict who says them; those on
LitBank take the gold mentions with their coreference, too. A pipeline gets ``GoldContents`` as its
detector and ``gold_resolver(…)`` as its resolver. What is given decides what a figure means:

``"quotations"``
    The gold quotations; mentions, their coreference and speakers are predicted, and a speaker that
    is not sure enough is left open.
``"forced"``
    The same, and a speaker is chosen for every quotation.
``"characters"``
    As forced, and the list of characters with all their names is given, as in papers on PDNC.
``"mentions"``
    The gold quotations and everybody the text mentions, with the coreference of all mentions; the
    speaker is chosen among them for every quotation. Of mentions inside quotations names alone are
    looked at: whom "I" or "you" stands for there would tell who speaks. The weights that ship have
    learned from LitBank: what they do on it is no measure, ``benchmarks/litbank.py`` makes one.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from quotecraft.detect.interfaces import Attribution, Detector
from quotecraft.errors import InputError
from quotecraft.evaluate.pairing import pair
from quotecraft.evaluate.units import Axis
from quotecraft.model import Document, Quote, Sentence, Span
from quotecraft.speakers.cast.resolver import CastResolver
from quotecraft.speakers.interfaces import Resolution, ResolvedLink, SpeakerResolver
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.text.pairing import Quotation

__all__ = ["GIVEN", "Forced", "GoldContents", "gold_resolver"]

GIVEN = ("quotations", "forced", "characters", "mentions")
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


def gold_resolver(given: str, gold: Document, resolver: SpeakerResolver) -> SpeakerResolver:
    """Return the resolver for what is given of one gold document.

    Args:
        given: One of ``GIVEN``.
        gold: The gold document.
        resolver: The pipeline's own resolver.

    Raises:
        InputError: If a list of people is to be given to a resolver that takes none.
        InputError: If the mentions are to be given, and the gold has quotations but no mentions.
    """
    if given == "characters":
        if not isinstance(resolver, RuleResolver):
            raise InputError("only quotecraft's own resolver takes a list of people")
        return Forced(_always(resolver).knowing(gold.speakers, closed=True))
    if given == "forced":
        return Forced(_always(resolver) if isinstance(resolver, RuleResolver) else resolver)
    if given == "mentions":
        if gold.quotes and not any(speaker.mentions for speaker in gold.speakers):
            raise InputError(
                f"document {gold.id!r} has no mentions to give; use LitBank with its coref folder, "
                "or gold whose speakers have mentions"
            )
        return CastResolver(gold.speakers)
    return resolver


def _always(resolver: RuleResolver) -> RuleResolver:
    return RuleResolver(0.0, coreference=resolver.coreference)


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
