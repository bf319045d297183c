"""The data model: what a document says, who says it and where, as frozen attrs objects.

Offsets are Python ``str`` indices (Unicode code points), half-open, into ``Document.text`` exactly
as it was given. Nothing here knows of files, models or HTML.
"""

from __future__ import annotations

from quotecraft.model.document import Document, documents_of
from quotecraft.model.fields import use_html_renderer
from quotecraft.model.kinds import Level, MentionKind, QuoteKind, SpeakerKind, Stance
from quotecraft.model.quote import ELLIPSIS_JOIN, Confidence, Quote, QuoteId
from quotecraft.model.spans import Sentence, Span, Token
from quotecraft.model.speaker import Mention, Speaker, SpeakerId

__all__ = [
    "ELLIPSIS_JOIN",
    "Confidence",
    "Document",
    "Level",
    "Mention",
    "MentionKind",
    "Quote",
    "QuoteId",
    "QuoteKind",
    "Sentence",
    "Span",
    "Speaker",
    "SpeakerId",
    "SpeakerKind",
    "Stance",
    "Token",
    "documents_of",
    "use_html_renderer",
]
