"""What "which", "that", "it" and "they" take up, where the words around them tell."""

from __future__ import annotations

import re

from quotecraft.model import MentionKind, Span, SpeakerKind
from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon, singular
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import NameIndex, SourceMention, read_source
from quotecraft.speakers.noun_chains import unnamed
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.person_nouns import is_human
from quotecraft.speakers.phrases import DEFINITE, INDEFINITE
from quotecraft.speakers.pronouns import POSSESSIVES
from quotecraft.speakers.syntax import PREPOSITIONS
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import CAPITAL, POSSESSIVE, QUOTED

__all__ = [
    "BODIES",
    "THINGS",
    "described_before",
    "fits_number",
    "is_thing",
    "link_thing",
    "member_before",
    "named_before",
]

_ANTECEDENT = 6  # words of a description before "who"
_WITHIN = " '’‘0123456789/"  # between the words of a description ("the workers’ union")
_PEOPLE = 40  # words back in which "they" look for people without names
_MEMBER = 14  # the same where a body stands between
_QUOTED = 2  # paragraphs back in which who spoke last goes on, where the words are quoted
_SENTENCES = 2  # sentences back in which "it" and "they" look for a subject
_LONGEST = 200  # words of a sentence that are looked back through
_REACH = 80  # the same in words
_IMPERSONAL = re.compile(
    r"(?:['’]s|is|was|has been|had been|can be|could be|may be|must be|should be|will be|would be"
    r"|to be)"
    r"(?: \w+)?? (?:\w+ed|said|known|thought|understood|told|found|made (?:known|clear)|written|"
    r"feared|hoped)\b.*",
    re.IGNORECASE,
)
BODIES = (NameKind.ORGANIZATION, NameKind.PLACE)
THINGS = (SpeakerKind.ORGANIZATION, SpeakerKind.DOCUMENT)
_HUMAN = (SpeakerKind.PERSON, SpeakerKind.GROUP)
_SEVERAL = (SpeakerKind.ORGANIZATION, SpeakerKind.GROUP)


def described_before(index: NameIndex, word: int) -> SourceMention | None:
    """Return the description that a relative pronoun takes up ("the women, who say").

    Args:
        index: The names of the document.
        word: Index of the pronoun among the words.
    """
    words = index.words
    last = word - 1
    for first in range(last, max(-1, last - _ANTECEDENT), -1):
        if first < last and words.gap(first).strip(_WITHIN):
            return None
        if words.lower[first] in DEFINITE | INDEFINITE | POSSESSIVES and first < last:
            return read_source(index, Span(words.starts[first], words.ends[last]))
    return None


def member_before(index: NameIndex, word: int) -> SourceMention | None:
    """Return the person, or people, of a body whom "who" takes up ("members of the Union, who").

    Args:
        index: The names of the document.
        word: Index of "who" among the words.
    """
    words = index.words
    for first in range(word - 2, max(-1, word - _MEMBER), -1):
        if words.gap(first).strip(" ()") or words.sentence[first] != words.sentence[word]:
            return None
        opens = words.lower[first] in DEFINITE | INDEFINITE | POSSESSIVES
        noun = words.lower[first]
        plural = singular(noun) != noun and words.lower[first + 1] in PREPOSITIONS
        if opens or plural:
            found = read_source(index, Span(words.starts[first], words.ends[word - 1]))
            if found is not None and found.name is None and found.what in _HUMAN:
                return found
    return None


def named_before(links: Links, word: int) -> Entity | None:
    """Return who is named right before a relative pronoun ("the ICJ, which ruled").

    Args:
        links: The document's links.
        word: Index of the pronoun among the words.
    """
    index = links.index
    if word < 1 or index.words.gap(word - 1).strip(" ,()’'”\""):  # "… and Oslo. Those who …"
        return None
    for place in index.within(word - 1, word - 1):
        if index.mentions[place].last == word - 1:
            owner = links.owners[place]
            return owner if owner is None or owner.kind is not NameKind.PERSON else None
    return None


def link_thing(links: Links, unit: Unit, source: SourceMention, scene: Scene) -> None:
    """Link "it" or "they" in news: who spoke last, or "it" to the last subject, if it fits.

    Where a person spoke last and no body is a subject near by, nobody is named: a wrong speaker is
    worse than none.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The pronoun.
        scene: The quotation's surroundings.
    """
    if not source.plural and _impersonal(links, unit, source):
        links.link(unit, None, "passive", "passive")
        return
    entity = _spoke_last(links, unit, source, scene)
    if entity is None and not source.plural:
        entity = _last_subject(links, source)
    base = "they" if source.plural else "it"
    if entity is None and not source.plural:
        opening = thing_before(links.index, links.index.words.at(source.span.start))
        if opening is not None:
            unit.source = opening
            return
    if entity is None and source.plural:
        people = people_before(links.index, source)
        if people is not None:
            entity, base = links.descriptions.same_text(people), "people"
        elif links.index.words.quoted_at(source.span.start):
            entity, base = unnamed(source), "unnamed"
    if entity is None:
        links.link(unit, None, "unresolved", f"pronoun:{source.text}")
    else:
        links.link(unit, entity, f"pronoun:{base}", f"pronoun:{source.text}→{{}}")


