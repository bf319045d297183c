"""A batch run that is killed again and again against one that is left alone: the same bytes?

``python -m benchmarks.resume --count 20000 --kills 20 --workers 2`` writes N articles (those of
``../shared/data/worldwide`` under new ids, again and again) to a JSON Lines file, reads them with
``quotecraft batch`` on this machine's processes once undisturbed and once with SIGKILL at random
moments, and compares the two folders byte by byte; where a shard's bytes differ, its documents are
compared one by one. ``--victim worker`` kills one of the processes that read instead of the whole
run. ``--engine ray`` reads the disturbed run through Ray, and compares it with the local one.

``--undisturbed DIR`` keeps the undisturbed run, which other runs of this benchmark then use again;
``--work DIR`` keeps the disturbed one, and a benchmark that was stopped goes on where it was.
Progress goes to stderr.
"""

from __future__ import annotations

import argparse
import contextlib
import filecmp
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from attrs import asdict, define, evolve, frozen

from benchmarks.resume_runs import ROOT, Run, say
from quotecraft.formats import jsonl, parquet
from quotecraft.scale import BatchOptions
from quotecraft.scale.manifest import Manifest

__all__ = ["Disturbance", "Reference", "compare", "differences", "main", "other_documents"]

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


def other_documents(one: Path, other: Path) -> list[str]:
    """Return the ids of the documents of two shards that are not equal."""
    format_ = jsonl if one.suffix == ".jsonl" else parquet
    left, right = ({d.id: d for d in format_.read(path)} for path in (one, other))
    return sorted(name for name in {*left, *right} if left.get(name) != right.get(name))


def compare(one: Path, other: Path) -> list[str]:
    """Return what differs between two runs' folders: files, and for shards the documents."""
    found = []
    for line in differences(one, other):
        name = line.rpartition(":")[0]
        shards = [one / name, other / name]
        what = ""
        if Path(name).stem.startswith("part-") and all(path.is_file() for path in shards):
            ids = other_documents(*shards)
            what = f"; {len(ids)} documents are not equal {ids[:5]}"
        found.append(line + what)
    return found


@frozen
class Reference:
    """An undisturbed run, as its folder's ``reference.json`` describes it when it is complete.

    Attributes:
        count: Number of articles.
        words: Words of them.
        sha256: Digest of the file of articles.
        code: Digest of the package's modules.
        workers: Number of processes.
        seconds: How long it took.
    """

    count: int
    words: int
    sha256: str
    code: str
    workers: int
    seconds: float


@define
class Disturbance:
    """How far the disturbed run has come; ``state.json`` of its folder.

    Attributes:
        setting: What it is run with, so that no other benchmark goes on with it.
        killed: How often it was killed.
        taken_up: How often the benchmark itself was stopped and started again.
        seconds: How long it ran in all.
        done: Whether it has ended.
    """

    setting: dict[str, Any]
    killed: int = 0
    taken_up: int = 0
    seconds: float = 0.0
    done: bool = False


