"""Who is described first and named behind: in the next words, or below the first lines.

News often opens with "A company executive said so" and tells only in the next paragraph that this
is Ana Ruiz: there she is named for the first time, as the source of what is said.
"""

from __future__ import annotations

from attrs import evolve

from quotecraft.model import SpeakerKind
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.person_nouns import is_anybody
from quotecraft.speakers.units import Unit

__all__ = ["announced", "named_behind", "named_later"]

_OPENING = 90  # words in which a description is in the first lines
_REACH = 150  # words behind it in which the name follows
_NEXT = 60  # the same below the first lines, for somebody whose role nothing else tells
_RANKED = word_set("senior top leading prominent veteran local key high-ranking well-known noted")
_CLOSING = (".", ",", ";", ":", ")", "(", "\n")
_KINDS = {
    SpeakerKind.PERSON: NameKind.PERSON,
    SpeakerKind.ORGANIZATION: NameKind.ORGANIZATION,
}


def named_behind(links: Links, source: SourceMention) -> Entity | None:
    """Return who is named right behind a description ("said the trade body, the ATO.").

    Args:
        links: The document's links.
        source: The description.
    """
    words, index = links.index.words, links.index
    last = words.at(source.span.end) - 1
    kind = _KINDS.get(source.what)
    if kind is None or source.plural or not source.definite or words.gap(last) != ", ":
        return None
    first = last + 1 + (words.lower[last + 1 : last + 2] == ["the"])
    for place in index.within(first, first):
        name, owner = index.mentions[place], links.owners[place]
        closed = words.gap(name.last).startswith(_CLOSING) or name.last + 1 == len(words)
        whole = len(name.core) > 1 or kind is NameKind.ORGANIZATION
        if owner is not None and owner.kind is kind and closed and whole:
            return owner
    return None


def announced(links: Links, unit: Unit, source: SourceMention) -> Entity | None:
    """Return the one person, first named behind the first lines, whose role these tell of.

    "A judge ordered it" in the first lines is about the one whom the article calls judge.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The description.
    """
    lead = links.index.words.at(source.span.start) <= _OPENING
    single = source.what is SpeakerKind.PERSON and not source.plural and source.owner is None
    if not (lead and single and source.text.lower().startswith(("a ", "an "))) or unit.nested:
        return None
    if is_anybody(source.head or ""):
        return None
    plain = source.modifiers - _RANKED
    owner = links.descriptions.bearer(evolve(source, definite=True, modifiers=plain))
    if owner is None or owner.first < source.span.end or links.descriptions.rivals(source):
        return None
    return owner


def named_later(links: Links, unit: Unit, source: SourceMention) -> Entity | None:
    """Return the person who is described in the first lines and named as a source soon after.

    Args:
        links: The document's links, those by name made.
        unit: The quotation.
        source: The description.
    """
    words = links.index.words
    word = words.at(source.span.start)
    single = source.what is SpeakerKind.PERSON and not source.plural
    if not single or unit.nested or source.owner_pronoun is not None or source.head == "source":
        return None
    lead = word <= _OPENING and source.owner is None
    if not lead and is_anybody(source.head or ""):
        return None
    head = words.at(source.span.end)
    sources = links.named_sources()
    for place in links.index.within(0 if lead else head, head + (_REACH if lead else _NEXT)):
        name, owner = links.index.mentions[place], links.owners[place]
        if owner is None or owner.kind is not NameKind.PERSON or name.quoted:
            continue
        if place not in sources:
            continue
        first = owner.mentions[0] == place and name.first > head and len(name.core) > 1
        gender = owner.votes.likely()
        fits = gender is None or source.gender in (None, gender)
        return owner if first and fits and (lead or not owner.roles) else None
    return None
