"""Who is taken up in news: descriptions, "he" and "she", offices before names, clean roles."""

import pytest

import quotecraft
from quotecraft.speakers.links import Observer
from quotecraft.speakers.resolver import RuleResolver
from tests.speakers.sample import quoted, sentences

PIPE = quotecraft.load()


def _said_by(text: str) -> list[str]:
    return [quote.speaker_name or "" for quote in PIPE(text).quotes]


def quoted_turns(text: str) -> bool:
    """Say whether a text's quotations are read as turns of a conversation."""
    linker = RuleResolver().link(
        text, sentences(text), quoted(text, [None] * text.count("“")), Observer()
    )
    return linker.conversation


def _roles(text: str) -> dict[str, tuple[str, ...]]:
    return {speaker.name: speaker.roles for speaker in PIPE(text).speakers}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Senator Ana Ruiz said that the bridge was safe.\n\n"
            "“I drove over it,” the lawmaker said.",
            "Ana Ruiz",
        ),
        (
            "Senator Ana Ruiz said that the bridge was safe.\n\n"
            "The former tennis star said that she drove over it.",
            "Ana Ruiz",
        ),
        (
            "Senator Ana Ruiz said that the bridge was safe.\n\n“I was there,” the singer said.",
            "the singer",
        ),
        (
            "Rafah Odeh said that the show would go on.\n\n“Nobody is hurt,” the 34-year-old said.",
            "Rafah Odeh",
        ),
        (
            "Former party chairman Juan Lara said that the vote was fair.\n\n"
            "The former transport minister said that he was ready to talk.",
            "Juan Lara",
        ),
        (
            "Popular trainer and media personality Ana Ruiz told of her fall.\n\n"
            "The media personality said that she was well.",
            "Ana Ruiz",
        ),
        (
            "Ana Ruiz said that she would sue. A lawyer for the city spoke, too.\n\n"
            "“She has no case,” the lawyer said.",
            "the lawyer",
        ),
        (
            "Ana Ruiz was sent home by the school on Monday.\n\n"
            "The other teacher said that it was wrong.",
            "the other teacher",
        ),
        (
            "Secretary-General of the Union of Port Towns (UPT) Ana Ruiz opened the summit.\n\n"
            "The UPT Secretary-General said that it was a success.",
            "Ana Ruiz",
        ),
    ],
)
def test_a_description_takes_up_whom_it_fits(text: str, expected: str) -> None:
    """The last speaker is meant if what is said of them fits, somebody unnamed if it doesn't."""
    assert _said_by(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rafah Odeh said that the mayor knew of it. He added that nobody had been told.",
            "Rafah Odeh",
        ),
        (
            "Juan Lara said that the road was shut. Referring to the minister, he said that it "
            "would open soon.",
            "Juan Lara",
        ),
        (
            "Mr Odeh said that the road was shut. Mrs Lara drove over it on Monday. She said that "
            "it was open.",
            "Mrs Lara",
        ),
    ],
)
def test_he_and_she_go_on_with_who_spoke_last(text: str, expected: str) -> None:
    """Somebody in what was reported is no new subject, somebody in the narration is."""
    assert _said_by(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Minister for Sport, Arts and Trade, Dr. Ana Ruiz, said that the hall would open.",
            "Ana Ruiz",
        ),
        ("Deputy director of the FCB Ana Ruiz said that the sea was high.", "Ana Ruiz"),
        ("Secretary for Health Lo Chung-mau said that the wards were full.", "Lo Chung-mau"),
        ("Station director Tan Lien said that it was hot.", "Tan Lien"),
        (
            "The Meridian Chamber of Trade and Industry President Juan Lara said that sales rose.",
            "Juan Lara",
        ),
        (
            "Ana Ruiz, an advocate and member of the council, said that the road was shut.",
            "Ana Ruiz",
        ),
        (
            "The Meridian Food and Drug Administration said that the pills were safe.",
            "Meridian Food and Drug Administration",
        ),
    ],
)
def test_an_office_before_a_name_is_no_part_of_it(text: str, name: str) -> None:
    """Commas, "and", short names and domains may stand in an office; bodies keep their "and"."""
    assert _said_by(text) == [name]


