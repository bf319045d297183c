"""Batch runs without a model: engines and inputs for tests."""

import json
import os
from functools import partial
from pathlib import Path

from quotecraft.formats import jsonl, parquet
from quotecraft.model import Document
from quotecraft.parallel import Apart
from quotecraft.scale import ray
from quotecraft.scale.encoding import failed_entry
from quotecraft.scale.journal import Entry


class NoModel:
    """Stands for a pipeline where only its name is asked for."""

    name = "stand-in-1"


def echo(items, options):
    """An engine that finds nothing; texts that say "boom" fail."""
    for item in items:
        if item.error is not None:
            yield failed_entry(item, item.error)
        elif "boom" in item.input.text:
            yield failed_entry(item, ValueError("boom"))
        else:
            document = Document(item.input.id, item.input.text, item.input.metadata)
            if options.format == "jsonl":
                data = jsonl.dumps(document).encode()
            else:
                data = json.dumps(list(parquet.document_rows(document))).encode()
            yield Entry(item.digest, data, quotes=1)


def deadly_reader(options):
    """Return a reader that texts which say "boom" kill, with its process."""

    def read(item):
        if "boom" in item.input.text:
            os._exit(9)
        return next(echo([item], options))

    return read


def deadly_rows(options):
    """Return a reader of rows that texts which say "Nobody" kill, with its process."""

    def read(item):
        if "Nobody" in item.text:
            os._exit(9)
        return [{"document": item.id}]

    return read


class DeadlyReader(ray._Reader):
    """Reads in a Ray actor with that."""

    def __init__(self, options):
        self._read = Apart(partial(deadly_reader, options))


class KilledError(BaseException):
    """Stands for the end of a process."""


def dying_after(count):
    """Return an engine that ends the run when it has given so many entries."""

    def engine(items, options):
        for number, entry in enumerate(echo(items, options)):
            if number == count:
                raise KilledError
            yield entry

    return engine


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a folder but the lock."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
