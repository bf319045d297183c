"""Mistakes: what was missed, what is extra, and which links are wrong, one by one.

>>> mistakes = Mistakes.of(metrics)  # doctest: +SKIP
>>> score(gold, predicted, metrics=metrics, observe=mistakes.observe)  # doctest: +SKIP
>>> mistakes.found[0].kinds  # doctest: +SKIP
(<MistakeKind.MISSED: 'missed'>,)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

from attrs import Factory, define, frozen

from quotecraft.evaluate.alignment import Alignment, Side
from quotecraft.evaluate.metrics import MatchF1, Metric
from quotecraft.evaluate.units import overlap
from quotecraft.model import Document, Quote, QuoteKind, Span

__all__ = ["CONTEXT", "Mistake", "MistakeKind", "Mistakes", "write_mistakes"]

CONTEXT = 160  # code points kept on either side of a mistake
SPEAKER_METRICS = ("speaker.end_to_end", "speaker.named")  # they judge speakers by name
PASSAGE = 2400  # code points kept of one mistake at most


class MistakeKind(StrEnum):
    """What is wrong with a quotation."""

    MISSED = "missed"
    EXTRA = "extra"
    BOUNDARY = "boundary"
    SOURCE = "source"
    SPEAKER = "speaker"


@frozen
class Labelled:
    """One side's reading of a quotation, with everything needed to show it.

    Attributes:
        quote: The quote.
        kind: Its kind, by the rule of ``quotecraft.evaluate.kinds``.
        speaker: Name of its speaker, ``None`` when there is none.
    """

    quote: Quote
    kind: QuoteKind
    speaker: str | None


@frozen
class Mistake:
    """One quotation that gold and prediction do not agree on.

    Attributes:
        document: Id of the document.
        kinds: What is wrong, in the order of ``MistakeKind``; never empty.
        gold: The gold reading; ``None`` for an extra one.
        predicted: The predicted reading; ``None`` for a missed one.
        passage: Where the mistake and its surroundings stand in the text.
        text: The text of the passage.
        metadata: The gold document's metadata.
    """

    document: str
    kinds: tuple[MistakeKind, ...]
    gold: Labelled | None
    predicted: Labelled | None
    passage: Span
    text: str
    metadata: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return the mistake as plain data for JSON, with the words of every span."""
        return {
            "document": self.document,
            "mistakes": [kind.value for kind in self.kinds],
            "metadata": {
                key: value for key, value in self.metadata.items() if isinstance(value, str)
            },
            "gold": self._side(self.gold),
            "predicted": self._side(self.predicted),
            "passage": [self.passage.start, self.passage.end],
            "text": self.text,
        }

    def _side(self, side: Labelled | None) -> dict[str, Any] | None:
        if side is None:
            return None
        quote = side.quote
        parts = {"content": quote.content, "cue": quote.cue, "source": quote.source}
        confidence = quote.confidence
        return {
            "id": quote.id,
            "kind": side.kind.value,
            **{name: [[s.start, s.end] for s in spans] for name, spans in parts.items()},
            "speaker": side.speaker,
            "confidence": {
                "content": confidence.content,
                "source": confidence.source,
                "speaker": confidence.speaker,
            },
            "evidence": list(quote.evidence),
        }


