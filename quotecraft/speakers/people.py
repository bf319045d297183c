"""Persons' names grouped: which forms of names may stand for one person, and which may not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from attrs import define, field

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.name_kinds import Key
from quotecraft.speakers.name_spelling import Surnames, familiar
from quotecraft.speakers.own_kinds import ADDRESSED, NameKind
from quotecraft.speakers.pronouns import GenderVotes

__all__ = ["BARE", "MILITARY", "NAMING_TITLES", "RANK", "Form", "Group", "People"]

NAMING_TITLES = word_set(
    "sir lady lord dame prince princess queen king pope saint don doña mother sister brother "
    "father uncle aunt cousin papa mamma mama"
)
_SISTERS = frozenset(("miss", "misses"))
_KNIGHTED = frozenset(("sir", "dame"))
_SHEIKHS = word_set("sheikh shaikh sheik amir emir")
_NOBLE = frozenset(("sir", "lady", "lord", "dame"))
_TOGETHER = 0.02  # share of the rarer name's sentences that two names of one person may share
_MEETINGS = 2  # of two names that show two people
_MET = 0.1  # share of the rarer name's places that they are, at least
_WEIGHT = 0.25  # share of the most frequent namesake's mentions that a rival needs
_LATE = 8  # uses of a bare name to each of a full one that comes late
MILITARY = word_set("general captain colonel major admiral lieutenant sergeant commander corporal")
_RANKED = 3  # uses with one rank that make another rank another person
_LONGEST = 6  # words of a name that shorter forms can stand for
_NAMESAKES = 60  # entities that share a word of their names; any more are not told apart
_RARE = 2  # uses of the other spelling, at most
_SPELT = 6  # letters of a surname that may be spelt in two ways, where one is rare
_LONG = 8  # letters of a surname whose other spelling may be as frequent as the surname
RANK = "rank"  # the title class of "Captain Ruiz" and "Dr. Ruiz"
BARE = ""  # the title class of a form without a social title


@define(eq=False)
class Form:
    """All mentions with the same core and the same social title.

    Attributes:
        key: The core in lower case.
        title: Title class: a social title, ``RANK`` or ``BARE``.
        kind: What it names.
        places: Its mentions, as indexes of names, in order.
        votes: Its signs of gender.
        suffix: "jr" and the like.
        titles: Every title word that it occurs with.
        sentences: Sentences of the narration that it stands in.
        met: How often each other form, by ``id``, speaks with it or calls it.
    """

    key: Key
    title: str
    kind: NameKind
    places: list[int] = field(factory=list)
    votes: GenderVotes = field(factory=GenderVotes)
    suffix: str = ""
    titles: set[str] = field(factory=set)
    sentences: set[int] = field(factory=set)
    met: Counter[int] = field(factory=Counter)

    def fits(self, other: Form) -> bool:
        """Say whether nothing in gender, title or suffix keeps two forms apart."""
        own, its = self.votes.likely(), other.votes.likely()
        if own and its and own != its:
            return False
        if self.suffix and other.suffix and self.suffix != other.suffix:
            return False
        for one, two in ((self, other), (other, self)):
            if one.title in ADDRESSED and two.titles & _NOBLE:
                return False
            if one.title == "mrs" and "miss" in two.titles and "mrs" not in two.titles:
                return False
        return not ({self.title, other.title} >= {"mrs", "miss"}) and not _outranks(self, other)


Group = tuple[list[Entity], list[int]]


class People:
    """Groups forms of persons' names.

    Args:
        forms: The forms of one document.
    """

    def __init__(self, forms: Sequence[Form]) -> None:
        self.forms = forms
        self.members: dict[int, list[Form]] = {}
        self.entities: dict[int, Entity] = {}
        self.by_word: dict[str, list[int]] = defaultdict(list)  # word of a full name → entities
        self.inside: dict[str, list[int]] = defaultdict(list)  # middle word → entities
        self.surnames: Surnames | None = None
        self.titled: dict[Key, list[Form]] = defaultdict(list)
        for form in forms:
            if len(form.key) == 1 and form.title:
                self.titled[form.key].append(form)
        self.sisters = {form.key for form in forms if form.titles & _SISTERS}
        self.bare: dict[Key, Form] = {
            form.key: form for form in forms if len(form.key) == 1 and not form.title
        }
        for form in forms:  # "Ana" tells the gender of "Ana Ruiz"
            if len(form.key) > 1 and form.votes.likely() is None and (form.key[0],) in self.bare:
                form.votes.merge(self.bare[(form.key[0],)].votes)

    def groups(self) -> list[Group]:
        """Return entities with the mentions that are theirs; several share ambiguous mentions."""
        lex = lexicon()
        full = sorted(
            (form for form in self.forms if len(form.key) > 1),
            key=lambda form: (-len(form.key), form.places[0]),
        )
        result: list[Group] = []
        for form in full:
            result.append(([self._join(form, self._longer(form))], form.places))
        short = [form for form in self.forms if len(form.key) == 1]
        short.sort(key=lambda form: (form.title == BARE, -len(form.places), form.places[0]))
        for form in short:
            numbers = self._bearers(form) or self._nicknamed(form, lex.nicknames)
            numbers = numbers or self._middle(form) or self._initials(form)
            numbers = numbers or self._misspelt(form)
            numbers = self._weighty(form, numbers)
            if len(numbers) > 1:
                result.append(([self.entities[number] for number in numbers], form.places))
            else:
                result.append(([self._join(form, numbers)], form.places))
        return result

    def _join(self, form: Form, numbers: Sequence[int]) -> Entity:
        number = numbers[0] if numbers else len(self.entities)
        entity = self.entities.setdefault(number, Entity(NameKind.PERSON))
        self.members.setdefault(number, []).append(form)
        entity.votes.merge(form.votes)
        if len(form.key) > _LONGEST:  # words in capitals rather than a name
            return entity
        for word in set(form.key[1:-1]):
            if word not in lexicon().particles:
                _note(self.inside[word], number)
        for word in {form.key[0], *form.key[-2:]}:
            _note(self.by_word[word], number)
        return entity

    def _fits(self, form: Form, number: int) -> bool:
        members = self.members[number]
        if (
            len(members) >= _NAMESAKES
            or not all(form.fits(member) for member in members)
            or self._apart(form, members)
        ):
            return False
        # "Admiral Ruiz" and "Mrs. Ruiz" are a couple unless a full name or "she" tells otherwise.
        short = all(len(member.key) == 1 for member in members)
        return not short or not any(_couple(form, member) for member in members)

    def _apart(self, form: Form, members: Sequence[Form]) -> bool:
        """Say whether both are named in one sentence, or meet, too often to be one person."""
        met = sum(form.met[id(member)] for member in members)
        rarer = min(len(form.places), sum(len(member.places) for member in members))
        if met >= max(_MEETINGS, _MET * rarer):
            return True
        given = {(member.key[0],) for member in members if len(member.key) > 1}
        theirs: set[int] = set()
        if form.title == BARE:  # a sentence may well go on with the given name alone
            members = [m for m in members if len(m.key) == 1 or m.key[0] != form.key[0]]
            given.discard(form.key)
        for member in (*members, *(self.bare[key] for key in given if key in self.bare)):
            if member is not form:
                theirs |= member.sentences
        together = len(form.sentences & theirs)
        rarer = min(len(form.sentences), len(theirs))
        return together >= 2 and together >= _TOGETHER * rarer

    def _longer(self, form: Form) -> list[int]:
        """Return the entity with a longer name that a full name shortens."""
        lex = lexicon()
        for number in self.by_word.get(form.key[-1], ()):
            for member in self.members[number]:
                if form.titles & _KNIGHTED and form.key[0] != member.key[0]:
                    continue  # "Sir Ana Ruiz" goes by that given name
                if form.titles & _SHEIKHS and len(form.key) > 2 and member.key[1:] == form.key:
                    continue  # the son of "Sheikh Badr Al-Nasr Al-Tal" bears his father's name
                if _shortens(form.key, member.key, lex.nicknames) and self._fits(form, number):
                    return [number]
        for number in self.by_word.get(form.key[0], ()):
            for member in self.members[number]:
                if member.key[: len(form.key)] == form.key and self._fits(form, number):
                    return [number]
        for number in self.inside.get(form.key[-1], ()):  # "Ana Ruiz", "Maria Ana Ruiz Soto"
            for member in self.members[number]:
                if f" {' '.join(form.key)} " in " ".join(member.key) and self._fits(form, number):
                    return [number]
        return []

    def _bearers(self, form: Form) -> list[int]:
        """Return the entities that a single word can stand for."""
        word = form.key[0]
        numbers = [n for n in self.by_word.get(word, ()) if self._fits(form, n)]
        if form.title == BARE:
            exact = [n for n in numbers if any(m.key == form.key for m in self.members[n])]
            full = [n for n in numbers if n not in exact and not self._late(form, n)]
            if form.titles - lexicon().social_titles - NAMING_TITLES:
                full = [n for n in full if any(m.key[-1] == word for m in self.members[n])]
            if exact and not full:
                return exact[:1]
            return full[:4] if not exact else [*full[:3], exact[0]]
        if form.title == RANK:
            exact = [n for n in numbers if any(m.key == form.key for m in self.members[n])]
            family = [n for n in numbers if any(m.key[-1] == word for m in self.members[n])]
            family = [n for n in family if not self._ranked_otherwise(form, n)]
            exact = [n for n in exact if not self._ranked_otherwise(form, n)]
            full = [n for n in family if n not in exact and not self._unlike(form, n)]
            namesakes = [n for n in self.by_word.get(word, ()) if self._surnamed(word, n)]
            if form.titles & MILITARY and len(namesakes) > 1:  # the one who bears it, or another
                full = [n for n in full if self._bears(form, n)]
                exact = [n for n in exact if self._bears(form, n)]
            if not exact and not full:  # "Sheikh Humaid", "Sister Ana"
                full = [n for n in numbers if any(m.key[0] == word for m in self.members[n])]
            return exact[:1] if exact and not full else full[:4]
        given = [n for n in numbers if any(m.key[0] == word != m.key[-1] for m in self.members[n])]
        family = [n for n in numbers if any(m.key[-1] == word for m in self.members[n])]
        if form.title in lexicon().social_titles and form.title not in _NOBLE:
            if form.title == "miss" and (f"{word}s",) in self.sisters:
                return []  # "Miss Ruiz" is the eldest of "the Miss Ruizes"
            family = [n for n in family if self._introduced(form, n)]
            return family[:1] if len(family) == 1 else given[:1] if not family else []
        same = [n for n in numbers if self._bears(form, n)]
        family = [n for n in family if self._before(form, n)]
        return same[:1] or given[:1] or family[:1]

    def _bears(self, form: Form, number: int) -> bool:
        """Say whether somebody is called by a title of a form."""
        return any(form.titles & member.titles for member in self.members[number])

    def _ranked_otherwise(self, form: Form, number: int) -> bool:
        """Say whether somebody is called by a military rank, and never by that of a form."""
        ranks = {title for member in self.members[number] for title in member.titles} & MILITARY
        return bool(form.titles & MILITARY and ranks and not ranks & form.titles)

    def _before(self, form: Form, number: int) -> bool:
        """Say whether somebody is named before a form comes first."""
        return any(member.places[0] < form.places[0] for member in self.members[number])

    def _wife(self, form: Form, number: int) -> bool:
        """Say whether a form is far too frequent for somebody rarely called "Mrs. Ben Ruiz"."""
        full = [m for m in self.members[number] if len(m.key) > 1 and m.title == "mrs"]
        count = sum(len(member.places) for member in full)
        return form.title == "mrs" and bool(full) and len(form.places) > _LATE * count

    def _late(self, form: Form, number: int) -> bool:
        """Say whether a given name was long known when somebody rarely named in full came in."""
        full = [m for m in self.members[number] if len(m.key) > 1 and m.key[0] == form.key[0]]
        places = [place for member in full for place in member.places]
        return (
            bool(places)
            and len(form.places) > max(_LATE * len(places), 2)
            and min(places) > form.places[2]
        )

    def _unlike(self, form: Form, number: int) -> bool:
        """Say whether somebody is a woman who never bears the rank of a form that tells of none."""
        woman = self.entities[number].votes.likely() == "f"
        return woman and not self._bears(form, number) and form.votes.likely() != "f"

    def _weighty(self, form: Form, numbers: Sequence[int]) -> list[int]:
        """Leave out those named far more rarely, with that word, than the most frequent one."""
        word = form.key[0]
        counts = {
            n: sum(len(member.places) for member in self.members[n] if word in member.key)
            for n in numbers
        }
        return [n for n in numbers if counts[n] >= _WEIGHT * max(counts.values())]

    def _surnamed(self, word: str, number: int) -> bool:
        """Say whether somebody's full name ends in a word."""
        return any(len(m.key) > 1 and m.key[-1] == word for m in self.members[number])

    def _introduced(self, form: Form, number: int) -> bool:
        """Say whether a titled short form can mean somebody named in full before it.

        A full name that comes later may be a relative of "Mrs. Ruiz", if there are several of that
        surname; where the text has "Mr. Ruiz" too, the full name must be known to be a woman's.
        """
        if not self._before(form, number) and not self._only(form, number):
            return False
        if self._wife(form, number):
            return False
        own = form.votes.likely()
        rivals = {other.votes.likely() for other in self.titled[form.key]} - {None, own}
        return not rivals or self.entities[number].votes.likely() == own

    def _only(self, form: Form, number: int) -> bool:
        """Say whether nobody else of that gender bears a titled surname in full."""
        word, own = form.key[0], form.votes.likely()
        if own is None:
            return False
        bearers = [n for n in self.by_word.get(word, ()) if self._surnamed(word, n)]
        bearers = [n for n in bearers if self.entities[n].votes.likely() in (own, None)]
        others = [other for other in self.titled[form.key] if other.title != form.title]
        rivals = [other for other in others if other.votes.likely() in (own, None)]
        return bearers == [number] and not rivals

    def _middle(self, form: Form) -> list[int]:
        """Return the one entity with a word inside its long name ("Zameer" in "B. Zameer Khan")."""
        if form.title not in (BARE, RANK):
            return []
        numbers = self.inside.get(form.key[0], [])
        found = [number for number in numbers if self._fits(form, number)]
        return found if len(found) == 1 else []

    def _initials(self, form: Form) -> list[int]:
        """Return the one entity whose full name a form abbreviates ("MBS", "AMLO")."""
        word = form.key[0]
        if not 2 < len(word) < 6:
            return []
        found = [
            number
            for number, members in self.members.items()
            if any(_abbreviates(word, member.key) for member in members)
            and self._fits(form, number)
        ]
        return found if len(found) == 1 else []

    def _misspelt(self, form: Form) -> list[int]:
        """Return the one entity whose last or middle name a form spells with another letter."""
        word = form.key[0]
        if len(word) < (_SPELT if len(form.places) <= _RARE else _LONG):
            return []
        if self.surnames is None:
            members = [(n, f) for n, m in self.members.items() for f in m]
            self.surnames = Surnames(
                (part, number) for number, one in members for part in one.key[1:][-_LONGEST:]
            )
        found = [*self.surnames.near(word)]
        return found if len(found) == 1 and self._fits(form, *found) else []

    def _nicknamed(self, form: Form, nicknames: Mapping[str, frozenset[str]]) -> list[int]:
        """Return the one entity whose given name a short form may reduce."""
        if form.title not in (BARE, RANK):
            return []
        found = [
            number
            for full in sorted(nicknames.get(form.key[0], ()))
            for number in self.by_word.get(full, ())
            if self._fits(form, number)
            and any(member.key[0] == full for member in self.members[number])
            and not any(member.titles & _NOBLE for member in self.members[number])
        ]
        return found if len(found) == 1 else []


