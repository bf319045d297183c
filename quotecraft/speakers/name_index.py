"""The names of a document, to be looked up by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from attrs import frozen

from quotecraft.speakers.name_kinds import Key
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.words import Words

__all__ = ["NameIndex"]


@frozen
class NameIndex:
    """The names of a document, to be looked up by place.

    Attributes:
        words: The words of the document.
        mentions: Its names, in order.
        kinds: What each name stands for.
    """

    words: Words
    mentions: Sequence[NameMention]
    kinds: Mapping[Key, NameKind]
    _firsts: Sequence[int]

    @classmethod
    def of(
        cls, words: Words, mentions: Sequence[NameMention], kinds: Mapping[Key, NameKind]
    ) -> NameIndex:
        """Return the index of some names."""
        return cls(words, mentions, kinds, [mention.first for mention in mentions])

    def kind(self, place: int) -> NameKind:
        """Return what the name at a place of the list stands for."""
        return self.kinds[self.mentions[place].key]

    def within(self, first: int, last: int) -> range:
        """Return the places of the names that touch the words ``first`` to ``last``."""
        start = bisect_left(self._firsts, first)
        if start > 0 and self.mentions[start - 1].last >= first:
            start -= 1
        return range(start, bisect_left(self._firsts, last + 1))
