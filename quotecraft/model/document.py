"""A text and everything found in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from typing import Any

from attrs import evolve, field, frozen

from quotecraft.errors import InputError, InvalidModelError
from quotecraft.model.fields import counted, extra, html, to_mapping
from quotecraft.model.quote import ELLIPSIS_JOIN, Binding, Quote, QuoteId
from quotecraft.model.spans import Sentence, Span
from quotecraft.model.speaker import Speaker, SpeakerId

__all__ = ["Document", "documents_of"]


def _sentences(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    return tuple(sentences)


def _quotes(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple(quotes)


def _speakers(speakers: Iterable[Speaker]) -> tuple[Speaker, ...]:
    return tuple(speakers)


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
        speakers: Everyone whom some quote names as speaker or addressee, and the members of groups
            among them.
        model: Name and version of the model that produced this.
        extra: Fields of an interchange record that this version doesn't know; kept for writing.

    Raises:
        InvalidModelError: If a span lies outside the text, an id is doubled or does not resolve, or
            quotes or mentions are out of order.
    """

    id: str
    text: str = field(repr=False)
    metadata: Mapping[str, Any] = field(factory=dict, converter=to_mapping, hash=False)
    sentences: tuple[Sentence, ...] = field(default=(), converter=_sentences, eq=False, repr=False)
    quotes: tuple[Quote, ...] = field(default=(), converter=_quotes, repr=counted("quote"))
    speakers: tuple[Speaker, ...] = field(default=(), converter=_speakers, repr=counted("speaker"))
    model: str | None = None
    extra: Mapping[str, Any] = extra()

    def __attrs_post_init__(self) -> None:
        _check_document(self)
        speakers = {speaker.id: speaker for speaker in self.speakers}
        bound = tuple(
            evolve(
                quote,
                binding=Binding(
                    self.text,
                    speakers[quote.speaker] if quote.speaker is not None else None,
                    speakers[quote.addressee] if quote.addressee is not None else None,
                ),
            )
            for quote in self.quotes
        )
        object.__setattr__(self, "quotes", bound)

    def __str__(self) -> str:
        """Return its id and its quotes, a line each."""
        return "\n".join([self.id, *map(str, self.quotes)])

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

    def quotes_by(
        self, speaker: Speaker | SpeakerId | str, *, groups: bool = False
    ) -> tuple[Quote, ...]:
        """Return the quotes of one speaker, in text order.

        Args:
            speaker: A ``Speaker``, its id, or its name or one of its aliases.
            groups: Add what is said by groups that the speaker is a member of ("Ruiz and Lee").
        """
        if isinstance(speaker, Speaker):
            ids = {speaker.id}
        else:
            ids = {s.id for s in self.speakers if speaker == s.id}
            ids = ids or {s.id for s in self.speakers if speaker in (s.name, *s.aliases)}
        if groups:
            ids |= {s.id for s in self.speakers if not ids.isdisjoint(s.members)}
        return tuple(quote for quote in self.quotes if quote.speaker in ids)

    def _repr_html_(self) -> str | None:
        return html(self)


def documents_of(documents: Document | Iterable[Document]) -> Iterable[Document]:
    """Return one document or many as many.

    Args:
        documents: What a user gave.

    Raises:
        InputError: If it is a path or text instead.
    """
    if isinstance(documents, str | bytes | PathLike):
        raise InputError(
            f"documents are wanted, not {documents!r}: make them with quotecraft.load(), or read "
            "them with quotecraft.formats.read()"
        )
    return (documents,) if isinstance(documents, Document) else documents


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
        for name, value in (("speaker", quote.speaker), ("addressee", quote.addressee)):
            if value is not None and value not in speaker_ids:
                raise InvalidModelError(f"{place}: {name} {value!r} does not exist")
        if quote.parent is not None and quote.parent not in quote_ids:
            raise InvalidModelError(f"{place}: parent {quote.parent!r} does not exist")
    _check_parents(document)
    for speaker in document.speakers:
        place = f"document {document.id!r}, speaker {speaker.id!r}"
        previous = Span(0, 1)
        for mention in speaker.mentions:
            _check_inside(mention.span, size, place)
            if mention.span < previous and previous != Span(0, 1):
                raise InvalidModelError(f"{place}: mentions are out of text order")
            previous = mention.span
        for member in speaker.members:
            if member not in speaker_ids or member == speaker.id:
                what = "is the group itself" if member == speaker.id else "does not exist"
                raise InvalidModelError(f"{place}: member {member!r} {what}")


def _check_parents(document: Document) -> None:
    parents = {quote.id: quote.parent for quote in document.quotes}
    rooted: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}
        quote_id: QuoteId | None = start
        while quote_id is not None and quote_id not in rooted:
            if quote_id in path:
                raise InvalidModelError(
                    f"document {document.id!r}, quote {quote_id!r} is its own ancestor; "
                    "parents must not form a circle"
                )
            path[quote_id] = None
            quote_id = parents[quote_id]
        rooted.update(path)


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
