"""Token and sentence F1 of a tokenizer, from raw text.

As in the CoNLL 2018 shared task (Zeman et al. 2018), a predicted token or sentence is right when it
begins and ends where a gold one does. Multi-word tokens count as one token.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random

from attrs import evolve, frozen

from quotecraft.parse.decoding import SENTENCE_END
from quotecraft.parse.interfaces import Tokenizer
from quotecraft.training.tokenizer_typography import CURLED, restyle
from quotecraft.training.treebank import TreebankDocument, labelled, read_treebank

__all__ = ["TESTS", "TokenizerScore", "evaluate_tokenizer", "score_tokenizer"]

TESTS = {
    "EWT dev": "ud-ewt/en_ewt-ud-dev.conllu",
    "EWT test": "ud-ewt/en_ewt-ud-test.conllu",
    "GUM dev": "ud-gum/en_gum_ccby-dev.conllu",
}

_Places = set[tuple[int, int]]


@frozen
class TokenizerScore:
    """F1 of a tokenizer on one test, in [0, 1].

    Attributes:
        tokens: F1 of tokens.
        sentences: F1 of sentences.
    """

    tokens: float
    sentences: float


def score_tokenizer(tokenizer: Tokenizer, documents: Iterable[TreebankDocument]) -> TokenizerScore:
    """Score a tokenizer on documents of a treebank, given to it one by one as plain text."""
    right, given, gold = [0, 0], [0, 0], [0, 0]
    for document in documents:
        text, *wanted = _gold(document)
        sentences = tokenizer.tokenize(text)
        found: tuple[_Places, _Places] = (
            {(t.span.start, t.span.end) for sentence in sentences for t in sentence.tokens},
            {(sentence.span.start, sentence.span.end) for sentence in sentences},
        )
        for level in (0, 1):
            right[level] += len(found[level] & wanted[level])
            given[level] += len(found[level])
            gold[level] += len(wanted[level])
    return TokenizerScore(*(_f1(*counts) for counts in zip(right, given, gold, strict=True)))


def _f1(right: int, given: int, gold: int) -> float:
    return 2 * right / (given + gold) if given + gold else 1.0


def _gold(document: TreebankDocument) -> tuple[str, _Places, _Places]:
    """Text of a document, and the places of its tokens and sentences."""
    pairs = [labelled(paragraph) for paragraph in document.paragraphs]
    tokens: _Places = set()
    sentences: _Places = set()
    offset = 0
    for text, labels in pairs:
        token_start = sentence_start = 0
        for place, label in enumerate(labels):
            if label == "0":
                continue
            tokens.add((offset + _skip(text, token_start), offset + place + 1))
            token_start = place + 1
            if label == str(SENTENCE_END):
                sentences.add((offset + _skip(text, sentence_start), offset + place + 1))
                sentence_start = place + 1
        offset += len(text) + 2
    return "\n\n".join(text for text, _ in pairs), tokens, sentences


def _skip(text: str, place: int) -> int:
    while text[place].isspace():
        place += 1
    return place


def curled(documents: Iterable[TreebankDocument]) -> Iterator[TreebankDocument]:
    """Curl the quotation marks and apostrophes of documents; write their dashes as em dashes."""
    for document in documents:
        rng = Random(0)  # noqa: S311  (no secret; with a given style nothing is left to chance)
        yield evolve(document, paragraphs=restyle(document.paragraphs, rng, CURLED))


def evaluate_tokenizer(tokenizer: Tokenizer, data: Path) -> Mapping[str, TokenizerScore]:
    """Score a tokenizer on every test, straight and curled.

    Args:
        tokenizer: Any tokenizer.
        data: Folder with ``ud-ewt`` and ``ud-gum``.

    Raises:
        InputError: If a treebank can't be read.
    """
    scores = {}
    for name, path in TESTS.items():
        documents = read_treebank(data / path)
        scores[name] = score_tokenizer(tokenizer, documents)
        scores[f"{name}, curled"] = score_tokenizer(tokenizer, curled(documents))
    return scores
