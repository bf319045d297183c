"""What a document says its named persons are: "health minister Ana Ruiz", "Ruiz, the minister,"."""

from __future__ import annotations

import re
from collections.abc import Container

from attrs import frozen

from quotecraft.speakers.lexicon import Lexicon, lexicon, word_set
from quotecraft.speakers.names import NameMention
from quotecraft.speakers.syntax import AUXILIARIES, PAST, PREPOSITIONS, RELATIVES
from quotecraft.speakers.words import CAPITAL, INITIAL, POSSESSIVE, QUOTED, Words, hangs

__all__ = ["Role", "apposition_of", "find_roles", "is_role_noun", "role_between", "role_of"]

_INDEFINITE = frozenset(("a", "an"))
_DETERMINERS = word_set("a an the its his her their our my this that")
# What somebody does while speaking, and no part of what they are.
_TELLING = word_set(
    "commenting speaking talking responding referring adding saying stating addressing reacting "
    "explaining describing discussing replying recalling arguing warning telling"
)
_STOPPERS = word_set("said says told tells added adds") | AUXILIARIES
# What may stand between a name and its apposition: an age, a name in another script or a party.
_AGE = re.compile(r"(?: \([^()\n]{1,30}\))?(?:, (?:aged )?\d{1,3}(?=,))?")
_LONGEST = 16  # words in an apposition that is kept as a role
_BEFORE = 16  # words before a name that can be its role
_LINKS = word_set("of for to at in on with from and the")
_NO_ROLE = word_set(
    "mr mrs ms miss mister sir lady lord madam madame dr doctor eng engr sheikh shaikh sheik "
    "alhaji hajiya haji hajj datuk dato tan sri seri tun shri smt md his her excellency highness "
    "majesty h e h.e h.e."
)
_ADJECTIVES = word_set(
    "retired convicted elected appointed exiled jailed disgraced renowned ousted deposed newly "
    "red accused acclaimed celebrated respected noted registered acting managing founding leading "
    "outgoing incoming ruling sitting presiding visiting self-styled"
)
_DOERS = ("er", "or", "eer", "ian")
_CLOSED = tuple(",.;:()–—!?")  # what ends an apposition
_COPULAS = frozenset(("is", "was"))
_VAGUE = word_set("man woman person one winner member victim fan figure")  # say too little
_JOINING = frozenset(("and", "or", "but", "while", "as", "after", "with"))
_TIES = frozenset(("of", "for", "to"))
_SAYING = word_set(
    "is was also now currently being as same majesty highness excellency"
)  # before a role, and no part of it
_THROUGH = word_set("through via by alongside amid despite during without")
_UNLIKE = word_set("like unlike met recall people")  # what opens no role
_SHORT = word_set("rep prof gov gen sen col capt lt maj brig adm sgt hon rev amb supt insp asst")
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
    while parts and parts[0].lower() in _DETERMINERS | _SAYING:
        parts = parts[1:]
    while parts and (parts[-1] in _HONORIFICS or parts[-1].lower() in _SAYING):
        parts.pop()
    while parts and parts[-1].lower() in _LINKS:
        parts.pop()
    if not parts or parts[0].lower() in _UNLIKE | _THROUGH:
        return None
    lower = [part.lower().strip(".,'’\"()") for part in parts]
    head = ""
    for word in lower:
        if word in PREPOSITIONS or (word == "and" and is_role_noun(head)):
            break
        head = word or head
    return Role(" ".join(parts), head, frozenset(lower)) if head else None


def is_role_noun(noun: str) -> bool:
    """Say whether a noun can be the head of somebody's role.

    Args:
        noun: Lower-case.
    """
    lex = lexicon()
    if lex.is_person_noun(noun):
        return True
    plain = noun not in lex.function and noun not in lex.title_modifiers
    return plain and noun not in lex.reporting and noun.endswith(_DOERS) and lex.is_agent(noun)


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
    texts = [_before(words, mention, others), _after(words, mention)]
    if predicates:
        texts.append(_predicate(words, mention))
    roles = [role_of(text) for text in texts if text]
    return [role for role in roles if role is not None]


