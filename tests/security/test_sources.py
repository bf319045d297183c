"""What our own code never does: unpickle files, evaluate text, load weights unchecked."""

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

import quotecraft
from quotecraft import weights
from quotecraft.errors import WeightsError

PACKAGE = Path(quotecraft.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
FORBIDDEN = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml"}
EVALUATING = {"eval", "exec", "compile", "__import__"}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in MODULES:
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call with its dotted name, as far as it has one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def keywords(call: ast.Call) -> dict[str, str]:
    return {keyword.arg or "**": ast.unparse(keyword.value) for keyword in call.keywords}


def imported(tree: ast.Module) -> set[str]:
    """Return the top names of everything that a module imports."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add((node.module or "").split(".")[0])
    return names


def test_there_is_something_to_look_at() -> None:
    """The walk finds the package."""
    assert len(MODULES) > 100


def test_nothing_that_unpickles_is_imported() -> None:
    """No module imports pickle or what builds on it, nor YAML."""
    found = {name: bad for name, tree in trees() if (bad := imported(tree) & FORBIDDEN)}
    assert found == {}


def test_no_text_is_evaluated() -> None:
    """Built-in eval, exec, compile and __import__ are never called."""
    found = [(name, call) for name, tree in trees() for call, _ in calls(tree)]
    assert len(found) > 1000
    assert [item for item in found if item[1] in EVALUATING] == []


def test_arrays_and_weights_are_loaded_without_pickle() -> None:
    """torch.load takes weights only; numpy.load is not used, or without pickle."""
    loads = [(n, call, keywords(node)) for n, tree in trees() for call, node in calls(tree)]
    torch = [(n, options) for n, call, options in loads if call == "torch.load"]
    assert torch
    assert [n for n, options in torch if options.get("weights_only") != "True"] == []
    arrays = [(n, options) for n, call, options in loads if call in ("np.load", "numpy.load")]
    assert [n for n, options in arrays if options.get("allow_pickle", "False") != "False"] == []


def test_no_shell_is_started() -> None:
    """Nothing runs a shell."""
    found = [
        (name, call)
        for name, tree in trees()
        for call, node in calls(tree)
        if call in ("os.system", "os.popen") or keywords(node).get("shell") == "True"
    ]
    assert found == []


@pytest.mark.parametrize("file", ["tokenizer.onnx", "tagger.onnx", "tagger.json"])
@pytest.mark.parametrize("damage", ["changed", "short", "empty", "missing"])
def test_damaged_model_files_are_refused_by_hash(tmp_path, file: str, damage: str) -> None:
    """A model file that isn't the one the manifest names is refused before it is parsed."""
    source = weights.MODELS / "en"
    model = tmp_path / "en"
    model.mkdir()
    for path in source.iterdir():
        if path.is_file():
            (model / path.name).symlink_to(path)
    data = (source / file).read_bytes()
    (model / file).unlink()
    if damage != "missing":
        bad = {"changed": data[:100] + b"\x00" + data[101:], "short": data[:1000], "empty": b""}
        (model / file).write_bytes(bad[damage])
    component = file.split(".", maxsplit=1)[0]
    with pytest.raises(WeightsError, match="reinstall"):
        weights.weights_path(component, file, root=tmp_path)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"format": 99}', b"\xff", b'{"format": 1}'])
def test_a_damaged_manifest_is_refused(tmp_path, data: bytes) -> None:
    """A manifest that can't be read, or is of another version, is a WeightsError."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "manifest.json").write_bytes(data)
    with pytest.raises(WeightsError):
        weights.model_info("en", root=tmp_path)


@pytest.mark.parametrize("data", [b"", b"\x08\x07", b"not a network" * 100])
def test_files_that_are_no_network_are_refused(tmp_path, data: bytes) -> None:
    """Bytes that ONNX Runtime can't load are a WeightsError, not one of its own."""
    from quotecraft.detect.tagger import OnnxNetwork
    from quotecraft.parse.onnx_backend import OnnxNetwork as TokenizerNetwork

    path = tmp_path / "a.onnx"
    path.write_bytes(data)
    with pytest.raises(WeightsError):
        OnnxNetwork(path, None)
    with pytest.raises(WeightsError):
        TokenizerNetwork(path)


def test_numpy_refuses_pickles_unless_asked(tmp_path) -> None:
    """The default that the check above relies on."""
    path = tmp_path / "a.npy"
    np.save(path, np.array([{}]), allow_pickle=True)
    with pytest.raises(ValueError, match="allow_pickle"):
        np.load(path)
