"""From a folder of articles to a model folder, on a network of toy size."""

import json
from pathlib import Path

import pytest
import torch
from attrs import evolve
from click.testing import CliRunner
from safetensors.torch import save_file

from quotecraft.cli.train_tagger import tagger
from quotecraft.detect.tagger import TaggerDetector
from quotecraft.errors import InputError
from quotecraft.training.tagger.data import Article
from quotecraft.training.tagger.loop import Settings
from quotecraft.training.tagger.network import EncoderSize
from quotecraft.training.tagger.shipping import Sources, ship_tagger, train_tagger
from tests.detect.tagger_sample import VOCABULARY_SIZE, make_tokenizer
from tests.formats.test_pdnc import novel, row
from tests.training.tagger_texts import ARTICLES, write_own

SIZE = EncoderSize(
    hidden=32, layers=1, heads=2, inner=64, vocabulary=VOCABULARY_SIZE, positions=300
)


def write_article(folder: Path, article: Article) -> None:
    """Write an article and its relations as PolNeAR does."""
    (folder / "text").mkdir(parents=True, exist_ok=True)
    (folder / "attributions").mkdir(exist_ok=True)
    (folder / "text" / f"{article.name}.txt").write_text(article.text)
    lines, number = [], 0
    for event, relation in enumerate(article.annotations[0], 1):
        names = {}
        parts = {"Source": relation.source, "Cue": relation.cue, "Content": relation.content}
        for role, spans in parts.items():
            number += 1
            names[role] = f"T{number}"
            (start, end) = spans[0]
            lines.append(f"T{number}\t{role} {start} {end}\t{article.text[start:end]}")
        number += 1
        start, end = relation.cue[0]
        lines.append(f"T{number}\tAttribution {start} {end}\t{article.text[start:end]}")
        links = " ".join(f"{role}:{name}" for role, name in names.items())
        lines.append(f"E{event}\tAttribution:T{number} {links}")
    file = folder / "attributions" / f"{article.name}_0a0a.ann"
    file.write_text("\n".join(lines) + "\n")


def write_encoder(folder: Path) -> None:
    """Write random weights of toy size under the names that a BERT encoder has."""
    folder.mkdir()
    make_tokenizer().save(str(folder / "tokenizer.json"))
    torch.manual_seed(1)
    hidden, inner = SIZE.hidden, SIZE.inner
    shapes = {
        "embeddings.word_embeddings.weight": (SIZE.vocabulary, hidden),
        "embeddings.position_embeddings.weight": (SIZE.positions, hidden),
        "embeddings.token_type_embeddings.weight": (2, hidden),
    }
    for name, outputs, inputs in (
        ("embeddings.LayerNorm", hidden, 0),
        ("encoder.layer.0.attention.self.query", hidden, hidden),
        ("encoder.layer.0.attention.self.key", hidden, hidden),
        ("encoder.layer.0.attention.self.value", hidden, hidden),
        ("encoder.layer.0.attention.output.dense", hidden, hidden),
        ("encoder.layer.0.attention.output.LayerNorm", hidden, 0),
        ("encoder.layer.0.intermediate.dense", inner, hidden),
        ("encoder.layer.0.output.dense", hidden, inner),
        ("encoder.layer.0.output.LayerNorm", hidden, 0),
    ):
        shapes[f"{name}.weight"] = (outputs, inputs) if inputs else (outputs,)
        shapes[f"{name}.bias"] = (outputs,)
    state = {name: torch.randn(shape).half() for name, shape in shapes.items()}
    save_file(state, folder / "model.safetensors")


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """Return a corpus and an encoder of toy size."""
    for item in ARTICLES:
        write_article(tmp_path / "data" / "polnear" / "train", item)
    for item in ARTICLES[:2]:
        write_article(tmp_path / "data" / "polnear" / "dev", item)
    write_encoder(tmp_path / "encoder")
    expression = row("Q1", "Quite,", "and you?", referringExpression="said she")
    novel(tmp_path / "data" / "pdnc", expression)
    own = write_own(tmp_path / "own.jsonl")
    return Sources(tmp_path / "data", tmp_path / "encoder", SIZE, 2, own=own, calibration=own)


def test_articles_become_a_model(sources: Sources, tmp_path: Path) -> None:
    """Training and shipping leave a folder with weights, manifest and a card with figures."""
    work, out = tmp_path / "work", tmp_path / "en"
    settings = Settings(epochs=2, batch_size=2, warmup=2, own_from=1)
    assert train_tagger(sources, work, settings)
    figures = ship_tagger(sources, work, out)
    manifest = json.loads((out / "manifest.json").read_text())
    files = [entry["path"] for entry in manifest["components"][0]["files"]]
    assert files == ["tagger.onnx", "tagger.json", "tagger-vocabulary.json"]
    assert TaggerDetector.from_folder(out).name.startswith("tagger-")
    card = (out / "tagger.md").read_text()
    assert f"{figures['PolNeAR dev, int8 with the rules']['relation']:.1f}" in card


def test_training_can_be_done_in_parts(sources: Sources, tmp_path: Path) -> None:
    """A call that is stopped says so, and the next one finishes."""
    settings = Settings(epochs=2, batch_size=2, warmup=2, own_from=1)
    assert not train_tagger(sources, tmp_path, settings, stop_after=1e-9)
    assert train_tagger(sources, tmp_path, settings, resume=True)


def test_a_longer_plan_goes_on_from_the_end_of_the_shorter(
    sources: Sources, tmp_path: Path
) -> None:
    """The record of the run tells of both plans."""
    settings = Settings(epochs=1, batch_size=2, warmup=2)
    assert train_tagger(sources, tmp_path, settings)
    assert train_tagger(sources, tmp_path, evolve(settings, epochs=2), resume=True)
    run = json.loads((tmp_path / "run.json").read_text())
    assert ([1, 2], 2.0) == (run["plans"], run["epochs"])


def test_nothing_ships_untrained(sources: Sources, tmp_path: Path) -> None:
    """Shipping needs a trained network."""
    with pytest.raises(InputError, match="train first"):
        ship_tagger(sources, tmp_path, tmp_path / "en")


def test_the_command_explains_itself() -> None:
    """The command's help names its library twin and gives an example."""
    result = CliRunner().invoke(tagger, ["--help"])
    assert result.exit_code == 0
    assert "training.tagger.shipping" in result.output
