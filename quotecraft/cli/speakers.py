"""``quotecraft speakers``: who is heard, how much and how, over many articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotecraft.cli._common import (
    Failures,
    documents,
    files_argument,
    model_options,
    progress,
    write_text,
)
from quotecraft.model import Document, Level
from quotecraft.pipeline import Pipeline, load

if TYPE_CHECKING:
    from quotecraft.analysis import Table

__all__ = ["speakers"]

_SCHEMA = b'"schema":"quotecraft/'


@click.command()
@files_argument
@click.option(
    "--by",
    metavar="COLUMN",
    help="Share of voice by speaker_kind, source_type, role, gender, quote_kind, stance, cue, "
    "period:month, or a field of the metadata such as outlet.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV, safe to open in a spreadsheet.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N rows.")
@click.option("--thoughts", is_flag=True, help="Count what is thought, too, not speech alone.")
@click.option("-o", "--output", metavar="OUT", help="File to write; default stdout.")
@model_options
def speakers(
    files: tuple[str, ...],
    by: str | None,
    as_json: bool,
    as_csv: bool,
    top: int | None,
    thoughts: bool,
    output: str | None,
    model: str,
    stanza: str | None,
    min_confidence: float,
    nested: bool,
) -> None:
    """Say who speaks in FILES, how much and how: a profile of each speaker.

    FILES are texts, pages, folders, or JSON Lines that quotecraft extract wrote, which are counted
    as they are. The library's twins are quotecraft.analysis.profiles() and, with --by, shares().

    \b
    Examples:
      quotecraft speakers articles/
      quotecraft speakers quotes.jsonl --by outlet
      quotecraft speakers quotes.jsonl --csv -o speakers.csv
    """
    from quotecraft.analysis import collect, profiles, shares

    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude one another")
    failures = Failures()

    def pipeline() -> Pipeline:
        return load(model, stanza=stanza, min_confidence=min_confidence, nested=nested)

    found = progress(_read(files, pipeline, failures))
    levels = tuple(Level) if thoughts else (Level.SPEECH,)
    collection = collect(found, levels=levels, min_confidence=min_confidence)
    table: Table[Any] = profiles(collection) if by is None else shares(collection, by)
    if top is not None:
        table = table.head(top)
    write_text(output, _render(table, as_json=as_json, as_csv=as_csv))
    failures.exit()


def _render(table: Table[Any], *, as_json: bool, as_csv: bool) -> str:
    if as_csv:
        return table.to_csv()
    if as_json:
        return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in table.to_dicts())
    return table.to_text()


def _read(
    files: Iterable[str], pipeline: Callable[[], Pipeline], failures: Failures
) -> Iterator[Document]:
    """Yield documents: records as they are, texts by way of the pipeline."""
    from quotecraft.formats.jsonl import read_jsonl

    made: list[Pipeline] = []
    for path in files:
        if _holds_records(path):
            yield from read_jsonl(
                path, on_error=lambda error: failures.add(error.source or "", error)
            )
        else:
            made = made or [pipeline()]
            yield from documents(made[0], [path], failures)


def _holds_records(path: str) -> bool:
    if Path(path).suffix.lower() not in (".jsonl", ".ndjson") or not Path(path).is_file():
        return False
    with Path(path).open("rb") as stream:
        return _SCHEMA in stream.readline().replace(b" ", b"")
