"""Noun phrases beside a cue: subjects before it, inverted subjects and addressees after it.

No parser is used: a noun phrase is a run of open-class words between closed-class words and
punctuation, with its determiner, its "of" phrases, conjoined phrases and appositions. How much
belongs to a source follows the PolNeAR guidelines (Newell et al. 2018): titles, appositions and
identifying modifiers do, incidental relative clauses don't.
"""

from __future__ import annotations

from attrs import frozen

from quotecraft.detect.cues import Form, PartOfSpeech, lookup
from quotecraft.detect.narration import Line
from quotecraft.detect.words import QUOTED, closed_class, is_adverb

__all__ = ["Phrase", "first_subject", "phrase_after", "phrase_before", "subject_before"]

_SUBJECT_PRONOUNS = closed_class("pronoun") | closed_class("relative")
_STARTERS = closed_class("determiner") | closed_class("possessive")
_CLOSED = (
    closed_class("preposition")
    | closed_class("conjunction")
    | closed_class("subordinator")
    | closed_class("auxiliary")
    | {"i", "he", "she", "we", "they", "it", "me", "him", "us", "them", "not", "n't"}
) - {"like", "following", "need", "used", "let", "plus", "so", "'s"}
_BREAKS = frozenset([",", ";", ":", "(", ")", QUOTED, "“", "”", '"', "/", "*", "|", "[", "]", "?"])
_MEDIA = frozenset(
    [
        *("statement", "interview", "speech", "email", "e-mail", "letter", "tweet", "release"),
        *("conference", "rally", "debate", "briefing", "hearing", "column", "article", "report"),
        *("post", "message", "call", "memo", "voice", "tone", "whisper", "court", "response"),
    ]
)
_APPOSITION_REACH = 45  # atoms; the longest apposition or relative clause looked through


@frozen
class Phrase:
    """A noun phrase as a range of atoms of one line.

    Attributes:
        first: Index of its first atom.
        last: Index of its last atom.
        clause: Index of the first atom of the clause it opens (appositions and all).
    """

    first: int
    last: int
    clause: int


def is_open(line: Line, at: int) -> bool:
    """Say whether an atom can stand inside a noun phrase as a noun, name, adjective or number."""
    atom, low = line.atoms[at], line.lows[at]
    if not atom.word:
        return low in ("-", "#", "@", "$", "%", "'")
    if low in _CLOSED:
        return atom.cap and at > 0 and low in ("may", "will", "us", "it")
    if atom.cap and at > 0 and low not in closed_class("time"):
        return not is_adverb(low) or low.endswith("ly")
    if is_adverb(low):
        return low.endswith("ly") and not atom.cap
    return not _is_plain_verb(low)


def _is_plain_verb(low: str) -> bool:
    """Say whether a lower-case word can only be a finite verb."""
    if low in closed_class("irregular"):
        return True
    found = [form for form in lookup([low]) if len(form.words) == 1]
    return bool(found) and all(
        form.cue.pos is PartOfSpeech.VERB and not form.forms & {Form.PARTICIPLE, Form.ING}
        for form in found
    )


def _floor(line: Line, last: int) -> int:
    """Return where the clause that ends at an atom can begin at the earliest."""
    at = last
    while at >= 0:
        inside = _skip_parenthesis(line, at)
        if inside != at:
            at = inside
            continue
        low = line.lows[at]
        if low in _BREAKS or (not line.atoms[at].word and low[0] in "-—–.…!"):
            if not (low == "-" and 0 < at < last):
                return at + 1
        elif low in closed_class("subordinator") and low not in closed_class("relative"):
            return at + 1
        at -= 1
    return 0


def _skip_parenthesis(line: Line, last: int) -> int:
    """Return the atom before a parenthesis that ends at ``last``, or ``last`` itself."""
    if last >= 0 and line.lows[last] == ")":
        for at in range(last - 1, max(-1, last - 12), -1):
            if line.lows[at] == "(":
                return at - 1
    return last


