"""Scores of (cue head, word) pairs: labels, distance biases and the biaffine product.

Dozat and Manning, "Deep Biaffine Attention for Neural Dependency Parsing" (ICLR 2017).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

__all__ = [
    "BIAS_REACH",
    "DISTANCE_REACH",
    "LABEL_CONTENT",
    "LABEL_COUNT",
    "LABEL_CUE",
    "LABEL_NONE",
    "LABEL_SOURCE",
    "PAIR_SIZE",
    "Biases",
    "FloatArray",
    "score_pairs",
]

FloatArray = NDArray[np.float32]

LABEL_NONE, LABEL_CONTENT, LABEL_SOURCE, LABEL_CUE = range(4)
LABEL_COUNT: Final = 4
PAIR_SIZE: Final = 128
"""Width of the vectors whose product scores a (cue head, word) pair and one label."""
DISTANCE_REACH: Final = 64
"""Word distances beyond it share one bias."""
BIAS_REACH: Final = 3
"""The same for paragraph and sentence distances."""


@frozen(eq=False)
class Biases:
    """What the distance between a cue head and a word adds to each label's score.

    Attributes:
        distance: By words, (2 * DISTANCE_REACH + 1, labels).
        paragraph: By paragraphs, (2 * BIAS_REACH + 1, labels).
        sentence: By sentences, the same.
    """

    distance: FloatArray
    paragraph: FloatArray
    sentence: FloatArray


def score_pairs(
    cue: FloatArray,
    words: FloatArray,
    scores: FloatArray,
    offsets: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]],
    biases: Biases,
) -> FloatArray:
    """Return the log probability of each label of each word for one window's cue heads.

    Args:
        cue: Cue vectors of the heads, (heads, labels * size).
        words: Word vectors of the window's words, (words, size).
        scores: Their word scores, (words, labels).
        offsets: Distances of the words from the heads in words, paragraphs and sentences, each
            (heads, words).
        biases: The network's bias tables.
    """
    by_label = cue.reshape(len(cue), LABEL_COUNT, PAIR_SIZE)
    total = (by_label @ words.T).transpose(0, 2, 1) / np.float32(PAIR_SIZE**0.5) + scores
    tables = (
        (biases.distance, DISTANCE_REACH),
        (biases.paragraph, BIAS_REACH),
        (biases.sentence, BIAS_REACH),
    )
    for (table, reach), offset in zip(tables, offsets, strict=True):
        total = total + table[np.clip(offset, -reach, reach) + reach]
    total = total - total.max(-1, keepdims=True)
    logged: FloatArray = total - np.log(np.exp(total).sum(-1, keepdims=True))
    return logged
