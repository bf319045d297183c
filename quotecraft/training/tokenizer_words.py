"""The word lists of the tokenizer's training texts (``tokenizer_words.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

__all__ = ["months", "pick", "words"]

_FILE = Path(__file__).with_name("tokenizer_words.toml")


@cache
def words(name: str) -> tuple[str, ...]:
    """Return one list of the file.

    Raises:
        KeyError: If there is no such list.
    """
    return tuple(_read()[name])


def pick(rng: Random, name: str) -> str:
    """Choose a word of one list of the file."""
    return rng.choice(words(name))


@cache
def months() -> dict[str, str]:
    """Return the abbreviation of each month that has one."""
    return dict(_read()["months"])


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
