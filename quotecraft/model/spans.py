"""Places in the text: spans, tokens, sentences."""

from __future__ import annotations

from attrs import frozen

from quotecraft.errors import InvalidModelError

__all__ = ["Sentence", "Span", "Token"]


@frozen(order=True, weakref_slot=False)
class Span:
    """A stretch of the text, ``text[start:end]``.

    Attributes:
        start: Index of its first code point.
        end: Index just past its last code point; larger than ``start``.

    Raises:
        InvalidModelError: If ``start`` is negative or ``end`` is not larger than ``start``.
    """

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InvalidModelError(
                f"span [{self.start}, {self.end}) is empty, reversed or negative; "
                "offsets are code points, half-open, from 0"
            )

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Say whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """Return the slice of ``text`` that this span names."""
        return text[self.start : self.end]


@frozen(weakref_slot=False)
class Token:
    """A token as the tokenizer found it.

    Attributes:
        span: Its place in the text.
    """

    span: Span


@frozen(weakref_slot=False)
class Sentence:
    """A sentence as the tokenizer found it.

    Attributes:
        span: From its first to its last token.
        tokens: Its tokens, in order.
        paragraph: Zero-based number of the paragraph it begins in.
    """

    span: Span
    tokens: tuple[Token, ...]
    paragraph: int = 0
