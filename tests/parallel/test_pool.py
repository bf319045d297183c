"""Work spread over processes: order, bounds, errors, workers that die."""

import os
import sys
from functools import partial

import pytest

from quotecraft.errors import InputError, WorkerError
from quotecraft.parallel import Apart, ordered_map
from tests.parallel import work


def values(make, items, workers=1, **options):
    return [outcome.result for outcome in ordered_map(make, items, workers, **options)]


def test_values_come_in_the_order_of_the_items() -> None:
    """A slow first item holds the others back, and each value belongs to its item."""
    outcomes = list(ordered_map(work.slow_first, range(20), 2))
    assert [(outcome.item, outcome.value) for outcome in outcomes] == [(n, n) for n in range(20)]


def test_nothing_in_nothing_out() -> None:
    """No items give no outcomes."""
    assert values(work.double, []) == []


def test_an_error_costs_only_its_item() -> None:
    """What the function raises is the outcome of its item; the others have values."""
    outcomes = list(ordered_map(work.refusing, [1, 3, 4], 1))
    assert [o.value for o in outcomes] == [1, None, 4]
    assert (type(outcomes[1].error), str(outcomes[1].error)) == (ValueError, "not 3")
    with pytest.raises(ValueError, match="not 3"):
        _ = outcomes[1].result


def test_items_are_taken_only_as_needed() -> None:
    """Of endless items only so many are taken as are under way or may wait."""
    taken = []

    def endless():
        while True:
            taken.append(len(taken))
            yield len(taken)

    outcomes = ordered_map(work.double, endless(), 1)
    assert [next(outcomes).value for _ in range(3)] == [2, 4, 6]
    outcomes.close()
    assert len(taken) < 40


def test_large_items_go_alone() -> None:
    """When one item is as large as all together may be, no other is taken beside it."""
    taken = []

    def items():
        for number in range(3):
            taken.append(number)
            yield number

    outcomes = ordered_map(work.double, items(), 1, size=lambda _: 1 << 40)
    assert next(outcomes).value == 0
    assert taken == [0]
    outcomes.close()


def test_a_dead_worker_is_replaced_and_its_item_tried_again(tmp_path) -> None:
    """An item that kills its worker once is read; one that does so twice fails alone."""
    outcomes = list(ordered_map(partial(work.deadly, str(tmp_path)), range(8), 1))
    assert [o.value for o in outcomes] == [0, 1, 2, None, 4, 5, 6, 7]
    assert isinstance(outcomes[3].error, WorkerError)
    assert "exit code 9" in str(outcomes[3].error)


def test_a_function_apart_outlives_what_kills_it(tmp_path) -> None:
    """Call after call goes to one process; an item that always kills it fails alone."""
    work_apart = Apart(partial(work.deadly, str(tmp_path)))
    assert [o.value for o in work_apart([1, 2])] == [1, 2]
    found = work_apart(iter([2, 3, 4, 5]))
    assert [o.value for o in found] == [2, None, 4, 5]
    assert isinstance(found[1].error, WorkerError)
    ids = Apart(work.process_ids)
    assert len({o.result for items in ([1], [2, 3]) for o in ids(items)} - {os.getpid()}) == 1


def test_what_cannot_be_sent_fails_alone() -> None:
    """An item or a result that can't be pickled is an error of that item."""
    sent = list(ordered_map(work.double, [1, lambda: 2, 3], 1))
    assert [(o.value, type(o.error)) for o in sent] == [
        (2, type(None)),
        (None, InputError),
        (6, type(None)),
    ]
    (answer,) = ordered_map(work.lambdas, [1], 1)
    assert isinstance(answer.error, WorkerError)


def test_workers_that_cannot_start_are_an_error() -> None:
    """What making the function raises is raised; a process that dies at it is told of."""
    with pytest.raises(RuntimeError, match="no model"):
        values(work.unready, [1])
    with pytest.raises(WorkerError, match="exit code 3"):
        values(work.dying, [1])


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed by a signal there")
def test_workers_killed_while_starting_are_started_again(tmp_path) -> None:
    """Twice in a row is borne, and costs no item; three times is an error."""
    borne, fatal = tmp_path / "borne", tmp_path / "fatal"
    borne.mkdir()
    fatal.mkdir()
    assert values(partial(work.killed_while_starting, str(borne), 2), [1, 2, 3]) == [2, 4, 6]
    with pytest.raises(WorkerError, match="exit code -9"):
        values(partial(work.killed_while_starting, str(fatal), 3), [1])


def test_no_workers_are_refused() -> None:
    """Less than one worker is wrong."""
    with pytest.raises(InputError, match="workers"):
        values(work.double, [1], 0)


def test_closing_ends_the_workers() -> None:
    """When the iterator is closed its processes are gone."""
    outcomes = ordered_map(work.process_ids, range(100), 1)
    process = next(outcomes).result
    assert process != os.getpid()
    outcomes.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_workers_use_one_thread_each(monkeypatch) -> None:
    """Libraries in a worker are told to use one thread; this process keeps its own setting."""
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    assert values(work.environment, ["OMP_NUM_THREADS"]) == ["1"]
    assert os.environ["OMP_NUM_THREADS"] == "7"
