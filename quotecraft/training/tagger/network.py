"""The tagger's network: a small encoder, a cue head and a scorer of (cue, word) pairs.

Encoder: MiniLM-L6-H384 (Wang et al., "MiniLM: Deep Self-Attention Distillation", NeurIPS 2020) as
in ``sentence-transformers/all-MiniLM-L6-v2``. The pair scorer is biaffine (Dozat and Manning,
"Deep Biaffine Attention for Neural Dependency Parsing", ICLR 2017).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import torch
from attrs import frozen
from torch import Tensor, nn
from torch.nn import functional

from quotecraft.detect.pairs import BIAS_REACH, DISTANCE_REACH, LABEL_COUNT, PAIR_SIZE
from quotecraft.detect.pieces import MARK_STATES
from quotecraft.errors import WeightsError

__all__ = ["FROZEN", "EncoderSize", "TaggerNetwork", "load_encoder", "load_trained", "save_trained"]

TAG_COUNT: Final = 7
"""Cue head, then outside / begin / inside of contents and of sources."""

FROZEN: Final = ("word_embeddings.", "position_embeddings.")
"""Weights that training leaves as they were pretrained."""

_LAYER_NORM_EPSILON: Final = 1e-12  # BERT's


@frozen
class EncoderSize:
    """Dimensions of the encoder; the defaults are those of MiniLM-L6-H384 (uncased).

    Attributes:
        hidden: Width.
        layers: Number of layers.
        heads: Attention heads a layer.
        inner: Width of the feed-forward layer.
        vocabulary: Number of word pieces.
        positions: Most positions.
    """

    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512


class EncoderLayer(nn.Module):
    """One transformer layer, normalised after each block as in BERT."""

    def __init__(self, size: EncoderSize, dropout: float) -> None:
        super().__init__()
        hidden = size.hidden
        self.heads = size.heads
        self.attention_in = nn.Linear(hidden, 3 * hidden)
        self.attention_out = nn.Linear(hidden, hidden)
        self.attention_norm = nn.LayerNorm(hidden, _LAYER_NORM_EPSILON)
        self.inner = nn.Linear(hidden, size.inner)
        self.outer = nn.Linear(size.inner, hidden)
        self.outer_norm = nn.LayerNorm(hidden, _LAYER_NORM_EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return the states after this layer."""
        batch, length, hidden = states.shape
        parts = self.attention_in(states).view(batch, length, 3, self.heads, hidden // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(batch, length, hidden)
        states = self.attention_norm(states + self.dropout(self.attention_out(mixed)))
        grown = self.outer(functional.gelu(self.inner(states)))
        normed: Tensor = self.outer_norm(states + self.dropout(grown))
        return normed


class TaggerNetwork(nn.Module):
    """Cue-head logit, auxiliary tags and the vectors from which pairs are scored.

    Args:
        size: Dimensions of the encoder.
        dropout: Share of activations dropped in training.
    """

    def __init__(self, size: EncoderSize | None = None, dropout: float = 0.0) -> None:
        super().__init__()
        size = size or EncoderSize()
        hidden = size.hidden
        self.word_embeddings = nn.Embedding(size.vocabulary, hidden)
        self.position_embeddings = nn.Embedding(size.positions, hidden)
        self.type_embedding = nn.Parameter(torch.zeros(hidden))
        self.mark_embeddings = nn.Embedding(MARK_STATES, hidden)
        self.embedding_norm = nn.LayerNorm(hidden, _LAYER_NORM_EPSILON)
        self.layers = nn.ModuleList(EncoderLayer(size, dropout) for _ in range(size.layers))
        self.dropout = nn.Dropout(dropout)
        self.tags = nn.Linear(hidden, TAG_COUNT)
        self.cue_vectors = nn.Linear(hidden, LABEL_COUNT * PAIR_SIZE)
        self.word_vectors = nn.Linear(hidden, PAIR_SIZE)
        self.word_scores = nn.Linear(hidden, LABEL_COUNT)
        self.distance_bias = nn.Embedding(2 * DISTANCE_REACH + 1, LABEL_COUNT)
        self.paragraph_bias = nn.Embedding(2 * BIAS_REACH + 1, LABEL_COUNT)
        self.sentence_bias = nn.Embedding(2 * BIAS_REACH + 1, LABEL_COUNT)
        for table in (
            self.mark_embeddings,
            self.distance_bias,
            self.paragraph_bias,
            self.sentence_bias,
        ):
            nn.init.zeros_(table.weight)

    def encode(self, ids: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """Return the last layer's state of each piece.

        Args:
            ids: Piece numbers, (windows, pieces).
            marks: Mark state of the word each piece belongs to, (windows, pieces).
            mask: Added to attention scores, (windows, 1, 1, pieces).
        """
        states: Tensor = self.word_embeddings(ids)
        states = states + self.position_embeddings.weight[: ids.shape[1]] + self.type_embedding
        states = self.dropout(self.embedding_norm(states + self.mark_embeddings(marks)))
        for layer in self.layers:
            states = layer(states, mask)
        return states

    def forward(
        self, ids: Tensor, marks: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return, for each piece: tags, cue vectors, word vectors, word scores."""
        states = self.dropout(self.encode(ids, marks, mask))
        return (
            self.tags(states),
            self.cue_vectors(states),
            self.word_vectors(states),
            self.word_scores(states),
        )

    def score_pairs(
        self, cues: Tensor, words: Tensor, scores: Tensor, offsets: tuple[Tensor, Tensor, Tensor]
    ) -> Tensor:
        """Score the labels of words for cue heads; the twin of ``decoding.score_pairs``.

        Args:
            cues: Cue vectors of the heads, (heads, labels * size).
            words: Word vectors of the words of each head's window, (heads, words, size).
            scores: Their word scores, (heads, words, labels).
            offsets: Distance of each word from the head in words, paragraphs and sentences.

        Returns:
            Scores, (heads, words, labels).
        """
        by_label = cues.view(-1, LABEL_COUNT, PAIR_SIZE)
        total: Tensor = torch.einsum("hkd,hwd->hwk", by_label, words) / PAIR_SIZE**0.5 + scores
        tables = (
            (self.distance_bias, DISTANCE_REACH),
            (self.paragraph_bias, BIAS_REACH),
            (self.sentence_bias, BIAS_REACH),
        )
        for (table, reach), offset in zip(tables, offsets, strict=True):
            total = total + table(offset.clamp(-reach, reach) + reach)
        return total


def save_trained(network: TaggerNetwork, path: Path) -> None:
    """Write what training changes (all but word and position embeddings) in half precision."""
    from safetensors.torch import save_file

    save_file(
        {n: w.half().cpu().contiguous() for n, w in network.state_dict().items() if _trained(n)},
        path,
    )


def load_trained(network: TaggerNetwork, path: Path) -> None:
    """Read what ``save_trained`` wrote; the embeddings come from ``load_encoder``.

    Raises:
        WeightsError: If the file doesn't fit the network.
    """
    from safetensors.torch import load_file

    try:
        result = network.load_state_dict(load_file(path), strict=False)
    except (OSError, RuntimeError) as error:
        raise WeightsError(f"{path} holds no weights of this network: {error}") from error
    if missing := [name for name in result.missing_keys if _trained(name)]:
        raise WeightsError(f"{path} lacks weights of this network: {', '.join(missing)}")


def _trained(name: str) -> bool:
    return not name.startswith(FROZEN)


def load_encoder(network: TaggerNetwork, path: Path) -> None:
    """Fill the encoder with pretrained BERT weights.

    Args:
        network: The network to fill.
        path: A ``model.safetensors`` file with Hugging Face's names.

    Raises:
        WeightsError: If a weight is missing or has another shape.
    """
    from safetensors.torch import load_file

    weights = {name.removeprefix("bert."): value for name, value in load_file(path).items()}
    try:
        state = _renamed(weights, len(network.layers))
        missing = network.load_state_dict(state, strict=False)
    except (KeyError, RuntimeError) as error:
        raise WeightsError(f"{path} doesn't fit the tagger's encoder: {error}") from error
    if missing.unexpected_keys:
        raise WeightsError(f"{path}: unexpected weights {missing.unexpected_keys}")


def _renamed(weights: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    state = {
        "word_embeddings.weight": weights["embeddings.word_embeddings.weight"],
        "position_embeddings.weight": weights["embeddings.position_embeddings.weight"],
        "type_embedding": weights["embeddings.token_type_embeddings.weight"][0],
    }
    for kind in ("weight", "bias"):
        state[f"embedding_norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
        for number in range(layers):
            old, new = f"encoder.layer.{number}.", f"layers.{number}."
            state[f"{new}attention_in.{kind}"] = torch.cat(
                [
                    weights[f"{old}attention.self.{part}.{kind}"]
                    for part in ("query", "key", "value")
                ]
            )
            for ours, theirs in (
                ("attention_out", "attention.output.dense"),
                ("attention_norm", "attention.output.LayerNorm"),
                ("inner", "intermediate.dense"),
                ("outer", "output.dense"),
                ("outer_norm", "output.LayerNorm"),
            ):
                state[f"{new}{ours}.{kind}"] = weights[f"{old}{theirs}.{kind}"]
    return state
