"""Coreference chains of another source, read: whom each of their mentions names or describes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import define, field, frozen

from quotecraft.model import MentionKind, SpeakerKind
from quotecraft.parse.interfaces import Chain
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.mentions import NameIndex, SourceMention, read_source
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.pronouns import SUBJECTS
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import QUOTED

__all__ = ["Chains", "Claim", "ReadChain"]


@frozen
class Claim:
    """Whom a chain says that a mention means.

    Attributes:
        chain: The chain.
        entity: Who it is, ``None`` when the chain neither names them nor has been met before.
        share: The share of the chain's names that are theirs, in (0, 1].
        text: The mention, as written.
    """

    chain: ReadChain
    entity: Entity | None
    share: float
    text: str


@define(eq=False)
class ReadChain:
    """One chain with its mentions read as if they were sources.

    Attributes:
        mentions: The mentions that can be read, in order.
        votes: By ``id``, how often it names somebody.
        named: The same people, by ``id``.
        heard: Whether nothing but their own "I" tells who is meant.
        unnamed: Who is meant when nobody is named, once a quotation is theirs.
    """

    mentions: Sequence[SourceMention]
    votes: Counter[int] = field(factory=Counter)
    named: dict[int, Entity] = field(factory=dict)
    heard: bool = False
    unnamed: Entity | None = None

    def vote(self, entity: Entity, count: int = 1) -> None:
        """Count signs that somebody is meant."""
        self.votes[id(entity)] += count
        self.named[id(entity)] = entity

    def claim(self, text: str) -> Claim:
        """Return whom it says that one of its mentions means."""
        if not self.votes:
            return Claim(self, self.unnamed, 1.0, text)
        key, count = self.votes.most_common(1)[0]
        return Claim(self, self.named[key], count / self.votes.total(), text)

    def describe(self) -> Entity:
        """Return a new entity for somebody whom the chain doesn't name."""
        described = [m for m in self.mentions if m.kind is MentionKind.DESCRIPTION]
        best = max(described, key=lambda m: len(m.text), default=self.mentions[0])
        entity = Entity(first=self.mentions[0].span.start, description=best.text)
        for mention in self.mentions:
            entity.votes.add(mention.gender)
            base = mention.pronoun.base if mention.pronoun is not None else ""
            if base in SUBJECTS or mention.what is SpeakerKind.PERSON:
                entity.kind = NameKind.PERSON
        return entity


class Chains:
    """The chains of one document, to be looked up by mention.

    Args:
        index: The names of the document.
        chains: Its chains.
        reliability: Probability that a chain joins a mention to whom it means.
    """

    def __init__(self, index: NameIndex, chains: Iterable[Chain], reliability: float) -> None:
        self.reliability = reliability
        self._words = index.words
        self._heads: dict[int, ReadChain] = {}
        self._read: list[ReadChain] = []
        self._adopted: set[int] = set()
        for chain in chains:
            mentions = [read for span in chain.mentions if (read := read_source(index, span))]
            mentions = [mention for mention in mentions if not mention.parts]
            if mentions:
                read_chain = ReadChain(mentions)
                self._read.append(read_chain)
                for mention in mentions:
                    self._heads.setdefault(self._head(mention), read_chain)

    def _head(self, mention: SourceMention) -> int:
        """Return the word that stands for a mention, whatever its span takes in beside."""
        if mention.head_word is not None:
            return mention.head_word
        return self._words.at(mention.span.start)

    def names(self) -> list[list[int]]:
        """Return the names in each chain, by place in the list of names."""
        named = ([m.name for m in chain.mentions if m.name is not None] for chain in self._read)
        return [places for places in named if places]

    def settle(self, owners: Sequence[Entity | None], narrator: Entity | None) -> Entity | None:
        """Tell the chains whom names stand for; return the narrator.

        A narrator whom nothing else names has the name that the chain of most "I" holds.

        Args:
            owners: The entity of each name.
            narrator: The first-person narrator, if there is one.
        """
        for chain in self._read:
            for mention in chain.mentions:
                owner = None if mention.name is None else owners[mention.name]
                if owner is not None:
                    chain.vote(owner)
        telling = [(sum(map(self._tells, c.mentions)), c) for c in self._read]
        most, main = max(telling, key=lambda item: item[0], default=(0, None))
        if narrator is not None and not narrator.names and most and main is not None:
            narrator = main.claim("I").entity or narrator
        for count, chain in telling:
            if narrator is not None and count:
                chain.vote(narrator, count)
        return narrator

    def _tells(self, mention: SourceMention) -> bool:
        """Say whether a mention is an "I" of the narration."""
        entry = mention.pronoun
        first = entry is not None and entry.base == "i"
        return first and not self._words.quoted_at(mention.span.start)

    def hear(self, units: Iterable[Unit]) -> None:
        """Let "I" in somebody's words tell whom a chain without a name means.

        Args:
            units: Attributions, of which those with a speaker are looked at.
        """
        for unit in units:
            if unit.speaker is not None:
                for chain, _ in self._spoken(unit, ()):
                    if chain.heard or not chain.votes:
                        chain.heard = True
                        chain.vote(unit.speaker)

    def adopt(self, entity: Entity) -> bool:
        """Say whether somebody unnamed may stand for a chain: only the first that asks gets them.

        Args:
            entity: Who a description of the chain stands for, as found without it.
        """
        free = id(entity) not in self._adopted
        self._adopted.add(id(entity))
        return free

    def source(self, source: SourceMention) -> Claim | None:
        """Return whom a pronoun or description means, ``None`` when no chain holds it.

        Args:
            source: The source of an attribution.
        """
        if source.parts or source.kind is MentionKind.NAME:
            return None
        chain = self._heads.get(self._head(source))
        return None if chain is None else chain.claim(source.text)

    def content(self, unit: Unit, inner: Sequence[Unit]) -> Claim | None:
        """Return who says "I" in a quotation, ``None`` when nobody does or it is unclear.

        Args:
            unit: The quotation.
            inner: The attributions inside it, whose "I" is somebody else.
        """
        spoken = self._spoken(unit, inner)
        claims = [chain.claim(text) for chain, text in spoken if len(chain.mentions) > 1]
        return claims[0] if len({id(claim.entity) for claim in claims}) == 1 else None

    def _spoken(self, unit: Unit, inner: Sequence[Unit]) -> list[tuple[ReadChain, str]]:
        """Return the chains that hold an "I" or "my" of a quotation."""
        words = self._words
        found: list[tuple[ReadChain, str]] = []
        for place in words.within_offsets(unit.start, unit.end) if unit.direct else ():
            chain = self._heads.get(place)
            start = words.starts[place]
            if chain is None or not words.has(place, QUOTED):
                continue
            first = next((m for m in chain.mentions if m.span.start == start), None)
            entry = first.pronoun if first is not None else None
            nested = any(other.start <= start < other.end for other in inner)
            if entry is not None and entry.base == "i" and not nested:
                found.append((chain, words.word(place)))
        return found
