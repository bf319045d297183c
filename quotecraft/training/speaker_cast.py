"""Fits the weights that choose among a given cast: a linear-chain model by its likelihood.

First on novels of PDNC, whose mentions are made here (``speaker_cast_novels``), then on LitBank,
whose coreference is annotated, with a ridge penalty towards the weights of the novels.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.model import Document, Sentence, SpeakerId
from quotecraft.speakers.cast.chain import Chain, Sums
from quotecraft.speakers.cast.evidence import Features
from quotecraft.speakers.cast.references import may_speak
from quotecraft.speakers.cast.scoring import CastModel, Reading, read_cast
from quotecraft.speakers.linear import LinearModel
from quotecraft.training.speaker_fit import Ranking, fit_ranking

__all__ = ["Labelled", "fit_cast", "fold_of", "label_document"]

_INNER = 5  # folds from which the first guesses at the training texts come
_STEPS = 120  # of L-BFGS at most
_DIGITS = 3
_IMPOSSIBLE = -1e9

Floats = NDArray[np.float64]


@frozen(eq=False)
class Labelled:
    """A text, or a part of one, with who says its pieces.

    Attributes:
        id: Its name; all parts of one text begin with the same, up to a colon.
        reading: Its pieces.
        speakers: For each piece the member of the cast who says it, ``None`` where not known.
    """

    id: str
    reading: Reading
    speakers: Sequence[int | None]


@frozen
class Penalties:
    """How strongly weights are held.

    Attributes:
        member: Half the inverse variance of a candidate's weights around their prior.
        pair: The same of the weights for pairs and turns.
        least: Features of fewer candidates or pieces are left out.
        first: Half the inverse variance of the weights of the first guess.
    """

    member: float
    pair: float
    least: int
    first: float = 3.0


ON_NOVELS = Penalties(member=2.0, pair=0.5, least=20)
ON_EXCERPTS = Penalties(member=3.0, pair=30.0, least=5)


def fold_of(name: str, folds: int) -> int:
    """Return the fold of a text: by the SHA-256 of its name, so that it never changes.

    Args:
        name: The text's id.
        folds: How many folds there are.
    """
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % folds


def label_document(document: Document, sentences: Sequence[Sentence]) -> Labelled:
    """Return a gold document with the mentions of its speakers as one chain.

    Args:
        document: Its quotations are direct and don't overlap.
        sentences: Its sentences.
    """
    members = may_speak(document.speakers)
    places = {member.id: number for number, member in enumerate(members)}
    pieces = sorted((span, quote.speaker) for quote in document.quotes for span in quote.content)
    reading = read_cast(document.text, sentences, members, [span for span, _ in pieces])
    return Labelled(document.id, reading, [_place(places, speaker) for _, speaker in pieces])


def _place(places: Mapping[SpeakerId, int], speaker: SpeakerId | None) -> int | None:
    return None if speaker is None else places.get(speaker)


def fit_cast(
    texts: Sequence[Labelled], penalties: Penalties, prior: CastModel | None = None
) -> CastModel:
    """Fit the weights.

    The first guesses at a text come from weights that were fitted without it.

    Args:
        texts: What to learn from.
        penalties: How strongly weights are held.
        prior: Weights that they are held to; zeros by default.
    """
    texts = [text for text in texts if text.reading.pieces]
    guesses: dict[str, list[dict[int, float]]] = {}
    for fold in range(_INNER):
        own = [text for text in texts if _inner_fold(text) == fold]
        if own:
            rest = [text for text in texts if _inner_fold(text) != fold] or texts
            first = _first(rest, penalties)
            guesses.update({text.id: text.reading.guesses(first) for text in own})
    rows = [text.reading.talk(guesses[text.id]) for text in texts]
    return _fit_chain(texts, rows, _first(texts, penalties), penalties, prior)


def _inner_fold(text: Labelled) -> int:
    return fold_of(f"inner {text.id.partition(':')[0]}", _INNER)


def _first(texts: Iterable[Labelled], penalties: Penalties) -> LinearModel:
    rankings = [
        Ranking(features, [member == speaker for member in members])
        for text in texts
        for features, members, speaker in zip(
            text.reading.features, text.reading.chain.candidates, text.speakers, strict=True
        )
    ]
    return fit_ranking(rankings, least=5, penalty=penalties.first)


@frozen(eq=False)
class _Columns:
    """The features of one kind, as columns of a matrix."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, rows: Iterable[Features], least: int, prior: LinearModel | None) -> _Columns:
        counts = Counter(name for row in rows for name in row)
        known = set() if prior is None else set(prior.weights)
        return cls(tuple(sorted(known | {n for n, count in counts.items() if count >= least})))

    def matrix(self, rows: Sequence[Features]) -> Floats:
        place = {name: number for number, name in enumerate(self.names)}
        table = np.zeros((len(rows), len(self.names)))
        for number, row in enumerate(rows):
            for name, value in row.items():
                if name in place:
                    table[number, place[name]] = value
        return table

    def start(self, prior: LinearModel | None) -> Floats:
        weights = {} if prior is None else prior.weights
        return np.array([weights[n][0] if n in weights else 0.0 for n in self.names])

    def model(self, weights: Floats) -> LinearModel:
        rounded = [(round(float(weight), _DIGITS),) for weight in weights]
        return LinearModel(("speaker",), dict(zip(self.names, rounded, strict=True)))


