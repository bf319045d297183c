"""Headings in news that quote what somebody says in the text."""

import pytest

from tests.speakers.sample import quoted, resolve, speaker_names


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("It became a small family business", "Ana Ruiz"),
        ("It became a small business", None),
    ],
)
def test_a_heading_is_said_by_who_says_its_words(said: str, expected: str | None) -> None:
    """All of its words stand in what is quoted of them."""
    heading = "a small family business"
    text = (
        f"The shops in Arvelo closed in May.\n\n“{heading}”\n\nThe town was empty for a year. "
        f"“{said},” said Ana Ruiz."
    )
    assert speaker_names(resolve(text, quoted(text, [None, "Ana Ruiz"]))) == [expected, "Ana Ruiz"]
