"""The same on a cluster, by Ray Data (the ``ray`` extra): actors hold the model, blocks are Arrow.

>>> import ray
>>> from quotecraft.scale.ray import attribute
>>> quotes = attribute(ray.data.read_parquet("articles/"), workers=16)
>>> quotes.write_parquet("quotes/")
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from quotecraft.errors import MissingExtraError
from quotecraft.parallel import Apart
from quotecraft.scale.arrow import Attributor
from quotecraft.scale.batch import Engine
from quotecraft.scale.encoding import failed_entry, make_reader
from quotecraft.scale.items import Item
from quotecraft.scale.journal import Entry
from quotecraft.scale.options import BatchOptions
from quotecraft.text import InputText

__all__ = ["attribute", "engine"]

_BLOCK = 32  # texts in an Arrow block, which an actor reads at a time
_ROUND = 1 << 15  # texts that the cluster has at a time, in one run of its actors
_CHARACTERS = 1 << 28  # most characters of them


def _ray() -> Any:  # noqa: ANN401  (a module)
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise MissingExtraError("Ray", "ray") from error
    return ray


def attribute(
    dataset: Any,  # noqa: ANN401  (ray.data.Dataset, of an optional dependency)
    *,
    options: BatchOptions | None = None,
    workers: int = 1,
    batch_size: int = _BLOCK,
) -> Any:  # noqa: ANN401
    """Find who said what in a dataset of texts.

    Args:
        dataset: A ``ray.data.Dataset`` with a column of texts and one of ids; the other columns
            become metadata.
        options: Model, options and names of the columns; ``BatchOptions()`` if not given.
        workers: Number of actors, each with a model and one CPU.
        batch_size: Texts that an actor reads at a time.

    Returns:
        A ``ray.data.Dataset`` with the columns of ``quotecraft.scale.arrow.output_schema``, one
        quotation a row. Ray reads when it is consumed, and begins again what a lost actor had. A
        text that twice kills the process that reads it is a row with the reason in ``error``.

    Raises:
        MissingExtraError: If Ray is not installed.
    """
    return _mapped(dataset, _Attributor, options or BatchOptions(), workers, batch_size)


def _mapped(dataset: Any, reader: type, options: BatchOptions, workers: int, size: int) -> Any:  # noqa: ANN401
    ray = _ray()
    return dataset.map_batches(
        reader,
        fn_constructor_args=(options,),
        compute=ray.data.ActorPoolStrategy(size=workers),
        batch_format="pyarrow",
        batch_size=size,
        num_cpus=1,
        zero_copy_batch=True,
    )


def engine(workers: int = 1, *, address: str | None = None) -> Engine:
    """Return an engine for ``quotecraft.scale.batch`` that reads on a Ray cluster.

    The input is read, and the output written, where ``batch`` runs; so its runs resume as local
    ones do, with the same result.

    Args:
        workers: Number of actors, each with a model and one CPU.
        address: Cluster to join (``"auto"``, ``"ray://host:10001"``); one on this machine is
            started if there is none and Ray runs nowhere here.

    Raises:
        MissingExtraError: If Ray is not installed.
    """
    _ray()

    def run(items: Iterable[Item], options: BatchOptions) -> Iterator[Entry]:
        _start(workers, address)
        source = iter(items)
        while chunk := _next_round(source):
            yield from _in_order(chunk, options, workers)

    return run


def _start(workers: int, address: str | None) -> None:
    ray = _ray()
    if ray.is_initialized():
        return
    if address is not None:
        ray.init(address=address, log_to_driver=False)
    else:
        ray.init(num_cpus=workers + 1, include_dashboard=False, log_to_driver=False)


def _next_round(items: Iterator[Item]) -> list[Item]:
    taken: list[Item] = []
    size = 0
    while len(taken) < _ROUND and size < _CHARACTERS:
        item = next(items, None)
        if item is None:
            break
        taken.append(item)
        size += item.size
    return taken


def _in_order(items: list[Item], options: BatchOptions, workers: int) -> Iterator[Entry]:
    """Read some items on the cluster; those without a text are answered here."""
    read = _entries([item for item in items if item.input is not None], options, workers)
    for item in items:
        yield next(read) if item.input is not None else failed_entry(item, item.error)


def _entries(items: list[Item], options: BatchOptions, workers: int) -> Iterator[Entry]:
    import pyarrow as pa

    if not items:
        return
    blocks = [items[start : start + _BLOCK] for start in range(0, len(items), _BLOCK)]
    tables = [pa.table({"item": [_packed(item) for item in block]}) for block in blocks]
    dataset = _mapped(_ray().data.from_arrow(tables), _Reader, options, workers, _BLOCK)
    dataset.context.execution_options.preserve_order = True
    for table in dataset.iter_batches(batch_format="pyarrow", batch_size=None):
        for row in table.to_pylist():
            yield Entry(**row)


class _Attributor(Attributor):
    """Reads Arrow tables; one per actor, with the model in a process of its own, as below."""

    def __init__(self, options: BatchOptions) -> None:
        super().__init__(options, apart=True)


class _Reader:
    """Reads packed items; one per actor.

    The model is in a process of the actor's own: Ray tries for ever what a lost actor had, so a
    text that kills the process that reads it must not kill the actor.
    """

    def __init__(self, options: BatchOptions) -> None:
        self._read: Apart[Item, Entry] = Apart(partial(make_reader, options))

    def __call__(self, table: Any) -> Any:  # noqa: ANN401  (a pyarrow.Table)
        import pyarrow as pa

        outcomes = self._read(_unpacked(item) for item in table["item"].to_pylist())
        entries = [o.value or failed_entry(o.item, o.error) for o in outcomes]
        names = ("digest", "data", "quotes", "failed")
        return pa.table({name: [getattr(entry, name) for entry in entries] for name in names})


def _packed(item: Item) -> bytes:
    """Return an item as JSON; dates become text, as they do in an interchange record."""
    text = item.input
    assert text is not None
    record = [item.index, item.id, item.place, item.digest, text.text, text.metadata]
    return json.dumps(record, default=lambda value: value.isoformat()).encode("ascii")


def _unpacked(data: bytes) -> Item:
    index, own, place, digest, text, metadata = json.loads(data)
    return Item(index, own, place, digest, InputText(own, text, metadata, place))
