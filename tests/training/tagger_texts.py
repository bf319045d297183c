"""Invented articles with attributions, for the tests of the tagger's training."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quotecraft.formats.jsonl import write_jsonl
from quotecraft.model import Document, Quote, Span
from quotecraft.training.tagger.data import Article, Relation

SENTENCES = (
    ("The mayor", "said", "the plan is dead"),
    ("She", "said", "“we lost”"),
    ("Zoë Ruiz", "told reporters", "that nobody came"),
)


def article(name: str, sentences: Sequence[tuple[str, str, str]] = SENTENCES) -> Article:
    """Return an article of one sentence a paragraph: source, cue, content."""
    text, relations = "", []
    for parts in sentences:
        spans = []
        for part in parts:
            spans.append((len(text), len(text) + len(part)))
            text += part + " "
        text = text[:-1] + ".\n\n"
        source, cue, content = spans
        relations.append(Relation((cue,), (content,), (source,)))
    return Article(name, text, (tuple(relations),))


ARTICLES = [article(f"a{number}", SENTENCES[number % 3 :] * 3) for number in range(6)]

NESTED = "“The vet swears it is so,” he said."


def write_own(path: Path) -> Path:
    """Write a record with an attribution inside another, and return its path."""
    outer = Quote("q1", "direct", (Span(0, 26),), cue=(Span(30, 34),), source=(Span(27, 29),))
    inner = Quote(
        "q2", "direct", (Span(16, 24),), cue=(Span(9, 15),), source=(Span(1, 8),), parent="q1"
    )
    write_jsonl([Document("t", NESTED, quotes=(outer, inner))], path)
    return path
