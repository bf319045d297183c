"""What a cue clause reports: the content to its left, to its right, or on both sides."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define

from quotecraft.detect.clause import Clause
from quotecraft.detect.cues import Form, Frame, PartOfSpeech
from quotecraft.detect.narration import Line, Piece
from quotecraft.detect.nominal import CONTENT_PREPOSITIONS
from quotecraft.detect.words import QUOTED, closed_class

__all__ = ["Report", "reports"]

_DASHES = ("-", "--", "—", "–")
_WH = frozenset(["whether", "if", "what", "how", "why", "when", "where", "who", "which", "whom"])
_NP_STOPS = frozenset(
    [
        "as",
        "while",
        "when",
        "after",
        "before",
        "because",
        "since",
        "although",
        "though",
        "unless",
        "until",
        "whereas",
    ]
)
_FINAL = frozenset([".", ";", ",", ":", "...", "…"])


@define(slots=True)
class Report:
    """A cue clause with its content.

    Attributes:
        clause: The clause.
        frame: ``that``, ``bare`` (a clause without "that"), ``wh``, ``to``, ``np``, ``quote`` (what
            follows is a quotation), ``left`` (the content stands before the clause) or ``both``.
        ranges: First and last atoms of each stretch of content.
        score: Probability that this is an attribution with this content.
    """

    clause: Clause
    frame: str
    ranges: list[tuple[int, int]]
    score: float = 0.0

    @property
    def line(self) -> Line:
        """The sentence it stands in."""
        return self.clause.line


def reports(line: Line, clauses: Sequence[Clause], pieces: Sequence[Piece]) -> list[Report]:
    """Return every reading of a sentence's cue clauses as reports, one a clause at most."""
    found = []
    for clause in clauses:
        report = _report(line, clause, clauses, pieces)
        if report is not None:
            found.append(report)
    return found


def _report(
    line: Line, clause: Clause, clauses: Sequence[Clause], pieces: Sequence[Piece]
) -> Report | None:
    left = _left(line, clause, clauses, pieces)
    if left is None:
        return _right(line, clause, clauses, pieces)
    right = _resumed(line, clause, clauses, pieces)
    if right is None:
        return Report(clause, "left", [left])
    if _is_only_setting(line, left, right, pieces):
        return Report(clause, "quote", [right])
    return Report(clause, "both", [left, right])


def _is_only_setting(
    line: Line, left: tuple[int, int], right: tuple[int, int], pieces: Sequence[Piece]
) -> bool:
    """Say whether the words before "X said" only set the scene of the quotation after it."""
    if line.lows[right[0]] != QUOTED or QUOTED in line.lows[left[0] : left[1] + 1]:
        return False
    opening = line.lows[left[0]]
    return line.atoms[right[0]].cap or (
        opening in closed_class("preposition") or opening in closed_class("subordinator")
    )


def _ends(line: Line, at: int) -> bool:
    """Say whether the sentence ends at an atom, final punctuation aside."""
    return all(low in _FINAL or low in ("!", "?", ")") for low in line.lows[at:])


# ---------------------------------------------------------------- content before the clause


def _left(
    line: Line, clause: Clause, clauses: Sequence[Clause], pieces: Sequence[Piece]
) -> tuple[int, int] | None:
    """Return the content that ends before a clause which tags it, if any."""
    last = clause.begin - 1
    while last >= 0 and line.lows[last] in (",", *_DASHES, ".", "!", "?", "…", "..."):
        last -= 1
    if last < 0 or clause.infinitive or clause.place in ("relative", "by", "shared"):
        return None
    quoted = line.lows[last] == QUOTED
    gap = clause.begin - 1 - last
    if not quoted and not gap:
        return (
            None if clause.form.cue.pos is not PartOfSpeech.PHRASE else _phrase_left(line, clause)
        )
    if quoted:
        if not _tags(line, clause, pieces[line.atoms[last].piece], gap):
            return None
    elif not _is_postposed(line, clause):
        return None
    first = _left_start(line, clause, clauses, last)
    return (first, last) if first <= last else None


