"""The parts of a noun phrase: where its head ends, which name it has, what "and" joins."""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.model import SpeakerKind
from quotecraft.speakers.lexicon import Lexicon, lexicon, word_set
from quotecraft.speakers.name_index import NameIndex
from quotecraft.speakers.name_mention import NameMention
from quotecraft.speakers.noun_kinds import kind_of_noun
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.pronouns import POSSESSIVES, pronoun
from quotecraft.speakers.role_texts import is_role_noun
from quotecraft.speakers.syntax import PREPOSITIONS, RELATIVES
from quotecraft.speakers.words import CAPITAL, POSSESSIVE, UPPER

__all__ = ["DEFINITE", "INDEFINITE", "ONE_MORE", "POINTING", "Phrases"]

ONE_MORE = frozenset(("a", "an", "another"))  # bring in somebody not told of before
INDEFINITE = word_set("a an another one some two three four five several many")
POINTING = frozenset(("the", "this", "that"))  # at one thing, as a rule told of before
DEFINITE = word_set("the this that these those said")
_BREAKS = frozenset(",;:()—–[]")
# What may follow the name of a body and says no more than its kind ("Reuters news agency").
_KINDS = word_set(
    "agency newspaper magazine daily network broadcaster company group party outlet firm bank club "
    "station university movement organisation organization"
)
# Participles that follow the noun they tell of.
_PARTICIPLES = word_set(
    "representing leading working living facing covering investigating quoting attending including "
    "using visiting seeking serving running heading citing handling overseeing advising following "
    "reaching"
)
_SEATS = frozenset(("diocese", "constituency", "chapter", "wing"))
_TIMES = frozenset(("year", "week", "month", "time"))  # "six plaintiffs this year"
_EACH = frozenset(("all", "both", "each", "alike"))  # behind several ("Ruiz and Lee both said")
_OFFICES = word_set("chair chairman president director minister manager ceo coordinator officer")
_SELF = frozenset(("himself", "herself", "itself"))


