"""Sources that were taken for a part of the content, taken out of it.

Where a source stands amid what is said, the network can miss it: the agent behind what is said of
somebody ("was named the winner by the jury"), who says it between two commas ("The town, said the
mayor, will grow"), "which according to her is dear", "as he likes to be called".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from attrs import evolve

from quotecraft.detect.interfaces import Attribution
from quotecraft.detect.narration import Line
from quotecraft.detect.phrases import phrase_after
from quotecraft.detect.sentenced import GRAMMAR_SURE, cue_start, in_sentences
from quotecraft.detect.words import closed_class, words_of
from quotecraft.model import Sentence, Span

__all__ = ["with_buried"]

_REACH = 160  # characters behind a cue that are read
_PRONOUN = 6  # characters, its blanks too
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be)(?: \w+){0,2}"
    r" (?:\w+(?:ed|wn|en)|told|said|found|held|put|seen)\b[\w ]*$"
)
_CALLED = re.compile(
    r"(?:\w+ )?(?:deemed|designated|named|called|declared|dubbed|termed|labell?ed)"
)
# Up to ten words that hold no clause, then the agent: "guilty by Judge Ruiz".
_AGENT = re.compile(
    r"(?!\s*(?:to (?!the|an?|his|her|its|their|him|them|some|two|[A-Z])|that|if|whether|how)\b)"
    r"(?:[ ,]+[^\s,;:.()–—]+){1,10}? (?:even )?by "
    r"(?=(?:the|an?|some|many|several)\b|[A-Z])"
)
_NEXT = re.compile(r",? and an? ")  # begins a clause rather than a second agent
_ENDED = re.compile(
    r"(?:ed|en|wn|ing|ly|made|held|led|run|sent|put|set|built|sold|won|[bt]r?ought|day|but)$"
)
_SAYING = frozenset(
    [
        *("said", "says", "stated", "noted", "added", "explained", "stressed", "argued", "claimed"),
        *("pointed out", "recalled", "insisted", "affirmed", "indicated", "announced", "observed"),
    ]
)
_INVERTED = re.compile(
    r" ((?:the|an?|he|she|they|[A-Z][\w.’'-]*)(?: [\w.’'-]+){0,6}),"
    r" (?:will|would|is|are|was|were|has|have|had|can|could|may|might|must|should|does|did)\b"
)
_QUOTES = re.compile(r"(?:quot|cit)(?:ed|es?|ing)", re.IGNORECASE)
# "The agency quoted Ruiz as saying": whom it quotes.
_AS_SAYING = re.compile(
    r"\s+((?!by\b)(?:[^\s,;:()“”\"]+ ){1,10}?)as (?:saying|telling|stating|warning|adding)\b"
)
_SUBJECT = re.compile(r"\b(?:he|she|they|we|I)(?= $)")
_FILLED = re.compile(r"[^\s,;](?:.*[^\s,;])?", re.DOTALL)
_SEEMING = re.compile(r"(?:\w+ )?(?:seem|appear|look|sound)(?:s|ed)?\b")
_OWNER = re.compile(r"(?:[\w.-]+ ){0,3}[\w.-]+['’]s?")


def with_buried(
    text: str, sentences: Sequence[Sentence], found: Sequence[Attribution]
) -> list[Attribution]:
    """Give attributions the source that stands in their content.

    Args:
        text: The document's text.
        sentences: Its sentences, in order.
        found: Attributions of the text.
    """

    def mend(sentence: Span, item: Attribution) -> Attribution:
        end = min(sentence.end, item.cue[-1].end + _REACH)
        source = _buried(text, item, end)
        return _quoted(text, item, end) if source is None else _freed(text, item, source)

    return in_sentences(sentences, found, cue_start, mend)


def _buried(text: str, item: Attribution, end: int) -> Span | None:
    """Return the source of an attribution that stands amid its content, if it is clear."""
    cue = " ".join(text[item.cue[0].start : item.cue[-1].end].lower().split())
    if item.source:
        return _inverted(text, item, cue)
    if cue == "according to":
        return _phrase(text, item.cue[-1].end, end)
    return _before(text, item, cue) or _agent(text, item, cue, end)


def _quoted(text: str, item: Attribution, end: int) -> Attribution:
    """Return an attribution whose source quotes somebody with the one quoted for a source."""
    found = _AS_SAYING.match(text, item.cue[-1].end, end)
    if found is None or not item.source or item.source[-1].end + 1 != item.cue[0].start:
        return item
    whom = Span(found.start(1), found.end(1) - 1)
    quotes = _QUOTES.fullmatch(text, item.cue[0].start, item.cue[-1].end)
    if not quotes or any(whom.overlaps(span) for span in item.content):
        return item
    return evolve(item, source=(whom,), source_confidence=GRAMMAR_SURE)


def _inverted(text: str, item: Attribution, cue: str) -> Span | None:
    """Return the source between two commas in "The town, said the mayor, will grow"."""
    between = text[item.source[-1].end : item.cue[0].start]
    if cue not in _SAYING or between.strip() != "," or "," in item.source[-1].of(text):
        return None
    found = _INVERTED.match(text, item.cue[-1].end)
    return None if found is None else Span(*found.span(1))


def _before(text: str, item: Attribution, cue: str) -> Span | None:
    """Return the pronoun or possessor right before a cue that is no passive."""
    at = item.cue[0].start
    piece = next((span for span in item.content if span.end == at - 1), None)
    if piece is None:
        return None
    found = _OWNER.fullmatch(text, piece.start, piece.end)
    if found is None and not _PASSIVE.search(cue) and not _SEEMING.match(cue):
        found = _SUBJECT.search(text, max(piece.start, at - _PRONOUN), at)
    return None if found is None else Span(*found.span())


def _agent(text: str, item: Attribution, cue: str, end: int) -> Span | None:
    """Return the agent of a passive behind what is said of its subject."""
    if _PASSIVE.search(cue) is None and _CALLED.fullmatch(cue) is None:
        return None
    if cue.endswith(" by"):  # "is often taken by"
        return _phrase(text, item.cue[-1].end + 1, end)
    found = _AGENT.match(text, item.cue[-1].end, end)
    if found is None or _ENDED.search(found.group().replace(" even by", " by").split()[-2]):
        return None
    phrase = _phrase(text, found.end(), end)
    other = _NEXT.search(text, phrase.start, phrase.end) if phrase is not None else None
    return phrase if phrase is None or other is None else Span(phrase.start, other.start())


def _phrase(text: str, start: int, end: int) -> Span | None:
    """Return the noun phrase or pronoun that begins at a place."""
    atoms = list(
        words_of(text, max(0, start - 12, text.rfind(" ", max(0, start - 12), start - 1) + 1), end)
    )
    line = Line(atoms, [atom.low for atom in atoms])
    first = bisect_left(atoms, start, key=lambda atom: atom.start)
    phrase = phrase_after(line, first, subject=False)
    if phrase is None or line.lows[phrase.last] in closed_class("time"):
        return None
    return line.span(phrase.first, phrase.last)


def _freed(text: str, item: Attribution, source: Span) -> Attribution:
    """Return an attribution with a source, its content without it and the "by" before it."""
    leads = ("even by ", "by ")
    lead = next((one for one in leads if text.endswith(f" {one}", 0, source.start)), "")
    start = source.start - len(lead)
    pieces = [
        (first, last)
        for span in (*item.source, *item.content)
        for first, last in (
            (span.start, min(span.end, start)),
            (max(span.start, source.end), span.end),
        )
        if first < last
    ]
    found = (_FILLED.search(text, first, last) for first, last in pieces)
    content = sorted(Span(*match.span()) for match in found if match is not None)
    if not content:
        return item
    return evolve(item, source=(source,), content=tuple(content), source_confidence=GRAMMAR_SURE)
