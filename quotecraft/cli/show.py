"""``quotecraft show``: an article with its quotations highlighted by speaker."""

from __future__ import annotations

import shutil
import sys

import click

from quotecraft.cli._common import (
    Failures,
    documents,
    files_argument,
    write_text,
)
from quotecraft.cli._reading import Reading, reading_options

__all__ = ["show"]


@click.command()
@files_argument
@click.option("--html", is_flag=True, help="Write a stand-alone HTML page.")
@click.option("--list", "as_list", is_flag=True, help="One line a quotation: who, how, what.")
@click.option("-o", "--output", metavar="OUT", help="File to write; default stdout.")
@click.option("--width", type=click.IntRange(min=20), help="Columns; default the terminal's.")
@click.option("--color/--no-color", default=None, help="Default: colour on a terminal.")
@reading_options
def show(
    files: tuple[str, ...],
    html: bool,
    as_list: bool,
    output: str | None,
    width: int | None,
    color: bool | None,
    reading: Reading,
) -> None:
    """Show FILES with every quotation highlighted by speaker, and who said how much.

    The library's twins are Document in a notebook, quotecraft.display.to_html() and to_terminal().

    \b
    Examples:
      quotecraft show article.txt
      quotecraft show article.txt --list
      quotecraft show article.txt --html -o article-quotes.html
    """
    from quotecraft.display import to_html, to_terminal, to_text_table, wants_color

    failures = Failures()
    found = documents(files, reading, failures)
    if html or (output or "").lower().endswith((".html", ".htm")):
        write_text(output, to_html(list(found)))
    else:
        columns = width or shutil.get_terminal_size((88, 24)).columns
        colored = wants_color(sys.stdout) if color is None else color
        shown = (
            to_text_table(document, width=columns)
            if as_list
            else to_terminal(document, width=columns, color=colored)
            for document in found
        )
        if output:
            write_text(output, "\n\n".join(shown))
        else:
            for page in shown:
                click.echo(page, color=colored)
    failures.exit()
