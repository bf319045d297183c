"""Weights and probabilities of links in news, from made examples."""

import math

import pytest

from quotecraft.speakers.linear import LinearModel
from quotecraft.training.speaker_fit import Ranking
from quotecraft.training.speaker_news import fit_around
from quotecraft.training.speaker_own import raised, smoothed

pytest.importorskip("scipy")


def test_weights_stay_where_nothing_pulls_them() -> None:
    """Without examples the other model's weights come back; the hand-set ones are the exception."""
    base = LinearModel(("speaker",), {"subject": (1.5,), "news:last": (0.0,)})
    assert fit_around([], base).weights == {"subject": (1.5,), "news:last": (2.8,)}


def test_weights_move_towards_what_is_right() -> None:
    """A feature that marks the right candidate gains, one that marks the wrong one loses."""
    base = LinearModel(("speaker",), {"subject": (0.0,), "object": (0.0,)})
    ranking = Ranking([{"subject": 1.0}, {"object": 1.0}], [True, False])
    found = fit_around([ranking] * 40, base).weights
    assert found["subject"][0] > 0.5
    assert found["object"][0] == pytest.approx(-found["subject"][0], abs=0.01)


def test_a_pattern_is_its_prior_moved_by_what_was_counted() -> None:
    """Twenty cases of the prior 0.9 and twenty that are all right make 38 of 40."""
    links = [("role", 0.9, True)] * 20
    assert smoothed(links)["role"] == pytest.approx(38 / 40)
    assert smoothed([])["role"] == pytest.approx(0.9)


def test_levels_are_shifted_in_log_odds() -> None:
    """All levels rise by the same log odds when sources are right more often than pronouns."""
    levels = [(0.5, 0.6), (0.9, 0.8)]
    links = [("pronoun", 0.8, True)] * 950 + [("pronoun", 0.8, False)] * 50 + [("role", 0.9, False)]
    found = raised(levels, links, "pronoun")
    shifts = [
        math.log(new / (1 - new)) - math.log(old / (1 - old))
        for (_, old), (_, new) in zip(levels, found, strict=True)
    ]
    assert shifts[0] == pytest.approx(shifts[1], abs=0.02)
    assert found[1][1] == pytest.approx(0.95, abs=0.01)
    assert raised(levels, [], "pronoun") == levels
    few = raised(levels, links[:3], "pronoun")
    assert 0.8 < few[1][1] < 0.85  # three sources prove little
