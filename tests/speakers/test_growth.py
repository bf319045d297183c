"""Resolving speakers does a bounded amount of work for each quotation, counted, not timed."""

from collections.abc import Sequence

import pytest

from quotecraft.detect.rules import RuleDetector
from quotecraft.speakers.evidence import Evidence
from quotecraft.speakers.links import Observer
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.speakers.units import Unit
from quotecraft.text.pairing import pair_marks
from tests.speakers.sample import sentences

_MOST = 45  # candidates of one quotation, however many names a text has


class _Counter(Observer):
    def __init__(self) -> None:
        self.rankings = 0
        self.most = 0

    def ranked(self, situation: str, unit: Unit, evidence: Sequence[Evidence]) -> None:
        self.rankings += 1
        self.most = max(self.most, len(evidence))


def _count(text: str) -> _Counter:
    counter = _Counter()
    found = RuleDetector().detect(text, (), pair_marks(text))
    RuleResolver().link(text, sentences(text), found, counter)
    return counter


@pytest.mark.parametrize(
    "unit",
    [
        "“No,” said Ann. “Go,” he said. ",
        "“No,” said Ann.\n\n“Go!”\n\n",
        "Ann Bo{n} met the man. “It is late,” she said. ",
        "“It is late,” said Cy{n} Bo{n}. He said that it was. ",
    ],
)
def test_candidates_are_bounded(unit: str) -> None:
    """Twice the text are at most twice the rankings, each among a bounded number of people."""
    letters = [chr(97 + n // 26) + chr(97 + n % 26) for n in range(160)]
    small, large = (
        _count("".join(unit.replace("{n}", name) for name in letters[:size])) for size in (80, 160)
    )
    assert large.rankings <= 2 * small.rankings + 4
    assert large.most <= _MOST
