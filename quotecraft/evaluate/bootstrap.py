"""Intervals and significance, by resampling whole documents.

Quotes of one article are not independent, so documents are drawn, never quotes. Koehn (2004),
"Statistical Significance Tests for Machine Translation Evaluation". A resample is a vector that
says how often each document was drawn; times the table of counts it gives all sums at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quotecraft.evaluate.metrics import Counts, Metric

__all__ = ["LEVEL", "draws", "intervals", "paired_test"]

LEVEL = 0.95  # of the intervals


def draws(documents: int, samples: int, seed: int) -> NDArray[np.float64]:
    """Return how often each document is drawn in each resample.

    Args:
        documents: Number of documents; as many are drawn, with replacement.
        samples: Number of resamples.
        seed: Seed of NumPy's PCG64 generator; the same seed gives the same draws.

    Returns:
        An array of shape (samples, documents).
    """
    if documents == 0:
        return np.zeros((samples, 0))
    generator = np.random.Generator(np.random.PCG64(seed))
    chances = np.full(documents, 1 / documents)
    return generator.multinomial(documents, chances, size=samples).astype(np.float64)


def intervals(
    metric: Metric, counts: Counts, drawn: NDArray[np.float64]
) -> dict[str, tuple[float, float]]:
    """Return the percentile interval of each score of a metric.

    Args:
        metric: The metric.
        counts: Its counts, one row a document.
        drawn: The resamples, from ``draws``.

    Returns:
        For each score, the lower and upper bound; NaN where no resample had anything to score.
    """
    bounds = {}
    for name, values in metric.values(drawn @ counts).items():
        known = values[~np.isnan(values)]
        tails = (100 * (1 - LEVEL) / 2, 100 * (1 + LEVEL) / 2)
        low, high = np.percentile(known, tails) if len(known) else (np.nan, np.nan)
        bounds[name] = (float(low), float(high))
    return bounds


def paired_test(
    metric: Metric, baseline: Counts, system: Counts, drawn: NDArray[np.float64]
) -> tuple[float, float]:
    """Return the difference of a metric's main score and its two-sided p-value.

    Both systems are resampled alike. The p-value is the share of resamples whose difference lies at
    least as far from the real difference as that lies from 0, counting the real one in:
    (1 + k) / (1 + n). Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapter 16.

    Args:
        metric: The metric.
        baseline: Counts of the one system, one row a document.
        system: Counts of the other, for the same documents in the same order.
        drawn: The resamples, from ``draws``.
    """
    before, after = (
        np.concatenate(([_main(metric, counts.sum(axis=0))], _main(metric, drawn @ counts)))
        for counts in (baseline, system)
    )
    difference, *resampled = after - before
    known = np.array(resampled)[~np.isnan(resampled)]
    if np.isnan(difference) or not len(known):
        return float("nan"), float("nan")
    extreme = np.abs(known - difference) >= abs(difference) - 1e-12
    return float(difference), float((1 + extreme.sum()) / (1 + len(known)))


def _main(metric: Metric, totals: Counts) -> NDArray[np.float64]:
    return np.asarray(metric.values(totals)[metric.main], dtype=np.float64)
