"""Whom descriptions, labels and "the two" mean in news: candidates weighed, and links by rule."""

import math

import pytest
from attrs import define, evolve, field

import quotecraft
from quotecraft.model import Document
from quotecraft.speakers.decision import load_news_decider
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.linear import LinearModel
from quotecraft.speakers.links import Observer
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.speakers.units import Unit
from quotecraft.text import pair_marks

PIPE = quotecraft.load()


def _said_by(text: str) -> list[str]:
    return [quote.speaker_name or "" for quote in PIPE(text).quotes]


@define
class _Seen(Observer):
    rankings: list[tuple[str, list[Evidence]]] = field(factory=list)

    def ranked(self, situation: str, unit: Unit, evidence: list[Evidence]) -> None:
        self.rankings.append((situation, list(evidence)))


def _weighed(text: str) -> list[tuple[str, list[Evidence]]]:
    sentences = PIPE.tokenizer.tokenize(text)
    found = PIPE.detector.detect(text, sentences, pair_marks(text))
    seen = _Seen()
    RuleResolver().link(text, sentences, found, seen)
    return [(name, evidence) for name, evidence in seen.rankings if name.startswith("referent")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The National Union of Ferry Workers (Nufw) will meet on Monday. The court had "
            "stopped it.\n\nOn Tuesday, the trade union said that it would go ahead.",
            "National Union of Ferry Workers",
        ),
        (
            "A ferry sank, the harbour chief of Arvelo said.\n\n“It was the storm,” said Ana Ruiz, "
            "harbour chief of Arvelo. Ruiz has led the port since May.",
            "Ana Ruiz",
        ),
    ],
)
def test_descriptions_reach_further_than_the_last_speaker(text: str, expected: str) -> None:
    """A body named some sentences before, and a person named only afterwards."""
    assert expected in _said_by(text)


def test_every_description_of_one_is_weighed_once_with_nobody_named_last() -> None:
    """The unnamed candidate comes last, the others are named."""
    rankings = _weighed(
        "Mayor Ana Ruiz met Juan Lara on Monday.\n\nThe mayor said that the road was safe."
    )
    assert [situation for situation, _ in rankings] == ["referent:person"]
    (_, evidence), *_ = rankings
    assert not evidence[-1].entity.names
    assert all(item.entity.names for item in evidence[:-1])
    ruiz = next(item for item in evidence if "Ana Ruiz" in item.entity.names)
    assert ruiz.features["rule:role"] == 1.0
    assert ruiz.features["role:same"] == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz spoke on Monday.\n\nA driver said that the road was shut.",
        "Ana Ruiz spoke on Monday.\n\nThe drivers said that the road was shut.",
        "Ana Ruiz spoke on Monday.\n\nAn unnamed driver said that the road was shut.",
    ],
)
def test_who_is_several_or_new_is_not_weighed(text: str) -> None:
    """Only definite descriptions of one person or body may take up a name."""
    assert _weighed(text) == []


def test_whom_a_role_bars_is_no_candidate() -> None:
    """A senator is no singer, and a paper in somebody's role is nobody."""
    ((_, evidence),) = _weighed(
        "Senator Ana Ruiz said that the bridge was safe.\n\n“I was there,” the singer said."
    )
    assert [bool(item.entity.names) for item in evidence] == [False]


def test_the_same_description_stays_as_sure_as_it_was_first() -> None:
    """What a description was resolved to once is no surer the second time."""
    text = (
        "Ana Li met the press in Arvelo.\n\nThe incoming treasurer said that the quay was full.\n\n"
        "The incoming treasurer said that the pier was shut."
    )
    weights = {"subject": (0.5,), "rule:described:again": (3.0,)}
    base = load_news_decider()
    model = LinearModel(("speaker",), weights)
    models = {name: one for name, one in base.models.items() if name != "sure"}
    decider = evolve(
        base,
        models={**models, "referent:person": model},
        levels={**base.levels, "referent:person": []},
    )
    sentences = PIPE.tokenizer.tokenize(text)
    found = PIPE.detector.detect(text, sentences, pair_marks(text))
    linker = RuleResolver(decider=decider).link(text, sentences, found, Observer())
    first, second = linker.units
    assert first.speaker is second.speaker
    assert first.speaker is not None
    assert first.speaker.names
    assert second.pattern == "described:again"
    assert second.confidence == first.confidence == pytest.approx(1 / (1 + math.exp(-0.5)))


def test_labels_of_two_letters_are_the_speakers_initials() -> None:
    """In an interview "AR:" is Ana Ruiz, and "TAP:" the paper The Arvelo Post."""
    text = (
        "The Arvelo Post sat down with Ana Ruiz, a builder of boats. Ruiz spoke of the sea.\n\n"
        "TAP: What do you build?\n\nAR: I build boats that last for years, and I like it.\n\n"
        "TAP: Do you sail?\n\nAR: I do, each summer, with my sons and their friends."
    )
    assert _said_by(text).count("Ana Ruiz") >= 2
    assert "AR" not in _said_by(text)
    assert "TAP" not in _said_by(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ana Ruiz met Juan Lara in Arvelo on Monday.\n\nThe two said that the talks went well.",
            "Ana Ruiz and Juan Lara",
        ),
        (
            "Ana Ruiz met Juan Lara and Bo Odeh in Arvelo.\n\nThe two said that all went well.",
            "the two",
        ),
    ],
)
def test_the_two_are_the_only_two_named_before(text: str, expected: str) -> None:
    """Of three nobody is picked."""
    assert _said_by(text)[-1] == expected


def _speaker_of(document: Document, words: str) -> str | None:
    return next(quote.speaker_name for quote in document.quotes if words in quote.text)


def test_a_realm_is_the_one_country_of_that_kind() -> None:
    """The Kingdom is Saudi Arabia where no other kingdom is named."""
    document = PIPE(
        "Saudi Arabia opened a port on Monday. The port is new.\n\n"
        "The Kingdom said that more ports would follow."
    )
    assert _speaker_of(document, "more ports") == "Saudi Arabia"


def test_members_of_a_body_say_what_who_says() -> None:
    """A body is no "who": the lawmaker from it is."""
    document = PIPE(
        "The police study a letter by a lawmaker from the ruling Meridian People Party (MPP), "
        "who said that the mayor had taken money."
    )
    assert (
        _speaker_of(document, "taken money") == "a lawmaker from the ruling Meridian People Party"
    )


def test_a_surname_that_is_a_small_word_too_is_a_name() -> None:
    """Such as "Lo": it is read as a name where somebody is called so in full."""
    text = (
        "Secretary Lo Chung-mau met the press.\n\n"
        "Asked about the plan, Lo said that it would start soon."
    )
    assert _said_by(text)[-1] == "Lo Chung-mau"


def test_answers_labelled_by_a_letter_are_the_guest() -> None:
    """What follows "A:" is said by whom the introduction names."""
    text = (
        "A British expert spoke of the sea. Ana Ruiz says that ships are safe.\n\n"
        "Following is the text of the interview:\n\n"
        "Q: How do you see the storm?\n\nA: It was bad, and the port was shut for days.\n\n"
        "Q: Is there hope for the ferry?\n\nA: No. It is lost, and so are all the cars on it."
    )
    document = PIPE(text)
    assert _speaker_of(document, "It was bad") == "Ana Ruiz"
    assert _speaker_of(document, "It is lost") == "Ana Ruiz"
