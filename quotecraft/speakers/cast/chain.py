"""The most probable speakers of a whole chain of pieces: a conditional random field.

Lafferty, McCallum and Pereira (2001), "Conditional Random Fields", ICML. The score of a labelling
is the sum of a score for each piece and candidate, one for each piece with the speaker of the piece
before it, and one for each with that of two pieces before and another between. Sums over all
labellings are exact. As pairs and turns score by sameness alone, work grows with the square of the
number of candidates, not with its cube, and linearly with the number of pieces.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

__all__ = ["Chain", "held"]

_IMPOSSIBLE = -1e9
_LEAST = 1e-300

Floats = NDArray[np.float64]


@frozen(eq=False)
class Chain:
    """Who may speak each piece of a chain.

    Attributes:
        candidates: For each piece, at least one member of the cast.
    """

    candidates: Sequence[Sequence[int]]
    _same: list[Floats] = field(init=False)  # candidate before × candidate here
    _back: list[Floats] = field(init=False)  # candidate two before × candidate here

    def __attrs_post_init__(self) -> None:
        labels = [np.array(members) for members in self.candidates]
        for name, offset in (("_same", 1), ("_back", 2)):
            tables = [np.zeros((1, len(own))) for own in labels[:offset]]
            for place in range(offset, len(labels)):
                equal = labels[place - offset][:, None] == labels[place][None]
                tables.append(equal.astype(float))
            object.__setattr__(self, name, tables)

    def __len__(self) -> int:
        return len(self.candidates)

    def shares(self, scores: Sequence[Floats], same: Floats, turn: Floats) -> list[Floats]:
        """Return for each piece the probability of each candidate, over all labellings.

        Args:
            scores: For each piece, the score of each candidate.
            same: For each piece, the score of having the speaker before.
            turn: For each piece, the score of having the speaker two before, another between.
        """
        steps = [row[None] + same[n] * self._same[n] for n, row in enumerate(scores)]
        turns = np.exp(turn)
        ahead = [steps[0]]
        for place in range(1, len(self)):
            powers, top = _powers(ahead[-1])
            turned = (powers.T @ self._back[place]) * (1 - self._same[place])
            ahead.append(_joined(powers.sum(axis=0)[:, None], turned, turns[place]) + top)
            ahead[-1] = ahead[-1] + steps[place]
        behind = np.zeros_like(ahead[-1])
        found: list[Floats] = []
        for place in range(len(self) - 1, -1, -1):
            powers, _ = _powers(ahead[place] + behind)
            found.append(powers.sum(axis=0) / powers.sum())
            powers, top = _powers(steps[place] + (behind if place else 0.0))
            turned = self._back[place] @ (powers * (1 - self._same[place])).T
            behind = _joined(powers.sum(axis=1)[None], turned, turns[place]) + top
        return found[::-1]


def held(scores: Floats, known: int) -> Floats:
    """Return the scores of one piece with every candidate but one made impossible.

    Args:
        scores: The scores.
        known: Place of the one.
    """
    kept = np.full_like(scores, _IMPOSSIBLE)
    kept[known] = scores[known]
    return kept


def _powers(values: Floats) -> tuple[Floats, float]:
    """Return exponentials, the highest of them one, and what was taken off before."""
    top = float(values.max())
    return np.exp(values - top), top


def _joined(total: Floats, turned: Floats, weight: float) -> Floats:
    """Return the logarithm of a sum of which a part is weighed otherwise."""
    joined: Floats = np.log(np.maximum(total - turned + weight * turned, _LEAST))
    return joined
