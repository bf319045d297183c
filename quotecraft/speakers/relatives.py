"""Whom "who", "which" and "that" take up in news, beyond what stands right before them."""

from __future__ import annotations

from quotecraft.model import Span, SpeakerKind
from quotecraft.speakers.antecedents import described_before
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon, singular, word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import NameIndex, SourceMention, read_source
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.syntax import PREPOSITIONS
from quotecraft.speakers.words import CAPITAL

__all__ = ["described_person", "predicate_of", "several_before"]

_PEOPLE = word_set("people police those others men women children everyone everybody anyone")
_BEING = word_set("is was are were remains became")
_BETWEEN = word_set("also still now not already once")  # beside "is"
_ARTICLES = word_set("a an the")
_NEAR = 20  # words in which somebody is described before "who"
_SAYING = (SpeakerKind.PERSON, SpeakerKind.GROUP, SpeakerKind.ORGANIZATION)


def several_before(index: NameIndex, word: int, *, human: bool) -> SourceMention | None:
    """Return the people without an article right before a relative ("advocates who say").

    Args:
        index: The names of the document.
        word: Index of the pronoun among the words.
        human: Whether the pronoun tells that they are people ("who").
    """
    words, last = index.words, word - 1
    if last < 0 or words.gap(last).strip(" ,"):
        return None
    noun = words.lower[last]
    plural = singular(noun) != noun and not noun.endswith("ss") and not words.has(last, CAPITAL)
    if noun not in _PEOPLE and (not plural or noun in lexicon().function):
        return None
    described = described_before(index, word)
    if described is not None:
        inside = words.within(described.span)
        if not any(words.lower[i] in PREPOSITIONS for i in inside):  # not "its fight with judges"
            return None
    found = read_source(index, Span(words.starts[last], words.ends[last]))
    if found is None or found.name is not None:
        return None
    return found if human or found.what in _SAYING else None


def described_person(links: Links, word: int) -> Entity | None:
    """Return the person whom a description behind the name parts from "who".

    "Ana Ruiz, a jurist from the Sorra University, who says …": the body is not meant.

    Args:
        links: The document's links.
        word: Index of "who" among the words.
    """
    index, words = links.index, links.index.words
    if word < 1 or "," not in words.gap(word - 1):
        return None
    for place in reversed(index.within(max(0, word - _NEAR), word - 1)):
        name, owner = index.mentions[place], links.owners[place]
        if words.sentence[name.first] != words.sentence[word]:
            return None
        if owner is not None and owner.kind is NameKind.PERSON:
            behind = name.last + 1
            opens = behind < word and words.lower[behind] in _ARTICLES
            return owner if opens and words.gap(name.last).startswith(",") else None
    return None


def predicate_of(index: NameIndex, head: SourceMention) -> SourceMention | None:
    """Return who is said to be what a description tells ("She is the only envoy who …").

    Args:
        index: The names of the document.
        head: The description before "who".
    """
    words = index.words
    verb = words.at(head.span.start) - 1
    while verb > 0 and words.lower[verb] in _BETWEEN:
        verb -= 1
    if verb < 1 or words.lower[verb] not in _BEING:
        return None
    last = verb - 1
    while last > 0 and words.lower[last] in _BETWEEN:
        last -= 1
    first = last
    while first > 0 and words.sentence[first - 1] == words.sentence[last]:
        if words.gap(first - 1).strip():
            break
        first -= 1
    if words.lower[first] in ("and", "but", "so") and first < last:
        first += 1
    subject = read_source(index, Span(words.starts[first], words.ends[last]))
    short = subject is not None and len(subject.text.split()) <= len(_BETWEEN)
    return subject if short else None
