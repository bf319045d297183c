"""Where a system is good and where it is not: by genre or another trait, by kind, by confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import Factory, define, frozen

from quotecraft.evaluate.alignment import Alignment
from quotecraft.evaluate.metrics import BINS, Calibration
from quotecraft.evaluate.report import Report
from quotecraft.evaluate.tables import Table, percent
from quotecraft.model import Document, QuoteKind

__all__ = ["HEADLINES", "Bin", "Confusion", "Traits", "bins_table", "calibration_bins"]

HEADLINES = (
    "relation",
    "content.partial",
    "content.partial.direct",
    "content.partial.mixed",
    "content.partial.indirect",
    "content.exact",
    "source.found",
    "speaker.end_to_end",
    "speaker.end_to_end.macro",
    "speaker.b3",
)
"""The metrics that summaries show, of those that a report has."""

ABSENT = "(none)"  # a document without the trait
ALL = "all"


@define
class Traits:
    """Remembers one metadata field of each gold document that is scored.

    Attributes:
        field: Name of the field, such as ``"genre"``.
        values: Value of the field by document id; "(none)" where there is none.
    """

    field: str
    values: dict[str, str] = Factory(dict)

    def observe(self, gold: Document, _: Document, __: Alignment) -> None:
        """Remember one document; give it to ``score`` as ``observe``."""
        value = gold.metadata.get(self.field)
        self.values[gold.id] = ABSENT if value in (None, "") else str(value)

    def reports(self, report: Report) -> dict[str, Report]:
        """Return a report for each value, in order of the values."""
        ids: dict[str, set[str]] = {}
        for key, value in self.values.items():
            ids.setdefault(value, set()).add(key)
        return {value: report.subset(ids[value]) for value in sorted(ids)}

    def table(self, report: Report) -> Table:
        """Return the headline scores in percent, one row a value and one of all documents."""
        names = [name for name in HEADLINES if name in report.counts] or list(report.counts)
        rows = [
            (
                value,
                str(len(part.document_ids)),
                *(_with_interval(part, name) for name in names),
            )
            for value, part in {**self.reports(report), ALL: report}.items()
        ]
        return Table((self.field, "documents", *names), tuple(rows))


def _with_interval(report: Report, metric: str) -> str:
    shown = percent(report.main(metric))
    main = next(m.main for m in report.metrics if m.name == metric)
    alone = len(report.document_ids) < 2  # resampling one document always gives it again
    if alone or main not in report[metric].intervals or shown == "–":
        return shown
    low, high = report[metric].intervals[main]
    return f"{shown} ({percent(low)}–{percent(high)})"


Cell = tuple[str, QuoteKind | None, QuoteKind | None]


@define
class Confusion:
    """Counts which kind of gold quotation was found as which kind, and what was missed or extra.

    Attributes:
        field: Metadata field that the counts are kept apart by, ``None`` for all in one.
        annotated: The kinds that the corpus annotates: others are not extra.
        cells: How often each (value of the field, gold kind, predicted kind) occurs; ``None`` as
            gold kind is an extra quotation, as predicted kind a missed one.
    """

    field: str | None = None
    annotated: frozenset[QuoteKind] = frozenset(QuoteKind)
    cells: Counter[Cell] = Factory(Counter)

    def observe(self, gold: Document, _: Document, alignment: Alignment) -> None:
        """Count one document; give it to ``score`` as ``observe``."""
        value = gold.metadata.get(self.field) if self.field else ALL
        group = ABSENT if value in (None, "") else str(value)
        paired = alignment.paired()
        taken = set(paired.values())
        found = alignment.predicted.kinds
        for i, kind in enumerate(alignment.gold.kinds):
            self.cells[group, kind, found[paired[i]] if i in paired else None] += 1
        for j, kind in enumerate(found):
            if j not in taken and kind in self.annotated:
                self.cells[group, None, kind] += 1

    def groups(self) -> list[str]:
        """Return the values of the field, in order."""
        return sorted({group for group, _, _ in self.cells})

    def table(self) -> Table:
        """Return the counts: a row a gold kind, a column a predicted kind."""
        columns = (*QuoteKind, None)
        rows = [
            (
                *((group,) if self.field else ()),
                "extra" if gold is None else gold.value,
                *(
                    "" if gold is predicted is None else str(self.cells[group, gold, predicted])
                    for predicted in columns
                ),
            )
            for group in self.groups()
            for gold in (*QuoteKind, None)
        ]
        named = [("missed" if kind is None else f"as {kind.value}") for kind in columns]
        header = (*((self.field,) if self.field else ()), "gold", *named)
        return Table(header, tuple(rows), frozenset({0, 1} if self.field else {0}))

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as plain data: value, then gold kind, then predicted kind."""
        result: dict[str, dict[str, dict[str, int]]] = {}
        for (group, gold, predicted), number in sorted(self.cells.items(), key=_cell_order):
            row = result.setdefault(group, {}).setdefault(gold.value if gold else "extra", {})
            row[predicted.value if predicted else "missed"] = number
        return result


def _cell_order(item: tuple[Cell, int]) -> tuple[str, str, str]:
    (group, gold, predicted), _ = item
    return group, gold or "~", predicted or "~"


@frozen
class Bin:
    """Predictions of about the same confidence.

    Attributes:
        low: Least confidence of the bin.
        high: Its upper edge.
        number: How many predictions lie in it.
        confidence: Their mean confidence, NaN in an empty bin.
        right: The share of them that is right, NaN in an empty bin.
    """

    low: float
    high: float
    number: int
    confidence: float
    right: float


def calibration_bins(report: Report) -> Mapping[str, tuple[Bin, ...]]:
    """Return the ``BINS`` bins of every calibration that a report has, by the metric's name."""
    result = {}
    for metric in report.metrics:
        if isinstance(metric, Calibration):
            totals = report.counts[metric.name].sum(axis=0).reshape(BINS, 3)
            result[metric.name] = tuple(_bin(n, *map(float, row)) for n, row in enumerate(totals))
    return result


def _bin(index: int, number: float, confidence: float, right: float) -> Bin:
    means = (confidence / number, right / number) if number else (np.nan, np.nan)
    return Bin(index / BINS, (index + 1) / BINS, int(number), *means)


def bins_table(bins: tuple[Bin, ...]) -> Table:
    """Return the bins of one calibration as a table in percent."""
    rows = tuple(
        (
            f"{percent(b.low)}–{percent(b.high)}",
            str(b.number),
            percent(b.confidence),
            percent(b.right),
            percent(b.right - b.confidence, signed=True),
        )
        for b in bins
    )
    header = ("confidence", "number", "mean confidence", "right", "right − confidence")
    return Table(header, rows)
