"""Inputs, and runs that load no model."""

import json

import pytest

from quotecraft.scale import BatchOptions
from tests.scale.runs import NoModel


@pytest.fixture
def no_model(monkeypatch):
    """Let options load a stand-in."""
    monkeypatch.setattr(BatchOptions, "load", lambda self: NoModel())


@pytest.fixture
def articles(tmp_path):
    """Twenty-three lines: one is damaged, one fails, one has the id of another."""
    path = tmp_path / "in.jsonl"
    lines = [json.dumps({"id": f"a{n}", "text": f"Text {n}.", "n": n}) for n in range(23)]
    lines[5] = "{oops"
    lines[11] = json.dumps({"id": "bad", "text": "boom"})
    lines[17] = json.dumps({"id": "a2", "text": "Another."})
    path.write_text("\n".join(lines) + "\n")
    return path
