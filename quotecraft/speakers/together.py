"""Several who stand named together in news: whom "they", "the two" or "the sisters" take up.

A group is named in one phrase ("Ana Ruiz, 32, and her lawyer, Ben Park"), or by a sentence that
tells what two do with one another ("Ruiz met Park"): a plural pronoun takes up both, as Eschenbach
et al. (1989), "Remarks on plural anaphora", tell of such complex reference objects.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from attrs import define, field, frozen

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon, singular, word_set
from quotecraft.speakers.mentions import NameIndex
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.person_nouns import is_human
from quotecraft.speakers.words import CAPITAL, Words

__all__ = ["PluralSpeakers", "Together", "TogetherIndex"]

_BODIES = (NameKind.ORGANIZATION, NameKind.PLACE)
_BETWEEN = 14  # words between two who are named together
_SMALL = word_set(
    "along alongside together with accompanied by joined company in "
    "and of from for the her his their its a an former then fellow both also counterpart"
)
_JOINING = word_set("and or & alongside along together accompanied joined company")
_LISTING = word_set("and or the")
_RECIPROCAL = word_set(
    "met meets meet meeting meetings talks talked discussed discussions agreed agree signed summit "
    "negotiations negotiated conversation dialogue jointly faced fought debated married"
)
_MARKS = frozenset(" ,()-–0123456789\u00a0\n")
_MEETING = 20  # words from one of two to the other in "Ruiz met Park"
_BEFORE = 4  # words before a group in which a noun tells what they are


@frozen
class Together:
    """Some who are named together.

    Attributes:
        first: Index of the first word.
        last: Index of the last word.
        entities: Who they are, in order.
        nouns: What they are said to be, in the singular ("sister").
        joined: Whether one phrase names them; else a sentence tells what they do together.
    """

    first: int
    last: int
    entities: tuple[Entity, ...]
    nouns: frozenset[str] = frozenset()
    joined: bool = True

    @property
    def bodies(self) -> bool:
        """Whether they are bodies or countries, not persons."""
        return all(entity.kind in _BODIES for entity in self.entities)


@define(eq=False)
class TogetherIndex:
    """Those named together in a document, in order.

    Attributes:
        found: They, by where they end.
    """

    found: Sequence[Together] = ()
    _lasts: Sequence[int] = field(init=False)
    _told: dict[str, list[Together]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._lasts = [one.last for one in self.found]
        self._told = defaultdict(list)
        for one in self.found:
            for noun in one.nouns:
                self._told[noun].append(one)

    @classmethod
    def of(cls, index: NameIndex, owners: Sequence[Entity | None]) -> TogetherIndex:
        """Return those named together in the narration of a document.

        Args:
            index: Its names.
            owners: The entity of each name.
        """
        found = [
            *_joined(index, owners, (NameKind.PERSON,)),
            *_joined(index, owners, _BODIES),
        ]
        taken = {index.words.sentence[one.first] for one in found}
        found.extend(_meeting(index, owners, taken))
        return cls(sorted(found, key=lambda one: (one.last, one.first)))

    def before(self, word: int) -> Iterator[Together]:
        """Yield those named before a word, nearest first.

        Args:
            word: Index of the word.
        """
        for place in range(bisect_right(self._lasts, word - 1) - 1, -1, -1):
            yield self.found[place]

    def told(self, noun: str, word: int) -> Together | None:
        """Return the last of those who are said to be something, before a word.

        Args:
            noun: What they are, in the singular.
            word: Index of the word.
        """
        near = self._told.get(noun, ())
        place = bisect_right(near, word - 1, key=lambda one: one.last)
        return near[place - 1] if place else None


@define(eq=False)
class PluralSpeakers:
    """Where several speak as one, in order."""

    _places: list[int] = field(factory=list)
    _entities: dict[int, Entity] = field(factory=dict)

    def add(self, word: int, entity: Entity) -> None:
        """Take note of a group or a plural description that speaks.

        Args:
            word: Index of the first word of its mention.
            entity: Who it is.
        """
        if word not in self._entities:
            insort(self._places, word)
        self._entities[word] = entity

    def before(self, word: int) -> Iterator[tuple[int, Entity]]:
        """Yield them, and where, before a word, nearest first.

        Args:
            word: Index of the word.
        """
        for place in range(bisect_left(self._places, word) - 1, -1, -1):
            found = self._places[place]
            yield found, self._entities[found]


def _joined(
    index: NameIndex, owners: Sequence[Entity | None], kinds: Sequence[NameKind]
) -> Iterator[Together]:
    """Yield the groups that a phrase joins: "A, B and C", "A and her sisters B and C"."""
    chain: list[int] = []
    whole = 0  # how many of the chain an "and" has closed
    for place, name in enumerate(index.mentions):
        owner = owners[place]
        if owner is None or name.quoted or owner.kind not in kinds:
            continue
        link = _link(index, chain[-1], place, bodies=kinds is _BODIES) if chain else ""
        if not link or (whole and not _several(index, chain)):
            yield from _group(index, owners, chain[:whole])
            chain, whole = [place], 0
            continue
        chain.append(place)
        whole = len(chain) if link == "and" else whole
    yield from _group(index, owners, chain[:whole])


def _several(index: NameIndex, chain: Sequence[int]) -> bool:
    """Say whether a plural noun stands between the last two of a chain ("and her sisters B")."""
    one, two = index.mentions[chain[-2]], index.mentions[chain[-1]]
    return bool(_plurals(index.words.lower[one.last + 1 : two.first]))


def _plurals(words: Iterable[str]) -> set[str]:
    """Return the singulars of the plural nouns for persons among words."""
    return {singular(noun) for noun in words if singular(noun) != noun and _is_people(noun)}


def _group(
    index: NameIndex, owners: Sequence[Entity | None], chain: Sequence[int]
) -> Iterator[Together]:
    """Yield the group of names, with the nouns that tell what they are."""
    members = tuple(dict.fromkeys(e for place in chain if (e := owners[place]) is not None))
    if len(members) < 2:
        return
    words, names = index.words, index.mentions
    first, last = names[chain[0]].first, names[chain[-1]].last
    start = first
    while start > max(0, first - _BEFORE) and words.gap(start - 1).strip() in ("", ","):
        start -= 1
    told = words.lower[start:first]
    for one, two in pairwise(chain):
        told += words.lower[names[one].last + 1 : names[two].first]
    bodies = members[0].kind is not NameKind.PERSON
    yield Together(first, last, members, frozenset(() if bodies else _plurals(told)))


def _link(index: NameIndex, one: int, two: int, *, bodies: bool) -> str:
    """Return what joins two names: "and", "," or nothing."""
    words = index.words
    start, stop = index.mentions[one].last, index.mentions[two].first
    if not start < stop <= start + _BETWEEN or words.sentence[start] != words.sentence[stop]:
        return ""
    gaps = [words.gap(i) for i in range(start, stop)]
    if not _MARKS.issuperset("".join(gaps)):
        return ""
    between = range(start + 1, stop)
    if not all(words.lower[i] in _LISTING if bodies else _tells(words, i) for i in between):
        return ""
    if any(words.lower[i] in _JOINING for i in between):
        return "and"
    return "," if any("," in gap for gap in gaps) else ""


def _tells(words: Words, index: int) -> bool:
    """Say whether a word between two persons only joins them, or tells who they are."""
    word = words.lower[index]
    return word in _SMALL or word.isdigit() or words.has(index, CAPITAL) or _is_people(word)


def _is_people(noun: str) -> bool:
    """Say whether a noun stands for persons, or is part of an office."""
    lex, base = lexicon(), singular(noun)
    known = lex.is_person_noun(base) or base in lex.kin or base in lex.titles
    return known or noun in lex.domains or noun in lex.title_modifiers or is_human(base)


def _meeting(
    index: NameIndex, owners: Sequence[Entity | None], taken: set[int]
) -> Iterator[Together]:
    """Yield the two of a sentence that tells what they do together: "Ruiz met Park"."""
    words = index.words
    told: dict[int, list[int]] = {}
    for place, name in enumerate(index.mentions):
        if owners[place] is not None and not name.quoted:
            told.setdefault(words.sentence[name.first], []).append(place)
    for sentence, places in told.items():
        if sentence in taken:
            continue
        for kinds in ((NameKind.PERSON,), _BODIES):
            named = [p for p in places if (e := owners[p]) is not None and e.kind in kinds]
            members = tuple(dict.fromkeys(e for p in named if (e := owners[p]) is not None))
            if len(members) != 2:
                continue
            first, last = index.mentions[named[0]].first, index.mentions[named[-1]].last
            near = last - first <= _MEETING
            if near and any(words.lower[i] in _RECIPROCAL for i in range(first, last + 1)):
                yield Together(first, last, members, joined=False)
                break
