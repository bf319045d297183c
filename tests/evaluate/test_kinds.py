"""Direct, mixed or indirect."""

import pytest
from hypothesis import given

from quotecraft.evaluate import kinds_of, with_kinds
from quotecraft.model import QuoteKind
from tests.evaluate.build import document, quote, spans
from tests.strategies import documents

TEXT = "“We are ready,” she said. “Truly.” He said the plan was “dead” and that nobody cared."


@pytest.mark.parametrize(
    ("pieces", "kind"),
    [
        (["“We are ready,”"], QuoteKind.DIRECT),
        (["We are ready"], QuoteKind.DIRECT),
        (["“We are ready,”", "“Truly.”"], QuoteKind.DIRECT),
        (["“dead”"], QuoteKind.DIRECT),
        (["the plan was “dead”"], QuoteKind.MIXED),
        (["that nobody cared"], QuoteKind.INDIRECT),
        (["“We are ready,”", "that nobody cared"], QuoteKind.MIXED),
    ],
)
def test_kind_is_how_much_stands_between_marks(pieces: list[str], kind: QuoteKind) -> None:
    """All of the letters between marks is direct, some mixed, none indirect."""
    assert [kind] == kinds_of(TEXT, [spans(TEXT, *pieces)])


def test_content_of_marks_alone_has_a_kind() -> None:
    """“…” is direct: all it has stands between marks."""
    text = "“…” she said."
    assert kinds_of(text, [spans(text, "…")]) == [QuoteKind.DIRECT]


def test_with_kinds_decides_anew_whatever_the_quote_says() -> None:
    """The kind that a quote comes with plays no part."""
    given_ = document(TEXT, quote(TEXT, "q1", "“We are ready,”"))
    assert [q.kind for q in with_kinds(given_).quotes] == [QuoteKind.DIRECT]


@given(documents())
def test_any_text_has_kinds(document_: object) -> None:
    """Odd texts never raise, and every content gets one kind."""
    decided = with_kinds(document_)  # type: ignore[arg-type]
    assert len(decided.quotes) == len(kinds_of(decided.text, [q.content for q in decided.quotes]))
