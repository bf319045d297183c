"""Coreference by a network that reads some thousand words at once, over texts of any length.

Stanza's network (Liu et al. 2024, "MSCAW-coref", CRAC; after Dobrovolskii 2021, "Word-Level
Coreference Resolution", EMNLP) scores every word of a document against every other, so that its
memory grows with the square of the length. It gets windows of a text, which overlap; chains of two
windows that share mentions are one. ``stanza_backend.load_coreference`` makes one of these.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Lock
from typing import Protocol

from attrs import define, field, frozen

from quotecraft.model import Sentence, Span
from quotecraft.parse.interfaces import Chain
from quotecraft.parse.pieces import LONGEST_WORD, plain_text

__all__ = [
    "BLANK",
    "Cluster",
    "CoreferenceNetwork",
    "NetworkCoreference",
    "join_windows",
    "windows_of",
]

WINDOW = 2_000  # tokens read at once: a table of all pairs takes some 20 MB
OVERLAP = 500  # tokens of a window that the next one reads again
LONGEST = 128  # tokens of a sentence: Stanza's memory grows with mentions times longest sentence
BLANK = "-"  # what the network reads for a token without any visible character
_VISIBLE = "LNPS"  # letters, numbers, punctuation, symbols: first letters of Unicode categories
_LOST = "\ufffd"  # what stands for characters that can't be read

Tokens = Sequence[Span]


@frozen
class Cluster:
    """Mentions that a network takes for one person or thing.

    Attributes:
        mentions: Sentence, first token and the token behind the last, each counted from 0.
        representative: Place of the mention that tells most, ``None`` if it has none.
    """

    mentions: tuple[tuple[int, int, int], ...]
    representative: int | None = None


class CoreferenceNetwork(Protocol):
    """A network that finds coreference in the words of one window."""

    def clusters(self, sentences: Sequence[Sequence[str]]) -> Iterable[Cluster]:
        """Return who and what is mentioned.

        Args:
            sentences: The words of each sentence; none is empty.
        """
        ...


@define(eq=False)
class NetworkCoreference:
    """A ``Coreference`` by a network that is loaded when the first text is read.

    Attributes:
        load: Loads the network.
        name: Name and version, recorded in ``Document.model``.
        reliability: Probability that a chain joins a mention to whom it means.
    """

    load: Callable[[], CoreferenceNetwork]
    name: str
    reliability: float
    _network: CoreferenceNetwork | None = field(default=None, init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def chains(self, text: str, sentences: Sequence[Sentence]) -> tuple[Chain, ...]:
        """Return the chains of a text; see ``Coreference``."""
        pieces = list(_pieces(sentences))
        if not pieces:
            return ()
        with self._lock:
            if self._network is None:
                self._network = self.load()
            network = self._network
        plain = plain_text(text)
        found = []
        for window in windows_of([len(piece) for piece in pieces]):
            tokens = [pieces[number] for number in window]
            words = [[_word(plain, span) for span in piece] for piece in tokens]
            found.append([_placed(cluster, tokens) for cluster in network.clusters(words)])
        return join_windows(found)


def _pieces(sentences: Iterable[Sentence]) -> Iterator[Tokens]:
    """Yield the tokens of each sentence; a very long one comes in parts."""
    for sentence in sentences:
        spans = [token.span for token in sentence.tokens]
        for start in range(0, len(spans), LONGEST):
            yield spans[start : start + LONGEST]


def _word(plain: str, span: Span) -> str:
    """Return a token as the network reads it: of bounded length and with a visible character."""
    word = plain[span.start : min(span.end, span.start + LONGEST_WORD)].strip()
    visible = (char for char in word if char != _LOST and unicodedata.category(char)[0] in _VISIBLE)
    return word if any(visible) else BLANK


def windows_of(sizes: Sequence[int]) -> Iterator[range]:
    """Yield overlapping windows of sentences, as ranges of their numbers.

    Args:
        sizes: The number of tokens of each sentence.
    """
    start = 0
    while start < len(sizes):
        stop, total = start, 0
        while stop < len(sizes) and (stop == start or total + sizes[stop] <= WINDOW):
            total += sizes[stop]
            stop += 1
        yield range(start, stop)
        if stop == len(sizes):
            return
        following, shared = stop, 0
        while following > start + 1 and shared + sizes[following - 1] <= OVERLAP:
            following -= 1
            shared += sizes[following]
        start = following


def _placed(cluster: Cluster, pieces: Sequence[Tokens]) -> Chain | None:
    """Return the chain that a cluster of a window is in the text, ``None`` for an empty one."""
    spans = [
        Span(pieces[sentence][first].start, pieces[sentence][stop - 1].end)
        for sentence, first, stop in cluster.mentions
    ]
    if not spans:
        return None
    best = cluster.representative
    representative = max(spans, key=_fullness) if best is None else spans[best]
    return Chain(tuple(sorted(set(spans))), representative)


def _fullness(span: Span) -> tuple[int, int]:
    return len(span), -span.start


@define
class _Joined:
    spans: set[Span]
    representatives: list[Span]


def join_windows(windows: Iterable[Iterable[Chain | None]]) -> tuple[Chain, ...]:
    """Return the chains of a text from those of its windows.

    A chain goes on in the one chain of the next window that shares most mentions with it, and in no
    other: one wrong link in the overlap shall not make two people one. A mention that both windows
    hold stays where the earlier one put it. What is mentioned once only is left out.

    Args:
        windows: The chains of each window, in the order of the text.
    """
    joined: list[_Joined] = []
    owners: dict[Span, int] = {}
    for window in windows:
        chains = [chain for chain in window if chain is not None]
        known = _continued(chains, owners)
        for number, chain in enumerate(chains):
            place = known.get(number)
            if place is None:
                place = len(joined)
                joined.append(_Joined(set(), []))
            joined[place].representatives.append(chain.representative)
            for span in chain.mentions:
                if owners.setdefault(span, place) == place:
                    joined[place].spans.add(span)
    chains = [_chain(one) for one in joined if len(one.spans) > 1]
    return tuple(sorted(chains, key=lambda chain: chain.mentions))


def _continued(chains: Sequence[Chain], owners: dict[Span, int]) -> dict[int, int]:
    """Return which chain of the text each chain of a window goes on, one for one."""
    shared = Counter(
        (owners[span], number)
        for number, chain in enumerate(chains)
        for span in chain.mentions
        if span in owners
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for (place, number), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if place not in taken and number not in found:
            found[number] = place
            taken.add(place)
    return found


def _chain(one: _Joined) -> Chain:
    representatives = [span for span in one.representatives if span in one.spans]
    return Chain(tuple(sorted(one.spans)), max(representatives or sorted(one.spans), key=_fullness))
