"""Offices, bodies and other names in news: who holds which, who can't, and who goes by two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quotecraft
from quotecraft.model import SpeakerKind
from quotecraft.speakers.name_spelling import Surnames
from quotecraft.speakers.names import find_names
from quotecraft.speakers.source_ends import is_scrap, referring
from quotecraft.speakers.words import INITIAL
from tests.speakers.sample import words_of

PIPE = quotecraft.load()


def _said_by(text: str) -> list[str]:
    return [quote.speaker_name or "" for quote in PIPE(text).quotes]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (
            "Ana Ruiz questioned the mayor over the bridge on Monday.\n\nRuiz spoke at length. The "
            "mayor said that the bridge was safe.",
            "Ana Ruiz",
        ),
        (
            "“The mayor has no right to shut the bridge,” Ana Ruiz said.\n\nThe mayor said that "
            "the bridge was safe.",
            "Ana Ruiz",
        ),
    ],
)
def test_who_deals_with_or_tells_of_an_office_does_not_hold_it(text: str, other: str) -> None:
    """Principle C: "Ruiz questioned the mayor" tells of two people."""
    assert _said_by(text)[-1] != other


def test_an_office_long_spoken_of_is_not_that_of_another_country() -> None:
    """Who comes in late as prime minister of somewhere else is not "the prime minister"."""
    text = (
        "The prime minister opened the port on Monday. The prime minister spoke of the roads. "
        "Crowds cheered the prime minister.\n\nIt was built with help from Shri Amar Das, prime "
        "minister of the Republic of India.\n\nThe prime minister said that the port was free."
    )
    assert "Amar Das" not in _said_by(text)[-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The head of the Harbour Court of Arvelo (HCA), Ana Ruiz, opened the year. Juan Lara, "
            "head of the union, was there.\n\nThe HCA head said that the year would be hard.",
            "Ana Ruiz",
        ),
        (
            "The Arvelo Police searched the port on Monday.\n\nNothing was found, the force said "
            "in a statement.",
            "Arvelo Police",
        ),
        (
            "The Meridian army said that it had shelled the port.\n\nThe military said that it "
            "had hit nobody.",
            "the Meridian army",
        ),
        (
            "The port is not safe, a heavyweight of the town has said.\n\n“It was the storm,” said "
            "Ben Lara. Lara has dived there since May.",
            "Ben Lara",
        ),
        (
            "Juan Lara, better known as Juanito, sang in Arvelo on Monday.\n\nJuanito said that "
            "the hall was full.",
            "Juan Lara",
        ),
        (
            "The Arvelo harbour watch committee (HWC) met on Monday.\n\nThe HWC said that the port "
            "was safe.",
            "harbour watch committee",
        ),
        (
            "Menno Hartvig, a teacher, spoke on Monday. Hartvig said that the road was shut.\n\n"
            "Harttvig said that he would come.",
            "Menno Hartvig",
        ),
    ],
)
def test_roles_bodies_and_other_names_lead_to_one(text: str, expected: str) -> None:
    """Initials in brackets, nouns that take up bodies, leads, other names, misspelt ones."""
    assert set(_said_by(text)) == {expected}


@pytest.mark.parametrize("office", ["Commerce Minister", "Trade Secretary"])
def test_an_office_alone_is_no_name(office: str) -> None:
    """What ministers are for goes into a title as it does behind "of"."""
    text = f"The {office} has said that prices will fall.\n\n{office} Ana Ruiz said so on Monday."
    assert office not in _said_by(text)


_WORDS = st.text("abcde", min_size=1, max_size=8)


@given(_WORDS, _WORDS)
def test_surnames_one_letter_apart_are_found(one: str, two: str) -> None:
    """Against the edit distance of Levenshtein (1966), computed by its recurrence."""
    rows = [list(range(len(two) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, other in enumerate(two, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (letter != other)))
        rows.append(row)
    assert Surnames([(one, 7)]).near(two) == ({7} if rows[-1][-1] == 1 else set())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("who their lawyer", "their lawyer"),
        ("Does this woman", "this woman"),
        ("She [Ana Ruiz]", "Ana Ruiz"),
        ("Ruiz shortly after meeting Juan Lara", "Ruiz"),
        ("the woman after the match", "the woman after the match"),
        ("who came", "who came"),
    ],
)
def test_a_source_is_read_without_what_leads_to_it_and_trails_it(
    source: str, expected: str
) -> None:
    """Words of a clause around it, and the pronoun before an editor's brackets, are left out."""
    words = words_of(f"Then {source} said so.")
    last = words.lower.index("said") - 1
    first, end = referring(words, 1, last)
    assert words.text[words.starts[first] : words.ends[end]] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Justice Ana Ruiz rejected the plea. Juan Lara lost the case.\n\nThe judge said "
            "that it was too late.",
            "Ana Ruiz",
        ),
        (
            "Ana Ruiz is the commander of the Meridian Navy. She met Juan Lara, head of the "
            "port.\n\nThe Meridian navy chief said that the sea was calm.",
            "Ana Ruiz",
        ),
    ],
)
def test_another_noun_for_the_same_office_means_its_bearer(text: str, expected: str) -> None:
    """The judge is a justice, the navy chief its commander."""
    assert set(_said_by(text)) == {expected}