def _abbreviates(word: str, key: Key) -> bool:
    parts = [part for name in key for part in name.split("-") if part]
    return len(key) > 1 and word == "".join(part[0] for part in parts)


def _outranks(one: Form, two: Form) -> bool:
    """Say whether two forms with one name have two military ranks, or one and "Mr.", often."""
    if one.key != two.key or min(len(one.places), len(two.places)) < _RANKED:
        return False
    ranks = [form.titles & MILITARY if form.title == RANK else set() for form in (one, two)]
    plain = [form.title == "mr" for form in (one, two)]
    if any(plain):
        return (plain[0] and bool(ranks[1])) or (plain[1] and bool(ranks[0]))
    return all(ranks) and not ranks[0] & ranks[1]


def _note(numbers: list[int], number: int) -> None:
    if len(numbers) < _NAMESAKES and number not in numbers:
        numbers.append(number)


def _couple(one: Form, two: Form) -> bool:
    """Say whether one form has a rank and the other "Mrs." or "Miss", with no sign of a woman."""
    ranked, addressed = (one, two) if one.title == RANK else (two, one)
    married = addressed.title in ("mrs", "miss", "ms", "lady", "madame")
    return ranked.title == RANK and married and ranked.votes.likely() != "f"


def _shortens(short: Key, long: Key, nicknames: Mapping[str, frozenset[str]]) -> bool:
    """Say whether a full name can be a shorter form of another with the same last word."""
    if short[-1] != long[-1]:
        return False
    if len(short) > 1 and long[-len(short) :] == short:  # "van Lee", "Ruiz Soto"
        return True
    first, other = short[0].rstrip("."), long[0].rstrip(".")
    if first != other:
        initial = first[0] == other[0] and (len(first) == 1 or len(other) == 1)
        initial = initial or ("." in short[0] and first[0] == other[0])
        nick = other in nicknames.get(first, ()) or first in nicknames.get(other, ())
        return initial or nick or familiar(first, other) or familiar(other, first)
    rest = iter(long[1:])
    return all(any(word == item for item in rest) for word in short[1:])
