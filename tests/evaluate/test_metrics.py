"""Metrics of contents, cues and sources, against numbers worked out by hand."""

import math
import re
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.evaluate import align, attribution_metrics, score
from quotecraft.evaluate.metrics import TokenF1, direct_speech_metrics
from quotecraft.model import Confidence, Document, Quote, QuoteId, QuoteKind, Span
from tests.evaluate.build import document, quote
from tests.evaluate.reference import jaccard, positions

TEXT = (
    "“We are ready,” Ana Ruiz said. Lee Orme warned that the bridge was closed. "
    "The mayor called the plan “dead” on Monday. Nobody believes that it rains."
)
GOLD = document(
    TEXT,
    quote(TEXT, "a", "“We are ready,”", cue="said", source="Ana Ruiz"),
    quote(TEXT, "b", "that the bridge was closed", cue="warned", source="Lee Orme"),
    quote(TEXT, "c", "the plan “dead”", cue="called", source="The mayor"),
    quote(TEXT, "d", "that it rains", cue="believes"),
)
# a is exact with an overlapping source; b is partial (14 of 22 letters) with the wrong source; of c
# only 4 of 11 letters are there, which is no match; d is missed; x is too much.
PREDICTED = document(
    TEXT,
    quote(TEXT, "a", "We are ready", cue="said", source="Ruiz"),
    quote(TEXT, "b", "bridge was closed", cue="warned that", source="Ana"),
    quote(TEXT, "c", "“dead”", cue="called", source="The mayor"),
    quote(TEXT, "x", "on Monday"),
    model="test-1",
)
REPORT = score([GOLD], [PREDICTED])


@pytest.mark.parametrize(
    ("metric", "precision", "recall"),
    [
        ("content.partial", 2 / 4, 2 / 4),
        ("content.partial.direct", 1 / 2, 1 / 1),  # “dead” alone is direct
        ("content.partial.mixed", 0, 0),
        ("content.partial.indirect", 1 / 2, 1 / 2),
        ("content.exact", 1 / 4, 1 / 4),
        ("content.exact.direct", 1 / 2, 1 / 1),
        ("content.exact.indirect", 0, 0),
        ("relation", 1 / 4, 1 / 4),
        ("relation.direct", 1 / 2, 1 / 1),
        ("relation.indirect", 0, 0),
        ("cue.overlap", 3 / 3, 3 / 4),
        # words: We are ready | (that the) bridge was closed | (the plan) dead | (that it rains)
        ("content.words", 7 / 9, 7 / 14),
        ("content.words.direct", 4 / 4, 3 / 3),  # dead is gold, in a mixed content
        ("content.words.indirect", 3 / 5, 3 / 8),
        ("content.words.mixed", 0, 1 / 3),
        ("cue.words", 3 / 4, 3 / 4),
        ("source.words", 4 / 4, 4 / 6),  # Ana counts, whoever said it
    ],
)
def test_precision_recall_and_f1(metric: str, precision: float, recall: float) -> None:
    """Every metric has the values that counting by hand gives."""
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    expected = {"precision": precision, "recall": recall, "f1": f1}
    assert REPORT[metric].values == pytest.approx(expected)


@pytest.mark.parametrize(
    ("metric", "accuracy"),
    [("cue.found", 2 / 2), ("cue.exact", 1 / 2), ("source.found", 1 / 2), ("source.exact", 0)],
)
def test_cues_and_sources_are_judged_on_matched_contents(metric: str, accuracy: float) -> None:
    """Only the two quotes whose contents match count."""
    assert dict(REPORT[metric].values) == {"accuracy": accuracy}
    assert dict(REPORT[metric].support) == {"judged": 2}


def test_cues_and_sources_by_kind_of_the_gold() -> None:
    """A is direct with its source, b indirect with a wrong one; no mixed content matches."""
    found = {kind: REPORT[f"source.found.{kind}"].values["accuracy"] for kind in QuoteKind}
    assert (found["direct"], found["indirect"]) == (1, 0)
    assert math.isnan(found["mixed"])
    assert REPORT["cue.found.indirect"].support["judged"] == 1


def test_relation_without_gold_source_wants_no_source() -> None:
    """Where the gold has no source, a predicted one is wrong and none is right."""
    gold = document(TEXT, quote(TEXT, "d", "that it rains", cue="believes"))
    right = document(TEXT, quote(TEXT, "d", "it rains", cue="believes"))
    wrong = document(TEXT, quote(TEXT, "d", "it rains", cue="believes", source="Nobody"))
    assert score([gold], [right])["relation"].values["f1"] == 1
    assert score([gold], [wrong])["relation"].values["f1"] == 0


def test_a_match_counts_for_the_kind_of_either_side() -> None:
    """Recall goes by the gold kind, precision by the predicted kind of the same pair."""
    gold = document(TEXT, quote(TEXT, "c", "the plan “dead” on Monday"))
    predicted = document(TEXT, quote(TEXT, "c", "the plan", "on Monday"))
    report = score([gold], [predicted])
    assert report["content.partial.mixed"].values["recall"] == 1
    assert report["content.partial.indirect"].values["precision"] == 1


