"""What a source span is: a name, a pronoun or a description, of whom, and one or several."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from sys import intern

from attrs import frozen

from quotecraft.model import MentionKind, Span, SpeakerKind
from quotecraft.speakers.lexicon import Lexicon, lexicon, singular, word_set
from quotecraft.speakers.name_kinds import Key
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.noun_kinds import Head, head_of
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.pronouns import Gender, Pronoun, pronoun
from quotecraft.speakers.roles import role_between
from quotecraft.speakers.syntax import PREPOSITIONS, RELATIVES
from quotecraft.speakers.words import CAPITAL, HEADING, INITIAL, POSSESSIVE, UPPER, Words

__all__ = ["DEFINITE", "INDEFINITE", "POSSESSIVES", "NameIndex", "SourceMention", "read_source"]

INDEFINITE = word_set("a an another one some two three four five several many")
DEFINITE = word_set("the this that these those said")
POSSESSIVES = word_set("his her its their my our your")
_NAMING = word_set("named called nicknamed dubbed name alias")
_LEADING = word_set("by from both even and as to had has found because but while although when if")
_BREAKS = frozenset(",;:()—–[]")


@frozen
class NameIndex:
    """The names of a document, to be looked up by place.

    Attributes:
        words: The words of the document.
        mentions: Its names, in order.
        kinds: What each name stands for.
    """

    words: Words
    mentions: Sequence[NameMention]
    kinds: Mapping[Key, NameKind]
    _firsts: Sequence[int]

    @classmethod
    def of(
        cls, words: Words, mentions: Sequence[NameMention], kinds: Mapping[Key, NameKind]
    ) -> NameIndex:
        """Return the index of some names."""
        return cls(words, mentions, kinds, [mention.first for mention in mentions])

    def kind(self, place: int) -> NameKind:
        """Return what the name at a place of the list stands for."""
        return self.kinds[self.mentions[place].key]

    def within(self, first: int, last: int) -> range:
        """Return the places of the names that touch the words ``first`` to ``last``."""
        start = bisect_left(self._firsts, first)
        if start > 0 and self.mentions[start - 1].last >= first:
            start -= 1
        return range(start, bisect_left(self._firsts, last + 1))


@frozen(weakref_slot=False)
class SourceMention:
    """A source span, read.

    Attributes:
        span: The part that refers: without leading "by", appositions included.
        kind: Name, pronoun or description.
        what: What sort of thing it refers to.
        text: The referring words, white space made plain.
        name: Place of the head name in the list of names.
        pronoun: What the pronoun says.
        head: Head noun of a description, singular and lower-case.
        head_word: Index of that noun among the words.
        modifiers: The other words of a description's core, lower-case.
        plural: Whether it stands for several.
        definite: Whether it points back ("the", "that"); ``False`` for "a", "another", plurals.
        owner: Place of the name that owns it ("Ruiz's lawyer").
        owner_pronoun: The possessive pronoun that owns it ("his lawyer").
        gender: As the noun tells it.
        role: What the source says that the one it names is ("the mayor, Ana Ruiz").
        parts: The single mentions of a conjunction ("Lee and Park").
    """

    span: Span
    kind: MentionKind
    what: SpeakerKind = SpeakerKind.UNKNOWN
    text: str = ""
    name: int | None = None
    pronoun: Pronoun | None = None
    head: str | None = None
    head_word: int | None = None
    modifiers: frozenset[str] = frozenset()
    plural: bool = False
    definite: bool = False
    owner: int | None = None
    owner_pronoun: Pronoun | None = None
    gender: Gender | None = None
    role: str | None = None
    parts: tuple[SourceMention, ...] = ()


def read_source(index: NameIndex, span: Span) -> SourceMention | None:
    """Return what a source span refers to, ``None`` when it holds no word.

    Args:
        index: The names of the document.
        span: The span.
    """
    words = index.words
    places = words.within(span)
    if not places:
        inside = words.at(span.start) - 1
        if inside < 0 or words.ends[inside] <= span.start:
            return None
        places = range(inside, inside + 1)
    first, last = places[0], places[-1]
    if not any(char.isalpha() for char in words.text[words.starts[first] : words.ends[last]]):
        return None
    while first < last and _leads(words, first):
        first += 1
    told = any(w not in lexicon().function or pronoun(w) for w in words.lower[first : last + 1])
    return _Reader(index).read(first, last) if told else None


def _leads(words: Words, index: int) -> bool:
    """Say whether a source's first word is no part of what it refers to."""
    word, following = words.lower[index], words.lower[index + 1]
    if word == "that":
        return following in DEFINITE | INDEFINITE or words.has(index + 1, CAPITAL)
    return word in _LEADING


