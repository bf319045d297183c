"""The unit that is scored: which alphanumeric characters of a text a set of spans covers.

Edge punctuation, quotation marks and spaces count for nothing, and discontinuous content is one
set. A set is kept as a few half-open ranges over the *alphanumeric axis*, on which the n-th
alphanumeric character of the text has place n; so equal sets are equal tuples, and sizes and
overlaps need no walk over characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from quotecraft.model import Span

__all__ = ["Axis", "Unit", "jaccard", "overlap", "size"]

Unit = tuple[tuple[int, int], ...]
"""A set of characters: ordered, disjoint, non-touching ranges on an ``Axis``."""


@define
class Axis:
    """The alphanumeric axis of one text.

    A span without any alphanumeric character ("...") would be an empty set; it is kept on a second
    axis, of the characters that are no white space, which lies past the end of the first, and one
    of white space alone on a third, of all characters.

    Attributes:
        text: The text.
        counted: For each axis, the flags that say which code points it counts.
    """

    text: str
    counted: tuple[NDArray[np.bool_], ...] = field(init=False, repr=False)
    _places: tuple[NDArray[np.int64], ...] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        codes = np.frombuffer(self.text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        used, which = np.unique(codes, return_inverse=True)  # a text has few different characters
        characters = [chr(code) for code in used]
        self.counted = (
            np.array([c.isalnum() for c in characters], dtype=np.bool_)[which],
            np.array([not c.isspace() for c in characters], dtype=np.bool_)[which],
            np.ones(len(self.text), dtype=np.bool_),
        )
        room = len(self.text) + 1  # no axis is longer
        self._places = tuple(_cumulated(flags) + n * room for n, flags in enumerate(self.counted))

    def unit(self, spans: Iterable[Span]) -> Unit:
        """Return the set of characters that spans cover; empty only when there is no span."""
        pieces = sorted(spans)
        return next(filter(None, (_ranges(places, pieces) for places in self._places)), ())


def _cumulated(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    places = np.zeros(len(flags) + 1, dtype=np.int64)
    np.cumsum(flags, out=places[1:])
    return places


def _ranges(places: NDArray[np.int64], spans: Sequence[Span]) -> Unit:
    joined: list[tuple[int, int]] = []
    for span in spans:
        start, end = int(places[span.start]), int(places[span.end])
        if start == end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def size(unit: Unit) -> int:
    """Return how many characters a set holds."""
    return sum(end - start for start, end in unit)


def overlap(left: Unit, right: Unit) -> int:
    """Return how many characters two sets of the same text share."""
    shared = i = j = 0
    while i < len(left) and j < len(right):
        shared += max(0, min(left[i][1], right[j][1]) - max(left[i][0], right[j][0]))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return shared


def jaccard(left: Unit, right: Unit) -> float:
    """Return the Jaccard index of two sets, in [0, 1]; that of two empty sets is 1."""
    shared = overlap(left, right)
    union = size(left) + size(right) - shared
    return shared / union if union else 1.0
