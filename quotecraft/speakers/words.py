"""The words of a document with what their shape and place tell, for the name and speaker rules.

Rules need more of a word than a tokenizer gives (is it capitalised, does it open a sentence, does
it stand inside quotation marks), and one fixed notion of a word whatever tokenizer made the
sentences. Words are kept in columns, so that a novel costs a few megabytes.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from quotecraft.model import Sentence, Span
from quotecraft.speakers.lexicon import lexicon, word_set

__all__ = [
    "CAPITAL",
    "HEADING",
    "INITIAL",
    "POSSESSIVE",
    "QUOTED",
    "UPPER",
    "Words",
    "hangs",
]

CAPITAL = 1  # starts with an upper-case letter
INITIAL = 2  # opens a sentence, a quotation or a line: its capital tells nothing
QUOTED = 4  # stands inside a quotation
POSSESSIVE = 8  # carries 's, which is left out of its span
UPPER = 16  # two or more letters, all upper-case
HEADING = 32  # stands in a headline or heading, where capitals tell little

_LETTER = r"[^\W_][\u0300-\u036f\u064b-\u065f]*"
_WORD = re.compile(
    rf"(?:[^\W\d_]\.)+[^\W\d_]\.|(?:{_LETTER})+(?:['’‘ʼ\-&\u2010\u2011](?:{_LETTER})+)*"
)
_CLITIC = re.compile(r"['’‘ʼ](?:s|ll|re|ve|d|m)$", re.IGNORECASE)
# "el-Sisi", "al-Qaida", "d'Artagnan": the capital follows an article; "eNCA": it follows a letter.
_ARTICLED = re.compile(
    r"[a-z][A-Z]|(?:al|el|ad|an|ar|as|ash|at|az|ed|ul|abu|bin|ibn|d|l|de)[-'’][^\W\d_a-z]"
)
_SOFT_HYPHEN = "\u00ad"  # where a word may break: nothing to readers
_SKIPPED = frozenset("\u00ad \t\n\r\"“”„‘’'«»‹›`_*([—–-")
_CLOSERS = " \t\n\r)]”\"’'»"  # between a sentence's last word and its full stop
_OPENING = frozenset("\"“„‘'«‹`([")
_ENDING = frozenset(".!?…:•|")
_ABBREVIATED = word_set(
    "mr mrs ms dr st prof gov sen rep gen col capt lt sgt rev hon jr sr mme mlle mt messrs no "
    "adm maj cpl cmdr supt insp govs sens reps gens drs"
)
_DASHED = re.compile(r"[)\]]?(?: ?-- ?| - | ?[–—] ?)")
_SMALL = word_set(
    "a an the of in on at to for and or nor but by with from as into over via vs amid nd th rd"
)  # words without a capital in titles
_DATELINE = 8  # words before its dash
_LOOK_BACK = 8  # characters before a word that are searched for what precedes it


class Words:
    """The words of one text, in order, as parallel columns.

    Args:
        text: The text.
        sentences: Its sentences, in order; where none covers a word, punctuation decides.
        quoted: Stretches inside quotation marks, in any order; they may overlap.

    Attributes:
        text: The text.
        starts: Offset of each word's first code point.
        ends: Offset just past each word (possessive 's not counted).
        lower: Each word in lower case.
        flags: Each word's flags (``CAPITAL`` …), or-ed.
        sentence: Number of each word's sentence.
        paragraph: Number of each word's paragraph.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence], quoted: Iterable[Span]) -> None:
        self.text = text
        self._hyphened = _SOFT_HYPHEN in text
        self.starts: array[int] = array("i")
        self.ends: array[int] = array("i")
        self.flags = bytearray()
        self.sentence: array[int] = array("i")
        self.paragraph: array[int] = array("i")
        self.lower: list[str] = []
        self._sentence_starts = [sentence.span.start for sentence in sentences]
        self._paragraphs = [sentence.paragraph for sentence in sentences]
        self._quoted_starts, self._quoted_ends = _merged(quoted)
        self._scan()
        self._mark_headings()

    def __len__(self) -> int:
        return len(self.lower)

    def word(self, index: int) -> str:
        """Return a word as written."""
        return self.text[self.starts[index] : self.ends[index]]

    def has(self, index: int, flag: int) -> bool:
        """Say whether a word carries any of the flags."""
        return bool(self.flags[index] & flag)

    def gap(self, index: int) -> str:
        """Return what stands between a word and the next, without the possessive 's."""
        end = self.starts[index + 1] if index + 1 < len(self.lower) else len(self.text)
        gap = self.text[self.ends[index] : min(end, self.ends[index] + 40)]
        if self._hyphened:
            gap = gap.replace(_SOFT_HYPHEN, "")
        return gap[2:] if self.flags[index] & POSSESSIVE else gap

    def at(self, offset: int) -> int:
        """Return the index of the first word that starts at or after an offset."""
        return bisect_left(self.starts, offset)

    def within(self, span: Span) -> range:
        """Return the indexes of the words that start inside a span."""
        return self.within_offsets(span.start, span.end)

    def within_offsets(self, start: int, end: int) -> range:
        """Return the indexes of the words that start between two offsets."""
        return range(self.at(start), self.at(end))

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that an offset falls in."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def paragraph_at(self, offset: int) -> int:
        """Return the number of the paragraph that an offset falls in."""
        return self._paragraphs[self.sentence_at(offset)] if self._paragraphs else 0

    def paragraphs_end(self, word: int, paragraph: int, most: int | None = None) -> int:
        """Return the first word, from a word on, that stands behind a paragraph.

        Args:
            word: Index of the word to start from.
            paragraph: Number of the paragraph.
            most: How many words to go at most.
        """
        high = len(self.lower) if most is None else min(len(self.lower), word + most)
        return bisect_right(self.paragraph, paragraph, word, max(word, high))

    def paragraphs_start(self, word: int, paragraph: int, most: int) -> int:
        """Return the first word before a word from which on none stands before a paragraph.

        Args:
            word: Index of the word to start from.
            paragraph: Number of the paragraph.
            most: How many words to go back at most.
        """
        return bisect_left(self.paragraph, paragraph, max(0, word - most), word)

    def quoted_at(self, offset: int) -> bool:
        """Say whether an offset falls inside a quotation."""
        place = bisect_right(self._quoted_starts, offset) - 1
        return place >= 0 and offset < self._quoted_ends[place]

    def _scan(self) -> None:
        text = self.text
        forms: dict[str, str] = {}
        sentence = previous_sentence = whole = -1  # whole: where a broken sentence began
        sentence_starts = self._sentence_starts
        for match in _WORD.finditer(text):
            start, end = match.span()
            flags = 0
            clitic = _CLITIC.search(text, max(start + 1, end - 3), end)
            if clitic:
                end = clitic.start()
                flags |= POSSESSIVE if text[end + 1] in "sS" else 0
            while sentence + 1 < len(sentence_starts) and sentence_starts[sentence + 1] <= start:
                sentence += 1
            opens = sentence != previous_sentence and self._parted(start, sentence)
            if opens:
                whole = sentence
            word = text[start:end]
            if word[0].isupper() or _ARTICLED.match(word):
                flags |= CAPITAL
                if len(word) > 1 and word.isupper():
                    flags |= UPPER
                if opens or self._opens(start):
                    flags |= INITIAL
            elif opens:
                flags |= INITIAL
            if self.quoted_at(start):
                flags |= QUOTED
            lower = word.lower()
            self.starts.append(start)
            self.ends.append(end)
            self.flags.append(flags)
            self.lower.append(forms.setdefault(lower, lower))
            self.sentence.append(max(whole, 0))
            self.paragraph.append(self._paragraphs[sentence] if sentence >= 0 else 0)
            previous_sentence = sentence

    def _parted(self, start: int, sentence: int) -> bool:
        """Say whether a mark or line parts a sentence from the last word; else it is no start."""
        if not self.lower or self.paragraph[-1] != self._paragraphs[sentence]:
            return True
        gap = self.text[self.ends[-1] : start]
        return bool(gap.strip()) or "\n" in gap or "\r" in gap

    def _opens(self, start: int) -> bool:
        """Say whether what precedes an offset makes a capital there uninformative."""
        text = self.text
        place = start - 1
        stop = max(-1, start - 1 - _LOOK_BACK)
        while place > stop and text[place] in _SKIPPED:
            place -= 1
        if place < 0:
            return True
        if text[place] == ".":
            return not self.lower or not _abbreviated(self.lower[-1])
        return text[place] in _ENDING or text[start - 1] in _OPENING or self._dated(start)

    def _dated(self, start: int) -> bool:
        """Say whether a dateline ends before an offset ("ARVELO, May 3 -- Residents said")."""
        if not self.lower or _DASHED.fullmatch(self.text, self.ends[-1], start) is None:
            return False
        first = len(self.lower) - 1
        least = max(0, first - _DATELINE)
        while first > least and self.paragraph[first - 1] == self.paragraph[-1]:
            first -= 1
        opens = first == 0 or self.paragraph[first - 1] != self.paragraph[-1]
        return opens and bool(self.flags[first] & UPPER) and len(self.lower[first]) > 2

    def _finished(self, last: int) -> bool:
        """Say whether the sentence that ends with a word has a full stop, as headings don't."""
        behind = self.text[self.ends[last] : self.ends[last] + 4]
        return behind.lstrip(_CLOSERS)[:1] in (".", "!", "?", "…")

    def _titled(self, first: int, last: int) -> bool:
        """Say whether a sentence has capitals as titles have: all words but the smallest.

        One of them is a verb of speech or a small word, so that these are no mere names.
        """
        whole, lex = range(first, last), lexicon()
        capitals = [index for index in whole if self.flags[index] & CAPITAL]
        if any(self.lower[i] not in _SMALL for i in whole if not self.flags[i] & CAPITAL):
            return False
        inside = [self.lower[index] for index in capitals if not self.flags[index] & INITIAL]
        return not lex.function.isdisjoint(inside) or not lex.reporting.isdisjoint(inside)

    def _mark_headings(self) -> None:
        """Mark the sentences with the capitals of headings.

        Nearly every longer word has one and no full stop ends them, or all but the smallest have.
        """
        first = 0
        while first < len(self.lower):
            last = first
            capitals = longer = 0
            while last < len(self.lower) and self.sentence[last] == self.sentence[first]:
                if len(self.lower[last]) > 3 and not self.flags[last] & QUOTED:
                    longer += 1
                    capitals += self.flags[last] & CAPITAL
                last += 1
            if (
                longer >= 4
                and capitals >= 0.75 * longer
                and (not self._finished(last - 1) or self._titled(first, last))
            ):
                for index in range(first, last):
                    self.flags[index] |= HEADING
            first = last


def _abbreviated(word: str) -> bool:
    return len(word) == 1 or word in _ABBREVIATED or "." in word  # "U.S. President"


def _merged(spans: Iterable[Span]) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    for span in sorted(spans):
        if ends and span.start <= ends[-1]:
            ends[-1] = max(ends[-1], span.end)
        else:
            starts.append(span.start)
            ends.append(span.end)
    return starts, ends


def hangs(words: Words, index: int) -> bool:
    """Say whether a hyphen hangs behind a word ("A- and H-bomb survivors").

    Args:
        words: The words of the document.
        index: Index of the word, not the last one.
    """
    return words.gap(index).strip() == "-" and words.lower[index + 1] in ("and", "or")
