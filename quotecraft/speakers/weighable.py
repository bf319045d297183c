"""Which descriptions in news are weighed against everybody named, and by which model."""

from __future__ import annotations

from quotecraft.model import SpeakerKind
from quotecraft.speakers.lexicon import fields, lexicon, singular, word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.person_nouns import is_human

__all__ = ["DETERMINERS", "may_weigh", "situation_of"]

_OPENING = word_set("one another some a an")
_HIDDEN = word_set("unnamed anonymous unidentified other same")
DETERMINERS = word_set("the this that a an his her its their our my")
"""What opens a description, unlike a name or a headline."""


def situation_of(source: SourceMention) -> str:
    """Return which model ranks whom a description may mean.

    Args:
        source: The description.
    """
    person = source.what is SpeakerKind.PERSON or is_human(source.head)
    return "referent:person" if person else "referent:body"


def may_weigh(links: Links, source: SourceMention) -> bool:
    """Say whether a description is one that the models know: definite, of one person or body.

    Args:
        links: The document's links.
        source: The description.
    """
    if links.conversation or source.plural or not source.definite or source.head is None:
        return False
    if links.index.words.quoted_at(source.span.start) or source.owner_pronoun is not None:
        return False
    opening = source.text.split()[0].lower()
    if opening in _OPENING or opening in lexicon().demonyms or source.modifiers & _HIDDEN:
        return False
    if source.head in ("latter", "former"):
        return False
    known = lexicon().is_person_noun(source.head) or source.head in lexicon().titles
    if opening not in DETERMINERS and not known and source.text.split()[0][0].isupper():
        return False  # a name that nothing shows to be one
    if source.what is SpeakerKind.PERSON:  # "the shelter" is none
        return known or is_human(source.head) or bool(fields(singular(source.head)))
    return source.what is SpeakerKind.ORGANIZATION or is_human(source.head)
