"""Scores the peers by our own rule and puts them into one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from benchmarks.peers.running import PEERS, Run, run_peer
from quotecraft.evaluate import Metric, Report, Table, score
from quotecraft.evaluate.tables import percent
from quotecraft.model import Document

__all__ = ["NOT_IN_REACH", "Result", "compare", "table"]

NOT_IN_REACH = (
    "BookNLP (its models are downloaded from outside PyPI)",
    "Citron and the Gender Gap Tracker's extractor (not on PyPI)",
    "sayswho's speakers (they need a coreference model that is not on PyPI)",
)
"""Tools that could not be compared here, with the reason."""

COLUMNS = (
    ("direct", "content.partial.direct"),
    ("mixed", "content.partial.mixed"),
    ("indirect", "content.partial.indirect"),
    ("all contents", "content.partial"),
    ("exact", "content.exact"),
    ("source right", "source.found"),
    ("relation", "relation"),
    ("speaker", "speaker.end_to_end"),
    ("B³", "speaker.b3"),
)


@frozen
class Result:
    """How one tool did.

    Attributes:
        name: Name of the tool.
        report: Its scores.
        calls: How often it was called.
        errors: The message of every call that raised.
        words_per_second: Words a second of CPU time, 0 when not measured.
    """

    name: str
    report: Report
    calls: int
    errors: tuple[str, ...] = ()
    words_per_second: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data for JSON."""
        return {
            "name": self.name,
            "calls": self.calls,
            "crashes": len(self.errors),
            "errors": list(self.errors),
            "words_per_cpu_second": round(self.words_per_second),
            **self.report.to_dict(),
        }


def compare(
    gold: Sequence[Document],
    tools: Iterable[str],
    metrics: Sequence[Metric],
    *,
    corpus: str = "custom",
    samples: int = 0,
    cache: Path | None = None,
    run: Callable[..., Run] = run_peer,
) -> Iterator[Result]:
    """Run tools over gold texts and score each, one after another.

    Args:
        gold: The gold documents.
        tools: Names of ``PEERS``.
        metrics: What to compute.
        corpus: Name of the corpus, for the signature.
        samples: Bootstrap resamples for intervals.
        cache: Where the peers' environment is kept.
        run: Runs a tool over texts.

    Raises:
        InputError: If a tool is unknown, or its environment can't be made.
    """
    texts = {document.id: document.text for document in gold}
    for name in tools:
        yield result_of(name, gold, run(name, texts, cache), metrics, corpus, samples)


def result_of(
    name: str,
    gold: Sequence[Document],
    run: Run,
    metrics: Sequence[Metric],
    corpus: str,
    samples: int = 0,
) -> Result:
    """Score what one tool gave."""
    report = score(gold, run.documents, metrics=metrics, corpus=corpus, samples=samples)
    words = sum(len(document.text.split()) for document in gold)
    speed = words / run.seconds if run.seconds else 0.0
    return Result(name, report, run.calls, run.errors, speed)


def table(results: Sequence[Result]) -> Table:
    """Return all results in percent, a row a tool, with the calls that raised.

    With intervals, each figure has its own beside it.
    """
    names = {name for result in results for name in result.report.counts}
    columns = [(label, metric) for label, metric in COLUMNS if metric in names]
    rows = tuple(
        (
            result.name,
            *(_figure(result.report, metric) for _, metric in columns),
            f"{result.words_per_second:,.0f}" if result.words_per_second else "–",
            f"{len(result.errors)} of {result.calls}",
        )
        for result in results
    )
    return Table(("tool", *(label for label, _ in columns), "words/CPU-s", "crashes"), rows)


def _figure(report: Report, name: str) -> str:
    shown = percent(report.main(name))
    metric = next(metric for metric in report.metrics if metric.name == name)
    interval = report[name].intervals.get(metric.main)
    if interval is None or shown == "–":
        return shown
    return f"{shown} ({percent(interval[0])}–{percent(interval[1])})"


def notes(results: Iterable[Result]) -> Iterator[str]:
    """Say how each tool was used, what was left out, and how the figures came about."""
    results = list(results)
    for result in results:
        if result.name in PEERS:
            yield f"{result.name}: {PEERS[result.name].note}"
    for left_out in NOT_IN_REACH:
        yield f"not compared: {left_out}"
    yield "speakers of these tools are named by the words of the source: none resolves them here"
    for result in results:
        yield f"{result.name} {result.report.signature}"
