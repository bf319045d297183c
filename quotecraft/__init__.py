"""quotecraft reads news and fiction and says who said what.

>>> import quotecraft
>>> pipe = quotecraft.load()
>>> document = pipe("“We are ready,” Ana Ruiz said.")
>>> [(quote.speaker_name, quote.text) for quote in document.quotes]
[('Ana Ruiz', '“We are ready,”')]

Importing it loads neither torch, stanza nor onnxruntime; ``load`` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotecraft import errors, model
from quotecraft.errors import QuotecraftError
from quotecraft.model import (
    Confidence,
    Document,
    Level,
    Mention,
    MentionKind,
    Quote,
    QuoteKind,
    Sentence,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Token,
)

if TYPE_CHECKING:
    from quotecraft.pipeline import Pipeline, load
    from quotecraft.store import Store

__version__ = "0.1.0"

__all__ = [
    "Confidence",
    "Document",
    "Level",
    "Mention",
    "MentionKind",
    "Pipeline",
    "Quote",
    "QuoteKind",
    "QuotecraftError",
    "Sentence",
    "Span",
    "Speaker",
    "SpeakerKind",
    "Stance",
    "Store",
    "Token",
    "__version__",
    "errors",
    "load",
    "model",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (module attributes have any type)
    if name in ("Pipeline", "load"):
        from quotecraft import pipeline

        return getattr(pipeline, name)
    if name == "Store":
        from quotecraft.store import Store

        return Store
    raise AttributeError(f"module 'quotecraft' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


def _render_html(value: object) -> str:
    from quotecraft.display import render_html

    return render_html(value)


model.use_html_renderer(_render_html)
