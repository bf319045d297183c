"""Who "I", "we", "who", "which" and "those" are in news."""

import pytest
from attrs import evolve

import quotecraft
from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind
from quotecraft.speakers.links import Observer
from quotecraft.speakers.resolver import RuleResolver
from tests.speakers.sample import indirect, quoted, sentences, span


def _link(text: str, source: str, content: str) -> tuple[str | None, str]:
    """Return whom the source of the last of some words stands for, and by which pattern."""
    occurrence = text[: text.index(content)].count(source) - 1
    attribution = indirect(text, content, source, occurrence)
    linker = RuleResolver().link(text, sentences(text), [attribution], Observer())
    unit = linker.units[-1]
    if unit.speaker is None:
        return None, unit.pattern
    names = [*unit.speaker.names] or [unit.speaker.description or ""]
    return max(names, key=len), unit.pattern


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("The lake is calm.\n\nI think that it will freeze.", "I", "I"),
        ("The lake is calm.\n\nFrom afar we have heard that it will freeze.", "we", "we"),
        ("By Ana Ruiz\n\nThe lake is calm. I think that it will freeze.", "I", "Ana Ruiz"),
        ("The lake is calm. I think that it will freeze.\n\nBy Ana Ruiz", "I", "Ana Ruiz"),
        (
            "The lake is calm. I think that it will freeze.\n\n"
            "Ana Ruiz is a writer who lives in Sorra.",
            "I",
            "Ana Ruiz",
        ),
    ],
)
def test_the_author_says_i_and_we(text: str, source: str, expected: str) -> None:
    """A column's first person is its author, by name where the text is signed."""
    assert _link(text, source, "it will freeze")[0] == expected


@pytest.mark.parametrize("announced", ["issued the following statement", "wrote the letter below"])
@pytest.mark.parametrize("source", ["I", "we"])
def test_a_statement_is_whose_it_is_announced_to_be(announced: str, source: str) -> None:
    """The first person behind "issued the following statement" is who issued it."""
    text = f"Ana Ruiz, head of the bank, {announced}.\n\nToday {source} regret that it was shut."
    assert _link(text, source, "it was shut") == ("Ana Ruiz", "stated")


def test_words_whose_opening_mark_is_lost_are_not_the_authors() -> None:
    """A mark that only closes tells that somebody else said it."""
    text = 'The lake is calm.\n\nIt is cold, but I think that it will freeze," Ana Ruiz said.'
    assert _link(text, "I", "it will freeze")[0] is None


def test_we_behind_what_somebody_said_is_not_the_author() -> None:
    """Reported words may go on in the first person, without marks."""
    text = "Ana Ruiz said that the lake was calm. From here we hope that it will freeze."
    attributions = [
        indirect(text, "the lake was calm", "Ana Ruiz"),
        indirect(text, "it will freeze", "we"),
    ]
    linker = RuleResolver().link(text, sentences(text), attributions, Observer())
    assert linker.units[-1].speaker is None


@pytest.mark.parametrize("told", ["I’m told", "I am assured", "I was often told"])
def test_who_is_told_says_nothing(told: str) -> None:
    """What the author was told is nobody's words that the text names."""
    text = f"The lake is calm. {told} that it will freeze."
    cue = told.partition("I")[2].strip()
    assert _told(text, cue) is None


