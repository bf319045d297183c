"""What reading gives: a text with what is known of it, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from quotecraft.errors import QuotecraftError

__all__ = ["Columns", "FailedInput", "InputText"]


@frozen
class InputText:
    """A text to be read, and what is known of it.

    Attributes:
        id: Where it comes from: its path, or the ``id`` of its record or row.
        text: The text exactly as it was decoded: line ends are kept, a byte order mark is not.
        metadata: Title, date, outlet, author, url, language, or whatever its record tells.
        place: Where it stands: its path, with the line or row after a colon; empty when nobody
            knows. Left out of equality.
    """

    id: str
    text: str = field(repr=False)
    metadata: Mapping[str, Any] = field(factory=dict, converter=dict, hash=False)
    place: str = field(default="", eq=False)


@frozen
class FailedInput:
    """An input that could not be read; those after it still are.

    Attributes:
        id: Its path, with the line or row number of a bad record after a colon.
        error: Why; raise it if one failure is to end the work.
    """

    id: str
    error: QuotecraftError


@frozen
class Columns:
    """Names of what a record or row holds; all others become metadata.

    Attributes:
        text: Its text.
        id: Its id; records without it are called by their place.
    """

    text: str = "text"
    id: str = "id"
