"""Quotation marks of English text: which there are, and how likely each opens, closes or neither.

Every mark gets three costs, from the characters around it alone: of opening a quotation, of closing
one, and of being neither (an apostrophe, a sign of feet or inches, a stray). ``pairing`` looks for
the cheapest reading of a whole paragraph. A cost of 0 is the ordinary use of a mark; about 1 is
unusual but found in edited text (``horses'``); 3 or more is an error of the writer or the file.
The costs follow the punctuation rules of *The Chicago Manual of Style* (17th ed., 6.9, 7.30, 13.29)
and *New Hart's Rules* (2nd ed., 4.5, 9.2); none is tuned on a data set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

__all__ = ["APOSTROPHES", "MARKS", "RUNS", "Family", "Mark", "scan_marks"]


class Family(Enum):
    """Marks that can pair with one another."""

    DOUBLE = "double"
    SINGLE = "single"
    GUILLEMET = "guillemet"
    SINGLE_GUILLEMET = "single guillemet"


class Mark(NamedTuple):
    """One mark, or one run of equal ones that count together.

    Attributes:
        start: Offset of its first code point.
        size: Its length in code points; more than 1 only for runs of single marks that
            stand for double ones.
        char: The character.
        family: What it can pair with.
        opening: Cost of its opening a quotation.
        closing: Cost of its closing one.
        neither: Cost of its doing neither.
    """

    start: int
    size: int
    char: str
    family: Family
    opening: float
    closing: float
    neither: float


_DOUBLES = '"“”„‟＂'
_SINGLES = "'‘’‚‛`´＇"
MARKS = _DOUBLES + _SINGLES + "«»‹›"
"""Every character that is read as a quotation mark."""
APOSTROPHES = "'’‘`´＇‛"
"""Every character that is written for an apostrophe."""

# Marks that touch, but not the apostrophe of "don't", "O'Brien" or "1990's".
_GROUP = re.compile(rf"(?!(?<=[^\W_])[{APOSTROPHES}](?=[^\W_]))[{MARKS}]+")
_RUN = re.compile(r"'+|`+|’+|‘+|´+|‚+|.")
RUNS = frozenset("'’´")
"""Characters of which a run can close several quotations."""
_OPENERS = frozenset("([{<¿¡")
_DASHES = frozenset("—–―‒-/…*_=|~+>#@")
_INTRODUCES = frozenset(("", *",:.!?…—–-"))  # what stands before a quotation; "": nothing does
_CLOSERS = frozenset(".,;:!?)]}<%")
_STOPS = frozenset(".,;:!?…")

# Words that are written with an apostrophe at the front: poetic and colloquial clippings; the ends
# of contractions, which stand alone in text that was split into tokens; dropped h's.
_CLIPPED = re.compile(
    r"tis|twas|twere|twill|twould|tween|twixt|neath|em|n|nd|cause|bout|s|d|ll|ve|re|m|t|\d0s|\d\d",
    re.IGNORECASE,
)
_PERHAPS_CLIPPED = re.compile(
    r"""til|till|round|cos|coz|cuz|fraid|gainst|nuff|nough|cept|scuse|spect|stead|mong|mongst|pon
    |burbs|copter|k|kay|lectric|nother|ere|ad|ave|e|im|er|isself|imself|arf|ome|ouse|ead|eard|ow
    |appen|ang|elp|igh|ole|orse|undred|urry|ot|oo|oos""",
    re.IGNORECASE | re.VERBOSE,
)
_CUT_SHORT = re.compile(
    r"o|th|wi|an|fo|mo|po|lil|ol|jus|mus|las|ha|sha|tha|don|t|d|ev|fra|de|of|gi|ma|['’]n",
    re.IGNORECASE,
)
_LONGEST_WORD = 16  # longer ones are not looked up
_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"(?:(?<=\s)['’])?\w+$")
_FEET_INCHES = re.compile(r"\d['’′´]{1,2}\s?\d{1,2}(?:\s?[½¼¾]|\.\d+)?\s?(?:[\"”″]|''|’’)")


def scan_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Yield the marks of one paragraph, apostrophes inside words left out.

    Args:
        text: The whole text.
        start: Where the paragraph begins.
        end: Where it ends.
    """
    skip_until = start
    for group in _GROUP.finditer(text, start, end):
        first, last = group.span()
        if last <= skip_until:
            continue
        before = text[first - 1] if first > start else " "
        after = text[last] if last < end else " "
        if before.isdigit():
            inches = _FEET_INCHES.match(text, first - 1, end)
            if inches:
                skip_until = inches.end()
                continue
        if last - first == 1:
            yield _weigh(text, first, 1, before, after)
            continue
        for place, size in _units(text, group, before, after):
            yield _weigh(text, place, size, before, after)


def _units(text: str, group: re.Match[str], before: str, after: str) -> Iterator[tuple[int, int]]:
    """Yield place and size of single marks, of those that stand for a double mark.

    A run of apostrophes that may close several quotations stays whole.
    """
    opens = (before.isspace() or before in _OPENERS) and not after.isspace()
    for run in _RUN.finditer(group.group()):
        start, size = group.start() + run.start(), len(run.group())
        if size == 1 or (run.group()[0] in RUNS and not opens):
            yield start, size
        elif run.group() in ("''", "’’") and _CLIPPED.fullmatch(
            _word_at(text, start + 2)
        ):  # ''Tis'
            yield start, 1
            yield start + 1, 1
        else:
            yield from ((left, 2) for left in range(start, start + size - 1, 2))
            if size % 2:
                yield start + size - 1, 1


