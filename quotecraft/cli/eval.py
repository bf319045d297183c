"""``quotecraft eval``: score a model or predictions against gold."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from attrs import evolve, fields, frozen

from quotecraft.cli._common import progress
from quotecraft.cli._eval import GOLD, Breakdown, Maker, Output, Task, from_file, from_model
from quotecraft.cli._reading import known_model
from quotecraft.evaluate import (
    FLAT_FORMATS,
    GOLD_FORMATS,
    METRIC_VARIANTS,
    TABLE_FORMATS,
    Comparison,
    Report,
    check,
    compare,
    raised,
    read_floors,
    write_floors,
)
from quotecraft.evaluate.given import GIVEN
from quotecraft.evaluate.score import SEED
from quotecraft.formats.repairs import Repair
from quotecraft.model.fields import amount

__all__ = ["evaluate"]

COMPARE_SAMPLES = 1000  # of the paired test, unless --bootstrap says how many
SUNK = 1  # exit code when a figure lies below its floor


@frozen
class _Options:
    """The options of the command, by their names."""

    gold: str
    gold_format: str
    split: str | None
    annotator: str | None
    pred: str | None
    model: str | None
    agreement: str | None
    given: str | None
    coreference: str | None
    nested: bool | None
    unit: str
    metrics: str
    bootstrap: int
    seed: int
    baseline: str | None
    by: str | None
    confusion: bool
    calibration: bool
    errors: str | None
    gate: str | None
    set_floors: str | None
    reason: str | None
    repairs: bool
    format: str
    as_json: bool

    def check(self) -> None:
        """Raise a usage error when options do not go together."""
        if (self.pred, self.model, self.agreement).count(None) != 2:
            raise click.UsageError("give either --pred FILE or --model NAME, or --agreement OTHER")
        if self.agreement is not None and self.baseline is not None:
            raise click.UsageError("--compare needs predictions: --pred or --model")
        if self.agreement is not None and self.metrics != "default":
            raise click.UsageError("--agreement has metrics of its own; leave out --metrics")
        if self.given and self.model is None:
            raise click.UsageError("--given needs --model")
        if self.coreference and self.model is None:
            raise click.UsageError("--coreference needs --model")
        if self.reason is not None and self.set_floors is None:
            raise click.UsageError("--reason needs --set-floors")
        if self.gate is not None and self.set_floors is not None:
            raise click.UsageError("give either --gate or --set-floors")

    def task(self) -> Task:
        """Return what is scored, and how."""
        task = Task(**{field.name: getattr(self, field.name) for field in fields(Task)})
        return task if self.agreement is None else evolve(task, metrics="agreement")


def _gold_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(
        (
            click.option("--gold", required=True, metavar="PATH", help="Gold file or folder."),
            click.option(
                "--gold-format",
                required=True,
                type=click.Choice(GOLD_FORMATS),
                help="Its format.",
            ),
            click.option(
                "--split", metavar="NAME", help="Part of the gold: polnear dev …, pdnc test."
            ),
            click.option(
                "--annotator", metavar="NAME", help="PolNeAR: whose annotation; default the first."
            ),
            click.option("--repairs", is_flag=True, help="Name each mended fault of the gold."),
        )
    ):
        command = option(command)
    return command


def _floor_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(
        (
            click.option(
                "--gate", metavar="FILE", help="Exit with 1 when a figure sinks below its floor."
            ),
            click.option(
                "--set-floors", metavar="FILE", help="Set the corpus's floors to these figures."
            ),
            click.option(
                "--reason",
                metavar="TEXT",
                help="With --set-floors: why floors may be lowered; kept in the file.",
            ),
        )
    ):
        command = option(command)
    return command


def _output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(
        (
            click.option(
                "--by", metavar="FIELD", help="Scores by a metadata field: genre, style …"
            ),
            click.option(
                "--confusion",
                is_flag=True,
                help="Which kinds were taken for which (with --by too).",
            ),
            click.option(
                "--calibration", is_flag=True, help="How often each confidence is right, in bins."
            ),
            click.option(
                "--errors",
                metavar="DIR|FILE.html",
                help="Write a page of all mistakes beside the text, and JSON Lines of them.",
            ),
            click.option(
                "--format",
                type=click.Choice([*TABLE_FORMATS, "json"]),
                default="table",
                show_default=True,
            ),
            click.option("--json", "as_json", is_flag=True, help="The same as --format json."),
        )
    ):
        command = option(command)
    return command


@click.command("eval")
@_gold_options
@click.option(
    "--pred",
    metavar="FILE",
    help="Predictions: quotes.jsonl from extract, a brat folder, or as told by the ending.",
)
@click.option(
    "--model", metavar="NAME", callback=known_model, help="Predict with this model instead."
)
@click.option(
    "--agreement", metavar="OTHER", help="Another labelling of the same documents, to agree with."
)
@click.option(
    "--given",
    is_flag=False,
    flag_value="quotations",
    type=click.Choice(GIVEN),
    help="With --model: judge speakers, given the gold quotations (the default); forced: no "
    "speaker left open; characters: that, and the list of characters given; mentions: all mentions "
    "and their coreference.",
)
@click.option(
    "--coreference",
    metavar="SOURCE",
    help=f"With --model: {GOLD}, the gold's own coreference (LitBank; JSON Lines with mentions); "
    "or stanza[:PACKAGE], as for extract.",
)
@click.option(
    "--nested/--flat",
    default=None,
    help="With --model: quotations inside quotations, too; by default where the gold has any.",
)
@click.option("--unit", type=click.Choice(["quote", "span"]), default="quote", show_default=True)
@click.option(
    "--metrics",
    type=click.Choice(list(METRIC_VARIANTS)),
    default="default",
    show_default=True,
    help="; ".join(f"{name}: {summary}" for name, summary in METRIC_VARIANTS.items()) + ".",
)
@click.option("--bootstrap", type=click.IntRange(0), default=0, metavar="N", help="Resamples.")
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, metavar="N")
@click.option("--compare", "baseline", metavar="FILE", help="Other predictions to compare with.")
@_output_options
@_floor_options
def evaluate(**options: Any) -> None:  # noqa: ANN401  (click's options)
    """Score predictions, or a model, against gold annotations.

    The library's twin is quotecraft.evaluate.score(); --errors is quotecraft.display.mistakes,
    --gate and --set-floors are quotecraft.evaluate.check() and raised(). PDNC novels that are held
    out are scored by --split test alone.

    \b
    Examples:
      quotecraft eval --gold polnear --split dev --gold-format polnear --model en
      quotecraft eval --gold gold.jsonl --gold-format jsonl --pred mine.jsonl --bootstrap 1000
      quotecraft eval --gold gold.jsonl --gold-format jsonl --pred new.jsonl --compare old.jsonl
      quotecraft eval --gold gold.jsonl --gold-format jsonl --model en --by genre --errors wrong/
      quotecraft eval --gold gold.jsonl --gold-format jsonl --model en --gate floors.toml
      quotecraft eval --gold ana.jsonl --gold-format jsonl --agreement ben.jsonl
    """
    chosen = _Options(**options)
    chosen.check()
    task = chosen.task()
    breakdown = Breakdown.of(task.chosen_metrics(), chosen.by)
    if chosen.agreement is not None:
        report = task.agree(Path(chosen.agreement), breakdown.observe)
    else:
        report = _score(chosen, task, breakdown)
    comparison = _compare(chosen, task, report)
    output = Output("json" if chosen.as_json else chosen.format)
    output.report(report)
    if comparison is not None:
        output.comparison(comparison)
    if chosen.by is not None:
        output.traits(breakdown.traits, report)
    if chosen.confusion:
        output.confusion(breakdown.confusion)
    if chosen.calibration:
        output.calibration(report)
    if chosen.errors is not None:
        _write_errors(chosen.errors, report, breakdown, comparison)
    _finish(chosen, report, output)


def _score(chosen: _Options, task: Task, breakdown: Breakdown) -> Report:
    mended: list[Repair] = []
    made = chosen.pred
    make = _from_model(chosen, task) if made is None else from_file(made)
    report = task.run(make, progress(task.read(mended.append)), breakdown.observe)
    _tell(report, mended, chosen.repairs)
    return report


def _from_model(chosen: _Options, task: Task) -> Maker:
    nested = chosen.gold_format not in FLAT_FORMATS if chosen.nested is None else chosen.nested
    return from_model(
        str(chosen.model),
        given=chosen.given,
        nested=nested,
        coreference=chosen.coreference,
        entities=task.read_entities(),
    )


def _compare(chosen: _Options, task: Task, report: Report) -> Comparison | None:
    if chosen.baseline is None:
        return None
    other = task.run(from_file(chosen.baseline), task.read())
    samples = chosen.bootstrap or COMPARE_SAMPLES
    return compare(other, report, samples=samples, seed=chosen.seed)


def _write_errors(
    target: str, report: Report, breakdown: Breakdown, comparison: Comparison | None
) -> None:
    from quotecraft.display.mistakes import write_page

    page, *_ = write_page(
        target,
        report,
        breakdown.mistakes,
        traits=breakdown.known_traits(),
        confusion=breakdown.confusion,
        comparison=comparison,
    )
    click.echo(
        f"quotecraft: {amount(len(breakdown.mistakes.found), 'mistake')} in {page}", err=True
    )


def _finish(chosen: _Options, report: Report, output: Output) -> None:
    """Print everything; hold the figures against their floors, or set these."""
    verdict = None if chosen.gate is None else check(report, read_floors(chosen.gate))
    if verdict is not None:
        output.verdict(verdict)
    output.print()
    if verdict is not None and verdict.sunk:
        click.echo(f"quotecraft: below their floors: {', '.join(verdict.sunk)}", err=True)
        click.get_current_context().exit(SUNK)
    if chosen.set_floors is not None:
        path = Path(chosen.set_floors)
        old = read_floors(path) if path.exists() else []
        today = datetime.datetime.now(datetime.UTC).date()
        write_floors(raised(report, old, today=today, reason=chosen.reason), path)


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
