"""Noun phrases without a parser.

A noun phrase is a run of open-class words between closed-class words and punctuation, with its
determiner, its "of" phrases, conjoined phrases and appositions. How much belongs to a source
follows the PolNeAR guidelines (Newell et al. 2018): titles, appositions and identifying modifiers.
"""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from quotecraft.detect.cues import Form, PartOfSpeech, lookup
from quotecraft.detect.narration import Line
from quotecraft.detect.words import QUOTED, closed_class, is_adverb

__all__ = [
    "BREAKS",
    "DASHES",
    "STARTERS",
    "Phrase",
    "Segment",
    "is_closed",
    "is_open",
    "is_plain_verb",
    "opens_clause",
    "phrase_after",
    "phrase_before",
    "segment_kind",
    "skip_parenthesis",
]

DASHES = ("-", "--", "—", "–", "―")
STARTERS = closed_class("determiner") | closed_class("possessive")
BREAKS = frozenset([",", ";", ":", "(", ")", QUOTED, "“", "”", '"', "/", "*", "|", "[", "]", "?"])

_SUBJECT_PRONOUNS = closed_class("pronoun") | closed_class("relative")
_VERB_BEFORE = frozenset(["i", "he", "she", "they", "we", "it", "who"])
_CLOSED = (
    closed_class("preposition")
    | closed_class("conjunction")
    | closed_class("subordinator")
    | closed_class("auxiliary")
    | {"i", "he", "she", "we", "they", "it", "me", "him", "us", "them", "not", "n't"}
) - {"like", "following", "need", "used", "let", "plus", "so", "'s"}
_MEDIA = frozenset(
    [
        *("statement", "interview", "speech", "email", "e-mail", "letter", "tweet", "release"),
        *("conference", "rally", "debate", "briefing", "hearing", "column", "article", "report"),
        *("post", "message", "call", "memo", "voice", "tone", "whisper", "court", "response"),
    ]
)
_REACH = 60  # atoms of the longest phrase
_PARENTHESIS = 12  # atoms of the longest parenthesis inside a phrase


@frozen(weakref_slot=False)
class Phrase:
    """A noun phrase as a range of atoms of one line.

    Attributes:
        first: Index of its first atom.
        last: Index of its last atom.
        clause: Index of the first atom of the clause that it opens.
    """

    first: int
    last: int
    clause: int


class Segment(StrEnum):
    """What can stand between two commas after a noun."""

    APPOSITION = "apposition"
    AGE = "age"
    PLACE = "place"
    OF = "of"
    ASIDE = "aside"


def is_closed(low: str) -> bool:
    """Say whether a lower-case word is a closed-class word that no noun phrase contains."""
    return low in _CLOSED


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
    return not is_plain_verb(low) or line.low(at - 1) in STARTERS


def is_plain_verb(low: str) -> bool:
    """Say whether a lower-case word can only be a finite verb."""
    if low in closed_class("irregular"):
        return True
    found = [form for form in lookup([low]) if len(form.words) == 1]
    return bool(found) and all(
        form.cue.pos is PartOfSpeech.VERB and not form.forms & {Form.PARTICIPLE, Form.ING}
        for form in found
    )


def skip_parenthesis(line: Line, last: int) -> int:
    """Return the atom before a parenthesis that ends at ``last``, or ``last`` itself."""
    if line.low(last) == ")":
        for at in range(last - 1, max(-1, last - _PARENTHESIS), -1):
            if line.lows[at] == "(":
                return at - 1
    return last


def opens_clause(line: Line, at: int, floor: int) -> bool:
    """Say whether a clause can begin at an atom: at its floor, after "and" or punctuation."""
    return at <= floor or line.lows[at - 1] in closed_class("conjunction") | BREAKS


# ---------------------------------------------------------------- leftwards


