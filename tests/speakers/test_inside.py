"""Sources inside somebody's words, sources that are nobody, interviews and bylines."""

from __future__ import annotations

import pytest
from attrs import evolve

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind
from tests.speakers.sample import indirect, names, quoted, resolve, span, speaker_names


@pytest.mark.parametrize(
    ("source", "expected"), [("I", "Ana Ruiz"), ("you", "Tom Lee"), ("Park", "Park")]
)
def test_pronouns_inside_a_quotation_are_who_speaks_and_who_hears(
    source: str, expected: str
) -> None:
    """I am who speaks the words, you are whom they are said to, a name is itself."""
    text = f"“Well, {source} said that it rained,” Ana Ruiz told Tom Lee on Monday."
    (outer,) = quoted(text, ["Ana Ruiz"])
    outer = evolve(outer, addressee=span(text, "Tom Lee"))
    inner = evolve(indirect(text, "that it rained", source), parent=0)
    assert speaker_names(resolve(text, [outer, inner])) == ["Ana Ruiz", expected]


def test_she_in_reported_words_is_who_reports() -> None:
    """Somebody who says that she hopes speaks of herself."""
    text = "Ana Ruiz said she hoped that it would rain."
    outer = indirect(text, "she hoped that it would rain", "Ana Ruiz")
    inner = evolve(indirect(text, "that it would rain", "she"), parent=0)
    assert speaker_names(resolve(text, [outer, inner])) == ["Ana Ruiz", "Ana Ruiz"]


def test_he_in_somebody_elses_words_is_neither_speaker_nor_hearer() -> None:
    """In a quotation, he is the man told of in it."""
    text = "“Mr Park came and he said that it rained,” Ana Ruiz told Tom Lee on Monday."
    (outer,) = quoted(text, ["Ana Ruiz"])
    outer = evolve(outer, addressee=span(text, "Tom Lee"))
    inner = evolve(indirect(text, "that it rained", "he"), parent=0)
    assert speaker_names(resolve(text, [outer, inner]))[1] == "Mr Park"


@pytest.mark.parametrize("source", ["Nobody", "Each farmer", "No farmer", "Any passenger"])
def test_nobody_and_anybody_have_no_speaker(source: str) -> None:
    """None, any and each are no speaker, and the reason is told."""
    text = f"{source} said that it rained."
    resolution = resolve(text, [indirect(text, "that it rained", source)])
    assert [link.speaker for link in resolution.links] == [None]
    assert "generic" in resolution.links[0].evidence


def test_a_passive_without_an_agent_has_no_speaker() -> None:
    """What is alleged is nobody's, whoever spoke before."""
    text = "“It rained,” said Ana Ruiz. It is alleged that the roof leaked."
    passive = Attribution(
        (span(text, "that the roof leaked"),), QuoteKind.INDIRECT, cue=(span(text, "alleged"),)
    )
    assert speaker_names(resolve(text, [*quoted(text, ["Ana Ruiz"]), passive])) == [
        "Ana Ruiz",
        None,
    ]


def test_the_writer_of_an_opinion_is_named_by_the_byline() -> None:
    """Where a byline tells who writes, the writer is meant by I."""
    text = "The roof\n\nBy Ana Ruiz\n\nThe council met in 2019. I asked whether the roof leaked."
    (link,) = resolve(text, [indirect(text, "whether the roof leaked", "I")]).links
    assert link.speaker is not None
    assert speaker_names(resolve(text, [indirect(text, "whether the roof leaked", "I")])) == [
        "Ana Ruiz"
    ]


def _interview(byline: str) -> list[str | None]:
    questions = ("Why did the roof leak?", "When will it be mended?")
    answers = ("We had no money for it in 2019.", "I hope that it will be soon.")
    text = f"The roof\n\n{byline}Tom Lee runs the library. We met him in 2021.\n\n"
    parts = [part for pair in zip(questions, answers, strict=True) for part in pair]
    text += "\n\n".join(parts)
    turns = [
        Attribution((span(text, part),), QuoteKind.DIRECT, evidence=("interview",))
        for part in parts
    ]
    return speaker_names(resolve(text, turns))


def test_questions_are_the_authors_and_answers_the_guests() -> None:
    """An interview without labels is between its author and the person it introduces."""
    assert _interview("Interview by Ana Ruiz\n\n") == ["Ana Ruiz", "Tom Lee"] * 2


def test_questions_without_a_byline_have_no_speaker() -> None:
    """Nobody is made up to have asked."""
    assert _interview("") == [None, "Tom Lee"] * 2


def test_the_company_is_no_bank_while_another_body_fits() -> None:
    """A body whose name ends in another noun is not taken up by this one."""
    text = (
        "Norrland Foods closed a mill in 2019. Kessel Bank sold its shares. "
        "“It was a hard year,” the company said."
    )
    assert names(text, ["the company"]) == ["Norrland Foods"]


def test_a_description_loses_the_capital_of_its_sentence() -> None:
    """Who is described at the start of a sentence is written as anywhere else."""
    text = "Two farmers said that it rained."
    resolution = resolve(text, [indirect(text, "that it rained", "Two farmers")])
    assert speaker_names(resolution) == ["two farmers"]


def test_a_role_with_another_complement_is_somebody_else() -> None:
    """The head of one court is not the head of another."""
    text = (
        "Ana Ruiz, the head of the Tax Court, met the head of the Labour Court in 2019. "
        "“It was a hard year,” the head of the Labour Court said."
    )
    assert names(text, ["the head of the Labour Court"]) != ["Ana Ruiz"]


def test_they_takes_up_a_group_near_by_only() -> None:
    """In news, a body named long before is not meant by they, and nobody is made up."""
    text = (
        "Norrland Foods closed a mill in 2019. The river froze. Snow fell in May. "
        "The road was shut. They said that it rained."
    )
    assert speaker_names(resolve(text, [indirect(text, "that it rained", "They")])) == [None]
