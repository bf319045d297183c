"""Who speaks how much in a document, and what the display calls them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from quotecraft.display.clean import shorten
from quotecraft.model import Document, Level, Quote, QuoteId, Span, Speaker, SpeakerId

__all__ = [
    "LOW_CONFIDENCE",
    "MAX_NAME",
    "UNKNOWN_SPEAKER",
    "UNNAMED_SPEAKER",
    "Overview",
    "Voice",
    "full_name",
    "is_uncertain",
    "kind_of",
    "overview",
]

LOW_CONFIDENCE = 2 / 3
"""A link held with a smaller probability (fewer than two chances in three) is shown as uncertain.
A choice of display, not a tuned threshold."""

UNKNOWN_SPEAKER = "unknown speaker"
UNNAMED_SPEAKER = "unnamed speaker"

MAX_NAME = 120
MAX_LABEL = 28

_WORD = re.compile(r"\w+(?:['’\-‐‑]\w+)*")


@frozen
class Voice:
    """One speaker's part in a document.

    Attributes:
        speaker: The speaker; ``None`` stands for all whose speaker is unknown.
        name: The name to show.
        label: A short name for use beside a quotation: an alias that no other speaker has, or
            the name, cut where it's long.
        quotes: Number of quotations.
        words: Number of words in them; words quoted within a quotation count for both speakers.
        share: ``words`` as a part of all voices' words, in [0, 1].
        first: Number of the first quotation, from 1; 0 without any.
        rank: Zero-based place among the known speakers, most words first.
    """

    speaker: Speaker | None
    name: str
    label: str
    quotes: int
    words: int
    share: float
    first: int
    rank: int


@frozen
class Overview:
    """What the display tells about a document as a whole.

    Attributes:
        voices: Known speakers by words, most first (then as in the document), and the unknown
            last, when there are any.
        by_id: The voice of each speaker id; ``None`` for the unknown speaker.
        numbers: The number, from 1, that each quotation is shown under.
        words: Number of words in the text.
        quoted: Number of words that stand in some quotation.
    """

    voices: tuple[Voice, ...]
    by_id: dict[SpeakerId | None, Voice]
    numbers: dict[QuoteId, int]
    words: int
    quoted: int

    def voice(self, quote: Quote) -> Voice:
        """Return the voice that a quotation belongs to."""
        return self.by_id[quote.speaker]


def is_uncertain(quote: Quote) -> bool:
    """Say whether the model doubts that it is a quotation, or who said it."""
    sure = quote.confidence
    doubted = sure.content if quote.speaker is None else min(sure.content, sure.speaker)
    return doubted < LOW_CONFIDENCE


def kind_of(quote: Quote) -> str:
    """Return the kind and level in words: "direct speech", "indirect thought"."""
    level = "thought" if quote.level is Level.THOUGHT else "speech"
    return f"{quote.kind.value} {level}"


def full_name(speaker: Speaker | None) -> str:
    """Return the name to show for a speaker, on one line; never empty."""
    if speaker is None:
        return UNKNOWN_SPEAKER
    return shorten(speaker.name, MAX_NAME) or UNNAMED_SPEAKER


def _shortens(alias: list[str], name: list[str]) -> bool:
    """Say whether an alias is some of the name's words, its last among them ("the Authority")."""
    words = [word for word in alias if word != "the"]
    return words[-1:] == name[-1:] != [] and set(words) <= set(name) and len(words) < len(name)


def _labels(speakers: Iterable[Speaker]) -> dict[SpeakerId, str]:
    """Return each speaker's shortest alias that is no other's and ends its name, else the name."""
    speakers = tuple(speakers)
    uses = Counter(
        name for s in speakers for name in {n.strip().casefold() for n in (s.name, *s.aliases)}
    )
    labels: dict[SpeakerId, str] = {}
    for speaker in speakers:
        words = speaker.name.casefold().split()
        own = [
            alias.strip()
            for alias in speaker.aliases
            if uses[alias.strip().casefold()] == 1 and _shortens(alias.casefold().split(), words)
        ]
        label = min(own, key=lambda alias: (len(alias), alias), default=full_name(speaker))
        labels[speaker.id] = shorten(label, MAX_LABEL)
    return labels


class _WordCounter:
    """Counts words in spans of one text, each in logarithmic time."""

    def __init__(self, text: str) -> None:
        self.starts = array("Q", (match.start() for match in _WORD.finditer(text)))

    def count(self, spans: Iterable[Span]) -> int:
        return sum(
            bisect_left(self.starts, span.end) - bisect_left(self.starts, span.start)
            for span in spans
        )


def _union(quotes: Iterable[Quote]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(span for quote in quotes for span in quote.content):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def overview(document: Document) -> Overview:
    """Count quotations and words by speaker.

    A word is a run of letters and digits, apostrophes and hyphens inside it included.
    """
    counter = _WordCounter(document.text)
    quotes: Counter[SpeakerId | None] = Counter()
    words: Counter[SpeakerId | None] = Counter()
    first: dict[SpeakerId | None, int] = {}
    numbers: dict[QuoteId, int] = {}
    for number, quote in enumerate(document.quotes, 1):
        numbers[quote.id] = number
        quotes[quote.speaker] += 1
        words[quote.speaker] += counter.count(quote.content)
        first.setdefault(quote.speaker, number)
    total = sum(words.values()) or 1
    labels = _labels(document.speakers)
    ranked = sorted(document.speakers, key=lambda s: (-words[s.id], -quotes[s.id]))
    people: list[Speaker | None] = [*ranked, *([None] if None in quotes else [])]
    by_id: dict[SpeakerId | None, Voice] = {}
    for rank, speaker in enumerate(people):
        key = speaker.id if speaker else None
        by_id[key] = Voice(
            speaker,
            full_name(speaker),
            UNKNOWN_SPEAKER if key is None else labels[key],
            quotes[key],
            words[key],
            words[key] / total,
            first.get(key, 0),
            rank,
        )
    return Overview(
        tuple(by_id.values()),
        by_id,
        numbers,
        len(counter.starts),
        counter.count(_union(document.quotes)),
    )
