"""What the readers of gold corpora mend, and the helpers they share.

Released corpora have small faults: an annotation that ends in a space, a link to nothing. A reader
mends what has one sensible reading and tells its ``on_repair``; anything else is a ``FormatError``.
Nothing is passed over in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from attrs import frozen

from quotecraft.errors import FormatError, InputError
from quotecraft.model import QuoteKind, Span

__all__ = [
    "ROLES",
    "KindRule",
    "OnRepair",
    "Repair",
    "apart",
    "ignore_repair",
    "read_exact",
    "same_words",
    "subtract",
    "tidy",
    "trim",
]

ROLES = ("Content", "Source", "Cue")  # where they overlap, the earlier keeps the words

KindRule = Callable[[str, Sequence[Sequence[Span]]], Sequence[QuoteKind]]
"""Takes a text and the contents of its quotes; gives their kinds, in the same order."""


@frozen
class Repair:
    """One fault of a corpus file and what the reader did about it.

    Attributes:
        source: The file.
        line: One-based line number, or ``None`` when it concerns the file as a whole.
        reason: What was wrong and what was done.
    """

    source: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{place}: {self.reason}"


OnRepair = Callable[[Repair], None]


def ignore_repair(_: Repair) -> None:
    """Take note of nothing: for readers that were not asked to tell."""


def read_exact(path: Path) -> str:
    """Return a UTF-8 file's text with its line endings as they are.

    Raises:
        InputError: If the file can't be read.
        FormatError: If it is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise FormatError(
            f"byte {error.start} is not UTF-8; this corpus is released as UTF-8",
            source=str(path),
        ) from error


def same_words(words: str, text: str, spans: Iterable[Span]) -> bool:
    """Say whether a text has some words at its spans, white space aside.

    Args:
        words: What an annotation file gives as the text of an annotation; it may break off, where
            the file's line ends with a line of the text.
        text: The text.
        spans: The places of the annotation.
    """
    there = "".join("".join(span.of(text).split()) for span in spans)
    return there.startswith("".join(words.split()))


def trim(text: str, span: Span) -> Span | None:
    """Return a span without outer white space, or ``None`` when it holds nothing else."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def tidy(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in text order, without outer white space, overlapping ones joined."""
    joined: list[Span] = []
    for span in sorted(s for s in (trim(text, s) for s in spans) if s is not None):
        if joined and span.start < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def apart(
    text: str, named: Mapping[str, Sequence[Span]], tell: Callable[[str], None]
) -> dict[str, tuple[Span, ...]]:
    """Return the parts of one attribution, tidy and free of overlaps.

    Args:
        text: The text.
        named: The spans of each of ``ROLES``; a role may be absent.
        tell: Called with the reason of every change to the words that a part covers.
    """
    parts: dict[str, tuple[Span, ...]] = {}
    for role in ROLES:
        given = named.get(role, ())
        spans = tidy(text, given)
        if sum(map(len, spans)) != sum(map(len, given)):
            tell(f"{role}: outer space or doubled words trimmed")
        free = tidy(text, subtract(spans, [s for taken in parts.values() for s in taken]))
        if free != spans:
            tell(f"{role} overlaps another part; cut back")
        parts[role] = free
    return parts


def subtract(spans: Iterable[Span], taken: Iterable[Span]) -> tuple[Span, ...]:
    """Return what is left of ``spans`` outside ``taken``; both ordered and free of overlaps."""
    left = list(spans)
    for cut in taken:
        left = [part for span in left for part in _without(span, cut)]
    return tuple(left)


def _without(span: Span, cut: Span) -> list[Span]:
    if not span.overlaps(cut):
        return [span]
    edges = (span.start, max(span.start, cut.start), min(span.end, cut.end), span.end)
    return [Span(a, b) for a, b in list(pairwise(edges))[::2] if a < b]
