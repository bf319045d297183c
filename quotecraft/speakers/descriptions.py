"""Speakers without a name: "the minister", "his wife", "a spokesman", "residents"."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import islice

from attrs import define, field

from quotecraft.model import SpeakerKind
from quotecraft.speakers.bearers import Bearer, abroad, foremost, kindred
from quotecraft.speakers.bodies import Bodies, alike
from quotecraft.speakers.doings import doing_of
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.honours import HONOURS, Honoured
from quotecraft.speakers.lexicon import lexicon, singular, word_set
from quotecraft.speakers.mentions import NameIndex, SourceMention
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.noun_chains import NounChains, modifies, unnamed
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.person_nouns import ANYBODY
from quotecraft.speakers.phrases import POINTING
from quotecraft.speakers.role_texts import Role, is_relation, role_of
from quotecraft.speakers.roles import find_roles
from quotecraft.speakers.set_apart import SetApart
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import CAPITAL, POSSESSIVE, QUOTED
from quotecraft.speakers.works import Works

__all__ = ["Descriptions"]

_BEARERS = 50  # people with the same role that are looked at on either side
_ONE = (SpeakerKind.PERSON, SpeakerKind.UNKNOWN)
_EITHER = word_set("fellow host hero actor master count")  # of women, too, or no person's
_BRACKETED = re.compile(r" \(([A-Z]{2,6})\)?$")  # "superintendent of police (SP)"
_POSSESSED = re.compile("['’]s? ")  # "Ruiz's lawyer"
_TOLD = 5.0  # votes for a gender that a role's noun is worth ("chairwoman")
_OFFICE = 4  # most initials of an office
_ADJECTIVES = {"amir": "Amiri", "emir": "Emiri"}  # of offices: "the Amiri decision"
_COPULAS = word_set("is was as become became becoming being")


@cache
def _office_words() -> frozenset[str]:
    """Return the words that the names of offices are made of."""
    lex = lexicon()
    return lex.titles | lex.title_modifiers | lex.domains


@define(eq=False)
class Descriptions:
    """What the document tells of the unnamed and of roles.

    Attributes:
        index: The names of the document.
        owners: The entity of each name.
        factual: Whether the document is news or other factual prose.
        nouns: The descriptions of persons that share their noun.
        works: The works that it names.
    """

    index: NameIndex
    owners: Sequence[Entity | None]
    factual: bool = True
    _bearers: dict[str, list[Bearer]] = field(factory=lambda: defaultdict(list))
    _by_text: dict[str, Entity] = field(factory=dict)
    _by_noun: dict[str, Entity] = field(factory=dict)
    nouns: NounChains = field(init=False)
    works: Works = field(init=False)
    _bodies: Bodies = field(init=False)
    _honoured: Honoured = field(factory=Honoured)
    _apart: SetApart | None = None
    _offices: dict[str, Entity] = field(factory=dict)  # initials of an office → who bears it
    _bare: set[str] = field(factory=set)  # those of them that need no article

    def __attrs_post_init__(self) -> None:
        self.nouns = NounChains(self.index.words, self.factual)
        self.works = Works(self.index.words)
        self._bodies = Bodies(self.index, self.owners)
        whole = {
            word: owner
            for name, owner in zip(self.index.mentions, self.owners, strict=True)
            if owner is not None and owner.kind is NameKind.PERSON and len(name.core) > 1
            if name.key[-1] not in lexicon().domains
            for word in range(name.last - len(name.core) + 1, name.last + 1)
        }
        for name, owner in zip(self.index.mentions, self.owners, strict=True):
            if owner is not None and owner.kind is NameKind.PERSON and not name.quoted:
                self._honoured.note(name, owner)
                own = {word: whole.pop(word, None) for word in range(name.first, name.last + 1)}
                others = whole if self.factual else ()
                found = find_roles(self.index.words, name, predicates=self.factual, others=others)
                whole.update({word: owner for word, owner in own.items() if owner is not None})
                for role in found:
                    self._note_role(role, owner, name)
                doing = doing_of(self.index.words, name) if self.factual else None
                if doing is not None:
                    owner.roles.setdefault(doing)

    def _note_role(self, role: Role, owner: Entity, name: NameMention) -> None:
        if not is_relation(role.text):
            owner.roles.setdefault(_BRACKETED.sub("", role.text))
        if role.head not in _EITHER | lexicon().kin:
            owner.votes.add(lexicon().noun_gender(role.head), _TOLD)
        self._note_office(role, owner)
        head = singular(role.head)
        if head not in ANYBODY:
            bearer = Bearer(role, owner, name.span.start, head in name.title)
            insort(self._bearers[head], bearer, key=lambda other: other.offset)

    def know(self, entity: Entity, description: str) -> None:
        """Note by which description somebody goes, whom a list of people tells of.

        Args:
            entity: Who it is.
            description: Such as "the inspector".
        """
        role = role_of(description)
        if role is not None and singular(role.head) not in ANYBODY:
            bearers = self._bearers[singular(role.head)]
            bearers.insert(0, Bearer(role, entity, 0, title=False))

    def bearer(self, mention: SourceMention, last: Entity | None = None) -> Entity | None:
        """Return the person whose role a definite description names.

        Those who bear it as a title come before those in apposition; of several, the one whose role
        was told last before the mention counts.

        Args:
            mention: The description.
            last: Who spoke last, if they come first among several.
        """
        if mention.head in HONOURS:
            return self._honoured.called(mention.head or "", mention.span.start)
        if mention.head is None or not mention.definite or mention.plural:
            return None
        office = self._offices.get(mention.text.split()[-1])  # "the SP"
        behind = self._complement(mention)
        found = office or self._bearer(
            mention.head, mention.modifiers, mention.span.start, behind, last
        )
        if found is None and self.factual:
            found = kindred(self._bearers, mention.head, mention.modifiers | behind)
        return None if found is not None and self.apart(mention, found) else found

    def owned(self, mention: SourceMention) -> Entity | None:
        """Return the one named person whose role "her lawyer" takes up after "Ruiz's lawyer".

        Args:
            mention: The description, with "his", "her" or "their" before it.
        """
        pronoun = mention.owner_pronoun
        if mention.head is None or pronoun is None or pronoun.person != 3 or mention.plural:
            return None
        bearers = self._bearers.get(mention.head, [])
        place = bisect_left(bearers, mention.span.start, key=lambda bearer: bearer.offset)
        if not place or _POSSESSED.search(bearers[place - 1].role.text) is None:
            return None
        alone = all(bearer.entity is bearers[0].entity for bearer in islice(bearers, place))
        return bearers[0].entity if alone else None

    def apart(self, mention: SourceMention, entity: Entity) -> bool:
        """Say whether a description names an office that somebody doesn't hold; see ``SetApart``.

        Args:
            mention: The description.
            entity: The person.
        """
        return self._apart is not None and self._apart.apart(mention, entity)

    def rivals(self, mention: SourceMention) -> bool:
        """Say whether several people bear the role that a description names.

        Args:
            mention: The description.
        """
        bearers = self._bearers.get(mention.head or "", [])
        return any(bearer.entity is not bearers[0].entity for bearer in bearers)

    def _complement(self, mention: SourceMention) -> frozenset[str]:
        """Return the capitalised words behind a description's noun ("of the Omani Navy")."""
        words = self.index.words
        if mention.head_word is None:
            return frozenset()
        inside = range(mention.head_word + 1, words.at(mention.span.end))
        return frozenset(words.lower[place] for place in inside if words.has(place, CAPITAL))

    def _bearer(
        self,
        head: str,
        modifiers: frozenset[str],
        offset: int,
        complement: frozenset[str] = frozenset(),
        last: Entity | None = None,
    ) -> Entity | None:
        wanted = {word for word in modifiers if len(word) > 2 and not word.endswith("-old")}
        bearers = self._bearers.get(head, [])
        if self.factual and bearers and all(b.entity is bearers[0].entity for b in bearers):
            wanted -= lexicon().demonyms | lexicon().places  # "the Salvadoran president"

        def fits(bearer: Bearer) -> bool:
            if self.factual and abroad(modifiers, bearer.role.words):
                return False
            return complement <= bearer.role.words or not (complement and bearer.role.special)

        place = bisect_left(bearers, offset, key=lambda bearer: bearer.offset)
        behind = islice(filter(fits, islice(bearers, place, None)), _BEARERS)
        nearest = islice(filter(fits, map(bearers.__getitem__, range(place - 1, -1, -1))), _BEARERS)
        before = [b for b in [*nearest][::-1] if wanted <= b.role.words]
        if before:
            near = foremost(before, wanted) if self.factual else before
            titled = [bearer for bearer in near if bearer.title]
            going_on = [bearer for bearer in near if bearer.entity is last]
            return (going_on or titled or near)[-1].entity
        after = [bearer for bearer in behind if wanted <= bearer.role.words]
        after = [bearer for bearer in after if bearer.title] or after
        return after[0].entity if len({id(bearer.entity) for bearer in after}) == 1 else None

    def _note_office(self, role: Role, owner: Entity) -> None:
        """Note the initials by which an office is called later ("Deputy President": "the DP")."""
        bracketed = _BRACKETED.search(role.text)
        if bracketed is not None and bracketed[1][0].lower() == role.head[0]:
            self._offices.setdefault(bracketed[1], owner)
        words = [word for word in role.text.split() if word[0].isupper()]
        initials = "".join(word[0] for word in words)
        for start in range(max(0, len(initials) - _OFFICE), len(initials) - 1):
            self._offices.setdefault(initials[start:], owner)
            if _office_words().issuperset(word.lower() for word in words[start:]):
                self._bare.add(initials[start:])
        if role.head in _ADJECTIVES:
            self._offices.setdefault(_ADJECTIVES[role.head], owner)

    def initialled(self, name: NameMention) -> Entity | None:
        """Return who bears the office that initials stand for ("the DP", "LG").

        Args:
            name: The initials, read as a name; without an article all must be of words of offices.
        """
        if len(name.core) > 1 or name.title or not (name.article or name.core[0] in self._bare):
            return None
        return self._offices.get(name.core[0])

    def body(
        self, mention: SourceMention, word: int, last: Entity | None = None, *, close: bool = False
    ) -> Entity | None:
        """Return the body that "the ministry" or "the company" points back to; see ``Bodies``.

        Args:
            mention: The description.
            word: Index of its first word.
            last: Who spoke last.
            close: Whether they go on speaking, as far as the layout tells.
        """
        if not mention.definite or mention.plural or mention.head is None:
            return None
        named = self._bodies.named(mention, word)
        if named is not None:
            if named.kind in (NameKind.OTHER, NameKind.UNKNOWN):
                named.kind = NameKind.ORGANIZATION
            return named
        return self._taken_up(mention) or self._bodies.generic(mention, word, last, close=close)

    def nation(self, mention: SourceMention) -> Entity | None:
        """Return the country that a lone adjective of nationality stands for; see ``Bodies``.

        Args:
            mention: The description.
        """
        return self._bodies.nation(mention)

    def nobody(self, mention: SourceMention) -> Entity:
        """Return who a description stands for if it is nobody named.

        Args:
            mention: The description, of one person or body.
        """
        if mention.what is SpeakerKind.PERSON:
            chain = self.nouns.of(mention)
            return unnamed(mention) if chain is None else chain.entity
        key = mention.text.lower()
        if key not in self._by_text or self._by_text[key].names:
            self._by_text[key] = unnamed(mention)
        return self._by_text[key]

    def stand(self, mention: SourceMention, entity: Entity) -> None:
        """Let a body's description stand for whom it was resolved to from here on.

        Args:
            mention: The description.
            entity: The body.
        """
        if mention.what is SpeakerKind.ORGANIZATION and mention.head is not None:
            self._by_noun[alike(mention.head)] = self._by_text[mention.text.lower()] = entity

    def same_text(self, mention: SourceMention) -> Entity:
        """Return the one entity of all equal descriptions ("police", "residents")."""
        key = mention.text.lower()
        if key not in self._by_text:
            self._by_text[key] = self._taken_up(mention) or unnamed(mention)
        entity = self._by_text[key]
        if mention.head is not None:
            self._by_noun[alike(mention.head)] = entity
        return entity

    def _taken_up(self, mention: SourceMention) -> Entity | None:
        """Return whom "the court" takes up after "the Shanghai court": the same noun's last."""
        bare = mention.definite and not mention.modifiers and mention.owner_pronoun is None
        if not bare or mention.head is None or mention.owner is not None:
            return None
        return self._by_noun.get(alike(mention.head))

    def sightings(self, units: Sequence[Unit]) -> list[tuple[int, int, Entity]]:
        """Return where the narration refers to persons by description: first, last word, entity.

        Descriptions that share their noun make a chain, until an indefinite article or another
        adjective opens a new one. In factual prose what only says what somebody named is ("Ruiz, a
        teacher, …") is left out.

        Args:
            units: The units of the document; their sources take part in the chains.
        """
        words, lex = self.index.words, lexicon()
        if self.factual:
            self._apart = SetApart.of(self.index, self.owners, units)
        sources: dict[int, SourceMention] = {}
        for unit in units:
            for mention in _single_mentions(unit.source):
                self._note_source(mention)
                if mention.head_word is not None and mention.what in _ONE and not mention.plural:
                    sources[mention.head_word] = mention
        found: list[tuple[int, int, Entity]] = []
        for index, noun in enumerate(words.lower):
            source = sources.get(index)
            if source is not None:
                entity = (
                    self.bearer(source)
                    or self.nouns.open(index, source.head or noun, source.modifiers, source).entity
                )
                found.append((words.at(source.span.start), index, entity))
            elif not words.has(index, QUOTED) and lex.is_person_noun(noun):
                first = self._article(index)
                if first is not None and not (self.factual and self._apposed(first)):
                    found.append((first, index, self._referent(first, index, noun)))
        return found

    def _note_source(self, mention: SourceMention) -> None:
        """Note the role that a source gives whom it names ("the mayor, Ana Ruiz")."""
        role = role_of(mention.role) if mention.role else None
        if role is None or mention.name is None:
            return
        owner = self.owners[mention.name]
        if owner is not None and owner.kind is NameKind.PERSON:
            self._note_role(role, owner, self.index.mentions[mention.name])

    def _apposed(self, first: int) -> bool:
        """Say whether a name and a comma or "is" stand before the article of a description."""
        words = self.index.words
        before = first - 1
        if before >= 0 and words.lower[before] in _COPULAS:
            told = words.lower[before] not in ("is", "was")
            return told or self._ends_name(before - 1)
        return before >= 0 and words.gap(before).strip() == "," and self._ends_name(before)

    def _ends_name(self, word: int) -> bool:
        places = self.index.within(word, word) if word >= 0 else ()
        return any(self.index.mentions[place].last == word for place in places)

    def _article(self, index: int) -> int | None:
        """Return the index of the article before a lone person noun, at most two words between."""
        words = self.index.words
        if words.has(index, POSSESSIVE) or modifies(words, index, plain=self.factual):
            return None
        for back in range(index - 1, max(-1, index - 4), -1):
            if words.gap(back).strip() or words.paragraph[back] != words.paragraph[index]:
                return None
            if words.lower[back] in self.nouns.articles:
                return back
            if words.lower[back] in lexicon().function:
                return None
        return None

    def _referent(self, first: int, index: int, noun: str) -> Entity:
        words = self.index.words
        modifiers = frozenset(words.lower[first + 1 : index])
        if words.lower[first] in POINTING:
            bearer = self._bearer(noun, modifiers, words.starts[first])
            if bearer is not None:
                return bearer
        return self.nouns.open(index, noun, modifiers | {words.lower[first]}, None, first).entity


def _single_mentions(source: SourceMention | None) -> tuple[SourceMention, ...]:
    if source is None:
        return ()
    return source.parts or (source,)
