"""Block quotations: whole paragraphs without marks that the line before them introduces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import frozen

from quotecraft.detect.clause import Clause
from quotecraft.detect.clauses import find_clauses
from quotecraft.detect.narration import Line
from quotecraft.detect.words import QUOTED
from quotecraft.model import Level, Span

__all__ = ["Block", "find_block", "open_clause", "poser"]

_FIRST_PERSON = re.compile(r"\b(?:I|we|We|my|My|our|Our|me|us|I['’]\w+|[Ww]e['’]\w+)\b")
_COLON = re.compile(r":[\s—–-]*$")
_DOCUMENTS = re.compile(
    r"\b(?:statement|letter|note|message|e-?mail|tweet|post|telegram|reads?|read|wrote|writes|text"
    r"|memo|declaration|oath|resolution|follows|extract|passage|poem|inscription|remarks|comments"
    r"|speech|address|testimony)\b",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]['’\")\]]*$")
_LEAST_WORDS = 5
_MOST_PARAGRAPHS = 30


@frozen
class Block:
    """A block quotation.

    Attributes:
        spans: Its paragraphs.
        evidence: Code: ``block-quotation``.
    """

    spans: tuple[Span, ...]
    evidence: str = "block-quotation"


def find_block(
    text: str,
    paragraphs: Sequence[Span],
    number: int,
    clause: Clause | None,
    quoted: frozenset[int],
) -> Block | None:
    """Return the block quotation that a paragraph introduces, if it does.

    Args:
        text: The document's text.
        paragraphs: All its paragraphs.
        number: The paragraph that may introduce one.
        clause: The last cue clause of that paragraph which reports nothing yet.
        quoted: Numbers of the paragraphs that hold quotation marks or turns.
    """
    intro = paragraphs[number].of(text)
    if not _COLON.search(intro) or number + 1 >= len(paragraphs):
        return None
    if clause is None and not _DOCUMENTS.search(intro):
        return None
    spans: list[Span] = []
    for paragraph in paragraphs[number + 1 : number + 1 + _MOST_PARAGRAPHS]:
        at = number + 1 + len(spans)
        body = paragraph.of(text)
        if at in quoted or len(body.split()) < _LEAST_WORDS or not _END.search(body):
            break
        if spans and not _FIRST_PERSON.search(body):
            break
        if _COLON.search(body):
            break
        spans.append(paragraph)
    return Block(tuple(spans)) if spans else None


def open_clause(line: Line, clauses: Sequence[Clause], used: Sequence[Clause]) -> Clause | None:
    """Return the last clause of a line that can introduce a quotation and reports nothing yet.

    Args:
        line: The line.
        clauses: Its cue clauses.
        used: Those that report something already.
    """
    for clause in reversed(clauses):
        if clause in used:
            return None
        if clause.direct and clause.subject is not None and QUOTED not in line.lows[clause.last :]:
            return clause
    return None


def poser(line: Line) -> Clause | None:
    """Return the clause of a line that asks what follows to be its answer: "explained why …:".

    Args:
        line: A line that ends in a colon.
    """
    for clause in reversed(find_clauses(line)):
        spoken = clause.form.cue.level is Level.SPEECH and clause.subject is not None
        if spoken and clause.follows in ("what", "how", "why", "where"):
            return clause
    return None
