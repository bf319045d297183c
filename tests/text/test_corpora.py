"""Pairing on real novels: floors that must not sink unnoticed."""

import os
from pathlib import Path

import pytest

from quotecraft.formats.pdnc import HELD_OUT, read_pdnc
from quotecraft.model import Span
from quotecraft.text import pair_marks

DATA = Path(os.environ.get("QUOTECRAFT_DATA", Path(__file__).parents[3] / "shared" / "data"))
NOVELS = DATA / "pdnc" / "data"
EXACT, COVERED = 0.97, 0.998  # of the annotated spans; annotators also split at inner quotations


def _core(text: str, span: Span) -> tuple[int, int]:
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


@pytest.mark.slow
@pytest.mark.skipif(not NOVELS.is_dir(), reason="PDNC is not there: set QUOTECRAFT_DATA")
def test_annotated_speech_in_novels_stands_between_paired_marks() -> None:
    """Nearly all spans that PDNC's annotators marked are found, exactly or inside a longer one."""
    total = exact = covered = 0
    for document in read_pdnc(NOVELS):
        if document.id in HELD_OUT:
            continue
        text = document.text
        spans = [span for quotation in pair_marks(text) for span in quotation.spans]
        found = {_core(text, span) for span in spans}
        inside = [False] * (len(text) + 1)
        for span in spans:
            inside[span.start : span.end] = [True] * len(span)
        gold = {_core(text, span) for quote in document.quotes for span in quote.content}
        gold = {(start, end) for start, end in gold if start < end}
        total += len(gold)
        exact += len(gold & found)
        covered += sum(all(inside[start:end]) for start, end in gold)
    assert exact >= EXACT * total
    assert covered >= COVERED * total
