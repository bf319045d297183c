"""The tagger's attributions, with the quotations that only rules find.

The tagger is anchored on cues, so it passes over quotations that layout attributes: a quotation
alone in its paragraph, ``“…” – Name``, a transcript's ``NAME:``. The rules find these. Where both
find something, the tagger's is kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

from attrs import evolve

from quotecraft.detect.interfaces import Attribution, Detector
from quotecraft.model import QuoteKind, Sentence, Span
from quotecraft.text.pairing import Quotation

__all__ = ["CombinedDetector", "combine"]


class CombinedDetector:
    """Runs a trained tagger and adds direct quotations that rules find beside it.

    Args:
        tagger: Its attributions are all kept.
        rules: Its direct quotations are added where the tagger found nothing, or only
            attributions inside them.
    """

    def __init__(self, tagger: Detector, rules: Detector) -> None:
        self._tagger = tagger
        self._rules = rules

    @property
    def name(self) -> str:
        """Names and versions of both."""
        return f"{self._tagger.name}+{self._rules.name}"

    def detect(
        self,
        text: str,
        sentences: Sequence[Sentence],
        quotations: Sequence[Quotation],
    ) -> list[Attribution]:
        """Return the attributions of a text, sorted by the start of their first content span.

        Args:
            text: The document's text.
            sentences: Its sentences, in order.
            quotations: Its paired quotation marks.
        """
        tagged = self._tagger.detect(text, sentences, quotations)
        return combine(tagged, self._rules.detect(text, sentences, quotations))


def combine(tagged: Sequence[Attribution], ruled: Sequence[Attribution]) -> list[Attribution]:
    """Return the tagger's attributions and the direct ones of the rules that don't cross them.

    An attribution of the tagger that lies wholly inside an added quotation becomes its child.

    Args:
        tagged: What the tagger found.
        ruled: What the rules found.
    """
    near = _Neighbours(tagged)
    direct = (item for item in ruled if item.kind is QuoteKind.DIRECT)
    added = [
        (item, inside)
        for item in direct
        if (inside := _children(item, tagged, near.of(item))) is not None
    ]
    everything = [evolve(item, parent=None) for item in tagged]
    parents: dict[int, int] = {}
    for item, inside in added:
        parents.update({child: len(everything) for child in inside})
        everything.append(evolve(item, parent=None))
    order = sorted(range(len(everything)), key=lambda number: _place(everything[number]))
    new_number = {old: new for new, old in enumerate(order)}
    return [
        evolve(everything[old], parent=new_number[parents[old]] if old in parents else None)
        for old in order
    ]


def _place(item: Attribution) -> tuple[int, int]:
    """Sort outer attributions before inner ones that begin with them."""
    return item.content[0].start, -item.content[-1].end


class _Neighbours:
    """Finds the attributions near a place without looking at all of them."""

    def __init__(self, tagged: Sequence[Attribution]) -> None:
        extents = sorted(
            (min(span.start for span in spans), max(span.end for span in spans), number)
            for number, item in enumerate(tagged)
            for spans in [(*item.content, *item.cue)]
        )
        self._numbers = [number for *_, number in extents]
        self._starts = [start for start, *_ in extents]
        self._ends = list(accumulate((end for _, end, _ in extents), max))

    def of(self, outer: Attribution) -> list[int]:
        """Return the attributions whose extent may touch that of another, in order."""
        low = bisect_right(self._ends, outer.content[0].start)
        high = bisect_left(self._starts, outer.content[-1].end)
        return sorted(self._numbers[low:high])


def _children(
    outer: Attribution, tagged: Sequence[Attribution], near: Sequence[int]
) -> list[int] | None:
    """Return which attributions lie wholly inside one; ``None`` when any merely touches it."""
    children = []
    size = sum(map(len, outer.content))
    for number in near:
        item = tagged[number]
        pieces = (*item.content, *item.cue, *item.source)
        if not _touch((*item.content, *item.cue), outer.content):
            continue
        within = all(any(span.covers(piece) for span in outer.content) for piece in pieces)
        if not within or 2 * sum(map(len, item.content)) >= size:
            return None
        children.append(number)
    return children


def _touch(left: Sequence[Span], right: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in left for other in right)
