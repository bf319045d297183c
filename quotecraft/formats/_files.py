"""Which files hold documents, and which hold texts yet to be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from quotecraft.errors import FormatError
from quotecraft.formats._json import decode

__all__ = ["document_files"]

_ALWAYS = {".parquet": "parquet", ".pq": "parquet", ".jsonld": "webannotation", ".tei": "tei"}
_TASKS = ".labelstudio.json"
_LINES = (".jsonl", ".ndjson")
_TEXTS = (".txt", ".text", ".html", ".htm", ".xhtml")
_SCHEMA = "quotecraft/"
_PEEK = 64 << 20  # bytes of a first line that are looked at


def document_files(paths: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Yield each file with its format; see ``quotecraft.formats.document_files``."""
    for path in paths:
        files = _files_in(path) if path != "-" and Path(path).is_dir() else []
        for file in files or [path]:
            yield file, _format_of(file)


def _files_in(folder: str) -> list[str]:
    found: list[str] = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found.extend(
            Path(root, name).as_posix()
            for name in names
            if not name.startswith(".")
            and (
                Path(name).suffix.lower() in (*_ALWAYS, *_LINES, *_TEXTS)
                or name.lower().endswith(_TASKS)
            )
        )
    return sorted(found)


def _format_of(path: str) -> str | None:
    suffix = Path(path).suffix.lower()
    if path.lower().endswith(_TASKS):
        return "labelstudio"
    if suffix in _LINES and _begins_with_record(path):
        return "jsonl"
    return _ALWAYS.get(suffix)


def _begins_with_record(path: str) -> bool:
    try:
        with Path(path).open("rb") as lines:
            some = iter(lambda: lines.readline(_PEEK), b"")
            first = next((line for line in some if line.strip()), b"")
        record = decode(first.removeprefix(b"\xef\xbb\xbf"))
    except (OSError, FormatError):
        return False
    return isinstance(record, dict) and str(record.get("schema", "")).startswith(_SCHEMA)