def phrase_before(line: Line, last: int, floor: int) -> int | None:
    """Return where the noun phrase that ends at an atom begins; ``None`` if there is none.

    Args:
        line: The sentence.
        last: Index of the phrase's last atom.
        floor: The phrase may not begin before this atom.
    """
    at = _skip_parenthesis(line, last)
    if at < floor:
        return None
    if line.lows[at] in _SUBJECT_PRONOUNS and not _follows_determiner(line, at, floor):
        return _with_conjunct(line, at, floor)
    start = None
    while at >= floor:
        low = line.lows[at]
        if low in _STARTERS:
            if start is not None or low in closed_class("pronoun"):
                start = at
            break
        if low == "'s" or is_open(line, at):
            if low in closed_class("time") and line.lows[min(at + 1, last)] != "'s":
                break
            start = at if low != "'s" else start
            at -= 1
            continue
        if low == QUOTED and start is not None and at - 1 >= floor and line.atoms[at - 1].cap:
            at -= 1  # a nickname between two names
            continue
        break
    if start is None or _is_predicate(line, start, last, floor):
        return None
    if start > floor and line.lows[start - 1] in closed_class("auxiliary") and start < last:
        start += not line.atoms[start].cap and line.atoms[start + 1].cap
    while start - 1 >= floor and line.lows[start - 1] in ("all", "both", "half", "such", "even"):
        start -= 1
    return _attached(line, start, floor)


def _is_predicate(line: Line, start: int, last: int, floor: int) -> bool:
    """Say whether a run of words follows a subject pronoun, so that it begins with a verb."""
    return (
        start > floor
        and line.lows[start - 1] in ("i", "he", "she", "they", "we", "it", "who")
        and line.lows[start] not in _STARTERS
    )


def _follows_determiner(line: Line, at: int, floor: int) -> bool:
    return at > floor and line.lows[at - 1] in _STARTERS


def _attached(line: Line, start: int, floor: int) -> int:
    """Extend a phrase leftwards over "of", other prepositions that modify a noun, and conjuncts."""
    before = start - 1
    if before <= floor:
        return start
    low = line.lows[before]
    if low == "of":
        left = phrase_before(line, before - 1, floor)
        return start if left is None else left
    if low in closed_class("attaching") or low in ("who", "that"):
        left = phrase_before(line, before - 1, floor)
        if left is not None and _opens_clause(line, left, floor) and _is_nominal(line, left):
            return left
        return start
    return _with_conjunct(line, start, floor)


def _is_nominal(line: Line, at: int) -> bool:
    low, atom = line.lows[at], line.atoms[at]
    return (
        low in _STARTERS
        or atom.low[0].isdigit()
        or (atom.cap and not is_adverb(low))
        or low.endswith("s")
    )


def _opens_clause(line: Line, at: int, floor: int) -> bool:
    return at <= floor or line.lows[at - 1] in closed_class("conjunction") | _BREAKS


def _with_conjunct(line: Line, start: int, floor: int) -> int:
    """Extend a phrase leftwards over "and" when what stands before it is a phrase of its own."""
    before = start - 1
    if before <= floor or line.lows[before] not in ("and", "&", "or"):
        return start
    left = phrase_before(line, before - 1, floor)
    if left is None:
        return start
    names = line.atoms[start].cap and line.atoms[left].cap and line.atoms[before - 1].cap
    return left if names or _opens_clause(line, left, floor) else start


def subject_before(line: Line, last: int) -> Phrase | None:
    """Return the subject whose last atom, apposition included, stands at ``last``."""
    last = _before_time(line, last)
    if last < 0:
        return None
    if line.lows[last] in (",", "-", "--", "—", "–") and last > 0:
        return _subject_before_comma(line, last)
    floor = _floor(line, last)
    start = phrase_before(line, last, floor)
    if start is None:
        return _around_relative(line, last, floor)
    if start > floor:
        wider = _around_relative(line, start - 1, floor)
        if wider is not None and line.lows[start] not in ("who", "which"):
            return Phrase(wider.first, last, wider.clause)
    if start == floor and floor > 1 and line.lows[floor - 1] == ",":
        wider_start = _listed(line, start)
        return Phrase(wider_start, last, wider_start)
    return Phrase(start, last, start)


def _before_time(line: Line, last: int) -> int:
    """Return the atom before a time phrase that ends at ``last`` ("X on Tuesday said")."""
    at = last
    while at >= 0 and line.lows[at] in closed_class("time"):
        at -= 1
    if at == last:
        return last
    while at >= 0 and line.lows[at] in closed_class("timepart") - {"a", "one"}:
        at -= 1
    if at >= 0 and line.lows[at] in ("on", "in", "at", "late", "early", "of"):
        at -= 1
    return at if at >= 0 and line.lows[at] not in _BREAKS else last


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


def _around_relative(line: Line, last: int, floor: int) -> Phrase | None:
    """Return the subject of a sentence like "Those who know him say": all of it up to ``last``."""
    for at in range(last, floor, -1):
        if line.lows[at] in ("who", "which", "that", "whom"):
            start = phrase_before(line, at - 1, floor)
            return None if start is None else Phrase(start, last, start)
    return None


