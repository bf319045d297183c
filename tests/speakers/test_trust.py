"""Confidences in a document follow what a search finds about itself there."""

from __future__ import annotations

import math

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.speakers.decision import load_decider
from quotecraft.speakers.linking import Linker
from quotecraft.speakers.links import Observer
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.speakers.trust import Check, Trust
from tests.speakers.sample import quoted, sentences

_SHARES = st.floats(0.01, 0.99)
_TRUST = Trust(0.25, {"implicit:again": 0.8})


def _check(expected: float, right: int, count: int) -> Check:
    return Check(count, expected * count, right)


@given(_SHARES, _SHARES, st.integers(50, 400))
def test_more_right_than_expected_raises_confidence(
    probability: float, expected: float, count: int
) -> None:
    """A search that is always right is trusted more than one that never is."""
    good = _TRUST.corrected("implicit:again", probability, _check(expected, count, count))
    bad = _TRUST.corrected("implicit:again", probability, _check(expected, 0, count))
    assert 0 < bad < good < 1


@given(_SHARES, _SHARES, _SHARES)
def test_order_of_confidences_stays(one: float, two: float, share: float) -> None:
    """Within a document the surer of two choices stays the surer."""
    check = _check(0.7, round(200 * share), 200)
    low, high = (_TRUST.corrected("implicit:again", p, check) for p in sorted((one, two)))
    assert low <= high


@given(_SHARES)
def test_nothing_to_check_changes_nothing(probability: float) -> None:
    """Without named turns, or in another situation, a probability stays what it is."""
    assert _TRUST.corrected("implicit:again", probability, Check()) == pytest.approx(probability)
    few = _TRUST.corrected("implicit:again", probability, _check(0.7, 0, 2))
    assert few == pytest.approx(probability, abs=0.02)
    worst = _check(0.9, 0, 100)
    assert _TRUST.corrected("description:again", probability, worst) == probability


def test_shortfall_is_a_difference_of_log_odds() -> None:
    """With very many turns it is that of the odds expected and the odds met."""
    check = _check(0.8, 60_000, 100_000)
    assert check.shortfall(0.0, 50) == pytest.approx(math.log(4 / 1.5), abs=0.01)


_TEXT = """“Are you going?” said Ann.

“I may,” said Ben. He looked at her.

“When will you?” said Ann.

“Soon,” said Ben, and he laughed at her.

“You will?”

“Yes! And you?”

“Well!” said Ann.

“Are you sure?”
"""
_SOURCES = ["Ann", "Ben", "Ann", "Ben", None, None, "Ann", None]


def _linked(trust: Trust, scenes: int) -> Linker:
    text = "\n".join([_TEXT] * scenes)
    found = quoted(text, _SOURCES * scenes)
    decider = evolve(load_decider(), trust=trust)
    return RuleResolver(decider=decider).link(text, sentences(text), found, Observer())


def test_a_search_checks_itself_on_named_turns() -> None:
    """The five turns of each scene with a name are checked, and the others follow them."""
    plain = _linked(Trust(), 12)
    assert plain.check.count == 60
    assert 0 <= plain.check.right <= 60
    assert 0 < plain.check.expected <= 60
    trust = Trust(0.5, {"implicit:again": 3.0})
    led = _linked(trust, 12)
    wanted = trust.corrected("implicit:again", plain.units[7].confidence, plain.check)
    assert led.units[7].confidence == pytest.approx(wanted)
    assert wanted != pytest.approx(plain.units[7].confidence)
    assert led.units[0].confidence == plain.units[0].confidence


def test_a_short_scene_tells_little() -> None:
    """Whoever is named first could not be expected: a few turns hardly change confidences."""
    plain, led = _linked(Trust(), 1), _linked(Trust(0.5, {"implicit:again": 3.0}), 1)
    wanted = pytest.approx([u.confidence for u in plain.units], abs=0.1)
    assert [u.confidence for u in led.units] == wanted
