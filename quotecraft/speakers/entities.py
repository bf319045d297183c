"""Who is named in a document: mentions by name grouped into entities.

Full names come first, then shorter forms join the one full name they can stand for: "Ruiz" → "Ana
Ruiz", "Mr. Bingley" → "Charles Bingley", "WHO" → "World Health Organization". Signs of gender keep
the members of a family apart. A form that several people share goes, place by place, to the one
named last before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import define, field

from quotecraft.model import Span
from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.name_kinds import Key
from quotecraft.speakers.names import NameKind, NameMention
from quotecraft.speakers.pronouns import Gender, GenderVotes, name_genders
from quotecraft.speakers.words import Words

__all__ = ["Entity", "group_names"]

_NAMING_TITLES = word_set(
    "sir lady lord dame prince princess queen king pope saint don doña mother sister brother "
    "father uncle aunt"
)
_ADDRESSED = frozenset(("mr", "mrs", "miss", "ms"))
_NOBLE = frozenset(("sir", "lady", "lord", "dame"))
_TOGETHER = 0.02  # share of the rarer name's sentences that two names of one person may share
_WEIGHT = 0.25  # share of the most frequent namesake's mentions that a rival needs
_RANK = "rank"  # the title class of "Captain Ruiz" and "Dr. Ruiz"
_BARE = ""  # the title class of a form without a social title


@define(eq=False)
class Entity:
    """Somebody or something that the document names or describes, while it is being built.

    Attributes:
        kind: What sort of thing the names tell.
        votes: Signs of gender.
        names: How often each written form of the name occurs, titles left out.
        titled: How often each written form occurs with its title.
        roles: What the text says they are, in order of appearance.
        mentions: Places where the text names them, in order, as indexes of names.
        first: Offset of the first mention.
        description: For the unnamed: the fullest description.
    """

    kind: NameKind = NameKind.UNKNOWN
    votes: GenderVotes = field(factory=GenderVotes)
    names: Counter[str] = field(factory=Counter)
    titled: Counter[str] = field(factory=Counter)
    roles: dict[str, None] = field(factory=dict)
    mentions: list[int] = field(factory=list)
    first: int = 0
    description: str | None = None

    @property
    def gender(self) -> Gender | None:
        """The gender that the text's own signs agree on."""
        return self.votes.likely()


@define(eq=False)
class _Form:
    """All mentions with the same core and the same social title."""

    key: Key
    title: str
    kind: NameKind
    places: list[int] = field(factory=list)
    votes: GenderVotes = field(factory=GenderVotes)
    suffix: str = ""
    titles: set[str] = field(factory=set)
    sentences: set[int] = field(factory=set)

    def fits(self, other: _Form) -> bool:
        """Say whether nothing in gender, title or suffix keeps two forms apart."""
        own, its = self.votes.likely(), other.votes.likely()
        if own and its and own != its:
            return False
        if self.suffix and other.suffix and self.suffix != other.suffix:
            return False
        for one, two in ((self, other), (other, self)):
            if one.title in _ADDRESSED and two.titles & _NOBLE:
                return False
        return not ({self.title, other.title} >= {"mrs", "miss"})


def group_names(
    words: Words, mentions: Sequence[NameMention], kinds: Mapping[Key, NameKind]
) -> tuple[list[Entity], list[Entity | None]]:
    """Return the entities that names tell of, and the entity of each mention.

    Titles alone ("the President") and adjectives of nationality belong to no entity yet.

    Args:
        words: The words of the document.
        mentions: Its names, in order.
        kinds: What each name stands for, as ``decide_kinds`` gives it.
    """
    owners: list[Entity | None] = [None] * len(mentions)
    votes = _votes(words, mentions, kinds)
    forms = _forms(words, mentions, kinds, votes)
    people = [form for form in forms if form.kind is NameKind.PERSON]
    others = [form for form in forms if form.kind is not NameKind.PERSON]
    for group in (_People(people).groups(), _bodies(words, mentions, others)):
        for candidates, places in group:
            _assign(mentions, owners, candidates, places)
    entities = _ordered(owner for owner in owners if owner is not None)
    for entity in entities:
        entity.votes = GenderVotes()
    for place, owner in enumerate(owners):
        if owner is not None:
            _record(words, mentions[place], place, owner)
            owner.votes.merge(votes.get(place, GenderVotes()))
    return entities, owners


