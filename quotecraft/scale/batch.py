"""A run over any number of texts that can be killed at any moment and started again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TypeAlias

from attrs import frozen

from quotecraft.errors import MissingExtraError, RunError
from quotecraft.formats import jsonl, parquet
from quotecraft.model import Document
from quotecraft.parallel import ordered_map
from quotecraft.scale.encoding import failed_entry, make_reader
from quotecraft.scale.folder import DOCUMENTS, MANIFEST, RunFolder
from quotecraft.scale.items import Item, read_items
from quotecraft.scale.journal import Entry
from quotecraft.scale.lock import locked
from quotecraft.scale.manifest import Manifest
from quotecraft.scale.options import BatchOptions

__all__ = ["BatchReport", "Engine", "batch", "local", "read"]

Engine: TypeAlias = Callable[[Iterable[Item], BatchOptions], Iterator[Entry]]
"""Reads items somewhere and gives their entries in order; takes items as they are needed."""

OnDone: TypeAlias = Callable[[int], None]
"""Told how many inputs are done: first that of earlier runs, then one more each time."""


@frozen
class BatchReport:
    """What a run did.

    Attributes:
        documents: Number of documents in the output.
        failed: Number of inputs in the dead-letter file.
        quotes: Number of quotations.
        shards: Number of shards.
        resumed: Number of inputs that earlier runs had done.
    """

    documents: int
    failed: int
    quotes: int
    shards: int
    resumed: int


def local(workers: int = 1) -> Engine:
    """Return an engine of processes on this machine, each with a model and one thread.

    A worker that dies is replaced; the text that it was reading is tried once more and then fails.

    Args:
        workers: Number of processes; as many as there are cores is the most that helps.
    """

    def run(items: Iterable[Item], options: BatchOptions) -> Iterator[Entry]:
        make = partial(make_reader, options)
        for outcome in ordered_map(make, items, workers, size=lambda item: item.size):
            yield outcome.value or failed_entry(outcome.item, outcome.error)

    return run


def batch(
    inputs: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    output: str | os.PathLike[str],
    *,
    options: BatchOptions | None = None,
    engine: Engine | None = None,
    on_done: OnDone | None = None,
) -> BatchReport:
    """Read all inputs into a folder of shards; go on where an earlier run stopped.

    The folder gets ``documents/part-000000.parquet`` and so on, each covering ``shard_size``
    inputs in their order; ``failed.jsonl`` with the inputs that could not be read, their place and
    the reason; ``shards.jsonl`` and ``manifest.json``. However often a run is stopped or killed,
    its output is the same, byte by byte. Scripts need ``if __name__ == "__main__":`` around the
    call.

    Args:
        inputs: Files, folders or ``-``, as for ``quotecraft.text.read_inputs``.
        output: The folder.
        options: Model and options; ``BatchOptions()`` if not given.
        engine: Where the texts are read; one process of this machine if not given.
        on_done: Told of the progress.

    Raises:
        RunError: If the folder is in use, or holds a run of another model, with other options, from
            other input or with other versions; or the input has changed.
        WeightsError: If the model does not exist, or a file of it is missing or damaged.
        WorkerError: If workers can't start.
        FormatError: If the output can't be written.
        MissingExtraError: If Parquet is wanted and pyarrow is not installed.
    """
    options = options or BatchOptions()
    several = [inputs] if isinstance(inputs, (str, os.PathLike)) else inputs
    paths = [os.fspath(path) for path in several]
    _check_format(options)
    with locked(Path(output)):
        folder = RunFolder(Path(output), Manifest.of(paths, options), options)
        with closing(folder), closing(read_items(paths, options)) as items:
            folder.verify(items)
            resumed = folder.done
            tell = on_done or _ignored
            tell(resumed)
            for done, entry in enumerate((engine or local())(items, options), resumed + 1):
                folder.add(entry)
                tell(done)
            folder.finish()
            return BatchReport(**folder.totals, shards=len(folder.shards), resumed=resumed)


def _check_format(options: BatchOptions) -> None:
    if options.format == "parquet":
        try:
            parquet.arrow_schema()
        except MissingExtraError as error:
            raise MissingExtraError(
                "writing Parquet (or choose the format jsonl)", "parquet"
            ) from (error)


def _ignored(done: int) -> None:
    """Tell nobody."""


def read(output: str | os.PathLike[str]) -> Iterator[Document]:
    """Read the documents of a run's folder one at a time, in the order of its input.

    Args:
        output: The folder; if its run is not complete, the shards that are final are read.

    Raises:
        RunError: If it is not the folder of a run.
        FormatError: If a shard is damaged.
    """
    folder = Path(output)
    manifest = Manifest.read(folder / MANIFEST)
    if manifest is None:
        raise RunError(f"{folder} is not the folder of a batch run: it has no {MANIFEST}")
    format_ = jsonl if manifest.options["format"] == "jsonl" else parquet
    for path in sorted((folder / DOCUMENTS).glob("part-*")):
        yield from format_.read(path)
