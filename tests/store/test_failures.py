"""What goes wrong with the file is told clearly, and costs nothing that was kept."""

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

from quotecraft import Store
from quotecraft.errors import StoreError
from quotecraft.store.schema import MIGRATIONS, migrate, schema_version
from tests.store.sample import article

ONE = article("one", [("Ana Ruiz", "“We stay,”")])


def many(count: int, size: int = 2000) -> Iterator:
    """Yield articles that don't compress well."""
    for number in range(count):
        text = os.urandom(size).hex()
        yield article(f"many-{number}", [("Ben", f"“{text}”")])


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that users without rights can reach, and take none of."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Go on as a user whom permissions bind: root may write anywhere."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_full_disk_keeps_what_was_committed(store: Store) -> None:
    """When the disk fills, the batch is gone whole, the earlier ones stay, and space helps."""
    store.add(ONE)
    connection = store._connections.get()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 20}")
    committed = []
    with pytest.raises(StoreError, match="disk is full"):
        store.add(many(30), batch=5, on_commit=committed.append)
    kept = sum(added.added for added in committed)
    assert len(store) == 1 + kept < 31
    assert kept % 5 == 0
    assert store["one"] == ONE
    connection.execute("PRAGMA max_page_count = 1000000")
    store.add(many(30))
    assert (len(store), store.count()) == (31, 31)


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """A limit on file size, as quotas set, ends adding with an error of ours and a whole store."""
    code = (
        "import resource, sys\n"
        "from quotecraft import Store\n"
        "from quotecraft.errors import StoreError\n"
        "from tests.store.test_failures import ONE, many\n"
        "store = Store(sys.argv[1])\n"
        "store.add(ONE)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))\n"
        "try:\n"
        "    store.add(many(500), batch=10, on_commit=lambda a: print(a.added, flush=True))\n"
        "except StoreError as error:\n"
        "    print(error, file=sys.stderr)\n"
        "    sys.exit(3)\n"
    )
    path = tmp_path / "s.db"
    run = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=Path(__file__).parents[2],
    )
    assert (run.returncode, str(path) in run.stderr) == (3, True)
    assert "disk" in run.stderr
    with Store(path) as store:
        assert len(store) == 1 + sum(map(int, run.stdout.split()))
        assert store["one"] == ONE
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_a_folder_that_cannot_be_written(open_folder: Path, unprivileged: None) -> None:
    """A store can't be made where files can't; the message names the path."""
    with pytest.raises(StoreError, match=r"s\.db.*(permissions|Permission)"):
        Store(open_folder / "s.db")
    with pytest.raises(StoreError, match=r"s\.db.*can't be made"):
        Store(open_folder / "sub" / "s.db")


def test_a_store_that_cannot_be_written(open_folder: Path, request: pytest.FixtureRequest) -> None:
    """A store on a read-only medium is read; adding to it is refused and changes nothing."""
    path = open_folder / "s.db"
    with Store(path) as store:
        store.add(ONE)
    before = path.read_bytes()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    request.getfixturevalue("unprivileged")
    with Store(path, read_only=True) as store:
        assert list(store) == [ONE]
        assert store.count("stay") == 1
    with pytest.raises(StoreError, match="written"), Store(path) as store:
        store.add(evolve(ONE, id="two"))
    assert path.read_bytes() == before


def test_reading_only(path: Path) -> None:
    """A store opened for reading refuses to be changed."""
    with Store(path) as store:
        store.add(ONE)
    with Store(path, read_only=True) as store:
        for change in (lambda: store.add(ONE), lambda: store.delete("one")):
            with pytest.raises(StoreError, match="reading only"):
                change()
        assert list(store) == [ONE]


@pytest.mark.parametrize("options", [{"read_only": True}, {"create": False}])
def test_a_store_that_does_not_exist(path: Path, options: dict) -> None:
    """Without leave to make one, a missing store is an error and is not made."""
    with pytest.raises(StoreError, match="no such store"):
        Store(path, **options)
    assert not path.exists()


