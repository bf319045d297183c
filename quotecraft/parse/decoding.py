"""A label for each character to sentences and tokens with exact places in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from quotecraft.model import Sentence, Span, Token
from quotecraft.parse.characters import Characters

__all__ = ["INSIDE", "SENTENCE_END", "TOKEN_END", "decode", "undivided"]

# The labels of Stanza's tokenizer without multi-word expansion.
INSIDE, TOKEN_END, SENTENCE_END = 0, 1, 2

_ADDRESS_START = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>\"“”«»]{1,2048}")
_ADDRESS_TAIL = ".,;:!?'’)]}…"
_MAIL_LOCAL = re.compile(r"[\w.+-]{1,64}\Z")
_MAIL_HOST = re.compile(r"@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def decode(text: str, characters: Characters, labels: NDArray[np.int8]) -> tuple[Sentence, ...]:
    """Turn labels into sentences.

    Whatever the labels say, a token ends before a blank and a sentence with its paragraph, so that
    tokens hold no white space and sentences never cross paragraphs; web and mail addresses stay
    whole.

    Args:
        text: The text.
        characters: Its characters.
        labels: One of ``INSIDE``, ``TOKEN_END`` and ``SENTENCE_END`` for each of them.
    """
    labels = _constrained(text, characters, labels)
    blank = characters.blank()
    found: list[Sentence] = []
    for paragraph, start, end in characters.bounds:
        ends = start + np.flatnonzero(labels[start:end])
        starts = np.concatenate(([start], ends[:-1] + 1))
        starts += blank[starts]
        found += _sentences(
            characters.places[starts].tolist(),
            (characters.places[ends] + 1).tolist(),
            (labels[ends] == SENTENCE_END).tolist(),
            paragraph,
        )
    return tuple(found)


def _sentences(
    starts: list[int], ends: list[int], last: list[bool], paragraph: int
) -> Iterator[Sentence]:
    tokens: list[Token] = []
    reached = 0
    for start, end, closes in zip(starts, ends, last, strict=True):
        tokens.append(Token(Span(reached if start == reached else start, end)))  # one object
        reached = end
        if closes:
            yield Sentence(Span(tokens[0].span.start, end), tuple(tokens), paragraph)
            tokens = []


def _constrained(text: str, characters: Characters, labels: NDArray[np.int8]) -> NDArray[np.int8]:
    labels = labels.copy()
    blank = characters.blank()
    for span in undivided(text):
        start, end = np.searchsorted(characters.places, (span.start, span.end))
        if start < end:
            labels[start : end - 1] = INSIDE
            labels[end - 1] = max(labels[end - 1], TOKEN_END)
    before = np.flatnonzero(blank[1:])
    labels[before] = np.maximum(np.maximum(labels[before], labels[before + 1]), TOKEN_END)
    labels[blank] = INSIDE
    for _, _, end in characters.bounds:
        labels[end - 1] = SENTENCE_END
    return labels


def undivided(text: str) -> Iterator[Span]:
    """Find web and mail addresses, which are one token each; takes linear time on any text."""
    free = 0
    for match in _ADDRESS_START.finditer(text):
        if match.start() < free:
            continue
        address = _ADDRESS.match(text, match.start())
        if address is not None and (whole := address.group().rstrip(_ADDRESS_TAIL)):
            free = match.start() + len(whole)
            yield Span(match.start(), free)
    at = -1
    while (at := text.find("@", at + 1)) >= 0:
        host = _MAIL_HOST.match(text, at)
        local = _MAIL_LOCAL.search(text[max(0, at - 64) : at]) if host else None
        if host and local:
            yield Span(at - len(local.group()), host.end())
