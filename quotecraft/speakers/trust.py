"""How far a search can be trusted in one document: its named turns tell.

Where the text names who speaks, a search first looks away and says whom it expects. A document in
which it is right less often than it expects to be is one in which it is too sure of the turns that
nobody is named for, too; so the odds of these are lowered, or raised, by what the check shows. How
far they follow it is measured on PDNC novels by authors of whom nothing was learned.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from attrs import define, field, frozen

__all__ = ["Check", "Trust"]

_EDGE = 0.005  # no probability is nearer to 0 or 1
_SUREST = 0.95  # mean expectation of a document, at most: two or three sure turns prove little


@define
class Check:
    """What a search expected of the turns whose speaker is named, and what it met.

    Attributes:
        count: Turns looked at.
        expected: Sum of the probabilities of those it held likeliest.
        right: How often the likeliest is who speaks.
    """

    count: int = 0
    expected: float = 0.0
    right: int = 0

    def add(self, probability: float, right: bool) -> None:
        """Note one turn.

        Args:
            probability: How likely the likeliest speaker was held, in [0, 1].
            right: Whether it is who speaks.
        """
        self.count += 1
        self.expected += probability
        self.right += right

    def shortfall(self, usual: float, prior: float) -> float:
        """Return by how much the log-odds of being right stay behind those expected.

        Args:
            usual: That of most documents, to which few turns draw.
            prior: Named turns that the usual shortfall counts for.
        """
        if not self.count:
            return usual
        expected = _odds(min(self.expected / self.count, _SUREST))
        likely = prior * _share(expected - usual)
        return expected - _odds((self.right + likely) / (self.count + prior))


@frozen
class Trust:
    """How confidences follow a check.

    Attributes:
        usual: Shortfall of most documents, in log-odds: that at which nothing is corrected.
        slopes: For each situation, by how much log-odds fall with each unit of shortfall.
        prior: Named turns that the usual shortfall counts for against those of a document.
    """

    usual: float = 0.0
    slopes: Mapping[str, float] = field(factory=dict)
    prior: float = 100.0

    def corrected(self, situation: str, probability: float, check: Check) -> float:
        """Return a probability corrected by what a document's check shows.

        Args:
            situation: Such as ``"implicit:again"``.
            probability: In [0, 1].
            check: The document's.
        """
        slope = self.slopes.get(situation, 0.0)
        if not slope:
            return probability
        rise = self.usual - check.shortfall(self.usual, self.prior)
        return _share(_odds(probability) + slope * rise)


def _odds(share: float) -> float:
    share = min(max(share, _EDGE), 1 - _EDGE)
    return math.log(share / (1 - share))


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
