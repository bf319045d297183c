"""Dialogue opened by a dash."""

import pytest
from hypothesis import given

from quotecraft.text import MarkStyle, pair_marks
from tests.text.texts import texts


def spoken(text: str) -> list[str]:
    """Return the speeches that dashes open."""
    return [
        span.of(text) for q in pair_marks(text) if q.style is MarkStyle.DASH for span in q.spans
    ]


@pytest.mark.parametrize("dash", ["— ", "—", "– ", "-- ", "― "])
def test_each_dash_opens_a_speech(dash: str) -> None:
    """Em dash, en dash, bar and double hyphen open a speech, with or without a space."""
    text = f"{dash}Will it rain?\n\nShe looked up.\n\n{dash}I think so."
    expected = [f"{dash}Will it rain?", f"{dash}I think so."]
    assert expected == spoken(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("— Come in, said Rosa.", ["— Come in,"]),
        ("— Come in! she cried. Sit down.", ["— Come in!", "Sit down."]),
        ("— Come in, old Mr. Hale said slowly. Sit down.", ["— Come in,", "Sit down."]),
        ("— You, said the miller's son, are wet.", ["— You,", "are wet."]),
        ("— Come in, said Rosa, smiling. I know you.", ["— Come in,", "I know you."]),
        ("— Come in, — said Rosa. — It is open.", ["— Come in,", "It is open."]),
        ("—Come in, my dear —said Rosa—. It is open.", ["—Come in, my dear", "It is open."]),
        ("— Come in, you! — said Rosa and rose. She ran.", ["— Come in, you!"]),
        ("— I know, he said. He went out.", ["— I know,"]),
    ],
)
def test_reporting_clause_is_no_speech(text: str, expected: list[str]) -> None:
    """A speech ends where "said X" begins and goes on after that clause."""
    assert expected == spoken(text)


@pytest.mark.parametrize(
    "text",
    [
        "“We agree.”\n\n—Commissioner Rosa Hale",
        "The plan:\n\n— Lower the fares.\n\n— Build two bridges.\n\n— Plant trees.",
        "– Rosa Hale, Reuters",
        "- Are you coming?\n- Yes, I am.",
        "— and then it rained on us!",
        "—“Rain on us!” by Rosa Hale",
        "“Are you in?” he asked.\n\n“I am.”\n\n— Who is it? I asked.",
        "It rained — you know — all day.",
    ],
)
def test_lists_and_bylines_are_no_dialogue(text: str) -> None:
    """List items, names after a dash and dashes inside a sentence open nothing."""
    assert spoken(text) == []


def test_marks_inside_a_speech_have_it_as_parent() -> None:
    """A quotation between marks in a speech stands inside it."""
    text = "— He said “no” to me! cried Rosa, and then “yes”."
    parents = [(q.style, q.parent) for q in pair_marks(text)]
    double = MarkStyle.DOUBLE
    assert parents == [(MarkStyle.DASH, None), (double, 0), (double, None)]


def test_speech_is_not_cut_through_a_quotation() -> None:
    """If a reporting clause seems to stand inside marks, the paragraph stays whole."""
    text = "— I read “Come in, said the fox. Come” to you."
    assert spoken(text) == [text]


@given(texts)
def test_odd_dialogue_does_not_raise(text: str) -> None:
    """Whatever follows a dash, speeches are stripped slices of the text."""
    for dash in ("—", "-- "):
        dialogue = f"{dash}I know!\n\n{dash}Oh, {text}, he said. {text}\n\n{dash}You?"
        assert all(speech.strip() == speech != "" for speech in spoken(dialogue))
