"""Metrics of speakers: end to end, when abstaining, by type of quotation, and as clusters.

A gold quote counts when its speaker is known; quotes of pseudo-speakers ("unknowable", a group)
have none and count for nothing. *End to end* means from raw text: a quote is right only when its
content was found and the predicted speaker stands for the gold one (``quotecraft.evaluate.names``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import numpy as np
from attrs import define

from quotecraft.evaluate.alignment import Alignment
from quotecraft.evaluate.metrics import Accuracy, Calibration, Counts, Metric, ratio

__all__ = [
    "BCubed",
    "Coverage",
    "FixedCoverage",
    "MacroAccuracy",
    "pdnc_metrics",
    "speaker_metrics",
]

QUOTE_TYPES = ("explicit", "anaphoric", "implicit")
STEPS = 1000  # confidences are ranked after rounding down to a thousandth
Judge = Callable[[Alignment], Iterable[bool]]
COVERAGES = (0.5, 0.7, 0.8, 0.9, 1.0)


def _known(alignment: Alignment, quote_type: str | None) -> list[int]:
    return [
        i
        for i, quote in enumerate(alignment.gold.quotes)
        if quote.speaker is not None and quote_type in (None, quote.extra.get("quote_type"))
    ]


def _end_to_end(quote_type: str | None) -> Judge:
    def judge(alignment: Alignment) -> Iterable[bool]:
        paired = alignment.paired()
        for i in _known(alignment, quote_type):
            yield i in paired and alignment.speaker_right(i, paired[i])

    return judge


def _on_found(quote_type: str | None) -> Judge:
    def judge(alignment: Alignment) -> Iterable[bool]:
        paired = alignment.paired()
        for i in _known(alignment, quote_type):
            if i in paired:
                yield alignment.speaker_right(i, paired[i])

    return judge


def _found(alignment: Alignment) -> Iterable[bool]:
    paired = alignment.paired()
    return (i in paired for i in _known(alignment, None))


def _answers(alignment: Alignment) -> Iterable[tuple[float, bool]]:
    """Give confidence and verdict of every found gold quote for which a speaker was named."""
    paired = alignment.paired()
    for i in _known(alignment, None):
        quote = alignment.predicted.quotes[paired[i]] if i in paired else None
        if quote is not None and quote.speaker is not None:
            yield quote.confidence.speaker, alignment.speaker_right(i, paired[i])


@define(slots=False)
class Coverage(Metric):
    """How many gold quotes get a speaker at all, and how many of those answers are right."""

    name: str = "speaker.answered"

    @property
    def main(self) -> str:
        """Name of the score that comparisons look at."""
        return "accuracy"

    def count(self, alignment: Alignment) -> list[float]:
        """Return (answered right, answered, all)."""
        verdicts = [right for _, right in _answers(alignment)]
        return [sum(verdicts), len(verdicts), len(_known(alignment, None))]

    def values(self, totals: Counts) -> dict[str, Counts]:
        """Return accuracy of the answers and coverage."""
        right, answered, everything = np.moveaxis(totals, -1, 0)
        return {"accuracy": ratio(right, answered), "coverage": ratio(answered, everything)}

    def support(self, totals: Counts) -> dict[str, int]:
        """Return how many quotes were answered, and all."""
        return {"answered": int(totals[1]), "judged": int(totals[2])}


@define(slots=False)
class FixedCoverage(Metric):
    """Accuracy of the most confident answers that make up a fixed share of all gold quotes.

    Confidences are rounded down to a thousandth; of the answers that tie at the edge a share is
    taken, as if drawn at random. NaN when the system answers fewer than that share.

    Attributes:
        name: Name of the metric, such as ``"speaker.at_coverage_80"``.
        coverage: The share, in (0, 1].
    """

    name: str
    coverage: float

    @property
    def main(self) -> str:
        """Name of the score that comparisons look at."""
        return "accuracy"

    def count(self, alignment: Alignment) -> list[float]:
        """Return all gold quotes, then (answered, right) for each step of confidence."""
        steps = np.zeros((STEPS + 1, 2))
        for confidence, right in _answers(alignment):
            steps[int(confidence * STEPS)] += (1, right)
        return [len(_known(alignment, None)), *steps.ravel()]

    def values(self, totals: Counts) -> dict[str, Counts]:
        """Return the accuracy at the coverage."""
        wanted = self.coverage * totals[..., :1]
        steps = totals[..., 1:].reshape(*totals.shape[:-1], STEPS + 1, 2)[..., ::-1, :]
        answered, right = steps[..., 0], steps[..., 1]
        before = np.cumsum(answered, axis=-1) - answered
        taken = np.clip(wanted - before, 0, answered)
        rate = np.divide(right, answered, out=np.zeros_like(right), where=answered > 0)
        score = ratio((taken * rate).sum(axis=-1), wanted[..., 0])
        enough = answered.sum(axis=-1) >= wanted[..., 0] - 1e-9
        return {"accuracy": np.where(enough, score, np.nan)}

    def support(self, totals: Counts) -> dict[str, int]:
        """Return how many gold quotes there are."""
        return {"judged": int(totals[0])}


@define(slots=False)
class MacroAccuracy(Accuracy):
    """Mean over documents of the share that is right in each; documents without any don't count."""

    def count(self, alignment: Alignment) -> list[float]:
        """Return (this document's accuracy, 1), or zeros without anything to judge."""
        right, everything = super().count(alignment)
        return [right / everything, 1] if everything else [0, 0]

    def support(self, totals: Counts) -> dict[str, int]:
        """Return how many documents were judged."""
        return {"documents": int(totals[1])}


