"""quotecraft inside a Stanza pipeline of your own.

Importing this module gives Stanza a processor ``quotes`` and a tokenizer variant ``quotecraft``:

    import stanza
    import quotecraft.stanza_plugin

    nlp = stanza.Pipeline("en", processors="tokenize,quotes")
    doc = nlp("“We are ready,” Ana Ruiz said.")
    doc.quotes      # quotecraft.Quote objects; their spans are offsets into doc.text
    doc.speakers    # quotecraft.Speaker objects

The processor reads the sentences that your pipeline found. Options: ``quotes_model`` (default
``"en"``) and ``quotes_min_confidence`` (default 0), given to ``stanza.Pipeline``.

``processors={"tokenize": "quotecraft", …}`` takes our tokenizer in place of Stanza's. It marks no
multi-word tokens, so don't use it before ``mwt``, ``pos`` or ``depparse``.

Stanza's ``Document.to_serialized`` and ``to_dict`` leave the quotes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quotecraft.model import Document, Sentence
from quotecraft.parse.stanza_backend import (
    register_quotes_processor,
    register_tokenizer_variant,
)

if TYPE_CHECKING:
    from quotecraft.pipeline import Pipeline

__all__: list[str] = []


@lru_cache(maxsize=2)
def _pipeline(model: str, min_confidence: float) -> Pipeline:
    from quotecraft.pipeline import load

    return load(model, min_confidence=min_confidence)


def _annotate(text: str, sentences: Sequence[Sentence], options: Mapping[str, Any]) -> Document:
    pipe = _pipeline(options.get("model", "en"), float(options.get("min_confidence", 0.0)))
    return pipe.annotate(text, sentences)


register_quotes_processor(_annotate)
register_tokenizer_variant()
