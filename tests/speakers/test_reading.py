"""Who speaks, from raw text through the whole pipeline."""

import pytest
from hypothesis import given

import quotecraft
from tests.strategies import texts

PIPE = quotecraft.load()


def _speakers(text: str) -> list[str | None]:
    return [quote.speaker_name for quote in PIPE(text).quotes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is over,” Ana Ruiz said. “We lost,” she added.", ["Ana Ruiz", "Ana Ruiz"]),
        ("Ana Ruiz said the road was closed.\n\n“It is ice,” Ruiz said.", ["Ana Ruiz"] * 2),
        ("According to the Harbour Authority, the pier is safe.", ["Harbour Authority"]),
    ],
)
def test_names_pronouns_and_short_forms_lead_to_the_fullest_name(
    text: str, expected: list[str]
) -> None:
    """A surname and a pronoun stand for the person whom the text names in full."""
    assert [name.removeprefix("the ") for name in _speakers(text) if name] == expected


def test_roles_are_kept() -> None:
    """A title before a name is a role of the speaker, not part of the name."""
    (speaker,) = PIPE("Health minister Ana Ruiz said that the clinics were open.").speakers
    assert ("Ana Ruiz", ("Health minister",)) == (speaker.name, speaker.roles)


def test_every_link_has_a_reason() -> None:
    """A quote with a speaker says why in its evidence."""
    document = PIPE("“Yes,” Tom Lee said. “Go on,” he told Ann.")
    assert all(quote.evidence for quote in document.quotes if quote.speaker)


@given(texts())
def test_no_text_is_too_odd(text: str) -> None:
    """Any text gives a document whose links resolve, twice the same."""
    assert PIPE(text) == PIPE(text)
