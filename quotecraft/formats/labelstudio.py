"""Label Studio (https://labelstud.io) tasks, for correction by hand and back.

A file is a JSON list of tasks, one a document. ``labelling_config()`` is the labelling interface
that the project needs; ``python -m quotecraft.formats.labelstudio`` prints it. In it, regions of
the text are labelled ``Content``, ``Cue`` or ``Source``. The first region of a quotation's content
carries the speaker and the addressee as text areas and the kind, level and stance as choices; from
it lead relations to the cue (``cue``), the source mention (``source``), further pieces of the
content (``continues``) and the quotation around it (``inside``). What Label Studio has no place for
stands in the task's ``data.quotecraft``, which it keeps.

Our quotations are the task's prediction. Reading takes, of each task, the annotation that was saved
last and not cancelled, else the last prediction: spans, links, speakers, kinds, levels and stances
are what it says, so that corrections count; a name that no speaker had makes a new speaker.

Offsets count Unicode code points, as Label Studio does (its first versions: UTF-16 units). A region
whose words aren't at its offsets is looked for at the offsets that other ways of counting give,
then by its words; words that the text has not, or has twice, are an error, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from quotecraft.errors import FormatError
from quotecraft.formats._io import Source, Target, open_source, source_name
from quotecraft.formats._json import decode, encode, restore_pairs
from quotecraft.formats._labelstudio_reading import document_of_task
from quotecraft.formats._labelstudio_writing import task_of
from quotecraft.formats._writer import FileWriter
from quotecraft.model import Document, Level, QuoteKind, Stance

__all__ = ["Writer", "labelling_config", "read", "to_task", "write"]

_COLOURS = {"Content": "#2a6f97", "Cue": "#b35c00", "Source": "#5e548e"}


def labelling_config() -> str:
    """Return the labelling interface (XML) for the tasks that ``write`` makes."""
    labels = "".join(
        f'    <Label value="{name}" background="{colour}"/>\n' for name, colour in _COLOURS.items()
    )
    relations = "".join(
        f'    <Relation value="{name}"/>\n' for name in ("cue", "source", "continues", "inside")
    )
    return (
        '<View>\n  <Labels name="label" toName="text">\n'
        f"{labels}  </Labels>\n  <Relations>\n{relations}  </Relations>\n"
        '  <Text name="text" value="$text"/>\n'
        '  <View visibleWhen="region-selected" whenTagName="label" whenLabelValue="Content">\n'
        f"{_area('speaker', 'Speaker')}{_area('addressee', 'Spoken to')}"
        f"{_choices('kind', QuoteKind)}{_choices('level', Level)}{_choices('stance', Stance)}"
        "  </View>\n</View>\n"
    )


def _area(name: str, title: str) -> str:
    return (
        f'    <Header value="{title}" size="6"/>\n'
        f'    <TextArea name="{name}" toName="text" perRegion="true" maxSubmissions="1"'
        ' editable="true" rows="1"/>\n'
    )


def _choices(name: str, values: Iterable[str]) -> str:
    choices = "".join(f'      <Choice value="{value}"/>\n' for value in values)
    return (
        f'    <Choices name="{name}" toName="text" perRegion="true" choice="single"'
        f' showInline="true">\n{choices}    </Choices>\n'
    )


def to_task(document: Document) -> dict[str, Any]:
    """Return a document as a task with its quotations as a prediction.

    Raises:
        FormatError: If metadata hold something that JSON can't.
    """
    return task_of(document)


class Writer(FileWriter):
    """Writes a list of tasks to a path or a stream."""

    def _head(self) -> bytes:
        return b"["

    def _encode(self, document: Document) -> bytes:
        return (b",\n" if self._file.marks else b"\n") + encode(task_of(document))

    def _foot(self) -> bytes:
        return b"\n]\n"


def write(documents: Iterable[Document], target: Target) -> int:
    """Write documents as tasks; a path gets all of them or stays as it was.

    Args:
        documents: The documents.
        target: A path, an open stream (binary or text), or ``"-"`` for standard output.

    Returns:
        The number of documents written.

    Raises:
        FormatError: If metadata hold something that JSON can't, or the output can't be written.
    """
    with Writer(target) as writer:
        for document in documents:
            writer.write(document)
    return writer.count


def read(source: Source) -> Iterator[Document]:
    """Read the documents of tasks, exported from Label Studio as JSON or written here.

    The file is one JSON value, so all of it is in memory at once.

    Args:
        source: A path, an open stream (binary or text), or ``"-"`` for standard input.

    Raises:
        InputError: If the path can't be read.
        FormatError: If it is no list of tasks, or a region or relation doesn't fit.
    """
    name = source_name(source)
    with open_source(source) as stream:
        data = stream.read()
    try:
        for path, task in _tasks(decode(data)):
            yield document_of_task(task, path, name)
    except FormatError as error:
        raise FormatError(error.reason, source=name, path=error.path) from error


def _tasks(value: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    tasks: Sequence[object] = value if isinstance(value, list) else [value]
    for index, task in enumerate(tasks):
        if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
            raise FormatError("expected a task, an object with data", path=f"$[{index}]")
        yield f"$[{index}]", restore_pairs(task)


if __name__ == "__main__":
    print(labelling_config(), end="")
