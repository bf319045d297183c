"""Our own texts as training texts of the tagger."""

from pathlib import Path
from random import Random

import pytest

from quotecraft.errors import InputError
from quotecraft.training.tagger.augment import Augmentation
from quotecraft.training.tagger.batches import BatchMaker
from quotecraft.training.tagger.data import Relation
from quotecraft.training.tagger.own import load_own
from tests.detect.tagger_sample import ENCODER
from tests.training.tagger_texts import ARTICLES, NESTED, write_own


def test_an_attribution_inside_another_is_taught_in_an_article_of_its_own(tmp_path: Path) -> None:
    """The text has the outer one; its content, without marks, is an article with the inner one."""
    whole, inner = load_own(write_own(tmp_path / "own.jsonl"))
    assert (NESTED, False) == (whole.text, whole.partial)
    (outer,) = whole.annotations[0]
    assert [(27, 29)] == list(outer.source)
    assert inner.text == "The vet swears it is so"
    assert (Relation(((8, 14),), ((15, 23),), ((0, 7),)),) == inner.annotations[0]


def test_calibration_needs_no_inner_articles(tmp_path: Path) -> None:
    """Without them, every text is one article."""
    (whole,) = load_own(write_own(tmp_path / "own.jsonl"), inner=False)
    assert whole.text == NESTED


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    """A file without records ends in an error that names it and says what belongs there."""
    path = tmp_path / "own.jsonl"
    path.write_text("")
    with pytest.raises(InputError, match=r"own\.jsonl holds no text"):
        load_own(path)


@pytest.mark.parametrize("times", [0, 1, 3])
def test_an_epoch_sees_own_texts_as_often_as_asked(tmp_path: Path, times: int) -> None:
    """Their pieces are in the batches so many times."""
    own = load_own(write_own(tmp_path / "own.jsonl"), inner=False)
    maker = BatchMaker(ARTICLES, ENCODER, Augmentation(0.0, 0.0), 4, own=own)
    seen = [
        (labelled.encoded, window)
        for batch in maker.epoch(Random(1), times)
        for labelled, window in batch
    ]
    starts = [
        window for encoded, window in seen if len(encoded.ids) == _pieces() and not window.start
    ]
    assert len(starts) == times


def _pieces() -> int:
    return len(ENCODER.encode(NESTED, ()).ids)
