"""Metrics: what is counted in each document, and how sums of the counts become scores.

Every metric counts a few numbers per document that add up over documents. Scores are functions of
the sums, so a bootstrap resamples rows of counts and never looks at a text again.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable

import numpy as np
from attrs import define
from numpy.typing import NDArray

from quotecraft.evaluate.alignment import Alignment, Side
from quotecraft.evaluate.pairing import pair
from quotecraft.evaluate.units import Unit, overlap
from quotecraft.model import QuoteKind

__all__ = [
    "BINS",
    "Accuracy",
    "Calibration",
    "CueF1",
    "FMetric",
    "MatchF1",
    "Metric",
    "TokenF1",
    "attribution_metrics",
    "content_metrics",
    "covered",
    "cue_equal",
    "cue_found",
    "direct_speech_metrics",
    "ratio",
    "source_equal",
    "source_found",
    "word_numbers",
]

Counts = NDArray[np.float64]
BINS = 15  # of the calibration error; Guo et al. (2017), "On Calibration of Modern Neural Networks"
ANY_OVERLAP = 1e-12  # as the least Jaccard index: one shared character is enough


class Metric(ABC):
    """Base of all metrics.

    Attributes:
        name: Name in tables and JSON, such as ``"relation.direct"``.
    """

    name: str

    @abstractmethod
    def count(self, alignment: Alignment) -> list[float]:
        """Return this document's counts; they add up over documents."""

    @abstractmethod
    def values(self, totals: Counts) -> dict[str, Counts]:
        """Return the scores of summed counts, NaN where there was nothing to score.

        Args:
            totals: Sums of counts on the last axis; any axes before it.
        """

    @abstractmethod
    def support(self, totals: Counts) -> dict[str, int]:
        """Return how many things were scored, for the reader of the table.

        Args:
            totals: One vector of summed counts.
        """

    @property
    def main(self) -> str:
        """Name of the score that comparisons look at."""
        return "f1"


def ratio(part: Counts, whole: Counts) -> Counts:
    """Return ``part / whole``, NaN where ``whole`` is 0."""
    result: Counts = np.full(np.shape(whole), np.nan)
    np.divide(part, whole, out=result, where=whole > 0)
    return result


def _f_scores(totals: Counts) -> dict[str, Counts]:
    """Precision, recall and F1 of (found, gold, right, predicted) counts on the last axis."""
    found, gold, right, predicted = np.moveaxis(totals, -1, 0)
    either = (gold > 0) | (predicted > 0)
    precision = np.where(either, np.nan_to_num(ratio(right, predicted)), np.nan)
    recall = np.where(either, np.nan_to_num(ratio(found, gold)), np.nan)
    f1 = np.where(either, np.nan_to_num(ratio(2 * precision * recall, precision + recall)), np.nan)
    return {"precision": precision, "recall": recall, "f1": f1}


class FMetric(Metric):
    """Base of metrics that count (gold found, gold, predicted right, predicted)."""

    def values(self, totals: Counts) -> dict[str, Counts]:
        """Return precision, recall and F1."""
        return _f_scores(totals)

    def support(self, totals: Counts) -> dict[str, int]:
        """Return how many gold and how many predicted things were scored."""
        return {"gold": int(totals[1]), "predicted": int(totals[3])}


PairTest = Callable[[Alignment, int, int], bool]


@define(slots=False)
class MatchF1(FMetric):
    """Precision, recall and F1 of quotes whose content matches and that pass a test.

    Recall is over gold quotes of the kind and precision over predicted quotes of the kind; a match
    counts although the partner is of another kind.

    Attributes:
        name: Name of the metric.
        test: Says whether a pair is right: (alignment, gold index, predicted index).
        kind: Only quotes of this kind; all when ``None``.
        annotated: The kinds that the corpus annotates: a predicted quote of another kind that
            matches nothing can't be told right from wrong and doesn't count.
    """

    name: str
    test: PairTest
    kind: QuoteKind | None = None
    annotated: frozenset[QuoteKind] = frozenset(QuoteKind)

    def count(self, alignment: Alignment) -> list[float]:
        """Return (gold found, gold, predicted right, predicted)."""
        right = [(i, j) for i, j in alignment.pairs if self.test(alignment, i, j)]
        gold, predicted = alignment.gold.kinds, alignment.predicted.kinds
        matched = {j for _, j in alignment.pairs}
        judged = [k for j, k in enumerate(predicted) if k in self.annotated or j in matched]
        return [
            self._of_kind(gold[i] for i, _ in right),
            self._of_kind(gold),
            self._of_kind(predicted[j] for _, j in right),
            self._of_kind(judged),
        ]

    def _of_kind(self, kinds: Iterable[QuoteKind]) -> int:
        return sum(self.kind in (None, kind) for kind in kinds)


