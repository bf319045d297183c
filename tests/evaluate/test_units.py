"""The unit that is scored."""

from hypothesis import given
from hypothesis import strategies as st

from quotecraft.evaluate.units import Axis, jaccard, overlap, size
from quotecraft.model import Span
from tests.evaluate.build import spans
from tests.evaluate.reference import jaccard as reference_jaccard
from tests.evaluate.reference import positions

TEXT = "“We are ready,” she said. “Truly.” And so on …"


def unit(*pieces: str) -> tuple[tuple[int, int], ...]:
    """Return the unit of words of ``TEXT``."""
    return Axis(TEXT).unit(spans(TEXT, *pieces))


def test_edge_marks_and_punctuation_count_for_nothing() -> None:
    """A content with its marks is the same set as without them."""
    assert unit("We are ready") == unit("“We are ready,”")


def test_pieces_that_only_a_space_parts_are_one_set_with_the_whole() -> None:
    """How a content is cut into spans makes no difference to its set."""
    assert unit("We are ready") == unit("We", "are", "ready")


def test_discontinuous_content_is_one_set() -> None:
    """The letters of all pieces are counted together."""
    assert len("Weareready") + len("Truly") == size(unit("We are ready", "Truly"))


def test_jaccard_of_a_content_and_its_part() -> None:
    """Half of the letters shared and none extra gives one half."""
    assert jaccard(unit("We are ready"), unit("ready")) == 5 / 10


def test_content_without_letters_is_still_something() -> None:
    """A content of marks alone equals itself and overlaps no words."""
    assert size(unit("…")) == 1
    assert overlap(unit("…"), unit("“We are ready,” she said. “Truly.” And so on")) == 0


def test_only_nothing_is_the_empty_set() -> None:
    """No spans give an empty set; a span of white space is still something."""
    axis = Axis("a  b")
    assert axis.unit(()) == ()
    assert size(axis.unit([Span(1, 3)])) == 2
    assert overlap(axis.unit([Span(1, 3)]), axis.unit([Span(0, 4)])) == 0


texts = st.text(st.sampled_from("ab1 .“”\n😀\u0301\ud800"), max_size=30)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[list[Span]]]:
    """Draw a text and two sets of spans in it."""
    text = draw(texts.filter(bool))
    places = st.integers(0, len(text) - 1)
    pair = st.tuples(places, places).map(lambda p: Span(min(p), max(p) + 1))
    return text, [draw(st.lists(pair, min_size=1, max_size=4)) for _ in range(2)]


@given(marked())
def test_sizes_and_overlaps_are_those_of_sets_of_positions(
    drawn: tuple[str, list[list[Span]]],
) -> None:
    """Range arithmetic agrees with plain sets of character positions."""
    text, (left, right) = drawn
    axis = Axis(text)
    left_set, right_set = positions(text, left), positions(text, right)
    units = axis.unit(left), axis.unit(right)
    assert size(units[0]) == len(left_set)
    if level(text, left_set) == level(text, right_set):
        assert overlap(*units) == len(left_set & right_set)
        assert jaccard(*units) == reference_jaccard(left_set, right_set)
        assert (units[0] == units[1]) == (left_set == right_set)
    else:
        assert overlap(*units) == 0


def level(text: str, covered: frozenset[int]) -> str:
    """Say what a set consists of: words, other signs or white space."""
    if any(text[i].isalnum() for i in covered):
        return "words"
    return "space" if all(text[i].isspace() for i in covered) else "signs"
