"""Text to word pieces, words and the state of the quotation marks around each word.

One implementation serves training and run time, so that a model sees the same input in both. It
needs numpy and ``tokenizers`` only.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray
from tokenizers import Tokenizer

from quotecraft.errors import WeightsError
from quotecraft.model import Span
from quotecraft.text.pairing import MarkStyle, Quotation
from quotecraft.text.paragraphs import paragraphs

__all__ = [
    "MARK_CLOSING",
    "MARK_INSIDE",
    "MARK_OPENING",
    "MARK_OUTSIDE",
    "MARK_STATES",
    "EncodedText",
    "TextEncoder",
    "changes",
]

IntArray = NDArray[np.int32]
Numbers: TypeAlias = "array[int]"  # 4 bytes each, a ninth of a list's

MARK_OUTSIDE, MARK_INSIDE, MARK_OPENING, MARK_CLOSING = range(4)
MARK_STATES: Final = 4
"""Number of mark states."""

_CHUNK: Final = 20_000  # code points given to the word-piece tokenizer at a time
_SPACE: Final = re.compile(r"\s")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_WIRE_MARKS: Final = ("``", "''")
_CLOSERS: Final = frozenset("\"'”’»›“‘«‹")
_TERMINALS: Final = frozenset(".!?…")
_AFTER_TERMINAL: Final = _CLOSERS | frozenset(")]")
_TITLES: Final = frozenset(
    re.findall(
        r"\w+",
        "mr mrs ms dr sen rep gov gen prof rev hon lt col sgt capt cmdr st jr sr vs no "
        "jan feb mar apr jun jul aug sept sep oct nov dec",
    )
)
"""Abbreviations whose full stop seldom ends a sentence."""


@frozen(eq=False)
class EncodedText:
    """A text as word pieces and words.

    Attributes:
        ids: Vocabulary number of each word piece.
        word_of: Word that each piece belongs to.
        starts: Offset of each word's first code point.
        ends: Offset just past each word's last code point.
        first: Each word's first piece.
        marks: Whether each word is outside, inside, opens or closes an outermost quotation.
        paragraph: Paragraph number of each word, from 0.
        sentence: Sentence number of each word, from 0, by a light rule.
    """

    ids: IntArray
    word_of: IntArray
    starts: IntArray
    ends: IntArray
    first: IntArray
    marks: IntArray
    paragraph: IntArray
    sentence: IntArray

    @property
    def word_count(self) -> int:
        """Number of words; a punctuation mark is a word."""
        return len(self.starts)

    def words_in(self, start: int, end: int) -> range:
        """Return the words that share a code point with ``text[start:end]``."""
        low = int(np.searchsorted(self.ends, np.int32(start), side="right"))
        high = int(np.searchsorted(self.starts, np.int32(end), side="left"))
        return range(low, max(low, high))

    def spans_of(self, words: Iterable[int]) -> tuple[Span, ...]:
        """Return words as spans: neighbours are joined, except across paragraphs.

        Args:
            words: Word numbers, in order.
        """
        spans: list[Span] = []
        last = -2
        for word in words:
            start, end = int(self.starts[word]), int(self.ends[word])
            if word == last + 1 and self.paragraph[word] == self.paragraph[last]:
                spans[-1] = Span(spans[-1].start, end)
            else:
                spans.append(Span(start, end))
            last = word
        return tuple(spans)


class TextEncoder:
    """Cuts a text into word pieces and words.

    Args:
        tokenizer: A word-piece tokenizer with ``[CLS]`` and ``[SEP]``.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.cls_id = self.piece("[CLS]")
        self.sep_id = self.piece("[SEP]")
        self.mask_id = self.piece("[MASK]")

    @classmethod
    def from_file(cls, path: Path) -> TextEncoder:
        """Load a ``tokenizer.json`` file.

        Raises:
            WeightsError: If the file can't be read as a tokenizer.
        """
        try:
            return cls(Tokenizer.from_file(str(path)))
        except WeightsError:
            raise
        except Exception as error:  # the library raises bare Exception
            raise WeightsError(f"{path} is no word-piece tokenizer: {error}") from error

    def piece(self, token: str) -> int:
        """Return the number of a word piece.

        Raises:
            WeightsError: If the vocabulary lacks it.
        """
        number = self._tokenizer.token_to_id(token)
        if number is None:
            raise WeightsError(f"the tokenizer's vocabulary lacks {token}")
        return int(number)

    @property
    def vocabulary_size(self) -> int:
        """Number of word pieces."""
        return int(self._tokenizer.get_vocab_size())

    def encode(self, text: str, quotations: Sequence[Quotation]) -> EncodedText:
        """Return the pieces and words of a text.

        Args:
            text: Any text.
            quotations: Its paired quotation marks, from ``text.pairing.pair_marks``.
        """
        ids, word_of, starts, ends, first = self._pieces(text)
        breaks = np.fromiter((span.start for span in paragraphs(text)), np.int64)
        start_array, end_array = _as_array(starts), _as_array(ends)
        paragraph = np.searchsorted(breaks, start_array, side="right").astype(np.int32)
        paragraph_start = changes(paragraph)
        sentence_start = _sentence_starts(text, starts, ends, paragraph_start)
        return EncodedText(
            ids=_as_array(ids),
            word_of=_as_array(word_of),
            starts=start_array,
            ends=end_array,
            first=_as_array(first),
            marks=_mark_states(text, quotations, start_array, end_array),
            paragraph=(np.cumsum(paragraph_start) - 1).astype(np.int32),
            sentence=(np.cumsum(sentence_start) - 1).astype(np.int32),
        )

    def _pieces(self, text: str) -> tuple[Numbers, Numbers, Numbers, Numbers, Numbers]:
        ids, word_of, starts, ends, first = (array("i") for _ in range(5))
        clean = _SURROGATE.sub("\ufffd", text)
        for base, chunk in _chunks(clean):
            encoding = self._tokenizer.encode(chunk, add_special_tokens=False)
            for number, token, (low, high) in zip(
                encoding.ids, encoding.tokens, encoding.offsets, strict=True
            ):
                if token.startswith("##") and ends and ends[-1] == base + low:
                    ends[-1] = base + high
                else:
                    first.append(len(ids))
                    starts.append(base + low)
                    ends.append(base + high)
                word_of.append(len(starts) - 1)
                ids.append(number)
        return ids, word_of, starts, ends, first


