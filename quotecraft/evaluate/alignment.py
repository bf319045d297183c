"""A gold document beside its prediction: sets, kinds and pairs, worked out once for all metrics."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from quotecraft.errors import InputError
from quotecraft.evaluate.kinds import axis_kinds
from quotecraft.evaluate.names import stand_ins
from quotecraft.evaluate.pairing import pair
from quotecraft.evaluate.units import Axis, Unit
from quotecraft.model import Document, Quote, QuoteKind, SpeakerId

__all__ = ["Alignment", "Side", "align"]


@frozen
class Side:
    """The quotes of one side, gold or predicted, as sets.

    Attributes:
        quotes: The quotes, in text order.
        kinds: Their kinds, by the one rule of ``quotecraft.evaluate.kinds``.
        contents: The sets of their contents.
        cues: The sets of their cues; an empty set for a quote without one.
        sources: The sets of their sources; an empty set for a quote without one.
    """

    quotes: tuple[Quote, ...]
    kinds: tuple[QuoteKind, ...]
    contents: tuple[Unit, ...]
    cues: tuple[Unit, ...]
    sources: tuple[Unit, ...]


@frozen
class Alignment:
    """One document's gold and prediction, paired.

    Attributes:
        gold: The gold side.
        predicted: The predicted side.
        pairs: (gold index, predicted index) of contents that match at least partially.
        axis: The alphanumeric axis of the text.
        speakers: The gold speaker that each predicted speaker stands for; ``None`` when no name or
            alias of theirs tells.
    """

    gold: Side
    predicted: Side
    pairs: tuple[tuple[int, int], ...]
    axis: Axis
    speakers: dict[SpeakerId, SpeakerId | None]

    def paired(self) -> dict[int, int]:
        """Return the predicted index of every gold quote that was found."""
        return dict(self.pairs)

    def exact(self, i: int, j: int) -> bool:
        """Say whether gold content ``i`` and predicted content ``j`` are the same set."""
        return self.gold.contents[i] == self.predicted.contents[j]

    def speaker_right(self, i: int, j: int) -> bool:
        """Say whether predicted quote ``j`` has the speaker of gold quote ``i``, who is known."""
        predicted, gold = self.predicted.quotes[j].speaker, self.gold.quotes[i].speaker
        return predicted is not None and gold is not None and self.speakers[predicted] == gold


def align(gold: Document, predicted: Document) -> Alignment:
    """Pair the quotes of a gold document with those predicted for it.

    Raises:
        InputError: If the two documents' texts differ: their offsets would not compare.
        MissingExtraError: If SciPy is not installed.
    """
    if gold.text != predicted.text:
        raise InputError(
            f"document {gold.id!r}: gold and predicted text differ {_difference(gold, predicted)}; "
            "predict on the gold text exactly as it is"
        )
    axis = Axis(gold.text)
    left, right = _sides(axis, gold, predicted)
    pairs = pair(
        left.contents,
        right.contents,
        ties=((left.sources, right.sources), (left.cues, right.cues)),
    )
    speakers = stand_ins(predicted.speakers, gold.speakers)
    return Alignment(left, right, tuple(pairs), axis, speakers)


def _difference(gold: Document, predicted: Document) -> str:
    if not predicted.text:
        return "(the prediction has no text)"
    pieces = zip(gold.text, predicted.text, strict=False)
    shorter = min(len(gold.text), len(predicted.text))
    return f"from code point {next((n for n, (a, b) in enumerate(pieces) if a != b), shorter)} on"


def _sides(axis: Axis, *documents: Document) -> tuple[Side, ...]:
    quotes = [quote for document in documents for quote in document.quotes]
    kinds = axis_kinds(axis, [quote.content for quote in quotes])
    sides, first = [], 0
    for document in documents:
        last = first + len(document.quotes)
        sides.append(_side(axis, document.quotes, kinds[first:last]))
        first = last
    return tuple(sides)


def _side(axis: Axis, quotes: tuple[Quote, ...], kinds: Sequence[QuoteKind]) -> Side:
    return Side(
        quotes,
        tuple(kinds),
        tuple(axis.unit(quote.content) for quote in quotes),
        tuple(axis.unit(quote.cue) for quote in quotes),
        tuple(axis.unit(quote.source) for quote in quotes),
    )
