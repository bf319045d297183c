"""One occurrence of a name, as the finder of names hands it over."""

from __future__ import annotations

from attrs import frozen

from quotecraft.model import Span
from quotecraft.speakers.lexicon import folded
from quotecraft.speakers.own_kinds import NameKind

__all__ = ["Key", "NameMention"]

Key = tuple[str, ...]
"""The words of a name in lower case and without accents."""


@frozen(weakref_slot=False)
class NameMention:
    """One occurrence of a name.

    Attributes:
        span: Its place, title and suffix included, possessive 's left out.
        first: Index of its first word.
        last: Index of its last word.
        title: Its title words, lower-case ("prime", "minister"); empty without one.
        core: The words of the name proper as written, without title and suffix.
        suffix: "Jr." and the like, lower-case; empty without one.
        kind: What it names, as far as its own words tell.
        quoted: Whether it stands inside a quotation.
        article: Whether "the" stands before it.
    """

    span: Span
    first: int
    last: int
    title: tuple[str, ...]
    core: tuple[str, ...]
    suffix: str
    kind: NameKind
    quoted: bool
    article: bool

    @property
    def key(self) -> Key:
        """The core in lower case, the same for every spelling in capitals or without accents."""
        return tuple(map(folded, self.core))
