"""What every tokenizer gives, and every source of coreference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from attrs import frozen

from quotecraft.model import Sentence, Span

__all__ = ["Chain", "Coreference", "Tokenizer"]


class Tokenizer(Protocol):
    """Finds sentences and tokens in a text."""

    @property
    def name(self) -> str:
        """Name and version, recorded in ``Document.model``."""
        ...

    def tokenize(self, text: str) -> tuple[Sentence, ...]:
        """Return the sentences of a text, with their tokens, in order.

        Every span is a slice of ``text``; spans neither overlap nor hold outer white space.
        """
        ...


@frozen
class Chain:
    """Places of a text that mean the same person or thing.

    Attributes:
        mentions: Their spans, in order, each once; one may lie inside another.
        representative: The mention that tells most of whom or what they mean.
    """

    mentions: tuple[Span, ...]
    representative: Span


class Coreference(Protocol):
    """Finds out which mentions of a text mean the same: a network, or somebody's annotation."""

    @property
    def name(self) -> str:
        """Name and version, recorded in ``Document.model``."""
        ...

    @property
    def reliability(self) -> float:
        """Probability in (0, 1) that a chain joins a mention to whom it means."""
        ...

    def chains(self, text: str, sentences: Sequence[Sentence]) -> tuple[Chain, ...]:
        """Return the chains of a text, by first mention; no span is in two of them.

        Args:
            text: The document's text.
            sentences: Its sentences, with their tokens, in order.
        """
        ...
