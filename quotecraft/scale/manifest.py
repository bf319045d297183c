"""What a run was made with, so that nothing else is ever mixed into its output."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from quotecraft import __version__
from quotecraft.errors import RunError
from quotecraft.formats._io import write_whole
from quotecraft.scale.options import BatchOptions
from quotecraft.text import list_inputs
from quotecraft.weights import model_info

__all__ = ["Manifest"]

_FORMAT = 1  # layout of the folder that this version writes
_LIBRARIES = ("numpy", "onnxruntime", "stanza", "tokenizers")  # results can depend on these
_ADVICE = "give the same again to go on, or another folder for a new run"


@frozen
class Manifest:
    """What the output of a run depends on, and how far it has come.

    Attributes:
        model: Name and version of the pipeline, as in ``Document.model``.
        weights: SHA-256 of each file of the model.
        options: The options.
        versions: Versions of quotecraft, Python and the libraries that compute.
        input: The paths given, the number of their files and a digest of names and sizes.
        totals: When complete, the numbers of documents, of failures and of quotations.
        complete: Whether all inputs were read.
    """

    model: str
    weights: dict[str, str]
    options: dict[str, Any]
    versions: dict[str, str]
    input: dict[str, Any]
    totals: dict[str, int]
    complete: bool = False

    @classmethod
    def of(cls, paths: Sequence[str], options: BatchOptions) -> Manifest:
        """Describe a run that is about to begin.

        Args:
            paths: Its input.
            options: Its options.

        Raises:
            WeightsError: If the model does not exist, or a file of it is missing or damaged.
        """
        components = model_info(options.model).components
        return cls(
            model=options.load().name,
            weights={file.path: file.sha256 for part in components for file in part.files},
            options=asdict(options),
            versions=_versions(options),
            input=_listed(paths),
            totals={},
        )

    @classmethod
    def read(cls, path: Path) -> Manifest | None:
        """Read a manifest; ``None`` if there is none.

        Raises:
            RunError: If it is damaged, or of another version's layout.
        """
        try:
            record = json.loads(path.read_bytes())
            if record.pop("format") != _FORMAT:
                raise RunError(f"{path} was written by another version of quotecraft; {_ADVICE}")
            return cls(**record)
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RunError(f"{path} is damaged ({error}): use another folder") from error

    def write(self, path: Path) -> None:
        """Write the manifest in one step.

        Raises:
            FormatError: If it can't be written.
        """
        record = {"format": _FORMAT, **asdict(self)}
        write_whole(path, [json.dumps(record, indent=2).encode("ascii"), b"\n"])

    def check(self, wanted: Manifest, folder: Path) -> None:
        """Make sure that a run may go on with this manifest's output.

        Args:
            wanted: What the run would be made with.
            folder: Where the output lies, for the message.

        Raises:
            RunError: If the two differ; it names each difference.
        """
        if differences := list(self._differences(wanted)):
            raise RunError(
                f"{folder} holds a run that was made otherwise: {'; '.join(differences)}. One "
                f"output never mixes two: {_ADVICE}"
            )

    def _differences(self, wanted: Manifest) -> Iterator[str]:
        if self.model != wanted.model:
            yield f"the model was {self.model}, now it is {wanted.model}"
        elif self.weights != wanted.weights:
            yield "the model's weights were others"
        for what, old, new in (
            ("option", self.options, wanted.options),
            ("version of", self.versions, wanted.versions),
        ):
            for name in sorted({*old, *new} - {"model"}):
                if old.get(name) != new.get(name):
                    yield f"{what} {name} was {old.get(name)}, now it is {new.get(name)}"
        if self.input != wanted.input:
            yield f"the input was {_shown(self.input)}, now it is {_shown(wanted.input)}"


def _versions(options: BatchOptions) -> dict[str, str]:
    libraries = (*_LIBRARIES, *(["pyarrow"] if options.format == "parquet" else []))
    if options.coreference is not None:
        libraries = (*libraries, "peft", "torch", "transformers")
    python = ".".join(map(str, sys.version_info[:2]))
    found = {name: version(name) for name in libraries}
    return {"quotecraft": __version__, "python": python, **found}


def _listed(paths: Sequence[str]) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    for name, size in list_inputs(paths):
        digest.update(json.dumps([name, size]).encode("ascii"))
        count += 1
    return {"paths": list(paths), "files": count, "sha256": digest.hexdigest()}


def _shown(listed: dict[str, Any]) -> str:
    names = ", ".join(map(str, listed.get("paths", ())))
    digest = str(listed.get("sha256"))[:8]
    return f"{names} ({listed.get('files')} files, names and sizes {digest}…)"