def _told(text: str, cue: str) -> str | None:
    attribution = evolve(indirect(text, "it will freeze", "I"), cue=(span(text, cue),))
    unit = RuleResolver().link(text, sentences(text), [attribution], Observer()).units[0]
    return unit.speaker.description if unit.speaker else None


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Ana Ruiz met teachers who said that it was cold.", "who", "teachers"),
        ("The paper cites businesses that said it was cold.", "that", "businesses"),
        ("They opened it for those who said that it was cold.", "those", "those"),
        ("The plan of the pilots’ union, which said that it was cold.", "which", "union"),
        (
            "It quotes Ana Ruiz, a jurist from the Sorra University, who said that it was cold.",
            "who",
            "Ana Ruiz",
        ),
        (
            "Ana Ruiz was also the only envoy who said that it was cold.",
            "who",
            "Ana Ruiz",
        ),
        (
            "It quotes Ana Ruiz, Mayor Bo Lara’s former aide, who said that it was cold.",
            "who",
            "Ana Ruiz",
        ),
        (
            "It quotes Ana Ruiz of Sorra, a friend of Dr. Bo Lara, who said that it was cold.",
            "who",
            "Ana Ruiz",
        ),
        (
            "It quotes Ana Ruiz, minister of labour who said that it was cold.",
            "who",
            "Ana Ruiz",
        ),
        (
            "It quotes Ana Ruiz, who met a friend of Bo Lara, who said that it was cold.",
            "who",
            "Bo Lara",
        ),
        (
            "It was cold, Bo Lara told the owner of the port, who said that it was cold.",
            "who",
            "the owner of the port",
        ),
        (
            "It quotes Ana Ruiz and Bo Lara, who say that it was cold.",
            "who",
            "Ana Ruiz and Bo Lara",
        ),
        (
            "It quotes Ana Ruiz and Bo Lara, who said that it was cold.",
            "who",
            "Bo Lara",
        ),
    ],
)
def test_relatives_take_up_who_stands_before(text: str, source: str, expected: str) -> None:
    """People without an article, whom a description tells of, subjects of "is", two of a plural."""
    assert (_link(text, source, "it was cold")[0] or "").endswith(expected)


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("Everyone said that it was cold.", "Everyone", "everyone"),
        ("Everyone here said that it was cold.", "Everyone here", "everyone here"),
        ("Outside you said that it was cold.", "you", "you"),
        ("Nobody said that it was cold.", "Nobody", None),
        ("As to comfort, 38.5% said that it was cold.", "38.5", "38.5%"),
        ("As to comfort, 20 per cent said that it was cold.", "20", "20 per cent"),
    ],
)
def test_everyone_and_shares_are_unnamed(text: str, source: str, expected: str | None) -> None:
    """Words for many, or for readers, are speakers without a name; words for none are nobody."""
    name = _link(text, source, "it was cold")[0]
    assert (name and name.lower()) == expected


@pytest.mark.parametrize("passive", ["was announced", "has been reported", "was said"])
def test_it_was_announced_is_nobody(passive: str) -> None:
    """An impersonal "it" takes up no body that was named before."""
    text = f"The Meridian Bank opened on Monday. It {passive} that the lake was cold."
    attribution = evolve(
        indirect(text, "the lake was cold", "It"), cue=(span(text, passive.rsplit(maxsplit=1)[-1]),)
    )
    unit = RuleResolver().link(text, sentences(text), [attribution], Observer()).units[0]
    assert unit.speaker is None


def test_it_takes_up_the_body_described_before() -> None:
    """A description that opens the sentence before is what "it" means, a person is not."""
    text = "The central government met. It also said that the lake was cold."
    assert _link(text, "It", "the lake was cold")[0] == "the central government"
    text = "The old teacher met. It also said that the lake was cold."
    assert _link(text, "It", "the lake was cold")[0] is None


def test_it_goes_on_behind_a_paragraph_that_names_nobody() -> None:
    """Quoted words that "it said" are of the body that spoke two paragraphs before."""
    text = "“It is cold,” the Meridian Bank said.\n\nThe road is long.\n\n“It is warm,” it said."
    resolution = RuleResolver(0.0).resolve(
        text, sentences(text), quoted(text, ["the Meridian Bank", "it"])
    )
    assert resolution.links[0].speaker == resolution.links[1].speaker


def _nested(text: str, outer: str, inner: str, source: str | None, cue: str) -> str | None:
    """Return who speaks the inner of two attributions, the outer of Ana Ruiz."""
    attributions = [
        indirect(text, outer, "Ana Ruiz"),
        Attribution(
            (span(text, inner),),
            QuoteKind.INDIRECT,
            cue=(span(text, cue),),
            source=(span(text, source),) if source else (),
            parent=0,
        ),
    ]
    unit = RuleResolver().link(text, sentences(text), attributions, Observer()).units[1]
    return max(unit.speaker.names, key=len) if unit.speaker else None


