"""The utterances of a text in order, and what the words between two neighbours tell of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve, frozen

from quotecraft.model import Sentence, Span
from quotecraft.speakers.cast.references import Cast
from quotecraft.speakers.lexicon import lexicon
from quotecraft.speakers.vocatives import forms_of_address, is_vocative
from quotecraft.speakers.words import Words

__all__ = [
    "Link",
    "Piece",
    "cut_sentences",
    "is_flat",
    "link_pieces",
    "read_pieces",
    "reports",
]

_MARKS = " ”’\"'»›_“‘«‹`\n\r\t—–-"
_CLOSING = " ”’\"'»›_`\n\r\t"
_TAG_WORDS = 12  # of a sentence that can say of the quotation before it who spoke
_VERB_WORDS = 4  # at whose start its verb stands
_BLANK = re.compile(r"\n\s*\n")
_LINES = 0.55  # paragraphs to each sentence from which on they are lines
_FAR = 80  # words of narration that part two conversations


@frozen(weakref_slot=False)
class Piece:
    """An utterance: a stretch of quotation, or several with narration inside one sentence.

    Attributes:
        contents: Where it stands.
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

    contents: tuple[Span, ...]
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
        kind: ``"touching"`` (nothing between), ``"joined"`` (nor a sentence's end), ``"tagged"``
            (the narration goes on from the first), ``"told"`` (it does not) or ``"far"``.
        leads: Whether the narration leads in to the second piece.
        sentences: How many sentences of narration stand between.
        words: How many words.
        paragraph: ``"same"`` or ``"new"`` where paragraphs tell, else empty.
    """

    kind: str
    leads: bool = False
    sentences: int = 0
    words: int = 0
    paragraph: str = ""

    @property
    def code(self) -> str:
        """The kind with what else matters of it, as a part of feature names."""
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
    """Return the utterances of a text, each with the narration inside it left out.

    Args:
        cast: The cast of the text.
        contents: The spans of its quotations, in order, none overlapping another.
    """
    groups: list[list[Span]] = []
    for content in contents:
        if groups and _goes_into(cast.words, groups[-1][-1], content):
            groups[-1].append(content)
        else:
            groups.append([content])
    return [_piece(cast, group) for group in groups]


def _goes_into(words: Words, one: Span, two: Span) -> bool:
    """Say whether narration inside a sentence is all that parts two stretches of quotation."""
    told = words.at(one.end) < words.at(two.start)
    return told and _closes(words, one) == words.sentence_at(two.start + 1)


def _closes(words: Words, content: Span) -> int:
    return words.sentence_at(max(content.start, content.end - 2))


def _piece(cast: Cast, contents: Sequence[Span]) -> Piece:
    words, text = cast.words, cast.words.text
    calls: set[int] = set()
    names: set[int] = set()
    addresses: set[str] = set()
    for content in contents:
        first, end = words.at(content.start), words.at(content.end)
        for reference in cast.within(first, end):
            called = is_vocative(words, reference.first, reference.last, content)
            (calls if called else names).add(reference.member)
        addresses |= forms_of_address(words, content)
    first, end = words.at(contents[0].start), words.at(contents[-1].end)
    return Piece(
        contents=tuple(contents),
        first=first,
        end=end,
        opens=words.sentence_at(contents[0].start + 1),
        closes=_closes(words, contents[-1]),
        opening=words.word(first) if first < end else "",
        mark=contents[-1].of(text).rstrip(_CLOSING)[-1:],
        calls=frozenset(calls),
        names=frozenset(names - calls),
        addresses=frozenset(addresses),
    )


def link_pieces(words: Words, pieces: Sequence[Piece], *, flat: bool) -> list[Link | None]:
    """Return how each piece stands to the one before it, ``None`` for the first.

    Args:
        words: The words of the text.
        pieces: Its pieces, in order.
        flat: Whether its paragraphs tell nothing, as ``is_flat`` says.
    """
    links: list[Link | None] = [None] if pieces else []
    for one, two in pairwise(pieces):
        link = _link(words, one, two)
        if not flat:
            before = words.paragraph_at(max(0, one.contents[-1].end - 1))
            here = words.paragraph_at(two.contents[0].start)
            link = evolve(link, paragraph="same" if before == here else "new")
        links.append(link)
    return links


def is_flat(text: str, sentences: Sequence[Sentence]) -> bool:
    """Say whether a text has lost its paragraphs: no blank line, and nearly a line a sentence.

    Args:
        text: The text.
        sentences: Its sentences, in order.
    """
    paragraphs = len({sentence.paragraph for sentence in sentences})
    return not _BLANK.search(text) and paragraphs >= _LINES * len(sentences)


def _link(words: Words, one: Piece, two: Piece) -> Link:
    between = range(one.end, two.first)
    parted = one.closes != two.opens
    if not between:
        return Link("touching" if parted else "joined")
    mark = words.text[one.contents[-1].end : two.contents[0].start].rstrip(_MARKS)[-1:]
    sentences = [words.sentence[place] for place in between]
    leads = sentences[-1] == two.opens or mark in (",", ":")
    kind = "tagged" if _goes_on(words, one, between, sentences) else "told"
    if len(between) > _FAR:
        kind = "far"
    return Link(kind, leads, len(set(sentences)), len(between))


def _goes_on(words: Words, piece: Piece, between: range, sentences: Sequence[int]) -> bool:
    """Say whether the narration behind a piece goes on from it: in its sentence, or as a tag."""
    first = between[0]
    if sentences[0] == piece.closes or words.text[words.starts[first]].islower():
        return True
    own = sentences.count(sentences[0])
    verb = any(reports(words, place) for place in between[: min(own, _VERB_WORDS)])
    return verb and own <= _TAG_WORDS
