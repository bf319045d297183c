"""Scores by the rules of published papers, against numbers worked out by hand."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.evaluate import (
    Report,
    align,
    gender_gap_tracker_metrics,
    pareti_metrics,
    score,
)
from quotecraft.evaluate.published import LenientOverlap, SoftSpans
from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span
from tests.evaluate.build import document, quote
from tests.evaluate.reference import positions
from tests.evaluate.test_metrics import GOLD, PREDICTED, TEXT


# a is exact; b has 3 of 5 words; of c there is 1 of 3 words, alone in its marks and so direct; of x
# no word is gold; d is missed.
def report(*predictions: Document) -> Report:
    """Return both papers' scores of predictions for the gold."""
    metrics = [*pareti_metrics(), *gender_gap_tracker_metrics()]
    return score([GOLD] * len(predictions), predictions, metrics=metrics)


@pytest.mark.parametrize(
    ("metric", "precision", "recall"),
    [
        ("pareti.exact", 1 / 4, 1 / 4),
        ("pareti.exact.direct", 1 / 2, 1 / 1),
        ("pareti.exact.indirect", 0 / 2, 0 / 2),
        ("pareti.exact.mixed", 0, 0 / 1),
        ("pareti.soft", (1 + 1 + 1 + 0) / 4, (1 + 3 / 5 + 1 / 3 + 0) / 4),
        ("pareti.soft.direct", (1 + 1) / 2, 1 / 1),  # “dead” lies in a mixed gold content
        ("pareti.soft.indirect", (1 + 0) / 2, (3 / 5 + 0) / 2),
        ("pareti.soft.mixed", 0, (1 / 3) / 1),
        # letters: 10/10 of a, 14 of 22 of b, 4 of 11 of c, 0 of d
        ("lenient.gender_gap_tracker_0.3", 3 / 4, 3 / 4),
        ("lenient.gender_gap_tracker_0.8", 1 / 4, 1 / 4),
    ],
)
def test_precision_recall_and_f1(metric: str, precision: float, recall: float) -> None:
    """Every metric has the values that counting by hand gives."""
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    expected = {"precision": precision, "recall": recall, "f1": f1}
    assert report(PREDICTED)[metric].values == pytest.approx(expected)


def test_sources_and_verbs_are_judged_on_lenient_matches() -> None:
    """Of the three matches two have the source and two exactly the verb."""
    scored = report(PREDICTED)
    assert scored["lenient.gender_gap_tracker_0.3.source"].values["accuracy"] == 2 / 3
    assert scored["lenient.gender_gap_tracker_0.3.verb"].values["accuracy"] == 2 / 3
    assert scored["lenient.gender_gap_tracker_0.8.source"].support["judged"] == 1


def test_the_lenient_score_takes_a_whole_paragraph_for_a_quotation() -> None:
    """That is why its name says lenient: our own score finds nothing there."""
    gold = document(TEXT, quote(TEXT, "a", "“We are ready,”"))
    everything = document(TEXT, quote(TEXT, "x", TEXT))
    (lenient,) = (LenientOverlap("lenient", 0.8),)
    assert lenient.pairs(align(gold, everything)) == [(0, 0)]
    assert align(gold, everything).pairs == ()


def test_a_share_that_only_reaches_the_threshold_is_no_match() -> None:
    """The paper's program asks for more than the threshold."""
    text = "abcdefghij klmnopqrst."
    gold = document(text, quote(text, "a", "abcdefghij"))
    third = document(text, quote(text, "x", "abc"))
    more = document(text, quote(text, "x", "abcd"))
    metric = LenientOverlap("lenient", 0.3)
    assert metric.pairs(align(gold, third)) == []
    assert metric.pairs(align(gold, more)) == [(0, 0)]


def test_a_content_of_marks_alone_is_found_by_its_equal() -> None:
    """“…” has no words to share."""
    text = "“…” she said. “!”"
    gold = document(text, quote(text, "a", "“…”"))
    other = document(text, quote(text, "a", "“!”"))
    assert score([gold], [gold], metrics=pareti_metrics())["pareti.soft"].values["f1"] == 1
    assert score([gold], [other], metrics=pareti_metrics())["pareti.soft"].values["f1"] == 0


words = ["alpha", "beta", "gamma", "delta", "epsilon", "kappa", "mu", "rho"]
LINE = " ".join(words)
starts = [LINE.index(w) for w in words]
spans = st.tuples(st.integers(0, 7), st.integers(0, 7)).map(sorted)
sides = st.lists(spans, max_size=4)


def side(pieces: list[list[int]]) -> Document:
    """Return a document with a content from word to word for each piece."""
    quotes = [
        Quote(
            QuoteId(f"q{n}"),
            QuoteKind.INDIRECT,
            (Span(starts[first], starts[last] + len(words[last])),),
        )
        for n, (first, last) in enumerate(sorted(pieces))
    ]
    return Document("d", LINE, quotes=tuple(quotes))


@given(sides, sides)
def test_soft_scores_agree_with_their_definition(
    gold: list[list[int]], predicted: list[list[int]]
) -> None:
    """The mean share of words that lie in a content of the other side, word by word."""

    def shares(of: list[list[int]], others: list[list[int]]) -> float:
        inside = {n for first, last in others for n in range(first, last + 1)}
        return sum(
            sum(n in inside for n in range(first, last + 1)) / (last + 1 - first)
            for first, last in of
        )

    found, golds, right, predictions = SoftSpans("soft").count(align(side(gold), side(predicted)))
    assert (golds, predictions) == (len(gold), len(predicted))
    assert found == pytest.approx(shares(gold, predicted))
    assert right == pytest.approx(shares(predicted, gold))


@given(sides, sides, st.sampled_from([0.3, 0.8]))
def test_no_pairing_has_more_lenient_matches(
    gold: list[list[int]], predicted: list[list[int]], least: float
) -> None:
    """Brute force over every one-to-one pairing finds as many matches and no more."""
    left, right = side(gold), side(predicted)
    golds = [positions(LINE, q.content) for q in left.quotes]
    predictions = [positions(LINE, q.content) for q in right.quotes]
    partners = [*range(len(predictions)), *([None] * len(golds))]
    most = max(
        sum(
            j is not None and len(golds[i] & predictions[j]) / len(golds[i]) > least
            for i, j in enumerate(chosen)
        )
        for chosen in permutations(partners, len(golds))
    )
    assert len(LenientOverlap("lenient", least).pairs(align(left, right))) == most
