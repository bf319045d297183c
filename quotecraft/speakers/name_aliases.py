"""Other names that a text gives somebody or something in so many words.

"Ana Ruiz, better known as Nita, …"; "the harbour watch committee (HWC)", whose name is written
small.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.name_mention import NameMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.words import CAPITAL, Words

__all__ = ["join_aliases", "spelled_out"]

_KNOWN = re.compile(
    r"(?:,|\)|\s?[-–—]|\s\(|\s\([^()\n]{1,30}\),?)?\s"
    r"(?:who (?:is|was|goes) )?(?:(?:also|better|best|more|commonly|popularly|widely|simply|"
    r"fondly|affectionately|locally|otherwise|universally) ){0,2}"
    r"(?:known (?:as|by)|nicknamed|dubbed|alias|a\.?k\.?a\.?)\s(?:the )?[\"“”‘’']?"
)
_LONGEST = 80  # characters between a name and the other
_SMALL = word_set("of for the and on to in")
_INITIALS = range(3, 8)


def join_aliases(
    words: Words, mentions: Sequence[NameMention], owners: list[Entity | None]
) -> None:
    """Give the names of one who is "better known as" somebody to one entity.

    Args:
        words: The words of the document.
        mentions: Its names, in order.
        owners: The entity of each name, changed in place, with the mentions of each entity.
    """
    for place in range(len(mentions) - 1):
        name, alias = mentions[place], mentions[place + 1]
        start, stop = name.span.end, alias.span.start
        if stop - start > _LONGEST or _KNOWN.fullmatch(words.text, start, stop) is None:
            continue
        one, two = owners[place], owners[place + 1]
        person = one is not None and one.kind is NameKind.PERSON
        if one is None or two is None or one is two or not (person or one.kind is two.kind):
            continue
        for other in two.mentions:
            owners[other] = one
        one.mentions = sorted((*one.mentions, *two.mentions))
        one.votes.merge(two.votes)
        two.mentions = []


def spelled_out(words: Words, mention: NameMention) -> str | None:
    """Return the body's name in small letters that initials in brackets stand for.

    Args:
        words: The words of the document.
        mention: The initials, as a name.
    """
    if len(mention.core) != 1 or len(mention.core[0]) not in _INITIALS or not mention.first:
        return None
    letters = [letter.lower() for letter in mention.core[0] if letter.isalpha()]
    bracketed = words.gap(mention.first - 1).strip() == "("
    if not bracketed or words.text[mention.span.end : mention.span.end + 1] != ")":
        return None
    places = list(_letters(words, mention.first - 1, letters))
    if len(places) != len(letters):
        return None
    first, last = places[-1], mention.first - 1
    lex = lexicon()
    if words.lower[last] not in lex.organizations | lex.organization_heads:
        return None
    if not any(not words.has(place, CAPITAL) for place in places):
        return None
    return " ".join(words.text[words.starts[first] : words.ends[last]].split())


def _letters(words: Words, last: int, letters: Sequence[str]) -> Iterator[int]:
    """Yield the words before a bracket that begin with its letters, the last first."""
    place = last
    for letter in reversed(letters):
        while place >= 0 and words.lower[place] in _SMALL:
            place -= 1
        if place < 0 or words.lower[place][0] != letter:
            return
        if place < last and words.gap(place).strip():
            return
        yield place
        place -= 1
