"""What a source span is: a name, a pronoun or a description, of whom, and one or several."""

from __future__ import annotations

from sys import intern

from attrs import frozen

from quotecraft.model import MentionKind, Span, SpeakerKind
from quotecraft.speakers.lexicon import Lexicon, lexicon, singular, word_set
from quotecraft.speakers.name_index import NameIndex
from quotecraft.speakers.name_mention import NameMention
from quotecraft.speakers.noun_kinds import Head, head_of, kind_of_noun
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.phrases import DEFINITE, INDEFINITE, ONE_MORE, Phrases
from quotecraft.speakers.pronouns import POSSESSIVES, Gender, Pronoun, pronoun
from quotecraft.speakers.role_texts import is_role_noun
from quotecraft.speakers.roles import role_between
from quotecraft.speakers.source_ends import referring
from quotecraft.speakers.syntax import PREPOSITIONS, RELATIVES
from quotecraft.speakers.words import CAPITAL, HEADING, INITIAL, POSSESSIVE, UPPER, Words

__all__ = ["NameIndex", "SourceMention", "read_source"]

_PAUSES = (",", "(")  # between a name and what else a source tells
_OPENING = word_set("he she they i we it who which you")
_BARE = 3  # words of a headline's description
_NAMING = word_set("named surnamed called nicknamed dubbed name alias")
_COUNTING = word_set("most many some several few two three four five six seven eight nine ten")


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
        return _share(span, span.of(words.text))
    first, last = referring(words, first, last)
    told = any(_tells(words, place) for place in range(first, last + 1))
    return _Reader(index).read(first, last) if told else None


def _share(span: Span, text: str) -> SourceMention | None:
    """Return those that a bare share stands for ("51% said no"); no other number speaks."""
    if not text.endswith("%"):
        return None
    return SourceMention(
        span, MentionKind.DESCRIPTION, SpeakerKind.GROUP, text, head=text, plural=True
    )


def _tells(words: Words, index: int) -> bool:
    """Say whether a word of a source can refer to somebody, as articles and links can't."""
    word = words.lower[index]
    capital = words.has(index, CAPITAL) and not words.has(index, INITIAL)
    return capital or word not in lexicon().function or pronoun(word) is not None