def test_discontinuous_content_is_one_thing() -> None:
    """Two pieces said by one person match only as a whole."""
    text = "“One two three,” she said. “Four five six.”"
    gold = document(text, quote(text, "q", "“One two three,”", "“Four five six.”"))
    halves = document(text, quote(text, "p", "One two three"), quote(text, "r", "Four five six"))
    whole = document(text, quote(text, "q", "One two three,” she said. “Four five six"))
    assert score([gold], [halves])["content.partial"].values["f1"] == pytest.approx(2 / 3)
    assert score([gold], [whole])["content.partial"].values["f1"] == 1
    assert score([gold], [whole])["content.exact"].values["f1"] == 0


def test_calibration_error_by_hand() -> None:
    """Two bins: 0.9 said and 1/2 right, 0.5 said and none right, weighted by size."""
    sure, unsure = Confidence(content=0.9), Confidence(content=0.5)
    predicted = document(
        TEXT,
        quote(TEXT, "a", "We are ready", confidence=sure),
        quote(TEXT, "x", "on Monday", confidence=sure),
        quote(TEXT, "y", "Nobody", confidence=unsure),
    )
    error = score([GOLD], [predicted])["content.calibration"].values["error"]
    assert error == pytest.approx(2 / 3 * (0.9 - 0.5) + 1 / 3 * 0.5)


def test_nothing_to_score_is_not_a_score() -> None:
    """No gold and no prediction of a kind give NaN; one of them alone gives 0."""
    empty = document(TEXT)
    report = score([empty], [empty])
    assert all(math.isnan(v) for s in report.scores for v in s.values.values())
    assert score([GOLD], [empty])["relation"].values == {"precision": 0, "recall": 0, "f1": 0}
    assert score([empty], [PREDICTED])["relation"].values["f1"] == 0


def test_where_only_direct_speech_is_annotated_indirect_extras_do_not_count() -> None:
    """An indirect quote more is no error there, a direct one more is."""
    gold = document(TEXT, quote(TEXT, "a", "“We are ready,”"))
    extra = document(TEXT, *gold.quotes, quote(TEXT, "d", "that it rains"))
    worse = document(TEXT, *gold.quotes, quote(TEXT, "c", "“dead”"))
    metrics = direct_speech_metrics()
    assert score([gold], [extra], metrics=metrics)["content.partial"].values["precision"] == 1
    assert score([gold], [worse], metrics=metrics)["content.partial"].values["precision"] == 1 / 2


@st.composite
def predictions(draw: st.DrawFn) -> tuple[Document, Document]:
    """Draw a text of words and two sets of quotes in it."""
    text = draw(st.text(st.sampled_from("ab .“”"), min_size=1, max_size=40))

    def side() -> Document:
        places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 15))
        drawn = draw(st.lists(places, max_size=4))
        cut = sorted({(a, min(a + n, len(text))) for a, n in drawn})
        solid = [(a, b) for a, b in cut if text[a:b].strip()]
        quotes = (
            Quote(QuoteId(f"q{n}"), QuoteKind.DIRECT, (Span(a, b),))
            for n, (a, b) in enumerate(solid)
        )
        return Document("drawn", text, quotes=tuple(quotes))

    return side(), side()


@pytest.fixture(scope="module")
def sklearn() -> ModuleType:
    """Import scikit-learn's metrics once, outside the time that an example may take."""
    return pytest.importorskip("sklearn.metrics")


@given(pair=predictions())
def test_word_scores_agree_with_scikit_learn(
    sklearn: ModuleType, pair: tuple[Document, Document]
) -> None:
    """Words in and out of contents, as labels, give scikit-learn's F1."""
    gold, predicted = pair
    words = [set(range(*match.span())) for match in re.finditer(r"[^\W_]+", gold.text)]

    def labels(side: Document) -> list[bool]:
        covered = [positions(side.text, quote.content) for quote in side.quotes]
        return [any(word & unit for unit in covered) for word in words]

    metric = TokenF1("words", "contents")
    totals = np.array(metric.count(align(gold, predicted)), dtype=float)
    found = {name: float(value) for name, value in metric.values(totals).items()}
    if any(labels(gold)) or any(labels(predicted)):
        expected = sklearn.precision_recall_fscore_support(
            labels(gold), labels(predicted), average="binary", zero_division=0
        )
        assert list(found.values()) == pytest.approx(list(expected[:3]))
    else:
        assert all(math.isnan(value) for value in found.values())


@given(predictions())
def test_scores_of_any_documents_are_rates(pair: tuple[Document, Document]) -> None:
    """Every score lies in [0, 1] or is NaN; exact never beats partial, nor relation content."""
    gold, predicted = pair
    report = score([gold], [predicted])
    for scored in report.scores:
        assert all(math.isnan(v) or -1e-9 <= v <= 1 + 1e-9 for v in scored.values.values())
    partial, exact = (report[f"content.{name}"].values["f1"] for name in ("partial", "exact"))
    assert math.isnan(partial) or exact <= partial + 1e-9
    alignment = align(gold, predicted)
    for i, j in alignment.pairs:
        sets = [positions(d.text, d.quotes[n].content) for d, n in ((gold, i), (predicted, j))]
        assert jaccard(*sets) >= 0.5
        assert (sets[0] == sets[1]) == alignment.exact(i, j)


def test_metric_names_are_unique() -> None:
    """No two metrics share a name, as reports are looked up by it."""
    names = [metric.name for metric in attribution_metrics()]
    assert sorted(set(names)) == sorted(names)
