"""Invented articles with attributions, for the tests of the tagger's training."""

from __future__ import annotations

from collections.abc import Sequence

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
