"""Items to entries, in the process that reads them; entries to shards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import orjson

from quotecraft.formats import jsonl, parquet
from quotecraft.formats._io import write_whole
from quotecraft.model import Document
from quotecraft.pipeline import Pipeline
from quotecraft.scale.items import Item
from quotecraft.scale.journal import Entry
from quotecraft.scale.options import BatchOptions

__all__ = ["failed_entry", "make_reader", "write_shard"]


def make_reader(options: BatchOptions) -> Callable[[Item], Entry]:
    """Load the model and return the function that reads an item; called once in each worker.

    Raises:
        WeightsError: If the model does not exist, or a file of it is missing or damaged.
    """
    return partial(_read, options.load(), options)


def _read(pipe: Pipeline, options: BatchOptions, item: Item) -> Entry:
    """Read an item; an error is kept as the reason why it failed, whatever it is."""
    if item.input is None:
        return failed_entry(item, item.error)
    try:
        document = pipe.read(item.input)
        return Entry(item.digest, _encode(document, options), len(document.quotes))
    except Exception as error:
        return failed_entry(item, error)


def failed_entry(item: Item, error: Exception | None) -> Entry:
    """Return the line of the dead-letter file for an item that could not be read."""
    letter = {
        "index": item.index,
        "id": item.id,
        "place": item.place,
        "error": type(error).__name__,
        "reason": str(error),
    }
    return Entry(item.digest, json.dumps(letter).encode("ascii"), failed=True)


def _encode(document: Document, options: BatchOptions) -> bytes:
    """Return a line that holds a document: its interchange record, or its rows of the table."""
    if options.format == "jsonl":
        return jsonl.dumps(document, text=options.text).encode("utf-8")
    return orjson.dumps(list(parquet.document_rows(document, text=options.text)))


def write_shard(path: Path, lines: Iterable[bytes], options: BatchOptions) -> None:
    """Write a shard in one step; it depends on nothing but the lines.

    Args:
        path: The file.
        lines: The data of its documents, in order.
        options: Tells the format.

    Raises:
        MissingExtraError: If it is Parquet and pyarrow is not installed.
        FormatError: If it can't be written.
    """
    if options.format == "parquet":
        with parquet.Writer(path, text=options.text) as table:
            for line in lines:
                table.write_rows(orjson.loads(line))
        return
    write_whole(path, (line + b"\n" for line in lines))
