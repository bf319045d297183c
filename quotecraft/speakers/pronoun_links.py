"""Pronouns that need no ranking: "who", "it" and "they", and those inside somebody's words."""

from __future__ import annotations

from quotecraft.model import Span, SpeakerKind
from quotecraft.speakers.antecedents import (
    BODIES,
    THINGS,
    described_before,
    fits_number,
    member_before,
)
from quotecraft.speakers.asked import asked_before
from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.noun_chains import is_plural
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import INITIAL

__all__ = ["link_body", "link_inner", "link_last", "link_relative", "may_be_one"]

_BODY_REACH = 300  # words back in which "it" and "they" look for a body or a group
_SENTENCES = 2  # the same in news, in sentences
_WHO_REACH = 12  # words back in which "who" looks for a name
_SURE = 0.93  # from which on who spoke last is as sure as when "he" was measured
_TOPIC = 80  # words in which "For Ruiz, …" tells who "he" is
_ASIDE = 4  # attributions back in which who spoke last may stand behind bodies and groups
_GOING_ON = 200  # words in which "he" goes on with who spoke last


def link_relative(links: Links, unit: Unit, source: SourceMention) -> None:
    """Link "who": the name or description right before it.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The pronoun.
    """
    word = links.index.words.at(source.span.start)
    near = links.narration.before(word, _WHO_REACH)
    head = described_before(links.index, word)
    named = near[0].entity if near else None
    if named is not None and named.kind in BODIES:
        head = member_before(links.index, word) or head
        named = None if head is not None else named
    if head is not None and head.plural:
        named = None
    if named is not None:
        links.link(unit, named, "relative", "relative:who→{}")
    elif head is not None:
        unit.source = head
        entity = links.descriptions.same_text(head)
        links.link(unit, entity, "description:text", "relative:who→{}")


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
    elif entry.person == 2:
        entity = outer.addressee
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
        if entity not in hearers and entity.votes.likely() in (None, source.gender):
            return entity
    return None


def may_be_one(links: Links, entity: Entity) -> bool:
    """Say whether "he" or "she" can stand for somebody in news: no body, and not several people.

    Args:
        links: The document's links.
        entity: Who may be meant.
    """
    if entity.kind is NameKind.PERSON or entity.names:
        return entity.kind is NameKind.PERSON
    return id(entity) not in links.members and not is_plural(entity.description or "")


def link_last(links: Links, unit: Unit, source: SourceMention, scene: Scene) -> bool:
    """Link "he" or "she" in news to who spoke last, or was the last subject, where that is clear.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The pronoun.
        scene: The quotation's surroundings.

    Returns:
        Whether the pronoun could be linked.
    """
    code = f"pronoun:{source.text}→{{}}"
    topic = _topic(links, unit, source)
    if topic is not None:
        links.link(unit, topic, "pronoun:focus", code)
        return True
    asked = asked_before(links, unit, source)
    if asked is not None:
        links.link(unit, asked, "pronoun:focus", code)
        return True
    last = _goes_on(links, unit, source, scene)
    if last is not None:
        share = links.decider.pattern("pronoun:last")
        if last.pattern != "pronoun:last":
            share *= min(1.0, last.confidence / _SURE)
        else:
            share = min(share, last.confidence)
        links.settle(unit, last.speaker, "pronoun:last", share, code, "continuation")
        return True
    focus = _in_focus(links, unit, source)
    if focus is not None:
        links.link(unit, focus, "pronoun:focus", code)
    return focus is not None


def _topic(links: Links, unit: Unit, source: SourceMention) -> Entity | None:
    """Return the person whom a sentence announces ("For Ruiz, it is new: …, he says")."""
    words = links.index.words
    anchor, said = words.at(unit.anchor), words.within(Span(unit.start, unit.end))
    people = (
        one
        for one in links.narration.before(anchor, _TOPIC)
        if one.word not in said and one.entity.names and one.entity.kind is NameKind.PERSON
    )
    nearest = next(people, None)
    if nearest is None or nearest.entity.votes.likely() not in (None, source.gender):
        return None
    place = nearest.word - 1
    opens = place >= 0 and words.lower[place] == "for"
    if opens and place > 0 and words.lower[place - 1] == "as":
        place -= 1
    opens = opens and words.has(place, INITIAL)
    near = words.paragraph[place] == words.paragraph[anchor]
    closed = _closing_comma(links, nearest.word)
    begun = words.sentence[min(anchor, words.at(unit.start))] - words.sentence[place]
    return nearest.entity if opens and near and closed and begun <= 1 else None


def _closing_comma(links: Links, word: int) -> bool:
    """Say whether a comma follows the name that starts at a word."""
    names = (links.index.mentions[place] for place in links.index.within(word, word))
    return any(links.index.words.gap(name.last).startswith(",") for name in names)