def _as_array(numbers: Numbers) -> IntArray:
    return np.frombuffer(numbers, np.int32) if numbers else np.zeros(0, np.int32)


def _chunks(text: str) -> Iterator[tuple[int, str]]:
    """Yield pieces of a text with their offsets, cut at white space where there is any."""
    start = 0
    while start < len(text):
        end = start + _CHUNK
        if end < len(text):
            space = _SPACE.search(text, end, end + _CHUNK)
            end = space.start() if space else end + _CHUNK
        yield start, text[start:end]
        start = end


def changes(numbers: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return 1 where a number differs from the one before it, and at the start."""
    changed = np.ones(len(numbers), np.int32)
    changed[1:] = numbers[1:] != numbers[:-1]
    return changed


def _sentence_starts(
    text: str, starts: Numbers, ends: Numbers, paragraph_start: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Mark the words that begin a sentence: after a terminal mark, or a paragraph."""
    begins = paragraph_start.copy()
    cased = any(text[start].isupper() for start in starts)
    ended = False
    for index, (start, end) in enumerate(zip(starts[:-1], ends[:-1], strict=True)):
        left = text[start] if end - start == 1 else ""
        if left in _TERMINALS:
            before = text[starts[index - 1] : start] if index and ends[index - 1] == start else ""
            short = left == "." and (len(before) == 1 or before.lower() in _TITLES)
            ended = not (short and before.isalpha())
        elif left not in _AFTER_TERMINAL:
            ended = False
        following = starts[index + 1]
        if (
            ended
            and following > end
            and not (cased and text[following : ends[index + 1]].islower())
        ):
            begins[index + 1] = 1
            ended = False
    return begins


def _mark_states(
    text: str,
    quotations: Sequence[Quotation],
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
) -> NDArray[np.int32]:
    """Say of each word whether it is outside, inside, opens or closes an outermost quotation."""
    states = np.full(len(starts), MARK_OUTSIDE, np.int32)
    for quotation in quotations:
        if quotation.parent is not None or quotation.style is MarkStyle.DASH:
            continue
        for span in quotation.spans:
            low = int(np.searchsorted(ends, np.int32(span.start), side="right"))
            high = int(np.searchsorted(starts, np.int32(span.end), side="left"))
            states[low:high] = MARK_INSIDE
            wide = text[span.start : span.start + 2] in _WIRE_MARKS
            states[low : low + 1 + wide] = MARK_OPENING
            if text[span.end - 1] in _CLOSERS and high - low > 1 + wide:
                wide = text[span.end - 2 : span.end] in _WIRE_MARKS
                states[high - 1 - wide : high] = MARK_CLOSING
    return states
