"""Windows over texts."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.pieces import changes
from quotecraft.detect.windows import (
    batches_by_length,
    make_batch,
    plan_windows,
    words_of_window,
)
from tests.detect.tagger_sample import encode

PROSE = st.lists(
    st.sampled_from(["said ", "the ", "abcdef ", "mayor. ", "She ", "\n\n"]), max_size=300
).map("".join)


@given(PROSE, st.integers(16, 64))
def test_every_word_is_owned_once(text: str, size: int) -> None:
    """Windows own every word exactly once, hold what they own and are never too long."""
    encoded = encode(text)
    windows = plan_windows(encoded, size)
    owned = [word for w in windows for word in range(w.own_start, w.own_end)]
    assert list(range(encoded.word_count)) == owned
    for window in windows:
        words, _ = words_of_window(encoded, window)
        assert set(range(window.own_start, window.own_end)) <= set(words.tolist())
        assert len(window) <= size


def test_short_texts_have_one_window() -> None:
    """A text that fits is one window, an empty text none."""
    assert [(w.own_start, w.own_end) for w in plan_windows(encode("the mayor said"))] == [(0, 3)]
    assert plan_windows(encode("")) == []


def test_windows_end_at_paragraphs() -> None:
    """Where paragraphs are short, no window cuts one."""
    encoded = encode("\n\n".join(["said the mayor said the"] * 20))
    windows = plan_windows(encoded, 16)
    assert all(changes(encoded.paragraph)[w.own_start] for w in windows)


def test_batches_hold_padded_windows() -> None:
    """A batch begins windows with [CLS], ends them with [SEP] and masks the padding."""
    texts = [encode("said"), encode("the mayor said")]
    items = [(text, window) for text in texts for window in plan_windows(text)]
    batch = make_batch(items, 2, 3)
    assert [*batch.ids[0, [0, 2, 3]].tolist(), int(batch.ids[0, 4])] == [2, 3, 0, 0]
    assert (batch.mask == 0).sum(-1).ravel().tolist() == [3, 5]


def test_groups_have_like_lengths() -> None:
    """Windows are grouped by length, every one once."""
    texts = [encode("said " * count) for count in (5, 1, 4, 2, 3)]
    windows = [(i, window) for i, text in enumerate(texts) for window in plan_windows(text)]
    groups = list(batches_by_length(windows, 2))
    assert [[number for number, _ in group] for group in groups] == [[1, 3], [4, 2], [0]]


def test_positions_count_the_first_special_piece() -> None:
    """A word's position in a window is that of its first piece, after [CLS]."""
    encoded = encode("abc said")
    words, positions = words_of_window(encoded, plan_windows(encoded)[0])
    assert (words.tolist(), np.asarray(positions).tolist()) == ([0, 1], [1, 4])
