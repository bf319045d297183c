"""How far confidences follow a document's check is measured on other authors."""

from __future__ import annotations

import math
import random

import pytest
from attrs import evolve

from quotecraft.speakers.decision import LinearDecider
from quotecraft.speakers.trust import Check, Trust
from quotecraft.training.speaker_trust import Answer, confidences, fit_trust, measure_patterns

_SITUATION = "implicit:again"


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _answers(slope: float, authors: int = 12, each: int = 2000) -> list[Answer]:
    """Return answers whose odds of being right really fall with the shortfall of the check."""
    chance = random.Random(7)
    made: list[Answer] = []
    for number in range(authors):
        shortfall = 1.5 * number / (authors - 1) - 0.5
        count = 10_000
        check = Check(count, 0.7 * count, round(count * _share(math.log(0.7 / 0.3) - shortfall)))
        for _ in range(each):
            odds = chance.uniform(-1, 3)
            right = chance.random() < _share(odds + slope * (0.25 - shortfall))
            made.append(Answer(f"author {number}", check, _SITUATION, _share(odds), right))
    return made


@pytest.mark.parametrize("slope", [0.0, 1.0])
def test_slopes_are_found_again(slope: float) -> None:
    """The slope by which answers were drawn is the one that is measured."""
    trust = fit_trust(_answers(slope))
    assert trust.usual == pytest.approx(0.25, abs=0.02)
    assert trust.slopes[_SITUATION] == pytest.approx(slope, abs=0.1)


def test_only_what_a_search_ranks_is_corrected() -> None:
    """Answers of other situations teach nothing."""
    others = [Answer("a", Check(10, 9.0, 1), "name:full", 0.9, False)] * 50
    assert fit_trust(others) == Trust()
    assert confidences(others) == [(0.9, False)] * 50


def test_an_author_is_corrected_by_the_others() -> None:
    """What is right in a novel has no part in how its own confidences are corrected."""
    answers = _answers(1.0, authors=4, each=300)
    before = confidences(answers)
    first = answers[0].author
    turned = [evolve(a, right=not a.right) if a.author == first else a for a in answers]
    after = confidences(turned)
    assert [c for c, _ in before[:300]] == [c for c, _ in after[:300]]
    assert [c for c, _ in before[300:]] != [c for c, _ in after[300:]]


def test_correction_makes_confidences_honest() -> None:
    """Mean confidence and share right of each author lie closer together once corrected."""
    answers = _answers(1.0, each=500)

    def gap(rows: list[tuple[float, bool]]) -> float:
        parts = [rows[place : place + 500] for place in range(0, len(rows), 500)]
        return sum(abs(sum(c - right for c, right in part)) for part in parts) / len(rows)

    assert gap(confidences(answers)) < gap([(a.confidence, a.right) for a in answers]) / 2


def test_a_pattern_is_as_good_as_what_it_starts_from_allows() -> None:
    """Of links that go on from others half sure, 45 of 100 right is nine tenths of the best."""
    used = LinearDecider({}, patterns={"continuation": 0.8, "name:full": 0.9})
    check = Check()
    halves = [Answer("a", check, "continuation:again", 0.5 * 0.8, n < 45) for n in range(100)]
    names = [Answer("a", check, "name:full:again", 0.9, n < 70) for n in range(80)]
    found = measure_patterns([*halves, *names], {"continuation": 0.9, "name:full": 0.95}, used)
    assert found["continuation"] == pytest.approx(0.9)
    assert found["name:full"] == pytest.approx((70 + 0.95 * 20) / (80 + 20))
