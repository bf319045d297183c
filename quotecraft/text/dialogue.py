"""Dialogue that is opened by a dash instead of quotation marks."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.model import Span
from quotecraft.text.search import Opened

__all__ = ["dash_dialogue"]


def dash_dialogue(text: str, blocks: Sequence[Span], marked: Sequence[Opened]) -> list[Span]:
    """Return the speeches that a dash opens, in order."""
    return []
