"""People known beforehand: who listed them gets them, by their names on the list."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotecraft
from quotecraft.errors import InputError
from quotecraft.model import Speaker, SpeakerId, SpeakerKind
from quotecraft.speakers.listed import read_people

PIPE = quotecraft.load()
SCENE = """\
“Good morning,” said Elizabeth.

“Is it?” said Mr. Bennet.

“Lizzy is always early,” Jane replied.

“My dear,” cried the inspector, “I had no idea.”

“Nobody had,” said Miss Eliza.
"""
LIST = {
    "Elizabeth Bennet": ["Lizzy", "Miss Eliza", "Elizabeth"],
    "Jane Bennet": ["Jane"],
    "Mr Bennet": [],
    "Abel Moss": ["the inspector"],
}


def test_names_on_the_list_are_those_people() -> None:
    """Nicknames, names with a title and descriptions stand for the person who goes by them."""
    document = PIPE.with_people(LIST)(SCENE)
    assert [quote.speaker_name for quote in document.quotes] == [
        "Elizabeth Bennet",
        "Mr Bennet",
        "Jane Bennet",
        "Abel Moss",
        "Elizabeth Bennet",
    ]


def test_a_list_says_so_in_the_name_of_the_model() -> None:
    """A record tells whether people were given; without a list nothing changes."""
    assert PIPE.with_people(LIST).name == f"{PIPE.name}+people"
    assert PIPE.with_people([])(SCENE).quotes == PIPE(SCENE).quotes


def test_others_are_still_found() -> None:
    """A list leaves everybody else as they are, and names nobody who is not in the text."""
    document = PIPE.with_people({"Jane Bennet": ["Jane"], "Ana Ruiz": ["Ana"]})(SCENE)
    names = [quote.speaker_name for quote in document.quotes]
    assert names[2] == "Jane Bennet"
    assert names[0] == "Elizabeth"
    assert "Ana Ruiz" not in [speaker.name for speaker in document.speakers]


def test_who_is_listed_as_i_narrates() -> None:
    """A narrator without a name in the text gets the one of the list."""
    text = "“It is late,” I said.\n\nI went out, and I saw the road. I was cold. “Go,” I cried."
    document = PIPE.with_people({"Abel Moss": ["I"]})(text)
    assert {quote.speaker_name for quote in document.quotes} == {"Abel Moss"}


def test_a_shared_name_goes_to_the_one_named_last() -> None:
    """Of two people who go by one name, the text means the one whom it named before."""
    people = {"Ana Ruiz": ["Ruiz", "Ana"], "Ben Ruiz": ["Ruiz", "Ben"]}
    text = (
        "Ben Ruiz, the mayor, opened the road.\n\nRuiz said that it was safe.\n\n"
        "Ana Ruiz owns the quarry.\n\nRuiz said that it was loud."
    )
    document = PIPE.with_people(people)(text)
    assert [quote.speaker_name for quote in document.quotes] == ["Ben Ruiz", "Ana Ruiz"]


def test_speakers_can_be_listed_with_their_kind_and_pronouns() -> None:
    """A body on the list is a body, and a listed pronoun decides whom "she" means."""
    people = [
        Speaker(SpeakerId("a"), "Kim Lee", SpeakerKind.PERSON, pronouns=("she",)),
        Speaker(SpeakerId("b"), "Robin Vale", SpeakerKind.PERSON, pronouns=("he",)),
        Speaker(SpeakerId("c"), "Harbour Watch", SpeakerKind.ORGANIZATION),
    ]
    text = (
        "Kim Lee met Robin Vale on Monday.\n\nShe said that the road was shut. "
        "Harbour Watch said that it was open."
    )
    document = PIPE.with_people(people)(text)
    assert [quote.speaker_name for quote in document.quotes] == ["Kim Lee", "Harbour Watch"]
    last = document.speaker(document.quotes[-1])
    assert last is not None
    assert last.kind is SpeakerKind.ORGANIZATION


@pytest.mark.parametrize("people", [{"": []}, ["Ana", "Ana"], [" "]])
def test_a_list_that_makes_no_sense_is_refused(people: dict[str, list[str]] | list[str]) -> None:
    """Names that are empty or listed twice are told, not guessed at."""
    with pytest.raises(InputError, match="list of people"):
        PIPE.with_people(people)


def test_one_alias_may_be_given_as_a_string() -> None:
    """A string is one other name, not its letters."""
    assert read_people({"Ana Ruiz": "Annie"})[0].aliases == ("Annie",)


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.text(min_size=1).filter(str.strip), st.lists(st.text(), max_size=3)))
def test_any_list_is_taken(people: dict[str, list[str]]) -> None:
    """No name, however odd, raises or breaks an offset."""
    document = PIPE.with_people(people)(SCENE)
    assert len(document.quotes) == 5
    for speaker in document.speakers:
        assert all(0 <= m.span.start < m.span.end <= len(SCENE) for m in speaker.mentions)


def test_workers_know_the_list() -> None:
    """Other processes read with the same list."""
    pipe = PIPE.with_people(LIST)
    assert pipe.maker is not None
    made = pipe.maker()
    assert made.name == pipe.name
    assert made(SCENE) == pipe(SCENE)


def test_one_name_is_no_list() -> None:
    """The letters of a name are nobody; one other name need not stand in a list."""
    with pytest.raises(InputError, match=r"give \['Jane'\]"):
        read_people("Jane")
    assert read_people({"Jane Bennet": "Jane"})[0].aliases == ("Jane",)