class Phrases:
    """Reads noun phrases of one document.

    Args:
        index: The names of the document.
    """

    def __init__(self, index: NameIndex) -> None:
        self.index = index
        self.words = index.words
        self.lex: Lexicon = lexicon()

    def _broken(self, index: int) -> bool:
        """Say whether punctuation parts a word from the next."""
        gap = self.words.gap(index)
        if gap == "," and self.words.lower[index].isdigit():  # "200,000 people"
            return False
        return any(char in _BREAKS for char in gap)

    def core_end(self, first: int, last: int) -> int:
        """Return the last word before a comma or a relative clause."""
        for index in range(first, last):
            relative = self.words.lower[index + 1] in RELATIVES
            if relative and not (self.words.has(index + 1, UPPER) and self.covered(index + 1)):
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

    def head_end(self, first: int, last: int) -> int:
        """Return the last word before a preposition that no name covers."""
        for index in range(first + 1, last + 1):
            word = self.words.lower[index]
            if word in PREPOSITIONS and not self.covered(index) and not self._counts(index):
                return index - 1
            if word == "like" and kind_of_noun(self.words.lower[index - 1]) is SpeakerKind.GROUP:
                return index - 1  # "people like Ruiz"
            if word in _TIMES and self.words.lower[index - 1] in ("this", "last") and index == last:
                return index - 2 if index - 2 > first else index
            if word in _PARTICIPLES and index < last and self._modifies(index):
                return index - 1
        return last

    def _counts(self, index: int) -> bool:
        """Say whether "than" stands in a number ("more than 30 residents")."""
        than = self.words.lower[index] == "than"
        return than and self.words.lower[index - 1] in ("more", "less", "fewer")

    def _modifies(self, index: int) -> bool:
        """Say whether a participle follows the noun it tells of ("the lawyer representing Lee")."""
        known = kind_of_noun(self.words.lower[index - 1]) is not SpeakerKind.UNKNOWN
        return known and not self.words.has(index, CAPITAL) and not self.covered(index)

    def covered(self, index: int) -> bool:
        """Say whether a word stands inside a name."""
        return any(
            self.index.mentions[place].first <= index <= self.index.mentions[place].last
            for place in self.index.within(index, index)
        )

    def conjuncts(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the word ranges of the members of a conjunction, or one range."""
        words = self.words
        while last > first and words.lower[last] in _EACH:
            last -= 1
        pair = self._two_people(first, last) or self._two_apposed(first, last)
        if pair is not None:
            return [(first, pair), (pair + 2, last)]
        end = last if self._each_placed(first, last) else self.head_end(first, last)
        end = min(end, self._relative(first, last) - 1)
        pieces: list[tuple[int, int]] = []
        start = first
        joined, latest = False, last
        for index in range(first + 1, end + 1):
            if words.lower[index] in ("and", "&") and not self.covered(index):
                if index > start:
                    pieces.append((start, index - 1))
                start = latest = index + 1
                joined = True
            elif self._broken(index - 1) and not self._inside_name(index - 1):
                if index > start:
                    pieces.append((start, index - 1))
                start = index
        if start <= end:
            pieces.append((start, last))
        pieces = [piece for piece in pieces if not self._aside(*piece)]
        if not joined or len(pieces) < 2 or self._apposed(pieces):
            return [(first, last)]
        whole = all(self._stands_alone(start, stop) for start, stop in pieces)
        start, stop = pieces[-1]
        if start > latest and (not whole or not self._is_person(self.head_name(start, stop))):
            return self.conjuncts(first, pieces[-2][1])  # "Ana Ruiz and Bo Lara, both of Sorra"
        return pieces if whole and not self._one(pieces) else [(first, last)]

    def _aside(self, first: int, last: int) -> bool:
        """Say whether words are somebody's age, or a party in brackets ("Ruiz (TU) and Lee")."""
        if all(self.words.lower[index].isdigit() for index in range(first, last + 1)):
            return True
        return first > 0 and "(" in self.words.gap(first - 1) and ")" in self.words.gap(last)

    def _apposed(self, pieces: Sequence[tuple[int, int]]) -> bool:
        """Say whether what follows a person's name only says what they are ("Ruiz, a … and …")."""
        (start, stop), rest = pieces[0], pieces[1:]
        named = self.head_name(start, stop)
        if named is None or self.index.mentions[named].last != stop or not self._broken(stop):
            return False
        names = (place for one, two in rest for place in self.index.within(one, two))
        told = any(is_role_noun(self.words.lower[self.head_end(*piece)]) for piece in rest)
        return told and self._is_person(named) and not any(map(self._is_person, names))

    def _two_people(self, first: int, last: int) -> int | None:
        """Return the end of the first of two full names, each with its office before it.

        "Minister of Trade Ana Ruiz and Director of the Meridian Union Rafah Odeh".
        """
        words = self.words
        named = self._people(first, last)
        if len(named) != 2 or named[1].last != last or named[0].last + 1 >= last:
            return None
        one = named[0]
        joined = words.lower[one.last + 1] == "and" and not words.gap(one.last).strip()
        owned = one.first > first and words.lower[one.first - 1] in PREPOSITIONS
        return one.last if joined and not owned and one.last > first else None

    def _two_apposed(self, first: int, last: int) -> int | None:
        """Return the end of what is told of the first of two full names ("A, …, and B, …")."""
        words = self.words
        named = self._people(first, last)
        if len(named) != 2:
            return None
        one, two = named
        joined = words.lower[two.first - 1] == "and"
        apart = self._broken(two.first - 2) or (two.last < last and self._broken(two.last))
        opens = one.first == first and one.last + 2 < two.first and self._broken(one.last)
        return two.first - 2 if joined and apart and opens else None

    def _people(self, first: int, last: int) -> list[NameMention]:
        """Return the full names of persons between two words."""
        return [
            self.index.mentions[place]
            for place in self.index.within(first, last)
            if self._is_person(place) and len(self.index.mentions[place].core) > 1
        ]

    def _each_placed(self, first: int, last: int) -> bool:
        """Say whether each of several full names has its place behind it ("A of X and B of Y")."""
        named = self._people(first, last)
        linked = [n.last < last and self.words.lower[n.last + 1] in ("of", "from") for n in named]
        return len(named) > 1 and named[0].first == first and all(linked)

    def _relative(self, first: int, last: int) -> int:
        """Return the index of the first relative pronoun behind a first word, or the end."""
        lower = self.words.lower
        return next((i for i in range(first + 1, last + 1) if lower[i] in RELATIVES), last + 1)

    def _one(self, pieces: Sequence[tuple[int, int]]) -> bool:
        """Say whether two roles, or one cut by "and", and a name are one person.

        "The singer and actor Ana Ruiz", "Foreign Trade and Tourism Minister Ana Ruiz".
        """
        (start, stop), (first, last) = pieces[0], pieces[-1]
        if start == stop and pronoun(self.words.lower[start]) is not None:  # "she and Mr. Ruiz"
            return False
        words, named = self.words, self.head_name(first, last)
        if len(pieces) == 2 and named is None and self._shared(start, stop, first, last):
            return True
        if len(pieces) != 2 or named is None or words.lower[first] in DEFINITE | INDEFINITE:
            return False
        name = self.index.mentions[named]
        role = name.first + len(name.title) - 1
        bare = role >= first and not words.gap(role).strip(" .") and is_role_noun(words.lower[role])
        if not bare or self._is_person(self.head_name(start, stop)):
            return False
        head = words.lower[self.head_end(start, stop)]
        kind = kind_of_noun(head)
        article = words.lower[start] in DEFINITE | INDEFINITE
        return kind is SpeakerKind.PERSON or (
            not article and (kind is SpeakerKind.UNKNOWN or head in self.lex.domains)
        )

    def _shared(self, start: int, stop: int, first: int, last: int) -> bool:
        """Say whether one person's noun ends two names of bodies ("the Lumora and Hill player")."""
        words, noun = self.words, self.words.lower[last]
        article = words.lower[start] in DEFINITE | INDEFINITE
        single = article and words.lower[first] not in DEFINITE | INDEFINITE | POSSESSIVES
        person = kind_of_noun(noun) is SpeakerKind.PERSON and not words.has(last, CAPITAL)
        place = self.head_name(start, stop)
        named = place is not None and self.covered(first)
        return single and person and named

    def _is_person(self, place: int | None) -> bool:
        """Say whether a name is a person's, and not what an office is for ("Foreign Trade")."""
        if place is None or self.index.kind(place) is not NameKind.PERSON:
            return False
        name = self.index.mentions[place]
        return bool(name.title) or name.key[-1] not in self.lex.domains | _OFFICES

    def titled_name(self, first: int, last: int, head: int) -> int | None:
        """Return the person named behind an office and its place ("Ambassador to Peru Ana Ruiz").

        Args:
            first: Index of the phrase's first word.
            last: Index of its last word.
            head: Index of its head noun.
        """
        for place in reversed(self.index.within(first, last)):
            name = self.index.mentions[place]
            behind = name.first > head + 2 and not self.words.gap(name.first - 1).strip()
            short = name.first == head + 3 and self.words.lower[head + 1] == "of"
            before = name.first - 1
            capital = self.words.has(before, CAPITAL) and not self.words.has(before, POSSESSIVE)
            placed = self.lex.organizations | self.lex.place_heads | _SEATS
            capital = capital or self.words.lower[before] in placed
            named = (capital or short or bool(name.title)) and name.last == last and behind
            full = self.index.kind(place) is NameKind.PERSON and len(name.core) > 1
            return place if named and full and is_role_noun(self.words.lower[head]) else None
        return None

    def trailing_name(self, first: int, last: int) -> int | None:
        """Return the one person whose full name ends a source that their long role opens.

        Such as "LUM head of sport, culture and youth officer Ana Ruiz": commas cut the role, or
        "in" does ("a specialist in bee diseases Ana Ruiz").

        Args:
            first: Index of the source's first word.
            last: Index of its last word.
        """
        words = self.words
        named = self._people(first, last)
        if len(named) != 1 or named[0].first <= first:
            return None
        name = named[0]
        place = next(p for p in self.index.within(name.first, name.last) if self._is_person(p))
        if name.last < last and not self._broken(name.last):
            return None
        role = name.first + len(name.title) - 1
        told = any(is_role_noun(words.lower[index]) for index in (role, name.first - 1))
        for index in range(role, first - 1, -1):
            if self._broken(index) and index < role:
                break
            word = words.lower[index]
            inside = word in PREPOSITIONS and not self.covered(index)
            if word == "in" and index > first and not told:
                told = is_role_noun(words.lower[index - 1])
                continue
            if inside or word in RELATIVES | {"including"} or words.has(index, POSSESSIVE):
                return None
        return place if told else None

    def _stands_alone(self, first: int, last: int) -> bool:
        """Say whether words can be one member of a conjunction."""
        words = self.words
        opening = words.lower[first]
        if opening in DEFINITE | INDEFINITE | POSSESSIVES or pronoun(opening):
            return True
        if any(not self.adjective(place) for place in self.index.within(first, last)):
            return True
        if any(char.isupper() for char in words.word(last)[1:]):  # "iLumo"
            return True
        return self.lex.is_group_noun(words.lower[self.head_end(first, last)])

    def adjective(self, place: int) -> bool:
        """Say whether a name is a nationality or an office alone, and names nobody."""
        return self.index.kind(place) in (NameKind.NORP, NameKind.TITLE)

    def head_name(self, first: int, last: int) -> int | None:
        """Return the name that ends a noun phrase and so is its head."""
        words = self.words
        while last > first and words.lower[last] in _SELF:
            last -= 1
        for place in reversed(self.index.within(first, last)):
            name = self.index.mentions[place]
            if self.adjective(place):
                return None
            if words.lower[first] in ONE_MORE:
                return place if self._whole(place, last) else None
            if name.last >= last:
                return place
            owned = words.has(name.last, POSSESSIVE)
            return None if owned or not self._says_kind(place, last) else place
        return None

    def _whole(self, place: int, last: int) -> bool:
        """Say whether a phrase ends in a name ("an emotional Ana Ruiz", "an angry Ruiz")."""
        name, words = self.index.mentions[place], self.words
        before = name.first - 1
        told = words.lower[before] not in ONE_MORE and not words.has(before, CAPITAL | POSSESSIVE)
        named = self._is_person(place) and not name.title and (len(name.core) > 1 or told)
        return named and name.last >= last

    def _says_kind(self, place: int, last: int) -> bool:
        """Say whether the words behind a name tell what sort of body it is ("TVN channel")."""
        name, words = self.index.mentions[place], self.words
        if self.index.kind(place) is not NameKind.ORGANIZATION or last - name.last > 2:
            return False
        between = words.lower[name.last + 1 : last]
        if name.key in (("un",), ("eu",)):
            return False  # "the UN agency" is another body
        return words.lower[last] in _KINDS and between in ([], ["news"], ["television"])
