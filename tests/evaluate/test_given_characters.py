"""Speakers judged with the list of characters given, as papers on PDNC do."""

from __future__ import annotations

import pytest
from attrs import evolve

import quotecraft
from quotecraft.errors import InputError
from quotecraft.evaluate.given import GIVEN, GoldContents, gold_resolver
from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span, Speaker, SpeakerId
from quotecraft.speakers.interfaces import Resolution

PIPE = quotecraft.load()
TEXT = (
    "“It is late,” said Lizzy.\n\n“It is early,” said the inspector.\n\n"
    "“It is noon,” said Carlo Vance.\n\n“Good,” she said."
)


def _gold() -> Document:
    spans = [Span(0, 13), Span(27, 42)]
    people = [
        Speaker(SpeakerId("a"), "Elizabeth Bennet", "person", ("Lizzy",)),
        Speaker(SpeakerId("b"), "Abel Moss", "person", ("the inspector",)),
    ]
    quotes = [
        Quote(QuoteId(f"q{n}"), QuoteKind.DIRECT, (span,), speaker=person.id)
        for n, (span, person) in enumerate(zip(spans, people, strict=True))
    ]
    return Document("scene", TEXT, quotes=tuple(quotes), speakers=tuple(people))


def test_the_characters_are_told_by_the_names_of_the_list() -> None:
    """Each gold quotation gets somebody of the list, under the name that it has there."""
    gold = _gold()
    resolver = gold_resolver("characters", gold, PIPE.resolver)
    pipe = evolve(PIPE, detector=GoldContents(PIPE.detector, gold), resolver=resolver)
    document = pipe(TEXT)
    assert [quote.speaker_name for quote in document.quotes] == ["Elizabeth Bennet", "Abel Moss"]
    assert "Carlo Vance" not in [speaker.name for speaker in document.speakers]


def test_another_resolver_takes_no_list() -> None:
    """What can't be told who the characters are is refused, not measured without them."""

    class Silent:
        name = "silent"

        def resolve(self, *_: object) -> Resolution:
            return Resolution((), ())

    with pytest.raises(InputError, match="list of people"):
        gold_resolver("characters", _gold(), Silent())
    assert GIVEN[0] == "quotations"
