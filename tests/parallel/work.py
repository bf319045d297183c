"""Functions that worker processes can import."""

import os
import signal
import time
from pathlib import Path


def double():
    return lambda number: 2 * number


def refusing():
    def work(number):
        if number % 3 == 0:
            raise ValueError(f"not {number}")
        return number

    return work


def slow_first():
    def work(number):
        time.sleep(0.3 if number == 0 else 0)
        return number

    return work


def deadly(folder: str):
    """Kills its process over 3 always, over 5 the first time."""

    def work(number):
        marker = Path(folder, "five")
        if number == 3 or (number == 5 and not marker.exists()):
            marker.touch() if number == 5 else None
            os._exit(9)
        return number

    return work


def lambdas():
    return lambda number: lambda: number


def unready():
    raise RuntimeError("no model")


def dying():
    os._exit(3)


def killed_while_starting(folder: str, times: int):
    """Kills its process so many times before it is ready."""
    marks = Path(folder)
    if len(list(marks.iterdir())) < times:
        (marks / str(os.getpid())).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return lambda number: 2 * number


def process_ids():
    return lambda _: os.getpid()


def environment():
    return os.environ.get
