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
