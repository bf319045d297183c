"""Sources that are a piece of a noun phrase, made whole.

The network marks words one by one. Now and then that leaves a piece of a word ("cha" of
"Chan-o-cha", "51" of "51%"), an article alone, the end of a name, or a word too many at an end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from quotecraft.detect.interfaces import Attribution
from quotecraft.detect.narration import Line
from quotecraft.detect.phrases import (
    BREAKS,
    STARTERS,
    is_closed,
    is_open,
    is_plain_verb,
    phrase_after,
    phrase_before,
)
from quotecraft.detect.sentenced import in_sentences
from quotecraft.detect.words import closed_class, is_adverb, words_of
from quotecraft.model import Sentence, Span

__all__ = ["mended_sources"]

_BEFORE = 300  # characters of a sentence that are read before a source
_BEHIND = 150  # and behind it
_ARTICLES = ("the", "a", "an")
_JOINED = frozenset(["and", "or", "&", "of"])  # no phrase begins with one
_LEFT_OVER = frozenset(["and", "or", "but", "of", "on", "in"])
_ASKING = frozenset(  # what no noun phrase begins with, where one follows
    [
        *("does", "did", "do", "has", "have", "is", "are", "was", "were", "will", "can"),
        *("who", "whom", "which"),
    ]
)
_DETERMINERS = frozenset([*_ARTICLES, *(closed_class("possessive") - {"whose"})])
_FOUND = frozenset(["found", "said", "says", "told", "knew", "felt", "thought"])
_HYPHENS = "-‐‑"
_INNER = _HYPHENS + "'’"  # inside a word when letters stand on both sides
_LONG = 6  # letters; shorter words in "-ly" are as often nouns ("tally")
_BETWEEN = 2  # words that may stand between a determiner and the noun that was found alone
_LONGEST_NAME = 4  # words
_OWN = closed_class("pronoun") | closed_class("relative")
_TITLES = closed_class("title")
_PER_CENT = re.compile(r"%|\s?per ?cent\b")


def mended_sources(
    text: str, sentences: Sequence[Sentence], found: Sequence[Attribution]
) -> list[Attribution]:
    """Make sources whole that are a piece of a noun phrase, never over the content or cue.

    Args:
        text: The document's text.
        sentences: Its sentences, in order.
        found: Attributions of the text.
    """

    def anchor(item: Attribution) -> int | None:
        return item.source[0].start if len(item.source) == 1 else None

    def mend(sentence: Span, item: Attribution) -> Attribution:
        whole = _mended(text, sentence, item)
        return item if whole == item.source[0] else evolve(item, source=(whole,))

    return in_sentences(sentences, found, anchor, mend)


def _mended(text: str, sentence: Span, item: Attribution) -> Span:
    source, bounds = item.source[0], _bounds(sentence, item)
    span = _whole_words(text, bounds, source)
    start, end = max(bounds.start, span.start - _BEFORE), min(bounds.end, span.end + _BEHIND)
    atoms = list(words_of(text, start, end))
    line = Line(atoms, [atom.low for atom in atoms])
    inside = [n for n, atom in enumerate(atoms) if atom.start < span.end and atom.end > span.start]
    if not inside or "/" in text[atoms[inside[0]].start : span.end]:  # an address of the web
        return source
    first, last = _bare(line, inside[0], inside[-1])
    if not atoms[first].word:
        return source
    start = atoms[_named_before(line, _begun(line, first, last))].start
    end = span.end if last == inside[-1] else atoms[last].end
    if first == last and line.lows[first] in _ARTICLES:
        end = atoms[_ended(line, first)].end
    return Span(start, end)


def _bounds(sentence: Span, item: Attribution) -> Span:
    """Return how far a source may reach: within its sentence, up to its content and cue."""
    source = item.source[0]
    start, end = min(sentence.start, source.start), max(sentence.end, source.end)
    for span in (*item.content, *item.cue):
        if span.end <= source.start:
            start = max(start, span.end)
        elif span.start >= source.end:
            end = min(end, span.start)
    return Span(start, end)


def _whole_words(text: str, bounds: Span, span: Span) -> Span:
    """Extend a span to the ends of its first and last word, and over "%" after a number."""
    start, end = span.start, span.end
    while start > bounds.start and _goes_before(text, start):
        start -= 1
    while end < bounds.end and _goes_behind(text, end):
        end += 1
    while end > span.end and text[end - 1] in _HYPHENS:  # the rest of the word is the cue's
        end -= 1
    if text[end - 1].isdigit():
        share = _PER_CENT.match(text, end, bounds.end)
        end = end if share is None else share.end()
    return Span(start, end)


def _goes_before(text: str, at: int) -> bool:
    """Say whether the character before a place belongs to the word that begins there."""
    if text[at - 1].isalnum():
        return text[at].isalnum() or (text[at] in _INNER and _is_inner(text, at))
    return text[at - 1] in _INNER and _is_inner(text, at - 1)


def _goes_behind(text: str, at: int) -> bool:
    """Say whether the character at a place belongs to the word that ends there; clitics don't."""
    if text[at].isalnum():
        return text[at - 1].isalnum() or (text[at - 1] in _HYPHENS and _is_inner(text, at - 1))
    return text[at] in _HYPHENS and _is_inner(text, at)


