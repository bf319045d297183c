"""In what manner a turn is said, and how alike two turns are in it.

Within one conversation people keep their parts: who asks goes on asking, who says "sir" says it
again, who makes speeches makes longer ones, and everybody comes back to their own subject, while
an answer takes up words of the turn right before.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.speakers.units import Turn
from quotecraft.speakers.vocatives import ADDRESSES
from quotecraft.speakers.words import Words

__all__ = ["LIKENESS", "Manner", "likenesses", "manner_of"]

LIKENESS: Final = ("asks", "tells", "parts", "exclaims", "calls", "length", "subject", "echo")
"""Names of what ``likenesses`` returns, in order."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_LONGEST = 2_000  # characters of a turn that are looked at

Floats = NDArray[np.float32]


@frozen(eq=False)
class Manner:
    """The manner of one turn.

    Attributes:
        asks: Whether it ends with a question.
        exclaims: Whether it ends with an exclamation.
        calls: Whom it addresses: entities by ``id``, and forms such as "sir".
        length: Logarithm of its characters.
        words: Its longer words.
    """

    asks: bool
    exclaims: bool
    calls: frozenset[int | str]
    length: float
    words: frozenset[str]


def manner_of(words: Words, turn: Turn) -> Manner:
    """Return the manner of a turn, and keep it with the turn.

    Args:
        words: The words of the document.
        turn: The turn.
    """
    if turn.manner is None:
        turn.manner = _read(words, turn)
    return turn.manner


def _read(words: Words, turn: Turn) -> Manner:
    said = " ".join(words.text[unit.start : unit.end] for unit in turn.units if not unit.nested)
    ending = said[-4:]
    said = said[:_LONGEST].lower()
    longer = _WORD.findall(said)
    calls: set[int | str] = {id(entity) for unit in turn.units for entity in unit.vocatives}
    calls.update(form for form in ADDRESSES if form in said)
    return Manner(
        "?" in ending, "!" in ending, frozenset(calls), math.log1p(len(said)), frozenset(longer)
    )


def likenesses(now: Manner, others: Sequence[Manner]) -> Floats:
    """Return how alike a turn is to each of some others, (turns, ``LIKENESS``).

    Args:
        now: The turn.
        others: The turns before it, the latest first.
    """
    made = np.zeros((len(others), len(LIKENESS)), np.float32)
    usual = sum(other.length for other in others) / len(others) if others else 0.0
    for k, other in enumerate(others):
        shared = len(now.words & other.words)
        overlap = shared / math.sqrt(len(now.words) * len(other.words)) if shared else 0.0
        made[k] = (
            now.asks and other.asks,
            not now.asks and not other.asks,
            now.asks != other.asks,
            now.exclaims and other.exclaims,
            bool(now.calls & other.calls),
            (now.length - usual) * (other.length - usual),
            overlap if k else 0.0,
            0.0 if k else overlap,
        )
    return made