def _votes(
    words: Words, mentions: Sequence[NameMention], kinds: Mapping[Key, NameKind]
) -> dict[int, GenderVotes]:
    people = [place for place, name in enumerate(mentions) if kinds[name.key] is NameKind.PERSON]
    genders = name_genders(words, [mentions[place] for place in people])
    return dict(zip(people, genders, strict=True))


def _forms(
    words: Words,
    mentions: Sequence[NameMention],
    kinds: Mapping[Key, NameKind],
    votes: Mapping[int, GenderVotes],
) -> list[_Form]:
    lex = lexicon()
    forms: dict[tuple[Key, str], _Form] = {}
    for place, mention in enumerate(mentions):
        kind = kinds[mention.key]
        if kind in (NameKind.TITLE, NameKind.NORP):
            continue
        title = mention.title[-1] if mention.title else _BARE
        social = title if title in lex.social_titles or title in _NAMING_TITLES else _BARE
        if kind is not NameKind.PERSON:
            social = _BARE
        elif len(mention.key) > 1:
            social = "mrs" if title == "mrs" else _BARE
        elif title and social == _BARE:
            social = _RANK
        form = forms.setdefault((mention.key, social), _Form(mention.key, social, kind))
        form.places.append(place)
        form.suffix = form.suffix or mention.suffix
        form.titles.update(mention.title)
        if not mention.quoted:
            form.sentences.add(words.sentence[mention.first])
        if place in votes:
            form.votes.merge(votes[place])
    return list(forms.values())


_Group = tuple[list[Entity], list[int]]


