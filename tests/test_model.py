"""Invariants of the data model."""

import copy
import pickle
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from quotecraft import model
from quotecraft.errors import InvalidModelError
from quotecraft.model import (
    Confidence,
    Document,
    Level,
    Mention,
    MentionKind,
    Quote,
    QuoteKind,
    Sentence,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Token,
)
from tests.strategies import documents, texts

TEXT = "“Yes,” Ana Ruiz told Tom. “No.”"
ANA = Speaker("s1", "Ana Ruiz", aliases=["Ruiz", "Ana"])
TOM = Speaker("s2", "Tom")


def quote(**changes: Any) -> Quote:
    """Return a valid quote, some of its attributes replaced."""
    values = {"id": "q1", "kind": "direct", "content": [Span(0, 6), Span(26, 31)], **changes}
    return Quote(**values)


def document(*quotes: Quote, **changes: Any) -> Document:
    """Return a valid document of some quotes."""
    return Document(
        **{"id": "d", "text": TEXT, "quotes": quotes, "speakers": [ANA, TOM], **changes}
    )


spans = st.tuples(st.integers(0, 40), st.integers(1, 40)).map(lambda p: Span(p[0], p[0] + p[1]))


# --- spans


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


# --- every valid document


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


# --- what is refused


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"content": []}, "quote 'q1' has no content span; it needs at least one"),
        ({"content": [Span(3, 6), Span(0, 2)]}, "content spans overlap or are out of order"),
        ({"content": [Span(0, 6), Span(5, 8)]}, r"\[0, 6\) then \[5, 8\)"),
        ({"cue": [Span(16, 20), Span(18, 22)]}, "cue spans overlap"),
        ({"source": [Span(16, 20), Span(2, 3)]}, "source spans overlap or are out of order"),
        ({"cue": [Span(5, 8)]}, r"content, cue and source overlap at \[5, 6\)"),
        ({"cue": [Span(7, 9)], "source": [Span(8, 15)]}, r"overlap at \[8, 9\)"),
    ],
)
def test_bad_quotes_are_refused(changes: dict[str, Any], message: str) -> None:
    """A quote whose spans contradict one another can't be made, and the message says where."""
    with pytest.raises(InvalidModelError, match=message):
        quote(**changes)


def test_touching_spans_are_fine() -> None:
    """Spans that meet end to start don't overlap."""
    touching = quote(content=[Span(0, 3), Span(3, 6)], cue=[Span(6, 7)], source=[Span(7, 9)])
    assert (Span(0, 3), Span(3, 6)) == touching.content


@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan"), float("inf")])
@pytest.mark.parametrize("name", ["content", "source", "speaker"])
def test_confidences_are_probabilities(name: str, value: float) -> None:
    """Each confidence lies in [0, 1]; NaN does not."""
    with pytest.raises(InvalidModelError, match=rf"confidence\.{name} is .* in \[0, 1\]"):
        Confidence(**{name: value})


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: document(quote(content=[Span(0, 99)])),
            "quote 'q1': span .* outside the text of 31",
        ),
        (lambda: document(quote(cue=[Span(31, 32)])), r"span \[31, 32\) lies outside the text"),
        (lambda: document(quote(), quote()), "two quotes have id 'q1'"),
        (lambda: document(speakers=[ANA, ANA]), "two speakers have id 's1'"),
        (lambda: document(quote(speaker="s9")), "quote 'q1': speaker 's9' does not exist"),
        (lambda: document(quote(addressee="s9")), "addressee 's9' does not exist"),
        (lambda: document(quote(parent="q9")), "parent 'q9' does not exist"),
        (lambda: document(quote(parent="q1")), "own ancestor"),
        (
            lambda: document(quote(content=[Span(5, 6)]), quote(id="q2", content=[Span(4, 5)])),
            "quote 'q2' is out of text order; sort quotes by first span",
        ),
        (
            lambda: document(speakers=[_mentioned(Span(4, 5), Span(2, 3))]),
            "speaker 's1': mentions are out of text order",
        ),
        (
            lambda: document(speakers=[_mentioned(Span(30, 32))]),
            "speaker 's1': span .* outside the text",
        ),
    ],
)
def test_bad_documents_are_refused(make: Callable[[], Document], message: str) -> None:
    """A document that would break an invariant can't be made; the message names the place."""
    with pytest.raises(InvalidModelError, match=message) as caught:
        make()
    assert str(caught.value).startswith("document 'd'")


