"""Pairing of quotation marks over a whole document."""

from __future__ import annotations

from enum import StrEnum

from attrs import field, frozen

from quotecraft.model import Span

__all__ = ["MarkStyle", "Quotation", "pair_marks"]


class MarkStyle(StrEnum):
    """Which marks enclose a quotation."""

    DOUBLE = "double"  # “ ” „ " and wire `` ''
    SINGLE = "single"  # ‘ ’ ' ‚
    GUILLEMET = "guillemet"  # « » ‹ ›
    DASH = "dash"  # dialogue opened by a dash at the start of a paragraph


@frozen
class Quotation:
    """A stretch of text between quotation marks.

    Attributes:
        spans: One span, or one a paragraph when the quotation is reopened at each paragraph and
            closed once; outer marks included.
        style: Which marks enclose it.
        parent: Index, in the result of ``pair_marks``, of the quotation it stands inside.
        closed: Whether its closing mark was found; if not, it ends with its paragraph.
    """

    spans: tuple[Span, ...] = field(converter=tuple)
    style: MarkStyle = MarkStyle.DOUBLE
    parent: int | None = None
    closed: bool = True


def pair_marks(text: str) -> tuple[Quotation, ...]:
    """Return every stretch between quotation marks, in text order, outer before inner.

    Never raises; one odd mark costs at most its own paragraph.
    """
    raise NotImplementedError
