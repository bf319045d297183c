"""Ctrl-C and SIGTERM end a command in order: what is open is closed or removed, then it exits."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

__all__ = ["INTERRUPTED", "TERMINATED", "Stopped", "stoppable"]

INTERRUPTED: Final = 128 + signal.SIGINT  # exit code that shells give to what Ctrl-C ended
TERMINATED: Final = 128 + signal.SIGTERM


class Stopped(BaseException):
    """SIGTERM asked the process to end; as KeyboardInterrupt, no handler of errors takes it."""


@contextmanager
def stoppable() -> Iterator[None]:
    """Raise ``Stopped`` on SIGTERM meanwhile; outside the main thread do nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped
