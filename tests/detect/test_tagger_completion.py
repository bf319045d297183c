"""Contents made to agree with their quotation marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.completion import completed, without_clause
from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind, Span
from quotecraft.text import pair_marks

TEXT = "Lee said: “The mill is lost. Nobody will mend it.” Ruiz left."
QUOTATION = Span(TEXT.index("“"), TEXT.index("”") + 1)


def said(*content: Span, cue: Span = Span(4, 8)) -> Attribution:  # noqa: B008
    """Return an attribution to Lee."""
    return Attribution(content, QuoteKind.DIRECT, cue=(cue,), source=(Span(0, 3),))


def contents(*items: Attribution) -> list[list[str]]:
    """Return the contents of attributions once completed."""
    done = completed(TEXT, items, pair_marks(TEXT))
    return [[span.of(TEXT) for span in item.content] for item in done]


def test_a_cut_quotation_is_made_whole() -> None:
    """What begins a quotation and holds much of it gets the rest."""
    part = Span(QUOTATION.start, TEXT.index(" Nobody"))
    assert contents(said(part)) == [[QUOTATION.of(TEXT)]]


def test_a_small_part_stays_what_it_is() -> None:
    """A few words of a quotation, or words in its middle, are not made the whole of it."""
    few = Span(QUOTATION.start, QUOTATION.start + 9)
    middle = Span(TEXT.index("mill"), TEXT.index("it.”"))
    assert contents(said(few)) == [[few.of(TEXT)]]
    assert contents(said(middle)) == [[middle.of(TEXT)]]


def test_a_quotation_of_several_paragraphs_is_taken_from_its_first() -> None:
    """Who says the first paragraph, whose marks stay open, says those that go on with it."""
    text = "Lee said: “It is lost.\n\n“Nobody will mend the mill, nor the weir, nor the road.”"
    first = Span(text.index("“"), text.index("\n"))
    (found,) = completed(text, [said(first)], pair_marks(text))
    assert [span.of(text) for span in found.content] == [
        "“It is lost.",
        "“Nobody will mend the mill, nor the weir, nor the road.”",
    ]


def test_a_content_of_marks_alone_gets_their_words_or_goes() -> None:
    """An opening mark brings its quotation along; a closing one says nothing."""
    assert contents(said(Span(QUOTATION.start, QUOTATION.start + 1))) == [[QUOTATION.of(TEXT)]]
    assert contents(said(Span(QUOTATION.end - 1, QUOTATION.end))) == []


def test_a_quotation_that_two_share_is_left_alone() -> None:
    """Where another attribution touches the quotation, nothing is added."""
    first = Span(QUOTATION.start, TEXT.index(" Nobody"))
    second = Span(TEXT.index("mend"), QUOTATION.end)
    assert contents(said(first), said(second)) == [[first.of(TEXT)], [second.of(TEXT)]]


@given(st.text(st.sampled_from('ab. “”"\n'), min_size=4, max_size=60), st.data())
def test_contents_only_grow(text: str, data: st.DataObject) -> None:
    """Whatever the text, a content with words covers what it held, in order, without overlap."""
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text) - 1))
    item = Attribution((Span(start, end),), QuoteKind.MIXED)
    found = completed(text, [item], pair_marks(text))
    words = any(map(str.isalnum, text[start:end]))
    for done in found:
        assert not words or any(span.covers(item.content[0]) for span in done.content)
        for left, right in zip(done.content, done.content[1:], strict=False):
            assert left.end < right.start
    assert found or not words


CLAUSE = "“We won,” a weary Lee said, “and that counts.”"


def stripped(text: str, content: str, cue: str = "said") -> list[str]:
    """Return a content's spans without the reporting clause."""
    start = text.index(content)
    item = Attribution(
        (Span(start, start + len(content)),),
        QuoteKind.MIXED,
        cue=(Span(text.index(cue), text.index(cue) + len(cue)),),
    )
    (found,) = without_clause(text, [item], pair_marks(text))
    return [span.of(text) for span in found.content]


def test_words_of_the_reporting_clause_are_no_content() -> None:
    """After a quotation that ends in a comma, what stands outside the marks is left out."""
    assert stripped(CLAUSE, "“We won,” a weary") == ["“We won,”"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Lee said “we won,” and that it counts.", "“we won,” and that it counts"),
        ("“We won” and he would go on, Lee said.", "“We won” and he would go on"),
    ],
)
def test_other_mixed_contents_stay(text: str, content: str) -> None:
    """With the cue before it, or without the comma, what is outside the marks is content too."""
    assert stripped(text, content) == [content]


@given(st.text(st.sampled_from('ab,. “”"\n'), min_size=4, max_size=60), st.data())
def test_contents_only_shrink(text: str, data: st.DataObject) -> None:
    """Whatever the text, a content stays, and lies within what it was."""
    start = data.draw(st.integers(0, len(text) - 3))
    end = data.draw(st.integers(start + 1, len(text) - 1))
    item = Attribution((Span(start, end),), QuoteKind.MIXED, cue=(Span(end, end + 1),))
    (found,) = without_clause(text, [item], pair_marks(text))
    assert found.content
    assert all(start <= span.start < span.end <= end for span in found.content)
