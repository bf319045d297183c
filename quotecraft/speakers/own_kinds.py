"""What the words of a name alone tell of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from quotecraft.speakers.lexicon import Lexicon, lexicon

__all__ = ["ADDRESSED", "SORTS", "NameKind", "is_office", "is_title", "own_kind"]

SORTS = frozenset(("ngo",))
"""What a body is, as written before its name ("NGO Open Door")."""

_BEFORE_TITLES = frozenset(("vice", "deputy", "ex", "co", "sub", "under"))
_ACRONYM = range(2, 9)  # letters of an acronym
_THEIR = frozenset(("his", "her", "their", "your"))  # "His Majesty"
ADDRESSED = frozenset(("mr", "mrs", "ms", "miss", "mx"))
_OFFICES = frozenset(
    (
        *("president", "speaker", "chairman", "chairwoman", "secretary", "minister", "mayor"),
        *("ambassador", "chancellor", "justice", "moderator", "commissioner", "governor"),
    )
)
_MINISTERS = frozenset(("minister", "secretary", "commissioner", "director"))
_SEATS = _OFFICES - {"justice", "moderator"} | {"mp", "mla", "mep", "mk", "premier", "senator"}
_BODIES = frozenset(("parliament", "congress", "senate", "cabinet", "kremlin", "pentagon"))


class NameKind(StrEnum):
    """What a capitalised sequence names.

    ``TITLE`` is an office or rank alone ("the President"); ``NORP`` a nationality, faith or party
    as an adjective or plural; ``OTHER`` an event, law, work or product.
    """

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    NORP = "norp"
    TITLE = "title"
    OTHER = "other"
    UNKNOWN = "unknown"


def own_kind(title: Sequence[str], core: Sequence[str], upper: bool) -> NameKind:
    """Return what the words of a name tell of its kind, ``UNKNOWN`` when they don't.

    Args:
        title: Its title words, lower-case.
        core: The words of the name proper, lower-case.
        upper: Whether its last word is written in capitals throughout.
    """
    lex = lexicon()
    head = core[-1]
    acronym = len(core) == 1 and upper and len(head) in _ACRONYM
    surname = len(core) == 2 and head in lex.surname_places
    for kind, holds in (
        (NameKind.PLACE, " ".join(core) in lex.places),
        (NameKind.NORP, all(w in lex.demonyms or w.rstrip("s") in lex.demonyms for w in core)),
        (NameKind.TITLE, not title and " ".join(core).rstrip("s") in SORTS),  # "the NGO"
        (NameKind.TITLE, len(core) > 1 and head == "officer"),
        (NameKind.ORGANIZATION, bool(title) and title[-1] in SORTS),
        (NameKind.PERSON, _is_addressed(title, core)),
        (NameKind.TITLE, _is_title(lex, core)),
        (NameKind.ORGANIZATION, not title and " ".join(core) in lex.bodies),
        (NameKind.ORGANIZATION, _is_organization(lex, core)),
        (NameKind.PERSON, not lex.titles.isdisjoint(title) or _is_initialled(core)),
        (NameKind.OTHER, head in lex.other_heads),
        (NameKind.PLACE, len(core) > 1 and head in lex.place_heads and not surname),
        (NameKind.OTHER, len(core) == 1 and head in lex.exclamatory),
        (NameKind.ORGANIZATION, acronym),
    ):
        if holds:
            return kind
    return NameKind.UNKNOWN


def is_office(core: Sequence[str], kind: NameKind) -> bool:
    """Say whether words behind "the" are an office, which name somebody elsewhere.

    Args:
        core: The words, as written: "Amir", a given name too, or "Arvelo South MP".
        kind: What they tell by themselves.
    """
    seat = kind is NameKind.UNKNOWN and len(core) > 1 and core[-1].lower() in _SEATS
    return seat or tuple(core) == ("Amir",)


def is_title(word: str) -> bool:
    """Say whether a word is a title, or two joined by a hyphen ("Vice-Chairman").

    Args:
        word: The word, lower-case.
    """
    lex = lexicon()
    first, hyphen, second = word.partition("-")
    before = _BEFORE_TITLES | lex.titles | lex.title_modifiers
    double = hyphen and second in lex.titles and first in before
    return word in lex.titles or bool(double)


def _is_addressed(title: Sequence[str], core: Sequence[str]) -> bool:
    """Say whether a surname that is an office's word too follows "Mr" or "Ms" ("Ms Dean")."""
    return bool(title) and title[-1] in ADDRESSED and len(core) == 1 and core[0] not in _OFFICES


def _is_initialled(core: Sequence[str]) -> bool:
    """Say whether a name is initials and one word, as persons' are ("J. K. Moor")."""
    *initials, last = core
    return bool(initials) and len(last) > 2 and all(len(word) == 1 for word in initials)


def _is_title(lex: Lexicon, core: Sequence[str]) -> bool:
    """Say whether words are an office or rank alone."""
    if len(core) > 1 and core[1] == "of" and is_title(core[0]):
        return True
    modifiers = lex.title_modifiers | lex.demonyms | lex.titles | _THEIR
    if _is_office_of(lex, core):
        return True
    if core[-1] in _MINISTERS and len(core) > 1:  # "Commerce Minister"
        modifiers = modifiers | lex.domains
    return is_title(core[-1]) and modifiers.issuperset(core[:-1])


def _is_office_of(lex: Lexicon, core: Sequence[str]) -> bool:
    """Say whether words open with an office and what it is for ("Planning Officer of Arvelo")."""
    before = lex.title_modifiers | lex.demonyms | lex.titles | lex.domains
    for word, link in pairwise(core):
        if link in ("of", "for") and (word == "officer" or is_title(word)):
            return True
        if word not in before and not word.endswith("ing") and "." not in word:
            return False
    return False


def _is_organization(lex: Lexicon, core: Sequence[str]) -> bool:
    if len(core) == 1:
        return core[0] in _BODIES
    if any("-e-" in word for word in core):  # "Tehreek-e-Insaf"
        return True
    linked = core[0] in lex.organization_openers and core[1] in ("of", "for", "on", "to")
    inner = any(
        word in lex.organization_openers and core[place + 1] in ("of", "for")
        for place, word in enumerate(core[:-1])
    )
    return linked or inner or core[-1] in lex.organization_heads
