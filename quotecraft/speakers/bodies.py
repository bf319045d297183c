"""Which named body "the company", "the ministry" or "the country" points back to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import define, field

from quotecraft.speakers.appositions import apposition_of
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon, singular, word_set
from quotecraft.speakers.mentions import NameIndex, SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.phrases import ONE_MORE
from quotecraft.speakers.syntax import looks_subject

__all__ = [
    "Bodies",
    "alike",
    "heads_of",
    "is_medium",
    "is_state",
    "is_telling",
    "otherwise",
    "sort_of",
]

_STEM = 4  # letters that a country and its adjective share
_REACH = 300  # words back in which "the company" looks for a name
_NEAR = 10  # names of bodies that are looked at
_NAMED = 40  # the same when the noun is part of the name
_GENERIC = word_set(
    "company firm group agency organization organisation body party bank institution union club "
    "team association charity ngo corporation manufacturer maker retailer operator carrier airline "
    "watchdog regulator conglomerate developer brand startup start-up"
)
# Nouns that may take up names ending in one another ("the Railways Administration": "the agency").
_SORTS = (
    word_set(
        "agency administration authority bureau department office service commission institute "
        "directorate regulator watchdog body secretariat board council"
    ),
    word_set(
        "company corporation firm airline manufacturer maker retailer supplier operator "
        "carrier developer chain service conglomerate startup start-up brand network studio"
    ),
    word_set(
        "group organization organisation movement network association alliance coalition "
        "federation foundation society charity ngo trust institute"
    ),
    word_set("court tribunal bench"),
)
_HEADED = word_set("of for on to in and against")
_KINDS = (NameKind.ORGANIZATION, NameKind.PLACE)
_OTHERS = frozenset(("other", "another", "same", "rival", "second", "first", "latter", "former"))
_STATES = frozenset(("country", "nation"))
# Nouns that say little of what a body is: "the civic body" may be any.
_LOOSE = word_set(
    "body group agency organization organisation watchdog regulator firm company giant outfit "
    "charity ngo"
)
_COMMON = word_set(
    "institution tribunal team office department administration authority body group agency "
    "organization organisation watchdog regulator"
)
_MEDIA = word_set(
    "times post herald tribune gazette guardian journal press news telegraph observer chronicle "
    "daily weekly magazine tv radio television newspaper"
)
_PAPERS = word_set("newspaper magazine daily weekly tabloid broadsheet")
_FOREIGN = word_set("prensa diario jornada tiempo monde figaro zeitung khabar akhbar al-akhbar")
_ALIKE = {"force": "police", "military": "army"}  # what takes up which body
_TELLING = word_set("university college school court ministry hospital parliament police")


@define(eq=False)
class _Named:
    """A body named in the text."""

    first: int  # index of its first word
    entity: Entity
    subject: bool


@define(eq=False)
class Bodies:
    """The bodies and places that a document names, in order.

    Attributes:
        index: The names of the document.
        owners: The entity of each name.
    """

    index: NameIndex
    owners: Sequence[Entity | None]
    _items: list[_Named] = field(factory=list)
    _told: list[tuple[int, Entity, frozenset[str]]] = field(factory=list)  # appositions

    def __attrs_post_init__(self) -> None:
        words = self.index.words
        for name, owner in zip(self.index.mentions, self.owners, strict=True):
            body = name.kind is NameKind.ORGANIZATION
            if owner is None or not (body or owner.kind in _KINDS):
                continue
            subject = looks_subject(words, name.first, name.last)
            self._items.append(_Named(name.first, owner, subject))
            told = apposition_of(words, name)
            if told:
                self._told.append((name.first, owner, told))

    def named(self, mention: SourceMention, word: int) -> Entity | None:
        """Return the body whose name or apposition holds a description's noun, or the country.

        Args:
            mention: The description.
            word: Index of its first word.
        """
        stop = bisect_left(self._items, word, key=lambda item: item.first)
        for item in reversed(self._items[max(0, stop - _NAMED) : stop]):
            named = {part.lower() for name in item.entity.names for part in name.split()}
            heads = {alike(head) for name in item.entity.names for head in heads_of(name)}
            heads |= {singular(head) for head in heads}  # "Hill Airlines": "the airline"
            if alike(mention.head or "") in heads and mention.modifiers <= named | {"the"}:
                return item.entity
        for first, entity, told in reversed(self._told):
            if first < word and mention.head in told and mention.modifiers <= told:
                return entity
        if mention.head in _STATES and not mention.modifiers:
            return self._state(stop, word)
        return self._medium(mention.head or "", stop) if is_medium(mention) else None

    def _medium(self, head: str, stop: int) -> Entity | None:
        """Return the newspaper named last, as its name or the next word tells."""
        lower = self.index.words.lower
        for item in reversed(self._items[max(0, stop - _NAMED) : stop]):
            named = {part.lower() for name in item.entity.names for part in name.split()}
            places = self.index.within(item.first, item.first)
            lasts = [self.index.mentions[place].last for place in places]
            beside = [*lower[max(0, item.first - 1) : item.first]]
            beside += [word for last in lasts for word in lower[last + 1 : last + 2]]
            if named & (_MEDIA | _FOREIGN) or head in beside:
                return item.entity
        return None

    def nation(self, mention: SourceMention) -> Entity | None:
        """Return the country of a lone adjective ("Israeli condemnation"), if the text names it.

        Args:
            mention: A description.
        """
        word = mention.text.lower()
        several = word.endswith(("ese", "ish", "ch", "ss"))  # "wealthy Chinese look to leave"
        if word not in lexicon().demonyms or mention.text[0].islower() or several:
            return None
        for item in self._items:
            names = {name.lower() for name in item.entity.names}
            state = item.entity.kind is NameKind.PLACE and not names.isdisjoint(lexicon().places)
            if state and any(name[:_STEM] == word[:_STEM] for name in names):
                return item.entity
        return None

    def generic(
        self, mention: SourceMention, word: int, last: Entity | None, *, close: bool = False
    ) -> Entity | None:
        """Return the organisation that "the company" stands for.

        Args:
            mention: The description.
            word: Index of its first word.
            last: Who spoke last: the body meant, if it is one.
            close: Whether those words go on with what they said just before, so that "the human
                rights group" is the body, too.
        """
        head = mention.head
        if head is None or head not in _GENERIC:
            return None
        spoke = last is not None and last.kind is NameKind.ORGANIZATION and bool(last.names)
        if last is not None and spoke and (close or not mention.modifiers):
            apart = _OTHERS | lexicon().demonyms | lexicon().places
            return last if apart.isdisjoint(mention.modifiers) else None
        stop = bisect_left(self._items, word, key=lambda item: item.first)
        if mention.modifiers:
            return self._focus(mention, head, stop, word)
        found = self._generic(head, stop, word)
        return None if found is None or self._introduced(head, found.first, word) else found.entity

    def _focus(self, mention: SourceMention, head: str, stop: int, word: int) -> Entity | None:
        """Return the one body that was a subject just before "the anti-graft body"."""
        apart = _OTHERS | lexicon().demonyms | lexicon().places
        if head not in _LOOSE or not apart.isdisjoint(mention.modifiers):
            return None
        sentence = self.index.words.sentence
        near = {
            id(item.entity): item
            for item in self._items[max(0, stop - _NEAR) : stop]
            if item.subject and 0 < sentence[word] - sentence[item.first] <= 2
        }
        if len(near) != 1:
            return None
        (one,) = near.values()
        body = one.entity.kind is NameKind.ORGANIZATION and not otherwise(one.entity, head)
        return one.entity if body and not self._introduced(head, one.first, word) else None

    def _introduced(self, head: str, first: int, word: int) -> bool:
        """Say whether "a group" stands between a body's name and "the group"."""
        lower = self.index.words.lower
        return any(
            lower[place] == head and not ONE_MORE.isdisjoint(lower[max(0, place - 3) : place])
            for place in range(first + 1, word)
        )

    def _state(self, stop: int, word: int) -> Entity | None:
        """Return the country named last, a subject first."""
        near = [
            item
            for item in reversed(self._items[max(0, stop - _NEAR) : stop])
            if word - item.first < _REACH and is_state(item.entity)
        ]
        subjects = [item for item in near[:3] if item.subject]
        return next((item.entity for item in subjects or near), None)

    def _generic(self, head: str, stop: int, word: int) -> _Named | None:
        """Return the organisation named last, a subject of the same or last sentence first."""
        near = [
            item
            for item in reversed(self._items[max(0, stop - _NEAR) : stop])
            if item.entity.kind is NameKind.ORGANIZATION and word - item.first < _REACH
        ]
        alike = [item for item in near if not otherwise(item.entity, head)]
        if not any(head in sort for sort in _SORTS):  # "the union": not just any body
            alike = [item for item in alike if any(name.isupper() for name in item.entity.names)]
        sentence = self.index.words.sentence
        subjects = [
            item for item in alike if item.subject and sentence[word] - sentence[item.first] <= 2
        ]
        return next(iter(subjects or alike), None)


