"""The narration around quotation marks: pieces, paragraphs and sentences as lists of atoms."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from attrs import define, field

from quotecraft.detect.cues import Frame, PartOfSpeech, lookup
from quotecraft.detect.words import QUOTED, TERMINALS, Atom, closed_class, words_of
from quotecraft.model import Level, Span
from quotecraft.text.pairing import MarkStyle, Quotation

__all__ = ["DEEPEST", "Line", "Piece", "narrate", "pieces_of"]

DEEPEST = 4  # quotations around another; any deeper ones are not read
_MARKS = "“”„‟\"‘’‚‛'`´«»‹›"
_TAG_REACH = 8  # atoms between a quotation and the verb of the clause that tags it
_MOST_ATOMS = 250  # of a sentence; longer ones are cut, so that time stays linear
_APPOSITION_REACH = 30  # the same where an apposition stands between subject and verb


@define(weakref_slot=False)
class Piece:
    """One span of a quotation: all of it, or its part in one paragraph.

    Attributes:
        span: Marks included.
        quotation: Index among the quotations given to the detector.
        part: Zero-based number of this span in its quotation.
        style: Its marks.
        closed: Whether its closing mark was found.
        text: What stands inside the marks, stripped.
        parent: Index of the quotation that this one stands inside.
        parts: Number of spans its quotation has.
    """

    span: Span
    quotation: int
    part: int
    style: MarkStyle
    closed: bool
    text: str
    parent: int | None
    parts: int = 1

    @property
    def last(self) -> str:
        """The last character inside the marks, inner closing marks left out."""
        return self.text.rstrip(_MARKS + " ")[-1:]

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        match = re.search(r"\w", self.text)
        return match is not None and match.group().isupper()


@define(weakref_slot=False)
class Line:
    """A sentence of the narration, its quotations taken as single atoms.

    Attributes:
        atoms: Its atoms, in order.
        lows: The lower-case text of each.
        paragraph: Zero-based number of its paragraph.
    """

    atoms: list[Atom] = field(factory=list)
    lows: list[str] = field(factory=list)
    paragraph: int = 0

    def low(self, at: int) -> str:
        """Return the lower-case text of an atom, "" before the first and after the last."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def span(self, first: int, last: int) -> Span:
        """Return the stretch of the text from one atom to another."""
        return Span(self.atoms[first].start, self.atoms[last].end)

    def has_quotation(self, first: int, last: int) -> bool:
        """Say whether a quoted stretch is among the atoms from one to another."""
        return QUOTED in self.lows[first : last + 1]


def pieces_of(text: str, quotations: Sequence[Quotation], depth: int = DEEPEST) -> list[Piece]:
    """Return the spans of quotations, in text order, outer before inner.

    Args:
        text: The document's text.
        quotations: Its paired quotation marks, parents before children.
        depth: Quotations inside more than so many others are left out, so that the text of all
            pieces together stays within a multiple of the document's.
    """
    pieces = []
    depths: list[int] = []
    for index, quotation in enumerate(quotations):
        depths.append(0 if quotation.parent is None else depths[quotation.parent] + 1)
        if depths[-1] > depth:
            continue
        for part, span in enumerate(quotation.spans):
            inner = text[span.start : span.end].strip(_MARKS + " \t\r\n")
            if quotation.style is MarkStyle.DASH:
                inner = inner.lstrip("—–―- \t")
            if not any(char.isalnum() for char in inner):
                continue
            pieces.append(
                Piece(
                    span,
                    index,
                    part,
                    quotation.style,
                    quotation.closed,
                    inner,
                    quotation.parent,
                    len(quotation.spans),
                )
            )
    pieces.sort(key=lambda piece: (piece.span.start, -piece.span.end))
    return pieces


