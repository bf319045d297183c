"""Shares corrected for the measured errors of what sorted people into classes.

Whoever has labelled a sample by hand knows how often a true class is taken for another. That
matrix turns the shares that were found into estimates of the true ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from quotecraft.analysis._scipy import optimize
from quotecraft.analysis.intervals import LEVEL, NO_INTERVAL, Interval
from quotecraft.errors import InputError

__all__ = ["SAMPLES", "SEED", "Corrected", "ErrorRates", "corrected_shares", "rogan_gladen"]

SAMPLES = 2000
SEED = 12345

_Floats = NDArray[np.float64]


def _counts(counts: Mapping[tuple[str, str], int]) -> Mapping[tuple[str, str], int]:
    return dict(counts)


@frozen
class ErrorRates:
    """How a hand-labelled sample of people was sorted.

    Attributes:
        counts: (true class, class found) to the number of people. The class found may be "unknown";
            so the people that nothing was found for are corrected for as well.
        truths: The true classes, sorted.
        found: The classes found, sorted.

    Raises:
        InputError: If a count is negative, fewer than two true classes have people, or a class
            found was never a true class nor "unknown".
    """

    counts: Mapping[tuple[str, str], int] = field(converter=_counts)
    truths: tuple[str, ...] = field(init=False)
    found: tuple[str, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        if any(number < 0 for number in self.counts.values()):
            raise InputError("error rates are counts of people; none may be negative")
        truths = sorted({true for (true, _), number in self.counts.items() if number})
        if len(truths) < 2:
            raise InputError("error rates need people of at least two true classes")
        object.__setattr__(self, "truths", tuple(truths))
        object.__setattr__(self, "found", tuple(sorted({found for _, found in self.counts})))

    def matrix(self, found: Sequence[str]) -> _Floats:
        """Return the counts, a row for each class found, a column for each true class."""
        rows = [[self.counts.get((true, name), 0) for true in self.truths] for name in found]
        return np.array(rows, dtype=np.float64)


@frozen
class Corrected:
    """An estimate of a true share.

    Attributes:
        share: The estimate.
        interval: Its interval.
    """

    share: float
    interval: Interval


def rogan_gladen(apparent: float, sensitivity: float, specificity: float) -> float:
    """Return the true share of a class from the share that a test finds.

    Rogan and Gladen (1978), "Estimating Prevalence from the Results of a Screening Test", American
    Journal of Epidemiology 107(1), 71–76; kept within [0, 1].

    Args:
        apparent: Share that the test finds.
        sensitivity: Share of the class that the test finds, in [0, 1].
        specificity: Share of the others that it leaves, in [0, 1].

    Raises:
        InputError: If the test is no better than chance (sensitivity + specificity ≤ 1).
    """
    power = sensitivity + specificity - 1
    if power <= 0:
        raise InputError("sensitivity and specificity must sum to more than 1: it tells nothing")
    return min(1.0, max(0.0, (apparent + specificity - 1) / power))


def solve(matrix: _Floats, shares: _Floats) -> _Floats:
    """Return the true shares that explain those found best: least squares, none negative, sum 1.

    The matrix method (Buonaccorsi 2010, "Measurement Error", chapter 2); so constrained, Hopkins
    and King (2010), American Journal of Political Science 54(1), 229–247. With two classes and none
    unknown it is Rogan and Gladen's estimate.

    Args:
        matrix: P(found | true), a row for each class found; columns sum to 1.
        shares: Shares found, summing to 1.

    Raises:
        MissingExtraError: If SciPy is not installed.
    """
    weight = 1e4  # of the condition that the shares sum to 1
    system = np.vstack([matrix, np.full(matrix.shape[1], weight)])
    solution, _ = optimize().nnls(system, np.append(shares, weight))
    result: _Floats = solution / solution.sum()
    return result


def corrected_shares(
    amounts: _Floats,
    found: Sequence[str],
    rates: ErrorRates,
    *,
    samples: int = SAMPLES,
    seed: int = SEED,
    level: float = LEVEL,
) -> dict[str, Corrected]:
    """Return the estimated true share of each true class, with a bootstrap interval.

    Both samples vary: articles are drawn with replacement, and each true class of the hand-labelled
    sample is drawn from a Dirichlet distribution with Jeffreys' prior over its row (Gustafson 2003,
    "Measurement Error and Misclassification in Statistics and Epidemiology", on why both count).

    Args:
        amounts: Amount by article (rows) and class found (columns).
        found: The classes found, the columns' names.
        rates: The measured errors.
        samples: Number of draws.
        seed: Their seed.
        level: Level of the intervals.

    Returns:
        True class to its share; without bounds for fewer than two articles.

    Raises:
        InputError: If a class was found that the error rates don't know.
        MissingExtraError: If SciPy is not installed.
    """
    unknown = sorted(set(found) - set(rates.found))
    if unknown:
        raise InputError(f"the error rates know nothing of the class {unknown[0]!r}; label some")
    names = rates.found
    table = np.zeros((len(amounts), len(names)))
    for place, name in enumerate(found):
        table[:, names.index(name)] += amounts[:, place]
    table = table[table.sum(axis=1) > 0]
    confusion = rates.matrix(names)
    estimate = solve(confusion / confusion.sum(axis=0), table.sum(axis=0) / table.sum())
    if len(table) < 2:
        return {
            t: Corrected(float(s), NO_INTERVAL) for t, s in zip(rates.truths, estimate, strict=True)
        }
    drawn = _draws(table, confusion, samples, seed)
    tails = (50 * (1 - level), 50 * (1 + level))
    bounds = np.percentile(drawn, tails, axis=0)
    return {
        true: Corrected(float(estimate[n]), Interval(float(bounds[0, n]), float(bounds[1, n])))
        for n, true in enumerate(rates.truths)
    }


def _draws(table: _Floats, confusion: _Floats, samples: int, seed: int) -> _Floats:
    generator = np.random.Generator(np.random.PCG64(seed))
    articles = len(table)
    chances = np.full(articles, 1 / articles)
    drawn = np.empty((samples, confusion.shape[1]))
    for place in range(samples):
        totals = generator.multinomial(articles, chances) @ table
        columns = [generator.dirichlet(column + 0.5) for column in confusion.T]
        drawn[place] = solve(np.array(columns).T, totals / totals.sum())
    return drawn
