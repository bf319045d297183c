"""Trained tokenizer to shipped component: a small checkpoint, its figures and its card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from attrs import asdict, evolve

from quotecraft.parse.network import NetworkTokenizer
from quotecraft.parse.onnx_backend import OnnxNetwork
from quotecraft.training.shipping import ship
from quotecraft.training.tokenizer import TokenizerSettings, log_figures, train_tokenizer
from quotecraft.training.tokenizer_evaluate import TokenizerScore, evaluate_tokenizer
from quotecraft.training.tokenizer_onnx import export_onnx
from quotecraft.weights import Component

__all__ = ["figures_table", "make_tokenizer", "shrink"]

Scores = Mapping[str, TokenizerScore]

LICENCE = "CC BY-SA 4.0"
CHECKPOINT, GRAPH, CARD = "tokenizer.pt", "tokenizer.onnx", "tokenizer.md"
DATA = (
    {
        "name": "UD English-EWT 2.16",
        "licence": "CC BY-SA 4.0",
        "use": "trained on the training part; measured on dev and test",
    },
    {
        "name": "UD English-GUM, CC-licensed genres (news, interview, bio, voyage, speech, "
        "textbook, vlog, conversation)",
        "licence": "CC BY 4.0 (annotation); CC BY or CC BY-SA, by genre (text)",
        "use": "trained on the training part; measured on dev",
    },
)


def make_tokenizer(
    data: Path,
    out: Path,
    work: Path,
    settings: TokenizerSettings,
    *,
    compare: bool = False,
    resume: bool = False,
    report: Callable[[str], None] = lambda line: None,
) -> None:
    """Train, shrink, measure and ship a tokenizer.

    Args:
        data: Folder with ``ud-ewt`` and ``ud-gum``.
        out: Model folder to put it into.
        work: Folder for the training's own files.
        settings: What to train with.
        compare: Train one without the rewritten texts too, for as many steps, and put its figures
            into the card.
        resume: Go on with a training that was stopped.
        report: Called with a line on the progress now and then.

    Raises:
        InputError: If a treebank can't be read, or a saved state has other settings.
    """
    scores = {"shipped": _train_and_score(data, work, settings, resume, report)}
    if compare:
        plain = evolve(settings, augment=False)
        scores["plain"] = _train_and_score(data, work / "plain", plain, resume, report)
    today = datetime.now(tz=UTC).date().isoformat()
    component = Component(
        name="tokenizer",
        version=today.replace("-", "."),
        description="Sentences and tokens: Stanza's character network without language model",
        licence=LICENCE,
        date=today,
        files=(),
        card=CARD,
        data=DATA,
        hyperparameters=asdict(settings),
        figures={
            column: {test: asdict(score) for test, score in found.items()}
            for column, found in scores.items()
        },
    )
    files = {name: work / name for name in (GRAPH, CHECKPOINT)}
    ship(out, component, files, _card(component, scores))
    report(figures_table(scores))


def _train_and_score(
    data: Path,
    work: Path,
    settings: TokenizerSettings,
    resume: bool,
    report: Callable[[str], None],
) -> Scores:
    train_tokenizer(data, work, settings, resume=resume, report=report)
    shrink(work / "network.pt", work / CHECKPOINT)
    export_onnx(work / CHECKPOINT, work / GRAPH)
    scores = evaluate_tokenizer(NetworkTokenizer(OnnxNetwork(work / GRAPH)), data)
    log_figures(work, {"scores": {test: asdict(score) for test, score in scores.items()}})
    return scores


def shrink(source: Path, target: Path) -> None:
    """Write a checkpoint again in half precision, without paths of the machine it was made on.

    Stanza turns the weights back to single precision when it loads them.
    """
    import torch

    checkpoint: dict[str, Any] = torch.load(source, weights_only=True)
    config = checkpoint["config"]
    for name in config:
        if name.endswith(("_file", "_dir", "_name")):
            config[name] = None
    config["save_name"] = CHECKPOINT
    checkpoint["model"] = {
        name: weights.half() if weights.is_floating_point() else weights
        for name, weights in checkpoint["model"].items()
    }
    torch.save(checkpoint, target)


def figures_table(scores: Mapping[str, Scores]) -> str:
    """Lay scores out as a Markdown table, one row a test, in percent."""
    head = ["test", *(f"{column}: {unit}" for column in scores for unit in ("tokens", "sentences"))]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for test in next(iter(scores.values())):
        cells = [test]
        for found in scores.values():
            cells += [f"{100 * found[test].tokens:.2f}", f"{100 * found[test].sentences:.2f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _card(component: Component, scores: Mapping[str, Scores]) -> str:
    settings = component.hyperparameters
    copies = settings["copies"] if settings["augment"] else 0
    rows = "\n".join(f"- {d['name']}; {d['licence']}; {d['use']}" for d in component.data)
    names = "\n".join(f"| {name} | {value} |" for name, value in settings.items())
    beside = (
        "\nThe column *plain* is a tokenizer trained for as many steps on the same treebanks "
        "without the rewritten copies.\n"
        if "plain" in scores
        else ""
    )
    return f"""# Tokenizer {component.version}

Finds tokens and sentences in English news and fiction. It is the network of Stanza's tokenizer
(Qi et al. 2018, "Universal Dependency Parsing from Scratch"): characters and five features of each,
two bidirectional LSTM layers, no language model and no multi-word expansion: "don't" is one token.
`{GRAPH}` is what quotecraft runs, `{CHECKPOINT}` the same network for Stanza itself
(`stanza.Pipeline(..., tokenize_model_path=...)`).

## Data

{rows}

{copies} rewritten copies of the training texts were added:
curled, British, wire and straight quotation marks, dashes, ellipses, abbreviations, headlines,
datelines and reporting clauses made of word lists of our own.

## Licence

{component.licence}, as the treebanks ask of what is made from them.

## Figures

F1 in percent, from raw text with its paragraphs, scored as in the CoNLL 2018 shared task; weights
as shipped (half precision). In the rows *curled*, quotation marks and apostrophes are curled and
dashes are em dashes.
{beside}
{figures_table(scores)}

Neither treebank holds fiction under a licence that we may use, so fiction is not measured. Text
without stops (reviews, chat) is split worst.

## Made with

`quotecraft train tokenizer --data DATA --out quotecraft/models/en --compare`

| setting | value |
|---|---|
{names}
"""
