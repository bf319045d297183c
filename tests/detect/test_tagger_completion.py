"""Contents that run to their quotation marks."""

from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.completion import completed
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
    done = completed(items, pair_marks(TEXT))
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


def test_a_quotation_that_two_share_is_left_alone() -> None:
    """Where another attribution touches the quotation, nothing is added."""
    first = Span(QUOTATION.start, TEXT.index(" Nobody"))
    second = Span(TEXT.index("mend"), QUOTATION.end)
    assert contents(said(first), said(second)) == [[first.of(TEXT)], [second.of(TEXT)]]


@given(st.text(st.sampled_from('ab. “”"\n'), min_size=4, max_size=60), st.data())
def test_contents_only_grow(text: str, data: st.DataObject) -> None:
    """Whatever the text, each content covers what it held, in order and without overlap."""
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text) - 1))
    item = Attribution((Span(start, end),), QuoteKind.MIXED)
    (done,) = completed([item], pair_marks(text))
    assert any(span.covers(item.content[0]) for span in done.content)
    for left, right in zip(done.content, done.content[1:], strict=False):
        assert left.end < right.start
