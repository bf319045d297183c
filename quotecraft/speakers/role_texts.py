"""What a role says: its text made plain, its head noun, which nouns are roles at all."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from quotecraft.speakers.lexicon import Lexicon, lexicon, word_set
from quotecraft.speakers.syntax import PAST, PREPOSITIONS
from quotecraft.speakers.words import CAPITAL, Words

__all__ = [
    "DETERMINERS",
    "LINKS",
    "SHORT_TITLES",
    "Role",
    "head_noun",
    "is_relation",
    "is_role_noun",
    "is_verbal",
    "role_of",
]

DETERMINERS = word_set("a an the its his her their our my this that")
LINKS = word_set("of for to at in on with from and the")
SHORT_TITLES = word_set(
    "rep prof gov gen sen col capt lt maj brig adm sgt hon rev amb supt insp asst"
)
ADJECTIVES = word_set(
    "retired convicted elected appointed exiled jailed disgraced renowned ousted deposed newly "
    "red accused acclaimed celebrated respected noted registered acting managing founding leading "
    "outgoing incoming ruling sitting presiding visiting self-styled aspiring rising reigning "
    "serving governing skating boxing marketing engineering nursing mining banking housing "
    "shipping training planning broadcasting cycling swimming racing wrestling advertising "
    "manufacturing accounting fishing farming trading consulting teaching building gaming"
)
# Nouns that go with a possessive and tell what somebody does all the same ("their lawyer").
_SERVING = word_set("lawyer attorney spokesman spokeswoman spokesperson aide boss")
_BEFORE_NOUNS = frozenset(("ex", "co", "vice", "deputy", "sub"))
_DOERS = ("er", "or", "eer", "ian")
_SAYING = word_set(
    "is was also now currently being as same majesty highness excellency"
)  # before a role, and no part of it
_NAMING = frozenset(("named", "called", "nicknamed"))  # behind a role
_THROUGH = word_set("through via by alongside amid despite during without")
_UNLIKE = word_set("like unlike met recall people")  # what opens no role
_HONORIFICS = ("Sheikh", "Shaikh", "Sheik", "Highness", "Excellency", "Dr", "Eng")


@frozen
class Role:
    """Something that the text says a person is.

    Attributes:
        text: The role as written, without article.
        head: Its head noun, lower-case.
        words: All its words, lower-case.
    """

    text: str
    head: str
    words: frozenset[str]

    @property
    def special(self) -> bool:
        """Whether it tells of whom or what somebody is it: "mayor of Arvelo", "Lumora editor"."""
        parts = self.text.split()
        named = any(part[0].isupper() and part.lower() != self.head for part in parts)
        return named or not self.words.isdisjoint(("of", "for", "at", "in"))


def role_of(text: str) -> Role | None:
    """Return a role from its text, ``None`` when it has no words.

    Args:
        text: Such as "the deputy head of the council".
    """
    parts = text.split()
    if ")" in text and "(" not in text:  # the end of "the Meridian Union (MU) president"
        parts = text.replace(")", "").split()
    if "(" in text and ")" not in text:
        parts = text.partition("(")[0].split()
    while parts and (parts[0].lower() in DETERMINERS | _SAYING or _tells_age(parts)):
        parts = parts[1:]
    while parts and (parts[-1] in _HONORIFICS or parts[-1].lower() in _SAYING):
        parts.pop()
    while parts and parts[-1].lower() in LINKS | _NAMING | {"current", "former", "once"}:
        parts.pop()
    if not parts or parts[0].lower() in _UNLIKE | _THROUGH:
        return None
    lower = [part.lower().strip(".,'’\"()") for part in parts]
    head = ""
    for word in lower:
        if word in PREPOSITIONS or (word == "and" and is_role_noun(head)):
            break
        head = word or head
    if head == "head" and len(parts) > 1 and lower[1] in ("in", "on", "to", "with", "and"):
        return None  # "hung her head in shame"
    return Role(" ".join(parts), head, frozenset(lower)) if head else None


def _tells_age(parts: Sequence[str]) -> bool:
    """Say whether a role opens with an age ("57-year-old former minister")."""
    return len(parts) > 1 and parts[0].lower().endswith("-year-old")


def is_relation(text: str) -> bool:
    """Say whether a role is no more than somebody's relative or friend ("mother").

    Args:
        text: The role.
    """
    word = text.lower()
    return word in lexicon().kin and word not in _SERVING


def is_role_noun(noun: str) -> bool:
    """Say whether a noun can be the head of somebody's role.

    Args:
        noun: Lower-case.
    """
    lex = lexicon()
    prefix, hyphen, rest = noun.partition("-")
    if rest.startswith("in-") and lex.is_person_noun(prefix):  # "officer-in-charge"
        return True
    if lex.is_person_noun(noun) or (
        hyphen and prefix in _BEFORE_NOUNS | lex.title_modifiers and is_role_noun(rest)
    ):
        return True
    plain = noun not in lex.function | lex.title_modifiers | lex.demonyms
    return plain and noun not in lex.reporting and noun.endswith(_DOERS) and lex.is_agent(noun)


def head_noun(words: Words, first: int, last: int) -> str | None:
    """Return the head noun of an apposition when it stands for a person."""
    head = None
    for index in range(first, last + 1):
        word = words.lower[index]
        if word in PREPOSITIONS or (word == "and" and head and is_role_noun(head)):
            break
        if head and is_role_noun(head) and _tells_more(words, index, last):
            break
        head = word
    if head and is_role_noun(head):
        return head
    if words.lower[last] not in lexicon().organization_heads:
        return None
    while last > first and words.has(last, CAPITAL):  # "the Director Land Services", without "of"
        last -= 1
        if is_role_noun(words.lower[last]) and words.has(last + 1, CAPITAL):
            return words.lower[last]
    return None


def _tells_more(words: Words, index: int, last: int) -> bool:
    """Say whether a participle follows a noun ("a lawyer representing shareholders")."""
    word = words.lower[index]
    if not word.endswith(("ing", "ed")) or "-" in word or words.has(index, CAPITAL):
        return False
    behind = words.lower[index + 1] if index < last else ""
    return word not in ADJECTIVES or behind in PREPOSITIONS | DETERMINERS


def is_verbal(lex: Lexicon, word: str) -> bool:
    """Say whether a lower-case word is likely a verb, and no part of a role."""
    if word in ADJECTIVES or "-" in word:
        return False
    return word in lex.reporting or word in PAST or word.endswith(("ing", "ed"))


def role_words(words: Words, first: int, last: int) -> str:
    """Return some words without a possessive 's at the end, with the dot of "Gov."."""
    end = words.ends[last]
    if words.lower[last] in SHORT_TITLES and words.text.startswith(".", end):
        end += 1
    text = words.text[words.starts[first] : end]
    if "(" in text and ")" not in text and words.text.startswith(")", end):
        text += ")"
    return " ".join(text.split())
