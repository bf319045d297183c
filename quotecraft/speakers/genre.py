"""Whether a document is conversation, as fiction is, or quotes its sources, as news does.

In conversation a quotation that stands alone is answered by somebody else; in news it goes on with
the speaker before it. The two are told apart by what is said inside the quotation marks, by the
tense of what tells that it is said, and by how people are named: news names them in full.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotecraft.speakers.linear import LinearModel, load_models
from quotecraft.speakers.mentions import NameIndex
from quotecraft.speakers.own_kinds import NameKind
from quotecraft.speakers.units import Unit
from quotecraft.speakers.words import QUOTED

__all__ = ["genre_features", "is_conversation"]

_DOUBT = 3.0  # added to every total, so that two or three quotations prove little
_SITE = 20  # code points in which an address above a text begins
_LAID_OUT = 0.1  # share of attributions laid out as turns of an interview that make a text one: in
# interviews of the English Worldwide Newswire 0.3 and more, in a novel now and then a line
_SHORT = 60  # code points of a quotation that can be a turn of conversation
_SECOND = frozenset(("you", "your", "yours", "thou", "thee", "yourself"))
_NO_PRESENT = frozenset(("was", "has", "is", "does", "as", "its", "his", "this"))
_NARRATED = frozenset(("he", "she", "him", "her", "his", "i", "me", "my", "herself", "himself"))


def genre_features(index: NameIndex, units: Sequence[Unit]) -> dict[str, float]:
    """Return the shares by which conversation is told from quoted sources.

    Args:
        index: The names of the document, their kinds as in news.
        units: Its attributions.

    Returns:
        ``asks``: quotations that end in a question or exclamation; ``short``: short ones;
        ``silent``: those without a source; ``second``: those that say "you"; ``indirect``:
        attributions without quotation marks; ``narrated``: how often the narration says "she",
        "him", "my"; ``digits``: how often it has figures; ``present``: cues that say
        something now ("says"); ``full``: names of persons in the narration of more than one word.
    """
    words = index.words
    text = words.text
    top = [unit for unit in units if not unit.nested]
    direct = [unit for unit in top if unit.direct]
    ends = [text[max(unit.start, unit.end - 4) : unit.end].rstrip("\"'”’»_ \n") for unit in direct]
    told = narrated = digits = 0
    for place, word in enumerate(words.lower):
        if not words.flags[place] & QUOTED:
            told += 1
            narrated += word in _NARRATED
            digits += word[0].isdigit()
    second = sum(
        any(words.lower[place] in _SECOND for place in words.within_offsets(unit.start, unit.end))
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
        "present": _present(text, top),
        "full": _full(index),
    }


def _present(text: str, units: Sequence[Unit]) -> float:
    """Return the share of the cues that are in the present tense."""
    cues = [text[u.cue.start : u.cue.end].lower().split() for u in units if u.cue is not None]
    return _share(sum(any(map(_is_present, cue)) for cue in cues), len(cues))


def _is_present(word: str) -> bool:
    return word.endswith("s") and not word.endswith("ss") and word not in _NO_PRESENT


def _full(index: NameIndex) -> float:
    """Return the share of persons' names, outside quotation marks, that have several words."""
    people = [
        name
        for place, name in enumerate(index.mentions)
        if index.kind(place) is NameKind.PERSON and not index.words.has(name.first, QUOTED)
    ]
    return _share(sum(len(name.core) > 1 for name in people), len(people))


def _share(part: int, whole: int) -> float:
    return part / (whole + _DOUBT)


def is_conversation(
    index: NameIndex, units: Sequence[Unit], model: LinearModel | None = None
) -> bool:
    """Say whether the quotations of a document are mostly turns of conversation, as in fiction.

    An interview, by and large laid out as one, is news, and so is what was saved with its web
    address above it.

    Args:
        index: The names of the document, their kinds as in news.
        units: Its attributions.
        model: Weights of the features; those that ship with quotecraft by default.
    """
    saved = index.words.text[:_SITE].lstrip().startswith(("http://", "https://", "www."))
    laid_out = sum(bool(unit.layout) for unit in units)
    if saved or laid_out > _LAID_OUT * len(units):
        return False
    weights = load_models("speakers")["conversation"] if model is None else model
    return weights.score(genre_features(index, units)) > 0
