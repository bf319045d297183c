"""Who bears which role, and who of several is meant by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from attrs import frozen

from quotecraft.speakers.entities import Entity
from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.role_texts import Role

__all__ = ["Bearer", "abroad", "foremost", "kindred"]

_SECOND = word_set("vice vice-president deputy former ex then late")
_JUDGES = word_set("judge justice magistrate")
_LEADERS = word_set("chief head boss leader commander chair president chairman")
_MINISTERS = word_set("minister secretary")
_STEM = 4  # letters that a country and its adjective share


@frozen
class Bearer:
    """Somebody whom a text gives a role.

    Attributes:
        role: The role.
        entity: Who bears it.
        offset: Where the text says so.
        title: Whether it stands before the name as a title.
    """

    role: Role
    entity: Entity
    offset: int
    title: bool


def foremost(bearers: Sequence[Bearer], wanted: set[str]) -> Sequence[Bearer]:
    """Return those whom a bare "the president" means: no vice president, nor a foreign one.

    Args:
        bearers: Those who bear the role.
        wanted: What the description says beside its noun.
    """
    if not wanted.isdisjoint(_SECOND):
        return bearers
    first = [bearer for bearer in bearers if _SECOND.isdisjoint(bearer.role.words)] or bearers
    abroad = lexicon().demonyms | lexicon().places
    foreign = {id(one.entity) for one in first if not abroad.isdisjoint(_words(one.role))}
    return [bearer for bearer in first if id(bearer.entity) not in foreign] or first


def abroad(told: Iterable[str], role: Iterable[str]) -> bool:
    """Say whether what is told of two offices names different states ("Chadian", "Peru’s").

    Args:
        told: The words of the one, lower-case.
        role: The words of the other.
    """
    mine, theirs = _states(told), _states(role)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


@cache
def _stems() -> frozenset[str]:
    """Return the beginnings that states share with their adjectives."""
    capitals = lexicon().capitals.values()
    return frozenset(name[:_STEM] for names in capitals for name in names if " " not in name)


def _states(words: Iterable[str]) -> frozenset[str]:
    """Return the beginnings of the states that words name, or are adjectives of."""
    bare = (word.removesuffix("’s").removesuffix("'s") for word in words)
    known = lexicon().demonyms | lexicon().places
    return frozenset(word[:_STEM] for word in bare if word in known) & _stems()


def _words(role: Role) -> set[str]:
    """Return the words of a role, "U.S." without its stops."""
    return {word.replace(".", "") for word in role.words}


def kindred(
    bearers: Mapping[str, Sequence[Bearer]], head: str, told: frozenset[str]
) -> Entity | None:
    """Return the one person whose role has another noun for the same: "the judge", a justice.

    Of leaders and ministers the rest of the description must be told of them, too: "the navy chief"
    is who is "commander of the navy".

    Args:
        bearers: Those who bear a role, by its noun.
        head: The description's noun.
        told: Its other words, and the capitalised ones behind it.
    """
    nouns = next((nouns for nouns in (_JUDGES, _LEADERS, _MINISTERS) if head in nouns), frozenset())
    wanted = {word[:_STEM] for word in told if len(word) > 2}
    if nouns is not _JUDGES and not wanted:
        return None
    found = {
        id(bearer.entity): bearer.entity
        for noun in nouns - {head}
        for bearer in bearers.get(noun, ())
        if wanted <= {word[:_STEM] for word in bearer.role.words}
    }
    return next(iter(found.values())) if len(found) == 1 else None
