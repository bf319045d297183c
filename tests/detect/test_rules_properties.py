"""What holds for the rules on any text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.interfaces import Attribution
from quotecraft.text.pairing import pair_marks
from tests.detect.rules_sample import DETECTOR, detect
from tests.strategies import ODD_PIECES

WORDS = [
    *("said ", "Ana Ruiz ", "the mayor ", "that ", "he ", "told ", "reporters ", "and ", "to "),
    *("according to ", "who ", "of ", ", ", ". ", "? ", ": ", "; ", "-- ", "— ", "(", ") "),
    *("“", "” ", "‘", "’ ", '"', "' ", "''", "``", "\n", "\n\n", "\r\n\r\n", "RUIZ: ", "Q: "),
    *("saying ", "was ", "by ", "road ", "shut ", "statement ", "her ", "’s ", "Mr. ", "U.S. "),
    *("\x00", "\ud800", "😀", "א", "…", "In May ", "last week ", "criticised ", "From "),
]
texts = st.lists(st.sampled_from([*WORDS, *ODD_PIECES]), max_size=60).map("".join) | st.text(
    st.characters(), max_size=80
)


def _check(text: str, found: list[Attribution]) -> None:
    for number, item in enumerate(found):
        spans = sorted((*item.content, *item.cue, *item.source))
        assert all(left.end <= right.start for left, right in pairwise(spans))
        assert all(span.end <= len(text) for span in spans)
        assert tuple(sorted(item.content)) == item.content
        assert item.addressee is None or item.addressee.end <= len(text)
        assert 0 <= item.content_confidence <= 1
        assert 0 <= item.source_confidence <= 1
        assert item.evidence
        if item.parent is not None:
            outer = found[item.parent].content
            assert item.parent != number
            assert all(any(span.covers(piece) for span in outer) for piece in item.content)
    assert sorted(found, key=lambda item: item.content[0].start) == found


@given(texts)
def test_any_text_gives_sound_attributions(text: str) -> None:
    """Nothing raises; spans lie in the text, in order and apart; parents hold their children."""
    _check(text, detect(text))


@given(texts)
def test_the_same_text_gives_the_same_result(text: str) -> None:
    """The rules are deterministic."""
    assert detect(text) == detect(text)


@given(texts, st.integers(0, 20))
def test_white_space_before_the_text_moves_the_offsets_only(text: str, blanks: int) -> None:
    """Blank lines in front of a text shift every span and change nothing else."""
    shift = "\n" * blanks
    plain, moved = detect(text), detect(shift + text)
    assert [[span.start + blanks for span in item.content] for item in plain] == [
        [span.start for span in item.content] for item in moved
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "“",
        "”",
        "said",
        "“said”",
        "“” said",
        "He said “",
        "said “x” said “y” said",
        "a of " * 3000,
        "x , , who " * 1000,
        "saying " * 2000,
        "“‘" * 500,
        "he said that she said that " * 500,
        "( " * 3000,
        "A" * 200_000,
        "Q:\nA:\n" * 500,
        "He said:\n\n" * 500,
        "“I said so. " * 2000 + "” he said",
    ],
)
def test_odd_and_long_texts_are_read(text: str) -> None:
    """Repetition, depth and length neither raise nor break an offset."""
    _check(text, DETECTOR.detect(text, (), pair_marks(text)))


@pytest.mark.parametrize(
    "text", ["Solberg told analysts that demand in", "There was a letter on", "Her promise of"]
)
def test_a_text_may_end_after_a_noun_and_its_preposition(text: str) -> None:
    """A cue noun whose content is cut off gives nothing of its own and breaks nothing."""
    found = detect(text)
    _check(text, found)
    assert all(span.end <= len(text) for item in found for span in item.content)
