"""Random training windows for the tokenizer, cut from labelled paragraphs.

Stanza's own loader joins sentences drawn one by one from the whole treebank, so that no window
shows what stands before a sentence in its text. Here runs of neighbouring sentences of a paragraph
are drawn, which is what the tokenizer meets when it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from quotecraft.model import Span
from quotecraft.parse.characters import (
    FEATURES,
    Flags,
    Integers,
    Matrix,
    encode,
    feature_matrix,
)
from quotecraft.parse.decoding import SENTENCE_END, TOKEN_END

__all__ = ["Batch", "LabelledCharacters", "WindowSettings", "build_vocabulary", "sample_batch"]

_PADDING, _UNKNOWN, _NO_LABEL = 0, 1, -1
_BLANK, _END, _START = (
    np.uint8(1 << FEATURES.index(name)) for name in ("space_before", "end_of_para", "start_of_para")
)


@frozen
class WindowSettings:
    """How windows are drawn.

    Attributes:
        length: Characters in a window.
        count: Windows in a batch.
        go_on: Probability that the next sentence of the paragraph follows in a run.
        blank: Probability of a blank between two runs.
        shorten: Probability that a window is cut short at a sentence end.
        drop_stop: Probability that the last stop of such a window is lost.
        show_edge: Probability that the first and last characters are marked as a paragraph's edges.
        unit_dropout: Probability that a character is made unknown (Stanza's default).
    """

    length: int = 300
    count: int = 32
    go_on: float = 0.6
    blank: float = 0.9
    shorten: float = 0.2
    drop_stop: float = 0.2
    show_edge: float = 0.9
    unit_dropout: float = 0.33


@frozen
class LabelledCharacters:
    """All training paragraphs as one run of characters.

    Attributes:
        ids: Number of each character in the vocabulary.
        flags: Features of each character, without those of a paragraph's edges.
        labels: Label of each character.
        sentences: Start, end and paragraph of each sentence, one row each.
        blank_id: Number of the blank.
    """

    ids: Integers
    flags: Flags
    labels: NDArray[np.int8]
    sentences: Integers = field(repr=False)
    blank_id: int = 0

    @classmethod
    def of(
        cls, paragraphs: Iterable[tuple[str, str]], vocabulary: Mapping[str, int]
    ) -> LabelledCharacters:
        """Number the characters of texts with their labels.

        Args:
            paragraphs: Text and labels of each, as ``read_training_text`` gives them.
            vocabulary: Number of each known character.
        """
        ids, flags, labels, rows = [], [], [], []
        offset = 0
        for number, (text, marks) in enumerate(paragraphs):
            characters = encode(text, [Span(0, len(text))], vocabulary)
            own = np.frombuffer(marks.encode("ascii"), dtype=np.int8) - np.int8(ord("0"))
            own = own[characters.places]
            ends = np.flatnonzero(own == SENTENCE_END) + 1
            starts = np.concatenate(([0], ends[:-1]))
            rows.append(np.stack([starts + offset, ends + offset, np.full(len(ends), number)], 1))
            ids.append(characters.ids)
            flags.append(characters.flags & ~(_START | _END))
            labels.append(own)
            offset += len(own)
        return cls(
            np.concatenate(ids),
            np.concatenate(flags),
            np.concatenate(labels),
            np.concatenate(rows),
            vocabulary[" "],
        )


@frozen
class Batch:
    """Windows as the network takes them, padded to one length.

    Attributes:
        ids: Character numbers, one row a window.
        features: Features of each character.
        labels: Labels; -1 where there is nothing to learn.
    """

    ids: Integers
    features: Matrix
    labels: Integers


def build_vocabulary(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the characters of some texts, most frequent first; their numbers start at 2."""
    counts: dict[str, int] = {}
    for text in texts:
        for character in text:
            counts[character] = counts.get(character, 0) + 1
    return tuple(sorted(counts, key=lambda c: (-counts[c], c)))


def sample_batch(data: LabelledCharacters, settings: WindowSettings, seed: Sequence[int]) -> Batch:
    """Draw a batch; the same seed draws the same one.

    Args:
        data: What to draw from.
        settings: How.
        seed: Any numbers, such as those of the run and the step.
    """
    rng = np.random.default_rng(list(seed))
    size = (settings.count, settings.length)
    ids = np.full(size, _PADDING, dtype=np.int64)
    flags = np.zeros(size, dtype=np.uint8)
    labels = np.full(size, _NO_LABEL, dtype=np.int64)
    for row in range(settings.count):
        own_ids, own_flags, own_labels = _draw_window(data, settings, rng)
        length = len(own_ids)
        ids[row, :length], flags[row, :length] = own_ids, own_flags
        labels[row, :length] = own_labels
    hidden = (rng.random(size) < settings.unit_dropout) & (ids != _PADDING)
    ids[hidden] = _UNKNOWN
    features = feature_matrix(flags.reshape(-1)).reshape(*size, len(FEATURES))
    return Batch(ids, features, labels)


def _draw_window(
    data: LabelledCharacters, settings: WindowSettings, rng: np.random.Generator
) -> tuple[Integers, Flags, NDArray[np.int8]]:
    places, size = [], 0
    while size < settings.length:
        run = _draw_run(data, settings, rng)
        places.append(run)
        size += len(run)
        if rng.random() < settings.blank:
            places.append(np.array([-1]))
            size += 1
    place = np.concatenate(places)[: settings.length]
    joint = place < 0
    ids = np.where(joint, data.blank_id, data.ids[place])
    flags = np.where(joint, _BLANK, data.flags[place])
    labels = np.where(joint, np.int8(0), data.labels[place])
    ends = np.flatnonzero(labels == SENTENCE_END) + 1
    if len(ends) and rng.random() < settings.shorten:
        cut = int(rng.choice(ends))
        ids, flags, labels = ids[:cut], flags[:cut], labels[:cut]
        if cut > 2 and labels[-2] == TOKEN_END and rng.random() < settings.drop_stop:
            ids, flags, labels = ids[:-1], flags[:-1], labels[:-1]
            labels[-1] = SENTENCE_END
        if rng.random() < settings.show_edge:
            flags[-1] |= _END
    if rng.random() < settings.show_edge:
        flags[0] |= _START
    return ids, flags, labels


def _draw_run(
    data: LabelledCharacters, settings: WindowSettings, rng: np.random.Generator
) -> Integers:
    """Draw neighbouring sentences of a paragraph, as places in the arrays."""
    first = int(rng.integers(len(data.sentences)))
    start, end, paragraph = data.sentences[first]
    row = first + 1
    while (
        row < len(data.sentences)
        and data.sentences[row, 2] == paragraph
        and end - start < settings.length
        and rng.random() < settings.go_on
    ):
        end = data.sentences[row, 1]
        row += 1
    start += bool(data.flags[start] & _BLANK)
    return np.arange(start, end, dtype=np.int64)
