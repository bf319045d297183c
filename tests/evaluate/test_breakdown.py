"""Scores by genre, kinds confused, and calibration bins."""

import math

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.evaluate import (
    Confusion,
    Report,
    Traits,
    bins_table,
    calibration_bins,
    content_metrics,
    score,
)
from quotecraft.evaluate.alignment import Alignment
from quotecraft.model import Confidence, Document
from tests.evaluate.build import document, quote

TEXT = "“We are ready,” Ana Ruiz said. Lee Orme warned that it rained. She hoped for sun."
SAID = quote(TEXT, "a", "“We are ready,”", cue="said", source="Ana Ruiz")
WARNED = quote(TEXT, "b", "that it rained", cue="warned", source="Lee Orme")
HOPED = quote(TEXT, "c", "for sun", cue="hoped", source="She")


def reading(name: str, genre: str | None, *quotes: object) -> Document:
    """Return a document of a genre."""
    metadata = {} if genre is None else {"genre": genre}
    return document(TEXT, *quotes, id=name, metadata=metadata)  # type: ignore[arg-type]


GOLD = [
    reading("n1", "news", SAID, WARNED),
    reading("n2", "news", SAID, WARNED),
    reading("f1", "fiction", SAID, WARNED),
    reading("u1", None, SAID, WARNED),
]
FOUND = [
    reading("n1", None, SAID, WARNED),
    reading("n2", None, SAID, WARNED),
    reading("f1", None, SAID, HOPED),
    reading("u1", None),
]


def scored(traits: Traits | Confusion, samples: int = 0) -> Report:
    """Score the predictions."""
    return score(GOLD, FOUND, samples=samples, observe=traits.observe)


def test_a_row_a_genre_and_one_of_all() -> None:
    """Documents without a genre have a row of their own."""
    genres = Traits("genre")
    table = genres.table(scored(genres))
    assert table.header[:4] == ("genre", "documents", "relation", "content.partial")
    assert [row[:3] for row in table.rows] == [
        ("(none)", "1", "0.0"),
        ("fiction", "1", "50.0"),
        ("news", "2", "100.0"),
        ("all", "4", "71.4"),
    ]


def test_rows_have_intervals_of_their_own() -> None:
    """With a bootstrap, the documents of a genre are resampled alone."""
    genres = Traits("genre")
    _, fiction, news, _ = genres.table(scored(genres, samples=20)).rows
    assert news[2] == "100.0 (100.0–100.0)"
    assert fiction[2] == "50.0"  # one document tells nothing of others


def test_a_part_is_what_scoring_it_alone_would_give() -> None:
    """The report of a genre equals that of its documents."""
    genres = Traits("genre")
    part = genres.reports(scored(genres))["news"]
    alone = score(GOLD[:2], FOUND[:2])
    assert part.as_table() == alone.as_table()
    assert part.signature.documents == 2


def test_kinds_are_confused_or_not() -> None:
    """Rows are gold, columns predicted; missed and extra have a place."""
    confusion = Confusion()
    scored(confusion)
    assert confusion.table().rows == (
        ("direct", "3", "0", "0", "1"),
        ("indirect", "0", "2", "0", "2"),
        ("mixed", "0", "0", "0", "0"),
        ("extra", "0", "1", "0", ""),
    )
    assert confusion.to_dict()["all"]["indirect"] == {"indirect": 2, "missed": 2}


def test_confusion_by_genre() -> None:
    """Each genre has its rows."""
    confusion = Confusion("genre")
    scored(confusion)
    rows = [row for row in confusion.table().rows if row[0] == "fiction"]
    assert rows[1] == ("fiction", "indirect", "0", "0", "0", "1")
    assert confusion.groups() == ["(none)", "fiction", "news"]


def test_a_kind_that_gold_does_not_annotate_is_never_extra() -> None:
    """As in scores of direct speech alone."""
    confusion = Confusion(annotated=frozenset({"direct"}))  # type: ignore[arg-type]
    scored(confusion)
    assert confusion.table().rows[3] == ("extra", "0", "0", "0", "")


def test_bins_say_how_often_a_confidence_is_right() -> None:
    """Two predictions at 0.9, of which one is right, lie in one bin of the 15."""
    sure = Confidence(content=0.9, source=1, speaker=1)
    found = reading("n1", None, evolve(SAID, confidence=sure), evolve(HOPED, confidence=sure))
    report = score(GOLD[:1], [found], metrics=content_metrics())
    (bins,) = calibration_bins(report).values()
    full = [b for b in bins if b.number]
    assert [(b.number, b.confidence, b.right) for b in full] == [(2, pytest.approx(0.9), 0.5)]
    assert bins_table(bins).rows[13] == ("86.7–93.3", "2", "90.0", "50.0", "-40.0")
    assert len(bins) == 15


@given(st.lists(st.floats(0, 1), max_size=20))
def test_the_bins_hold_every_prediction_and_give_the_error(confidences: list[float]) -> None:
    """The calibration error is the mean gap, weighted by the bins' numbers."""
    quotes = [
        evolve(SAID, id=f"q{n}", confidence=Confidence(content=c, source=1, speaker=1))
        for n, c in enumerate(confidences)
    ]
    report = score(GOLD[:1], [reading("n1", None, *quotes)], metrics=content_metrics())
    bins = calibration_bins(report)["content.calibration"]
    assert sum(b.number for b in bins) == len(confidences)
    gaps = sum(b.number * abs(b.right - b.confidence) for b in bins if b.number)
    error = report.main("content.calibration")
    assert math.isnan(error) if not confidences else error == pytest.approx(gaps / len(quotes))
    assert all(b.low <= b.confidence <= b.high + 1e-9 for b in bins if b.number)


def test_observers_see_how_documents_were_aligned() -> None:
    """Each gold document comes once, with its prediction and their pairs."""
    seen: list[tuple[str, str, int]] = []

    def observe(gold: Document, predicted: Document, alignment: Alignment) -> None:
        seen.append((gold.id, predicted.id, len(alignment.pairs)))

    score(GOLD, FOUND, observe=observe)
    assert seen == [("n1", "n1", 2), ("n2", "n2", 2), ("f1", "f1", 1), ("u1", "u1", 0)]
