"""Who was asked something right before "he" or "she", and so answers."""

from __future__ import annotations

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Unit

__all__ = ["asked_before"]

_REACH = 60  # words back in which a question stands
_ASKED = word_set("asked questioned pressed")
_QUESTIONS = word_set("if whether about what how why when where who which")
_GOING_ON = word_set("added adding adds continued asked asks also")  # cues of who asked


def asked_before(links: Links, unit: Unit, source: SourceMention) -> Entity | None:
    """Return the person who was asked something right before a pronoun, in news.

    "When the judge asked Ruiz if she knew the man, she said no.", "Ruiz was asked whether …". Who
    is named in the question itself does not answer it.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The pronoun.
    """
    words = links.index.words
    anchor = words.at(unit.anchor)
    cue = words.lower[words.at(unit.cue.start)] if unit.cue is not None else ""
    if cue in _GOING_ON or words.quoted_at(unit.anchor):
        return None
    named = False  # whether the pronoun's own sentence names anybody before it
    for one in links.narration.before(anchor, _REACH):
        apart = words.sentence[anchor] - words.sentence[one.word]
        if apart > 1 or (apart and named):
            return None
        if one.entity.kind is not NameKind.PERSON or not one.entity.names:
            continue
        if _is_asked(links, one.word):
            fits = one.entity.votes.likely() in (None, source.gender)
            return one.entity if fits else None
        named = named or not apart
    return None


def _is_asked(links: Links, word: int) -> bool:
    """Say whether the person named at a word is asked something."""
    words = links.index.words
    names = (links.index.mentions[place] for place in links.index.within(word, word))
    last = max((name.last for name in names), default=word)
    behind = words.lower[last + 1 : last + 3]
    if (
        behind[:1]
        and behind[0] in _QUESTIONS
        and _ASKED & set(words.lower[max(0, word - 2) : word])
    ):
        return True
    return len(behind) == 2 and behind[0] in ("was", "were") and behind[1] in _ASKED
