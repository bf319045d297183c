"""A small vocabulary, a made-up network and invented sentences for the tests of the tagger."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, decoders, normalizers, pre_tokenizers
from tokenizers.models import WordPiece

from quotecraft.detect.decoding import Candidate
from quotecraft.detect.pairs import BIAS_REACH, DISTANCE_REACH, LABEL_COUNT, PAIR_SIZE, Biases
from quotecraft.detect.pieces import EncodedText, TextEncoder
from quotecraft.detect.scoring import NetworkOutput
from quotecraft.detect.windows import Batch
from quotecraft.text.pairing import pair_marks

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
MARKS = ".,:;!?\"'`“”‘’«»-–—()[]"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
WORDS = ("said", "the", "mayor", "plan", "she")


def make_tokenizer() -> Tokenizer:
    """Return an uncased word-piece tokenizer that knows letters and five words."""
    pieces = [*SPECIAL, *LETTERS, *(f"##{c}" for c in LETTERS), *MARKS, *WORDS]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


ENCODER = TextEncoder(make_tokenizer())
VOCABULARY_SIZE = ENCODER.vocabulary_size


def encode(text: str) -> EncodedText:
    """Encode a text with the marks that pairing finds in it."""
    return ENCODER.encode(text, pair_marks(text))


def words_of(text: str, encoded: EncodedText) -> list[str]:
    """Return the words of an encoded text as strings."""
    return [
        text[start:end]
        for start, end in zip(encoded.starts.tolist(), encoded.ends.tolist(), strict=True)
    ]


def candidate(
    head: int, roles: Sequence[str], logit: float = 2.0, low: int = 0, margin: float = 4.0
) -> Candidate:
    """Return a candidate whose words are clearly of the given roles.

    Args:
        head: The cue's head, as a word of the text.
        roles: One letter a word: ``-`` none, ``c`` content, ``s`` source, ``q`` cue.
        logit: Of the head.
        low: First word of the window.
        margin: Logit of the given role over the others.
    """
    scores = np.zeros((len(roles), LABEL_COUNT), np.float32)
    for row, role in enumerate(roles):
        scores[row, "-csq".index(role)] = margin
    scores -= np.log(np.exp(scores).sum(1, keepdims=True))
    begin = np.zeros(len(roles), np.float32)
    return Candidate(head, logit, (low, low + len(roles)), scores, begin)


class SaidNetwork:
    """Calls every "said" a cue, the word before it its source and those after it its content.

    Args:
        reach: How many words after it are its content.
        sources: Whether there are sources.
    """

    def __init__(self, reach: int = 2, *, sources: bool = True) -> None:
        self.said = ENCODER.piece("said")
        distance = np.full((2 * DISTANCE_REACH + 1, LABEL_COUNT), 0.0, np.float32)
        distance[:, 0] = 3.0
        distance[DISTANCE_REACH, 3] = 6.0
        distance[DISTANCE_REACH - 1, 2] = 6.0 * sources
        distance[DISTANCE_REACH + 1 : DISTANCE_REACH + 1 + reach, 1] = 6.0
        flat: NDArray[np.float32] = np.zeros((2 * BIAS_REACH + 1, LABEL_COUNT), np.float32)
        self.biases = Biases(distance, flat, flat)

    def __call__(self, batch: Batch) -> NetworkOutput:
        """Return flat scores but for the cue-head logit."""
        shape = batch.ids.shape
        tags = np.zeros((*shape, 7), np.float32)
        tags[..., 0] = np.where(batch.ids == self.said, 4.0, -4.0)
        return NetworkOutput(
            tags,
            np.zeros((*shape, LABEL_COUNT * PAIR_SIZE), np.float32),
            np.zeros((*shape, PAIR_SIZE), np.float32),
            np.zeros((*shape, LABEL_COUNT), np.float32),
        )
