"""How long scoring takes: PolNeAR's dev split in size, against predictions that are given.

Run with ``pytest benchmarks/test_scoring.py --benchmark-only --benchmark-sort=name``. The articles
are generated: 84 of 4,900 characters with 26 attributions each, as in PolNeAR's dev split, which is
timed as well where it is at hand (``QUOTECRAFT_DATA``). The project's aim on a laptop: scored in 3
seconds, and 1,000 resamples in 5 more.
"""

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from quotecraft.evaluate import agreement, metrics_for, read_gold, score
from quotecraft.evaluate.bootstrap import draws, intervals
from quotecraft.evaluate.report import Report
from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span

ARTICLES, ATTRIBUTIONS = 84, 26
WORDS = [
    "rain",
    "fell",
    "on",
    "the",
    "mill",
    "and",
    "river",
    "so",
    "nobody",
    "slept",
    "that",
    "was",
]
DATA = Path(os.environ.get("QUOTECRAFT_DATA") or Path(__file__).parents[2] / "shared" / "data")
POLNEAR = DATA / "polnear" / "dev"


def article(number: int) -> Document:
    """Return a generated article: source, cue and content in turn, every third one in marks."""
    chance = random.Random(number)
    text, quotes = "", []
    for n in range(ATTRIBUTIONS):
        said = " ".join(chance.choices(WORDS, k=chance.randint(8, 32)))
        content = f"“{said},”" if n % 3 == 0 else f"that {said}"
        between = " ".join(chance.choices(WORDS, k=12))
        start = len(text) + len("Ann Lee said ")
        text += f"Ann Lee said {content}. {between}.\n\n"
        quotes.append(
            Quote(
                QuoteId(f"q{n}"),
                QuoteKind.INDIRECT,
                (Span(start, start + len(content)),),
                cue=(Span(start - 5, start - 1),),
                source=(Span(start - 13, start - 6),),
            )
        )
    return Document(f"article {number}", text, quotes=tuple(quotes))


def imperfect(document: Document) -> Document:
    """Return a prediction: some quotes missed, some cut short, some without their source."""
    chance = random.Random(document.id)
    quotes = []
    for quote in document.quotes:
        if chance.random() < 0.15:
            continue
        first, *others = quote.content
        cut = min(chance.choice([0, 0, 5, 15]), len(first) - 1)
        source = () if chance.random() < 0.1 else quote.source
        content = (Span(first.start + cut, first.end), *others)
        quotes.append(evolve(quote, content=content, source=source))
    quotes.sort(key=lambda quote: quote.content[0])
    return evolve(document, quotes=tuple(quotes), model="imperfect-1")


def generated() -> list[Document]:
    """Return the generated articles."""
    return [article(number) for number in range(ARTICLES)]


def released() -> list[Document]:
    """Return PolNeAR's dev split."""
    if not POLNEAR.is_dir():
        pytest.skip(f"PolNeAR is not at {POLNEAR}")
    return list(read_gold(POLNEAR, "polnear"))


@pytest.mark.parametrize("corpus", [generated, released])
@pytest.mark.parametrize("variant", ["attribution", "pareti", "gender-gap-tracker"])
def test_scoring(benchmark: Any, corpus: Callable[[], list[Document]], variant: str) -> None:
    """Score given predictions without intervals."""
    benchmark.group = "scoring"
    gold = corpus()
    predicted = [imperfect(document) for document in gold]
    metrics = metrics_for("polnear", variant=variant)
    run = benchmark.pedantic(
        score, args=(gold, predicted), kwargs={"metrics": metrics}, rounds=3, warmup_rounds=1
    )
    assert run.signature.documents == ARTICLES


@pytest.mark.parametrize("corpus", [generated, released])
def test_resampling(benchmark: Any, corpus: Callable[[], list[Document]]) -> None:
    """Work out the intervals of scores that are known: 1,000 resamples."""
    benchmark.group = "1,000 resamples"
    gold = corpus()
    report: Report = score(gold, [imperfect(document) for document in gold])

    def resample() -> int:
        drawn = draws(len(report.document_ids), 1000, 1)
        return len([intervals(m, report.counts[m.name], drawn) for m in report.metrics])

    assert benchmark.pedantic(resample, rounds=3, warmup_rounds=1) == len(report.metrics)


def test_agreement(benchmark: Any) -> None:
    """Compare two labellings with 1,000 resamples."""
    benchmark.group = "agreement"
    first = generated()
    second = [imperfect(document) for document in first]
    report = benchmark.pedantic(
        agreement, args=(first, second), kwargs={"samples": 1000}, rounds=3, warmup_rounds=1
    )
    assert report["agreement.cue"].values["accuracy"] == 1
