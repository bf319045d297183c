"""What the letters of a name tell of its kind.

Surnames and given names are spelled otherwise than companies ("-sky", "-corp"); which letters tell
what, the weights of ``name_kinds`` learn.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["spelling_features"]

_SIZES = (3, 4)  # letters of a piece
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


def _pieces(word: str) -> Iterator[str]:
    for size in _SIZES:
        for start in range(len(word) - size + 1):
            yield word[start : start + size]
