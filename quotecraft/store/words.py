"""Words for full-text search: how texts are cut and folded, and how a query is read.

A word is a run of letters and digits (Unicode), compared without case and accents: "Fernández"
equals "FERNANDEZ". Marks between letters part words: "don't" is two words side by side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from quotecraft.errors import InputError
from quotecraft.model import Span

__all__ = ["BARRIER", "Phrase", "find_phrases", "fold_words", "match_expression", "parse_query"]

_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f])*")
_PART = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”|„([^“”]*)[“”]|«([^»]*)»')
_MOST_PHRASES = 64
_MOST_WORDS = 512

Phrase = tuple[str, ...]
"""Folded words that must stand side by side; a single word is a phrase of one."""

BARRIER = "\xa6"
"""Stands between two texts in one column so that no phrase matches across: never in a word."""


@lru_cache(maxsize=65536)
def _folded(word: str) -> tuple[str, ...]:
    if word.isascii():
        return (word.lower(),)
    parted = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(char for char in parted if not unicodedata.combining(char))
    return tuple(_PART.findall(bare.casefold()))


def _words(text: str) -> Iterator[tuple[str, Span]]:
    for match in _WORD.finditer(text):
        for word in _folded(match[0]):
            yield word, Span(match.start(), match.end())


def fold_words(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return [word for word, _ in _words(text)]


def parse_query(text: str) -> tuple[Phrase, ...]:
    """Return the words and phrases that a query asks for, each once.

    Words in quotation marks (straight or typographic) are a phrase; so are the parts of a word like
    "don't". Nothing else has a meaning: ``AND``, ``NEAR``, ``*``, ``-`` and ``:`` are words like
    any other, or marks that part them.

    Raises:
        InputError: If it holds no word, or too many.
    """
    phrases: dict[Phrase, None] = {}
    done = 0
    for match in _QUOTED.finditer(text):
        _add_words(phrases, text[done : match.start()])
        _add(phrases, next(part for part in match.groups() if part is not None))
        done = match.end()
    _add_words(phrases, text[done:])
    if not phrases:
        raise InputError(f"the search text {text[:40]!r} holds no word; give words or a phrase")
    if len(phrases) > _MOST_PHRASES or sum(map(len, phrases)) > _MOST_WORDS:
        raise InputError(
            f"the search text asks for more than {_MOST_PHRASES} words and phrases or "
            f"{_MOST_WORDS} words in all; search for fewer"
        )
    return tuple(phrases)


def _add_words(phrases: dict[Phrase, None], text: str) -> None:
    for piece in text.split():
        _add(phrases, piece)


def _add(phrases: dict[Phrase, None], text: str) -> None:
    words = tuple(fold_words(text))
    if words:
        phrases.setdefault(words)


def match_expression(phrases: Iterable[Phrase]) -> str:
    """Return the FTS5 expression that asks for every phrase; words hold no quotation mark."""
    return " AND ".join('"' + " ".join(phrase) + '"' for phrase in phrases)


def find_phrases(text: str, phrases: Sequence[Phrase]) -> tuple[Span, ...]:
    """Return where phrases stand in a text, in order; those that overlap are joined."""
    found = list(_words(text))
    words = [word for word, _ in found]
    starts: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        starts.setdefault(phrase[0], []).append(phrase)
    spans: list[Span] = []
    for index, word in enumerate(words):
        for phrase in starts.get(word, ()):
            end = index + len(phrase)
            if tuple(words[index:end]) == phrase:
                _append(spans, Span(found[index][1].start, found[end - 1][1].end))
    return tuple(spans)


def _append(spans: list[Span], span: Span) -> None:
    if spans and span.start < spans[-1].end:
        last = spans.pop()
        span = Span(last.start, max(last.end, span.end))
    spans.append(span)
