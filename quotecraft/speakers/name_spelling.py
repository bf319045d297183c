"""What the letters of a name tell of its kind.

Surnames and given names are spelled otherwise than companies ("-sky", "-corp"); which letters tell
what, the weights of ``name_kinds`` learn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

__all__ = ["Surnames", "familiar", "spelling_features"]

_SIZES = (3, 4)  # letters of a piece
_STEM = 3  # letters that a familiar name has of the full one
_LONGEST = 24  # letters of a word that are looked at


def spelling_features(key: tuple[str, ...]) -> dict[str, float]:
    """Return the pieces of letters of the first and the last word of a name.

    Args:
        key: The words of a name, lower-case and without accents.
    """
    found: dict[str, float] = {}
    ends = (("first", key[0]), ("last", key[-1])) if len(key) > 1 else (("only", key[0]),)
    for place, word in ends:
        whole = f"^{word[:_LONGEST]}$"
        weight = max(1, len(whole) - _SIZES[0] + 1) ** -0.5
        found.update((f"{place}:{piece}", weight) for piece in _pieces(whole))
    return found


class Surnames:
    """The surnames of a document, to be found by another spelling.

    Words that differ in one letter are equal once one letter is left out of each (Garbe 2012,
    "SymSpell").

    Args:
        surnames: Each surname, lower-case, with the number of who bears it.
    """

    def __init__(self, surnames: Iterable[tuple[str, int]]) -> None:
        self._known: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for surname, number in surnames:
            for spelling in _shorter(surname):
                self._known[spelling].add((surname, number))

    def near(self, word: str) -> frozenset[int]:
        """Return who bears a surname that differs from a word in one letter.

        Args:
            word: Lower-case.
        """
        found = {one for spelling in _shorter(word) for one in self._known.get(spelling, ())}
        return frozenset(number for surname, number in found if _one_apart(word, surname))


def _shorter(word: str) -> Iterator[str]:
    yield word
    for place in range(min(len(word), _LONGEST)):
        yield word[:place] + word[place + 1 :]


def _one_apart(one: str, two: str) -> bool:
    """Say whether two words differ in one letter, another, more, or less, or have two swapped."""
    short, long = sorted((one, two), key=len)
    if len(long) - len(short) > 1 or short == long:
        return False
    same = 0
    while same < len(short) and short[same] == long[same]:
        same += 1
    swapped = (
        one[same : same + 2] == two[same : same + 2][::-1] and one[same + 2 :] == two[same + 2 :]
    )
    return swapped or short[same + (len(short) == len(long)) :] == long[same + 1 :]


def familiar(short: str, full: str) -> bool:
    """Say whether a given name is a familiar form of another, as "Winnie" is of "Winifred".

    Args:
        short: The familiar form, lower-case.
        full: The other.
    """
    stem = short[:-2] if short.endswith("ie") else short[:-1] if short.endswith("y") else ""
    if len(stem) > 3 and stem[-1] == stem[-2]:
        stem = stem[:-1]
    return len(stem) >= _STEM and len(full) > len(short) and full.startswith(stem)


def _pieces(word: str) -> Iterator[str]:
    for size in _SIZES:
        for start in range(len(word) - size + 1):
            yield word[start : start + size]
