"""Metrics of speakers, against numbers worked out by hand."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.evaluate import BCubed, Report, align, pdnc_metrics, score, speaker_metrics
from quotecraft.model import (
    Confidence,
    Document,
    Quote,
    QuoteId,
    QuoteKind,
    Span,
    Speaker,
    SpeakerId,
)
from tests.evaluate.build import document, quote

TEXT = "“One,” said Ana. “Two,” said Lee. “Three.” “Four.” “Five.” “Six,” all cried."
TYPES = ["explicit", "explicit", "implicit", "implicit", "anaphoric"]
WORDS = ["One", "Two", "Three", "Four", "Five"]
CAST = (
    Speaker(SpeakerId("ana"), "Ana Ruiz", aliases=("Ana",)),
    Speaker(SpeakerId("lee"), "Lee Orme", aliases=("Lee",)),
)


def gold() -> Document:
    """Return five quotes by ana and lee in turn, and one by nobody known."""
    turns = ["ana", "lee", "ana", "lee", "ana"]
    quotes = [
        quote(TEXT, w, w, speaker=s, extra={"quote_type": t})
        for w, s, t in zip(WORDS, turns, TYPES, strict=True)
    ]
    return document(TEXT, *quotes, quote(TEXT, "Six", "Six"), speakers=CAST)


def predicted(*answers: str | None, confidences: Sequence[float] = (1, 1, 1, 1, 1)) -> Document:
    """Return the quotes with these speakers: ``None`` for none, ``"-"`` for a missed quote."""
    speakers = (Speaker(SpeakerId("1"), "Ana"), Speaker(SpeakerId("2"), "Orme", aliases=("Lee",)))
    quotes = [
        quote(TEXT, w, w, speaker=a, confidence=Confidence(speaker=c))
        for w, a, c in zip(WORDS, answers, confidences, strict=True)
        if a != "-"
    ]
    return document(TEXT, *quotes, speakers=speakers)


def report(prediction: Document) -> Report:
    """Return the speaker scores of one prediction."""
    return score([gold()], [prediction], metrics=[*speaker_metrics(), BCubed()])


@pytest.mark.parametrize(
    ("metric", "accuracy", "judged"),
    [
        ("speaker.end_to_end", 2 / 5, 5),
        ("speaker.end_to_end.explicit", 2 / 2, 2),
        ("speaker.end_to_end.implicit", 0, 2),
        ("speaker.end_to_end.anaphoric", 0, 1),
        ("speaker.quote_found", 4 / 5, 5),
        ("speaker.on_found", 2 / 4, 4),
    ],
)
def test_accuracy_end_to_end_and_on_found(metric: str, accuracy: float, judged: int) -> None:
    """Right, right, wrong, unanswered and missed: two of five, two of the four found."""
    scored = report(predicted("1", "2", "2", None, "-"))[metric]
    assert (scored.values["accuracy"], scored.support["judged"]) == (accuracy, judged)


def test_abstaining_costs_coverage_and_not_accuracy() -> None:
    """Three of five answered, two of these right."""
    answered = report(predicted("1", "2", "2", None, "-"))["speaker.answered"]
    assert dict(answered.values) == {"accuracy": 2 / 3, "coverage": 3 / 5}


def test_accuracy_at_a_fixed_coverage_takes_the_surest_answers() -> None:
    """At 80 % the four surest of five count; at 50 % two and half of the third."""
    scored = report(predicted("1", "2", "2", "2", "2", confidences=(0.9, 0.8, 0.7, 0.6, 0.5)))
    accuracy = {c: scored[f"speaker.at_coverage_{c}"].values["accuracy"] for c in (50, 80, 100)}
    assert accuracy == pytest.approx({50: 2 / 2.5, 80: 3 / 4, 100: 3 / 5})


def test_answers_that_tie_at_the_edge_count_by_their_share() -> None:
    """Five equally sure answers of which three are right give 3/5 at any coverage."""
    scored = report(predicted("1", "2", "2", "2", "2"))
    assert scored["speaker.at_coverage_50"].values["accuracy"] == pytest.approx(3 / 5)


def test_a_coverage_that_is_not_reached_has_no_accuracy() -> None:
    """Who answers 3 of 5 has no accuracy at 80 %."""
    scored = report(predicted("1", "2", "2", None, "-"))
    assert math.isnan(scored["speaker.at_coverage_80"].values["accuracy"])


def test_macro_accuracy_weighs_documents_alike() -> None:
    """A document with one quote counts as much as one with five."""
    small = document("“Hm,” said Ana.", quote("“Hm,” said Ana.", "h", "Hm", speaker="Ana"), id="b")
    both = score(
        [gold(), small], [predicted("1", "1", "1", "1", "1"), small], metrics=speaker_metrics()
    )
    assert both["speaker.end_to_end.macro"].values["accuracy"] == pytest.approx((3 / 5 + 1) / 2)
    assert both["speaker.end_to_end"].values["accuracy"] == pytest.approx(4 / 6)


def test_macro_accuracy_by_type_leaves_out_documents_without_the_type() -> None:
    """One novel has explicit quotes, two right of two; the other has none and doesn't count."""
    small = document("“Hm,” said Ana.", quote("“Hm,” said Ana.", "h", "Hm", speaker="Ana"), id="b")
    answers = [predicted("1", "2", "2", None, "-"), small]
    both = score([gold(), small], answers, metrics=pdnc_metrics())
    macro = both["speaker.end_to_end.macro.explicit"]
    assert (macro.values["accuracy"], macro.support["documents"]) == (1, 1)
    assert both["speaker.end_to_end.macro"].values["accuracy"] == pytest.approx((2 / 5 + 1) / 2)
    assert both["speaker.on_found.implicit"].values["accuracy"] == 0
    assert math.isnan(both["speaker.on_found.anaphoric"].values["accuracy"])


