"""Whom a description means in news: every candidate weighed by what the rules and the text tell.

The rules for descriptions ("the mayor": whoever bears that title) give one answer. Here it becomes
one sign among others: who spoke last or was the last subject, whom the article is about, what the
text says that each is, and which words stand where each is named. The description may also stand
for somebody whom the text names nowhere. The signs are weighed by a ranking model whose weights
``quotecraft train speakers --only news`` fits; the way of asking is that of Denis and Baldridge
(2008), "Specialized models and ranking for coreference resolution": a model for each sort of noun.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field, frozen

from quotecraft.speakers.bodies import heads_of, is_telling, otherwise, sort_of
from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.lexicon import fields, lexicon, singular, word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.person_nouns import is_anybody
from quotecraft.speakers.role_texts import Role, role_of
from quotecraft.speakers.syntax import looks_subject
from quotecraft.speakers.taken_up import FAR, Surroundings, is_side
from quotecraft.speakers.units import Unit
from quotecraft.speakers.weighable import DETERMINERS, situation_of

__all__ = ["Guess", "weigh_referents"]

_NEAREST = 10  # named before that are weighed
_LATER = 4  # named only afterwards that are weighed
_UNITS = 500  # attributions on either side that may be of the same unnamed
_WINDOW = 9  # words on either side of a name that tell of whom it names
_NARROW = 4  # the same for places: "the Mexican president"
_STEM = 5  # letters that kindred words share: "Salvador", "Salvadoran"
_PLACES = 6  # mentions of somebody that are looked at
_ENOUGH = 0.5  # share of a description's words that must stand beside a later name
_SURE_GENDER = 3.0
_PEOPLE = (NameKind.PERSON, NameKind.UNKNOWN, NameKind.TITLE)
_BODIES = (NameKind.ORGANIZATION, NameKind.PLACE, NameKind.UNKNOWN, NameKind.OTHER)
_STATES = word_set("country nation state kingdom republic island territory city town")
_RULERS = word_set(
    "government administration regime cabinet parliament army military police authority state "
    "opposition congress senate embassy presidency palace legislature junta navy"
)
_COURTS = word_set("court tribunal bench jury prosecution defence defense")


@frozen
class Guess:
    """What the rules say.

    Attributes:
        entity: Whom the description means, named or not.
        pattern: What that rests on.
    """

    entity: Entity
    pattern: str


def weigh_referents(
    links: Links, unit: Unit, source: SourceMention, scene: Scene, guess: Guess, unnamed: Entity
) -> list[Evidence]:
    """Return the evidence on each candidate, the unnamed one last.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The description.
        scene: The quotation's surroundings.
        guess: What the rules say.
        unnamed: The entity of the description if nobody named is meant.
    """
    return _Weighing(links, unit, source, scene, guess).evidence(unnamed)


@define(eq=False)
class _Weighing:
    links: Links
    unit: Unit
    source: SourceMention
    scene: Scene
    guess: Guess
    _told: frozenset[str] = frozenset()  # the roles of persons
    _known: dict[tuple[int, int], frozenset[str]] = field(factory=dict)
    near: Surroundings = field(init=False)
    person: bool = field(init=False)
    words: frozenset[str] = field(init=False)  # stems of the description's telling words

    def __attrs_post_init__(self) -> None:
        self.near = Surroundings(self.links, self.unit, self.source, self.scene)
        self.person = situation_of(self.source) == "referent:person"
        anchor = self.near.anchor
        around = self.links.index.within(max(0, anchor - FAR), anchor + FAR)
        owners = self.links.owners[around.start : around.stop]
        told = {id(o): o for o in owners if o is not None and o.roles}
        self._told = frozenset(role for owner in told.values() for role in owner.roles)
        self.words = frozenset(_stems((*self.near.told, *self.near.complement, self.near.head)))

    def evidence(self, unnamed: Entity) -> list[Evidence]:
        ordered = self._candidates()
        spoke, focus, only = self._last(), self.near.focus(), self._foremost()
        counts = {id(e): self._before(e) for e in ordered}
        most = max(counts.values(), default=0)
        shared = {id(e): self._shared(e) for e in ordered}
        best = max(shared.values(), default=0.0)
        result = []
        for rank, entity in enumerate(ordered):
            features: dict[str, float] = {}
            self._add_place(features, entity, rank)
            for name, holds in (
                (f"rule:{self.guess.pattern}", self.guess.entity is entity),
                ("against", self.guess.entity is not entity and bool(self.guess.entity.names)),
                ("spoke", entity is spoke),
                ("focus", entity is focus),
                ("foremost", entity is only),
                ("top", counts[id(entity)] == most and most > 1),
                ("only", len(ordered) == 1),
            ):
                if holds:
                    features[name] = 1.0
                    if name in ("spoke", "focus", "foremost", "top"):
                        features[f"{self._sort()}:{name}"] = 1.0
            features["share"] = counts[id(entity)] / max(1, sum(counts.values()))
            features["shared"] = shared[id(entity)]
            if shared[id(entity)] == best and best > 0:
                features["shared:most"] = 1.0
            (self._add_person if self.person else self._add_body)(features, entity)
            result.append(Evidence(entity, features))
        _compare(result)
        features = self._unnamed(unnamed, ordered, best)
        if any("role:same" in item.features or "head" in item.features for item in result):
            features["unnamed:same"] = 1.0
        result.append(Evidence(unnamed, features))
        return result

    def _sort(self) -> str:
        """Return which sort of noun the description has."""
        head = self.near.head
        if not self.person:
            sorts = (("state", _STATES), ("ruler", _RULERS), ("court", _COURTS))
            return next((name for name, nouns in sorts if head in nouns), "body")
        if head.endswith("-old"):
            return "age"
        if head == "lady" and "first" in self.source.modifiers:
            return "office"
        if head.startswith("spokes"):
            return "spokes"
        if head in lexicon().kin:
            return "kin"
        if is_side(head):
            return "side"
        if is_anybody(head):
            return "anybody"
        return "office" if fields(head) else "other"

    def _candidates(self) -> list[Entity]:
        """Return the named who may be meant: those before, nearest first, some of those after."""
        kinds = _PEOPLE if self.person else _BODIES
        anchor = self.near.anchor
        before = self.links.narration.before(anchor, FAR)
        found = dict.fromkeys(s.entity for s in before if s.entity.names)
        near = [e for e in found if e.kind in kinds and not self._barred(e)][:_NEAREST]
        after = self.links.narration.between(anchor, anchor + FAR)
        later = [
            entity
            for entity in dict.fromkeys(s.entity for s in after)
            if entity.kind is kinds[0] and entity.names and entity not in found
            if not self._barred(entity)
        ]
        near += sorted(later, key=self._told_later, reverse=True)[:_LATER]
        entity = self.guess.entity
        return [*near, entity] if entity.names and entity not in near else near

    def _barred(self, entity: Entity) -> bool:
        """Say whether what somebody is said to be rules them out, and nothing else is for them."""
        if entity is self.guess.entity or self.near.apart_from(entity):
            return entity is not self.guess.entity
        if not self.person:
            return self._shared(entity) < _ENOUGH and is_telling(entity, self.near.head)
        if any(name in role for name in entity.names for role in self._told):
            return True  # "Al Wafd", in "Al Wafd editor Ana Ruiz"
        roles = list(_roles(entity))
        foreign = any(self.near.foreign(role) for role in roles)
        apart = self.near.apart(entity) or any(self.near.conflict(role) for role in roles)
        return foreign or (apart and self._shared(entity) < _ENOUGH) or self._elsewhere(roles)

    def _elsewhere(self, roles: Sequence[Role]) -> bool:
        """Say whether somebody's like role is another's: "editor of the Post", not "the Herald"."""
        alike = [role for role in roles if singular(role.head) == self.near.head and role.special]
        behind = frozenset(_stems(self.near.complement))

        def other(role: Role) -> bool:
            told = frozenset(_stems(role.words))
            return not behind <= told and not told <= self.words

        return bool(behind and alike) and all(map(other, alike))

    def _told_later(self, entity: Entity) -> bool:
        """Say whether somebody named only afterwards is said to be what the description says."""
        alike = self.person and self.near.alike(entity, None)
        return alike or self._shared(entity) >= _ENOUGH

    def _last(self) -> Entity | None:
        last = self.scene.last
        return last.speaker if last is not None else None

    def _foremost(self) -> Entity | None:
        """Return the first person, or body, that the document names."""
        kind = _PEOPLE[0] if self.person else _BODIES[0]
        for sighting in self.links.narration.sightings:
            if sighting.entity.kind is kind and sighting.entity.names:
                return sighting.entity
        return None

    def _before(self, entity: Entity) -> int:
        """Return how often somebody is named before the description."""
        names = self.links.index.mentions
        return bisect_left(entity.mentions, self.near.anchor, key=lambda p: names[p].first)

    def _shared(self, entity: Entity) -> float:
        """Return which share of the description's telling words stands where somebody is named."""
        return len(self.words & self._around(entity)) / len(self.words) if self.words else 0.0

    def _around(self, entity: Entity, reach: int = _WINDOW) -> frozenset[str]:
        """Return the stems of the words that stand where somebody is named."""
        if (id(entity), reach) in self._known:
            return self._known[id(entity), reach]
        words = self.links.index.words
        found: set[str] = set()
        for role in entity.roles:
            found.update(_stems(role.lower().split()))
        for place in entity.mentions[:_PLACES]:
            name = self.links.index.mentions[place]
            sentence = words.sentence[name.first]
            window = range(max(0, name.first - reach), min(len(words), name.last + reach + 1))
            own = range(self.near.anchor, words.at(self.source.span.end))
            found.update(
                _stems(
                    words.lower[i] for i in window if words.sentence[i] == sentence and i not in own
                )
            )
        if not self.person:
            found.update(_stems(part.lower() for name in entity.names for part in name.split()))
        self._known[id(entity), reach] = frozenset(found)
        return self._known[id(entity), reach]

    def _add_place(self, features: dict[str, float], entity: Entity, rank: int) -> None:
        features[f"rank:{min(rank, 3)}"] = 1.0
        words, anchor = self.links.index.words, self.near.anchor
        names, split = self.links.index.mentions, self._before(entity)
        if not split:
            features["later"] = 1.0
            if self._told_later(entity):
                features["later:told"] = 1.0
            first = words.sentence[names[entity.mentions[0]].first] - words.sentence[anchor]
            features["later:distance"] = math.log1p(max(0, first)) / 3
            return
        last = names[entity.mentions[split - 1]]
        features["distance"] = math.log1p(anchor - last.first) / 6
        apart = words.sentence[anchor] - words.sentence[last.first]
        features[f"sentence:{min(apart, 3)}"] = 1.0
        if looks_subject(words, last.first, last.last):
            features["subject"] = 1.0
            if apart in (1, 2):
                features["subject:near"] = 1.0
        if self.near.beside(entity):
            features["beside"] = 1.0
        if id(entity) in self.unit.mentioned:
            features["content"] = 1.0
        own = range(anchor, words.at(self.source.span.end))
        inner = [names[place] for place in entity.mentions[split : split + len(own)]]
        inner = [name for name in inner if name.first in own]
        if inner:
            ends = any(name.last == own[-1] for name in inner)
            features["ends" if ends else "inside"] = 1.0
        if entity.said:
            features["said"] = math.log1p(entity.said) / 2
        before = self.scene.last
        if before is not None and before.speaker is entity:
            far = self.unit.paragraph - before.last_paragraph
            features[f"spoke:{min(far, 2)}"] = 1.0

    def _add_person(self, features: dict[str, float], entity: Entity) -> None:
        if entity.kind is not NameKind.PERSON:
            features["unclear"] = 1.0
        if self.source.gender:
            share = entity.votes.share(self.source.gender)
            odds = math.log(share / (1 - share))
            features["gender"] = max(-_SURE_GENDER, min(_SURE_GENDER, odds))
        roles = list(_roles(entity))
        told = "none" if not roles else "other"
        if any(singular(role.head) == self.near.head for role in roles):
            told = "same"
        elif any(self.near.head in role.words for role in roles):
            told = "holds"
        elif self.near.alike(entity, None):
            told = "alike"
        features[f"role:{told}"] = 1.0
        if told in ("none", "other"):
            features[f"{self._sort()}:role:{told}"] = 1.0
        placed = frozenset(_stems(self.near.told - self.near.wanted))
        if placed:
            features[f"placed:{self._placed(entity, roles, placed)}"] = 1.0
        if self.near.special(entity):
            features["special"] = 1.0
        features["open" if self.near.open(entity) else "closed"] = 1.0
        if self._titled(entity):
            features["titled"] = 1.0
        wanted = self.near.wanted
        if wanted and told in ("same", "holds", "alike"):
            fits = any(wanted <= role.words for role in roles)
            features["wanted:fits" if fits else "wanted:missing"] = 1.0
        if self.near.complement and not any(self.near.complement & r.words for r in roles):
            features["complement:missing"] = 1.0

    def _placed(self, entity: Entity, roles: Sequence[Role], placed: frozenset[str]) -> str:
        """Say how somebody fits "Iranian": by a role, against one, by the words around, not."""
        known = lexicon().demonyms | lexicon().places
        told = {stem for role in roles for stem in _stems(role.words & known)}
        if told:
            return "role" if placed & told else "conflict"
        return "shared" if placed & self._around(entity, _NARROW) else "missing"

    def _titled(self, entity: Entity) -> bool:
        """Say whether the description's noun stands right before a name, or is a title of it."""
        words = self.links.index.words
        for place in entity.mentions[:_PLACES]:
            name = self.links.index.mentions[place]
            before = words.lower[name.first - 1] if name.first else ""
            if self.source.head in (before, *name.title):
                return True
        return False

    def _add_body(self, features: dict[str, float], entity: Entity) -> None:
        head = self.near.head
        features[f"kind:{entity.kind.name.lower()}"] = 1.0
        if head in {h for name in entity.names for h in heads_of(name)}:
            features["head"] = 1.0
        elif entity.kind is NameKind.ORGANIZATION and otherwise(entity, head):
            features["otherwise"] = 1.0
        if entity.kind is NameKind.PLACE:
            features["place:state" if head in _STATES else "place:body"] = 1.0
        if any(name.isupper() for name in entity.names):
            features["initials"] = 1.0
        same = any(sort_of(head) & sort_of(name.split()[-1].lower()) for name in entity.names)
        if same:
            features["sort"] = 1.0

    def _unnamed(self, unnamed: Entity, ordered: Sequence[Entity], best: float) -> dict[str, float]:
        head, sort = self.near.head, self._sort()
        features = {"unnamed": 1.0, f"unnamed:{sort}": 1.0, f"unnamed:head:{head}": 1.0}
        features["unnamed:shared"] = best
        near = self.links.units[max(0, self.unit.number - _UNITS) : self.unit.number + _UNITS]
        seen = any(unit.speaker is unnamed for unit in near if unit is not self.unit)
        for name, holds in (
            (f"unnamed:rule:{self.guess.pattern}", not self.guess.entity.names),
            ("unnamed:introduced", self.links.descriptions.nouns.introduced(self.source)),
            ("unnamed:told", bool(self.near.wanted)),
            ("unnamed:placed", bool(self.near.told - self.near.wanted)),
            ("unnamed:complement", bool(self.near.complement)),
            ("unnamed:owned", self.source.owner is not None),
            ("unnamed:seen", seen),
            ("unnamed:alone", not ordered),
            ("unnamed:bare", self.source.text.split()[0].lower() not in DETERMINERS),
            ("unnamed:direct", self.unit.direct),
        ):
            if holds:
                features[name] = 1.0
        return features


def _compare(evidence: Sequence[Evidence]) -> None:
    """Mark those whom another surpasses, whose very role, or name, the description's noun is."""
    for name in ("role:same", "head"):
        holders = [item for item in evidence if name in item.features]
        for item in evidence:
            if holders and name not in item.features:
                item.features[f"{name}:other"] = 1.0
            elif len(holders) == 1 and name in item.features:
                item.features[f"{name}:alone"] = 1.0


def _stems(words: Iterable[str]) -> Iterator[str]:
    small = lexicon().function
    for word in words:
        plain = word.strip(".,'’\"()").removesuffix("’s").removesuffix("'s")
        if len(plain) > 1 and plain not in small:
            yield plain[:_STEM]


def _roles(entity: Entity) -> Iterator[Role]:
    return (role for text in entity.roles if (role := role_of(text)) is not None)
