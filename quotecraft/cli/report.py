"""``quotecraft report``: the audit of a collection as one HTML page."""

from __future__ import annotations

import click

from quotecraft.cli._collections import kept_authority, linked_people, read_collection
from quotecraft.cli._common import Failures, files_argument, progress, write_text
from quotecraft.cli._reading import Reading, reading_options

__all__ = ["report"]


@click.command()
@files_argument
@click.option("-o", "--output", metavar="OUT", help="File to write; default stdout.")
@click.option("--title", help="Title of the page.")
@click.option(
    "--authority",
    type=click.Path(exists=True, dir_okay=False),
    help="CSV of people: name, aliases, id, gender, any column.",
)
@reading_options
def report(
    files: tuple[str, ...],
    output: str | None,
    title: str | None,
    authority: str | None,
    reading: Reading,
) -> None:
    """Audit the sources of FILES: one HTML page of figures, charts, caveats and methods.

    FILES are texts, pages, folders, what quotecraft extract wrote, or a store. The page stands
    alone: no script, nothing from the network. The library's twin is
    quotecraft.report.report_html().

    \b
    Examples:
      quotecraft report articles/ -o report.html
      quotecraft report news.db --authority people.csv --title "The Example, 2024" -o report.html
    """
    from quotecraft.report import check_installed, report_html
    from quotecraft.store import read_authority

    check_installed()
    failures = Failures()
    known = read_authority(authority) if authority else kept_authority(files)
    found = list(progress(read_collection(files, reading, failures)))
    people = linked_people(found, known)
    page = report_html(found, people=people, title=title, min_confidence=reading.min_confidence)
    write_text(output, page)
    failures.exit()