def _phrase_left(line: Line, clause: Clause) -> tuple[int, int] | None:
    last = clause.begin - 1
    return (0, last) if last > 1 else None


def _tags(line: Line, clause: Clause, piece: Piece, gap: int) -> bool:
    """Say whether a clause right after a quotation tags it."""
    if not clause.direct and clause.form.cue.pos is not PartOfSpeech.PHRASE:
        return False
    if clause.form.cue.pos is PartOfSpeech.PHRASE:
        return True
    if clause.subject is None:
        return False
    if clause.place == "after":
        return True
    follows = line.lows[clause.end + 1] if clause.end + 1 < len(line.lows) else ""
    if piece.last and piece.last in ",?!…-—–.":
        return follows not in ("that",) or piece.last != ","
    return bool(gap) and (not follows or not follows[0].isalnum() or follows in ("in", "as"))


def _is_postposed(line: Line, clause: Clause) -> bool:
    """Say whether a clause after a comma reports the words before it ("…, she said")."""
    if clause.form.cue.pos is PartOfSpeech.PHRASE:
        return True
    if clause.subject is None or clause.passive or Frame.THAT not in clause.form.cue.frames:
        return False
    if line.lows[clause.begin - 1] not in (",", *_DASHES, "?", "!"):
        return False
    if clause.form.forms == {Form.ING} and clause.group == clause.first:
        return False
    follows = line.lows[clause.end + 1] if clause.end + 1 < len(line.lows) else ""
    return follows in ("", ",", ".", ";", "?", "!", ")", *_DASHES) or (
        clause.place == "after" and follows in ("in", "on", "at", "during", "as", "of", "to")
    )


def _left_start(line: Line, clause: Clause, clauses: Sequence[Clause], last: int) -> int:
    """Return where the content before a clause begins: after any earlier clause's own words."""
    first = 0
    for other in clauses:
        if other is clause or other.end >= last:
            continue
        if other.begin <= 1 and other.end + 1 <= last and line.lows[last] == QUOTED:
            only = all(
                line.lows[k] in (",", ":", "that", *_DASHES) for k in range(other.end + 1, last)
            )
            if only:
                first = last
    opening = line.lows[first] if first < len(line.lows) else ""
    if opening in ("but", "and", "so", "yet") and line.lows[last] == QUOTED and last == first + 1:
        first += 1
    while first < last and line.lows[first] in (",", *_DASHES):
        first += 1
    if line.lows[last] == QUOTED and last > first:
        first = _quoted_start(line, first, last)
    return first


def _quoted_start(line: Line, first: int, last: int) -> int:
    """Return where content that ends in a quotation begins: at it, when narration stands before."""
    at = last - 1
    if line.lows[at] in (":", *_DASHES, ".", "!", "?"):
        return last
    return first


def _resumed(
    line: Line, clause: Clause, clauses: Sequence[Clause], pieces: Sequence[Piece]
) -> tuple[int, int] | None:
    """Return the content that goes on after a clause in its midst, if any."""
    size = len(line.lows)
    at = clause.end + 1
    quote = next(
        (
            k
            for k in range(at, size)
            if line.lows[k] == QUOTED
            and (
                k == at
                or line.lows[k - 1] in (",", ":", ";", ".", "!", "?", *_DASHES, "and", "but")
            )
        ),
        None,
    )
    others = [other.begin for other in clauses if other.begin > clause.end]
    if quote is not None and not any(begin < quote for begin in others):
        return (quote, _right_end(line, clause, quote, "quote", clauses, pieces))
    if at >= size or line.lows[at] not in (",", ";", *_DASHES) or _after_quote(line, clause):
        return None
    start = at + 1
    while start < size and line.lows[start] in (",", *_DASHES):
        start += 1
    if start >= size or _ends(line, start):
        return None
    if line.lows[start].endswith("ing") or line.lows[start] in ("who", "which", "and", "a", "an"):
        return None
    last = _right_end(line, clause, start, "bare", clauses, pieces)
    return (start, last) if last >= start else None


