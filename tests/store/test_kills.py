"""A kill at any moment: the store is whole, nothing acknowledged is lost, nothing is doubled."""

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotecraft import Store
from quotecraft.errors import StoreError
from tests.store.adder import BATCH, articles

COUNT = 120
BATCHES = COUNT // BATCH
ROOT = Path(__file__).parents[2]


def start(path: Path) -> subprocess.Popen[str]:
    """Start adding in another process, and wait until it is about to open the store."""
    command = [sys.executable, "-m", "tests.store.adder", str(path), str(COUNT)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def killed_after(path: Path, batches: int, seconds: float) -> int:
    """Kill (SIGKILL) a process some time after its nth batch; return what it had acknowledged."""
    process = start(path)
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(batches)]
    time.sleep(seconds)
    process.kill()
    told += process.communicate()[0].splitlines(keepends=True)
    whole = [line for line in told if line.endswith("\n")]  # the last may be cut
    return int(whole[-1]) if whole else 0


def check(path: Path, acknowledged: int) -> int:
    """Check that a store is whole and holds what was acknowledged; return its documents."""
    try:
        store = Store(path, create=False)
    except StoreError:
        assert not path.exists()  # killed before there was a file
        assert acknowledged == 0
        return 0
    expected = {document.id: document for document in articles(COUNT)}
    with store:
        found = list(store)
        assert len(found) >= acknowledged
        assert found == [expected[document.id] for document in found]
        assert len({document.id for document in found}) == len(found)
        assert store.count() == store.count("ours") * 2 == len(found) * 2
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ("quote_words", "speaker_words"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    connection.close()
    return len(found)


def batch_seconds(path: Path) -> float:
    """Return the seconds that a batch takes when nobody disturbs it."""
    process = start(path)
    begun = time.monotonic()
    process.communicate()
    return (time.monotonic() - begun) / BATCHES


def survive(folder: Path, kills: int, seed: int) -> list[int]:
    """Kill again and again at random moments; return what the store held after each kill."""
    usual = batch_seconds(folder / "whole.db")
    chance = random.Random(seed)
    path, held, sizes = folder / "store.db", 0, []
    for number in range(kills):
        if held == COUNT:  # done: begin anew, so that every kill meets a process at work
            path, held = folder / f"store-{number}.db", 0
        batches = held // BATCH + chance.choice([0, 0, 1, 2, 5, 10])
        seconds = chance.uniform(0, 3 * usual)
        held = check(path, max(killed_after(path, min(batches, BATCHES), seconds), held))
        sizes.append(held)
    with Store(path) as store:
        store.add(articles(COUNT))
    assert check(path, COUNT) == COUNT
    return sizes


def test_a_few_kills(tmp_path: Path) -> None:
    """Three kills at random moments lose and double nothing."""
    assert len(survive(tmp_path, 3, seed=1)) == 3


@pytest.mark.slow
def test_fifty_kills(tmp_path: Path) -> None:
    """Fifty kills at random moments lose and double nothing, and meet the store half full."""
    sizes = survive(tmp_path, 50, seed=2)
    print("documents held after each kill:", *sizes)
    assert len(sizes) == 50
    assert any(0 < size < COUNT for size in sizes)
