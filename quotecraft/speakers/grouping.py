"""Who is named in a document: mentions by name grouped into entities.

Full names come first, then shorter forms join the one full name they can stand for: "Ruiz" → "Ana
Ruiz", "Mr. Bingley" → "Charles Bingley", "WHO" → "World Health Organization". Signs of gender keep
the members of a family apart. A form that several people share goes, place by place, to the one
named last before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from quotecraft.model import Span
from quotecraft.speakers.chained_names import regroup
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.listed import Listed, known_votes
from quotecraft.speakers.name_aliases import join_aliases, spelled_out
from quotecraft.speakers.name_kinds import Key
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.people import (
    BARE,
    MILITARY,
    NAMING_TITLES,
    RANK,
    Form,
    Group,
    People,
)
from quotecraft.speakers.pronouns import GenderVotes, name_genders
from quotecraft.speakers.words import POSSESSIVE, Words

__all__ = ["bracketed_kinds", "group_names"]

_UNCLEAR = (NameKind.OTHER, NameKind.UNKNOWN)
_ARTICLES = ("al-", "el-")  # "Ali Al-Mudhaf" and "Dr Mudhaf" are one
# Countries that their press calls by what they are: "the Kingdom said".
_REALMS = {
    "kingdom": frozenset(
        (
            *("saudi arabia", "arabia", "jordan", "bahrain", "morocco", "thailand", "cambodia"),
            *("bhutan", "eswatini", "lesotho", "tonga"),
        )
    ),
    "sultanate": frozenset(("oman", "brunei")),
}
_FIRMS = word_set(
    "inc corp corporation company co ltd limited llc plc ag sa group holding holdings bank tv news "
    "television radio newspaper agency international technology technologies motor motors energy "
    "electronics"
)
_RELATION = 7  # words before a name in which "son of" stands
_SENTENCES = 2000  # of each form that are looked at to keep people apart


def bracketed_kinds(
    words: Words, mentions: Sequence[NameMention], kinds: Mapping[Key, NameKind]
) -> dict[Key, NameKind]:
    """Return what the initials of persons, and short names in brackets after bodies, stand for.

    Args:
        words: The words of the document.
        mentions: Its names, in order.
        kinds: What each name stands for, as ``decide_kinds`` gives it.
    """
    found: dict[Key, NameKind] = {}
    labels = _labels(words, mentions)
    for place, mention in enumerate(mentions):
        if kinds[mention.key] is NameKind.ORGANIZATION and len(mention.key) > 1:
            short = _bracketed(words, mentions, place)
            if short:
                found[short,] = NameKind.ORGANIZATION
        elif kinds[mention.key] is NameKind.PERSON and len(mention.key) > 1:
            initials = _initials(mention.key)
            label = len(initials) > 2 or initials in labels
            if (initials,) in kinds and label and initials not in lexicon().bodies:
                found[initials,] = NameKind.PERSON  # "AMLO", "MBS", "AR:" in an interview
            for word in (mention.key[0], mention.key[-1]):
                if word in lexicon().exclamatory and (word,) in kinds:
                    found[word,] = NameKind.PERSON  # "Lo Chung-mau … Lo said"
    return found


def _labelled(
    words: Words, mentions: Sequence[NameMention], kinds: Mapping[Key, NameKind]
) -> dict[Key, Key]:
    """Return for labels of two letters ("AR:") the one person's full name that they stand for."""
    found: dict[str, set[Key]] = defaultdict(set)
    for mention in mentions:
        if len(mention.key) == 2 and kinds[mention.key] is NameKind.PERSON:
            found[_initials(mention.key)].add(mention.key)
    labels = _labels(words, mentions)
    return {
        (short,): next(iter(keys))
        for short, keys in found.items()
        if len(keys) == 1 and short in labels and kinds.get((short,)) is NameKind.PERSON
    }


def _initials(key: Key) -> str:
    return "".join(part[0] for word in key for part in word.split("-") if part)


def _labels(words: Words, mentions: Sequence[NameMention]) -> set[str]:
    """Return the single words that are always followed by a colon, as labels of turns are."""
    found: dict[str, bool] = {}
    for mention in mentions:
        if len(mention.key) == 1:
            colon = words.text[mention.span.end : mention.span.end + 1] == ":"
            found[mention.key[0]] = found.get(mention.key[0], True) and colon
    return {word for word, always in found.items() if always}


