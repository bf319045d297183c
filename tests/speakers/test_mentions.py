"""What a source span is."""

import pytest

from quotecraft.model import MentionKind, SpeakerKind
from quotecraft.speakers.mentions import NameIndex, read_source
from tests.speakers.sample import source_mention, span, words_of


@pytest.mark.parametrize(
    ("text", "source", "kind"),
    [
        ("Ana Ruiz said so.", "Ana Ruiz", MentionKind.NAME),
        ("She said so.", "She", MentionKind.PRONOUN),
        ("The mayor said so.", "The mayor", MentionKind.DESCRIPTION),
        ("Ana Ruiz, the mayor, said so.", "Ana Ruiz, the mayor,", MentionKind.NAME),
        ("The mayor, Ana Ruiz, said so.", "The mayor, Ana Ruiz,", MentionKind.NAME),
        ("Health minister Ana Ruiz said so.", "Health minister Ana Ruiz", MentionKind.NAME),
        ("Ruiz, 47, who runs a shop, said so.", "Ruiz, 47, who runs a shop", MentionKind.NAME),
        ("Ana Ruiz's lawyer said so.", "Ana Ruiz's lawyer", MentionKind.DESCRIPTION),
        ("People like Ana Ruiz said so.", "People like Ana Ruiz", MentionKind.DESCRIPTION),
        ("A woman named Ana Ruiz said so.", "A woman named Ana Ruiz", MentionKind.NAME),
        ("A man who goes by “Shorty” said so.", "A man who goes by", MentionKind.DESCRIPTION),
    ],
)
def test_a_source_is_a_name_a_pronoun_or_a_description(
    text: str, source: str, kind: MentionKind
) -> None:
    """The head of the phrase decides, whatever stands in apposition."""
    assert kind is source_mention(text, source).kind


@pytest.mark.parametrize(
    ("text", "source", "what"),
    [
        ("Residents said so.", "Residents", SpeakerKind.GROUP),
        ("Critics of the plan said so.", "Critics of the plan", SpeakerKind.GROUP),
        ("Of them 51% said so.", "51%", SpeakerKind.GROUP),
        ("The company said so.", "The company", SpeakerKind.ORGANIZATION),
        ("A statement said so.", "A statement", SpeakerKind.DOCUMENT),
        (
            "Reports reaching the Tarn News Desk said so.",
            "Reports reaching the Tarn News Desk",
            SpeakerKind.DOCUMENT,
        ),
        ("The newspaper said so.", "The newspaper", SpeakerKind.DOCUMENT),
        ("His Telegram channel said so.", "His Telegram channel", SpeakerKind.DOCUMENT),
        ("A farmer said so.", "A farmer", SpeakerKind.PERSON),
        ("A man working nearby said so.", "A man working nearby", SpeakerKind.PERSON),
        ("A spokesman for the ministry said.", "A spokesman for the ministry", SpeakerKind.PERSON),
    ],
)
def test_a_description_tells_what_it_refers_to(text: str, source: str, what: SpeakerKind) -> None:
    """Head nouns tell persons, groups, bodies and documents apart; a spokesman is no body."""
    assert what is source_mention(text, source).what


def test_an_unheard_nickname_is_taken_from_the_phrase_that_gives_it() -> None:
    """What follows "goes by the name" is the name."""
    text = "A man who goes by the name Shorty said so."
    read = source_mention(text, "A man who goes by the name Shorty")
    assert ("Shorty", MentionKind.NAME) == (read.text, read.kind)


def test_a_conjunction_is_read_in_parts() -> None:
    """Two names joined by "and" make a group of two."""
    read = source_mention("Tom Lee and Ana Park said so.", "Tom Lee and Ana Park")
    assert ["Tom Lee", "Ana Park"] == [part.text for part in read.parts]
    assert SpeakerKind.GROUP is read.what


def test_and_inside_an_office_joins_nothing() -> None:
    """A trade and industry minister is one person."""
    text = "Trade and industry minister Ana Ruiz said so."
    assert () == source_mention(text, "Trade and industry minister Ana Ruiz").parts


def test_a_possessive_pronoun_owns_a_description() -> None:
    """A wife is a woman, and whose wife she is stays known."""
    read = source_mention("His wife said so.", "His wife")
    assert read.owner_pronoun is not None
    assert ("he", "f", "wife") == (read.owner_pronoun.base, read.gender, read.head)


def test_a_source_without_letters_is_none() -> None:
    """Figures are nobody."""
    text = "In 2003 it said so."
    assert read_source(NameIndex.of(words_of(text), (), {}), span(text, "2003")) is None