@pytest.mark.parametrize(
    ("between", "expected"), [("Leo Soto left", "Leo Soto"), ("rain fell", "Ana Ruiz")]
)
def test_he_in_reported_words_is_the_subject_there(between: str, expected: str) -> None:
    """Between who says it and the pronoun, the last person who is a subject is meant."""
    text = f"Ana Ruiz said that {between} as he feared that it was cold."
    outer = f"{between} as he feared that it was cold"
    assert _nested(text, outer, "that it was cold", "he", "feared") == expected


@pytest.mark.parametrize(
    ("words", "cue", "expected"),
    [
        ("it was shut, adding that it was cold", "adding", "Ana Ruiz"),
        ("her full support for the plan", "support", "Ana Ruiz"),
        ("rumours of the plan", "rumours", None),
        ("it is believed that it was cold", "believed", None),
    ],
)
def test_somebody_goes_on_within_their_own_words(
    words: str, cue: str, expected: str | None
) -> None:
    """Participles and nouns of the mind are the speaker's; passives and rumours are nobody's."""
    text = f"Ana Ruiz affirmed {words}."
    inner = words.partition(f"{cue} ")[2]
    assert _nested(text, words, inner, None, cue) == expected


@pytest.mark.parametrize(
    ("opening", "cue"),
    [
        ("It is worth mentioning", "mentioning"),
        ("It should also be noted", "noted"),
        ("It is no wonder", "It is no wonder"),
        ("It’s hardly surprising", "surprising"),
        ("There is little doubt", "doubt"),
        ("In May it seems", "seems"),
    ],
)
def test_what_is_worth_mentioning_is_the_authors(opening: str, cue: str) -> None:
    """The author speaks without "I" in "It is worth mentioning that"."""
    text = f"The lake is calm. {opening} that it is cold."
    attribution = Attribution(
        (span(text, "that it is cold"),), QuoteKind.INDIRECT, cue=(span(text, cue),)
    )
    unit = RuleResolver().link(text, sentences(text), [attribution], Observer()).units[0]
    assert unit.speaker is not None
    assert (unit.pattern, unit.speaker.description) == ("author", "I")


def test_what_must_be_noted_within_words_is_whose_words_they_are() -> None:
    """Within a quotation it is the one quoted who says "It must be noted that"."""
    words = "It must be noted that the lake is cold"
    text = f"“{words},” Ana Ruiz said."
    assert _nested(text, words, "that the lake is cold", None, "noted") == "Ana Ruiz"


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        ("Ana Ruiz came for the third time:", "Ana Ruiz"),
        ("For Ana Ruiz, the lake is too deep:", "Ana Ruiz"),
        ("The lake is too deep:", None),
    ],
)
def test_a_colon_leads_to_what_a_subject_says(lead: str, expected: str | None) -> None:
    """Words behind a colon, without a cue, are those of the one person that the clause is about."""
    text = f"The lake is cold. {lead} “Nobody goes there any more.”"
    words = "“Nobody goes there any more.”"
    attribution = Attribution((span(text, words),), QuoteKind.DIRECT)
    unit = RuleResolver().link(text, sentences(text), [attribution], Observer()).units[0]
    assert (unit.speaker and next(iter(unit.speaker.names))) == expected


def test_what_seems_within_words_is_whose_words_they_are() -> None:
    """What seems so within a quotation seems so to the one quoted; what seemed so to nobody."""
    words = "The lake seems deep"
    assert _nested(f"“{words},” Ana Ruiz said.", words, "deep", None, "seems") == "Ana Ruiz"
    words = "The lake seemed deep"
    assert _nested(f"“{words},” Ana Ruiz said.", words, "deep", None, "seemed") is None


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("This is the text of the interview that she had with The Sorra Post.", "Sorra Post"),
        ("The Sorra Post was founded long ago.", "Q"),
    ],
)
def test_labelled_questions_are_the_papers_or_unnamed(opening: str, expected: str) -> None:
    """The introduction may name the paper that asks; "Q" is somebody in any case."""
    text = f"Ana Ruiz is a painter. {opening}\n\nQ1: What do you paint?\n\nA1: I paint lakes."
    attributions = [
        Attribution(
            (span(text, content),),
            QuoteKind.DIRECT,
            source=(span(text, label),),
            evidence=("transcript",),
        )
        for content, label in (("What do you paint?", "Q1"), ("I paint lakes.", "A1"))
    ]
    resolution = RuleResolver(0.0).resolve(text, sentences(text), attributions)
    asked, answered = resolution.links
    names = {speaker.id: speaker.name for speaker in resolution.speakers}
    assert (names.get(asked.speaker), names.get(answered.speaker)) == (expected, "Ana Ruiz")
    assert (asked.addressee, answered.addressee) == (answered.speaker, asked.speaker)


