"""Pronouns inside somebody's words: who "I", "we", "you", "he" and "she" are there."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.model import SpeakerKind
from quotecraft.speakers.antecedents import BODIES, THINGS, is_thing
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.noun_chains import is_plural, unnamed
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import INITIAL

__all__ = ["cannot_be", "link_hearer", "link_inner"]

_SPEAKS_FOR = frozenset(("at", "from"))  # "At Ruiz & Co, we …", "we at Ruiz & Co"
_LIKE = frozenset(("like", "unlike"))
_ASIDE = 12  # words that "like" and what follows it may take before a pronoun


def link_inner(links: Links, unit: Unit, source: SourceMention) -> bool:
    """Link a pronoun inside somebody's words: "I" is who speaks them, "you" who hears them.

    "We" is, in news, whom its speaker speaks for, and so the speaker; in conversation only a body's
    or a group's. "He" and "she" are neither: the person named last in the same words is meant.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The pronoun.

    Returns:
        Whether the pronoun could be linked.
    """
    outer, entry = unit.outer, source.pronoun
    named = _bracketed(links, source)
    if named is not None:
        links.link(unit, named, "name:short", f"pronoun:{source.text}→{{}}")
        return True
    if outer is None or entry is None:
        return False
    if not links.index.words.quoted_at(source.span.start):
        return _link_reported(links, unit, outer, source)
    entity: Entity | None = None
    if entry.person == 1:
        alone = entry.plural and links.conversation and not _several(links, outer)
        entity = None if alone else outer.speaker
        entity = _writer(links, outer) or entity
        body = _body_of(links, outer, source) if entry.plural else None
        if body is not None:
            links.link(unit, body, "inner:named", f"pronoun:{source.text}→{{}}")
            return True
    elif entry.person == 2:
        entity = outer.addressee or _guest(links, unit)
    elif entry.gender is not None:
        entity = _named_inside(links, unit, outer, source)
        if entity is None:
            return False
    else:
        return False
    share = outer.confidence if entity is outer.speaker else 1.0
    pattern = "inner" if entry.person < 3 else "inner:named"
    links.link(unit, entity, pattern, f"pronoun:{source.text}→{{}}", share)
    return True


def _bracketed(links: Links, source: SourceMention) -> Entity | None:
    """Return who is named in brackets right behind a pronoun ("he (Ruiz) knew", "he [Ruiz]")."""
    index, words = links.index, links.index.words
    word = words.at(source.span.start)
    if words.gap(word) not in (" (", " ["):
        return None
    first = word + 1
    if first + 1 < len(words) and words.lower[first] == "the":
        first += 1
    return next((links.owners[place] for place in index.within(first, first)), None)


def _link_reported(links: Links, unit: Unit, outer: Unit, source: SourceMention) -> bool:
    """Link "she" in "Ruiz said she hoped so" to who says all of it, when nothing speaks against."""
    entity, entry = _writer(links, outer) or outer.speaker, source.pronoun
    if entity is None or entry is None or entry.base not in ("he", "she", "they", "it"):
        return False
    if (entry.base == "they") != (outer.source is not None and outer.source.plural):
        return False
    other = None if links.conversation else _subject_inside(links, unit, outer, source)
    if other is not None:
        links.link(unit, other, "inner:subject", f"pronoun:{source.text}→{{}}")
        return True
    body = entity.kind in BODIES or (outer.source is not None and outer.source.what in THINGS)
    if entry.gender is not None and outer.source is not None and is_thing(entity, outer.source):
        return False
    if (entry.base == "it") != body or entity.votes.likely() not in (None, entry.gender):
        return False
    links.link(unit, entity, "inner:same", f"pronoun:{source.text}→{{}}", outer.confidence)
    return True


def _subject_inside(links: Links, unit: Unit, outer: Unit, source: SourceMention) -> Entity | None:
    """Return the last person who is a subject between the one who says it and "he" or "she".

    "Ruiz said that Soto left as he feared …": in news nearly always Soto.
    """
    words = links.index.words
    first, last = words.at(outer.anchor) + 1, words.at(unit.anchor)
    if source.gender is None:
        return None
    for one in reversed(links.narration.between(first, last)):
        entity = one.entity
        fits = entity.votes.likely() in (None, source.gender) and entity is not outer.speaker
        if one.subject and fits and entity.names and entity.kind is NameKind.PERSON:
            return entity
    return None


def _writer(links: Links, unit: Unit) -> Entity | None:
    """Return whose words a document's are ("Ruiz's statement", "a letter from the Union")."""
    source, index = unit.source, links.index
    if source is None or source.what is not SpeakerKind.DOCUMENT:
        return None
    if source.owner is not None:
        return links.owners[source.owner]
    words = index.words
    for place in index.within(words.at(source.span.start), words.at(source.span.end) - 1):
        first = index.mentions[place].first
        before = words.lower[first - (2 if words.lower[first - 1] == "the" else 1)]
        if before in ("from", "by"):
            return links.owners[place]
    return None