def _is_inner(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and text[at - 1].isalnum() and text[at + 1].isalnum()


def _bare(line: Line, first: int, last: int) -> tuple[int, int]:
    """Return a stretch without marks before it and function words or an adverb at its end."""
    while first < last and not line.atoms[first].word and line.lows[first] in ",;:.-–—)]":
        first += 1
    if first < last and _is_found(line, first):
        first += 1
    if first < last and line.lows[first] in _ASKING:  # "Does this woman …", "who Ana Ruiz says"
        named = line.atoms[first + 1].cap and not line.atoms[first].cap
        first += named or line.lows[first + 1] in STARTERS
    whole = last
    while first < last:
        low = line.lows[last]
        adverb = _ends_loosely(line, last)
        mark = last < whole and low in (",", ";")
        if low not in _LEFT_OVER and not adverb and not mark:
            break
        last -= 1
    return first, last


def _is_found(line: Line, first: int) -> bool:
    """Say whether a verb stands before the article of a source ("found the town has")."""
    low = line.lows[first]
    return (low.endswith("ed") or low in _FOUND) and line.lows[first + 1] in _ARTICLES


def _ends_loosely(line: Line, last: int) -> bool:
    """Say whether an adverb stands behind a noun ("the mayor allegedly"), no "the firm's tally"."""
    low, before = line.lows[last], line.lows[last - 1]
    long = len(low) > _LONG and low.endswith("ly") and is_adverb(low)
    return long and not line.atoms[last].cap and before != "'s" and before not in STARTERS


def _begun(line: Line, first: int, last: int) -> int:
    """Return where the noun phrase begins whose end a source is."""
    low = line.lows[first]
    if low in _JOINED and 0 < first < last:
        start = phrase_before(line, last, 0)
        return first if start is None or start >= first else start
    if low == "the" and first < last and line.low(first - 1) in ("and", "&"):
        return _first_conjunct(line, first, last)  # "Arvelo and the Dune Republic"
    if low in STARTERS or is_closed(low) or low in _OWN or low[0].isdigit():
        return first
    if low in _TITLES and len(low) < 5:  # "the Grand Mosque Dr. Ana Ruiz"
        return first
    named, start = line.atoms[first].cap, first
    while start > 0 and _goes_on(line, start - 1, named):
        start -= 1
    determined = start > 0 and line.lows[start - 1] in _DETERMINERS
    if named and line.low(start - 1) in ("and", "&"):
        return _first_conjunct(line, start, last)
    if named or all(line.atoms[n].cap for n in range(start, first)):
        return start - determined
    return start - 1 if determined and first - start <= _BETWEEN else first


def _first_conjunct(line: Line, first: int, last: int) -> int:
    """Return where "Ana Ruiz and Omar Lund" begins, of which the second name was found alone."""
    bare = first + (line.lows[first] == "the")
    only = all(line.atoms[n].cap or line.lows[n] == "'s" for n in range(bare, last + 1))
    at = first - 1
    while at > 0 and line.atoms[at - 1].cap and _goes_on(line, at - 1, named=True):
        at -= 1
    before = line.low(at - 1)
    opens = at == 0 or before in BREAKS or before in closed_class("subordinator")
    offices = _TITLES.isdisjoint(line.lows[at : last + 1])
    return at if only and opens and offices and 0 < first - 1 - at <= _LONGEST_NAME else first


def _named_before(line: Line, first: int) -> int:
    """Return where a name begins to which a source is the apposition ("Ana Ruiz, a teacher")."""
    low, at = line.lows[first], first - 1
    if at < 2 or line.lows[at] != "," or line.atoms[first].cap or low in _OWN:
        return first
    if is_closed(low) and low not in _ARTICLES:
        return first
    while at > 0 and line.atoms[at - 1].cap and _goes_on(line, at - 1, named=True):
        at -= 1
    opens = at == 0 or line.lows[at - 1] == "that"
    return at if opens and 1 < first - 1 - at <= _LONGEST_NAME else first


def _goes_on(line: Line, at: int, named: bool) -> bool:
    """Say whether a word belongs to the name, or the run of nouns, that begins after it."""
    atom, low = line.atoms[at], line.lows[at]
    if not atom.word or low in STARTERS or low == "'s" or low in closed_class("time"):
        return False
    if low.endswith(("ing", "ed", "ly")) or (named and not atom.cap):
        return False
    return is_open(line, at)


def _ended(line: Line, first: int) -> int:
    """Return where the noun phrase ends that an article begins."""
    phrase = phrase_after(line, first, subject=False)
    before = line.low(first - 1)
    agent = before == "by" and not line.low(first - 2).endswith("ed")  # "allegations by the"
    if phrase is None or (before in closed_class("preposition") and not agent):
        return first  # "in the": rather no speaker than a place
    for at in range(first + 2, phrase.last + 1):
        if not line.atoms[at].cap and (
            line.lows[at].endswith("ed") or is_plain_verb(line.lows[at])
        ):
            return at - 1
    return phrase.last