class _Reader:
    def __init__(self, index: NameIndex) -> None:
        self.index = index
        self.words = index.words
        self.lex: Lexicon = lexicon()
        self.phrases = Phrases(index)

    def read(self, first: int, last: int) -> SourceMention:
        parts = self.phrases.conjuncts(first, last)
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
        text = self._span(first, last).of(self.words.text)
        if "(" in text and ")" not in text[text.rindex("(") :]:
            text += ")" * self.words.text.startswith(")", self.words.ends[last])
        return intern(" ".join(text.split()))

    def _single(self, first: int, last: int) -> SourceMention:
        words = self.words
        opening = words.lower[first]
        named = words.has(first, UPPER) and self.index.within(first, first)  # "WHO", "US"
        entry = None if named else pronoun(opening)
        alone = first == last or self.phrases.core_end(first, last) == first
        if entry and (
            alone or opening in ("he", "she", "they", "i", "we", "it", "who", "which", "you")
        ):
            return SourceMention(
                self._span(first, first),
                MentionKind.PRONOUN,
                SpeakerKind.GROUP if entry.plural else SpeakerKind.UNKNOWN,
                words.word(first),
                pronoun=entry,
                plural=entry.plural,
                gender=entry.gender,
            )
        core_end = self.phrases.core_end(first, last)
        if self._members(core_end, last):
            return self._description(first, last, last)
        head_end = self.phrases.head_end(first, core_end)
        place = self.phrases.head_name(first, head_end)
        if place is not None and self.index.kind(place) is NameKind.PLACE:
            place = self._ending(place, last)  # "Washington, DC-based writer Ana Ruiz"
        if place is None:
            place = self.phrases.titled_name(first, core_end, head_end)
        if place is None or self.index.kind(place) is not NameKind.PERSON:
            place = self._closing(first, core_end, last) or place
        if place is None:
            place = self._named(first, core_end, last)
        if place is not None:
            return self._name(first, last, place)
        place = self.phrases.trailing_name(first, last)
        if place is not None:
            return self._name(first, last, place)
        place = self._opening(first, last)
        if place is not None:
            return self._name(first, self.index.mentions[place].last, place)
        called = self._called(first, last)
        if called is not None:
            return called
        return self._description(first, core_end, head_end)

    def _members(self, core_end: int, last: int) -> bool:
        """Say whether initials in brackets and people follow ("the Lake Union (LU) lawmakers")."""
        words = self.words
        if not 2 <= last - core_end <= _BARE or words.has(last, CAPITAL):
            return False
        closed = words.gap(core_end).strip() == "(" and words.gap(core_end + 1).strip() == ")"
        whole = not any(words.gap(index).strip() for index in range(core_end + 2, last))
        return closed and whole and kind_of_noun(words.lower[last]) is SpeakerKind.GROUP

    def _ending(self, place: int, last: int) -> int:
        """Return the person's name that ends a source behind a place, else the place."""
        for other in reversed(self.index.within(last, last)):
            person = self.index.kind(other) is NameKind.PERSON
            if other > place and person and self.index.mentions[other].last == last:
                return other
        return place

    def _named(self, first: int, core_end: int, last: int) -> int | None:
        """Return the name that an apposition or "named …" gives to a description."""
        words = self.words
        for place in self.index.within(core_end + 1, last):
            name = self.index.mentions[place]
            if name.first <= core_end or not self._fits(place, first, core_end):
                continue
            if "(" in words.gap(name.first - 1):
                return None
            role = words.lower[core_end + 1 : name.first]
            follows = role in ([], ["the"]) or (len(role) < 3 and self.lex.is_person_noun(role[-1]))
            naming = any(words.lower[i] in _NAMING for i in range(core_end + 1, name.first))
            known = name.first >= 2 and words.lower[name.first - 2 : name.first] == ["known", "as"]
            if follows or naming or known:
                return place
            return None
        return None

    def _fits(self, place: int, first: int, core_end: int) -> bool:
        """Say whether a name can say who a description means: a person's, or a body's a body."""
        kind = self.index.kind(place)
        if kind is not NameKind.ORGANIZATION:
            return kind is NameKind.PERSON
        noun = self.words.lower[self.phrases.head_end(first, core_end)]
        return kind_of_noun(noun) is SpeakerKind.ORGANIZATION

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
        text, start = self._text(first, last), self._role_start(first, name.first)
        role = role_between(self.words, start, name.first - 1)
        return SourceMention(span, MentionKind.NAME, what, text, name=place, role=role)

    def _role_start(self, first: int, stop: int) -> int:
        """Return where what a source says of whom it names begins, behind any other person."""
        for place in self.index.within(first, stop - 1):
            other = self.index.mentions[place]
            whole = self.index.kind(place) is NameKind.PERSON and len(other.core) > 1
            if whole and other.last + 1 < stop and self.words.lower[other.last + 1] == "and":
                first = other.last + 2
        return first

    def _opening(self, first: int, last: int) -> int | None:
        """Return the person whose name opens a source with an adverb too many behind it."""
        for place in self.index.within(first, first):
            name = self.index.mentions[place]
            behind = name.last + 1
            if name.first != first or behind > last or self.words.gap(name.last).strip():
                return None
            if self.words.has(name.last, POSSESSIVE):
                return None
            word = self.words.lower[behind]
            loose = word.endswith("ly") or word in ("after", "before", "during", "while", "when")
            person = self.index.kind(place) is NameKind.PERSON
            return place if loose and person and not self.words.has(behind, CAPITAL) else None
        return None

    def _closing(self, first: int, core_end: int, last: int) -> int | None:
        """Return the person whose full name ends a source that opens with their office.

        The office may hold commas and "and" ("Minister for Sport, Arts and Trade, Ana Ruiz").
        """
        words, head = self.words, self.phrases.head_end(first, core_end)
        office = kind_of_noun(words.lower[head]) is SpeakerKind.PERSON or any(
            words.lower[index] in self.lex.titles for index in range(first, head + 1)
        )
        if words.lower[first] in INDEFINITE:
            return None
        clauses = (i for i in range(core_end + 1, last) if words.lower[i] in RELATIVES)
        last = next(clauses, last + 1) - 1  # "Union (TU) chief Ana Ruiz, whose house …"
        for place in reversed(self.index.within(core_end + 1, last)):
            name = self.index.mentions[place]
            if self.index.kind(place) is NameKind.PERSON and len(name.core) > 1:
                held = self._held(name, core_end, office=office)
                alone = not self._persons(first, name.first)
                ends = name.last == last or words.gap(name.last).lstrip()[:1] in _PAUSES
                return place if held and ends and alone and name.first > core_end else None
            if name.last == last:
                return None
        return None

    def _held(self, name: NameMention, core_end: int, *, office: bool) -> bool:
        """Say whether what stands before a full name is the office of its bearer."""
        words, before = self.words, self.words.lower[name.first - 1]
        parted = words.gap(name.first - 1).strip() in (",", ")") or bool(name.title)
        parted = parted or words.has(name.first - 1, CAPITAL) or before in self.lex.domains
        inner = range(core_end + 1, name.first)
        told = bool(name.title) or any(is_role_noun(words.lower[i]) for i in inner)
        if "(" in words.gap(core_end) and told:  # "the Union (MU) chief Ana Ruiz"
            office = parted = True
        field = bool(name.title) and name.title[0] in self.lex.domains  # "Sport and Trade Ana Ruiz"
        return office and parted and before not in PREPOSITIONS and (before != "and" or field)

    def _persons(self, first: int, stop: int) -> bool:
        """Say whether somebody is named in full between two words."""
        for place in self.index.within(first, stop - 1):
            name = self.index.mentions[place]
            whole = len(name.core) > 1 and name.kind is not NameKind.TITLE
            if name.last < stop and whole and self.index.kind(place) is NameKind.PERSON:
                return True
        return False

    def _description(self, first: int, core_end: int, head_end: int) -> SourceMention:
        words, lex = self.words, self.lex
        while core_end > head_end and words.lower[core_end] in PREPOSITIONS | {"the", "a"}:
            core_end -= 1  # "one of the counts on which …"
        head = head_of(words, first, head_end, core_end)
        head_end, noun, opening = head.word, words.lower[head.word], words.lower[first]
        if noun == "old" and head.kind is SpeakerKind.PERSON:
            noun = "year-old"
        plural = head.kind is SpeakerKind.GROUP or (
            singular(noun) != noun and opening not in ONE_MORE
        )
        owner, owner_pronoun = self._owner(first, head_end)
        base = singular(noun)
        what = head.kind
        if what is SpeakerKind.UNKNOWN and plural and opening in _COUNTING:
            what = SpeakerKind.GROUP  # "most Arvelians", "four ex-bosses"
        return SourceMention(
            self._span(first, core_end),
            MentionKind.DESCRIPTION,
            what,
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
        bare = head.kind is SpeakerKind.PERSON and head.word - first < _BARE and not head.portion
        return self.words.has(first, HEADING) or bare

    def _lowered(self, first: int, last: int) -> str:
        """Return the words of a description, without the capital that only opens a sentence."""
        text = self._text(first, last)
        opens = self.words.has(first, INITIAL) and not self.words.has(first, UPPER)
        named = self.phrases.covered(first) or (last > first and self.words.has(first + 1, CAPITAL))
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
