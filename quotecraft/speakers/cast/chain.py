"""The most probable speakers of a whole chain of pieces: a conditional random field.

Lafferty, McCallum and Pereira (2001), "Conditional Random Fields", ICML. The score of a labelling
is the sum of a score for each piece and candidate, one for each piece with the speaker of the piece
before it, and one for each with that of two pieces before and another between. Sums over all
labellings are exact; work is linear in the number of pieces.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

__all__ = ["Chain", "Sums"]

Floats = NDArray[np.float64]


@frozen(eq=False)
class Sums:
    """What all labellings of a chain sum up to.

    Attributes:
        log: Logarithm of the sum of the exponentials of their scores.
        shares: For each piece, the probability of each candidate.
        same: For each piece, the probability that it has the speaker of the one before.
        turn: For each piece, that it has the speaker two before and not the one before.
    """

    log: float
    shares: list[Floats]
    same: Floats
    turn: Floats


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
            tables = [np.zeros((1, 1))] * min(offset, len(labels))
            for place in range(offset, len(labels)):
                equal = labels[place - offset][:, None] == labels[place][None]
                tables.append(equal.astype(float))
            object.__setattr__(self, name, tables)

    def __len__(self) -> int:
        return len(self.candidates)

    def pairs(self, members: Sequence[int]) -> tuple[Floats, Floats]:
        """Return for each piece of one labelling whether it has the same speaker, or a turn."""
        same, turn = np.zeros(len(self)), np.zeros(len(self))
        for place in range(1, len(self)):
            same[place] = members[place] == members[place - 1]
            if place > 1 and not same[place]:
                turn[place] = members[place] == members[place - 2]
        return same, turn

    def sums(self, scores: Sequence[Floats], same: Floats, turn: Floats) -> Sums:
        """Return what all labellings sum up to, by the forward and backward recursions.

        Args:
            scores: For each piece, the score of each candidate.
            same: For each piece, the score of having the speaker before.
            turn: For each piece, the score of having the speaker two before, another between.
        """
        ahead = self._forward(scores, same, turn)
        total = float(_log_sum(ahead[-1].ravel(), 0))
        back = np.zeros_like(ahead[-1])
        shares = [np.zeros(0)] * len(self)
        kept, taken = np.zeros(len(self)), np.zeros(len(self))
        for place in range(len(self) - 1, -1, -1):
            joint = np.exp(ahead[place] + back - total)
            shares[place] = joint.sum(axis=0)
            if place == 0:
                break
            kept[place] = (joint * self._same[place]).sum()
            step = scores[place][None] + same[place] * self._same[place] + back
            if place == 1:
                back = _log_sum(step, 1)[None]
                continue
            turns = self._turn(place)
            moves = turn[place] * turns + step[None]
            both = np.exp(ahead[place - 1][:, :, None] + moves - total)
            taken[place] = (both * turns).sum()
            back = _log_sum(moves, 2)
        return Sums(total, shares, kept, taken)

    def best(self, scores: Sequence[Floats], same: Floats, turn: Floats) -> list[int]:
        """Return the candidate of each piece in the labelling with the highest score (Viterbi).

        Args:
            scores: For each piece, the score of each candidate.
            same: For each piece, the score of having the speaker before.
            turn: For each piece, the score of having the speaker two before, another between.
        """
        if len(self) == 0:
            return []
        highest = scores[0][None]
        origins: list[NDArray[np.intp]] = []
        for place in range(1, len(self)):
            step = scores[place][None] + same[place] * self._same[place]
            if place == 1:
                highest = highest[0][:, None] + step
                continue
            moves = highest[:, :, None] + turn[place] * self._turn(place)
            origins.append(moves.argmax(axis=0))
            highest = moves.max(axis=0) + step
        before, here = np.unravel_index(highest.argmax(), highest.shape)
        found = [int(here)] if len(self) == 1 else [int(here), int(before)]
        for origin in origins[::-1]:
            found.append(int(origin[found[-1], found[-2]]))
        return found[::-1]

    def _turn(self, place: int) -> Floats:
        """Return where the speaker is that of two before and not the one before."""
        return self._back[place][:, None, :] * (1 - self._same[place])[None]

    def _forward(self, scores: Sequence[Floats], same: Floats, turn: Floats) -> list[Floats]:
        ahead = [scores[0][None]]
        for place in range(1, len(self)):
            step = scores[place][None] + same[place] * self._same[place]
            if place == 1:
                ahead.append(ahead[0][0][:, None] + step)
                continue
            moves = ahead[-1][:, :, None] + turn[place] * self._turn(place)
            ahead.append(_log_sum(moves, 0) + step)
        return ahead


def _log_sum(values: Floats, axis: int) -> Floats:
    """Return the logarithm of the sum of exponentials along an axis."""
    top = values.max(axis=axis, keepdims=True)
    total: Floats = np.log(np.exp(values - top).sum(axis=axis, keepdims=True)) + top
    return total.squeeze(axis=axis)
