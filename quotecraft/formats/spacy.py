"""spaCy (https://spacy.io) ``Doc`` objects with quotations.

>>> doc = to_spacy(document, spacy.blank("en"))
>>> [(span.id_, span.text) for span in doc.spans["quotecraft"] if span.label_ == "CONTENT"]
>>> doc._.quotecraft.quotes[0].speaker_name
>>> spacy.displacy.render(doc, style="span", options={"spans_key": "quotecraft"})

The span group ``quotecraft`` has a span for every stretch of content, cue and source mention:
labels ``CONTENT``, ``CUE`` and ``SOURCE``, the quotation's id as the span's id, the speaker's name
as ``span._.quotecraft_speaker``. spaCy's spans are whole tokens: one that isn't is widened to the
tokens it touches. The exact code point offsets are in ``doc._.quotecraft``, the ``Document``
itself; it survives ``to_bytes`` and ``DocBin(store_user_data=True)``, as it is kept as an
interchange record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from quotecraft.errors import FormatError, MissingExtraError
from quotecraft.formats._json import decode, encode
from quotecraft.formats._record import from_record, to_record
from quotecraft.model import Document, Quote, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as SpacySpan

__all__ = ["KEY", "annotate", "from_spacy", "to_spacy"]

KEY = "quotecraft"
"""Name of the span group, and of the ``Doc`` extension."""

_SPEAKER = "quotecraft_speaker"
_SURROGATE = re.compile("[\ud800-\udfff]")


def _tokens() -> Any:  # noqa: ANN401  (a module)
    try:
        from spacy import tokens
    except ImportError as error:
        raise MissingExtraError("spaCy's Doc", "spacy") from error
    if not tokens.Doc.has_extension(KEY):
        tokens.Doc.set_extension(KEY, getter=from_spacy)
        tokens.Span.set_extension(_SPEAKER, getter=_speaker)
    return tokens


def to_spacy(document: Document, nlp: Language) -> Doc:
    """Return a document as a ``Doc`` with its quotations.

    Args:
        document: The document.
        nlp: A spaCy pipeline; all of it runs over the text. ``spacy.blank("en")`` only tokenizes.

    Raises:
        MissingExtraError: If spaCy is not installed.
        FormatError: If the text holds lone surrogates, which spaCy can't, or metadata hold
            something that JSON can't.
    """
    _tokens()
    try:
        doc = nlp(document.text)
    except UnicodeEncodeError as error:
        raise FormatError(
            "spaCy can't hold a lone surrogate: replace it in the text first", source=document.id
        ) from error
    return annotate(doc, document)


def annotate(doc: Doc, document: Document) -> Doc:
    """Add a document's quotations to a ``Doc`` of the same text, and return it.

    Raises:
        MissingExtraError: If spaCy is not installed.
        FormatError: If its text is another, a quote's id holds a lone surrogate, or metadata hold
            something that JSON can't.
    """
    tokens = _tokens()
    if unfit := [quote.id for quote in document.quotes if _SURROGATE.search(quote.id)]:
        raise FormatError(
            f"spaCy can't hold a lone surrogate: rename quote {unfit[0]!r} first",
            source=document.id,
        )
    if doc.text != document.text:
        raise FormatError("the Doc has another text than the document", source=document.id)
    doc.user_data[KEY] = encode(to_record(document, text=False)).decode("utf-8")
    names: dict[str, Any] = {quote.id: quote.speaker_name for quote in document.quotes}
    doc.user_data[_SPEAKER] = encode(names).decode("utf-8")
    spans = [
        _span(tokens.Span, doc, place, label, quote)
        for quote in document.quotes
        for label, place in _places(quote)
    ]
    doc.spans[KEY] = sorted(spans, key=lambda span: (span.start, -span.end))
    return doc


def _places(quote: Quote) -> Iterator[tuple[str, Span]]:
    for label, spans in (("CONTENT", quote.content), ("CUE", quote.cue), ("SOURCE", quote.source)):
        for span in spans:
            yield label, span


def _span(new: type[SpacySpan], doc: Doc, place: Span, label: str, quote: Quote) -> SpacySpan:
    covered = doc.char_span(place.start, place.end, alignment_mode="expand")
    if covered is None:  # only outside the text, and the text is the same
        raise FormatError(f"spaCy finds no token at {place.start}-{place.end}")
    return new(doc, covered.start, covered.end, label=label, span_id=quote.id)


def from_spacy(doc: Doc) -> Document:
    """Return the document that a ``Doc`` was annotated with, spans exact.

    Raises:
        FormatError: If it never was.
    """
    stored = doc.user_data.get(KEY)
    if stored is None:
        raise FormatError("the Doc has no quotations: give it to quotecraft's annotate() first")
    return from_record(decode(stored), text=doc.text)


def _speaker(span: SpacySpan) -> str | None:
    """Return the name of the speaker of the quotation that a span belongs to."""
    stored = span.doc.user_data.get(_SPEAKER)
    names: dict[str, Any] = decode(stored) if stored is not None else {}
    return names.get(span.id_)
