"""Running the tagger's network over texts: windows in, candidate cues with pair scores out."""

from __future__ import annotations

from collections.abc import Sequence
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

__all__ = ["LEAST_LOGIT", "Network", "NetworkOutput", "find_candidates"]

LEAST_LOGIT: Final = -2.0
"""Words whose cue-head logit is lower are no candidates (probability 0.12)."""

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
