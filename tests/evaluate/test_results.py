"""The page of results, made part by part."""

import datetime
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import evaluations
from benchmarks.evaluations import EVALUATIONS
from benchmarks.results import COSTS, PAGE, PARTS, main, page, parts, sections
from quotecraft.cli.eval import evaluate

DAY = datetime.date(2026, 11, 26)


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a data folder in place that has PolNeAR and LitBank, and return where the page goes."""
    for name in ("polnear/dev", "litbank"):
        (tmp_path / "data" / name).mkdir(parents=True)
    monkeypatch.setenv("QUOTECRAFT_DATA", str(tmp_path / "data"))
    return tmp_path / "RESULTS.md"


def echo(command: Sequence[str]) -> str:
    """Stand in for a command."""
    return f"| ran | {command[2]} |\n"


def test_a_part_writes_its_own_section_alone(target: Path) -> None:
    """The other sections stay as they were, and those that were never made say how to make them."""
    main(["--part", "polnear", "--output", str(target)], run=echo, today=DAY)
    first = sections(target.read_text(encoding="utf-8"))
    main(["--part", "litbank", "--output", str(target)], run=echo, today=DAY)
    second = sections(target.read_text(encoding="utf-8"))
    assert list(second) == [key for key in PARTS if key not in COSTS]
    assert second["polnear"] == first["polnear"]
    assert "Not measured yet" in first["litbank"]
    assert "| ran | quotecraft |" in second["litbank"]


def test_a_section_has_its_command_and_date(target: Path) -> None:
    """The command is one that a reader can type: no path of this machine stands in it."""
    main(["--part", "polnear", "--output", str(target)], run=echo, today=DAY)
    text = sections(target.read_text(encoding="utf-8"))["polnear"]
    assert "Measured on 2026-11-26" in text
    assert (
        "quotecraft eval --gold $QUOTECRAFT_DATA/polnear/dev --gold-format polnear --model en "
        "--bootstrap 1000 --format markdown\n"
    ) in text
    assert str(target.parent) not in text


def test_parts_without_gold_are_named_and_left(
    target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is no failure: not everybody has every corpus."""
    ran: list[str] = []
    code = main(["--output", str(target)], run=lambda c: ran.append(c[2]) or "x", today=DAY)
    assert code == 0
    assert "pdnc: left as it is, since" in capsys.readouterr().err
    assert "Not measured yet" in sections(target.read_text(encoding="utf-8"))["pdnc"]


def test_a_command_that_fails_leaves_its_section(target: Path) -> None:
    """The others are written, and the exit code is 1."""

    def run(command: Sequence[str]) -> str:
        if "polnear" in command:
            raise subprocess.CalledProcessError(1, list(command))
        return "fine"

    main(["--part", "polnear", "--output", str(target)], run=echo, today=DAY)
    assert main(["--part", "polnear", "litbank", "--output", str(target)], run=run, today=DAY) == 1
    made = sections(target.read_text(encoding="utf-8"))
    assert "| ran | quotecraft |" in made["polnear"]
    assert "fine" in made["litbank"]


def test_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is run for that."""
    assert main(["--list"], run=lambda _: pytest.fail("ran")) == 0
    assert "    python -m benchmarks.peers --gold" in capsys.readouterr().out


def test_the_page_in_the_repository_has_the_form_of_today() -> None:
    """Reading its sections and writing them again changes nothing."""
    text = PAGE.read_text(encoding="utf-8")
    assert page(sections(text)) == text


@pytest.mark.parametrize("evaluation", EVALUATIONS.values(), ids=EVALUATIONS)
def test_commands_are_ones_that_the_command_line_takes(
    evaluation: evaluations.Evaluation,
) -> None:
    """Every option of every evaluation exists."""
    context = evaluate.make_context("eval", evaluation.arguments())
    assert context.params["gold_format"] == evaluation.gold_format


def test_every_part_asks_for_intervals_and_markdown() -> None:
    """So that each score has its interval and its signature; time and memory have none."""
    for part in (part for key, part in parts().items() if key not in COSTS):
        assert part.command[-4:] == ("--bootstrap", "1000", "--format", "markdown")
