"""Whose words statements and authorities are, and which of two with a surname is meant."""

import pytest

import quotecraft
from quotecraft.speakers.name_spelling import Surnames
from quotecraft.speakers.own_kinds import NameKind
from tests.speakers.sample import found_names, source_mention

PIPE = quotecraft.load()


def _said_by(text: str) -> str | None:
    return PIPE(text).quotes[-1].speaker_name


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Lumora's statement", "Lumora"),
        ("Ana Ruiz's letter", "Ana Ruiz"),
        ("Hill University authorities", "Hill University"),
        ("Hill University (HU) authorities", "Hill University"),
        ("The airline's management", "Hill Airlines"),
    ],
)
def test_a_statement_is_whose_it_is(source: str, speaker: str) -> None:
    """Documents and heads of somebody named speak for them."""
    text = (
        "Lumora and Hill University met Ana Ruiz on Monday. Hill Airlines was late.\n\n"
        f"{source} said that the bridge was safe."
    )
    assert _said_by(text) == speaker


@pytest.mark.parametrize("source", ["Hill University (HU) students", "Peru’s bakers"])
def test_people_of_a_body_are_not_the_body(source: str) -> None:
    """Members, and those of a place, are people of their own."""
    text = (
        f"Peru and Hill University (HU) met on Monday.\n\n{source} said that the bridge was safe."
    )
    assert _said_by(text) == source


def test_a_seat_behind_the_is_an_office() -> None:
    """Such as "the Arvelo South MP", whatever Arvelo South is; without "the" it may be a name."""
    (office,) = found_names("He said that the Arvelo South MP was late.")
    assert office.kind is NameKind.TITLE
    (body,) = found_names("He said that the Arvelo South Coordinator was late.")
    assert body.kind is not NameKind.TITLE


def test_two_letters_swapped_are_a_misspelling() -> None:
    """Of one surname, as one letter more or less is."""
    surnames = Surnames([("jagdeo", 1), ("mendoza", 2)])
    assert surnames.near("jadgeo") == {1}
    assert surnames.near("jedgao") == frozenset()


@pytest.mark.parametrize(
    "opening",
    [
        "Wang Sile, son of tycoon Wang Jian, left Arvelo on Monday.",
        "Wang Jian’s son, Wang Sile, left Arvelo on Monday. Wang Jian’s daughter stayed.",
    ],
)
def test_a_relative_told_of_in_passing_takes_no_surname(opening: str) -> None:
    """The one whom the text is about goes by the surname alone."""
    assert _said_by(f"{opening}\n\nWang said that the bridge was safe.") == "Wang Sile"


@pytest.mark.parametrize("office", ["Attorney General’s Office", "IDF Spokesperson’s Unit"])
def test_the_office_of_an_office_is_one_name(office: str) -> None:
    """The possessive stands inside the name."""
    assert [" ".join(name.core) for name in found_names(f"The {office} closed.")] == [
        office.replace("’s", "")
    ]


def test_each_of_several_is_still_one_of_them() -> None:
    """What is "all" behind the last of several belongs to nobody's name."""
    source = "Samara, Herrun and Nambal all"
    text = f"On Monday {source} said that the bridge was safe. Samara, Herrun and Nambal left."
    assert [part.text for part in source_mention(text, source).parts][-1] == "Nambal"


def test_an_office_and_a_title_are_one_persons() -> None:
    """A doctor's title stands between the second office and the name."""
    source = "Event Chair and Lumora Professor Dr Ana Ruiz"
    assert not source_mention(f"{source} said that the bridge was safe.", source).parts
