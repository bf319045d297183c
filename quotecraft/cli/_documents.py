"""Documents from any file: records as they are, texts by way of the pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from quotecraft.cli._common import Failures
from quotecraft.cli._reading import Reading
from quotecraft.errors import QuotecraftError
from quotecraft.formats import document_files, read
from quotecraft.formats.jsonl import read_jsonl
from quotecraft.model import Document
from quotecraft.pipeline import Pipeline
from quotecraft.text import FailedInput, InputText

__all__ = ["read_documents"]


def read_documents(
    paths: Iterable[str],
    reading: Reading,
    failures: Failures,
    known: Callable[[InputText, Pipeline], bool],
) -> Iterator[Document]:
    """Yield the documents of files and folders one by one, going on past those that fail.

    Args:
        paths: Records (JSON Lines, Parquet, Web Annotation, TEI), texts, folders of both, or ``-``.
        reading: How texts are read; the pipeline is loaded when the first one comes.
        failures: Takes what can't be read.
        known: Says which texts to pass over.
    """
    made: list[Pipeline] = []

    def texts(path: str, pipe: Pipeline) -> Iterator[InputText | FailedInput]:
        for item in reading.inputs(path):
            if isinstance(item, FailedInput) or not known(item, pipe):
                yield item

    for path, format_ in document_files(paths):
        if format_ is not None:
            yield from _records(path, format_, failures)
            continue
        made = made or [reading.pipeline()]
        yield from made[0].stream(texts(path, made[0]), on_error=failures.of)


def _records(path: str, format_: str, failures: Failures) -> Iterator[Document]:
    try:
        if format_ == "jsonl":
            yield from read_jsonl(path, on_error=lambda error: failures.add(path, error))
        else:
            yield from read(path, format_)
    except QuotecraftError as error:
        failures.add(path, error)
