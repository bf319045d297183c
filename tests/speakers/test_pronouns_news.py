"""Whom "he", "she" and "it" mean in news: parted subjects, questions, bodies that stand aside."""

import pytest

import quotecraft
from quotecraft.speakers.noun_chains import is_plural
from quotecraft.speakers.subjects import parted_subject, told_subject
from quotecraft.speakers.words import Words
from tests.speakers.sample import indirect, quoted, resolve, speaker_names

PIPE = quotecraft.load()


def _words(text: str) -> Words:
    return Words(text, PIPE(text).sentences, ())


def _place(words: Words, name: str) -> tuple[int, int]:
    first = words.lower.index(name.split(maxsplit=1)[0].lower())
    return first, first + len(name.split()) - 1


def _said_by(text: str) -> list[str]:
    return [quote.speaker_name or "" for quote in PIPE(text).quotes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mayor Ana Ruiz, a friend of Bo Lara and his wife, was moved.", True),
        ("But teacher Ana Ruiz, better known as La Roja, came home.", True),
        ("Ana Ruiz (71) — who will leave in May — was asked to stay.", True),
        ("Ana Ruiz of the Port Union also said little.", True),
        ("Ana Ruiz, a potter, also uses clay.", True),
        ("According to Ana Ruiz, a potter, was it new?", False),
        ("After Ana Ruiz, a potter, was chosen, Bo Lara left.", False),
        ("They met Ana Ruiz, a potter, and left.", False),
    ],
)
def test_a_subject_may_be_parted_from_its_verb(text: str, expected: bool) -> None:
    """What is set apart, or names a place of work, stands between a subject and its verb."""
    words = _words(text)
    assert parted_subject(words, *_place(words, "Ana Ruiz")) is expected


def test_rows_of_brackets_behind_a_name_end() -> None:
    """What is set apart is looked through for a bounded number of words."""
    text = "Ana Ruiz " + "(x) " * 3000 + "was moved."
    words = _words(text)
    assert not parted_subject(words, *_place(words, "Ana Ruiz"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bo Lara told Ruiz that it rained.", False),
        ("The cabinet of Lara and Ruiz announced a plan.", False),
        ("The cabinet of the Ruiz announced a plan.", False),
        ("“It rained,” said Ruiz.", True),
        ("Lara left and Ruiz announced a plan.", True),
        ("While Lara left, his deputy – Ruiz – has stayed.", True),
        ("They met his deputy – Ruiz – and left.", False),
    ],
)
def test_who_is_told_is_no_subject(text: str, expected: bool) -> None:
    """Neither is who is joined to another name behind a preposition."""
    words = _words(text)
    assert told_subject(words, *_place(words, "Ruiz")) is expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("reporters", True),
        ("the people of the town", True),
        ("others", True),
        ("the head of customs", False),
        ("a boss", False),
        ("", False),
    ],
)
def test_plural_descriptions(description: str, expected: bool) -> None:
    """Only the head noun tells whether several people are meant."""
    assert is_plural(description) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # who was asked answers
            "Judge Ana Soto said that the court would sit. When Soto asked Bo Ruiz if Lara knew "
            "of the plan, he said “yes”.",
            "Bo Ruiz",
        ),
        (  # a body that spoke since stands aside, and names that a preposition governs
            "Bo Ruiz runs the port. “The bridge is old,” he says.\n\nThe bridge closed a day after "
            "the government of Dan Soto and Al Lara announced a new road. “Nobody had looked,” he "
            "adds.",
            "Bo Ruiz",
        ),
        (  # known to be a woman, and of who spoke last nothing tells it
            "“The rock began to crumble,” Bo Lara said. Telling of the day, Mrs. Ana Ruiz said "
            "that it rained. According to her, the road was wet.",
            "Ana Ruiz",
        ),
    ],
)
def test_he_goes_on_with_the_right_man(text: str, expected: str) -> None:
    """The person whom the narration is about, not who was merely named since."""
    assert _said_by(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The precinct said that the door was open. It said that nobody was hurt.",
            "the precinct",
        ),
        (
            "The plan says that the road will move. It says that the cost is shared. "
            "It says that work begins in May.",
            "the plan",
        ),
        (  # a named thing that is the subject before
            "Mayor Ana Ruiz said that the town was old. The Hallo Declaration has been "
            "read aloud. It has asked that the roads be mended.",
            "hallo declaration",
        ),
        (  # a body described at the start of the same sentence
            "Mayor Ana Ruiz said that the town was old. The government abolished the post because "
            "it believed that nobody would miss it.",
            "the government",
        ),
    ],
)
def test_it_goes_on_with_a_thing_that_spoke(text: str, expected: str) -> None:
    """Things that no list knows, and again by "it"."""
    assert _said_by(text)[-1].lower() == expected


def test_a_host_may_be_a_woman() -> None:
    """The noun before a name tells no gender where it is used of both."""
    text = (
        "Mr Bo Lara said that the street was dry. But TV host Ana Ruiz, better known as La Roja, "
        "came to the town's defence. Posting on her page, she said that the street was wet."
    )
    assert _said_by(text)[-1] == "Ana Ruiz"


def test_a_sentence_in_marks_is_who_reported_something_right_before() -> None:
    """Also where the full stop stands behind the marks."""
    text = (
        "Ana Ruiz said on Monday that the law was old and that the council would change it in May. "
        "The council said that a new law was on its way, and that all towns had been told.\n\n"
        "Historians explain that the post served the ruler.\n\n“The making of the post was a legal "
        "way to appoint the most faithful of his friends”. The new rulers gave it up.\n"
    )
    found = [
        indirect(text, "that the law was old and that the council would change it", "Ana Ruiz"),
        indirect(text, "that a new law was on its way", "The council"),
        indirect(text, "that the post served the ruler", "Historians"),
        *quoted(text, [None]),
    ]
    assert speaker_names(resolve(text, found))[2:] == ["historians", "historians"]


def test_somebody_named_right_behind_speaks_where_no_person_spoke_last() -> None:
    """A paragraph in marks between "the police said" and "Ruiz said"."""
    text = (
        "The police said that the road was shut.\n\n“Two cases of theft have been registered.”\n\n"
        "Ana Ruiz said that the men were old.\n"
    )
    found = [
        indirect(text, "that the road was shut", "The police"),
        *quoted(text, [None]),
        indirect(text, "that the men were old", "Ana Ruiz"),
    ]
    assert speaker_names(resolve(text, found))[1] == "Ana Ruiz"


def test_we_again_is_the_author() -> None:
    """The author's own "we" doesn't keep the next one from being theirs."""
    text = "We had heard that the show was late. We have learnt that Ana Ruiz was asked to join.\n"
    found = [
        indirect(text, "that the show was late", "We"),
        indirect(text, "that Ana Ruiz was asked to join", "We", 1),
    ]
    assert speaker_names(resolve(text, found)) == ["we", "we"]


def test_those_who_open_a_sentence_are_not_who_is_named_before() -> None:
    """A name at the end of the sentence before isn't what "those" takes up."""
    text = (
        "The school teaches games such as Lumo, Vento, or Kalandra. Those who want to win can play "
        "every day.\n\nAna Ruiz said on Monday that the school was full and that it would grow.\n"
    )
    found = [
        indirect(text, "to win", "who"),
        indirect(text, "that the school was full", "Ana Ruiz"),
    ]
    assert speaker_names(resolve(text, found))[0] == "Those"
