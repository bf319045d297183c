"""Scores by the rules of published papers, for comparing with the figures that they print.

They are variants, each with the flaws of its rule; ``attribution_metrics()`` are the project's own.
Two things are as everywhere here and not as in the papers: edge punctuation and quotation marks
count for nothing, and a discontinuous content is one thing.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from attrs import define
from numpy.typing import NDArray

from quotecraft.evaluate.alignment import Alignment, Side
from quotecraft.evaluate.metrics import (
    Accuracy,
    FMetric,
    Metric,
    covered,
    source_found,
    word_numbers,
)
from quotecraft.evaluate.pairing import pair
from quotecraft.evaluate.units import Unit
from quotecraft.model import QuoteKind

__all__ = [
    "ExactSpans",
    "LenientOverlap",
    "SoftSpans",
    "gender_gap_tracker_metrics",
    "pareti_metrics",
]

LENIENT = (0.3, 0.8)  # the two thresholds of the Gender Gap Tracker


@define(slots=False)
class _TypedSpans(FMetric):
    """Contents of a type against contents of any type, without pairing.

    Attributes:
        name: Name of the metric.
        kind: The type; all when ``None``.
    """

    name: str
    kind: QuoteKind | None = None

    def count(self, alignment: Alignment) -> list[float]:
        """Return (gold found, gold, predicted right, predicted)."""
        gold, predicted = alignment.gold, alignment.predicted
        found = self._found(alignment, self._of_kind(gold), predicted.contents)
        right = self._found(alignment, self._of_kind(predicted), gold.contents)
        return [sum(found), len(found), sum(right), len(right)]

    def _of_kind(self, side: Side) -> list[Unit]:
        units = zip(side.contents, side.kinds, strict=True)
        return [unit for unit, kind in units if self.kind in (None, kind)]

    @abstractmethod
    def _found(
        self, alignment: Alignment, units: Sequence[Unit], others: Sequence[Unit]
    ) -> list[float]:
        """Return what each unit scores against the other side's."""


@define(slots=False)
class ExactSpans(_TypedSpans):
    """Strict span scores of Pareti et al. (2013): a content counts when its equal is there.

    "Automatically Detecting and Attributing Indirect Quotations", EMNLP; also Pareti (2015),
    "Attribution: A Computational Approach", PhD thesis, Edinburgh. Of one type, precision is over
    predictions of the type with all gold contents allowed as their equals, recall the other way
    round. The type is told by the quotation marks alone.
    """

    def _found(self, _: Alignment, units: Sequence[Unit], others: Sequence[Unit]) -> list[float]:
        left = Counter(others)
        verdicts = []
        for unit in units:
            verdicts.append(float(left[unit] > 0))
            left[unit] -= 1
        return verdicts


@define(slots=False)
class SoftSpans(_TypedSpans):
    """Soft span scores of Pareti et al. (2013): each content counts by its share of words found.

    The overlap measure of Hollingsworth and Teufel (2005): precision is the mean, over predicted
    contents, of the share of their words that lie in a gold content; recall is the mean, over gold
    contents, of the share of their words that lie in a predicted content. Types as in
    ``ExactSpans``. In PARC no word belongs to two contents; where contents do share words, a word
    counts once, so that the scores stay in [0, 1]. **Lenient**: one prediction that covers a whole
    article has full recall.
    """

    def _found(
        self, alignment: Alignment, units: Sequence[Unit], others: Sequence[Unit]
    ) -> list[float]:
        words = word_numbers(alignment)
        theirs = covered(words, others)
        return [_share(words, unit, theirs, unit in others) for unit in units]


def _share(words: NDArray[np.int64], unit: Unit, flags: NDArray[np.bool_], equal: bool) -> float:
    pieces = [words[start:end] for start, end in unit]
    numbers = np.unique(np.concatenate(pieces)) if pieces else words[:0]
    if not len(numbers):  # marks alone: there are no words to share
        return float(equal)
    return float(flags[numbers].mean())


@define(slots=False)
class LenientOverlap(FMetric):
    """**Lenient** quotation scores of the Gender Gap Tracker: overlap over gold length alone.

    Asr et al. (2021), "The Gender Gap Tracker: Using Natural Language Processing to measure gender
    bias in media", PLOS ONE 16(1). A prediction matches when it shares more than ``least`` of the
    *gold* quotation's characters, however long the prediction is: one that runs over its whole
    paragraph is as good as an exact one, so that these figures can't be compared with others. The
    paper's program takes the best match of each gold quotation in turn; here the pairing has as
    many matches as there can be, and among such pairings the largest shares.

    Attributes:
        name: Name of the metric.
        least: The share that a match must exceed; 0.3 ("easy") and 0.8 ("hard") in the paper.
    """

    name: str
    least: float

    def pairs(self, alignment: Alignment) -> list[tuple[int, int]]:
        """Return (gold index, predicted index) of the quotations that match."""
        return pair(
            alignment.gold.contents,
            alignment.predicted.contents,
            measure=self._value,
        )

    def _value(self, shared: int, gold: int, _: int) -> float:
        share = shared / gold
        return 1 + share / 1000 if share > self.least else 0.0  # many pairs first, then good ones

    def count(self, alignment: Alignment) -> list[float]:
        """Return (gold found, gold, predicted right, predicted)."""
        found = len(self.pairs(alignment))
        gold, predicted = len(alignment.gold.quotes), len(alignment.predicted.quotes)
        return [found, gold, found, predicted]


def _on_matches(
    overlap: LenientOverlap, test: Callable[[Alignment, int, int], bool]
) -> Callable[[Alignment], Iterable[bool]]:
    return lambda alignment: (test(alignment, i, j) for i, j in overlap.pairs(alignment))


def _same_verb(alignment: Alignment, i: int, j: int) -> bool:
    gold, predicted = alignment.gold.quotes[i], alignment.predicted.quotes[j]
    return gold.cue_text.lower().strip() == predicted.cue_text.lower().strip()


def pareti_metrics() -> list[Metric]:
    """Return exact and soft span scores, of all contents and by type."""
    return [
        spans(f"pareti.{rule}{f'.{kind}' if kind else ''}", kind)
        for rule, spans in (("exact", ExactSpans), ("soft", SoftSpans))
        for kind in (None, *QuoteKind)
    ]


def gender_gap_tracker_metrics() -> list[Metric]:
    """Return the lenient scores at both thresholds, with sources and verbs on their matches."""
    metrics: list[Metric] = []
    for least in LENIENT:
        name = f"lenient.gender_gap_tracker_{least}"
        overlap = LenientOverlap(name, least)
        metrics += [
            overlap,
            Accuracy(f"{name}.source", _on_matches(overlap, source_found)),
            Accuracy(f"{name}.verb", _on_matches(overlap, _same_verb)),
        ]
    return metrics
