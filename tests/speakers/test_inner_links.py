"""Who "we", "you" and "he" are in somebody's words in news, and who the author's "we" is."""

import pytest

import quotecraft

PIPE = quotecraft.load(nested=True)


def _speakers(text: str, cue: str) -> list[str]:
    """Return who says what a cue signals, for each time that it does."""
    return [q.speaker_name or "" for q in PIPE(text).quotes if q.cue and q.cue[0].of(text) == cue]


@pytest.mark.parametrize(
    "opening", ["At Sorra Bank, we", "From Sorra Bank, we", "We at Sorra Bank"]
)
def test_we_is_the_body_that_it_is_said_to_be(opening: str) -> None:
    """Who says "At Sorra Bank, we" speaks for the bank."""
    text = (
        "Sorra Bank opened an office in Arvelo on Monday. The manager, Ana Ruiz, thanked the "
        f"mayor.\n\n“{opening} promise low rates. We hope that all of you will come,” Ruiz said."
    )
    assert _speakers(text, "hope") == ["Sorra Bank"]


def test_we_without_a_body_is_the_speaker() -> None:
    """A body that is only told of is not who "we" are."""
    text = (
        "Sorra Bank opened an office in Arvelo on Monday. The mayor, Ana Ruiz, was there.\n\n"
        "“People at Sorra Bank work hard. We hope that all of you will come,” Ruiz said."
    )
    assert _speakers(text, "hope") == ["Ana Ruiz"]


def test_nobody_calls_themselves_he_in_their_own_words() -> None:
    """Who speaks quoted words is not the "he" in them."""
    text = (
        "Juan Lara said on Monday that his teacher was dead.\n\n"
        "“It is a great loss,” Lara said. “He believed that all children could sing.”"
    )
    assert "Juan Lara" not in _speakers(text, "believed")


def test_like_somebody_is_somebody_else() -> None:
    """In "Like Soto, he wants …" he isn't Soto."""
    text = (
        "Juan Lara, the candidate, said on Monday that taxes were too high. He would cut them by "
        "half.\n\nMarco Soto said that schools came first. Like Soto, he wants to build more."
    )
    assert _speakers(text, "wants") == ["Juan Lara"]


def test_a_thing_is_no_he_in_what_it_says() -> None:
    """Who is told of in an advert is the "he" in it, not the advert."""
    text = "Bo Ruiz runs the port. The advert says that he believes that the bridge is new."
    assert _speakers(text, "believes") == ["Bo Ruiz"]


@pytest.mark.parametrize("told", ["widely acknowledged", "now feared"])
def test_it_is_widely_known_is_nobodys(told: str) -> None:
    """What is told after "It's widely acknowledged that" has no speaker."""
    text = (
        "The Sorra Union said on Monday that the strike would go on. "
        f"It's {told} that the shops will close."
    )
    assert _speakers(text, told.rsplit(maxsplit=1)[-1]) == [""]


def test_the_author_says_we_behind_somebody() -> None:
    """The author is "we" outside quotation marks, also where somebody was reported before."""
    text = (
        "The budget, and what to make of it.\n\nMinister Ana Ruiz said that the budget was sound, "
        "and promised to lower taxes next year. The debt has grown for ten years, as far as we "
        "know. We believe that the minister is wrong."
    )
    assert _speakers(text, "believe") == ["we"]


def test_you_in_a_question_is_the_guest() -> None:
    """In the questions of an interview, "you" is who answers."""
    text = (
        "The singer Ana Ruiz gave us an interview in Arvelo. Ana Ruiz was in a good mood.\n\n"
        "When did you say that you would stop?\n\nI never said that. I love my work.\n\n"
        "Do you think that your songs will last?\n\nI hope so. I work hard on them.\n\n"
        "What do you want to do next?\n\nI would like to rest. My house is by the sea."
    )
    assert _speakers(text, "think") == ["Ana Ruiz"]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("Juan Lara went to the court to lose another day: ", "Juan Lara"),
        ("She was tired of the court, too: ", "Ana Ruiz"),
        ("Rain fell on the town for weeks: ", ""),
    ],
)
def test_a_colon_leads_to_the_words_of_the_subject(before: str, expected: str) -> None:
    """Behind "Lara went to court: “…”" Lara speaks, behind "she was tired: “…”" who spoke last."""
    text = (
        "The strike in Sorra goes on.\n\nAna Ruiz said on Monday that the judge was slow. "
        "The court has no heating.\n\n"
        f"{before}“If they go on like this, we will never hear a word from them.”"
    )
    quote = next(q for q in PIPE(text).quotes if "never hear" in q.content[0].of(text))
    assert (quote.speaker_name or "") == expected


@pytest.mark.parametrize("end", ["We shall all be there” ,", "We shall all be there"])
def test_several_sentences_in_marks_are_speech_however_they_end(end: str) -> None:
    """A paragraph of several quoted sentences is who was told of last, without a full stop, too."""
    text = (
        "The strike in Sorra goes on.\n\nAna Ruiz said on Monday that the judge was slow.\n\n"
        f"“The court will open on Friday at noon. {end}\n\nThe court is new."
    )
    quote = next(q for q in PIPE(text).quotes if "at noon" in q.content[0].of(text))
    assert quote.speaker_name == "Ana Ruiz"
