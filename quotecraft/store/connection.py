"""SQLite connections to a store: opening, transactions, and errors that say what to do."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quotecraft.errors import StoreError
from quotecraft.store.schema import APPLICATION_ID, migrate, schema_version

__all__ = ["Connections", "translated"]

_REASONS = {  # by SQLite's primary result code
    sqlite3.SQLITE_BUSY: "another process is writing; try again, or wait longer with `timeout`",
    sqlite3.SQLITE_LOCKED: "another connection is writing; try again",
    sqlite3.SQLITE_FULL: "the disk is full; free some space and run it again",
    sqlite3.SQLITE_READONLY: "it can't be written; change permissions, or open it with read_only",
    sqlite3.SQLITE_PERM: "it may not be opened; change its permissions",
    sqlite3.SQLITE_CANTOPEN: "it can't be opened; check the path and its permissions",
    sqlite3.SQLITE_IOERR: "the disk can't be read or written (is it full?)",
    sqlite3.SQLITE_CORRUPT: "it is damaged; export what can be read, or restore a copy",
    sqlite3.SQLITE_NOTADB: "no quotecraft store; give another path",
    sqlite3.SQLITE_TOOBIG: "a document is larger than SQLite can hold (1 GB)",
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ``StoreError``."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        reason = _REASONS.get(code & 0xFF) if isinstance(code, int) else None
        if reason is None and "closed database" in str(error):
            reason = "it was closed; open it again"
        detail = f"{reason} (SQLite: {error})" if reason else f"SQLite: {error}"
        raise StoreError(f"{path}: {detail}") from error
    except UnicodeDecodeError as error:  # a damaged schema makes SQLite's own message unreadable
        raise StoreError(f"{path}: {_REASONS[sqlite3.SQLITE_CORRUPT]} ({error})") from error


class Connections:
    """One connection a thread and process to one store, made when it is needed.

    Args:
        path: The store.
        create: Make it if it does not exist.
        read_only: Only read.
        timeout: Seconds to wait for another writer.

    Raises:
        StoreError: If it can't be opened.
    """

    def __init__(self, path: Path, *, create: bool, read_only: bool, timeout: float) -> None:
        self.path = path
        self.read_only = read_only
        self.timeout = timeout
        self._local = threading.local()
        self._made: list[tuple[int, sqlite3.Connection]] = []  # each with its process
        self._closed = False
        self._create = create and not read_only
        self.get()
        self._create = False  # it exists now; if somebody removes it, don't make an empty one

    def get(self) -> sqlite3.Connection:
        """Return this thread's connection."""
        if self._closed:
            raise StoreError(f"{self.path}: the store was closed; open it again")
        held = getattr(self._local, "held", None)
        if held is None or held[0] != os.getpid():  # SQLite forbids use of one across a fork
            connection = self._open()
            self._local.held = (os.getpid(), connection)
            self._made.append(self._local.held)
            return connection
        found: sqlite3.Connection = held[1]
        return found

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for reading: one state of the store, whatever others write."""
        with translated(self.path):
            connection = self.get()
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside a transaction: all of it is kept, or nothing.

        Raises:
            StoreError: If the store can't be written; it is as it was before.
        """
        if self.read_only:
            raise StoreError(f"{self.path}: opened for reading only; open it without read_only")
        with translated(self.path):
            connection = self.get()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("UPDATE settings SET value = value + 1 WHERE name = 'changes'")
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # SQLite may have rolled it back itself
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the connections of all threads.

        Those that a fork inherited are left alone, and are never collected: closing them would
        disturb the parent's.
        """
        self._closed = True
        for process, connection in self._made:
            if process == os.getpid():
                with suppress(sqlite3.Error):
                    connection.close()

    def _open(self) -> sqlite3.Connection:
        if not self.path.exists():
            if not self._create:
                raise StoreError(f"{self.path}: no such store; check the path, or add documents")
            self._make_folder()
        if self.path.is_dir():
            raise StoreError(f"{self.path}: a folder; a store is one file, give its path")
        if self.read_only:
            return self._open_to_read()
        connection = self._connect("rwc" if self._create else "rw")
        try:
            with translated(self.path):
                _require_fts5(connection)
                if schema_version(connection) == 0:
                    self._refuse_unwritable()
                connection.execute("PRAGMA foreign_keys = ON")
                migrate(connection, str(self.path))
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _refuse_unwritable(self) -> None:
        if self.path.exists() and not os.access(self.path, os.W_OK):
            raise StoreError(f"{self.path}: it can't be written here; change its permissions")

    def _make_folder(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError(f"{self.path}: can't be made: {reason}; give another path") from error

    def _open_to_read(self) -> sqlite3.Connection:
        connection = self._connect("ro")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            connection.close()
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or self._has_log():
                with translated(self.path):
                    raise
            connection = self._connect("ro&immutable=1")  # a medium that nobody can write
        try:
            with translated(self.path):
                _require_fts5(connection)
                self._check_readable(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _check_readable(self, connection: sqlite3.Connection) -> None:
        from quotecraft.store.schema import MIGRATIONS

        application = connection.execute("PRAGMA application_id").fetchone()[0]
        if application != APPLICATION_ID:
            raise StoreError(f"{self.path}: no quotecraft store; give another path")
        if schema_version(connection) != len(MIGRATIONS):
            migrate(connection, str(self.path))  # refuses a newer one

    def _has_log(self) -> bool:
        log = self.path.with_name(self.path.name + "-wal")
        return log.exists() and log.stat().st_size > 0

    def _connect(self, mode: str) -> sqlite3.Connection:
        with translated(self.path):
            connection = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=self.timeout,
                isolation_level=None,
                check_same_thread=False,
            )
            connection.execute("PRAGMA trusted_schema = OFF")  # a file may come from anybody
        return connection


def _modules(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("PRAGMA module_list")}


def _require_fts5(connection: sqlite3.Connection) -> None:
    if "fts5" not in _modules(connection):
        raise StoreError(
            "this Python's SQLite has no full-text search (FTS5), which a store needs: use a "
            "Python whose sqlite3 has it, such as python.org's or your distribution's"
        )
