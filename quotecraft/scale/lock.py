"""One process at a time in a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quotecraft.errors import RunError

__all__ = ["locked"]

_LOCK = ".lock"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder, made if it isn't there; the system lets it go when the process ends.

    Raises:
        RunError: If another process holds it, or it can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        number = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        reason = error.strerror or str(error)
        raise RunError(f"{folder} can't be written ({reason}): give another folder") from error
    try:
        try:
            _hold(number)
        except OSError as error:
            raise RunError(
                f"another run is writing to {folder}: wait until it ends, or stop it"
            ) from error
        yield
    finally:
        os.close(number)


def _hold(number: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # only there
    else:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
