"""Choosing decoding thresholds and calibrating confidences, on articles set aside for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from quotecraft.detect.decoding import DecodingSettings, FoundRelation
from quotecraft.detect.features import EncodedText
from quotecraft.detect.tagger import Calibration
from quotecraft.training.tagger.data import Spans
from quotecraft.training.tagger.measure import Scored

__all__ = ["GRID", "choose_settings", "fit_calibration", "fit_logistic", "objective"]

GRID: Final[Mapping[str, Sequence[float]]] = {
    "cue": (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6),
    "switch": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0),
    "switch_edge": (0.0, 0.25, 0.5, 1.0, 1.5, 2.0),
    "begin": (0.0, 0.1, 0.2, 0.3, 0.5),
    "source": (-1.0, -0.5, 0.0, 0.4, 0.8, 1.2, 2.0, 3.0),
    "bridge": (0, 1, 2, 3, 4),
    "close": (0, 2, 4, 6, 8),
}
"""Values tried for each threshold."""

_ROUNDS: Final = 2
_EXACT_WEIGHT: Final = 0.5  # of exact contents beside relations, which are the headline
_PARTIAL: Final = 0.5  # least Jaccard index of a match, as in ``evaluate``
_SHRINK: Final = 1e-3  # of the logistic weights
_FLOATS = NDArray[np.float64]
_Words = frozenset[int]


@frozen
class _Pair:
    """A predicted content that matches a gold one."""

    predicted: int
    exact: bool
    source_right: bool


@frozen(eq=False)
class _Gold:
    """An article with its gold relations as sets of words that hold a letter or digit."""

    scored: Scored
    spoken: NDArray[np.bool_]
    contents: list[_Words]
    sources: list[_Words]

    @classmethod
    def of(cls, scored: Scored) -> _Gold:
        encoded, text = scored.encoded, scored.article.text
        bounds = zip(encoded.starts.tolist(), encoded.ends.tolist(), strict=True)
        spoken = np.array([any(map(str.isalnum, text[low:high])) for low, high in bounds])
        relations = scored.article.annotations[0]
        return cls(
            scored,
            spoken,
            [_word_set(encoded, spoken, relation.content) for relation in relations],
            [_word_set(encoded, spoken, relation.source) for relation in relations],
        )

    def pairs(self, found: Sequence[FoundRelation]) -> list[_Pair]:
        """Pair found with gold contents, best overlap first."""
        edges = []
        contents = [self._spoken(item.content) for item in found]
        for j, content in enumerate(contents):
            for i, gold in enumerate(self.contents):
                if shared := len(content & gold):
                    edges.append((shared / len(content | gold), i, j))
        pairs, taken_gold, taken_found = [], set(), set()
        for value, i, j in sorted(edges, reverse=True):
            if value >= _PARTIAL and i not in taken_gold and j not in taken_found:
                taken_gold.add(i)
                taken_found.add(j)
                source = self._spoken(found[j].source)
                right = bool(source & self.sources[i]) or not (source or self.sources[i])
                pairs.append(_Pair(j, value == 1.0, right))
        return pairs

    def _spoken(self, words: Iterable[int]) -> _Words:
        return frozenset(word for word in words if self.spoken[word])


def _word_set(encoded: EncodedText, spoken: NDArray[np.bool_], spans: Spans) -> _Words:
    words = (word for start, end in spans for word in encoded.words_in(start, end))
    return frozenset(word for word in words if spoken[word])


def objective(gold: Sequence[_Gold], settings: DecodingSettings) -> float:
    """Return what the thresholds are chosen for: relation F1 and, at half weight, exact F1."""
    right = exact = predicted = wanted = 0
    for item in gold:
        found = item.scored.decode(settings)
        pairs = item.pairs(found)
        right += sum(pair.source_right for pair in pairs)
        exact += sum(pair.exact for pair in pairs)
        predicted += len(found)
        wanted += len(item.contents)
    f1 = 2.0 / max(1, predicted + wanted)
    return (right * f1 + _EXACT_WEIGHT * exact * f1) / (1.0 + _EXACT_WEIGHT)


def choose_settings(
    scored: Sequence[Scored], start: DecodingSettings | None = None
) -> DecodingSettings:
    """Choose thresholds one after another, the others held, until the rounds are over.

    Args:
        scored: Articles that the network was not trained on.
        start: Where to begin.
    """
    gold = [_Gold.of(item) for item in scored]
    best = start or DecodingSettings()
    value = objective(gold, best)
    for _ in range(_ROUNDS):
        before = best
        for name, choices in GRID.items():
            for choice in choices:
                change: dict[str, Any] = {name: choice}
                if getattr(best, name) == choice:
                    continue
                tried = evolve(best, **change)
                if (result := objective(gold, tried)) > value:
                    best, value = tried, result
        if best == before:
            break
    return best


def fit_calibration(scored: Sequence[Scored], settings: DecodingSettings) -> Calibration:
    """Fit the maps from margins to confidences.

    Args:
        scored: Articles that the network was not trained on.
        settings: The thresholds that will be used.
    """
    contents: list[tuple[float, float, bool]] = []
    sources: dict[bool, list[tuple[float, float, bool]]] = {True: [], False: []}
    for item in scored:
        found = item.decode(settings)
        pairs = {pair.predicted: pair for pair in _Gold.of(item).pairs(found)}
        for number, relation in enumerate(found):
            contents.append((relation.cue_logit, relation.content_margin, number in pairs))
            if number in pairs:
                row = (relation.source_margin, relation.cue_logit, pairs[number].source_right)
                sources[bool(relation.source)].append(row)
    return Calibration(
        content=fit_logistic(contents),
        source=fit_logistic(sources[True]),
        no_source=fit_logistic(sources[False]),
    )


def fit_logistic(rows: Sequence[tuple[float, float, bool]]) -> tuple[float, float, float]:
    """Return the weights of two inputs and the constant of a logistic regression.

    Newton's method with a slight pull towards 0 (ridge), so that it ends on separable data too.

    Args:
        rows: The two inputs and whether the outcome is true.
    """
    weights = np.zeros(3)
    if not rows:
        return (0.0, 0.0, 0.0)
    inputs: _FLOATS = np.array([[first, second, 1.0] for first, second, _ in rows])
    outcome: _FLOATS = np.array([float(true) for *_, true in rows])
    ridge = _SHRINK * len(rows) * np.eye(3)
    for _ in range(50):
        chance = 1.0 / (1.0 + np.exp(-np.clip(inputs @ weights, -30.0, 30.0)))
        slope = inputs.T @ (outcome - chance) - ridge @ weights
        curve = (inputs * (chance * (1.0 - chance))[:, None]).T @ inputs + ridge
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-8:
            break
    return (float(weights[0]), float(weights[1]), float(weights[2]))
