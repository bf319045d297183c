"""Several as one source in news: joined names, "they", "the two", "the sisters"."""

import pytest

import quotecraft
from quotecraft.detect.interfaces import Attribution
from quotecraft.model import SpeakerKind
from tests.speakers.sample import indirect, resolve

_HOPE = "the bridge would open soon"


def _speaker(text: str, source: str) -> str | None:
    """Return who says the reported words of a text."""
    attribution = indirect(text, _HOPE, source, text.count(source) - 1)
    found = resolve(text, [attribution])
    named = {speaker.id: speaker.name for speaker in found.speakers}
    speaker = found.links[0].speaker
    return None if speaker is None else named[speaker]


@pytest.mark.parametrize(
    "opening",
    [
        "Ana Ruiz and Juan Lara met in Arvelo on Monday.",
        "Mayor Ana Ruiz, 52, and her deputy, Juan Lara, spoke in Arvelo.",
        "Mayor Ana Ruiz, along with lawyer Juan Lara, spoke in Arvelo.",
        "The hall was full when engineers Ana Ruiz and Juan Lara came in.",
        "Ana Ruiz (Left) and Juan Lara (Union) voted against it. Nobody else did.",
    ],
)
def test_they_takes_up_two_who_are_named_together(opening: str) -> None:
    """A plural pronoun stands for the persons that a phrase joins just before it."""
    text = f"{opening} They said that {_HOPE}."
    assert _speaker(text, "They") == "Ana Ruiz and Juan Lara"


def test_they_takes_up_three_who_are_listed() -> None:
    """A list of three is one source with the full names of all."""
    text = f"Ana Ruiz, Juan Lara and Rafah Odeh met on Monday. They said that {_HOPE}."
    assert _speaker(text, "They") == "Ana Ruiz, Juan Lara and Rafah Odeh"


@pytest.mark.parametrize(
    "between",
    [
        "The residents waited outside.",
        "They met the drivers Rafah Odeh and Lia Moor. The workers were there, too.",
    ],
)
def test_another_plural_subject_bars_those_named_before(between: str) -> None:
    """A plural noun that is a subject since then keeps the pronoun from going on with the group."""
    text = f"Ana Ruiz and Juan Lara came to Arvelo. {between} They said that {_HOPE}."
    assert _speaker(text, "They") != "Ana Ruiz and Juan Lara"


def test_those_whom_others_met_are_not_taken_up() -> None:
    """Of two groups, "they" goes on with the subject, not with whom it met."""
    text = (
        "Ana Ruiz and Juan Lara came to Arvelo. They met the drivers Rafah Odeh and Lia Moor. "
        f"They said that {_HOPE}."
    )
    assert _speaker(text, "They") == "Ana Ruiz and Juan Lara"


@pytest.mark.parametrize(
    ("opening", "source", "expected"),
    [
        ("Ana Ruiz met Juan Lara in Arvelo.", "The two leaders", "Ana Ruiz and Juan Lara"),
        ("Ana Ruiz met Juan Lara in Arvelo.", "Both sides", "Ana Ruiz and Juan Lara"),
        ("Peru and Chile signed a treaty on Monday.", "The two countries", "Peru and Chile"),
        (
            "Ana Ruiz, Juan Lara and Rafah Odeh survived. A bus had hit them. It was late.",
            "The three",
            "Ana Ruiz, Juan Lara and Rafah Odeh",
        ),
        (
            "Ana Ruiz and her sisters Lia Ruiz, 32, and Eva Ruiz were there. Mr Lara was not.",
            "The sisters",
            "Ana Ruiz, Lia Ruiz and Eva Ruiz",
        ),
        (
            "Ana Ruiz and her sisters Lia Ruiz, 32, and Eva Ruiz were there. Mr Lara was not.",
            "She and her sisters",
            "Ana Ruiz, Lia Ruiz and Eva Ruiz",
        ),
    ],
)
def test_a_description_finds_as_many_as_it_counts(opening: str, source: str, expected: str) -> None:
    """Those named together answer to "the two", "the three" and "the sisters"."""
    text = f"{opening} {source} said that {_HOPE}."
    assert _speaker(text, source) == expected


def test_two_countries_are_no_leaders() -> None:
    """A noun for persons finds no group of countries."""
    text = f"Peru and Chile signed a treaty on Monday. The two leaders said that {_HOPE}."
    assert _speaker(text, "The two leaders") == "the two leaders"


