"""The data model: what a document says, who says it and where, as frozen attrs objects.

Offsets are Python ``str`` indices (Unicode code points), half-open, into ``Document.text`` exactly
as it was given. Nothing here knows of files, models or HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from itertools import pairwise
from typing import Any, NewType

from attrs import Attribute, evolve, field, frozen

from quotecraft.errors import InvalidModelError

__all__ = [
    "Confidence",
    "Document",
    "Level",
    "Mention",
    "MentionKind",
    "Quote",
    "QuoteId",
    "QuoteKind",
    "Sentence",
    "Span",
    "Speaker",
    "SpeakerId",
    "SpeakerKind",
    "Stance",
    "Token",
]

QuoteId = NewType("QuoteId", str)
SpeakerId = NewType("SpeakerId", str)

ELLIPSIS_JOIN = " … "  # between the pieces of a discontinuous content shown as one string


class QuoteKind(StrEnum):
    """How much of a quotation's content stands inside quotation marks.

    ``DIRECT``: all of it, or it is a block quotation; ``INDIRECT``: none; ``MIXED``: some.
    """

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Level(StrEnum):
    """``SPEECH``: said, written or posted; ``THOUGHT``: believed, hoped, planned."""

    SPEECH = "speech"
    THOUGHT = "thought"


class Stance(StrEnum):
    """What the cue tells of the speaker's commitment to the content.

    ``NEUTRAL`` ("said"), ``ASSERTIVE`` ("insisted"), ``DOUBTING`` ("claimed"), ``DENYING``
    ("denied"), ``PROMISING`` ("pledged"), ``URGING`` ("called for"), ``ACCUSING`` ("blamed"),
    ``ASKING`` ("asked"); ``NEGATED`` when the text says that it was not said ("did not say") and
    ``HYPOTHETICAL`` when it might be ("would say").
    """

    NEUTRAL = "neutral"
    ASSERTIVE = "assertive"
    DOUBTING = "doubting"
    DENYING = "denying"
    PROMISING = "promising"
    URGING = "urging"
    ACCUSING = "accusing"
    ASKING = "asking"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"


class SpeakerKind(StrEnum):
    """What sort of being or thing a speaker is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    DOCUMENT = "document"
    UNKNOWN = "unknown"


class MentionKind(StrEnum):
    """How a mention refers: by name, by pronoun or by a description ("the minister")."""

    NAME = "name"
    PRONOUN = "pronoun"
    DESCRIPTION = "description"


@frozen(order=True)
class Span:
    """A stretch of the text, ``text[start:end]``.

    Attributes:
        start: Index of its first code point.
        end: Index just past its last code point; larger than ``start``.

    Raises:
        InvalidModelError: If ``start`` is negative or ``end`` is not larger than ``start``.
    """

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InvalidModelError(
                f"span [{self.start}, {self.end}) is empty, reversed or negative; "
                "offsets are code points, half-open, from 0"
            )

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Say whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """Return the slice of ``text`` that this span names."""
        return text[self.start : self.end]


@frozen
class Token:
    """A token as the tokenizer found it.

    Attributes:
        span: Its place in the text.
    """

    span: Span


@frozen
class Sentence:
    """A sentence as the tokenizer found it.

    Attributes:
        span: From its first to its last token.
        tokens: Its tokens, in order.
        paragraph: Zero-based number of the paragraph it begins in.
    """

    span: Span
    tokens: tuple[Token, ...]
    paragraph: int = 0


def _probability(_: object, attribute: Attribute[float], value: float) -> None:
    if not 0.0 <= value <= 1.0:
        raise InvalidModelError(f"confidence.{attribute.name} is {value}; it must lie in [0, 1]")


@frozen
class Confidence:
    """How sure the model is of each link, as probabilities in [0, 1].

    Attributes:
        content: That this is an attribution with this content.
        source: That the source mention is the right one.
        speaker: That the speaker is the right one.
    """

    content: float = field(default=1.0, validator=_probability)
    source: float = field(default=1.0, validator=_probability)
    speaker: float = field(default=1.0, validator=_probability)


def _extra() -> Any:  # noqa: ANN401  (attrs fields are untyped by design)
    return field(factory=dict, converter=_mapping, hash=False, kw_only=True, repr=False)


def _ordered(quote: object, attribute: Attribute[Any], spans: tuple[Span, ...]) -> None:
    for left, right in pairwise(spans):
        if right.start < left.end:
            raise InvalidModelError(
                f"{attribute.name} spans overlap or are out of order: "
                f"[{left.start}, {left.end}) then [{right.start}, {right.end})"
            )


# attrs takes a converter's type from its signature, and mypy can't solve a generic one.
def _spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(spans)


