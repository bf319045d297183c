"""Pronouns that need no ranking: "who", "it" and "they", "he" and "she" in news."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.model import Span, SpeakerKind
from quotecraft.speakers.antecedents import (
    BODIES,
    described_before,
    fits_number,
    member_before,
)
from quotecraft.speakers.asked import asked_before
from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.inner_links import cannot_be
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.noun_chains import is_plural
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import INITIAL

__all__ = ["fitting", "link_body", "link_last", "link_relative"]

_BODY_REACH = 300  # words back in which "it" and "they" look for a body or a group
_SENTENCES = 2  # the same in news, in sentences
_WHO_REACH = 12  # words back in which "who" looks for a name
_SURE = 0.93  # from which on who spoke last is as sure as when "he" was measured
_TOPIC = 80  # words in which "For Ruiz, …" tells who "he" is
_ASIDE = 4  # attributions back in which who spoke last may stand behind bodies and groups
_MANY = 6  # times as many signs of the other gender that bar somebody
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
    if head is not None and near and near[0].word < links.index.words.at(head.span.start):
        human = _nearer(links, word, head)  # "said Ruiz of the man, who …"
        head, named = human or head, None if human is not None else named
    if head is not None and head.plural:
        named = None
    if named is not None:
        links.link(unit, named, "relative", "relative:who→{}")
    elif head is not None:
        unit.source = head
        entity = links.descriptions.same_text(head)
        links.link(unit, entity, "description:text", "relative:who→{}")


def _nearer(links: Links, word: int, head: SourceMention) -> SourceMention | None:
    """Return the person or people described right before "who", in news."""
    if links.conversation:
        return None
    human = head.what in (SpeakerKind.PERSON, SpeakerKind.GROUP)
    return member_before(links.index, word) or (head if human else None)


def fitting(
    links: Links, unit: Unit, source: SourceMention, entities: Sequence[Entity]
) -> list[Entity]:
    """Return for whom "he" or "she" can stand in news: no bodies, and not several people.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The pronoun.
        entities: Who may be meant.
    """
    barred = cannot_be(links, unit, source)
    fit = [entity for entity in entities if entity not in barred]
    people = [entity for entity in fit if _may_be_one(links, entity)]
    people = [entity for entity in people if entity.kind is NameKind.PERSON] or people
    fair = [entity for entity in people if not _is_other(entity, source)]
    people = (
        fair if any(entity.names and entity.kind is NameKind.PERSON for entity in fair) else people
    )
    return people or [entity for entity in fit if entity.kind is NameKind.UNKNOWN]


def _is_other(entity: Entity, source: SourceMention) -> bool:
    """Say whether titles, or many pronouns, tell that somebody is not of a pronoun's gender."""
    votes = entity.votes
    own, other = (votes.male, votes.female) if source.gender == "m" else (votes.female, votes.male)
    return other >= _MANY * (own + 1)


def _may_be_one(links: Links, entity: Entity) -> bool:
    """Say whether "he" or "she" can stand for somebody: no body, and not several people."""
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
    barred = cannot_be(links, unit, source)
    topic = _topic(links, unit, source)
    if topic is not None and topic not in barred:
        links.link(unit, topic, "pronoun:focus", code)
        return True
    asked = asked_before(links, unit, source)
    if asked is not None and asked not in barred:
        links.link(unit, asked, "pronoun:focus", code)
        return True
    last = _goes_on(links, unit, source, scene, barred)
    if last is not None:
        share = links.decider.pattern("pronoun:last")
        if last.pattern != "pronoun:last":
            share *= min(1.0, last.confidence / _SURE)
        else:
            share = min(share, last.confidence)
        links.settle(unit, last.speaker, "pronoun:last", share, code, "continuation")
        return True
    focus = _in_focus(links, unit, source)
    if focus is None or focus in barred:
        return False
    links.link(unit, focus, "pronoun:focus", code)
    return True


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


def _goes_on(
    links: Links, unit: Unit, source: SourceMention, scene: Scene, barred: Sequence[Entity]
) -> Unit | None:
    """Return what the last one spoke, in news, if "he" or "she" surely goes on with them.

    Nobody else of that gender is the subject of the narration since, before quotation marks nobody
    named, and none is named in the same sentence. What somebody is reported to have said is no part
    of the narration ("Ruiz said that the minister knew. He added …").
    """
    last = _last_person(links, source, scene, barred)
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
        apart = words.sentence[anchor] - words.sentence[one.word]
        near = named and not apart and not clause
        surer = rival.votes.likely() is not None and entity.votes.likely() is None
        near = near or (named and surer and apart <= 1 and not unit.direct)
        if near or (one.subject and (named or not unit.direct)):
            return None
    return last


def _last_person(
    links: Links, source: SourceMention, scene: Scene, barred: Sequence[Entity]
) -> Unit | None:
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
            return None if entity in barred else unit
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
