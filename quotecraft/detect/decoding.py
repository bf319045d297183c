"""From the network's scores to attributions that can't be impossible.

A content word or cue word belongs to one attribution, a source is one run of words, every
attribution has one cue and some content, and contents end where quotation marks do. It needs numpy
only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from quotecraft.detect.features import (
    MARK_CLOSING,
    MARK_INSIDE,
    MARK_OPENING,
    MARK_OUTSIDE,
    EncodedText,
)
from quotecraft.detect.pairs import (
    LABEL_CONTENT,
    LABEL_COUNT,
    LABEL_CUE,
    LABEL_NONE,
    LABEL_SOURCE,
    FloatArray,
)

__all__ = ["Candidate", "DecodingSettings", "FoundRelation", "decode", "runs_of"]

_MOST_WORDS: Final = 6  # of a cue; longer ones are no less likely
_IMPOSSIBLE: Final = np.float32(-1e4)


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
        switch: Cost of entering or leaving a content in mid-sentence.
        switch_edge: The same at the start of a sentence or beside a quotation mark.
        source: A source run is taken when its summed margin exceeds minus this.
        begin: Weight of the begin tags in the cost of entering a content.
        bridge: Gaps of at most so many words inside a content are closed.
        close: A content that ends at most so many words before its closing mark runs up to it.
        inner_cue: Least probability of a cue head inside the content of another attribution.
    """

    cue: float = 0.4
    switch: float = 1.0
    switch_edge: float = 1.0
    source: float = 0.8
    begin: float = 0.0
    bridge: int = 2
    close: int = 4
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
    least = float(np.log(settings.cue / (1.0 - settings.cue)))
    kept = [candidate for candidate in candidates if candidate.logit >= least]
    if not kept:
        return []
    labels = _label_words(encoded, kept, settings)
    owners = _owners(kept, labels)
    found = []
    for number, (candidate, row) in enumerate(zip(kept, labels, strict=True)):
        if owners.get(candidate.head, (0.0, -1))[1] == number:
            relation = _relation(candidate, row, number, owners, settings)
            if relation is not None:
                found.append(relation)
    finished = _respect_marks(encoded, found, settings)
    return sorted(finished, key=lambda relation: relation.head)


def _label_words(
    encoded: EncodedText, kept: Sequence[Candidate], settings: DecodingSettings
) -> list[NDArray[np.int8]]:
    """Label the words of each candidate's window by the best path, contents held together."""
    width = max(len(candidate.scores) for candidate in kept)
    scores = np.zeros((len(kept), width, LABEL_COUNT), np.float32)
    scores[:, :, 1:] = _IMPOSSIBLE
    enter = np.zeros((len(kept), width), np.float32)
    leave = np.zeros((len(kept), width), np.float32)
    edge_in, edge_out = _edges(encoded)
    for row, candidate in enumerate(kept):
        low, high = candidate.words
        scores[row, : high - low] = candidate.scores
        scores[row, candidate.head - low, :LABEL_CUE] += _IMPOSSIBLE
        cost = np.where(edge_in[low:high], settings.switch_edge, settings.switch)
        enter[row, : high - low] = cost - settings.begin * candidate.begin
        leave[row, : high - low] = np.where(
            edge_out[low:high], settings.switch_edge, settings.switch
        )
    labels = _best_paths(scores, enter, leave)
    empty = ~(labels == LABEL_CONTENT).any(1)
    if empty.any():  # rather a short content than none
        free = np.zeros_like(enter[empty])
        labels[empty] = _best_paths(scores[empty], free, free)
    return [row[: len(c.scores)] for row, c in zip(labels, kept, strict=True)]


