"""Sources that stand for nobody in particular, so that a quotation has no speaker."""

from __future__ import annotations

from quotecraft.model import MentionKind
from quotecraft.speakers.lexicon import word_set
from quotecraft.speakers.mentions import SourceMention

__all__ = ["is_generic"]

_ALONE = word_set("nobody none anyone anybody everyone everybody everything anything whoever")
_ALL = word_set("everyone everybody")
_OPENING = word_set("any no every each either neither whichever whatever")


def is_generic(source: SourceMention, *, factual: bool = False) -> bool:
    """Say whether a source means all or none, and so nobody: "nobody", "any passenger".

    "Someone" and "a neighbour" are somebody, whom the text doesn't name, and so, in news, is
    "everyone": those of whom it tells.

    Args:
        source: The source, read.
        factual: Whether it stands in news.
    """
    if source.kind is MentionKind.NAME or source.parts:
        return False
    words = source.text.lower().split()
    if factual and words and words[0] in _ALL:
        return False
    return bool(words) and (words[0] in _ALONE or words[0] in _OPENING)
