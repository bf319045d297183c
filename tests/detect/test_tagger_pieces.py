"""Text to word pieces and words."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.pieces import (
    MARK_CLOSING,
    MARK_INSIDE,
    MARK_OPENING,
    MARK_OUTSIDE,
    TextEncoder,
    changes,
)
from quotecraft.errors import WeightsError
from quotecraft.model import Span
from tests.detect.tagger_sample import encode, words_of

OUT, IN, OPEN, CLOSE = MARK_OUTSIDE, MARK_INSIDE, MARK_OPENING, MARK_CLOSING


def test_words_are_slices_of_the_text() -> None:
    """A word is what stands between spaces and punctuation; its pieces point back to it."""
    text = "The mayor’s plan, said Zoë."
    encoded = encode(text)
    expected = ["The", "mayor", "’", "s", "plan", ",", "said", "Zoë", "."]
    assert expected == words_of(text, encoded)
    assert list(range(9)) == sorted(set(encoded.word_of.tolist()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a “b c” d", [OUT, OPEN, IN, IN, CLOSE, OUT]),
        ('a "b c" d', [OUT, OPEN, IN, IN, CLOSE, OUT]),
        ("a ``b c'' d", [OUT, OPEN, OPEN, IN, IN, CLOSE, CLOSE, OUT]),
        ("a “b ‘c’” d", [OUT, OPEN, IN, IN, IN, IN, CLOSE, OUT]),
        ("no marks", [OUT, OUT]),
    ],
)
def test_marks_are_told_in_every_style(text: str, expected: list[int]) -> None:
    """Marks open and close the outermost quotation, whatever they look like."""
    assert expected == encode(text).marks.tolist()


def test_sentences_begin_after_terminal_marks() -> None:
    """A full stop ends a sentence, but not after an initial or a title."""
    text = "Mr. J. Doe came. “He left.” She said so.\n\nnext"
    encoded = encode(text)
    begins = np.flatnonzero(changes(encoded.sentence))
    assert [words_of(text, encoded)[i] for i in begins] == ["Mr", "“", "She", "next"]


def test_texts_without_capitals_have_sentences_too() -> None:
    """Where nothing is capitalised, a small letter can begin a sentence."""
    assert encode("she came. he left.").sentence.tolist() == [0, 0, 0, 1, 1, 1]


def test_paragraphs_are_numbered() -> None:
    """Words know their paragraph."""
    encoded = encode("a b\n\nc\n\nd")
    assert encoded.paragraph.tolist() == [0, 0, 1, 2]


def test_spans_join_neighbours_within_a_paragraph() -> None:
    """Neighbouring words make one span, unless a paragraph ends between them."""
    encoded = encode("a b c\n\nd e")
    assert (Span(0, 3), Span(4, 5), Span(7, 10)) == (
        *encoded.spans_of([0, 1]),
        *encoded.spans_of([2, 3, 4]),
    )


def test_words_in_a_span() -> None:
    """A span names every word that it shares a character with."""
    encoded = encode("said the mayor")
    assert [list(encoded.words_in(*span)) for span in ((1, 2), (3, 6), (5, 10), (4, 5))] == [
        [0],
        [0, 1],
        [1, 2],
        [],
    ]


ODD = st.text(st.sampled_from(list("ab C.!?“”\"'`‘’«»\n\r\t—\x00\ud800\u202eé😀İ")), max_size=200)


@given(ODD)
def test_no_text_breaks_the_encoding(text: str) -> None:
    """Words lie in order inside the text, whatever it holds, and all arrays agree."""
    encoded = encode(text)
    count = encoded.word_count
    assert (count,) == encoded.marks.shape == encoded.paragraph.shape
    assert len(encoded.ids) == len(encoded.word_of)
    bounds = np.stack([encoded.starts, encoded.ends], axis=1).ravel()
    assert bool((np.diff(bounds) >= 0).all())
    assert bool((encoded.starts < encoded.ends).all())
    assert count == 0 or (encoded.starts[0] >= 0 and encoded.ends[-1] <= len(text))
    assert list(range(count)) == encoded.word_of[encoded.first].tolist()


def test_long_texts_are_cut_at_spaces() -> None:
    """A text longer than the tokenizer is given at once has the same words as its parts."""
    text = "said the mayor " * 3000
    encoded = encode(text)
    assert encoded.word_count == 9000
    assert {"said", "the", "mayor"} == set(words_of(text, encoded))


def test_a_vocabulary_without_special_pieces_is_refused(tmp_path: Path) -> None:
    """A file that is no tokenizer ends in an error that names it."""
    path = tmp_path / "tokenizer.json"
    path.write_text("{}")
    with pytest.raises(WeightsError, match=r"tokenizer\.json"):
        TextEncoder.from_file(path)