def test_a_group_is_named_by_its_members_and_keeps_its_words() -> None:
    """A joined source has the full names of its members, who are speakers, too."""
    text = (
        "Ana Ruiz runs the city. Juan Lara builds roads. "
        f"Ruiz and Lara said that {_HOPE}. They said that it would be wide."
    )
    said = [indirect(text, _HOPE, "Ruiz and Lara"), _wide(text)]
    found = resolve(text, said)
    speakers = {speaker.id: speaker for speaker in found.speakers}
    group = speakers[found.links[0].speaker or ""]  # type: ignore[index]
    assert (group.name, group.aliases) == ("Ana Ruiz and Juan Lara", ("Ruiz and Lara",))
    assert group.kind is SpeakerKind.GROUP
    assert found.links[1].speaker == group.id
    assert {"Ana Ruiz", "Juan Lara"} < {speaker.name for speaker in found.speakers}


def _wide(text: str) -> Attribution:
    return indirect(text, "it would be wide", "They")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Angry residents blocked the road. They said that {_HOPE}.", "angry residents"),
        (f"The crowd cheered because they thought that {_HOPE}.", "the crowd"),
    ],
)
def test_they_takes_up_a_plural_subject_that_nobody_names(text: str, expected: str) -> None:
    """A plural noun that opens a sentence, or is a subject in the same, is taken up."""
    assert _speaker(text, "They" if "They" in text else "they") == expected


def test_a_body_that_acts_is_nearer_than_a_group() -> None:
    """Where a company is the last subject, "they" doesn't go on with those named before."""
    text = (
        "Ana Ruiz and Juan Lara came to Arvelo. Meridian Group bought the bridge. "
        f"They said that {_HOPE}."
    )
    assert _speaker(text, "They") != "Ana Ruiz and Juan Lara"


@pytest.mark.parametrize(
    "source", ["Ana Ruiz (TU) and Juan Lara (DU)", "Ana Ruiz, 52, and Juan Lara"]
)
def test_parties_and_ages_are_no_members(source: str) -> None:
    """What tells of one of several is no further member."""
    assert _speaker(f"{source} said that {_HOPE}.", source) == "Ana Ruiz and Juan Lara"


def test_members_are_speakers_of_the_document() -> None:
    """A group's members are listed beside it, though nothing is said by one of them alone."""
    document = quotecraft.load()("Ana Ruiz and Juan Lara said that the bridge would open soon.")
    (group,) = (speaker for speaker in document.speakers if speaker.members)
    named = {speaker.id: speaker.name for speaker in document.speakers}
    assert [named[member] for member in group.members] == ["Ana Ruiz", "Juan Lara"]
    assert document.quotes_by("Ana Ruiz") == ()
    assert document.quotes_by("Ana Ruiz", groups=True) == document.quotes_by(group)


def test_two_sides_are_countries_where_there_are_two() -> None:
    """After two countries and two persons, "the two sides" stand for the countries."""
    text = (
        "Peru and Chile signed a treaty on Monday. Ana Ruiz met Juan Lara in Arvelo. "
        f"The two sides said that {_HOPE}. The two leaders left."
    )
    assert _speaker(text, "The two sides") == "Peru and Chile"


@pytest.mark.parametrize(
    ("opening", "source", "expected"),
    [
        (
            "Arvelo Airways and Hill Airlines fly.",
            "The airlines",
            "Arvelo Airways and Hill Airlines",
        ),
        ("Peru and Chile signed a treaty.", "The countries", "Peru and Chile"),
        ("Peru and Chile signed a treaty.", "The airlines", "the airlines"),
        ("Arvelo Airways and Hill Airlines fly.", "The small airlines", "the small airlines"),
    ],
)
def test_bare_plurals_take_up_bodies_of_their_sort(
    opening: str, source: str, expected: str
) -> None:
    """A bare plural noun for bodies stands for those named together that are such bodies."""
    assert _speaker(f"{opening} {source} said that {_HOPE}.", source) == expected


def test_a_group_is_called_by_the_names_of_its_members() -> None:
    """A pronoun that is part of a source is shown as whom it stands for."""
    text = f"Ana Ruiz came late. She was tired. She and many workers said that {_HOPE}."
    assert _speaker(text, "She and many workers") == "Ana Ruiz and many workers"


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("Ana Ruiz and Juan Lara met in Arvelo.", "Ana Ruiz and Juan Lara"),
        ("The hall was full.", "Both"),
    ],
)
def test_both_take_up_two_who_are_named(opening: str, expected: str) -> None:
    """Without two before it, the word is a speaker without a name."""
    assert _speaker(f"{opening} Both said that {_HOPE}.", "Both") == expected
