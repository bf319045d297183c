"""What proves the kind of a name, whatever its letters and its places weigh.

An office before it, a sort of body before it, a full name that it ends.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from quotecraft.speakers.lexicon import lexicon
from quotecraft.speakers.name_mention import Key, NameMention
from quotecraft.speakers.name_parts import office_words
from quotecraft.speakers.own_kinds import SORTS, NameKind
from quotecraft.speakers.words import CAPITAL, POSSESSIVE, Words

__all__ = ["in_office", "introduced", "neighbour", "sorted_names", "surname_keys"]

_SURE = 50  # places that one proof counts for
_TITLED = 0.3  # share of a name's places with a title that makes it a person's
_SORTED = 0.1  # share of a name's places behind a sort of thing that makes it one
_GUESSED = (NameKind.ORGANIZATION, NameKind.PLACE, NameKind.OTHER)
_FIELD = 8  # words of an office's field ("of Trade, Industry …")
_OF = frozenset(("of", "for"))
_LINKS = frozenset(("and", "the", "of", "for"))
_INSIDE = frozenset(("in", "at", "near", "across", "outside", "inside", "to", "from"))


def in_office(words: Words, mentions: Sequence[NameMention]) -> set[Key]:
    """Return the names that stand behind an office or rank, and so are persons'.

    A full name once behind a small office ("chairperson Ana Ruiz"), any in three of ten places
    behind a title ("Dr Ruiz"), or once behind somebody's relative ("his wife, Ana").

    Args:
        words: The words of the document.
        mentions: Its names, in order.
    """
    lex = lexicon()
    offices = office_words() & lex.persons
    apart = lex.organization_heads | lex.place_heads | lex.other_heads | SORTS
    behind: Counter[Key] = Counter()
    total: Counter[Key] = Counter()
    for mention in mentions:
        total[mention.key] += 1
        if mention.kind not in (NameKind.UNKNOWN, NameKind.PERSON) or mention.key[-1] in apart:
            continue
        small = mention.first and not words.has(mention.first - 1, CAPITAL | POSSESSIVE)
        if small and len(mention.key) > 1 and neighbour(words, mention.first, -1) in offices:
            behind[mention.key] += _SURE
        behind[mention.key] += not lex.titles.isdisjoint(mention.title)
        related = _apposed(words, mention) and words.lower[mention.first - 1] in lex.kin
        if related or (len(mention.key) > 1 and _apposed_to_office(words, mention, offices)):
            behind[mention.key] += _SURE
    often = {key for key, count in behind.items() if count and count >= _TITLED * total[key]}
    return {key for key in often if " ".join(key) not in lex.places | lex.bodies}


def _apposed(words: Words, mention: NameMention) -> bool:
    """Say whether a comma stands before a name."""
    return mention.first > 0 and words.gap(mention.first - 1).strip() == ","


def _apposed_to_office(words: Words, mention: NameMention, offices: Collection[str]) -> bool:
    """Say whether an office and a comma stand before a name ("CEO, Ana Ruiz")."""
    before = mention.first - 1
    if not _apposed(words, mention) or words.sentence[before] != words.sentence[mention.first]:
        return False
    if words.has(before, CAPITAL) and words.lower[before] in offices:
        return True
    return _office_of(words, before, offices)


def _office_of(words: Words, last: int, offices: Collection[str]) -> bool:
    """Say whether words end in an office with its field ("the Minister of Trade and Sport")."""
    for index in range(last - 1, max(0, last - _FIELD), -1):
        word = words.lower[index]
        if words.gap(index).strip():
            return False
        if word in _OF and words.lower[index - 1] in offices:
            opens = index > 1 and words.lower[index - 2] == "the"
            return opens or words.has(index - 1, CAPITAL)
        if word not in _LINKS and not words.has(index, CAPITAL):
            return False
    return False


def sorted_names(words: Words, mentions: Sequence[NameMention], nouns: Collection[str]) -> set[Key]:
    """Return the names that stand behind what sort of thing they name ("the group Safe Home").

    In one of ten places at least: "after the party Helen" comes about by chance.

    Args:
        words: The words of the document.
        mentions: Its names, in order.
        nouns: The sorts.
    """
    total = Counter(mention.key for mention in mentions)
    behind = Counter(
        mention.key
        for mention in mentions
        if mention.kind is NameKind.UNKNOWN
        and mention.first
        and not words.has(mention.first - 1, CAPITAL | POSSESSIVE)
        and neighbour(words, mention.first, -1) in nouns
    )
    return {key for key, count in behind.items() if count >= _SORTED * total[key]}


def surname_keys(
    words: Words, mentions: Sequence[NameMention], kinds: Mapping[Key, NameKind]
) -> set[Key]:
    """Return the single words that end a person's full name and are nowhere a place or a body.

    Args:
        words: The words of the document.
        mentions: Its names, in order.
        kinds: What each name stands for, so far.
    """
    last = {key[-1] for key, kind in kinds.items() if kind is NameKind.PERSON and len(key) > 1}
    last |= {word[3:] for word in last if word.startswith(("al-", "el-"))}
    found = {
        key for key, kind in kinds.items() if len(key) == 1 and key[0] in last and kind in _GUESSED
    }
    apart = {
        mention.key
        for mention in mentions
        if mention.key in found
        and (mention.article or neighbour(words, mention.first, -1) in _INSIDE)
    }
    longer = {key[0] for key, kind in kinds.items() if len(key) > 1 and kind in _GUESSED}
    return {key for key in found - apart if key[0] not in longer}


def introduced(words: Words, mention: NameMention) -> bool:
    """Say whether "her name is" stands before a name: who has a name of theirs is a person.

    Args:
        words: The words of the document.
        mention: The name.
    """
    if mention.first < 3 or mention.kind is not NameKind.UNKNOWN:
        return False
    owner, noun, verb = words.lower[mention.first - 3 : mention.first]
    return owner in ("his", "her", "my") and noun == "name" and verb in ("is", "was")


def neighbour(words: Words, index: int, step: int) -> str | None:
    """Return the word beside a name when only white space parts them.

    Args:
        words: The words of the document.
        index: Index of the name's first or last word.
        step: -1 for the word before, 1 for the one behind.
    """
    other = index + step
    if not 0 <= other < len(words):
        return None
    gap = words.gap(min(index, other))
    return None if gap.strip() else words.lower[other]