def alike(noun: str) -> str:
    """Return the noun of a body that another one takes up ("the force": the police).

    Args:
        noun: Lower-case.
    """
    return _ALIKE.get(noun, noun)


def heads_of(name: str) -> Iterator[str]:
    """Yield the nouns that can take up a body: its last, and the one before "of"."""
    words = name.lower().split()
    yield words[-1]
    for word, following in pairwise(words):
        if following in _HEADED:
            yield word


def is_state(entity: Entity) -> bool:
    """Say whether a name is a country's, or a place's that lists of countries and towns hold.

    Args:
        entity: The body or place.
    """
    return entity.kind is NameKind.PLACE and any(
        name.lower() in lexicon().places for name in entity.names
    )


def sort_of(noun: str) -> frozenset[str]:
    """Return the nouns that take up the same sorts of bodies as one does.

    Args:
        noun: Lower-case, such as "ministry"; a body's last word, too.
    """
    return frozenset().union(*(sort for sort in _SORTS if noun in sort))


def is_medium(mention: SourceMention) -> bool:
    """Say whether a description takes up a newspaper or news agency, a body as far as it speaks.

    Args:
        mention: The description.
    """
    agency = mention.head == "agency" and mention.modifiers == {"news"}
    return agency or mention.head in _PAPERS


def is_telling(entity: Entity, head: str) -> bool:
    """Say whether a body's name tells what it is, such as a school, and that it is no such body.

    Args:
        entity: The body.
        head: The noun, lower-case.
    """
    words = {word.lower() for name in entity.names for word in name.split()}
    told = words & _TELLING
    return bool(told) and head not in told and head not in _COMMON


def otherwise(entity: Entity, head: str) -> bool:
    """Say whether a body's names end in another sort of body than the noun that takes them up."""
    sort = next((sort for sort in _SORTS if head in sort), frozenset((head,)))
    words = {word.lower() for name in entity.names for word in name.split()}
    if head not in _MEDIA | {"outlet", "brand"} and not words.isdisjoint(_MEDIA):
        return True
    if not (words & _TELLING) <= sort:
        return True
    ends = {name.split()[-1].lower() for name in entity.names}
    return any(end in lexicon().organizations and end not in sort for end in ends)
