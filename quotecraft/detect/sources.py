"""Subjects of cue clauses: before the verb, across appositions, or of the clause around it."""

from __future__ import annotations

from quotecraft.detect.cues import Form, PartOfSpeech, lookup
from quotecraft.detect.narration import Line
from quotecraft.detect.phrases import (
    BREAKS,
    DASHES,
    STARTERS,
    Phrase,
    Segment,
    is_plain_verb,
    opens_clause,
    phrase_after,
    phrase_before,
    segment_kind,
    skip_parenthesis,
)
from quotecraft.detect.words import QUOTED, closed_class, is_adverb

__all__ = ["first_subject", "subject_before", "subject_begins"]

_APPOSITION_REACH = 45  # atoms; the longest apposition or relative clause looked through
_TIME_LEFT = closed_class("timepart") - {"a", "one"}


def _floor(line: Line, last: int) -> int:
    """Return where the clause that ends at an atom can begin at the earliest."""
    at = last
    while at >= 0:
        inside = skip_parenthesis(line, at)
        if inside != at:
            at = inside
            continue
        low = line.lows[at]
        if low in BREAKS or (not line.atoms[at].word and low[0] in "-—–.…!"):
            if low != "-" or at == last:
                return at + 1
        elif low in closed_class("subordinator") and low not in closed_class("relative"):
            return at + 1
        at -= 1
    return 0


def subject_before(line: Line, last: int) -> Phrase | None:
    """Return the subject whose last atom, apposition included, stands at ``last``."""
    last = _before_time(line, last)
    if last < 0:
        return None
    if last > 0 and line.lows[last] in (",", *DASHES):
        return _subject_before_comma(line, last)
    floor = _floor(line, last)
    start = phrase_before(line, last, floor)
    if start is None or (start > floor and line.lows[start] not in ("who", "which")):
        wider = _around_relative(line, last if start is None else start - 1, floor)
        if wider is not None or start is None:
            return None if wider is None else Phrase(wider, last, wider)
    if start == floor and floor > 1 and line.lows[floor - 1] == ",":
        named = _before_unclosed(line, start)
        start = _listed(line, start) if named is None else named
    return Phrase(start, last, start)


def _before_unclosed(line: Line, start: int) -> int | None:
    """Return where "Ana Ruiz, a member of parliament" begins, no comma closing the apposition."""
    if line.lows[start] not in ("a", "an", "the"):
        return None
    floor = _floor(line, start - 2)
    name = phrase_before(line, start - 2, floor)
    named = name is not None and line.atoms[name].cap and line.atoms[start - 2].cap
    clear = floor == 0 or line.lows[floor - 1] == QUOTED
    return name if named and name == floor and clear else None


def _before_time(line: Line, last: int) -> int:
    """Return the atom before a time phrase that ends at ``last`` ("X on Tuesday said")."""
    at = last
    while line.low(at) in closed_class("time"):
        at -= 1
    if at == last:
        return last
    while line.low(at) in _TIME_LEFT:
        at -= 1
    if line.low(at) in ("on", "in", "at", "late", "early", "of"):
        at -= 1
    return at if at >= 0 and line.lows[at] not in BREAKS else last


def _listed(line: Line, start: int) -> int:
    """Extend a subject such as "B and C" over a list "A, B and C" of names."""
    at = start
    while at > 1 and line.lows[at - 1] == "," and line.atoms[at].cap and "and" in line.lows[start:]:
        floor = _floor(line, at - 2)
        left = phrase_before(line, at - 2, floor)
        if left is None or left != floor or not line.atoms[at - 2].cap or not line.atoms[left].cap:
            break
        at = left
    return at


def _around_relative(line: Line, last: int, floor: int) -> int | None:
    """Return where the subject of a sentence like "Those who know him say" begins."""
    for at in range(last, floor, -1):
        if line.lows[at] in ("who", "which", "that", "whom"):
            return phrase_before(line, at - 1, floor)
    return None


def _subject_before_comma(line: Line, comma: int) -> Phrase | None:
    """Return the subject before an apposition or relative clause that ends at a comma."""
    relative = _before_relative(line, comma)
    if relative is not None:
        return relative
    mark = line.lows[comma]
    last = comma - 1
    closing = comma
    for at in range(comma - 1, max(0, comma - _APPOSITION_REACH) - 1, -1):
        if line.lows[at] in (";", ":") or _is_speech(line, at):
            return None
        if line.lows[at] != mark:
            continue
        kind = segment_kind(line, at + 1, closing - 1)
        last = at - 1 if kind is Segment.ASIDE else last
        floor = _floor(line, at - 1)
        if at - 1 < floor:
            return None
        if kind is not Segment.PLACE and _can_head(line, floor, at - 1):
            start = phrase_before(line, at - 1, floor)
            timed = start is not None and line.low(start - 1) in closed_class("time")
            if start is None or not (timed or opens_clause(line, start, floor)):
                return None
            if start == floor and line.low(start - 1) == ",":  # "Ruiz, a teacher of art, music …"
                named = _before_unclosed(line, start)
                start = start if named is None else named
            return Phrase(start, last, start)
        closing = at
    return None


