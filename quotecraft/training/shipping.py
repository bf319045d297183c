"""Puts trained files into a model folder, with manifest and card."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import asdict

from quotecraft.weights import (
    MANIFEST,
    MANIFEST_FORMAT,
    Component,
    WeightsFile,
    file_sha256,
)

__all__ = ["DESCRIPTION", "VERSION", "describe_files", "ship"]

VERSION = "0.1.0"  # version of the English model as a whole
DESCRIPTION = "English news and fiction: who said what"


def describe_files(folder: Path, names: Sequence[str]) -> tuple[WeightsFile, ...]:
    """Return name, hash and size of some files of a folder.

    Raises:
        OSError: If one can't be read.
    """
    return tuple(
        WeightsFile(name, file_sha256(folder / name), (folder / name).stat().st_size)
        for name in names
    )


def ship(folder: Path, component: Component, files: Mapping[str, Path], card: str) -> None:
    """Copy a component's files into a model folder and enter it in the manifest.

    Other components of the manifest stay as they are.

    Args:
        folder: The model folder; its name is the model's.
        component: The component; its list of files is made anew from ``files``.
        files: For each file's name in the folder, where to copy it from; the main one first.
        card: Its model card in Markdown, written to the file that ``component.card`` names.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in files.items():
        if source.resolve() != (folder / name).resolve():
            shutil.copyfile(source, folder / name)
    (folder / component.card).write_text(card, encoding="utf-8")
    record = asdict(component)
    record["files"] = [asdict(entry) for entry in describe_files(folder, list(files))]
    manifest = _read(folder)
    others = [part for part in manifest["components"] if part["name"] != component.name]
    manifest["components"] = sorted([*others, record], key=lambda part: str(part["name"]))
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")


def _read(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if path.exists():
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return record
    return {
        "format": MANIFEST_FORMAT,
        "name": folder.name,
        "version": VERSION,
        "description": DESCRIPTION,
        "language": "en",
        "components": [],
    }
