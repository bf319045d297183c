"""Pairing does a bounded amount of work for each mark, counted, not timed."""

from typing import Any
from unittest.mock import patch

import pytest

from quotecraft.text import search
from quotecraft.text.pairing import pair_marks

_MOST = 400  # readings weighed for one mark, whatever the text


def _weighed(text: str) -> int:
    """Return how many readings are weighed in a text."""
    total = 0
    keep = search._keep

    def counting(*arguments: Any) -> None:
        nonlocal total
        total += 1
        keep(*arguments)

    with patch("quotecraft.text.search._keep", counting):
        pair_marks(text)
    return total


@pytest.mark.parametrize(
    "unit", ["“No,” said Ann. ", '"', "“", "“”", "“‘", "'", "“a ‘b ", "it's 'so' ", "«", "“No.\n\n"]
)
def test_readings_grow_with_the_marks(unit: str) -> None:
    """Twice the marks are at most twice the readings, and a bit for the ends."""
    small, large = _weighed(unit * 150), _weighed(unit * 300)
    marks = 150 * sum(not char.isalnum() and not char.isspace() for char in unit)
    assert small <= _MOST * marks
    assert large <= 2.1 * small + _MOST
