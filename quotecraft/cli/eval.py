"""``quotecraft eval``: score a model or predictions against gold."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click
from attrs import evolve, frozen

from quotecraft import formats
from quotecraft.cli._common import progress
from quotecraft.evaluate import (
    GOLD_FORMATS,
    Comparison,
    Report,
    compare,
    metrics_for,
    read_gold,
    score,
    split_spans,
)
from quotecraft.evaluate.given import GoldContents
from quotecraft.evaluate.score import SEED
from quotecraft.formats.repairs import OnRepair, Repair
from quotecraft.model import Document

__all__ = ["evaluate"]

COMPARE_SAMPLES = 1000  # of the paired test, unless --bootstrap says how many

Predictor = Callable[[Document], Document]


@click.command("eval")
@click.option("--gold", required=True, metavar="PATH", help="Gold file or folder.")
@click.option("--gold-format", required=True, type=click.Choice(GOLD_FORMATS), help="Its format.")
@click.option("--split", metavar="NAME", help="Part of the gold: polnear dev …, pdnc test.")
@click.option("--annotator", metavar="NAME", help="PolNeAR: whose annotation; default the first.")
@click.option(
    "--pred",
    metavar="FILE",
    help="Predictions: quotes.jsonl from extract, or as told by the ending.",
)
@click.option("--model", metavar="NAME", help="Predict with this model instead.")
@click.option("--given", is_flag=True, help="With --model: gold quotations given, speakers judged.")
@click.option("--unit", type=click.Choice(["quote", "span"]), default="quote", show_default=True)
@click.option("--bootstrap", type=click.IntRange(0), default=0, metavar="N", help="Resamples.")
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, metavar="N")
@click.option("--compare", "baseline", metavar="FILE", help="Other predictions to compare with.")
@click.option("--repairs", is_flag=True, help="Name each fault of the gold that was mended.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def evaluate(
    gold: str,
    gold_format: str,
    split: str | None,
    annotator: str | None,
    pred: str | None,
    model: str | None,
    given: bool,
    unit: str,
    bootstrap: int,
    seed: int,
    baseline: str | None,
    repairs: bool,
    as_json: bool,
) -> None:
    """Score predictions, or a model, against gold annotations.

    The library's twin is quotecraft.evaluate.score(). PDNC novels that are held out are scored by
    --split test alone.

    \b
    Examples:
      quotecraft eval --gold polnear --split dev --gold-format polnear --model en
      quotecraft eval --gold gold.jsonl --gold-format jsonl --pred mine.jsonl --bootstrap 1000
      quotecraft eval --gold gold.jsonl --gold-format jsonl --pred new.jsonl --compare old.jsonl
    """
    if (pred is None) == (model is None):
        raise click.UsageError("give either --pred FILE or --model NAME")
    if given and model is None:
        raise click.UsageError("--given needs --model")
    task = _Task(gold, gold_format, split, annotator, unit, bootstrap, seed)
    mended: list[Repair] = []
    make = _from_file(pred) if pred is not None else _from_model(str(model), given)
    report = task.run(make, progress(task.read(mended.append)))
    _tell(report, mended, repairs)
    comparison = None
    if baseline is not None:
        other = task.run(_from_file(baseline), task.read())
        comparison = compare(other, report, samples=bootstrap or COMPARE_SAMPLES, seed=seed)
    _print(report, comparison, as_json)


_Streams = tuple[Iterable[Document], Iterable[Document]]


@frozen
class _Task:
    """What is scored, and how."""

    gold: str
    gold_format: str
    split: str | None
    annotator: str | None
    unit: str
    samples: int
    seed: int

    def read(self, on_repair: OnRepair | None = None) -> Iterator[Document]:
        return read_gold(
            self.gold,
            self.gold_format,
            split=self.split,
            annotator=self.annotator,
            on_repair=on_repair,
        )

    def run(
        self, make: Callable[[Iterable[Document]], _Streams], stream: Iterable[Document]
    ) -> Report:
        gold, predicted = make(stream)
        if self.unit == "span":
            gold, predicted = split_spans(gold), split_spans(predicted)
        return score(
            gold,
            predicted,
            metrics=metrics_for(self.gold_format),
            corpus=self.corpus_name(),
            samples=self.samples,
            seed=self.seed,
        )

    def corpus_name(self) -> str:
        default = "train" if self.gold_format == "pdnc" else Path(self.gold).resolve().name
        spans = "spans" if self.unit == "span" else None
        parts = [self.gold_format, self.split or default, self.annotator, spans]
        return "/".join(part for part in parts if part)


def _from_file(path: str) -> Callable[[Iterable[Document]], _Streams]:
    """Pair gold with predictions from a file; records without text take that of their gold."""

    def make(stream: Iterable[Document]) -> _Streams:
        texts: dict[str, str] = {}

        def gold_side() -> Iterator[Document]:
            for document in stream:
                texts[document.id] = document.text
                yield document

        return gold_side(), formats.read(path, texts=texts)

    return make


def _from_model(name: str, given: bool) -> Callable[[Iterable[Document]], _Streams]:
    """Pair gold with what a model says of each text, one document at a time."""

    def make(stream: Iterable[Document]) -> _Streams:
        predict = _predictor(name, given)
        waiting: deque[Document] = deque()

        def gold_side() -> Iterator[Document]:
            for document in stream:
                waiting.append(document)
                yield document

        def predicted() -> Iterator[Document]:
            while waiting:  # score() takes each gold document before its prediction
                yield predict(waiting.popleft())

        return gold_side(), predicted()

    return make


def _predictor(name: str, given: bool) -> Predictor:
    from quotecraft.pipeline import load

    pipe = load(name)
    if given:
        pipe = evolve(pipe, name=f"{pipe.name}+given")

    def predict(gold: Document) -> Document:
        detector = GoldContents(pipe.detector, gold) if given else pipe.detector
        return evolve(pipe, detector=detector)(gold.text, id=gold.id)

    return predict


def _tell(report: Report, mended: list[Repair], every: bool) -> None:
    if every:
        for repair in mended:
            click.echo(f"quotecraft: {repair}", err=True)
    elif mended:
        told = f"faults of the gold mended: {len(mended)} (--repairs names them)"
        click.echo(f"quotecraft: {told}", err=True)
    if report.unscored:
        names = ", ".join(report.unscored[:3]) + (" …" if len(report.unscored) > 3 else "")
        click.echo(
            f"quotecraft: {len(report.unscored)} predicted documents have no gold: {names}",
            err=True,
        )


def _print(report: Report, comparison: Comparison | None, as_json: bool) -> None:
    if as_json:
        record = report.to_dict()
        if comparison is not None:
            record["comparison"] = comparison.to_dict()
        click.echo(json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False))
        return
    click.echo(report.table())
    if comparison is not None:
        click.echo(f"\n{comparison.table()}")