def _can_head(line: Line, first: int, last: int) -> bool:
    """Say whether what stands before a comma can be a name, not an age, title, place or "of …"."""
    if segment_kind(line, first, last) in (Segment.AGE, Segment.OF, Segment.PLACE):
        return False
    return first == 0 or any(
        low not in closed_class("title") for low in line.lows[first : last + 1]
    )


def _before_relative(line: Line, comma: int) -> Phrase | None:
    """Return the subject of ", who …," that ends at a comma, the relative clause left out."""
    mark = line.lows[comma]
    for at in range(comma - 1, max(0, comma - _APPOSITION_REACH), -1):
        if line.lows[at] == mark and line.lows[at + 1] in ("who", "which", "whose", "where"):
            found = _subject_before_comma(line, at) or _phrase_ending(line, at - 1)
            if found is not None and opens_clause(line, found.first, 0):
                return Phrase(found.first, min(found.last, at - 1), found.clause)
            return None
        if line.lows[at] in (";", ":") or _is_speech(line, at):
            return None
    return None


def _phrase_ending(line: Line, last: int) -> Phrase | None:
    start = phrase_before(line, last, _floor(line, last))
    return None if start is None else Phrase(start, last, start)


def _is_speech(line: Line, at: int) -> bool:
    """Say whether an atom is a quotation of its own, not a title or nickname in a phrase."""
    return line.lows[at] == QUOTED and (at == 0 or not line.atoms[at - 1].word)


def first_subject(line: Line, before: int) -> Phrase | None:
    """Return the subject of the nearest clause before an atom that has a finite verb of its own.

    Args:
        line: The sentence.
        before: The clause must begin before this atom.
    """
    for floor in range(before - 1, -1, -1):
        if not floor or _clause_may_begin(line, floor):
            found = _subject_from(line, floor, before)
            if found is not None:
                return found
    return None


def _clause_may_begin(line: Line, at: int) -> bool:
    low = line.lows[at - 1]
    return low != ")" and (
        low in BREAKS
        or not line.atoms[at - 1].word
        or low in closed_class("subordinator")
        or low in closed_class("conjunction")
    )


def _subject_from(line: Line, first: int, before: int) -> Phrase | None:
    """Return the phrase that begins a clause at an atom, if a finite verb or comma follows it."""
    at = first
    while at < before and (
        line.lows[at] in closed_class("conjunction") or is_adverb(line.lows[at])
    ):
        at += 1
    at = _after_time(line, at, before)
    if at >= before or line.lows[at] in closed_class("relative") - {"that"}:
        return None
    if line.lows[at].endswith(("ed", "ing")) and not line.atoms[at].cap:
        return None
    found = phrase_after(line, at)
    if found is None or found.last + 1 >= before or not _verb_follows(line, found.last + 1):
        return None
    return found


def _after_time(line: Line, at: int, before: int) -> int:
    """Return the atom after a time phrase that opens a clause ("A few minutes later they")."""
    while at + 1 < before and line.lows[at] in closed_class("timepart"):
        run = at
        while run < before and line.lows[run] in closed_class("timepart"):
            run += 1
        if run >= before or line.lows[run] not in closed_class("time"):
            break
        at = run + 1
        while at < before and line.lows[at] in ("later", "ago", "earlier", "after", ","):
            at += 1
    return at


def subject_begins(line: Line, at: int) -> bool:
    """Say whether a subject and its finite verb begin at an atom."""
    return _subject_from(line, at, len(line.lows)) is not None


def _verb_follows(line: Line, at: int) -> bool:
    """Say whether a finite verb stands at an atom, adverbs and asides before it left out."""
    while is_adverb(line.low(at)):
        at += 1
    if line.low(at) == "on" and line.low(at + 1) in closed_class("time"):  # "Ruiz on Sunday met"
        at += 2
    low = line.low(at)
    if low == ",":
        return line.low(at + 1) in closed_class("relative") | STARTERS
    return bool(low) and not line.atoms[at].cap and _can_be_finite(line, at)


def _can_be_finite(line: Line, at: int) -> bool:
    low = line.lows[at]
    return (
        low in closed_class("auxiliary")
        or is_plain_verb(low)
        or low.endswith("ed")
        or any(
            form.cue.pos is PartOfSpeech.VERB and form.forms & {Form.PAST, Form.THIRD, Form.BASE}
            for form in lookup(line.lows, at)
        )
        or (low.endswith("s") and not low.endswith("ss"))
        or line.low(at - 1) in ("he", "she", "they", "we", "i", "you", "it")
    )
