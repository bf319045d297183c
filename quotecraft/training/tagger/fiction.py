"""Novels as training texts: where dialogue is cued, and by which words.

PDNC gives every quotation of a novel and, where the narration names its speaker, the referring
expression ("replied Sir Walter"). Its verb is taken as the cue and its subject as the source; a
quotation without one is content without a cue. Reported speech and thoughts are not labelled in
PDNC, so the articles are marked as partial and nothing is learnt of the words that could cue one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from attrs import frozen

from quotecraft.detect.cues import PartOfSpeech, lookup
from quotecraft.detect.words import Atom, closed_class, is_adverb, words_of
from quotecraft.formats.pdnc import read_pdnc
from quotecraft.model import Document, Quote, Span
from quotecraft.text.marks import MARKS
from quotecraft.text.pairing import pair_marks
from quotecraft.text.paragraphs import paragraphs
from quotecraft.training.tagger.data import Article, Relation, Spans

__all__ = ["find_reporting", "load_pdnc"]

EXCERPT: Final = 5000
"""Characters of an excerpt, about; it ends where a paragraph does."""

_REACH: Final = 240  # characters around a quotation in which its referring expression must stand
_LONGEST: Final = 6  # words of a source; longer referring expressions tell more than who speaks


def load_pdnc(folder: Path) -> list[Article]:
    """Read the PDNC novels that are not held out, cut into excerpts.

    Args:
        folder: The corpus folder.

    Raises:
        InputError: If the folder holds no novel.
        FormatError: If a file of one can't be read.
    """
    return [excerpt for novel in read_pdnc(folder) for excerpt in _excerpts(novel)]


def _excerpts(novel: Document) -> Iterator[Article]:
    text = novel.text
    marked = [span for quotation in pair_marks(text) for span in quotation.spans]
    relations = [_relation(text, quote, marked) for quote in novel.quotes]
    for number, (start, end) in enumerate(_cuts(text)):
        inside = [
            _moved(relation, -start)
            for relation in relations
            if all(start <= low and high <= end for low, high in _pieces(relation))
        ]
        if inside:
            name = f"{novel.id}-{number}"
            yield Article(name, text[start:end], (tuple(inside),), partial=True)


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for block in paragraphs(text):
        if block.end - start >= EXCERPT:
            yield start, block.end
            start = block.end
    if start < len(text):
        yield start, len(text)


def _pieces(relation: Relation) -> Spans:
    return (*relation.cue, *relation.content, *relation.source)


def _moved(relation: Relation, by: int) -> Relation:
    def move(spans: Spans) -> Spans:
        return tuple((start + by, end + by) for start, end in spans)

    return Relation(move(relation.cue), move(relation.content), move(relation.source))


def _relation(text: str, quote: Quote, marked: Sequence[Span]) -> Relation:
    content = tuple(_with_marks(text, span) for span in quote.content)
    expression = quote.extra.get("referring_expression")
    place = _find(text, str(expression), quote.content) if expression else None
    found = find_reporting(text, place) if place else None
    if found is None or any(found.touches(span) for span in marked if place and _near(span, place)):
        return Relation((), content)
    cue, source = found.cue, found.source
    return Relation(((cue.start, cue.end),), content, ((source.start, source.end),))


def _with_marks(text: str, span: Span) -> tuple[int, int]:
    """Take in the quotation marks around a span, which PDNC leaves out."""
    before = span.start > 0 and text[span.start - 1] in MARKS
    after = span.end < len(text) and text[span.end] in MARKS
    return span.start - before, span.end + after


def _near(span: Span, place: Span) -> bool:
    return span.start < place.end and place.start < span.end


def _find(text: str, expression: str, content: Sequence[Span]) -> Span | None:
    """Return the place of a referring expression nearest to its quotation."""
    pattern = r"\s+".join(map(re.escape, expression.split()))
    if not pattern:
        return None
    low = max(0, content[0].start - _REACH)
    high = content[-1].end + _REACH
    places = [Span(*match.span()) for match in re.finditer(pattern, text[low:high])]
    places = [Span(place.start + low, place.end + low) for place in places]
    free = [p for p in places if not any(p.overlaps(span) for span in content)]
    if not free:
        return None
    return min(free, key=lambda p: min(_distance(p, span) for span in content))


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


@frozen
class Reporting:
    """A reporting clause.

    Attributes:
        cue: Its verb.
        source: Its subject.
    """

    cue: Span
    source: Span

    def touches(self, span: Span) -> bool:
        """Say whether a span overlaps its cue or source."""
        return span.overlaps(self.cue) or span.overlaps(self.source)


def find_reporting(text: str, place: Span) -> Reporting | None:
    """Return cue and source of a short reporting clause; ``None`` when it is not that plain.

    Args:
        text: The text.
        place: Where the clause stands.
    """
    atoms = list(words_of(text, place.start, place.end))
    lows = [atom.low for atom in atoms]
    verb = next(((at, size) for at in range(len(atoms)) if (size := _verb_size(lows, at))), None)
    if verb is None:
        return None
    at, size = verb
    subject = _trimmed(atoms[:at]) or _trimmed(_until_mark(atoms[at + size :]))
    if not subject or len(subject) > _LONGEST or not all(atom.word for atom in subject):
        return None
    source = Span(subject[0].start, subject[-1].end)
    return Reporting(Span(atoms[at].start, atoms[at + size - 1].end), source)


def _verb_size(lows: Sequence[str], at: int) -> int:
    """Return how many words the longest cue verb that begins at a word has; 0 without one."""
    sizes = [len(form.words) for form in lookup(lows, at) if form.cue.pos is PartOfSpeech.VERB]
    return max(sizes, default=0)


def _until_mark(atoms: Sequence[Atom]) -> list[Atom]:
    for at, atom in enumerate(atoms):
        if not atom.word and atom.low != ".":
            return list(atoms[:at])
    return list(atoms)


def _trimmed(atoms: Sequence[Atom]) -> list[Atom]:
    """Leave out auxiliaries, adverbs and marks on both sides of a noun phrase."""
    kept = list(atoms)

    def idle(atom: Atom) -> bool:
        return (
            not atom.word
            or atom.low in closed_class("auxiliary")
            or atom.low in closed_class("conjunction")
            or (is_adverb(atom.low) and not atom.cap)
        )

    while kept and idle(kept[-1]):
        kept.pop()
    while kept and idle(kept[0]) and kept[0].low != "a":
        kept.pop(0)
    return kept
