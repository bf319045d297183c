"""How far two people who labelled the same documents agree.

One labelling takes the part of the gold and the other that of the prediction, so that contents are
paired, and speakers told by their names, exactly as a system's are; F1 and accuracies are the same
whichever way round. Precision and recall of contents are the two directions of the ``agr`` metric
of Wiebe, Wilson and Cardie (2005), "Annotating Expressions of Opinions and Emotions in Language",
which Pareti (2012) reports for PARC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

import numpy as np
from attrs import define

from quotecraft.evaluate.alignment import Alignment
from quotecraft.evaluate.metrics import (
    Accuracy,
    Counts,
    MatchF1,
    Metric,
    cue_equal,
    cue_found,
    ratio,
    source_equal,
    source_found,
)
from quotecraft.evaluate.places import fault
from quotecraft.evaluate.report import Report
from quotecraft.evaluate.score import SEED, Observer, score
from quotecraft.model import Document, Level, Quote, QuoteKind, SpeakerId

__all__ = ["LabelAgreement", "agreement", "agreement_metrics"]


def agreement(
    first: Iterable[Document],
    second: Iterable[Document],
    *,
    names: tuple[str, str] = ("first", "second"),
    corpus: str = "custom",
    samples: int = 0,
    seed: int = SEED,
    observe: Observer | None = None,
) -> Report:
    """Compare two labellings of the same documents.

    Args:
        first: Documents as one person labelled them.
        second: The same documents, matched by id, as another did.
        names: What to call the two, for the signature.
        corpus: Name of the documents, for the signature.
        samples: Number of bootstrap resamples of documents for intervals; 0 for none.
        seed: Seed of the resamples.
        observe: Called with both labellings of each document and how they were aligned.

    Returns:
        A report of ``agreement_metrics()``.

    Raises:
        InputError: If a document was labelled by one alone, texts differ, or there is no document;
            a ``FormatError`` with file and line where a side knows its places.
        MissingExtraError: If SciPy is not installed.
    """
    report = score(
        first,
        second,
        metrics=agreement_metrics(),
        corpus=corpus,
        model=f"agreement-of-{names[0]}-and-{names[1]}",
        samples=samples,
        seed=seed,
        observe=observe,
    )
    for alone in report.unscored:
        raise fault(
            second,
            alone,
            f"document {alone!r} was labelled by {names[1]} alone; agreement needs both labellings "
            "of every document",
        )
    return report


def _paired(alignment: Alignment) -> Iterable[tuple[int, int, Quote, Quote]]:
    for i, j in alignment.pairs:
        yield i, j, alignment.gold.quotes[i], alignment.predicted.quotes[j]


def _same_person(alignment: Alignment, one: SpeakerId | None, other: SpeakerId | None) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return alignment.speakers[other] == one


def _speakers(alignment: Alignment) -> Iterable[bool]:
    for _, _, one, other in _paired(alignment):
        yield _same_person(alignment, one.speaker, other.speaker)


def _named_speakers(alignment: Alignment) -> Iterable[bool]:
    for _, _, one, other in _paired(alignment):
        if one.speaker is not None and other.speaker is not None:
            yield _same_person(alignment, one.speaker, other.speaker)


def _addressees(alignment: Alignment) -> Iterable[bool]:
    for _, _, one, other in _paired(alignment):
        yield _same_person(alignment, one.addressee, other.addressee)


def _parents(alignment: Alignment) -> Iterable[bool]:
    gold = {quote.id: i for i, quote in enumerate(alignment.gold.quotes)}
    predicted = {quote.id: j for j, quote in enumerate(alignment.predicted.quotes)}
    pairs = set(alignment.pairs)
    for _, _, one, other in _paired(alignment):
        if one.parent is None or other.parent is None:
            yield one.parent is None and other.parent is None
        else:
            yield (gold[one.parent], predicted[other.parent]) in pairs


@define(slots=False)
class LabelAgreement(Metric):
    """Share of paired contents with the same label, and Cohen's kappa.

    Cohen (1960), "A Coefficient of Agreement for Nominal Scales", Educational and Psychological
    Measurement 20(1). Kappa is NaN where chance alone would agree always.

    Attributes:
        name: Name of the metric.
        labels: All labels.
        attribute: The attribute of a quote that holds its label.
    """

    name: str
    labels: type[StrEnum]
    attribute: str

    @property
    def main(self) -> str:
        """Name of the score that comparisons look at."""
        return "accuracy"

    def count(self, alignment: Alignment) -> list[float]:
        """Return how many pairs have each combination of labels, row by row."""
        places = {label: n for n, label in enumerate(self.labels)}
        table = np.zeros((len(places), len(places)))
        for _, _, one, other in _paired(alignment):
            place = (places[getattr(one, self.attribute)], places[getattr(other, self.attribute)])
            table[place] += 1
        return list(table.ravel())

    def values(self, totals: Counts) -> dict[str, Counts]:
        """Return the share that agrees, and kappa, in [-1, 1]."""
        size = len(self.labels)
        table = totals.reshape(*totals.shape[:-1], size, size)
        everything = table.sum(axis=(-2, -1))
        accuracy = ratio(np.trace(table, axis1=-2, axis2=-1), everything)
        margins = (table.sum(axis=-1) * table.sum(axis=-2)).sum(axis=-1)
        chance = ratio(margins, everything**2)
        kappa = ratio(accuracy - chance, np.where(chance < 1 - 1e-12, 1 - chance, 0.0))
        return {"accuracy": accuracy, "kappa": kappa}

    def support(self, totals: Counts) -> dict[str, int]:
        """Return how many pairs were judged."""
        return {"judged": int(totals.sum())}


def _any_pair(_: Alignment, __: int, ___: int) -> bool:
    return True


def _equal_pair(alignment: Alignment, i: int, j: int) -> bool:
    return alignment.exact(i, j)


def agreement_metrics() -> list[Metric]:
    """Return the metrics of agreement.

    ``agreement.content.*`` are F1 over all contents of both; everything else is the share of the
    paired contents on which both say the same. That nobody is known as the speaker is an answer
    too in ``agreement.speaker``; ``agreement.speaker.named`` looks at pairs where both name one.
    Parents agree when neither content has one or the two parents are themselves a pair.
    """

    def over_pairs(name: str, test: Callable[[Alignment, int, int], bool]) -> Metric:
        return Accuracy(name, lambda a: (test(a, i, j) for i, j in a.pairs))

    return [
        MatchF1("agreement.content.partial", _any_pair),
        MatchF1("agreement.content.exact", _equal_pair),
        over_pairs("agreement.cue", cue_found),
        over_pairs("agreement.cue.exact", cue_equal),
        over_pairs("agreement.source", source_found),
        over_pairs("agreement.source.exact", source_equal),
        Accuracy("agreement.speaker", _speakers),
        Accuracy("agreement.speaker.named", _named_speakers),
        Accuracy("agreement.addressee", _addressees),
        LabelAgreement("agreement.level", Level, "level"),
        LabelAgreement("agreement.kind", QuoteKind, "kind"),
        Accuracy("agreement.parent", _parents),
    ]
