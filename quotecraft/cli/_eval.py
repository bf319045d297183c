"""What ``quotecraft eval`` reads and prints: streams of documents, sections of output."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click
from attrs import Factory, define, evolve, frozen

from quotecraft.evaluate import (
    FLAT_FORMATS,
    Comparison,
    Confusion,
    Metric,
    Mistakes,
    Report,
    Table,
    Traits,
    Verdict,
    agreement,
    bins_table,
    calibration_bins,
    metrics_for,
    outermost,
    read_gold,
    read_predictions,
    score,
    split_spans,
)
from quotecraft.evaluate.alignment import Alignment
from quotecraft.evaluate.coreference import with_gold_coreference
from quotecraft.evaluate.given import GoldContents, gold_resolver
from quotecraft.evaluate.report import footer
from quotecraft.evaluate.score import Observer
from quotecraft.formats.repairs import OnRepair
from quotecraft.model import Document

__all__ = ["GOLD", "Breakdown", "Output", "Task", "from_file", "from_model"]

GOLD = "gold"  # the coreference of the gold itself

Predictor = Callable[[Document], Document]
Streams = tuple[Iterable[Document], Iterable[Document]]
Maker = Callable[[Iterable[Document]], Streams]


@frozen
class Task:
    """What is scored, and how; the fields are the options of the same names."""

    gold: str
    gold_format: str
    split: str | None
    annotator: str | None
    unit: str
    given: str | None
    coreference: str | None
    metrics: str
    bootstrap: int
    seed: int

    def read(self, on_repair: OnRepair | None = None) -> Iterator[Document]:
        """Read the gold."""
        return read_gold(
            self.gold,
            self.gold_format,
            split=self.split,
            annotator=self.annotator,
            entities=self.given == "mentions",
            on_repair=on_repair,
        )

    def read_entities(self) -> dict[str, Document]:
        """Read the gold with everything that it mentions, by id; none without gold coreference."""
        if self.coreference != GOLD:
            return {}
        stream = read_gold(
            self.gold, self.gold_format, split=self.split, annotator=self.annotator, entities=True
        )
        return {document.id: document for document in stream}

    def chosen_metrics(self) -> list[Metric]:
        """Return what the gold is gold for, or the choice of it that was asked for."""
        return metrics_for(self.gold_format, variant=self.metrics)

    def run(
        self, make: Maker, stream: Iterable[Document], observe: Observer | None = None
    ) -> Report:
        """Score predictions against gold documents."""
        gold, predicted = make(stream)
        if self.gold_format in FLAT_FORMATS:
            predicted = outermost(predicted)
        if self.unit == "span":
            gold, predicted = split_spans(gold), split_spans(predicted)
        return score(
            gold,
            predicted,
            metrics=self.chosen_metrics(),
            variant=self.metrics,
            corpus=self.corpus_name(),
            samples=self.bootstrap,
            seed=self.seed,
            observe=observe,
        )

    def agree(self, other: Path, observe: Observer) -> Report:
        """Compare the gold with another labelling of the same documents, in the same format."""
        sides = self.read(), read_gold(other, self.gold_format)
        first, second = map(split_spans, sides) if self.unit == "span" else sides
        return agreement(
            first,
            second,
            names=(Path(self.gold).name, other.name),
            corpus=self.corpus_name(),
            samples=self.bootstrap,
            seed=self.seed,
            observe=observe,
        )

    def corpus_name(self) -> str:
        """Return the corpus and the setting, as the signature and the floors name them."""
        default = "train" if self.gold_format == "pdnc" else Path(self.gold).resolve().name
        spans = "spans" if self.unit == "span" else None
        given = _mark(self.given)
        variant = None if self.metrics == "default" else self.metrics
        coreference = f"coreference-{self.coreference}" if self.coreference else None
        setting = [spans, given, coreference, variant]
        parts = [self.gold_format, self.split or default, self.annotator, *setting]
        return "/".join(part for part in parts if part)


def from_file(path: str) -> Maker:
    """Pair gold with predictions from a file; records without text take that of their gold."""

    def make(stream: Iterable[Document]) -> Streams:
        texts: dict[str, str] = {}

        def gold_side() -> Iterator[Document]:
            for document in stream:
                texts[document.id] = document.text
                yield document

        return gold_side(), read_predictions(path, texts=texts)

    return make


def _mark(given: str | None) -> str | None:
    """Return how the signature and the floors name what is given."""
    return "given" if given == "quotations" else given and f"given-{given}"


def from_model(
    name: str,
    *,
    given: str | None,
    nested: bool,
    coreference: str | None = None,
    entities: Mapping[str, Document] = MappingProxyType({}),
) -> Maker:
    """Pair gold with what a model says of each text, one document at a time.

    Args:
        name: Name of the model.
        given: What is taken from the gold, as in ``quotecraft.evaluate.given``.
        nested: Look for quotations inside quotations.
        coreference: ``"gold"`` for that of the gold, else as for ``quotecraft.load``.
        entities: For ``"gold"``: what each document mentions, by id.
    """

    def make(stream: Iterable[Document]) -> Streams:
        predict = _predictor(name, given, nested, coreference, entities)
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


def _predictor(
    name: str,
    given: str | None,
    nested: bool,
    coreference: str | None,
    entities: Mapping[str, Document],
) -> Predictor:
    from quotecraft.pipeline import load

    told = coreference == GOLD
    pipe = load(name, nested=nested, coreference=None if told else coreference)
    marks = ["gold-coreference"] if told else []
    marks += [str(_mark(given))] if given else []
    pipe = evolve(pipe, name="+".join([pipe.name, *marks]))

    def predict(gold: Document) -> Document:
        detector, resolver = pipe.detector, pipe.resolver
        if told:
            resolver = with_gold_coreference(resolver, entities[gold.id])
        if given is not None:
            resolver = gold_resolver(given, gold, resolver)
            detector = GoldContents(detector, gold)
        return evolve(pipe, detector=detector, resolver=resolver)(gold.text, id=gold.id)

    return predict


@frozen
class Breakdown:
    """What is collected while scoring, beside the counts."""

    traits: Traits
    confusion: Confusion
    mistakes: Mistakes

    @classmethod
    def of(cls, metrics: list[Metric], field: str | None) -> Breakdown:
        """Return one that judges what the metrics judge, by a metadata field or by genre."""
        mistakes = Mistakes.of(metrics)
        confusion = Confusion(field, annotated=mistakes.annotated)
        return cls(Traits(field or "genre"), confusion, mistakes)

    def observe(self, gold: Document, predicted: Document, alignment: Alignment) -> None:
        """Pass one document on to each."""
        for part in (self.traits, self.confusion, self.mistakes):
            part.observe(gold, predicted, alignment)

    def known_traits(self) -> Traits | None:
        """Return the traits, or nothing when all documents have the same."""
        return self.traits if len(set(self.traits.values.values())) > 1 else None


@define
class Output:
    """The sections of the output, as tables and as plain data.

    Attributes:
        format: ``"json"`` or a table format.
        sections: Each section's text.
        record: The same as plain data.
    """

    format: str
    sections: list[str] = Factory(list)
    record: dict[str, Any] = Factory(dict)

    def report(self, report: Report) -> None:
        """Add the scores and their signature."""
        self._add(report.to_dict(), lambda: report.table(self.format))

    def comparison(self, comparison: Comparison) -> None:
        """Add the comparison with a baseline."""
        record = {"comparison": comparison.to_dict()}
        self._add(record, lambda: comparison.table(self.format))

    def traits(self, traits: Traits, report: Report) -> None:
        """Add the headline scores by a metadata field."""
        parts = {
            value: {"documents": len(part.document_ids), "scores": part.to_dict()["scores"]}
            for value, part in traits.reports(report).items()
        }
        self._add(
            {"by": {"field": traits.field, "values": parts}},
            lambda: self._titled(f"by {traits.field}", traits.table(report)),
        )

    def confusion(self, confusion: Confusion) -> None:
        """Add which kinds were taken for which."""
        self._add(
            {"confusion": confusion.to_dict()},
            lambda: self._titled("kinds taken for one another", confusion.table()),
        )

    def calibration(self, report: Report) -> None:
        """Add the bins of each calibration."""
        for name, bins in calibration_bins(report).items():
            record = [
                {
                    "low": b.low,
                    "high": b.high,
                    "number": b.number,
                    "confidence": b.confidence if b.number else None,
                    "right": b.right if b.number else None,
                }
                for b in bins
            ]
            self.record.setdefault("calibration", {})[name] = record
            self._add({}, lambda n=name, b=bins: self._titled(n, bins_table(b)))  # type: ignore[misc]

    def verdict(self, verdict: Verdict) -> None:
        """Add how the figures stand against their floors."""
        record = {"corpus": verdict.floors.corpus, "sunk": list(verdict.sunk)}
        self._add({"gate": record}, lambda: self._titled("floors", verdict.table()))

    def print(self) -> None:
        """Print everything to standard output."""
        if self.format == "json":
            click.echo(json.dumps(self.record, indent=2, ensure_ascii=False, allow_nan=False))
        else:
            click.echo("\n\n".join(self.sections))

    def _add(self, record: dict[str, Any], text: Callable[[], str]) -> None:
        self.record.update(record)
        if self.format != "json":
            self.sections.append(text())

    def _titled(self, title: str, table: Table) -> str:
        if self.format == "table":
            return f"{title}\n{table.render()}"
        return f"{footer(title, self.format).rstrip()}\n\n{table.render(self.format)}"
