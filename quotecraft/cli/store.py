"""``quotecraft store``: keep documents in one file, search what was said, export."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import click

from quotecraft.cli._common import Failures, files_argument, progress
from quotecraft.cli._reading import Reading, reading_options
from quotecraft.formats import formats
from quotecraft.model import Level, QuoteKind, Stance
from quotecraft.model.fields import amount

__all__ = ["store"]


def _values(names: Iterable[StrEnum]) -> list[str]:
    return [name.value for name in names]


_path = click.argument("path", metavar="STORE")
_json = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
_outlet = click.option("--outlet", multiple=True, help="Only this outlet; may be given again.")
_since = click.option(
    "--since", metavar="DATE", help="From this day on: 2024-03-01, 2024-03, 2024."
)
_until = click.option("--until", metavar="DATE", help="Up to this day.")


@click.group()
def store() -> None:
    """Keep documents in one file, search what was said, export.

    The library's twin is quotecraft.Store.

    \b
    Examples:
      quotecraft store add news.db articles/
      quotecraft store search news.db '"clean water"' --speaker Ruiz --since 2024
    """


@store.command()
@_path
@files_argument
@click.option(
    "--batch", type=click.IntRange(min=1), default=20, show_default=True, help="In a transaction."
)
@click.option("--skip-same-text", is_flag=True, help="Leave out texts there under another id.")
@click.option("--resume", is_flag=True, help="Pass over texts that this model has read already.")
@reading_options
def add(
    path: str,
    files: tuple[str, ...],
    batch: int,
    skip_same_text: bool,
    resume: bool,
    reading: Reading,
) -> None:
    """Add FILES to STORE: records that quotecraft wrote, or texts, which are read first.

    Documents are known by their id. Adding equal ones again changes nothing; a document that
    differs takes the place of the one with its id. A text under two ids is kept twice.

    The library's twin is Store.add().

    \b
    Examples:
      quotecraft store add news.db quotes.jsonl
      quotecraft store add news.db articles/ page.html --resume
    """
    from quotecraft.cli._documents import read_documents
    from quotecraft.store import Store

    failures = Failures()
    with Store(path) as kept:
        found = read_documents(
            files,
            reading,
            failures,
            lambda item, by: resume and kept.has_text(item.id, item.text, model=by.name),
        )
        added = kept.add(progress(found), batch=batch, skip_same_text=skip_same_text)
    click.echo(str(added))
    failures.exit()


@store.command()
@_path
@click.argument("query", required=False)
@click.option("--speaker", metavar="NAME", help="Words of a name that the document itself uses.")
@click.option("--person", metavar="NAME", help="All that every document has of one person.")
@click.option(
    "--kind", type=click.Choice(_values(QuoteKind)), multiple=True, help="May be given again."
)
@click.option("--level", type=click.Choice(_values(Level)), help="Speech or thought.")
@click.option("--stance", type=click.Choice(_values(Stance)), multiple=True, help="Of the cue.")
@click.option("--cue", multiple=True, help="Lemma of the cue, e.g. claim.")
@_outlet
@_since
@_until
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="P")
@click.option(
    "--order",
    type=click.Choice(["relevance", "newest", "oldest", "stored"]),
    help="By default relevance, if there is a QUERY.",
)
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True)
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Hits to pass over first.")
@click.option("--count", is_flag=True, help="Print only how many there are.")
@click.option("--color/--no-color", default=None, help="Default: colour on a terminal.")
@_json
def search(
    path: str,
    query: str | None,
    person: str | None,
    order: str | None,
    limit: int,
    offset: int,
    count: bool,
    color: bool | None,
    as_json: bool,
    **conditions: Any,  # noqa: ANN401  (click's options by name)
) -> None:
    """Find quotations in STORE: words in any order, "phrases in quotation marks".

    The library's twins are Store.search(), Store.count() and Store.people().

    \b
    Examples:
      quotecraft store search news.db 'health "clean water"'
      quotecraft store search news.db roads --speaker Ruiz --since 2023 --until 2024-06
      quotecraft store search news.db --person "Ana Ruiz" --kind direct --json
    """
    from quotecraft.display import wants_color
    from quotecraft.display.hits import hits_to_text
    from quotecraft.store import Store

    if person is not None and conditions["speaker"] is not None:
        raise click.UsageError("--speaker and --person exclude each other; give one")
    asked = {name: value for name, value in conditions.items() if value not in (None, ())}
    with Store(path, read_only=True) as kept:
        if person is not None:
            asked["speaker"] = kept.people().find(person)
        if count:
            click.echo(kept.count(query, **asked))
            return
        hits = kept.search(query, **asked, order=order, limit=limit, offset=offset)
        if as_json:
            for hit in hits:
                click.echo(json.dumps(hit.to_dict()))
            return
        colored = wants_color(sys.stdout) if color is None else color
        click.echo(hits_to_text(hits, color=colored), nl=False, color=colored)


@store.command()
@_path
@click.option("-o", "--output", default="-", metavar="OUT", help="File or folder; default stdout.")
@click.option(
    "--format", "format_", type=click.Choice([*formats()]), help="By default told by OUT."
)
@click.option("--text/--no-text", default=True, help="Keep the texts, or their hashes.")
@_outlet
@_since
@_until
def export(
    path: str,
    output: str,
    format_: str | None,
    text: bool,
    outlet: tuple[str, ...],
    since: str | None,
    until: str | None,
) -> None:
    """Write the documents of STORE in any format.

    The library's twin is Store.export().

    \b
    Example:
      quotecraft store export news.db -o quotes.parquet --since 2024
    """
    from quotecraft.store import Store

    with Store(path, read_only=True) as kept:
        kept.export(output, format_, text=text, outlet=outlet or None, since=since, until=until)


@store.command()
@_path
@_json
def info(path: str, as_json: bool) -> None:
    """Print what STORE holds, in figures.

    The library's twin is Store.info().

    \b
    Example:
      quotecraft store info news.db
    """
    from quotecraft.display.clean import terminal_text
    from quotecraft.store import Store

    with Store(path, read_only=True) as kept:
        told = kept.info()
    click.echo(json.dumps(told.to_dict()) if as_json else terminal_text(str(told)))


@store.command()
@_path
@click.argument("ids", nargs=-1, required=True)
def delete(path: str, ids: tuple[str, ...]) -> None:
    """Delete documents from STORE by their ids.

    The library's twin is Store.delete().

    \b
    Example:
      quotecraft store delete news.db articles/a.txt
    """
    from quotecraft.errors import InputError
    from quotecraft.store import Store

    failures = Failures()
    with Store(path, create=False) as kept:
        for document_id in ids:
            if document_id not in kept:
                failures.add(document_id, InputError("no such document; see `store export`"))
        click.echo(f"{kept.delete(ids)} deleted")
    failures.exit()


@store.command()
@_path
@click.argument("file")
def authority(path: str, file: str) -> None:
    """Tell STORE who is who, by a CSV FILE with name, aliases, id, gender, party, ….

    Aliases are separated by |. Rows that can't be used, and those that name nobody in the store,
    are named with their lines.

    The library's twins are read_authority() and Store.set_authority().

    \b
    Example:
      quotecraft store authority news.db people.csv
    """
    from quotecraft.errors import InputError
    from quotecraft.store import Store, read_authority

    failures = Failures()
    read = read_authority(file)
    with Store(path, create=False) as kept:
        kept.set_authority(read)
        for problem in read.problems:
            failures.add("", InputError(str(problem)))
        for line in kept.people().unmatched:
            click.echo(f"quotecraft: {line}", err=True)
    click.echo(f"{amount(len(read.rows), 'row')} kept")
    failures.exit()
