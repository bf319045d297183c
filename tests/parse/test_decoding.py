"""Labels to sentences and tokens."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.parse.characters import encode, is_blank
from quotecraft.parse.decoding import decode, undivided
from quotecraft.text.paragraphs import paragraphs
from tests.strategies import texts


def _decoded(text, labels):
    characters = encode(text, paragraphs(text), {" ": 2})
    return decode(text, characters, np.array(labels, dtype=np.int8))


def _words(text, labels):
    return [[t.span.of(text) for t in s.tokens] for s in _decoded(text, labels)]


def test_labels_end_tokens_and_sentences():
    """1 ends a token, 2 a sentence."""
    assert _words("abcd", [1, 0, 2, 2]) == [["a", "bc"], ["d"]]


def test_a_token_ends_before_a_blank():
    """Whatever the labels say, no token holds white space."""
    assert _words("ab  cd", [0, 0, 0, 0, 0]) == [["ab", "cd"]]


def test_a_sentence_end_on_a_blank_counts_for_the_word_before():
    """A label that falls on a blank is that of the character before it."""
    assert _words("ab cd", [0, 0, 2, 0, 0]) == [["ab"], ["cd"]]


def test_a_sentence_ends_with_its_paragraph():
    """Sentences never cross a paragraph, and know its number."""
    found = _decoded("ab\n\ncd", [0, 0, 0, 0, 0])
    assert [(s.paragraph, s.span.start, s.span.end) for s in found] == [(0, 0, 2), (1, 4, 6)]


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.b?c=d",
        "http://x.y",
        "www.example.com",
        "ana.ruiz+news@mail.example.org",
    ],
)
def test_an_address_is_one_token(address):
    """Web and mail addresses stay whole, without the mark after them."""
    text = f"I {address}, a"
    assert [["I", address, ",", "a"]] == _words(text, [1] * len(text))


@pytest.mark.parametrize("text", ["@", "a@", "@b.c", "a@b", "http", "www", "a.b.c"])
def test_what_is_no_address_is_left_alone(text):
    """Parts of addresses are no addresses."""
    assert list(undivided(text)) == []


@given(texts(), st.randoms(use_true_random=False))
def test_any_labels_give_valid_sentences(text, rng):
    """Whatever the labels, tokens tile the text that is not blank, in order, inside paragraphs."""
    limits = paragraphs(text)
    characters = encode(text, limits, {" ": 2})
    labels = np.array([rng.randrange(3) for _ in characters.ids], dtype=np.int8)
    found = decode(text, characters, labels)
    places = [i for s in found for t in s.tokens for i in range(t.span.start, t.span.end)]
    assert [i for i, character in enumerate(text) if not is_blank(character)] == places
    assert all(limits[s.paragraph].covers(s.span) for s in found)
    assert all(
        (s.tokens[0].span.start, s.tokens[-1].span.end) == (s.span.start, s.span.end) for s in found
    )
