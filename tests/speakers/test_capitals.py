"""Capitals for their states, rulers for themselves, and fathers apart from their sons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quotecraft
from quotecraft.model import SpeakerKind
from quotecraft.speakers.lexicon import folded, lexicon
from quotecraft.speakers.source_ends import referring
from tests.speakers.sample import words_of

PIPE = quotecraft.load()


def _said_by(text: str) -> list[str]:
    return [quote.speaker_name or "" for quote in PIPE(text).quotes]


@pytest.mark.parametrize(
    ("capital", "state"),
    [("Lisbon", "Portugal"), ("Brasilia", "Brazil"), ("Washington", "the United States")],
)
def test_a_capital_that_speaks_is_its_state(capital: str, state: str) -> None:
    """Place for government: the state, as the text writes it, also goes by its capital."""
    text = (
        f"The treaty between Norway and {state} lapsed in May.\n\n"
        f"{capital} said that it would sign again."
    )
    document = PIPE(text)
    speaker = document.speaker(document.quotes[-1])
    assert speaker is not None
    assert speaker.name == state.removeprefix("the ")
    assert speaker.kind is SpeakerKind.ORGANIZATION
    assert capital in speaker.aliases


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of Lisbon shut a bridge, the longest in Portugal. Lisbon said it was old.",
        "The Lisbon council shut a bridge, the longest in Portugal. Lisbon said it was old.",
        "The treaty lapsed in May.\n\nLisbon said that it would sign again.",
        "Troops moved from Southern Portugal in May.\n\nLisbon said that they would return.",
    ],
)
def test_a_capital_stays_a_city(text: str) -> None:
    """One with a mayor or council is a city, and no state is told of that the text doesn't name."""
    assert _said_by(text)[-1] == "Lisbon"


@given(st.sampled_from(sorted(lexicon().capitals)))
def test_every_capital_is_found_without_its_accents(city: str) -> None:
    """The table is read by folded names, so each key must be folded and each state known."""
    assert folded(city) == city
    assert any(state in lexicon().places for state in lexicon().capitals[city])


def test_a_ruler_with_an_article_is_who_bears_the_title() -> None:
    """No name is "the Amir", though Amir may be one."""
    text = (
        "The Amir Sheikh Badr Al-Mudhaf sent a letter to the council on Monday.\n\n"
        "His Highness the Amir said that the dam was sound."
    )
    assert _said_by(text)[-1] == "Badr Al-Mudhaf"
    assert _said_by("Amir Ruiz came home. Amir said that the dam was sound.")[-1] == "Amir Ruiz"


def test_initials_of_an_office_need_no_article() -> None:
    """Such as "LG", a lieutenant governor; initials of other words are a body's."""
    text = "Lieutenant Governor Ana Ruiz visited the dam.\n\nLG said that the dam was sound."
    assert _said_by(text)[-1] == "Ana Ruiz"
    text = "Grain Trade director Ana Ruiz visited the dam.\n\nGT said that the dam was sound."
    assert _said_by(text)[-1] != "Ana Ruiz"


def test_a_son_is_not_his_father() -> None:
    """A son may bear his father's whole name behind his own."""
    text = (
        "Sheikh Badr Al-Nasr Al-Mudhaf met Sheikh Omar Badr Al-Nasr Al-Mudhaf on Monday.\n\n"
        "Sheikh Badr Al-Nasr Al- Mudhaf said that the dam was sound.\n\n"
        "Sheikh Omar Badr Al-Nasr Al-Mudhaf said that it was not."
    )
    assert _said_by(text)[-2:] == ["Badr Al-Nasr Al-Mudhaf", "Omar Badr Al-Nasr Al-Mudhaf"]


@pytest.mark.parametrize("honour", ["HH", "His Highness", "Her Excellency"])
def test_an_honour_leads_to_whom_a_source_means(honour: str) -> None:
    """What stands before the article of an office is left out of a source."""
    words = words_of(f"{honour} the Governor")
    assert words.lower[referring(words, 0, len(words) - 1)[0]] == "the"