@define(slots=False)
class CueF1(FMetric):
    """Precision, recall and F1 of cues that share a character, paired among themselves."""

    name: str = "cue.overlap"

    def count(self, alignment: Alignment) -> list[float]:
        """Return (gold found, gold, predicted right, predicted)."""
        gold = [unit for unit in alignment.gold.cues if unit]
        predicted = [unit for unit in alignment.predicted.cues if unit]
        pairs = pair(gold, predicted, least=ANY_OVERLAP)
        return [len(pairs), len(gold), len(pairs), len(predicted)]


@define(slots=False)
class TokenF1(FMetric):
    """Precision, recall and F1 of the words that belong to some content, cue or source.

    A word is a run of alphanumeric characters; it belongs when any of its characters does. Of one
    kind, recall is over the words of gold quotes of the kind and precision over those of predicted
    quotes of the kind; a word counts as right although its other quote is of another kind.

    Attributes:
        name: Name of the metric.
        part: ``"contents"``, ``"cues"`` or ``"sources"``.
        kind: Only quotes of this kind; all when ``None``.
    """

    name: str
    part: str
    kind: QuoteKind | None = None

    def count(self, alignment: Alignment) -> list[float]:
        """Return (gold found, gold, predicted right, predicted)."""
        words = word_numbers(alignment)
        gold, predicted = alignment.gold, alignment.predicted
        all_gold = covered(words, getattr(gold, self.part))
        all_predicted = covered(words, getattr(predicted, self.part))
        of_gold = self._of_kind(words, gold, all_gold)
        of_predicted = self._of_kind(words, predicted, all_predicted)
        return [
            int((of_gold & all_predicted).sum()),
            int(of_gold.sum()),
            int((of_predicted & all_gold).sum()),
            int(of_predicted.sum()),
        ]

    def _of_kind(
        self, words: NDArray[np.int64], side: Side, everything: NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        if self.kind is None:
            return everything
        units = zip(getattr(side, self.part), side.kinds, strict=True)
        return covered(words, (unit for unit, kind in units if kind is self.kind))


def word_numbers(alignment: Alignment) -> NDArray[np.int64]:
    """Number the word that each alphanumeric character belongs to, from 0."""
    flags = alignment.axis.counted[0]
    begins = flags & ~np.concatenate(([False], flags[:-1]))
    numbers: NDArray[np.int64] = np.cumsum(begins)[flags] - 1
    return numbers


def covered(words: NDArray[np.int64], units: Iterable[Unit]) -> NDArray[np.bool_]:
    """Flag the words that some sets have a character of.

    Args:
        words: What ``word_numbers`` gave.
        units: The sets.
    """
    flags = np.zeros(int(words[-1]) + 1 if len(words) else 0, dtype=np.bool_)
    for unit in units:
        for start, end in unit:  # ranges past the axis are those of spans without words
            flags[words[start:end]] = True
    return flags


@define(slots=False)
class Accuracy(Metric):
    """Share of things that are right.

    Attributes:
        name: Name of the metric.
        judge: Gives, for each thing of a document that counts, whether it is right.
    """

    name: str
    judge: Callable[[Alignment], Iterable[bool]]

    @property
    def main(self) -> str:
        """Name of the score that comparisons look at."""
        return "accuracy"

    def count(self, alignment: Alignment) -> list[float]:
        """Return (right, all)."""
        verdicts = list(self.judge(alignment))
        return [sum(verdicts), len(verdicts)]

    def values(self, totals: Counts) -> dict[str, Counts]:
        """Return the accuracy."""
        return {"accuracy": ratio(totals[..., 0], totals[..., 1])}

    def support(self, totals: Counts) -> dict[str, int]:
        """Return how many things were judged."""
        return {"judged": int(totals[1])}


@define(slots=False)
class Calibration(Metric):
    """Expected calibration error: how far confidences lie from the share that is right.

    Attributes:
        name: Name of the metric.
        judge: Gives, for each thing that counts, its confidence and whether it is right.
    """

    name: str
    judge: Callable[[Alignment], Iterable[tuple[float, bool]]]

    @property
    def main(self) -> str:
        """Name of the score that comparisons look at."""
        return "error"

    def count(self, alignment: Alignment) -> list[float]:
        """Return the number, the sum of confidences and the number right, for each bin."""
        bins = np.zeros((BINS, 3))
        for confidence, right in self.judge(alignment):
            bins[min(int(confidence * BINS), BINS - 1)] += (1, confidence, right)
        return list(bins.ravel())

    def values(self, totals: Counts) -> dict[str, Counts]:
        """Return the error, in [0, 1]; 0 is perfect."""
        bins = totals.reshape(*totals.shape[:-1], BINS, 3)
        gap = np.abs(bins[..., 1] - bins[..., 2]).sum(axis=-1)
        return {"error": ratio(gap, bins[..., 0].sum(axis=-1))}

    def support(self, totals: Counts) -> dict[str, int]:
        """Return how many things were judged."""
        return {"judged": int(totals.reshape(BINS, 3)[:, 0].sum())}


def _partial(_: Alignment, __: int, ___: int) -> bool:
    return True  # every pair of an alignment is a partial match


def _exact(alignment: Alignment, i: int, j: int) -> bool:
    return alignment.exact(i, j)


def source_found(alignment: Alignment, i: int, j: int) -> bool:
    """Say whether the sources of a pair share a character, or neither quote has one."""
    gold, predicted = alignment.gold.sources[i], alignment.predicted.sources[j]
    return overlap(gold, predicted) > 0 or (not gold and not predicted)


def _over_pairs(
    test: PairTest, kind: QuoteKind | None = None
) -> Callable[[Alignment], Iterable[bool]]:
    return lambda alignment: (
        test(alignment, i, j) for i, j in alignment.pairs if kind in (None, alignment.gold.kinds[i])
    )


def source_equal(alignment: Alignment, i: int, j: int) -> bool:
    """Say whether the sources of a pair are the same set."""
    return alignment.gold.sources[i] == alignment.predicted.sources[j]


def cue_found(alignment: Alignment, i: int, j: int) -> bool:
    """Say whether the cues of a pair share a character, or neither quote has one."""
    gold, predicted = alignment.gold.cues[i], alignment.predicted.cues[j]
    return overlap(gold, predicted) > 0 or (not gold and not predicted)


def cue_equal(alignment: Alignment, i: int, j: int) -> bool:
    """Say whether the cues of a pair are the same set."""
    return alignment.gold.cues[i] == alignment.predicted.cues[j]


def _content_confidence(alignment: Alignment) -> Iterable[tuple[float, bool]]:
    right = {j for _, j in alignment.pairs}
    for j, quote in enumerate(alignment.predicted.quotes):
        yield quote.confidence.content, j in right


def _source_confidence(alignment: Alignment) -> Iterable[tuple[float, bool]]:
    for i, j in alignment.pairs:
        confidence = alignment.predicted.quotes[j].confidence.source
        yield confidence, source_found(alignment, i, j)


def _by_kind(name: str, test: PairTest) -> list[Metric]:
    return [MatchF1(name, test), *(MatchF1(f"{name}.{kind}", test, kind) for kind in QuoteKind)]


def _of_pairs(name: str, test: PairTest) -> list[Metric]:
    kinds = (Accuracy(f"{name}.{kind}", _over_pairs(test, kind)) for kind in QuoteKind)
    return [Accuracy(name, _over_pairs(test)), *kinds]


def direct_speech_metrics() -> list[Metric]:
    """Return the metrics of contents for a corpus that annotates direct speech alone.

    Indirect quotes that a system finds beside it count neither for nor against it.
    """
    annotated = frozenset({QuoteKind.DIRECT, QuoteKind.MIXED})
    return [
        MatchF1("content.partial", _partial, annotated=annotated),
        MatchF1("content.exact", _exact, annotated=annotated),
    ]


def content_metrics() -> list[Metric]:
    """Return the metrics of contents alone: partial, exact, by word, and their calibration."""
    return [
        *_by_kind("content.partial", _partial),
        *_by_kind("content.exact", _exact),
        TokenF1("content.words", "contents"),
        *(TokenF1(f"content.words.{kind}", "contents", kind) for kind in QuoteKind),
        Calibration("content.calibration", _content_confidence),
    ]


def attribution_metrics() -> list[Metric]:
    """Return the metrics of contents, cues, sources and their links.

    ``relation`` is the headline: the content matches partially, and the source overlaps the gold
    one or neither has any. ``cue.*`` and ``source.*`` accuracies are on matched contents; their
    kinds are those of the gold.
    """
    return [
        *_by_kind("relation", source_found),
        *content_metrics(),
        CueF1(),
        TokenF1("cue.words", "cues"),
        TokenF1("source.words", "sources"),
        *_of_pairs("cue.found", cue_found),
        Accuracy("cue.exact", _over_pairs(cue_equal)),
        *_of_pairs("source.found", source_found),
        Accuracy("source.exact", _over_pairs(source_equal)),
        Calibration("source.calibration", _source_confidence),
    ]
