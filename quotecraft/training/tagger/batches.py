"""Training windows and batches: what one step of training sees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, Final

import numpy as np
import torch
from attrs import fields, frozen
from numpy.typing import NDArray
from torch import Tensor

from quotecraft.detect.pieces import EncodedText, TextEncoder, changes
from quotecraft.detect.windows import MAX_PIECES, Window, make_batch, words_of_window
from quotecraft.training.tagger.augment import Augmentation, augment
from quotecraft.training.tagger.data import (
    IGNORED,
    Article,
    CueStatistics,
    LabelledText,
    label_article,
)

__all__ = ["IGNORED", "BatchMaker", "Item", "TrainingBatch", "random_windows", "training_batch"]

_SMALLEST: Final = 8  # shorter windows teach nothing
_BUCKET: Final = 40  # batches within which windows are sorted by length

Item = tuple[LabelledText, Window]
"""A window and the labelled text it lies in."""


@frozen(eq=False)
class TrainingBatch:
    """One batch: inputs, labels of words, and labels of (cue head, word) pairs.

    Attributes:
        ids: Piece numbers, (windows, pieces).
        marks: Mark state of the word each piece belongs to, (windows, pieces).
        mask: Added to attention scores, (windows, 1, 1, pieces).
        word_window: Window of each word.
        word_position: Position of each word's first piece in its window.
        is_head: 1 for cue heads.
        content_bio: Content tag of each word.
        source_bio: Source tag of each word.
        pair_window: Window of each pair row (one row a cue head).
        head_position: Position of each row's cue head.
        pair_positions: Positions of the words of each row's window, (rows, words).
        pair_labels: Their labels, ``IGNORED`` for padding.
        offsets: Distance of each word from its row's head in words, paragraphs, sentences.
    """

    ids: Tensor
    marks: Tensor
    mask: Tensor
    word_window: Tensor
    word_position: Tensor
    is_head: Tensor
    content_bio: Tensor
    source_bio: Tensor
    pair_window: Tensor
    head_position: Tensor
    pair_positions: Tensor
    pair_labels: Tensor
    offsets: tuple[Tensor, Tensor, Tensor]

    def to(self, device: torch.device) -> TrainingBatch:
        """Return the batch on another device."""

        def move(value: Tensor | tuple[Tensor, ...]) -> Any:  # noqa: ANN401
            if isinstance(value, tuple):
                return tuple(move(part) for part in value)
            return value.to(device, non_blocking=True)

        return TrainingBatch(**{f.name: move(getattr(self, f.name)) for f in fields(type(self))})


def random_windows(encoded: EncodedText, random: Random, size: int = MAX_PIECES) -> list[Window]:
    """Cut a text into windows without overlap, differently each time.

    Half the time windows end at paragraphs, as at run time; else anywhere, so that the network
    learns to do without context.

    Args:
        encoded: The text.
        random: Source of chance.
        size: Most pieces in a window.
    """
    total, aligned = len(encoded.ids), random.random() < 0.5
    bounds = encoded.first[changes(encoded.paragraph) == 1] if aligned else np.zeros(0, np.int32)
    room = random.randint(min(_SMALLEST, size), size)
    start = 0
    windows: list[Window] = []
    while start < total:
        end = min(total, start + room)
        if end < total:
            inside = bounds[(bounds > start) & (bounds <= end)]
            end = int(inside[-1]) if len(inside) else end
        if end - start >= _SMALLEST:
            windows.append(Window(start, end, 0, 0))
        start, room = end, size
    return windows


class BatchMaker:
    """Makes the batches of an epoch.

    Args:
        articles: Articles to train on.
        encoder: Cuts texts into pieces.
        augmentation: How texts are varied.
        batch_size: Windows in a batch.
        novels: Excerpts of novels, of which each epoch sees some.
        excerpts: How many.
        own: Our own texts.
    """

    def __init__(
        self,
        articles: Sequence[Article],
        encoder: TextEncoder,
        augmentation: Augmentation,
        batch_size: int,
        novels: Sequence[Article] = (),
        excerpts: int = 0,
        own: Sequence[Article] = (),
    ) -> None:
        self._articles = articles
        self._novels = novels
        self._excerpts = min(excerpts, len(novels))
        self._own = tuple(own)
        self.encoder = encoder
        self._augmentation = augmentation
        self._batch_size = batch_size
        self._cues = CueStatistics(articles, encoder)

    def epoch(self, random: Random, own: int = 0) -> list[list[Item]]:
        """Return the windows of one epoch in batches of like length, in random order.

        Where an article has several annotators, one is drawn: over the epochs the network sees
        each in turn, which comes to training on soft labels.

        Args:
            random: Source of chance; the same state gives the same batches.
            own: How often each of our own texts is seen.
        """
        items: list[Item] = []
        novels = random.sample(self._novels, self._excerpts)
        for article in (*self._articles, *self._own * own, *novels):
            relations = random.choice(article.annotations)
            text, relations = augment(article.text, relations, self._augmentation, random)
            labelled = label_article(
                text, relations, self.encoder, self._cues, partial=article.partial
            )
            items += ((labelled, window) for window in random_windows(labelled.encoded, random))
        random.shuffle(items)
        batches = list(_bucketed(items, self._batch_size))
        random.shuffle(batches)
        return batches

    def tensors(self, items: Sequence[Item]) -> TrainingBatch:
        """Turn a batch into tensors."""
        return training_batch(items, self.encoder)


def _bucketed(items: list[Item], batch_size: int) -> Iterator[list[Item]]:
    for start in range(0, len(items), batch_size * _BUCKET):
        bucket = sorted(items[start : start + batch_size * _BUCKET], key=lambda item: len(item[1]))
        for low in range(0, len(bucket), batch_size):
            yield bucket[low : low + batch_size]


def training_batch(items: Sequence[Item], encoder: TextEncoder) -> TrainingBatch:
    """Turn windows and their labels into tensors."""
    inputs = make_batch(
        [(labelled.encoded, window) for labelled, window in items], encoder.cls_id, encoder.sep_id
    )
    words: list[tuple[NDArray[np.int32], NDArray[np.int64]]] = [
        words_of_window(labelled.encoded, window) for labelled, window in items
    ]

    def of_words(name: str) -> Tensor:
        parts = [
            getattr(labelled, name)[inside]
            for (labelled, _), (inside, _) in zip(items, words, strict=True)
        ]
        return torch.from_numpy(np.concatenate(parts).astype(np.int64))

    windows = [np.full(len(inside), row) for row, (inside, _) in enumerate(words)]
    return TrainingBatch(
        ids=torch.from_numpy(inputs.ids),
        marks=torch.from_numpy(inputs.marks),
        mask=torch.from_numpy(inputs.mask),
        word_window=torch.from_numpy(np.concatenate(windows)),
        word_position=torch.from_numpy(np.concatenate([at for _, at in words])),
        is_head=of_words("is_head"),
        content_bio=of_words("content_bio"),
        source_bio=of_words("source_bio"),
        **_pair_tensors(items, words),
    )


def _pair_tensors(
    items: Sequence[Item], words: Sequence[tuple[NDArray[np.int32], NDArray[np.int64]]]
) -> dict[str, Any]:
    rows: list[tuple[int, int, int]] = []  # window, relation, word number of the head in it
    for number, ((labelled, _), (inside, _)) in enumerate(zip(items, words, strict=True)):
        if len(inside):
            local = labelled.heads - inside[0]
            inside_window = np.flatnonzero((local >= 0) & (local < len(inside)))
            rows += ((number, int(found), int(local[found])) for found in inside_window)
    width = max((len(words[number][0]) for number, _, _ in rows), default=0)
    shape = (len(rows), width)
    positions = np.zeros(shape, np.int64)
    labels = np.full(shape, IGNORED, np.int64)
    offsets = np.zeros((3, *shape), np.int64)
    heads = np.zeros(len(rows), np.int64)
    for row, (number, relation, head) in enumerate(rows):
        labelled, (inside, at) = items[number][0], words[number]
        count = len(inside)
        positions[row, :count] = at
        heads[row] = at[head]
        labels[row, :count] = labelled.pair_labels[relation, inside]
        encoded = labelled.encoded
        every = np.arange(encoded.word_count, dtype=np.int32)
        for kind, numbers in enumerate((every, encoded.paragraph, encoded.sentence)):
            local = numbers[inside]
            offsets[kind, row, :count] = local - local[head]
    return {
        "pair_window": torch.tensor([number for number, _, _ in rows], dtype=torch.int64),
        "head_position": torch.from_numpy(heads),
        "pair_positions": torch.from_numpy(positions),
        "pair_labels": torch.from_numpy(labels),
        "offsets": (
            torch.from_numpy(offsets[0]),
            torch.from_numpy(offsets[1]),
            torch.from_numpy(offsets[2]),
        ),
    }
