"""Interviews of which only the shape is left: who is "I" in what answers, and in what asks."""

from __future__ import annotations

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind, Span
from tests.speakers.sample import indirect, resolve, span, speaker_names

_OPENING = "Tom Lee has built boats in Marrow for 20 years. We met Lee at his yard."


def _mine(text: str, cue: str, content: str) -> Attribution:
    """Return what "I" says by a cue."""
    start = text.index(f"I {cue}")
    return Attribution((span(text, content),), QuoteKind.INDIRECT, source=(Span(start, start + 1),))


def _speakers(title: str, opening: str = _OPENING, second: str = "Is it true?") -> list[str | None]:
    text = (
        f"{title}\n\n{opening}\n\nHow did you begin?\n\n"
        "With my father. I thought that he was the best builder on the coast.\n\n"
        f"I heard that you once sank a boat. {second}\n\n"
        "Once. I believe that the wood was rotten. He said that it was oak.\n"
    )
    said = (
        _mine(text, "thought", "he was the best builder on the coast"),
        _mine(text, "heard", "you once sank a boat"),
        _mine(text, "believe", "the wood was rotten"),
    )
    return speaker_names(resolve(text, said))


def test_in_an_interview_i_is_who_answers_and_who_asks() -> None:
    """The byline tells who asks, the opening who answers."""
    assert _speakers("Interview by Ana Ruiz") == ["Tom Lee", "Ana Ruiz", "Tom Lee"]


def test_without_a_byline_nobody_asks() -> None:
    """What a question reports is not the guest's."""
    assert _speakers("An interview on boats") == ["Tom Lee", None, "Tom Lee"]


def test_two_who_are_named_alike_are_neither_the_guest() -> None:
    """Where the opening names two people as often, the answers are nobody's in particular."""
    found = _speakers(
        "An interview on boats", "Tom Lee and Ann Roe have built 40 boats in Marrow since 2003."
    )
    assert found == [None, None, None]


def test_an_essay_that_asks_is_the_authors() -> None:
    """Without an announcement, paragraphs that ask are the author's own."""
    assert _speakers("By Ana Ruiz") == ["Ana Ruiz"] * 3


def test_one_question_makes_no_interview() -> None:
    """A single paragraph that asks may stand in any report of an interview."""
    assert _speakers("The interview\n\nBy Ana Ruiz", second="It is true.") == ["Ana Ruiz"] * 3


def test_he_is_not_who_says_i() -> None:
    """Who answers as "I" is not whom a "he" behind it goes on with."""
    text = (
        f"An interview\n\n{_OPENING}\n\nHow did you begin?\n\nI asked Ben Orr for wood.\n\n"
        "What did you do then?\n\nI told Orr that I had no money. He said that it was a gift.\n"
    )
    said = (
        _mine(text, "told", "I had no money"),
        indirect(text, "it was a gift", "He"),
    )
    assert speaker_names(resolve(text, said)) == ["Tom Lee", "Ben Orr"]


def test_questions_to_nobody_are_the_authors() -> None:
    """A column that mentions an interview and asks its readers is no interview."""
    text = (
        "By Ana Ruiz\n\nTom Lee gave an interview in 2019.\n\nWho will pay for the boats?\n\n"
        "I believe that the town will.\n\nAnd who will sail them?\n\nI doubt that Lee knows.\n"
    )
    said = (_mine(text, "believe", "the town will"), _mine(text, "doubt", "Lee knows"))
    assert speaker_names(resolve(text, said)) == ["Ana Ruiz"] * 2