def test_two_people_with_their_offices_are_two() -> None:
    """Each office goes with its own name, so that "the minister" means the minister."""
    document = PIPE(
        "Minister of Planning Ana Ruiz and Union Director for Africa Juan Lara said that the "
        "dam was safe.\n\nThe minister said that the work was done. Lara said that it was not."
    )
    assert document.quotes[1].speaker_name == "Ana Ruiz"
    roles = {speaker.name: speaker.roles for speaker in document.speakers}
    assert roles["Ana Ruiz"] == ("Minister of Planning",)
    assert roles["Juan Lara"] == ("Union Director for Africa",)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Ana Ruiz, a Twitter user, said that it was late.", ("Twitter user",)),
        ("Ana Ruiz, a retired teacher told the paper that it was late.", ("retired teacher",)),
        ("Tokyo Gov. Ana Ruiz said that it was late.", ("Tokyo Gov.",)),
        (
            "Ana Ruiz, who is also the chair of the Port Council, said that it was late.",
            ("chair of the Port Council",),
        ),
        ("Since rain is not a maker of wealth, Ana Ruiz said that it was late.", ()),
        ("Sheikh Rafah Odeh said that it was late.", ()),
        (
            "People's Port Party (PPP) president Ana Ruiz said that it was late.",
            ("People's Port Party (PPP) president",),
        ),
        (
            "Acting mayor Ana Ruiz said that it was late.",
            ("Acting mayor",),
        ),
    ],
)
def test_roles_are_clean(text: str, roles: tuple[str, ...]) -> None:
    """No article, verb, honorific or open bracket is left in a role, and no clause is one."""
    assert next(iter(_roles(text).values())) == roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Meridian Audit Bureau (MAB) searched two offices on Monday.\n\n"
            "The anti-graft body said that papers were found.",
            "Meridian Audit Bureau",
        ),
        (
            "The Meridian Audit Bureau searched the offices of the Port Corporation. The Arvelo "
            "Times was there.\n\nThe regulator said that papers were found.",
            "Meridian Audit Bureau",
        ),
        (
            "The University of Arvelo studied the port on Monday.\n\n"
            "The company said that it was not asked.",
            "the company",
        ),
    ],
)
def test_a_body_is_taken_up_by_a_noun_of_its_sort(text: str, expected: str) -> None:
    """A loose noun with further words means the only subject; a paper or university no company."""
    assert _said_by(text)[-1] == expected


def test_what_somebody_runs_is_told_but_takes_nothing_up() -> None:
    """A relative clause of work is a role, and "the shelter" is not who runs it."""
    document = PIPE(
        "Ana Ruiz, 47, who runs the shelter on the quay, said that it was full.\n\n"
        "The shelter said that it needed money."
    )
    first, second = document.quotes
    assert first.speaker_name == "Ana Ruiz"
    speaker = document.speaker(first)
    assert speaker is not None
    assert speaker.roles == ("runs the shelter on the quay",)
    assert second.speaker_name != "Ana Ruiz"


def test_whom_a_speaker_tells_of_is_not_the_speaker() -> None:
    """A description inside somebody's own words is somebody else."""
    document = quotecraft.load(nested=True)(
        "Minister Ana Ruiz opened the port.\n\n"
        "“The prime minister said that it was safe,” she said."
    )
    inner = [quote for quote in document.quotes if quote.parent]
    assert [quote.speaker_name for quote in inner] == ["the prime minister"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "King Rafah Odeh, with Prince Lara, opened the King Odeh Airbase.\n\n"
            "His Majesty said that it was safe.",
            "King Rafah Odeh",
        ),
        (
            "The President of the Republic Juan Lara met the council.\n\n"
            "The Head of State said that it was over.",
            "Juan Lara",
        ),
        (
            "Ana Ruiz met Juan Lara on Monday. The latter said that it was over.",
            "Juan Lara",
        ),
        (
            "Minister Ali Al-Mudar came on Monday.\n\nDr Mudar said that it was over.",
            "Ali Al-Mudar",
        ),
        (
            "Ana Ruiz met the mayor. He (Juan Lara) said that it was over.",
            "Juan Lara",
        ),
        (
            "The National Port and Sea Forum (NPSF) met on Monday.\n\nNPSF said that it was over.",
            "National Port and Sea Forum",
        ),
    ],
)
def test_other_ways_to_speak_of_somebody_named(text: str, expected: str) -> None:
    """Honours, heads of state, "the latter", names without their article, names in brackets."""
    assert _said_by(text)[-1] == expected


def test_a_source_in_the_same_clause_is_no_apposition() -> None:
    """What "a source" is stands beside the mayor and says nothing of him."""
    text = (
        "The party turned against Mr Lara, a party source said.\n\n“He is done,” the source said."
    )
    assert _said_by(text) == ["a party source", "a party source"]


def test_he_is_the_only_subject_of_the_sentence_before() -> None:
    """Who spoke earlier gives way to who was told of just before."""
    text = (
        "Ana Ruiz said that the bill was late.\n\nDeputy Juan Lara brought it to the council. Lara "
        "signed it on Monday.\n\nHe said that it was a promise."
    )
    assert _said_by(text)[-1] == "Juan Lara"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Senator Ana Ruiz came. Party secretary-general Juan Lara praised her: “She is ready.” "
            "In a letter, the lawmaker said that she would run.",
            "Ana Ruiz",
        ),
        ("On Monday, Channel 12 News said that the road was shut.", "Channel 12 News"),
        ("Port Prison Warden Ana Ruiz said that the gate was shut.", "Ana Ruiz"),
    ],
)
def test_who_is_meant_by_a_narrow_noun_or_a_longer_name(text: str, expected: str) -> None:
    """Members of parliament are lawmakers, party officials need not be; numbers join names."""
    assert _said_by(text)[-1] == expected


