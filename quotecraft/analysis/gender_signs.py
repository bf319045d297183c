"""What a text itself says of a speaker's gender: its pronouns and honorifics, never the name.

First names are no ground: they differ by country and era, they fail most for the people who are
least often quoted, and a guess can't be told from a finding afterwards. Who wants a person's gender
known gives it in an authority file, which always wins.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from quotecraft.analysis.voice import Voice
from quotecraft.model import SpeakerKind
from quotecraft.speakers.lexicon import lexicon, word_set

__all__ = ["DEFAULT_GROUNDS", "MEN", "UNKNOWN", "WOMEN", "Ground", "gender_of", "is_counted"]

WOMEN = "women"
MEN = "men"
UNKNOWN = "unknown"


class Ground(StrEnum):
    """On what a gender may rest.

    ``AUTHORITY``: the column ``gender`` of the authority file; ``PRONOUN``: the text calls them
    "she" or "he"; ``HONORIFIC``: "Mrs Ruiz", "Sir Ivo"; ``NOUN``: a description or role whose main
    noun tells ("a spokeswoman", "his uncle"), not used unless asked for.
    """

    AUTHORITY = "authority"
    PRONOUN = "pronoun"
    HONORIFIC = "honorific"
    NOUN = "noun"


DEFAULT_GROUNDS = frozenset({Ground.AUTHORITY, Ground.PRONOUN, Ground.HONORIFIC})

_HONORIFICS = {
    # Those that are no first name or surname: not "Earl", "Duke", "Don", "Prince".
    **dict.fromkeys(word_set("mr mister sir lord monsieur herr señor signor shri"), MEN),
    **dict.fromkeys(
        word_set(
            "mrs ms miss missus lady dame madam madame mme mlle mademoiselle frau señora señorita "
            "signora signorina smt shrimati"
        ),
        WOMEN,
    ),
}
_PRONOUNS = {
    **dict.fromkeys(word_set("he him his himself"), MEN),
    **dict.fromkeys(word_set("she her hers herself"), WOMEN),
}
_SPELLINGS = {
    **dict.fromkeys(("f", "female", "woman", "women", "w"), WOMEN),
    **dict.fromkeys(("m", "male", "man", "men"), MEN),
    **dict.fromkeys(("", "unknown", "u", "?", "n/a", "na"), UNKNOWN),
}
_ARTICLES = word_set("a an the another his her their its my our your this that")
_STOPS = word_set("of for in at to from on with who whose and")


def gender_of(voice: Voice, grounds: Collection[Ground] = DEFAULT_GROUNDS) -> str:
    """Return a speaker's gender: "women", "men", "unknown" or what the authority file says.

    The authority wins. Else the text's signs must agree: somebody called "he" in one place and
    "she" in another is unknown. "They" tells nothing.

    Args:
        voice: The speaker.
        grounds: On what it may rest.
    """
    stated = voice.authority.get("gender", "").strip()
    if Ground.AUTHORITY in grounds and _SPELLINGS.get(stated.lower()) != UNKNOWN:
        return _SPELLINGS.get(stated.lower(), stated)
    signs: set[str | None] = set()
    if Ground.PRONOUN in grounds:
        signs.update(_PRONOUNS.get(word.lower()) for word in voice.pronouns)
    if Ground.HONORIFIC in grounds:
        for name in (voice.name, *voice.aliases):
            words = name.split()
            if len(words) > 1:
                signs.add(_HONORIFICS.get(words[0].lower().rstrip(".")))
    if Ground.NOUN in grounds:
        described = () if voice.named else (voice.name, *voice.aliases)
        signs.update(map(_noun_sign, (*described, *voice.roles)))
    signs.discard(None)
    return signs.pop() or UNKNOWN if len(signs) == 1 else UNKNOWN


def _noun_sign(description: str) -> str | None:
    head = ""
    for word in description.lower().split():
        if word in _STOPS:
            break
        head = word.strip(".,;:") if word not in _ARTICLES else head
    return {"m": MEN, "f": WOMEN}.get(lexicon().noun_gender(head) or "")


def is_counted(voice: Voice, grounds: Collection[Ground] = DEFAULT_GROUNDS) -> bool:
    """Say whether a speaker has a gender at all: a person, or of unknown kind with signs of one.

    Args:
        voice: The speaker.
        grounds: On what gender may rest.
    """
    return voice.kind is SpeakerKind.PERSON or (
        voice.kind is SpeakerKind.UNKNOWN and gender_of(voice, grounds) != UNKNOWN
    )
