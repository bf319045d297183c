"""A tokenizer around any network that labels characters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from quotecraft.model import Sentence
from quotecraft.parse.characters import (
    FEATURES,
    Characters,
    Integers,
    Matrix,
    Window,
    encode,
    feature_matrix,
    windows,
)
from quotecraft.parse.decoding import decode
from quotecraft.text.paragraphs import paragraphs

__all__ = ["CharacterNetwork", "NetworkTokenizer"]

WINDOW = 1000  # characters that go through the network at once
MARGIN = 100  # characters of context on each side of a cut; sentences are about that long
_ROWS = 4  # windows of a batch that may differ in length; fewer are slower, and padding costs more
_ALIKE = 0.8  # least length of any others, as a share of the longest
BATCH = 24_000  # characters of a batch, padding included: under 100 MB at the network's peak


class CharacterNetwork(Protocol):
    """Says of each character whether a token or a sentence ends with it."""

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """The number of each character that it knows."""
        ...

    def label(self, ids: Integers, features: Matrix, lengths: Sequence[int]) -> NDArray[np.int8]:
        """Return the most likely label of each character.

        Args:
            ids: Character numbers, one row a window, longest first, padded with 0.
            features: Their features, in the order of ``FEATURES``.
            lengths: How many of each row to read; the padding read, if any, is labelled too.
        """
        ...


@frozen
class NetworkTokenizer:
    """Tokenizes any text in linear time; holds no state, so threads may share it.

    Attributes:
        network: Labels the characters.
        name: Name and version, recorded in ``Document.model``.
    """

    network: CharacterNetwork = field(repr=False)
    name: str = "custom"

    def tokenize(self, text: str) -> tuple[Sentence, ...]:
        """Return the sentences of a text, with their tokens, in order.

        Tokens hold no white space, sentences never cross a paragraph, and every character that is
        neither white space nor a C1 control lies in exactly one token.
        """
        characters = encode(text, paragraphs(text), self.network.vocabulary)
        labels = np.zeros(len(characters.ids), dtype=np.int8)
        for batch in _batches(windows(characters.bounds, WINDOW, MARGIN)):
            found = self.network.label(*_padded(characters, batch))
            for row, window in zip(found, batch, strict=True):
                kept = row[window.keep_start - window.start : window.keep_end - window.start]
                labels[window.keep_start : window.keep_end] = kept
        return decode(text, characters, labels)


def _batches(cut: list[Window]) -> Iterator[list[Window]]:
    """Group windows of like length, longest first, so that little of a batch is padding."""
    batch: list[Window] = []
    for window in sorted(cut, key=len, reverse=True):
        longest = len(batch[0]) if batch else 0
        unlike = len(batch) >= _ROWS and len(window) < _ALIKE * longest
        if batch and (unlike or (len(batch) + 1) * longest > BATCH):
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _padded(characters: Characters, batch: list[Window]) -> tuple[Integers, Matrix, list[int]]:
    lengths = [len(window) + 1 for window in batch]  # Stanza reads one padding after each text
    ids = np.zeros((len(batch), lengths[0]), dtype=np.int64)
    features = np.zeros((len(batch), lengths[0], len(FEATURES)), dtype=np.float32)
    for row, window in enumerate(batch):
        place = slice(window.start, window.end)
        ids[row, : len(window)] = characters.ids[place]
        features[row, : len(window)] = feature_matrix(characters.flags[place])
    return ids, features, lengths