@define
class Mistakes:
    """Collects the mistakes of every document that is scored.

    Only what a corpus is gold for is judged: without gold sources no source is wrong, and where it
    annotates direct speech alone an indirect quotation is not extra.

    Attributes:
        sources: Whether sources are judged.
        speakers: Whether speakers are judged, where gold names one.
        annotated: The kinds that the corpus annotates.
        found: The mistakes so far, in the order of the documents and of the text.
    """

    sources: bool = True
    speakers: bool = True
    annotated: frozenset[QuoteKind] = frozenset(QuoteKind)
    found: list[Mistake] = Factory(list)

    @classmethod
    def of(cls, metrics: Iterable[Metric]) -> Mistakes:
        """Return a collector that judges what these metrics judge."""
        metrics = list(metrics)
        names = [metric.name.removeprefix("agreement.") for metric in metrics]
        kinds = [metric.annotated for metric in metrics if isinstance(metric, MatchF1)]
        return cls(
            sources=any(name.startswith(("source", "relation")) for name in names),
            speakers=any(name.startswith(SPEAKER_METRICS) for name in names),
            annotated=frozenset.intersection(*kinds) if kinds else frozenset(QuoteKind),
        )

    def observe(self, gold: Document, predicted: Document, alignment: Alignment) -> None:
        """Add the mistakes of one document; give it to ``score`` as ``observe``."""
        paired = alignment.paired()
        cases = [(i, paired.get(i)) for i in range(len(gold.quotes))]
        taken = set(paired.values())
        extra = [(None, j) for j in range(len(predicted.quotes)) if j not in taken]
        mistakes = [self._judge(gold, predicted, alignment, i, j) for i, j in [*cases, *extra]]
        known = [mistake for mistake in mistakes if mistake is not None]
        self.found += sorted(known, key=lambda mistake: mistake.passage)

    def _judge(
        self,
        gold: Document,
        predicted: Document,
        alignment: Alignment,
        i: int | None,
        j: int | None,
    ) -> Mistake | None:
        kinds = tuple(self._kinds(alignment, i, j))
        if not kinds:
            return None
        left = _labelled(gold, alignment.gold, i)
        right = _labelled(predicted, alignment.predicted, j)
        quotes = [side.quote for side in (left, right) if side is not None]
        passage = _passage(quotes, gold.text)
        text = gold.text[passage.start : passage.end]
        return Mistake(gold.id, kinds, left, right, passage, text, dict(gold.metadata))

    def _kinds(self, alignment: Alignment, i: int | None, j: int | None) -> Iterator[MistakeKind]:
        if i is None:
            if j is not None and alignment.predicted.kinds[j] in self.annotated:
                yield MistakeKind.EXTRA
            return
        if j is None:
            yield MistakeKind.MISSED
            return
        if not alignment.exact(i, j):
            yield MistakeKind.BOUNDARY
        if self.sources and not _same_source(alignment, i, j):
            yield MistakeKind.SOURCE
        told = alignment.gold.quotes[i].speaker is not None
        if self.speakers and told and not alignment.speaker_right(i, j):
            yield MistakeKind.SPEAKER

    def counts(self) -> dict[MistakeKind, int]:
        """Return how many quotations have each kind of mistake."""
        return {kind: sum(kind in m.kinds for m in self.found) for kind in MistakeKind}


def _same_source(alignment: Alignment, i: int, j: int) -> bool:
    gold, predicted = alignment.gold.sources[i], alignment.predicted.sources[j]
    return overlap(gold, predicted) > 0 or (not gold and not predicted)


def _labelled(document: Document, side: Side, index: int | None) -> Labelled | None:
    if index is None:
        return None
    speaker = document.speaker(document.quotes[index])
    return Labelled(side.quotes[index], side.kinds[index], speaker.name if speaker else None)


def _passage(quotes: Sequence[Quote], text: str) -> Span:
    """Return what to show of the text: the quotes and some context, cut between words."""
    spans = [span for quote in quotes for span in (*quote.content, *quote.cue, *quote.source)]
    first, last = min(s.start for s in spans), max(s.end for s in spans)
    if last - first > PASSAGE:  # far-off links are told by their place, the content is shown
        first = min(quote.content[0].start for quote in quotes)
        last = min(last, first + PASSAGE)
    start, end = max(0, first - CONTEXT), min(len(text), last + CONTEXT)
    if start and (before := text[start:first].split(maxsplit=1)[1:]):
        start = text.index(before[0], start)
    if end < len(text) and (after := text[last:end].rsplit(maxsplit=1)[:-1]):
        end = last + len(after[0])
    return Span(start, end)


def write_mistakes(mistakes: Iterable[Mistake], path: str | Path) -> int:
    """Write mistakes as JSON Lines, one a line; a path gets all of them or stays as it was.

    Returns:
        The number of lines.

    Raises:
        OSError: If the file can't be written.
    """
    target = Path(path)
    partial = target.with_name(f".{target.name}.partial")
    lines = [json.dumps(m.to_dict(), ensure_ascii=True, allow_nan=False) for m in mistakes]
    partial.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    partial.replace(target)
    return len(lines)
