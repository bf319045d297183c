"""Turns of an interview or transcript: paragraphs that begin with "NAME:" or "Q:"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from quotecraft.model import Span

__all__ = ["Turn", "find_turns"]

_LABEL = re.compile(
    r"(?P<name>[A-Z][\w.'’-]*(?:[ \t]+(?:[\w.'’&-]+|\([^()\n]{1,40}\)),?){0,5}?)[ \t]?:[ \t]+(?=\S)"
)
_LEAST_CAPITALS = 2  # turns that make a transcript of upper-case names
_LEAST_REPEATS = 2  # turns each of two speakers must have where names are not in upper case


@frozen
class Turn:
    """One turn.

    Attributes:
        source: The label, without its colon.
        cue: The colon.
        content: What follows it in the paragraph.
    """

    source: Span
    cue: Span
    content: Span


def find_turns(text: str, paragraphs: Sequence[Span]) -> list[Turn]:
    """Return the labelled turns of a text; none unless it reads like a transcript.

    A transcript has at least two turns with labels in capitals, or two labels that each come back.

    Args:
        text: The document's text.
        paragraphs: Its paragraphs.
    """
    found = []
    for paragraph in paragraphs:
        match = _LABEL.match(text, paragraph.start, paragraph.end)
        if match is None or match.end() >= paragraph.end:
            continue
        source = Span(match.start("name"), match.end("name"))
        colon = text.index(":", source.end)
        found.append(Turn(source, Span(colon, colon + 1), Span(match.end(), paragraph.end)))
    labels = Counter(turn.source.of(text) for turn in found)
    capitals = [label for label in labels if label.isupper()]
    repeated = {label for label, count in labels.items() if count >= _LEAST_REPEATS}
    if sum(labels[label] for label in capitals) >= _LEAST_CAPITALS:
        kept = set(capitals)
    elif len(repeated) >= _LEAST_REPEATS:
        kept = repeated
    else:
        return []
    return [turn for turn in found if turn.source.of(text) in kept]
