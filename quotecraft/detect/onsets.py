"""Where the content after a cue clause begins, and what it is: a list of rules in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from quotecraft.detect.clause import Clause, Place
from quotecraft.detect.cues import Frame, PartOfSpeech
from quotecraft.detect.narration import Line
from quotecraft.detect.nominal import CONTENT_PREPOSITIONS
from quotecraft.detect.phrases import DASHES
from quotecraft.detect.report import Shape
from quotecraft.detect.sources import subject_begins
from quotecraft.detect.words import QUOTED, closed_class, is_adverb

__all__ = ["content_start", "is_over"]

Onset = tuple[int, Shape]
_NOTHING: Onset = (-1, Shape.BARE)  # the clause has no content after it

_WH = frozenset(["whether", "if", "what", "how", "why", "when", "where", "who", "which", "whom"])
_ENDINGS = frozenset([".", ";", ",", ":", "...", "…", "!", "?", ")"])
_STOPS = frozenset([",", ";", ":", QUOTED, *DASHES])
_ASIDE = 20  # atoms of an aside between commas ("said, however, that …")


@frozen
class _Ahead:
    """What stands after a clause."""

    line: Line
    clause: Clause
    clauses: Sequence[Clause]
    at: int
    low: str

    @property
    def frames(self) -> frozenset[Frame]:
        return self.clause.form.cue.frames


def is_over(line: Line, at: int) -> bool:
    """Say whether nothing but punctuation stands from an atom to the end of the sentence."""
    return all(low in _ENDINGS for low in line.lows[at:])


def content_start(line: Line, clause: Clause, clauses: Sequence[Clause]) -> Onset | None:
    """Return the first atom of the content after a clause, and its shape; ``None`` if it has none.

    Args:
        line: The sentence.
        clause: The clause.
        clauses: All clauses of the sentence.
    """
    at = clause.end + 1
    if is_over(line, at):
        return None
    ahead = _Ahead(line, clause, clauses, at, line.lows[at])
    for rule in _RULES:
        onset = rule(ahead)
        if onset is not None:
            return None if onset is _NOTHING else onset
    return None


def _after_label(ahead: _Ahead) -> Onset | None:
    if ahead.clause.form.cue.lemma != ":":
        return None
    return ahead.at, Shape.QUOTE if ahead.low == QUOTED else Shape.COLON


def _after_noun(ahead: _Ahead) -> Onset | None:
    """Content of a noun or adjective cue."""
    if ahead.clause.pos not in (PartOfSpeech.NOUN, PartOfSpeech.ADJECTIVE):
        return None
    at, low = ahead.at, ahead.low
    if low in (":", ","):
        return at + 1, Shape.QUOTE if ahead.line.low(at + 1) == QUOTED else Shape.COLON
    if low in CONTENT_PREPOSITIONS:
        return at + 1, Shape.NP
    shapes = {"that": Shape.THAT, "to": Shape.TO, QUOTED: Shape.QUOTE, "whether": Shape.WH}
    return (at, shapes[low]) if low in shapes else _NOTHING


def _after_punctuation(ahead: _Ahead) -> Onset | None:
    """A colon, or a comma or dash that a quotation, content or an aside follows."""
    line, clause, at = ahead.line, ahead.clause, ahead.at
    if ahead.low == ":" and clause.direct:
        return at + 1, Shape.QUOTE if line.low(at + 1) == QUOTED else Shape.COLON
    if ahead.low not in (",", *DASHES):
        return None
    start = at + 1
    while line.low(start) in (",", *DASHES):
        start += 1
    if line.low(start) == QUOTED and clause.direct:
        return start, Shape.QUOTE
    fronted = clause.pos is PartOfSpeech.PHRASE or line.low(clause.begin - 1) == "as"
    if ahead.low == "," and fronted:
        return (start, Shape.BARE) if line.low(start) else _NOTHING
    resumed = _after_aside(line, at)
    if resumed is not None and Frame.THAT in ahead.frames:
        return resumed, Shape.THAT
    return _NOTHING


def _at_marker(ahead: _Ahead) -> Onset | None:
    """A quotation, or a word such as "that" or "whether"."""
    if ahead.low == QUOTED:
        return ahead.at, Shape.QUOTE
    if ahead.low == "that" and Frame.THAT in ahead.frames:
        return ahead.at, Shape.THAT
    if ahead.low in _WH and ahead.frames & {Frame.WH, Frame.THAT}:
        return ahead.at, Shape.WH
    return None


def _at_infinitive(ahead: _Ahead) -> Onset | None:
    if ahead.low != "to":
        return None
    if Frame.TO not in ahead.frames:
        return _NOTHING
    clause = ahead.clause
    if clause.addressee is not None and clause.form.cue.lemma not in ("tell", "ask"):
        return clause.addressee.first, Shape.TO  # "urged Congress to act": all of it
    return ahead.at, Shape.TO


def _after_passive(ahead: _Ahead) -> Onset | None:
    if not ahead.clause.passive:
        return None
    return (ahead.at, Shape.NP) if ahead.low in ("as", "for", "because", "over") else _NOTHING


def _at_quotation_ahead(ahead: _Ahead) -> Onset | None:
    """A quotation that a colon or comma after the cue's circumstances introduces."""
    quote = _introduced_quotation(ahead)
    if quote is not None and ahead.clause.direct and not _tells_content(ahead, quote):
        return quote, Shape.QUOTE
    return _NOTHING if ahead.clause.place is Place.AFTER else None


