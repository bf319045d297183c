"""The network that ranks candidates learns from rankings, and its record gives it back."""

from __future__ import annotations

import random

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span, Speaker, SpeakerId
from quotecraft.speakers.network import network_of
from quotecraft.training.speaker_fit import Ranking
from quotecraft.training.speaker_network import fit_network, plain_network
from quotecraft.training.speaker_sources import found_quotations


def _rankings() -> list[Ranking]:
    """Return rankings in which exactly one of two features marks the right candidate."""
    chance = random.Random(0)
    both, one, other = {"a": 1.0, "b": 1.0}, {"a": 1.0}, {"b": 1.0}
    rankings = []
    for _ in range(400):
        candidates = [(both, False), (chance.choice([one, other]), True), ({}, False)]
        chance.shuffle(candidates)
        rankings.append(Ranking([f for f, _ in candidates], [right for _, right in candidates]))
    return rankings


def test_a_network_learns_what_no_sum_of_weights_can() -> None:
    """One feature or the other is right, both and none are wrong."""
    rankings = _rankings()
    network = fit_network(rankings)
    for ranking in rankings:
        scores = network.scores(ranking.candidates)
        assert ranking.right[scores.index(max(scores))]


def test_fitting_twice_gives_the_same_weights() -> None:
    """Chance is seeded."""
    assert plain_network(fit_network(_rankings())) == plain_network(fit_network(_rankings()))


def test_a_record_gives_the_network_back() -> None:
    """What is written ranks as what was fitted."""
    network = fit_network(_rankings())
    again = network_of(plain_network(network))
    for ranking in _rankings()[:5]:
        pairs = zip(
            network.scores(ranking.candidates), again.scores(ranking.candidates), strict=True
        )
        assert all(abs(one - other) < 1e-3 for one, other in pairs)


def test_found_quotations_carry_the_gold_speaker_of_what_they_match() -> None:
    """A found quotation that no gold one matches teaches nothing."""
    text = "“Come in, all of you,” said Ann. The “thing” was there."
    first, second = Span(0, 22), Span(37, 44)
    document = Document(
        id="novel",
        text=text,
        quotes=(
            Quote(
                QuoteId("q1"),
                QuoteKind.DIRECT,
                (Span(1, 21),),
                speaker=SpeakerId("s1"),
                extra={"quote_type": "explicit"},
            ),
        ),
        speakers=(Speaker(SpeakerId("s1"), "Ann"),),
    )
    found = [Attribution((span,), QuoteKind.DIRECT) for span in (first, second)]
    given = found_quotations(document, found)
    assert [(g.speaker, g.type) for g in given] == [(SpeakerId("s1"), "explicit"), (None, None)]
