"""What a cue clause reports: the content to its left, to its right, or on both sides."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.detect.clause import Clause, Place
from quotecraft.detect.cues import Frame, PartOfSpeech
from quotecraft.detect.extents import content_end
from quotecraft.detect.narration import Line, Piece
from quotecraft.detect.nominal import COPULAS
from quotecraft.detect.onsets import content_start, is_over
from quotecraft.detect.phrases import DASHES
from quotecraft.detect.report import Range, Report, Shape
from quotecraft.detect.words import QUOTED, closed_class, is_adverb

__all__ = ["reports"]

_GAP = frozenset([",", *DASHES, ".", "!", "?", "…", "..."])  # between a quotation and its tag
_BEFORE_QUOTATION = frozenset([",", ":", ";", ".", "!", "?", *DASHES, "and", "but"])
_SETTING = closed_class("preposition") - {"like", "unlike", "despite"}
_SETTING |= {"when", "as", "once", "where"}
_AFTER_TAG = closed_class("preposition") - {"to", "of", "like", "than"}  # "”, she said during …"
_NOT_RESUMED = ("who", "which", "and", "a", "an")


def reports(line: Line, clauses: Sequence[Clause], pieces: Sequence[Piece]) -> list[Report]:
    """Return a reading of each cue clause of a sentence that can have content.

    Args:
        line: The sentence.
        clauses: All its cue clauses.
        pieces: The document's quoted pieces, by number.
    """
    found = [_Reader(line, clause, clauses, pieces).read() for clause in clauses]
    return [report for report in found if report is not None]


class _Reader:
    """Finds the content of one clause."""

    def __init__(
        self, line: Line, clause: Clause, clauses: Sequence[Clause], pieces: Sequence[Piece]
    ) -> None:
        self.line = line
        self.clause = clause
        self.clauses = clauses
        self.pieces = pieces

    def read(self) -> Report | None:
        """Return the clause with its content, ``None`` if it has none."""
        left = self._left()
        if left is None:
            return self._right()
        right = None if self.clause.pos is PartOfSpeech.NOUN else self._resumed()
        if right is None:
            return Report(self.clause, Shape.LEFT, [left])
        if self._is_setting(left, right):
            return Report(self.clause, Shape.QUOTE, [right])
        return Report(self.clause, Shape.BOTH, [left, right])

    def _until(self, start: int, shape: Shape) -> Range:
        return start, content_end(
            self.line, self.clause, start, shape, clauses=self.clauses, pieces=self.pieces
        )

    # ------------------------------------------------------------ after the clause

    def _right(self) -> Report | None:
        onset = content_start(self.line, self.clause, self.clauses)
        if onset is None:
            return None
        start, shape = onset
        if start >= len(self.line.atoms):
            return None  # the text ends after "a letter on"
        found = self._until(start, shape)
        if found[1] < start:
            return None
        patient = self.clause.patient
        if patient is not None and shape in (Shape.NP, Shape.TO):
            return Report(self.clause, shape, [(patient.first, patient.last), found])
        return Report(self.clause, shape, [found])

    # ------------------------------------------------------------ before the clause

    def _left(self) -> Range | None:
        """Return the content that ends before a clause which tags it, if any."""
        line, clause = self.line, self.clause
        fixed = clause.place in (Place.RELATIVE, Place.BY, Place.SHARED)
        if clause.infinitive or fixed or clause.form.cue.lemma == ":":
            return None
        last = clause.begin - 1
        while line.low(last) in _GAP:
            last -= 1
        if line.low(last - 1) == QUOTED and is_adverb(line.lows[last]):
            last -= 1
        if last < 0:
            return None
        if line.lows[last] == QUOTED:
            if not self._tags(last):
                return None
        elif last == clause.begin - 1:
            return (0, last) if clause.pos is PartOfSpeech.PHRASE and last > 1 else None
        elif not self._is_postposed():
            return None
        first = self._left_start(last)
        return (first, last) if first <= last else None

    def _tags(self, at: int) -> bool:
        """Say whether the clause right after a quotation tags it."""
        line, clause = self.line, self.clause
        if clause.pos is not PartOfSpeech.VERB:
            phrase = clause.pos is PartOfSpeech.PHRASE
            return phrase or line.lows[clause.begin] in COPULAS
        if not clause.direct or clause.subject is None:
            return False
        if clause.place is Place.AFTER:
            return True
        last = self.pieces[line.atoms[at].piece].last
        if last and last in ",?!…-—–.":
            return clause.follows != "that" or last != ","
        closed = not clause.follows[:1].isalnum() or clause.follows in _AFTER_TAG
        return clause.begin - 1 > at and closed

    def _is_postposed(self) -> bool:
        """Say whether the clause after a comma reports the words before it ("…, she said")."""
        line, clause = self.line, self.clause
        if clause.pos is PartOfSpeech.PHRASE:
            return True
        if clause.subject is None or clause.passive or Frame.THAT not in clause.form.cue.frames:
            return False
        if line.lows[clause.begin - 1] not in (",", *DASHES, "?", "!") or clause.participle:
            return False
        if line.lows[-1] in DASHES and clause.end + 2 >= len(line.lows):
            return False  # "On entering, he observed--" introduces what the next paragraph brings
        return clause.follows in ("", ",", ".", ";", "?", "!", ")", *DASHES) or (
            clause.place is Place.AFTER
            and clause.follows in ("in", "on", "at", "during", "as", "of", "to")
        )

    def _left_start(self, last: int) -> int:
        """Return where the content before the clause begins: after another clause's own words."""
        line = self.line
        quoted = line.lows[last] == QUOTED
        first = _after_open_parenthesis(line, last)
        if quoted and any(self._leads_to(other, last) for other in self.clauses):
            first = last
        opens = line.low(first) in ("but", "and", "so", "yet")
        if opens and quoted and last == first + 1:
            first += 1
        while first < last and line.lows[first] in (",", *DASHES):
            first += 1
        return _quoted_start(line, first, last) if quoted and last > first else first

    def _leads_to(self, other: Clause, last: int) -> bool:
        """Say whether another clause at the front of the sentence introduces a quotation."""
        if other is self.clause or other.begin > 1 or other.end >= last:
            return False
        between = self.line.lows[other.end + 1 : last]
        return all(low in (",", ":", "that", *DASHES) for low in between)

    # ------------------------------------------------------------ on both sides

    def _resumed(self) -> Range | None:
        """Return the content that goes on after a clause in its midst, if any."""
        line, clause = self.line, self.clause
        at = clause.end + 1
        quote = self._next_quotation(at)
        if quote is not None:
            return self._until(quote, Shape.QUOTE)
        after_quotation = line.has_quotation(max(0, clause.begin - 2), clause.begin - 1)
        if clause.follows not in (",", ";", *DASHES) or after_quotation:
            return None
        start = at + 1
        while line.low(start) in (",", *DASHES):
            start += 1
        if is_over(line, start):
            return None
        if line.lows[start].endswith("ing") or line.lows[start] in _NOT_RESUMED:
            return None
        found = self._until(start, Shape.BARE)
        return found if found[1] >= start else None

    def _next_quotation(self, at: int) -> int | None:
        """Return the next quotation that stands on its own, unless another clause comes first."""
        line = self.line
        others = [other.begin for other in self.clauses if other.begin > self.clause.end]
        for k in range(at, min([len(line.lows), *others])):
            if line.lows[k] == QUOTED and (k == at or line.lows[k - 1] in _BEFORE_QUOTATION):
                return k
        return None

    def _is_setting(self, left: Range, right: Range) -> bool:
        """Say whether the words before "X said" only set the scene of the quotation after it."""
        line = self.line
        if line.lows[right[0]] != QUOTED or line.has_quotation(*left):
            return False
        return line.atoms[right[0]].cap or line.lows[left[0]] in _SETTING


def _after_open_parenthesis(line: Line, last: int) -> int:
    """Return the atom after the parenthesis that is still open at ``last``, else 0."""
    depth = 0
    for k in range(last, -1, -1):
        depth += (line.lows[k] == ")") - (line.lows[k] == "(")
        if depth < 0:
            return k + 1
    return 0


def _quoted_start(line: Line, first: int, last: int) -> int:
    """Return where content that ends in a quotation begins: at it, when narration stands before."""
    before = line.lows[last - 1]
    if before in (":", ";", *DASHES, ".", "!", "?") or (before == "," and line.atoms[last].cap):
        return last
    semicolons = [k for k in range(first + 1, last) if line.lows[k] == ";"]
    return semicolons[-1] + 1 if semicolons else first
