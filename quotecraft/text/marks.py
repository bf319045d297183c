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

from attrs import frozen

from quotecraft.model import Span

__all__ = ["APOSTROPHES", "MARKS", "Family", "Mark", "scan_marks"]


class Family(Enum):
    """Marks that can pair with one another."""

    DOUBLE = "double"
    SINGLE = "single"
    GUILLEMET = "guillemet"
    SINGLE_GUILLEMET = "single guillemet"


@frozen
class Mark:
    """One mark, or one run of straight apostrophes or grave accents.

    Attributes:
        start: Offset of its first code point.
        size: Its length in code points; more than 1 only for runs of ``'`` or of a grave accent.
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

_GROUP = re.compile(f"[{MARKS}]+")
_RUN = re.compile(r"'+|`+|.")
_OPENERS = frozenset("([{<¿¡")
_DASHES = frozenset("—–―‒-/…*_=|~+>#@")
_CLOSERS = frozenset(".,;:!?)]}<%")
_STOPS = frozenset(".,;:!?…")

# Words that are written with an apostrophe at the front: poetic and colloquial clippings; the ends
# of contractions, which stand alone in text that was split into tokens; dropped h's.
_CLIPPED = frozenset(
    "tis twas twere twill twould tween twixt em n nd s d ll ve re m t cause bout neath".split()
)
_PERHAPS_CLIPPED = frozenset(
    "til till round cos coz cuz fraid gainst nuff nough cept scuse spect stead mong mongst pon hood "
    "burbs copter k kay fore lectric nother member course ere ad ave e im er is isself imself arf "
    "ome ouse ead ear eard ow ope old appen ang ell elp igh it ole orse undred urry ot oo oos".split()
)
_LONGEST_WORD = 16  # longer ones are not looked up
_WORD = re.compile(r"\w+")
_DECADE = re.compile(r"\d0s|\d\d")
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
        if group.end() <= skip_until:
            continue
        before = text[group.start() - 1] if group.start() > start else " "
        after = text[group.end()] if group.end() < end else " "
        if before.isdigit():
            inches = _FEET_INCHES.match(text, group.start() - 1, end)
            if inches:
                skip_until = inches.end()
                continue
        if len(group.group()) == 1 and _inside_word(group.group(), before, after):
            continue
        for unit in _units(text, group, before, after):
            if unit.start >= skip_until:
                yield _weigh(text, unit, before, after, end)


def _units(text: str, group: re.Match[str], before: str, after: str) -> Iterator[Span]:
    """Yield single marks, `` and ''; a run of apostrophes that may close several stays whole."""
    opens = (before.isspace() or before in _OPENERS) and not after.isspace()
    for run in _RUN.finditer(group.group()):
        start, end = group.start() + run.start(), group.start() + run.end()
        if len(run.group()) == 1 or (run.group()[0] == "'" and not opens):
            yield Span(start, end)
            continue
        if run.group() == "''" and _clipped(text, end):  # ''Tis nobler'
            yield Span(start, start + 1)
            yield Span(start + 1, end)
            continue
        for left in range(start, end - 1, 2):
            yield Span(left, left + 2)
        if (end - start) % 2:
            yield Span(end - 1, end)


def _inside_word(char: str, before: str, after: str) -> bool:
    """Say whether this is the apostrophe of "don't", "O'Brien" or "1990's"."""
    return char in APOSTROPHES and before.isalnum() and after.isalnum()


def _weigh(text: str, unit: Span, before: str, after: str, end: int) -> Mark:
    char, size = text[unit.start], len(unit)
    family = _family(char, size)
    opening = _opening_cost(before, after) + _AGAINST_OPENING.get(char, 0.0)
    closing = _closing_cost(before, after) + _AGAINST_CLOSING.get(char, 0.0)
    if family is not Family.SINGLE:
        inches = char == '"' and before.isdigit()  # a 12" pipe
        return Mark(unit.start, size, char, family, opening, closing, 1.0 if inches else _STRAY)
    neither = 2.5
    if after.isalnum() and not before.isalnum():
        word = _WORD.match(text, unit.end, min(end, unit.end + _LONGEST_WORD))
        more, neither = _front_costs(char, word.group() if word else "")
        opening += more
    elif before.isalnum():
        closing += 0.2
        neither = _back_cost(char, text[max(0, unit.start - 2) : unit.start])
    return Mark(unit.start, size, char, family, opening, closing, neither)


def _clipped(text: str, start: int) -> bool:
    word = _WORD.match(text, start, start + _LONGEST_WORD)
    return word is not None and word.group().lower() in _CLIPPED


def _front_costs(char: str, word: str) -> tuple[float, float]:
    """Return what it adds to opening, and costs to be an apostrophe, in front of this word."""
    low = word.lower()
    if low in _CLIPPED or _DECADE.fullmatch(low):
        return 1.5, 0.5 if char == "‘" else 0.0
    if low in _PERHAPS_CLIPPED:
        return 0.8, 0.3
    if char == "’":
        return 0.2, 0.3
    if char == "'":
        return (0.2, 2.5) if word[:1].isupper() else (0.6, 2.0)
    return 0.0, 3.0


def _back_cost(char: str, ending: str) -> float:
    """Return what it costs to be an apostrophe (horses', goin') or a sign of feet after this."""
    if ending[-1:] in "sSxXzZ":
        return 0.4
    if ending[-1:].isdigit() or ending.lower() == "in" or char in "‚‘`":
        return 0.6
    return 1.5


def _family(char: str, size: int) -> Family:
    if char in "«»":
        return Family.GUILLEMET
    if char in "‹›":
        return Family.SINGLE_GUILLEMET
    if char in _DOUBLES or (size > 1 and char in "'`"):
        return Family.DOUBLE
    return Family.SINGLE


_STRAY = 4.0
# A directed mark that is used against its direction (a wrong guess of some editor's, or German and
# Danish custom: „ “ and » «) pays on top of what its place costs.
_AGAINST_OPENING = {"”": 2.5, "»": 1.5, "›": 1.5, "’": 2.0, "´": 3.0}
_AGAINST_CLOSING = {"“": 1.5, "„": 6.0, "‟": 4.0, "«": 1.5, "‹": 1.5, "‘": 1.5, "‚": 6.0}
_AGAINST_CLOSING |= {"`": 3.0, "‛": 4.0}


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
