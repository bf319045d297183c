"""Which words of a source refer to somebody: what leads to them and trails them is left out."""

from __future__ import annotations

from quotecraft.model import SpeakerKind
from quotecraft.speakers.lexicon import lexicon, singular, word_set
from quotecraft.speakers.noun_kinds import kind_of_noun
from quotecraft.speakers.phrases import DEFINITE, INDEFINITE
from quotecraft.speakers.pronouns import POSSESSIVES
from quotecraft.speakers.syntax import PREPOSITIONS
from quotecraft.speakers.words import CAPITAL, INITIAL, UPPER, Words

__all__ = ["is_scrap", "referring"]

_DASHES = frozenset(("–", "—", "-"))
_SAID = word_set("said says responded responds replied replies added adds told tells wrote writes")
_LEADING = word_set(
    "by from of both even and as to had has found because but while although when if"
)
_CLAUSES = word_set("who whom which do does did")
_ARTICLES = DEFINITE | INDEFINITE | POSSESSIVES
_INSIDE = word_set("within without inside during despite")
_PARTICLES = word_set("up out off down")
_TIMES = word_set("after before while when during")
_HONOURS = word_set("hh hm he hrh highness majesty excellency")
_SOON = word_set("soon just right immediately")


def referring(words: Words, first: int, last: int) -> tuple[int, int]:
    """Return the first and last word of what refers to somebody in a source.

    Args:
        words: The words of the document.
        first: Index of the source's first word.
        last: Index of its last word.
    """
    while first < last and _leads(words, first):
        first += 1
    while last > first and _says(words, last):
        last -= 1
    first = _behind_honour(words, _behind_clause(words, first, last), last)
    return _inserted(words, first, last) or (first, _before_clause(words, first, last))


def is_scrap(words: Words, first: int, last: int) -> bool:
    """Say whether a source of unknown sort is no noun phrase that can tell who speaks.

    A single common noun without an article ("case"), or words that open as a clause does
    ("published by Lumora", "within the system").

    Args:
        words: The words of the document.
        first: Index of the source's first word.
        last: Index of its last word.
    """
    word = words.lower[first]
    if words.has(first, CAPITAL) and not words.has(first, INITIAL):
        return False
    if first == last:
        return singular(word) == word and word.isalpha() and len(word) > 1
    if words.lower[last] == "and" or word in _INSIDE:
        return True
    verbal = word.endswith(("ed", "ing", "s")) and word not in lexicon().function
    return verbal and words.lower[first + 1] in PREPOSITIONS | _PARTICLES


def _inserted(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """Return the words that an editor put in brackets to tell who is meant ("She [Ana Ruiz]")."""
    for index in range(first + 1, last + 1):
        if not words.gap(index - 1).endswith("["):
            continue
        end = index
        while end < last and "]" not in words.gap(end):
            end += 1
        named = any(words.has(place, CAPITAL) for place in range(index, end + 1))
        closed = words.gap(end).startswith("]")
        return (index, end) if named and closed and words.lower[index] not in PREPOSITIONS else None
    return None


def _before_clause(words: Words, first: int, last: int) -> int:
    """Return the last word before what tells when ("Ruiz shortly after meeting the mayor")."""
    for index in range(first + 1, last):
        if words.lower[index] not in _TIMES:
            continue
        before = words.lower[index - 1]
        soon = before in _SOON or before.endswith("ly")
        if (soon and index - 1 > first) or words.lower[index + 1].endswith("ing"):
            return index - 1 - soon
    return last


def _behind_clause(words: Words, first: int, last: int) -> int:
    """Return where a source begins behind a dateline or a clause ("Asked how, Ruiz")."""
    clause = (
        first < last
        and words.lower[first].endswith("ing")
        and words.lower[first + 1] in lexicon().function
    )
    for index in range(first, last):
        gap = words.gap(index).strip()
        if gap in _DASHES and words.has(first, UPPER) and index - first < 3:
            return index + 1
        if gap == "," and clause and words.has(index + 1, CAPITAL):
            return index + 1
    return first


def _behind_honour(words: Words, first: int, last: int) -> int:
    """Return where a source begins behind an honour ("HH the Amir", "HE the Minister")."""
    for index in range(first, min(first + 3, last - 1)):
        honour = words.lower[index] in _HONOURS and words.has(index, CAPITAL)
        if honour and words.lower[index + 1] == "the" and not words.gap(index).strip():
            return index + 1
    return first


def _says(words: Words, index: int) -> bool:
    """Say whether a source's last word is the verb behind it, or an adverb ("Ruiz responded")."""
    word = words.lower[index]
    loose = word in _SAID or (word.endswith("ally") and kind_of_noun(word) is SpeakerKind.UNKNOWN)
    return loose and not words.has(index, CAPITAL) and not words.gap(index - 1).strip()


def _leads(words: Words, index: int) -> bool:
    """Say whether a source's first word is no part of what it refers to."""
    word, following = words.lower[index], words.lower[index + 1]
    if word == "that":
        return following in DEFINITE | INDEFINITE or words.has(index + 1, CAPITAL)
    if word in _CLAUSES:  # "who their lawyer, Ana Ruiz, …", "Does this woman …"
        return following in _ARTICLES or words.has(index + 1, CAPITAL)
    return word in _LEADING
