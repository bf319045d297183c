"""Floors on annotated corpora: what the rules reach there must not sink unnoticed."""

import os
from pathlib import Path

import pytest
from attrs import evolve

from quotecraft.evaluate import read_gold
from quotecraft.evaluate.alignment import align
from quotecraft.model import Document, Quote, QuoteId, QuoteKind
from tests.detect.rules_sample import detect

DATA = Path(os.environ.get("QUOTECRAFT_DATA", Path(__file__).parents[3] / "shared" / "data"))
POLNEAR = DATA / "polnear"
PDNC = DATA / "pdnc"


def _read(gold: Document) -> Document:
    found = detect(gold.text)
    quotes = tuple(
        Quote(QuoteId(f"q{n}"), item.kind, item.content, cue=item.cue, source=item.source)
        for n, item in enumerate(found)
    )
    return Document(gold.id, gold.text, quotes=quotes)


@pytest.mark.slow
@pytest.mark.skipif(not POLNEAR.is_dir(), reason=f"no PolNeAR at {POLNEAR}")
def test_direct_quotations_of_polnear_dev_are_found() -> None:
    """Direct content F1 on PolNeAR dev stays above 88, nested attributions counted."""
    gold = found = right = 0
    for document in read_gold(POLNEAR, "polnear", split="dev"):
        aligned = align(document, _read(document))
        kinds = aligned.predicted.kinds
        gold += aligned.gold.kinds.count(QuoteKind.DIRECT)
        found += kinds.count(QuoteKind.DIRECT)
        right += sum(aligned.gold.kinds[i] is QuoteKind.DIRECT for i, _ in aligned.pairs)
        right += sum(kinds[j] is QuoteKind.DIRECT for _, j in aligned.pairs)
    assert right / (gold + found) > 0.88


@pytest.mark.slow
@pytest.mark.skipif(not PDNC.is_dir(), reason=f"no PDNC at {PDNC}")
def test_quotations_of_a_novel_are_found() -> None:
    """Nearly every quotation of a novel is found; the first part of it took part in fitting."""
    novel = next(d for d in read_gold(PDNC, "pdnc") if d.id == "TheAwakening")
    bare = [evolve(quote, speaker=None, addressee=None) for quote in novel.quotes]
    gold = Document(novel.id, novel.text, quotes=tuple(bare))
    aligned = align(gold, _read(gold))
    assert len(aligned.pairs) / len(gold.quotes) > 0.9