def phrase_before(line: Line, last: int, floor: int) -> int | None:
    """Return where the noun phrase that ends at an atom begins; ``None`` if there is none.

    Args:
        line: The sentence.
        last: Index of the phrase's last atom.
        floor: The phrase may not begin before this atom.
    """
    floor = max(floor, last - _REACH)
    at = skip_parenthesis(line, last)
    if at < floor:
        return None
    determined = at > floor and line.lows[at - 1] in STARTERS
    if line.lows[at] in _SUBJECT_PRONOUNS and not determined:
        return _with_conjunct(line, at, floor)
    start = _run_before(line, at, floor)
    if start is None or _is_predicate(line, start, floor):
        return None
    if start > floor and line.lows[start - 1] in closed_class("auxiliary") and start < last:
        start += not line.atoms[start].cap and line.atoms[start + 1].cap
    while start > floor and line.lows[start - 1] in ("all", "both", "half", "such", "even"):
        start -= 1
    return _attached(line, start, floor)


def _run_before(line: Line, last: int, floor: int) -> int | None:
    """Return the first atom of a run of nouns, names and adjectives that ends at an atom."""
    start = None
    at = last
    while at >= floor:
        low = line.lows[at]
        if low in STARTERS:
            return at if start is not None or low in closed_class("pronoun") else None
        if low in closed_class("time") and line.low(at + 1) != "'s":
            break
        if low != "'s" and is_open(line, at):
            start = at
        elif low == QUOTED:  # a nickname between two names
            if start is None or not (at > floor and line.atoms[at - 1].cap):
                break
        elif low != "'s":
            break
        at -= 1
    if start is None or not any(line.atoms[k].word for k in range(start, last + 1)):
        return None
    return start


def _is_predicate(line: Line, start: int, floor: int) -> bool:
    """Say whether a run of words follows a subject pronoun, so that it begins with a verb."""
    return (
        start > floor and line.lows[start - 1] in _VERB_BEFORE and line.lows[start] not in STARTERS
    )


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
        modified = left is not None and opens_clause(line, left, floor) and _is_nominal(line, left)
        return left if left is not None and modified else start
    return _with_conjunct(line, start, floor)


def _is_nominal(line: Line, at: int) -> bool:
    low, atom = line.lows[at], line.atoms[at]
    return (
        low in STARTERS
        or low[0].isdigit()
        or (atom.cap and not is_adverb(low))
        or low.endswith("s")
    )


def _with_conjunct(line: Line, start: int, floor: int) -> int:
    """Extend a phrase leftwards over "and" when what stands before it is a phrase of its own."""
    before = start - 1
    if before <= floor or line.lows[before] not in ("and", "&", "or"):
        return start
    left = phrase_before(line, before - 1, floor)
    if left is None:
        return start
    names = line.atoms[start].cap and line.atoms[left].cap and line.atoms[before - 1].cap
    return left if names or opens_clause(line, left, floor) else start


# ---------------------------------------------------------------- rightwards


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
    if first >= len(line.atoms):
        return None
    low = line.lows[first]
    pronouns = closed_class("pronoun") if subject else closed_class("object")
    determines = low in STARTERS and first + 1 < len(line.atoms) and is_open(line, first + 1)
    if low in pronouns and not determines:
        return Phrase(first, first, first)
    at = _run_after(line, first)
    if at is None:
        return None
    at = _attach_after(line, first, at)
    if subject:
        wider = _appositions_after(line, at)
        at = wider if not closed or _is_closed_apposition(line, at, wider) else at
    return Phrase(first, at, first)


def _is_closed_apposition(line: Line, last: int, wider: int) -> bool:
    return (
        wider > last
        and line.lows[last + 2] in ("a", "an", "the")
        and line.low(wider + 1) == ","
        and closed_class("auxiliary").isdisjoint(line.lows[last + 2 : wider + 1])
    )


