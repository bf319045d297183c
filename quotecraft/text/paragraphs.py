"""Paragraphs of a plain text, whatever separates them.

Three layouts are told apart: blank lines between paragraphs, one paragraph a line, and hard-wrapped
lines (such as Project Gutenberg's) where a single line break ends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from quotecraft.model import Span

__all__ = ["paragraphs"]

# Every character at which ``str.splitlines`` breaks, except the separators U+001C to U+001E, which
# occur in real text only as damage; CRLF is one break.
_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_MAX_WRAP = 120  # no typewriter, e-mail or Gutenberg layout wraps at more columns than this
_MIN_WRAP = 30  # shorter full lines are verse, lists or newspaper columns
_WRAPPED_SHARE = 0.8  # of the line breaks, those that had to come where they did
_CUT_SHARE = 0.5  # of the line breaks, those in the midst of a sentence
_RAGGED = 4  # columns by which wrapped lines may fall short (indents, double spaces)
# Small words that no heading or paragraph ends with, and a tag after its quotation: “…,” says
_UNFINISHED = re.compile(
    r"(?:(?<!; )\b(?:the|an?|of|and|or|to|in|on|at|by|for|from|with|that|his|her|their|its|is|was"
    r"|are|were)"
    r"|[”\"’'],?\s(?:says|said|adds|added|asks|asked|explains|explained|tells|told))\Z"
)
_LONGEST_END = 16  # characters of a line's end that are looked at
_TERMINAL = frozenset(".!?:;…\"'”’»)]")


def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the paragraphs of a text, in order.

    Blank lines always separate paragraphs. A single line break does too, unless the text is
    hard-wrapped: then only a line that ends early ends a paragraph, and that only in a text without
    blank lines. A line break in the midst of a sentence (no end mark before it; a small letter
    after it, or a word like "the" before it) never ends a paragraph.

    Args:
        text: Any text; line ends may be LF, CRLF, CR or Unicode's.

    Returns:
        Spans in code points, half-open, without outer white space; every character that is not
        white space lies in exactly one.
    """
    lines = list(_lines(text))
    if not lines:
        return ()
    blank = [_blank_between(text, left, right) for left, right in pairwise(lines)]
    width = _wrap_width(text, lines, blank)
    blocks_only = width is not None and any(blank)
    result: list[Span] = []
    start = lines[0].start
    for (left, right), is_blank in zip(pairwise(lines), blank, strict=True):
        if is_blank:
            ends = True
        elif blocks_only or _in_mid_sentence(text, left, right):
            ends = False
        else:
            ends = width is None or not _forced(text, left, right, width)
        if ends:
            result.append(Span(start, left.end))
            start = right.start
    result.append(Span(start, lines[-1].end))
    return tuple(result)


def _lines(text: str) -> Iterator[Span]:
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.lstrip()
        if stripped:
            start = match.end() - len(stripped)
            yield Span(start, start + len(stripped.rstrip()))


def _blank_between(text: str, left: Span, right: Span) -> bool:
    gap = text[left.end : right.start]
    return len((gap + ".").splitlines()) > 2


def _in_mid_sentence(text: str, left: Span, right: Span) -> bool:
    if text[left.end - 1] in _TERMINAL:
        return False
    if text[right.start].islower():
        return True
    return _UNFINISHED.search(text, max(left.start, left.end - _LONGEST_END), left.end) is not None


def _forced(text: str, left: Span, right: Span, width: int) -> bool:
    """Say whether the first word of the right line would not have fitted on the left line."""
    word_end = right.start
    limit = min(right.end, right.start + width)
    while word_end < limit and not text[word_end].isspace():
        word_end += 1
    return len(left) + 1 + (word_end - right.start) > width - _RAGGED


def _wrap_width(text: str, lines: list[Span], blank: list[bool]) -> int | None:
    """Return the column at which the text was hard-wrapped; ``None`` when it was not.

    It was when its lines share a width, nearly all its single line breaks had to come where they
    did, and most of them cut a sentence.
    """
    inner = [pair for pair, is_blank in zip(pairwise(lines), blank, strict=True) if not is_blank]
    lengths = sorted(len(line) for line in lines)
    width = lengths[int(0.98 * (len(lengths) - 1) + 0.5)]
    if not inner or not _MIN_WRAP <= width <= _MAX_WRAP:
        return None
    forced = sum(_forced(text, left, right, width) for left, right in inner)
    cut = sum(_in_mid_sentence(text, left, right) for left, right in inner)
    wrapped = forced >= _WRAPPED_SHARE * len(inner) and cut >= _CUT_SHARE * len(inner)
    return width if wrapped else None
