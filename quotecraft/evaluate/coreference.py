"""Gold coreference in place of a network's: what perfect chains would be worth.

Published speakers of LitBank take the gold mentions and their coreference as given. A pipeline does
so when its resolver gets ``GoldCoreference`` of the document at hand.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from quotecraft.errors import InputError
from quotecraft.model import Document, Mention, MentionKind, Sentence
from quotecraft.parse.interfaces import Chain
from quotecraft.speakers.interfaces import SpeakerResolver
from quotecraft.speakers.resolver import RuleResolver

__all__ = ["GoldCoreference", "with_gold_coreference"]

_KINDS = (MentionKind.NAME, MentionKind.DESCRIPTION, MentionKind.PRONOUN)


@frozen
class GoldCoreference:
    """The coreference of one gold document: the mentions of its speakers.

    Attributes:
        gold: The document; ``read_gold`` reads LitBank's mentions with ``entities=True``.
        reliability: Probability that a chain joins a mention to whom it means: annotators err, too,
            and so does our reading of their mentions.
    """

    gold: Document
    reliability: float = 0.99

    @property
    def name(self) -> str:
        """What ``Document.model`` tells."""
        return "gold-coreference"

    def chains(self, text: str, sentences: Sequence[Sentence]) -> tuple[Chain, ...]:
        """Return one chain for each speaker with more than one mention, by first mention.

        Args:
            text: The document's text.
            sentences: Not looked at.
        """
        found = [
            Chain(
                tuple(sorted({mention.span for mention in speaker.mentions})),
                min(speaker.mentions, key=_order).span,
            )
            for speaker in self.gold.speakers
            if len(speaker.mentions) > 1
        ]
        return tuple(sorted(found, key=lambda chain: chain.mentions))


def _order(mention: Mention) -> tuple[int, int, int]:
    """Sort names before descriptions before pronouns, and long before short."""
    return _KINDS.index(mention.kind), -len(mention.span), mention.span.start


def with_gold_coreference(resolver: SpeakerResolver, gold: Document) -> SpeakerResolver:
    """Return a resolver that is told who is who in a gold document.

    Args:
        resolver: The pipeline's own resolver.
        gold: The document.

    Raises:
        InputError: If the resolver takes no coreference, or the document holds none.
    """
    if not isinstance(resolver, RuleResolver):
        raise InputError(f"the resolver {resolver.name!r} takes no coreference")
    if not any(len(speaker.mentions) > 1 for speaker in gold.speakers):
        raise InputError(
            f"the gold document {gold.id!r} holds no coreference; LitBank does, and JSON Lines "
            "whose speakers have mentions"
        )
    return resolver.using(GoldCoreference(gold))
