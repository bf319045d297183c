"""Choosing decoding thresholds and calibrating confidences, on articles set aside for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
from attrs import evolve, frozen
from numpy.typing import NDArray

from quotecraft.detect.decoding import DecodingSettings, FoundRelation
from quotecraft.detect.pieces import EncodedText
from quotecraft.detect.tagger import Calibration
from quotecraft.training.tagger.data import Spans
from quotecraft.training.tagger.measure import Scored

__all__ = ["GRID", "choose_settings", "fit_calibration", "fit_logistic", "objective"]

GRID: Final[Mapping[str, Sequence[float]]] = {
    "cue": (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6),
    "switch": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0),
    "begin": (0.0, 0.1, 0.2, 0.3, 0.5),
    "source": (0.0, 0.5, 1.0, 1.5, 2.0),
}
"""Values tried for each threshold."""

_ROUNDS: Final = 2
_EXACT_WEIGHT: Final = 0.5  # of exact contents beside relations, which are the headline
_PARTIAL: Final = 0.5  # least Jaccard index of a match, as in ``evaluate``
_SHRINK: Final = 1e-3  # of the logistic weights
_FLOATS = NDArray[np.float64]
_Words = frozenset[int]
_Row = tuple[tuple[float, ...], bool]
"""Inputs of a logistic regression, and the outcome."""


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
    contents: list[_Row] = []
    sources: dict[bool, list[_Row]] = {True: [], False: []}
    for item in scored:
        found = item.decode(settings)
        pairs = {pair.predicted: pair for pair in _Gold.of(item).pairs(found)}
        for number, relation in enumerate(found):
            contents.append((relation.signs, number in pairs))
            if number in pairs:
                right = pairs[number].source_right
                row = (relation.source_margin, relation.cue_logit), right
                sources[bool(relation.source)].append(row)
    return Calibration(
        content=fit_logistic(contents, 4),
        source=fit_logistic(sources[True], 2),
        no_source=fit_logistic(sources[False], 2),
    )


def fit_logistic(rows: Sequence[_Row], inputs: int) -> tuple[float, ...]:
    """Return the weights of the inputs and the constant of a logistic regression.

    Newton's method with a slight pull towards 0 (ridge), so that it ends on separable data too.

    Args:
        rows: The inputs and whether the outcome is true.
        inputs: How many inputs there are.
    """
    weights = np.zeros(inputs + 1)
    if not rows:
        return tuple(weights.tolist())
    given: _FLOATS = np.array([[*values, 1.0] for values, _ in rows])
    outcome: _FLOATS = np.array([float(true) for _, true in rows])
    ridge = _SHRINK * len(rows) * np.eye(inputs + 1)
    for _ in range(50):
        chance = 1.0 / (1.0 + np.exp(-np.clip(given @ weights, -30.0, 30.0)))
        slope = given.T @ (outcome - chance) - ridge @ weights
        curve = (given * (chance * (1.0 - chance))[:, None]).T @ given + ridge
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-8:
            break
    return tuple(weights.tolist())
