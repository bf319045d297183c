"""The tagger and the rules together."""

from quotecraft.detect.combined import combine
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
