"""One command sets the floors of every corpus that has some."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner

from benchmarks.evaluations import EVALUATIONS
from benchmarks.set_floors import KEPT, main
from quotecraft.cli import main as quotecraft
from quotecraft.evaluate import read_floors, write_floors

TINY = Path(__file__).parent / "tiny.jsonl"


def on_itself(command: Sequence[str]) -> int:
    """Score the gold of the tiny corpus against itself in place of the model."""
    arguments = list(command[command.index("eval") :])
    place = arguments.index("--model")
    arguments[place : place + 2] = ["--pred", str(TINY)]
    return CliRunner().invoke(quotecraft, arguments).exit_code


def test_a_new_corpus_gets_floors_with_slack(tmp_path: Path, capsys) -> None:
    """What was measured is written and told, and may differ a little on other processors."""
    path = tmp_path / "floors.toml"
    assert main(["tiny", "--slack", "0.05", "--output", str(path)], run=on_itself) == 0
    (entry,) = read_floors(path)
    assert (entry.corpus, entry.slack) == ("jsonl/tiny.jsonl", 0.05)
    assert {floor.figure for floor in entry.floors} == {1.0}
    assert "tiny: relation 1.0000, new" in capsys.readouterr().out


def test_floors_that_rise_are_told_and_keep_their_slack(tmp_path: Path, capsys) -> None:
    """Only what moved is told; the slack that was chosen stays."""
    path = tmp_path / "floors.toml"
    main(["tiny", "--output", str(path)], run=on_itself)
    (entry,) = read_floors(path)
    first, *others = entry.floors
    write_floors([evolve(entry, slack=0.1, floors=(evolve(first, figure=0.5), *others))], path)
    capsys.readouterr()
    assert main(["tiny", "--output", str(path)], run=on_itself) == 0
    assert capsys.readouterr().out == f"tiny: {first.metric} 0.5000 → 1.0000\n"
    assert read_floors(path)[0].slack == 0.1


def test_a_floor_sinks_only_for_a_reason(tmp_path: Path, capsys) -> None:
    """Without a reason the file stays as it was and the exit code is 1; with one it is kept."""
    path = tmp_path / "floors.toml"
    main(["tiny", "--output", str(path)], run=on_itself)
    (entry,) = read_floors(path)
    errors = tuple(evolve(floor, figure=1.1) for floor in entry.floors)
    write_floors([evolve(entry, floors=errors)], path)
    before = path.read_bytes()
    assert main(["tiny", "--output", str(path)], run=on_itself) == 1
    assert path.read_bytes() == before
    assert main(["tiny", "--reason", "other gold", "--output", str(path)], run=on_itself) == 0
    assert {change.reason for change in read_floors(path)[0].changes} == {"other gold"}


def test_corpora_that_are_not_here_are_named(tmp_path: Path, monkeypatch, capsys) -> None:
    """Who lacks a data set sets the other floors."""
    monkeypatch.setenv("QUOTECRAFT_DATA", str(tmp_path / "none"))
    path = tmp_path / "floors.toml"
    assert main(["polnear", "--output", str(path)], run=on_itself) == 0
    assert "polnear: left as it is, since $QUOTECRAFT_DATA/polnear/dev" in capsys.readouterr().out


def test_only_evaluations_that_there_are_can_be_named() -> None:
    """A wrong name is a usage error, and the default names are right."""
    assert set(KEPT) <= set(EVALUATIONS)
    with pytest.raises(SystemExit, match="2"):
        main(["nothing"])
