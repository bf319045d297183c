"""Fitting the weights that choose among a given cast."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span, Speaker, SpeakerId
from quotecraft.speakers.cast.scoring import CastModel
from quotecraft.speakers.linear import LinearModel
from quotecraft.training.speaker_cast import Labelled, Penalties, fit_cast, fold_of, label_document
from quotecraft.training.speaker_cast_chains import Chains
from quotecraft.training.speaker_cast_novels import label_novel
from quotecraft.training.speaker_links import Novel
from quotecraft.training.speaker_sources import Given
from tests.speakers.sample import sentences, span
from tests.speakers.test_cast import Case, chains, member, quoted, score_of

LOOSE = Penalties(member=0.1, pair=0.1, least=1)
PEOPLE = ("Ann", "Ben", "Cora", "Dan", "Eve", "Finn")


def scene(number: int) -> Labelled:
    """Return a talk of two in which the one beside the verb speaks, and the others by turns."""
    one, two = PEOPLE[number % 6], PEOPLE[(number + 1 + number // 6) % 6]
    text = f"{two} met {one}. “Here?” asked {one}.\n\n“Here.”\n\n“Why?”\n\n“Why not?” said {two}."
    speakers = (one, two, one, two)
    quotes = tuple(
        Quote(QuoteId(f"q{n}"), QuoteKind.DIRECT, (where,), speaker=SpeakerId(speaker))
        for n, (where, speaker) in enumerate(zip(quoted(text), speakers, strict=True))
    )
    cast = (member(text, one), member(text, two))
    return label_document(
        Document(f"t{number}", text, quotes=quotes, speakers=cast), sentences(text)
    )


def test_what_was_fitted_finds_the_speakers_of_new_talks() -> None:
    """Tags and turns are learned from a few scenes and hold in others."""
    model = fit_cast([scene(number) for number in range(18)], LOOSE)
    for number in range(18, 24):
        shares = model.shares(scene(number).reading)
        assert [max(one, key=one.__getitem__) for one in shares] == scene(number).speakers


def test_a_firm_penalty_keeps_the_weights_that_it_starts_from() -> None:
    """The prior is where weights go when nothing may move them."""
    prior = CastModel(
        *(LinearModel(("speaker",), {name: (2.5,)}) for name in ("x", "plural", "touching", "turn"))
    )
    found = fit_cast([scene(n) for n in range(6)], Penalties(1e9, 1e9, 1), prior)
    assert found.member.weights["plural"] == (2.5,)
    assert found.same.weights["touching"] == (2.5,)
    assert found.turn.weights["turn"] == (2.5,)
    rest = {name: row for name, row in found.member.weights.items() if name != "plural"}
    assert set(rest.values()) == {(0.0,)}


def test_unknown_speakers_are_summed_over() -> None:
    """A text with one known speaker teaches; one without any changes nothing."""
    texts = [scene(number) for number in range(6)]
    blank = [evolve(text, id=f"b{text.id}", speakers=[None] * 4) for text in texts]
    alone, both = fit_cast(texts, LOOSE), fit_cast([*texts, *blank], LOOSE)
    wanted = {name: np.array(row) for name, row in alone.same.weights.items()}
    for name, row in both.same.weights.items():
        assert row == pytest.approx(wanted[name], abs=0.05)


@settings(deadline=None, max_examples=30)
@given(chains(), chains(), st.data())
def test_the_likelihood_agrees_with_counting_all_labellings(
    one: Case, two: Case, data: st.DataObject
) -> None:
    """Two chains in one batch: the log-share of the labellings that agree with the gold."""
    cases = (one, two)
    gold = [[data.draw(st.sampled_from([*members, None])) for members in case[0]] for case in cases]
    wanted = 0.0
    for case, speakers in zip(cases, gold, strict=True):
        agreeing, total = 0.0, 0.0
        for labels in itertools.product(*case[0]):
            weight = math.exp(score_of(case, labels))
            total += weight
            both = zip(labels, speakers, strict=True)
            agreeing += weight * all(known in (None, label) for label, known in both)
        wanted += math.log(total / agreeing)
    batch = Chains.of([case[0] for case in cases], gold)
    parts = [
        np.concatenate([*one[1], *two[1]]),
        *(np.concatenate([one[n], two[n]]) for n in (2, 3)),
    ]
    found, slopes = batch.loss(*parts)
    assert found == pytest.approx(wanted, abs=1e-3)
    for part, slope in zip(parts, slopes, strict=True):
        place = data.draw(st.integers(0, len(part) - 1))
        step = np.zeros(len(part))
        step[place] = 0.05
        args = [[p + sign * step if p is part else p for p in parts] for sign in (1, -1)]
        rise = batch.loss(*args[0])[0] - batch.loss(*args[1])[0]
        assert slope[place] == pytest.approx(rise / 0.1, abs=0.02)


def test_folds_are_fixed_by_name() -> None:
    """SHA-256 of the name, modulo the number of folds."""
    assert [fold_of(name, 5) for name in ("1342_pride_and_prejudice", "a", "")] == [
        int(digest, 16) % 5
        for digest in (
            # printf NAME | sha256sum
            "28a8cbdf5ce72a88048c2544c027a8860c70c0370e742aac67e63203b909cc5d",
            "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        )
    ]


def novel() -> Novel:
    """Return a tiny novel in the form that PDNC is read to."""
    text = (
        "Ann Lee met Ben. He smiled. “Hello,” he said. “Ann.”\n\n"
        "She laughed at him. “Hello,” said the girl.\n"
    )
    where = quoted(text)
    sources = (span(text, "he said"), None, span(text, "the girl"))
    speakers = ("Ben", "Ben", "Ann Lee")
    quotations = tuple(
        Given(
            Attribution(
                (one,),
                QuoteKind.DIRECT,
                source=() if source is None else (Span(source.start, source.start + size),),
            ),
            SpeakerId(speaker),
            "explicit",
        )
        for one, source, speaker, size in zip(where, sources, speakers, (2, 0, 8), strict=True)
    )
    characters = (
        Speaker(SpeakerId("Ann Lee"), "Ann Lee", aliases=("Ann",), extra={"gender": "F"}),
        Speaker(SpeakerId("Ben"), "Ben", extra={"gender": "M"}),
    )
    return Novel("n", text, sentences(text), quotations, characters)


def test_a_novel_teaches_who_is_told_of_where() -> None:
    """Names, sources and pronouns are its characters' mentions; gold speakers stay theirs."""
    whole, part = label_novel(novel())
    assert (whole.id, part.id) == ("n:whole:0", "n:flat:0")
    assert "new-paragraph" in whole.reading.same[2]
    assert "new-paragraph" not in part.reading.same[2]
    assert part.speakers == [1, 1, 0]
    assert [set(members) for members in part.reading.chain.candidates] == [{0, 1}] * 3
    first = dict(zip(part.reading.chain.candidates[0], part.reading.features[0], strict=True))
    assert "after:verb-after" in first[1]  # "he said", which stands for Ben
    assert first[1]["count-before"] == pytest.approx(np.log1p(2))  # "Ben", "He"
    last = dict(zip(part.reading.chain.candidates[2], part.reading.features[2], strict=True))
    assert "after:verb-before" in last[0]  # "said the girl"
