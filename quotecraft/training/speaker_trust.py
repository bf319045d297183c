"""Measures confidences on novels by other authors: of patterns, and as a search checks itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.speakers.decision import Decider
from quotecraft.speakers.trust import Check, Trust

__all__ = ["TRUSTED", "Answer", "confidences", "fit_trust", "measure_patterns"]

TRUSTED = ("implicit:again", "pronoun:again")
_STEEPEST = 3.0  # slope
_HALVINGS = 14  # of the slope's range: finer than it is rounded to
_PRIORS = (25.0, 50.0, 100.0, 200.0, 400.0)  # named turns, of which the best is taken
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
    """Return the trust under which the answers are likeliest; every author counts alike.

    How many named turns the usual shortfall counts for is chosen by leaving out author by author.

    Args:
        answers: Answers in novels by several authors.
    """
    ranked = [answer for answer in answers if answer.situation in TRUSTED]
    if not ranked:
        return Trust()
    tables = {situation: _Table.of(ranked, situation) for situation in TRUSTED}
    best = min(_PRIORS, key=lambda prior: _left_out(tables, prior))
    return _fit(tables, best)


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


@frozen(eq=False)
class _Table:
    """The answers of one situation, as columns.

    Attributes:
        checks: The checks of the documents.
        document: For each answer, the place of its check.
        author: For each answer, the number of its author.
        odds: How sure each was, in log-odds.
        right: Whether each is right.
    """

    checks: Sequence[Check]
    document: NDArray[np.int64]
    author: NDArray[np.int64]
    odds: Floats
    right: Floats

    @classmethod
    def of(cls, answers: Sequence[Answer], situation: str) -> _Table:
        authors = sorted({answer.author for answer in answers})
        chosen = [answer for answer in answers if answer.situation == situation]
        checks: dict[tuple[int, float, int], Check] = {}
        for answer in chosen:
            checks.setdefault(_key(answer.check), answer.check)
        places = {key: place for place, key in enumerate(checks)}
        edged = np.clip([answer.confidence for answer in chosen], 0.005, 0.995)
        return cls(
            list(checks.values()),
            np.array([places[_key(answer.check)] for answer in chosen], dtype=np.int64),
            np.array([authors.index(answer.author) for answer in chosen], dtype=np.int64),
            np.log(edged / (1 - edged)),
            np.array([answer.right for answer in chosen], dtype=float),
        )

    def only(self, kept: NDArray[np.bool_]) -> _Table:
        """Return some of the answers."""
        return _Table(
            self.checks,
            self.document[kept],
            self.author[kept],
            self.odds[kept],
            self.right[kept],
        )

    def rises(self, usual: float, prior: float) -> Floats:
        """Return by how much each document's check stays below the usual shortfall."""
        rise = np.array([usual - check.shortfall(usual, prior) for check in self.checks])
        return rise[self.document]

    def weights(self) -> Floats:
        """Return weights under which every author counts alike."""
        counts = np.bincount(self.author, minlength=1)
        weights: Floats = 1 / counts[self.author]
        return weights

    def losses(self, slope: float, usual: float, prior: float) -> Floats:
        """Return minus the log of the probability of what each answer turned out to be."""
        shares = 1 / (1 + np.exp(-(self.odds + slope * self.rises(usual, prior))))
        met = np.where(self.right > 0, shares, 1 - shares)
        losses: Floats = -np.log(np.clip(met, 1e-9, 1.0))
        return losses


def _key(check: Check) -> tuple[int, float, int]:
    return check.count, check.expected, check.right


def _fit(tables: Mapping[str, _Table], prior: float) -> Trust:
    """Return the likeliest trust with a prior: the usual shortfall is the mean over answers."""
    counted = [
        (check, int(count))
        for table in tables.values()
        for check, count in zip(
            table.checks, np.bincount(table.document, minlength=len(table.checks)), strict=True
        )
    ]
    total = max(1, sum(count for _, count in counted))
    usual = 0.0
    for _ in range(_ROUNDS):
        usual = sum(n * check.shortfall(usual, prior) for check, n in counted) / total
    slopes = {
        situation: round(_slope(table, usual, prior), 2)
        for situation, table in tables.items()
        if len(table.right)
    }
    return Trust(round(usual, 3), slopes, prior)


def _left_out(tables: Mapping[str, _Table], prior: float) -> float:
    """Return the mean loss over authors, each judged by what the others teach."""
    authors = sorted({int(number) for table in tables.values() for number in table.author})
    total = 0.0
    for author in authors if len(authors) > 1 else ():
        others = {name: table.only(table.author != author) for name, table in tables.items()}
        trust = _fit(others, prior)
        own = [
            table.only(table.author == author).losses(
                trust.slopes.get(name, 0.0), trust.usual, prior
            )
            for name, table in tables.items()
        ]
        total += float(np.mean(np.concatenate(own)))
    return total


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


def _slope(table: _Table, usual: float, prior: float) -> float:
    """Return the slope in [0, 3] at which the likelihood, which is concave, is greatest."""
    weights, rises = table.weights(), table.rises(usual, prior)
    low, high = 0.0, _STEEPEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        shares = 1 / (1 + np.exp(-(table.odds + middle * rises)))
        if float(np.sum(weights * rises * (table.right - shares))) > 0:
            low = middle
        else:
            high = middle
    return low
