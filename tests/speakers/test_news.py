"""Who speaks in news: short forms, bodies, descriptions and relatives, through the pipeline."""

import pytest
from attrs import evolve

import quotecraft
from quotecraft.speakers.lexicon import folded
from tests.speakers.sample import indirect, quoted, resolve, span, speaker_names

PIPE = quotecraft.load()


def _said_by(text: str) -> list[str]:
    return [quote.speaker_name or "" for quote in PIPE(text).quotes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sheikh Humaid bin Rashid met Sheikh Ammar bin Humaid Odeh on Monday.\n\n"
            "Sheikh Humaid said that the school would open.",
            "Humaid bin Rashid",
        ),
        ("Tan Sri Chan Kong Lee said that the road was shut.", "Chan Kong Lee"),
        ("Datuk Seri Ahmad Razak said that the road was shut.", "Ahmad Razak"),
        (
            "René Fernández opened the road.\n\nMinister Fernandez said that it was safe.",
            "René Fernández",
        ),
        (
            "The Meridian Chamber of Builders (Mebu) met on Monday.\n\n"
            "Mebu said that the strike was over.",
            "Meridian Chamber of Builders",
        ),
        (
            "“It is new,” says director Diyet van Odeh.\n\n“It is old,” van Odeh says.",
            "Diyet van Odeh",
        ),
        (
            "Former judge Edel Soto Lara said that it was wrong.\n\nSoto Lara said no more.",
            "Edel Soto Lara",
        ),
        (
            "MEC for Finance Nomusa Odeh opened the road.\n\n“It is safe,” the MEC said.",
            "Nomusa Odeh",
        ),
        (
            "The Disaster Prevention and Mitigation Department said that it met.\n\n"
            "The department said that the road was shut.",
            "Disaster Prevention and Mitigation Department",
        ),
    ],
)
def test_short_forms_stand_for_the_full_name(text: str, expected: str) -> None:
    """Given names after a rank, titles of two words, lost accents and names in brackets."""
    assert _said_by(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Odeh met the mayor.\n\nOdeh’s father said that she had won.", "Odeh’s father"),
        ("Ana Odeh met the mayor.\n\nThe readout said that all was well.", "the readout"),
    ],
)
def test_what_only_a_description_tells_stays_a_description(text: str, expected: str) -> None:
    """Somebody's father, a thing or a group is not the person named last."""
    assert _said_by(text)[-1] == expected


def test_who_is_the_group_it_stands_behind() -> None:
    """A relative pronoun behind a group is the group, not the person named before it."""
    text = "Ana Odeh left the work to the women, who say that they must go on."
    told = indirect(text, "that they must go on", "who")
    assert speaker_names(resolve(text, [told])) == ["the women"]


def test_they_are_the_body_that_spoke() -> None:
    """A document is nobody who can be "they", and a body that only did something need not be."""
    said = "The Harbour Authority said that the road was shut.\n\n"
    did = "The Harbour Authority has met on Monday. The report said that the road was shut.\n\n"
    text = "They said that it would open in May."
    assert _said_by(said + text)[-1] == "Harbour Authority"
    assert _said_by(did + text)[-1] == ""


def test_a_thing_does_not_go_on_in_marks() -> None:
    """A quotation alone in its paragraph is not given to what can't speak."""
    text = (
        "MERIDIAN, May 3 (AP) — Ana Odeh has run the school since 1998, and 40 of its 90 pupils "
        "went on to study. The council paid 12 million for it in 2004.\n\n"
        "Her advice shows that she cares for the 90 pupils.\n\n"
        "“If you work hard, and if you are kind to all of them, they will keep you close by.”"
    )
    told = indirect(text, "that she cares for the 90 pupils", "Her advice")
    (alone,) = quoted(text, [None])
    assert speaker_names(resolve(text, [told, alone]))[-1] != "her advice"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Deputy President Tom Odeh met Ana Ruiz.\n\nThe DP said that the road was shut.",
            "Tom Odeh",
        ),
        (
            "Ana Odeh met Tom Odeh, her husband, on Monday.\n\nAna Odeh describes herself as "
            "shy.\n\nHis wife praised him.\n\nOdeh said that he was glad.",
            "Tom Odeh",
        ),
        (
            "Historians explain that the office was old, but they agree that it was useful.",
            "historians",
        ),
    ],
)
def test_other_ways_to_point_back(text: str, expected: str) -> None:
    """The initials of an office, a shared surname with "he", "they" in the same sentence."""
    assert _said_by(text)[-1] == expected


def test_the_agency_is_the_one_that_spoke_last() -> None:
    """A generic noun for a body means the speaker before, not a body named in passing."""
    text = (
        "The Harbour Safety Institute said that it had read the story of the Meridian News "
        "Agency.\n\nThe institute insisted that the pier was safe."
    )
    assert _said_by(text)[-1] == "Harbour Safety Institute"


def test_a_cue_without_a_source_is_not_the_speaker_before() -> None:
    """Who argued in a document is somebody else than who spoke in the paragraph before."""
    (*_, quote) = PIPE(
        "MERIDIAN, May 3 (AP) — Police said on Monday that the road was shut for 14 days.\n\n"
        "A document came to court on Tuesday arguing that the road “should be shut for good”."
    ).quotes
    assert quote.speaker_name != "Police"


def test_a_sentence_broken_inside_a_name_keeps_it_whole() -> None:
    """What a tokenizer parts without any mark is still one name."""
    document = PIPE("The panel heard chief executive Sarah Fitt said that the road was shut.")
    assert "Fitt" not in [speaker.name for speaker in document.speakers]


@pytest.mark.parametrize("word", ["Fernández", "Óscar", "Māori", "ANA", "Łódź", "日本", "é"])
def test_folding_drops_accents_only(word: str) -> None:
    """Folding gives small letters, as many as before, and folds no further."""
    assert folded(folded(word)) == folded(word)
    assert len(folded(word)) == len(word)


def test_the_president_is_nobody_else_than_the_president_named_before() -> None:
    """A pronoun behind a description by role means who bears the role, not somebody unnamed."""
    text = (
        "PORT MARLEY — President Teodor Vance on Tuesday praised the volunteers who pulled 31 "
        'people from the sea off Marley, calling them "the best of us" and promising that the '
        'state would "never again" leave the station without fuel.\n\n'
        "The president said the shortage had been known to the ministry since January. He added "
        "that two officials had been dismissed, but declined to name them.\n\n"
        "According to his press service, the new contract will run until 2029."
    )
    press, *others = reversed(_said_by(text))
    assert press == "his press service"
    assert set(others) == {"Teodor Vance"}


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        (
            "Meridian Press met. It was revealed that rents rose.",
            "revealed",
            "that rents rose",
            "It",
        ),
        ("Ana Ruiz has been described as a saint.", "described", "as a saint", "Ana Ruiz"),
        (
            "Two guards may have been alerted about the fog.",
            "alerted",
            "about the fog",
            "Two guards",
        ),
    ],
)
def test_what_is_said_of_somebody_is_not_said_by_them(
    text: str, cue: str, content: str, source: str
) -> None:
    """A passive tells neither who describes its subject nor who reveals "it"."""
    found = evolve(indirect(text, content, source), cue=(span(text, cue),))
    assert speaker_names(resolve(text, [found])) == [None]
