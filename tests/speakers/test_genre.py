"""Whether a document is conversation, as fiction is, or quotes its sources, as news does."""

from __future__ import annotations

import pytest

import quotecraft
from quotecraft.parse.stanza_backend import load_tokenizer
from quotecraft.speakers.links import Observer
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.text.pairing import pair_marks

PIPE = quotecraft.load()
TALK = (
    "“Is it far?” asked Tom, and he took her hand.\n\n"
    "“Not for you,” said Ida. She laughed at him.\n\n"
    "“And for you?”\n\n"
    "“I shall ride,” she said.\n\n"
    "“On what, my dear?”\n\n"
    "“On your back, if you let me!”\n\n"
) * 5
PLAY = "IDA: We ride at noon.\n\nTOM: At noon, then.\n\n"


def is_conversation(text: str) -> bool:
    """Say how a text is read."""
    sentences = load_tokenizer().tokenize(text)
    attributions = PIPE.detector.detect(text, sentences, pair_marks(text))
    return RuleResolver().link(text, sentences, attributions, Observer()).conversation


@pytest.mark.parametrize(("lines", "conversation"), [(0, True), (1, True), (12, False)])
def test_a_few_lines_laid_out_as_a_play_make_no_story_an_interview(
    lines: int, conversation: bool
) -> None:
    """A novel may hold a line such as "NAME: …"; only where they abound it is an interview."""
    assert is_conversation(PLAY * lines + TALK) is conversation


def test_what_was_saved_with_its_address_is_news() -> None:
    """The address of a page above a text tells that it comes from the web."""
    assert not is_conversation("https://example.org/a\n\n" + TALK)


PORTRAIT = (
    "{him} met her at the harbour. She had not slept, and {him} asked her why.\n\n"
    "“I counted the boats that came in, as my father had,” she {says}.\n\n"
    "He {says} that {her} was right. They {says} that it was late.\n\n"
) * 4


@pytest.mark.parametrize(
    ("him", "her", "says", "conversation"),
    [("Tom", "Ida", "said", True), ("Tom Lee", "Ida Roe", "says", False)],
)
def test_news_names_people_in_full(him: str, her: str, says: str, conversation: bool) -> None:
    """A portrait that names people in full is news, though it tells like a story."""
    text = PORTRAIT.format(him=him, her=her, says=says)
    assert is_conversation(text) is conversation
