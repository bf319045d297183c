"""Whom "they", "the two" and "the sisters" take up in news: several told of together just before.

For a pronoun the nearest plural counts: a group that spoke, or some who are named together, which a
plural noun that is a subject bars. A description looks farther, for as many as it counts, or for
those who are said to be what it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from quotecraft.model import Span, SpeakerKind
from quotecraft.speakers.bodies import is_state, otherwise
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon, singular, word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention, read_source
from quotecraft.speakers.noun_kinds import kind_of_noun
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.person_nouns import SEATS, is_human
from quotecraft.speakers.phrases import DEFINITE, INDEFINITE
from quotecraft.speakers.pronouns import POSSESSIVES
from quotecraft.speakers.role_texts import role_of
from quotecraft.speakers.syntax import PREPOSITIONS, looks_subject
from quotecraft.speakers.together import Together
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import INITIAL, QUOTED, Words

__all__ = ["join", "link_several", "link_they"]

_NEAR = 2  # sentences back in which several are in focus
_REACH = 400  # words
_CLAUSE = 40  # words before a group in which others are the subject
_OWN = 4  # words before a group that may tell what they are
_WORDS = 6  # of a description
_THEY = frozenset(("they", "them", "their", "both"))
_NUMBERS = {
    "two": 2, "both": 2, "pair": 2, "duo": 2, "couple": 2, "three": 3, "trio": 3, "four": 4,
    "quartet": 4, "five": 5,
}  # fmt: skip
_BEING = frozenset(("are", "were", "include", "included", "including", "like", "named"))
_OPENING = frozenset(("the", "all", "both", "these", "those"))
_EITHER = frozenset(("side", "party", "other"))
_BODIES = word_set(
    "country nation state government company firm bank club team organisation organization agency "
    "ministry union group body neighbour neighbor university institution"
)
_STATES = word_set("country nation state")
_FIRMS = word_set(
    "agency airline association authority bank body club company firm foundation group institution "
    "manufacturer ministry ngo operator organisation organization party partner school team union "
    "university"
)
_COUNTED = 12  # sentences back in which "the two leaders" are named
_TOLD = 60  # the same for "the three"
_FAR = 4_000  # words back at most, so that time doesn't grow with the square of a text
_SENTENCES = 3  # back in which two are named who are no group


def join(links: Links, entities: Sequence[Entity], first: int, text: str) -> Entity:
    """Return the one entity that several are together, a new one if they haven't spoken so.

    Args:
        links: The document's links.
        entities: Those joined; groups among them count as their members.
        first: Offset of the mention.
        text: What the mention says.
    """
    members: dict[Entity, None] = {}
    for entity in entities:
        members.update(dict.fromkeys(links.members.get(id(entity), (entity,))))
    key = frozenset(id(member) for member in members)
    group = links.pairs.get(key)
    if group is None:
        group = Entity(first=first, description=text)
        links.pairs[key] = group
        links.members[id(group)] = tuple(members)
    return group


def link_they(links: Links, unit: Unit, source: SourceMention) -> bool:
    """Link "they" in the narration of news to the several in focus; say whether there are any.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The pronoun.
    """
    words = links.index.words
    word = words.at(source.span.start)
    if links.conversation or words.has(word, QUOTED):
        return False
    start = _focus_start(words, word)
    place, entity = _last_plural(links, start, word)
    spoke = entity is not None and place == next(links.plurals.before(word), (-1, None))[0]
    subject = _plural_subject(words, max(start, place + 1), word)
    if subject is not None and not (spoke and not words.has(subject[0], INITIAL)):
        place, entity = subject[1], _described(links, *subject, word)
    if entity is None or _is_body(links, place, word):
        return False
    links.link(unit, entity, "pronoun:group", f"pronoun:{source.text}→{{}}")
    return True


def _is_body(links: Links, first: int, word: int) -> bool:
    """Say whether a body that acts stands nearer to "they" than the several it may take up."""
    return any(
        one.subject
        and one.entity.kind is NameKind.ORGANIZATION
        and "(" not in links.index.words.gap(one.word - 1)
        for one in links.narration.between(first + 1, word)
    )


def _described(links: Links, first: int, noun: int, word: int) -> Entity | None:
    """Return the group, or those unnamed, whom "they" takes up by a plural subject before it.

    Those unnamed are taken up from the same sentence, or where they open one.
    """
    words = links.index.words
    source = read_source(links.index, Span(words.starts[first], words.ends[noun]))
    if source is None or source.name is not None:
        return None
    asked = _asked(words, source)
    group = _named(links, source, *asked) if asked is not None else None
    if group is not None:
        return group
    near = words.has(first, INITIAL) or words.sentence[noun] == words.sentence[word]
    return links.descriptions.same_text(source) if near else None


def _last_plural(links: Links, start: int, word: int) -> tuple[int, Entity | None]:
    """Return who spoke together or are named together last between two words, and where."""
    place, entity = next(links.plurals.before(word), (-1, None))
    for named in links.together.before(word):
        if named.last < max(start, place):
            break
        if _in_focus(links.index.words, named):
            return named.last, _group(links, named)
    return (place, entity) if place >= start else (-1, None)


def _group(links: Links, named: Together) -> Entity:
    """Return the entity of some who are named together."""
    words = links.index.words
    start = words.starts[named.first]
    text = " ".join(words.text[start : words.ends[named.last]].split())
    if not named.joined:
        text = " and ".join(max(entity.names, key=len) for entity in named.entities)
    return join(links, named.entities, start, text)


def _in_focus(words: Words, named: Together) -> bool:
    """Say whether "they" can take up some named together: no object of others, bodies that act."""
    if not named.joined:
        return not named.bodies and words.lower[max(0, named.first - 1)] not in PREPOSITIONS
    if looks_subject(words, named.first, named.last):
        return True
    return not named.bodies and not _is_object(words, named)


def _is_object(words: Words, named: Together) -> bool:
    """Say whether others do something to, or with, some named together in their sentence."""
    for i in range(named.first - 1, max(0, named.first - _CLAUSE), -1):
        if words.sentence[i] != words.sentence[named.first] or words.lower[i] in _BEING:
            return False
        if words.lower[i] in ("they", "we") or (i < named.first - _OWN and _is_plural(words, i)):
            return True
    return False


def _is_plural(words: Words, index: int) -> bool:
    """Say whether a word of the narration is a plural noun for people."""
    return _stands_for_several(words.lower[index]) and not words.has(index, QUOTED)


@lru_cache(maxsize=65536)
def _stands_for_several(word: str) -> bool:
    return kind_of_noun(word) is SpeakerKind.GROUP


def _focus_start(words: Words, word: int) -> int:
    """Return the first word of the stretch in which what a plural pronoun takes up stands.

    The stretch is the sentences of the narration just before, and before another such pronoun in
    it; what is quoted between them doesn't count.
    """
    left, within = _NEAR, words.sentence[word]
    for i in range(word - 1, max(-1, word - _REACH), -1):
        if words.has(i, QUOTED):
            continue
        if words.sentence[i] != within:
            left, within = left - 1, words.sentence[i]
            if left < 0:
                return i + 1
        if words.lower[i] in _THEY:
            left = _NEAR
    return max(0, word - _REACH)


def _plural_subject(words: Words, first: int, stop: int) -> tuple[int, int] | None:
    """Return the last plural noun for people that is a subject between two words, and its phrase.

    The first number is the index of the phrase's first word, the other that of the noun.
    """
    for i in range(stop - 1, first - 1, -1):
        if not _is_plural(words, i):
            continue
        start = _phrase(words, i)
        if (
            start > 0
            and words.lower[start - 1] in PREPOSITIONS
            and not words.gap(start - 1).strip()
        ):
            continue
        behind = words.lower[i + 1] if i + 1 < len(words) else ""
        verb = behind not in PREPOSITIONS and behind != "and" and not words.gap(i).strip()
        opens = words.has(start, INITIAL) and verb and words.lower[i] not in lexicon().demonyms
        if opens or looks_subject(words, i, i):
            return start, i
    return None


def _phrase(words: Words, noun: int) -> int:
    """Return the first word of the description that a noun ends."""
    first = noun
    while first > max(0, noun - _WORDS) and not words.gap(first - 1).strip():
        before = words.lower[first - 1]
        if before in DEFINITE | INDEFINITE | POSSESSIVES | _OPENING:
            return first - 1
        other = before in ("other", "own")
        if (before in lexicon().function and not other) or before in lexicon().reporting:
            break
        first -= 1
    return first


def link_several(links: Links, unit: Unit, source: SourceMention, *, inner: bool = False) -> bool:
    """Link "the two", "both sides" or "the sisters" in news; say whether it's known who they are.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The description.
        inner: Whether it is part of a conjunction ("she and her sisters").
    """
    if links.conversation or not (source.plural or source.head in _NUMBERS):
        return False
    asked = _asked(links.index.words, source, owned=inner)
    if asked is None:
        return False
    entity = _named(links, source, *asked)
    if entity is None and asked[0] == 2:
        entity = _two_near(links, source, asked[1])
    if entity is None:
        return False
    links.link(unit, entity, "pair", f"description:{source.text}→{{}}")
    return True


def _asked(words: Words, source: SourceMention, *, owned: bool = False) -> tuple[int, str] | None:
    """Return how many a description counts, 0 for no number, and its noun, if it can be a group."""
    first = words.at(source.span.start)
    told = source.text.lower().split()
    if first > 0 and not words.gap(first - 1).strip() and words.lower[first - 1] in _OPENING:
        told.insert(0, words.lower[first - 1])
    kin = owned and told[0] in POSSESSIVES and singular(told[-1]) in lexicon().kin
    if (told[0] not in _OPENING and not kin) or source.owner is not None:
        return None
    counts = [_NUMBERS[word] for word in told if word in _NUMBERS]
    rest = [word for word in told if word not in _OPENING and word not in _NUMBERS]
    if len(rest) > 2 or (not rest and not counts):
        return None
    return (counts[0] if counts else 0), singular(rest[-1]) if rest else ""


def _named(links: Links, source: SourceMention, count: int, noun: str) -> Entity | None:
    """Return the group that a description means; "sides" are countries or bodies, if any are."""
    if noun == "side":
        found = _named(links, source, count, "country")
        if found is not None:
            return found
    words = links.index.words
    word = words.at(source.span.start)
    sentence = words.sentence[word]
    reach = _TOLD if count > 2 else _COUNTED
    bare = len(source.text.split()) <= 2  # "the airlines"
    for place, entity in links.plurals.before(word):
        members = links.members.get(id(entity), ())
        if sentence - words.sentence[place] > _COUNTED or word - place > _FAR:
            break
        if members and _fits(Together(place, place, members), count, noun, bare):
            return entity
    for named in links.together.before(word):
        if sentence - words.sentence[named.last] > reach or word - named.last > _FAR:
            break
        if _fits(named, count, noun, bare) and (noun or _alone(links, named)):
            return _group(links, named)
    told = links.together.told(noun, word)
    return _group(links, told) if told is not None and count in (0, len(told.entities)) else None


def _alone(links: Links, named: Together) -> bool:
    """Say whether some named together have no subject before them ("Ruiz met Lara and Odeh")."""
    words = links.index.words
    return not any(
        one.subject and words.sentence[one.word] == words.sentence[named.first]
        for one in links.narration.between(named.first - _CLAUSE, named.first)
    )


def _fits(named: Together, count: int, noun: str, bare: bool) -> bool:
    """Say whether some named together are as many, and such, as a description says."""
    if count and len(named.entities) != count:
        return False
    if noun in named.nouns:
        return True
    if not count and named.bodies:
        return bare and _are_bodies(named, noun)
    if not count:
        return (
            noun in SEATS
            and not named.bodies
            and all(noun in heads or not heads for heads in map(_heads, named.entities))
        )
    if not noun or noun in _EITHER:
        return True
    return named.bodies if noun in _BODIES else not named.bodies and _is_people(noun)


def _are_bodies(named: Together, noun: str) -> bool:
    """Say whether "the airlines" can be some bodies, or "the countries" some states."""
    if noun in _STATES:
        return all(is_state(entity) for entity in named.entities)
    return noun in _FIRMS and all(
        entity.kind is NameKind.ORGANIZATION and not otherwise(entity, noun)
        for entity in named.entities
    )


def _is_people(noun: str) -> bool:
    return lexicon().is_person_noun(noun) or is_human(noun)


def _two_near(links: Links, source: SourceMention, noun: str) -> Entity | None:
    """Return the only two persons named just before "the two", as one."""
    words = links.index.words
    if noun and noun not in _EITHER and not _is_people(noun):
        return None
    anchor, gender = words.at(source.span.start), lexicon().noun_gender(noun) if noun else None
    most = _SENTENCES if gender is None else _COUNTED
    near: dict[Entity, None] = {}
    within = words.sentence[anchor]
    for sighting in links.narration.before(anchor, _REACH):
        sentence, entity = words.sentence[sighting.word], sighting.entity
        if (sentence < within and len(near) >= 2) or words.sentence[anchor] - sentence > most:
            break
        within = sentence
        if entity.kind is NameKind.PERSON and gender in (None, entity.votes.likely()):
            near.setdefault(entity)
    if len(near) != 2 or not all(entity.names for entity in near):
        return None
    ordered = sorted(near, key=lambda entity: entity.first)
    name = " and ".join(max(entity.names, key=len) for entity in ordered)
    return join(links, ordered, source.span.start, name)


def _heads(entity: Entity) -> set[str]:
    """Return the nouns of what somebody is said to be."""
    return {singular(role.head) for text in entity.roles if (role := role_of(text)) is not None}
