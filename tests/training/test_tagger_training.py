"""Training, tuning and export of the tagger, on a network of toy size."""

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from quotecraft.detect.decoding import DecodingSettings
from quotecraft.detect.pairs import score_pairs
from quotecraft.detect.tagger import Calibration, OnnxNetwork, TaggerConfig, TaggerDetector
from quotecraft.detect.windows import make_batch, plan_windows
from quotecraft.errors import InputError, WeightsError
from quotecraft.text.pairing import pair_marks
from quotecraft.training.tagger.augment import Augmentation
from quotecraft.training.tagger.batches import BatchMaker
from quotecraft.training.tagger.export import export_network, export_tagger
from quotecraft.training.tagger.loop import Settings, Trainer
from quotecraft.training.tagger.measure import (
    headline,
    measure,
    operating_points,
    score_articles,
)
from quotecraft.training.tagger.network import (
    EncoderSize,
    TaggerNetwork,
    load_trained,
    save_trained,
)
from quotecraft.training.tagger.torch_backend import TorchNetwork, biases_of
from quotecraft.training.tagger.tune import choose_settings, fit_calibration, fit_logistic
from tests.detect.tagger_sample import ENCODER, VOCABULARY_SIZE, SaidNetwork, make_tokenizer
from tests.training.tagger_texts import ARTICLES

SIZE = EncoderSize(
    hidden=32, layers=1, heads=2, inner=64, vocabulary=VOCABULARY_SIZE, positions=300
)
SETTINGS = Settings(
    epochs=4, batch_size=2, encoder_rate=3e-3, head_rate=1e-2, warmup=2, piece_dropout=0.0
)


def make_trainer(folder: Path, settings: Settings = SETTINGS) -> Trainer:
    """Return a trainer of a fresh toy network, the same each time."""
    torch.manual_seed(7)
    maker = BatchMaker(ARTICLES, ENCODER, settings.augmentation, settings.batch_size)
    return Trainer(TaggerNetwork(SIZE, settings.dropout), maker, settings, folder)


def weights(trainer: Trainer) -> list[list[float]]:
    """Return the averaged weights as plain numbers."""
    return [tensor.ravel().tolist() for tensor in trainer.averaged]


def test_training_learns(tmp_path: Path) -> None:
    """After a few epochs on a handful of sentences, the network finds their attributions."""
    settings = Settings(
        epochs=20,
        batch_size=2,
        encoder_rate=3e-3,
        head_rate=1e-2,
        warmup=5,
        average=0.8,
        dropout=0.0,
        piece_dropout=0.0,
        augmentation=Augmentation(0.0, 0.0),
    )
    trainer = make_trainer(tmp_path, settings)
    assert trainer.run()
    network = TorchNetwork(trainer.averaged_network())
    figures = headline(measure(score_articles(ARTICLES, network, ENCODER), DecodingSettings()))
    assert figures["relation"] > 90.0


def test_a_stopped_training_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Stopping, loading and going on gives the weights of a training that never stopped."""
    whole = make_trainer(tmp_path / "whole")
    whole.run()
    first = make_trainer(tmp_path / "parts")
    for _ in range(3):
        first._step()
    first.save()
    second = make_trainer(tmp_path / "parts")
    second.resume()
    second.run()
    assert second.step == whole.step
    assert weights(second) == weights(whole)


def test_training_stops_in_time(tmp_path: Path) -> None:
    """A limit of time ends the call, with a checkpoint and the plan unfulfilled."""
    trainer = make_trainer(tmp_path)
    assert not trainer.run(minutes=1e-9)
    assert (tmp_path / "checkpoint.pt").exists()


def test_the_log_is_json_lines(tmp_path: Path) -> None:
    """Every line of the log is a record with the place in the training."""
    trainer = make_trainer(tmp_path)
    trainer.evaluate = lambda network: {"relation": 1.0}
    trainer.run()
    lines = (tmp_path / "log.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    assert [r["epoch"] for r in records if r["event"] == "evaluation"] == [1, 2, 3, 4]


def test_resuming_needs_a_checkpoint_of_the_same_settings(tmp_path: Path) -> None:
    """Without a checkpoint, or with one of other settings, resuming is refused."""
    with pytest.raises(InputError, match="checkpoint"):
        make_trainer(tmp_path).resume()
    make_trainer(tmp_path).save()
    with pytest.raises(WeightsError, match="seed"):
        make_trainer(tmp_path, Settings(epochs=9, seed=5)).resume()


def test_trained_weights_survive_half_precision(tmp_path: Path) -> None:
    """What is saved is loaded into another network, but for the frozen embeddings."""
    network, other = TaggerNetwork(SIZE), TaggerNetwork(SIZE)
    save_trained(network, tmp_path / "w.safetensors")
    load_trained(other, tmp_path / "w.safetensors")
    assert torch.allclose(network.tags.weight, other.tags.weight, atol=1e-3)
    assert not torch.equal(network.word_embeddings.weight, other.word_embeddings.weight)


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    """Weights that don't fit end in an error."""
    save_trained(TaggerNetwork(SIZE), tmp_path / "w.safetensors")
    other = TaggerNetwork(EncoderSize(32, 2, 2, 64, VOCABULARY_SIZE, 300))
    with pytest.raises(WeightsError):
        load_trained(other, tmp_path / "w.safetensors")


