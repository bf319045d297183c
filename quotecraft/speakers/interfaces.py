"""What every speaker resolver takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import Sentence, Speaker, SpeakerId

__all__ = ["Resolution", "ResolvedLink", "SpeakerResolver"]


@frozen(weakref_slot=False)
class ResolvedLink:
    """Who speaks, and to whom, in one attribution.

    Attributes:
        speaker: The speaker, ``None`` when not known.
        addressee: Whom they speak to, ``None`` when not told.
        confidence: Probability in [0, 1] that the speaker is right.
        evidence: Codes that explain the link, e.g. ``("pronoun:She→s3",)``, ``("alternation",)``.
    """

    speaker: SpeakerId | None = None
    addressee: SpeakerId | None = None
    confidence: float = 0.0
    evidence: tuple[str, ...] = ()


@frozen
class Resolution:
    """The result of resolving one document.

    Attributes:
        speakers: Everyone who speaks or is spoken to; ids ``s1``, ``s2`` … by first mention.
        links: One for each attribution given, in the same order.
    """

    speakers: tuple[Speaker, ...]
    links: tuple[ResolvedLink, ...]


class SpeakerResolver(Protocol):
    """Turns source mentions into speakers, over one whole document."""

    @property
    def name(self) -> str:
        """Name and version, recorded in ``Document.model``."""
        ...

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
        ...
