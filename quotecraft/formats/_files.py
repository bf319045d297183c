"""Which files hold documents, and which hold texts yet to be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from quotecraft.errors import FormatError
from quotecraft.formats._json import decode

__all__ = ["document_files"]

_ALWAYS = {".jsonld": "webannotation", ".tei": "tei"}
_TASKS = ".labelstudio.json"
_LINES = (".jsonl", ".ndjson")
_TABLES = (".parquet", ".pq")
_TEXTS = (".txt", ".text", ".html", ".htm", ".xhtml", ".csv", ".tsv")
_SCHEMA = "quotecraft/"
_HEADER = 1 << 12  # bytes that names of columns are looked for in
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
                Path(name).suffix.lower() in (*_ALWAYS, *_LINES, *_TABLES, *_TEXTS)
                or name.lower().endswith(_TASKS)
            )
        )
    return sorted(path for path in found if not _lists_quotations(path))


def _format_of(path: str) -> str | None:
    suffix = Path(path).suffix.lower()
    if path.lower().endswith(_TASKS):
        return "labelstudio"
    if suffix in _TABLES:
        from quotecraft.formats.parquet import holds_texts

        return None if holds_texts(path) else "parquet"
    if suffix in _LINES and _begins_with_record(path):
        return "jsonl"
    return _ALWAYS.get(suffix)


def _lists_quotations(path: str) -> bool:
    """Say whether a file is what ``formats.csv`` writes: quotations, without their texts."""
    if Path(path).suffix.lower() != ".csv":
        return False
    try:
        with Path(path).open("rb") as lines:
            return b",content_text," in lines.readline(_HEADER)
    except OSError:
        return False


def _begins_with_record(path: str) -> bool:
    try:
        with Path(path).open("rb") as lines:
            some = iter(lambda: lines.readline(_PEEK), b"")
            first = next((line for line in some if line.strip()), b"")
        record = decode(first.removeprefix(b"\xef\xbb\xbf"))
    except (OSError, FormatError):
        return False
    return isinstance(record, dict) and str(record.get("schema", "")).startswith(_SCHEMA)
