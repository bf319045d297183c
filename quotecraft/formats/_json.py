"""JSON that keeps every Python string exactly, lone surrogates included."""

from __future__ import annotations

import datetime
import json
import math
import numbers
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any

import orjson

from quotecraft.errors import FormatError

__all__ = ["PAIRS", "decode", "encode", "encode_ascii", "plain", "restore_pairs"]

PAIRS = "surrogate_pairs"
"""Key of an object's note on surrogates that JSON would join.

JSON (RFC 8259, section 7) can't tell two neighbouring surrogate code points from the one character
that they spell in UTF-16. The note lists, for each string that held such neighbours, the way to it
(keys and indices) and the code point offsets at which the character read must be split again.
"""

_MAX_INT = 2**63
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_Way = tuple[str | int, ...]


def plain(value: Any, path: str) -> Any:  # noqa: ANN401  (JSON is any value)
    """Return a value as plain JSON: dates as ISO 8601, tuples as lists, NaN as ``None``.

    Args:
        value: Strings, numbers (NumPy's too), booleans, ``None``, dates, lists, tuples, mappings.
        path: Where the value stands, JSONPath style, for messages.

    Raises:
        FormatError: If it is none of these, or an integer needs more than 64 bits.
        RecursionError: If it is nested too deeply or holds itself.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value.value) if isinstance(value, Enum) else value
    if isinstance(value, numbers.Integral):
        if not -_MAX_INT <= (number := int(value)) < 2 * _MAX_INT:
            raise FormatError(f"{number} does not fit in 64 bits; make it a string", path=path)
        return number
    if isinstance(value, numbers.Real):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, Mapping):
        if odd := [key for key in value if not isinstance(key, str)]:
            raise FormatError(f"key {odd[0]!r} is not a string; JSON keys are", path=path)
        return {key: plain(item, f"{path}.{key}") for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, f"{path}[{index}]") for index, item in enumerate(value)]
    name = type(value).__name__
    raise FormatError(f"JSON can't hold a {name}; use text, numbers, lists or mappings", path=path)


def encode(record: dict[str, Any]) -> bytes:
    """Return an object as one line of JSON in UTF-8, with no line break.

    Args:
        record: Plain JSON values. Strings with lone surrogates, which UTF-8 can't hold, make the
            whole line ASCII with escapes (and a note, see ``PAIRS``).

    Raises:
        FormatError: If a value is not JSON, or is nested too deeply.
    """
    try:
        return orjson.dumps(record)
    except TypeError:
        return encode_ascii(record)


def encode_ascii(record: dict[str, Any]) -> bytes:
    """Return an object as one line of ASCII JSON; see ``encode``."""
    try:
        pairs = [[list(way), places] for way, places in _pairs(record, ())]
        noted = {**record, PAIRS: pairs} if pairs else record
        return json.dumps(noted, allow_nan=False, separators=(",", ":")).encode("ascii")
    except RecursionError as error:
        raise FormatError("values are nested too deeply for JSON; flatten them") from error
    except (TypeError, ValueError) as error:
        raise FormatError(f"not a JSON value: {error}; use plain values") from error


def decode(data: bytes | str) -> Any:  # noqa: ANN401  (JSON is any value)
    """Return the value of a JSON text, undoing what ``encode`` did to surrogates.

    Raises:
        FormatError: If it is not JSON or not UTF-8.
    """
    return restore_pairs(_loads(data))


def restore_pairs(value: Any) -> Any:  # noqa: ANN401
    """Split again, in an object with a note on surrogates, what JSON has joined; drop the note.

    Only needed for an object inside another; ``decode`` does it for the outermost.

    Raises:
        FormatError: If the note leads nowhere.
    """
    if isinstance(value, dict) and PAIRS in value:
        notes = value.pop(PAIRS)
        try:
            for way, places in notes:
                _split(value, way, places)
        except (TypeError, ValueError, LookupError) as error:
            raise FormatError(f"{PAIRS} is damaged: {error}", path=f"$.{PAIRS}") from error
    return value


def _loads(data: bytes | str) -> Any:  # noqa: ANN401
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        pass  # orjson also refuses escapes of lone surrogates, which json reads
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
        return json.loads(text, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise FormatError(f"not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise FormatError(f"not valid JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise FormatError("values are nested too deeply to read") from error
    except ValueError as error:
        raise FormatError(f"not valid JSON: {error}") from error


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a JSON number; use null")


def _pairs(value: object, way: _Way) -> Iterator[tuple[_Way, list[int]]]:
    if isinstance(value, str):
        places = [m.start() - n for n, m in enumerate(_SURROGATE_PAIR.finditer(value))]
        if places:
            yield way, places
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _pairs(item, (*way, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _pairs(item, (*way, index))


def _split(value: Any, way: list[str | int], places: list[int]) -> None:  # noqa: ANN401
    *parents, last = way
    for step in parents:
        value = value[step]
    text: str = value[last]
    pieces, done = [], 0
    for place in places:
        pieces += [text[done:place], _surrogates(text[place])]
        done = place + 1
    value[last] = "".join((*pieces, text[done:]))


def _surrogates(character: str) -> str:
    high, low = divmod(ord(character) - 0x10000, 0x400)
    return chr(0xD800 + high) + chr(0xDC00 + low)
