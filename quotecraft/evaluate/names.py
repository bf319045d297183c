"""Which gold speaker a predicted speaker stands for, told by their names alone.

A system that reads raw text makes its own list of speakers, so its speakers are compared with gold
ones by name. Each predicted speaker stands for at most one gold speaker: a system that merges
everybody into one speaker with every alias can't be right about all of them.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from quotecraft.model import Speaker, SpeakerId

__all__ = ["normal_name", "stand_ins", "untitled_name"]

ARTICLES = frozenset({"a", "an", "the"})
_TITLES = """
admiral aunt baron baroness bishop brother captain capt cardinal chairman chairwoman chancellor
chief col colonel commissioner constable councillor count countess dame detective dr doctor
duchess duke father gen general gov governor inspector judge justice king lady lieutenant lord
lt madam madame mademoiselle maj major mayor minister miss mlle mme monsieur mother mr mrs ms
mx officer pope premier president prime prince princess private prof professor queen rabbi rep
representative rev reverend sen senator sergeant sgt sheikh sir sister spokesman spokeswoman
uncle
"""
TITLES = frozenset(_TITLES.split())
_KEPT = 20_000  # names whose plain forms are remembered


@lru_cache(maxsize=_KEPT)
def normal_name(name: str) -> str:
    """Return a name for comparing: NFKC, case-folded, no punctuation, no leading article."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    words = "".join(c if c.isalnum() else " " for c in _without_apostrophes(folded)).split()
    while len(words) > 1 and words[0] in ARTICLES:
        words.pop(0)
    return " ".join(words)


def _without_apostrophes(name: str) -> str:
    return name.replace("'", "").replace("’", "")


@lru_cache(maxsize=_KEPT)
def untitled_name(name: str) -> str:
    """Return ``normal_name`` without the titles before it ("Mr. Darcy" → "darcy")."""
    words = normal_name(name).split()
    while len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    return " ".join(words)


def stand_ins(
    predicted: Iterable[Speaker], gold: Sequence[Speaker]
) -> dict[SpeakerId, SpeakerId | None]:
    """Return the gold speaker that each predicted speaker stands for.

    The predicted name decides when some gold speaker has it as name or alias; else the predicted
    aliases vote. Names are first compared as wholes, then without titles, unless both have one (so
    that "Mrs. Bennet" is never "Mr. Bennet"). Of several gold speakers with the name, the one that
    shares most aliases is taken, of those the one whose main name it is, of those the one who is
    written the same, article and all ("A Waiter", "The Waiter"); a tie tells nothing.

    Returns:
        Gold id, or ``None`` when no name tells, for every predicted id.
    """
    exact = _index(gold, normal_name)
    loose = _index(gold, untitled_name)
    return {speaker.id: _stand_in(speaker, exact, loose, gold) for speaker in predicted}


Index = dict[str, set[tuple[SpeakerId, bool]]]  # name → (gold id, whether it was titled)


def _index(gold: Sequence[Speaker], key: Callable[[str], str]) -> Index:
    index: Index = {}
    for speaker in gold:
        for name in (speaker.name, *speaker.aliases):
            index.setdefault(key(name), set()).add((speaker.id, _titled(name)))
    return index


def _titled(name: str) -> bool:
    return normal_name(name) != untitled_name(name)


def _stand_in(
    speaker: Speaker, exact: Index, loose: Index, gold: Sequence[Speaker]
) -> SpeakerId | None:
    votes = Counter(
        one for alias in {speaker.name, *speaker.aliases} for one in _named(alias, exact, loose)
    )
    candidates = _named(speaker.name, exact, loose) or set(votes)
    best = max((votes[one] for one in candidates), default=0)
    winners = {one for one in candidates if votes[one] == best}
    if len(winners) > 1:
        winners &= _called(speaker.name, gold, normal_name)
    if len(winners) > 1:
        winners &= _called(speaker.name, gold, str.casefold)
    return winners.pop() if len(winners) == 1 else None


def _called(name: str, gold: Sequence[Speaker], key: Callable[[str], str]) -> set[SpeakerId]:
    return {other.id for other in gold if key(other.name) == key(name)}


def _named(name: str, exact: Index, loose: Index) -> set[SpeakerId]:
    found = {gold for gold, _ in exact.get(normal_name(name), ())}
    if found:
        return found
    titled = _titled(name)
    return {gold for gold, other in loose.get(untitled_name(name), ()) if not (titled and other)}
