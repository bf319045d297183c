"""Whether a document is conversation, as fiction is, or quotes its sources, as news does.

In conversation a quotation that stands alone is answered by somebody else; in news it goes on with
the speaker before it. The two are told apart by what is said inside the quotation marks.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.speakers.linear import LinearModel, load_models
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import QUOTED, Words

__all__ = ["genre_features", "is_conversation"]

_DOUBT = 3.0  # added to every total, so that two or three quotations prove little
_SITE = 20  # code points in which an address above a text begins
_LAID_OUT = 0.1  # share of attributions laid out as turns of an interview that make a text one: in
# interviews of the English Worldwide Newswire 0.3 and more, in a novel now and then a line
_SHORT = 60  # code points of a quotation that can be a turn of conversation
_SECOND = frozenset(("you", "your", "yours", "thou", "thee", "yourself"))
_NARRATED = frozenset(("he", "she", "him", "her", "his", "i", "me", "my", "herself", "himself"))


def genre_features(words: Words, units: Sequence[Unit]) -> dict[str, float]:
    """Return the shares by which conversation is told from quoted sources.

    Args:
        words: The words of the document.
        units: Its attributions.

    Returns:
        ``asks``: quotations that end in a question or exclamation; ``short``: short ones;
        ``silent``: those without a source; ``second``: those that say "you"; ``indirect``:
        attributions without quotation marks; ``narrated``: how often the narration says "she",
        "him", "my"; ``digits``: how often it has figures.
    """
    text = words.text
    top = [unit for unit in units if not unit.nested]
    direct = [unit for unit in top if unit.direct]
    ends = [text[max(unit.start, unit.end - 4) : unit.end].rstrip("\"'”’»_ \n") for unit in direct]
    told = narrated = digits = 0
    for index, word in enumerate(words.lower):
        if not words.flags[index] & QUOTED:
            told += 1
            narrated += word in _NARRATED
            digits += word[0].isdigit()
    second = sum(
        any(words.lower[index] in _SECOND for index in words.within_offsets(unit.start, unit.end))
        for unit in direct
    )
    return {
        "bias": 1.0,
        "asks": _share(sum(end.endswith(("?", "!")) for end in ends), len(direct)),
        "short": _share(sum(unit.end - unit.start < _SHORT for unit in direct), len(direct)),
        "silent": _share(sum(unit.source is None for unit in direct), len(direct)),
        "second": _share(second, len(direct)),
        "indirect": _share(len(top) - len(direct), len(top)),
        "narrated": 20 * narrated / (told + 60),
        "digits": 20 * digits / (told + 60),
    }


def _share(part: int, whole: int) -> float:
    return part / (whole + _DOUBT)


def is_conversation(words: Words, units: Sequence[Unit], model: LinearModel | None = None) -> bool:
    """Say whether the quotations of a document are mostly turns of conversation, as in fiction.

    An interview, by and large laid out as one, is news, and so is what was saved with its web
    address above it.

    Args:
        words: The words of the document.
        units: Its attributions.
        model: Weights of the features; those that ship with quotecraft by default.
    """
    saved = words.text[:_SITE].lstrip().startswith(("http://", "https://", "www."))
    laid_out = sum(bool(unit.layout) for unit in units)
    if saved or laid_out > _LAID_OUT * len(units):
        return False
    weights = load_models("speakers")["conversation"] if model is None else model
    return weights.score(genre_features(words, units)) > 0
