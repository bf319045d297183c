"""Where the content after a cue clause ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from quotecraft.detect.clause import Clause, Place
from quotecraft.detect.cues import Form, Frame, PartOfSpeech
from quotecraft.detect.narration import Line, Piece
from quotecraft.detect.phrases import DASHES, is_plain_verb
from quotecraft.detect.report import Shape
from quotecraft.detect.sources import subject_begins
from quotecraft.detect.words import QUOTED, closed_class

__all__ = ["content_end"]

_RELATIVES = ("who", "which", "whom", "whether", "if", "what", "how", "why", "when", "where")
_NP_STOPS = frozenset(
    [
        *("as", "while", "when", "after", "before", "because", "since", "although", "though"),
        *("unless", "until", "whereas"),
    ]
)
_FRONT = 3  # atoms before a clause at the front of its sentence ("But when the")
_FRONTING = frozenset(
    ["when", "while", "after", "before", "although", "though", "because", "since"]
)
_FRONTING |= {"if", "once", "by", "in", "for", "despite", "until", "whenever", "without", "on"}
_SETTING = frozenset(["on", "in", "at", "during", "since", "after", "before", "by", "for", "from"])
_TRAILING = frozenset([".", ";", ",", ":", "...", "…", *DASHES, "and", "but"])
_LIST_REACH = 5  # atoms from one quotation of a list to the next


@frozen
class _Extent:
    """Content in the making.

    Attributes:
        line: The sentence.
        clause: The cue clause.
        shape: The content's shape.
        start: Its first atom.
        starts: The other clauses, by the atoms they or their verb groups begin at.
    """

    line: Line
    clause: Clause
    shape: Shape
    start: int
    starts: Mapping[int, Clause]

    def stops(self, at: int) -> bool:
        """Say whether content ends before an atom."""
        low, after = self.line.lows[at], self.line.low(at + 1)
        if low in (",", *DASHES):
            return self._stops_at_comma(at, low, after)
        if low in ("and", "but"):
            other = self.starts.get(at + 1)
            return other is not None and self._is_coordinate(other)
        if self.shape is Shape.NP and low in _NP_STOPS:
            return low != "as" or Frame.AS not in self.clause.form.cue.frames
        return low == ";" or (low == "according" and after == "to")

    def _stops_at_comma(self, at: int, low: str, after: str) -> bool:
        if low == "," and self._is_setting(at):
            return False
        joined = after in ("and", "but", "or", "while", "as")
        other = self.starts.get(at + 1) or (self.starts.get(at + 2) if joined else None)
        if other is not None and _is_report(other):
            return True
        if low == "," and self._main_clause_follows(at, other):
            return True
        brief = self.shape in (Shape.NP, Shape.TO)
        opens = after in _RELATIVES or after in ("but", "and", "a", "an", "the")
        if brief and (opens or after.endswith("ing")):
            return True
        return after == "according" or (after in ("who", "which") and self.shape is Shape.NP)

    def _is_setting(self, comma: int) -> bool:
        """Say whether the content so far only sets the scene ("that on Monday, May 3,")."""
        start = self.start + (self.line.lows[self.start] == "that")
        lows = self.line.lows[start:comma]
        if self.shape not in (Shape.THAT, Shape.BARE) or not lows or lows[0] not in _SETTING:
            return False
        return not any(low in closed_class("auxiliary") or is_plain_verb(low) for low in lows)

    def _main_clause_follows(self, comma: int, other: Clause | None) -> bool:
        """Say whether a main clause begins after a comma, the cue standing in one before it."""
        clause = self.clause
        fronted = (clause.begin == 0 and clause.place in (Place.SHARED, Place.NONE)) or (
            clause.begin <= _FRONT and self.line.low(clause.begin - 1) in _FRONTING
        )
        if not fronted and self.shape not in (Shape.NP, Shape.TO):
            return False
        if other is not None and other.place is Place.BEFORE:
            return True
        return fronted and subject_begins(self.line, comma + 1)

    def _is_coordinate(self, other: Clause) -> bool:
        """Say whether "and" joins another cue to the clause's own ("announced … and said …")."""
        return (
            other.place is Place.SHARED
            and not other.infinitive
            and bool(other.form.forms & self.clause.form.forms)
            and bool(other.form.forms & {Form.PAST, Form.THIRD, Form.ING})
        )


def _is_report(other: Clause) -> bool:
    """Say whether a clause after a comma is a report of its own, not part of the content."""
    if other.pos is PartOfSpeech.PHRASE or other.place is Place.SHARED:
        return not other.infinitive
    if other.subject is None or not other.direct:
        return False
    return other.follows in ("", ",", ".", QUOTED, "that", ":") or other.form.cue.lemma == "say"


def content_end(
    line: Line,
    clause: Clause,
    start: int,
    shape: Shape,
    *,
    clauses: Sequence[Clause],
    pieces: Sequence[Piece],
) -> int:
    """Return the last atom of content that begins at an atom after its cue.

    Args:
        line: The sentence.
        clause: The cue clause.
        start: The content's first atom.
        shape: Its shape.
        clauses: All cue clauses of the sentence.
        pieces: The document's quoted pieces, by number.
    """
    starts = {other.begin: other for other in clauses if other.begin > start}
    starts |= {other.group: other for other in clauses if other.group > start}
    extent = _Extent(line, clause, shape, start, starts)
    depth = 0
    last = start
    for at in range(start, len(line.lows)):
        low = line.lows[at]
        depth += (low == "(") - (low == ")")
        if depth < 0 or (at > start and depth == 0 and extent.stops(at)):
            break
        last = at
        resumes = at > start and _verb_resumes(line, at)
        if low == QUOTED and not resumes and _closes(line, at, pieces[line.atoms[at].piece]):
            break
    while last > start and line.lows[last] in _TRAILING:
        last -= 1
    return last


def _closes(line: Line, at: int, piece: Piece) -> bool:
    """Say whether content ends with a quotation although the sentence goes on."""
    after = line.low(at + 1)
    if after and after not in (",", ".", ";", *DASHES) and piece.last.isalnum():
        return False
    return not after or not _list_goes_on(line, at)


def _verb_resumes(line: Line, at: int) -> bool:
    """Say whether the clause that a quoted word stands in goes on after a comma: "”, were …"."""
    low = line.low(at + 2)
    return line.low(at + 1) == "," and (low in closed_class("auxiliary") or is_plain_verb(low))


def _list_goes_on(line: Line, at: int) -> bool:
    """Say whether another quotation follows in a list: “peace”, “order” and, yes, “law”."""
    for k in range(at + 1, min(len(line.lows), at + 1 + _LIST_REACH)):
        if line.lows[k] == QUOTED:
            return k > at + 1 and line.lows[k - 1] in ("and", "or", ",", "&")
        if line.atoms[k].word and line.lows[k] not in ("and", "or", "yes", "even", "of", "also"):
            return False
    return False
