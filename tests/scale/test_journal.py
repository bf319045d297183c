"""The journal keeps what was whole, whatever moment it was cut off at."""

from hypothesis import given, settings
from hypothesis import strategies as st

from quotecraft.scale.journal import Entry, Journal

lines = st.binary(max_size=40).filter(lambda data: b"\n" not in data)
entries = st.builds(Entry, st.text("0123456789abcdef", max_size=8), lines, st.integers(0, 9))


@settings(deadline=None)
@given(st.lists(entries, max_size=5), st.data())
def test_a_torn_journal_keeps_its_whole_entries(tmp_path_factory, given_entries, data) -> None:
    """Cut anywhere, a journal gives the entries before the cut, and goes on after them."""
    path = tmp_path_factory.mktemp("journal") / "j"
    journal, ends = Journal(path, 3), []
    for entry in given_entries:
        journal.add(entry)
        ends.append(path.stat().st_size)
    journal.close()
    size = path.stat().st_size if path.exists() else 0
    cut = data.draw(st.integers(0, size))
    if path.exists():
        with path.open("r+b") as stream:
            stream.truncate(cut)
    whole = [entry for entry, end in zip(given_entries, ends, strict=True) if end <= cut]
    again = Journal(path, 3)
    assert (list(again), again.count) == (whole, len(whole))
    more = Entry("ff", b"more", failed=True)
    again.add(more)
    again.close()
    assert list(Journal(path, 3)) == [*whole, more]


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_are_a_journal(tmp_path_factory, data: bytes) -> None:
    """Whatever a file holds, opening it gives whole entries or none, and never fails."""
    path = tmp_path_factory.mktemp("journal") / "j"
    path.write_bytes(b"0\n" + data)
    assert Journal(path, 0).count == len(list(Journal(path, 0)))


def test_a_changed_byte_ends_the_journal(tmp_path) -> None:
    """An entry whose data were changed on disk is not taken for what was written."""
    path = tmp_path / "j"
    journal = Journal(path, 0)
    for data in (b"one", b"two"):
        journal.add(Entry("aa", data))
    journal.close()
    path.write_bytes(path.read_bytes().replace(b"two", b"twO"))
    assert [entry.data for entry in Journal(path, 0)] == [b"one"]


def test_the_journal_of_another_shard_is_dropped(tmp_path) -> None:
    """What was left of a shard that is final already is not read again."""
    path = tmp_path / "j"
    journal = Journal(path, 0)
    journal.add(Entry("aa", b"one"))
    journal.close()
    assert Journal(path, 1).count == 0
    assert path.stat().st_size == 0