def _several(links: Links, unit: Unit) -> bool:
    """Say whether who speaks a quotation can say "we" of themselves alone."""
    entity = unit.speaker
    return entity is not None and (id(entity) in links.members or entity.kind in BODIES)


def _named_inside(links: Links, unit: Unit, outer: Unit, source: SourceMention) -> Entity | None:
    """Return the person told of last before a pronoun in the words it stands in."""
    told: list[tuple[int, Entity]] = [
        (other.anchor, other.speaker)
        for other in links.inside(outer)
        if other.speaker is not None and other.anchor < unit.anchor
    ]
    index = links.index
    word = index.words.at(source.span.start)
    for place in index.within(index.words.at(outer.start), max(0, word - 1)):
        owner, start = links.owners[place], index.mentions[place].span.start
        if (
            owner is not None
            and owner.kind is NameKind.PERSON
            and not unit.start <= start < unit.end
        ):
            told.append((start, owner))
    hearers = (outer.speaker, outer.addressee, *outer.vocatives)
    for _, entity in sorted(told, key=lambda item: -item[0]):
        person = links.conversation or not is_plural(entity.description or "he")
        if person and entity not in hearers and entity.votes.likely() in (None, source.gender):
            return entity
    return None


def _body_of(links: Links, outer: Unit, source: SourceMention) -> Entity | None:
    """Return the body that a speaker's "we" is said to be ("At Sorra Bank, we …", "we at …").

    It is told once, before the pronoun in the same words, or right behind it.
    """
    if links.conversation:
        return None
    index, words = links.index, links.index.words
    word = words.at(source.span.start)
    for place in index.within(words.at(outer.start), word + 3):
        name, owner = index.mentions[place], links.owners[place]
        if owner is None or owner.kind not in (NameKind.ORGANIZATION, NameKind.UNKNOWN):
            continue
        first = name.first - (words.lower[name.first - 1] == "the")
        if first < 2 or words.lower[first - 1] not in _SPEAKS_FOR:
            continue
        behind = words.lower[name.last + 1 : name.last + 2]
        opens = words.has(first - 1, INITIAL) and behind in (["we"], ["our"])
        if (opens and words.gap(name.last).startswith(",")) or words.lower[first - 2] == "we":
            return owner
    return None


def link_hearer(links: Links, unit: Unit, source: SourceMention) -> None:
    """Link "you" outside quotation marks: the guest, in the questions of an interview in news.

    Elsewhere in news it is people without names, whom the author speaks of or to.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The pronoun.
    """
    guest = _guest(links, unit)
    code = f"pronoun:{source.text}"
    if guest is not None:
        links.link(unit, guest, "inner", code)
    elif links.conversation:
        links.link(unit, None, "unresolved", code)
    else:
        links.link(unit, unnamed(source), "pronoun:unnamed", code)


def _guest(links: Links, unit: Unit) -> Entity | None:
    """Return who is asked in an interview, if a quotation stands in a question of it."""
    talk = links.talk
    if talk is None or not talk.covers(unit.anchor):
        return None
    return talk.guest if talk.asks(unit.anchor) else None


def cannot_be(links: Links, unit: Unit, source: SourceMention) -> Sequence[Entity]:
    """Return whom "he" or "she" cannot stand for in news.

    Nobody calls themselves "he" in their own quoted words or in their answers in an interview, and
    "Like Ruiz, he …" compares two.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The pronoun.
    """
    words, found = links.index.words, []
    word = words.at(source.span.start)
    if words.quoted_at(source.span.start):
        outer = unit.outer
        while outer is not None:
            found.append(outer.speaker)
            outer = outer.outer
    talk = links.talk
    if talk is not None and talk.covers(unit.anchor) and not talk.asks(unit.anchor):
        found.append(talk.guest)
    for place in links.index.within(max(0, word - _ASIDE), word - 1):
        name = links.index.mentions[place]
        if words.sentence[name.first] == words.sentence[word] and name.last == word - 1:
            before = words.lower[max(0, name.first - 1)]
            if before in _LIKE and words.gap(name.last).startswith(","):
                found.append(links.owners[place])
    return [entity for entity in found if entity is not None]
