"""From the network's scores to attributions that can't be impossible.

A content word or cue word belongs to one attribution, a source is one run of words, every
attribution has one cue and some content. It needs numpy only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.detect.pairs import (
    LABEL_CONTENT,
    LABEL_COUNT,
    LABEL_CUE,
    LABEL_NONE,
    LABEL_SOURCE,
    FloatArray,
)
from quotecraft.detect.pieces import MARK_OUTSIDE, EncodedText

__all__ = [
    "Candidate",
    "DecodingSettings",
    "FoundRelation",
    "decode",
    "decode_stretches",
    "runs_of",
]

_MOST_WORDS: Final = 6  # of a cue; longer ones are no less likely
_IMPOSSIBLE: Final = np.float32(-1e4)
_ROWS: Final = 256  # candidates labelled at once; all of a long text need much memory


@frozen(eq=False)
class Candidate:
    """A word that may head a cue, and how well each word near it fits each label.

    Attributes:
        head: The word.
        logit: The network's logit that it heads a cue.
        words: First and last-plus-one word of its window.
        scores: Log probability of each label of each word, (words, labels).
        begin: How much more the words look like the start of some content than its continuation,
            as a difference of log probabilities.
    """

    head: int
    logit: float
    words: tuple[int, int]
    scores: FloatArray
    begin: FloatArray


@frozen
class DecodingSettings:
    """Decoding thresholds; chosen on articles that no network was trained on.

    Attributes:
        cue: Least probability of a cue head.
        switch: Cost of entering or leaving a content.
        begin: Weight of the begin tags in the cost of entering a content.
        source: How far the best run of source words may fall short of being likelier than none.
        inner_cue: Least probability of a cue head inside the content of another attribution.
    """

    cue: float = 0.4
    switch: float = 1.0
    begin: float = 0.0
    source: float = 0.0
    inner_cue: float = 0.5


@frozen
class FoundRelation:
    """A decoded attribution, as word numbers.

    Attributes:
        head: The cue's head.
        cue: Words of the cue; one run.
        content: Words of the content, in order.
        source: Words of the source; one run or none.
        cue_logit: The network's logit of the head.
        content_margin: Mean log-odds of the content label over the content's words.
        source_margin: Mean log-odds of the source label over the source's words; without a
            source, minus the best run's summed margin.
        quoted: Share of the content's words that stand inside quotation marks.
    """

    head: int
    cue: tuple[int, ...]
    content: tuple[int, ...]
    source: tuple[int, ...]
    cue_logit: float
    content_margin: float
    source_margin: float
    quoted: float = 0.0

    @property
    def signs(self) -> tuple[float, float, float, float]:
        """What tells whether its content is right: the inputs of the content's calibration."""
        return self.cue_logit, self.content_margin, self.quoted, min(len(self.cue), _MOST_WORDS)


def decode(
    encoded: EncodedText, candidates: Sequence[Candidate], settings: DecodingSettings
) -> list[FoundRelation]:
    """Return the attributions of one text, in order of their cue heads.

    Args:
        encoded: The text.
        candidates: Its possible cue heads, at most one for each word.
        settings: Thresholds.
    """
    return decode_stretches(encoded, [(candidates, None)], settings)


def decode_stretches(
    encoded: EncodedText,
    stretches: Iterable[tuple[Sequence[Candidate], int | None]],
    settings: DecodingSettings,
) -> list[FoundRelation]:
    """Return the attributions of a text whose candidates come a stretch at a time.

    A candidate is decoded as soon as all that may claim its words are known, and kept only as long
    as its words may be claimed.

    Args:
        encoded: The text.
        stretches: Its candidates in order, and the word from which on those of the next stretch
            may claim words, ``None`` if there is none.
        settings: Thresholds.
    """
    least = float(np.log(settings.cue / (1.0 - settings.cue)))
    found: list[FoundRelation] = []
    pool: list[Candidate] = []
    done = -1  # head of the last candidate that was decoded
    for candidates, limit in stretches:
        pool += [candidate for candidate in candidates if candidate.logit >= least]
        ready = sum(limit is None or candidate.words[1] <= limit for candidate in pool)  # in order
        wanted = [number < ready and c.head > done for number, c in enumerate(pool)]
        found += _relations(encoded, pool, wanted, settings)
        if ready:
            done = pool[ready - 1].head
        reach = pool[ready].words[0] if ready < len(pool) else encoded.word_count
        pool = [candidate for candidate in pool if candidate.words[1] > reach]
    return sorted(found, key=lambda relation: relation.head)


def _relations(
    encoded: EncodedText,
    pool: Sequence[Candidate],
    wanted: Sequence[bool],
    settings: DecodingSettings,
) -> list[FoundRelation]:
    """Return the attributions of those candidates that are wanted, among all that claim words."""
    if not pool:
        return []
    labels = _label_words(pool, settings)
    owners = _owners(pool, labels)
    found = []
    for number, (candidate, row) in enumerate(zip(pool, labels, strict=True)):
        if wanted[number] and owners.get(candidate.head, (0.0, -1))[1] == number:
            relation = _relation(encoded, candidate, row, number, owners, settings.source)
            if relation is not None:
                found.append(relation)
    return found


def _label_words(kept: Sequence[Candidate], settings: DecodingSettings) -> list[NDArray[np.int8]]:
    """Label the words of each candidate's window by the best path, contents held together."""
    width = max(len(candidate.scores) for candidate in kept)
    starts = range(0, len(kept), _ROWS)
    return [row for at in starts for row in _label_rows(kept[at : at + _ROWS], width, settings)]


