"""Whom quotations call by a title alone ("Yes, Captain"), say that they are, or give as themselves.

"You are Ana Ruiz?" is said to her; "I am Ana Ruiz" is said by her.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from attrs import define, field

from quotecraft.model import Span
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon
from quotecraft.speakers.name_index import NameIndex
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Unit
from quotecraft.speakers.vocatives import is_vocative
from quotecraft.speakers.words import POSSESSIVE

__all__ = ["hear_calls"]

_CLOSING = frozenset(",.!?;:—–…\"”’'")
_SHORT = {"doc": "doctor", "cap'n": "captain", "sarge": "sergeant", "prof": "professor"}
_GIVEN = (("my", "name", "is"), ("my", "name", "was"), ("i", "am"), ("i", "was"))
_ASKED = (("you", "are"), ("are", "you"), ("you", "were"))


@define(eq=False)
class _Titles:
    """Who bears which title before a name: where, and who.

    Attributes:
        borne: By title, the offsets of those names, in order, and whose they are.
    """

    borne: dict[str, list[tuple[int, Entity]]] = field(factory=lambda: defaultdict(list))

    def bearer(self, title: str, offset: int) -> Entity | None:
        """Return who was last called by a title before a name, or the one who will be."""
        found = self.borne.get(_SHORT.get(title, title), [])
        at = bisect_left(found, offset, key=lambda one: one[0])
        if at:
            return found[at - 1][1]
        return found[0][1] if len({id(one) for _, one in found}) == 1 else None


def hear_calls(index: NameIndex, owners: Sequence[Entity | None], units: Sequence[Unit]) -> None:
    """Note whom quotations call by a title alone, and whom they say to speak or to hear them.

    Args:
        index: The names of the document.
        owners: The entity of each name.
        units: Its attributions.
    """
    titles = _Titles()
    for name, owner in zip(index.mentions, owners, strict=True):
        if owner is not None and owner.kind is NameKind.PERSON:
            for title in name.title:
                titles.borne[title].append((name.span.start, owner))
    for unit in units:
        if unit.direct:
            for span in unit.content:
                _hear_titles(index, unit, span, titles)
                _hear_names(index, owners, unit, span)


def _hear_titles(index: NameIndex, unit: Unit, span: Span, titles: _Titles) -> None:
    words, lex = index.words, lexicon()
    for place in words.within(span):
        word = words.lower[place]
        known = word in _SHORT or (word in lex.titles and word not in lex.social_titles)
        if not known or not is_vocative(words, place, place, span):
            continue
        bearer = titles.bearer(word, words.starts[place])
        if bearer is not None and bearer not in unit.vocatives:
            unit.vocatives = (*unit.vocatives, bearer)


def _hear_names(index: NameIndex, owners: Sequence[Entity | None], unit: Unit, span: Span) -> None:
    words = index.words
    inside = words.within(span)
    for place in index.within(inside[0], inside[-1]) if inside else ():
        name, owner = index.mentions[place], owners[place]
        if owner is None or owner.kind is not NameKind.PERSON or name.first <= inside[0]:
            continue
        after = words.text[words.ends[name.last] : words.ends[name.last] + 1]
        if after not in _CLOSING or words.has(name.last, POSSESSIVE):
            continue
        before = tuple(words.lower[max(inside[0], name.first - 3) : name.first])
        gap = words.gap(name.first - 1).lower()
        if any(before[-len(form) :] == form for form in _GIVEN) or (
            before[-1] == "i" and gap in ("'m ", "’m ")
        ):
            unit.given = owner
        elif owner not in unit.vocatives and (
            any(before[-len(form) :] == form for form in _ASKED)
            or (before[-1] == "you" and gap in ("'re ", "’re "))
        ):
            unit.vocatives = (*unit.vocatives, owner)
