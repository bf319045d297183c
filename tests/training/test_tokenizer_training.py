"""Training, scoring and shipping the tokenizer, on a very small treebank."""

import json
import os
import sys
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve
from click.testing import CliRunner

from quotecraft.cli.train import train
from quotecraft.errors import InputError, MissingExtraError
from quotecraft.model import Sentence, Span, Token
from quotecraft.parse.network import NetworkTokenizer
from quotecraft.parse.onnx_backend import OnnxNetwork
from quotecraft.parse.stanza_backend import StanzaNetwork, load_tokenizer
from quotecraft.training.tokenizer import TokenizerSettings, train_tokenizer
from quotecraft.training.tokenizer_evaluate import (
    TokenizerScore,
    evaluate_tokenizer,
    score_tokenizer,
)
from quotecraft.training.tokenizer_onnx import export_onnx
from quotecraft.training.tokenizer_shipping import make_tokenizer, shrink
from quotecraft.training.tokenizer_windows import (
    LabelledCharacters,
    WindowSettings,
    build_vocabulary,
    sample_batch,
)
from quotecraft.training.treebank import read_treebank
from quotecraft.weights import model_info
from tests.training.treebank_sample import write_data

SMALL = TokenizerSettings(
    steps=4, copies=1, save_every=2, window=WindowSettings(length=40, count=4)
)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder with the sample treebank in every place."""
    return write_data(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def trained(data, tmp_path_factory):
    """A work folder after a whole training."""
    work = tmp_path_factory.mktemp("work")
    train_tokenizer(data, work, SMALL)
    return work


def _weights(path):
    import torch

    return torch.load(path, weights_only=True)["model"]


def _equal(first, second):
    return all(bool((first[name] == second[name]).all()) for name in first)


def test_the_learning_rate_rises_holds_and_falls():
    """It warms up, holds, and ends near nothing."""
    settings = TokenizerSettings(steps=1000, rate=1.0, warm_up=100, hold=0.3, lowest=0.01)
    rates = [settings.rate_at(step) for step in (1, 50, 100, 300, 650, 1000)]
    assert pytest.approx(rates) == [0.01, 0.5, 1.0, 1.0, 0.5, 0.01]


def test_every_figure_is_logged(trained):
    """The log has a line for each saved state."""
    lines = [json.loads(line) for line in (trained / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == [2, 4]


def test_the_same_seed_trains_the_same_network(trained, data, tmp_path):
    """Training again gives the same weights."""
    train_tokenizer(data, tmp_path, SMALL)
    assert _equal(_weights(trained / "network.pt"), _weights(tmp_path / "network.pt"))


def test_a_training_that_was_stopped_goes_on_as_if_it_had_not_been(
    trained, data, tmp_path, monkeypatch
):
    """Stopped after two steps and resumed, it ends in the same weights."""
    learn = StanzaNetwork.learn
    taken = []

    def stop_in_third(self, *args, **kwargs):
        if len(taken) == 2:
            raise KeyboardInterrupt
        taken.append(1)
        return learn(self, *args, **kwargs)

    monkeypatch.setattr(StanzaNetwork, "learn", stop_in_third)
    with pytest.raises(KeyboardInterrupt):
        train_tokenizer(data, tmp_path, SMALL)
    monkeypatch.undo()
    train_tokenizer(data, tmp_path, SMALL, resume=True)
    assert _equal(_weights(trained / "network.pt"), _weights(tmp_path / "network.pt"))


def test_other_settings_can_not_go_on(trained, data):
    """Resuming with other settings names them."""
    with pytest.raises(InputError, match=r"other settings \(seed\)"):
        train_tokenizer(data, trained, evolve(SMALL, seed=1), resume=True)


def test_missing_data_is_named(tmp_path):
    """Without the treebanks training says which file it wanted."""
    with pytest.raises(InputError, match=r"en_ewt-ud-train\.conllu"):
        train_tokenizer(tmp_path, tmp_path / "work", SMALL)


def test_a_shrunk_network_gives_the_same_labels(trained, tmp_path):
    """Half precision is about half the size, holds no paths, and loads as the same network."""
    shrink(trained / "network.pt", tmp_path / "small.pt")
    before, after = trained / "network.pt", tmp_path / "small.pt"
    assert after.stat().st_size < 0.6 * before.stat().st_size
    assert str(trained).encode() not in after.read_bytes()
    text = "Nobody came. It was late."
    first, second = (NetworkTokenizer(StanzaNetwork.load(path)) for path in (before, after))
    assert first.tokenize(text) == second.tokenize(text)


def test_the_graph_computes_what_the_checkpoint_does(trained, tmp_path):
    """Written as ONNX, a network gives each character the label it gives in Stanza."""
    pytest.importorskip("onnx", reason="writing ONNX needs quotecraft[train]")
    shrink(trained / "network.pt", tmp_path / "small.pt")
    export_onnx(tmp_path / "small.pt", tmp_path / "small.onnx")
    networks = (StanzaNetwork.load(tmp_path / "small.pt"), OnnxNetwork(tmp_path / "small.onnx"))
    rng = np.random.default_rng(1)
    ids = rng.integers(1, len(networks[0].vocabulary), (3, 50))
    features = rng.integers(0, 2, (3, 50, 5)).astype(np.float32)
    first, second = (network.label(ids, features, [50, 50, 31]) for network in networks)
    assert networks[0].vocabulary == networks[1].vocabulary
    assert first[:2].tolist() == second[:2].tolist()
    assert first[2, :31].tolist() == second[2, :31].tolist()


def test_without_onnx_the_extra_is_named(trained, tmp_path, monkeypatch):
    """Writing ONNX without the package says what to install."""
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(MissingExtraError, match=r"quotecraft\[train\]"):
        export_onnx(trained / "network.pt", tmp_path / "small.onnx")


def test_a_tokenizer_is_made_and_shipped(data, tmp_path):
    """What is made loads by name, with figures of both kinds of training on its card."""
    pytest.importorskip("onnx", reason="writing ONNX needs quotecraft[train]")
    folder = tmp_path / "models" / "xx"
    make_tokenizer(data, folder, tmp_path / "work", SMALL, compare=True)
    info = model_info("xx", tmp_path / "models")
    part = info.component("tokenizer")
    assert {"shipped", "plain"} == set(part.figures)
    assert "| EWT test, curled |" in info.card
    assert str(tmp_path) not in info.card
    assert OnnxNetwork(info.path("tokenizer")).vocabulary[" "] > 1


def test_the_command_trains(data, tmp_path):
    """The command ships into the folder it is given."""
    pytest.importorskip("onnx", reason="writing ONNX needs quotecraft[train]")
    small = ["--steps", "1", "--no-augment", "--work", str(tmp_path / "work")]
    command = ["tokenizer", "--data", str(data), "--out", str(tmp_path / "en"), *small]
    result = CliRunner().invoke(train, command, catch_exceptions=False)
    assert (result.exit_code, (tmp_path / "en" / "tokenizer.pt").exists()) == (0, True)


def test_the_command_scores_what_ships(data):
    """With --evaluate nothing is trained, and the table goes to stdout."""
    result = CliRunner().invoke(train, ["tokenizer", "--data", str(data), "--evaluate"])
    assert (result.exit_code, "| GUM dev |" in result.stdout) == (0, True)


def test_the_command_wants_a_folder(data):
    """Without --out and --evaluate the usage is explained."""
    result = CliRunner().invoke(train, ["tokenizer", "--data", str(data)])
    assert (result.exit_code, "--evaluate" in result.stderr) == (2, True)


def test_scores_count_exact_places(data):
    """One merged token and one missed sentence end cost what the CoNLL measure says."""

    class OneSentence:
        name = "one"

        def tokenize(self, text):
            tokens = tuple(Token(Span(a, b)) for a, b in ((0, 2), (3, 6), (7, 12)))
            return (Sentence(Span(0, 12), tokens),)

    documents = read_treebank(data / "ud-ewt/en_ewt-ud-dev.conllu")[1:]
    # Gold: It, was, late, "." in one sentence; found: It, was, "late." in the same sentence.
    assert TokenizerScore(2 * 2 / (4 + 3), 1.0) == score_tokenizer(OneSentence(), documents)


def test_windows_are_drawn_alike_from_the_same_seed():
    """Batches depend on the seed alone."""
    text = "Ab. Cd."
    paragraphs = [(text, "0120012")]
    ids = {unit: n for n, unit in enumerate(build_vocabulary([text]), 2)}
    data = LabelledCharacters.of(paragraphs, ids)
    batches = [sample_batch(data, WindowSettings(length=20, count=3), (1, s)) for s in (5, 5, 6)]
    same = [np.array_equal(batches[0].ids, batch.ids) for batch in batches]
    assert same == [True, True, False]


@pytest.mark.slow
def test_the_shipped_tokenizer_keeps_its_level():
    """On raw treebank text, straight and curled, F1 is what the card of the shipped file says."""
    beside = Path(__file__).parents[2] / "../shared/data"
    folder = Path(os.environ.get("QUOTECRAFT_DATA", beside))
    if not (folder / "ud-ewt").is_dir():
        pytest.skip("the treebanks are not in QUOTECRAFT_DATA or ../shared/data")
    scores = evaluate_tokenizer(load_tokenizer(), folder)
    floors = model_info().component("tokenizer").figures["shipped"]
    lost = {
        test: (score, floors[test])
        for test, score in scores.items()
        if score.tokens < floors[test]["tokens"] - 0.0005
        or score.sentences < floors[test]["sentences"] - 0.0005
    }
    assert lost == {}
