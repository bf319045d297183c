"""What somebody does for a living, told behind "who": "Ana Ruiz, 47, who runs the shelter, …"."""

from __future__ import annotations

import re

from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.name_mention import NameMention
from quotecraft.speakers.syntax import AUXILIARIES, RELATIVES
from quotecraft.speakers.words import Words, hangs

__all__ = ["doing_of", "is_doing"]

_WORK = word_set(
    "runs run ran leads heads owns teaches taught manages directs chairs co-chairs represents "
    "organises organizes coordinates oversees supervises edits coaches founded co-founded studies "
    "farms works drives operates"
)
_WHO = re.compile(r"(?:, (?:aged )?\d{1,3})?,? who ")
_LONGEST = 14  # words
_JOINING = word_set("and but or while when after before because since as if so also then")


def doing_of(words: Words, mention: NameMention) -> str | None:
    """Return what a relative clause says that somebody runs, leads, teaches and the like.

    Args:
        words: The words of the document.
        mention: The name of the person.
    """
    match = _WHO.match(words.text, mention.span.end)
    if match is None or mention.quoted:
        return None
    first = words.at(match.end())
    if first + 1 >= len(words) or words.lower[first] not in _WORK:
        return None
    last = first
    while last + 1 < len(words) and last - first < _LONGEST:
        if words.gap(last).strip("'’s ") and not hangs(words, last):
            break
        following = words.lower[last + 1]
        apart = following in lexicon().reporting | RELATIVES | AUXILIARIES | _JOINING
        apart = apart and not hangs(words, last)
        if apart or words.paragraph[last + 1] != words.paragraph[last]:
            break
        last += 1
    whole = last > first and last - first < _LONGEST
    return " ".join(words.text[words.starts[first] : words.ends[last]].split()) if whole else None


def is_doing(text: str) -> bool:
    """Say whether a role is told by a verb.

    Args:
        text: A role, as written.
    """
    return text.partition(" ")[0] in _WORK
