"""A second look at the names of a document: what stands in one only once by chance is cut off.

A headline in capitals ("RUIZ RESIGNS"), a word that merely opens a sentence ("Will Ana come?",
"Poor Ana!") and two people whom nothing parts ("With Ana Mrs. Ruiz was happy") make runs of
capitals that are longer than a name. The document's other places tell how far the name goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.name_mention import Key, NameMention
from quotecraft.speakers.own_kinds import is_title
from quotecraft.speakers.words import CAPITAL, UPPER, Words

__all__ = ["trim_names"]

_RARE = 2  # places of a longer form, at most, that may be chance
_FIELDS = 8  # words of what an office is for
_USUAL = 10  # times as many places has the name itself
_NAMES_TOO = word_set("lady lord sir master")  # forms of address that stand inside names, too

Make = Callable[[int, int], NameMention | None]


def trim_names(
    words: Words,
    mentions: Sequence[NameMention],
    make: Make,
    small: Mapping[str, int],
    inner: Mapping[str, int],
) -> list[NameMention]:
    """Return the names of a document, those cut that its other places show to be too long.

    Args:
        words: The words of the document.
        mentions: Its names, in order.
        make: Makes a name of its first and last word, ``None`` if they are none.
        small: How often each word is written small.
        inner: How often each has a capital where that tells something.
    """
    parted = [part for mention in mentions for part in _parted(words, mention, make)]
    shouted = [_shouted(words, mention) for mention in parted]
    known = Counter(m.key for m, loud in zip(parted, shouted, strict=True) if not loud)
    mixed = {m.key for m in parted if not "".join(m.core).isupper()}
    ordinary = {word for word, count in small.items() if count > inner.get(word, 0)}
    usual = {word for key, count in known.items() if count >= _USUAL for word in key}
    found = []
    for mention, loud in zip(parted, shouted, strict=True):
        span = _headed(mention, mixed) if loud else _cut(mention, known, ordinary, usual)
        cut = make(*span) if span is not None else None
        found.append(mention if cut is None else cut)
    return [mention for mention in found if not _is_field(words, mention)]


def _is_field(words: Words, mention: NameMention) -> bool:
    """Say whether words are what an office is for, or some of it ("of Culture, Sport")."""
    lex = lexicon()
    if mention.title or not lex.domains.issuperset(mention.key):
        return False
    for index in range(mention.first - 1, max(0, mention.first - _FIELDS), -1):
        word, gap = words.lower[index], words.gap(index).strip()
        if gap not in ("", ","):
            return False
        if word in ("of", "for"):
            return is_title(words.lower[index - 1])
        if word != "and" and not (words.has(index, CAPITAL) and word in lex.domains):
            return False
    return False


def _parted(words: Words, mention: NameMention, make: Make) -> Iterator[NameMention]:
    """Yield the people of a run with "Mrs." in its midst."""
    lex = lexicon()
    first = mention.first
    forms = lex.social_titles - _NAMES_TOO
    for index in range(mention.first + 1, mention.last):
        before = words.lower[index - 1]
        if words.lower[index] in forms and before not in lex.titles | lex.title_modifiers | forms:
            one = make(first, index - 1)
            if one is not None:
                yield one
            first = index
    rest = mention if first == mention.first else make(first, mention.last)
    if rest is not None:
        yield rest


def _shouted(words: Words, mention: NameMention) -> bool:
    """Say whether a name of several words stands in capitals, as in a heading."""
    whole = range(mention.first, mention.last + 1)
    return len(mention.core) > 1 and all(
        words.has(index, UPPER) or len(words.lower[index]) == 1 for index in whole
    )


def _headed(mention: NameMention, known: Set[Key]) -> tuple[int, int] | None:
    """Return the first and last word of the longest name in capitals that is one elsewhere."""
    key, size = mention.key, len(mention.core)
    start = mention.last - bool(mention.suffix) - size + 1
    for length in range(size, 0, -1):
        for shift in range(size - length + 1):
            if key[shift : shift + length] in known:
                if length == size:
                    return None
                return start + shift, start + shift + length - 1
    return None


def _cut(
    mention: NameMention, known: Mapping[Key, int], ordinary: Set[str], usual: Set[str]
) -> tuple[int, int] | None:
    """Return what is left of a rare name without an ordinary word at its edge.

    Args:
        mention: The name.
        known: How often each name stands in the document.
        ordinary: Words that are mostly written small.
        usual: Words of names that stand there often.
    """
    key = mention.key
    if len(key) < 2 or mention.suffix or known.get(key, 0) > _RARE:
        return None
    least = _USUAL * known.get(key, 1)
    if key[0] in ordinary and not mention.title and known.get(key[1:], 0) >= least:
        return mention.first + 1, mention.last
    rest = key[:-1]
    if key[-1] in ordinary and (known.get(rest, 0) >= least or (rest[1:] and usual >= set(rest))):
        return mention.first, mention.last - 1
    return None
