"""The tagger's attributions, with the quotations that only rules find.

The tagger is anchored on cues, so it passes over quotations that layout attributes: a quotation
alone in its paragraph, ``“…” – Name``, a transcript's ``NAME:``, a block without marks. The rules
find these. In news the tagger has the last word on all others. In a conversation, as fiction is,
most quotations have no cue and marks alone tell where they end: there the rules' direct quotations
stand, and the tagger adds cues and sources to them and the reported speech around them. In all
other texts sources that the tagger cut short or left out are mended by the grammar around them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate

from attrs import evolve

from quotecraft.detect.buried import with_buried
from quotecraft.detect.completion import completed, shared_length, without_clause
from quotecraft.detect.interfaces import Attribution
from quotecraft.detect.mended import mended_sources
from quotecraft.detect.rules import RuleDetector
from quotecraft.detect.subjects import with_subjects
from quotecraft.detect.tagger import TaggerDetector
from quotecraft.model import QuoteKind, Sentence, Span
from quotecraft.text.pairing import Quotation

__all__ = ["CombinedDetector", "combine", "inner_regions", "trimmed", "with_inner"]

_LEAST_WORDS = 4  # of a content in which another attribution may stand
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"]+")
_BARE = re.compile(r"\w(?:.*[\w.?!…])?", re.DOTALL)
_FILLED = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_CLOSING = ".)]”\"’'»"  # belong to the word before them
_LAYOUT = frozenset(  # evidence that is sure of a content's extent
    ["block-quotation", "dash-attribution", "interview", "transcript"]
)
_UNSOURCED = 0.95  # chance that a turn of conversation without a source has none: corpora/dev
_SMALL = 0.5  # share of a quotation that something inside it may take up and be its child


class CombinedDetector:
    """Runs a trained tagger and adds direct quotations that rules find beside it.

    Args:
        tagger: The trained tagger.
        rules: The rules; they also tell conversation from news, and both from boilerplate.
        nested: Whether to look for attributions inside the contents of others ("“She told me to
            wait,” he said" holds hers inside his); without it, only the outermost are returned.
    """

    def __init__(
        self, tagger: TaggerDetector, rules: RuleDetector, *, nested: bool = False
    ) -> None:
        self._tagger = tagger
        self._rules = rules
        self._nested = nested

    @property
    def name(self) -> str:
        """Names and versions of both."""
        return f"{self._tagger.name}+{self._rules.name}{'+nested' if self._nested else ''}"

    def __repr__(self) -> str:
        return f"CombinedDetector({self.name!r})"

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
        reading = self._rules.read(text, quotations)
        tagged = trimmed(text, tagged, (*reading.boilerplate, *_addresses(text)))
        tagged = completed(text, tagged, quotations)
        tagged = without_clause(text, tagged, quotations)
        items = combine(tagged, reading.attributions, dialogue=reading.dialogue)
        if self._nested:
            items = self._with_nested(text, items)
        else:
            items = [item for item in items if item.parent is None]
        if reading.dialogue:
            return items
        items = with_buried(text, sentences, mended_sources(text, sentences, items))
        return with_subjects(text, sentences, items)

    def _with_nested(self, text: str, items: list[Attribution]) -> list[Attribution]:
        """Add the attributions inside the contents of others."""
        places = [
            (number, region)
            for number, item in enumerate(items)
            if item.parent is None
            for region in inner_regions(text, item.content)
        ]
        inner = self._tagger.detect_inside(text, [region for _, region in places])
        pairs = zip(places, inner, strict=True)
        return with_inner(items, [(outer, item) for (outer, _), part in pairs for item in part])


def combine(
    tagged: Sequence[Attribution], ruled: Sequence[Attribution], *, dialogue: bool = False
) -> list[Attribution]:
    """Return one list of attributions of which no two cross.

    An attribution of the tagger that lies wholly inside a quotation of the rules becomes its child.

    Args:
        tagged: What the tagger found.
        ruled: What the rules found.
        dialogue: Whether the text is a conversation, in which the rules' direct quotations stand.
    """
    near = _Neighbours(tagged)
    kept = dict(enumerate(_with_addressees(tagged, ruled)))
    added: list[Attribution] = []
    parents: dict[int, int] = {}
    for item in ruled:
        if item.kind is not QuoteKind.DIRECT:
            continue
        touching = [n for n in near.of(item) if n in kept and _touches(kept[n], item)]
        children = [n for n in touching if _lies_inside(kept[n], item)]
        rivals = [n for n in touching if n not in children]
        if rivals and not dialogue and _LAYOUT.isdisjoint(item.evidence):
            continue
        whole = _linked(item, [kept.pop(n) for n in rivals], dialogue)
        parents.update(dict.fromkeys(children, len(added)))
        added.append(evolve(whole, parent=None))
    return _in_order(kept, added, parents)


def trimmed(text: str, tagged: Sequence[Attribution], unsaid: Sequence[Span]) -> list[Attribution]:
    """Take datelines and other boilerplate out of contents, and marks off the ends of sources.

    Args:
        text: The document's text.
        tagged: What the tagger found.
        unsaid: What the publication says for itself, and addresses of pages; a content that holds
            nothing else goes.
    """
    kept = []
    unsaid = sorted(unsaid)
    for item in tagged:
        content = [piece for span in item.content for piece in _outside(text, span, unsaid)]
        if content:
            source = [_bare(text, span) for span in item.source]
            kept.append(evolve(item, content=tuple(content), source=tuple(source)))
    return kept


def _addresses(text: str) -> list[Span]:
    """Return the addresses of pages in a text ("https://arvelo.com/mayor-says-bridge-is-safe")."""
    return [Span(*match.span()) for match in _ADDRESS.finditer(text)]


def _outside(text: str, span: Span, unsaid: Sequence[Span]) -> list[Span]:
    """Return what is left of a span outside some others, without blanks at its ends."""
    pieces, start = [], span.start
    for other in unsaid:
        if other.overlaps(span):
            pieces.append((start, max(start, other.start)))
            start = max(start, other.end)
    pieces.append((start, span.end))
    if len(pieces) == 1:
        return [span]
    found = (_FILLED.search(text, *piece) for piece in pieces)
    return [Span(*match.span()) for match in found if match is not None]


def _bare(text: str, span: Span) -> Span:
    """Return a source without the comma or dash after it; all of it if nothing else is there."""
    match = _BARE.search(text, span.start, span.end)
    end = match.end() if match else span.end
    while end < span.end and text[end] in _CLOSING:
        end += 1
    return Span(span.start, end)


def with_inner(
    items: Sequence[Attribution], inner: Sequence[tuple[int, Attribution]]
) -> list[Attribution]:
    """Add attributions found inside the contents of others, where none stands yet.

    Args:
        items: Attributions in text order.
        inner: Attributions, each with the index of the one it stands inside.
    """
    taken: dict[int, list[Span]] = {}
    for item in items:
        if item.parent is not None:
            taken.setdefault(item.parent, []).extend((*item.content, *item.cue))
    kept = dict(enumerate(items))
    parents = {n: item.parent for n, item in kept.items() if item.parent is not None}
    for outer, item in inner:
        others = taken.get(outer, [])
        if any(one.overlaps(other) for one in (*item.content, *item.cue) for other in others):
            continue
        parents[len(kept)] = outer
        kept[len(kept)] = item
    return _numbered(list(kept.values()), parents)


def inner_regions(text: str, content: Sequence[Span]) -> list[Span]:
    """Return the parts of a content in which others may stand, without the marks around them.

    Args:
        text: The document's text.
        content: Spans of the content.
    """
    bare = (_BARE.search(text, span.start, span.end) for span in content)
    return [
        Span(*found.span())
        for found in bare
        if found is not None and len(found.group().split()) >= _LEAST_WORDS
    ]


def _in_order(
    kept: dict[int, Attribution], added: Sequence[Attribution], parents: dict[int, int]
) -> list[Attribution]:
    """Sort attributions by their place, outer ones first, and number their parents anew."""
    inside = {len(added) + at: parents[n] for at, n in enumerate(kept) if n in parents}
    return _numbered([*added, *kept.values()], inside)


def _numbered(items: Sequence[Attribution], parents: Mapping[int, int]) -> list[Attribution]:
    """Sort attributions, each with the index of its parent where it has one."""
    order = sorted(range(len(items)), key=lambda number: _place(items[number]))
    place = {old: new for new, old in enumerate(order)}
    return [
        evolve(items[old], parent=place[parents[old]] if old in parents else None) for old in order
    ]


def _place(item: Attribution) -> tuple[int, int]:
    """Sort outer attributions before inner ones that begin with them."""
    return item.content[0].start, -item.content[-1].end


def _with_addressees(
    tagged: Sequence[Attribution], ruled: Sequence[Attribution]
) -> list[Attribution]:
    """Take over whom something is said to from the rules' reading of the same cue."""
    told = {span.start: item.addressee for item in ruled for span in item.cue if item.addressee}
    result = []
    for item in tagged:
        addressee = next((told[span.start] for span in item.cue if span.start in told), None)
        if addressee and not any(addressee.overlaps(span) for span in _pieces(item)):
            item = evolve(item, addressee=addressee)  # noqa: PLW2901
        result.append(item)
    return result


def _linked(item: Attribution, rivals: Sequence[Attribution], dialogue: bool) -> Attribution:
    """Give a quotation the cue and source of the tagger's, where it has none of its own."""
    if item.source:
        return item
    if not rivals:
        return evolve(item, source_confidence=_UNSOURCED) if dialogue else item
    other = max(rivals, key=lambda rival: shared_length(rival.content, item.content))
    if any(piece.overlaps(span) for piece in (*other.cue, *other.source) for span in item.content):
        return item
    return evolve(
        other,
        content=item.content,
        kind=item.kind,
        content_confidence=max(item.content_confidence, other.content_confidence),
        evidence=(*other.evidence, *item.evidence),
    )


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


def _pieces(item: Attribution) -> tuple[Span, ...]:
    return (*item.content, *item.cue, *item.source)


def _touches(item: Attribution, outer: Attribution) -> bool:
    """Say whether content or cue of one overlap the content of another."""
    return any(one.overlaps(span) for one in (*item.content, *item.cue) for span in outer.content)


def _lies_inside(item: Attribution, outer: Attribution) -> bool:
    """Say whether an attribution lies wholly inside another's content: its cue, or a small one."""
    within = all(any(span.covers(piece) for span in outer.content) for piece in _pieces(item))
    small = sum(map(len, item.content)) < _SMALL * sum(map(len, outer.content))
    return within and (bool(item.cue) or small)
