"""Sets the floors in ``benchmarks/floors.toml`` to what the shipped model reaches.

``python -m benchmarks.set_floors --reason "why"`` scores the model on each corpus that floors are
kept for, as ``quotecraft eval … --set-floors`` does, and says which floors moved. Figures that rise
need no reason; without one nothing is lowered. Name corpora to set theirs alone:
``python -m benchmarks.set_floors dev test``. A corpus that had none gets a little slack, since int8
networks differ from processor to processor.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from attrs import evolve

from benchmarks.evaluations import EVALUATIONS, FLOORS, ROOT, Evaluation
from quotecraft.evaluate import CorpusFloors, read_floors, write_floors

__all__ = ["KEPT", "main"]

KEPT = ("tiny", "dev", "test", "polnear")
"""Evaluations with floors: those of minutes at most."""

SLACK = 0.02


def main(
    arguments: Sequence[str] | None = None,
    *,
    run: Callable[[Sequence[str]], int] | None = None,
) -> int:
    """Set the floors of the evaluations that were asked for, one after the other.

    Args:
        arguments: Command-line arguments; by default those of the process.
        run: Runs a command and returns its exit code.

    Returns:
        The exit code: 1 when a command failed, which leaves its corpus's floors as they were.
    """
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.set_floors", description="Set floors to what the model reaches."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"by default {' '.join(KEPT)}")
    parser.add_argument("--reason", help="why floors may be lowered, or their corpus replaced")
    parser.add_argument("--slack", type=float, default=SLACK, help="of a corpus without floors")
    parser.add_argument("--output", type=Path, default=FLOORS, help="the file of floors")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in EVALUATIONS]
    if unknown:
        parser.error(f"no evaluation {unknown[0]!r}; there are {', '.join(EVALUATIONS)}")
    failed = False
    for name in options.names or KEPT:
        evaluation = EVALUATIONS[name]
        if not evaluation.path().exists():
            print(f"{name}: left as it is, since {evaluation.shown_path()} is not here")
            continue
        before = _known(options.output)
        if (run or _run)(_command(evaluation, options.output, options.reason)):
            print(f"{name}: left as it is, since scoring or setting failed")
            failed = True
            continue
        _settle(options.output, before, options.slack)
        for line in _moved(before, _known(options.output)):
            print(f"{name}: {line}")
    return int(failed)


def _command(evaluation: Evaluation, floors: Path, reason: str | None) -> list[str]:
    more = [] if reason is None else ["--reason", reason]
    return evaluation.command("en", "--set-floors", str(floors), *more)


def _run(command: Sequence[str]) -> int:
    """Run a command in the repository's root; what it prints of scores is left out."""
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode


def _known(path: Path) -> dict[str, CorpusFloors]:
    return {entry.corpus: entry for entry in read_floors(path)} if path.exists() else {}


def _settle(path: Path, before: dict[str, CorpusFloors], slack: float) -> None:
    """Give the corpora that had no floors before their slack."""
    entries = read_floors(path)
    write_floors([e if e.corpus in before else evolve(e, slack=slack) for e in entries], path)


def _moved(before: dict[str, CorpusFloors], after: dict[str, CorpusFloors]) -> Iterator[str]:
    for corpus, entry in after.items():
        old = (
            {floor.metric: floor.figure for floor in before[corpus].floors}
            if corpus in before
            else {}
        )
        for floor in entry.floors:
            figure = old.get(floor.metric)
            if figure is None:
                yield f"{floor.metric} {floor.figure:.4f}, new"
            elif figure != floor.figure:
                yield f"{floor.metric} {figure:.4f} → {floor.figure:.4f}"


if __name__ == "__main__":
    sys.exit(main())
