"""Fits the weights that choose among a given cast: a linear-chain model by its likelihood.

First on novels of PDNC, whose mentions are made here (``speaker_cast_novels``), then on LitBank,
whose coreference is annotated, with a ridge penalty towards the weights of the novels.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.model import Document, Sentence, Span, SpeakerId
from quotecraft.speakers.cast.evidence import Features
from quotecraft.speakers.cast.references import may_speak
from quotecraft.speakers.cast.scoring import CastModel, Reading, read_cast
from quotecraft.speakers.linear import LinearModel
from quotecraft.training.speaker_cast_chains import Chains
from quotecraft.training.speaker_fit import Ranking, fit_ranking

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["Labelled", "fit_cast", "fold_of", "label_document", "speakers_of"]

_INNER = 5  # folds from which the first guesses at the training texts come
_STEPS = 80  # of L-BFGS at most
_DIGITS = 3
_GROUP = 200  # chains of a batch

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
ON_EXCERPTS = Penalties(member=10.0, pair=10.0, least=5)


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
    spoken = sorted((span, quote.speaker) for quote in document.quotes for span in quote.content)
    reading = read_cast(document.text, sentences, members, [span for span, _ in spoken])
    return Labelled(document.id, reading, speakers_of(reading, dict(spoken), places))


def speakers_of(
    reading: Reading,
    spoken: Mapping[Span, SpeakerId | None],
    places: Mapping[SpeakerId, int],
) -> list[int | None]:
    """Return who says each utterance: the speaker of its first stretch.

    Args:
        reading: The utterances.
        spoken: The speaker of each stretch.
        places: The place of each speaker in the cast.
    """
    speakers = (spoken[piece.contents[0]] for piece in reading.pieces)
    return [None if speaker is None else places.get(speaker) for speaker in speakers]


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

    def matrix(self, rows: Iterable[Features]) -> csr_matrix:
        from scipy.sparse import csr_matrix

        place = {name: number for number, name in enumerate(self.names)}
        starts, columns, values = [0], [], []
        for row in rows:
            known = [name for name in row if name in place]
            columns += [place[name] for name in known]
            values += [row[name] for name in known]
            starts.append(len(columns))
        return csr_matrix((values, columns, starts), shape=(len(starts) - 1, len(self.names)))

    def start(self, prior: LinearModel | None) -> Floats:
        weights = {} if prior is None else prior.weights
        return np.array([weights[n][0] if n in weights else 0.0 for n in self.names])

    def model(self, weights: Floats) -> LinearModel:
        rounded = [(round(float(weight), _DIGITS),) for weight in weights]
        return LinearModel(("speaker",), dict(zip(self.names, rounded, strict=True)))


Rows = Sequence[Sequence[Features]]  # for each piece, the features of each candidate


def _fit_chain(
    texts: Sequence[Labelled],
    rows: Sequence[Rows],
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
    groups = list(_groups(texts, rows, columns))
    sizes = np.cumsum([len(column.names) for column in columns])
    center = np.concatenate([c.start(kind) for c, kind in zip(columns, kinds, strict=True)])
    weighed = np.where(np.arange(sizes[-1]) < sizes[0], penalties.member, penalties.pair)

    def loss(flat: Floats) -> tuple[float, Floats]:
        apart = flat - center
        value, slope = float(weighed @ apart**2) / 2, weighed * apart
        parts = np.split(flat, sizes[:-1])
        for chains, matrices in groups:
            own, slopes = chains.loss(*(m @ part for m, part in zip(matrices, parts, strict=True)))
            value += own
            slope += np.concatenate([m.T @ s for m, s in zip(matrices, slopes, strict=True)])
        return value, slope

    options = {"maxiter": _STEPS}
    found = minimize(loss, center.copy(), jac=True, method="L-BFGS-B", options=options)
    member, same, turn = (
        column.model(part)
        for column, part in zip(columns, np.split(found.x, sizes[:-1]), strict=True)
    )
    return CastModel(first, member, same, turn)


def _groups(
    texts: Sequence[Labelled], rows: Sequence[Rows], columns: Sequence[_Columns]
) -> Iterator[tuple[Chains, list[csr_matrix]]]:
    """Yield chains of like length together, each group with its three matrices."""
    order = sorted(range(len(texts)), key=lambda number: len(texts[number].speakers))
    for start in range(0, len(order), _GROUP):
        own = [texts[number] for number in order[start : start + _GROUP]]
        told = [rows[number] for number in order[start : start + _GROUP]]
        candidates = [text.reading.chain.candidates for text in own]
        matrices = [
            columns[0].matrix(f for text in told for row in text for f in row),
            columns[1].matrix(f for text in own for f in text.reading.same),
            columns[2].matrix(f for text in own for f in text.reading.turn),
        ]
        yield Chains.of(candidates, [text.speakers for text in own]), matrices
