"""A short fuzz run; the long one is ``python -m benchmarks.fuzz``."""

import random

import pytest

from benchmarks import fuzz
from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span


def test_odd_inputs_break_nothing() -> None:
    """Inputs of every kind end well or in a documented error, and every promise is kept."""
    report = fuzz.run(range(10 * len(fuzz.KINDS)), seed=20261126)
    assert report.broken == []
    assert set(report.times) == set(fuzz.KINDS)
    assert all(len(times) == 10 for times in report.times.values())


def test_inputs_are_made_from_seed_and_number_alone() -> None:
    """The same number makes the same input in whatever run."""
    makers = [fuzz.fuzz_inputs.text, fuzz.fuzz_inputs.marked, fuzz.fuzz_inputs.html]
    for make in makers:
        assert make(random.Random("7:1")) == make(random.Random("7:1"))
        assert make(random.Random("7:1")) != make(random.Random("7:2"))


@pytest.mark.parametrize("spans", [[(0, 2), (1, 3)], [(2, 3), (0, 1)]])
def test_a_broken_promise_is_seen(spans, monkeypatch) -> None:
    """Overlapping or unordered spans, or a changed text, fail the check."""
    document = Document("d", "abcd", quotes=[Quote(QuoteId("q"), QuoteKind.DIRECT, [Span(0, 1)])])
    fuzz.check_document(document, "abcd")
    with pytest.raises(AssertionError, match="changed"):
        fuzz.check_document(document, "abce")
    object.__setattr__(document.quotes[0], "content", tuple(Span(*pair) for pair in spans))
    with pytest.raises(AssertionError, match="of q"):
        fuzz.check_document(document, "abcd")


@pytest.mark.parametrize("number", [53869, 168648])
def test_inputs_that_once_broke_something_end_well(number: int) -> None:
    """A cue behind the last word of a text has no word, and is nobody's."""
    assert fuzz.run([number], seed=1).broken == []
