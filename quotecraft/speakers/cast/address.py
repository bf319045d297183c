"""Forms of address inside quotations that are nouns: "mother", "my boy", "sir"."""

from __future__ import annotations

from quotecraft.model import Span
from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.pronouns import Gender
from quotecraft.speakers.vocatives import ADDRESSES, is_vocative
from quotecraft.speakers.words import CAPITAL, Words

__all__ = ["address_gender", "addressed", "plain_noun"]

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


def plain_noun(noun: str) -> str:
    """Return the plain word for a familiar one ("papa" → "father"); others come back unchanged.

    Args:
        noun: A noun in lower case.
    """
    return _PLAIN.get(noun, noun)


def address_gender(noun: str) -> Gender | None:
    """Return the gender that a form of address tells of the hearer.

    Args:
        noun: A form of address, as ``addressed`` gives them.
    """
    return ADDRESSES.get(noun) or lexicon().noun_gender(noun)


def addressed(words: Words, first: int, last: int, content: Span) -> frozenset[str]:
    """Return the nouns by which a quotation addresses its hearer.

    Args:
        words: The words of the text.
        first: Index of the quotation's first word.
        last: Index just past its last word.
        content: The quotation.
    """
    found = []
    for place in range(first, last):
        word = words.lower[place]
        if not (word in ADDRESSES or _names_person(word)) or _titles(words, place, last):
            continue
        start = place
        while (
            start > first and words.lower[start - 1] in _BEFORE and not words.gap(start - 1).strip()
        ):
            start -= 1
        if is_vocative(words, start, place, content):
            found.append(plain_noun(word))
    return frozenset(found)


def _names_person(word: str) -> bool:
    lex = lexicon()
    return word in lex.kin or word in lex.groups or lex.is_person_noun(word)


def _titles(words: Words, place: int, last: int) -> bool:
    """Say whether a word is the title of a name ("Uncle John")."""
    return place + 1 < last and not words.gap(place).strip() and words.has(place + 1, CAPITAL)
