"""A worker process: makes its function once, then applies it to one item after another."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread
from typing import Any

from quotecraft.errors import WorkerError

__all__ = ["FAILED", "READY", "VALUE", "one_thread", "serve"]

READY, VALUE, FAILED = "ready", "value", "failed"  # what a worker's messages begin with

# What numpy, ONNX Runtime, PyTorch and tokenizers ask before they start threads of their own.
_THREADS = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


@contextmanager
def one_thread() -> Iterator[None]:
    """Let processes that start meanwhile use one thread each, as if alone on a core."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(_THREADS)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def serve(make: Callable[[], Callable[[Any], Any]], connection: Connection) -> None:
    """Run in the worker: say when ready, then answer each item in order until the parent goes.

    Args:
        make: Makes the function that is applied to the items.
        connection: Where items come from and answers go to.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the parent stops the workers
    items: SimpleQueue[tuple[Any, Exception | None]] = SimpleQueue()
    Thread(target=_receive, args=(connection, items), daemon=True).start()
    try:
        work = make()
    except Exception as error:
        _send(connection, FAILED, error)
        return
    _send(connection, READY, None)
    while True:
        item, unreadable = items.get()
        try:
            if unreadable is not None:
                raise unreadable
            value = work(item)
        except Exception as error:
            _send(connection, FAILED, error)
        else:
            _send(connection, VALUE, value)


def _receive(connection: Connection, items: SimpleQueue[tuple[Any, Exception | None]]) -> None:
    """Take items as they come, so that neither side waits for the other to read.

    When the parent is gone the process ends at once, in the middle of an item if need be.
    """
    while True:
        try:
            items.put((connection.recv(), None))
        except (EOFError, OSError):
            os._exit(0)
        except Exception as error:
            items.put((None, error))


def _send(connection: Connection, kind: str, value: object) -> None:
    try:
        connection.send((kind, value))
    except (EOFError, OSError):
        os._exit(0)  # the parent is gone
    except Exception as error:
        reason = f"{type(value).__name__}: {value}" if kind == FAILED else f"its result: {error}"
        connection.send((FAILED, WorkerError(f"can't be sent from a worker process: {reason}")))
