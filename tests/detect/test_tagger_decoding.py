"""From scores to attributions."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.decoding import (
    Candidate,
    DecodingSettings,
    FoundRelation,
    decode,
    decode_stretches,
    runs_of,
)
from quotecraft.detect.pairs import LABEL_COUNT, PAIR_SIZE, score_pairs
from quotecraft.detect.scoring import find_candidates, stretches_of_candidates
from tests.detect.tagger_sample import SaidNetwork, candidate, encode

PLAIN = DecodingSettings(cue=0.5, switch=1.0)


def parts(relation: FoundRelation) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Return cue, content and source."""
    return relation.cue, relation.content, relation.source


def test_a_clear_case() -> None:
    """Roles that are clear come out as they are."""
    found = decode(encode("the mayor said a b c"), [candidate(2, "-sqccc")], PLAIN)
    assert [parts(relation) for relation in found] == [((2,), (3, 4, 5), (1,))]


def test_doubtful_heads_are_left_out() -> None:
    """A cue head below the least probability gives no attribution."""
    encoded = encode("the mayor said a")
    assert decode(encoded, [candidate(2, "-sqc", logit=-0.5)], PLAIN) == []


def test_a_hole_costs_more_than_a_weak_word() -> None:
    """One word that leans away from the content doesn't split it."""
    item = candidate(0, "qccccc")
    item.scores[3] = np.log([0.6, 0.3, 0.05, 0.05])
    assert decode(encode("said a b c d e"), [item], PLAIN)[0].content == (1, 2, 3, 4, 5)


def test_a_content_begins_where_begin_tags_say() -> None:
    """Where entering is dear, a word that looks like a start is a cheaper place for it."""
    item = candidate(0, "qccccc")
    item.scores[1] = np.log([0.45, 0.45, 0.05, 0.05])
    item.begin[2] = 5.0
    settings = DecodingSettings(cue=0.5, switch=1.0, begin=0.3)
    assert decode(encode("said a b c d e"), [item], settings)[0].content == (2, 3, 4, 5)


def test_no_word_serves_two_attributions() -> None:
    """A word that two attributions want goes to the one that wants it more."""
    encoded = encode("said a b c said")
    strong, weak = candidate(0, "qccc-"), candidate(4, "---cq", margin=2.0)
    found = decode(encoded, [strong, weak], PLAIN)
    assert [relation.content for relation in found] == [(1, 2, 3)]


def test_a_source_is_one_run() -> None:
    """Of several stretches that look like a source, the best one is taken."""
    encoded = encode("s - s s said a")
    assert decode(encoded, [candidate(4, "s-ssqc")], PLAIN)[0].source == (2, 3)


def test_a_weak_source_is_none() -> None:
    """Without a likely source an attribution has none."""
    assert decode(encode("the plan said a"), [candidate(2, "--qc")], PLAIN)[0].source == ()


def test_pair_scores_are_log_probabilities() -> None:
    """Scores of a (head, word) pair add up to one, and favour what the biases favour."""
    biases = SaidNetwork().biases
    distance = np.array([[-1, 0, 1]], np.int32)
    scores = score_pairs(
        np.zeros((1, LABEL_COUNT * PAIR_SIZE), np.float32),
        np.zeros((3, PAIR_SIZE), np.float32),
        np.zeros((3, LABEL_COUNT), np.float32),
        (distance, distance * 0, distance * 0),
        biases,
    )
    assert pytest.approx(1.0) == float(np.exp(scores[0, 0]).sum())
    assert scores[0].argmax(1).tolist() == [2, 3, 1]


def test_runs_group_neighbours() -> None:
    """Consecutive numbers make a run."""
    assert runs_of([8, 1, 2, 4, 7]) == [[1, 2], [4], [7, 8]]


SIZE = 24


@st.composite
def scored(draw: st.DrawFn) -> tuple[str, list[Candidate]]:
    """Draw a text of 24 words with wild scores."""
    words = draw(st.lists(st.sampled_from(["a", "“", "”", ".", "B"]), min_size=SIZE, max_size=SIZE))
    seed = draw(st.integers(0, 2**16))
    random = np.random.default_rng(seed)
    heads = draw(st.lists(st.integers(0, SIZE - 1), unique=True, max_size=6))
    items = []
    for head in sorted(heads):
        scores = random.normal(0, 3, (SIZE, LABEL_COUNT)).astype(np.float32)
        scores -= np.log(np.exp(scores).sum(1, keepdims=True))
        begin = random.normal(0, 1, SIZE).astype(np.float32)
        items.append(Candidate(head, float(random.normal(1, 2)), (0, SIZE), scores, begin))
    return " ".join(words), items


@given(scored(), st.floats(0, 5), st.floats(0, 1))
def test_nothing_impossible_comes_out(
    sample: tuple[str, list[Candidate]], switch: float, begin: float
) -> None:
    """Cues and sources are one run, contents never empty, and no word has two roles but sources."""
    text, items = sample
    encoded = encode(text)
    settings = DecodingSettings(cue=0.4, switch=switch, begin=begin)
    found = decode(encoded, items, settings)
    claimed = [word for r in found for word in (*r.cue, *r.content)]
    assert len(claimed) == len(set(claimed))
    for relation in found:
        assert relation.head in relation.cue
        assert len(relation.content) > 0
        assert len(runs_of(relation.cue)) == 1
        assert len(runs_of(relation.source)) <= 1
        assert not set(relation.source) & set(claimed)


def test_a_source_may_fall_short_by_so_much() -> None:
    """A run that is hardly less likely than no source is taken when the threshold says so."""
    item = candidate(1, "-qc")
    item.scores[0] = np.log([0.55, 0.05, 0.35, 0.05])
    encoded = encode("mayor said a")
    found = [
        decode(encoded, [item], DecodingSettings(cue=0.5, switch=1.0, source=short))[0].source
        for short in (0.0, 1.0)
    ]
    assert found == [(), (0,)]


@pytest.mark.parametrize("most", [1, 2, 3])
@pytest.mark.parametrize("seed", range(5))
def test_a_stretch_at_a_time_gives_the_same(seed: int, most: int) -> None:
    """A long text decoded a few windows at a time has the attributions of the whole."""
    words = ["said", "said", "the", "mayor", "a", "b.", "c\n\n"]
    encoded = encode(" ".join(random.Random(seed).choices(words, k=900)))
    network = SaidNetwork(reach=5)
    (candidates,) = find_candidates([encoded], network, (2, 3))
    stretches = list(stretches_of_candidates(encoded, network, (2, 3), most=most))
    assert len(stretches) > 1
    assert [limit is None for _, limit in stretches] == [False] * (len(stretches) - 1) + [True]
    whole = decode(encoded, candidates, PLAIN)
    assert len(whole) > 50
    assert decode_stretches(encoded, iter(stretches), PLAIN) == whole
