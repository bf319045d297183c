"""Who speaks in a conversation: the network that ranks, and what it's told of the dialogue."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.speakers.decision import LinearDecider
from quotecraft.speakers.dialogue import _is_flat
from quotecraft.speakers.entities import Entity
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.linear import LinearModel, softmax
from quotecraft.speakers.network import Network, load_networks, network_of
from tests.speakers.sample import indirect, names, quoted, resolve, speaker_names, words_of

_FEATURES = st.lists(
    st.dictionaries(st.sampled_from(["one", "two", "other"]), st.floats(-5, 5), max_size=3),
    min_size=1,
    max_size=6,
)


def _network() -> Network:
    return network_of(
        {
            "features": ["one", "two"],
            "inner": [[1.0, -1.0], [0.5, 2.0]],
            "bias": [0.0, 0.1],
            "outer": [1.0, -0.5],
        }
    )


@given(_FEATURES)
def test_each_candidate_is_scored_by_itself(candidates: list[dict[str, float]]) -> None:
    """A score is the same whoever else is a candidate."""
    together = _network().scores(candidates)
    alone = [_network().scores([features])[0] for features in candidates]
    assert np.allclose(together, alone, atol=1e-4)


@given(_FEATURES)
def test_unknown_features_weigh_nothing(candidates: list[dict[str, float]]) -> None:
    """A feature that the network wasn't fitted on changes no score."""
    known = [{k: v for k, v in features.items() if k != "other"} for features in candidates]
    assert _network().scores(candidates) == _network().scores(known)


@given(_FEATURES)
def test_gains_explain_known_features_only(candidates: list[dict[str, float]]) -> None:
    """What set the winner apart is told by features that the network knows."""
    assert set(_network().gains(candidates, 0)) <= {"one", "two"}


@given(_FEATURES)
def test_a_choice_is_one_of_the_candidates_with_a_probability(
    candidates: list[dict[str, float]],
) -> None:
    """The best candidate is chosen, and how sure that is lies between 0 and 1."""
    decider = LinearDecider({}, {"implicit:again": _network()})
    choice = decider.choose("implicit:again", [Evidence(Entity(), c) for c in candidates])
    assert choice is not None
    scores = _network().scores(candidates)
    assert scores[choice.place] == max(scores)
    assert 0 <= choice.probability <= 1


def test_without_weights_of_its_own_a_second_pass_ranks_as_the_first() -> None:
    """Deciders that know nothing of second passes still rank in them."""
    decider = LinearDecider({"implicit": LinearModel(("speaker",), {"one": (1.0,)})})
    choice = decider.choose(
        "implicit:again", [Evidence(Entity(), {}), Evidence(Entity(), {"one": 1.0})]
    )
    assert choice is not None
    assert choice.place == 1


def test_the_networks_that_ship_rank_pronouns_and_silent_quotations() -> None:
    """Their weights are finite and fit one another."""
    networks = load_networks()
    assert set(networks) >= {"pronoun:again", "implicit:again", "pronoun:past", "implicit:past"}
    for network in networks.values():
        assert network.inner.shape == (len(network.names), len(network.outer))
        assert np.isfinite(network.inner).all()
        assert np.isclose(sum(softmax(network.scores([{}, {}]))), 1)


def test_two_people_speak_in_turn_between_named_turns() -> None:
    """Silent turns between two that are named alternate, whichever end is named."""
    text = (
        "Ann met Tom at the gate.\n\n“You came,” said Ann.\n\n“I did,” said Tom.\n\n"
        "“Why are you so late?”\n\n“The road was wet.”\n\n“It was dry at noon.”\n\n"
        "“Not on the hill,” said Tom.\n\n“Come in.”"
    )
    assert names(text, ["Ann", "Tom", None, None, None, "Tom", None]) == [
        "Ann",
        "Tom",
        "Ann",
        "Tom",
        "Ann",
        "Tom",
        "Ann",
    ]


def test_a_text_that_lost_its_paragraphs_is_told_from_one_that_has_them() -> None:
    """Where every sentence is a paragraph, the network knows."""
    lines = ["The road was wet."] * 30
    assert _is_flat(words_of("\n\n".join(lines)))
    assert not _is_flat(words_of("\n\n".join(" ".join(lines[:3]) for _ in range(10))))
    assert not _is_flat(words_of("\n\n".join(lines[:10])))


def test_reported_speech_is_no_turn_of_a_conversation() -> None:
    """Nobody answers what is told without marks, and whoever it is told of isn't due to speak."""
    text = (
        "Ann met Tom at the gate.\n\n“You came?” said Ann.\n\n“I did,” said Tom.\n\n"
        "“Why are you so late?” said Ann.\n\nTom thought that she was right.\n\n“The road was wet.”"
    )
    spoken = quoted(text, ["Ann", "Tom", "Ann", None])
    told = indirect(text, "that she was right", "Tom", occurrence=2)
    found = [*spoken[:3], told, spoken[3]]
    assert speaker_names(resolve(text, found)) == ["Ann", "Tom", "Ann", "Tom", "Tom"]
