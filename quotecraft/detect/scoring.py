"""Running the tagger's network over texts: windows in, candidate cues with pair scores out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.detect.decoding import Candidate
from quotecraft.detect.pairs import Biases, score_pairs
from quotecraft.detect.pieces import EncodedText
from quotecraft.detect.windows import (
    Batch,
    Window,
    batches_by_length,
    make_batch,
    plan_windows,
    words_of_window,
)

__all__ = [
    "LEAST_LOGIT",
    "Network",
    "NetworkOutput",
    "find_candidates",
    "stretches_of_candidates",
]

LEAST_LOGIT: Final = -2.0
"""Words whose cue-head logit is lower are no candidates (probability 0.12)."""

STRETCH: Final = 2048
"""Windows of a text that are scored before the next ones; a novel has about a thousand."""

FloatArray = NDArray[np.float32]


@frozen(eq=False)
class NetworkOutput:
    """What the network says of each piece of a batch.

    Attributes:
        tags: Cue-head logit, then content and source tags (outside, begin, inside),
            (windows, pieces, 7).
        cues: Cue vectors, (windows, pieces, labels * size).
        words: Word vectors, (windows, pieces, size).
        scores: Word scores, (windows, pieces, labels).
    """

    tags: FloatArray
    cues: FloatArray
    words: FloatArray
    scores: FloatArray


class Network(Protocol):
    """A tagger network, whatever runs it."""

    @property
    def biases(self) -> Biases:
        """Its distance biases."""
        ...

    def __call__(self, batch: Batch) -> NetworkOutput:
        """Run it on a batch."""
        ...


def find_candidates(
    texts: Sequence[EncodedText],
    network: Network,
    special: tuple[int, int],
    batch_size: int = 8,
) -> list[list[Candidate]]:
    """Return the candidate cues of each text, each scored in the one window that owns its head.

    Args:
        texts: Encoded texts.
        network: Scores their windows.
        special: Piece numbers of ``[CLS]`` and ``[SEP]``.
        batch_size: Most windows run at once; windows of all texts are batched together by length.
    """
    windows = [
        (number, window) for number, text in enumerate(texts) for window in plan_windows(text)
    ]
    return _score(texts, windows, network, special, batch_size)


def stretches_of_candidates(
    text: EncodedText,
    network: Network,
    special: tuple[int, int],
    batch_size: int = 8,
    most: int = STRETCH,
) -> Iterator[tuple[list[Candidate], int | None]]:
    """Yield the candidate cues of a text, a stretch of it at a time, for they take much memory.

    Args:
        text: The encoded text.
        network: Scores its windows.
        special: Piece numbers of ``[CLS]`` and ``[SEP]``.
        batch_size: Most windows run at once; those of a stretch are batched together by length.
        most: Most windows of a stretch.

    Yields:
        The candidates of a stretch, and the word from which on those of the next may claim words;
        ``None`` for the last.
    """
    windows = [(0, window) for window in plan_windows(text)]
    for start in range(0, len(windows), most):
        (found,) = _score([text], windows[start : start + most], network, special, batch_size)
        behind = windows[start + most : start + most + 1]
        yield found, int(words_of_window(text, behind[0][1])[0][0]) if behind else None


def _score(
    texts: Sequence[EncodedText],
    windows: Sequence[tuple[int, Window]],
    network: Network,
    special: tuple[int, int],
    batch_size: int,
) -> list[list[Candidate]]:
    """Return the candidates of some windows, each with the number of its text, by text."""
    found: list[list[Candidate]] = [[] for _ in texts]
    for group in batches_by_length(windows, batch_size):
        batch = make_batch([(texts[number], window) for number, window in group], *special)
        output = network(batch)
        for row, (number, window) in enumerate(group):
            found[number] += _candidates(texts[number], window, output, row, network.biases)
    for candidates in found:
        candidates.sort(key=lambda candidate: candidate.head)
    return found


def _candidates(
    text: EncodedText, window: Window, output: NetworkOutput, row: int, biases: Biases
) -> list[Candidate]:
    words, positions = words_of_window(text, window)
    tags = output.tags[row, positions]
    owned = (words >= window.own_start) & (words < window.own_end)
    heads = np.flatnonzero(owned & (tags[:, 0] > LEAST_LOGIT))
    if not len(heads):
        return []
    offsets = tuple(
        (numbers[None, :] - numbers[heads][:, None]).astype(np.int32)
        for numbers in (words, text.paragraph[words], text.sentence[words])
    )
    scores = score_pairs(
        output.cues[row, positions[heads]],
        output.words[row, positions],
        output.scores[row, positions],
        (offsets[0], offsets[1], offsets[2]),
        biases,
    )
    begin = tags[:, 2] - tags[:, 3]
    span = (int(words[0]), int(words[-1]) + 1)
    return [
        Candidate(int(words[head]), float(tags[head, 0]), span, row_scores, begin)
        for head, row_scores in zip(heads, scores, strict=True)
    ]
