"""Pieces of a text that a tokenizer of somebody else's can take, and its answer as sentences.

Stanza's own pipeline has inputs that it can't take, or only in quadratic time: control characters,
lone surrogates, very long words and lines. It gets the text in pieces that have none of these and
in which every character keeps its place.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from quotecraft.model import Sentence, Span, Token
from quotecraft.parse.characters import is_blank

__all__ = ["Piece", "in_paragraphs", "join_pieces", "piece_groups", "plain_text"]

Piece = Span
BREAK = "\n\n"  # what stands between two pieces: a paragraph break
SIZE = 20_000  # characters given at once
LONGEST_WORD = 200  # longest run without white space: the time that patterns take grows squared

_WORD = re.compile(rf"\S{{1,{LONGEST_WORD}}}")


def plain_text(text: str) -> str:
    """Return the text with a blank for each white space and U+FFFD for each control or surrogate.

    The result is as long as the text, character for character.
    """
    table = {}
    for character in set(text):
        if is_blank(character):
            table[ord(character)] = " "
        elif unicodedata.category(character) in ("Cc", "Cs"):
            table[ord(character)] = "�"
    return text.translate(table)


def piece_groups(text: str, paragraphs: Iterable[Span]) -> Iterator[list[Piece]]:
    """Cut paragraphs into pieces, and group as many pieces as may be given at once.

    A piece is a paragraph or a part of one; it is cut at white space, or inside a word longer than
    ``LONGEST_WORD``.
    """
    group: list[Piece] = []
    total = 0
    for paragraph in paragraphs:
        for piece in _pieces(text, paragraph):
            if group and total + len(piece) > SIZE:
                yield group
                group, total = [], 0
            group.append(piece)
            total += len(piece)
    if group:
        yield group


def _pieces(text: str, paragraph: Span) -> Iterator[Piece]:
    start = end = paragraph.start
    for match in _WORD.finditer(text, paragraph.start, paragraph.end):
        word_goes_on = match.start() == end > start
        if word_goes_on or match.end() - start > SIZE:
            if end > start:
                yield Span(start, end)
            start = match.start()
        end = match.end()
    if end > start:
        yield Span(start, end)


def join_pieces(
    pieces: Sequence[Piece], sentences: Iterable[Sequence[tuple[int, int]]]
) -> Iterator[list[Span]]:
    """Turn places in the joined pieces into places in the text.

    Args:
        pieces: The pieces that were joined by ``BREAK``.
        sentences: For each sentence found, start and end of its tokens in the joined string.

    Yields:
        For each sentence its tokens' spans in the text.
    """
    starts, offset = [], 0
    for piece in pieces:
        starts.append(offset)
        offset += len(piece) + len(BREAK)
    for sentence in sentences:
        spans = []
        for start, end in sentence:
            number = bisect_right(starts, start) - 1
            shift = pieces[number].start - starts[number]
            spans.append(Span(start + shift, end + shift))
        yield spans


def in_paragraphs(
    sentences: Iterable[Sequence[Span]], paragraphs: Sequence[Span]
) -> tuple[Sentence, ...]:
    """Build sentences from token spans; one that crosses a paragraph's end becomes several.

    Args:
        sentences: For each sentence its tokens' spans, in order.
        paragraphs: The paragraphs of the text.
    """
    starts = [paragraph.start for paragraph in paragraphs]
    found: list[Sentence] = []
    for spans in sentences:
        tokens: list[Token] = []
        number = -1
        for span in spans:
            own = max(0, bisect_right(starts, span.start) - 1)
            if tokens and own != number:
                found.append(_sentence(tokens, number))
                tokens = []
            tokens.append(Token(span))
            number = own
        if tokens:
            found.append(_sentence(tokens, number))
    return tuple(found)


def _sentence(tokens: Sequence[Token], paragraph: int) -> Sentence:
    span = Span(tokens[0].span.start, tokens[-1].span.end)
    return Sentence(span, tuple(tokens), paragraph)
