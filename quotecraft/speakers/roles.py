"""What a document says its named persons are: "health minister Ana Ruiz", "Ruiz, the minister,"."""

from __future__ import annotations

from collections.abc import Container

from quotecraft.speakers.appositions import role_after, role_told
from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.role_texts import (
    ADJECTIVES,
    DETERMINERS,
    LINKS,
    SHORT_TITLES,
    Role,
    head_noun,
    is_role_noun,
    is_verbal,
    role_of,
    role_words,
)
from quotecraft.speakers.syntax import AUXILIARIES, PREPOSITIONS, RELATIVES
from quotecraft.speakers.words import CAPITAL, INITIAL, POSSESSIVE, QUOTED, UPPER, Words

__all__ = ["find_roles", "role_between"]

_INDEFINITE = frozenset(("a", "an"))
_FORMER = frozenset(("retd", "rtd", "ret", "retired"))
_NAMED = frozenset(("first", "second", "third", "one", "all", "our"))
_RANKED = word_set("first second third only new newly recently next then current")
_BEFORE = 16  # words before a name that can be its role
_NO_ROLE = word_set(
    "mr mrs ms miss mister sir lady lord madam madame dr doctor eng engr sheikh shaikh sheik "
    "alhaji hajiya haji hajj datuk dato tan sri seri tun shri smt md his her excellency highness "
    "majesty h e h.e h.e."
)
_GAPS = frozenset(("", ",", ".", ")", "),"))  # between a role and a name
_TIES = frozenset(("of", "for", "to"))


def find_roles(
    words: Words,
    mention: NameMention,
    *,
    predicates: bool = True,
    others: Container[int] = (),
) -> list[Role]:
    """Return the roles that the text around one mention of a person gives.

    Args:
        words: The words of the document.
        mention: The mention.
        predicates: Whether "Ana Ruiz is the mayor" gives one; in fiction it may be said of anybody.
        others: Words of other persons' names, which no role in front of a name reaches over.
    """
    texts = [_before(words, mention, others), role_after(words, mention)]
    if predicates:
        texts.append(role_told(words, mention))
    roles = [role_of(text) for text in texts if text]
    return [role for role in roles if role is not None]


def role_between(words: Words, first: int, last: int) -> str | None:
    """Return the words from ``first`` to ``last`` if they are somebody's role.

    Args:
        words: The words of the document.
        first: Index of the first word.
        last: Index of the last word.
    """
    if first > last or head_noun(words, first, last) is None:
        return None
    return role_words(words, first, last)


def _before(words: Words, mention: NameMention, others: Container[int]) -> str | None:
    """Return the role in front of a name ("minister Ana Ruiz", "The minister, Ana Ruiz,")."""
    core = mention.first + len(mention.title)
    titled = bool(mention.title)
    while core > mention.first and words.lower[core - 1] in _NO_ROLE:
        core -= 1
    if titled and core == mention.first and not _follows(words, core):  # "Dr Ruiz", no more
        return None
    if core > 1 and words.lower[core - 2 : core] == ["h", "e"]:  # "chairman H E Omar Fares"
        core -= 2
    last = core - 1
    if last < 0 or words.paragraph[last] != words.paragraph[mention.first]:
        return None
    gap = words.gap(last).strip()
    if gap not in ("", ",", ".", ")", "),") or (
        gap == "." and words.lower[last] not in lexicon().titles
    ):
        return None
    if words.has(last, POSSESSIVE):
        return None
    end = last
    if last and gap == ")" and words.lower[last] in _FORMER:  # "Maj Gen (retd) Ana Ruiz"
        last -= 1
    apposed = words.gap(mention.last).startswith(",") and not _goes_on(words, mention.last + 1)
    whole = apposed and len(mention.core) > 1
    first = _role_start(words, last, others, comma="," in gap, apposed=whole)
    if first is None:
        return None
    apposed = apposed or words.lower[mention.last + 1 : mention.last + 2] == ["and"]
    if "," in gap and not apposed and first > 1 and _within(words, first - 1):
        return None  # "with the head of the council, Ana Ruiz said"
    return role_words(words, first, end)


def _goes_on(words: Words, index: int) -> bool:
    """Say whether a relative clause begins at a word ("Ruiz, who …")."""
    return index < len(words) and words.lower[index] in RELATIVES


