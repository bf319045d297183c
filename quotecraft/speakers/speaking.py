"""Which names stand in sources of attributions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from quotecraft.detect.interfaces import Attribution
from quotecraft.speakers.name_kinds import Key
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.words import POSSESSIVE, Words

__all__ = ["speaking_names"]


def speaking_names(
    words: Words, mentions: Sequence[NameMention], attributions: Sequence[Attribution]
) -> set[Key]:
    """Return the names inside sources, those that own something ("Ruiz's lawyer") left out.

    Args:
        words: The words of the document.
        mentions: Its names, in order.
        attributions: What the detector found.
    """
    firsts = [mention.first for mention in mentions]
    found: set[Key] = set()
    for attribution in attributions:
        for span in attribution.source:
            inside = words.within(span)
            if inside:
                first, stop = bisect_left(firsts, inside[0]), bisect_left(firsts, inside[-1] + 1)
                heads = (m for m in mentions[first:stop] if not words.has(m.last, POSSESSIVE))
                found.update(mention.key for mention in heads)
    return found
