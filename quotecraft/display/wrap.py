"""Lines of styled text, wrapped by the columns that a terminal gives each character."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

import click
from attrs import frozen

__all__ = ["PLAIN", "Style", "Wrapper", "display_width", "fit"]

_ASCII = re.compile(r"[\x20-\x7e]*")
# White space, a run below the first wide character (U+1100), or one character from there on.
_PIECE = re.compile(r"\s+|[^\s\u1100-\U0010ffff]+|\S")
# General categories that don't begin a line, and those that don't end one.
_NOT_FIRST = frozenset({"Pe", "Pf", "Po", "Mn", "Mc", "Me", "Cf"})
_NOT_LAST = frozenset({"Ps", "Pi", "Cf"})


@frozen
class Style:
    """How a terminal shows a stretch of text; the names are those of ``click.style``."""

    fg: str | None = None
    bold: bool = False
    dim: bool = False
    italic: bool = False

    def paint(self, text: str) -> str:
        """Return ``text`` between this style's ANSI codes."""
        if self == PLAIN:
            return text
        return click.style(
            text,
            fg=self.fg,
            bold=self.bold or None,
            dim=self.dim or None,
            italic=self.italic or None,
        )


PLAIN = Style()


@lru_cache(maxsize=8192)
def _columns(character: str) -> int:
    """Return 0, 1 or 2: the columns of one character, by UAX #11 (East Asian Width)."""
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0
    wide = category != "Cn" and unicodedata.east_asian_width(character) in ("W", "F")
    return 2 if wide else 1


def display_width(text: str) -> int:
    """Return how many columns a terminal gives ``text``."""
    return len(text) if _ASCII.fullmatch(text) else sum(map(_columns, text))


def _head(text: str, width: int) -> str:
    """Return the longest start of ``text`` that fits, and at least one character."""
    used = 0
    for index, character in enumerate(text):
        used += _columns(character)
        if used > width and index:
            return text[:index]
    return text


def fit(text: str, width: int) -> str:
    """Return ``text``, cut with "…" if it takes more than ``width`` columns (3 or more)."""
    if display_width(text) <= width:
        return text
    return _head(text, width - 1).rstrip() + "…"


class Wrapper:
    """Fills lines with styled text; a line breaks at white space and beside wide characters.

    Args:
        width: Columns of a line; a longer word is cut.
        color: Whether to write ANSI codes; each line has its own, so that pagers keep them.
    """

    def __init__(self, width: int, *, color: bool) -> None:
        self.width = width
        self.color = color
        self.lines: list[str] = []
        self._line: list[tuple[str, Style]] = []
        self._used = 0
        self._word: list[tuple[str, Style]] = []
        self._space = False

    def add(self, text: str, style: Style = PLAIN) -> None:
        """Add text to the line; white space in it is one space."""
        for piece in _PIECE.findall(text):
            if piece.isspace():
                self._end_word()
                self._space = True
                continue
            if self._may_break(piece[0]):
                self._end_word()
            self._word.append((piece, style))

    def _may_break(self, character: str) -> bool:
        """Say whether a line may break between the word so far and this character."""
        if not self._word:
            return False
        before = self._word[-1][0][-1]
        return (
            2 in (_columns(before), _columns(character))
            and unicodedata.category(character) not in _NOT_FIRST
            and unicodedata.category(before) not in _NOT_LAST
        )

    def end_line(self) -> None:
        """End the line, if there is anything on it."""
        self._end_word()
        self._break()

    def blank(self) -> None:
        """End the line and leave one empty line, except at the top."""
        self.end_line()
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _end_word(self) -> None:
        word, self._word = self._word, []
        if not word:
            return
        needed = sum(display_width(text) for text, _ in word)
        if self._line and self._used + self._space + needed > self.width:
            self._break()
        if self._line and self._space:
            before, after = self._line[-1][1], word[0][1]
            self._put(" ", before if before == after else PLAIN)
        self._space = False
        for text, style in word:
            self._put(text, style)

    def _put(self, text: str, style: Style) -> None:
        """Put text on the line, and cut it where the line is full."""
        if self._used + display_width(text) <= self.width:
            self._line.append((text, style))
            self._used += display_width(text)
            return
        start = 0
        for index, character in enumerate(text):
            columns = _columns(character)
            if self._used + columns > self.width:
                if index > start:
                    self._line.append((text[start:index], style))
                self._break()
                start = index
            self._used += columns
        self._line.append((text[start:], style))

    def _break(self) -> None:
        if not self._line:
            return
        line = ""
        for style, runs in groupby(self._line, key=lambda run: run[1]):
            text = "".join(run[0] for run in runs)
            line += style.paint(text) if self.color else text
        self.lines.append(line)
        self._line = []
        self._used = 0
        self._space = False
