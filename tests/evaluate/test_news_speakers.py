"""The benchmark of speakers in news: labels of our own text, and figures computed by hand."""

import json
from pathlib import Path

import pytest

import quotecraft
from benchmarks.news_speakers import Judged, judged, table
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.training.speaker_sureness import read_sources
from tests.newswire import lay_article

CORPORA = Path(__file__).parents[2] / "corpora"
TEXT = (
    "Ana Ruiz said that the road was safe.\n\n"
    "Residents said that the road was narrow.\n\n"
    "Juan Lara said that the bridge was old.\n"
)


def test_speakers_are_held_against_the_labels(tmp_path: Path) -> None:
    """Ruiz and the unnamed are right as labelled; where nobody is labelled, Lara is wrong."""
    first, second, third = lay_article(tmp_path, "one.txt", TEXT)
    row = {
        "article": "one.txt",
        "characters": len(TEXT),
        "named": [[*first, 0, len("Ana Ruiz")]],
        "unnamed": [second],
        "nobody": [third],
    }
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    links = list(judged(read_sources(path, tmp_path, quotecraft.load()), RuleResolver()))
    assert [(link.given, link.right) for link in links] == [
        (True, True),
        (True, True),
        (True, False),
    ]
    assert all(0 <= link.confidence <= 1 for link in links)


def test_figures_are_those_counted_by_hand() -> None:
    """Of ten, six are right, two wrong, two left open; the mean is over two unlike articles."""
    links = [
        *[Judged("a", True, True, 0.9)] * 4,
        *[Judged("b", True, True, 0.8)] * 2,
        *[Judged("b", True, False, 0.6)] * 2,
        *[Judged("b", False, False, 0.1)] * 2,
    ]
    page = table(links)
    assert page.startswith("10 attributions in 2 articles")
    shares = {row.split("|")[1].strip(): row.split("|")[2].strip() for row in page.split("\n")[4:]}
    assert shares == {
        "right": "60.0",
        "wrong": "20.0",
        "left open": "20.0",
        "right, mean over articles": "66.7",
        "right among the surest 80 %": "75.0",
        "calibration error": "25.0",
    }


def test_nothing_labelled_is_an_error() -> None:
    """Labels of other articles can't be measured on."""
    with pytest.raises(ValueError, match="no attribution is labelled"):
        table([])


def test_nothing_is_learned_from_articles_to_measure_on() -> None:
    """No article of ``sources-test.jsonl`` is among those that weights are fitted on."""
    names = {
        file: {json.loads(row)["article"] for row in (CORPORA / file).read_text().splitlines()}
        for file in ("sources-test.jsonl", "sources.jsonl", "references.jsonl")
    }
    assert len(names["sources-test.jsonl"]) == 128
    assert names["sources-test.jsonl"].isdisjoint(
        names["sources.jsonl"] | names["references.jsonl"]
    )
