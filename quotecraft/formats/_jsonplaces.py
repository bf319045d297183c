"""On which lines of a JSON text the items of a list stand, for messages that name them."""

from __future__ import annotations

import json
import re

__all__ = ["items_with_lines"]

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def items_with_lines(text: str, key: str) -> list[int]:
    """Return the one-based line that each item of an object's list begins on.

    Args:
        text: A valid JSON text.
        key: Which member of the outermost object is the list; of several, the last, as JSON
            readers take it.

    Returns:
        A line for each item; nothing when the text is no object or the member no list.
    """
    place = _skip(text, 0)
    lines: list[int] = []
    if text[place : place + 1] != "{":
        return lines
    place = _skip(text, place + 1)
    while text[place] != "}":
        name, place = _DECODER.raw_decode(text, place)
        place = _skip(text, _skip(text, place) + 1)
        if name == key and text[place] == "[":
            lines, place = _items(text, place)
        else:
            _, place = _DECODER.raw_decode(text, place)
        place = _next(text, place)
    return lines


def _items(text: str, place: int) -> tuple[list[int], int]:
    """Return the lines of a list's items, and the place past the list that begins at ``place``."""
    lines: list[int] = []
    line, counted = text.count("\n", 0, place) + 1, place
    place = _skip(text, place + 1)
    while text[place] != "]":
        line += text.count("\n", counted, place)
        counted = place
        lines.append(line)
        _, place = _DECODER.raw_decode(text, place)
        place = _next(text, place)
    return lines, place + 1


def _next(text: str, place: int) -> int:
    place = _skip(text, place)
    return _skip(text, place + 1) if text[place] == "," else place


def _skip(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place
