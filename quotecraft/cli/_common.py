"""What several commands share: reading inputs, naming failures, progress, exit codes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click
from attrs import define

from quotecraft.cli._reading import Reading
from quotecraft.formats._io import write_whole
from quotecraft.model import Document
from quotecraft.text import InputText, count_inputs

__all__ = [
    "SOME_FAILED",
    "Failures",
    "documents",
    "files_argument",
    "progress",
    "workers_option",
]

T = TypeVar("T")

SOME_FAILED = 1  # exit code: done, but some inputs failed and were named


@define
class Failures:
    """Names each failed input on stderr and remembers that there was one."""

    count: int = 0

    def add(self, name: str, error: Exception) -> None:
        """Print one line for an input that failed."""
        self.count += 1
        message = " ".join(str(error).split()) or type(error).__name__
        line = message if message.startswith(name) else f"{name}: {message}"
        _echo(f"quotecraft: {line}")

    def of(self, item: InputText, error: Exception) -> None:
        """Do the same for what a pipeline's ``on_error`` is told."""
        self.add(item.id, error)

    def exit(self) -> None:
        """End the command with code 1 if anything failed."""
        if self.count:
            click.get_current_context().exit(SOME_FAILED)


def _echo(line: str) -> None:
    """Print to stderr without breaking a progress bar there."""
    from tqdm import tqdm

    tqdm.write(line, file=sys.stderr)


def documents(
    paths: Iterable[str], reading: Reading, failures: Failures, *, workers: int = 1
) -> Iterator[Document]:
    """Read and annotate inputs one by one, going on past those that fail."""
    pipe = reading.pipeline()
    return pipe.stream(reading.inputs(paths), on_error=failures.of, workers=workers)


def progress(
    items: Iterable[T], *, unit: str = "document", paths: Iterable[str] | None = None
) -> Iterable[T]:
    """Show a progress bar on stderr; silent when stderr is not a terminal.

    Args:
        items: What to go through.
        unit: What to call one of them.
        paths: The inputs they come from, counted to tell the time left.
    """
    from tqdm import tqdm

    total = count_inputs(paths) if paths is not None and sys.stderr.isatty() else None
    bar: Iterable[T] = tqdm(
        items, total=total, unit=f" {unit}s", file=sys.stderr, disable=None, leave=False
    )
    return bar


files_argument = click.argument("files", nargs=-1, required=True, metavar="FILES…")

workers_option = click.option(
    "--workers",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes, each with a model; as many as cores.",
)


def is_stdout(output: str | None) -> bool:
    """Say whether results go to stdout."""
    return output in (None, "-")


def write_text(output: str | None, text: str) -> None:
    """Write a finished text to a file, or to stdout.

    Raises:
        FormatError: If the file can't be written.
    """
    if is_stdout(output):
        click.echo(text, nl=not text.endswith("\n"))
    else:
        write_whole(str(output), [text.encode("utf-8", "replace")])
