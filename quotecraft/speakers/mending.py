"""Sources in conversations that name nobody as they stand, mended before they are linked.

A detector's source may hold words too many ("Mrs. Ruiz more"), stand for somebody's voice or face
("Ruiz's voice"), or be no mention of anybody ("a moment", "it"). The first two name a speaker; the
last say nothing, and the quotation is taken for one without a source.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from quotecraft.model import MentionKind, Span, SpeakerKind
from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.mentions import NameIndex, SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.pronouns import SUBJECTS
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import POSSESSIVE

__all__ = ["mend_sources"]

# What speaks for its owner: nobody in particular when nobody owns it ("a voice").
_PARTS = word_set(
    "voice face eyes eye lips lip mouth tone tones hand hands head heart brow smile look glance "
    "gaze answer reply remark question words word whisper cry laugh speech comment response "
    "expression countenance finger fingers arm arms accents politeness"
)
_THINGS = (SpeakerKind.DOCUMENT, SpeakerKind.ORGANIZATION, SpeakerKind.UNKNOWN)


def mend_sources(index: NameIndex, units: Sequence[Unit]) -> None:
    """Mend the sources of quotations in conversation.

    Args:
        index: The names of the document.
        units: Its attributions.
    """
    for unit in units:
        source = unit.source
        if source is None or not unit.direct or source.parts:
            continue
        if source.pronoun is not None:
            if source.pronoun.base in ("it", "this", "that"):
                _silence(unit)
        elif source.kind is MentionKind.DESCRIPTION:
            mended = _named(index, source) or _owned(index, source)
            if mended is not None:
                unit.source = mended
            elif _says_nothing(source):
                _silence(unit)


def _silence(unit: Unit) -> None:
    unit.source, unit.anchor = None, unit.start


def _named(index: NameIndex, source: SourceMention) -> SourceMention | None:
    """Return the person whose name begins a source, or who owns the part of them that it names."""
    words = index.words
    inside = words.within(source.span)
    if not inside:
        return None
    for place in index.within(inside[0], inside[-1]):
        name = index.mentions[place]
        if name.first > inside[0] or index.kind(place) is not NameKind.PERSON:
            return None
        owned = words.has(name.last, POSSESSIVE)
        if owned and source.head not in _PARTS:
            return None
        if not owned and _is_person(source.head):
            return None
        return evolve(
            source,
            span=name.span,
            kind=MentionKind.NAME,
            what=SpeakerKind.PERSON,
            text=" ".join(name.span.of(words.text).split()),
            name=place,
            owner=None,
        )
    return None


def _owned(index: NameIndex, source: SourceMention) -> SourceMention | None:
    """Return the pronoun that owns what a source names ("his lips")."""
    owner = source.owner_pronoun
    if owner is None or source.head not in _PARTS or owner.base not in SUBJECTS:
        return None
    first = index.words.at(source.span.start)
    span = Span(index.words.starts[first], index.words.ends[first])
    return SourceMention(
        span, MentionKind.PRONOUN, text=index.words.word(first), pronoun=owner, gender=owner.gender
    )


def _is_person(noun: str | None) -> bool:
    return noun is not None and (lexicon().is_person_noun(noun) or noun in lexicon().kin)


def _says_nothing(source: SourceMention) -> bool:
    head = source.head or ""
    if source.plural and source.what is SpeakerKind.GROUP:
        return False
    if head in _PARTS and source.owner is None:
        return True
    return source.what in _THINGS and not source.definite and source.owner is None
