"""Newspapers taken up, names behind long roles, other spellings, and "one" who is the author."""

import pytest

import quotecraft

PIPE = quotecraft.load()


def _said_by(text: str) -> str | None:
    return PIPE(text).quotes[-1].speaker_name


@pytest.mark.parametrize(
    ("paper", "noun"),
    [
        ("The Arvelo Gazette", "The newspaper"),
        ("La Prensa", "The daily"),
        ("Lumora newspaper", "The newspaper"),
        ("Hill Press", "The news agency"),
    ],
)
def test_a_newspaper_is_taken_up(paper: str, noun: str) -> None:
    """By a noun for newspapers, where its name or the word beside it tells what it is."""
    text = (
        f"The council met on Monday, as a reporter of {paper} wrote. Peru and the Hill Council "
        f"were late.\n\n{noun} said that the bridge was shut."
    )
    assert _said_by(text) == paper.removeprefix("The ").removesuffix(" newspaper")


def test_a_newspaper_that_nothing_names_is_its_own() -> None:
    """No other body is it."""
    text = "The Hill Council met on Monday.\n\nThe newspaper said that the bridge was shut."
    assert _said_by(text) == "the newspaper"


@pytest.mark.parametrize(
    "source",
    [
        "LUM chief youth services, culture and sports officer Ana Ruiz",
        "a specialist in bee diseases Ana Ruiz",
        "well-trained, former history professor Dr Ana Ruiz",
    ],
)
def test_a_long_role_ends_in_a_name(source: str) -> None:
    """Whatever commas, "and" or "in" the role holds."""
    assert _said_by(f"“The bridge is safe,” said {source}.") == "Ana Ruiz"


@pytest.mark.parametrize(
    "source", ["the office of union leader Ana Ruiz", "residents, including union leader Ana Ruiz"]
)
def test_a_name_inside_a_description_is_not_the_speaker(source: str) -> None:
    """It only tells of what or of whom something is."""
    assert _said_by(f"“The bridge is safe,” said {source}.") != "Ana Ruiz"


@pytest.mark.parametrize(
    ("full", "short"), [("Ana Sommerfeld", "Somerfeld"), ("Md Rafiqul Odeh", "Rafikul")]
)
def test_another_spelling_is_the_same_person(full: str, short: str) -> None:
    """A long surname however often; a middle name too."""
    often = f"{short} left on Monday. {short} was late. " * (full[0] == "A")
    text = f"{full} opened the bridge. {often}\n\n{short} said that the bridge was safe."
    assert _said_by(text) == full


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("The bridge is old. One must not forget that it was shut for years.", True),
        ("Two bridges are old. One has shown that it can be shut for years.", False),
    ],
)
def test_one_who_must_is_the_author(text: str, author: bool) -> None:
    """With a verb that tells what one may or must; else it is one of those told of."""
    names = [quote.speaker_name for quote in PIPE(text).quotes]
    assert names
    assert ("I" in names) == author


@pytest.mark.parametrize(
    ("opening", "source", "speaker"),
    [
        ("Open Door International met on Monday.", "The NGO", "Open Door International"),
        ("“It is late,” the FAO said.", "The UN agency", "FAO"),
        ("The Lumora Institute of Science met.", "The LISc", "Lumora Institute of Science"),
        ("Ana Ruiz left.", "LUM Public Relations Officer, Menno Odeh", "Menno Odeh"),
        ("Ana Ruiz left.", "Ruiz’s calculations", "Ana Ruiz"),
    ],
)
def test_sorts_initials_and_offices_lead_to_who_is_named(
    opening: str, source: str, speaker: str
) -> None:
    """What a body is, its initials and more letters, and an office are no names of their own."""
    assert _said_by(f"{opening}\n\n{source} said that the bridge was safe.") == speaker


@pytest.mark.parametrize(
    ("opening", "told", "speaker"),
    [
        ("A judge", "The lawyer praised the ruling by Judge Ana Ruiz on Monday.", "Ana Ruiz"),
        ("A senior judge", "The ruling came from Judge Ana Ruiz on Monday.", "Ana Ruiz"),
        ("A judge", "Judge Ana Ruiz and Judge Omar Odeh met on Monday.", None),
        ("The health minister", "Secretary for Health Ana Ruiz met on Monday.", "Ana Ruiz"),
        ("The health minister", "Secretary for Labour Ana Ruiz met on Monday.", None),
    ],
)
def test_a_role_of_the_first_lines_is_who_alone_bears_it_below(
    opening: str, told: str, speaker: str | None
) -> None:
    """Whoever bears the role, or the same by another noun, is announced by it."""
    text = f"{opening} said that the bridge was shut.\n\n{told}\n\nIt rained all day."
    name = PIPE(text).quotes[0].speaker_name
    assert name == speaker if speaker else name not in ("Ana Ruiz", "Omar Odeh")


def test_an_adjective_before_a_surname_tells_how_its_bearer_is() -> None:
    """With an article, a small word and a person's name."""
    text = "Ana Ruiz opened the bridge.\n\n“It is late,” an angry Ruiz replied."
    assert _said_by(text) == "Ana Ruiz"


def test_a_further_role_takes_up_who_was_spoken_of() -> None:
    """What else somebody is, told with more than a noun, is news of the last subject."""
    text = (
        "Senator Ana Ruiz met farmers on Monday and left the hall soon.\n\n"
        "The retired neurosurgeon declined to say what she had heard."
    )
    assert _said_by(text) == "Ana Ruiz"


def test_she_in_somebodys_words_is_no_plural() -> None:
    """A plural in the same words is not taken up by "she"."""
    text = (
        "Ana Ruiz, the mayor, left.\n\n“Some people say that it is late, but she says that it is "
        "early,” said Omar Odeh, a baker."
    )
    assert quotecraft.load(nested=True)(text).quotes[-1].speaker_name == "Ana Ruiz"
