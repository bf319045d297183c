"""What each feature, data set and decoding rule of the tagger is worth.

``python -m benchmarks.ablation train --data ../shared/data --work DIR`` trains small taggers, each
without one thing, on every third article for a few epochs, and prints their figures on PolNeAR dev
beside those of one that has everything. What is done is kept in ``DIR``, so that a stopped
run goes on. ``python -m benchmarks.ablation decode --data ../shared/data`` measures the shipped
tagger with one decoding rule off at a time, on the articles that chose the thresholds and on dev.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from attrs import evolve, frozen

from quotecraft.detect.scoring import Network, NetworkOutput
from quotecraft.detect.tagger import NETWORK_FILE, OnnxNetwork, load_tagger
from quotecraft.detect.windows import Batch
from quotecraft.training.tagger.augment import Augmentation
from quotecraft.training.tagger.batches import BatchMaker, Item, TrainingBatch
from quotecraft.training.tagger.loop import Settings, Trainer
from quotecraft.training.tagger.measure import headline, measure, score_articles
from quotecraft.training.tagger.shipping import Sources, find_encoder
from quotecraft.training.tagger.torch_backend import TorchNetwork
from quotecraft.training.tagger.tune import choose_settings
from quotecraft.weights import model_info

EPOCHS = 3
RULES: Mapping[str, Mapping[str, Any]] = {
    "switching costs": {"switch": 0.0},
    "begin tags": {"begin": 0.0},
    "sources that fall short": {"source": 0.0},
}
"""Decoding rules, each with the settings that turn it off."""


@frozen
class Variant:
    """A tagger without something.

    Attributes:
        name: What it lacks.
        blind: Whether it doesn't see the state of quotation marks.
        change: What is different in its settings.
    """

    name: str
    blind: bool = False
    change: Mapping[str, Any] = {}


VARIANTS = (
    Variant("nothing"),
    Variant("quotation marks", blind=True),
    Variant("novels", change={"excerpts": 0}),
    Variant("our own texts", change={"own": 0}),
    Variant("restyled marks, lost capitals", change={"augmentation": Augmentation(0.0, 0.0)}),
    Variant("dropped word pieces", change={"piece_dropout": 0.0}),
)


class BlindBatches(BatchMaker):
    """Batches in which the state of quotation marks can be hidden."""

    blind = False

    def tensors(self, items: Sequence[Item]) -> TrainingBatch:
        """Turn a batch into tensors."""
        batch = super().tensors(items)
        if self.blind:
            batch.marks.zero_()
        return batch


class BlindNetwork:
    """A network that doesn't see the state of quotation marks."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self.biases = network.biases

    def __call__(self, batch: Batch) -> NetworkOutput:
        """Run it on a batch."""
        batch.marks[:] = 0
        return self._network(batch)


def train(data: Path, work: Path, own_texts: Path) -> None:
    """Train every variant that is not done yet, and print the table."""
    sources = Sources(data, find_encoder(), own=own_texts)
    encoder = sources.text_encoder()
    articles = sources.articles("train")[::3]
    novels, own = sources.novels(), sources.own_texts()[::3]
    for variant in VARIANTS:
        folder = work / variant.name.replace(" ", "-").replace(",", "")
        if (folder / "figures.json").exists():
            continue
        base = Settings(epochs=EPOCHS, excerpts=len(articles) // 6, own_from=0)
        settings = evolve(base, **variant.change)
        torch.manual_seed(settings.seed)
        maker = BlindBatches(
            articles,
            encoder,
            settings.augmentation,
            settings.batch_size,
            novels,
            settings.excerpts,
            own,
        )
        maker.blind = variant.blind
        trainer = Trainer(sources.network(settings.dropout), maker, settings, folder)
        if (folder / "checkpoint.pt").exists():
            trainer.resume()
        trainer.run()
        network: Network = TorchNetwork(trainer.averaged_network())
        if variant.blind:
            network = BlindNetwork(network)
        decoding = choose_settings(score_articles(sources.articles("tune"), network, encoder))
        figures = headline(
            measure(score_articles(sources.articles("dev"), network, encoder), decoding)
        )
        (folder / "figures.json").write_text(json.dumps(figures) + "\n", encoding="utf-8")
        (folder / "checkpoint.pt").unlink()
    _table({path.parent.name: json.loads(path.read_text()) for path in work.glob("*/figures.json")})


def decode(data: Path) -> None:
    """Print what the shipped tagger reaches with one decoding rule off at a time."""
    sources = Sources(data, find_encoder())
    encoder = sources.text_encoder()
    config = load_tagger().config
    network = OnnxNetwork(model_info().path("tagger", NETWORK_FILE), config.biases)
    for split in ("tune", "dev"):
        scored = score_articles(sources.articles(split), network, encoder)
        rows = {"nothing": headline(measure(scored, config.settings))}
        for name, off in RULES.items():
            rows[name] = headline(measure(scored, evolve(config.settings, **off)))
        print(f"\n{split}\n")
        _table(rows)


def _table(rows: Mapping[str, Mapping[str, float]]) -> None:
    columns = list(next(iter(rows.values()), {}))
    print(f"| without | {' | '.join(columns)} |")
    print(f"|{'---|' * (len(columns) + 1)}")
    for name, figures in rows.items():
        print(f"| {name} | {' | '.join(f'{figures[column]:.1f}' for column in columns)} |")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["train", "decode"])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--own", type=Path, default=Path("corpora/train.jsonl"))
    parser.add_argument("--work", type=Path, default=Path("ablation"))
    options = parser.parse_args()
    if options.what == "train":
        train(options.data, options.work, options.own)
    else:
        decode(options.data)


if __name__ == "__main__":
    main()
