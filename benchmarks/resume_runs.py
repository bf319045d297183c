"""Runs of ``quotecraft batch`` that can be killed: the processes of ``benchmarks.resume``."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from quotecraft.scale.manifest import Manifest

__all__ = ["ROOT", "Run", "say"]

ROOT = Path(__file__).resolve().parents[1]
_BEGAN = time.monotonic()


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


def say(what: str) -> None:
    """Print a line of progress with the time since the start."""
    spent = int(time.monotonic() - _BEGAN)
    clock = f"{spent // 3600}:{spent // 60 % 60:02}:{spent % 60:02}"
    print(f"[{clock}] {what}", file=sys.stderr, flush=True)


def inputs_done(output: Path) -> int:
    """Return how many inputs the final shards of a run cover."""
    try:
        lines = (output / "shards.jsonl").read_bytes().splitlines()
    except FileNotFoundError:
        return 0
    done = 0
    for line in lines:
        with contextlib.suppress(ValueError):  # being written
            done += json.loads(line)["inputs"]
    return done


class Run:
    """One folder of output and the process that fills it.

    Args:
        source: The file of articles.
        output: The folder.
        engine: ``"local"`` or ``"ray"``.
        options: Those of the benchmark.
    """

    def __init__(
        self, source: Path, output: Path, engine: str, options: argparse.Namespace
    ) -> None:
        self._command = [sys.executable, "-m", "quotecraft", "batch", str(source), str(output)]
        self._command += ["--workers", str(options.workers), "--shard-size", str(options.shard)]
        self._command += ["--engine", engine, "--format", options.format]
        self._output, self._engine, self._every = output, engine, options.every
        self._count = options.count
        self._log = output.with_name(output.name + ".log")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, or go on, in a process group of its own."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, stderr=log, start_new_session=True
            )

    def wait(self, seconds: float, told: Callable[[], str]) -> bool:
        """Wait for so long, or for the end; say whether it has ended.

        Args:
            seconds: How long.
            told: What to add to a line of progress.

        Raises:
            SystemExit: If it ended before it was complete.
        """
        assert self._process is not None
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                self._process.wait(timeout=min(left, self._every))
            except subprocess.TimeoutExpired:
                if left > self._every:
                    shown = f"{inputs_done(self._output):,} of {self._count:,} inputs"
                    say(f"{self._output.name}: {shown} in final shards{told()}")
                continue
            manifest = Manifest.read(self._output / "manifest.json")
            if manifest is None or not manifest.complete:  # exit code 1 is for dead letters, too
                raise SystemExit(
                    f"the run ended with exit code {self._process.returncode}: see {self._log}"
                )
            return True
        return False

    def kill(self, victim: str, chance: random.Random) -> bool:
        """Kill the run with all it started, or one of its readers; say whether there was one."""
        assert self._process is not None
        if victim == "worker":
            living = readers(self._process.pid, self._engine)
            if living:
                os.kill(chance.choice(living), signal.SIGKILL)
            return bool(living)
        self.stop()
        return True

    def stop(self) -> None:
        """Kill the run with all it started, if it still runs."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
