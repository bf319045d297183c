"""Results: scores, their signature, and how they are printed."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from functools import partial
from importlib.metadata import version
from typing import Any

from attrs import evolve, field, frozen

from quotecraft.errors import InputError
from quotecraft.evaluate.bootstrap import LEVEL, draws, intervals, paired_test
from quotecraft.evaluate.metrics import Counts, Metric
from quotecraft.evaluate.tables import Table, percent

__all__ = ["Comparison", "Difference", "Report", "Score", "Signature", "compare", "footer"]


@frozen
class Signature:
    """What somebody needs to know to get the same numbers again.

    Attributes:
        rule: What is compared, and when it matches.
        pairing: How gold and predicted quotes are paired.
        corpus: Name of the gold corpus.
        documents: How many documents were scored.
        sha256: Hash of the gold texts and annotations, 64 hexadecimal digits.
        model: Name and version of what predicted.
        samples: Number of bootstrap resamples; 0 when there are no intervals.
        seed: Seed of the resamples.
        scipy: Version of SciPy, which solves the pairing.
        metrics: Which choice of metrics, of ``METRIC_VARIANTS``; some have a rule of their own.
        version: Version of quotecraft.
    """

    corpus: str
    documents: int
    sha256: str
    model: str
    samples: int
    seed: int
    scipy: str
    rule: str = "alphanumeric-jaccard-0.5"
    pairing: str = "optimal"
    metrics: str = "default"
    version: str = field(factory=partial(version, "quotecraft"))

    def __str__(self) -> str:
        fields = {
            "rule": self.rule,
            "pairing": self.pairing,
            **({"metrics": self.metrics} if self.metrics != "default" else {}),
            "corpus": self.corpus,
            "docs": self.documents,
            "sha256": self.sha256[:12],
            "model": self.model,
            "bootstrap": self.samples or "no",
            **({"seed": self.seed} if self.samples else {}),
            "scipy": self.scipy,
            "version": self.version,
        }
        return "|".join(f"{key}:{value}" for key, value in fields.items())


@frozen
class Score:
    """The scores of one metric.

    Attributes:
        metric: Its name.
        values: Score name to value: rates in [0, 1], NaN where there was nothing to score.
        support: How many things were scored, such as ``{"gold": 812, "predicted": 790}``.
        intervals: Score name to its 95 % interval; empty without a bootstrap.
    """

    metric: str
    values: Mapping[str, float]
    support: Mapping[str, int]
    intervals: Mapping[str, tuple[float, float]] = field(factory=dict)


@frozen
class Report:
    """All scores of one system on one corpus.

    Attributes:
        scores: One for each metric, in order.
        signature: How the numbers came about.
        document_ids: The documents that were scored, in order.
        metrics: The metrics.
        counts: Metric name to its counts, one row a document; what ``compare`` resamples.
        unscored: Ids of predicted documents that have no gold.
    """

    scores: tuple[Score, ...]
    signature: Signature
    document_ids: tuple[str, ...] = field(repr=False)
    metrics: tuple[Metric, ...] = field(repr=False)
    counts: Mapping[str, Counts] = field(repr=False, eq=False)
    unscored: tuple[str, ...] = ()

    def __getitem__(self, metric: str) -> Score:
        """Return the scores of the metric with this name.

        Raises:
            KeyError: If no metric has it.
        """
        for score in self.scores:
            if score.metric == metric:
                return score
        raise KeyError(metric)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data for JSON; NaN becomes ``None``."""
        return {
            "scores": {
                score.metric: {
                    **{name: _number(value) for name, value in score.values.items()},
                    **score.support,
                    **({"intervals": _plain_intervals(score)} if score.intervals else {}),
                }
                for score in self.scores
            },
            "signature": str(self.signature),
            "sha256": self.signature.sha256,
        }

    def as_table(self) -> Table:
        """Return the scores in percent, a row a metric.

        The score is F1 where there are precision and recall, else the accuracy, or the error of a
        calibration, of which less is better.
        """
        header = ("metric", "P", "R", "score", f"{LEVEL:.0%} interval", "scored")
        pairs = zip(self.metrics, self.scores, strict=True)
        rows = tuple(_row(metric, score) for metric, score in pairs)
        table = Table(header, rows, frozenset({0, 5}))
        return table if self.signature.samples else table.without(4)

    def table(self, format: str = "table") -> str:  # noqa: A002  (the word users know)
        """Return ``as_table`` as text, the signature below.

        Args:
            format: ``"table"``, ``"markdown"`` or ``"latex"``.
        """
        return f"{self.as_table().render(format)}\n\n{footer(str(self.signature), format)}"

    def subset(self, ids: Collection[str]) -> Report:
        """Return the report of some of the documents, with intervals of their own.

        The signature keeps the hash of the whole corpus and says how many documents were taken.

        Args:
            ids: Ids of the documents; others are passed over.
        """
        rows = [n for n, key in enumerate(self.document_ids) if key in ids]
        counts = {name: table[rows] for name, table in self.counts.items()}
        signature = evolve(self.signature, documents=len(rows))
        scores = make_scores(self.metrics, counts, signature.samples, signature.seed)
        kept = tuple(self.document_ids[n] for n in rows)
        return Report(scores, signature, kept, self.metrics, counts)

    def main(self, metric: str) -> float:
        """Return the score of a metric that comparisons look at; NaN without anything to score.

        Raises:
            KeyError: If there is no such metric.
        """
        chosen = next((m for m in self.metrics if m.name == metric), None)
        if chosen is None:
            raise KeyError(metric)
        return self[metric].values[chosen.main]


