"""spaCy's Doc."""

import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given

from quotecraft.errors import FormatError, MissingExtraError
from quotecraft.formats.spacy import annotate, from_spacy, to_spacy
from quotecraft.model import Document, Quote, Span
from tests.formats.examples import document
from tests.strategies import documents

spacy = pytest.importorskip("spacy", reason="the spacy extra is not installed")

NLP = spacy.blank("en")


def spans(doc: "spacy.tokens.Doc", label: str) -> list[tuple[str, str]]:
    """Return the quotation and the words of each span with a label."""
    return [(span.id_, span.text) for span in doc.spans["quotecraft"] if span.label_ == label]


@given(documents())
def test_round_trip_is_exact(given_document: Document) -> None:
    """Any document that spaCy can hold comes back equal, after spaCy's own serialisation too."""
    try:
        "".join([given_document.text, *(quote.id for quote in given_document.quotes)]).encode()
    except UnicodeEncodeError:
        with pytest.raises(FormatError, match="lone surrogate"):
            to_spacy(given_document, NLP)
        return
    doc = to_spacy(given_document, NLP)
    assert given_document == from_spacy(doc)
    copy = spacy.tokens.Doc(NLP.vocab).from_bytes(doc.to_bytes())
    assert given_document == copy._.quotecraft
    assert [span.text for span in doc.spans["quotecraft"]] == [
        span.text for span in copy.spans["quotecraft"]
    ]


@given(documents())
def test_spans_are_the_tokens_that_are_touched(given_document: Document) -> None:
    """Each span is exactly the tokens that its stretch touches; spaces between are none."""
    try:
        doc = to_spacy(given_document, NLP)
    except FormatError:
        return
    stretches = [
        (label, quote.id, span)
        for quote in given_document.quotes
        for label, spans in (
            ("CONTENT", quote.content),
            ("CUE", quote.cue),
            ("SOURCE", quote.source),
        )
        for span in spans
    ]
    expected = []
    for label, quote_id, span in stretches:
        tokens = [t.i for t in doc if t.idx < span.end and span.start < t.idx + len(t)]
        if tokens:
            expected.append((label, quote_id, tokens[0], tokens[-1] + 1))
    found = [(s.label_, s.id_, s.start, s.end) for s in doc.spans["quotecraft"]]
    assert len(stretches) == len(found)
    assert not Counter(expected) - Counter(found)


def test_spans_are_named() -> None:
    """The span group tells contents, cues and sources apart, and whose they are."""
    doc = to_spacy(document(), NLP)
    assert spans(doc, "CUE") == [("q1", "said"), ("q2", "told"), ("q3", "said"), ("q4", "promised")]
    assert ("q2", "“We are ready,”") in spans(doc, "CONTENT")
    assert ("q1", "Ana Ruiz, the health minister,") in spans(doc, "SOURCE")
    speakers = {s.id_: s._.quotecraft_speaker for s in doc.spans["quotecraft"]}
    assert speakers == {"q1": "Ana Ruiz", "q2": "Ana Ruiz", "q3": "The union", "q4": "Ana Ruiz"}


def test_a_span_inside_a_token_is_widened() -> None:
    """A content that ends inside a token covers it in spaCy, and stays exact in the document."""
    odd = Document("d", "He said yes-man.", quotes=[Quote("q1", "indirect", [Span(8, 11)])])
    doc = to_spacy(odd, NLP)
    assert spans(doc, "CONTENT") == [("q1", "yes")]
    split = Document("d", "He said yessing.", quotes=[Quote("q1", "indirect", [Span(8, 11)])])
    doc = to_spacy(split, NLP)
    assert spans(doc, "CONTENT") == [("q1", "yessing")]
    assert doc._.quotecraft.quotes[0].text == "yes"


def test_displacy_draws_the_spans() -> None:
    """SpaCy's own renderer of span groups takes ours."""
    html = spacy.displacy.render(
        to_spacy(document(), NLP), style="span", options={"spans_key": "quotecraft"}, jupyter=False
    )
    assert "CONTENT" in html
    assert "SOURCE" in html


def test_another_text_is_refused() -> None:
    """A Doc of another text can't be annotated, as every offset would lie."""
    with pytest.raises(FormatError, match="another text"):
        annotate(NLP("Something else."), document())


def test_a_plain_doc_has_no_document() -> None:
    """A Doc that was never annotated says what to do."""
    with pytest.raises(FormatError, match="annotate"):
        from_spacy(NLP("Hello."))


def test_missing_extra_names_the_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without spaCy the error holds the exact command."""
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'quotecraft\[spacy\]'"):
        to_spacy(document(), None)  # type: ignore[arg-type]


def test_importing_the_module_loads_no_spacy() -> None:
    """The module can be imported without spaCy's cost."""
    code = "import sys, quotecraft.formats.spacy as s; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