def group_names(
    words: Words,
    mentions: Sequence[NameMention],
    kinds: Mapping[Key, NameKind],
    strangers: Sequence[tuple[int, int]] = (),
    listed: Listed | None = None,
    chained: Iterable[Sequence[int]] = (),
) -> tuple[list[Entity], list[Entity | None]]:
    """Return the entities that names tell of, and the entity of each mention.

    Titles alone ("the President") and adjectives of nationality belong to no entity yet.

    Args:
        words: The words of the document.
        mentions: Its names, in order.
        kinds: What each name stands for, as ``decide_kinds`` gives it.
        strangers: Places of names that are two people's, in pairs.
        listed: People known beforehand.
        chained: The names of each coreference chain, by place in the list of names.
    """
    owners: list[Entity | None] = [None] * len(mentions)
    votes = _votes(words, mentions, kinds)
    forms = _forms(words, mentions, kinds, votes)
    people = [form for form in forms if form.kind is NameKind.PERSON]
    _introduce(people, strangers)
    others = [form for form in forms if form.kind is not NameKind.PERSON]
    for group in (People(people).groups(), _bodies(words, mentions, others)):
        for candidates, places in group:
            _assign(words, mentions, owners, candidates, places)
    regroup(words, mentions, owners, chained)
    join_aliases(words, mentions, owners)
    if listed is not None:
        owners = listed.owners(words, mentions, owners)
    entities = _ordered(owner for owner in owners if owner is not None)
    for entity in entities:
        entity.votes = known_votes(entity.known)
    for place, owner in enumerate(owners):
        if owner is not None:
            _record(words, mentions[place], place, owner)
            owner.votes.merge(votes.get(place, GenderVotes()))
    for entity in entities:
        for name in [n for n in entity.names if n.lower() in _REALMS and len(entity.names) > 1]:
            del entity.names[name]  # stays among those with a title
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
) -> list[Form]:
    lex = lexicon()
    forms: dict[tuple[Key, str, str, str], Form] = {}
    whole = _labelled(words, mentions, kinds)
    for place, mention in enumerate(mentions):
        kind = kinds[mention.key]
        if kind in (NameKind.TITLE, NameKind.NORP):
            continue
        title = mention.title[-1] if mention.title else BARE
        social = title if title in lex.social_titles or title in NAMING_TITLES else BARE
        if kind is not NameKind.PERSON:
            social = BARE
        elif len(mention.key) > 1:
            social = "mrs" if title == "mrs" else BARE
        elif title and social == BARE:
            social = RANK
        suffix = mention.suffix if len(mention.key) == 1 else ""
        rank = title if social == RANK and title in MILITARY else ""
        place_of = (whole.get(mention.key, mention.key), social, suffix, rank)
        key = whole.get(mention.key, mention.key)
        if kind is NameKind.PERSON:
            key = tuple(word[3:] if word.startswith(_ARTICLES) else word for word in key)
            if "- " in mention.span.of(words.text):  # "Al- Mudhaf", broken by a line's end
                key = tuple(word for word in key if f"{word}-" not in _ARTICLES)
        form = forms.setdefault(place_of, Form(key, social, kind))
        form.places.append(place)
        form.suffix = form.suffix or mention.suffix
        form.titles.update(mention.title)
        if not mention.quoted and len(form.sentences) < _SENTENCES:
            form.sentences.add(words.sentence[mention.first])
        if place in votes:
            form.votes.merge(votes[place])
    return list(forms.values())


def _introduce(forms: Sequence[Form], strangers: Sequence[tuple[int, int]]) -> None:
    """Tell each form how often it meets another as somebody else."""
    owners = {place: form for form in forms for place in form.places} if strangers else {}
    for one, two in strangers:
        first, second = owners.get(one), owners.get(two)
        if first is not None and second is not None and first is not second:
            first.met[id(second)] += 1
            second.met[id(first)] += 1


def _bodies(words: Words, mentions: Sequence[NameMention], forms: Sequence[Form]) -> list[Group]:
    """Group the names of organisations, places and things.

    The same words, initials, the first word or words of a longer name; "the Council" goes to the
    body last named before it whose name begins or ends so.
    """
    entities: dict[Key, Entity] = {}
    initials: dict[str, Key] = {}
    parts: dict[Key, list[Key]] = defaultdict(list)  # how longer names begin and end
    result: list[Group] = []
    whole = {form.key for form in forms}
    for form in sorted(forms, key=lambda form: (-len(form.key), form.places[0])):
        keys = _longer(words, mentions, form, parts) or _realm(form.key, whole)
        if len(form.key) == 1 and form.key[0] in initials:
            keys = [initials[form.key[0]]]
        keys = keys or [form.key]
        for key in keys:
            entity = entities.setdefault(key, Entity(form.kind))
            if form.kind is NameKind.ORGANIZATION and entity.kind in _UNCLEAR:
                entity.kind = form.kind
        if len(form.key) > 1:
            initials.setdefault(_acronym(form.key), keys[0])
            initials.setdefault(_acronym(form.key) + form.key[-1][1:2], keys[0])  # "IISc"
            if mentions[form.places[0]].article:
                initials.setdefault("t" + _acronym(form.key), keys[0])  # "TBP": The Bogotá Post
            for size in range(1, len(form.key)):
                parts[form.key[:size]].append(keys[0])
            parts[form.key[-1:]].append(keys[0])
            for place in form.places[:3]:
                short = _bracketed(words, mentions, place)
                if short:
                    initials[short] = keys[0]
        result.append(([entities[key] for key in keys], form.places))
    return result


