"""A batch run that is killed again and again against one that is left alone: the same bytes?

``python -m benchmarks.resume --count 20000 --kills 20 --workers 2`` writes N articles (those of
``../shared/data/worldwide`` under new ids, again and again) to a JSON Lines file, reads them with
``quotecraft batch`` once undisturbed and once with SIGKILL at random moments, and compares the two
folders byte by byte. ``--victim worker`` kills one of the processes that read instead of the whole
run. ``--engine ray`` runs both through Ray.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

__all__ = ["differences", "main"]

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("QUOTECRAFT_DATA", ROOT.parent / "shared" / "data"))
ARTICLES = DATA / "worldwide" / "original_articles"
ALONE = {".lock"}  # holds nothing


def write_articles(path: Path, count: int) -> int:
    """Write so many articles as JSON Lines, a few of them damaged; return their words."""
    texts = [p.read_bytes().decode("utf-8", "replace") for p in sorted(ARTICLES.glob("*.txt"))]
    words = 0
    with path.open("w", encoding="utf-8") as stream:
        for number in range(count):
            text = texts[number % len(texts)]
            words += len(text.split())
            line = json.dumps({"id": f"article-{number:06}", "text": text})
            stream.write((line if number % 997 != 500 else line[:40]) + "\n")
    return words


def differences(one: Path, other: Path) -> list[str]:
    """Return the files that are not the same in two folders, with a reason."""
    names = {p.relative_to(folder) for folder in (one, other) for p in folder.rglob("*")}
    found = []
    for name in sorted(names):
        left, right = one / name, other / name
        if left.is_dir() and right.is_dir():
            continue
        if not left.is_file() or not right.is_file():
            found.append(f"{name}: only in one of them")
        elif name.name not in ALONE and not filecmp.cmp(left, right, shallow=False):
            found.append(f"{name}: other bytes")
    return found


def descendants(process: int) -> Iterator[int]:
    """Return the processes below one, from /proc."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return
    for child in map(int, children):
        yield child
        yield from descendants(child)


def readers(process: int, engine: str) -> list[int]:
    """Return the processes below a run that hold a model."""
    wanted = b"MapWorker" if engine == "ray" else b"spawn_main"
    found = []
    for child in descendants(process):
        try:
            if wanted in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
        except OSError:
            continue
    return found


class Runs:
    """Starts runs of one input."""

    def __init__(self, source: Path, options: argparse.Namespace) -> None:
        self._command = [sys.executable, "-m", "quotecraft", "batch", str(source)]
        self._options = ["--workers", str(options.workers), "--shard-size", str(options.shard)]
        self._options += ["--engine", options.engine, "--format", options.format]
        self._engine = options.engine

    def start(self, output: Path) -> subprocess.Popen[bytes]:
        """Start a run in a process group of its own."""
        return subprocess.Popen(
            [*self._command, str(output), *self._options],
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self, process: subprocess.Popen[bytes], victim: str, chance: random.Random) -> bool:
        """Kill the run with all it started, or one of its readers; say whether there was one."""
        if victim == "worker":
            living = readers(process.pid, self._engine)
            if living:
                os.kill(chance.choice(living), signal.SIGKILL)
            return bool(living)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def disturbed(runs: Runs, output: Path, options: argparse.Namespace, seconds: float) -> int:
    """Run to the end through kills at random moments; return how often it was killed."""
    chance = random.Random(options.seed)
    process = runs.start(output)
    killed = 0
    mean = seconds / (options.kills + 1)
    while killed < options.kills:
        try:
            process.wait(timeout=chance.uniform(0.2, 1.8) * mean + options.start)
        except subprocess.TimeoutExpired:
            killed += runs.kill(process, options.victim, chance)
            if options.victim == "run":
                process = runs.start(output)
            continue
        break
    if process.wait() not in (0, 1):
        raise SystemExit(f"the run ended with exit code {process.returncode}")
    return killed


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 when the outputs differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resume", description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="articles")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shard", type=int, default=500, help="inputs in a shard")
    parser.add_argument("--engine", choices=["local", "ray"], default="local")
    parser.add_argument("--format", choices=["parquet", "jsonl"], default="parquet")
    parser.add_argument("--victim", choices=["run", "worker"], default="run")
    parser.add_argument("--start", type=float, default=2.0, help="seconds a start takes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep everything in this folder")
    options = parser.parse_args(arguments)
    folder = options.keep or Path(tempfile.mkdtemp(prefix="quotecraft-resume-"))
    folder.mkdir(parents=True, exist_ok=True)
    words = write_articles(folder / "articles.jsonl", options.count)
    runs = Runs(folder / "articles.jsonl", options)
    began = time.monotonic()
    if runs.start(folder / "alone").wait() not in (0, 1):
        raise SystemExit("the undisturbed run failed")
    seconds = time.monotonic() - began
    killed = disturbed(runs, folder / "killed", options, seconds)
    found = differences(folder / "alone", folder / "killed")
    report = json.loads((folder / "alone" / "manifest.json").read_text())["totals"]
    print(
        f"{options.count:,} articles, {words:,} words, engine {options.engine}, {options.workers} "
        f"workers: {seconds:,.0f} s undisturbed ({words / seconds:,.0f} words a second); "
        f"{report['documents']:,} documents, {report['failed']:,} dead letters, "
        f"{report['quotes']:,} quotations\n"
        f"killed {killed} times ({options.victim}): "
        f"{'the same bytes' if not found else 'NOT the same'}"
    )
    print(*found, sep="\n", end="\n" if found else "")
    if options.keep is None:
        shutil.rmtree(folder)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
