"""Measures confidences on novels by other authors: of patterns, and as a search checks itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.speakers.decision import Decider
from quotecraft.speakers.trust import Check, Trust

__all__ = ["TRUSTED", "Answer", "confidences", "fit_trust", "measure_patterns"]

TRUSTED = ("implicit:again", "pronoun:again")
_STEEPEST = 3.0  # slope
_HALVINGS = 30
_PRIOR_CASES = 20  # quotations that a prior counts for against measured ones
_SUREST = 0.995  # of any pattern
_ROUNDS = 10  # in which the usual shortfall, to which small checks draw, settles

Floats = NDArray[np.float64]


@frozen
class Answer:
    """One quotation whose speaker was found in a novel that nothing was learned from.

    Attributes:
        author: Who wrote the novel.
        check: What the search found about itself in the novel.
        situation: The pattern of its link and ``":again"``, such as ``"implicit:again"``.
        confidence: How sure it was, in [0, 1], before any correction by the check.
        right: Whether the speaker is the gold one.
    """

    author: str
    check: Check
    situation: str
    confidence: float
    right: bool


def fit_trust(answers: Sequence[Answer]) -> Trust:
    """Return the slopes under which the answers are likeliest; every author counts alike.

    Args:
        answers: Answers in novels by several authors.
    """
    ranked = [answer for answer in answers if answer.situation in TRUSTED]
    if not ranked:
        return Trust()
    usual = 0.0
    for _ in range(_ROUNDS):
        usual = sum(answer.check.shortfall(usual) for answer in ranked) / len(ranked)
    slopes: dict[str, float] = {}
    for situation in TRUSTED:
        chosen = [answer for answer in ranked if answer.situation == situation]
        if chosen:
            slopes[situation] = round(_slope(chosen, usual), 2)
    return Trust(round(usual, 3), slopes)


def confidences(answers: Sequence[Answer]) -> list[tuple[float, bool]]:
    """Return confidence and verdict of each answer, corrected by what other authors taught.

    Args:
        answers: Answers in novels by several authors.
    """
    authors = {answer.author for answer in answers}
    trusts = {one: fit_trust([a for a in answers if a.author != one]) for one in authors}
    return [
        (trusts[a.author].corrected(a.situation, a.confidence, a.check), a.right) for a in answers
    ]


def measure_patterns(
    answers: Sequence[Answer], priors: Mapping[str, float], used: Decider
) -> dict[str, float]:
    """Return the probability of each pattern: its prior, corrected by what was measured.

    A link that goes on from another one counts for as much as that one was sure.

    Args:
        answers: Answers in novels.
        priors: How often each pattern to be measured is thought right.
        used: Whose probabilities of patterns stand in the confidences of the answers.
    """
    found: dict[str, float] = {}
    for name, prior in priors.items():
        linked = [answer for answer in answers if answer.situation == f"{name}:again"]
        sure = sum(answer.confidence for answer in linked) / used.pattern(name)
        right = sum(answer.right for answer in linked)
        share = (right + prior * _PRIOR_CASES) / (sure + _PRIOR_CASES)
        found[name] = round(min(share, _SUREST), 3)
    return found


def _slope(answers: Sequence[Answer], usual: float) -> float:
    """Return the slope in [0, 3] at which the likelihood, which is concave, is greatest."""
    sizes = Counter(answer.author for answer in answers)
    weights = np.array([1 / sizes[answer.author] for answer in answers])
    edged = np.clip([answer.confidence for answer in answers], 0.005, 0.995)
    odds: Floats = np.log(edged / (1 - edged))
    rises = np.array([usual - answer.check.shortfall(usual) for answer in answers])
    right = np.array([answer.right for answer in answers], dtype=float)
    low, high = 0.0, _STEEPEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        shares = 1 / (1 + np.exp(-(odds + middle * rises)))
        if float(np.sum(weights * rises * (right - shares))) > 0:
            low = middle
        else:
            high = middle
    return low
