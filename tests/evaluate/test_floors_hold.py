"""The shipped model holds the floors in ``benchmarks/floors.toml``.

When one sinks for a good reason, set it anew: ``--set-floors benchmarks/floors.toml --reason …``.
"""

import pytest
from click.testing import CliRunner

from benchmarks.evaluations import EVALUATIONS, FLOORS, Evaluation
from quotecraft.cli import main
from quotecraft.evaluate import read_floors

QUICK = [e for e in EVALUATIONS.values() if e.quick]
LONG = [e for e in EVALUATIONS.values() if not e.quick]


def hold(evaluation: Evaluation) -> None:
    """Score the shipped model and hold it against the floors."""
    if not evaluation.path().exists():
        pytest.skip(f"{evaluation.shown_path()} is not here")
    arguments = ["eval", *evaluation.arguments(), "--gate", str(FLOORS)]
    result = CliRunner().invoke(main, arguments)
    command = evaluation.shown("en", "--set-floors", "benchmarks/floors.toml")
    assert result.exit_code == 0, f"{result.stdout}\n{result.stderr}\n{command}"


@pytest.mark.parametrize("evaluation", QUICK, ids=lambda e: e.key)
def test_floors_of_our_own_corpora_hold(evaluation: Evaluation) -> None:
    """No headline figure sinks, and no corpus has changed unnoticed."""
    hold(evaluation)


@pytest.mark.slow
@pytest.mark.parametrize("evaluation", LONG, ids=lambda e: e.key)
def test_floors_of_other_corpora_hold(evaluation: Evaluation) -> None:
    """The same for corpora that lie beside the checkout, where floors are set."""
    named = {entry.corpus.split("/")[0] for entry in read_floors(FLOORS)}
    if evaluation.gold_format not in named:
        pytest.skip("no floors are set for this format")
    hold(evaluation)


def test_every_floor_was_measured_by_a_named_evaluation() -> None:
    """A corpus in the file belongs to one of the evaluations, and is 64 digits of hash."""
    entries = read_floors(FLOORS)
    assert entries
    assert {entry.corpus.split("/")[0] for entry in entries} <= {
        e.gold_format for e in EVALUATIONS.values()
    }
    assert {len(entry.sha256) for entry in entries} == {64}