def _follows(words: Words, core: int) -> bool:
    """Say whether a word stands right before a name and its "Dr"."""
    return core > 0 and words.gap(core - 1).strip() in ("", ",", ")", "),")


def _role_start(
    words: Words, last: int, others: Container[int], *, comma: bool, apposed: bool
) -> int | None:
    """Return the first word of the role that ends before a name, ``None`` if there is none."""
    index, found = last, None
    while index >= 0 and last - index < _BEFORE:
        if index < last and _parted(words, index, last, others, comma=comma):
            break
        if (index == last or words.lower[index] not in LINKS) and _bars(words, index):
            break
        if _ends_noun(words, index, last) and is_role_noun(words.lower[index]):
            found = index
        index -= 1
    first = None if found is None else _headed(words, index + 1, last)
    if found is None or first is None:
        return None
    if not words.has(first, CAPITAL) and words.has(found, CAPITAL):
        first = _capitals(words, first, last)
    return None if comma and not _opened(words, first, last, apposed=apposed) else first


def _parted(words: Words, index: int, last: int, others: Container[int], *, comma: bool) -> bool:
    """Say whether a word before a name belongs to no role that goes on behind it."""
    word, following = words.lower[index], words.lower[index + 1]
    stop = words.gap(index).strip("'’s ()")
    short = stop == "." and word in SHORT_TITLES  # "spokesman Lt. Col."
    if (stop and not short) or _apart(words, index):
        return True
    if _is_year(word) or _owns_far(words, index + 1) or (index in others and following == "and"):
        return True
    return word in LINKS and not _ties(words, index, last, comma)


def _opened(words: Words, first: int, last: int, *, apposed: bool) -> bool:
    """Say whether a role with a comma behind it opens as one that its bearer's name follows.

    Args:
        words: The words of the document.
        first: Index of the role's first word.
        last: Index of its last word.
        apposed: Whether a full name stands between commas behind it.
    """
    before = first - 1
    while before > 0 and words.lower[before] in _RANKED and not words.gap(before).strip():
        before -= 1  # "Arvelo's first independent senator"
    joined = before >= 0 and not words.gap(before).strip()
    opened = before >= 0 and words.lower[before] in DETERMINERS
    if opened and words.lower[before] in _INDEFINITE:  # "is not a maker of wealth, Ruiz said"
        opened = words.has(before, INITIAL) or apposed
    if apposed and joined and before < first - 1:
        opened = opened or words.has(before, POSSESSIVE)
    opened = opened or any(words.has(i, POSSESSIVE) for i in range(first, last))
    return opened or words.has(first, INITIAL) or (apposed and words.lower[first] == "former")


def _bars(words: Words, index: int) -> bool:
    """Say whether a word is no part of a role: a small word, an auxiliary, a verb."""
    lex, word = lexicon(), words.lower[index]
    inside = word in _NAMED and words.has(index, CAPITAL)  # "First Nation Chief"
    if word in lex.function and not inside and not _is_state(words, index):
        return True
    if word in AUXILIARIES or word in RELATIVES:
        return True
    if word.endswith("ed") and _does(words, index):
        return True
    return not words.has(index, CAPITAL) and is_verbal(lex, word) and not _owned(words, index)


def _owned(words: Words, index: int) -> bool:
    """Say whether a word that may be a verb is a noun behind an owner ("Ruiz's state chairman")."""
    noun = words.lower[index] in ("state", "report", "claims", "plan", "note", "charge")
    return noun and index > 0 and words.has(index - 1, POSSESSIVE)


def _does(words: Words, index: int) -> bool:
    """Say whether a word that may be a noun is a verb before a name: "She accused Gen Ruiz"."""
    before = words.lower[index - 1] if index else ""
    told = (
        before in DETERMINERS
        or before == "of"
        or before.endswith("ly")
        or (index and words.has(index - 1, POSSESSIVE))
    )
    plain = not words.has(index, CAPITAL) and words.has(index + 1, CAPITAL)
    return plain and not told and not words.gap(index - 1).strip() if index else False


def _headed(words: Words, first: int, last: int) -> int | None:
    """Return where the words up to a name begin a role: "(request of the) Arvelian president"."""
    while first <= last:
        while first < last and words.lower[first] in LINKS | DETERMINERS:
            first += 1
        if head_noun(words, first, last) is not None or _of_body(words, first, last):
            return first
        links = (i + 1 for i in range(first, last) if words.lower[i] in LINKS)
        first = next(links, last + 1)
    return None


