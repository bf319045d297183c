"""The tagger and the rules together."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.combined import combine, trimmed
from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind, Span


def found(
    start: int, end: int, kind: QuoteKind = QuoteKind.DIRECT, cue: int | None = None
) -> Attribution:
    """Return an attribution of one content span, with a cue of one character if told."""
    return Attribution((Span(start, end),), kind, cue=(Span(cue, cue + 1),) if cue else ())


def places(items: list[Attribution]) -> list[tuple[int, int, int | None]]:
    """Return start, end and parent of each."""
    return [(item.content[0].start, item.content[0].end, item.parent) for item in items]


def test_free_quotations_are_added() -> None:
    """A direct quotation that the tagger passed over is added, in text order."""
    items = combine([found(20, 30)], [found(0, 9)])
    assert places(items) == [(0, 9, None), (20, 30, None)]


def test_the_tagger_has_the_last_word() -> None:
    """What crosses or nearly equals an attribution of the tagger is left out."""
    ruled = [found(0, 12), found(10, 22), found(19, 31)]
    items = combine([found(10, 20, cue=21), found(20, 30)], ruled)
    assert places(items) == [(10, 20, None), (20, 30, None)]


def test_only_direct_quotations_are_added() -> None:
    """Indirect speech is the tagger's alone."""
    assert combine([], [found(0, 9, QuoteKind.INDIRECT), found(10, 20, QuoteKind.MIXED)]) == []


def test_what_lies_inside_becomes_a_child() -> None:
    """An attribution inside an added quotation names it as its parent."""
    items = combine([found(50, 60, QuoteKind.INDIRECT, cue=45), found(0, 5)], [found(40, 90)])
    assert places(items) == [(0, 5, None), (40, 90, None), (50, 60, 1)]


def test_in_a_conversation_the_marks_decide() -> None:
    """In dialogue the rules' quotation replaces what the tagger made of the same words."""
    ruled = [found(0, 12), found(30, 42)]
    items = combine([found(2, 40, cue=13), found(50, 60, QuoteKind.INDIRECT)], ruled, dialogue=True)
    assert places(items) == [(0, 12, None), (30, 42, None), (50, 60, None)]


def test_in_a_conversation_the_tagger_lends_its_links() -> None:
    """A quotation to which the rules found no source takes cue and source from the tagger."""
    tagged = evolve(found(0, 10, cue=13), source=(Span(15, 20),))
    (item,) = combine([tagged], [found(0, 12)], dialogue=True)
    assert item.content == (Span(0, 12),)
    assert item.cue == (Span(13, 14),)
    assert item.source == (Span(15, 20),)


def test_addressees_come_from_the_rules() -> None:
    """Whom something is said to is read off the rules' clause with the same cue."""
    ruled = evolve(found(20, 31, QuoteKind.INDIRECT, cue=5), addressee=Span(7, 12))
    (item,) = combine([found(20, 30, QuoteKind.INDIRECT, cue=5)], [ruled])
    assert item.addressee == Span(7, 12)


attribution = st.builds(
    lambda start, size, kind, cue: found(start, start + size, kind, start + size + cue),
    st.integers(0, 60),
    st.integers(1, 20),
    st.sampled_from(QuoteKind),
    st.integers(1, 5),
)


@given(st.lists(attribution, max_size=6), st.lists(attribution, max_size=6), st.booleans())
def test_parents_hold_their_children(
    tagged: list[Attribution], ruled: list[Attribution], dialogue: bool
) -> None:
    """Results are in text order, and every parent's content covers its child's."""
    items = combine(tagged, ruled, dialogue=dialogue)
    starts = [item.content[0].start for item in items]
    assert sorted(starts) == starts
    for item in items:
        if item.parent is not None:
            assert items[item.parent].content[0].covers(item.content[0])


def test_a_dateline_is_no_content() -> None:
    """What the publication says for itself is cut off; a content of nothing else goes."""
    text = "ILVEN: The mill burns, Lee said."
    items = [found(0, 21, QuoteKind.INDIRECT), found(0, 6, QuoteKind.INDIRECT)]
    kept = trimmed(text, items, [Span(0, 6)])
    assert [[span.of(text) for span in item.content] for item in kept] == [["The mill burns"]]


@pytest.mark.parametrize(
    ("source", "bare"), [("Lee,", "Lee"), ("Lee (41),", "Lee (41)"), ("Lee Jr. —", "Lee Jr.")]
)
def test_a_source_ends_with_its_last_word(source: str, bare: str) -> None:
    """A comma or dash after a source is no part of it; a bracket or stop of its own is."""
    text = f"{source} said no."
    item = evolve(found(len(text) - 3, len(text)), source=(Span(0, len(source)),))
    (kept,) = trimmed(text, [item], [])
    assert [bare] == [span.of(text) for span in kept.source]
