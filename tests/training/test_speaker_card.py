"""The fitted figures of speakers in a model folder: complete, hashed, described."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from quotecraft.errors import WeightsError
from quotecraft.training.speaker_card import FILES, ship_speakers
from quotecraft.weights import MODELS, model_info


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "en"
    folder.mkdir()
    for name in FILES:
        shutil.copyfile(MODELS / "en" / name, folder / name)
    return folder


def test_a_whole_set_is_entered_with_its_card(tmp_path: Path) -> None:
    """All files get their hash, and the card names every data set with its licence."""
    assert ship_speakers(_folder(tmp_path))
    info = model_info("en", tmp_path)
    assert [file.path for file in info.component("speakers").files] == list(FILES)
    info.verify()
    for data in info.component("speakers").data:
        assert f"{data['name']}; licence: {data['licence']}" in info.card


def test_a_part_alone_is_not_entered(tmp_path: Path) -> None:
    """A trial run that made one file leaves no manifest that says it were all."""
    folder = _folder(tmp_path)
    (folder / "cast.json").unlink()
    assert not ship_speakers(folder)
    assert not (folder / "manifest.json").exists()


def test_a_changed_figure_is_refused(tmp_path: Path) -> None:
    """Weights that are not those of the manifest don't load."""
    folder = _folder(tmp_path)
    ship_speakers(folder)
    with (folder / "speakers.json").open("a", encoding="utf-8") as file:
        file.write(" ")
    with pytest.raises(WeightsError, match=r"speakers\.json is damaged"):
        model_info("en", tmp_path).path("speakers", "speakers.json")


def test_the_shipped_figures_are_those_of_the_manifest() -> None:
    """What ships is what was entered."""
    component = model_info("en").component("speakers")
    assert {file.path for file in component.files} == set(FILES)
    model_info("en").verify()
