"""How sure links in news are, and who speaks where the first lines or the words behind tell."""

import pytest

import quotecraft
from quotecraft.model import Quote

PIPE = quotecraft.load()


def _last(text: str) -> Quote:
    return PIPE(text).quotes[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A company executive said that the plant would close.\n\n"
            "Ana Ruiz, board secretary of Quay Foods, said that sales were down.",
            "Ana Ruiz",
        ),
        (
            "A company executive said that the plant would close.\n\n"
            "Residents said that sales were down.",
            "a company executive",
        ),
        (
            "Prices will rise in spring, said the trade body, ARTO.\n\nNobody was surprised.",
            "ARTO",
        ),
    ],
)
def test_who_is_described_first_is_whom_the_text_names_behind(text: str, expected: str) -> None:
    """In the next words, or as the first source below; else the description stands."""
    assert PIPE(text).quotes[0].speaker_name == expected


def test_we_in_a_quotation_is_its_speaker_in_news() -> None:
    """Who says "we want" speaks for others, too."""
    text = (
        "Mayor Ana Ruiz spoke in Arvelo on Monday.\n\n"
        "“We hope that the bridge will be open by June,” Ruiz said."
    )
    document = quotecraft.load(nested=True)(text)
    inner = [quote for quote in document.quotes if quote.parent is not None]
    assert [quote.speaker_name for quote in inner] == ["Ana Ruiz"]


def test_a_full_name_is_surer_than_a_pronoun_among_rivals() -> None:
    """Confidence falls where two women could be meant."""
    text = (
        "Ana Ruiz said that the road was safe.\n\nMaria Lara met Clara Odeh in Arvelo. Lara saw "
        "Odeh off at the station. She said that the road was narrow."
    )
    first, *_, last = PIPE(text).quotes
    assert first.confidence.speaker > last.confidence.speaker
