"""In what manner turns are said."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import quotecraft
from quotecraft.parse.stanza_backend import load_tokenizer
from quotecraft.speakers.links import Observer
from quotecraft.speakers.manner import LIKENESS, Manner, likenesses, manner_of
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.text.pairing import pair_marks

PIPE = quotecraft.load()
TALK = (
    "“Where is the lantern, sir?” asked Tom.\n\n"
    "“Behind the barrel,” said Captain Voss.\n\n"
    "“And the barrel, sir?”\n\n"
    "“Wherever you left it!”\n"
)
WORDS = st.frozensets(st.sampled_from(["lantern", "barrel", "harbour", "window"]))
MANNERS = st.builds(
    Manner,
    asks=st.booleans(),
    exclaims=st.booleans(),
    calls=st.frozensets(st.sampled_from(["sir", 1, 2])),
    length=st.floats(0, 8),
    words=WORDS,
)


def talk() -> list[Manner]:
    """Return the manner of each turn of the talk."""
    sentences = load_tokenizer().tokenize(TALK)
    attributions = PIPE.detector.detect(TALK, sentences, pair_marks(TALK))
    linker = RuleResolver().link(TALK, sentences, attributions, Observer())
    return [manner_of(linker.index.words, turn) for turn in linker.turns]


def test_a_turn_tells_how_it_is_said() -> None:
    """Questions, exclamations, forms of address and longer words are read off the turn itself."""
    one, two, three, four = talk()
    assert [m.asks for m in (one, two, three, four)] == [True, False, True, False]
    assert [m.exclaims for m in (one, two, three, four)] == [False, False, False, True]
    assert "sir" in one.calls & three.calls
    assert not one.calls & two.calls
    assert one.words == {"where", "lantern"}


def test_who_asks_and_says_sir_is_most_like_who_did_before() -> None:
    """Two turns back is more alike than the turn before, which is merely echoed."""
    one, two, three, _ = talk()
    before, earlier = likenesses(three, [two, one])
    column = {name: place for place, name in enumerate(LIKENESS)}
    assert (earlier[column["asks"]], before[column["asks"]]) == (1, 0)
    assert (earlier[column["calls"]], before[column["calls"]]) == (1, 0)
    assert before[column["echo"]] > 0  # “barrel”
    assert earlier[column["echo"]] == 0


@given(MANNERS, st.lists(MANNERS, max_size=5))
def test_likeness_is_finite_and_a_row_for_each_turn(now: Manner, others: list[Manner]) -> None:
    """Every turn gets one row; asking and telling exclude each other; shares are shares."""
    rows = likenesses(now, others)
    assert rows.shape == (len(others), len(LIKENESS))
    assert np.isfinite(rows).all()
    assert (rows[:, :3].sum(axis=1) <= 1).all()
    assert ((rows[:, -2:] >= 0) & (rows[:, -2:] <= 1.001)).all()
