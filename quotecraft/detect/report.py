"""A reading of a cue clause: the clause with its content."""

from __future__ import annotations

from enum import StrEnum

from attrs import define

from quotecraft.detect.clause import Clause
from quotecraft.detect.narration import Line

__all__ = ["Range", "Report", "Shape"]

Range = tuple[int, int]
"""First and last atom of a stretch of a sentence."""


class Shape(StrEnum):
    """How content stands to its cue.

    After it: ``THAT`` clause, ``BARE`` clause without "that", ``WH`` clause, ``TO`` infinitive,
    ``NP`` noun phrase, ``QUOTE`` (it begins with a quotation) or ``COLON``; ``LEFT`` before it;
    ``BOTH`` around it.
    """

    THAT = "that"
    BARE = "bare"
    WH = "wh"
    TO = "to"
    NP = "np"
    QUOTE = "quote"
    COLON = "colon"
    LEFT = "left"
    BOTH = "both"


@define(weakref_slot=False)
class Report:
    """A cue clause with its content.

    Attributes:
        clause: The clause.
        shape: How the content stands to the cue.
        ranges: First and last atoms of each stretch of content.
        score: Probability that this is an attribution with this content.
    """

    clause: Clause
    shape: Shape
    ranges: list[Range]
    score: float = 0.0

    @property
    def line(self) -> Line:
        """The sentence it stands in."""
        return self.clause.line

    @property
    def quoted(self) -> bool:
        """Whether some of the content stands in quotation marks."""
        return any(self.line.has_quotation(*found) for found in self.ranges)

    @property
    def plain(self) -> bool:
        """Whether some of the content stands outside quotation marks."""
        atoms = self.line.atoms
        return any(atoms[k].word for first, last in self.ranges for k in range(first, last + 1))