def _at_object(ahead: _Ahead) -> Onset | None:
    """A clause without "that", or a noun phrase."""
    preposition = ahead.low in closed_class("preposition")
    if Frame.THAT in ahead.frames and (not preposition or _clause_after_setting(ahead)):
        return ahead.at, Shape.BARE
    if Frame.NP in ahead.frames and (not preposition or ahead.low in ("for", "against")):
        return ahead.at, Shape.NP
    return None


def _clause_after_setting(ahead: _Ahead) -> bool:
    """Say whether a phrase like "in order to win," opens a reported clause."""
    if ahead.low in ("of", "to", "for", "like", "as") or ahead.clause.place is Place.AFTER:
        return False
    lows = ahead.line.lows
    comma = next((k for k in range(ahead.at, len(lows)) if lows[k] in _STOPS), len(lows))
    return lows[comma : comma + 1] == [","] and subject_begins(ahead.line, comma + 1)


_RULES: tuple[Callable[[_Ahead], Onset | None], ...] = (
    _after_label,
    _after_noun,
    _after_punctuation,
    _at_marker,
    _at_infinitive,
    _after_passive,
    _at_quotation_ahead,
    _at_object,
)


def _tells_content(ahead: _Ahead, quote: int) -> bool:
    """Say whether the words between a cue and ": “…”" are content themselves."""
    return (
        ahead.line.lows[quote - 1] == ":"
        and quote - ahead.at > 2
        and ahead.clause.place is not Place.AFTER
        and ahead.low not in closed_class("preposition")
        and not is_adverb(ahead.low)
        and bool(ahead.frames & {Frame.THAT, Frame.NP})
    )


def _introduced_quotation(ahead: _Ahead) -> int | None:
    """Return the quotation after the next colon or comma, unless another cue comes first."""
    lows = ahead.line.lows
    nearer = {other.first for other in ahead.clauses if other.direct}
    for k in range(ahead.at, len(lows) - 1):
        if k in nearer:
            return None
        if lows[k + 1] == QUOTED and lows[k] in (":", ","):
            return k + 1
        if lows[k] in (QUOTED, ";", ":"):
            return None
    return None


def _after_aside(line: Line, comma: int) -> int | None:
    """Return the "that" which follows an aside between commas ("said, however, that …")."""
    for k in range(comma + 1, min(len(line.lows) - 1, comma + _ASIDE)):
        if line.lows[k] == ",":
            return k + 1 if line.lows[k + 1] == "that" else None
    return None
