"""Pieces of text for somebody else's tokenizer, and its answer as sentences."""

from hypothesis import given
from hypothesis import strategies as st

from quotecraft.model import Span
from quotecraft.parse.pieces import (
    BREAK,
    LONGEST_WORD,
    SIZE,
    in_paragraphs,
    join_pieces,
    piece_groups,
    plain_text,
)
from quotecraft.text.paragraphs import paragraphs
from tests.strategies import texts


def test_plain_text_keeps_every_place():
    """Each odd character becomes one plain one."""
    assert plain_text("a\tb\0\u2003\ud800c") == "a b� �c"


@given(texts())
def test_plain_text_is_as_long_as_the_text(text):
    """Plain text has the text's length and neither controls nor surrogates."""
    plain = plain_text(text)
    assert (len(text), plain) == (len(plain), plain_text(plain))


@given(texts(), st.integers(0, 400))
def test_pieces_hold_all_that_is_not_white_space(text, repeat):
    """Nothing but white space is left out, and no piece or word is too long."""
    text = text + "x" * repeat
    limits = paragraphs(text)
    pieces = [piece for group in piece_groups(text, limits) for piece in group]
    inside = [i for piece in pieces for i in range(piece.start, piece.end)]
    assert sorted(set(inside)) == inside
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(inside)
    longest = max((len(w) for p in pieces for w in p.of(text).split()), default=0)
    assert longest <= LONGEST_WORD


def test_groups_are_bounded():
    """No group of pieces is longer than what may be given at once."""
    text = "word " * 10_000 + "\n\n" + "y" * 50_000
    sizes = [sum(map(len, group)) for group in piece_groups(text, paragraphs(text))]
    assert (len(sizes) > 4, max(sizes) <= SIZE) == (True, True)


@given(texts())
def test_joined_places_come_back(text):
    """Places in the joined pieces come back as the same characters of the text."""
    for group in piece_groups(text, paragraphs(text)):
        joined = BREAK.join(piece.of(text) for piece in group)
        places = [(i, i + 1) for i, c in enumerate(joined) if not c.isspace()]
        spans = next(join_pieces(group, [places]))
        assert [joined[a:b] for a, b in places] == [span.of(text) for span in spans]


def test_a_sentence_over_two_paragraphs_becomes_two():
    """Somebody else's sentence is cut where our paragraph ends."""
    found = in_paragraphs([[Span(0, 1), Span(4, 5)]], [Span(0, 2), Span(4, 6)])
    assert [(0, Span(0, 1)), (1, Span(4, 5))] == [(s.paragraph, s.span) for s in found]
