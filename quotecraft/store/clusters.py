"""Speakers joined so far, and whether one more may join them."""

from __future__ import annotations

import datetime
from collections import Counter

from attrs import define, field

from quotecraft.model import SpeakerKind
from quotecraft.store.authority import AuthorityRow
from quotecraft.store.profiles import Profile
from quotecraft.store.signs import Name, Signs, read_name

__all__ = ["BODIES", "WINDOW", "Candidate", "Cluster", "Core"]

Core = tuple[str, ...]
"""A name's words, as ``Name.core``."""

WINDOW = 365
"""Days by which two articles of one outlet may lie apart and still support a join."""

BODIES = frozenset((SpeakerKind.ORGANIZATION, SpeakerKind.GROUP, SpeakerKind.DOCUMENT))
"""Kinds that are no person."""

_GENDERS = {"f": "f", "female": "f", "woman": "f", "m": "m", "male": "m", "man": "m"}


@define(eq=False)
class Candidate:
    """A speaker of a document while people are being joined.

    Attributes:
        profile: What its document tells.
        signs: The same, read.
        beside: Full names of the persons who speak in its document, its own among them.
        place: Its place in the order of all.
    """

    profile: Profile
    signs: Signs
    beside: frozenset[Core]
    place: int


@define(eq=False)
class Cluster:
    """Speakers that are one person, as far as is known.

    Attributes:
        members: They, with the codes that explain each.
        row: Their row in the authority file.
    """

    members: list[tuple[Candidate, tuple[str, ...]]] = field(factory=list)
    row: AuthorityRow | None = None
    documents: set[str] = field(factory=set)
    kinds: set[SpeakerKind] = field(factory=set)
    genders: set[str] = field(factory=set)
    suffixes: set[str] = field(factory=set)
    words: set[str] = field(factory=set)
    offices: set[str] = field(factory=set)
    fields: set[str] = field(factory=set)
    beside: set[Core] = field(factory=set)
    outlets: dict[str, tuple[str, str] | None] = field(factory=dict)
    names: Counter[Name] = field(factory=Counter)
    cores: set[Core] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        if self.row is not None:
            names = map(read_name, self.row.names)
            self.cores.update(name.core for name in names if name.full)
            gender = _GENDERS.get(self.row.columns.get("gender", "").casefold())
            self.genders.update(gender or "")

    @property
    def core(self) -> Core:
        """The name under which the first member came; empty before there is one."""
        return self.members[0][0].signs.name.core if self.members else ()

    @property
    def personal(self) -> bool:
        """Whether they are a person, as far as is known."""
        return SpeakerKind.PERSON in self.kinds or (
            self.row is not None and not self.kinds & BODIES
        )

    @property
    def surnames(self) -> set[str]:
        """The last words of their full names."""
        return {core[-1] for core in self.cores}

    def add(self, one: Candidate, evidence: tuple[str, ...]) -> None:
        """Take a speaker in."""
        profile, signs = one.profile, one.signs
        self.members.append((one, evidence))
        self.documents.add(profile.document)
        self.kinds.add(profile.kind)
        self.genders.update(signs.gender or "")
        self.suffixes.update([signs.name.suffix] if signs.name.suffix else [])
        self.words |= signs.words
        self.offices |= signs.offices
        self.fields |= signs.fields
        self.beside |= one.beside
        self.names.update(signs.names)
        self.cores.update(name.core for name in signs.names if name.full)
        if profile.outlet is not None:
            days = [profile.day] if profile.day else []
            days += self.outlets.get(profile.outlet) or ()
            self.outlets[profile.outlet] = (min(days), max(days)) if days else None

    def conflicts(self, one: Candidate) -> bool:
        """Say whether something speaks against a speaker's being one of these.

        That is: both speak in one document, which would have joined them; or they are ruled out.
        """
        return one.profile.document in self.documents or self.ruled_out(one)

    def ruled_out(self, one: Candidate) -> bool:
        """Say whether a speaker can't be one of these, whatever the documents.

        That is: one is a person, the other a body; pronouns or honorifics of both genders; "Jr."
        and "Sr.".
        """
        profile, signs = one.profile, one.signs
        kinds = self.kinds | {profile.kind}
        if SpeakerKind.PERSON in kinds and kinds & BODIES:
            return True
        if signs.gender and self.genders - {signs.gender}:
            return True
        return bool(signs.name.suffix and self.suffixes - {signs.name.suffix})

    def other_field(self, one: Candidate) -> bool:
        """Say whether the roles of both are known and have neither word nor walk of life shared."""
        theirs = one.signs
        return bool(
            self.fields
            and theirs.fields
            and not self.fields & theirs.fields
            and not self.words & theirs.words
        )

    def support(self, one: Candidate) -> dict[str, str]:
        """Return what speaks for a speaker's being one of these, as code by sort.

        ``office`` (an office that few hold), ``role`` (any other word of the roles), ``outlet``
        (the same, within ``WINDOW``), ``beside`` (somebody who speaks in both documents).
        """
        profile, signs = one.profile, one.signs
        found = {}
        if offices := self.offices & signs.offices:
            found["office"] = f"role:{min(offices)}"
        if words := (self.words & signs.words) - signs.offices:
            found["role"] = f"role:{min(words)}"
        if profile.outlet is not None and self._in_window(profile.outlet, profile.day):
            found["outlet"] = f"outlet:{profile.outlet}"
        own = {name.core for name in signs.names} | self.cores
        if people := (self.beside & one.beside) - own:
            found["beside"] = f"beside:{' '.join(min(people))}"
        return found

    def _in_window(self, outlet: str, day: str | None) -> bool:
        if outlet not in self.outlets:
            return False
        span = self.outlets[outlet]
        if span is None or day is None:
            return True
        first, last, own = (datetime.date.fromisoformat(text) for text in (*span, day))
        window = datetime.timedelta(days=WINDOW)
        return first - window <= own <= last + window
