"""Windows: the stretches of a text that the encoder reads at once.

Every word belongs to the one window that owns it; the window also holds context around the words
it owns. Windows end at the ends of paragraphs where they can, because an attribution seldom
crosses one (0.8 % in PolNeAR), so that few are cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.detect.pieces import EncodedText, changes

__all__ = ["MAX_PIECES", "Batch", "Window", "make_batch", "plan_windows", "words_of_window"]

MAX_PIECES: Final = 254
"""Pieces in a window without ``[CLS]`` and ``[SEP]``; the encoder was trained at 256."""

_LEFT: Final = 24  # pieces of context before the owned words
_RIGHT: Final = 32  # pieces of context after them where no paragraph ends there
_MASKED: Final = np.float32(-1e4)  # added to attention scores of padding


@frozen
class Window:
    """A stretch of word pieces and the words in it that it owns.

    Attributes:
        start: First piece.
        end: Just past the last piece.
        own_start: First word it owns.
        own_end: Just past the last word it owns.
    """

    start: int
    end: int
    own_start: int
    own_end: int

    def __len__(self) -> int:
        return self.end - self.start


@frozen(eq=False)
class Batch:
    """Several windows as the network's input; each begins with ``[CLS]`` and ends with ``[SEP]``.

    Attributes:
        ids: Piece numbers, (windows, pieces).
        marks: Mark state of the word each piece belongs to, (windows, pieces).
        mask: Added to attention scores: 0 for a piece, a large negative number for padding.
    """

    ids: NDArray[np.int64]
    marks: NDArray[np.int64]
    mask: NDArray[np.float32]


def plan_windows(encoded: EncodedText, size: int = MAX_PIECES) -> list[Window]:
    """Cut a text into windows of at most ``size`` pieces that together own every word once.

    Args:
        encoded: The text.
        size: Most pieces in a window; at least as many as its longest word has.
    """
    if not encoded.word_count:
        return []
    return list(_Planner(encoded, size).windows())


class _Planner:
    """Lays the windows over one text, from left to right."""

    def __init__(self, encoded: EncodedText, size: int) -> None:
        self._size = size
        self._left, self._right = min(_LEFT, size // 4), min(_RIGHT, size // 4)
        self._pieces = len(encoded.ids)
        self._words = encoded.word_count
        self._piece_starts = np.append(encoded.first, self._pieces).astype(np.int64)
        self._paragraphs = np.flatnonzero(changes(encoded.paragraph))
        self._sentences = np.flatnonzero(changes(encoded.sentence))

    def windows(self) -> Iterator[Window]:
        own = 0
        while own < self._words:
            start = max(0, int(self._piece_starts[own]) - self._left) if own else 0
            stop, whole = self._cut(own, start + self._size)
            end = int(self._piece_starts[stop])
            if not whole:
                end = min(self._pieces, start + self._size, end + self._right)
            yield Window(start, end, own, stop)
            own = stop

    def _cut(self, own: int, room: int) -> tuple[int, bool]:
        """Return the word before which the owned words end, and whether a paragraph ends there.

        Args:
            own: First owned word.
            room: Piece at which the window must end.
        """
        last = self._word_at(room)
        if last >= self._words:
            return self._words, True
        if (paragraph := _last_up_to(self._paragraphs, last)) > own:
            return paragraph, True
        inner = self._word_at(room - self._right)
        if (sentence := _last_up_to(self._sentences, inner)) > own:
            return sentence, False
        return max(own + 1, inner), False

    def _word_at(self, piece: int) -> int:
        return int(np.searchsorted(self._piece_starts, piece, side="right")) - 1


def _last_up_to(numbers: NDArray[np.int64], limit: int) -> int:
    """Return the last of some sorted numbers that is not beyond a limit; -1 if there is none."""
    at = int(np.searchsorted(numbers, limit, side="right")) - 1
    return int(numbers[at]) if at >= 0 else -1


def words_of_window(
    encoded: EncodedText, window: Window
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the words whose first piece lies in a window, and where (``[CLS]`` counted)."""
    words = np.arange(
        np.searchsorted(encoded.first, np.int32(window.start), side="left"),
        np.searchsorted(encoded.first, np.int32(window.end), side="left"),
        dtype=np.int32,
    )
    return words, encoded.first[words].astype(np.int64) - window.start + 1


def make_batch(windows: Sequence[tuple[EncodedText, Window]], cls_id: int, sep_id: int) -> Batch:
    """Pad windows to one length and return them as arrays."""
    longest = max(len(window) for _, window in windows) + 2
    shape = (len(windows), longest)
    ids = np.zeros(shape, np.int64)
    marks = np.zeros(shape, np.int64)
    mask = np.full((len(windows), 1, 1, longest), _MASKED, np.float32)
    for row, (encoded, window) in enumerate(windows):
        size = len(window)
        ids[row, 0], ids[row, size + 1] = cls_id, sep_id
        ids[row, 1 : size + 1] = encoded.ids[window.start : window.end]
        words = encoded.word_of[window.start : window.end]
        marks[row, 1 : size + 1] = encoded.marks[words]
        mask[row, ..., : size + 2] = 0.0
    return Batch(ids, marks, mask)


def batches_by_length(
    windows: Sequence[tuple[int, Window]], batch_size: int
) -> Iterator[list[tuple[int, Window]]]:
    """Yield groups of windows of like length, so that little padding is computed.

    Args:
        windows: Windows, each with the number of its text.
        batch_size: Most windows in a group.
    """
    ordered = sorted(windows, key=lambda item: (len(item[1]), item[0], item[1].start))
    for start in range(0, len(ordered), batch_size):
        yield ordered[start : start + batch_size]
