"""Finished links as the public result: numbered speakers with names, roles and mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import define, field

from quotecraft.model import Mention, MentionKind, Span, Speaker, SpeakerId, SpeakerKind
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.honours import HONOURS
from quotecraft.speakers.interfaces import Resolution, ResolvedLink
from quotecraft.speakers.lexicon import lexicon, singular, word_set
from quotecraft.speakers.linking import Linker
from quotecraft.speakers.mentions import SourceMention
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.people import NAMING_TITLES
from quotecraft.speakers.person_nouns import is_anybody
from quotecraft.speakers.role_texts import is_relation, role_of
from quotecraft.speakers.units import Unit

__all__ = ["build_resolution", "names_of"]

_KINDS = {
    NameKind.PERSON: SpeakerKind.PERSON,
    NameKind.ORGANIZATION: SpeakerKind.ORGANIZATION,
    NameKind.PLACE: SpeakerKind.ORGANIZATION,
    NameKind.NORP: SpeakerKind.GROUP,
}
_MEMBERS = (NameKind.PERSON, NameKind.ORGANIZATION, NameKind.PLACE)
_WORKS = word_set("act code convention accord index bible quran koran gospel framework agenda")
_NO_ROLES = HONOURS | {"latter", "former"}
_ARTICLES = ("The ", "A ", "An ", "Another ", "His ", "Her ", "Their ", "Its ", "My ", "Our ")
_CHANCE = 2  # places of a form, at most, that may be chance
_SHARE = 50  # a form that is rarer than one in so many may be chance
_TITLED = 3  # words of "Premier Ana", which tells more than "Ana"; no "Minister of Trade Ruiz"
_KEPT_TITLES = NAMING_TITLES | {"st"}


@define(eq=False)
class _Profile:
    """What the attributions tell of one entity, beside its names."""

    entity: Entity
    mentions: dict[Span, MentionKind] = field(factory=dict)
    texts: dict[str, None] = field(factory=dict)
    pronouns: dict[str, None] = field(factory=dict)
    kinds: dict[SpeakerKind, None] = field(factory=dict)
    called: dict[str, None] = field(factory=dict)  # names of something else that stand for it

    def add(self, mention: SourceMention) -> None:
        self.mentions.setdefault(mention.span, mention.kind)
        if mention.kind is MentionKind.PRONOUN and mention.pronoun is not None:
            self.pronouns.setdefault(mention.text.lower())
            if not mention.pronoun.antecedent:
                several = mention.pronoun.plural
                self.kinds.setdefault(SpeakerKind.GROUP if several else SpeakerKind.PERSON)
        elif mention.kind is MentionKind.DESCRIPTION:
            self.texts.setdefault(mention.text)
            if mention.what is not SpeakerKind.UNKNOWN:
                self.kinds.setdefault(mention.what)


def build_resolution(linker: Linker, threshold: float) -> Resolution:
    """Return the result of a finished linker.

    Args:
        linker: The links.
        threshold: Probability below which a speaker stays ``None``.
    """
    profiles: dict[int, _Profile] = {}
    for unit in linker.units:
        if unit.speaker is not None and unit.confidence >= threshold:
            profile = _profile(profiles, linker, unit.speaker)
            if unit.source is not None:
                profile.add(unit.source)
                _note_name(profile, linker, unit.source)
        if unit.addressee is not None:
            profile = _profile(profiles, linker, unit.addressee)
            if unit.object is not None and unit.object.pronoun is None:
                profile.add(unit.object)
    for profile in list(profiles.values()):
        for member in linker.members.get(id(profile.entity), ()):
            _profile(profiles, linker, member)
    ordered = sorted(profiles.values(), key=_first)
    ids = {id(profile.entity): SpeakerId(f"s{number}") for number, profile in enumerate(ordered, 1)}
    speakers = tuple(_speaker(profile, ids, linker) for profile in ordered)
    links = tuple(_link(unit, ids, linker, threshold) for unit in linker.units)
    return Resolution(speakers, links)


def _profile(profiles: dict[int, _Profile], linker: Linker, entity: Entity) -> _Profile:
    key = id(entity)
    if key not in profiles:
        profile = _Profile(entity)
        for place in entity.mentions:
            profile.mentions[linker.index.mentions[place].span] = MentionKind.NAME
        profiles[key] = profile
    return profiles[key]


def _note_name(profile: _Profile, linker: Linker, source: SourceMention) -> None:
    """Note the name of something else that stands for somebody: a capital, for its state."""
    if source.name is None or source.parts:
        return
    owner = linker.owners[source.name]
    if owner is not None and owner is not profile.entity and profile.entity.names:
        span = linker.index.mentions[source.name].span
        profile.called.setdefault(" ".join(span.of(linker.index.words.text).split()))


def _first(profile: _Profile) -> tuple[int, int]:
    if not profile.mentions:
        return (profile.entity.first, 0)
    first = min(profile.mentions)
    return (first.start, first.end)


def _link(unit: Unit, ids: dict[int, SpeakerId], linker: Linker, threshold: float) -> ResolvedLink:
    addressee = ids[id(unit.addressee)] if unit.addressee is not None else None
    if unit.speaker is None or unit.confidence < threshold:
        evidence = ("unresolved", *(code for code in unit.evidence if code and "{}" not in code))
        return ResolvedLink(None, addressee, min(1.0, unit.confidence), evidence)
    speaker = ids[id(unit.speaker)]
    codes = [code.replace("{}", speaker) for code in unit.evidence if code]
    members = linker.members.get(id(unit.speaker), ())
    if members:
        codes.append("members:" + "+".join(ids[id(member)] for member in members))
    return ResolvedLink(
        speaker, addressee, max(0.0, min(1.0, unit.confidence)), tuple(dict.fromkeys(codes))
    )


def _speaker(profile: _Profile, ids: dict[int, SpeakerId], linker: Linker) -> Speaker:
    entity = profile.entity
    name, aliases = _names(profile, linker)
    roles = dict.fromkeys(entity.roles)
    if entity.names or entity.known is not None:
        if entity.kind is NameKind.PERSON:
            roles.update(dict.fromkeys(filter(None, map(_role, profile.texts))))
        told = SpeakerKind.DOCUMENT in profile.kinds  # "the film"
        kind = SpeakerKind.DOCUMENT if told else _kind_of_work(name)
        kind = _KINDS.get(entity.kind, kind)
    else:
        kind = _kind(profile, bool(linker.members.get(id(entity))))
    return Speaker(
        id=ids[id(entity)],
        name=name,
        kind=kind,
        aliases=aliases,
        roles=_fullest(roles),
        pronouns=tuple(profile.pronouns),
        mentions=tuple(Mention(span, how) for span, how in sorted(profile.mentions.items())),
        members=tuple(ids[id(member)] for member in linker.members.get(id(entity), ())),
    )


def _names(profile: _Profile, linker: Linker) -> tuple[str, tuple[str, ...]]:
    """Return the name of an entity and its others; a group's is made of its members' names."""
    name, aliases = names_of(profile.entity, [*profile.called, *profile.texts])
    members = linker.members.get(id(profile.entity), ())
    if len(members) < 2 or not any(one.names or one.known is not None for one in members):
        return name, aliases
    if any(one.kind not in _MEMBERS and (one.names or not one.description) for one in members):
        return name, aliases
    *others, last = [names_of(one, ())[0] for one in members]
    joined = f"{', '.join(others)} and {last}"
    return joined, tuple(text for text in dict.fromkeys((name, *aliases)) if text != joined)


def _kind_of_work(name: str) -> SpeakerKind:
    """Return what something is that is neither a person, a body nor a place, by its last word."""
    head = singular(name.rsplit(maxsplit=1)[-1].lower())
    written = head in lexicon().documents or head in _WORKS
    return SpeakerKind.DOCUMENT if written else SpeakerKind.UNKNOWN


def _fullest(roles: Iterable[str]) -> tuple[str, ...]:
    """Return roles without those that another one holds ("president", "President of Ghana")."""
    kept: dict[str, str] = {}
    for role in roles:
        kept.setdefault(role.lower(), role)
    whole = [f" {low} " for low in kept]
    return tuple(
        role
        for low, role in kept.items()
        if not any(f" {low} " in other and f" {low} " != other for other in whole)
    )


def names_of(entity: Entity, texts: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return the fullest name of an entity, or that on the list of people, and its other names.

    Of the descriptions that stand for somebody named, those that are a title alone ("the General")
    count as names.

    Args:
        entity: The entity.
        texts: The descriptions that stand for it.
    """
    names = list(dict.fromkeys([*entity.names, *entity.titled]))
    if entity.known is not None:
        others = dict.fromkeys([*entity.known.aliases, *names])
        return entity.known.name, tuple(name for name in others if name != entity.known.name)
    if names:
        name = max(_steady(entity, names), key=_fullness(entity))
        titles = [_lowered(text) for text in texts if _plain(text)[:1].isupper()]
        return name, tuple(other for other in dict.fromkeys([*names, *titles]) if other != name)
    described = dict.fromkeys(map(_lowered, (entity.description or "", *texts)))
    name = max(described, key=len)
    return name, tuple(text for text in described if text and text != name)


