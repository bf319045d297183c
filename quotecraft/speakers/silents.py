"""Quotations in news without a source whose speaker the sentence around or before tells."""

from __future__ import annotations

import re

from quotecraft.model import Span
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.pronouns import Gender
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import INITIAL, QUOTED, Words

__all__ = [
    "is_authors",
    "is_paragraph",
    "is_speech",
    "led_to",
    "link_within",
    "named_behind",
    "narrated_between",
    "noting",
    "subject_before",
    "unbroken",
]

_MINDS = word_set("support desire hope readiness willingness determination intention commitment")
_PARTICIPLES = word_set(
    "adding arguing asserting claiming noting pointing saying specifying stating stressing "
    "underlining warning insisting emphasizing emphasising explaining recalling affirming "
    "highlighting indicating suggesting mentioning declaring acknowledging admitting"
)
_WORTH = re.compile(
    r"\b[Ii]t(?:(?:['’]s| is| should be| must be)(?: \w+)?|(?:['’]s| is| was)(?: \w+)? "
    r"(?:worth|important|necessary|interesting|noteworthy|useful)(?: (?:to|of))?) "
    r"(?:(?:mention|recall|remember|stress|point|add|remark)(?:ing|ed)?|not(?:e|ing|ed))\b"
    r"|\b[Ii]t (?:should|must|has to|needs to)(?: \w+)? be"
    r" (?:said|noted|understood|emphasi[sz]ed|stressed|remembered|recalled|mentioned|pointed out"
    r"|acknowledged|admitted|borne in mind|added|recogni[sz]ed)\b"
)
# What the author thinks: "it is clear that", "hardly surprising", "there is no doubt", "it seems".
_JUDGED = re.compile(
    r"\bit(?:['’]s| (?:is|was|might|may|would)(?: also)?(?: be)?)(?: \w+){0,2}"
    r" (?:clear|obvious|evident|fair|safe|hard|easy|difficult|surprising|surprise|wonder"
    r"|doubtful)\b"
    r"|\bit goes without saying\b"
    r"|\bthere(?:['’]s| is)(?: (?:little|no|hardly any))+ (?:doubt|question|denying)\b"
    r"|\bit seems\b"
)
_SEEMS = re.compile(r"(?:\w+ )?seems?\b")  # within somebody's words, their own judgement
_GENDERS: dict[str, Gender] = {"he": "m", "she": "f"}
_SPEECH_ENDS = ".!?…,;:—–-"
_SPEECH = 6  # paragraphs that somebody quoted at length may go on
_SENTENCE = 8  # words from which on a quotation is a sentence, and no motto
_NEXT = 4  # attributions ahead in which the next one stands
_BEFORE = 40  # characters before a cue in which "it is worth" stands


def noting(links: Links, unit: Unit) -> Entity | None:
    """Return who says the rest of a sentence that opens "Noting that …, Ruiz said …".

    Args:
        links: The document's links.
        unit: A quotation with a cue and no source.
    """
    words = links.index.words
    if unit.cue is None:
        return None
    first = words.at(unit.cue.start)
    if (
        first == len(words)
        or not words.lower[first].endswith("ing")
        or not words.has(first, INITIAL)
    ):
        return None
    sentence = words.sentence[first]
    for other in links.anchored_in(sentence):
        if other.source is None or other.nested or other.speaker is None:
            continue
        if other.anchor > unit.start:
            return other.speaker
    behind = links.narration.between(words.at(unit.end), words.at(unit.end) + 40)
    subjects = [o for o in behind if o.subject and words.sentence[o.word] == sentence]
    return subjects[0].entity if subjects else None


def is_authors(links: Links, unit: Unit) -> bool:
    """Say whether the author says something without "I" ("It is worth mentioning that …").

    Args:
        links: The document's links.
        unit: A quotation with a cue and no source.
    """
    if unit.cue is None:
        return False
    text = links.index.words.text
    before = " ".join(text[max(0, unit.cue.start - _BEFORE) : unit.cue.start].split())
    cue = " ".join(text[unit.cue.start : unit.cue.end].split())
    led = f"{before} {cue}".replace(" ’s ", "’s ").replace(" 's ", "'s ")
    if unit.nested and _SEEMS.match(cue.lower()):
        return True
    first = len(led) - len(cue)
    judged = any(found.end() > first for found in _JUDGED.finditer(led.lower()))
    return judged or _WORTH.search(led) is not None


def _going_on_within(links: Links, unit: Unit) -> Entity | None:
    """Return who goes on speaking within their own words, by a cue without a source.

    "Ruiz affirmed full support for the plan", "Ruiz said it was shut, adding that …": the cue is a
    participle or a noun for what somebody has in mind. Passives and nouns such as "rumours" and
    "accusations" are nobody's.

    Args:
        links: The document's links.
        unit: A quotation within another one, without a source.
    """
    if unit.cue is None or unit.outer is None:
        return None
    words = links.index.words
    if is_authors(links, unit):  # "It should be noted that" is theirs
        return unit.outer.speaker
    cue = {words.lower[place] for place in words.within(unit.cue)}
    return None if cue.isdisjoint(_MINDS | _PARTICIPLES) else unit.outer.speaker


def link_within(links: Links, unit: Unit) -> None:
    """Link a quotation without a source that stands in somebody's words, if it is theirs.

    Args:
        links: The document's links.
        unit: A quotation within another one, without a source.
    """
    entity, outer = _going_on_within(links, unit), unit.outer
    if entity is not None and outer is not None:
        links.link(unit, entity, "inner:silent", "continuation", outer.confidence)


