"""quotecraft batch as a user meets it: exit codes, signals, going on."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from quotecraft import scale
from quotecraft.cli import main
from tests.scale.runs import contents

ARTICLE = "“We will build it,” Ana Ruiz said.\n\nShe said that the money was there.\n"


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "in.jsonl"
    lines = [json.dumps({"id": f"a{n}", "text": ARTICLE * (1 + n % 3)}) for n in range(24)]
    lines[7] = "{oops"
    path.write_text("\n".join(lines) + "\n")
    return path


def command(articles: Path, out: Path, *more: str) -> list[str]:
    options = ["--shard-size", "9", "--format", "jsonl", *more]
    module = "tests.cli.batch_without_model"
    return [sys.executable, "-m", module, "batch", str(articles), str(out), *options]


def state(out: Path) -> list[int]:
    """Return how far a run has come: bytes of its log and of its journal."""
    files = (out / "shards.jsonl", out / ".journal")
    return [path.stat().st_size if path.exists() else 0 for path in files]


def started(articles: Path, out: Path) -> subprocess.Popen[str]:
    """Start a run and wait until it has read something."""
    before = state(out)
    process = subprocess.Popen(
        command(articles, out), stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    for _ in range(1200):
        if state(out) > before or process.poll() is not None:
            return process
        time.sleep(0.05)
    raise AssertionError("the run did not begin")


def test_a_run_stopped_by_every_signal_goes_on(articles, tmp_path) -> None:
    """Ctrl-C ends with 130, SIGTERM with 143 and a hint; after SIGKILL, too, nothing is lost."""
    out = tmp_path / "out"
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)):
        process = started(articles, out)
        os.killpg(process.pid, number)
        _, errors = process.communicate(timeout=60)
        if process.returncode == 1:
            break  # it was done before the signal came
        assert process.returncode == code
        assert code < 0 or ("run the same command again" in errors and "Traceback" not in errors)
    done = subprocess.run(command(articles, out), capture_output=True, text=True, check=False)
    assert done.returncode == 1  # one input failed
    assert "1 failed" in done.stderr
    subprocess.run(command(articles, tmp_path / "alone", "--workers", "2"), check=False)
    assert contents(out) == contents(tmp_path / "alone")
    assert [document.id for document in scale.read(out)][6:8] == ["a6", "a8"]


def test_batch_needs_an_input_and_a_folder() -> None:
    """Without one of them it is wrong usage."""
    assert CliRunner().invoke(main, ["batch", "in.txt"]).exit_code == 2


def test_an_address_is_for_ray(articles, tmp_path) -> None:
    """--address without --engine ray is wrong usage."""
    arguments = ["batch", str(articles), str(tmp_path / "o"), "--address", "auto"]
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_another_run_in_the_folder_is_one_clear_line(articles, tmp_path) -> None:
    """A folder with other files is refused with exit code 1 and a remedy."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("")
    result = CliRunner().invoke(main, ["batch", str(articles), str(tmp_path / "out")])
    assert (result.exit_code, "new or empty folder" in result.stderr) == (1, True)


def test_extract_with_workers_gives_the_same(articles, tmp_path) -> None:
    """Two workers write the same bytes as none, and name the same failures."""
    results = []
    for workers in ("1", "2"):
        out = tmp_path / f"{workers}.jsonl"
        result = CliRunner().invoke(
            main, ["extract", str(articles), "-o", str(out), "--workers", workers]
        )
        results.append((result.exit_code, result.stderr, out.read_bytes()))
    assert results[0] == results[1]
    assert (results[0][0], "in.jsonl:8" in results[0][1]) == (1, True)


def test_extract_reads_columns(tmp_path) -> None:
    """Texts and ids come from the columns that are named."""
    path = tmp_path / "a.csv"
    path.write_text(f'url,body\nu1,"{ARTICLE}"\n')
    columns = ["--text-column", "body", "--id-column", "url"]
    result = CliRunner().invoke(main, ["extract", str(path), *columns])
    record = json.loads(result.stdout)
    assert (record["id"], record["text"], len(record["quotes"])) == ("u1", ARTICLE, 2)