def role_between(words: Words, first: int, last: int) -> str | None:
    """Return the words from ``first`` to ``last`` if they are somebody's role.

    Args:
        words: The words of the document.
        first: Index of the first word.
        last: Index of the last word.
    """
    if first > last or _head(words, first, last) is None:
        return None
    return _text(words, first, last)


def _text(words: Words, first: int, last: int) -> str:
    """Return some words without a possessive 's at the end, with the dot of "Gov."."""
    end = words.ends[last]
    if words.lower[last] in _SHORT and words.text.startswith(".", end):
        end += 1
    text = words.text[words.starts[first] : end]
    if "(" in text and ")" not in text and words.text.startswith(")", end):
        text += ")"
    return " ".join(text.split())


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
    if gap not in ("", ",", ".", ")") or (gap == "." and words.lower[last] not in lexicon().titles):
        return None
    if words.has(last, POSSESSIVE):
        return None
    first = _role_start(words, last, others, comma=gap == ",")
    if first is None:
        return None
    return _text(words, first, last)


def _follows(words: Words, core: int) -> bool:
    """Say whether a word stands right before a name and its "Dr"."""
    return core > 0 and words.gap(core - 1).strip() in ("", ",", ")")


def _role_start(words: Words, last: int, others: Container[int], *, comma: bool) -> int | None:
    """Return the first word of the role that ends before a name, ``None`` if there is none."""
    lex = lexicon()
    found = None
    index = last
    while index >= 0 and last - index < _BEFORE:
        word = words.lower[index]
        stop = words.gap(index).strip("'’s ()")
        short = stop == "." and words.lower[index] in _SHORT  # "spokesman Lt. Col."
        if index < last and ((stop and not short) or _apart(words, index)):
            break
        if index in others and index < last and words.lower[index + 1] == "and":
            break
        if word in _LINKS and index < last:
            if not _ties(words, index, last, comma):
                break
        elif (
            word in lex.function
            or word in AUXILIARIES
            or word in RELATIVES
            or (not words.has(index, CAPITAL) and _verbal(lex, word))
        ):
            break
        elif _ends_noun(words, index, last) and is_role_noun(word):
            found = index
        index -= 1
    if found is None:
        return None
    first = index + 1
    while words.lower[first] in _LINKS:
        first += 1
    opened = index >= 0 and words.lower[index] in _DETERMINERS
    if opened and words.lower[index] in _INDEFINITE:  # "is not a maker of wealth, Ruiz said"
        opened = words.has(index, INITIAL)
    opened = opened or any(words.has(i, POSSESSIVE) for i in range(first, last))
    if comma and not opened and not words.has(first, INITIAL):
        return None
    if comma and found < last and index > 0 and words.lower[index - 1] in PREPOSITIONS - {"by"}:
        return None  # "with the head of the council, Ana Ruiz said"
    return min(first, found)


def _ends_noun(words: Words, index: int, last: int) -> bool:
    """Say whether a word is the last of its noun phrase, in a role that ends at ``last``."""
    ends = index == last or words.lower[index + 1] in _LINKS
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
        return is_role_noun(before) or inside
    if word == "the":
        return before in _LINKS
    if words.gap(index - 1).strip() or not (is_role_noun(before) or comma or inside):
        return False
    small = _LINKS | lexicon().domains
    rest = range(index + 1, last + 1)
    told = all(words.has(i, CAPITAL) or words.lower[i] in small for i in rest)
    return comma or inside or (word in _TIES and told)


def _verbal(lex: Lexicon, word: str) -> bool:
    """Say whether a lower-case word is likely a verb, and no part of a role."""
    if word in _ADJECTIVES or "-" in word:
        return False
    return word in lex.reporting or word in PAST or word.endswith(("ing", "ed"))


def _after(words: Words, mention: NameMention) -> str | None:
    """Return the apposition behind a name ("Ana Ruiz, 47, head of the council, …")."""
    found = _apposition(words, mention)
    if found is None or _head(words, *found) is None:
        return None
    return words.text[words.starts[found[0]] : words.ends[found[1]]]


def apposition_of(words: Words, mention: NameMention) -> frozenset[str]:
    """Return the words of the apposition that says what a body is ("STMA, the regulator of …").

    Args:
        words: The words of the document.
        mention: A name.
    """
    found = _apposition(words, mention)
    if found is None or words.lower[found[0]] not in _DETERMINERS:
        return frozenset()
    return frozenset(words.lower[found[0] : found[1] + 1]) - _DETERMINERS


def _apposition(words: Words, mention: NameMention) -> tuple[int, int] | None:
    """Return the first and last word of what stands between commas behind a name."""
    text = words.text
    start = mention.span.end
    age = _AGE.match(text, start)
    start = age.end() if age else start
    if text[start : start + 2] != ", ":
        return None
    first = words.at(start)
    if first >= len(words) or words.starts[first] > start + 3:
        return None
    opening = words.lower[first]
    if opening in RELATIVES or opening in _JOINING or _verbal(lexicon(), opening):
        return None
    last = _end(words, first)
    ends = last + 1 >= len(words) or words.paragraph[last + 1] != words.paragraph[last]
    closed = ends or words.gap(last).strip("'’s ").startswith(_CLOSED)
    closed = closed or words.lower[last + 1] in RELATIVES
    opens = words.has(mention.first, INITIAL)  # "Ruiz, a teacher told us", no "…, a source said"
    told = words.lower[first] in _INDEFINITE and opens
    closed = closed or (told and _breaks_off(words, last + 1))
    return (first, last) if closed or words.lower[first] not in _DETERMINERS else None


def _end(words: Words, first: int) -> int:
    """Return the last word of the noun phrase that begins with a word."""
    last = first
    head = ""
    while last + 1 < len(words) and last - first < _LONGEST:
        following = words.lower[last + 1]
        apart = words.paragraph[last + 1] != words.paragraph[last]
        stop = words.gap(last).strip("'’s &\n\r")
        apart = apart or bool(stop and not hangs(words, last))
        if apart or following in RELATIVES | _STOPPERS:
            break
        if head and _breaks_off(words, last + 1):
            break
        if is_role_noun(words.lower[last]):
            head = words.lower[last]
        if following == "and" and _begins_clause(words, last + 2, bool(head)):
            break
        last += 1
    return last


def _breaks_off(words: Words, index: int) -> bool:
    """Say whether a verb in the past ends a role ("a survivor from Arvelo agreed")."""
    word, before = words.lower[index], words.lower[index - 1]
    if word in _STOPPERS or word in _TELLING:
        return True
    if words.has(index, CAPITAL) or not word.endswith("ed") or word in _ADJECTIVES or "-" in word:
        return False
    apart = before in PREPOSITIONS | _DETERMINERS | {"and"} or before.endswith("ly")
    return not apart and not words.has(index - 1, POSSESSIVE)


def _begins_clause(words: Words, index: int, told: bool) -> bool:
    """Say whether what follows "and" is no part of a role: a verb, or somebody else.

    Args:
        words: The words of the document.
        index: Index of the word behind "and".
        told: Whether a role noun stands before it.
    """
    if index >= len(words):
        return True
    word = words.lower[index]
    if word in _DETERMINERS or word in lexicon().reporting or word in AUXILIARIES:
        return True
    if words.has(index, CAPITAL):
        return False
    near = words.lower[index : index + 3]
    return word.endswith("ed") or (told and not any(map(is_role_noun, near)))


def _predicate(words: Words, mention: NameMention) -> str | None:
    """Return what "Ana Ruiz is the mayor" or "Ana Ruiz, who is also the mayor," says of her."""
    verb = mention.last + 1
    if verb + 4 >= len(words) or mention.quoted:
        return None
    gap = words.gap(mention.last).strip()
    if gap == "," and words.lower[verb] == "who":
        verb += 1
    elif gap:
        return None
    first = verb + 1
    while words.lower[first] in ("also", "now", "currently") and first - verb < 3:
        first += 1
    if words.lower[verb] not in _COPULAS or words.lower[first] not in ("the", "a", "an"):
        return None
    last = _end(words, first + 1)
    head = _head(words, first + 1, last)
    return _text(words, first + 1, last) if head is not None and head not in _VAGUE else None


def _head(words: Words, first: int, last: int) -> str | None:
    """Return the head noun of an apposition when it stands for a person."""
    head = None
    for index in range(first, last + 1):
        word = words.lower[index]
        if word in PREPOSITIONS or (word == "and" and head and is_role_noun(head)):
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