def _strings(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


def _mentions(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    return tuple(mentions)


def _sentences(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sentences)


def _quotes(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple(quotes)


def _speakers(speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    return tuple(speakers)


def _mapping(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return dict(values)


@frozen
class _Binding:
    text: str
    speaker: Speaker | None
    addressee: Speaker | None


@frozen
class Quote:
    """One attribution: somebody's words or thoughts as the text reports them.

    Attributes:
        id: Unique in its document.
        kind: Direct, indirect or mixed.
        content: What was said: one span, or several when narration or a paragraph break interrupts.
            Outer quotation marks belong to it, and so does the "that" that introduces it.
        cue: The words that signal the attribution ("said", "according to"); empty when none does.
        cue_lemma: Base form of the cue ("say"); ``None`` without a cue.
        stance: What the cue tells of the speaker's commitment.
        source: The mention beside the cue ("the minister", "she"); empty when the text has none.
        speaker: Whom the source stands for in the whole document; ``None`` when not known.
        addressee: Whom it was said to, when the text tells.
        parent: The quotation that this one stands inside.
        level: Speech or thought.
        confidence: How sure the model is of each link.
        evidence: Short stable codes that explain each link, e.g. ``("cue:said",)``.
        extra: Fields of an interchange record that this version doesn't know; kept for writing.

    Raises:
        InvalidModelError: If there is no content, or spans overlap or are out of order.
    """

    id: QuoteId
    kind: QuoteKind = field(converter=QuoteKind)
    content: tuple[Span, ...] = field(converter=_spans, validator=_ordered)
    cue: tuple[Span, ...] = field(default=(), converter=_spans, validator=_ordered)
    cue_lemma: str | None = None
    stance: Stance = field(default=Stance.NEUTRAL, converter=Stance)
    source: tuple[Span, ...] = field(default=(), converter=_spans, validator=_ordered)
    speaker: SpeakerId | None = None
    addressee: SpeakerId | None = None
    parent: QuoteId | None = None
    level: Level = field(default=Level.SPEECH, converter=Level)
    confidence: Confidence = Confidence()
    evidence: tuple[str, ...] = field(default=(), converter=_strings)
    extra: Mapping[str, Any] = _extra()
    _binding: _Binding | None = field(default=None, eq=False, repr=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if not self.content:
            raise InvalidModelError(f"quote {self.id!r} has no content span; it needs at least one")
        pieces = sorted((*self.content, *self.cue, *self.source))
        for left, right in pairwise(pieces):
            if left.overlaps(right):
                raise InvalidModelError(
                    f"quote {self.id!r}: content, cue and source overlap at "
                    f"[{right.start}, {min(left.end, right.end)})"
                )

    def _bound(self) -> _Binding:
        if self._binding is None:
            raise InvalidModelError(
                f"quote {self.id!r} belongs to no document yet: put it into a Document, "
                "or use Document.text_of(quote.content)"
            )
        return self._binding

    @property
    def text(self) -> str:
        """The content as one string; its pieces are joined by " … "."""
        return self._join(self.content)

    @property
    def cue_text(self) -> str:
        """The cue as one string; empty when there is none."""
        return self._join(self.cue)

    @property
    def source_text(self) -> str:
        """The source mention as one string; empty when there is none."""
        return self._join(self.source)

    @property
    def speaker_name(self) -> str | None:
        """The speaker's fullest name in the document, or ``None`` when not known."""
        speaker = self._bound().speaker
        return speaker.name if speaker else None

    @property
    def addressee_name(self) -> str | None:
        """The addressee's fullest name in the document, or ``None`` when not told."""
        addressee = self._bound().addressee
        return addressee.name if addressee else None

    def _join(self, spans: tuple[Span, ...]) -> str:
        text = self._bound().text
        return ELLIPSIS_JOIN.join(span.of(text) for span in spans)

    def _repr_html_(self) -> str | None:
        return _html(self) if self._binding else None


@frozen
class Mention:
    """One place where the text refers to a speaker.

    Attributes:
        span: The place.
        kind: By name, pronoun or description.
    """

    span: Span
    kind: MentionKind = field(converter=MentionKind)


@frozen
class Speaker:
    """Somebody or something that speaks, as one whole document shows them.

    Attributes:
        id: Unique in its document.
        name: The fullest name in the text; for the unnamed the fullest description.
        kind: Person, organization, group, document or unknown.
        aliases: Other names the text uses for them.
        roles: What the text says they are ("health minister").
        pronouns: Pronouns the text uses for them, lower-case; their places are among the mentions.
            The only ground on which gender may be told, never the name.
        mentions: Where the text refers to them, in text order.
        extra: Fields of an interchange record that this version doesn't know; kept for writing.
    """

    id: SpeakerId
    name: str
    kind: SpeakerKind = field(default=SpeakerKind.UNKNOWN, converter=SpeakerKind)
    aliases: tuple[str, ...] = field(default=(), converter=_strings)
    roles: tuple[str, ...] = field(default=(), converter=_strings)
    pronouns: tuple[str, ...] = field(default=(), converter=_strings)
    mentions: tuple[Mention, ...] = field(default=(), converter=_mentions)
    extra: Mapping[str, Any] = _extra()

    def _repr_html_(self) -> str | None:
        return _html(self)


@frozen
class Document:
    """A text and everything that quotecraft found in it.

    Attributes:
        id: Name of the document, such as its file name.
        text: The text exactly as given; nothing ever normalises it.
        metadata: Title, date, outlet, author, url, language, or whatever the user adds.
        sentences: What the tokenizer found. Derived from the text: left out of the interchange
            record and of equality.
        quotes: In text order of their first content span.
        speakers: Everyone whom some quote names as speaker or addressee.
        model: Name and version of the model that produced this.
        extra: Fields of an interchange record that this version doesn't know; kept for writing.

    Raises:
        InvalidModelError: If a span lies outside the text, an id is doubled or does not resolve, or
            quotes or mentions are out of order.
    """

    id: str
    text: str = field(repr=False)
    metadata: Mapping[str, Any] = field(factory=dict, converter=_mapping, hash=False)
    sentences: tuple[Sentence, ...] = field(default=(), converter=_sentences, eq=False, repr=False)
    quotes: tuple[Quote, ...] = field(default=(), converter=_quotes)
    speakers: tuple[Speaker, ...] = field(default=(), converter=_speakers)
    model: str | None = None
    extra: Mapping[str, Any] = _extra()

    def __attrs_post_init__(self) -> None:
        _check_document(self)
        speakers = {speaker.id: speaker for speaker in self.speakers}
        bound = tuple(
            evolve(
                quote,
                binding=_Binding(
                    self.text,
                    speakers[quote.speaker] if quote.speaker is not None else None,
                    speakers[quote.addressee] if quote.addressee is not None else None,
                ),
            )
            for quote in self.quotes
        )
        object.__setattr__(self, "quotes", bound)

    def text_of(self, spans: Span | Iterable[Span]) -> str:
        """Return the text of one span, or of several joined by " … "."""
        pieces = (spans,) if isinstance(spans, Span) else spans
        return ELLIPSIS_JOIN.join(span.of(self.text) for span in pieces)

    def speaker(self, quote: Quote | QuoteId) -> Speaker | None:
        """Return the speaker of a quote, or ``None`` when not known.

        Raises:
            KeyError: If no quote has the given id.
        """
        quote = self.quote(quote) if isinstance(quote, str) else quote
        return next((s for s in self.speakers if s.id == quote.speaker), None)

    def quote(self, quote_id: QuoteId | str) -> Quote:
        """Return the quote with this id.

        Raises:
            KeyError: If no quote has it.
        """
        for quote in self.quotes:
            if quote.id == quote_id:
                return quote
        raise KeyError(quote_id)

    def quotes_by(self, speaker: Speaker | SpeakerId | str) -> tuple[Quote, ...]:
        """Return the quotes of one speaker, in text order.

        Args:
            speaker: A ``Speaker``, its id, or its name or one of its aliases.
        """
        if isinstance(speaker, Speaker):
            ids = {speaker.id}
        else:
            ids = {s.id for s in self.speakers if speaker == s.id}
            ids = ids or {s.id for s in self.speakers if speaker in (s.name, *s.aliases)}
        return tuple(quote for quote in self.quotes if quote.speaker in ids)

    def _repr_html_(self) -> str | None:
        return _html(self)


def _check_document(document: Document) -> None:
    size = len(document.text)
    speaker_ids = _unique((s.id for s in document.speakers), "speaker", document)
    quote_ids = _unique((q.id for q in document.quotes), "quote", document)
    last = -1
    for quote in document.quotes:
        place = f"document {document.id!r}, quote {quote.id!r}"
        for span in (*quote.content, *quote.cue, *quote.source):
            _check_inside(span, size, place)
        if quote.content[0].start < last:
            raise InvalidModelError(f"{place} is out of text order; sort quotes by first span")
        last = quote.content[0].start
        for name, value, known in (
            ("speaker", quote.speaker, speaker_ids),
            ("addressee", quote.addressee, speaker_ids),
            ("parent", quote.parent, quote_ids - {quote.id}),
        ):
            if value is not None and value not in known:
                raise InvalidModelError(f"{place}: {name} {value!r} does not exist")
    for speaker in document.speakers:
        place = f"document {document.id!r}, speaker {speaker.id!r}"
        previous = Span(0, 1)
        for mention in speaker.mentions:
            _check_inside(mention.span, size, place)
            if mention.span < previous and previous != Span(0, 1):
                raise InvalidModelError(f"{place}: mentions are out of text order")
            previous = mention.span


def _unique(ids: Iterable[str], what: str, document: Document) -> set[str]:
    seen: set[str] = set()
    for value in ids:
        if value in seen:
            raise InvalidModelError(f"document {document.id!r}: two {what}s have id {value!r}")
        seen.add(value)
    return seen


def _check_inside(span: Span, size: int, place: str) -> None:
    if span.end > size:
        raise InvalidModelError(
            f"{place}: span [{span.start}, {span.end}) lies outside the text of {size} code points"
        )


_HtmlRenderer = Callable[[object], str]
_html_renderer: list[_HtmlRenderer] = []


def use_html_renderer(renderer: _HtmlRenderer) -> None:
    """Set the function that draws documents, quotes and speakers in notebooks."""
    _html_renderer[:] = [renderer]


def _html(value: object) -> str | None:
    return _html_renderer[0](value) if _html_renderer else None
