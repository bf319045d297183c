"""Floors: figures that a change must not sink below, pinned with the corpus they belong to.

A file of floors is TOML. A corpus whose texts or labels have changed is refused, since figures on
other gold tell nothing. A floor is raised freely; to lower one, to put one on other gold or to
leave one out takes a reason, which is kept in the file.
"""

from __future__ import annotations

import datetime
import json
import math
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from quotecraft.errors import FormatError, InputError
from quotecraft.evaluate.breakdown import HEADLINES
from quotecraft.evaluate.metrics import Metric
from quotecraft.evaluate.report import Report
from quotecraft.evaluate.tables import Table, percent

__all__ = [
    "Change",
    "CorpusFloors",
    "Floor",
    "Verdict",
    "check",
    "raised",
    "read_floors",
    "write_floors",
]

STEP = 10_000  # figures are kept to a hundredth of a percent, rounded to the lenient side
HEADER = """\
# Figures that must not sink: shares in [0, 1]; of an "error" less is better.
# Check them with `quotecraft eval … --gate FILE`; set them with `--set-floors FILE`. To lower one
# add `--reason "why"`, which is kept here. A figure within `slack` of its floor still passes:
# int8 networks differ a little from processor to processor.
"""


@frozen
class Floor:
    """One figure that must not sink.

    Attributes:
        metric: Name of the metric.
        score: Which of its scores; for ``"error"`` the floor is a ceiling.
        figure: The floor, a share in [0, 1].
        date: When it was measured.
        model: Name and version of what reached it.
    """

    metric: str
    score: str
    figure: float
    date: datetime.date
    model: str

    def sunk(self, value: float, slack: float) -> bool:
        """Say whether a value lies below the floor by more than ``slack``; NaN does."""
        short = value - self.figure if self.score == "error" else self.figure - value
        return not short <= slack + 1e-9

    def better(self, other: Floor) -> bool:
        """Say whether this floor demands at least as much as another of the same score."""
        return self.figure <= other.figure if self.score == "error" else self.figure >= other.figure


@frozen
class Change:
    """Why a floor was lowered, or a corpus replaced.

    Attributes:
        what: The metric, or ``"sha256"`` for the corpus.
        before: What stood there.
        after: What stands there now; "left out" for a metric that went.
        date: When.
        reason: Why.
    """

    what: str
    before: str
    after: str
    date: datetime.date
    reason: str


@frozen
class CorpusFloors:
    """The floors on one corpus, scored in one way.

    Attributes:
        corpus: Name of the corpus and the setting, such as ``"polnear/dev"``.
        sha256: Hash of its texts and labels, 64 hexadecimal digits.
        slack: By how much a figure may lie below its floor, a share.
        floors: The floors.
        changes: What was lowered or replaced, and why, oldest first.
    """

    corpus: str
    sha256: str
    slack: float = 0.0
    floors: tuple[Floor, ...] = ()
    changes: tuple[Change, ...] = ()


@frozen
class Verdict:
    """How a report stands against the floors of its corpus.

    Attributes:
        floors: The floors.
        values: The value that the report has for each.
    """

    floors: CorpusFloors
    values: tuple[float, ...]

    @property
    def sunk(self) -> tuple[str, ...]:
        """Names of the metrics that lie below their floors, in order."""
        pairs = zip(self.floors.floors, self.values, strict=True)
        return tuple(f.metric for f, value in pairs if f.sunk(value, self.floors.slack))

    def table(self) -> Table:
        """Return each floor with the value that stands against it, in percent."""
        sunk = self.sunk
        rows = tuple(
            (
                f"{floor.metric} {floor.score}",
                f"{100 * floor.figure:.2f}",
                "–" if math.isnan(value) else f"{100 * value:.2f}",
                percent(value - floor.figure, signed=True),
                "sunk" if floor.metric in sunk else "holds",
                floor.date.isoformat(),
            )
            for floor, value in zip(self.floors.floors, self.values, strict=True)
        )
        header = ("floor", "at least", "now", "difference", "verdict", "set on")
        return Table(header, rows, frozenset({0, 4, 5}))


def check(report: Report, floors: Iterable[CorpusFloors]) -> Verdict:
    """Hold a report against the floors of its corpus.

    Raises:
        InputError: If there are no floors for the corpus, the corpus has changed since they were
            set, or the report lacks a metric that has one.
    """
    name = report.signature.corpus
    pinned = next((entry for entry in floors if entry.corpus == name), None)
    if pinned is None or not pinned.floors:
        raise InputError(f"no floors for the corpus {name!r}; set them with --set-floors")
    if pinned.sha256 != report.signature.sha256:
        now, then = report.signature.sha256[:12], pinned.sha256[:12]
        raise InputError(
            f"the corpus {name!r} is not the one that its floors are for: sha256 {now}… is not "
            f"{then}…; score the same gold, or set the floors anew with --set-floors and --reason"
        )
    missing = [f.metric for f in pinned.floors if f.metric not in report.counts]
    if missing:
        raise InputError(f"the report has no {', '.join(missing)}; score with the same --metrics")
    values = tuple(report[f.metric].values.get(f.score, math.nan) for f in pinned.floors)
    return Verdict(pinned, values)