def code_digest() -> str:
    """Return a SHA-256 of the package's modules: results may depend on any of them."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "quotecraft").rglob("*.py")):
        digest.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def undisturbed(folder: Path, options: argparse.Namespace) -> Reference:
    """Return the undisturbed run in a folder, made now if it isn't there or isn't complete.

    Raises:
        SystemExit: If it was made from other articles or by other code, or the run fails.
        RunError: If it was made with another model, other options or versions.
    """
    folder.mkdir(parents=True, exist_ok=True)
    source, output, record = (folder / n for n in ("articles.jsonl", "alone", "reference.json"))
    fresh = folder / "articles.jsonl.new"
    words = write_articles(fresh, options.count)
    digest = hashlib.sha256(fresh.read_bytes()).hexdigest()
    if record.exists():
        fresh.unlink()
        known = Reference(**json.loads(record.read_bytes()))
        if known.sha256 != digest:
            raise SystemExit(f"{folder} was made from {known.count:,} other articles: give another")
        if known.code != code_digest():
            raise SystemExit(f"{folder} was made by other code of quotecraft: give another")
        manifest = Manifest.read(output / "manifest.json")
        if manifest is None or not manifest.complete:
            raise SystemExit(f"{output} is damaged: remove {folder}")
        batch = BatchOptions(format=options.format, shard_size=options.shard)
        unfinished = evolve(manifest, complete=False, totals={})
        unfinished.check(Manifest.of([str(source)], batch), output)
        say(f"{output.name}: made before, in {known.seconds:,.0f} s by {known.workers} workers")
        return known
    fresh.replace(source)
    if output.exists():
        say(f"{output.name}: was broken off, so it begins anew")
        shutil.rmtree(output)
    run = Run(source, output, "local", options)
    code, began = code_digest(), time.monotonic()
    try:
        run.start()
        run.wait(float("inf"), lambda: "")
    finally:
        run.stop()
    seconds = time.monotonic() - began
    made = Reference(options.count, words, digest, code, options.workers, seconds)
    record.write_text(json.dumps(asdict(made)))
    return made


def disturbed(
    folder: Path, source: Path, options: argparse.Namespace, reference: Reference
) -> Disturbance:
    """Run to the end through kills at random moments, or go on with that.

    Raises:
        SystemExit: If the folder holds another benchmark's run, or the run fails.
    """
    names = ("engine", "victim", "kills", "workers", "shard", "format", "seed")
    setting = {name: getattr(options, name) for name in names}
    setting |= {"input": reference.sha256, "code": reference.code}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "state.json"
    state = Disturbance(setting)
    if path.exists():
        state = Disturbance(**json.loads(path.read_bytes()))
        if state.setting != setting:
            raise SystemExit(f"{folder} holds a run with {state.setting}: give another folder")
        state.taken_up += not state.done
    path.write_text(json.dumps(asdict(state)))
    run = Run(source, folder / "killed", options.engine, options)
    before, began = state.seconds, time.monotonic()

    def keep() -> None:
        state.seconds = before + time.monotonic() - began
        path.write_text(json.dumps(asdict(state)))

    try:
        if not state.done:
            run.start()
            _disturb(run, state, options, reference.seconds, keep)
            state.done = True
            keep()
    finally:
        run.stop()
    return state


def _disturb(
    run: Run,
    state: Disturbance,
    options: argparse.Namespace,
    seconds: float,
    keep: Callable[[], None],
) -> None:
    """Kill a run that was started at random moments, then wait for its end."""
    chance = random.Random(f"{options.seed} {state.killed} {state.taken_up}")
    mean = seconds / (options.kills + 1)

    def told() -> str:
        return f", killed {state.killed} of {options.kills} times"

    while state.killed < options.kills:
        if run.wait(chance.uniform(0.2, 1.8) * mean + options.start, told):
            return
        while not run.kill(options.victim, chance):
            say("no reader has started yet")
            if run.wait(1.0, told):
                return
        state.killed += 1
        keep()
        say(f"killed a {options.victim}: {state.killed} of {options.kills} times")
        if options.victim == "run":
            run.start()
    run.wait(float("inf"), told)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.resume",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--count", type=int, default=20_000, help="articles")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--shard", type=int, default=500, help="inputs in a shard")
    parser.add_argument("--engine", choices=["local", "ray"], default="local", help="if disturbed")
    parser.add_argument("--format", choices=["parquet", "jsonl"], default="parquet")
    parser.add_argument("--victim", choices=["run", "worker"], default="run")
    parser.add_argument("--start", type=float, default=2.0, help="seconds a start takes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=float, default=60.0, help="seconds from line to line")
    parser.add_argument("--undisturbed", type=Path, help="folder to keep the undisturbed run in")
    parser.add_argument("--work", type=Path, help="folder to keep the disturbed run in")
    return parser


def _report(
    options: argparse.Namespace, reference: Reference, state: Disturbance, output: Path
) -> list[str]:
    """Compare the two runs and return what differs, after printing the outcome."""
    found = compare(output, options.work / "killed")
    totals = json.loads((output / "manifest.json").read_text())["totals"]
    rate = reference.words / reference.seconds
    again = f", and stopped and taken up {state.taken_up} times" if state.taken_up else ""
    same = "NOT the same" if found else "the same, byte by byte, in every file"
    print(
        f"{reference.count:,} articles, {reference.words:,} words; undisturbed: engine local, "
        f"{reference.workers} workers, {reference.seconds:,.0f} s ({rate:,.0f} words a second), "
        f"{totals['documents']:,} documents, {totals['failed']:,} dead letters, "
        f"{totals['quotes']:,} quotations\n"
        f"disturbed: engine {options.engine}, {options.workers} workers, {state.seconds:,.0f} s, "
        f"killed {state.killed} times ({options.victim}){again}: {same}"
    )
    print(*found, sep="\n", end="\n" if found else "")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 when the outputs differ."""
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started ends, too
    with contextlib.ExitStack() as stack:
        for name in ("undisturbed", "work"):
            folder = getattr(options, name)
            if folder is None:
                made = tempfile.TemporaryDirectory(prefix="quotecraft-resume-")
                folder = Path(stack.enter_context(made))
            setattr(options, name, folder.resolve())
        reference = undisturbed(options.undisturbed, options)
        source = options.undisturbed / "articles.jsonl"
        state = disturbed(options.work, source, options, reference)
        return int(bool(_report(options, reference, state, options.undisturbed / "alone")))


if __name__ == "__main__":
    sys.exit(main())
