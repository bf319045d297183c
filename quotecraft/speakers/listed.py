"""People known beforehand: the characters of a novel, the members of a parliament.

Who lists them with the names that they go by spares quotecraft the question which names are one
person's, and gets speakers with the names of the list. Published results on PDNC are given such a
list, too (Vishnubhotla, Rudzicz, Hirst and Hammond 2023).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import define, field

from quotecraft.errors import InputError
from quotecraft.model import Speaker, SpeakerId, SpeakerKind
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import folded
from quotecraft.speakers.name_kinds import Key
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.pronouns import GenderVotes
from quotecraft.speakers.words import Words

__all__ = ["Listed", "known_votes", "read_people"]

_ARTICLE = "the "
_NARRATOR = "i"
_TOLD = 20.0  # votes for a gender that a listed pronoun is worth
_KINDS = {
    SpeakerKind.PERSON: NameKind.PERSON,
    SpeakerKind.ORGANIZATION: NameKind.ORGANIZATION,
    SpeakerKind.GROUP: NameKind.NORP,
    SpeakerKind.DOCUMENT: NameKind.OTHER,
}


def read_people(people: Mapping[str, Iterable[str]] | Iterable[Speaker | str]) -> list[Speaker]:
    """Return people as speakers.

    Args:
        people: Names with the other names that each goes by, or names alone, or speakers, of which
            name, aliases and kind count.

    Raises:
        InputError: If a name is empty or occurs twice, or there is no list but one name.
    """
    if isinstance(people, str):
        raise InputError(f"{people!r} is one name, not a list of people; give [{people!r}]")
    if isinstance(people, Mapping):
        people = [_person(name, aliases) for name, aliases in people.items()]
    found = [_person(one, ()) if isinstance(one, str) else one for one in people]
    names = Counter(person.name for person in found)
    for name, count in names.items():
        if not name.strip():
            raise InputError("somebody on the list of people has no name")
        if count > 1:
            raise InputError(f"{name!r} is on the list of people {count} times")
    return found


def _person(name: str, aliases: Iterable[str]) -> Speaker:
    others = tuple(dict.fromkeys([aliases] if isinstance(aliases, str) else aliases))
    return Speaker(SpeakerId(name), name, SpeakerKind.PERSON, others)


@define(eq=False)
class Listed:
    """The people of a list, in one document.

    Attributes:
        people: Who is on the list.
        closed: Whether nobody else is named.
        entities: What stands for each of them in the document, in the same order.
        forms: By each name that somebody goes by, who goes by it.
    """

    people: Sequence[Speaker]
    closed: bool = False
    entities: list[Entity] = field(init=False)
    forms: dict[str, list[int]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.entities = [_entity(person) for person in self.people]
        self.forms = defaultdict(list)
        for number, person in enumerate(self.people):
            for form in dict.fromkeys(map(_plain, (person.name, *person.aliases))):
                self.forms[form].append(number)

    @property
    def narrator(self) -> Entity | None:
        """Who is listed as "I", if anybody: the narrator."""
        numbers = self.forms.get(_NARRATOR, ())
        return self.entities[numbers[0]] if len(numbers) == 1 else None

    def describe(self, know: Callable[[Entity, str], None]) -> None:
        """Tell the other names that are descriptions ("the inspector").

        Args:
            know: Takes who it is and the description.
        """
        for entity, person in zip(self.entities, self.people, strict=True):
            for name in person.aliases:
                if name[:1].islower() or name.startswith("The "):
                    know(entity, name)

    def kinds(self, words: Words, mentions: Sequence[NameMention]) -> dict[Key, NameKind]:
        """Return the kinds of the names that are on the list.

        Args:
            words: The words of the document.
            mentions: Its names.
        """
        return {
            mention.key: self.entities[numbers[0]].kind
            for mention in mentions
            if (numbers := self._meant(words, mention))
        }

    def owners(
        self, words: Words, mentions: Sequence[NameMention], owners: Sequence[Entity | None]
    ) -> list[Entity | None]:
        """Return who bears each name, the list known.

        A name that is on the list for one person is theirs; another goes to the person who has most
        of the names that it was grouped with, or to one of those who share it.

        Args:
            words: The words of the document.
            mentions: Its names, in order.
            owners: Whom each was grouped with.
        """
        meant = [self._meant(words, mention) for mention in mentions]
        groups: dict[int, Counter[int]] = defaultdict(Counter)
        for owner, numbers in zip(owners, meant, strict=True):
            if owner is not None and len(numbers) == 1:
                groups[id(owner)][numbers[0]] += 1
        result: list[Entity | None] = []
        last: dict[int, int] = {}
        for place, (owner, numbers) in enumerate(zip(owners, meant, strict=True)):
            number = self._chosen(numbers, groups.get(id(owner)) if owner else None, last)
            if number is not None:
                last[number] = place
                result.append(self.entities[number])
            else:
                alone = owner is not None and owner.kind is NameKind.PERSON and self.closed
                result.append(None if alone else owner)
        for entity in self.entities:
            entity.mentions = [place for place, owner in enumerate(result) if owner is entity]
        _regroup(owners, result)
        return result

    def _meant(self, words: Words, mention: NameMention) -> list[int]:
        """Return who goes by a name as it stands, with its title or without."""
        whole = _plain(mention.span.of(words.text))
        return self.forms.get(whole) or self.forms.get(" ".join(map(folded, mention.core)), [])

    def _chosen(
        self, numbers: Sequence[int], group: Counter[int] | None, last: Mapping[int, int]
    ) -> int | None:
        if len(numbers) == 1:
            return numbers[0]
        if not numbers:
            return group.most_common(1)[0][0] if group else None
        grouped = [number for number in numbers if group and group[number]]
        return max(grouped or numbers, key=lambda number: last.get(number, -1))


def _regroup(before: Sequence[Entity | None], after: Sequence[Entity | None]) -> None:
    """Take the places that listed people have from those that had them before."""
    for place, (one, other) in enumerate(zip(before, after, strict=True)):
        if one is not None and one is not other:
            one.mentions = [spot for spot in one.mentions if spot != place]


def _entity(person: Speaker) -> Entity:
    return Entity(_KINDS.get(person.kind, NameKind.PERSON), known=person)


def known_votes(person: Speaker | None) -> GenderVotes:
    """Return the signs of gender that a list gives by pronouns.

    Args:
        person: Who is on the list, ``None`` for others.
    """
    votes = GenderVotes()
    for pronoun, gender in (("he", "m"), ("she", "f")):
        if person is not None and pronoun in person.pronouns:
            votes.add(gender, _TOLD)
    return votes


def _plain(name: str) -> str:
    """Return a name to compare: folded, without dots, a leading article or a possessive."""
    written = folded(" ".join(name.replace(".", " ").replace("’", "'").split()))
    return written.removeprefix(_ARTICLE).removesuffix("'s").removesuffix("'")
