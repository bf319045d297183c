"""Links each attribution to its speaker: names first, then the rest in text order."""

from __future__ import annotations

from bisect import bisect_right
from sys import intern

from attrs import define, field

from quotecraft.model import MentionKind
from quotecraft.speakers.addressing import Addressing
from quotecraft.speakers.antecedents import (
    described_before,
    link_thing,
    member_before,
    named_before,
)
from quotecraft.speakers.candidates import Scene, find_candidates
from quotecraft.speakers.chained import hear_names, weigh
from quotecraft.speakers.conversation import converse
from quotecraft.speakers.decision import codes_of
from quotecraft.speakers.description_links import link_description
from quotecraft.speakers.echoes import link_echoes
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence, gather
from quotecraft.speakers.first_person import author, find_statement, link_first_person, link_one
from quotecraft.speakers.generic import is_generic
from quotecraft.speakers.inner_links import link_hearer, link_inner
from quotecraft.speakers.interviews import link_interview
from quotecraft.speakers.linked import (
    forget,
    goes_by_i,
    name_pattern,
    neighbour,
    outermost,
    with_source,
)
from quotecraft.speakers.links import Links
from quotecraft.speakers.mending import mend_sources
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.noun_chains import unnamed
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.plurals import join, link_several, link_they
from quotecraft.speakers.pronoun_links import fitting, link_body, link_last, link_relative
from quotecraft.speakers.pronouns import Pronoun
from quotecraft.speakers.ranking import Ranking, complete
from quotecraft.speakers.relatives import (
    described_person,
    predicate_of,
    several_before,
    together_before,
)
from quotecraft.speakers.silents import (
    is_authors,
    is_paragraph,
    is_speech,
    led_to,
    link_within,
    named_behind,
    narrated_between,
    noting,
    subject_before,
    unbroken,
)
from quotecraft.speakers.talks import find_talk
from quotecraft.speakers.units import Turn, Unit

__all__ = ["Linker"]

_PASSES = 3  # over a conversation: each but the first sees who speaks in the turns to come
# Links that are made anew once all turns have a speaker.
_RANKED = frozenset(
    ("pronoun", "description", "implicit", "alone", "continuation", "continuation:several")
)