class _People:
    """Groups forms of persons' names."""

    def __init__(self, forms: Sequence[_Form]) -> None:
        self.forms = forms
        self.members: dict[int, list[_Form]] = {}
        self.entities: dict[int, Entity] = {}
        self.by_word: dict[str, list[int]] = defaultdict(list)  # word of a full name → entities
        self.inside: dict[str, list[int]] = defaultdict(list)  # middle word → entities
        self.titled: dict[Key, list[_Form]] = defaultdict(list)
        for form in forms:
            if len(form.key) == 1 and form.title:
                self.titled[form.key].append(form)
        self.bare = {form.key: form for form in forms if len(form.key) == 1 and not form.title}

    def groups(self) -> list[_Group]:
        lex = lexicon()
        full = sorted(
            (form for form in self.forms if len(form.key) > 1),
            key=lambda form: (-len(form.key), form.places[0]),
        )
        result: list[_Group] = []
        for form in full:
            result.append(([self._join(form, self._longer(form))], form.places))
        short = [form for form in self.forms if len(form.key) == 1]
        short.sort(key=lambda form: (form.title == _BARE, -len(form.places), form.places[0]))
        for form in short:
            numbers = self._bearers(form) or self._nicknamed(form, lex.nicknames)
            numbers = numbers or self._middle(form)
            numbers = self._weighty(numbers)
            if len(numbers) > 1:
                result.append(([self.entities[number] for number in numbers], form.places))
            else:
                result.append(([self._join(form, numbers)], form.places))
        return result

    def _join(self, form: _Form, numbers: Sequence[int]) -> Entity:
        number = numbers[0] if numbers else len(self.entities)
        entity = self.entities.setdefault(number, Entity(NameKind.PERSON))
        self.members.setdefault(number, []).append(form)
        entity.votes.merge(form.votes)
        for word in set(form.key[1:-1]):
            if number not in self.inside[word] and word not in lexicon().particles:
                self.inside[word].append(number)
        for word in {form.key[0], *form.key[-2:]}:
            if number not in self.by_word[word]:
                self.by_word[word].append(number)
        return entity

    def _fits(self, form: _Form, number: int) -> bool:
        members = self.members[number]
        if not all(form.fits(member) for member in members) or self._apart(form, members):
            return False
        # "Admiral Ruiz" and "Mrs. Ruiz" are a couple unless a full name or "she" tells otherwise.
        short = all(len(member.key) == 1 for member in members)
        return not short or not any(_couple(form, member) for member in members)

    def _apart(self, form: _Form, members: Sequence[_Form]) -> bool:
        """Say whether the narration names both in one sentence too often to be one person."""
        given = {(member.key[0],) for member in members if len(member.key) > 1}
        theirs: set[int] = set()
        for member in (*members, *(self.bare[key] for key in given if key in self.bare)):
            if member is not form:
                theirs |= member.sentences
        together = len(form.sentences & theirs)
        rarer = min(len(form.sentences), len(theirs))
        return together >= 2 and together >= _TOGETHER * rarer

    def _longer(self, form: _Form) -> list[int]:
        """Return the entity with a longer name that a full name shortens."""
        lex = lexicon()
        for number in self.by_word.get(form.key[-1], ()):
            for member in self.members[number]:
                if _shortens(form.key, member.key, lex.nicknames) and self._fits(form, number):
                    return [number]
        for number in self.by_word.get(form.key[0], ()):
            for member in self.members[number]:
                if member.key[: len(form.key)] == form.key and self._fits(form, number):
                    return [number]
        return []

    def _bearers(self, form: _Form) -> list[int]:
        """Return the entities that a single word can stand for."""
        word = form.key[0]
        numbers = [n for n in self.by_word.get(word, ()) if self._fits(form, n)]
        if form.title == _BARE:
            exact = [n for n in numbers if any(m.key == form.key for m in self.members[n])]
            full = [n for n in numbers if n not in exact]
            if form.titles - lexicon().social_titles - _NAMING_TITLES:
                full = [n for n in full if any(m.key[-1] == word for m in self.members[n])]
            if exact and not full:
                return exact[:1]
            return full[:4] if not exact else [*full[:3], exact[0]]
        if form.title == _RANK:
            exact = [n for n in numbers if any(m.key == form.key for m in self.members[n])]
            family = [n for n in numbers if any(m.key[-1] == word for m in self.members[n])]
            full = [n for n in family if n not in exact]
            return exact[:1] if exact and not full else full[:4]
        given = [n for n in numbers if any(m.key[0] == word for m in self.members[n])]
        family = [n for n in numbers if any(m.key[-1] == word for m in self.members[n])]
        if form.title in lexicon().social_titles and form.title not in _NOBLE:
            family = [n for n in family if self._introduced(form, n)]
            return family[:1] if len(family) == 1 else given[:1] if not family else []
        same = [n for n in numbers if any(form.title in m.titles for m in self.members[n])]
        return same[:1] or given[:1] or family[:1]

    def _weighty(self, numbers: Sequence[int]) -> list[int]:
        """Leave out those named far more rarely than the most frequent one."""
        counts = {n: sum(len(member.places) for member in self.members[n]) for n in numbers}
        return [n for n in numbers if counts[n] >= _WEIGHT * max(counts.values())]

    def _introduced(self, form: _Form, number: int) -> bool:
        """Say whether a titled short form can mean somebody named in full before it.

        A full name that comes later may be a relative of "Mrs. Ruiz"; where the text has "Mr. Ruiz"
        too, the full name must be known to be a woman's.
        """
        if not any(member.places[0] < form.places[0] for member in self.members[number]):
            return False
        own = form.votes.likely()
        rivals = {other.votes.likely() for other in self.titled[form.key]} - {None, own}
        return not rivals or self.entities[number].votes.likely() == own

    def _middle(self, form: _Form) -> list[int]:
        """Return the one entity with a word inside its long name ("Zameer" in "B. Zameer Khan")."""
        if form.title not in (_BARE, _RANK):
            return []
        numbers = self.inside.get(form.key[0], [])
        found = [number for number in numbers if self._fits(form, number)]
        return found if len(found) == 1 else []

    def _nicknamed(self, form: _Form, nicknames: Mapping[str, frozenset[str]]) -> list[int]:
        """Return the one entity whose given name a short form may reduce."""
        if form.title not in (_BARE, _RANK):
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