def _label_rows(
    kept: Sequence[Candidate], width: int, settings: DecodingSettings
) -> list[NDArray[np.int8]]:
    """Label the words of some candidates' windows, all as if they were so many words wide."""
    scores = np.zeros((len(kept), width, LABEL_COUNT), np.float32)
    scores[:, :, 1:] = _IMPOSSIBLE
    enter = np.full((len(kept), width), settings.switch, np.float32)
    for row, candidate in enumerate(kept):
        low, high = candidate.words
        scores[row, : high - low] = candidate.scores
        scores[row, candidate.head - low, :LABEL_CUE] += _IMPOSSIBLE
        enter[row, : high - low] -= settings.begin * candidate.begin
    labels = _best_paths(scores, enter, settings.switch)
    empty = ~(labels == LABEL_CONTENT).any(1)
    if empty.any():  # rather a short content than none
        labels[empty] = _best_paths(scores[empty], np.zeros_like(enter[empty]), 0.0)
    return [row[: len(c.scores)] for row, c in zip(labels, kept, strict=True)]


def _best_paths(scores: FloatArray, enter: FloatArray, leave: float) -> NDArray[np.int8]:
    """Return the best label sequences when entering or leaving content costs something.

    Two states suffice, since all other labels cost nothing to move between: content, and the best
    of the others.

    Args:
        scores: (rows, words, labels).
        enter: Cost of entering content at a word, (rows, words).
        leave: Cost of leaving it.
    """
    others = scores.copy()
    others[:, :, LABEL_CONTENT] = -np.inf
    other_label = others.argmax(2).astype(np.int8)
    content, other, entry = (  # word by word
        np.ascontiguousarray(array.T)
        for array in (scores[:, :, LABEL_CONTENT], others.max(2), enter)
    )
    best_in, best_out = content[0] - entry[0], other[0]
    stays, falls = np.zeros((2, *content.shape), np.bool_)
    for word in range(1, len(content)):
        come, fall = best_out - entry[word], best_in - leave
        np.greater_equal(best_in, come, out=stays[word])
        np.greater(fall, best_out, out=falls[word])
        best_in = np.maximum(best_in, come) + content[word]
        best_out = np.maximum(fall, best_out) + other[word]
    insides = np.zeros(content.shape, np.bool_)
    insides[-1] = best_in > best_out
    for word in range(len(content) - 1, 0, -1):
        insides[word - 1] = np.where(insides[word], stays[word], falls[word])
    return np.where(insides.T, np.int8(LABEL_CONTENT), other_label)


def _owners(
    kept: Sequence[Candidate], labels: Sequence[NDArray[np.int8]]
) -> dict[int, tuple[float, int]]:
    """Give each content or cue word to the candidate that wants it most."""
    owners: dict[int, tuple[float, int]] = {}
    for number, (candidate, row) in enumerate(zip(kept, labels, strict=True)):
        low = candidate.words[0]
        claimed = np.flatnonzero((row == LABEL_CONTENT) | (row == LABEL_CUE))
        margins = candidate.scores[claimed, row[claimed]] - candidate.scores[claimed, LABEL_NONE]
        for word, margin in zip((claimed + low).tolist(), margins.tolist(), strict=True):
            if word not in owners or margin > owners[word][0]:
                owners[word] = (margin, number)
    return owners


def _relation(
    encoded: EncodedText,
    candidate: Candidate,
    row: NDArray[np.int8],
    number: int,
    owners: dict[int, tuple[float, int]],
    short: float,
) -> FoundRelation | None:
    low = candidate.words[0]

    def owned(label: int) -> list[int]:
        words = (np.flatnonzero(row == label) + low).tolist()
        return [word for word in words if owners[word][1] == number]

    content = owned(LABEL_CONTENT)
    if not content:
        return None
    cue = next(run for run in runs_of([*owned(LABEL_CUE)]) if candidate.head in run)
    source, source_margin = _best_source(candidate, owners, short)
    at = np.asarray(content) - low
    chance = np.minimum(candidate.scores[at, LABEL_CONTENT], np.float32(-1e-6))
    return FoundRelation(
        head=candidate.head,
        cue=tuple(cue),
        content=tuple(content),
        source=source,
        cue_logit=candidate.logit,
        content_margin=float((chance - np.log(-np.expm1(chance))).mean()),
        source_margin=source_margin,
        quoted=float((encoded.marks[content] != MARK_OUTSIDE).mean()),
    )


def _best_source(
    candidate: Candidate, owners: dict[int, tuple[float, int]], short: float
) -> tuple[tuple[int, ...], float]:
    """Return the run of words with the highest summed margin of the source label, if any will do.

    Margins are taken against the best other label; words of contents and cues are out of bounds.

    Args:
        candidate: The candidate cue.
        owners: Who owns which content and cue words.
        short: How far below 0 the sum may lie.
    """
    low = candidate.words[0]
    others = np.delete(candidate.scores, LABEL_SOURCE, axis=1).max(1)
    margins = (candidate.scores[:, LABEL_SOURCE] - others).tolist()
    best, best_run, total, start = -np.inf, (0, 0), 0.0, 0
    for at, margin in enumerate(margins):
        if at + low in owners:
            total = 0.0
            start = at + 1
            continue
        if total <= 0.0:
            total, start = margin, at
        else:
            total += margin
        if total > best:
            best, best_run = total, (start, at + 1)
    if best <= -short:
        return (), float(-best) if np.isfinite(best) else 10.0
    run = range(low + best_run[0], low + best_run[1])
    return tuple(run), float(best / len(run))


def runs_of(words: Iterable[int]) -> list[list[int]]:
    """Group word numbers into runs of consecutive ones."""
    runs: list[list[int]] = []
    for word in sorted(words):
        if runs and word == runs[-1][-1] + 1:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs
