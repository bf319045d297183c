"""What holds for every span and every valid document."""

import copy
import pickle
from itertools import pairwise

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import InvalidModelError
from quotecraft.model import (
    Document,
    Span,
)
from tests.strategies import documents, texts

spans = st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda p: Span(p[0], p[0] + p[1]))


@given(texts(), spans)
def test_a_span_is_a_slice(text: str, span: Span) -> None:
    """A span names text[start:end], and its length is the number of code points."""
    assert text[span.start : span.end] == span.of(text)
    assert span.end - span.start == len(span)


@given(spans, spans)
def test_spans_overlap_when_they_share_a_place(left: Span, right: Span) -> None:
    """Overlap and cover are those of the sets of places."""
    ours, theirs = set(range(left.start, left.end)), set(range(right.start, right.end))
    assert bool(ours & theirs) == left.overlaps(right) == right.overlaps(left)
    assert (theirs <= ours) == left.covers(right)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2), (0, 0), (-3, -1)])
def test_empty_and_reversed_spans_are_refused(start: int, end: int) -> None:
    """A span holds at least one code point, from 0 on."""
    with pytest.raises(InvalidModelError, match=r"empty, reversed or negative; .* code points"):
        Span(start, end)


@given(st.lists(spans))
def test_spans_sort_in_text_order(given_spans: list[Span]) -> None:
    """Spans sort by start, then by end."""
    assert sorted((s.start, s.end) for s in given_spans) == [
        (s.start, s.end) for s in sorted(given_spans)
    ]


@given(documents())
def test_spans_lie_inside_the_text_and_apart(given_document: Document) -> None:
    """Spans of a quote lie inside the text, in order, and don't overlap."""
    for each in given_document.quotes:
        pieces = sorted((*each.content, *each.cue, *each.source))
        assert all(left.end <= right.start for left, right in pairwise(pieces))
        assert pieces[-1].end <= len(given_document.text)
        for part in (each.content, each.cue, each.source):
            assert sorted(part) == list(part)


@given(documents())
def test_quotes_are_in_text_order(given_document: Document) -> None:
    """Quotes stand in the order of their first content span."""
    starts = [each.content[0].start for each in given_document.quotes]
    assert sorted(starts) == starts


@given(documents())
def test_ids_resolve(given_document: Document) -> None:
    """Every speaker, addressee and parent that a quote names is in the document."""
    for each in given_document.quotes:
        assert each == given_document.quote(each.id)
        speaker = given_document.speaker(each)
        assert each.speaker == (speaker.id if speaker else None)
        assert speaker == given_document.speaker(each.id)
        assert each.speaker_name == (speaker.name if speaker else None)
        assert each.parent is None or given_document.quote(each.parent)


@given(documents())
def test_words_are_slices_of_the_text(given_document: Document) -> None:
    """A quote's words are exact slices, joined by an ellipsis."""
    text = given_document.text
    for each in given_document.quotes:
        assert " … ".join(text[s.start : s.end] for s in each.content) == each.text
        assert given_document.text_of(each.cue) == each.cue_text
        assert given_document.text_of(each.source) == each.source_text
        assert given_document.text_of(each.content[0]) == each.content[0].of(text)


@given(documents())
def test_every_quote_has_at_most_one_speaker(given_document: Document) -> None:
    """quotes_by shares the quotes out: each to its speaker, in text order, none twice."""
    shared = [q for s in given_document.speakers for q in given_document.quotes_by(s)]
    attributed = [q for q in given_document.quotes if q.speaker is not None]
    assert sorted(q.id for q in attributed) == sorted(q.id for q in shared)
    for speaker in given_document.speakers:
        theirs = given_document.quotes_by(speaker)
        assert tuple(q for q in attributed if q.speaker == speaker.id) == theirs
        assert theirs == given_document.quotes_by(speaker.id)


@given(documents())
def test_documents_can_be_pickled_and_copied(given_document: Document) -> None:
    """A document survives the way to another process and back, quotes still bound."""
    for again in (
        pickle.loads(pickle.dumps(given_document)),
        copy.deepcopy(given_document),
        copy.copy(given_document),
    ):
        assert given_document == again
        assert [q.text for q in given_document.quotes] == [q.text for q in again.quotes]
        assert given_document.extra == again.extra


@given(documents())
def test_equal_documents_hash_alike(given_document: Document) -> None:
    """Documents, quotes and speakers can be in sets."""
    again = copy.deepcopy(given_document)
    assert hash(given_document) == hash(again)
    assert len({given_document, again}) == 1
    assert len(given_document.quotes) == len({*given_document.quotes, *again.quotes})


@given(documents())
def test_evolve_keeps_the_invariants(given_document: Document) -> None:
    """A changed copy is a valid document whose quotes know its own text."""
    shifted = evolve(
        given_document, text=given_document.text.swapcase()[: len(given_document.text)]
    )
    assert given_document.quotes == shifted.quotes
    for each in shifted.quotes:
        assert shifted.text_of(each.content) == each.text
