"""Who takes part in the talk around a piece, going by a first guess at each piece's speaker."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from quotecraft.speakers.cast.evidence import Features
from quotecraft.speakers.cast.pieces import Piece

__all__ = ["with_talk"]

_REACH = 8  # pieces on either side
_FADING = 0.85  # how much less each piece further away counts
_SILENT = 0.05
_LEAST_USES = 0.5  # expected other uses of a form of address that make a habit

Shares = Sequence[Mapping[int, float]]


def with_talk(
    pieces: Sequence[Piece], features: Sequence[Mapping[int, Features]], guesses: Shares
) -> list[list[Features]]:
    """Return the candidates' features with what the first guesses at the other pieces add.

    Args:
        pieces: The pieces.
        features: For each piece, the features of each candidate.
        guesses: For each piece, the probability of each candidate by its own features alone.
    """
    totals: dict[int, float] = defaultdict(float)
    habits: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for piece, guess in zip(pieces, guesses, strict=True):
        for member, share in guess.items():
            totals[member] += share
            for noun in piece.addresses:
                habits[noun][member] += share
    return [
        _with_talk(place, piece, features[place], guesses, totals, habits)
        for place, piece in enumerate(pieces)
    ]


def _with_talk(
    place: int,
    piece: Piece,
    features: Mapping[int, Features],
    guesses: Shares,
    totals: Mapping[int, float],
    habits: Mapping[str, Mapping[int, float]],
) -> list[Features]:
    spoken: dict[int, float] = defaultdict(float)
    for other in range(max(0, place - _REACH), min(len(guesses), place + _REACH + 1)):
        if other != place:
            for member, share in guesses[other].items():
                spoken[member] += share * _FADING ** abs(other - place)
    leading = sorted(spoken, key=lambda member: -spoken[member])[:2]
    result = []
    for member, own in features.items():
        added: Features = {
            **own,
            "talks": spoken[member],
            "talks-in-all": math.log1p(max(0.0, totals[member] - guesses[place][member])),
        }
        for rank, name in enumerate(("talks-most", "talks-second")):
            if leading[rank : rank + 1] == [member]:
                added[name] = 1.0
        if spoken[member] < _SILENT:
            added["silent"] = 1.0
        habit = [_habit(habits[noun], guesses[place], member) for noun in piece.addresses]
        if any(habit):
            added["address-habit"] = max(habit)
        result.append(added)
    return result


def _habit(uses: Mapping[int, float], guess: Mapping[int, float], member: int) -> float:
    """Return the share of the other uses of a form of address that are a member's."""
    rest = sum(uses.values()) - 1
    own = uses.get(member, 0.0) - guess.get(member, 0.0)
    return max(0.0, own / rest) if rest > _LEAST_USES else 0.0