def _longer(
    words: Words, mentions: Sequence[NameMention], form: Form, parts: Mapping[Key, list[Key]]
) -> list[Key]:
    """Return the longer names that a form may shorten; several only for "the Council"."""
    lex = lexicon()
    found = list(dict.fromkeys(parts.get(form.key, ())))
    general = lex.organization_heads | lex.organizations | lex.organization_openers
    if len(form.key) == 1 and form.key[0] in general:
        article = all(mentions[place].article for place in form.places)
        return found[:4] if article else []
    somewhere = form.kind is NameKind.PLACE or " ".join(form.key) in lex.places
    listed = " ".join(form.key) in lex.bodies
    begins = [
        key
        for key in found
        if key[: len(form.key)] == form.key
        and key[-1] not in lex.other_heads
        and (not listed or _firm(key[len(form.key) :]))  # not "FIFA" in "FIFA Forum"
    ]
    return begins if len(begins) == 1 and not somewhere else []


def _realm(key: Key, whole: Iterable[Key]) -> list[Key]:
    """Return the one country named that "the Kingdom" or "the Sultanate" is."""
    countries = _REALMS.get(" ".join(key), frozenset())
    found = [other for other in whole if " ".join(other) in countries]
    return found if len(found) == 1 else []


def _firm(rest: Key) -> bool:
    """Say whether words behind the name of a body tell its form or place ("Ltd", "Arvelo")."""
    return _FIRMS.issuperset(rest) or " ".join(rest) in lexicon().places


def _acronym(key: Key) -> str:
    return "".join(word[0] for word in key if word not in ("of", "for", "and", "the", "on", "to"))


def _bracketed(words: Words, mentions: Sequence[NameMention], place: int) -> str | None:
    """Return the short name that stands in parentheses after a name."""
    if place + 1 >= len(mentions):
        return None
    mention, following = mentions[place], mentions[place + 1]
    if len(following.core) != 1 or following.first != mention.last + 1:
        return None
    short, before = following.key[0], words.lower[max(0, mention.first - 2) : mention.first]
    if "in" in before and short[0] != mention.key[0][0]:
        return None  # "(UNRWA)" behind "… in the Near East"
    gap = words.text[mention.span.end : following.span.start]
    closed = words.text[following.span.end : following.span.end + 1] == ")"
    return short if gap.strip() == "(" and closed else None


def _aside(words: Words, mention: NameMention) -> bool:
    """Say whether a name only tells whose relative somebody is ("son of Ruiz", "Ruiz's son")."""
    kin = lexicon().kin
    if words.has(mention.last, POSSESSIVE):
        return any(word in kin for word in words.lower[mention.last + 1 : mention.last + 4])
    for index in range(mention.first - 1, max(0, mention.first - _RELATION), -1):
        if words.gap(index).strip():
            return False
        if words.lower[index] == "of":
            return words.lower[index - 1] in kin
    return False


def _assign(
    words: Words,
    mentions: Sequence[NameMention],
    owners: list[Entity | None],
    candidates: Sequence[Entity],
    places: Sequence[int],
) -> None:
    """Give each place to the one candidate, or to the one named last before it with that word.

    "John" is rather the boy who is always "John Andrew" than the man who is mostly "Beaver".
    """
    if len(candidates) == 1:
        for place in places:
            owners[place] = candidates[0]
            candidates[0].mentions.append(place)
        return
    form = set(mentions[places[0]].key)
    known = [
        sorted(p for p in candidate.mentions if form <= set(mentions[p].key))
        for candidate in candidates
    ]
    known = [[p for p in spots if not _aside(words, mentions[p])] for spots in known]
    titles = [{mentions[p].title for p in candidate.mentions} for candidate in candidates]
    for place in places:
        title = mentions[place].title
        titled = [number for number, known_as in enumerate(titles) if title in known_as]
        if len(title) > 1 and len(titled) == 1:  # "Prime Minister Han", not the justice minister
            owners[place] = candidates[titled[0]]
            continue
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
    whole = spelled_out(words, mention) if mention.core[0].isupper() else None
    if whole is not None:
        entity.names[whole] += 1
    if place == entity.mentions[0]:
        entity.first = mention.span.start


def _clean(name: str) -> str:
    """Return a name as it is written, blanks made plain, without a line's end behind "Al-"."""
    return " ".join(name.split()).replace("Al- ", "Al-").replace("El- ", "El-")
