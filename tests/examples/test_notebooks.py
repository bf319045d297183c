"""The notebooks in examples/: each runs to its end and shows what it promises."""

import os
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat", reason="nbclient is not installed")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed")
pytest.importorskip("altair", reason="the report extra is not installed")

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))


def pictures(notebook: Any) -> list[int]:
    """Return the numbers of the cells that show a picture."""
    return [
        number
        for number, cell in enumerate(notebook.cells)
        if any("image/svg+xml" in output.get("data", {}) for output in cell.get("outputs", []))
    ]


def test_there_are_three() -> None:
    """An audit of an outlet, a politician over time, and a short story."""
    names = [path.stem for path in NOTEBOOKS]
    assert names == ["politician", "short-story", "source-audit"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs(path: Path) -> None:
    """Every cell runs without an error, and the same cells show pictures as in the file."""
    kept = nbformat.read(path, as_version=4)
    again = nbformat.read(path, as_version=4)
    for cell in again.cells:
        cell.pop("outputs", None)
        if cell.cell_type == "code":
            cell.outputs = []
    client = nbclient.NotebookClient(
        again, timeout=300, resources={"metadata": {"path": str(path.parent)}}
    )
    search = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    client.execute(env={**os.environ, "PYTHONPATH": search})
    assert pictures(again) == pictures(kept)
    assert len(pictures(kept)) >= 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_holds_no_machine(path: Path) -> None:
    """The outputs in the file name no folder of the machine they were made on."""
    text = path.read_text(encoding="utf-8")
    assert not [
        folder for folder in ("/home/", "/root/", "/tmp/", "/Users/", "C:\\\\") if folder in text
    ]
    assert all("outputs" in c for c in nbformat.reads(text, 4).cells if c.cell_type == "code")
