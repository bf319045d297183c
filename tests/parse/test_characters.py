"""Text to character numbers, features and windows."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.model import Span
from quotecraft.parse.characters import (
    FEATURES,
    UNKNOWN,
    encode,
    feature_matrix,
    is_blank,
    windows,
)
from quotecraft.text.paragraphs import paragraphs
from tests.strategies import texts

VOCABULARY = {" ": 2, "a": 3, "B": 4}


def _encode(text):
    return encode(text, paragraphs(text), VOCABULARY)


def _feature(characters, name):
    return feature_matrix(characters.flags)[:, FEATURES.index(name)].tolist()


def test_characters_get_their_numbers():
    """Known characters get their number in the vocabulary, others that of the unknown."""
    assert _encode("aBx").ids.tolist() == [3, 4, UNKNOWN]


def test_white_space_becomes_one_blank():
    """Any run of white space counts as one blank, at the place where the run begins."""
    characters = _encode("a \t\u00a0\x93a")
    assert (characters.ids.tolist(), characters.places.tolist()) == ([3, 2, 3], [0, 1, 5])


def test_features_describe_each_character():
    """Blanks, capitals and digits are marked."""
    characters = _encode("a B7")
    marks = {name: _feature(characters, name) for name in FEATURES[:3]}
    assert marks == {
        "space_before": [0, 1, 0, 0],
        "capitalized": [0, 0, 1, 0],
        "numeric": [0, 0, 0, 1],
    }


def test_edges_of_paragraphs_are_marked():
    """The first and last character of each paragraph are marked, and nothing else."""
    characters = _encode("aa\n\nBaB")
    assert (
        _feature(characters, "start_of_para"),
        _feature(characters, "end_of_para"),
    ) == ([1, 0, 0, 1, 0, 0], [0, 1, 0, 0, 0, 1])


@given(texts())
def test_every_mark_lies_in_a_paragraph(text):
    """Each character that is not blank is read once, at its own place."""
    characters = _encode(text)
    inside = [
        characters.places[i]
        for _, start, end in characters.bounds
        for i in range(start, end)
        if not characters.blank()[i]
    ]
    assert [i for i, character in enumerate(text) if not is_blank(character)] == inside


@given(texts())
def test_paragraphs_neither_begin_nor_end_with_a_blank(text):
    """The characters of a paragraph have no blank at either end."""
    characters = _encode(text)
    edges = [i for _, start, end in characters.bounds for i in (start, end - 1)]
    assert not characters.blank()[edges].any()


@given(st.lists(st.integers(1, 4000), max_size=6), st.integers(1, 60))
def test_windows_label_every_character_once(lengths, margin):
    """The kept parts of the windows tile the paragraphs, and no window is too long."""
    size = 5 * margin
    ends = np.cumsum([0, *lengths]).tolist()
    bounds = [(number, *edge) for number, edge in enumerate(pairwise(ends))]
    cut = windows(bounds, size, margin)
    kept = [i for window in cut for i in range(window.keep_start, window.keep_end)]
    assert (list(range(ends[-1])), True) == (kept, all(len(window) <= size for window in cut))


@given(st.integers(1, 4000), st.integers(1, 60))
def test_windows_see_a_margin_around_what_they_label(length, margin):
    """A kept character stands at least a margin from each end of its window that is a cut."""
    for window in windows([(0, 0, length)], 5 * margin, margin):
        left = window.start == 0 or window.keep_start - window.start >= margin
        right = window.end == length or window.end - window.keep_end >= margin
        assert (left, right) == (True, True)


def test_a_paragraph_of_blanks_is_no_paragraph():
    """A span that holds nothing to read has no bounds."""
    assert encode("\x93\x94", [Span(0, 2)], VOCABULARY).bounds == ()
