"""Names, roles and kinds of those who speak in news, through the pipeline."""

import pytest

import quotecraft
from quotecraft.model import Document, Speaker, SpeakerKind
from quotecraft.speakers.name_proofs import sorted_names
from quotecraft.speakers.names import find_names
from tests.speakers.sample import indirect, resolve, speaker_names, words_of

PIPE = quotecraft.load()


def _speakers(text: str) -> list[Speaker]:
    document: Document = PIPE(text)
    return [s for s in (document.speaker(quote) for quote in document.quotes) if s is not None]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Lumora CEO Ana Ruiz said that the road was shut.", "Ana Ruiz", "Lumora CEO"),
        (
            "Telecom Arvelo Chief Executive, Dr Petar Novan said that the cable had landed.",
            "Petar Novan",
            "Telecom Arvelo Chief Executive",
        ),
        (
            "Chinese Ambassador to Bangladesh Li Wen said that the visit was off.",
            "Li Wen",
            "Chinese Ambassador to Bangladesh",
        ),
        (
            "The former secretary of the union, Ana Ruiz, said that the road was shut.",
            "Ana Ruiz",
            "former secretary of the union",
        ),
        (
            "Ana Ruiz, founder and CEO of Lumora, said that the road was shut.",
            "Ana Ruiz",
            "founder and CEO of Lumora",
        ),
        (
            "The singer and actor Ana Ruiz said that she would not come.",
            "Ana Ruiz",
            "singer and actor",
        ),
        (
            "Foreign Trade and Tourism Minister Ana Ruiz said that the road was shut.",
            "Ana Ruiz",
            "Foreign Trade and Tourism Minister",
        ),
        (
            "Ana Ruiz (安娜), head of the office, said that the road was shut.",
            "Ana Ruiz",
            "head of the office",
        ),
        (
            "Ana Ruiz is the director of Radio Arvelo.\n\nRuiz said that the road was shut.",
            "Ana Ruiz",
            "director of Radio Arvelo",
        ),
        ("Tuktoyaktuk carver Roy Lee said that the sea was high.", "Roy Lee", "Tuktoyaktuk carver"),
    ],
)
def test_a_role_is_told_with_its_complement(text: str, name: str, role: str) -> None:
    """Bodies, places, "and" and brackets between a role and its bearer cut neither."""
    speaker = _speakers(text)[-1]
    assert speaker.name == name
    assert role in speaker.roles


def test_a_verb_behind_a_name_is_no_role() -> None:
    """What follows a comma is an apposition only if it is a noun phrase that ends there."""
    speakers = _speakers("According to Ana Ruiz, the minister has said that the road was shut.")
    assert all("minister" not in role for s in speakers for role in s.roles if s.name == "Ana Ruiz")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Geneva-based Lumora said that the road was shut.", "Lumora"),
        ("The Arvelo High Court on Tuesday said that the road was shut.", "Arvelo High Court"),
        ("Reuters news agency said that the road was shut.", "Reuters"),
        (
            "The Egyptian Association against Torture said that the road was shut.",
            "Egyptian Association against Torture",
        ),
        ("Prime Minister L.Oyun-Erdene said that the road was shut.", "L.Oyun-Erdene"),
        ("Ana “Tita” Ruiz said that the road was shut.", "Ana “Tita” Ruiz"),
        ("Washington, DC-based writer Ana Ruiz said that the road was shut.", "Ana Ruiz"),
        ("Asked how she felt, Ana Ruiz said that the road was shut.", "Ana Ruiz"),
        (
            "An activist group, the Assistance Association of Arvelo, said no.",
            "Assistance Association of Arvelo",
        ),
        ("DOC Senior Ranger Ana Ruiz said that the road was shut.", "Ana Ruiz"),
    ],
)
def test_a_name_holds_its_own_words_only(text: str, name: str) -> None:
    """Adjectives of place, days and kinds of bodies stay outside a name, nations inside."""
    assert _speakers(text)[-1].name == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Haaretz said that the road was shut.", SpeakerKind.ORGANIZATION),
        ("Nunavut Legal Aid said that the road was shut.", SpeakerKind.ORGANIZATION),
        ("According to official figures, the road was shut.", SpeakerKind.DOCUMENT),
        ("The statistics show that the road was shut.", SpeakerKind.DOCUMENT),
        ("Many said that the road was shut.", SpeakerKind.GROUP),
        ("Half of the teachers said that the road was shut.", SpeakerKind.GROUP),
        ("The Saudis said that the road was shut.", SpeakerKind.GROUP),
        ("The 21-year-old said that the road was shut.", SpeakerKind.PERSON),
    ],
)
def test_kinds_of_speakers(text: str, kind: SpeakerKind) -> None:
    """Media are bodies, figures documents, portions of people groups."""
    assert _speakers(text)[-1].kind is kind