class _Reader:
    def __init__(self, index: NameIndex) -> None:
        self.index = index
        self.words = index.words
        self.lex: Lexicon = lexicon()

    def read(self, first: int, last: int) -> SourceMention:
        parts = self._conjuncts(first, last)
        if len(parts) > 1:
            members = tuple(self._single(start, end) for start, end in parts)
            return SourceMention(
                self._span(first, parts[-1][1]),
                MentionKind.DESCRIPTION
                if any(member.kind is not MentionKind.NAME for member in members)
                else MentionKind.NAME,
                SpeakerKind.GROUP,
                self._text(first, parts[-1][1]),
                plural=True,
                parts=members,
            )
        return self._single(first, last)

    def _span(self, first: int, last: int) -> Span:
        return Span(self.words.starts[first], self.words.ends[last])

    def _text(self, first: int, last: int) -> str:
        return intern(" ".join(self._span(first, last).of(self.words.text).split()))

    def _broken(self, index: int) -> bool:
        """Say whether punctuation parts a word from the next."""
        return any(char in _BREAKS for char in self.words.gap(index))

    def _core_end(self, first: int, last: int) -> int:
        """Return the last word before a comma or a relative clause."""
        for index in range(first, last):
            if self.words.lower[index + 1] in RELATIVES and index + 1 > first:
                return index
            if self._broken(index) and not self._inside_name(index):
                return index
        return last

    def _inside_name(self, index: int) -> bool:
        return any(
            self.index.mentions[place].last > index
            for place in self.index.within(index, index)
            if self.index.mentions[place].first <= index
        )

    def _head_end(self, first: int, last: int) -> int:
        """Return the last word before a preposition that no name covers."""
        for index in range(first + 1, last + 1):
            if self.words.lower[index] in PREPOSITIONS and not self._covered(index):
                return index - 1
        return last

    def _covered(self, index: int) -> bool:
        return any(
            self.index.mentions[place].first <= index <= self.index.mentions[place].last
            for place in self.index.within(index, index)
        )

    def _conjuncts(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the word ranges of the members of a conjunction, or one range."""
        words = self.words
        end = min(self._head_end(first, last), self._relative(first, last) - 1)
        pieces: list[tuple[int, int]] = []
        start = first
        joined = False
        for index in range(first + 1, end + 1):
            if words.lower[index] in ("and", "&") and not self._covered(index):
                if index > start:
                    pieces.append((start, index - 1))
                start = index + 1
                joined = True
            elif self._broken(index - 1) and not self._inside_name(index - 1):
                if index > start:
                    pieces.append((start, index - 1))
                start = index
        if start <= end:
            pieces.append((start, last))
        if not joined or len(pieces) < 2:
            return [(first, last)]
        whole = all(self._stands_alone(start, stop) for start, stop in pieces)
        return pieces if whole and not self._one(pieces) else [(first, last)]

    def _relative(self, first: int, last: int) -> int:
        """Return the index of the first relative pronoun behind a first word, or the end."""
        lower = self.words.lower
        return next((i for i in range(first + 1, last + 1) if lower[i] in RELATIVES), last + 1)

    def _one(self, pieces: Sequence[tuple[int, int]]) -> bool:
        """Say whether two roles and a name are one person ("the singer and actor Ana Ruiz")."""
        (start, stop), (first, last) = pieces[0], pieces[-1]
        words, named = self.words, self._head_name(first, last)
        if len(pieces) != 2 or named is None or self._head_name(start, stop) is not None:
            return False
        role = self.index.mentions[named].first - 1
        bare = role >= first and not words.gap(role).strip()
        heads = words.lower[self._head_end(start, stop)], words.lower[role]
        single = all(singular(head) == head and self.lex.is_person_noun(head) for head in heads)
        return bare and single and words.lower[first] not in DEFINITE | INDEFINITE

    def _stands_alone(self, first: int, last: int) -> bool:
        """Say whether words can be one member of a conjunction."""
        words = self.words
        opening = words.lower[first]
        if opening in DEFINITE | INDEFINITE | POSSESSIVES or pronoun(opening):
            return True
        if any(not self._adjective(place) for place in self.index.within(first, last)):
            return True
        return self.lex.is_group_noun(words.lower[self._head_end(first, last)])

    def _adjective(self, place: int) -> bool:
        return self.index.kind(place) in (NameKind.NORP, NameKind.TITLE)

    def _single(self, first: int, last: int) -> SourceMention:
        words = self.words
        entry = pronoun(words.lower[first])
        opening = words.lower[first]
        alone = first == last or self._core_end(first, last) == first
        if entry and (alone or opening in ("he", "she", "they", "i", "we", "it", "who", "you")):
            return SourceMention(
                self._span(first, first),
                MentionKind.PRONOUN,
                SpeakerKind.GROUP if entry.plural else SpeakerKind.UNKNOWN,
                words.word(first),
                pronoun=entry,
                plural=entry.plural,
                gender=entry.gender,
            )
        core_end = self._core_end(first, last)
        head_end = self._head_end(first, core_end)
        place = self._head_name(first, head_end)
        if place is None:
            place = self._named(first, core_end, last)
        if place is not None:
            return self._name(first, last, place)
        called = self._called(first, last)
        if called is not None:
            return called
        return self._description(first, core_end, head_end)

    def _head_name(self, first: int, last: int) -> int | None:
        """Return the name that ends a noun phrase and so is its head."""
        for place in reversed(self.index.within(first, last)):
            name = self.index.mentions[place]
            if self._adjective(place):
                return None
            if self.words.lower[first] in ("a", "an", "another"):
                return None
            owned = self.words.has(name.last, POSSESSIVE) and name.last < last
            return place if name.last >= last and not owned else None
        return None

    def _named(self, first: int, core_end: int, last: int) -> int | None:
        """Return the name that an apposition or "named …" gives to a description."""
        words = self.words
        for place in self.index.within(core_end + 1, last):
            name = self.index.mentions[place]
            if name.first <= core_end or self.index.kind(place) is not NameKind.PERSON:
                continue
            role = words.lower[core_end + 1 : name.first]
            follows = not role or (len(role) < 3 and self.lex.is_person_noun(role[-1]))
            naming = any(words.lower[i] in _NAMING for i in range(core_end + 1, name.first))
            known = name.first >= 2 and words.lower[name.first - 2 : name.first] == ["known", "as"]
            if follows or naming or known:
                return place
            return None
        return None

    def _called(self, first: int, last: int) -> SourceMention | None:
        """Return the nickname in "a man who goes by the name Shorty", seen nowhere else."""
        words = self.words
        for index in range(first, last):
            if words.lower[index] not in _NAMING or not words.has(index + 1, CAPITAL):
                continue
            end = index + 1
            while end < last and words.has(end + 1, CAPITAL):
                end += 1
            return SourceMention(
                self._span(first, last),
                MentionKind.NAME,
                SpeakerKind.PERSON,
                self._text(index + 1, end),
            )
        return None

    def _name(self, first: int, last: int, place: int) -> SourceMention:
        kind = self.index.kind(place)
        what = {
            NameKind.PERSON: SpeakerKind.PERSON,
            NameKind.ORGANIZATION: SpeakerKind.ORGANIZATION,
            NameKind.PLACE: SpeakerKind.ORGANIZATION,
        }.get(kind, SpeakerKind.UNKNOWN)
        name, span = self.index.mentions[place], self._span(first, last)
        span = name.span if span == name.span else span  # one object less for most sources
        text, role = self._text(first, last), role_between(self.words, first, name.first - 1)
        return SourceMention(span, MentionKind.NAME, what, text, name=place, role=role)

    def _description(self, first: int, core_end: int, head_end: int) -> SourceMention:
        words, lex = self.words, self.lex
        head = head_of(words, first, head_end, core_end)
        head_end, noun, opening = head.word, words.lower[head.word], words.lower[first]
        plural = lex.is_group_noun(noun) or (
            singular(noun) != noun and opening not in ("a", "an", "another")
        )
        owner, owner_pronoun = self._owner(first, head_end)
        base = singular(noun)
        return SourceMention(
            self._span(first, core_end),
            MentionKind.DESCRIPTION,
            head.kind,
            self._lowered(first, core_end),
            head=base if base in lex.kin or lex.is_person_noun(base) else noun,
            head_word=head_end,
            modifiers=frozenset(words.lower[i] for i in range(first, head_end)) - DEFINITE,
            plural=plural or head.portion,
            definite=opening in DEFINITE
            or owner is not None
            or words.has(head_end, CAPITAL)
            or (self._headline(first, head) and not plural),
            owner=owner,
            owner_pronoun=owner_pronoun,
            gender=lex.noun_gender(base),
        )

    def _headline(self, first: int, head: Head) -> bool:
        """Say whether a description lacks its article as in headlines ("Singer says …")."""
        if self.words.lower[first] in INDEFINITE:
            return False
        bare = head.kind is SpeakerKind.PERSON and head.word - first < 2 and not head.portion
        return self.words.has(first, HEADING) or bare

    def _lowered(self, first: int, last: int) -> str:
        """Return the words of a description, without the capital that only opens a sentence."""
        text = self._text(first, last)
        opens = self.words.has(first, INITIAL) and not self.words.has(first, UPPER)
        named = self._covered(first) or (last > first and self.words.has(first + 1, CAPITAL))
        return text if not opens or named else text[0].lower() + text[1:]

    def _owner(self, first: int, head: int) -> tuple[int | None, Pronoun | None]:
        words = self.words
        if words.lower[first] in POSSESSIVES:
            return None, pronoun(words.lower[first])
        for place in self.index.within(first, head):
            name = self.index.mentions[place]
            if name.last < head and words.has(name.last, POSSESSIVE):
                return place, None
        return None, None