def _weigh(text: str, start: int, size: int, before: str, after: str) -> Mark:
    char = text[start]
    family = Family.DOUBLE if size > 1 else _FAMILIES[char]
    if before.isspace() and after.isspace():
        return _weigh_apart(text, start, size, char, family)
    opening, closing = _place_costs(char, before, after)
    if family is not Family.SINGLE:
        inches = char == '"' and before.isdigit()  # a 12" pipe
        return Mark(start, size, char, family, opening, closing, 1.0 if inches else _STRAY)
    neither = 2.5
    if after.isalnum() and not before.isalnum():
        more, neither = _front_costs(char, _word_at(text, start + 1))
        opening += more
        introduced = text[max(0, start - 3) : start].rstrip()[-1:] in _INTRODUCES
        if neither > 1.0 and introduced:
            neither += 1.0
    elif before.isalnum():
        closing += 0.2
        neither = _back_cost(char, text[max(0, start - _LONGEST_WORD) : start])
    return Mark(start, size, char, family, opening, closing, neither)


def _weigh_apart(text: str, start: int, size: int, char: str, family: Family) -> Mark:
    """Weigh a mark that stands between spaces, as in text that was split into tokens."""
    text_before = text[max(0, start - _LONGEST_WORD) : start].rstrip()
    text_after = text[start + size : start + size + _LONGEST_WORD].lstrip()
    first, last = text_after[:1], text_before[-1:]
    opening = 1.0 if first.isupper() else 2.0 if first in _CLOSERS else 1.5
    closing = 1.0 if last in _STOPS or last in _DASHES else 1.5
    opening += _AGAINST_OPENING.get(char, 0.0)
    closing += _AGAINST_CLOSING.get(char, 0.0)
    neither = _STRAY
    if family is Family.SINGLE:
        neither = _back_cost(char, text_before) if last.isalnum() else 3.0
    return Mark(start, size, char, family, opening, closing, neither)


def _word_at(text: str, start: int) -> str:
    word = _WORD.match(text, start, start + _LONGEST_WORD)
    return word.group() if word else ""


def _front_costs(char: str, word: str) -> tuple[float, float]:
    """Return what it adds to opening, and costs to be an apostrophe, in front of this word."""
    if _CLIPPED.fullmatch(word):
        return 1.5, 0.5 if char == "‘" else 0.0
    if _PERHAPS_CLIPPED.fullmatch(word):
        return 0.8, 2.0 if char == "‘" else 0.3
    if char == "’":
        return 0.2, 0.3
    if char == "'":
        return (0.2, 2.5) if word[:1].isupper() else (0.6, 2.0)
    return 0.0, 3.0


def _back_cost(char: str, text_before: str) -> float:
    """Return what it costs to be an apostrophe (horses', goin') or a sign of feet after this."""
    last = _LAST_WORD.search(text_before)
    word = last.group() if last else ""
    if _CUT_SHORT.fullmatch(word):
        return 0.3
    if word[-1:] in "sSxXzZ":
        return 0.4
    if word[-1:].isdigit() or word[-2:].lower() == "in" or char in "‚‘`":
        return 0.6
    return 1.5


_FAMILIES = dict.fromkeys(_DOUBLES, Family.DOUBLE) | dict.fromkeys(_SINGLES, Family.SINGLE)
_FAMILIES |= dict.fromkeys("«»", Family.GUILLEMET) | dict.fromkeys("‹›", Family.SINGLE_GUILLEMET)
_STRAY = 4.0
# A directed mark that is used against its direction (a wrong guess of some editor's, or German and
# Danish custom: „ “ and » «) pays on top of what its place costs.
_AGAINST_OPENING = {"”": 2.5, "»": 1.5, "›": 1.5, "’": 2.0, "´": 3.0}
_AGAINST_CLOSING = {"“": 1.5, "„": 6.0, "‟": 4.0, "«": 1.5, "‹": 1.5, "‘": 1.5, "‚": 6.0}
_AGAINST_CLOSING |= {"`": 3.0, "‛": 4.0}


@lru_cache(maxsize=4096)
def _place_costs(char: str, before: str, after: str) -> tuple[float, float]:
    """Return what it costs to open and to close with this mark between these two characters."""
    opening = _opening_cost(before, after) + _AGAINST_OPENING.get(char, 0.0)
    return opening, _closing_cost(before, after) + _AGAINST_CLOSING.get(char, 0.0)


def _opening_cost(before: str, after: str) -> float:
    """Return what it costs to open between these two characters."""
    if after.isspace():
        cost = 2.0
    elif after in _CLOSERS:
        cost = 1.5
    else:
        cost = 0.0
    if before.isspace() or before in _OPENERS or before in _DASHES:
        return cost
    return cost + (1.0 if before in _STOPS else 1.5)


def _closing_cost(before: str, after: str) -> float:
    """Return what it costs to close between these two characters."""
    cost = 2.0 if before.isspace() or before in _OPENERS else 0.0
    if after.isspace() or after in _CLOSERS or after in _DASHES:
        return cost
    return cost + 1.5
