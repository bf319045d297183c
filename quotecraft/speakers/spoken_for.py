"""Whose words "the union's statement" and "Lumora authorities" are: the body's or person's named.

A body's authorities and its management are the body, as far as they speak, but not its members or
officials, who are people of their own.
"""

from __future__ import annotations

from quotecraft.model import Span, SpeakerKind
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention, read_source
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.words import POSSESSIVE

__all__ = ["spoken_for"]

_HEADS = word_set("authorities management")  # of a body
# What says something and is whose it is, beside documents.
_SAYINGS = word_set(
    "statement statements remarks comments comment words response reply answer claim claims demand "
    "demands suit lawsuit complaint letter tweet post message speech address testimony estimate "
    "estimates estimations calculation calculations forecast forecasts projection projections "
    "findings research proposal counterproposal decision analysis data figures regulations"
)
_KINDS = (NameKind.PERSON, NameKind.ORGANIZATION, NameKind.PLACE)


def spoken_for(links: Links, source: SourceMention) -> Entity | None:
    """Return the one named whose words a description is, or whose head it is.

    Args:
        links: The document's links.
        source: The description.
    """
    if source.head_word is None or source.owner_pronoun is not None:
        return None
    words = links.index.words
    first, head = words.at(source.span.start), source.head_word
    noun = words.lower[head]
    first += words.lower[first] == "the"
    if noun not in _HEADS | _SAYINGS or first >= head:
        return None
    for place in links.index.within(first, first):
        name, owner = links.index.mentions[place], links.owners[place]
        if owner is None or name.first != first or owner.kind not in _KINDS:
            return None
        if noun in _SAYINGS:
            whole = words.has(name.last, POSSESSIVE) and not name.quoted
            return owner if whole and source.owner == place else None
        closed = name.last + 1 + (")" in words.gap(head - 1)) == head
        return owner if closed and owner.kind is NameKind.ORGANIZATION else None
    return _managed(links, source) if noun == "management" else None


def _managed(links: Links, source: SourceMention) -> Entity | None:
    """Return the body that "the airline's management" takes up."""
    words, head = links.index.words, source.head_word
    if head is None or not words.has(head - 1, POSSESSIVE):
        return None
    first = words.at(source.span.start)
    body = read_source(links.index, Span(words.starts[first], words.ends[head - 1]))
    if body is None or body.what is not SpeakerKind.ORGANIZATION or body.name is not None:
        return None
    return links.descriptions.body(body, first)
