"""How annotations are laid over the text."""

from hypothesis import given
from hypothesis import strategies as st

from quotecraft.display.layout import (
    MAX_DEPTH,
    Close,
    Mark,
    Open,
    Paragraph,
    Role,
    Text,
    Unplaced,
    lay_out,
    marks_of,
    paragraphs,
)
from quotecraft.model import Document
from tests.display.sample import TEXT, article
from tests.strategies import documents, texts

FILLED = """\
It was late when the ferry came in, and the two men on the quay had been
waiting so long that neither of them could have said what they had come
there to tell the captain. One of them had a lamp, which he had not lit,
and the other held a letter.

The song they sang was this:

There was a ship
that went to sea
and never came back home
"""


def _pieces(text: str) -> list[str]:
    return [text[p.start : p.end] for p in paragraphs(text)]


def _laid(size: int, spans: list[tuple[int, int]]) -> list[Mark]:
    marks = [
        Mark(start, min(size, start + length), Role(number % 4), number, 0)
        for number, (start, length) in enumerate(spans)
        if start < size
    ]
    return sorted(marks, key=lambda m: (m.start, -m.end, m.role, m.quote))


@given(texts())
def test_paragraphs_hold_everything_but_space(text: str) -> None:
    """Paragraphs are in order, don't overlap, and leave out nothing but white space."""
    places = paragraphs(text)
    edges = [0, *(edge for p in places for edge in (p.start, p.end)), len(text)]
    assert sorted(edges) == edges
    outside = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    assert "".join(outside).strip() == ""


def test_lines_of_an_article_are_paragraphs() -> None:
    """Where lines aren't filled to a width, each is a paragraph."""
    assert _pieces("One line.\nAnother.\r\n\r\nA third.\n") == ["One line.", "Another.", "A third."]


def test_filled_lines_are_joined() -> None:
    """Where lines are filled to a width, blank lines part paragraphs; verse keeps its lines."""
    places = paragraphs(FILLED)
    assert [place.verse for place in places] == [False, False, True]
    assert [piece.strip() for piece in FILLED.split("\n\n")] == _pieces(FILLED)


def test_sample_paragraphs() -> None:
    """An article with blank lines has as many paragraphs as it shows."""
    assert TEXT.strip().split("\n\n") == _pieces(TEXT)


@given(
    texts(),
    st.lists(st.tuples(st.integers(0, 80), st.integers(1, 80)), max_size=30),
)
def test_events_are_well_nested(text: str, spans: list[tuple[int, int]]) -> None:
    """Every mark opens once as first and closes once as last, or is unplaced; nesting is sound."""
    marks = _laid(len(text), spans)
    first: list[Mark] = []
    last: list[Mark] = []
    unplaced: list[Mark] = []
    for block in lay_out(paragraphs(text), marks):
        stack: list[Mark] = []
        for event in block.events:
            if isinstance(event, Open):
                stack.append(event.mark)
                first += [event.mark] if event.first else []
            elif isinstance(event, Close):
                assert event.mark == stack.pop()
                last += [event.mark] if event.last else []
            elif isinstance(event, Unplaced):
                unplaced.append(event.mark)
            assert len(stack) <= MAX_DEPTH
        assert stack == []
    assert marks == sorted(first + unplaced, key=marks.index)
    assert sorted(first, key=marks.index) == sorted(last, key=marks.index)


@given(
    texts(),
    st.lists(st.tuples(st.integers(0, 80), st.integers(1, 80)), max_size=MAX_DEPTH),
)
def test_marks_cover_their_text(text: str, spans: list[tuple[int, int]]) -> None:
    """Text lies under exactly the marks that span it, as long as not too many do."""
    marks = _laid(len(text), spans)
    for block in lay_out(paragraphs(text), marks):
        stack: list[Mark] = []
        position = block.paragraph.start if block.paragraph else 0
        for event in block.events:
            if isinstance(event, Open):
                stack.append(event.mark)
            elif isinstance(event, Close):
                stack.pop()
            elif isinstance(event, Text):
                assert position == event.start < event.end
                position = event.end
                over = [m for m in marks if m.start < event.end and event.start < m.end]
                assert over == sorted(stack, key=marks.index)
        if block.paragraph:
            assert position == block.paragraph.end


def test_deep_nesting_is_limited() -> None:
    """Of a hundred quotations of the same words, the outer ones are drawn and the rest kept."""
    marks = _laid(10, [(0, 10)] * 100)
    (block,) = lay_out([Paragraph(0, 10)], marks)
    kinds = [type(event) for event in block.events]
    assert kinds.count(Open) == MAX_DEPTH
    assert kinds.count(Unplaced) == 100 - MAX_DEPTH


def test_marks_on_space_are_kept() -> None:
    """A mark on white space after the last paragraph is reported, not lost."""
    (block,) = lay_out([], _laid(3, [(0, 3)]))
    assert block.paragraph is None
    assert [Unplaced] == [type(event) for event in block.events]


def test_narration_inside_a_quotation_is_a_gap() -> None:
    """The words between two pieces of a quotation are marked as joining them."""
    gaps = [mark for mark in marks_of(article().quotes) if mark.role is Role.GAP]
    assert [mark.quote for mark in gaps] == [0, 1, 4]


@given(documents())
def test_marks_are_outer_first(document: Document) -> None:
    """Marks are in text order, longer before shorter where they begin together."""
    marks = marks_of(document.quotes)
    keys = [(mark.start, -mark.end) for mark in marks]
    assert sorted(keys) == keys