def test_initials_of_a_person_are_an_alias() -> None:
    """Three initials that fit one full name stand for it."""
    speakers = _speakers(
        "The envoys met Omar bin Salim on Monday. Salim said that the road was shut.\n\n"
        "“It will open,” Prince OBS said."
    )
    assert {speaker.name for speaker in speakers} == {"Omar bin Salim"}


def test_roles_are_told_once() -> None:
    """A role that a longer one holds is left out."""
    speaker = _speakers(
        "The President of the Republic, Ana Ruiz, said that the road was shut.\n\n"
        "President Ruiz said that it would open. The president said so again."
    )[0]
    assert speaker.roles == ("President of the Republic",)


def test_the_company_is_the_one_named_before_an_office() -> None:
    """A body that stands before an office can be taken up."""
    text = (
        "Google CEO Ana Ruiz said that the road was shut. She has run Google since May.\n\n"
        "“It will open,” the company said in a statement."
    )
    assert [speaker.name for speaker in _speakers(text)] == ["Ana Ruiz", "Google"]


def test_which_is_what_stands_before_it() -> None:
    """A relative pronoun takes up the words before it, not the last speaker."""
    text = (
        "The organization also said it felt threatened by the ministry’s letter, which referred to "
        "its activities as a “suspect campaign against the country”."
    )
    told = [
        indirect(text, "it felt threatened by the ministry’s letter", "The organization"),
        indirect(text, "its activities as a “suspect campaign against the country”", "which"),
    ]
    assert speaker_names(resolve(text, told))[-1] == "the ministry’s letter"


def test_the_court_is_the_one_described_before() -> None:
    """A bare noun takes up the last description with the same noun."""
    names = {
        speaker.name
        for speaker in _speakers(
            "The Shanghai court said that the road was shut.\n\nThe court said that it would open."
        )
    }
    assert names == {"the Shanghai court"}


def test_the_council_is_the_body_named_before_it() -> None:
    """A general noun with a capital is the longer name that ends so."""
    names = {
        speaker.name
        for speaker in _speakers(
            "The Meridian Fishing Council said that the harbour was shut.\n\n"
            "The Council said that it would open in May."
        )
    }
    assert names == {"Meridian Fishing Council"}


def test_the_police_are_no_organisation_with_police_in_its_name() -> None:
    """Only the head noun of a name takes it up."""
    names = [
        speaker.name
        for speaker in _speakers(
            "The International Criminal Police Organization issued a notice in May.\n\n"
            "The police said that the man had been caught."
        )
    ]
    assert names == ["the police"]


def test_an_editor_of_one_paper_is_no_editor_of_another() -> None:
    """Whose role tells of another body than a description's is not meant."""
    speakers = _speakers(
        "Al Wafd editor Abbas Tarabili said that the vote was fair.\n\n"
        "“It was not,” the editor of the Gomhouriya wrote."
    )
    assert speakers[-1].name != "Abbas Tarabili"


def test_a_motto_in_marks_is_nobodys() -> None:
    """What stands in marks without a cue in the middle of a sentence has no speaker."""
    document = PIPE(
        "Ana Ruiz said that the road was shut.\n\n"
        "The meeting was held on the theme “Taking stock of progress and rising to the challenges”."
    )
    assert document.quotes[-1].speaker is None or len(document.quotes) == 1


def test_one_place_behind_a_sort_of_body_makes_nobody_one() -> None:
    """Somebody told of often stays a person when "the party" happens to stand before once."""
    often = "Nadia came in. Nadia sat down. After the party Nadia went home. " + "Nadia wept. " * 9
    once = "The group Nadia said no. Then Nadia met. "
    for text, found in ((often, set()), (once, {("nadia",)})):
        words = words_of(text)
        assert sorted_names(words, find_names(words), {"party", "group"}) == found