def narrated_between(words: Words, one: Unit, two: Unit) -> bool:
    """Say whether narration, and not only white space, parts two quotations.

    Args:
        words: The words of the document.
        one: A quotation.
        two: Another one.
    """
    first, second = sorted((one, two), key=lambda unit: unit.start)
    return words.at(first.end) < words.at(second.start)


def subject_before(links: Links, unit: Unit) -> Entity | None:
    """Return the one person who is a subject in the sentence before a quotation, if it opens one.

    A colon leads to it as well: "Ruiz came for the third time: “Nobody …”", "For Ruiz, it is dear".

    Args:
        links: The document's links.
        unit: A quotation in marks without a cue.
    """
    words = links.index.words
    first = words.at(unit.start)
    if unit.cued or unit.nested or first == 0 or first >= len(words):
        return None
    before = words.sentence[first - 1]
    led = ":" in words.gap(first - 1)
    if (words.sentence[first] == before) != led or words.paragraph[first - 1] != unit.paragraph:
        return None
    opening = first - 1
    while opening > 0 and words.sentence[opening - 1] == before:
        opening -= 1
    near = links.narration.between(opening, first)[::-1]
    people = {id(o.entity): o.entity for o in near if o.entity.kind is NameKind.PERSON}
    subject = any(one.subject for one in near if id(one.entity) in people)
    subject |= (
        led and words.lower[opening] == "for" and any(o.word <= opening + _NEXT for o in near)
    )
    return next(iter(people.values())) if len(people) == 1 and subject else None


def led_to(links: Links, unit: Unit, last: Unit | None) -> Entity | None:
    """Return whose words a colon leads to: the subject of the sentence before it, in news.

    "Ruiz was tired of it: “I …”", and "She was tired of it: “I …”" where she spoke last.

    Args:
        links: The document's links.
        unit: A quotation in marks without a source.
        last: The last attribution with a speaker.
    """
    words = links.index.words
    first = words.at(unit.start) - 1
    if not (unit.direct and first >= 0 and ":" in words.gap(first) and is_speech(words, unit)):
        return None
    entity = subject_before(links, unit)
    if entity is not None or last is None or last.speaker is None:
        return entity
    opening = first
    while opening > 0 and words.sentence[opening - 1] == words.sentence[first]:
        opening -= 1
    gender = _GENDERS.get(words.lower[opening])
    speaker = last.speaker
    fits = speaker.kind is NameKind.PERSON and speaker.votes.likely() in (None, gender)
    near = unit.paragraph - last.last_paragraph <= 1
    return speaker if gender is not None and fits and near else None


def unbroken(words: Words, last: Unit, unit: Unit) -> bool:
    """Say whether nothing but quoted paragraphs parts a quotation from the last one.

    Args:
        words: The words of the document.
        last: The last quotation.
        unit: The quotation.
    """
    apart = unit.paragraph - last.last_paragraph
    if apart <= 1 or apart > _SPEECH or unit.cued:
        return apart <= (not unit.cued)
    between = range(words.at(last.end), words.at(unit.start))
    inner = (i for i in between if words.paragraph[i] > last.last_paragraph)
    return all(words.has(i, QUOTED) for i in inner)


def is_paragraph(words: Words, unit: Unit) -> bool:
    """Say whether a quotation opens its paragraph as speech, unlike mottos and headings.

    Args:
        words: The words of the document.
        unit: The quotation.
    """
    first = words.at(unit.start)
    opens = first == 0 or first >= len(words)
    opens = opens or words.paragraph[first - 1] != words.paragraph[first]
    return opens and is_speech(words, unit)


def is_speech(words: Words, unit: Unit) -> bool:
    """Say whether a quotation ends as speech does, and mottos don't.

    Args:
        words: The words of the document.
        unit: The quotation.
    """
    closing = words.text[max(unit.start, unit.end - 3) : unit.end]
    if any(char in closing for char in _SPEECH_ENDS):
        return True
    behind = words.text[unit.end : unit.end + 3].lstrip("”’\"'» ")  # "… was enough”."
    inside = words.within(Span(unit.start, unit.end))
    whole = len(inside) >= _SENTENCE and words.has(inside[0], INITIAL)
    several = whole and words.sentence[inside[0]] != words.sentence[inside[-1]]
    return several or (whole and behind[:1] in (".", "!", "?"))


def named_behind(links: Links, unit: Unit, last: Unit | None) -> Entity | None:
    """Return the person whose name opens the paragraph behind a quotation, and who says more.

    They are asked only where no person spoke last: "… the police said.", "“…”", "Ruiz said …".

    Args:
        links: The document's links.
        unit: A quotation without a cue that is a paragraph of its own.
        last: The last attribution with a speaker.
    """
    words = links.index.words
    before = last.speaker if last is not None else None
    if not unit.direct or (before is not None and before.kind is NameKind.PERSON):
        return None
    for other in links.units[unit.number + 1 : unit.number + _NEXT]:
        if other.outer is not None or other.start < unit.end or other.source is None:
            continue
        speaker, first = other.speaker, words.at(other.source.span.start)
        named = other.source.name is not None and speaker is not None
        opens = words.has(first, INITIAL) and words.at(unit.end) == first
        near = words.paragraph[first] - unit.last_paragraph <= 1
        person = speaker is not None and speaker.kind is NameKind.PERSON
        return speaker if named and person and opens and near else None
    return None
