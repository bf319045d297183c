"""Subjects that something set apart, or a place of work, parts from their verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.syntax import AUXILIARIES, PAST, PREPOSITIONS, RELATIVES, looks_subject
from quotecraft.speakers.words import CAPITAL, INITIAL, POSSESSIVE, Words

__all__ = ["parted_subject", "past_phrase", "told_subject"]

_BACK = 8  # words that may stand before a name in its phrase ("the former head of the union")
_REACH = 40  # words in which what is set apart ends
_PHRASE = 10  # words of "of the University of …"
_BRACKETED = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[)’”\"]?\s*([,(–—]|-(?=\s))")
_DASHES = ("-", "–", "—", "--")
_CLOSING = {"(": ")"}
_WITHIN = word_set("of from at with the and for")
_ADVERBS = word_set("also then later now however still yet never already even just")
_TELLING = word_set(
    "told tells tell telling informed reminded assured warned urged ordered advised convinced"
)
_TOLD = word_set("that to about of what how why when where he she they it his her the")
_SUBORDINATING = RELATIVES | word_set(
    "after before since while if because although though unless until as than that whether like "
    "including except despite according unlike alongside following"
)


def told_subject(words: Words, first: int, last: int) -> bool:
    """Say whether a name in news looks like a subject, next to its verb or parted from it.

    Args:
        words: The words of the document.
        first: Index of the name's first word.
        last: Index of its last word.
    """
    if _is_told(words, first, last) or _is_joined(words, first) or _is_governed(words, first):
        return False
    if looks_subject(words, first, last) or parted_subject(words, first, last):
        return True
    return _is_inserted(words, first, last)


def _is_inserted(words: Words, first: int, last: int) -> bool:
    """Say whether a name between dashes tells who a subject is ("his deputy – Ana Ruiz – has")."""
    place = first
    while place > 0 and first - place < _BACK and not words.gap(place - 1).strip():
        place -= 1
    dashed = place > 0 and words.gap(place - 1).strip() in _DASHES
    closed = words.gap(last).strip() in _DASHES and last + 1 < len(words)
    return dashed and closed and _is_finite(words, last + 1, words.sentence[first])


def _is_told(words: Words, first: int, last: int) -> bool:
    """Say whether a name is whom somebody told something ("told Ruiz that")."""
    if first == 0 or last + 1 >= len(words) or words.gap(first - 1).strip():
        return False
    if words.lower[first - 1] not in _TELLING or words.gap(last).strip():
        return False
    return words.lower[last + 1] in _TOLD


def _is_governed(words: Words, first: int) -> bool:
    """Say whether a preposition and an article stand before a name ("of the Union")."""
    if first < 2 or words.lower[first - 1] not in ("the", "a", "an"):
        return False
    parted = words.gap(first - 1).strip() or words.gap(first - 2).strip()
    return words.lower[first - 2] in PREPOSITIONS and not parted


def _is_joined(words: Words, first: int) -> bool:
    """Say whether a preposition governs a name over another ("of Ana Soto and Bo Ruiz")."""
    place = first - 1
    if place <= 0 or words.lower[place] not in ("and", "or") or words.gap(place).strip():
        return False
    while place > 0 and first - place < _BACK and not words.gap(place - 1).strip():
        place -= 1
        if words.lower[place] in PREPOSITIONS:
            return True
        if not words.has(place, CAPITAL):
            return False
    return False


def parted_subject(words: Words, first: int, last: int) -> bool:
    """Say whether a name is a subject whose verb stands behind what is set apart.

    "Ana Ruiz, a teacher of both, was …", "Mayor Ana Ruiz (71) — who left in May — said …", "Ana
    Ruiz of the Port Union also said …".

    Args:
        words: The words of the document.
        first: Index of the name's first word.
        last: Index of its last word.
    """
    if words.has(last, POSSESSIVE) or not _opens(words, first):
        return False
    behind = past_phrase(words, last)
    if behind > last and behind + 1 < len(words) and not words.gap(behind).strip():
        return _is_finite(words, behind + 1, words.sentence[first])
    return any(_is_finite(words, place, words.sentence[first]) for place in _behind(words, behind))


def _opens(words: Words, first: int) -> bool:
    """Say whether a name, with the role before it, opens a clause."""
    place = first
    while place > 0 and not words.has(place, INITIAL) and not words.gap(place - 1).strip():
        place -= 1
        if first - place > _BACK or _is_verb(words.lower[place]):
            return False
    if place == first:
        return words.has(first, INITIAL)
    opening = words.lower[place]
    return words.lower[first - 1] not in PREPOSITIONS and opening not in (
        PREPOSITIONS | _SUBORDINATING
    )


def past_phrase(words: Words, last: int) -> int:
    """Return the last word of "of the University of …" behind a name, else the name's.

    Args:
        words: The words of the document.
        last: Index of the name's last word.
    """
    place = last
    while (
        place + 1 < len(words)
        and place - last < _PHRASE
        and not words.gap(place).strip(" ’'")
        and (words.has(place + 1, CAPITAL) or words.lower[place + 1] in _WITHIN)
        and (place > last or words.lower[place + 1] in PREPOSITIONS)
    ):
        place += 1
    while place > last and words.lower[place] in _WITHIN:
        place -= 1
    return place


def _behind(words: Words, last: int) -> Iterator[int]:
    """Yield the words that may stand right behind what is set apart behind a name."""
    closing, sentence = "", words.sentence[last]
    for place in range(last, min(last + _REACH, len(words) - 1)):
        if words.sentence[place + 1] != sentence:
            return
        gap = words.gap(place)
        if closing and closing in gap:
            yield place + 1
            closing = "" if closing == ")" else closing
        if not closing:
            found = _MARKS.match(_BRACKETED.sub("", gap))
            if found is None:
                return
            closing = _CLOSING.get(found[1], found[1])


def _is_finite(words: Words, place: int, sentence: int) -> bool:
    """Say whether a finite verb stands at a word, or behind an adverb there."""
    first = place
    while place + 1 < len(words) and (
        words.lower[place] in _ADVERBS or words.lower[place].endswith("ly")
    ):
        place += 1
    word = words.lower[place]
    told = _is_verb(word) or (place > first and word.endswith("s"))  # "also uses"
    return words.sentence[place] == sentence and told


def _is_verb(word: str) -> bool:
    told = word in lexicon().reporting and not word.endswith("ing")
    return told or word in AUXILIARIES or word in PAST