def _after_quote(line: Line, clause: Clause) -> bool:
    """Say whether a clause stands right after a quotation."""
    return QUOTED in line.lows[max(0, clause.begin - 2) : clause.begin]


# ---------------------------------------------------------------- content after the clause


def _right(
    line: Line, clause: Clause, clauses: Sequence[Clause], pieces: Sequence[Piece]
) -> Report | None:
    start, frame = _right_start(line, clause, clauses)
    if start is None:
        return None
    last = _right_end(line, clause, start, frame, clauses, pieces)
    if last < start:
        return None
    patient = clause.patient
    if patient is not None and frame in ("np", "to"):
        return Report(clause, frame, [(patient.first, patient.last), (start, last)])
    return Report(clause, frame, [(start, last)])


def _right_start(line: Line, clause: Clause, clauses: Sequence[Clause]) -> tuple[int | None, str]:
    """Return the first atom of the content after a clause and the frame it fills."""
    frames = clause.form.cue.frames
    size = len(line.lows)
    at = clause.end + 1
    if at >= size or _ends(line, at):
        return None, ""
    low = line.lows[at]
    if clause.form.cue.pos in (PartOfSpeech.NOUN, PartOfSpeech.ADJECTIVE):
        return _nominal_start(line, at)
    if low == ":" and clause.direct:
        return (at + 1, "quote" if at + 1 < size and line.lows[at + 1] == QUOTED else "colon")
    if low in (",", *_DASHES):
        start = at + 1
        while start < size and line.lows[start] in (",", *_DASHES):
            start += 1
        if start < size and line.lows[start] == QUOTED and clause.direct:
            return start, "quote"
        if clause.form.cue.pos is PartOfSpeech.PHRASE and low == ",":
            return (start, "bare") if start < size else (None, "")
        resumed = _after_aside(line, at)
        if resumed is not None and Frame.THAT in frames:
            return resumed, "that"
        return None, ""
    if low == QUOTED:
        return at, "quote"
    if low == "that" and Frame.THAT in frames:
        return at, "that"
    if low in _WH and frames & {Frame.WH, Frame.THAT}:
        return at, "wh"
    if low == "to":
        if Frame.TO not in frames:
            return None, ""
        if clause.addressee is not None and clause.form.cue.lemma not in ("tell", "ask"):
            return clause.addressee.first, "to"
        return at, "to"
    if clause.passive:
        return (at, "np") if low in ("as", "for", "because", "over") else (None, "")
    if clause.place == "after":
        return _quote_ahead(line, clause, at, clauses)
    colon = _colon_ahead(line, at, clauses)
    if colon is not None and clause.direct:
        return colon, "quote"
    if Frame.THAT in frames and low not in closed_class("preposition"):
        return at, "bare"
    if Frame.NP in frames and (low not in closed_class("preposition") or low in ("for", "against")):
        return at, "np"
    return _quote_ahead(line, clause, at, clauses)


def _nominal_start(line: Line, at: int) -> tuple[int | None, str]:
    """Return the content after a noun or adjective cue."""
    low = line.lows[at]
    if low == ":":
        return (at + 1, "quote") if line.lows[at + 1 : at + 2] == [QUOTED] else (at + 1, "colon")
    if low in CONTENT_PREPOSITIONS:
        return at + 1, "np"
    if low in ("that", "to"):
        return at, low
    return (at, "quote" if low == QUOTED else "wh") if low in (QUOTED, "whether") else (None, "")


def _quote_ahead(
    line: Line, clause: Clause, at: int, clauses: Sequence[Clause]
) -> tuple[int | None, str]:
    """Return a quotation that a colon or comma after the cue's circumstances introduces."""
    colon = _colon_ahead(line, at, clauses)
    if colon is not None and clause.direct:
        return colon, "quote"
    return None, ""