def _goes_on(links: Links, unit: Unit, source: SourceMention, scene: Scene) -> Unit | None:
    """Return what the last one spoke, in news, if "he" or "she" surely goes on with them.

    Nobody else of that gender is the subject of the narration since, before quotation marks nobody
    named, and none is named in the same sentence. What somebody is reported to have said is no part
    of the narration ("Ruiz said that the minister knew. He added …").
    """
    last = _last_person(links, source, scene)
    entity = last.speaker if last is not None else None
    if last is None or entity is None or entity is links.narrator:
        return None
    words = links.index.words
    first, anchor = words.at(last.anchor), words.at(unit.anchor)
    if not first <= anchor:
        return None
    again = (
        one.word
        for one in links.narration.before(anchor, _GOING_ON)
        if one.entity is entity and one.subject and one.word > first
    )
    start = next(again, None)  # where the narration goes on about them
    paragraph = last.last_paragraph
    if start is not None:
        first, paragraph = start, max(paragraph, words.paragraph[start])
    if anchor > first + _GOING_ON or unit.paragraph - paragraph > 1:
        return None
    clause = words.sentence[first] == words.sentence[anchor] and words.lower[anchor - 1] == "which"
    said = [*words.within(Span(last.start, last.end)), *words.within(Span(unit.start, unit.end))]
    if last.source is not None:  # "Ana Ruiz, a lawyer, said": nobody else
        said += words.within(last.source.span)
    told = frozenset(said)
    for one in links.narration.between(first + 1, anchor):
        rival = one.entity
        if rival is entity or one.word in told or rival.votes.likely() not in (None, source.gender):
            continue
        if rival.kind in BODIES:
            continue
        named = bool(rival.names) and rival.kind is NameKind.PERSON
        near = named and words.sentence[one.word] == words.sentence[anchor] and not clause
        if near or (one.subject and (named or not unit.direct)):
            return None
    return last


def _last_person(links: Links, source: SourceMention, scene: Scene) -> Unit | None:
    """Return the last attribution of one person whom "he" or "she" fits.

    Bodies, groups and people of the other gender who spoke since stand aside.
    """
    last = scene.last
    if last is None:
        return None
    before = links.units[max(0, last.number - _ASIDE) : max(0, last.number)]
    for unit in (last, *(one for one in reversed(before) if one.outer is None)):
        entity = unit.speaker
        if entity is None or entity.kind is not NameKind.PERSON or id(entity) in links.members:
            continue
        if entity.votes.likely() in (None, source.gender):
            return unit
    return None


def _in_focus(links: Links, unit: Unit, source: SourceMention) -> Entity | None:
    """Return the one person who is the subject of the sentence before "he" or "she", in news."""
    words = links.index.words
    anchor = words.at(unit.anchor)
    near = [
        one
        for one in links.narration.before(anchor, _BODY_REACH)
        if words.sentence[anchor] - words.sentence[one.word] <= 1
        and one.entity.kind is NameKind.PERSON
        and (one.entity.names or one.subject)
    ]
    before = [one for one in near if words.sentence[one.word] < words.sentence[anchor]]
    if len({id(one.entity) for one in near}) != 1 or not any(one.subject for one in before):
        return None
    entity = near[0].entity
    known = len(entity.mentions) > 1 and any(" " in name for name in entity.names)
    fits = entity.votes.likely() in (None, source.gender) and id(entity) not in unit.mentioned
    parted = words.paragraph[anchor] - words.paragraph[near[0].word] > 1
    return entity if known and fits and not parted else None


def link_body(links: Links, unit: Unit, source: SourceMention, scene: Scene) -> None:
    """Link "it" or "they": the last body or group that spoke or was named.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The pronoun.
        scene: The quotation's surroundings.
    """
    said = [other for other in scene.own if other.start < unit.start][::-1]
    for turn in (scene.turn(offset) for offset in (-1, -2, -3)):
        said += turn.units[::-1] if turn is not None else ()
    for other in said:
        if other.speaker is not None and _is_body(links, other, source.plural):
            _set_body(links, unit, source, other.speaker)
            return
    word = links.index.words.at(source.span.start)
    for sighting in links.narration.before(word, _BODY_REACH):
        kind = sighting.entity.kind
        sentences = links.index.words.sentence
        if not links.conversation and sentences[word] - sentences[sighting.word] > _SENTENCES:
            break
        if (kind is NameKind.ORGANIZATION and (sighting.subject or not source.plural)) or (
            kind is NameKind.PLACE and sighting.subject and not source.plural
        ):
            _set_body(links, unit, source, sighting.entity)
            return
    if links.conversation:
        _set_body(links, unit, source, links.alone(source))
    else:
        links.link(unit, None, "unresolved", f"pronoun:{source.text}")


def _set_body(links: Links, unit: Unit, source: SourceMention, entity: Entity) -> None:
    pattern = f"pronoun:{'they' if source.plural else 'it'}"
    links.link(unit, entity, pattern, f"pronoun:{source.text}→{{}}")


def _is_body(links: Links, unit: Unit, plural: bool) -> bool:
    """Say whether who speaks a quotation can be taken up by "they", or by "it"."""
    entity, source = unit.speaker, unit.source
    if entity is None or source is None or (source.plural and not plural):
        return False
    body = id(entity) in links.members or entity.kind in BODIES
    return body or fits_number(entity, source, plural)
