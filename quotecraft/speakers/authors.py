"""Who wrote a text: named in its byline, at its end, or by whoever hands it over."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from quotecraft.model import Speaker, SpeakerId, SpeakerKind
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import folded
from quotecraft.speakers.mentions import NameIndex
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.words import QUOTED

__all__ = ["find_author", "told_author"]

_BYLINE = 120  # words of a text in which its byline stands
_OPENERS = frozenset(("words", "text", "story", "report", "analysis", "opinion"))
_BEING = frozenset(("is", "was"))
_SEVERAL = (",", ";", "&", "|", "/", " and ", "@")


def told_author(name: str, owners: Sequence[Entity | None]) -> Entity | None:
    """Return the person whom a text's metadata tell as its author.

    Several authors, one word alone ("Reuters") and addresses are nobody who can say "I".

    Args:
        name: The author, as told.
        owners: The entity of each name of the document.
    """
    plain = " ".join(name.split())
    if len(plain.split()) == 1 or not plain or any(mark in plain.lower() for mark in _SEVERAL):
        return None
    people = (one for one in owners if one is not None and one.kind is NameKind.PERSON)
    named = next((one for one in people if folded(plain) in map(folded, one.names)), None)
    if named is not None:
        return named
    known = Speaker(SpeakerId(plain), plain, SpeakerKind.PERSON)
    return Entity(NameKind.PERSON, known=known)


def find_author(
    index: NameIndex, owners: Sequence[Entity | None], *, asking: bool = False
) -> Entity | None:
    """Return the person named in the byline: "By Ana Ruiz" at the start of one of the first lines.

    Without one it is who signs: "By Ana Ruiz" as the last line, or the person whom the last
    paragraph opens with and describes, and nothing else in the text names.

    Args:
        index: The names of the document.
        owners: The entity of each name.
        asking: Whether to look for "Interview by Ana Ruiz", too, who isn't the one to say "I".
    """
    openers = _OPENERS | {"interview"} if asking else _OPENERS
    words = index.words
    for place, name in enumerate(index.mentions):
        by = name.first - 1
        if by >= _BYLINE:
            break
        owner = owners[place]
        if by < 0 or words.lower[by] != "by" or owner is None or owner.kind is not NameKind.PERSON:
            continue
        first = by - 1 if by > 0 and words.lower[by - 1] in openers else by
        if first == 0 or words.paragraph[first - 1] != words.paragraph[first]:
            return owner
    return None if asking else _signing(index, owners)


def _signing(index: NameIndex, owners: Sequence[Entity | None]) -> Entity | None:
    """Return the person who signs a text at its end, if anybody."""
    words = index.words
    if not len(words):
        return None
    last = words.paragraph[len(words) - 1]
    opening = bisect_left(words.paragraph, last)
    for place in index.within(opening, min(opening + 1, len(words) - 1)):
        name, owner = index.mentions[place], owners[place]
        if owner is None or owner.kind is not NameKind.PERSON or len(name.core) == 1:
            continue
        behind = name.last + 1
        if words.lower[opening] == "by" and name.first == opening + 1:
            return owner if behind == len(words) else None
        told = behind < len(words) and (
            words.lower[behind] in _BEING or words.gap(name.last) == ", "
        )
        quoted = any(words.has(i, QUOTED) for i in range(opening, len(words)))
        alone = all(index.mentions[i].first >= opening for i in owner.mentions)
        return owner if name.first == opening and told and alone and not quoted else None
    return None