def _subject_before_comma(line: Line, comma: int) -> Phrase | None:
    """Return the subject before an apposition or relative clause that ends at a comma."""
    mark = line.lows[comma]
    last: int | None = comma - 1
    closing = comma
    lowest = max(0, comma - _APPOSITION_REACH)
    for at in range(comma - 1, lowest, -1):
        if line.lows[at] == mark and line.lows[at + 1] in ("who", "which", "whose", "where"):
            found = _subject_before_comma(line, at) or subject_before(line, at - 1)
            if found is not None and _opens_clause(line, found.first, 0):
                return Phrase(found.first, min(found.last, at - 1), found.clause)
            break
        if line.lows[at] in (QUOTED, ";", ":"):
            break
    for at in range(comma - 1, lowest - 1, -1):
        low = line.lows[at]
        if low == QUOTED or low in (";", ":"):
            return None
        if low != mark and not (low == "," and mark == ","):
            continue
        kind = _segment_kind(line, at + 1, closing - 1)
        if kind == "aside":
            last = at - 1
        floor = _floor(line, at - 1)
        if at - 1 < floor:
            return None
        if kind != "place" and _segment_kind(line, floor, at - 1) not in ("age", "of", "place"):
            start = phrase_before(line, at - 1, floor)
            if start is None or not _opens_clause(line, start, floor):
                return None
            return Phrase(start, last if last is not None else at - 1, start)
        closing = at
    return None


def _segment_kind(line: Line, first: int, last: int) -> str:
    """Say what stands between two commas: an apposition, an age, a place, "of …" or an aside."""
    if first > last:
        return "aside"
    low, atom = line.lows[first], line.atoms[first]
    if low[0].isdigit():
        return "age" if first == last else "apposition"
    if low == "of":
        return "of"
    if first == last and low.endswith("."):
        return "place"
    if low in _STARTERS:
        return "apposition"
    if low in _CLOSED or is_adverb(low) or low.endswith("ing"):
        return "aside"
    if low.endswith("ed") and not atom.cap:
        return "aside"
    return "apposition"


def phrase_after(
    line: Line, first: int, *, subject: bool = True, closed: bool = False
) -> Phrase | None:
    """Return the noun phrase that begins at an atom; ``None`` if none does.

    Args:
        line: The sentence.
        first: Index of its first atom.
        subject: Whether it is a subject after its verb ("said Ana Ruiz, the minister"): it then
            takes appositions; an addressee or agent doesn't.
        closed: Whether an apposition must begin with a determiner and end at another comma, as in
            "According to Ana Ruiz, the minister, …".
    """
    size = len(line.atoms)
    if first >= size:
        return None
    low = line.lows[first]
    pronouns = closed_class("pronoun") if subject else closed_class("object")
    if low in pronouns and not (low in _STARTERS and first + 1 < size and is_open(line, first + 1)):
        return Phrase(first, first, first)
    at = _run_after(line, first)
    if at is None:
        return None
    at = _attach_after(line, first, at)
    if subject:
        wider = _appositions_after(line, at)
        if not closed or _is_closed_apposition(line, at, wider):
            at = wider
    return Phrase(first, at, first)


def _is_closed_apposition(line: Line, last: int, wider: int) -> bool:
    return (
        wider > last
        and line.lows[last + 2] in ("a", "an", "the")
        and line.lows[wider + 1 : wider + 2] == [","]
    )


def _run_after(line: Line, first: int) -> int | None:
    """Return the last atom of a run of nouns, names and adjectives; ``None`` if it has none."""
    size = len(line.atoms)
    at = first
    while at < size and line.lows[at] in _STARTERS:
        at += 1
    found = at - 1 if at > first and at < size and line.lows[at] == "of" else None
    while at < size:
        low, atom = line.lows[at], line.atoms[at]
        if low in ("'s", "'") and found is not None:
            at += 1
            continue
        if not is_open(line, at) or (low in closed_class("time") and not atom.cap):
            break
        if low in closed_class("time") and found is not None:
            break
        if found is not None and not atom.cap and _verb_follows_name(line, found, at):
            break
        if found is not None and low.endswith("ly") and not atom.cap:
            break
        found = at
        at += 1
    return found


def _verb_follows_name(line: Line, found: int, at: int) -> bool:
    """Say whether a lower-case word after a name, or after a pronoun-like head, is its verb."""
    low = line.lows[at]
    if low.endswith(("ing", "ed")):
        return line.atoms[found].cap
    return line.atoms[found].cap and any(
        form.cue.pos is PartOfSpeech.VERB and form.forms & {Form.PAST, Form.THIRD}
        for form in lookup([low])
    )


