"""Collections from any file: stores as they are, records and texts as documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotecraft.cli._common import Failures
from quotecraft.cli._documents import read_documents
from quotecraft.cli._reading import Reading
from quotecraft.model import Document

if TYPE_CHECKING:
    from quotecraft.store import Authority, People

__all__ = ["kept_authority", "linked_people", "read_collection"]

_SQLITE = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat.html


def read_collection(
    files: Iterable[str], reading: Reading, failures: Failures
) -> Iterator[Document]:
    """Yield the documents of stores, records and texts one by one, going on past those that fail.

    Args:
        files: Stores, records, texts, folders of the last two, or ``-``.
        reading: How texts are read; the pipeline is loaded when the first one comes.
        failures: Takes what can't be read.
    """
    from quotecraft.store import Store

    for path in files:
        if _is_store(path):
            with Store(path, read_only=True) as kept:
                yield from kept
        else:
            yield from read_documents([path], reading, failures, lambda _, __: False)


def kept_authority(files: Iterable[str]) -> Authority | None:
    """Return the authority file that a store keeps, the first one's."""
    from quotecraft.store import Store

    for path in filter(_is_store, files):
        with Store(path, read_only=True) as kept:
            if kept.authority is not None:
                return kept.authority
    return None


def linked_people(found: Iterable[Document], known: Authority | None) -> People:
    """Join people across documents, and tell on stderr what the authority file leaves open.

    Args:
        found: The documents.
        known: The authority file.
    """
    from quotecraft.store import link_people

    people = link_people(found, known)
    for problem in (*(known.problems if known else ()), *people.unmatched):
        click.echo(f"quotecraft: {problem}", err=True)
    return people


def _is_store(path: str) -> bool:
    if not Path(path).is_file():
        return False
    with Path(path).open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE
