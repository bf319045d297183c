"""What stands behind a name and says what somebody or something is: "Ana Ruiz, the minister,"."""

from __future__ import annotations

import re

from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.name_mention import NameMention
from quotecraft.speakers.role_texts import (
    ADJECTIVES,
    DETERMINERS,
    head_noun,
    is_role_noun,
    is_verbal,
    role_words,
)
from quotecraft.speakers.syntax import AUXILIARIES, PREPOSITIONS, RELATIVES
from quotecraft.speakers.words import CAPITAL, INITIAL, POSSESSIVE, Words, hangs

__all__ = ["apposition_of", "role_after", "role_told"]

# What somebody does while speaking, and no part of what they are.
_TELLING = word_set(
    "commenting speaking talking responding referring adding saying stating addressing reacting "
    "explaining describing discussing replying recalling arguing warning telling"
)
_STOPPERS = word_set("said says told tells added adds") | AUXILIARIES
# What may stand between a name and its apposition: an age, a name in another script or a party.
_AGE = re.compile(r"(?: \([^()\n]{1,30}\))?(?:, (?:aged )?\d{1,3}(?=,))?")
_LONGEST = 24  # words in an apposition that is kept as a role
_PLACED = word_set(
    "based located employed trained educated born stationed hired affiliated involved"
)
_CLOSED = tuple(",.;:()–—!?")  # what ends an apposition
_COPULAS = frozenset(("is", "was"))
_VAGUE = word_set("man woman person one winner member victim fan figure")  # say too little
_JOINING = frozenset(("and", "or", "but", "while", "as", "after", "with"))


def role_after(words: Words, mention: NameMention) -> str | None:
    """Return the apposition behind a name ("Ana Ruiz, 47, head of the council, …")."""
    found = _apposition(words, mention)
    if found is None or head_noun(words, *found) is None:
        return None
    return words.text[words.starts[found[0]] : words.ends[found[1]]]


def apposition_of(words: Words, mention: NameMention) -> frozenset[str]:
    """Return the words of the apposition that says what a body is ("STMA, the regulator of …").

    Args:
        words: The words of the document.
        mention: A name.
    """
    found = _apposition(words, mention)
    if found is None or words.lower[found[0]] not in DETERMINERS:
        return frozenset()
    return frozenset(words.lower[found[0] : found[1] + 1]) - DETERMINERS


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
    if opening in RELATIVES or opening in _JOINING or is_verbal(lexicon(), opening):
        return None
    last = _end(words, first)
    ends = last + 1 >= len(words) or words.paragraph[last + 1] != words.paragraph[last]
    closed = ends or words.gap(last).strip("'’s ").startswith(_CLOSED)
    closed = closed or words.lower[last + 1] in RELATIVES
    opens = words.has(mention.first, INITIAL)  # "Ruiz, a teacher told us", no "…, a source said"
    told = words.lower[first] in DETERMINERS and opens
    closed = closed or (told and _breaks_off(words, last + 1))
    return (first, last) if closed or words.lower[first] not in DETERMINERS else None


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
        if is_role_noun(words.lower[last]):
            head = words.lower[last]
        if head and _breaks_off(words, last + 1):
            break
        if following == "and" and _begins_clause(words, last + 2, head):
            break
        last += 1
    return last


def _breaks_off(words: Words, index: int) -> bool:
    """Say whether a verb in the past ends a role ("a survivor from Arvelo agreed")."""
    word, before = words.lower[index], words.lower[index - 1]
    if word in _STOPPERS or word in _TELLING:
        return True
    if word in _PLACED and words.lower[index + 1 : index + 2] != ["that"]:
        return False
    if words.has(index, CAPITAL) or not word.endswith("ed") or word in ADJECTIVES or "-" in word:
        return False
    apart = before in PREPOSITIONS | DETERMINERS | {"and"} or before.endswith("ly")
    return not apart and not words.has(index - 1, POSSESSIVE)


def _begins_clause(words: Words, index: int, head: str) -> bool:
    """Say whether what follows "and" is no part of a role: a verb, or somebody else.

    Args:
        words: The words of the document.
        index: Index of the word behind "and".
        head: The role noun before it, empty without one.
    """
    if index >= len(words):
        return True
    word = words.lower[index]
    near = words.lower[index : index + 4]
    if word in DETERMINERS:  # "a professor at Arvelo and a former ambassador"
        return not head or not _role_follows(words, index + 1)
    if word in lexicon().reporting or word in AUXILIARIES:
        return True
    if words.has(index, CAPITAL):
        return False
    if word.endswith("ed") or not head or any(map(is_role_noun, near[:3])):
        return word.endswith("ed")
    before = words.lower[index - 2]  # "professor of politics and history at …": of both
    acts = word.endswith("s") and near[1:2] and near[1] in DETERMINERS | PREPOSITIONS
    return before == head or bool(acts and not before.endswith("s"))


def _role_follows(words: Words, index: int) -> bool:
    """Say whether the noun phrase behind an article is a role, a comma or a full stop its end."""
    for place in range(index, min(index + 4, len(words))):
        if is_role_noun(words.lower[place]):
            return not words.has(place, POSSESSIVE)
        if words.gap(place).strip() or words.lower[place] in PREPOSITIONS:
            return False
    return False


def role_told(words: Words, mention: NameMention) -> str | None:
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
    head = head_noun(words, first + 1, last)
    return role_words(words, first + 1, last) if head is not None and head not in _VAGUE else None
