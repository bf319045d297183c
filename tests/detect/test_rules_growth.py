"""The rules do a bounded amount of work for each character, counted, not timed."""

import gc
from collections.abc import Iterator
from unittest.mock import patch

import pytest

from quotecraft.detect.likelihood import rule_weights
from quotecraft.detect.narration import DEEPEST, Line, pieces_of
from quotecraft.detect.quoted import Assembler
from quotecraft.detect.rules import open_scene
from quotecraft.detect.words import Atom, words_of
from quotecraft.text.pairing import pair_marks
from tests.detect.rules_sample import detect


@pytest.mark.parametrize("size", [10, 100, 400])
def test_pieces_hold_a_multiple_of_the_text(size: int) -> None:
    """Quotations nested however deep give no more text than the deepest level allows."""
    text = "“a ‘b " * size + "c" + " d’ e”" * size
    pieces = pieces_of(text, pair_marks(text))
    assert sum(len(piece.text) for piece in pieces) <= (DEEPEST + 1) * len(text)
    assert len(pieces) == min(2 * size, DEEPEST + 1)


def _scanned(text: str) -> int:
    """Return how many characters the rules split into words."""
    total = 0

    def counting(text: str, start: int, end: int) -> Iterator[Atom]:
        nonlocal total
        total += end - start
        return words_of(text, start, end)

    with patch("quotecraft.detect.narration.words_of", counting):
        detect(text)
    return total


@pytest.mark.parametrize(
    "unit",
    [
        "“No,” said Ann. ",
        "“It is ‘late’,” said Bob. “Go!” ",
        "“a ‘b ",
        "said that ",
        "“",
        "Ann, ",
        "RUIZ: “No.”\n\n",
    ],
)
def test_text_is_read_a_bounded_number_of_times(unit: str) -> None:
    """Twice the text is at most twice the words to split, and a bit for the ends."""
    small, large = unit * 100, unit * 200
    assert _scanned(small) <= (DEEPEST + 2) * len(small)
    assert _scanned(large) <= 2 * _scanned(small) + 4 * len(unit)


@pytest.mark.parametrize("size", [3, 30, 300])
def test_sentences_are_let_go_of(size: int) -> None:
    """An assembler that has read a scene holds none of its sentences but the last few."""
    text = "“No,” said Ann. It was late. " * size
    scene = open_scene(text, pair_marks(text), rule_weights()["dialogue"])
    assembler = Assembler(scene, rule_weights(), 0.5)
    drafts = assembler.run()
    held = [item for item in gc.get_objects() if isinstance(item, Line) and item.atoms]
    others = {id(line) for line in scene.lines}
    assert len(drafts) >= size
    assert assembler.scene.lines == ()
    assert {id(line) for line in held} >= others
    del scene, others, held
    gc.collect()
    assert sum(isinstance(item, Line) and bool(item.atoms) for item in gc.get_objects()) <= 4