def _mentioned(*places: Span) -> Speaker:
    return Speaker("s1", "Ana", mentions=[Mention(place, "name") for place in places])


def test_evolve_checks_again() -> None:
    """A changed copy that would break an invariant is refused like a new document."""
    with pytest.raises(InvalidModelError, match="outside the text of 5"):
        evolve(document(quote()), text="short")
    with pytest.raises(InvalidModelError, match="'s1' does not exist"):
        evolve(document(quote(speaker="s1")), speakers=[])


# --- binding


def test_quotes_know_their_document() -> None:
    """In a document a quote tells its words and its speaker's name."""
    (bound,) = document(
        quote(cue=[Span(16, 20)], source=[Span(7, 15)], speaker="s1", addressee="s2")
    ).quotes
    assert bound.text == "“Yes,” … “No.”"
    assert (bound.cue_text, bound.source_text) == ("told", "Ana Ruiz")
    assert (bound.speaker_name, bound.addressee_name) == ("Ana Ruiz", "Tom")


def test_unknown_links_are_none_and_empty() -> None:
    """Without cue, source, speaker or addressee there are no words and no names."""
    (bound,) = document(quote()).quotes
    assert (
        bound.cue_text,
        bound.source_text,
        bound.speaker_name,
        bound.addressee_name,
    ) == ("", "", None, None)


@pytest.mark.parametrize("name", ["text", "cue_text", "source_text", "speaker_name"])
def test_a_quote_of_no_document_says_so(name: str) -> None:
    """A quote outside a document has no words; the error says how to get them."""
    with pytest.raises(InvalidModelError, match="put it into a Document"):
        getattr(quote(), name)


def test_binding_is_no_part_of_equality() -> None:
    """A quote is equal to itself in a document, and its repr stays short."""
    (bound,) = document(quote()).quotes
    assert quote() == bound
    assert repr(quote()) == repr(bound)
    assert TEXT not in repr(document(quote()))


def test_binding_follows_into_another_document() -> None:
    """A quote moved to another document speaks of that one."""
    (bound,) = document(quote(speaker="s1")).quotes
    other = Document("e", TEXT.upper(), quotes=[bound], speakers=[evolve(ANA, name="A. R.")])
    assert (other.quotes[0].text, other.quotes[0].speaker_name) == ("“YES,” … “NO.”", "A. R.")
    assert bound.text == "“Yes,” … “No.”"


# --- looking up


def test_quotes_by_takes_speaker_id_name_or_alias() -> None:
    """A speaker may be given as object, id, name or alias; an id goes before a name."""
    first, second = quote(speaker="s1"), quote(id="q2", content=[Span(26, 31)], speaker="s2")
    found = document(first, second, speakers=[ANA, evolve(TOM, name="s1")])
    assert [
        tuple(q.id for q in found.quotes_by(key)) for key in (ANA, "s1", "Ana Ruiz", "Ruiz")
    ] == [("q1",)] * 4
    assert found.quotes_by("nobody") == ()


def test_a_shared_name_gives_all_its_quotes() -> None:
    """A name that two speakers share gives the quotes of both."""
    both = [evolve(ANA, name="Kim"), evolve(TOM, name="Kim")]
    first, second = quote(speaker="s1"), quote(id="q2", content=[Span(26, 31)], speaker="s2")
    found = document(first, second, speakers=both)
    assert [q.id for q in found.quotes_by("Kim")] == ["q1", "q2"]


