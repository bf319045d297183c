"""Nouns for persons: those that say too little to be a role, those that no list knows."""

from __future__ import annotations

from collections.abc import Iterable

from quotecraft.speakers.lexicon import lexicon, singular, word_set
from quotecraft.speakers.role_texts import role_of

__all__ = ["ANYBODY", "SEATS", "is_anybody", "is_human", "may_mean"]

_HUMAN_ENDINGS = ("-old", "man", "woman", "person", "eer", "ist", "ian", "in-chief", "minister")
# Offices that the same person is called by in turn ("the minister", "the party chief").
_CHIEFS = word_set(
    "chief head leader director boss president chairman chairwoman chairperson chair ceo executive "
    "minister premier governor mayor commander commissioner secretary official lawmaker politician "
    "senator representative deputy admiral general officer manager founder chancellor politician mp"
)
# Those of them that nobody holds two of.
SEATS = word_set("president premier minister governor mayor ambassador chancellor king queen pope")

# Nouns that tell too little to point back to somebody's role.
ANYBODY = word_set(
    "man woman boy girl gentleman lady fellow chap guy person individual child friend stranger "
    "youth "
    "lad lass visitor figure companion guest host hostess lover father mother brother sister son "
    "daughter husband wife uncle aunt nephew niece cousin grandfather grandmother old-timer human "
    "youngster teenager winner creature voice speaker witness victim suspect"
)


def is_human(noun: str | None) -> bool:
    """Say whether a head noun that no list knows still stands for one person.

    Args:
        noun: Lower-case, such as "argentine", "40-year-old" or "nobleman".
    """
    return noun is not None and (noun in lexicon().demonyms or noun.endswith(_HUMAN_ENDINGS))


def may_mean(noun: str | None, roles: Iterable[str]) -> bool:
    """Say whether somebody with these roles may be described by a noun that names none of them.

    Args:
        noun: Head noun of the description, lower-case.
        roles: What the text says that they are, as written.
    """
    heads = [role.head for text in roles if (role := role_of(text)) is not None]
    if noun in SEATS and any(head in SEATS and head != noun for head in heads):
        return False
    return not heads or (noun in _CHIEFS and any(singular(head) in _CHIEFS for head in heads))


def is_anybody(noun: str | None) -> bool:
    """Say whether a head noun tells too little to be somebody's role.

    Args:
        noun: Lower-case, such as "man", "friend" or "witness".
    """
    return noun is None or noun in ANYBODY