def narrate(
    text: str,
    region: Span,
    pieces: Sequence[tuple[int, Piece]],
    breaks: Sequence[int],
    omitted: Sequence[Span] = (),
) -> list[Line]:
    """Return the sentences of a region of the text.

    Args:
        text: The document's text.
        region: Where to look.
        pieces: The quoted pieces to take as single atoms, with their numbers; they don't overlap.
        breaks: Starts of all paragraphs but the first.
        omitted: Stretches to leave out, in order.
    """
    atoms = [atom for atom in _atoms(text, region, pieces) if not _inside(atom, omitted)]
    lines: list[Line] = []
    line = Line()
    depth = 0
    quoted = dict(pieces)
    for index, atom in enumerate(atoms):
        paragraph = bisect_right(breaks, atom.start)
        if line.atoms and paragraph != line.paragraph:
            lines.append(line)
            line, depth = Line(), 0
        line.paragraph = paragraph
        line.atoms.append(atom)
        line.lows.append(atom.low)
        depth = max(0, depth + (atom.low == "(") - (atom.low == ")"))
        full = len(line.atoms) >= _MOST_ATOMS
        if full or (depth == 0 and _ends_sentence(atoms, index, quoted)):
            lines.append(line)
            line, depth = Line(), 0
    if line.atoms:
        lines.append(line)
    return lines


def _inside(atom: Atom, spans: Sequence[Span]) -> bool:
    place = bisect_right(spans, atom.start, key=lambda span: span.start) - 1 if spans else -1
    return place >= 0 and atom.end <= spans[place].end


def _atoms(text: str, region: Span, pieces: Sequence[tuple[int, Piece]]) -> Iterator[Atom]:
    position = region.start
    for number, piece in pieces:
        yield from words_of(text, position, piece.span.start)
        yield Atom(piece.span.start, piece.span.end, QUOTED, piece.capital, False, number)
        position = piece.span.end
    yield from words_of(text, position, region.end)


def _ends_sentence(atoms: Sequence[Atom], index: int, quoted: dict[int, Piece]) -> bool:
    """Say whether a sentence of the narration ends after an atom."""
    if index + 1 == len(atoms):
        return True
    atom, after = atoms[index], atoms[index + 1]
    if atom.piece >= 0:
        return _ends_after_quote(atoms, index, quoted[atom.piece])
    if atom.low[0] in TERMINALS and not atom.word:
        if after.low[0] in TERMINALS + ")]»”’\"'" or (after.low[0] in "-—–" and not after.word):
            return False
        return after.cap or after.piece >= 0 or not after.word or after.low[0].isdigit()
    if atom.low.endswith(".") and after.cap and after.piece < 0:
        return _is_function_word(after.low) and atom.low not in closed_class("title")
    return atom.low == ")" and index > 0 and atoms[index - 1].low in TERMINALS and after.cap


def _is_function_word(low: str) -> bool:
    return any(
        low in closed_class(name)
        for name in ("determiner", "pronoun", "subordinator", "conjunction", "possessive")
    ) or low in ("in", "on", "at", "for", "with", "after", "before", "during", "from")


def _ends_after_quote(atoms: Sequence[Atom], index: int, piece: Piece) -> bool:
    after = atoms[index + 1]
    if after.piece >= 0:
        return True
    if not after.word or not after.cap:
        return False
    if piece.last == "." or (not piece.closed and piece.last not in ",;"):
        return True
    if piece.last and piece.last in "?!…—–-:":
        introduced = index > 0 and atoms[index - 1].low in (",", ":")
        return introduced or not begins_tag(atoms, index + 1)
    return False


def begins_tag(atoms: Sequence[Atom], start: int) -> bool:
    """Say whether a clause such as "Another man, a porter, shouted" begins at an atom."""
    stop = start + _TAG_REACH
    lows = [atom.low for atom in atoms[start : start + _APPOSITION_REACH]]
    for at, low in enumerate(lows):
        atom = atoms[start + at]
        if low == ",":
            stop = start + _APPOSITION_REACH
        elif atom.piece >= 0 or (not atom.word and low not in ("-", "(", ")")):
            return False
        if start + at >= stop:
            return False
        if at and _is_direct_verb(lows, at) and (stop == start + _TAG_REACH or _closes(lows, at)):
            return True
        function = low in closed_class("auxiliary") or low in closed_class("subordinator")
        if at and function and "," not in lows[:at]:
            return low in ("had", "has") and at < 4
    return False


def _is_direct_verb(lows: Sequence[str], at: int) -> bool:
    return any(
        form.cue.pos is PartOfSpeech.VERB
        and form.cue.level is Level.SPEECH
        and bool(form.cue.frames & {Frame.DIRECT, Frame.THAT})
        for form in lookup(lows, at)
    )


def _closes(lows: Sequence[str], at: int) -> bool:
    """Say whether a verb stands right after the comma that closes an apposition."""
    return lows[at - 1] == "," and "," in lows[: at - 1]
