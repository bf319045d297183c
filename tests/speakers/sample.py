"""Helpers for the tests of speakers: attributions by slices, results as names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind, Sentence, Span, Speaker
from quotecraft.speakers.interfaces import Resolution
from quotecraft.speakers.mentions import NameIndex, SourceMention, read_source
from quotecraft.speakers.name_kinds import decide_kinds
from quotecraft.speakers.names import NameMention, find_names
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.speakers.words import Words

_SENTENCE = re.compile(r"(?:[^.!?\n]|(?<=Mr|Dr)\.|(?<=Mrs)\.|(?<=\b[A-Z])\.)+[.!?]*[”\"’]?|\n+")


def sentences(text: str) -> tuple[Sentence, ...]:
    """Split a plain test text into sentences; a blank line starts a paragraph."""
    found: list[Sentence] = []
    paragraph = 0
    for match in _SENTENCE.finditer(text):
        piece = match.group()
        if not piece.strip():
            paragraph += piece.count("\n") > 1
            continue
        start = match.start() + len(piece) - len(piece.lstrip())
        found.append(Sentence(Span(start, match.start() + len(piece.rstrip())), (), paragraph))
    return tuple(found)


def span(text: str, piece: str, occurrence: int = 0) -> Span:
    """Return the span of a piece of text, by default of its first occurrence."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(piece, start + 1)
    return Span(start, start + len(piece))


def quoted(text: str, sources: Sequence[str | None]) -> list[Attribution]:
    """Return one attribution for each stretch between “ and ”, with the source given for it.

    The source is the occurrence of the given words nearest to the quotation, outside all of them.
    """
    contents = [Span(*match.span()) for match in re.finditer(r"“[^”]*”", text)]
    return [
        Attribution(
            (content,),
            QuoteKind.DIRECT,
            source=() if source is None else (_nearest(text, source, content, contents),),
        )
        for content, source in zip(contents, sources, strict=True)
    ]


def _nearest(text: str, source: str, content: Span, contents: Sequence[Span]) -> Span:
    places = [Span(*m.span()) for m in re.finditer(rf"\b{re.escape(source)}\b", text)]
    outside = [place for place in places if not any(place.overlaps(c) for c in contents)]
    return min(outside, key=lambda p: max(p.start - content.end, content.start - p.end))


def indirect(text: str, content: str, source: str, occurrence: int = 0) -> Attribution:
    """Return an attribution without quotation marks."""
    return Attribution(
        (span(text, content),), QuoteKind.INDIRECT, source=(span(text, source, occurrence),)
    )


def resolve(text: str, attributions: Sequence[Attribution], threshold: float = 0.0) -> Resolution:
    """Resolve a test text; by default nothing is left out for doubt."""
    return RuleResolver(threshold).resolve(text, sentences(text), attributions)


def names(text: str, sources: Sequence[str | None]) -> list[str | None]:
    """Return the speakers' names of the quotations of a text."""
    return speaker_names(resolve(text, quoted(text, sources)))


def speaker_names(resolution: Resolution) -> list[str | None]:
    """Return the speaker's name of each link."""
    by_id = {speaker.id: speaker.name for speaker in resolution.speakers}
    return [None if link.speaker is None else by_id[link.speaker] for link in resolution.links]


def named(resolution: Resolution, name: str) -> Speaker:
    """Return the one speaker with a name."""
    (speaker,) = [speaker for speaker in resolution.speakers if speaker.name == name]
    return speaker


def words_of(text: str) -> Words:
    """Return the words of a test text, what stands between “ and ” as quoted."""
    marks = [Span(*match.span()) for match in re.finditer(r"“[^”]*”", text)]
    return Words(text, sentences(text), marks)


def found_names(text: str) -> list[NameMention]:
    """Return the names in a test text."""
    return find_names(words_of(text))


def source_mention(text: str, source: str) -> SourceMention:
    """Return a source of a test text, read."""
    words = words_of(text)
    mentions = find_names(words, (span(text, source),))
    index = NameIndex.of(words, mentions, decide_kinds(words, mentions))
    read = read_source(index, span(text, source))
    assert read is not None
    return read