@pytest.mark.parametrize(
    ("author", "expected"),
    [("Ana Ruiz", "Ana Ruiz"), ("Ana Ruiz and Leo Soto", "I"), ("Reuters", "I"), (None, "I")],
)
def test_the_metadata_name_the_author(author: str | None, expected: str) -> None:
    """Whoever is named as the author in the metadata says "I" in news."""
    text = "The lake is calm.\n\nFrom here I think that it will freeze."
    attribution = indirect(text, "it will freeze", "I")
    resolver = RuleResolver(0.0).written_by(author or "")
    (speaker,) = resolver.resolve(text, sentences(text), [attribution]).speakers
    assert speaker.name == expected


def test_the_pipeline_hands_the_author_on() -> None:
    """The metadata of a text reach the resolver."""
    text = (
        "The lake near Sorra is calm in winter, and the mayor, Leo Soto, likes it.\n\n"
        "I think that it will freeze. Mr Soto said that it would.\n\n"
        "I believe that nobody knows."
    )
    document = quotecraft.load()(text, metadata={"author": "Ana Ruiz"})
    assert {speaker.name for speaker in document.speakers} >= {"Ana Ruiz"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Ruiz spoke with farmers before they said that it was cold.", "farmers"),
        ("Ana Ruiz saw the bridges before they said that it was cold.", None),
        ("Farmers came to Sorra. “Then they said that it was cold,” Ana Ruiz added.", "they"),
        ("“I asked farmers and they said that it was cold,” Ana Ruiz added.", "farmers"),
        ("“Then they [the Sorra Lakers] said that it was cold,” she added.", "Sorra Lakers"),
    ],
)
def test_they_may_be_people_without_names(text: str, expected: str | None) -> None:
    """Nearest people, inside quotation marks only those told of there; else just "they"."""
    assert _link(text, "they", "it was cold")[0] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [("WHO", "WHO"), ("the WHO", "WHO"), ("US", "US"), ("the US", "US")],
)
def test_abbreviations_are_no_pronouns(source: str, expected: str) -> None:
    """Bodies whose letters are those of a pronoun are named, at the start of sentences too."""
    opening = "" if source.isupper() else "Then "
    text = f"Doctors, who knew us, met. {opening}{source} said that it was cold."
    assert _link(text, source, "it was cold") == (expected, "name:other")


@pytest.mark.parametrize(
    ("opening", "expected"), [("For", "Leo Soto"), ("As for", "Leo Soto"), ("Next to", "Tom Lee")]
)
def test_he_is_whom_the_sentence_announces(opening: str, expected: str) -> None:
    """Whom "For Soto, …" and "As for Soto, …" announce, and not who spoke last."""
    text = (
        "Tom Lee and Leo Soto keep the lake. “It is warm,” Tom Lee said.\n\n"
        f"{opening} Leo Soto, it is no place to swim. “It is cold,” he said."
    )
    resolution = RuleResolver(0.0).resolve(text, sentences(text), quoted(text, ["Tom Lee", "he"]))
    names = {speaker.id: speaker.name for speaker in resolution.speakers}
    link = resolution.links[1]
    assert link.speaker is not None
    assert names[link.speaker] == expected


def test_i_behind_what_somebody_named_said_is_not_the_author() -> None:
    """Reported words may go on in the first person without marks."""
    text = "Ana Ruiz said that the lake was calm. From here I hope that it will freeze."
    attributions = [
        indirect(text, "the lake was calm", "Ana Ruiz"),
        indirect(text, "it will freeze", "I"),
    ]
    linker = RuleResolver().link(text, sentences(text), attributions, Observer())
    assert linker.units[-1].speaker is None
