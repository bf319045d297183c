"""A store gives back exactly what it was given, once."""

import multiprocessing
import pickle
import threading
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft import Document, Store
from quotecraft.errors import FormatError, InputError, StoreError
from quotecraft.store import Added
from tests.store.sample import article, emptied
from tests.strategies import documents

ONE = article("one", [("Ana Ruiz", "“We stay,”")])
TWO = article("two", [("Ben Okri", "“We go,”")])


@given(made=st.lists(documents(), max_size=4))
def test_every_document_comes_back_equal(shared: tuple[Store, Store], made: list[Document]) -> None:
    """Whatever a document holds, odd ids and characters too, it is read back equal."""
    store = emptied(shared[0])
    last = {document.id: document for document in made}
    store.add(made)
    assert {document.id: document for document in store} == last
    assert {name: store[name] for name in last} == last


@given(old=documents(), new=documents())
def test_replacing_leaves_no_trace_of_the_old(
    shared: tuple[Store, Store], old: Document, new: Document
) -> None:
    """A document that took another's place leaves the tables as if it had come first."""
    new = evolve(new, id=old.id)
    changed, fresh = map(emptied, shared)
    changed.add(old)
    changed.add(new)
    fresh.add(new)
    mine, theirs = changed.info().to_dict(), fresh.info().to_dict()
    for info in (mine, theirs):
        del info["path"], info["size"]
    assert mine == theirs
    assert changed.search(limit=None) == fresh.search(limit=None)


def test_adding_again_changes_nothing(store: Store) -> None:
    """The same documents added twice are there once, and the second time reported as unchanged."""
    assert store.add([ONE, TWO]) == Added(added=2)
    assert store.add([ONE, TWO]) == Added(unchanged=2)
    assert (len(store), store.count()) == (2, 2)


def test_another_content_replaces_and_keeps_the_place(store: Store) -> None:
    """The same id with other quotations takes the old one's place in the order."""
    store.add([ONE, TWO])
    changed = article("one", [("Ana Ruiz", "“We leave,”"), ("Ana Ruiz", "“Soon,”")])
    assert store.add(changed) == Added(replaced=1)
    assert list(store) == [changed, TWO]
    assert (store.count("stay"), store.count("leave"), store.count()) == (0, 1, 3)


def test_metadata_alone_replaces(store: Store) -> None:
    """A corrected date reaches the store though the text is the same."""
    store.add(ONE)
    store.add(evolve(ONE, metadata={"date": "2024-05-01"}))
    assert store.count(since="2024") == 1


def test_one_text_under_two_ids_is_kept_and_counted(store: Store) -> None:
    """Agency copy that two outlets print stays twice, but the report tells of it."""
    copy = evolve(ONE, id="copy")
    assert store.add([ONE, copy]) == Added(added=2, same_text=1)
    assert (store.ids(), store.info().same_text) == (("one", "copy"), 2)


def test_one_text_under_two_ids_is_left_out_on_demand(store: Store) -> None:
    """With skip_same_text a text comes in once, whatever its ids."""
    assert store.add([ONE, evolve(ONE, id="copy"), TWO], skip_same_text=True) == Added(
        added=2, skipped=1
    )
    assert store.ids() == ("one", "two")


def test_two_versions_in_one_batch(store: Store) -> None:
    """Of two documents with one id in one call the later stays."""
    later = evolve(TWO, id="one")
    assert store.add([ONE, later]) == Added(added=1, replaced=1)
    assert list(store) == [later]


def test_each_batch_is_reported_when_it_is_safe(store: Store, path: Path) -> None:
    """on_commit comes after a batch can be seen by other connections."""
    seen = []
    with Store(path, read_only=True) as other:
        store.add(
            (evolve(ONE, id=str(number)) for number in range(5)),
            batch=2,
            on_commit=lambda added: seen.append((added.total, len(other))),
        )
    assert seen == [(2, 2), (2, 4), (1, 5)]


def test_documents_before_a_failure_are_kept(store: Store) -> None:
    """When the source of documents fails, those that came before stay."""

    def failing():
        yield ONE
        yield TWO
        raise OSError("the network is gone")

    with pytest.raises(OSError, match="network"):
        store.add(failing())
    assert store.ids() == ("one", "two")


def test_metadata_that_json_cannot_hold(store: Store) -> None:
    """A document that can't be stored is refused by name; those before it stay."""
    with pytest.raises(FormatError, match="set"):
        store.add([ONE, evolve(TWO, metadata={"tags": {1, 2}})])
    assert store.ids() == ("one",)


def test_delete(store: Store) -> None:
    """Deleting removes the document and everything found in it; unknown ids are passed over."""
    store.add([ONE, TWO])
    assert store.delete(["one", "nobody"]) == 1
    assert store.delete("one") == 0
    assert (list(store), store.count(), store.count("stay"), "one" in store) == (
        [TWO], 1, 0, False,
    )  # fmt: skip


