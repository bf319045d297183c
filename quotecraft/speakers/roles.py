"""What a document says its named persons are: "health minister Ana Ruiz", "Ruiz, the minister,"."""

from __future__ import annotations

import re

from attrs import frozen

from quotecraft.speakers.lexicon import Lexicon, lexicon, word_set
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.syntax import PREPOSITIONS, RELATIVES
from quotecraft.speakers.words import CAPITAL, POSSESSIVE, Words

__all__ = ["Role", "find_roles", "role_of"]

_DETERMINERS = word_set("a an the its his her their our my this that")
_STOPPERS = word_set("and or but said says told added")
_AGE = re.compile(r", (?:aged )?\d{1,3}(?=,)")
_LONGEST = 14  # words in an apposition that is kept as a role
_BEFORE = 6  # words before a name that can be its role
_NO_ROLE = word_set("mr mrs ms miss mister sir lady lord madam madame dr doctor")


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


def role_of(text: str) -> Role | None:
    """Return a role from its text, ``None`` when it has no words.

    Args:
        text: Such as "the deputy head of the council".
    """
    parts = text.split()
    while parts and parts[0].lower() in _DETERMINERS:
        parts = parts[1:]
    lower = [part.lower().strip(".,'’\"") for part in parts]
    head = ""
    for word in lower:
        if word in PREPOSITIONS:
            break
        head = word or head
    return Role(" ".join(parts), head, frozenset(lower)) if head else None


def find_roles(words: Words, mention: NameMention) -> list[Role]:
    """Return the roles that the text around one mention of a person gives.

    Args:
        words: The words of the document.
        mention: The mention.
    """
    lex = lexicon()
    texts = (_title(words, mention), _before(words, lex, mention), _after(words, lex, mention))
    roles = [role_of(text) for text in texts if text]
    return [role for role in roles if role is not None]


def _title(words: Words, mention: NameMention) -> str | None:
    if not mention.title or mention.title[-1] in _NO_ROLE:
        return None
    first = mention.first
    last = first + len(mention.title) - 1
    return words.text[words.starts[first] : words.ends[last]]


def _before(words: Words, lex: Lexicon, mention: NameMention) -> str | None:
    """Return the role in front of a name ("minister Ana Ruiz", "The minister, Ana Ruiz,")."""
    last = mention.first - 1
    if last < 0 or words.paragraph[last] != words.paragraph[mention.first]:
        return None
    gap = words.gap(last)
    comma = gap.strip() == ","
    if (gap.strip() and not comma) or words.has(last, POSSESSIVE):
        return None
    if words.has(last, CAPITAL) and not comma:
        return None
    if not lex.is_person_noun(words.lower[last]):
        return None
    first = last
    while first > 0 and last - first < _BEFORE and not words.gap(first - 1).strip(" '’s"):
        word = words.lower[first - 1]
        if word in lex.function or word in lex.reporting or word.endswith("ing"):
            break
        first -= 1
    opened = first > 0 and words.lower[first - 1] in _DETERMINERS
    if comma and not (opened or words.has(first, CAPITAL)):
        return None
    return words.text[words.starts[first] : words.ends[last]]


def _after(words: Words, lex: Lexicon, mention: NameMention) -> str | None:
    """Return the apposition behind a name ("Ana Ruiz, 47, head of the council, …")."""
    text = words.text
    start = mention.span.end
    age = _AGE.match(text, start)
    start = age.end() if age else start
    if text[start : start + 2] != ", ":
        return None
    first = words.at(start)
    if first >= len(words) or words.starts[first] > start + 3:
        return None
    last = first
    while last + 1 < len(words) and last - first < _LONGEST:
        following = words.lower[last + 1]
        apart = words.paragraph[last + 1] != words.paragraph[last]
        if (
            apart
            or words.gap(last).strip("'’s \n\r")
            or following in RELATIVES
            or following in _STOPPERS
        ):
            break
        last += 1
    if words.lower[first] in RELATIVES or _head(words, lex, first, last) is None:
        return None
    return text[words.starts[first] : words.ends[last]]


def _head(words: Words, lex: Lexicon, first: int, last: int) -> str | None:
    """Return the head noun of an apposition when it stands for a person."""
    head = None
    for index in range(first, last + 1):
        if words.lower[index] in PREPOSITIONS:
            break
        head = words.lower[index]
    return head if head and lex.is_person_noun(head) else None