def _kind(profile: _Profile, several: bool) -> SpeakerKind:
    if several:
        return SpeakerKind.GROUP
    if profile.kinds:
        return next(iter(profile.kinds))
    return _KINDS.get(profile.entity.kind, SpeakerKind.UNKNOWN)


def _words(name: str) -> int:
    """Return how many words a name has; "L.Oyun-Erdene" has two."""
    return len(name.replace(".", ". ").split())


def _steady(entity: Entity, names: Sequence[str]) -> Sequence[str]:
    """Return the forms of a name without those that are rare beside another full one.

    A full name that stands once may be the only one, as people are introduced; but beside "Ana
    Ruiz" a single "A. R. Soto Ruiz" is chance, and so is "Cousin Ana" for somebody mostly "Ana".
    """
    total = sum(entity.names.values())
    usual = [name for name, count in entity.names.items() if " " in name and count > _CHANCE]
    usual = [name for name in usual if name[0].isupper()]  # not "de Ruiz"
    kept = []
    for name in names:
        bare = name in entity.names
        count = entity.names[name] if bare else entity.titled[name]
        rare = count <= _CHANCE and count * _SHARE < total
        if not bare:
            called = entity.titled[name.split(maxsplit=1)[-1]]
            rare = count * _SHARE < called or (rare and bool(usual))
        elif name in usual or not usual:
            rare = False
        if not rare:
            kept.append(name)
    return kept or names