def _run_after(line: Line, first: int) -> int | None:
    """Return the last atom of a run of nouns, names and adjectives; ``None`` if it has none."""
    size = len(line.atoms)
    at = first
    while at < size and line.lows[at] in STARTERS:
        at += 1
    found = at - 1 if at > first and line.low(at) == "of" else None
    while found is None and first < at < size - 1 and is_adverb(line.lows[at]):
        at += 1
    limit = min(size, first + _REACH)
    while at < limit and not (found is not None and _run_ends(line, found, at)):
        low = line.lows[at]
        if low not in ("'s", "'") or found is None:
            if not is_open(line, at) or (low in closed_class("time") and not line.atoms[at].cap):
                break
            found = at if line.atoms[at].word else found
        at += 1
    return found


def _run_ends(line: Line, found: int, at: int) -> bool:
    """Say whether an atom after a noun is its verb, an adverb or a time and ends the run."""
    low = line.lows[at]
    if low in closed_class("time"):
        return True
    if line.atoms[at].cap:
        return False
    return low.endswith("ly") or (line.atoms[found].cap and _can_be_verb(low))


def _can_be_verb(low: str) -> bool:
    return low.endswith(("ing", "ed")) or any(
        form.cue.pos is PartOfSpeech.VERB and form.forms & {Form.PAST, Form.THIRD}
        for form in lookup([low])
    )


def _attach_after(line: Line, first: int, last: int) -> int:
    """Extend a phrase rightwards over modifiers, conjuncts, parentheses and nicknames."""
    size = len(line.atoms)
    limit = min(size, first + _REACH)
    at = last
    while at + 2 < limit:
        low = line.lows[at + 1]
        if low == "(":
            reach = range(at + 2, min(size, at + _PARENTHESIS))
            closing = next((k for k in reach if line.lows[k] == ")"), None)
            if closing is None:
                break
            at = closing
            continue
        if not _attaches(line, at, low) and not _joins_name(line, first, at):
            break
        after = _run_after(line, at + 2)
        if after is None or (low != "of" and _is_circumstance(line, at + 2, after)):
            break
        at = after
    return _relative_end(line, at + 1) if line.low(at + 1) == "who" else at


def _joins_name(line: Line, first: int, last: int) -> bool:
    """Say whether a preposition is part of a name with an article ("the Centre for Reform")."""
    return (
        line.lows[first] == "the"
        and line.lows[last + 1] in ("for", "on", "in", "at")
        and line.atoms[last].cap
        and line.atoms[last + 2].cap
    )


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
    while at + 1 < len(line.lows):
        low = line.lows[at + 1]
        if low == QUOTED:
            return at + 1
        if not line.atoms[at + 1].word and low not in ("-", "'", "(", ")", "$", "%"):
            break
        at += 1
    return at


def segment_kind(line: Line, first: int, last: int) -> Segment:
    """Say what stands between two commas after a noun."""
    if first > last:
        return Segment.ASIDE
    low, atom = line.lows[first], line.atoms[first]
    if low[0].isdigit():
        return Segment.AGE if first == last else Segment.APPOSITION
    if low == "of" or (first == last and low.endswith(".")):
        return Segment.OF if low == "of" else Segment.PLACE
    participle = low.endswith("ing") or (low.endswith("ed") and not atom.cap)
    if low not in STARTERS and (low in _CLOSED or is_adverb(low) or participle):
        return Segment.ASIDE
    return Segment.APPOSITION


def _appositions_after(line: Line, last: int) -> int:
    """Extend an inverted subject over ", 29, of Meridian" and ", the health minister"."""
    at = last
    while at + 2 < len(line.lows) and line.lows[at + 1] == ",":
        kind = segment_kind(line, at + 2, at + 2)
        described = line.lows[at + 2] in STARTERS or is_open(line, at + 2)
        if kind is Segment.ASIDE or (kind is Segment.APPOSITION and not described):
            break
        run: int | None = at + 2
        if kind is Segment.OF:
            run = _run_after(line, at + 3)
        elif kind is Segment.APPOSITION:
            run = _relative_end(line, at + 2)
        if run is None:
            break
        at = run
    return at