@frozen(eq=False)
class _Case:
    """One chain as matrices."""

    chain: Chain
    member: Floats
    bounds: Sequence[int]
    same: Floats
    turn: Floats
    known: Sequence[int | None]  # place of the right candidate, where it is among them

    def loss(self, weights: Sequence[Floats]) -> tuple[float, list[Floats]]:
        """Return minus the log-likelihood and its slope."""
        member, same, turn = (
            matrix @ part
            for matrix, part in zip((self.member, self.same, self.turn), weights, strict=True)
        )
        scores = [member[a:b] for a, b in zip(self.bounds, self.bounds[1:], strict=False)]
        free = self.chain.sums(scores, same, turn)
        held = self._held(scores, same, turn)
        slope = np.concatenate(free.shares) - np.concatenate(held.shares)
        return free.log - held.log, [
            self.member.T @ slope,
            self.same.T @ (free.same - held.same),
            self.turn.T @ (free.turn - held.turn),
        ]

    def _held(self, scores: Sequence[Floats], same: Floats, turn: Floats) -> Sums:
        """Return what the labellings that agree with the known speakers sum up to."""
        known = [place for place in self.known if place is not None]
        if len(known) < len(self.known):
            rows = [_only(row, place) for row, place in zip(scores, self.known, strict=True)]
            return self.chain.sums(rows, same, turn)
        members = [row[place] for row, place in zip(self.chain.candidates, known, strict=True)]
        kept, taken = self.chain.pairs(members)
        shares = [np.zeros_like(row) for row in scores]
        for row, place in zip(shares, known, strict=True):
            row[place] = 1.0
        total = sum(float(row[place]) for row, place in zip(scores, known, strict=True))
        return Sums(total + float(kept @ same + taken @ turn), shares, kept, taken)


def _only(scores: Floats, known: int | None) -> Floats:
    """Return the scores with every candidate but the known one made impossible."""
    if known is None:
        return scores
    held = np.full_like(scores, _IMPOSSIBLE)
    held[known] = scores[known]
    return held


def _fit_chain(
    texts: Sequence[Labelled],
    rows: Sequence[Sequence[Sequence[Features]]],
    first: LinearModel,
    penalties: Penalties,
    prior: CastModel | None,
) -> CastModel:
    from scipy.optimize import minimize

    kinds = [None] * 3 if prior is None else [prior.member, prior.same, prior.turn]
    columns = [
        _Columns.of((f for text in rows for row in text for f in row), penalties.least, kinds[0]),
        _Columns.of((f for text in texts for f in text.reading.same), 3, kinds[1]),
        _Columns.of((f for text in texts for f in text.reading.turn), 3, kinds[2]),
    ]
    cases = [_case(text, row, columns) for text, row in zip(texts, rows, strict=True)]
    sizes = np.cumsum([len(column.names) for column in columns])
    center = np.concatenate([c.start(kind) for c, kind in zip(columns, kinds, strict=True)])
    held = np.where(np.arange(sizes[-1]) < sizes[0], penalties.member, penalties.pair)

    def loss(flat: Floats) -> tuple[float, Floats]:
        apart = flat - center
        value, slope = float(held @ apart**2) / 2, held * apart
        parts = np.split(flat, sizes[:-1])
        for case in cases:
            own, slopes = case.loss(parts)
            value += own
            slope += np.concatenate(slopes)
        return value, slope

    options = {"maxiter": _STEPS}
    found = minimize(loss, center.copy(), jac=True, method="L-BFGS-B", options=options)
    member, same, turn = (
        column.model(part)
        for column, part in zip(columns, np.split(found.x, sizes[:-1]), strict=True)
    )
    return CastModel(first, member, same, turn)


def _case(text: Labelled, rows: Sequence[Sequence[Features]], columns: Sequence[_Columns]) -> _Case:
    chain = text.reading.chain
    return _Case(
        chain,
        columns[0].matrix([features for row in rows for features in row]),
        [0, *np.cumsum([len(row) for row in rows]).tolist()],
        columns[1].matrix(text.reading.same),
        columns[2].matrix(text.reading.turn),
        [
            members.index(speaker) if speaker in members else None
            for members, speaker in zip(map(list, chain.candidates), text.speakers, strict=True)
        ],
    )
