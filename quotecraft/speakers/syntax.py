"""What closed-class words and neighbours tell of a clause, in place of a parser."""

from __future__ import annotations

from quotecraft.speakers.lexicon import lexicon, word_set
from quotecraft.speakers.words import INITIAL, POSSESSIVE, Words

__all__ = ["AUXILIARIES", "PAST", "PREPOSITIONS", "RELATIVES", "looks_subject"]

AUXILIARIES = word_set(
    "was is were are had has have did does will would could can should may might must"
)
PREPOSITIONS = word_set(
    "of for from in at with to on by near under over into about against between behind during "
    "within without among inside outside via per as than around across beside "
    "along throughout beyond"
)
PAST = word_set(
    "sent took gave made got came saw met led held won lost left put set kept ran fell rose "
    "brought bought caught chose drew drove felt flew found grew hit knew let meant paid read sat "
    "sold spent stood struck swore taught threw understood wore"
)
RELATIVES = word_set("who whom whose which that where when")


def looks_subject(words: Words, first: int, last: int) -> bool:
    """Say whether the words ``first`` to ``last`` look like the subject of a clause.

    Args:
        words: The words of the document.
        first: Index of the first word of the mention.
        last: Index of its last word.
    """
    if words.has(last, POSSESSIVE):
        return False
    lex = lexicon()
    if first > 0 and not words.gap(first - 1).strip():
        before = words.lower[first - 1]
        if before in PREPOSITIONS:
            return False
        if before in lex.reporting:
            return True
    if last + 1 < len(words) and words.gap(last).strip() == ",":
        after = words.lower[last + 1]
        if after in ("who", "whose") and not (first > 0 and words.lower[first - 1] in PREPOSITIONS):
            return True
        # The end of an apposition ("the manager, Ana Ruiz, was").
        if (after in lex.reporting and not after.endswith("ing")) or after in AUXILIARIES:
            return True
    if last + 1 < len(words) and not words.gap(last).strip():
        after = words.lower[last + 1]
        if after in lex.reporting or after in AUXILIARIES or after.endswith(("ed", "ly")):
            return True
        if after in PAST:
            return True
        return words.has(first, INITIAL) or after.endswith("s")
    return words.has(first, INITIAL)