def _of_body(words: Words, first: int, last: int) -> bool:
    """Say whether a role opens with a body's name ("University of Arvelo astronomer")."""
    link = next((i for i in range(first, last) if words.lower[i] in LINKS), last)
    named = all(words.has(i, CAPITAL) or i == link for i in range(first, link + 2))
    return named and first < link < last - 1 and is_role_noun(words.lower[last])


def _within(words: Words, index: int) -> bool:
    """Say whether a preposition governs what begins with the article at an index."""
    if words.lower[index] not in DETERMINERS or words.gap(index).strip():
        return False
    before = words.lower[index - 1]
    if before in ("by", "to") and words.lower[index - 2] in ("by", "according"):
        return False
    return before in PREPOSITIONS - {"by"} | {"during"}


def _capitals(words: Words, first: int, last: int) -> int:
    """Return where a title in capitals begins behind words that are no part of it."""
    start = next(i for i in range(first, last + 1) if words.has(i, CAPITAL))
    lex = lexicon()
    known = lex.title_modifiers | lex.domains | lex.organizations | ADJECTIVES | LINKS
    loose = [
        i
        for i in range(first, start)
        if words.lower[i] not in known and not words.has(i, POSSESSIVE)
    ]
    verbal = bool(loose) and not any(is_role_noun(words.lower[i]) for i in loose)
    return start if verbal or _opens_phrase(words, first) else first


def _opens_phrase(words: Words, first: int) -> bool:
    """Say whether a word belongs to "In reaction" or the like, at the start of a sentence."""
    modifiers = lexicon().title_modifiers | ADJECTIVES
    before = first - 1
    opens = before >= 0 and words.has(before, INITIAL) and words.lower[before] in PREPOSITIONS
    return opens and words.lower[first] not in modifiers


def _is_year(word: str) -> bool:
    """Say whether a word is a year, of a date before a role ("22 July 2022 Mayor Ana Ruiz")."""
    return word.isdigit() and len(word) == 4


def _is_state(words: Words, index: int) -> bool:
    """Say whether a small word is written in capitals ("US President")."""
    return words.has(index, UPPER) and len(words.lower[index]) == 2


def _owns_far(words: Words, index: int) -> bool:
    """Say whether a name that owns something follows a verb ("limits Arvelo's president")."""
    if not words.has(index, POSSESSIVE) or not words.has(index, CAPITAL):
        return False
    before = index - 1
    lower = words.lower[before]
    if words.has(before, CAPITAL) or lower in DETERMINERS or words.gap(before).strip():
        return False
    apart = lexicon().title_modifiers | ADJECTIVES
    return lower not in apart and lower not in LINKS and not is_role_noun(lower)


def _ends_noun(words: Words, index: int, last: int) -> bool:
    """Say whether a word is the last of its noun phrase, in a role that ends at ``last``."""
    ends = index == last or words.lower[index + 1] in LINKS
    return ends and not words.has(index, POSSESSIVE)


def _apart(words: Words, index: int) -> bool:
    opens = words.has(index + 1, INITIAL) and not words.has(index + 1, QUOTED)
    opens = opens and "(" not in words.gap(index)
    return opens or words.paragraph[index] != words.paragraph[index + 1]


def _ties(words: Words, index: int, last: int, comma: bool) -> bool:
    """Say whether a small word may stand inside a role that ends at ``last``."""
    before, word = words.lower[index - 1] if index else "", words.lower[index]
    behind = index + 1 + (words.lower[index + 1] == "the")
    inside = index > 0 and words.has(index - 1, CAPITAL) and words.has(behind, CAPITAL)
    if word == "and":
        titled = index > 1 and words.lower[index - 2] in lexicon().titles
        return is_role_noun(before) or (inside and not titled)  # no "President Ruiz and PM"
    if word == "the":
        return before in LINKS
    if words.gap(index - 1).strip() or not (is_role_noun(before) or comma or inside):
        return False
    small = LINKS | lexicon().domains
    rest = range(index + 1, last + 1)
    told = all(words.has(i, CAPITAL) or words.lower[i] in small for i in rest)
    return comma or inside or (word in _TIES and told)
