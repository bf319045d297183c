"""``quotecraft extract``: find who said what in files, folders or standard input."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from quotecraft.cli._common import (
    Failures,
    documents,
    files_argument,
    is_stdout,
    progress,
    workers_option,
    write_text,
)
from quotecraft.cli._reading import Reading, reading_options
from quotecraft.formats import format_for_path, formats, writer
from quotecraft.model import Document

__all__ = ["extract"]

HTML = "html"


@click.command()
@files_argument
@click.option("-o", "--output", metavar="OUT", help="File or folder to write; default stdout.")
@click.option(
    "--format",
    "format_",
    type=click.Choice([*formats(), HTML]),
    help="Output format; by default told by OUT's extension, else jsonl.",
)
@click.option("--text/--no-text", default=True, help="Keep the text, or its hash.")
@workers_option
@reading_options
def extract(
    files: tuple[str, ...],
    output: str | None,
    format_: str | None,
    text: bool,
    workers: int,
    reading: Reading,
) -> None:
    """Find who said what in FILES: text, HTML, JSON Lines, CSV, Parquet, folders, - for stdin.

    The library's twin is quotecraft.load() and Pipeline.stream(). For more texts than you want to
    lose to a power cut, see quotecraft batch.

    \b
    Examples:
      quotecraft extract article.txt
      quotecraft extract articles/ -o quotes.jsonl --workers 4
      quotecraft extract page.html --format csv -o quotes.csv --min-confidence 0.8
      quotecraft extract article.txt --coreference stanza
      cat article.txt | quotecraft extract -
    """
    format_ = format_ or _guess(output)
    failures = Failures()
    found = progress(documents(files, reading, failures, workers=workers), paths=files)
    if format_ == HTML:
        _write_html(found, output)
    else:
        with writer(format_, output or "-", text=text) as sink:
            for document in found:
                sink.write(document)
    failures.exit()


def _guess(output: str | None) -> str:
    if output is None or is_stdout(output):
        return "jsonl"
    if Path(output).suffix.lower() in (".html", ".htm"):
        return HTML
    return format_for_path(output)


def _write_html(found: Iterable[Document], output: str | None) -> None:
    from quotecraft.display import to_html

    write_text(output, to_html(list(found)))