def test_a_text_with_its_address_above_it_is_an_article() -> None:
    """The same turns without an address are a conversation."""
    turns = "“Are you ill?” he asked.\n\n“I am. Are you?”\n\n“No! Go!”\n\n“You go!” she said.\n\n"
    texts = ("https://arvelo.example/news/1\n\n" + turns * 3, turns * 3)
    marks = [quoted_turns(text) for text in texts]
    assert marks == [False, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "President Marta Oldan met Norwegian President Per Dahl on Monday.\n\n"
            "“It went well,” the president said.",
            "Marta Oldan",
        ),
        (
            "President Marta Oldan came with Vice President Ida Kerr on Monday.\n\n"
            "“It went well,” the president said.",
            "Marta Oldan",
        ),
        (
            "Marta Oldan, president of the league, said that former President Per Dahl knew it.\n\n"
            "“He saw the letter,” the president said.",
            "Marta Oldan",
        ),
        (
            "President Marta Oldan came with Vice President Ida Kerr on Monday.\n\n"
            "“It went well,” the vice president said.",
            "Ida Kerr",
        ),
    ],
)
def test_who_is_the_president_where_there_are_several(text: str, expected: str) -> None:
    assert _said_by(text)[-1] == expected


def test_a_role_that_several_bear_is_less_sure() -> None:
    several, one = (
        PIPE(f"President Marta Oldan met {other} on Monday.\n\n“It went well,” the president said.")
        for other in ("Norwegian President Per Dahl", "the singer Per Dahl")
    )
    assert several.quotes[-1].confidence.speaker < one.quotes[-1].confidence.speaker


@pytest.mark.parametrize(
    ("text", "name", "roles"),
    [
        ("Quarry Air chief executive H E Omar Fares said no.", "Omar Fares", "chief executive"),
        ("Its Director-General, H.E. Omar Fares, said no.", "Omar Fares", "Director-General"),
        ("Then Counsel Rosa Anders said no.", "Rosa Anders", "Counsel"),
        ("Police spokesman Lt. Col. Omar Fares said no.", "Omar Fares", "Police spokesman"),
        ("Omar Fares, head of Alder Works commenting on it, said no.", "Omar Fares", "head of"),
        (
            "Omar Fares, 80, who heads the union of road- and rail-users in Arvelo, said no.",
            "Omar Fares",
            "heads the union of road- and rail-users in Arvelo",
        ),
    ],
)
def test_names_and_roles_behind_short_titles(text: str, name: str, roles: str) -> None:
    assert roles in " ".join(_roles(text)[name])


def test_what_somebody_does_through_another_is_no_role() -> None:
    text = "On Monday Hale, through his lawyer, advocate Moss Pender, denied that he was there."
    assert _roles(text).get("Hale", ()) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Marta Leder came late. Leder’s lawyer, Hugo Fried, said: “We do not know.”\n\n"
            "Her lawyer said that Leder was ill.",
            "Hugo Fried",
        ),
        (
            "Prime Minister Han Dae-un and Justice Minister Han Min-ho came. “No,” Han said.\n\n"
            "Prime Minister Han said that it would rain.",
            "Han Dae-un",
        ),
        (
            "We met the painter Rosa Anders at home.\n\nQ1: When did you begin?\n\n"
            "A1: I began early.\n\nQ2: Why did you stop?\n\nA2: I never did stop.",
            "Rosa Anders",
        ),
    ],
)
def test_more_ways_to_tell_who_is_meant(text: str, expected: str) -> None:
    assert _said_by(text)[-1] == expected


def test_who_is_accused_does_not_say_it() -> None:
    assert "Rosa Anders" not in _said_by("Rosa Anders has been accused of lying about the bridge.")


def test_the_nephew_of_somebody_named_is_not_them() -> None:
    text = "The nephew of the author Keri Holm says that her wish was to sell it."
    assert _said_by(text)[0].startswith("the nephew of")


def test_he_in_a_clause_of_the_speakers_sentence_is_the_speaker() -> None:
    text = "Hugo Fried praised Sultan Omar Tarik for the hall, which he said would help the town."
    assert set(_said_by(text)) == {"Hugo Fried"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jaime Cortel came. Norland’s National Board of Water Works (NBWW) Chief Jaime "
            "Cortel has told reporters that it would rain.",
            "Jaime Cortel",
        ),
        (
            "The storm was bad.\n\n“It is a breach of rules,” Nasser Kanani underscored.\n\n"
            "The Foreign Ministry spokesman said that the council must act.",
            "Nasser Kanani",
        ),
        ("It is too late, according to the Prosecutor’s Office.", "Prosecutor’s Office"),
        (
            "One of the witnesses in one of the cases on which Bash was heard said that it rained.",
            "one of the witnesses in one of the cases",
        ),
    ],
)
def test_offices_and_long_descriptions(text: str, expected: str) -> None:
    assert _said_by(text)[-1] == expected