def _attach_after(line: Line, first: int, last: int) -> int:
    """Extend a phrase rightwards over modifiers, conjuncts, parentheses and nicknames."""
    size = len(line.atoms)
    at = last
    while at + 2 < size:
        low = line.lows[at + 1]
        if low == "(":
            closing = next((k for k in range(at + 2, min(size, at + 12)) if line.lows[k] == ")"), 0)
            if not closing:
                break
            at = closing
            continue
        if not _attaches(line, at, low):
            break
        after = _run_after(line, at + 2)
        if after is None or (low != "of" and _is_circumstance(line, at + 2, after)):
            break
        at = after
    if at + 1 < size and line.lows[at + 1] == "who":
        return _relative_end(line, at + 1)
    return at


def _attaches(line: Line, last: int, low: str) -> bool:
    if low in ("of", "and", "&"):
        return True
    return low in ("for", "at", "from", "with", "in", "to") and not line.atoms[last].cap


def _is_circumstance(line: Line, first: int, last: int) -> bool:
    """Say whether a phrase tells of time or medium ("Tuesday", "a statement"), not of a person."""
    return any(
        line.lows[at] in closed_class("time") or line.lows[at] in _MEDIA
        for at in range(first, last + 1)
    )


def _relative_end(line: Line, at: int) -> int:
    """Return the last atom of a relative clause: up to a comma, a dash or the end."""
    size = len(line.atoms)
    while at + 1 < size:
        atom, low = line.atoms[at + 1], line.lows[at + 1]
        if low == QUOTED:
            return at + 1
        if not atom.word and low not in ("-", "'", "(", ")", "$", "%"):
            break
        at += 1
    return at


def _appositions_after(line: Line, last: int) -> int:
    """Extend an inverted subject over ", 29, of Meridian" and ", the health minister"."""
    size = len(line.atoms)
    at = last
    while at + 2 < size and line.lows[at + 1] == ",":
        kind = _segment_kind(line, at + 2, at + 2)
        if kind == "aside" or (kind == "apposition" and not _is_description(line, at + 2)):
            break
        if kind == "of":
            run = _run_after(line, at + 3)
        elif kind in ("age", "place"):
            run = at + 2
        else:
            run = _relative_end(line, at + 2)
        if run is None:
            break
        at = run
    return at


def _is_description(line: Line, first: int) -> bool:
    return line.lows[first] in _STARTERS or is_open(line, first)


def first_subject(line: Line, before: int) -> Phrase | None:
    """Return the subject of the nearest clause before an atom that has a finite verb of its own.

    Args:
        line: The sentence.
        before: The clause must begin before this atom.
    """
    floor = before
    while floor > 0:
        floor -= 1
        if floor and not _clause_may_begin(line, floor):
            continue
        found = _subject_from(line, floor, before)
        if found is not None:
            return found
    return None


def _clause_may_begin(line: Line, at: int) -> bool:
    low = line.lows[at - 1]
    if low == ")":
        return False
    return (
        low in _BREAKS
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
    while at + 1 < before and line.lows[at] in closed_class("timepart"):
        run = at
        while run < before and line.lows[run] in closed_class("timepart"):
            run += 1
        if run >= before or line.lows[run] not in closed_class("time"):
            break
        at = run + 1
        while at < before and (line.lows[at] in ("later", "ago", "earlier", "after", ",")):
            at += 1
    if at >= before or line.lows[at] in closed_class("relative") - {"that"}:
        return None
    if line.lows[at].endswith(("ed", "ing")) and not line.atoms[at].cap:
        return None
    found = phrase_after(line, at)
    if found is None or found.last + 1 >= before or not _verb_follows(line, found.last + 1):
        return None
    return found


def _verb_follows(line: Line, at: int) -> bool:
    """Say whether a finite verb stands at an atom, adverbs and asides before it left out."""
    size = len(line.lows)
    while at < size and is_adverb(line.lows[at]):
        at += 1
    if at >= size:
        return False
    low = line.lows[at]
    if low == ",":
        return at + 1 < size and line.lows[at + 1] in closed_class("relative") | _STARTERS
    if line.atoms[at].cap:
        return False
    return (
        low in closed_class("auxiliary")
        or _is_plain_verb(low)
        or low.endswith("ed")
        or any(
            form.cue.pos is PartOfSpeech.VERB and form.forms & {Form.PAST, Form.THIRD, Form.BASE}
            for form in lookup(line.lows, at)
        )
        or (low.endswith("s") and not low.endswith("ss"))
        or line.lows[at - 1] in ("he", "she", "they", "we", "i", "you", "it")
    )