@define(eq=False)
class Linker(Links):
    """One document's resolution while it goes on."""

    _last: Unit | None = None
    _again: bool = False
    _called: dict[str, Entity] = field(factory=dict)

    def run(self) -> None:
        """Find the speaker and addressee of every unit, as far as the text tells."""
        if self.conversation:
            mend_sources(self.index, self.units)
        else:
            self.stated = find_statement(self)
            self.talk = find_talk(self.index, self.owners)
        addressing = Addressing(self.index, self.owners, self.narration, self.descriptions)
        for unit in self.units:
            if unit.source is not None and unit.source.name is not None:
                self._link_name(unit, unit.source, unit.source.name)
            if unit.object is not None:
                unit.addressee = addressing.told(unit.object)
        hear_names(self)
        link_interview(self)
        for number in range(_PASSES if self.conversation else 1):
            self._again = number > 0
            self._last = None
            if number == 1 and converse(self, self.evidence):
                return
            for place, turn in enumerate(self.turns):
                self._link_turn(place, turn, addressing)
        starts = [turn.units[0].start for turn in self.turns]
        taken = {id(unit) for turn in self.turns for unit in turn.units}
        for unit in self.units:
            if unit.source is not None and id(unit) not in taken:
                place = max(0, bisect_right(starts, outermost(unit).start) - 1)
                self._link_source(unit, Scene(self.turns, place, self.conversation, unit.outer))
            elif unit.nested and not unit.pattern and not self.conversation:
                link_within(self, unit)
        if not self.conversation:
            link_echoes(self)

    def rank_source(self, unit: Unit) -> None:
        """Link a source that is no attribution's, once the document is linked; for training.

        Args:
            unit: The source with the words behind it, as if they were said.
        """
        starts = [turn.units[0].start for turn in self.turns]
        place = max(0, bisect_right(starts, unit.anchor) - 1)
        known = [o for o in self.units if o.speaker is not None and o.start < unit.anchor]
        scene = Scene(self.turns, place, self.conversation, known[-1] if known else None)
        self._link_source(unit, scene)

    def _link_turn(self, place: int, turn: Turn, addressing: Addressing) -> None:
        """Link one turn; the second time, what was ranked is ranked again, its future known."""
        scene = Scene(self.turns, place, self.conversation, self._last)
        for unit in sorted(turn.units, key=lambda unit: unit.source is None):
            if self._again and unit.pattern in _RANKED:
                forget(unit)
            elif self._again and unit.object is None and not unit.called:
                unit.addressee = None
            if unit.pattern:
                continue
            scene.last = self._last_before(unit, turn)
            if unit.source is not None:
                self._link_source(unit, scene)
            else:
                self._link_silent(unit, turn, scene)
                weigh(self, unit)
        addressing.address(scene, turn)
        self._last = self._last_before(None, turn)

    def _last_before(self, unit: Unit | None, turn: Turn) -> Unit | None:
        """Return the last attribution with a known speaker, up to a unit of the turn."""
        known = [
            other
            for other in turn.units
            if other.speaker is not None
            and not goes_by_i(other)
            and (unit is None or other.start < unit.start)
        ]
        return known[-1] if known else self._last

    def _link_name(self, unit: Unit, source: SourceMention, place: int) -> None:
        name = self.index.mentions[place]
        owner = self.owners[place]
        whole = owner is not None and owner.kind is NameKind.ORGANIZATION and len(owner.names) > 1
        if not whole:  # "the Union (TU)" that an official of it is named with
            owner = self.descriptions.initialled(name) or owner
        if not self.conversation:
            owner = self.capitals.state(place) or owner
        if owner is None:
            owner = self.descriptions.same_text(source)  # capitalised, of nobody: "Israelis"
        pattern = name_pattern(name, owner)
        written = " ".join(name.core)
        code = intern(f"name-match:{written}")
        owner.said += 1
        self.settle(unit, owner, pattern, self.decider.pattern(pattern), code)

    def _link_source(self, unit: Unit, scene: Scene) -> None:
        source = unit.source
        if source is None or unit.speaker is not None or unit.pattern:
            return
        if is_generic(source, factual=not self.conversation):
            self.link(unit, None, "generic", "generic")
        elif source.parts:
            self._link_parts(unit, source, scene)
        elif source.pronoun is not None:
            self._link_pronoun(unit, source, source.pronoun, scene)
        elif source.kind is MentionKind.NAME:
            entity = self._called.setdefault(
                source.text.lower(),
                Entity(NameKind.PERSON, first=source.span.start, description=source.text),
            )
            pattern = "name:called"
            code = f"name-match:{source.text}"
            self.settle(unit, entity, pattern, self.decider.pattern(pattern), code)
        elif not link_several(self, unit, source):
            link_description(self, unit, source, scene, self._rank)
        weigh(self, unit)

    def _link_parts(self, unit: Unit, source: SourceMention, scene: Scene) -> None:
        entities: list[Entity] = []
        for part in source.parts:
            probe = with_source(unit, part)
            if part.name is not None:
                self._link_name(probe, part, part.name)
            elif not link_several(self, probe, part, inner=True):
                self._link_source(probe, scene)
            if probe.speaker is not None and probe.speaker not in entities:
                entities.append(probe.speaker)
        pair = join(self, entities, source.span.start, source.text)
        pattern = "conjunction"
        self.settle(unit, pair, pattern, self.decider.pattern(pattern), "conjunction")

    def _link_pronoun(
        self, unit: Unit, source: SourceMention, pronoun: Pronoun, scene: Scene
    ) -> None:
        word = pronoun.base
        if link_inner(self, unit, source):
            return
        if pronoun.person == 1:
            if self.conversation:
                narrator = None if source.plural else self.narrator
                self.link(unit, narrator or self.alone(source), "narrator", f"narrator:{word}")
            else:
                link_first_person(self, unit, source, scene)
        elif pronoun.person == 2:
            link_hearer(self, unit, source)
        elif word == "who":
            self._link_who(unit, source, scene)
        elif word in ("he", "she"):
            if not self.conversation and link_last(self, unit, source, scene):
                return
            self._rank(unit, scene, Ranking("pronoun", f"pronoun:{source.text}→{{}}"))
        elif word in ("which", "that", "this", "these", "those") and not self.conversation:
            self._link_taken_up(unit, source, scene)
        elif (
            (word == "they" and link_they(self, unit, source))
            or (word == "one" and link_one(self, unit, source))
            or (word in ("both", "two") and link_several(self, unit, source))
        ):
            pass
        elif word in ("they", "it", "that", "this", "which"):
            self._link_thing(unit, source, scene)
        else:
            entity = unnamed(source)
            self.settle(unit, entity, "indefinite", self.decider.pattern("indefinite"), "unnamed")

    def _link_thing(self, unit: Unit, source: SourceMention, scene: Scene) -> None:
        """Link "it" or "they"."""
        if self.conversation:
            link_body(self, unit, source, scene)
        else:
            link_thing(self, unit, source, scene)
            if not unit.pattern:  # what it takes up is the source now
                self._link_source(unit, scene)

    def _link_who(self, unit: Unit, source: SourceMention, scene: Scene) -> None:
        """Link "who": whom the words before it name or describe."""
        word = self.index.words.at(source.span.start)
        if self.conversation:
            link_relative(self, unit, source)
            return
        group = together_before(self, word)
        several = several_before(self.index, word, human=True)
        person = described_person(self, word)
        if group is not None:
            self.link(unit, group, "relative", "relative:who→{}")
        elif several is not None:
            unit.source = several
            self._link_source(unit, scene)
        elif person is not None:
            self.link(unit, person, "relative", "relative:who→{}")
        else:
            head = described_before(self.index, word) or member_before(self.index, word)
            subject = predicate_of(self.index, head) if head is not None else None
            if subject is not None:
                unit.source = subject
                self._link_source(unit, scene)
            else:
                link_relative(self, unit, source)

    def _link_taken_up(self, unit: Unit, source: SourceMention, scene: Scene) -> None:
        """Link "which" or "that" in news: whom the words right before it name or describe."""
        word = self.index.words.at(source.span.start)
        named, head = named_before(self, word), described_before(self.index, word)
        if source.pronoun is not None and source.pronoun.base == "which":
            named = together_before(self, word) or named
        if named is not None:
            self.link(unit, named, "relative", "relative:which→{}")
            return
        if head is None and source.pronoun is not None and source.pronoun.base in ("that", "which"):
            head = several_before(self.index, word, human=False)
        if source.pronoun is not None and source.pronoun.base == "those":
            entity = unnamed(source)
            self.settle(unit, entity, "indefinite", self.decider.pattern("indefinite"), "unnamed")
        elif head is not None and head.pronoun is None:
            unit.source = head
            self._link_source(unit, scene)
        else:
            self.link(unit, None, "unresolved", f"pronoun:{source.text}")

    def _rank(self, unit: Unit, scene: Scene, ranking: Ranking) -> None:
        """Let the decider choose among the candidates."""
        evidence = self.evidence(unit, scene, ranking)
        situation = f"{ranking.situation}:again" if self._again else ranking.situation
        self.observer.ranked(situation, unit, evidence)
        choice = self.decider.choose(situation, evidence)
        if choice is not None:
            entity = evidence[choice.place].entity
            confidence = self.decider.trusted(situation, choice.probability, self.check)
            if entity is ranking.unnamed:  # never wrong, though it may be somebody named
                confidence = max(confidence, self.decider.pattern("described"))
            codes = [ranking.code, *codes_of(choice.reasons)]
            self.settle(unit, entity, ranking.situation, confidence, *codes)
        elif unit.source is not None and unit.source.pronoun is not None:
            entity = self.alone(unit.source)
            self.settle(unit, entity, "alone", self.decider.pattern("alone"), ranking.code)

    def evidence(self, unit: Unit, scene: Scene, ranking: Ranking) -> list[Evidence]:
        """Return the evidence on each candidate.

        Args:
            unit: The quotation.
            scene: Its surroundings.
            ranking: What is asked.
        """
        hidden = self.index.words.within(ranking.hidden.span) if ranking.hidden else range(0)
        candidates = find_candidates(
            self.narration, scene, unit, self.narrator, hidden, ranking.others
        )
        if unit.source is not None and unit.source.pronoun is not None:
            candidates.entities = [c for c in candidates.entities if c is not self.narrator]
        candidates.entities = [c for c in candidates.entities if id(c) not in self.things]
        if unit.outer is not None and self.index.words.quoted_at(unit.anchor):
            present = (unit.outer.speaker, unit.outer.addressee)
            candidates.entities = [c for c in candidates.entities if c not in present]
        if ranking.situation == "pronoun" and not self.conversation and unit.source is not None:
            candidates.entities = fitting(self, unit, unit.source, candidates.entities)
        for extra in (ranking.last, ranking.unnamed):
            if extra is not None and extra not in candidates.entities:
                candidates.entities.append(extra)
        evidence = gather(self.narration, scene, unit, candidates, self.narrator, hidden)
        complete(self, unit, scene, ranking, candidates, evidence)
        return evidence

    def _link_silent(self, unit: Unit, turn: Turn, scene: Scene) -> None:
        """Link a quotation without a source: its own paragraph first, then the dialogue.

        Words reported without marks, by a cue without a source ("it is alleged"), are nobody's.
        """
        if unit.cued and not self.conversation and is_authors(self, unit):
            self.link(unit, author(self, "I", unit.start), "author", "narrator:i")
            return
        if unit.cued and unit.reported:
            entity = None if self.conversation else noting(self, unit)
            pattern = "passive" if entity is None else "noting"
            self.link(unit, entity, pattern, "passive" if entity is None else "continuation")
            return
        led = None if self.conversation else led_to(self, unit, scene.last)
        if led is not None:
            self.link(unit, led, "floating:subject", "continuation")
            return
        model = neighbour(turn, unit)
        if model is not None and narrated_between(self.index.words, model, unit):
            speakers = {id(o.speaker) for o in turn.units if o.source and o.speaker is not None}
            pattern = "continuation" if len(speakers) == 1 else "continuation:several"
            confidence = model.confidence * self.decider.pattern(pattern)
            self.settle(unit, model.speaker, pattern, confidence, "continuation")
            return
        if self.conversation:
            self._rank(unit, scene, Ranking("implicit"))
        else:
            self._link_floating(unit, scene)

    def _link_floating(self, unit: Unit, scene: Scene) -> None:
        """Link a quotation without a source in news: the last paragraph's speaker goes on."""
        last = scene.last
        said = any(o.start < unit.start and o.speaker is not None for o in scene.own)
        if not said and not is_paragraph(self.index.words, unit):
            entity = subject_before(self, unit) if is_speech(self.index.words, unit) else None
            if entity is None:
                self.link(unit, None, "unresolved", "unresolved")
            else:
                self.link(unit, entity, "floating:subject", "continuation")
            return
        ahead = None if said else named_behind(self, unit, last)
        if ahead is not None:
            self.link(unit, ahead, "floating", "continuation")
            return
        if (
            unit.direct
            and last is not None
            and last.speaker is not None
            and id(last.speaker) not in self.things
            and unbroken(self.index.words, last, unit)
        ):
            confidence = last.confidence * self.decider.pattern("floating")
            self.settle(unit, last.speaker, "floating", confidence, "continuation:paragraph")
            return
        self._rank(unit, scene, Ranking("implicit"))
        unit.confidence *= self.decider.pattern("silent")
