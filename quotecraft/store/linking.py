"""Who is who across documents: "Ruiz" in one article, "Ana Ruiz" in another.

A wrong join is worse than a missing one, so names alone join little:

1. Rows of an authority file take every speaker with one of their names.
2. Equal full names of persons are joined, unless something speaks against it (``conflicts``), or
   the roles lie in different walks of life, or the name is common here (its first word and its last
   word are those of at least two other people each) and nothing speaks for it (``support``).
   Speakers of whom little is known join last, and only if one person is left to join.
3. Longer and shorter full names ("A. Ruiz", "Ana María Ruiz", "Bill" for "William") are joined if
   there is one such person only and something more than the outlet speaks for it.
4. A surname joins the one person here who bears it, if an office or two other things speak for it;
   any other bearer who isn't ruled out keeps it apart. A given name asks for an office and one
   more. Surnames that nobody bears in full are joined among themselves on two supports.
5. Bodies are joined by equal name. Names that bodies in many places have ("Ministry of Health"),
   and acronyms, only inside one outlet.
6. The unnamed ("a spokesman") are never joined.

Two speakers of one document are never joined: the document would have done it. The same documents
give the same people, and each member tells why it is one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from quotecraft.model import Document, SpeakerKind, documents_of
from quotecraft.speakers.lexicon import lexicon
from quotecraft.store.authority import Authority
from quotecraft.store.clusters import BODIES, Candidate, Cluster, Core
from quotecraft.store.people import People
from quotecraft.store.persons import people_of
from quotecraft.store.profiles import Profile, document_profiles
from quotecraft.store.signs import is_ordinary, is_title, signs_of

__all__ = ["link_people", "link_profiles"]

_MANY = 2  # others with a first or last name from which on it is common
_NAMESAKES = 256  # persons of one name, last found, that one more is compared with


def link_people(
    documents: Document | Iterable[Document], authority: Authority | None = None
) -> People:
    """Return who is who across documents.

    Args:
        documents: One document or many; ids must differ.
        authority: What the user knows; it goes before everything that is found here.
    """
    return link_profiles(document_profiles(documents_of(documents)), authority)


def link_profiles(profiles: Iterable[Profile], authority: Authority | None = None) -> People:
    """Return who is who among speakers; see ``link_people``."""
    linker = _Linker(list(profiles), authority)
    linker.link()
    return people_of(linker.clusters, linker.alone, authority)


class _Linker:
    """Joins speakers step by step; what is joined stays joined."""

    def __init__(self, profiles: Sequence[Profile], authority: Authority | None) -> None:
        self.authority = authority
        self.clusters: list[Cluster] = []
        self.alone: list[Candidate] = []  # the unnamed
        self.waiting: list[Candidate] = []
        signs = [signs_of(profile) for profile in profiles]
        speaking: dict[str, set[Core]] = defaultdict(set)
        for profile, told in zip(profiles, signs, strict=True):
            if profile.named and profile.kind is SpeakerKind.PERSON and told.name.full:
                speaking[profile.document].add(told.name.core)
        beside = {document: frozenset(names) for document, names in speaking.items()}
        for place, (profile, told) in enumerate(zip(profiles, signs, strict=True)):
            one = Candidate(profile, told, beside.get(profile.document, frozenset()), place)
            named = profile.named and told.name.core and not is_title(told.name)
            (self.waiting if named else self.alone).append(one)
        self.waiting.sort(key=lambda one: (one.profile.document, one.profile.speaker))
        self.firsts: dict[str, set[str]] = defaultdict(set)  # by last word
        self.lasts: dict[str, set[str]] = defaultdict(set)  # by first word
        for core in {core for names in beside.values() for core in names}:
            self.firsts[core[-1]].add(core[0])
            self.lasts[core[0]].add(core[-1])

    def link(self) -> None:
        """Do all steps."""
        self._authority()
        whole = [one for one in self.waiting if _tells_whom(one)]
        for group in _by_core(whole).values():
            self._equal_names(group)
        self._variants()
        short = [one for one in self.waiting if not _tells_whom(one)]
        left = self._surnames(short)
        for group in _by_core(left).values():
            self._equal_names(group, needed=2)

    def _authority(self) -> None:
        """Give every speaker with a name of the authority file to its row."""
        if self.authority is None:
            return
        clusters = {row.line: Cluster(row=row) for row in self.authority.rows}
        self.clusters.extend(clusters.values())
        rows = self.authority.by_name()
        left = []
        for one in self.waiting:
            found: dict[int, str] = {}
            for name in one.signs.names:
                row = rows.get(name.core)
                if row is not None and (name.full or name is one.signs.name):
                    found.setdefault(row.line, " ".join(name.core))
            if len(found) == 1:  # names of two rows tell nobody
                ((line, shown),) = found.items()
                clusters[line].add(one, (f"authority:{shown}",))
            else:
                left.append(one)
        self.waiting = left

    def _equal_names(self, group: Sequence[Candidate], needed: int = 0) -> None:
        """Join speakers of one name, those of whom little is known last.

        Args:
            group: They.
            needed: How many things must speak for it.
        """
        made: list[Cluster] = []
        for one in sorted(group, key=_little_known):
            fitting = []
            for cluster in made[-_NAMESAKES:]:
                if not cluster.conflicts(one):
                    support = cluster.support(one)
                    if len(support) >= needed and not self._doubtful(cluster, one, support):
                        fitting.append((cluster, support))
            most = max((len(support) for _, support in fitting), default=0)
            best = [choice for choice in fitting if len(choice[1]) == most]
            if len(best) == 1:
                cluster, support = best[0]
                cluster.add(one, (f"name:{one.signs.name}", *support.values()))
            else:
                made.append(Cluster())
                made[-1].add(one, ("named",))
        self.clusters.extend(made)

    def _doubtful(self, cluster: Cluster, one: Candidate, support: Mapping[str, str]) -> bool:
        """Say whether an equal name is not enough."""
        if cluster.other_field(one):
            return "beside" not in support
        if is_ordinary(one.signs.name, one.profile.kind):
            return "outlet" not in support
        return self._common(one.signs.name.core) and not support

    def _common(self, core: Core) -> bool:
        others = self.firsts[core[-1]] - {core[0]}, self.lasts[core[0]] - {core[-1]}
        return min(map(len, others)) >= _MANY

    def _variants(self) -> None:
        """Join shorter full names of persons to the one longer name that they can stand for."""
        longer = _LongerNames(cluster for cluster in self.clusters if cluster.personal)
        for short in sorted(self.clusters, key=lambda c: (len(c.core), c.core)):
            if short.core and short.row is None and short.personal:
                found = longer.of(short.core)
                if len(found) == 1 and found[0] is not short:
                    self._merge(short, found[0])
        self.clusters = [cluster for cluster in self.clusters if cluster.members or cluster.row]

    def _merge(self, short: Cluster, into: Cluster) -> None:
        ones = [one for one, _ in short.members]
        supports = [into.support(one) for one in ones]
        told = {sort for support in supports for sort in support} - {"outlet"}
        if not told or any(into.conflicts(one) or into.other_field(one) for one in ones):
            return
        shared = dict.fromkeys(code for support in supports for code in support.values())
        for one in ones:
            into.add(one, (f"name:{one.signs.name}", *shared))
        short.members.clear()

    def _surnames(self, short: Sequence[Candidate]) -> list[Candidate]:
        """Join surnames to the one person who bears them; return those that stay."""
        bearers = _bearers(self.clusters)
        left, found = [], []
        for one in short:
            (word,) = one.signs.name.core
            possible = (c for c in bearers.get(word, {}).values() if not c.ruled_out(one))
            choices = list(islice(possible, 2))
            support = choices[0].support(one) if len(choices) == 1 else {}
            weight = len(support) + ("office" in support)
            needed = 2 if choices and word in choices[0].surnames else 3
            if weight >= needed and not choices[0].conflicts(one):
                found.append((choices[0], one, support))
            else:
                left.append(one)
        for cluster, one, support in found:  # afterwards, so that order doesn't matter
            if cluster.conflicts(one):  # two of one document
                left.append(one)
            else:
                cluster.add(one, (f"name:{one.signs.name}", *support.values()))
        return left


class _LongerNames:
    """Persons by the names that can be short forms of theirs."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        self._by_key: dict[tuple[str, str], dict[int, Cluster]] = defaultdict(dict)
        for cluster in clusters:
            for core in cluster.cores:
                first, second, last = core[0], core[1], core[-1]
                for key in ((first, second), (first, last), (first[:1], last)):
                    self._by_key[key].setdefault(id(cluster), cluster)

    def of(self, short: Core) -> list[Cluster]:
        """Return the persons with a longer name that a full name can be a short form of."""
        first, last = short[0], short[-1]
        givens = (first, *sorted(lexicon().nicknames.get(first, ())))
        found: dict[int, Cluster] = {}
        for key in ((first, short[1]), *((given, last) for given in givens)):
            for number, cluster in self._by_key.get(key, {}).items():
                if any(_is_shorter(short, core) for core in cluster.cores):
                    found.setdefault(number, cluster)
        return list(found.values())


