"""Gender balance of those who speak, with what is not known always in sight."""

from __future__ import annotations

from collections.abc import Collection as Sized
from collections.abc import Iterable

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.analysis.collection import Documents, collected
from quotecraft.analysis.columns import Value
from quotecraft.analysis.counts import ALL_COUNTS, Count, Counts, count
from quotecraft.analysis.gender_signs import (
    DEFAULT_GROUNDS,
    MEN,
    UNKNOWN,
    WOMEN,
    Ground,
    gender_of,
    is_counted,
)
from quotecraft.analysis.intervals import LEVEL, NO_INTERVAL, Interval, share_interval
from quotecraft.analysis.misclassification import (
    SAMPLES,
    SEED,
    Corrected,
    ErrorRates,
    corrected_shares,
)
from quotecraft.analysis.table import Percent, Table
from quotecraft.model.fields import amount

__all__ = ["GenderShare", "gender"]

METHOD = (
    "Gender as the text's pronouns and honorifics or an authority file tell it, never names. "
    "Intervals: Wilson's, articles being the unit (Korn and Graubard 1998). Bounds: with all "
    "unknown counted to others, and to this one (Manski 1989)."
)
_CORRECTED = " Corrected for measured errors by the matrix method (Rogan and Gladen 1978)."


@frozen
class GenderShare:
    """One gender's part in what persons say.

    Attributes:
        gender: "women", "men", what else the authority file names, and "unknown".
        counted: Sources, quotations or words.
        count: How many.
        total: How many of all persons, unknown gender included.
        share: ``count / total``.
        low: Lower bound of its interval.
        high: Upper bound.
        known_share: Part of those whose gender is known; ``None`` for the unknown.
        known_low: Lower bound of its interval.
        known_high: Upper bound.
        lower_bound: The share if nobody of the unknown were of this gender.
        upper_bound: The share if all of the unknown were.
        corrected: Estimated true share after correction for measured errors.
        corrected_low: Lower bound of its interval.
        corrected_high: Upper bound.
    """

    gender: str
    counted: Count
    count: int
    total: int
    share: Percent
    low: Percent | None
    high: Percent | None
    known_share: Percent | None
    known_low: Percent | None
    known_high: Percent | None
    lower_bound: Percent | None
    upper_bound: Percent | None
    corrected: Percent | None
    corrected_low: Percent | None
    corrected_high: Percent | None


def gender(
    documents: Documents,
    *,
    grounds: Sized[Ground | str] = DEFAULT_GROUNDS,
    error_rates: ErrorRates | None = None,
    counted: Iterable[Count | str] = ALL_COUNTS,
    level: float = LEVEL,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Table[GenderShare]:
    """Say how large the share of women, of men and of others is among the persons who speak.

    Gender rests on what the text itself says ("she", "Mr") or on an authority file, never on first
    names. Whoever the text says nothing about is unknown, and shown: the bounds tell what the share
    could be at least and at most (worst-case bounds, Manski 1989, Journal of Human Resources 24(3),
    343–360). Organisations, groups, documents and unattributed quotations have no gender; the notes
    count them.

    Args:
        documents: The documents, or a collection of them.
        grounds: On what gender may rest.
        error_rates: How often it is mistaken, measured on a hand-labelled sample; gives corrected
            shares. They were measured on persons, and are taken to hold for quotations and words.
        counted: What to count.
        level: Level of the intervals.
        samples: Number of draws for the intervals of corrected shares.
        seed: Their seed.

    Raises:
        InputError: If a gender was found that the error rates don't know.
        MissingExtraError: If SciPy is not installed.
    """
    collection = collected(documents)
    chosen = frozenset(map(Ground, grounds))
    kept = [u for u in collection.utterances if u.voice is not None and is_counted(u.voice, chosen)]
    rows: list[GenderShare] = []
    for unit in map(Count, counted):
        counts = count(
            collection,
            lambda u: _gender_value(gender_of(u.voice, chosen) if u.voice else UNKNOWN),
            unit,
            utterances=kept,
        )
        rows.extend(_Sharing(counts, level, error_rates, samples, seed).rows())
    others = len(collection.utterances) - len(kept)
    return Table(
        "Gender of the persons who speak",
        METHOD + (_CORRECTED if error_rates else ""),
        GenderShare,
        tuple(rows),
        len(collection.articles),
        len(kept),
        (
            f"Left out: {amount(others, 'quotation')} of organisations, groups, documents or "
            "unknown speakers.",
            *collection.notes(),
        ),
    )


def _gender_value(name: str) -> Value:
    return Value(name, name, name != UNKNOWN)


@frozen(eq=False)
class _Sharing:
    counts: Counts
    level: float
    rates: ErrorRates | None
    samples: int
    seed: int

    def rows(self) -> list[GenderShare]:
        amounts = {value.key: n for n, value in enumerate(self.counts.values)}
        if not amounts:
            return []
        truths = self.rates.truths if self.rates else ()
        others = sorted({*amounts, *truths} - {WOMEN, MEN, UNKNOWN})
        by_article = {name: self.counts.of(n) for name, n in amounts.items()}
        everything = self.counts.by_article()
        nothing = np.zeros_like(everything)
        known = everything - by_article.get(UNKNOWN, nothing)
        corrected = self._corrected(by_article)
        return [
            self._row(name, by_article.get(name, nothing), known, everything, corrected)
            for name in (WOMEN, MEN, *others, UNKNOWN)
        ]

    def _corrected(self, by_article: dict[str, NDArray[np.float64]]) -> dict[str, Corrected]:
        if self.rates is None:
            return {}
        return corrected_shares(
            np.array(list(by_article.values())).T,
            list(by_article),
            self.rates,
            samples=self.samples,
            seed=self.seed,
            level=self.level,
        )

    def _row(
        self,
        name: str,
        own: NDArray[np.float64],
        known: NDArray[np.float64],
        everything: NDArray[np.float64],
        corrected: dict[str, Corrected],
    ) -> GenderShare:
        number, total, known_total = (float(part.sum()) for part in (own, everything, known))
        bounds = share_interval(own, everything, self.level)
        is_known = name != UNKNOWN
        of_known = share_interval(own, known, self.level) if is_known else NO_INTERVAL
        true = corrected.get(name)
        interval = true.interval if true else Interval(None, None)
        return GenderShare(
            gender=name,
            counted=self.counts.counted,
            count=round(number),
            total=round(total),
            share=number / total,
            low=bounds.low,
            high=bounds.high,
            known_share=number / known_total if is_known and known_total else None,
            known_low=of_known.low,
            known_high=of_known.high,
            lower_bound=number / total if is_known else None,
            upper_bound=(number + total - known_total) / total if is_known else None,
            corrected=true.share if true else None,
            corrected_low=interval.low,
            corrected_high=interval.high,
        )
