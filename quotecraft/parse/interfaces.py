"""What every tokenizer gives."""

from __future__ import annotations

from typing import Protocol

from quotecraft.model import Sentence

__all__ = ["Tokenizer"]


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
