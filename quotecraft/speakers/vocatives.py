"""Forms of address inside quotations: whom the words are said to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotecraft.model import Span
from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.name_index import NameIndex
from quotecraft.speakers.pronouns import Gender
from quotecraft.speakers.words import CAPITAL, Words

__all__ = [
    "ADDRESSES",
    "address_gender",
    "forms_of_address",
    "is_vocative",
    "names_called",
    "plain_noun",
]

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
_BEFORE = word_set("my dear dearest old good little poor young")
_PLAIN = {
    "mamma": "mother",
    "mama": "mother",
    "mum": "mother",
    "mummy": "mother",
    "mom": "mother",
    "papa": "father",
    "dad": "father",
    "daddy": "father",
    "auntie": "aunt",
    "grandpa": "grandfather",
    "grandma": "grandmother",
    "lad": "boy",
    "lass": "girl",
}


def is_vocative(words: Words, first: int, last: int, content: Span) -> bool:
    """Say whether a name or noun addresses the hearer: set off by marks on both sides.

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


def names_called(index: NameIndex, contents: Sequence[Span]) -> Iterator[int]:
    """Yield the names by which a quotation calls its hearer, by their places in the list.

    Args:
        index: The names of the document.
        contents: The pieces of the quotation.
    """
    for content in contents:
        inside = index.words.within(content)
        for place in index.within(inside[0], inside[-1]) if inside else ():
            name = index.mentions[place]
            if is_vocative(index.words, name.first, name.last, content):
                yield place


def forms_of_address(words: Words, content: Span) -> frozenset[str]:
    """Return the nouns by which a quotation addresses its hearer: "mother", "boy", "sir".

    Familiar words come as the plain ones ("papa" as "father").

    Args:
        words: The words of the document.
        content: The quotation.
    """
    inside = words.within(content)
    found = []
    for place in inside:
        word = words.lower[place]
        if not (word in ADDRESSES or _is_person(word)) or _is_title(words, place, inside.stop):
            continue
        first = place
        while (
            first > inside.start
            and words.lower[first - 1] in _BEFORE
            and not words.gap(first - 1).strip()
        ):
            first -= 1
        if is_vocative(words, first, place, content):
            found.append(plain_noun(word))
    return frozenset(found)


def plain_noun(noun: str) -> str:
    """Return the plain word for a familiar one ("papa" → "father"); others come back unchanged.

    Args:
        noun: A noun in lower case.
    """
    return _PLAIN.get(noun, noun)


def address_gender(noun: str) -> Gender | None:
    """Return the gender that a form of address tells of the hearer.

    Args:
        noun: A form of address, as ``forms_of_address`` gives them.
    """
    return ADDRESSES.get(noun) or lexicon().noun_gender(noun)


def _is_person(word: str) -> bool:
    lex = lexicon()
    return word in lex.kin or word in lex.groups or lex.is_person_noun(word)


def _is_title(words: Words, place: int, end: int) -> bool:
    """Say whether a word is the title of a name ("Uncle John")."""
    return place + 1 < end and not words.gap(place).strip() and words.has(place + 1, CAPITAL)
