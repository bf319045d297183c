"""Our own texts as training articles: kinds of text and of speech that the corpora lack.

Records of ``quotecraft/1``, as ``corpora/train.jsonl`` holds them. The attributions that stand
inside others are taught as at run time, where the content around them is read as a text of its
own (``TaggerDetector.detect_inside``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from quotecraft.detect.combined import inner_regions
from quotecraft.errors import InputError
from quotecraft.formats.jsonl import read_jsonl
from quotecraft.model import Document, Quote, Span
from quotecraft.training.tagger.data import Article, Relation, Spans

__all__ = ["load_own"]


def load_own(path: Path, *, inner: bool = True) -> list[Article]:
    """Read texts with their attributions.

    Args:
        path: A JSON Lines file of records with texts.
        inner: Whether to add the contents of attributions as articles, with what stands inside.

    Raises:
        InputError: If the file is missing or empty.
        FormatError: If a record is malformed.
    """
    articles: list[Article] = []
    for document in read_jsonl(path):
        relations = tuple(_relation(q, 0) for q in document.quotes if q.parent is None)
        articles.append(Article(document.id, document.text, (relations,)))
        if inner:
            articles += _inner(document)
    if not articles:
        raise InputError(f"{path} holds no text: give records of quotecraft/1, one a line")
    return articles


def _inner(document: Document) -> Iterator[Article]:
    for quote in document.quotes:
        if quote.parent is None:
            children = [child for child in document.quotes if child.parent == quote.id]
            for region in inner_regions(document.text, quote.content):
                relations = _inside(region, children)
                name = f"{document.id}-{region.start}"
                yield Article(name, region.of(document.text), (relations,))


def _inside(region: Span, quotes: Sequence[Quote]) -> tuple[Relation, ...]:
    return tuple(
        _relation(quote, -region.start)
        for quote in quotes
        if all(
            region.start <= span.start and span.end <= region.end
            for span in (*quote.content, *quote.cue, *quote.source)
        )
    )


def _relation(quote: Quote, by: int) -> Relation:
    def pairs(spans: Sequence[Span]) -> Spans:
        return tuple((span.start + by, span.end + by) for span in spans)

    return Relation(pairs(quote.cue), pairs(quote.content), pairs(quote.source))
