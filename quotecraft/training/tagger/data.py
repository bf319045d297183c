"""PolNeAR articles as labelled word sequences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Final

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from quotecraft.detect.cues import lookup
from quotecraft.detect.pairs import LABEL_CONTENT, LABEL_CUE, LABEL_SOURCE
from quotecraft.detect.pieces import MARK_OUTSIDE, EncodedText, TextEncoder
from quotecraft.formats.polnear import read_polnear
from quotecraft.model import Document, QuoteKind, Span
from quotecraft.text.pairing import pair_marks

__all__ = [
    "IGNORED",
    "Article",
    "CueStatistics",
    "LabelledText",
    "Relation",
    "label_article",
    "load_polnear",
    "split_tune",
]

Spans = tuple[tuple[int, int], ...]

IGNORED: Final = -100
"""Label that the losses skip (PyTorch's default)."""


@frozen
class Relation:
    """One annotated attribution.

    Attributes:
        cue: Code-point spans of the cue; empty when the text has none.
        content: Code-point spans of the content.
        source: Code-point spans of the source; empty when the text names none.
    """

    cue: Spans
    content: Spans
    source: Spans = ()


@frozen
class Article:
    """A text and what each of its annotators marked.

    Attributes:
        name: File name without ending.
        text: The text as it stands in the file.
        annotations: One list of relations for each annotator, in order of the annotators' ids.
        partial: Whether only direct quotations are annotated, as in novels: then nothing is known
            of other words that could be cues, nor of text outside quotation marks.
    """

    name: str
    text: str
    annotations: tuple[tuple[Relation, ...], ...]
    partial: bool = False


def load_polnear(folder: Path) -> list[Article]:
    """Read one split of PolNeAR with every annotation of each article.

    Args:
        folder: The folder that holds ``text`` and ``attributions``.

    Raises:
        InputError: If the folder is no split of PolNeAR.
        FormatError: If an annotation is malformed.
    """
    texts: dict[str, str] = {}
    annotations: dict[str, list[tuple[Relation, ...]]] = {}
    annotators: set[str] = set()
    for document in read_polnear(folder, kind_of=_no_kinds):
        annotators.update(document.metadata["annotators"])
    for annotator in sorted(annotators):
        for document in read_polnear(folder, kind_of=_no_kinds, annotator=annotator):
            texts[document.id] = document.text
            annotations.setdefault(document.id, []).append(_relations(document))
    return [Article(name, texts[name], tuple(annotations[name])) for name in sorted(texts)]


def _no_kinds(_: str, contents: Sequence[Sequence[Span]]) -> list[QuoteKind]:
    return [QuoteKind.INDIRECT] * len(contents)  # kinds play no part in training


def _relations(document: Document) -> tuple[Relation, ...]:
    def pairs(spans: Iterable[Span]) -> Spans:
        return tuple((span.start, span.end) for span in spans)

    return tuple(Relation(pairs(q.cue), pairs(q.content), pairs(q.source)) for q in document.quotes)


def split_tune(articles: Sequence[Article], count: int) -> tuple[list[Article], list[Article]]:
    """Set aside articles on which decoding is tuned and confidences are calibrated.

    Which ones depends on their names alone (lowest SHA-256), so it is the same in every run.

    Args:
        articles: All training articles.
        count: How many to set aside.

    Returns:
        The articles to train on, and those set aside.
    """
    by_hash = sorted(articles, key=lambda article: sha256(article.name.encode()).hexdigest())
    aside = {article.name for article in by_hash[:count]}
    return (
        [article for article in articles if article.name not in aside],
        [article for article in articles if article.name in aside],
    )


@frozen(eq=False)
class LabelledText:
    """An encoded text with the labels that the network learns.

    Attributes:
        encoded: The text as pieces and words.
        heads: Cue head of each relation, as a word number.
        pair_labels: One row a relation: the label of each word in it (none, content, source, cue).
        is_head: 1 for a word that heads some cue; ``IGNORED`` where nothing is known.
        content_bio: 0 outside, 1 begins, 2 continues some content; ``IGNORED`` likewise.
        source_bio: The same for sources.
    """

    encoded: EncodedText
    heads: NDArray[np.int32]
    pair_labels: NDArray[np.int8]
    is_head: NDArray[np.int8]
    content_bio: NDArray[np.int8]
    source_bio: NDArray[np.int8]


class CueStatistics:
    """How often each word stands inside a cue; picks the word that heads a cue.

    Args:
        articles: Articles to count in.
        encoder: Cuts them into words.
    """

    _PRIOR_INSIDE = 0.05
    _PRIOR_ALL = 1.0

    def __init__(self, articles: Iterable[Article], encoder: TextEncoder) -> None:
        self._all: Counter[str] = Counter()
        self._inside: Counter[str] = Counter()
        for article in articles:
            encoded = encoder.encode(article.text, ())
            words = _lower_words(article.text, encoded)
            self._all.update(words)
            inside = {
                word
                for relation in article.annotations[0]
                for word in _words_of(encoded, relation.cue)
            }
            self._inside.update(words[word] for word in inside)

    def head(self, words: Sequence[str], cue: Iterable[int]) -> int:
        """Return the word of a cue that is most often found inside cues."""
        return max(sorted(cue), key=lambda index: self._share(words[index]))

    def _share(self, word: str) -> float:
        return (self._inside[word] + self._PRIOR_INSIDE) / (self._all[word] + self._PRIOR_ALL)


def label_article(
    text: str,
    relations: Sequence[Relation],
    encoder: TextEncoder,
    cues: CueStatistics,
    *,
    partial: bool = False,
) -> LabelledText:
    """Encode a text and turn its relations into labels.

    Args:
        text: The text.
        relations: Its attributions, with spans in that text.
        encoder: Cuts it into words.
        cues: Picks cue heads.
        partial: Whether only direct quotations are annotated; see ``Article.partial``.
    """
    encoded = encoder.encode(text, pair_marks(text))
    words = _lower_words(text, encoded)
    count = encoded.word_count
    heads: list[int] = []
    rows: list[NDArray[np.int8]] = []
    cueless: list[NDArray[np.int8]] = []
    for relation in relations:
        row = np.zeros(count, np.int8)
        for label, spans in (
            (LABEL_CONTENT, relation.content),
            (LABEL_SOURCE, relation.source),
            (LABEL_CUE, relation.cue),
        ):
            row[_words_of(encoded, spans)] = label
        cue = np.flatnonzero(row == LABEL_CUE)
        if len(cue) and (row == LABEL_CONTENT).any():
            heads.append(cues.head(words, cue.tolist()))
            rows.append(row)
        else:
            cueless.append(row)
    everything = np.stack([*rows, *cueless, np.zeros(count, np.int8)])
    is_head = np.zeros(count, np.int8)
    content_bio = _bio(everything == LABEL_CONTENT)
    source_bio = _bio(everything == LABEL_SOURCE)
    if partial:
        is_head[_possible_cues(words)] = IGNORED
        unknown = encoded.marks == MARK_OUTSIDE
        content_bio[unknown & (content_bio == 0)] = IGNORED
        source_bio[source_bio == 0] = IGNORED
    is_head[heads] = 1
    return LabelledText(
        encoded=encoded,
        heads=np.asarray(heads, np.int32),
        pair_labels=everything[: len(rows)],
        is_head=is_head,
        content_bio=content_bio,
        source_bio=source_bio,
    )


def _possible_cues(words: Sequence[str]) -> list[int]:
    """Return the words that the cue lexicon knows, alone or with those after them."""
    return [at for at in range(len(words)) if lookup(words, at)]


def _lower_words(text: str, encoded: EncodedText) -> list[str]:
    bounds = zip(encoded.starts.tolist(), encoded.ends.tolist(), strict=True)
    return [text[start:end].lower() for start, end in bounds]


def _words_of(encoded: EncodedText, spans: Spans) -> list[int]:
    return [word for start, end in spans for word in encoded.words_in(start, end)]


def _bio(member: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Merge rows of membership into one row of 0 outside, 1 begins, 2 continues."""
    bio = np.zeros(member.shape[1], np.int8)
    for row in member:
        before = np.concatenate([[False], row[:-1]])
        bio[row] = np.where(before[row], 2, 1)
    return bio
