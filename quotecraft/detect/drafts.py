"""Attributions in the making, and the document they are found in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from attrs import define, frozen

from quotecraft.detect.clause import Clause
from quotecraft.detect.narration import Line, Piece
from quotecraft.detect.phrases import Phrase
from quotecraft.model import Level, Span, Stance

__all__ = ["Draft", "Link", "Scene", "is_inside", "phrase_range", "phrase_span"]


@frozen
class Scene:
    """A stretch of narration to work on: a whole document, or the inside of a quotation.

    Attributes:
        text: The document's text.
        lines: The sentences of the narration.
        pieces: All quoted pieces of the document; atoms name them by number.
        paragraphs: All paragraphs of the document.
        dialogue: Whether paragraphs that are only quotations are turns of a conversation.
        boilerplate: What the publication says for itself, in order; it is not read.
    """

    text: str
    lines: Sequence[Line]
    pieces: Sequence[Piece]
    paragraphs: Sequence[Span]
    dialogue: bool = False
    boilerplate: Sequence[Span] = ()

    @property
    def breaks(self) -> list[int]:
        """Offsets at which paragraphs begin, the first left out."""
        return [block.start for block in self.paragraphs[1:]]

    def omits(self, span: Span) -> bool:
        """Say whether a stretch of the text lies inside boilerplate."""
        return is_inside(span, self.boilerplate)


@frozen(weakref_slot=False)
class Link:
    """What tells whose words these are, as places in the text: sentences needn't be kept for it.

    Attributes:
        cue: The cue, a colon or dash included; ``None`` without one.
        source: The source, if there is one.
        addressee: Whom it is said to, if told.
        lemma: Base form of the cue; ``None`` where layout alone attributes.
        stance: What the cue tells of the speaker's commitment.
        level: Speech or thought.
        clause: Whether a cue clause made it, not a label.
    """

    cue: Span | None
    source: Span | None
    addressee: Span | None = None
    lemma: str | None = None
    stance: Stance = Stance.NEUTRAL
    level: Level = Level.SPEECH
    clause: bool = False

    @classmethod
    def of(cls, clause: Clause) -> Link:
        """Return what a cue clause tells."""
        line, subject, addressee = clause.line, clause.subject, clause.addressee
        return cls(
            line.span(clause.first, clause.last),
            None if subject is None else phrase_span(line, subject),
            None if addressee is None else phrase_span(line, addressee),
            clause.form.cue.lemma,
            clause.stance,
            clause.form.cue.level,
            clause=True,
        )


@define(weakref_slot=False)
class Draft:
    """An attribution in the making.

    Attributes:
        spans: Content so far.
        evidence: Codes that explain it.
        content_score: Probability that it is an attribution with this content.
        source_score: Probability that the source is right.
        line: Index of the last line it reaches in its scene.
        paragraph: Number of the last paragraph it reaches.
        link: What tells whose words these are, if anything does.
        quoted: Whether some of it stands in quotation marks, or is set off as a block or turn.
        plain: Whether some of it doesn't.
    """

    spans: list[Span]
    evidence: list[str]
    content_score: float
    source_score: float
    line: int
    paragraph: int
    link: Link | None = None
    quoted: bool = True
    plain: bool = False

    @property
    def linked(self) -> bool:
        """Whether a cue clause or label tells whose words these are."""
        return self.link is not None and (self.link.clause or self.link.source is not None)

    @property
    def cued(self) -> bool:
        """Whether a cue clause tells whose words these are."""
        return self.link is not None and self.link.clause


def is_inside(span: Span, spans: Sequence[Span]) -> bool:
    """Say whether one of some spans covers another.

    Args:
        span: The one to look for.
        spans: In text order and disjoint.
    """
    place = bisect_right(spans, span.start, key=lambda other: other.start) - 1
    return place >= 0 and spans[place].covers(span)


def phrase_span(line: Line, phrase: Phrase) -> Span:
    """Return the stretch of the text that a phrase covers."""
    return line.span(phrase.first, phrase.last)


def phrase_range(phrase: Phrase) -> range:
    """Return the indices of a phrase's atoms."""
    return range(phrase.first, phrase.last + 1)