def test_numpy_scores_pairs_as_torch_does() -> None:
    """The run-time scorer and the one that is trained are the same function."""
    torch.manual_seed(3)
    network = TaggerNetwork(SIZE).eval()
    for table in (network.distance_bias, network.paragraph_bias, network.sentence_bias):
        torch.nn.init.normal_(table.weight)
    cue, words, scores = torch.randn(2, 512), torch.randn(5, 128), torch.randn(5, 4)
    offsets = torch.randint(-80, 80, (3, 2, 5))
    with torch.no_grad():
        ours = network.score_pairs(
            cue,
            words.expand(2, 5, 128),
            scores.expand(2, 5, 4),
            (offsets[0], offsets[1], offsets[2]),
        ).log_softmax(-1)
    parts = tuple(part.numpy().astype(np.int32) for part in offsets)
    theirs = score_pairs(
        cue.numpy(),
        words.numpy(),
        scores.numpy(),
        (parts[0], parts[1], parts[2]),
        biases_of(network),
    )
    assert np.allclose(ours.numpy(), theirs, atol=1e-4)


@pytest.mark.parametrize(("quantize", "tolerance"), [(False, 1e-4), (True, 0.05)])
def test_onnx_computes_what_torch_computes(
    quantize: bool, tolerance: float, tmp_path: Path
) -> None:
    """The exported network gives the outputs of the trained one, int8 about the same."""
    torch.manual_seed(3)
    network = TaggerNetwork(SIZE).eval()
    export_network(network, tmp_path / "n.onnx", quantize=quantize)
    texts = [ENCODER.encode(a.text, pair_marks(a.text)) for a in ARTICLES[:3]]
    items = [(text, window) for text in texts for window in plan_windows(text)]
    batch = make_batch(items, ENCODER.cls_id, ENCODER.sep_id)
    ours = TorchNetwork(network)(batch)
    theirs = OnnxNetwork(tmp_path / "n.onnx", biases_of(network))(batch)
    assert np.abs(ours.tags - theirs.tags)[batch.mask[:, 0, 0] == 0].mean() < tolerance


def test_an_exported_tagger_loads(tmp_path: Path) -> None:
    """The three files that are written are all that a detector needs."""
    vocabulary = tmp_path / "tokenizer.json"
    make_tokenizer().save(str(vocabulary))
    network = TaggerNetwork(SIZE)
    config = TaggerConfig("toy", DecodingSettings(), Calibration(), biases_of(network))
    export_tagger(network, config, vocabulary, tmp_path / "out")
    detector = TaggerDetector.from_folder(tmp_path / "out")
    assert detector.name == "toy"
    assert detector.detect("", (), ()) == []


def test_thresholds_never_get_worse() -> None:
    """Chosen thresholds do at least as well as those one starts from."""
    scored = score_articles(ARTICLES, SaidNetwork(), ENCODER)
    start = DecodingSettings(cue=0.99)
    before = headline(measure(scored, start))["relation"]
    after = headline(measure(scored, choose_settings(scored, start)))["relation"]
    assert after >= before


def test_logistic_weights_are_recovered() -> None:
    """On outcomes drawn from known weights the fit comes near them."""
    random = np.random.default_rng(0)
    inputs = random.normal(size=(4000, 2))
    chance = 1 / (1 + np.exp(-(2.0 * inputs[:, 0] - inputs[:, 1] + 0.5)))
    rows = [
        ((float(a), float(b)), bool(random.random() < p))
        for (a, b), p in zip(inputs, chance, strict=True)
    ]
    assert fit_logistic(rows, 2) == pytest.approx((2.0, -1.0, 0.5), abs=0.25)


def test_separable_outcomes_have_finite_weights() -> None:
    """Where one input decides all, or there is nothing to fit, weights stay finite."""
    assert max(map(abs, fit_logistic([((-1.0, 0.0), False), ((1.0, 0.0), True)], 2))) < 100.0
    assert fit_logistic([], 2) == (0.0, 0.0, 0.0)


def test_higher_confidence_keeps_fewer() -> None:
    """The share of attributions that is kept falls with the least confidence."""
    scored = score_articles(ARTICLES, SaidNetwork(), ENCODER)
    settings = DecodingSettings()
    calibration = fit_calibration(scored, settings)
    predicted = [item.predicted(settings, calibration) for item in scored]
    points = operating_points([item.gold for item in scored], predicted)
    kept = [point["kept"] for point in points.values()]
    assert kept == sorted(kept, reverse=True)
    assert kept[0] == 100.0
