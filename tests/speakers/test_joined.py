"""Sources that join several, each with what is told of them, and those that seem to."""

import pytest

import quotecraft
from quotecraft.speakers.words import HEADING
from tests.speakers.sample import (
    found_names,
    indirect,
    resolve,
    source_mention,
    speaker_names,
    words_of,
)

PIPE = quotecraft.load()


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        (
            "Ana Ruiz, leader of the Lake Union, and Omar Odeh, chief of the Hill Party",
            ["Ana Ruiz, leader of the Lake Union", "Omar Odeh, chief of the Hill Party"],
        ),
        (
            "Ana Ruiz of Chad, Omar Odeh of Peru and Maria Soto of Cuba",
            ["Ana Ruiz of Chad", "Omar Odeh of Peru", "Maria Soto of Cuba"],
        ),
        (
            "Lake rights group iLumo, port watchdog Open Dock and Arvelo-based Tide Lab",
            ["Lake rights group iLumo", "port watchdog Open Dock", "Arvelo-based Tide Lab"],
        ),
        ("she and Mr. Odeh", ["she", "Mr. Odeh"]),
        ("Ms. Ruiz and Mr. Odeh, lawyers in Arvelo", ["Ms. Ruiz", "Mr. Odeh"]),
    ],
)
def test_each_of_several_has_what_is_told_of_them(source: str, parts: list[str]) -> None:
    """Appositions and places behind names part no list."""
    read = source_mention(f"{source} said that the dam was sound.", source)
    assert [part.text for part in read.parts] == parts


@pytest.mark.parametrize(
    "source",
    [
        "The former Lake Tiger and Warriors player",
        "Ana Ruiz, lawyer for Omar Odeh and Maria Soto",
        "Ana Ruiz of the Lake and Hill Union",
    ],
)
def test_one_with_two_names_behind_is_one(source: str) -> None:
    """Names inside what is told of somebody join nobody."""
    assert not source_mention(f"{source} said that the dam was sound.", source).parts


def test_who_is_surnamed_has_that_name() -> None:
    """As the press of China and Taiwan tells of people."""
    text = "A woman surnamed Wang said that the dam was sound. Wang left.\n\nThe dam held."
    assert speaker_names(
        resolve(text, [indirect(text, "the dam was sound", "A woman surnamed Wang")])
    ) == ["Wang"]


def test_an_office_in_another_state_is_somebody_elses() -> None:
    """Nobody is minister of two states."""
    text = (
        "Peru’s foreign minister Omar Odeh flew in on Monday.\n\n"
        "Chad’s foreign minister said that the border was open."
    )
    assert PIPE(text).quotes[-1].speaker_name != "Omar Odeh"
    assert PIPE(text.replace("Chad’s", "Peru’s")).quotes[-1].speaker_name == "Omar Odeh"


def test_a_vice_prime_minister_is_who_bears_the_title() -> None:
    """The hyphenated office is one, as the title is."""
    text = (
        "Vice-Prime Minister Ana Ruiz opened the dam.\n\n"
        "The Vice-Prime Minister said that the dam was sound."
    )
    assert PIPE(text).quotes[-1].speaker_name == "Ana Ruiz"


@pytest.mark.parametrize(
    ("sentence", "heading"),
    [
        ("Lake Union Leader Visits Hill Dam", True),
        ("Lake Union Leader Visits Hill Dam (LUL).", False),
        ("Lake Union Leader Visits Hill Dam [Chapter 24:31].", False),
        ("Ruiz Defends His Dam At Lake Union Meeting.", True),
        ("Ruiz defends his dam at Lake Union.", False),
    ],
)
def test_capitals_make_a_heading_where_no_sentence_ends(sentence: str, heading: bool) -> None:
    """A sentence is finished by a full stop behind its brackets; small words with capitals tell."""
    words = words_of(sentence)
    assert words.has(1, HEADING) is heading


def test_initials_behind_a_place_are_the_bodys() -> None:
    """What stands in brackets behind "in the Near East" is no name of the Near East."""
    text = (
        "The Union for Lake Refugees in the Near East (ULRN) met on Monday.\n\n"
        "The ULRN said that the dam was sound."
    )
    assert PIPE(text).quotes[-1].speaker_name != "Near East"


def test_a_capital_behind_a_small_letter_is_one() -> None:
    """Names such as "uMlazi" and "iLumo" open with a small letter, and a place's may be longer."""
    (name,) = found_names("He works for uMlazi Local Municipality in the hills.")
    assert name.core == ("uMlazi", "Local", "Municipality")


def test_a_headline_with_a_full_stop_adds_nothing_to_a_name() -> None:
    """Verbs and nouns that a headline writes with capitals are no part of the name before them."""
    text = (
        "Ruiz Defends Costly Dam At Arvelo Meeting.\n\n"
        "President Ana Ruiz met farmers on Monday.\n\n"
        "Ruiz said that the dam was sound."
    )
    assert PIPE(text).quotes[-1].speaker_name == "Ana Ruiz"