@define(slots=False)
class BCubed(Metric):
    """B³ over gold quotes clustered by speaker, inside each document.

    Bagga and Baldwin (1998), "Algorithms for Scoring Coreference Chains". A quote that was not
    found, or got no speaker, is a cluster of its own; names play no part.
    """

    name: str = "speaker.b3"

    def count(self, alignment: Alignment) -> list[float]:
        """Return (sum of precisions, sum of recalls, quotes)."""
        paired = alignment.paired()
        items = _known(alignment, None)
        gold = [alignment.gold.quotes[i].speaker for i in items]
        system: list[object] = []
        for i in items:
            quote = alignment.predicted.quotes[paired[i]] if i in paired else None
            answer = quote.speaker if quote is not None else None
            system.append(i if answer is None else answer)
        both = Counter(zip(gold, system, strict=True))
        gold_sizes, system_sizes = Counter(gold), Counter(system)
        precision = sum(n * n / system_sizes[s] for (_, s), n in both.items())
        recall = sum(n * n / gold_sizes[g] for (g, _), n in both.items())
        return [precision, recall, len(items)]

    def values(self, totals: Counts) -> dict[str, Counts]:
        """Return precision, recall and F1."""
        precision = ratio(totals[..., 0], totals[..., 2])
        recall = ratio(totals[..., 1], totals[..., 2])
        return {
            "precision": precision,
            "recall": recall,
            "f1": ratio(2 * precision * recall, precision + recall),
        }

    def support(self, totals: Counts) -> dict[str, int]:
        """Return how many quotes were clustered."""
        return {"judged": int(totals[2])}


def _named(name: str, judge: Callable[[str | None], Judge], kind: type[Accuracy]) -> list[Metric]:
    """Return the accuracy of all quotes and of each type of quote."""
    types = (kind(f"{name}.{quote_type}", judge(quote_type)) for quote_type in QUOTE_TYPES)
    return [kind(name, judge(None)), *types]


def pdnc_metrics() -> list[Metric]:
    """Return the accuracies that papers on PDNC print: micro, and macro over novels, by type.

    Vishnubhotla, Rudzicz, Hirst and Hammond (2023), "Improving Automatic Quotation Attribution in
    Literary Novels", ACL. They score spans, with the quotations given: apply ``split_spans`` to
    gold and prediction alike, and predict with ``quotecraft.evaluate.given.GoldContents``; then
    every quotation is found, and both accuracies are one. Quotations of pseudo-speakers don't
    count.
    """
    return [
        *_named("speaker.end_to_end", _end_to_end, Accuracy),
        *_named("speaker.end_to_end.macro", _end_to_end, MacroAccuracy),
        *_named("speaker.on_found", _on_found, Accuracy),
    ]


def speaker_metrics() -> list[Metric]:
    """Return the metrics of named speakers; ``speaker.end_to_end`` is the headline."""
    return [
        *_named("speaker.end_to_end", _end_to_end, Accuracy),
        *_named("speaker.end_to_end.macro", _end_to_end, MacroAccuracy),
        Accuracy("speaker.quote_found", _found),
        *_named("speaker.on_found", _on_found, Accuracy),
        Coverage(),
        *(FixedCoverage(f"speaker.at_coverage_{round(100 * c)}", c) for c in COVERAGES),
        Calibration("speaker.calibration", _answers),
    ]
