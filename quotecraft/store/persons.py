"""Joined speakers as persons: names, keys, roles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from quotecraft.model import SpeakerKind
from quotecraft.store.authority import Authority, AuthorityRow
from quotecraft.store.clusters import Candidate, Cluster
from quotecraft.store.people import Member, People, Person
from quotecraft.store.profiles import Profile
from quotecraft.store.signs import read_name

__all__ = ["people_of"]


def people_of(
    clusters: Iterable[Cluster], alone: Iterable[Candidate], authority: Authority | None
) -> People:
    """Return people from what was joined, in the order of their first speakers.

    Args:
        clusters: Speakers that are one person; those of an authority file's rows may be empty.
        alone: Speakers that are nobody else.
        authority: The authority file.
    """
    groups = [cluster for cluster in clusters if cluster.members]
    for one in alone:
        groups.append(Cluster())
        groups[-1].add(one, ("unnamed",))
    for cluster in groups:
        cluster.members.sort(key=lambda member: member[0].place)
    groups.sort(key=lambda cluster: cluster.members[0][0].place)
    taken = {cluster.row.key for cluster in groups if cluster.row is not None}
    used = {cluster.row.line for cluster in groups if cluster.row is not None}
    unmatched: list[str] = []
    if authority is not None:
        unmatched = [
            f"{authority.source}:{row.line}: {row.names[0]!r} names nobody here"
            for row in authority.rows
            if row.line not in used
        ]
    return People((_person(cluster, taken) for cluster in groups), unmatched)


def _person(cluster: Cluster, taken: set[str]) -> Person:
    profiles = [one.profile for one, _ in cluster.members]
    names = Counter(name for profile in profiles for name in (profile.name, *profile.aliases))
    name = cluster.row.names[0] if cluster.row is not None else _fullest(profiles)
    return Person(
        key=cluster.row.key if cluster.row is not None else _key(profiles[0], name, taken),
        name=name,
        kind=_kind(profiles),
        aliases=tuple(other for other, _ in names.most_common() if other != name),
        roles=_frequent(role for profile in profiles for role in profile.roles),
        pronouns=_frequent(word for profile in profiles for word in profile.pronouns),
        members=tuple(
            Member(one.profile.document, one.profile.speaker, evidence)
            for one, evidence in cluster.members
        ),
        authority=_columns(cluster.row),
    )


def _columns(row: AuthorityRow | None) -> dict[str, str] | None:
    return None if row is None else dict(row.columns)


def _fullest(profiles: Sequence[Profile]) -> str:
    """Return the name of most words, title left out; of several the most frequent."""
    counts = Counter(profile.name for profile in profiles)
    return max(counts, key=lambda name: (len(read_name(name).core), counts[name]))


def _frequent(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in Counter(values).most_common())


def _kind(profiles: Sequence[Profile]) -> SpeakerKind:
    kinds = Counter(profile.kind for profile in profiles)
    del kinds[SpeakerKind.UNKNOWN]
    return kinds.most_common(1)[0][0] if kinds else SpeakerKind.UNKNOWN


def _key(first: Profile, name: str, taken: set[str]) -> str:
    """Return a key made of the name that nobody has yet; of the place for the unnamed."""
    words = "-".join(read_name(name).core)
    named = first.named and words
    wanted = words if named else f"{first.document}#{first.speaker}"
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    taken.add(key)
    return key
