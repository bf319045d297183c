"""Distinctive words: what one speaker or group talks about and another doesn't."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import NormalDist

import numpy as np
from attrs import frozen
from numpy.typing import ArrayLike, NDArray

from quotecraft.analysis._wordcount import WORD
from quotecraft.analysis.collection import Collection, Documents, Utterance, collected
from quotecraft.analysis.columns import By, column
from quotecraft.analysis.odds import q_values
from quotecraft.analysis.table import PValue, Table
from quotecraft.errors import InputError

__all__ = ["DistinctiveWord", "distinctive_words", "log_odds"]

METHOD = (
    "Log-odds ratio with an informative Dirichlet prior, and its z-score (Monroe, Colaresi and "
    "Quinn 2008); the prior is the words of both sides, {prior:,.0f} words strong. The z-score "
    "takes words for independent, so it ranks words rather than tests them."
)
_Floats = NDArray[np.float64]
_OTHERS = "others"


@frozen
class DistinctiveWord:
    """A word and whom it marks.

    Attributes:
        word: The word, lower-case.
        group: The side that uses it more.
        first_count: How often the first side says it.
        second_count: How often the second side does.
        articles: In how many articles either says it.
        log_odds: Natural logarithm of the odds ratio, shrunk by the prior; above 0 for the first.
        z: ``log_odds`` in standard errors.
        p_value: Two-sided; too small where words come in bursts.
        q_value: The same corrected for all words (Benjamini and Hochberg 1995).
    """

    word: str
    group: str
    first_count: int
    second_count: int
    articles: int
    log_odds: float
    z: float
    p_value: PValue
    q_value: PValue


def log_odds(first: ArrayLike, second: ArrayLike, prior: ArrayLike) -> tuple[_Floats, _Floats]:
    """Return each word's log-odds ratio and z-score.

    Monroe, Colaresi and Quinn (2008), "Fightin' Words: Lexical Feature Selection and Evaluation for
    Identifying the Content of Political Conflict", Political Analysis 16(4), 372–403, section 3.5.

    Args:
        first: Count of each word on the one side.
        second: Count on the other.
        prior: Pseudo-count of each word, above 0.

    Raises:
        InputError: If a word has no prior.
    """
    one, two, added = (np.asarray(part, dtype=np.float64) for part in (first, second, prior))
    if (added <= 0).any():
        raise InputError("every word needs a pseudo-count above 0")
    logs = []
    for counts in (one, two):
        own = counts + added
        logs.append(np.log(own) - np.log(own.sum() - own))
    difference = logs[0] - logs[1]
    variance = 1 / (one + added) + 1 / (two + added)
    return difference, difference / np.sqrt(variance)


def distinctive_words(
    documents: Documents,
    by: By,
    first: str,
    second: str | None = None,
    *,
    prior: float | Mapping[str, float] | None = None,
    min_articles: int = 2,
    stop_words: Iterable[str] = (),
) -> Table[DistinctiveWord]:
    """Say which words mark one speaker or group against another.

    Words that all use alike get no weight, however frequent, so that no list of stop words is
    needed.

    Args:
        documents: The documents, or a collection of them.
        by: The grouping column, such as ``"speaker"`` or ``"party"``.
        first: The value of the one side.
        second: The value of the other; all other known values unless given.
        prior: How many words strong the prior is, which is spread as the words of both sides are;
            or pseudo-counts of words, from a corpus of your own. As many as the smaller side has
            unless given.
        min_articles: Leave out words of fewer articles: they tell of the article, not of the
            speaker.
        stop_words: Words to leave out.

    Returns:
        A row for each word, those that mark the first side most on top, the second's at the end.

    Raises:
        InputError: If there is no such column or value.
        MissingExtraError: If SciPy is not installed.
    """
    collection = collected(documents)
    sides = _Sides(collection, by, first, second, frozenset(w.lower() for w in stop_words))
    vocabulary = sides.vocabulary()
    one, two = (np.array([side[w] for w in vocabulary], dtype=np.float64) for side in sides.counts)
    smaller = float(min(one.sum(), two.sum()))
    strength = prior if isinstance(prior, int | float) else smaller
    if isinstance(prior, Mapping):
        added = np.array([float(prior.get(word, 0)) + 0.01 for word in vocabulary])
    else:
        added = (one + two) * strength / (one + two).sum()
    ratios, scores = log_odds(one, two, added)
    p_values = [2 * NormalDist().cdf(-abs(z)) for z in scores.tolist()]
    found = zip(
        vocabulary, ratios.tolist(), scores.tolist(), p_values, q_values(p_values), strict=True
    )
    labels = (first, second if second is not None else _OTHERS)
    rows = [
        DistinctiveWord(
            word=word,
            group=labels[ratio < 0],
            first_count=sides.counts[0][word],
            second_count=sides.counts[1][word],
            articles=len(sides.articles[word]),
            log_odds=ratio,
            z=z,
            p_value=p_value,
            q_value=q_value,
        )
        for word, ratio, z, p_value, q_value in found
        if len(sides.articles[word]) >= min_articles
    ]
    return Table(
        f"Distinctive words of {labels[0]} against {labels[1]}",
        METHOD.format(prior=float(added.sum())),
        DistinctiveWord,
        tuple(sorted(rows, key=lambda row: (-row.z, row.word))),
        len(collection.articles),
        sides.quotes,
        collection.notes(),
    )


class _Sides:
    """The words of both sides."""

    def __init__(
        self,
        collection: Collection,
        by: By,
        first: str,
        second: str | None,
        stop_words: frozenset[str],
    ) -> None:
        self.counts: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        self.articles: dict[str, set[int]] = {}
        self.quotes = 0
        value_of = column(by, collection)
        for utterance in collection.utterances:
            value = value_of(utterance)
            names = (value.label, value.key)
            if first in names and value.known:
                self._add(0, utterance, stop_words)
            elif value.known and (second is None or second in names):
                self._add(1, utterance, stop_words)
        for side, name in zip(self.counts, (first, second or _OTHERS), strict=True):
            if not side:
                raise InputError(f"no words of {name!r} in column {by!r}; check its spelling")

    def _add(self, side: int, utterance: Utterance, stop_words: frozenset[str]) -> None:
        self.quotes += 1
        for match in WORD.finditer(utterance.text.lower()):
            word = match.group()
            if word not in stop_words:
                self.counts[side][word] += 1
                self.articles.setdefault(word, set()).add(id(utterance.article))

    def vocabulary(self) -> list[str]:
        return sorted(self.articles)
