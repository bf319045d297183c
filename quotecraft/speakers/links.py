"""One document's links while they are being made: what every kind of link builds on."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import define, field

from quotecraft.model import Span
from quotecraft.speakers.capitals import Capitals
from quotecraft.speakers.chains import Chains
from quotecraft.speakers.context import Narration
from quotecraft.speakers.decision import Decider
from quotecraft.speakers.descriptions import Descriptions
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.mentions import NameIndex, SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.pronouns import SUBJECTS
from quotecraft.speakers.search import Teacher
from quotecraft.speakers.talks import Talk
from quotecraft.speakers.together import PluralSpeakers, TogetherIndex
from quotecraft.speakers.trust import Check
from quotecraft.speakers.units import Turn, Unit
from quotecraft.speakers.voices import Voices

__all__ = ["Links", "Observer"]


class Observer:
    """Sees every ranking before it is decided; the fitting command collects them."""

    def ranked(self, situation: str, unit: Unit, evidence: Sequence[Evidence]) -> None:
        """Take note of the evidence on each candidate of a quotation."""

    def teacher(self, links: Links) -> Teacher | None:
        """Return what tells a search who speaks, in training; ``None`` lets it search."""
        return None


@define(eq=False)
class Links:
    """What is known of one document while its quotations are linked to speakers.

    Attributes:
        index: The names of the document.
        owners: The entity of each name.
        units: Its attributions, in the order given.
        turns: Its turns.
        narration: Where the narration refers to whom.
        descriptions: What it tells of the unnamed.
        decider: What chooses among candidates.
        conversation: Whether quotations answer one another, as in fiction.
        narrator: The first-person narrator, if there is one.
        writer: Who wrote a text of news, if that is told.
        observer: What sees the rankings.
        chains: Coreference by another source, if there is one.
        members: For each conjunction, by ``id``, the entities it joins.
        pairs: The entity of each conjunction, by those that it joins.
        voices: How the people of a conversation speak, once the named have been heard.
        shares: For a quotation, by ``id``, which share of a search's histories each speaker has.
        things: Those described, by ``id``, that are neither persons nor bodies.
        stated: In news, the last word before a statement without quotation marks, and whose it is.
        talk: In news, the interview without labels that the text is.
        described: The first attribution of each description in news, by its place.
        check: What a search expected of the named speakers, and what it met.
    """

    index: NameIndex
    owners: Sequence[Entity | None]
    units: Sequence[Unit]
    turns: Sequence[Turn]
    narration: Narration
    descriptions: Descriptions
    decider: Decider
    conversation: bool = True
    narrator: Entity | None = None
    writer: Entity | None = None
    observer: Observer = field(factory=Observer)
    chains: Chains | None = None
    members: dict[int, tuple[Entity, ...]] = field(factory=dict)
    pairs: dict[frozenset[int], Entity] = field(factory=dict)
    voices: Voices | None = None
    shares: dict[int, dict[int, float]] = field(factory=dict)
    things: set[int] = field(factory=set)
    stated: tuple[int, Entity] | None = None
    talk: Talk | None = None
    check: Check = field(factory=Check)
    plurals: PluralSpeakers = field(factory=PluralSpeakers)
    _together: TogetherIndex | None = None
    described: dict[Span, Unit] = field(factory=dict)
    _lone: dict[str, Entity] = field(factory=dict)
    _inside: dict[int, list[Unit]] = field(factory=dict)
    _anchored: dict[int, list[Unit]] = field(factory=dict)
    _sources: frozenset[int] | None = None
    _capitals: Capitals | None = None

    def link(
        self, unit: Unit, entity: Entity | None, pattern: str, code: str, share: float = 1.0
    ) -> None:
        """Give a quotation its speaker by a named pattern.

        Args:
            unit: The quotation.
            entity: Who speaks it.
            pattern: The pattern, whose measured probability is the link's.
            code: Evidence code, ``{}`` standing for the speaker's id.
            share: Probability that what the pattern starts from is right.
        """
        self.settle(unit, entity, pattern, share * self.decider.pattern(pattern), code)

    def settle(
        self, unit: Unit, entity: Entity | None, pattern: str, confidence: float, *codes: str
    ) -> None:
        """Give a quotation its speaker with a probability.

        Args:
            unit: The quotation.
            entity: Who speaks it, ``None`` for nobody in particular.
            pattern: Name of the pattern that found them.
            confidence: Probability that they are right.
            codes: Evidence codes, ``{}`` standing for the speaker's id.
        """
        unit.speaker = entity
        unit.pattern = pattern
        unit.confidence = confidence
        unit.evidence = codes
        source = unit.source
        if self.conversation or entity is None or source is None or not source.plural:
            return
        if source.pronoun is None or id(entity) in self.members:
            self.plurals.add(self.index.words.at(source.span.start), entity)

    @property
    def together(self) -> TogetherIndex:
        """Those who are named together."""
        if self._together is None:
            self._together = TogetherIndex.of(self.index, self.owners)
        return self._together

    @property
    def capitals(self) -> Capitals:
        """The states that the document names, by their capitals."""
        if self._capitals is None:
            self._capitals = Capitals(self.index, self.owners)
        return self._capitals

    def inside(self, outer: Unit) -> Sequence[Unit]:
        """Return the attributions that stand right inside another, in order.

        Args:
            outer: The other.
        """
        if not self._inside:
            for unit in self.units:
                if unit.outer is not None:
                    self._inside.setdefault(id(unit.outer), []).append(unit)
        return self._inside.get(id(outer), ())

    def named_sources(self) -> frozenset[int]:
        """Return the names that are sources of attributions, those inside others left out."""
        if self._sources is None:
            read = (unit.source for unit in self.units if not unit.nested)
            self._sources = frozenset(s.name for s in read if s is not None and s.name is not None)
        return self._sources

    def anchored_in(self, sentence: int) -> Sequence[Unit]:
        """Return the attributions whose source, or content without one, stands in a sentence.

        Args:
            sentence: Number of the sentence.
        """
        if not self._anchored:
            words = self.index.words
            for unit in self.units:
                place = words.at(unit.anchor)
                if place < len(words):
                    self._anchored.setdefault(words.sentence[place], []).append(unit)
        return self._anchored.get(sentence, ())

    def alone(self, source: SourceMention) -> Entity:
        """Return the entity of a pronoun that refers to nobody the text names.

        Args:
            source: The pronoun.
        """
        base = source.pronoun.base if source.pronoun is not None else source.text.lower()
        if base not in self._lone:
            entity = Entity(first=source.span.start, description=source.text)
            entity.kind = NameKind.PERSON if base in SUBJECTS else NameKind.UNKNOWN
            entity.votes.add(source.gender, 5.0)
            self._lone[base] = entity
        return self._lone[base]
