"""A fresh store for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotecraft import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store may be made."""
    return tmp_path / "store.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store(path) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """Two stores for tests of many examples, each of which empties them first (``emptied``)."""
    folder = tmp_path_factory.mktemp("shared")
    with Store(folder / "a.db") as one, Store(folder / "b.db") as two:
        yield one, two