def _bearers(clusters: Iterable[Cluster]) -> dict[str, dict[int, Cluster]]:
    """Return persons by the first and last words of their full names."""
    found: dict[str, dict[int, Cluster]] = defaultdict(dict)
    for cluster in clusters:
        if cluster.personal:
            for core in cluster.cores:
                for word in (core[0], core[-1]):
                    found[word].setdefault(id(cluster), cluster)
    return found


def _tells_whom(one: Candidate) -> bool:
    """Say whether a name can stand for one person or body: a surname can't."""
    return one.signs.name.full or one.profile.kind in BODIES


def _by_core(ones: Iterable[Candidate]) -> dict[Core, list[Candidate]]:
    groups: dict[Core, list[Candidate]] = defaultdict(list)
    for one in ones:
        groups[one.signs.name.core].append(one)
    return groups


def _little_known(one: Candidate) -> tuple[bool, bool]:
    return one.profile.kind is SpeakerKind.UNKNOWN, not one.signs.words


def _is_shorter(short: Core, long: Core) -> bool:
    if short == long or len(short) > len(long):
        return False
    if long[: len(short)] == short:  # "Ana Ruiz", "Ana Ruiz Soto"
        return True
    if short[-1] != long[-1] or not _given(short[0], long[0]):
        return False
    rest = iter(long[1:])
    return all(any(word == other for other in rest) for word in short[1:])


def _given(short: str, long: str) -> bool:
    """Say whether a given name can be another's initial or short form, or is the same."""
    if short == long or (len(short) == 1 and long.startswith(short)):
        return True
    return long in lexicon().nicknames.get(short, ())
