"""Turns of an interview or transcript: paragraphs that begin with "NAME:" or "Q:"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import count, pairwise, repeat

from attrs import evolve, frozen

from quotecraft.model import Span

__all__ = ["Turn", "find_turns"]

_LABEL = re.compile(
    r"[\"“„‘'`«]{0,2}"  # a transcript quoted whole
    r"(?P<name>[A-Z][\w.'’-]*(?:[ \t]+(?:[\w.'’&-]+|\([^()\n]{1,40}\)),?){0,5}?)[ \t]?:[ \t]+(?=\S)"
)
_ENDINGS = (".", "?", "!", "…", "”", '"', "’", "'", "-", "—", "–", "*")
_SPOKEN_SHARE = 0.7  # of the turns of a transcript, those that end like sentences
_LEAST_CAPITALS = 2  # turns that make a transcript of upper-case names
_LEAST_REPEATS = 2  # turns each of two speakers must have where names are not in upper case


_DENSE = 0.4  # of the paragraphs from the first to the last turn, those that begin one


@frozen
class Turn:
    """One turn.

    Attributes:
        source: The label, without its colon; ``None`` without a label.
        cue: The colon.
        content: What follows it in its paragraph, and the paragraphs that go on with it.
        paragraph: Number of its first paragraph.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    paragraph: int

    @property
    def paragraphs(self) -> range:
        """Numbers of its paragraphs."""
        return range(self.paragraph, self.paragraph + len(self.content))


def find_turns(text: str, paragraphs: Sequence[Span]) -> list[Turn]:
    """Return the labelled turns of a text; none unless it reads like a transcript.

    A transcript has at least two turns with labels in capitals, or two labels that each come back,
    and most of its turns end like sentences, which lists and headlines with labels don't. Where
    turns are dense, a paragraph without a label between two of them goes on with the first.

    Args:
        text: The document's text.
        paragraphs: Its paragraphs.
    """
    found = [item for item in map(_turn, repeat(text), count(), paragraphs) if item is not None]
    spoken = [turn for _, turn in found if turn.content[0].of(text).endswith(_ENDINGS)]
    if len(spoken) < _SPOKEN_SHARE * len(found):
        return []
    kept = _transcript_labels(Counter(label for label, _ in found))
    return _prolonged([turn for label, turn in found if label in kept], paragraphs)


def _turn(text: str, number: int, paragraph: Span) -> tuple[str, Turn] | None:
    """Return the label and the turn that a paragraph is, if it is one."""
    match = _LABEL.match(text, paragraph.start, paragraph.end)
    if match is None or match.end() >= paragraph.end:
        return None
    source = Span(match.start("name"), match.end("name"))
    colon = text.index(":", source.end)
    content = Span(match.end(), paragraph.end)
    return match["name"], Turn(source, Span(colon, colon + 1), (content,), number)


def _transcript_labels(labels: Counter[str]) -> set[str]:
    """Return the labels that name speakers, none if they make no transcript."""
    capitals = {label for label in labels if label.isupper()}
    if sum(labels[label] for label in capitals) >= _LEAST_CAPITALS:
        return capitals
    repeated = {label for label, times in labels.items() if times >= _LEAST_REPEATS}
    return repeated if len(repeated) >= _LEAST_REPEATS else set()


def _prolonged(turns: list[Turn], paragraphs: Sequence[Span]) -> list[Turn]:
    """Give paragraphs between dense turns to the turn before them."""
    if not turns or len(turns) < _DENSE * (turns[-1].paragraph - turns[0].paragraph + 1):
        return turns
    longer = [
        evolve(turn, content=(*turn.content, *paragraphs[turn.paragraph + 1 : after.paragraph]))
        for turn, after in pairwise(turns)
    ]
    return [*longer, turns[-1]]
