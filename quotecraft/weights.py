"""Shipped model files: found as package data and checked by hash before they load.

A model is a folder with a ``manifest.json`` and the files of its components (tokenizer, tagger …).
The manifest says what each file's SHA-256 is, what it was made from and how well it does.

>>> info = model_info("en")
>>> path = weights_path("tokenizer")
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from threading import Lock
from typing import Any

from attrs import field, frozen

from quotecraft.errors import WeightsError

__all__ = [
    "MANIFEST",
    "MANIFEST_FORMAT",
    "MODELS",
    "Component",
    "ModelInfo",
    "WeightsFile",
    "file_sha256",
    "list_models",
    "model_info",
    "model_names",
    "weights_path",
]

MODELS = Path(__file__).parent / "models"  # where the shipped models lie
MANIFEST = "manifest.json"
MANIFEST_FORMAT = 1  # layout of the manifest that this version reads

_REINSTALL = "reinstall: pip install --force-reinstall quotecraft"
_CHUNK = 1 << 20

_checked: dict[tuple[str, int, int], str] = {}
_lock = Lock()


@frozen
class WeightsFile:
    """One file of a component.

    Attributes:
        path: Its name inside the model's folder.
        sha256: SHA-256 of its bytes, in lower-case hex.
        size: Its size in bytes.
    """

    path: str
    sha256: str
    size: int


@frozen
class Component:
    """One trained part of a model: a tokenizer, a tagger, a scorer.

    Attributes:
        name: What the rest of the library calls it ("tokenizer").
        version: Its own version, apart from the library's.
        description: What it does, in one line.
        licence: Under which licence its files may be used.
        date: Day it was trained, ISO 8601.
        files: Its files; the first is the main one.
        card: Name of its model card (Markdown) inside the model's folder; empty without one.
        data: The data sets it was trained and measured on, each with name, licence and use.
        hyperparameters: What it was trained with.
        figures: What it scored, by test.
    """

    name: str
    version: str
    description: str
    licence: str
    date: str
    files: tuple[WeightsFile, ...]
    card: str = ""
    data: tuple[Mapping[str, Any], ...] = ()
    hyperparameters: Mapping[str, Any] = field(factory=dict, hash=False)
    figures: Mapping[str, Any] = field(factory=dict, hash=False)


@frozen
class ModelInfo:
    """What a model is, as its manifest says.

    Attributes:
        name: How ``quotecraft.load`` is asked for it ("en").
        version: Version of the whole.
        description: What it is for, in one line.
        language: ISO 639-1 code of the language it reads.
        components: Its trained parts.
        folder: Where its files lie.
    """

    name: str
    version: str
    description: str
    language: str
    components: tuple[Component, ...]
    folder: Path

    @property
    def size(self) -> int:
        """Size of all its files, in bytes."""
        return sum(file.size for part in self.components for file in part.files)

    @property
    def card(self) -> str:
        """The model card in Markdown: a header, then the card of each component.

        Raises:
            WeightsError: If a component's card is missing.
        """
        lines = [f"# Model {self.name} {self.version}", "", self.description, ""]
        lines += ["| component | version | file | bytes | SHA-256 | licence |", "|" + "---|" * 6]
        for part in self.components:
            lines += [
                f"| {part.name} | {part.version} | {file.path} | {file.size} | {file.sha256} "
                f"| {part.licence} |"
                for file in part.files
            ]
        cards = [self._read_card(part) for part in self.components if part.card]
        return "\n".join([*lines, "", *cards])

    def _read_card(self, part: Component) -> str:
        try:
            return (self.folder / part.card).read_text(encoding="utf-8")
        except OSError as error:
            raise WeightsError(
                f"model {self.name!r}: the card {part.card} of its {part.name} can't be read from "
                f"{self.folder}; {_REINSTALL}"
            ) from error

    def component(self, name: str) -> Component:
        """Return the component of this name.

        Raises:
            WeightsError: If the model has none.
        """
        for part in self.components:
            if part.name == name:
                return part
        known = ", ".join(part.name for part in self.components) or "none"
        raise WeightsError(f"model {self.name!r} has no component {name!r}; it has: {known}")

    def path(self, component: str, file: str | None = None) -> Path:
        """Return the path of a component's file after checking its hash.

        Args:
            component: Name of the component.
            file: Name of the file; the component's main one when not given.

        Raises:
            WeightsError: If there is no such component or file, or it is missing or damaged.
        """
        files = self.component(component).files
        wanted = files[0].path if file is None and files else file
        for entry in files:
            if entry.path == wanted:
                return _verified(self.folder / entry.path, entry, self.name)
        raise WeightsError(f"model {self.name!r}: its {component} has no file {wanted!r}")

    def verify(self) -> None:
        """Check the hash of every file.

        Raises:
            WeightsError: If a file is missing or damaged.
        """
        for part in self.components:
            for entry in part.files:
                _verified(self.folder / entry.path, entry, self.name)


def list_models(root: Path = MODELS) -> tuple[ModelInfo, ...]:
    """Return every model under a folder, sorted by name.

    Args:
        root: Folder of model folders; the shipped ones by default.

    Raises:
        WeightsError: If a manifest can't be read or was made for another version.
    """
    return tuple(_read_manifest(path.parent) for path in sorted(root.glob(f"*/{MANIFEST}")))


def model_names(root: Path = MODELS) -> tuple[str, ...]:
    """Return the name of every model under a folder, sorted; reads no file.

    Args:
        root: Folder of model folders; the shipped ones by default.
    """
    return tuple(sorted(path.parent.name for path in root.glob(f"*/{MANIFEST}")))


def model_info(name: str = "en", root: Path = MODELS) -> ModelInfo:
    """Return what is known of one model.

    Args:
        name: Its name.
        root: Folder of model folders; the shipped ones by default.

    Raises:
        WeightsError: If there is no such model, or its manifest can't be read or was made for
            another version.
    """
    known = model_names(root)
    if name in known:
        return _read_manifest(root / name)
    available = f"available: {', '.join(known)}" if known else f"{root} holds none; {_REINSTALL}"
    raise WeightsError(f"there is no model {name!r}; {available}")


def weights_path(
    component: str, file: str | None = None, *, model: str = "en", root: Path = MODELS
) -> Path:
    """Return the path of a weights file, checked by hash once per process.

    Args:
        component: Name of the component ("tokenizer").
        file: Name of the file; the component's main one when not given.
        model: Name of the model.
        root: Folder of model folders; the shipped ones by default.

    Raises:
        WeightsError: If the model, component or file does not exist, or the file is damaged.
    """
    return model_info(model, root).path(component, file)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in lower-case hex.

    Raises:
        OSError: If the file can't be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _verified(path: Path, entry: WeightsFile, model: str) -> Path:
    try:
        status = path.stat()
        key = (str(path), status.st_size, status.st_mtime_ns)
        with _lock:
            actual = _checked.get(key) or _checked.setdefault(key, file_sha256(path))
    except OSError as error:
        raise WeightsError(
            f"model {model!r}: the weights file {path} is missing or can't be read "
            f"({error.strerror}); {_REINSTALL}"
        ) from error
    if actual != entry.sha256:
        raise WeightsError(
            f"model {model!r}: the weights file {path} is damaged or of another version: its "
            f"SHA-256 is {actual}, expected {entry.sha256}; {_REINSTALL}"
        )
    return path


def _read_manifest(folder: Path) -> ModelInfo:
    path = folder / MANIFEST
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        found = record["format"]
        if found != MANIFEST_FORMAT:
            raise WeightsError(
                f"{path} has format {found}, but this quotecraft reads format {MANIFEST_FORMAT}: "
                "the model was made for another version; install the two together: "
                "pip install --force-reinstall quotecraft"
            )
        return ModelInfo(
            name=record["name"],
            version=record["version"],
            description=record["description"],
            language=record["language"],
            components=tuple(_component(part) for part in record["components"]),
            folder=folder,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(
            f"the manifest {path} can't be read ({type(error).__name__}: {error}); {_REINSTALL}"
        ) from error


def _component(record: Mapping[str, Any]) -> Component:
    return Component(
        name=record["name"],
        version=record["version"],
        description=record["description"],
        licence=record["licence"],
        date=record["date"],
        files=tuple(WeightsFile(f["path"], f["sha256"], f["size"]) for f in record["files"]),
        card=record.get("card", ""),
        data=tuple(record.get("data", ())),
        hyperparameters=record.get("hyperparameters", {}),
        figures=record.get("figures", {}),
    )