def test_speaker_calibration_error_by_hand() -> None:
    """Answers at 0.95 all right, one at 0.3 wrong; the unanswered one doesn't count."""
    scored = report(predicted("1", "2", "2", None, "1", confidences=(0.95, 0.95, 0.3, 0.9, 0.95)))
    error = scored["speaker.calibration"].values["error"]
    assert error == pytest.approx(3 / 4 * 0.05 + 1 / 4 * 0.3)


def test_b3_of_the_published_example() -> None:
    """Bagga and Baldwin (1998) give 16/21 and 7/12 as precision, and full recall."""
    text = " ".join(f"“w{n}”" for n in range(12))

    def side(labels: str) -> Document:
        return document(
            text, *(quote(text, f"q{n}", f"“w{n}”", speaker=s) for n, s in enumerate(labels))
        )

    # Truth {1-5} {6, 7} {8-12}; one response joins 1-5 with 8-12, the other 6-7 with 8-12.
    truth = side("aaaaabbccccc")
    first = score([truth], [side("aaaaabbbbbbb")], metrics=[BCubed()])["speaker.b3"].values
    second = score([truth], [side("aaaaabbaaaaa")], metrics=[BCubed()])["speaker.b3"].values
    assert (first["precision"], first["recall"]) == pytest.approx((16 / 21, 1))
    assert (second["precision"], second["recall"]) == pytest.approx((7 / 12, 1))


def test_b3_takes_missing_answers_as_speakers_of_their_own() -> None:
    """Unanswered and missed quotes are alone: precise, but not recalled."""
    values = report(predicted("1", None, "1", "-", None))["speaker.b3"].values
    # ana: {One, Three} of {One, Three, Five}, Five alone; lee: both alone.
    assert values["precision"] == 1
    assert values["recall"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2) / 5)


labels = st.lists(st.sampled_from("abc"), min_size=1, max_size=8)


@given(st.data(), labels)
def test_b3_agrees_with_its_definition(data: st.DataObject, truth: list[str]) -> None:
    """The sums over cluster sizes are those over all pairs of quotes."""
    answer = data.draw(st.lists(st.sampled_from("xyz"), min_size=len(truth), max_size=len(truth)))
    text = "a " * len(truth)

    def side(names: list[str]) -> Document:
        quotes = (
            Quote(
                QuoteId(f"q{n}"), QuoteKind.DIRECT, (Span(2 * n, 2 * n + 1),), speaker=SpeakerId(s)
            )
            for n, s in enumerate(names)
        )
        cast = tuple(Speaker(SpeakerId(s), s) for s in sorted(set(names)))
        return Document("d", text, quotes=tuple(quotes), speakers=cast)

    def part(of: list[str], into: list[str]) -> float:
        total = 0.0
        for i in range(len(of)):
            mates = [j for j in range(len(of)) if of[j] == of[i]]
            total += sum(into[j] == into[i] for j in mates) / len(mates)
        return total / len(of)

    metric = BCubed()
    totals = np.array(metric.count(align(side(truth), side(answer))))
    values = metric.values(totals)
    assert float(values["precision"]) == pytest.approx(part(answer, truth))
    assert float(values["recall"]) == pytest.approx(part(truth, answer))


@given(
    st.lists(
        st.tuples(st.sampled_from(["1", "2", None, "-"]), st.floats(0, 1)), min_size=5, max_size=5
    )
)
def test_accuracy_at_coverage_is_between_best_and_worst(
    answers: list[tuple[str | None, float]],
) -> None:
    """At full coverage it is plain accuracy; end to end never beats what was found."""
    scored = report(predicted(*(a for a, _ in answers), confidences=[c for _, c in answers]))
    whole = scored["speaker.at_coverage_100"].values["accuracy"]
    end_to_end = scored["speaker.end_to_end"].values["accuracy"]
    assert math.isnan(whole) or whole == pytest.approx(end_to_end)
    assert end_to_end <= scored["speaker.quote_found"].values["accuracy"]
    for coverage in (50, 70, 80, 90):
        part = scored[f"speaker.at_coverage_{coverage}"].values["accuracy"]
        assert math.isnan(part) or -1e-9 <= part <= 1 + 1e-9