@pytest.mark.parametrize("options", [{}, {"read_only": True}])
@pytest.mark.parametrize("content", [b"just some text, not a database" * 99, b"SQLite format 3\0x"])
def test_a_file_of_another_kind(path: Path, content: bytes, options: dict) -> None:
    """A file that is no database is refused and left as it is."""
    path.write_bytes(content)
    with pytest.raises(StoreError, match="no quotecraft store"):
        Store(path, **options)
    assert path.read_bytes() == content


@pytest.mark.parametrize("options", [{}, {"read_only": True}])
def test_a_database_of_another_program(path: Path, options: dict) -> None:
    """Another program's database is refused and left as it is."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="no quotecraft store"):
        Store(path, **options)
    assert path.read_bytes() == before


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    """A folder's path is refused by name."""
    with pytest.raises(StoreError, match="folder"):
        Store(tmp_path)


def test_a_damaged_store(store: Store, path: Path) -> None:
    """A record that was damaged on disk is an error of ours, not a wrong document."""
    store.add(ONE)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE documents SET record = substr(record, 1, 20)")
    connection.close()
    with pytest.raises(Exception, match="damaged"):
        store["one"]


def test_a_writer_that_takes_too_long(path: Path) -> None:
    """A second writer waits for as long as it was told, then says why."""
    with Store(path) as store, Store(path, timeout=0.05) as impatient:
        store.add(ONE)
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process is writing"):
            impatient.add(evolve(ONE, id="two"))
        assert impatient.ids() == ("one",)
        holder.execute("ROLLBACK")
        holder.close()
        impatient.add(evolve(ONE, id="two"))
        assert store.ids() == ("one", "two")


def test_a_newer_store_is_refused(path: Path) -> None:
    """A store that a later version made is neither read nor changed."""
    Store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    for options in ({}, {"read_only": True}):
        with pytest.raises(StoreError, match=r"newer quotecraft.*--upgrade"):
            Store(path, **options)


STEP = (
    "ALTER TABLE documents ADD COLUMN language TEXT",
    "UPDATE documents SET language = 'en'",
)


def test_an_older_store_is_brought_up(path: Path) -> None:
    """Opening a store of the version before runs the step between, once, and keeps documents."""
    with Store(path) as store:
        store.add(ONE)
    connection = sqlite3.connect(path, isolation_level=None)
    migrate(connection, "s", [*MIGRATIONS, STEP])
    migrate(connection, "s", [*MIGRATIONS, STEP])
    assert schema_version(connection) == len(MIGRATIONS) + 1
    assert connection.execute("SELECT id, language FROM documents").fetchall() == [("one", "en")]
    connection.close()


def test_a_step_that_fails_changes_nothing(path: Path) -> None:
    """A migration that can't be finished leaves the store at its version, tables and all."""
    with Store(path) as store:
        store.add(ONE)
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        migrate(connection, "s", [*MIGRATIONS, (*STEP, "DROP TABLE missing")])
    connection.close()
    with Store(path) as store:
        assert list(store) == [ONE]
        assert store.info().schema_version == len(MIGRATIONS)


def test_sqlite_without_full_text_search(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where SQLite lacks FTS5, the error says what to do, in place of a crash later."""
    from quotecraft.store import connection

    def without(_: sqlite3.Connection) -> set[str]:
        return {"json_each"}

    monkeypatch.setattr(connection, "_modules", without)
    with pytest.raises(StoreError, match=r"FTS5.*Python"):
        Store(path)


def test_a_damaged_schema(store: Store, path: Path) -> None:
    """A schema whose text is no UTF-8 any more is a damaged store, not a Unicode error."""
    store.add(ONE)
    store.close()
    data = path.read_bytes()
    path.write_bytes(data.replace(b"CREATE TABLE documents", b"CREATE\xffTABLE documents"))
    with pytest.raises(StoreError, match="damaged"):
        Store(path).ids()
