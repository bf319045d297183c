"""What the data model refuses, and how it says so."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from quotecraft.errors import InvalidModelError
from quotecraft.model import (
    Confidence,
    Document,
    Mention,
    Quote,
    Span,
    Speaker,
)
from tests.model.sample import ANA, document, quote


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
        (
            lambda: document(speakers=[Speaker("s1", "Ana and Tom", members=["s9"])]),
            "speaker 's1': member 's9' does not exist",
        ),
        (
            lambda: document(speakers=[Speaker("s1", "Ana and Tom", members=["s1"])]),
            "speaker 's1': member 's1' is the group itself",
        ),
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