def test_a_dateline_opens_a_sentence() -> None:
    """The capital behind "ARVELO, May 3 --" makes no name of a plain noun."""
    for line in ("ARVELO--", "ARVELO, May 3 (Lumora) -- ", "ARVELO — "):
        text = f"{line}Survivors of the flood in Arvelo welcomed the news that a dam will be built."
        words = words_of(text)
        assert words.has(words.lower.index("survivors"), INITIAL)


def test_who_comes_without_a_role_was_described_before() -> None:
    """Below the lead, too, a name without any role is that of who was described."""
    text = (
        "A ferry sank off Arvelo on Monday and the port was shut. "
        * 8
        + "\n\nThe owner's lawyer said that nothing was proven.\n\n“It was the storm,” Lisa Hart "
        "wrote."
    )
    assert set(_said_by(text)) == {"Lisa Hart"}


def test_a_piece_of_a_clause_names_nobody() -> None:
    """A lone noun without an article, and words that open a clause, aren't who speaks."""
    words = words_of("Then case published by Lumora and the report by Lumora said so.")
    place = words.lower.index
    assert is_scrap(words, place("case"), place("case"))
    assert is_scrap(words, place("published"), place("published") + 2)
    assert not is_scrap(words, place("the"), place("report") + 2)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz has made a documentary, “The Long Harbour,” on the port.\n\nRuiz’s film shows "
        "that the port is dying. The film describes how “nobody is left to mend the boats.”",
        "The “Long Harbour” textbook is for third grade.\n\nThe book claims that “nobody is left "
        "to mend the boats.”",
    ],
)
def test_a_work_is_taken_up_by_its_noun(text: str) -> None:
    """A title beside "documentary" is what "the film" means, and it is a document."""
    speakers = {s.name: s.kind for s in PIPE(text).speakers}
    (name,) = (name for name in speakers if "Long Harbour" in name)
    assert speakers[name] is SpeakerKind.DOCUMENT
    assert set(_said_by(text)) == {name}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The bridge will open in May, said the Minister of Public Works, Romeo Larra.",
            "Romeo Larra",
        ),
        (
            "The U.N. High Commissioner for Human Rights, Ana Ruiz, said that the law was harsh.",
            "Ana Ruiz",
        ),
        (
            "Arvelo’s National Director of Public Prosecutions (NDP) Ana Ruiz said the men fled.",
            "Ana Ruiz",
        ),
        (
            "The Minister of Interior and Municipalities Ana Ruiz said that the road was shut.",
            "Ana Ruiz",
        ),
        (
            "Secretary for Culture, Sports and Tourism Ana Ruiz said that the road was shut.",
            "Ana Ruiz",
        ),
        (
            "Vice-Chairman of the Council, Ana Ruiz, said that the road was shut.",
            "Ana Ruiz",
        ),
        (
            "The Director-General of Public Works, Dr. Omar Odeh, said that the road was shut.",
            "Omar Odeh",
        ),
    ],
)
def test_an_office_before_a_full_name_is_no_part_of_it(text: str, expected: str) -> None:
    """The office tells what its bearer is, and the bearer's own name follows."""
    assert _said_by(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "They met the director of the National Gas Company Omar Fares in town.",
            ["National Gas Company", "Omar Fares"],
        ),
        (
            "They met a member of Lumora Transition Council Omar al-Hadi Fares in town.",
            ["Lumora Transition Council", "Omar al-Hadi Fares"],
        ),
        (
            "In Arvelo it rained. The director of the Court in Arvelo Ana Odeh Fares left.",
            ["Arvelo", "Court", "Arvelo", "Ana Odeh Fares"],
        ),
    ],
)
def test_a_body_between_an_office_and_its_bearer_is_a_name_of_its_own(
    text: str, expected: list[str]
) -> None:
    """What ends in a body's noun names the body, and the capitals behind it a person."""
    assert [" ".join(name.core) for name in find_names(words_of(text))] == expected
