"""Raw news from many countries: nothing raises, and what is quoted is in the text."""

import os
from pathlib import Path

import pytest

import quotecraft
from quotecraft.text import FailedInput, read_inputs

DATA = Path(os.environ.get("QUOTECRAFT_DATA", Path(__file__).parents[2] / "shared" / "data"))
ARTICLES = DATA / "worldwide" / "original_articles"


@pytest.mark.slow
@pytest.mark.skipif(not ARTICLES.is_dir(), reason=f"no data set at {ARTICLES}")
def test_three_hundred_articles_are_read_whole() -> None:
    """300 articles come out without an error, each with its exact text and some with quotations."""
    paths = sorted(ARTICLES.glob("*.txt"))[::3][:300]
    inputs = list(read_inputs(paths))
    assert [item for item in inputs if isinstance(item, FailedInput)] == []
    documents = list(quotecraft.load().stream(inputs))
    raw = [path.read_bytes() for path in paths]
    kept = [document.text.encode() for document in documents]
    assert len(raw) == 300
    assert [p.name for p, a, b in zip(paths, raw, kept, strict=True) if a != b] == []
    assert sum(len(document.quotes) for document in documents) > 300
