"""Interviews without labels, and transcripts quoted whole."""

from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.interview import find_interview
from quotecraft.detect.turns import find_turns
from quotecraft.text.paragraphs import paragraphs
from tests.detect.rules_sample import detect

QUESTIONS = [
    "How did it begin?",
    "Did anybody help you?",
    "What did the town say?",
    "And what happens now?",
]
ANSWERS = [
    "I bought the boat from my aunt.",
    "We were three at first. Then two.",
    "It said nothing to me for a year.",
    "I wait.",
]


def article(*answers: str) -> str:
    """Return an interview with a lead paragraph."""
    pairs = zip(QUESTIONS, answers, strict=False)
    turns = [part for pair in pairs for part in pair]
    return "\n\n".join(["The last ferryman of Ilven sells his boat this week.", *turns])


def test_questions_and_answers_are_turns() -> None:
    """Each question and each answer is direct speech of its own; the lead is nobody's."""
    text = article(*ANSWERS)
    found = [item for item in detect(text) if "interview" in item.evidence]
    contents = [text[item.content[0].start : item.content[-1].end] for item in found]
    assert contents == [part for pair in zip(QUESTIONS, ANSWERS, strict=True) for part in pair]


def test_an_essay_that_asks_is_no_interview() -> None:
    """Questions that the author goes on to answer without an "I" make no interview."""
    text = article(*["The town has changed since then, and the river too."] * 4)
    assert find_interview(text, paragraphs(text)) == []


def test_a_transcript_may_stand_in_marks() -> None:
    """A mark before the first label of a quoted transcript does not hide it."""
    text = '"ORME: Who pays?\n\nLEE: The county does.\n\nORME: And who asked it to?"'
    turns = find_turns(text, paragraphs(text))
    assert [t.source.of(text) for t in turns if t.source] == ["ORME", "LEE", "ORME"]


@given(st.lists(st.sampled_from([*QUESTIONS, *ANSWERS, "He left."]), max_size=14))
def test_turns_are_whole_paragraphs_in_order(parts: list[str]) -> None:
    """Whatever the paragraphs, turns are paragraphs of the text, each in one turn at most."""
    text = "\n\n".join(parts)
    blocks = paragraphs(text)
    spans = [span for turn in find_interview(text, blocks) for span in turn.content]
    assert sorted(set(spans)) == spans
    assert set(spans) <= set(blocks)
