"""How long pairing takes, on generated text of growing size and on hostile inputs.

Run with ``pytest benchmarks/test_pairing.py --benchmark-only --benchmark-sort=name``.
Absolute times say little across machines; within one run the medians of a group, divided by the
sizes in their names, show whether time grows with size alone (it must).
"""

import random
from typing import Any

import pytest

from quotecraft.text import pair_marks

WORDS = [
    "the",
    "rain",
    "fell",
    "on",
    "mill",
    "and",
    "river",
    "so",
    "nobody",
    "didn't",
    "town's",
    "wet",
]
SIZES = [1_000, 10_000, 100_000]
STYLES = {"double": "“”", "straight": '""', "single": "‘’", "guillemet": "«»"}


def prose(words: int, marks: str, *, seed: int = 1) -> str:
    """Return generated narration with dialogue, about ``words`` words long."""
    chance = random.Random(seed)
    paragraphs, count = [], 0
    while count < words:
        speech, telling, more = (
            " ".join(chance.choices(WORDS, k=chance.randint(4, 18))) for _ in range(3)
        )
        left, right = marks
        paragraphs.append(f"{left}{speech},{right} said Ann. {telling}. {left}{more}.{right}")
        count += sum(len(part.split()) for part in (speech, telling, more)) + 2
    return "\n\n".join(paragraphs)


HOSTILE = {
    "marks in one line": lambda n: '"Rain," she said. ' * (n // 2),
    "nested": lambda n: "“a " * (n // 2) + "”" * (n // 2),
    "unclosed": lambda n: "“a " * n,
    "apostrophes": lambda n: "the dogs' and 'em " * (n // 2),
    "run of marks": lambda n: '"' * n,
    "runs of apostrophes": lambda n: "'" * n,
    "open paragraphs": lambda n: "“‘a\n\n" * (n // 2),
    "every kind": lambda n: "“‘\"'«a»'\"’” " * (n // 10),
    "dash dialogue": lambda n: "— I know, he said, — but you don't.\n" * (n // 2),
    "white space": lambda n: "“" + " " * (100 * n) + "”",
}


@pytest.mark.parametrize("words", SIZES)
@pytest.mark.parametrize("style", STYLES)
def test_prose(benchmark: Any, style: str, words: int) -> None:
    """Pair the marks of ordinary dialogue."""
    benchmark.group = f"prose, {style}"
    text = prose(words, STYLES[style])
    quotations = benchmark.pedantic(pair_marks, args=(text,), rounds=3, warmup_rounds=1)
    assert len(quotations) == 2 * len(text.split("\n\n"))


@pytest.mark.parametrize("marks", SIZES)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile(benchmark: Any, kind: str, marks: int) -> None:
    """Pair heaps of marks that no reading fits well."""
    benchmark.group = f"hostile, {kind}"
    text = HOSTILE[kind](marks)
    rounds = 3 if marks < SIZES[-1] else 1
    quotations = benchmark.pedantic(pair_marks, args=(text,), rounds=rounds)
    assert quotations == pair_marks(text) if marks == SIZES[0] else len(quotations) <= len(text)
