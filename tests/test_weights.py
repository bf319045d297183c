"""Shipped model files: manifest, hashes, errors."""

import hashlib
import json

import pytest

from quotecraft.errors import WeightsError
from quotecraft.weights import list_models, model_info, weights_path


def _component(name, **files):
    return {
        "name": name,
        "version": "3",
        "description": f"a {name}",
        "licence": "CC0",
        "date": "2026-01-02",
        "card": f"{name}.md",
        "files": [
            {"path": path, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            for path, content in files.items()
        ],
    }


@pytest.fixture
def root(tmp_path):
    """A folder with one model of two components."""
    contents = {"one.bin": b"first", "two.bin": b"second", "three.bin": b"third!"}
    folder = tmp_path / "xx"
    folder.mkdir()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    for name in ("splitter", "labeller"):
        (folder / f"{name}.md").write_text(f"## Card of the {name}\n")
    first = _component("splitter", **{"one.bin": b"first"})
    second = _component("labeller", **{"two.bin": b"second", "three.bin": b"third!"})
    manifest = {
        "format": 1,
        "name": "xx",
        "version": "0.9",
        "description": "for tests",
        "language": "xx",
        "components": [first, second],
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return tmp_path


def _edit(root, **changes):
    path = root / "xx" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_a_model_is_what_its_manifest_says(root):
    """Name, version and size come from the manifest."""
    info = model_info("xx", root)
    assert (info.name, info.version, info.language, info.size) == ("xx", "0.9", "xx", 17)


def test_models_are_listed(root):
    """Every folder with a manifest is a model; other folders are not."""
    (root / "empty").mkdir()
    assert [info.name for info in list_models(root)] == ["xx"]


def test_the_main_file_is_the_first(root):
    """A component's path is that of its first file, or of the one asked for."""
    paths = [
        weights_path("labeller", model="xx", root=root),
        weights_path("labeller", "three.bin", model="xx", root=root),
    ]
    assert [root / "xx" / "two.bin", root / "xx" / "three.bin"] == paths


def test_a_damaged_file_is_refused(root):
    """A changed file names itself, both hashes and the remedy."""
    path = root / "xx" / "one.bin"
    path.write_bytes(b"f1rst")
    with pytest.raises(WeightsError) as caught:
        weights_path("splitter", model="xx", root=root)
    message = str(caught.value)
    expected, actual = (hashlib.sha256(b).hexdigest() for b in (b"first", b"f1rst"))
    needed = [str(path), expected, actual, "pip install --force-reinstall quotecraft"]
    assert [part for part in needed if part not in message] == []


def test_a_file_damaged_after_its_check_is_refused(root):
    """The check is remembered for the file as it was, not for its name."""
    assert weights_path("splitter", model="xx", root=root).exists()
    (root / "xx" / "one.bin").write_bytes(b"first, and more")
    with pytest.raises(WeightsError, match="damaged"):
        weights_path("splitter", model="xx", root=root)


def test_a_missing_file_is_named(root):
    """A missing file names itself and the remedy."""
    (root / "xx" / "one.bin").unlink()
    with pytest.raises(WeightsError, match=r"one\.bin is missing.*force-reinstall"):
        weights_path("splitter", model="xx", root=root)


def test_verify_checks_every_file(root):
    """Damage in any file of any component is found."""
    (root / "xx" / "three.bin").write_bytes(b"third?")
    with pytest.raises(WeightsError, match=r"three\.bin"):
        model_info("xx", root).verify()


def test_verify_accepts_intact_files(root):
    """Intact files pass."""
    assert model_info("xx", root).verify() is None


def test_an_unknown_model_names_the_known(root):
    """Asking for a model that is not there says which are."""
    with pytest.raises(WeightsError, match="no model 'yy'; available: xx"):
        model_info("yy", root)


def test_a_name_is_no_path(root):
    """A name with path parts never leaves the folder of models."""
    with pytest.raises(WeightsError, match="no model"):
        model_info("../xx", root / "xx")


def test_an_unknown_component_names_the_known(root):
    """Asking for a component that is not there says which are."""
    with pytest.raises(WeightsError, match="no component 'zz'; it has: splitter, labeller"):
        weights_path("zz", model="xx", root=root)


def test_an_unknown_file_is_refused(root):
    """Asking for a file that the manifest doesn't list is an error, even if it lies there."""
    with pytest.raises(WeightsError, match=r"no file 'manifest\.json'"):
        weights_path("splitter", "manifest.json", model="xx", root=root)


def test_a_model_for_another_version_is_refused(root):
    """A manifest of another format says that the model was made for another version."""
    _edit(root, format=2)
    with pytest.raises(WeightsError, match="made for another version"):
        model_info("xx", root)


@pytest.mark.parametrize("content", ["{", "[]", "{}", '{"format": 1}', "\udcff"])
def test_a_broken_manifest_is_a_weights_error(root, content):
    """A manifest that is no manifest is reported as such."""
    path = root / "xx" / "manifest.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(WeightsError, match=r"manifest\.json"):
        model_info("xx", root)


def test_the_card_joins_the_components(root):
    """The card has the hash of each file and the card of each component."""
    card = model_info("xx", root).card
    needed = ["# Model xx 0.9", hashlib.sha256(b"third!").hexdigest()]
    needed += ["## Card of the splitter", "## Card of the labeller"]
    assert [part for part in needed if part not in card] == []


def test_a_missing_card_is_named(root):
    """A card that is gone is reported with the remedy."""
    (root / "xx" / "labeller.md").unlink()
    with pytest.raises(WeightsError, match=r"labeller\.md.*force-reinstall"):
        _ = model_info("xx", root).card


def test_the_shipped_model_is_intact():
    """The files inside the package have the hashes of their manifest."""
    assert model_info().verify() is None


def test_the_shipped_card_holds_no_machine_paths():
    """Nothing that ships tells where it was made."""
    info = model_info()
    record = (info.folder / "manifest.json").read_text() + info.card
    assert [part for part in ("/home/", "/tmp/", "/root/", "/work/") if part in record] == []
