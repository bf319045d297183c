"""Sources that stand beside a quotation without a verb: "“…” – Ruiz", "From Ruiz:", "Ruiz:"."""

from __future__ import annotations

from attrs import frozen

from quotecraft.detect.narration import Line
from quotecraft.detect.phrases import Phrase, phrase_after, phrase_before
from quotecraft.detect.words import QUOTED, closed_class

__all__ = ["Label", "label_after", "label_line"]

_DASHES = ("-", "--", "—", "–", "―", "~")
_LABEL_REACH = 12  # atoms of a label such as "Ana Ruiz, minister of health"
_DESK = ("the", "desk", "of")


@frozen
class Label:
    """A source named without a verb.

    Attributes:
        source: The phrase that names it.
        cue: Index of the atom that links it: a colon, a dash or "from".
        evidence: Code for how it is linked.
    """

    source: Phrase
    cue: int
    evidence: str


def _named(line: Line, first: int, colon: int) -> Label | None:
    start = phrase_before(line, colon - 1, first)
    if start is None or start > first or colon - start > _LABEL_REACH:
        return None
    if not line.atoms[start].cap or not line.atoms[start].word:
        return None
    return Label(Phrase(start, colon - 1, start), colon, "colon")


def label_after(line: Line, at: int) -> Label | None:
    """Return the label "– NAME" that closes the line after a quotation."""
    dash = at + 1
    size = len(line.lows)
    if dash + 1 >= size or line.lows[dash] not in _DASHES:
        return None
    source = phrase_after(line, dash + 1)
    if source is None or not line.atoms[dash + 1].cap:
        return None
    if line.lows[dash + 1] in closed_class("agency"):
        return None  # a wire service's credit, not a speaker
    if any(line.atoms[k].word or line.lows[k] == QUOTED for k in range(source.last + 1, size)):
        return None
    return Label(source, dash, "dash-attribution")


def label_line(line: Line) -> Label | None:
    """Return the source of a line that only introduces a quotation: "From Ruiz:"."""
    lows = line.lows
    at = 1 if lows[:1] == ["and"] else 0
    if lows[at : at + 1] == ["from"]:
        cue = at
        at += 1
        if tuple(lows[at : at + 3]) == _DESK:
            at += 3
        source = phrase_after(line, at)
        if source is None or not line.atoms[source.first].cap:
            return None
        rest = [k for k in range(source.last + 1, len(lows)) if line.atoms[k].word]
        return None if rest else Label(source, cue, "byline")
    if len(lows) > 1 and lows[-1] == ":":
        return _named(line, 0, len(lows) - 1)
    return None
