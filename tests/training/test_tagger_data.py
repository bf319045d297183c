"""Labelled articles, their variants and their batches."""

import os
from pathlib import Path
from random import Random

import numpy as np
import pytest

from quotecraft.training.tagger.augment import STYLES, Augmentation, augment, restyle_marks
from quotecraft.training.tagger.batches import IGNORED, BatchMaker, random_windows
from quotecraft.training.tagger.data import (
    CueStatistics,
    Relation,
    label_article,
    load_polnear,
    split_tune,
)
from tests.detect.tagger_sample import ENCODER, words_of
from tests.training.tagger_texts import ARTICLES, article

DATA = Path(os.environ.get("QUOTECRAFT_DATA", "../shared/data"))


def test_labels_follow_the_annotation() -> None:
    """Words get the label of the part of the relation that they stand in."""
    item = article("a")
    labelled = label_article(
        item.text, item.annotations[0], ENCODER, CueStatistics(ARTICLES, ENCODER)
    )
    words = words_of(item.text, labelled.encoded)
    first = {w: int(x) for w, x in zip(words[:6], labelled.pair_labels[0], strict=False)}
    assert first == {"The": 2, "mayor": 2, "said": 3, "the": 1, "plan": 1, "is": 1}
    assert [words[head] for head in labelled.heads] == ["said", "said", "told"]


def test_partial_labels_leave_open_what_nobody_marked() -> None:
    """Where only direct speech is annotated, nothing is said of possible cues or plain text."""
    item = article("a")
    relations = item.annotations[0][1:2]
    cues = CueStatistics(ARTICLES, ENCODER)
    labelled = label_article(item.text, relations, ENCODER, cues, partial=True)
    words = words_of(item.text, labelled.encoded)
    heads = {at: int(x) for at, x in enumerate(labelled.is_head) if x}
    assert [words[at] for at in heads] == ["said", "plan", "said", "told"]
    assert list(heads.values()) == [IGNORED, IGNORED, 1, IGNORED]
    assert set(labelled.content_bio.tolist()) == {IGNORED, 1, 2}


def test_a_quotation_without_cue_is_content_that_nothing_heads() -> None:
    """A relation without a cue gives content tags, but no pair."""
    item = article("a")
    relation = Relation((), item.annotations[0][1].content)
    labelled = label_article(item.text, [relation], ENCODER, CueStatistics(ARTICLES, ENCODER))
    assert len(labelled.heads) == 0
    assert len(labelled.pair_labels) == 0
    assert int((labelled.content_bio > 0).sum()) == 4


def test_tags_begin_and_continue() -> None:
    """A content begins once and then continues."""
    item = article("a")
    labelled = label_article(
        item.text, item.annotations[0], ENCODER, CueStatistics(ARTICLES, ENCODER)
    )
    assert labelled.content_bio[:8].tolist() == [0, 0, 0, 1, 2, 2, 2, 0]


def test_the_usual_word_heads_a_cue() -> None:
    """Of a cue's words, the one that stands in cues most often is its head."""
    cues = CueStatistics(ARTICLES, ENCODER)
    assert cues.head(["the", "said", "plan"], [0, 1, 2]) == 1


def test_the_same_articles_are_set_aside_every_time() -> None:
    """Order plays no part in which articles are set aside, and none is lost."""
    train, tune = split_tune(ARTICLES, 2)
    assert split_tune(ARTICLES[::-1], 2)[1] == tune[::-1]
    assert sorted(a.name for a in train + tune) == sorted(a.name for a in ARTICLES)


@pytest.mark.parametrize("style", STYLES)
def test_marks_are_restyled_with_their_spans(style: tuple[str, str]) -> None:
    """Marks change, the words in and around them don't, and spans move along."""
    text = "She said “we lost” and “no” now."
    relation = Relation(((4, 8),), ((9, 18), (23, 27)), ((0, 3),))
    new, (moved,) = restyle_marks(text, [relation], style)
    pieces = [new[start:end] for start, end in (*moved.source, *moved.cue, *moved.content)]
    opening, closing = style
    expected = ["She", "said", f"{opening}we lost{closing}", f"{opening}no{closing}"]
    assert pieces == expected


def test_dropping_case_keeps_offsets() -> None:
    """A text without capitals is as long as before, even where a letter would grow."""
    text, _ = augment("İzmir SAID So", [], Augmentation(marks=0.0, lower=1.0), Random(0))
    assert text == "İzmir said so"


def test_random_windows_cover_a_text_once() -> None:
    """Windows lie side by side and leave out only scraps."""
    encoded = ENCODER.encode("the mayor said the plan. " * 60, ())
    for seed in range(20):
        windows = random_windows(encoded, Random(seed), 64)
        covered = [piece for window in windows for piece in range(window.start, window.end)]
        assert len(covered) == len(set(covered))
        assert len(encoded.ids) - len(covered) < 8
        assert max(map(len, windows)) <= 64


def test_batches_hold_every_pair() -> None:
    """Each relation is one row, its head is a cue, and padding is marked as such."""
    maker = BatchMaker(ARTICLES, ENCODER, Augmentation(0.0, 0.0), 4)
    batches = [maker.tensors(items) for items in maker.epoch(Random(1))]
    rows = sum(len(batch.pair_window) for batch in batches)
    assert rows == sum(len(a.annotations[0]) for a in ARTICLES)
    for batch in batches:
        at_head = batch.offsets[0] == 0
        assert set(batch.pair_labels[at_head & (batch.pair_labels != IGNORED)].tolist()) <= {3}
        assert int(batch.is_head.sum()) == len(batch.pair_window)


def test_an_epoch_depends_on_its_seed_alone() -> None:
    """The same seed gives the same batches, another seed others."""
    maker = BatchMaker(ARTICLES, ENCODER, Augmentation(), 4)

    def first(seed: int) -> list[int]:
        return maker.tensors(maker.epoch(Random(seed))[0]).ids.ravel().tolist()

    assert first(1) == first(1)
    assert first(1) != first(2)


@pytest.mark.skipif(not (DATA / "polnear").is_dir(), reason="needs PolNeAR under QUOTECRAFT_DATA")
def test_polnear_is_read_with_all_annotators() -> None:
    """The dev split has 84 articles and 2,192 attributions of first annotators."""
    articles = load_polnear(DATA / "polnear" / "dev")
    assert (len(articles), sum(len(a.annotations) for a in articles)) == (84, 94)
    assert sum(len(a.annotations[0]) for a in articles) == 2192
    assert np.all(
        [end <= len(a.text) for a in articles for r in a.annotations[0] for _, end in r.content]
    )
