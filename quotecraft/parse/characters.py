"""Text to the numbers that a character-level tokenizer reads, and back to places in the text.

Stanza's tokenizer (Qi et al. 2018, "Universal Dependency Parsing from Scratch") labels every
character of a paragraph. It sees white space as one blank, and beside the character itself five
features. This module computes both for a whole text at once, with the place of each character.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.model import Span

__all__ = ["FEATURES", "Characters", "Window", "encode", "feature_matrix", "is_blank", "windows"]

# The features of Stanza's tokenizer that we use, in the order in which it lays them out.
FEATURES = ("space_before", "capitalized", "numeric", "end_of_para", "start_of_para")

Integers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.uint8]
Matrix: TypeAlias = NDArray[np.float32]

UNKNOWN = 1  # the number of a character that the vocabulary lacks (0 is padding)
_BLANK, _UPPER, _DIGIT, _END, _START = (np.uint8(1 << bit) for bit in range(len(FEATURES)))


@frozen
class Characters:
    """The characters of a text that the tokenizer reads: paragraphs, with single blanks.

    Attributes:
        ids: Number of each character in the vocabulary.
        flags: Its features, one bit each in the order of ``FEATURES``.
        places: Index of each character in the text.
        bounds: For each paragraph that has any character: its number, and the half-open range of
            its characters in the arrays above.
    """

    ids: Integers
    flags: Flags
    places: Integers
    bounds: tuple[tuple[int, int, int], ...]

    def blank(self) -> NDArray[np.bool_]:
        """Say of each character whether it is a blank."""
        return (self.flags & _BLANK) > 0


@frozen
class Window:
    """A stretch of characters that goes through the network at once.

    Attributes:
        start: Its first character.
        end: Just past its last.
        keep_start: From where on its labels count; those before belong to an earlier window.
        keep_end: Up to where they count.
    """

    start: int
    end: int
    keep_start: int
    keep_end: int

    def __len__(self) -> int:
        return self.end - self.start


def is_blank(character: str) -> bool:
    """Say whether the tokenizer takes a character for white space: white space or a C1 control."""
    return character.isspace() or "\x80" <= character <= "\x9f"


def encode(text: str, paragraphs: Iterable[Span], vocabulary: Mapping[str, int]) -> Characters:
    """Number the characters of a text.

    Args:
        text: Any text, lone surrogates included.
        paragraphs: Its paragraphs, in order, without overlap.
        vocabulary: The number of each known character.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    ids_of, flags_of = _tables(text, vocabulary)
    flags = flags_of[codes]
    blank = (flags & _BLANK) > 0
    keep = ~blank
    keep[1:] |= ~blank[:-1]  # the first blank of a run stands for all of it
    places = np.flatnonzero(keep)
    flags = flags[places]
    bounds = []
    for number, span in enumerate(paragraphs):
        start, end = (int(i) for i in np.searchsorted(places, (span.start, span.end)))
        if start < end and flags[start] & _BLANK:
            start += 1
        if start < end and flags[end - 1] & _BLANK:
            end -= 1
        if start < end:
            bounds.append((number, start, end))
            flags[start] |= _START
            flags[end - 1] |= _END
    return Characters(ids_of[codes[places]].astype(np.int64), flags, places, tuple(bounds))


def _tables(text: str, vocabulary: Mapping[str, int]) -> tuple[NDArray[np.int32], Flags]:
    """Tables from code point to number and flags, filled for the characters of one text."""
    known = set(text)
    size = max(map(ord, known), default=0) + 1
    ids, flags = np.full(size, UNKNOWN, dtype=np.int32), np.zeros(size, dtype=np.uint8)
    for character in known:
        blank = is_blank(character)
        ids[ord(character)] = vocabulary.get(" " if blank else character, UNKNOWN)
        flags[ord(character)] = (
            blank * _BLANK | character.isupper() * _UPPER | character.isdecimal() * _DIGIT
        )
    return ids, flags


def feature_matrix(flags: Flags) -> Matrix:
    """Lay the feature bits of some characters out as a matrix, one row a character."""
    bits = np.array([_BLANK, _UPPER, _DIGIT, _END, _START], dtype=np.uint8)
    return ((flags[:, None] & bits) > 0).astype(np.float32)


def windows(bounds: Iterable[tuple[int, int, int]], size: int, margin: int) -> list[Window]:
    """Cut paragraphs into windows, so that one of any length takes bounded memory.

    Windows of one paragraph overlap by twice the margin; each character's label is taken from the
    window in which it stands at least a margin from a cut.

    Args:
        bounds: The paragraphs, as ``Characters.bounds`` gives them.
        size: Largest window, in characters; more than four margins.
        margin: Characters of context to see on each side of a cut.
    """
    cut: list[Window] = []
    for _, start, end in bounds:
        if end - start <= size:
            cut.append(Window(start, end, start, end))
            continue
        stride = size - 2 * margin
        edges = [start, *range(start + margin + stride, end - margin, stride), end]
        cut += [
            Window(max(start, left - margin), min(end, right + margin), left, right)
            for left, right in pairwise(edges)
        ]
    return cut
