"""PDNC quotations as attributions: the source mention found in the corpus's referring expression.

PDNC gives the referring expression ("said Mrs. Ruiz to him") without punctuation or place. It's
looked up beside the quotation; inside it the source is the speaker's longest name, else the first
pronoun that can be a subject, else the noun phrase beside the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from quotecraft.detect.interfaces import Attribution
from quotecraft.evaluate.pairing import pair
from quotecraft.evaluate.units import Axis
from quotecraft.model import Document, Quote, QuoteKind, Span, Speaker, SpeakerId
from quotecraft.speakers.lexicon import lexicon, word_set

__all__ = ["Given", "found_quotations", "given_quotations"]

_REACH = 600  # characters on either side of a quotation that are searched for the expression
_OPENING = "\"“‘'`«_"
_CLOSING = "\"”’'`»_"
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SUBJECTS = word_set("he she they it i we who")
_SKIPPED = word_set("out on in to back again then only had was were is did")
_STOPS = word_set(
    "to with at in as of on from after and who but for into when while by that turning looking"
)


@frozen
class Given:
    """A gold quotation as the detector would hand it over.

    Attributes:
        attribution: Its content, and its source where the corpus tells.
        speaker: The gold speaker, ``None`` where the corpus names no character.
        type: ``"explicit"``, ``"anaphoric"``, ``"implicit"`` or ``None``.
        gold: The gold quotation, ``None`` for what a detector found without one.
    """

    attribution: Attribution
    speaker: SpeakerId | None
    type: str | None
    gold: Quote | None = None


def given_quotations(document: Document, *, split: bool) -> list[Given]:
    """Return the quotations of a PDNC novel, in text order.

    Args:
        document: The novel, from ``formats.pdnc.read_pdnc``.
        split: Give each piece of an interrupted quotation as an attribution of its own, the source
            with the nearest one, as a detector may find them.
    """
    speakers = {speaker.id: speaker for speaker in document.speakers}
    found: list[Given] = []
    for quote in document.quotes:
        speaker = speakers[quote.speaker] if quote.speaker is not None else None
        source = _source(document.text, quote, speaker)
        content = _with_marks(document.text, quote.content)
        attribution = Attribution(content, QuoteKind.DIRECT, source=source)
        pieces = _pieces(attribution) if split else [attribution]
        kind = quote.extra.get("quote_type")
        found.extend(Given(piece, quote.speaker, kind, quote) for piece in pieces)
    found.sort(key=lambda given: given.attribution.content[0])
    return found


def found_quotations(document: Document, found: Sequence[Attribution]) -> list[Given]:
    """Return the quotations that a detector found in a novel, with the gold speaker of each.

    Those that no gold quotation matches (Jaccard ≥ 0.5, optimal pairing) have neither speaker nor
    type.

    Args:
        document: The novel, from ``formats.pdnc.read_pdnc``.
        found: What the detector found.
    """
    axis = Axis(document.text)
    gold = [axis.unit(quote.content) for quote in document.quotes]
    pairs = pair(gold, [axis.unit(attribution.content) for attribution in found])
    quotes = {place: document.quotes[number] for number, place in dict(pairs).items()}
    result = []
    for place, attribution in enumerate(found):
        quote = quotes.get(place)
        if quote is None:
            result.append(Given(attribution, None, None))
        else:
            kind = quote.extra.get("quote_type")
            result.append(Given(attribution, quote.speaker, kind, quote))
    return result


def _with_marks(text: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """Return a content with the quotation marks around it, which PDNC leaves out."""
    spans: list[Span] = []
    for span in content:
        start, end = span.start, span.end
        while start > 0 and text[start - 1] in _OPENING:
            start -= 1
        while end < len(text) and text[end] in _CLOSING:
            end += 1
        start = max(start, spans[-1].end if spans else 0)
        spans.append(Span(start, end))
    return tuple(spans)


def _pieces(attribution: Attribution) -> Iterator[Attribution]:
    spans = attribution.content
    nearest = -1
    if attribution.source:
        source = attribution.source[0]
        nearest = min(range(len(spans)), key=lambda place: _distance(spans[place], source))
    for place, span in enumerate(spans):
        source_spans = attribution.source if place == nearest else ()
        yield evolve(attribution, content=(span,), source=source_spans)


def _distance(one: Span, two: Span) -> int:
    return max(one.start - two.end, two.start - one.end)


def _source(text: str, quote: Quote, speaker: Speaker | None) -> tuple[Span, ...]:
    expression = quote.extra.get("referring_expression")
    if not isinstance(expression, str) or not expression.strip():
        return ()
    place = _locate(text, quote.content, expression)
    if place is None:
        return ()
    names = (speaker.name, *speaker.aliases) if speaker is not None else ()
    explicit = quote.extra.get("quote_type") == "explicit"
    span = (_named(text, place, names) if explicit else None) or _referring(text, place)
    return () if span is None or any(span.overlaps(own) for own in quote.content) else (span,)


def _locate(text: str, content: Sequence[Span], expression: str) -> Span | None:
    """Return where an expression stands nearest to a quotation, punctuation left out of account."""
    words = ["".join(filter(str.isalnum, word)) for word in expression.split()]
    letters = [r"\W*".join(map(re.escape, word)) for word in words if word]
    if not letters:
        return None
    start = max(0, content[0].start - _REACH)
    pattern = re.compile(r"[\W_]+".join(letters), re.IGNORECASE)
    found = [
        Span(*match.span()) for match in pattern.finditer(text, start, content[-1].end + _REACH)
    ]
    outside = [span for span in found if not any(span.overlaps(own) for own in content)]
    return min(outside, key=lambda span: min(_distance(span, own) for own in content), default=None)


def _named(text: str, place: Span, names: Sequence[str]) -> Span | None:
    for name in sorted(names, key=len, reverse=True):
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)"
        match = re.compile(pattern, re.IGNORECASE).search(text, place.start, place.end)
        if match:
            return Span(*match.span())
    return None


def _referring(text: str, place: Span) -> Span | None:
    """Return the pronoun or noun phrase that is the subject of an expression."""
    words = list(_WORD.finditer(text, place.start, place.end))
    lower = [match.group().lower() for match in words]
    for match, word in zip(words, lower, strict=True):
        if word in _SUBJECTS and (word != "it" or len(words) < 4):
            return Span(*match.span())
    verbs = [i for i, word in enumerate(lower) if word in lexicon().reporting or word[-2:] == "ed"]
    if not verbs:
        return None
    first, last = _after(lower, verbs[0]) if verbs[0] == 0 else _before(lower, verbs[0])
    return Span(words[first].start(), words[last].end()) if first <= last else None


def _after(lower: Sequence[str], verb: int) -> tuple[int, int]:
    first = verb + 1
    while first < len(lower) and lower[first] in _SKIPPED:
        first += 1
    last = first
    while last < len(lower) and lower[last] not in _STOPS and lower[last][-2:] not in ("ly", "ng"):
        last += 1
    return first, last - 1


def _before(lower: Sequence[str], verb: int) -> tuple[int, int]:
    last = verb - 1
    while last > 0 and (lower[last] in _SKIPPED or lower[last].endswith("ly")):
        last -= 1
    return 0, last
