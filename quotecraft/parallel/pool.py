"""The parent's side: hands items to workers, takes answers, replaces workers that died."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from attrs import define, field, frozen

from quotecraft.errors import InputError, WorkerError
from quotecraft.parallel.worker import FAILED, READY, one_thread, serve

__all__ = ["Apart", "Outcome", "ordered_map"]

T = TypeVar("T")
R = TypeVar("R")

_DEPTH = 2  # items that a worker has at once, so that it never waits for the next
_AHEAD = 8  # times that many may be done before the one whose turn it is
_MOST = 64 << 20  # total size of items under way; a larger one goes alone
_ATTEMPTS = 2  # times that an item may take a worker down with it
_STARTS = 3  # times in a row that workers may be killed while they start
_PATIENCE = 5.0  # seconds that a worker gets to end by itself


@frozen
class Outcome(Generic[T, R]):
    """What became of an item.

    Attributes:
        item: The item.
        value: What the function returned, if it did.
        error: What it raised, or a ``WorkerError`` if it took its worker down twice.
    """

    item: T
    value: R | None = None
    error: Exception | None = None

    @property
    def result(self) -> R:
        """The value.

        Raises:
            Exception: The error, if there is one.
        """
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]  # R may be an optional type itself


def _unsized(_: object) -> int:
    return 1


def ordered_map(
    make: Callable[[], Callable[[T], R]],
    items: Iterable[T],
    workers: int,
    *,
    size: Callable[[T], int] = _unsized,
) -> Iterator[Outcome[T, R]]:
    """Apply a function to items in several processes, and give the outcomes in order.

    Items are taken only as they are needed, and only so many are under way that memory stays
    bounded. A worker that dies (out of memory, a crash in native code) is replaced, and the item it
    had tried again once. Closing the iterator, or an exception, ends all workers.

    Args:
        make: Called once in each process to make the function; it must be importable there
            (a function of a module, or ``functools.partial`` of one), as items, values and errors
            must be picklable. Scripts need ``if __name__ == "__main__":`` around the call.
        items: The items.
        workers: Number of processes.
        size: Tells how large an item is, for the bound on memory, in bytes or so.

    Raises:
        InputError: If ``workers`` is less than 1.
        WorkerError: If workers can't start.
        Exception: What ``make`` raised in a worker.
    """
    if workers < 1:
        raise InputError(f"workers is {workers}; give the number of processes, 1 or more")
    return _run(make, items, workers, size)


def _run(
    make: Callable[[], Callable[[T], R]],
    items: Iterable[T],
    workers: int,
    size: Callable[[T], int],
) -> Iterator[Outcome[T, R]]:
    with _Pool(make, workers) as pool:
        yield from _through(pool, items, size)


def _through(pool: _Pool, items: Iterable[T], size: Callable[[T], int]) -> Iterator[Outcome[T, R]]:
    """Pass items through a pool that has nothing else under way."""
    source = ((number, _Task(item, size(item))) for number, item in enumerate(items))
    done: dict[int, Outcome[T, R]] = {}
    turn = 0
    more = True
    while True:
        while more and pool.has_room(len(done)):
            task = next(source, None)
            more = task is not None
            if task is not None:
                pool.give(*task)
        if not more and not pool.busy:
            return
        done.update(pool.take())
        while turn in done:
            yield done.pop(turn)
            turn += 1


class Apart(Generic[T, R]):
    """A function in a process of its own, so that an item that kills it kills nothing else.

    The process starts with the first call, is replaced when it dies, and ends with this one.

    Args:
        make: Called once in the process to make the function; as for ``ordered_map``.
    """

    def __init__(self, make: Callable[[], Callable[[T], R]]) -> None:
        self._pool = _Pool(make, 1)
        self._started = False

    def __call__(self, items: Iterable[T]) -> list[Outcome[T, R]]:
        """Apply the function to some items and return the outcomes in order.

        Raises:
            WorkerError: If the process can't start.
            Exception: What ``make`` raised in it.
        """
        if not self._started:
            self._pool.__enter__()
            self._started = True
        return list(_through(self._pool, items, _unsized))


@define(eq=False)
class _Task:
    """An item under way."""

    item: Any
    size: int
    attempts: int = 0


@define(eq=False)
class _Worker:
    """A worker process and the items it has, the first of which it is at."""

    process: Any  # the spawn context's own class
    connection: Connection
    tasks: deque[tuple[int, _Task]] = field(factory=deque)
    ready: bool = False


class _Pool:
    """The workers of one call."""

    def __init__(self, make: Callable[[], Callable[[Any], Any]], workers: int) -> None:
        self._make = make
        self._workers: list[_Worker] = []
        self._count = workers
        self._size = 0
        self._lost = 0  # workers killed while starting since one was ready
        self._unsent: list[tuple[int, Outcome[Any, Any]]] = []

    def __enter__(self) -> Self:
        try:
            for _ in range(self._count):
                self._workers.append(self._start())
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    @property
    def busy(self) -> bool:
        """Whether an item is under way."""
        return bool(self._unsent) or any(worker.tasks for worker in self._workers)

    def has_room(self, waiting: int) -> bool:
        """Say whether another item may be given, when some are done and wait for their turn."""
        under_way = sum(len(worker.tasks) for worker in self._workers)
        if self._size >= _MOST or under_way + waiting >= self._count * _DEPTH * _AHEAD:
            return False
        return any(len(worker.tasks) < _DEPTH for worker in self._workers)

    def give(self, number: int, task: _Task) -> None:
        """Give an item to the worker that has least to do."""
        worker = min(self._workers, key=lambda w: (len(w.tasks), sum(t.size for _, t in w.tasks)))
        self._size += task.size
        self._hand(worker, number, task)

    def _hand(self, worker: _Worker, number: int, task: _Task) -> None:
        worker.tasks.append((number, task))
        try:
            worker.connection.send(task.item)
        except OSError:
            pass  # it has died; taking from it will tell
        except Exception as error:
            worker.tasks.pop()
            self._size -= task.size
            wrong = InputError(f"can't be sent to a worker process: {error}; use plain values")
            self._unsent.append((number, Outcome(task.item, error=wrong)))

    def take(self) -> list[tuple[int, Outcome[Any, Any]]]:
        """Wait for answers and return the outcomes of those items that are done."""
        found, self._unsent = self._unsent, []
        patience = 0.0 if found else None
        ready = set(wait([worker.connection for worker in self._workers], patience))
        for place, worker in enumerate(self._workers):
            if worker.connection in ready:
                try:
                    kind, value = worker.connection.recv()
                except (EOFError, OSError):
                    found += self._replace(place, worker)
                else:
                    found += self._answer(worker, kind, value)
        return found

    def _answer(
        self,
        worker: _Worker,
        kind: str,
        value: Any,  # noqa: ANN401  (anything picklable)
    ) -> list[tuple[int, Outcome[Any, Any]]]:
        if not worker.ready:
            if kind == FAILED:
                raise value
            worker.ready = kind == READY
            self._lost = 0
            return []
        number, task = worker.tasks.popleft()
        self._size -= task.size
        if kind == FAILED:
            return [(number, Outcome(task.item, error=value))]
        return [(number, Outcome(task.item, value))]

    def _replace(self, place: int, worker: _Worker) -> list[tuple[int, Outcome[Any, Any]]]:
        """Start another worker instead of one that died, and give it what that one had."""
        worker.connection.close()
        worker.process.join(_PATIENCE)
        code = worker.process.exitcode
        self._lost += not worker.ready
        killed = code is not None and code < 0  # by a signal, say for want of memory
        if not worker.ready and (not killed or self._lost >= _STARTS):
            raise WorkerError(
                f"a worker process ended while starting (exit code {code}): is there memory for "
                "another model? In a script, put the call under if __name__ == '__main__':"
            )
        fresh = self._workers[place] = self._start()
        found: list[tuple[int, Outcome[Any, Any]]] = []
        for rank, (number, task) in enumerate(worker.tasks):
            task.attempts += rank == 0 and worker.ready
            if task.attempts < _ATTEMPTS:
                self._hand(fresh, number, task)
                continue
            self._size -= task.size
            reason = (
                f"its worker process died {_ATTEMPTS} times while reading it (exit code {code})"
            )
            advice = "is it too large for the memory, or does it crash a library?"
            error = WorkerError(f"{reason}: {advice}")
            found.append((number, Outcome(task.item, error=error)))
        return found

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(self._make, theirs), daemon=True)
        with one_thread():
            process.start()
        theirs.close()
        return _Worker(process, ours)

    def _stop(self) -> None:
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
