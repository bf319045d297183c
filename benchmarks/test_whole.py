"""The whole pipeline, text to document: time by length, to be read as ratios within one run.

Run it with ``pytest benchmarks/test_whole.py --benchmark-only``.
"""

from pathlib import Path

import pytest

import quotecraft

FOLDER = Path(__file__).resolve().parents[1] / "corpora" / "dev"
TEXT = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt")))


@pytest.fixture(scope="module")
def pipe() -> quotecraft.Pipeline:
    """Load the shipped model once."""
    return quotecraft.load()


@pytest.mark.parametrize("copies", [1, 4, 16])
def test_articles_to_documents(benchmark, pipe, copies: int) -> None:
    """Reading 1, 4 and 16 times the articles of corpora/dev as one text."""
    text = "\n\n".join([TEXT] * copies)
    benchmark.extra_info["words"] = len(text.split())
    document = benchmark.pedantic(pipe, args=(text,), rounds=3, warmup_rounds=1)
    assert document.quotes
