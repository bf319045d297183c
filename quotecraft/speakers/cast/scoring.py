"""A text's quotations as a chain to be scored, and the fitted weights that score it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.model import Sentence, Span, Speaker
from quotecraft.speakers.cast.chain import Chain, held
from quotecraft.speakers.cast.evidence import Features, candidates_of, evidence_of
from quotecraft.speakers.cast.pieces import (
    Piece,
    cut_sentences,
    is_flat,
    link_pieces,
    read_pieces,
)
from quotecraft.speakers.cast.references import Cast
from quotecraft.speakers.cast.talk import with_talk
from quotecraft.speakers.cast.turns import same_features, turn_features
from quotecraft.speakers.linear import LinearModel, load_models, softmax
from quotecraft.speakers.words import Words

__all__ = ["CastModel", "Reading", "load_cast_model", "read_cast", "read_pieces_of"]

Floats = NDArray[np.float64]


@frozen(eq=False)
class Reading:
    """The pieces of a text with everything that speaks for who said them.

    Attributes:
        pieces: The pieces, in order.
        chain: Who may speak each.
        features: For each piece, the features of each candidate.
        same: For each piece, the features of its having the speaker before.
        turn: For each piece, the features of its having the speaker two before.
    """

    pieces: Sequence[Piece]
    chain: Chain
    features: Sequence[Sequence[Features]]
    same: Sequence[Features]
    turn: Sequence[Features]

    def guesses(self, first: LinearModel) -> list[dict[int, float]]:
        """Return for each piece the probability of each candidate by its features alone.

        Args:
            first: Weighs the features.
        """
        return [
            dict(zip(members, softmax([first.score(own) for own in features]), strict=True))
            for members, features in zip(self.chain.candidates, self.features, strict=True)
        ]

    def talk(self, guesses: Sequence[dict[int, float]]) -> list[list[Features]]:
        """Return the features with who takes part in the talk around.

        Args:
            guesses: The first guesses at the speakers of all pieces.
        """
        known = [
            dict(zip(members, features, strict=True))
            for members, features in zip(self.chain.candidates, self.features, strict=True)
        ]
        return with_talk(self.pieces, known, guesses)


def read_cast(
    text: str, sentences: Sequence[Sentence], members: Sequence[Speaker], contents: Sequence[Span]
) -> Reading:
    """Read the quotations of a text whose cast is known.

    Args:
        text: The text.
        sentences: Its sentences, in order.
        members: Those who may speak, with their mentions.
        contents: The pieces of its quotations, in order, none overlapping another.
    """
    words = Words(text, cut_sentences(text, sentences, contents), contents)
    return read_pieces_of(Cast.of(words, members), contents, flat=is_flat(text, sentences))


def read_pieces_of(cast: Cast, contents: Sequence[Span], *, flat: bool) -> Reading:
    """Read the quotations of a text.

    Args:
        cast: Its cast.
        contents: The pieces of its quotations, in order, none overlapping another.
        flat: Whether its paragraphs tell nothing.
    """
    pieces = read_pieces(cast, contents)
    links = link_pieces(cast.words, pieces, flat=flat)
    candidates = [candidates_of(cast, piece) for piece in pieces]
    return Reading(
        pieces,
        Chain(candidates),
        [
            evidence_of(cast, pieces, links, place, members)
            for place, members in enumerate(candidates)
        ],
        [same_features(cast.words, pieces, links, place) for place in range(len(pieces))],
        [turn_features(links, place) for place in range(len(pieces))],
    )


@frozen(eq=False)
class CastModel:
    """The fitted weights.

    Attributes:
        first: Weighs candidates by their own features, for the first guess.
        member: Weighs candidates in the chain.
        same: Weighs that a piece has the speaker of the one before.
        turn: Weighs that it has the speaker of two before, and another spoke between.
    """

    first: LinearModel
    member: LinearModel
    same: LinearModel
    turn: LinearModel

    def scores(
        self, reading: Reading, told: Sequence[int | None] = ()
    ) -> tuple[list[Floats], Floats, Floats]:
        """Return the scores of a chain, as ``Chain`` takes them.

        Args:
            reading: The utterances.
            told: The known speakers of the first utterances, ``None`` where one isn't known.
        """
        guesses = reading.guesses(self.first)
        for place, speaker in enumerate(told):
            if speaker in guesses[place]:
                guesses[place] = {m: float(m == speaker) for m in guesses[place]}
        features = reading.talk(guesses)
        return (
            [np.array([self.member.score(own) for own in row]) for row in features],
            np.array([self.same.score(own) for own in reading.same]),
            np.array([self.turn.score(own) for own in reading.turn]),
        )

    def shares(self, reading: Reading, told: Sequence[int | None] = ()) -> list[dict[int, float]]:
        """Return for each utterance the probability of each candidate.

        Args:
            reading: The utterances.
            told: The known speakers of the first utterances, ``None`` where one isn't known.
        """
        if not reading.pieces:
            return []
        scores, same, turn = self.scores(reading, told)
        for place, speaker in enumerate(told):
            members = list(reading.chain.candidates[place])
            if speaker in members:
                scores[place] = held(scores[place], members.index(speaker))
        return [
            {member: float(share) for member, share in zip(members, shares, strict=True)}
            for members, shares in zip(
                reading.chain.candidates, reading.chain.shares(scores, same, turn), strict=True
            )
        ]


@cache
def load_cast_model() -> CastModel:
    """Return the weights that ship with quotecraft."""
    models = load_models("cast")
    return CastModel(models["first"], models["member"], models["same"], models["turn"])
