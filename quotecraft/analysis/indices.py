"""Indices of diversity, and what their small-sample bias is corrected by.

A sample misses rare voices, so that indices worked out from it tell too little diversity, and the
less the sample covers the more so. Resampling articles can't tell what the sample lacks: percentile
bootstrap intervals of these indices miss the truth nearly always (in our simulation, which
``tests/analysis/test_coverage.py`` repeats in small, they held it in 0 to 85 % of cases at a level
of 95 %). Hence jackknives over articles, and where too little is covered no interval.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal

import numpy as np
from attrs import frozen
from numpy.typing import ArrayLike, NDArray

from quotecraft.analysis.counts import Counts
from quotecraft.analysis.intervals import LEVEL, NO_INTERVAL, Interval, student
from quotecraft.errors import InputError

__all__ = [
    "Estimate",
    "Incidence",
    "chao2",
    "gini",
    "hill",
    "jackknife_shannon",
    "pair_concentration",
    "shannon",
    "simpson",
]

_Floats = NDArray[np.float64]
Correction = Literal["miller-madow", "chao-shen"]


def _positive(amounts: ArrayLike) -> _Floats:
    array = np.asarray(amounts, dtype=np.float64)
    if (array < 0).any():
        raise InputError("amounts are counts; none may be negative")
    return array[array > 0]


def shannon(amounts: ArrayLike, correction: Correction | None = None) -> float:
    """Return Shannon's entropy in nats: Shannon (1948), Bell System Technical Journal 27, 379–423.

    Args:
        amounts: Amount of each speaker.
        correction: ``"miller-madow"`` adds (S - 1) / 2n (Miller 1955, "Note on the bias of
            information estimates"); ``"chao-shen"`` weighs by coverage (Chao and Shen 2003,
            Environmental and Ecological Statistics 10, 429–443). Both take amounts for independent
            observations, which sources of different articles are about and words are not.

    Returns:
        The entropy; NaN without any amount.

    Raises:
        InputError: If an amount is negative or there is no such correction.
    """
    counts = _positive(amounts)
    total = float(counts.sum())
    if not total:
        return math.nan
    parts = counts / total
    if correction == "chao-shen":
        singles = int((counts == 1).sum())
        coverage = 1 - min(singles, total - 1) / total
        parts = coverage * parts
        return float(-(parts * np.log(parts) / (1 - (1 - parts) ** total)).sum())
    entropy = float(-(parts * np.log(parts)).sum())
    if correction == "miller-madow":
        return entropy + (len(counts) - 1) / (2 * total)
    if correction is not None:
        raise InputError(f"no correction {correction!r}; choose miller-madow or chao-shen")
    return entropy


def simpson(amounts: ArrayLike) -> float:
    """Return Simpson's index 1 - Σp²: Simpson (1949), Nature 163, 688; 1 minus Herfindahl's.

    It is the probability that two quotations drawn at random are by different speakers.
    """
    counts = _positive(amounts)
    return 1 - float(((counts / counts.sum()) ** 2).sum()) if len(counts) else math.nan


def hill(amounts: ArrayLike, order: float) -> float:
    """Return the effective number of speakers: Hill (1973), Ecology 54(2), 427–432.

    So many speakers, all heard alike, would be as diverse; Jost (2006), Oikos 113(2), 363–375,
    tells why this and not the entropy is what one may call diversity.

    Args:
        amounts: Amount of each speaker.
        order: 0 counts all speakers alike, 1 weighs them by their share (the exponential of
            Shannon's entropy), 2 favours those heard most (the inverse of Simpson's
            concentration).
    """
    counts = _positive(amounts)
    if not len(counts):
        return math.nan
    parts = counts / counts.sum()
    if order == 1:
        return math.exp(shannon(counts))
    return float((parts**order).sum() ** (1 / (1 - order)))


def gini(amounts: ArrayLike) -> float:
    """Return Gini's coefficient over the speakers who speak: 0 all alike, near 1 one speaks alone.

    Gini (1912), "Variabilità e mutabilità"; formula of Dixon et al. (1987), Ecology 68(5),
    1548–1551, without the correction for sample size.
    """
    counts = np.sort(_positive(amounts))
    size = len(counts)
    if not size:
        return math.nan
    ranks = np.arange(1, size + 1)
    return float((2 * ranks - size - 1) @ counts / (size * counts.sum()))


@frozen
class Incidence:
    """In how many articles each speaker occurs, as far as estimates of the unseen need it.

    Attributes:
        articles: Number of articles with any speaker.
        speakers: Number of speakers.
        total: Number of occurrences (a speaker in an article).
        once: Speakers in one article alone.
        twice: Speakers in two.
    """

    articles: int
    speakers: int
    total: int
    once: int
    twice: int

    @classmethod
    def of(cls, counts: Counts) -> Incidence:
        """Return the incidence of the values that are counted."""
        occurrences = np.bincount(counts.value, minlength=len(counts.values))
        return cls(
            articles=len(np.unique(counts.article)),
            speakers=int((occurrences > 0).sum()),
            total=int(occurrences.sum()),
            once=int((occurrences == 1).sum()),
            twice=int((occurrences == 2).sum()),
        )

    @property
    def coverage(self) -> float:
        """Estimated share of all occurrences that belongs to speakers who were seen.

        Chao and Jost (2012), Ecology 93(12), 2533–2547, for samples of incidence. NaN without any.
        """
        if not self.total:
            return math.nan
        more = (self.articles - 1) * self.once
        if self.twice:
            weight = more / (more + 2 * self.twice)
        elif self.once:
            fewer = (self.articles - 1) * (self.once - 1)
            weight = fewer / (fewer + 2)
        else:
            weight = 0.0
        return 1 - self.once / self.total * weight


def chao2(incidence: Incidence) -> float:
    """Return a lower bound for the number of speakers, unseen ones included.

    Chao (1987), Biometrics 43(4), 783–791, in the bias-corrected form.
    """
    if not incidence.articles:
        return math.nan
    shrink = (incidence.articles - 1) / incidence.articles
    pairs = incidence.once * (incidence.once - 1)
    return incidence.speakers + shrink * pairs / (2 * (incidence.twice + 1))


@frozen
class Estimate:
    """A corrected estimate and its interval.

    Attributes:
        value: The estimate; ``None`` with too few articles.
        interval: Its interval.
    """

    value: float | None
    interval: Interval


NO_ESTIMATE = Estimate(None, NO_INTERVAL)


def jackknife_shannon(counts: Counts, level: float = LEVEL) -> Estimate:
    """Return Shannon's entropy in nats, its bias removed by leaving out one article at a time.

    Zahl (1977), Ecology 58(4), 907–913; Heltshe and Forrester (1985), Ecology 66(1), 107–111, for
    samples that come in plots, as quotations come in articles. Interval by Student's distribution.
    """
    left = _LeftOut.of(counts)
    if left is None:
        return NO_ESTIMATE
    logs = left.sum_over_speakers(_xlogx)
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.log(left.totals) - logs / left.totals
    whole = shannon(counts.by_value())
    pseudo = left.articles * whole - (left.articles - 1) * each
    return _student(float(pseudo.mean()), pseudo, level, least=0.0)


def pair_concentration(counts: Counts, level: float = LEVEL) -> Estimate:
    """Return the logarithm of Simpson's concentration Σp², without bias, and its interval.

    The share of pairs from two different articles that are by the same speaker: a U-statistic
    (Hoeffding 1948, Annals of Mathematical Statistics 19(3), 293–325), which is unbiased however
    quotations cluster in articles, as Simpson's own n(n - 1) estimator is for independent ones. The
    standard error comes from leaving out one article at a time (Arvesen 1969, Annals of
    Mathematical Statistics 40(6), 2076–2100).
    """
    left = _LeftOut.of(counts)
    if left is None:
        return NO_ESTIMATE
    own_squares = np.bincount(counts.article, counts.amount**2, counts.articles)[left.places]
    own_totals = counts.by_article()[left.places] ** 2
    amounts = counts.by_value()
    total = float(amounts.sum())
    same = float(amounts @ amounts) - float(own_squares.sum())
    pairs = total**2 - float(own_totals.sum())
    if same <= 0:
        return NO_ESTIMATE
    whole = same / pairs
    squares = left.sum_over_speakers(np.square)
    with np.errstate(divide="ignore", invalid="ignore"):
        each = (squares - (own_squares.sum() - own_squares)) / (
            left.totals**2 - (own_totals.sum() - own_totals)
        )
    pseudo = (left.articles * whole - (left.articles - 1) * each) / whole
    return _student(math.log(whole), pseudo, level, most=0.0)


def _student(
    value: float,
    pseudo: _Floats,
    level: float,
    *,
    least: float = -math.inf,
    most: float = math.inf,
) -> Estimate:
    """Return an estimate with Student's interval of its pseudo-values, both kept in bounds."""
    articles = len(pseudo)
    if not math.isfinite(value) or not np.isfinite(pseudo).all():
        return NO_ESTIMATE
    half = student(articles - 1, level) * float(pseudo.std(ddof=1)) / math.sqrt(articles)
    low, high = (min(most, max(least, bound)) for bound in (value - half, value + half))
    return Estimate(min(most, max(least, value)), Interval(low, high))


def _xlogx(amounts: _Floats) -> _Floats:
    return amounts * np.log(np.where(amounts > 0, amounts, 1.0))


@frozen(eq=False)
class _LeftOut:
    """What remains when each article with anything is left out in turn."""

    counts: Counts
    places: NDArray[np.int64]
    totals: _Floats

    @classmethod
    def of(cls, counts: Counts) -> _LeftOut | None:
        by_article = counts.by_article()
        places = np.flatnonzero(by_article > 0)
        if len(places) < 3:
            return None
        return cls(counts, places, by_article.sum() - by_article[places])

    @property
    def articles(self) -> int:
        return len(self.places)

    def sum_over_speakers(self, function: Callable[[_Floats], _Floats]) -> _Floats:
        """Return, for each article left out, the function's sum over the speakers' amounts."""
        counts = self.counts
        amounts = counts.by_value()
        before = function(amounts)
        changed = function(amounts[counts.value] - counts.amount) - before[counts.value]
        change = np.bincount(counts.article, changed, counts.articles)[self.places]
        sums: _Floats = before.sum() + change
        return sums
