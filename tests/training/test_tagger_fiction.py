"""Novels as training texts of the tagger."""

from pathlib import Path

import pytest

from quotecraft.model import Span
from quotecraft.training.tagger.fiction import find_reporting, load_pdnc
from tests.formats.test_pdnc import novel, row


@pytest.mark.parametrize(
    ("clause", "cue", "source"),
    [
        ("said she", "said", "she"),
        ("he had said", "said", "he"),
        ("Miss Orme slowly went on", "went on", "Miss Orme"),
        ("replied the old man, rising", "replied", "the old man"),
        ("asked Mr. Lee", "asked", "Mr. Lee"),
    ],
)
def test_a_reporting_clause_has_cue_and_source(clause: str, cue: str, source: str) -> None:
    """The verb is the cue; who stands before it, or else after it, is the source."""
    found = find_reporting(clause, Span(0, len(clause)))
    assert found is not None
    assert (cue, source) == (found.cue.of(clause), found.source.of(clause))


@pytest.mark.parametrize("clause", ["she sat down by the dog", "said"])
def test_what_is_no_plain_reporting_clause_is_left_alone(clause: str) -> None:
    """Without a verb of saying, or without a subject, there is nothing to learn."""
    assert find_reporting(clause, Span(0, len(clause))) is None


def test_referring_expressions_become_cues(tmp_path: Path) -> None:
    """A quotation gets its marks, its spans, and the clause that its referring expression names."""
    root = novel(tmp_path, row("Q1", "Quite,", "and you?", referringExpression="said she"))
    (excerpt,) = load_pdnc(root)
    (relation,) = excerpt.annotations[0]
    assert excerpt.partial
    pieces = [excerpt.text[start:end] for start, end in relation.content]
    assert ['"Quite,"', '"and you?"'] == pieces
    assert ["said"] == [excerpt.text[start:end] for start, end in relation.cue]
    assert ["she"] == [excerpt.text[start:end] for start, end in relation.source]


def test_an_implicit_quotation_has_content_only(tmp_path: Path) -> None:
    """Without a referring expression a quotation has neither cue nor source."""
    (excerpt,) = load_pdnc(novel(tmp_path, row("Q1", "Quite,")))
    (relation,) = excerpt.annotations[0]
    assert (relation.cue, relation.source) == ((), ())
