"""Whether a word and the next may belong to one name, by what stands between them."""

from __future__ import annotations

from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.name_parts import is_nickname, nickname_follows
from quotecraft.speakers.words import CAPITAL, POSSESSIVE, Words

__all__ = ["joined"]

_BLANK = frozenset(" \t\n\r\u00a0")
_STOPPED = word_set(
    "adm barr brig cap capt cllr cmdr col cpl dr eng engr gen gov hon lt maj mlle mme mr mrs ms "
    "msgr pol prof rep rev sen sgt smt"
)
_GENERALS = word_set("attorney auditor prosecutor inspector solicitor secretary director governor")
_OWNERS = word_set(
    "minister president premier spokesperson spokesman prosecutor prosecutors attorney children "
    "women men people workers world"
)


def joined(words: Words, index: int) -> bool:
    """Say whether a word and the next may belong to one name.

    Args:
        words: The words of the document.
        index: Index of the word.
    """
    lex = lexicon()
    if index + 1 >= len(words) or words.paragraph[index] != words.paragraph[index + 1]:
        return False
    gap = words.gap(index)
    if nickname_follows(words, index):
        return words.has(index, CAPITAL)
    if words.has(index, POSSESSIVE):
        head = words.lower[index + 1] in lex.organization_heads
        owner = words.lower[index] in _OWNERS or _is_general(words, index)
        return owner and head and words.has(index + 1, CAPITAL)
    if all(char in _BLANK for char in gap):
        return bool(gap) or words.text[words.ends[index] - 1] == "."  # "M.K.Ruiz"
    if gap == "- " and words.lower[index] in ("al", "el"):  # "Al- Nasr", broken by a line's end
        return words.has(index + 1, CAPITAL)
    if gap[1:] == " " and is_nickname(words, index):
        return True
    if gap[0] in "'’" and words.lower[index][-1] == "s":  # "Forest Workers' Union"
        head = words.lower[index + 1] in lex.organization_heads
        return gap[1:] == " " and head and words.has(index + 1, CAPITAL)
    if gap[0] == "." and all(char in _BLANK for char in gap[1:]):
        word = words.lower[index]
        return (
            len(word) == 1
            or word in ("st", "jr", "sr", "mt", "ft")
            or (len(word) <= 5 and word in lex.titles and _shortened(words, index))
        )
    return gap == ", " and words.lower[index + 1] in lex.suffixes


def _is_general(words: Words, index: int) -> bool:
    """Say whether a word ends an office such as "Attorney General"."""
    return words.lower[index] == "general" and index > 0 and words.lower[index - 1] in _GENERALS


def _shortened(words: Words, index: int) -> bool:
    """Say whether the stop behind a title shortens it, and ends no sentence ("… a Dean. Ana …")."""
    within = words.sentence[index] == words.sentence[index + 1]
    return within or words.lower[index] in _STOPPED
