"""How long a store takes to add and to search, by the number of documents in it.

Run with ``pytest benchmarks/test_store.py --benchmark-only --benchmark-sort=name``. The documents
are made; ``python -m benchmarks.store`` measures on real ones.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quotecraft import Document, Quote, Span, Speaker, Store
from quotecraft.model import QuoteId, SpeakerId
from quotecraft.store import link_people

SIZES = [100, 1_000]
WORDS = [
    f"{first}{second}" for first in "bdfgklmnprstvz" for second in ("ain", "ole", "ust", "ink")
]
QUOTES = 12
SEARCHES: dict[str, dict[str, Any]] = {
    "word": {"text": "bain"},
    "phrase": {"text": '"bain dole"'},
    "speaker": {"speaker": "Bain"},
    "both": {"text": "bain", "speaker": "Bain", "since": "2024"},
}


def documents(count: int) -> Iterator[Document]:
    """Yield documents of twelve quotations by three speakers, always the same."""
    chance = random.Random(1)
    weights = [1 / rank for rank in range(1, len(WORDS) + 1)]
    for number in range(count):
        text, quotes = "", []
        for place in range(QUOTES):
            words = " ".join(chance.choices(WORDS, weights, k=20))
            span = Span(len(text), len(text) + len(words))
            text += words + "\n"
            speaker = SpeakerId(f"s{place % 3}")
            quotes.append(Quote(QuoteId(f"q{place}"), "direct", [span], speaker=speaker))
        speakers = [
            Speaker(SpeakerId(f"s{n}"), " ".join(chance.choices(WORDS, k=2)).title(), "person")
            for n in range(3)
        ]
        day = f"{2020 + number % 6}-{1 + number % 12:02}-01"
        yield Document(f"d{number}", text, {"date": day}, quotes=quotes, speakers=speakers)


@pytest.fixture(scope="module", params=SIZES)
def filled(request: pytest.FixtureRequest, tmp_path_factory: Any) -> Iterator[Store]:
    """A store of some size."""
    with Store(tmp_path_factory.mktemp("store") / "s.db") as store:
        store.add(documents(request.param))
        yield store


@pytest.mark.parametrize("size", SIZES)
def test_add(benchmark: Any, size: int, tmp_path_factory: Any) -> None:
    """Adding to a fresh store."""
    given = list(documents(size))

    def add() -> Path:
        path: Path = tmp_path_factory.mktemp("add") / "s.db"
        with Store(path) as store:
            store.add(given)
        return path

    benchmark.pedantic(add, rounds=3)


@pytest.mark.parametrize("name", SEARCHES)
def test_search(benchmark: Any, filled: Store, name: str) -> None:
    """Searching a store that is open."""
    benchmark.group = f"search: {name}"
    benchmark(lambda: filled.search(**SEARCHES[name]))


@pytest.mark.parametrize("size", SIZES)
def test_link(benchmark: Any, size: int) -> None:
    """Joining people across documents."""
    given = list(documents(size))
    benchmark.pedantic(lambda: link_people(given), rounds=3)