def test_unknown_ids_are_key_errors() -> None:
    """Asking for a quote that is not there is a KeyError with its id."""
    for ask in (document().quote, document().speaker):
        with pytest.raises(KeyError, match="q7"):
            ask("q7")


# --- values


def test_values_may_be_given_as_strings() -> None:
    """Kinds, levels and stances may be given by value."""
    given_quote = quote(kind="mixed", level="thought", stance="denying")
    assert (
        given_quote.kind,
        given_quote.level,
        given_quote.stance,
    ) == (QuoteKind.MIXED, Level.THOUGHT, Stance.DENYING)
    assert Speaker("s1", "they", "group").kind == SpeakerKind.GROUP
    assert Mention(Span(0, 1), "pronoun").kind == MentionKind.PRONOUN


def test_lists_become_tuples() -> None:
    """Whatever iterable is given, attributes are tuples that nobody can change."""
    made = document(
        quote(evidence=["a", "b"]), sentences=[Sentence(Span(0, 6), (Token(Span(0, 1)),))]
    )
    assert (Span(0, 6), Span(26, 31)) == made.quotes[0].content
    assert made.quotes[0].evidence == ("a", "b")
    assert made.speakers[0].aliases == ("Ruiz", "Ana")
    assert isinstance(made.sentences, tuple)


@pytest.mark.parametrize("thing", [Span(0, 1), quote(), ANA, document(), Confidence()])
def test_nothing_can_be_changed_in_place(thing: object) -> None:
    """Objects are frozen, and have no room for other attributes."""
    with pytest.raises(FrozenInstanceError):
        thing.id = "x"  # type: ignore[attr-defined]
    assert not hasattr(thing, "__dict__")


def test_given_mappings_are_copied() -> None:
    """Changing a mapping after it was given changes no document."""
    metadata, extra = {"title": "A"}, {"x": 1}
    made = document(quote(extra=extra), metadata=metadata, extra=extra)
    metadata["title"], extra["x"] = "B", 2
    assert (made.metadata, made.extra, made.quotes[0].extra) == ({"title": "A"}, {"x": 1}, {"x": 1})


def test_sentences_are_no_part_of_equality() -> None:
    """Sentences can be found again from the text, so they don't tell documents apart."""
    assert document() == document(sentences=[Sentence(Span(0, 6), ())])


def test_empty_text_is_a_document() -> None:
    """A document may have no text, and then it has no quotes."""
    assert (Document("d", "").quotes, Document("d", "").speakers) == ((), ())


def test_public_names_exist() -> None:
    """Every name that the module offers is there."""
    assert [name for name in model.__all__ if not hasattr(model, name)] == []


@pytest.mark.parametrize(
    ("make", "known"),
    [
        (lambda: Quote("q1", "shouted", (Span(0, 1),)), "direct"),
        (lambda: Quote("q1", "direct", (Span(0, 1),), stance="cross"), "neutral"),
        (lambda: Quote("q1", "direct", (Span(0, 1),), level="dream"), "thought"),
        (lambda: Speaker("s1", "Ana", kind="robot"), "person"),
        (lambda: Mention(Span(0, 1), "nod"), "pronoun"),
    ],
)
def test_an_unknown_kind_is_named_with_the_known_ones(make: Callable[[], object], known: str):
    """A value outside a closed list is an error of ours that lists what there is."""
    with pytest.raises(InvalidModelError, match=known):
        make()


def test_parents_must_not_form_a_circle():
    """Two quotations can't stand inside one another."""
    quotes = [
        Quote("q1", "direct", (Span(0, 1),), parent="q2"),
        Quote("q2", "direct", (Span(0, 1),), parent="q1"),
    ]
    with pytest.raises(InvalidModelError, match="ancestor"):
        Document("d", "text", quotes=quotes)