def _colon_ahead(line: Line, at: int, clauses: Sequence[Clause]) -> int | None:
    """Return the quotation after the next colon or comma, unless another cue comes first."""
    nearer = {other.first for other in clauses if other.direct}
    for k in range(at, len(line.lows) - 1):
        if k in nearer:
            return None
        if line.lows[k + 1] == QUOTED and line.lows[k] in (":", ","):
            return k + 1
        if line.lows[k] == QUOTED or line.lows[k] in (";", ":"):
            return None
    return None


def _after_aside(line: Line, comma: int) -> int | None:
    """Return the "that" which follows an aside between commas ("said, however, that …")."""
    for k in range(comma + 1, min(len(line.lows) - 1, comma + 20)):
        if line.lows[k] == ",":
            return k + 1 if line.lows[k + 1] == "that" else None
    return None


def _right_end(
    line: Line,
    clause: Clause,
    start: int,
    frame: str,
    clauses: Sequence[Clause],
    pieces: Sequence[Piece],
) -> int:
    """Return the last atom of content that begins at an atom after its cue."""
    starts = {other.begin: other for other in clauses if other.begin > start}
    starts |= {other.group: other for other in clauses if other.group > start}
    depth = 0
    last = start
    size = len(line.lows)
    at = start
    while at < size:
        low = line.lows[at]
        depth += (low == "(") - (low == ")")
        if depth < 0:
            break
        if at > start and depth == 0 and _stops(line, clause, at, frame, starts):
            break
        last = at
        if low == QUOTED and _quote_closes(line, at, frame, pieces[line.atoms[at].piece], starts):
            break
        at += 1
    while last > start and line.lows[last] in _FINAL | {",", *_DASHES, "and", "but"}:
        last -= 1
    return last


def _quote_closes(line: Line, at: int, frame: str, piece: Piece, starts: dict[int, Clause]) -> bool:
    """Say whether content ends with a quotation although the sentence goes on."""
    after = line.lows[at + 1] if at + 1 < len(line.lows) else ""
    if not after:
        return True
    if after in (",", ".", ";") or piece.last in ",.?!":
        return not (QUOTED in line.lows[at + 1 : at + 6] and at + 1 not in starts)
    return False


def _stops(line: Line, clause: Clause, at: int, frame: str, starts: dict[int, Clause]) -> bool:
    """Say whether content ends before an atom."""
    low = line.lows[at]
    after = line.lows[at + 1] if at + 1 < len(line.lows) else ""
    if low == ";":
        return True
    if low in (",", *_DASHES):
        other = starts.get(at + 1) or (
            starts.get(at + 2) if after in ("and", "but", "or", "while", "as") else None
        )
        if other is not None and _is_second(line, clause, other):
            return True
        if frame in ("np", "to") and (
            after in _WH or after in ("but", "and", "a", "an", "the") or after.endswith("ing")
        ):
            return True
        return (after in ("according", "who", "which") and frame != "that") or after == "according"
    if low in ("and", "but"):
        other = starts.get(at + 1)
        return other is not None and _is_coordinate(line, clause, other)
    if frame == "np" and low in _NP_STOPS:
        return low != "as" or Frame.AS not in clause.form.cue.frames
    return low == "according" and after == "to"


def _is_second(line: Line, clause: Clause, other: Clause) -> bool:
    """Say whether a clause after a comma is a report of its own, not part of the content."""
    if other.form.cue.pos is PartOfSpeech.PHRASE:
        return True
    if other.place == "shared":
        return not other.infinitive
    if other.subject is None or not other.direct:
        return False
    follows = line.lows[other.end + 1] if other.end + 1 < len(line.lows) else ""
    return follows in ("", ",", ".", QUOTED, "that", ":") or other.form.cue.lemma == "say"


def _is_coordinate(line: Line, clause: Clause, other: Clause) -> bool:
    return (
        other.place == "shared"
        and not other.infinitive
        and bool(other.form.forms & clause.form.forms)
        and bool(other.form.forms & {Form.PAST, Form.THIRD, Form.ING})
    )
