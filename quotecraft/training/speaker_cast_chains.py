"""The likelihood of gold speakers in many chains at once, and its slope, with PyTorch.

The same conditional random field as ``quotecraft.speakers.cast.chain``; there the sums of one chain
are what is wanted, here their slope, over thousands of chains and hundreds of steps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from attrs import frozen
from numpy.typing import NDArray
from torch import Tensor

__all__ = ["Chains"]

_IMPOSSIBLE = -1e9
_LEAST = 1e-30

Floats = NDArray[np.float64]
Labels = Sequence[Sequence[Sequence[int]]]


@frozen(eq=False)
class Chains:
    """Chains of like length, padded to one.

    Attributes:
        members: The candidates, (chains, pieces, candidates); padding has a label of its own.
        cells: Where in them each candidate stands, all chains one after the other.
        rows: Where each piece stands, (chains * pieces).
        free: Added to candidates' scores: 0, or very little where there is none.
        fixed: The same, and very little for all but the gold speaker where known.
    """

    members: Tensor
    cells: Tensor
    rows: Tensor
    free: Tensor
    fixed: Tensor

    @classmethod
    def of(cls, candidates: Labels, gold: Sequence[Sequence[int | None]]) -> Chains:
        """Pad some chains.

        Args:
            candidates: For each chain, for each piece, who may speak it.
            gold: For each chain, for each piece, who does; ``None`` where not known.
        """
        longest = max(map(len, candidates))
        most = max(len(members) for chain in candidates for members in chain)
        shape = (len(candidates), longest, most)
        members = -1 - np.arange(np.prod(shape)).reshape(shape)
        free, fixed = np.full(shape, _IMPOSSIBLE), np.full(shape, _IMPOSSIBLE)
        there = np.zeros(shape, dtype=bool)
        for number, (chain, speakers) in enumerate(zip(candidates, gold, strict=True)):
            for place, own in enumerate(chain):
                members[number, place, : len(own)] = own
                there[number, place, : len(own)] = True
                free[number, place, : len(own)] = 0.0
                right = [n for n, member in enumerate(own) if member == speakers[place]]
                fixed[number, place, right or range(len(own))] = 0.0
        for table in (free, fixed):
            table[..., 0][~there[..., 0]] = 0.0
        return cls(
            torch.from_numpy(members),
            torch.from_numpy(np.flatnonzero(there)),
            torch.from_numpy(np.flatnonzero(there[..., 0])),
            torch.from_numpy(free).float(),
            torch.from_numpy(fixed).float(),
        )

    def loss(self, member: Floats, same: Floats, turn: Floats) -> tuple[float, list[Floats]]:
        """Return minus the log-likelihood of the gold speakers, and its slope.

        Args:
            member: The score of each candidate of each piece, all chains one after the other.
            same: For each piece, the score of having the speaker before.
            turn: For each piece, the score of having the speaker two before, another between.
        """
        scores = [torch.tensor(one, dtype=torch.float32) for one in (member, same, turn)]
        for one in scores:
            one.requires_grad_()
        shape = self.free.shape
        own = torch.zeros(self.free.numel()).index_put((self.cells,), scores[0]).view(shape)
        pairs = [
            torch.zeros(shape[0] * shape[1]).index_put((self.rows,), one).view(shape[:2])
            for one in scores[1:]
        ]
        free, fixed = (self._log_sums(own + mask, *pairs) for mask in (self.free, self.fixed))
        total = (free - fixed).sum()
        total.backward()  # type: ignore[no-untyped-call]
        slopes = [torch.zeros_like(s) if s.grad is None else s.grad for s in scores]
        return float(total.detach()), [slope.double().numpy() for slope in slopes]

    def _log_sums(self, scores: Tensor, same: Tensor, turn: Tensor) -> Tensor:
        """Return for each chain the logarithm of the sum over all labellings."""
        ahead, total = scores[:, :1], torch.zeros(len(scores))
        for place in range(1, scores.shape[1]):
            top = ahead.detach().amax((1, 2), keepdim=True)
            total = total + top[:, 0, 0]
            powers = (ahead - top).exp()
            equal = self._equal(place, 1)
            back = self._equal(place, 2) if place > 1 else torch.zeros_like(powers)
            turned = (powers.transpose(1, 2) @ back) * (1 - equal)
            joined = powers.sum(1)[:, :, None] - turned
            joined = joined + turn[:, place].exp()[:, None, None] * turned
            ahead = scores[:, place][:, None] + same[:, place][:, None, None] * equal
            ahead = ahead + joined.clamp_min(_LEAST).log()
        return total + ahead.flatten(1).logsumexp(1)

    def _equal(self, place: int, offset: int) -> Tensor:
        before, here = self.members[:, place - offset], self.members[:, place]
        return (before[:, :, None] == here[:, None]).float()
