"""Texts in JSON Lines (https://jsonlines.org), one object a line, files of any size."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator

from quotecraft.errors import FormatError
from quotecraft.text.inputs import Columns, FailedInput, InputText

__all__ = ["is_record", "read_json_lines"]

# Fields of quotecraft's own interchange record that hold results, not facts about the text.
_RESULTS = frozenset({"schema", "quotes", "speakers", "model", "sha256"})


def is_record(line: bytes, columns: Columns) -> bool:
    """Say whether a line is a JSON object with a text."""
    try:
        value = json.loads(line.removeprefix(codecs.BOM_UTF8))
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and isinstance(value.get(columns.text), str)


def read_json_lines(
    lines: Iterable[bytes], name: str, columns: Columns
) -> Iterator[InputText | FailedInput]:
    """Read one JSON object a line; empty lines are passed over.

    Args:
        lines: The lines, in UTF-8; the first may begin with a byte order mark.
        name: What to call their file.
        columns: Which fields hold the text and the id; the others, and those of an object
            ``metadata``, become metadata, but for the results of an interchange record.

    Yields:
        A text a line; a failure for a line that can't be read, which costs only itself.
    """
    for number, line in enumerate(lines, 1):
        content = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if not content.strip():
            continue
        try:
            yield _record(content, name, number, columns)
        except FormatError as error:
            yield FailedInput(f"{name}:{number}", error)


def _record(line: bytes, name: str, number: int, columns: Columns) -> InputText:
    """Read one line of a JSON Lines file.

    Raises:
        FormatError: If it is no JSON object with a text.
    """

    def wrong(reason: str, path: str | None = None) -> FormatError:
        return FormatError(reason, source=name, line=number, path=path)

    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise wrong(f"not UTF-8 (byte {error.start}): JSON Lines must be UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise wrong(f"not JSON ({error}): give one JSON object a line") from error
    if not isinstance(value, dict):
        raise wrong(f"not a JSON object: each line must be one, with a field {columns.text!r}")
    text, given = value.pop(columns.text, None), value.pop(columns.id, None)
    if not isinstance(text, str):
        reason = f"{columns.text!r} is missing or not a string: put the text there"
        raise wrong(reason, f"$.{columns.text}")
    if given is not None and (not isinstance(given, (str, int)) or isinstance(given, bool)):
        raise wrong(f"{columns.id!r} is neither a string nor a whole number", f"$.{columns.id}")
    own = value.pop("metadata", None)
    metadata = {key: item for key, item in value.items() if key not in _RESULTS}
    if isinstance(own, dict):
        metadata |= own
    elif own is not None:
        metadata["metadata"] = own
    place = f"{name}:{number}"
    return InputText(place if given is None else str(given), text, metadata, place)
