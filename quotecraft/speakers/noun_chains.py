"""Descriptions that share their noun: "a man …, the man", until a new one opens."""

from __future__ import annotations

import re
from collections import defaultdict

from attrs import define, field

from quotecraft.model import SpeakerKind
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon, singular, word_set
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.phrases import ONE_MORE, POINTING
from quotecraft.speakers.syntax import AUXILIARIES, PAST, PREPOSITIONS
from quotecraft.speakers.words import CAPITAL, Words

__all__ = ["ARTICLES", "NounChain", "NounChains", "is_plural", "modifies", "unnamed"]

ARTICLES = POINTING | ONE_MORE
"""What opens a description at all."""

_CHAIN = 4000  # words after which the same definite noun starts a new chain
_VERBAL = ("ed", "s", "ly", "ing")  # ends of words behind a noun that it doesn't tell more of
_LOOSE = word_set("became won cut beat threw close familiar earlier later last here there else")
_TOLD = 5.0  # votes for a gender that a noun is worth


@define(eq=False)
class NounChain:
    """Mentions of one noun that may be one person.

    Attributes:
        entity: The entity that nobody names.
        last: Index of the noun where it stood last.
        words: The adjectives so far.
        introduced: Whether "a" stood before it.
        resolved: Whom it stood for last, named or not.
        sure: How sure that was, in [0, 1].
    """

    entity: Entity
    last: int
    words: set[str]
    introduced: bool = False
    resolved: Entity | None = None
    sure: float = 1.0


@define(eq=False)
class NounChains:
    """The chains of a document.

    Attributes:
        words: Its words.
        factual: Whether it is news or other factual prose, where "one voter" is a new person.
    """

    words: Words
    factual: bool = False
    _chains: dict[str, list[NounChain]] = field(factory=lambda: defaultdict(list))
    _links: dict[int, NounChain] = field(factory=dict)

    @property
    def articles(self) -> frozenset[str]:
        """What opens a description."""
        return ARTICLES | {"one"} if self.factual else ARTICLES

    def of(self, mention: SourceMention) -> NounChain | None:
        """Return the chain that a description belongs to, ``None`` if it is in none.

        Args:
            mention: The description.
        """
        return self._links.get(mention.head_word or 0)

    def introduced(self, mention: SourceMention) -> bool:
        """Say whether a description's noun stood with "a" before, of somebody not named.

        Args:
            mention: The description.
        """
        chain = self.of(mention)
        return chain is not None and chain.introduced

    def settle(self, mention: SourceMention, entity: Entity, sure: float | None = None) -> None:
        """Remember whom a description was resolved to.

        Args:
            mention: The description.
            entity: Who it was.
            sure: How sure that is, ``None`` for as sure as before.
        """
        chain = self.of(mention)
        if chain is not None:
            chain.resolved = entity
            chain.sure = chain.sure if sure is None else sure

    def open(
        self,
        index: int,
        noun: str,
        modifiers: frozenset[str],
        source: SourceMention | None,
        first: int | None = None,
    ) -> NounChain:
        """Return the chain that a description belongs to, a new one if none fits.

        Args:
            index: Index of its noun.
            noun: The noun.
            modifiers: The words before it.
            source: The description, if it is a source.
            first: Index of its first word, if it is none.
        """
        owner = source.owner_pronoun.base if source is not None and source.owner_pronoun else ""
        chains = self._chains[f"{owner} {noun}"]
        new = not modifiers.isdisjoint(ONE_MORE) or (self.factual and "one" in modifiers)
        wanted = set(modifiers) - self.articles
        last = chains[-1] if chains else None
        fits = last is not None and (not wanted or not last.words or bool(wanted & last.words))
        if last is None or new or not fits or index - last.last > _CHAIN:
            last = NounChain(self._described(index, noun, source, first), index, set())
            chains.append(last)
        last.last = index
        last.introduced |= new
        last.words |= wanted
        self._links[index] = last
        return last

    def _described(
        self, index: int, noun: str, source: SourceMention | None, first: int | None
    ) -> Entity:
        if source is not None:
            return unnamed(source)
        words = self.words
        start = words.starts[index if first is None else first]
        text = " ".join(words.text[start : words.ends[index]].split())
        entity = Entity(NameKind.PERSON, first=start, description=text)
        entity.votes.add(lexicon().noun_gender(noun), _TOLD)
        return entity


def unnamed(mention: SourceMention) -> Entity:
    """Return a new entity for a description.

    Args:
        mention: The description.
    """
    entity = Entity(first=mention.span.start, description=mention.text)
    entity.votes.add(mention.gender, _TOLD)
    if mention.what is SpeakerKind.PERSON:
        entity.kind = NameKind.PERSON
    elif mention.what is SpeakerKind.ORGANIZATION:
        entity.kind = NameKind.ORGANIZATION
    return entity


def is_plural(description: str) -> bool:
    """Say whether a description means several people ("reporters", "the people of the town").

    Args:
        description: Its words.
    """
    head = re.split(r",| (?:of|from|in|at|for|with|who|that) ", description.lower())[0].split()[-1:]
    return any(word in ("people", "others") or singular(word) != word for word in head)


def modifies(words: Words, index: int, *, plain: bool) -> bool:
    """Say whether a noun tells more of a name or noun behind it ("a general election").

    Args:
        words: The words of the document.
        index: Index of the noun, a person's.
        plain: Whether small words count as well; in fiction they are rather verbs.
    """
    following = index + 1
    if following >= len(words) or words.gap(index).strip():
        return False
    if words.has(following, CAPITAL):
        return True
    lex, word = lexicon(), words.lower[following]
    verbal = word in lex.function | AUXILIARIES | PAST | PREPOSITIONS or word in lex.reporting
    loose = word in _LOOSE or word.endswith(_VERBAL) or "n't" in word or "n’t" in word
    return plain and word.isalpha() and not verbal and not loose