def people_before(index: NameIndex, source: SourceMention) -> SourceMention | None:
    """Return the nearest people without names before "they" in its sentence.

    Inside quotation marks they may be told of in the sentence before, if it is quoted, too.

    Args:
        index: The names of the document.
        source: The pronoun.
    """
    words = index.words
    word = words.at(source.span.start)
    for place in range(word - 1, max(-1, word - _PEOPLE), -1):
        apart, quoted = words.sentence[word] - words.sentence[place], words.has(word, QUOTED)
        if apart > quoted or (quoted and not words.has(place, QUOTED)):
            return None
        noun = words.lower[place]
        one = singular(noun)
        plural = noun == "people" or (one != noun and lexicon().is_person_noun(one))
        if plural and not words.has(place, CAPITAL | POSSESSIVE):
            found = read_source(index, Span(words.starts[place], words.ends[place]))
            return found if found is not None and found.name is None else None
    return None


def _impersonal(links: Links, unit: Unit, source: SourceMention) -> bool:
    """Say whether "it" stands for nobody ("It was announced that …")."""
    if unit.cue is None or unit.cue.start < source.span.end:
        return False
    said = links.index.words.text[source.span.end : unit.cue.end]
    return _IMPERSONAL.fullmatch(" ".join(said.split())) is not None


def _spoke_last(links: Links, unit: Unit, source: SourceMention, scene: Scene) -> Entity | None:
    """Return who speaks the quotation before, if "it" or "they" can take them up."""
    said = [o for o in scene.own if o.start < unit.start and o.speaker is not None][-1:]
    turn = scene.turn(-1)
    reach = _QUOTED if unit.direct else 1
    if not said and turn is not None and unit.paragraph - turn.last_paragraph <= reach:
        said = [other for other in turn.units if other.speaker is not None][-1:]
    return said[0].speaker if said and _fits(links, said[0], source.plural) else None


def thing_before(index: NameIndex, word: int) -> SourceMention | None:
    """Return the body or document whose description opens a pronoun's sentence or the one before.

    Args:
        index: The names of the document.
        word: Index of the pronoun among the words.
    """
    words = index.words
    start = _sentence_start(index, word)
    own = _opening(index, start, word)
    if own is not None or start == 0 or words.sentence[start - 1] == words.sentence[word]:
        return own
    before = _sentence_start(index, start - 1)
    return _opening(index, before, start - 1) if not words.has(word, QUOTED) else None


def _sentence_start(index: NameIndex, word: int) -> int:
    """Return the first word of a word's sentence, or of its last so many words."""
    words, start = index.words, word
    while start > max(0, word - _LONGEST) and words.sentence[start - 1] == words.sentence[word]:
        start -= 1
    return start


def _opening(index: NameIndex, first: int, last: int) -> SourceMention | None:
    """Return the body or document whose description opens a sentence, up to a word."""
    words = index.words
    if words.has(first, QUOTED) or words.lower[first] not in DEFINITE | INDEFINITE | {"one"}:
        return None
    found = None
    for end in range(first + 1, min(first + _ANTECEDENT, last)):
        if words.lower[end] in DEFINITE | INDEFINITE | PREPOSITIONS:
            break
        mention = read_source(index, Span(words.starts[first], words.ends[end]))
        if mention is not None and mention.head_word == end and mention.name is None:
            found = mention if mention.what in THINGS and not mention.plural else None
        if words.gap(end).strip():
            break
    return found


def _last_subject(links: Links, source: SourceMention) -> Entity | None:
    """Return the body that is the last subject before a pronoun."""
    words = links.index.words
    word = words.at(source.span.start)
    for sighting in links.narration.before(word, _REACH):
        if words.sentence[word] - words.sentence[sighting.word] > _SENTENCES:
            return None
        bracketed = words.text[max(0, words.starts[sighting.word] - 1)] == "("
        bracketed = bracketed and len(sighting.entity.names) == 1  # "(Reuters)"
        entity = sighting.entity
        thing = entity.kind is NameKind.OTHER and entity.votes.likely() is None  # "the Statement"
        if sighting.subject and (entity.kind in BODIES or thing) and not bracketed:
            return entity
    return None


def _fits(links: Links, unit: Unit, plural: bool) -> bool:
    """Say whether who speaks a quotation can be taken up by "they", or by "it"."""
    entity, source = unit.speaker, unit.source
    if entity is None or source is None or (source.plural and not plural):
        return False
    if id(entity) in links.members:
        return plural
    if entity.kind in BODIES:
        return not plural or entity.kind is NameKind.ORGANIZATION
    if source.what is SpeakerKind.DOCUMENT and plural:
        return False
    again = source.pronoun is not None and source.pronoun.base == ("they" if plural else "it")
    if (again and entity.kind is not NameKind.PERSON) or (not plural and is_thing(entity, source)):
        return True
    return fits_number(entity, source, plural)


def is_thing(entity: Entity, source: SourceMention) -> bool:
    """Say whether who speaks is a thing ("the EU Declaration", "the precinct"), nobody's name.

    Args:
        entity: The speaker.
        source: The mention that it speaks by.
    """
    sort = entity.kind in (NameKind.OTHER, NameKind.UNKNOWN) and entity.votes.likely() is None
    human = source.what in _HUMAN or is_human(source.head)
    return sort and not human and source.pronoun is None and not source.plural


def fits_number(entity: Entity, source: SourceMention, plural: bool) -> bool:
    """Say whether a speaker without a name can be taken up by "they", or by "it".

    Args:
        entity: The speaker.
        source: The description that it speaks by.
        plural: Whether the pronoun is plural.
    """
    described = source.kind is MentionKind.DESCRIPTION and not entity.names
    fits = (source.plural or source.what in _SEVERAL) if plural else source.what in THINGS
    return described and fits
