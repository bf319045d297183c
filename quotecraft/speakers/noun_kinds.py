"""What the noun phrase of a description refers to: one person, several, a body, a document."""

from __future__ import annotations

from attrs import frozen

from quotecraft.model import SpeakerKind
from quotecraft.speakers.lexicon import lexicon, singular, word_set
from quotecraft.speakers.syntax import PREPOSITIONS
from quotecraft.speakers.words import Words

__all__ = ["Head", "head_of", "kind_of_noun"]

_NEVER_HEADS = word_set("himself herself themselves itself alone also both too then now")
_ARTICLES = word_set("a an the one two three some many")
_TRAILING = word_set("elsewhere familiar close there here abroad alike present then now today")
# Nouns that count or portion those told of behind "of": "44 per cent of graduates".
_PORTIONS = word_set(
    "cent percent half majority minority third quarter most some many number dozens hundreds "
    "thousands millions scores percentage proportion share all both few several two three four "
    "five six seven eight nine ten rest part group team handful couple pair lot plenty"
)
_SHORT = frozenset(("mps", "meps", "mlas", "ceos", "cent", "percent"))
_SINGLES = frozenset(("one", "another", "neither", "either", "each"))
_PEOPLES = ("ese", "ish", "ch", "ss", "ois")  # "the Chinese", "the British" are several
_DOMAINS = word_set("com org net info co uk ke ng za in au nz eu tv news")
_HUMAN = ("-old", "-year-olds")


@frozen
class Head:
    """The head noun of a description.

    Attributes:
        word: Index of the noun among the words.
        kind: What it refers to.
        portion: Whether it counts out some of those told of behind "of".
    """

    word: int
    kind: SpeakerKind
    portion: bool = False


def head_of(words: Words, first: int, last: int, end: int) -> Head:
    """Return the head noun of a description.

    What follows the noun ("a man working", "pupils elsewhere") is left out; of portions ("half of
    the teachers") the kind is that of the whole.

    Args:
        words: The words of the document.
        first: Index of the description's first word.
        last: Index of the last word before a preposition.
        end: Index of its last word.
    """
    lower = words.lower
    while last > first and lower[last] in _NEVER_HEADS:
        last -= 1
    if lower[last] == "old" and last - first > 1 and lower[last - 1] in ("year", "years"):
        return Head(last, SpeakerKind.PERSON)  # "the 22 year old"
    if last < end and lower[last + 1] == "of" and lower[last] in _PORTIONS | _SINGLES:
        inner = last + 2
        while inner < end and lower[inner + 1] not in PREPOSITIONS:
            inner += 1
        whole = kind_of_noun(lower[inner]) if inner <= end else SpeakerKind.UNKNOWN
        if whole in (SpeakerKind.GROUP, SpeakerKind.PERSON):
            one = lower[last] in _SINGLES
            return Head(last, SpeakerKind.PERSON if one else SpeakerKind.GROUP, not one)
    if kind_of_noun(lower[last]) is SpeakerKind.UNKNOWN:
        for index in range(last - 1, first - 1, -1):
            following = lower[index + 1]
            loose = following.endswith(("ing", "ed", "ly")) or following in _TRAILING
            if following.endswith("ing") and index > first and index + 1 == last:
                loose = lower[first] in _ARTICLES  # no "consumer spending"
            if loose and kind_of_noun(lower[index]) is not SpeakerKind.UNKNOWN:
                return Head(index, kind_of_noun(lower[index]))
    return Head(last, kind_of_noun(lower[last]))


def kind_of_noun(noun: str) -> SpeakerKind:
    """Return what a lower-case noun refers to."""
    lex, base = lexicon(), singular(noun)
    if noun in lex.organizations and noun != "panel":
        return SpeakerKind.ORGANIZATION
    if noun == "poster" or (noun in lex.documents and noun != base):
        return SpeakerKind.DOCUMENT
    if lex.is_group_noun(noun) or singular(base) in lex.groups or noun in _SHORT:
        return SpeakerKind.GROUP
    if base in lex.kin or lex.is_person_noun(base):
        return SpeakerKind.PERSON if base == noun else SpeakerKind.GROUP
    if base in lex.documents or noun in lex.documents:
        return SpeakerKind.DOCUMENT
    if base in lex.organizations:
        return SpeakerKind.ORGANIZATION if base == noun else SpeakerKind.GROUP
    if noun.rpartition(".")[2] in _DOMAINS and "." in noun:
        return SpeakerKind.ORGANIZATION  # "arvelo.com"
    if noun in ("cent", "percent"):
        return SpeakerKind.GROUP
    if noun.endswith(_HUMAN):
        return SpeakerKind.PERSON if noun.endswith("-old") else SpeakerKind.GROUP
    if noun in lex.demonyms or (noun[-1:] == "s" and noun[:-1] in lex.demonyms):
        several = noun not in lex.demonyms or noun.endswith(_PEOPLES)
        return SpeakerKind.GROUP if several else SpeakerKind.PERSON
    if lex.is_agent(base):
        return SpeakerKind.PERSON if base == noun else SpeakerKind.GROUP
    return SpeakerKind.UNKNOWN