def _fullness(entity: Entity) -> Callable[[str], tuple[int, int, int, int, int]]:
    """Return a key that orders the forms of a name from short to full."""
    most = max(map(_words, entity.names), default=0)
    titled = most == 1 and entity.kind is not NameKind.ORGANIZATION
    alone = any(entity.titled[name] for name in entity.names)  # "Ruiz" without a title
    called = lexicon().male_titles | lexicon().female_titles

    def key(name: str) -> tuple[int, int, int, int, int]:
        first = name.split(maxsplit=1)[0].lower().rstrip(".")
        bare = name in entity.names
        if (first in _KEPT_TITLES and len(name.split()) > most) or (bare and _words(name) > 1):
            rank = 2
        elif titled and not bare and not (alone and len(name.split()) > _TITLED):
            rank = 1
        else:
            rank = 0
        count = entity.names[name] if bare else entity.titled[name]
        words = [word.lower().rstrip(".") for word in name.split()]
        whole = sum(len(word) > 1 and word not in called for word in words)
        return (rank, whole, len(name.split()), count, len(name))

    return key


def _role(text: str) -> str | None:
    """Return what a description says that somebody is, ``None`` when it tells nothing."""
    role = role_of(text)
    if role is not None and role.head in _NO_ROLES:
        return None
    vague = role is None or is_anybody(role.head) or is_relation(role.text)
    return None if role is None or vague or role.head.endswith("-old") else role.text


def _plain(text: str) -> str:
    """Return a description without its article."""
    for article in _ARTICLES:
        if text.lower().startswith(article.lower()):
            return text[len(article) :]
    return text


def _lowered(text: str) -> str:
    """Return a description with its article in lower case."""
    for article in _ARTICLES:
        if text.startswith(article):
            return article.lower() + text[len(article) :]
    return text
