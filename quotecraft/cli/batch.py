"""``quotecraft batch``: any number of texts, into a folder, resumably."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from quotecraft.cli._common import SOME_FAILED, workers_option
from quotecraft.cli._reading import Reading, reading_options
from quotecraft.cli._signals import Stopped
from quotecraft.model.fields import amount
from quotecraft.scale import BatchOptions, BatchReport, Engine, local
from quotecraft.scale import batch as run_batch
from quotecraft.scale.options import FORMATS
from quotecraft.text import count_inputs

__all__ = ["batch"]


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@click.argument("output", metavar="OUTDIR")
@workers_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="parquet",
    show_default=True,
    help="Format of the shards; both keep everything.",
)
@click.option(
    "--shard-size",
    type=click.IntRange(1),
    default=1000,
    show_default=True,
    metavar="N",
    help="Inputs that one shard covers.",
)
@click.option("--text/--no-text", default=True, help="Keep the texts, or their hashes.")
@click.option(
    "--engine",
    type=click.Choice(["local", "ray"]),
    default="local",
    show_default=True,
    help="Processes of this machine, or a Ray cluster.",
)
@click.option("--address", metavar="ADDRESS", help="Ray: cluster to join; a local one by default.")
@reading_options
def batch(
    inputs: tuple[str, ...],
    output: str,
    workers: int,
    format_: str,
    shard_size: int,
    text: bool,
    engine: str,
    address: str | None,
    reading: Reading,
) -> None:
    """Find who said what in INPUT, any number of texts, into the folder OUTDIR.

    INPUT is files or folders of text, HTML, JSON Lines, CSV, TSV or Parquet. OUTDIR gets shards in
    documents/, the inputs that failed in failed.jsonl, and a manifest. Stopped or killed, run the
    same command again: it goes on where it was, and the output is the same as that of one run. The
    library's twin is quotecraft.scale.batch().

    \b
    Examples:
      quotecraft batch articles/ out --workers 4
      quotecraft batch articles.parquet out --text-column body --id-column url
      quotecraft batch a.jsonl b.jsonl out --engine ray --address auto
    """
    options = BatchOptions(
        **reading.options(),
        text=text,
        format=format_,
        shard_size=shard_size,
    )
    try:
        with _progress(inputs) as on_done:
            chosen = _engine(engine, workers, address)
            report = run_batch(inputs, output, options=options, engine=chosen, on_done=on_done)
    except (KeyboardInterrupt, Stopped):
        click.echo(
            f"quotecraft: stopped; what is done is kept in {output}: run the same command again "
            "to go on",
            err=True,
        )
        raise
    click.echo(_summary(report, output), err=True)
    if report.failed:
        click.get_current_context().exit(SOME_FAILED)


def _engine(name: str, workers: int, address: str | None) -> Engine:
    if name == "ray":
        from quotecraft.scale.ray import engine

        return engine(workers, address=address)
    if address is not None:
        raise click.UsageError("--address is for --engine ray")
    return local(workers)


@contextmanager
def _progress(inputs: tuple[str, ...]) -> Iterator[Callable[[int], None]]:
    """Show what is done, the rate and the time left on stderr, if that is a terminal."""
    from tqdm import tqdm

    total = count_inputs(inputs) if sys.stderr.isatty() else None
    with tqdm(total=total, unit=" documents", disable=None, file=sys.stderr) as bar:
        begun = False

        def on_done(done: int) -> None:
            nonlocal begun
            if not begun:  # the work of earlier runs says nothing of this one's rate
                bar.initial = bar.n = done
            begun = True
            bar.update(done - bar.n)

        yield on_done


def _summary(report: BatchReport, output: str) -> str:
    resumed = f", {report.resumed:,} of them done before" if report.resumed else ""
    failed = f", {report.failed:,} failed: see {output}/failed.jsonl" if report.failed else ""
    return (
        f"quotecraft: {amount(report.documents + report.failed, 'input')}{resumed}; "
        f"{amount(report.quotes, 'quotation')} in {amount(report.documents, 'document')}, "
        f"{amount(report.shards, 'shard')}{failed}"
    )
