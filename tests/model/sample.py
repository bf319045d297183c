"""A small valid document for the tests of the model, and how to vary it."""

from typing import Any

from quotecraft.model import Document, Quote, Span, Speaker

TEXT = "“Yes,” Ana Ruiz told Tom. “No.”"
ANA = Speaker("s1", "Ana Ruiz", aliases=["Ruiz", "Ana"])
TOM = Speaker("s2", "Tom")


def quote(**changes: Any) -> Quote:
    """Return a valid quote, some of its attributes replaced."""
    values = {"id": "q1", "kind": "direct", "content": [Span(0, 6), Span(26, 31)], **changes}
    return Quote(**values)


def document(*quotes: Quote, **changes: Any) -> Document:
    """Return a valid document of some quotes."""
    return Document(
        **{"id": "d", "text": TEXT, "quotes": quotes, "speakers": [ANA, TOM], **changes}
    )