def _edges(encoded: EncodedText) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say of each word whether a content naturally begins with it, and ends just before it."""
    marks = encoded.features[:, 1]
    before = np.concatenate([[MARK_OUTSIDE], marks[:-1]])
    sentence = encoded.features[:, 3] == 1
    begins = sentence | (marks == MARK_OPENING) | (before == MARK_OPENING)
    begins |= before == MARK_CLOSING
    ends = sentence | (before == MARK_CLOSING) | (marks == MARK_CLOSING) | (marks == MARK_OPENING)
    return begins, ends


def _best_paths(scores: FloatArray, enter: FloatArray, leave: FloatArray) -> NDArray[np.int8]:
    """Return the best label sequences when entering or leaving content costs something.

    Two states suffice, since all other labels cost nothing to move between: content, and the best
    of the others.

    Args:
        scores: (rows, words, labels).
        enter: Cost of entering content at a word, (rows, words).
        leave: Cost of leaving it at a word, (rows, words).
    """
    others = scores.copy()
    others[:, :, LABEL_CONTENT] = -np.inf
    other_label = others.argmax(2).astype(np.int8)
    other = others.max(2)
    content = scores[:, :, LABEL_CONTENT]
    rows, width = content.shape
    best_in, best_out = content[:, 0] - enter[:, 0], other[:, 0]
    from_in = np.zeros((2, rows, width), np.bool_)
    for word in range(1, width):
        stay, come = best_in, best_out - enter[:, word]
        fall, rest = best_in - leave[:, word], best_out
        from_in[1, :, word] = stay >= come
        from_in[0, :, word] = fall > rest
        best_in = np.maximum(stay, come) + content[:, word]
        best_out = np.maximum(fall, rest) + other[:, word]
    inside = best_in > best_out
    labels = np.zeros((rows, width), np.int8)
    every = np.arange(rows)
    for word in range(width - 1, -1, -1):
        labels[:, word] = np.where(inside, LABEL_CONTENT, other_label[:, word])
        inside = from_in[inside.astype(np.int8), every, word]
    return labels


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
    candidate: Candidate,
    row: NDArray[np.int8],
    number: int,
    owners: dict[int, tuple[float, int]],
    settings: DecodingSettings,
) -> FoundRelation | None:
    low = candidate.words[0]

    def owned(label: int) -> list[int]:
        words = (np.flatnonzero(row == label) + low).tolist()
        return [word for word in words if owners[word][1] == number]

    content = owned(LABEL_CONTENT)
    if not content:
        return None
    cue = next(run for run in runs_of([*owned(LABEL_CUE)]) if candidate.head in run)
    source, source_margin = _best_source(candidate, owners, settings.source)
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
    )


def _best_source(
    candidate: Candidate, owners: dict[int, tuple[float, int]], threshold: float
) -> tuple[tuple[int, ...], float]:
    """Return the run of words with the highest summed margin of the source label, if any will do.

    Margins are taken against the best other label; words of contents and cues are out of bounds.
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
    if best <= -threshold:
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


def _respect_marks(
    encoded: EncodedText, relations: Sequence[FoundRelation], settings: DecodingSettings
) -> list[FoundRelation]:
    """Close small gaps in contents and let them run up to their quotation marks."""
    taken = {word for r in relations for word in (*r.cue, *r.content, *r.source)}
    marks = encoded.features[:, 1]
    finished = []
    for relation in relations:
        content = set(relation.content)
        for left, right in pairwise(runs_of(content)):
            gap = range(left[-1] + 1, right[0])
            if len(gap) <= settings.bridge and taken.isdisjoint(gap):
                content.update(gap)
        for run in runs_of(content):
            content.update(_up_to_marks(marks, encoded, run, taken, settings.close))
        taken |= content
        words = tuple(sorted(content))
        quoted = float((marks[list(words)] != MARK_OUTSIDE).mean())
        finished.append(evolve(relation, content=words, quoted=quoted))
    return finished


def _up_to_marks(
    marks: NDArray[np.int32], encoded: EncodedText, run: list[int], taken: set[int], reach: int
) -> list[int]:
    """Return the words that lead from a run to the marks around it, when they're near and free."""
    added: list[int] = []
    word = run[0] - 1
    if marks[run[0]] == MARK_INSIDE:
        while word >= 0 and marks[word] == MARK_OPENING and word not in taken:
            added.append(word)
            word -= 1
    if marks[run[-1]] not in (MARK_INSIDE, MARK_OPENING):
        return added
    path: list[int] = []
    for word in range(run[-1] + 1, min(run[-1] + 1 + reach, len(marks))):
        if word in taken or marks[word] == MARK_OUTSIDE or encoded.features[word, 2]:
            break
        path.append(word)
        if marks[word] == MARK_CLOSING:
            follows = word + 1 < len(marks) and marks[word + 1] == MARK_CLOSING
            return added + path + ([word + 1] if follows else [])
    return added