def _couple(one: _Form, two: _Form) -> bool:
    """Say whether one form has a rank and the other "Mrs." or "Miss", with no sign of a woman."""
    ranked, addressed = (one, two) if one.title == _RANK else (two, one)
    married = addressed.title in ("mrs", "miss", "ms", "lady", "madame")
    return ranked.title == _RANK and married and ranked.votes.likely() != "f"


def _shortens(short: Key, long: Key, nicknames: Mapping[str, frozenset[str]]) -> bool:
    """Say whether a full name can be a shorter form of another with the same last word."""
    if short[-1] != long[-1]:
        return False
    first, other = short[0].rstrip("."), long[0].rstrip(".")
    if first != other:
        initial = first[0] == other[0] and (len(first) == 1 or len(other) == 1)
        initial = initial or ("." in short[0] and first[0] == other[0])
        nick = other in nicknames.get(first, ()) or first in nicknames.get(other, ())
        return initial or nick
    rest = iter(long[1:])
    return all(any(word == item for item in rest) for word in short[1:])


def _bodies(words: Words, mentions: Sequence[NameMention], forms: Sequence[_Form]) -> list[_Group]:
    """Group the names of organisations, places and things: same words, initials, first word."""
    entities: dict[Key, Entity] = {}
    initials: dict[str, Key] = {}
    openers: dict[str, list[Key]] = defaultdict(list)
    result: list[_Group] = []
    for form in sorted(forms, key=lambda form: (-len(form.key), form.places[0])):
        key = form.key
        if len(key) == 1:
            key = initials.get(key[0], key)
            longer = openers.get(form.key[0], [])
            if key == form.key and len(longer) == 1:
                key = longer[0]
        entity = entities.setdefault(key, Entity(form.kind))
        if len(form.key) > 1:
            initials.setdefault(_acronym(form.key), form.key)
            openers[form.key[0]].append(form.key)
            for place in form.places[:3]:
                bracketed = _bracketed(words, mentions, place)
                if bracketed:
                    initials[bracketed] = form.key
        result.append(([entity], form.places))
    return result


def _acronym(key: Key) -> str:
    return "".join(word[0] for word in key if word not in ("of", "for", "and", "the", "on", "to"))


def _bracketed(words: Words, mentions: Sequence[NameMention], place: int) -> str | None:
    """Return the short name that stands in parentheses after a name."""
    if place + 1 >= len(mentions):
        return None
    mention, following = mentions[place], mentions[place + 1]
    if len(following.core) != 1 or following.first != mention.last + 1:
        return None
    gap = words.text[mention.span.end : following.span.start]
    closed = words.text[following.span.end : following.span.end + 1] == ")"
    return following.key[0] if gap.strip() == "(" and closed else None


def _assign(
    mentions: Sequence[NameMention],
    owners: list[Entity | None],
    candidates: Sequence[Entity],
    places: Sequence[int],
) -> None:
    """Give each place to the one candidate, or to the one named last before it."""
    if len(candidates) == 1:
        for place in places:
            owners[place] = candidates[0]
            candidates[0].mentions.append(place)
        return
    known = [sorted(candidate.mentions) for candidate in candidates]
    for place in places:
        last = [
            (spots[at - 1] if (at := bisect_left(spots, place)) else -1, -number)
            for number, spots in enumerate(known)
        ]
        best = -max(last)[1]
        owners[place] = candidates[best]
    for place in places:
        owner = owners[place]
        if owner is not None:
            owner.mentions.append(place)


def _ordered(owners: Iterable[Entity]) -> list[Entity]:
    seen: dict[int, Entity] = {}
    for owner in owners:
        seen.setdefault(id(owner), owner)
    for entity in seen.values():
        entity.mentions.sort()
    return list(seen.values())


def _record(words: Words, mention: NameMention, place: int, entity: Entity) -> None:
    core_first = mention.last - len(mention.core) + 1 - bool(mention.suffix)
    core = Span(words.starts[core_first], mention.span.end)
    entity.names[_clean(core.of(words.text))] += 1
    entity.titled[_clean(mention.span.of(words.text))] += 1
    if place == entity.mentions[0]:
        entity.first = mention.span.start


def _clean(name: str) -> str:
    return " ".join(name.split())
