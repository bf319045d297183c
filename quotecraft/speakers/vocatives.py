"""Forms of address inside quotations: whom the words are said to."""

from __future__ import annotations

from quotecraft.model import Span
from quotecraft.speakers.lexicon import word_set
from quotecraft.speakers.pronouns import Gender
from quotecraft.speakers.words import Words

__all__ = ["ADDRESSES", "is_vocative"]

_CALLED = word_set("dear dearest oh o ah my poor yes no hello hullo well good old sweet ay aye")
_AFTER_VOCATIVE = frozenset(",!?.;—–…\"”’'»")
_BEFORE_VOCATIVE = frozenset(",“\"‘'«—–!?.;…(`")
ADDRESSES: dict[str, Gender] = {
    "sir": "m",
    "sire": "m",
    "monsieur": "m",
    "madam": "f",
    "ma'am": "f",
    "ma’am": "f",
    "madame": "f",
    "miss": "f",
    "mademoiselle": "f",
}


def is_vocative(words: Words, first: int, last: int, content: Span) -> bool:
    """Say whether a name addresses the hearer: set off by marks on both sides.

    Args:
        words: The words of the document.
        first: Index of the name's first word.
        last: Index of its last word.
        content: The quotation that it stands in.
    """
    text = words.text
    alone = text[content.start : words.starts[first]] + text[words.ends[last] : content.end]
    if not any(char.isalnum() or char in "!?.," for char in alone):
        return False  # a title or nickname in quotation marks
    end = words.ends[last]
    after = text[end : end + 1] if end < content.end else "”"
    if after.isspace() and last + 1 < len(words):
        after = words.gap(last).strip()[:1]
    if after not in _AFTER_VOCATIVE or not after:
        return False
    if text[end : end + 2] in ("'s", "’s"):
        return False
    before = first - 1
    while before >= 0 and words.lower[before] in _CALLED and words.starts[before] >= content.start:
        if words.gap(before).strip():
            return True
        first = before
        before -= 1
    if words.starts[first] <= content.start + 2:
        return True
    place = words.starts[first] - 1
    while place > content.start and text[place] in " \n\r\t_":
        place -= 1
    if text[place] not in _BEFORE_VOCATIVE:
        return False
    return not (text[place] == "." and after == ".")
