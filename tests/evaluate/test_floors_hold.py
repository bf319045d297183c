"""The shipped model holds the floors in ``benchmarks/floors.toml``.

When one sinks for a good reason, set it anew: ``python -m benchmarks.set_floors --reason …``.
"""

import pytest
from attrs import fields
from click.testing import CliRunner

from benchmarks.evaluations import EVALUATIONS, FLOORS, Evaluation
from quotecraft.cli import main
from quotecraft.cli._eval import Task
from quotecraft.cli.eval import evaluate
from quotecraft.evaluate import read_floors

QUICK = [e for e in EVALUATIONS.values() if e.quick]
LONG = [e for e in EVALUATIONS.values() if not e.quick]


def corpus_of(evaluation: Evaluation) -> str:
    """Return the name that floors of an evaluation are kept under."""
    chosen = evaluate.make_context("eval", evaluation.arguments()).params
    task = Task(**{field.name: chosen[field.name] for field in fields(Task)})
    return task.corpus_name()


def sunk(evaluation: Evaluation) -> str:
    """Hold the shipped model against the floors; return what the gate says when one sinks."""
    if not evaluation.path().exists():
        pytest.skip(f"{evaluation.shown_path()} is not here")
    arguments = ["eval", *evaluation.arguments(), "--gate", str(FLOORS)]
    result = CliRunner().invoke(main, arguments)
    command = evaluation.shown("en", "--set-floors", "benchmarks/floors.toml")
    said = f"exit {result.exit_code}\n{result.stdout}\n{result.stderr}\n{command}"
    return said if result.exit_code else ""


@pytest.mark.parametrize("evaluation", QUICK, ids=lambda e: e.key)
def test_floors_of_our_own_corpora_hold(evaluation: Evaluation) -> None:
    """No headline figure sinks, and no corpus has changed unnoticed."""
    assert sunk(evaluation) == ""


@pytest.mark.slow
@pytest.mark.parametrize("evaluation", LONG, ids=lambda e: e.key)
def test_floors_of_other_corpora_hold(evaluation: Evaluation) -> None:
    """The same for corpora that lie beside the checkout, where floors are set."""
    if corpus_of(evaluation) not in {entry.corpus for entry in read_floors(FLOORS)}:
        pytest.skip(f"no floors are set for {corpus_of(evaluation)}")
    assert sunk(evaluation) == ""


def test_every_floor_was_measured_by_a_named_evaluation() -> None:
    """A corpus in the file belongs to one of the evaluations, and is 64 digits of hash."""
    entries = read_floors(FLOORS)
    assert entries
    assert {entry.corpus for entry in entries} <= {corpus_of(e) for e in EVALUATIONS.values()}
    assert {len(entry.sha256) for entry in entries} == {64}
