"""Pieces of quotations in order, and what the words between two neighbours tell of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve, frozen

from quotecraft.model import Sentence, Span
from quotecraft.speakers.cast.address import addressed
from quotecraft.speakers.cast.references import Cast
from quotecraft.speakers.lexicon import lexicon
from quotecraft.speakers.vocatives import is_vocative
from quotecraft.speakers.words import Words

__all__ = ["Link", "Piece", "cut_sentences", "link_pieces", "read_pieces", "reports"]

_MARKS = " ”’\"'»›_“‘«‹`\n\r\t—–-"
_CLOSING = " ”’\"'»›_`\n\r\t"
_TAG_WORDS = 12  # of a sentence that can say of the quotation before it who spoke
_VERB_WORDS = 4  # at whose start its verb stands
_FAR = 80  # words of narration that part two conversations


@frozen(weakref_slot=False)
class Piece:
    """A stretch of quotation without narration inside.

    Attributes:
        content: Where it stands.
        first: Index of its first word.
        end: Index just past its last word.
        opens: Number of the sentence that it begins in.
        closes: Number of the sentence that it ends in.
        opening: Its first word, as written.
        mark: Its last character before the closing mark.
        calls: Members whom it calls by name.
        names: Members whom it names otherwise.
        addresses: Nouns by which it addresses its hearer.
    """

    content: Span
    first: int
    end: int
    opens: int
    closes: int
    opening: str
    mark: str
    calls: frozenset[int]
    names: frozenset[int]
    addresses: frozenset[str]


@frozen(weakref_slot=False)
class Link:
    """How two neighbouring pieces stand to one another.

    Attributes:
        kind: ``"touching"`` (nothing between), ``"joined"`` (nor a sentence's end), ``"split"``
            (narration inside one sentence), ``"tagged"`` (the narration goes on from the first),
            ``"told"`` (it does not) or ``"far"``.
        leads: Whether the narration leads in to the second piece.
        sentences: How many sentences of narration stand between.
        words: How many words.
        mark: The last character of the narration.
    """

    kind: str
    leads: bool = False
    sentences: int = 0
    words: int = 0
    mark: str = ""

    @property
    def code(self) -> str:
        """The kind with what else matters of it, as a part of feature names."""
        if self.kind == "split":
            return "split:clause" if self.mark in (",", ";", ":", "—", "-") else "split:sentence"
        if self.kind not in ("tagged", "told"):
            return self.kind
        length = "one" if self.sentences == 1 else "few" if self.sentences <= 3 else "many"
        return f"{self.kind}{':lead' if self.leads else ''}:{length}"

    @property
    def tags_first(self) -> bool:
        """Whether all that stands between is one sentence that goes on from the first piece."""
        return self.kind == "tagged" and not self.leads and self.sentences == 1


def cut_sentences(
    text: str, sentences: Sequence[Sentence], contents: Sequence[Span]
) -> list[Sentence]:
    """End a sentence with every quotation that ends like one ("Why?" he asked).

    Tokenizers and corpora differ in this; here it is always done.

    Args:
        text: The text.
        sentences: Its sentences, in order.
        contents: The pieces of its quotations, in order.
    """
    ends = [
        content.end
        for content in contents
        if content.of(text).rstrip(_CLOSING)[-1:] in (".", "!", "?", "…")
    ]
    result = []
    for sentence in sentences:
        start, stop = sentence.span.start, sentence.span.end
        for end in ends[bisect_right(ends, start) : bisect_left(ends, stop)]:
            rest = end + len(text[end:stop]) - len(text[end:stop].lstrip())
            if rest < stop:
                result.append(evolve(sentence, span=Span(start, end), tokens=()))
                start = rest
        result.append(evolve(sentence, span=Span(start, stop), tokens=()))
    return result


def reports(words: Words, place: int) -> bool:
    """Say whether a word is a verb of speech."""
    return words.lower[place] in lexicon().reporting


def read_pieces(cast: Cast, contents: Sequence[Span]) -> list[Piece]:
    """Return the pieces of a text's quotations.

    Args:
        cast: The cast of the text.
        contents: Their spans, in order, none overlapping another.
    """
    return [_piece(cast, content) for content in contents]


def _piece(cast: Cast, content: Span) -> Piece:
    words = cast.words
    first, end = words.at(content.start), words.at(content.end)
    inner = content.of(words.text)
    calls: set[int] = set()
    names: set[int] = set()
    for reference in cast.within(first, end):
        called = is_vocative(words, reference.first, reference.last, content)
        (calls if called else names).add(reference.member)
    return Piece(
        content=content,
        first=first,
        end=end,
        opens=words.sentence_at(content.start + 1),
        closes=words.sentence_at(max(content.start, content.end - 2)),
        opening=words.word(first) if first < end else "",
        mark=inner.rstrip(_CLOSING)[-1:],
        calls=frozenset(calls),
        names=frozenset(names - calls),
        addresses=addressed(words, first, end, content),
    )


def link_pieces(words: Words, pieces: Sequence[Piece]) -> list[Link | None]:
    """Return how each piece stands to the one before it, ``None`` for the first.

    Args:
        words: The words of the text.
        pieces: Its pieces, in order.
    """
    links: list[Link | None] = [None] if pieces else []
    links += [_link(words, one, two) for one, two in pairwise(pieces)]
    return links


def _link(words: Words, one: Piece, two: Piece) -> Link:
    between = range(one.end, two.first)
    parted = one.closes != two.opens
    if not between:
        return Link("touching" if parted else "joined")
    mark = words.text[one.content.end : two.content.start].rstrip(_MARKS.replace("—", ""))[-1:]
    if not parted:
        return Link("split", words=len(between), mark=mark)
    sentences = [words.sentence[place] for place in between]
    leads = sentences[-1] == two.opens or mark in (",", ":")
    kind = "tagged" if _goes_on(words, one, between, sentences) else "told"
    if len(between) > _FAR:
        kind = "far"
    return Link(kind, leads, len(set(sentences)), len(between), mark)


def _goes_on(words: Words, piece: Piece, between: range, sentences: Sequence[int]) -> bool:
    """Say whether the narration behind a piece goes on from it: in its sentence, or as a tag."""
    first = between[0]
    if sentences[0] == piece.closes or words.text[words.starts[first]].islower():
        return True
    own = sentences.count(sentences[0])
    verb = any(reports(words, place) for place in between[: min(own, _VERB_WORDS)])
    return verb and own <= _TAG_WORDS