@frozen
class Difference:
    """How far two systems lie apart on one metric.

    Attributes:
        metric: Its name.
        score: The score that is compared, such as ``"f1"``.
        baseline: Value of the first system.
        system: Value of the second system.
        difference: The second minus the first.
        p_value: Two-sided, by a paired bootstrap over documents.
    """

    metric: str
    score: str
    baseline: float
    system: float
    difference: float
    p_value: float


@frozen
class Comparison:
    """Two systems on the same gold, metric by metric.

    Attributes:
        differences: One for each metric, in order.
        baseline: Signature of the first system.
        system: Signature of the second system.
        samples: Number of resamples.
        seed: Their seed.
    """

    differences: tuple[Difference, ...]
    baseline: Signature
    system: Signature
    samples: int
    seed: int

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as plain data for JSON; NaN becomes ``None``."""
        return {
            "differences": {
                d.metric: {
                    "score": d.score,
                    "baseline": _number(d.baseline),
                    "system": _number(d.system),
                    "difference": _number(d.difference),
                    "p_value": _number(d.p_value),
                }
                for d in self.differences
            },
            "baseline": str(self.baseline),
            "system": str(self.system),
            "test": f"paired-bootstrap|samples:{self.samples}|seed:{self.seed}",
        }

    def as_table(self) -> Table:
        """Return both systems' scores in percent, a row a metric."""
        header = ("metric", "score", "baseline", "system", "difference", "p")
        rows = []
        for d in self.differences:
            p_value = "–" if math.isnan(d.p_value) else f"{d.p_value:.3f}"
            values = (percent(d.baseline), percent(d.system), percent(d.difference, signed=True))
            rows.append((d.metric, d.score, *values, p_value))
        return Table(header, tuple(rows), frozenset({0}))

    def table(self, format: str = "table") -> str:  # noqa: A002  (the word users know)
        """Return ``as_table`` as text, the test and both signatures below.

        Args:
            format: ``"table"``, ``"markdown"`` or ``"latex"``.
        """
        notes = (
            f"paired bootstrap over documents, {self.samples} resamples, seed {self.seed}",
            f"baseline {self.baseline}",
            f"system   {self.system}",
        )
        told = "\n".join(footer(note, format) for note in notes)
        return f"{self.as_table().render(format)}\n\n{told}"


def compare(
    baseline: Report, system: Report, *, samples: int = 1000, seed: int = 12345
) -> Comparison:
    """Compare two systems that were scored on the same gold, by a paired bootstrap.

    Args:
        baseline: Report of the first system.
        system: Report of the second system.
        samples: Number of resamples of documents.
        seed: Their seed.

    Raises:
        InputError: If the reports are not of the same gold and metrics.
    """
    same = (
        baseline.signature.sha256 == system.signature.sha256
        and baseline.document_ids == system.document_ids
        and baseline.counts.keys() == system.counts.keys()
    )
    if not same:
        raise InputError("the two reports score different gold; score both on the same documents")
    drawn = draws(len(baseline.document_ids), samples, seed)
    differences = []
    for metric in baseline.metrics:
        name, main = metric.name, metric.main
        difference, p_value = paired_test(metric, baseline.counts[name], system.counts[name], drawn)
        values = (baseline[name].values[main], system[name].values[main])
        differences.append(Difference(name, main, *values, difference, p_value))
    return Comparison(tuple(differences), baseline.signature, system.signature, samples, seed)


def make_scores(
    metrics: tuple[Metric, ...], counts: Mapping[str, Counts], samples: int, seed: int
) -> tuple[Score, ...]:
    """Return the scores of summed counts, with intervals when ``samples`` is not 0."""
    rows = len(next(iter(counts.values()))) if counts else 0
    drawn = draws(rows, samples, seed)
    scores = []
    for metric in metrics:
        table = counts[metric.name]
        totals = table.sum(axis=0)
        values = {name: float(value) for name, value in metric.values(totals).items()}
        bounds = intervals(metric, table, drawn) if samples else {}
        scores.append(Score(metric.name, values, metric.support(totals), bounds))
    return tuple(scores)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value


def _plain_intervals(score: Score) -> dict[str, list[float | None]]:
    return {name: [_number(low), _number(high)] for name, (low, high) in score.intervals.items()}


def footer(line: str, format: str) -> str:  # noqa: A002  (the word users know)
    """Return a line below a table, so that the format shows it as it is.

    Args:
        line: The line, such as a signature.
        format: ``"table"``, ``"markdown"`` (then it is code) or ``"latex"`` (a comment).
    """
    return {"markdown": f"`{line}`  ", "latex": f"% {line}"}.get(format, line)


def _row(metric: Metric, score: Score) -> tuple[str, ...]:
    values = score.values
    low, high = score.intervals.get(metric.main, (math.nan, math.nan))
    interval = "–" if math.isnan(low) else f"{100 * low:.1f}–{100 * high:.1f}"
    support = ", ".join(f"{number} {what}" for what, number in score.support.items())
    others = [f"{name} {percent(v)}" for name, v in values.items() if name in ("coverage",)]
    return (
        score.metric,
        percent(values["precision"]) if "precision" in values else "",
        percent(values["recall"]) if "recall" in values else "",
        percent(values[metric.main]),
        interval,
        ", ".join([support, *others]),
    )
