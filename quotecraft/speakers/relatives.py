"""Whom "who", "which" and "that" take up in news, beyond what stands right before them."""

from __future__ import annotations

from quotecraft.model import Span, SpeakerKind
from quotecraft.speakers.antecedents import described_before
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon, singular, word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import NameIndex, SourceMention, read_source
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.plurals import join
from quotecraft.speakers.pronouns import POSSESSIVES
from quotecraft.speakers.subjects import past_phrase
from quotecraft.speakers.syntax import AUXILIARIES, PAST, PREPOSITIONS
from quotecraft.speakers.words import CAPITAL, POSSESSIVE

__all__ = ["described_person", "predicate_of", "several_before", "together_before"]

_PEOPLE = word_set("people police those others men women children everyone everybody anyone")
_BEING = word_set("is was are were remains became")
_BETWEEN = word_set("also still now not already once")  # beside "is"
_ARTICLES = word_set("a an the")
_VERBS = AUXILIARIES | PAST | word_set("said says")
_ADVERBS = word_set("also still now then already often")
_PLURAL = word_set("both are were have each")
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

    "Ana Ruiz, a jurist from the Sorra University, who says …", "Ana Ruiz, Ben Soto's aide, who …":
    neither the university nor Soto is meant.

    Args:
        links: The document's links.
        word: Index of "who" among the words.
    """
    index, words = links.index, links.index.words
    if word < 1:
        return None
    for place in reversed(index.within(max(0, word - _NEAR), word - 1)):
        name, owner = index.mentions[place], links.owners[place]
        if words.sentence[name.first] != words.sentence[word]:
            return None
        if owner is not None and owner.kind is NameKind.PERSON:
            if _is_apposition(links, name.last, word):
                return owner
            if not _is_within(links, name.first, name.last):
                return None
    return None


def _is_within(links: Links, first: int, last: int) -> bool:
    """Say whether a name owns what follows, or is governed ("Ruiz's aide", "the aide of Ruiz")."""
    words = links.index.words
    while first > 1 and words.lower[first - 1] in lexicon().titles:
        first -= 1
    return words.has(last, POSSESSIVE) or words.lower[max(0, first - 1)] in PREPOSITIONS


def _is_apposition(links: Links, last: int, word: int) -> bool:
    """Say whether a description stands between the last word of a name and "who"."""
    words = links.index.words
    last = past_phrase(words, last)
    first = last + 1
    if first >= word or not words.gap(last).startswith(","):
        return False
    inside = range(first, word)
    if any(words.lower[i] in _VERBS or words.lower[i] == "who" for i in inside):
        return False
    if words.lower[first] in _ARTICLES | POSSESSIVES:
        return True
    places = links.index.within(first, first)
    owning = any(words.has(links.index.mentions[place].last, POSSESSIVE) for place in places)
    noun = words.lower[first]
    return owning or lexicon().is_person_noun(noun) or noun in lexicon().titles


def together_before(links: Links, word: int) -> Entity | None:
    """Return those named together whom a plural verb tells that a relative takes up.

    "Ana Ruiz and Ben Soto, who say …", "Sorra and Tavo, which both oppose it".

    Args:
        links: The document's links.
        word: Index of the pronoun among the words.
    """
    words = links.index.words
    verb = word + 1
    while verb + 1 < len(words) and words.lower[verb] in _ADVERBS:
        verb += 1
    if verb >= len(words) or not _is_plural_verb(words.lower[verb]):
        return None
    group = next(links.together.before(word), None)
    if group is None or group.last != word - 1 or not group.joined:
        return None
    start = words.starts[group.first]
    text = " ".join(words.text[start : words.ends[group.last]].split())
    return join(links, group.entities, start, text)


def _is_plural_verb(verb: str) -> bool:
    """Say whether a verb, or "both", tells that several do something."""
    return verb in _PLURAL or {verb, f"{verb}s"} <= lexicon().reporting


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
