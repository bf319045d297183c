"""Who says "I" and "we" outside quotation marks in news: the author, or who makes a statement."""

from __future__ import annotations

import re

from quotecraft.model import MentionKind, Span
from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.pronouns import pronoun
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import INITIAL, QUOTED, Words

__all__ = ["author", "find_statement", "link_first_person", "link_one"]

_FORMS = word_set("i me my myself we us our ourselves")
_MODALS = word_set(
    "must would should can could may might cannot wonders suspects hopes assumes imagines"
)
_POINTING = word_set("following follows below verbatim")  # to what comes next
_SAYINGS = word_set(
    "statement statements letter speech address message remarks announcement clarification note "
    "post declaration appeal apology response text transcript testimony"
)
_SPEAKING = (NameKind.PERSON, NameKind.ORGANIZATION, NameKind.UNKNOWN, NameKind.OTHER)
_NEAR = 300  # characters in which the mark that closes a quotation is looked for
_HEARS = re.compile(
    r"(?: am| was| are| were|['’](?:m|re)|(?: have|['’]ve) been)(?: \w+)? "
    r"(?:told|assured|reassured|informed|reminded|advised|warned|asked)\b"
)
_CLOSED = re.compile(r"[.,!?…][\"”»]")
_MARK = re.compile(r"[\"“”„«»]")


def link_first_person(links: Links, unit: Unit, source: SourceMention, scene: Scene) -> None:
    """Link "I" or "we" in news, where no quotation stands around it.

    In an interview without labels "I" is who answers, or who asks (``talks``). Otherwise who is
    introduced with a statement ("Ruiz issued the following statement") says what follows.
    Otherwise it is the author, whom the byline may name. Words that stand between quotation marks
    are somebody else's, and so may be those behind what somebody is reported to have said.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The pronoun.
        scene: The quotation's surroundings.
    """
    place = links.index.words.at(source.span.start)
    word = "we" if source.plural else "I"
    code = f"narrator:{word.lower()}"
    if links.index.words.has(place, QUOTED) or _unopened(links.index.words.text, unit.end):
        links.link(unit, None, "narrator", code)
        return
    if _is_told(links, unit, source):
        links.link(unit, None, "generic", "generic")
        return
    stated, talk = links.stated, links.talk
    if talk is not None and word == "I" and talk.covers(unit.anchor):
        speaker = talk.speaker(unit.anchor)
        pattern = "narrator" if speaker is None else "interviewed"
        links.link(
            unit, speaker, pattern, code if speaker is None else f"pronoun:{source.text}→{{}}"
        )
    elif stated is not None and place > stated[0]:
        links.link(unit, stated[1], "stated", f"pronoun:{source.text}→{{}}")
    elif any(o.start < unit.start and _may_go_on(links, o, source) for o in scene.own):
        links.link(unit, None, "narrator", code)
    else:
        links.link(unit, author(links, word, source.span.start), "author", code)


def link_one(links: Links, unit: Unit, source: SourceMention) -> bool:
    """Link "one" of "one must not forget" in news to the author; say whether it is such a one.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The pronoun.
    """
    words = links.index.words
    place = words.at(source.span.start)
    if links.conversation or words.has(place, QUOTED) or place + 1 >= len(words):
        return False
    if words.lower[place + 1] not in _MODALS or words.gap(place).strip():
        return False
    links.link(unit, author(links, "I", source.span.start), "author", "narrator:i")
    return True


def _may_go_on(links: Links, before: Unit, source: SourceMention) -> bool:
    """Say whether "I" or "we" may be who was reported before: somebody named, not the author.

    Whose words go on with "we" was reported in the sentence right before it.
    """
    speaker = before.speaker
    if speaker is None or speaker in (links.narrator, links.writer):
        return False
    words = links.index.words
    place, last = words.at(source.span.start), words.at(before.end) - 1
    near = words.sentence[place] - words.sentence[last] == 1
    named = bool(speaker.names) and speaker.kind is NameKind.PERSON
    return named and (near or not source.plural)


def _is_told(links: Links, unit: Unit, source: SourceMention) -> bool:
    """Say whether somebody is the one to hear ("I'm told that …")."""
    text = links.index.words.text
    if unit.cue is None or unit.cue.end <= source.span.end:
        return False
    return _HEARS.match(text[source.span.end : unit.cue.end]) is not None


def _unopened(text: str, end: int) -> bool:
    """Say whether words that end at an offset are quoted, but the mark that opens them is lost."""
    found = _MARK.search(text, max(0, end - 1), end + _NEAR)
    if found is None or "\n" in text[end : found.start()]:
        return False
    before = text.rfind("\n", 0, found.start())
    line = text[before + 1 : found.start()]
    return _CLOSED.match(text, found.start() - 1) is not None and _MARK.search(line) is None


def author(links: Links, word: str, start: int) -> Entity:
    """Return the author: by name where it is told, or "I"; "we" is a group of its own.

    Args:
        links: The document's links.
        word: ``"I"`` or ``"we"``.
        start: Offset where the author speaks.
    """
    named = links.narrator or links.writer
    if word == "I" and named is not None:
        return named
    entity = links.alone(
        SourceMention(Span(start, start + 1), MentionKind.PRONOUN, text=word, pronoun=pronoun(word))
    )
    if word == "we":
        entity.kind = NameKind.NORP
    return entity


def find_statement(links: Links) -> tuple[int, Entity] | None:
    """Return where a statement without quotation marks begins, and whose it is.

    A sentence before the first "I" or "we" must announce it ("issued the following statement",
    "Here is her letter") and name somebody as a subject, or the sentences before it in its
    paragraph.

    Args:
        links: The document's links.
    """
    words = links.index.words
    if not any(u.source and u.source.pronoun and u.source.pronoun.person == 1 for u in links.units):
        return None
    spoken = (i for i, word in enumerate(words.lower) if word in _FORMS)
    first = next((i for i in spoken if not words.has(i, QUOTED)), None)
    if first is None:
        return None
    pointing = (
        place
        for place in range(first - 1, -1, -1)
        if _points(words, place) and not words.has(place, QUOTED)
    )
    for place in pointing:
        start, stop = _sentence(words, place)
        if words.paragraph[place] == words.paragraph[first] and stop > first:
            continue
        if any(words.lower[i] in _SAYINGS for i in range(start, stop)):
            opening = _paragraph(words, place)
            named = [
                one.entity
                for one in links.narration.between(opening, stop)
                if one.subject and one.entity.names and one.entity.kind in _SPEAKING
            ]
            return (stop - 1, named[0]) if named else None
    return None


def _points(words: Words, place: int) -> bool:
    """Say whether a word announces what comes next ("the following", "Here is", "in full")."""
    pair = tuple(words.lower[place : place + 2])
    if pair in (("here", "is"), ("here", "are"), ("in", "full")):
        return True
    return words.lower[place] in _POINTING and not words.has(place, INITIAL)


def _paragraph(words: Words, place: int) -> int:
    """Return the first word of a word's paragraph."""
    while place > 0 and words.paragraph[place - 1] == words.paragraph[place]:
        place -= 1
    return place


def _sentence(words: Words, place: int) -> tuple[int, int]:
    """Return the first word of a word's sentence, and the one past its last."""
    number, start, stop = words.sentence[place], place, place + 1
    while start > 0 and words.sentence[start - 1] == number:
        start -= 1
    while stop < len(words) and words.sentence[stop] == number:
        stop += 1
    return start, stop
