"""Whom "the lawmaker" or "the 34-year-old" takes up in news, where nobody's role says so.

News writers vary how they call somebody they have just quoted or told of. Three people come into
question, in this order: who spoke last, who was the last subject, and the only person named so far.
What the text says that they are decides: a role of the same field speaks for them ("the lawmaker"
for a senator), one of another field against ("the judge" for a singer). Gundel, Hedberg and
Zacharski (1993), "Cognitive status and the form of referring expressions in discourse", tell why
such a description asks for somebody in focus.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from attrs import frozen

from quotecraft.speakers.bearers import abroad
from quotecraft.speakers.candidates import Scene
from quotecraft.speakers.doings import is_doing
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import fields, lexicon, singular, word_set
from quotecraft.speakers.links import Links
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.person_nouns import SEATS, is_anybody, is_human
from quotecraft.speakers.phrases import ONE_MORE, POINTING
from quotecraft.speakers.role_texts import Role, role_of
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import QUOTED

__all__ = ["FAR", "Surroundings", "TakenUp", "is_side", "take_up"]

_FOCUS = 2  # sentences back in which a subject is in focus
_REACH = 250  # words back in which somebody is looked for
_SEATS = SEATS | {"vice-president"}
# What tells nothing of whose role it is.
_PLAIN = word_set(
    "former ex then current new late young old first last top senior chief deputy acting interim "
    "outgoing incoming veteran long-time longtime leading popular famous renowned the said now"
)
# Those who take part in many stories that are not about them.
_SIDE = word_set(
    "judge justice magistrate prosecutor lawyer counsel attorney advocate solicitor barrister "
    "police policeman policewoman officer constable detective inspector witness plaintiff person "
    "defendant complainant accused suspect doctor nurse source spokesman spokeswoman spokesperson "
    "passer-by neighbour neighbor driver caller reporter organiser organizer"
)
_PAST = word_set("former ex then late outgoing")
_NOBODY = word_set("other latter former source victim another person")
_BROAD = word_set("government security business office causes")  # fields that tell little
_WRITERS = word_set("writer author reporter correspondent journalist columnist")  # "this writer"
_STEM = 4  # letters that a country and its people share: "Egypt", "Egyptian"


@frozen
class TakenUp:
    """Whom a description takes up.

    Attributes:
        entity: The person.
        pattern: What the link rests on.
    """

    entity: Entity
    pattern: str


def take_up(
    links: Links, unit: Unit, source: SourceMention, scene: Scene, *, introduced: bool
) -> TakenUp | None:
    """Return the named person whom a description takes up, ``None`` if it's likely nobody named.

    Args:
        links: The document's links.
        unit: The quotation.
        source: The description.
        scene: The quotation's surroundings.
        introduced: Whether its noun stood with "a" before ("a spokesman").
    """
    if links.index.words.quoted_at(source.span.start):
        return None  # whom somebody tells of is not who tells it
    opening = source.text.split()[0].lower()
    if source.text.lower() in ("the latter", "the former"):
        return _of_two(links, source)
    if source.head is None or source.head in _NOBODY or "other" in source.modifiers:
        return None
    if opening in ONE_MORE or source.owner_pronoun is not None:
        return None
    if opening != "the" and source.head in _WRITERS:
        return None
    return Surroundings(links, unit, source, scene).find(opening in POINTING, introduced)


def _of_two(links: Links, source: SourceMention) -> TakenUp | None:
    """Return the last or the last but one person named before "the latter" or "the former"."""
    word = links.index.words.at(source.span.start)
    sentences = links.index.words.sentence
    near = [
        sighting.entity
        for sighting in links.narration.before(word, _REACH)
        if sentences[word] - sentences[sighting.word] <= 1
        and sighting.entity.names
        and sighting.entity.kind is NameKind.PERSON
    ]
    people = list(dict.fromkeys(near))
    if len(people) != 2:
        return None
    return TakenUp(people[source.text.lower().endswith("former")], "described:role")


FAR = 4_000
"""Words on either side of a description in which those it may mean are named; hardly an article is
longer, and the time for a long text must not grow with its square."""


class Surroundings:
    """Who is near a description, and what the text says of them that it may take up.

    Attributes:
        head: Its noun, singular.
        told: Its words that tell something, the noun left out.
        wanted: Those of them that name no place or nation.
        complement: The telling words behind its noun.
        named: The persons named before it who may be meant, nearest first.
    """

    def __init__(self, links: Links, unit: Unit, source: SourceMention, scene: Scene) -> None:
        self.links, self.unit, self.source = links, unit, source
        words = links.index.words
        self.words = words
        self.anchor = words.at(source.span.start)
        self.head = _plain(source.head or "")
        self.told = {word for word in source.modifiers if _tells(word)}
        self.wanted = {word for word in self.told if not _placed(word)}
        self.complement = self._behind()
        self.last = scene.last
        self.named = self._named()

    def find(self, pointing: bool, introduced: bool) -> TakenUp | None:
        """Return who is taken up.

        Args:
            pointing: Whether "the" stands before the description.
            introduced: Whether "a" stood before its noun.
        """
        spoke, focus, only = self.spoke_last(), self.focus(), self.only()
        near = list(dict.fromkeys(e for e in (spoke, focus, only) if e is not None))
        if not introduced and (pointing or self.told):
            going_on = spoke if focus in (None, spoke) else None
            close = self._closest(near)
            if close is not None:
                return TakenUp(close, "described:role")
            alike = next((entity for entity in near if self.alike(entity, going_on)), None)
            if alike is not None:
                return TakenUp(alike, "described:role")
        special = [entity for entity in self.named if self.special(entity)]
        if len(special) == 1:
            return TakenUp(special[0], "described:role")
        kin = self.head in lexicon().kin and not self.head.startswith("spokes")
        if introduced or not pointing or kin or not self._human():
            return None
        sure = spoke is not None and focus in (None, spoke) and not self.complement
        if spoke is not None and sure and self.open(spoke):
            return TakenUp(spoke, "described:last")
        if focus is not None and near == [focus] and self.open(focus):
            told = not self.complement or (self.unit.direct and not focus.roles)
            return TakenUp(focus, "described:only") if told else None
        return None

    def _human(self) -> bool:
        """Say whether the description's noun surely stands for a person."""
        return lexicon().is_person_noun(self.head) or is_human(self.head) or bool(fields(self.head))

    def _named(self) -> list[Entity]:
        """Return the persons named before the description, nearest first."""
        before = self.links.narration.before(self.anchor, FAR)
        return [e for e in dict.fromkeys(s.entity for s in before) if self._may(e)]

    def _may(self, entity: Entity) -> bool:
        """Say whether somebody may be meant at all: a named person, not of the same clause."""
        if not entity.names or entity.kind is not NameKind.PERSON:
            return False
        if self.apart_from(entity):
            return False
        if entity.votes.likely() not in (None, self.source.gender) and self.source.gender:
            return False
        return id(entity) not in self.unit.mentioned and not self.beside(entity)

    def apart_from(self, entity: Entity) -> bool:
        """Say whether somebody tells of the description, or holds no such office."""
        outer = self.unit.outer
        tells = outer is not None and outer.speaker is entity and entity.kind is NameKind.PERSON
        return tells or self.links.descriptions.apart(self.source, entity)

    def beside(self, entity: Entity) -> bool:
        """Say whether a sentence of the narration names somebody beside the description."""
        words, sentence = self.words, self.words.sentence[self.anchor]
        names = self.links.index.mentions

        def told(place: int) -> int:
            return words.sentence[names[place].first]

        first = bisect_left(entity.mentions, sentence, key=told)
        stop = bisect_right(entity.mentions, sentence, first, key=told)
        return any(
            not words.has(names[place].first, QUOTED) for place in entity.mentions[first:stop]
        )

    def spoke_last(self) -> Entity | None:
        """Return the named person who spoke last, if that was near by."""
        last = self.last
        if last is None or last.speaker is None or last.speaker not in self.named:
            return None
        far = self.unit.paragraph - last.last_paragraph > 3
        return None if far or self.anchor - self.words.at(last.anchor) > _REACH else last.speaker

    def focus(self) -> Entity | None:
        """Return the last person who is a subject in the sentences before."""
        words = self.words
        for sighting in self.links.narration.before(self.anchor, _REACH):
            apart = words.sentence[self.anchor] - words.sentence[sighting.word]
            if apart > _FOCUS:
                return None
            if apart and sighting.subject and sighting.entity.kind is NameKind.PERSON:
                return sighting.entity if sighting.entity in self.named else None
        return None

    def only(self) -> Entity | None:
        """Return the one person named so far."""
        near = self.links.narration.before(self.anchor, _REACH)
        one = self.named[0] if len(self.named) == 1 else None
        return one if any(sighting.entity is one for sighting in near) else None

    def _behind(self) -> frozenset[str]:
        """Return the telling words behind the description's noun ("of Penal Centres")."""
        first = self.source.head_word
        if first is None:
            return frozenset()
        inside = range(first + 1, self.words.at(self.source.span.end))
        small = lexicon().function | {"of", "for", "in", "at", "the", "and"}
        if self.head == "head":  # of state, of government
            small |= {"state", "government"}
        return frozenset(self.words.lower[i] for i in inside) - small

    def alike(self, entity: Entity, spoke: Entity | None) -> bool:
        """Say whether a role of somebody near fits the description's noun and further words."""
        roles = list(_roles(entity))
        if any(self.conflict(role) for role in roles):
            return False
        return any(self._fits(role, went_on=entity is spoke) for role in roles)

    def _fits(self, role: Role, *, went_on: bool) -> bool:
        stems = {word[:_STEM] for word in role.words}
        if singular(role.head) == self.head:
            open_field = went_on and bool(fields(self.head))
            apart = self.complement if open_field else self.complement.union(self.told)
            return all(word[:_STEM] in stems for word in apart)
        if self.wanted & role.words and not is_anybody(self.head):
            return True
        if not _fields(role) & fields(self.head):
            return False
        if self.complement and not self.complement & role.words:
            return went_on and self.unit.direct and not role.special
        return True

    def _closest(self, near: Sequence[Entity]) -> Entity | None:
        """Return who alone shares a narrow field, if those near share only a broad one."""
        mine = fields(self.head)
        if mine & _BROAD:
            mine &= {"parliament"}
        if not mine or self.complement:
            return None

        def narrow(entity: Entity) -> bool:
            return any(mine & _fields(role) for role in _roles(entity))

        if any(narrow(entity) for entity in near):
            return next(entity for entity in near if narrow(entity))
        others = [entity for entity in self.named if narrow(entity)]
        return others[0] if len(others) == 1 and any(_roles(entity) for entity in near) else None

    def special(self, entity: Entity) -> bool:
        """Say whether a role shares its field and a telling word with the description."""
        words = self.wanted | self.complement
        for role in _roles(entity):
            same = singular(role.head) == self.head or bool(_fields(role) & fields(self.head))
            if same and words and words <= role.words and not self.conflict(role):
                return True
        return False

    def conflict(self, role: Role) -> bool:
        """Say whether nobody is both at a time: two seats, or an office in two states."""
        if self.foreign(role):
            return True
        if self.head == role.head == "minister":
            return ("prime" in self.source.modifiers) != ("prime" in role.words)
        past = not _PAST.isdisjoint((*self.source.modifiers, *role.words))
        both = self.head in _SEATS and role.head in _SEATS
        return both and role.head != self.head and not past

    def foreign(self, role: Role) -> bool:
        """Say whether a role is the description's office in another state."""
        return singular(role.head) == self.head and abroad(self.told, role.words)

    def apart(self, entity: Entity) -> bool:
        """Say whether all that somebody is said to be lies in other fields than the noun."""
        mine, known = self._mine(), [f for role in _roles(entity) if (f := _fields(role))]
        return bool(mine) and bool(known) and not any(mine & found for found in known)

    def _mine(self) -> frozenset[str]:
        """Return the fields of the noun, none of what somebody was and need be no more."""
        past = not _PAST.isdisjoint(self.source.modifiers)
        return frozenset() if past else fields(self.head)

    def open(self, entity: Entity) -> bool:
        """Say whether nothing that somebody is speaks against the description."""
        if self.head.endswith("-old") or (is_anybody(self.head) and self.head not in _SIDE):
            return True
        roles = list(_roles(entity))
        if any(self.conflict(role) for role in roles):
            return False
        if self.head.startswith("spokes") and not roles and self.named == [entity]:
            return True
        alone = bool(self.wanted) and self.source.definite
        if self.head in _SIDE or (roles and not self.unit.direct and not alone):
            return False
        known = [found for role in roles if (found := _fields(role))]
        mine = self._mine()
        return not known or not mine or any(mine & found for found in known)


def is_side(noun: str) -> bool:
    """Say whether a noun stands for those who take part in many stories that are not about them.

    Args:
        noun: Lower-case and singular, such as "judge" or "spokesman".
    """
    return noun in _SIDE


def _tells(word: str) -> bool:
    known = word in _PLAIN or word in lexicon().function or word.endswith("-old")
    return len(word) > 1 and not known


def _placed(word: str) -> bool:
    return word in lexicon().demonyms or word in lexicon().places


def _plain(word: str) -> str:
    """Return a noun without "ex-" or "co-"."""
    for start in ("ex-", "co-", "then-"):
        word = word.removeprefix(start)
    return singular(word)


def _fields(role: Role) -> frozenset[str]:
    found = fields(_plain(role.head))
    for word in role.words:
        if lexicon().is_person_noun(word):
            found |= fields(_plain(word))
    return found


def _roles(entity: Entity) -> Iterator[Role]:
    for text in entity.roles:
        role = role_of(text)
        if role is not None and not is_doing(text):
            yield role