def test_looking_up(store: Store) -> None:
    """A store is asked like a dictionary."""
    store.add(ONE)
    assert (store["one"], store.get("one"), store.get("two"), store.get("two", TWO)) == (
        ONE, ONE, None, TWO,
    )  # fmt: skip
    assert "one" in store
    assert 1 not in store
    with pytest.raises(KeyError, match="two"):
        store["two"]


def test_iterating_while_adding(store: Store) -> None:
    """Documents that come while somebody iterates are met, none twice."""
    store.add(evolve(ONE, id=str(number)) for number in range(70))
    seen = []
    for document in store:
        seen.append(document.id)
        if len(seen) == 1:
            store.add(TWO)
    assert seen == [*map(str, range(70)), "two"]


def test_quotes_come_with_their_documents(store: Store) -> None:
    """Every quotation comes once, with the document that its offsets are for."""
    store.add([ONE, TWO])
    assert [(d.id, quote.text) for d, quote in store.quotes()] == [
        ("one", "“We stay,”"),
        ("two", "“We go,”"),
    ]


def test_documents_of_an_outlet_and_period(store: Store) -> None:
    """Iteration takes the conditions that are about documents."""
    for number, (outlet, date) in enumerate([("a", "2023-12-31"), ("a", "2024"), ("b", "2024-02")]):
        store.add(evolve(ONE, id=str(number), metadata={"outlet": outlet, "date": date}))
    assert [d.id for d in store.documents(outlet="a")] == ["0", "1"]
    assert [d.id for d in store.documents(outlet=("a", "b"), since="2024")] == ["1", "2"]
    assert [d.id for d in store.documents(until="2024-02")] == ["0", "2"]


@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet", "out.xml", "out.jsonld"])
def test_export_is_read_back_equal(store: Store, tmp_path: Path, name: str) -> None:
    """What is exported in a format that keeps everything is what was added."""
    from quotecraft import formats

    store.add([ONE, TWO])
    assert store.export(tmp_path / name) == 2
    assert list(formats.read(tmp_path / name)) == [ONE, TWO]


def test_info_counts(store: Store, path: Path) -> None:
    """The summary counts what was added."""
    store.add(evolve(ONE, metadata={"outlet": "Post", "date": "2024-03-01T10:00:00Z"}))
    store.add(evolve(TWO, metadata={"date": "yesterday"}))
    info = store.info()
    assert (info.documents, info.quotes, info.speakers, info.undated) == (2, 2, 2, 1)
    assert (info.outlets, info.models) == ({"Post": 1, "": 1}, {"by-hand": 2})
    assert (info.first_day, info.last_day) == ("2024-03-01", "2024-03-01")
    assert info.size >= path.stat().st_size > 0


def test_a_closed_store_says_so(store: Store) -> None:
    """Using a store after closing it is an error of ours."""
    store.close()
    with pytest.raises(StoreError, match="closed"):
        len(store)


def test_a_batch_of_nothing(store: Store) -> None:
    """A batch size that can't be is refused; no documents at all are fine."""
    assert store.add([]) == Added()
    with pytest.raises(InputError, match="batch"):
        store.add([ONE], batch=0)


def test_a_store_travels_to_other_processes(store: Store) -> None:
    """Pickling keeps the path, so that workers can open the store for themselves."""
    store.add(ONE)
    with pickle.loads(pickle.dumps(store)) as other:
        assert list(other) == [ONE]


def test_threads_read_while_one_writes(store: Store) -> None:
    """Readers in other threads see whole batches only, each no older than the one before."""
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        sizes = [0]
        while not done.is_set():
            sizes.append(len(store))
        if any(size % 5 for size in sizes) or any(a > b for a, b in pairwise(sizes)):
            wrong.append(sizes)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    store.add((evolve(ONE, id=str(number)) for number in range(50)), batch=5)
    done.set()
    for reader in readers:
        reader.join()
    assert (wrong, len(store)) == ([], 50)


def test_processes_made_by_fork(store: Store) -> None:
    """A forked worker reads through a connection of its own and leaves the parent's alone."""
    store.add(ONE)
    with multiprocessing.get_context("fork").Pool(2) as workers:
        assert workers.map(store.get, ["one", "two", "one"]) == [ONE, None, ONE]
    child = multiprocessing.get_context("fork").Process(target=store.close)
    child.start()
    child.join()
    store.add(TWO)
    assert list(store) == [ONE, TWO]


@pytest.mark.parametrize("name", ["a b?c#d%20e.db", "Größe “1”.db", ":memory:", "file:x?mode=ro"])
def test_odd_paths(tmp_path: Path, name: str) -> None:
    """Any file name is one, whatever it means in a URI."""
    with Store(tmp_path / "new" / name) as store:
        store.add(ONE)
    assert (tmp_path / "new" / name).stat().st_size > 0
    with Store(tmp_path / "new" / name, read_only=True) as store:
        assert list(store) == [ONE]