def raised(
    report: Report,
    floors: Sequence[CorpusFloors],
    *,
    today: datetime.date,
    reason: str | None = None,
) -> list[CorpusFloors]:
    """Return floors with those of a report's corpus set to its figures.

    The metrics are those that have a floor already; for a new corpus the headlines of the report.

    Args:
        report: What was measured.
        floors: The floors so far.
        today: The date to write.
        reason: Why floors may be lowered or their corpus replaced.

    Raises:
        InputError: If a floor would sink, or the corpus has changed, without a reason.
    """
    name, sha256 = report.signature.corpus, report.signature.sha256
    if reason is not None and not reason.strip():
        raise InputError("the reason is empty; say why a floor is lowered")
    old = next((entry for entry in floors if entry.corpus == name), None)
    if old is None:
        new = CorpusFloors(name, sha256, floors=tuple(_measured(report, HEADLINES, today)))
        return [*floors, new]
    changes = tuple(_changes(old, report, today, reason or ""))
    if changes and reason is None:
        told = "; ".join(f"{c.what} from {c.before} to {c.after}" for c in changes)
        raise InputError(f"floors of {name!r} would sink: {told}; --reason says why they may")
    measured = {f.metric: f for f in _measured(report, [f.metric for f in old.floors], today)}
    kept = [_later(f, measured[f.metric]) for f in old.floors if f.metric in measured]
    new = evolve(old, sha256=sha256, floors=tuple(kept), changes=(*old.changes, *changes))
    return [new if entry is old else entry for entry in floors]


def _later(old: Floor, new: Floor) -> Floor:
    """Return the new floor, or the old one with its date when the figure is the same."""
    return old if (old.score, old.figure) == (new.score, new.figure) else new


def _measured(report: Report, names: Iterable[str], today: datetime.date) -> list[Floor]:
    metrics = {metric.name: metric for metric in report.metrics}
    chosen = [metrics[name] for name in names if name in metrics]
    known = [m for m in chosen if not math.isnan(report.main(m.name))]
    return [_floor(report, metric, today) for metric in known]


def _floor(report: Report, metric: Metric, today: datetime.date) -> Floor:
    lenient = math.ceil if metric.main == "error" else math.floor
    figure = lenient(round(report.main(metric.name) * STEP, 6)) / STEP
    return Floor(metric.name, metric.main, figure, today, report.signature.model)


def _changes(
    old: CorpusFloors, report: Report, today: datetime.date, reason: str
) -> Iterable[Change]:
    new = {f.metric: f for f in _measured(report, [f.metric for f in old.floors], today)}
    if old.sha256 != report.signature.sha256:
        yield Change("sha256", old.sha256, report.signature.sha256, today, reason)
    for floor in old.floors:
        if floor.metric not in new:
            yield Change(floor.metric, f"{floor.figure:.4f}", "left out", today, reason)
        elif not new[floor.metric].better(floor):
            after = f"{new[floor.metric].figure:.4f}"
            yield Change(floor.metric, f"{floor.figure:.4f}", after, today, reason)


def read_floors(path: str | Path) -> list[CorpusFloors]:
    """Read a file of floors.

    Raises:
        InputError: If it can't be read.
        FormatError: If it is no TOML, or an entry lacks a field or has one of the wrong type.
    """
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror})") from error
    except ValueError as error:  # of TOML, or of its encoding
        raise FormatError(f"no TOML: {error}", source=str(path)) from error
    entries = data.get("corpus", [])
    if not isinstance(entries, list):
        raise FormatError("[[corpus]] has to be a list of tables", source=str(path))
    return [_entry(entry, str(path), f"$.corpus[{n}]") for n, entry in enumerate(entries)]


def _entry(entry: Any, source: str, place: str) -> CorpusFloors:  # noqa: ANN401
    def take(record: Any, key: str, kind: type, where: str) -> Any:  # noqa: ANN401
        value = record.get(key) if isinstance(record, dict) else None
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind:
            raise FormatError(f"{key} has to be a {kind.__name__}", source=source, path=where)
        return value

    def table(key: str, fields: dict[str, type]) -> list[dict[str, Any]]:
        records = take(entry, key, list, place) if key in entry else []
        where = [f"{place}.{key}[{n}]" for n in range(len(records))]
        return [
            {name: take(record, name, kind, at) for name, kind in fields.items()}
            for record, at in zip(records, where, strict=True)
        ]

    day = datetime.date
    floor = {"metric": str, "score": str, "figure": float, "date": day, "model": str}
    change = {"what": str, "before": str, "after": str, "date": day, "reason": str}
    name, sha256 = (take(entry, key, str, place) for key in ("name", "sha256"))
    slack = take(entry, "slack", float, place) if "slack" in entry else 0.0
    floors = tuple(Floor(**record) for record in table("floor", floor))
    return CorpusFloors(
        name, sha256, slack, floors, tuple(Change(**record) for record in table("change", change))
    )


def write_floors(floors: Iterable[CorpusFloors], path: str | Path) -> None:
    """Write a file of floors; it gets all of them or stays as it was.

    Raises:
        OSError: If it can't be written.
    """
    target = Path(path)
    partial = target.with_name(f".{target.name}.partial")
    text = "\n".join([HEADER, *(_toml(entry) for entry in floors)])
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(target)


def _toml(entry: CorpusFloors) -> str:
    lines = ["[[corpus]]", f"name = {_string(entry.corpus)}", f"sha256 = {_string(entry.sha256)}"]
    lines += [f"slack = {float(entry.slack)!r}", ""]
    for floor in entry.floors:
        lines += [
            "[[corpus.floor]]",
            f"metric = {_string(floor.metric)}",
            f"score = {_string(floor.score)}",
            f"figure = {float(floor.figure)!r}",
            f"date = {floor.date.isoformat()}",
            f"model = {_string(floor.model)}",
            "",
        ]
    for change in entry.changes:
        lines += [
            "[[corpus.change]]",
            f"what = {_string(change.what)}",
            f"before = {_string(change.before)}",
            f"after = {_string(change.after)}",
            f"date = {change.date.isoformat()}",
            f"reason = {_string(change.reason)}",
            "",
        ]
    return "\n".join(lines)


def _string(value: str) -> str:
    """Return a TOML basic string; JSON's escapes are TOML's, which also forbids a bare DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
