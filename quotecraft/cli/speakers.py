"""``quotecraft speakers``: who is heard, how much and how, over many articles."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from quotecraft.cli._collections import kept_authority, linked_people, read_collection
from quotecraft.cli._common import Failures, files_argument, progress, write_text
from quotecraft.cli._reading import Reading, reading_options
from quotecraft.model import Level

if TYPE_CHECKING:
    from quotecraft.analysis import Table

__all__ = ["speakers"]


@click.command()
@files_argument
@click.option(
    "--by",
    metavar="COLUMN",
    help="Share of voice by speaker_kind, source_type, role, gender, quote_kind, stance, cue, "
    "period:month, a field of the metadata such as outlet, or a column of the authority file.",
)
@click.option(
    "--authority",
    type=click.Path(exists=True, dir_okay=False),
    help="CSV of people: name, aliases, id, gender, any column.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--csv", "as_csv", is_flag=True, help="CSV, safe to open in a spreadsheet.")
@click.option("--top", type=click.IntRange(min=1), metavar="N", help="Only the first N rows.")
@click.option("--thoughts", is_flag=True, help="Count what is thought, too, not speech alone.")
@click.option("-o", "--output", metavar="OUT", help="File to write; default stdout.")
@reading_options
def speakers(
    files: tuple[str, ...],
    by: str | None,
    authority: str | None,
    as_json: bool,
    as_csv: bool,
    top: int | None,
    thoughts: bool,
    output: str | None,
    reading: Reading,
) -> None:
    """Say who speaks in FILES, how much and how: a profile of each speaker.

    FILES are texts, pages, folders, what quotecraft extract wrote, or a store; the last two are
    counted as they are. Speakers of several documents are one where that is safe. The library's
    twins are quotecraft.analysis.profiles() and, with --by, shares(), and link_people().

    \b
    Examples:
      quotecraft speakers articles/
      quotecraft speakers quotes.jsonl --by outlet
      quotecraft speakers news.db --authority people.csv --by party --csv -o parties.csv
    """
    from quotecraft.analysis import collect, profiles, shares
    from quotecraft.store import read_authority

    if as_json and as_csv:
        raise click.UsageError("--json and --csv exclude one another")
    failures = Failures()
    found = list(progress(read_collection(files, reading, failures)))
    known = read_authority(authority) if authority else kept_authority(files)
    people = linked_people(found, known)
    levels = tuple(Level) if thoughts else (Level.SPEECH,)
    collection = collect(found, people=people, levels=levels, min_confidence=reading.min_confidence)
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
