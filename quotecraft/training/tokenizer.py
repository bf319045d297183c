"""Trains the tokenizer that ships: Stanza's network on UD English with the typography of news.

Stanza's ``Trainer`` takes the steps; windows, learning rate and the log are ours, because Stanza's
training command (1.15) can't go on after a stop (its ``--load_name`` calls ``load`` with too few
arguments) and keeps the learning rate as good as constant.

Everything lies in a work folder: the training files (``train.txt``, ``train.toklabels``, in the
format that ``python -m stanza.models.tokenizer`` reads), ``settings.json``, ``log.jsonl`` with
every figure, ``state.pt`` to go on from and ``network.pt`` at the end.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from attrs import asdict, evolve, field, frozen

from quotecraft.errors import InputError
from quotecraft.parse.stanza_backend import StanzaNetwork
from quotecraft.training.tokenizer_dialogue import add_news_furniture, quote_sentences
from quotecraft.training.tokenizer_typography import abbreviate, exclaim, lose_blanks, restyle
from quotecraft.training.tokenizer_windows import (
    LabelledCharacters,
    WindowSettings,
    build_vocabulary,
    sample_batch,
)
from quotecraft.training.treebank import (
    TreebankDocument,
    read_training_text,
    read_treebank,
    write_training_text,
)

__all__ = [
    "TokenizerSettings",
    "augmented",
    "is_prose",
    "prepare",
    "train_tokenizer",
    "training_documents",
]

TRAIN_FILES = ("ud-ewt/en_ewt-ud-train.conllu", "ud-gum/en_gum_ccby-train.conllu")

PROSE = 0.8  # share of sentences that end in a mark, for a document to count as prose
_END_MARKS = frozenset(".?!:;…\"'”’)]")

Report = Callable[[str], None]


@frozen
class TokenizerSettings:
    """What the tokenizer is trained with.

    Attributes:
        steps: Training steps.
        augment: Whether rewritten copies of the treebanks' prose are added.
        copies: How many.
        seed: Seed of everything random.
        rate: Highest learning rate (Adam; Stanza's default).
        warm_up: Steps over which it rises.
        hold: Share of the steps after which it starts to fall, along half a cosine.
        lowest: What it ends at, as a share of the highest.
        save_every: Steps between two states to go on from.
        window: How windows are drawn.
    """

    steps: int = 4000
    augment: bool = True
    copies: int = 3
    seed: int = 20
    rate: float = 2e-3
    warm_up: int = 100
    hold: float = 0.3
    lowest: float = 0.005
    save_every: int = 250
    window: WindowSettings = field(factory=WindowSettings)

    def rate_at(self, step: int) -> float:
        """Return the learning rate of a step, counted from 1."""
        done = step / self.steps
        if done < self.hold:
            share = 1.0
        else:
            share = 0.5 * (1 + math.cos(math.pi * (done - self.hold) / (1 - self.hold)))
        return self.rate * min(1.0, step / self.warm_up) * max(share, self.lowest)


def training_documents(data: Path) -> tuple[TreebankDocument, ...]:
    """Read the training parts of UD English-EWT and the CC-licensed genres of UD English-GUM.

    Raises:
        InputError: If a file is not under ``data``.
    """
    return tuple(document for name in TRAIN_FILES for document in read_treebank(data / name))


def augmented(document: TreebankDocument, rng: Random) -> TreebankDocument:
    """Rewrite a document with abbreviations, quotations, news furniture and one style of marks."""
    paragraphs = document.paragraphs
    rewrites = (abbreviate, exclaim, quote_sentences, add_news_furniture, restyle, lose_blanks)
    for rewrite in rewrites:
        paragraphs = rewrite(paragraphs, rng)
    return evolve(document, paragraphs=paragraphs)


def is_prose(document: TreebankDocument) -> bool:
    """Say whether nearly all sentences of a document end in a mark, as in news and fiction.

    Rewriting reviews, mail and chat without stops would teach little about either.
    """
    ends = [sentence[-1].text[-1] for p in document.paragraphs for sentence in p]
    return sum(end in _END_MARKS for end in ends) >= PROSE * len(ends)


def prepare(data: Path, work: Path, settings: TokenizerSettings) -> None:
    """Write the training files: the treebanks as they are, and rewritten copies of their prose.

    Raises:
        InputError: If a treebank can't be read.
    """
    documents = training_documents(data)
    prose = [document for document in documents if is_prose(document)]

    def all_documents() -> Iterator[TreebankDocument]:
        yield from documents
        for copy in range(settings.copies if settings.augment else 0):
            for document in prose:
                seed = f"{settings.seed}/{copy}/{document.name}"
                yield augmented(document, Random(seed))  # noqa: S311  (no secret)

    work.mkdir(parents=True, exist_ok=True)
    write_training_text(all_documents(), work / "train")


def train_tokenizer(
    data: Path,
    work: Path,
    settings: TokenizerSettings,
    *,
    resume: bool = False,
    report: Report = lambda line: None,
) -> StanzaNetwork:
    """Train a tokenizer, or go on with a training that was stopped.

    Args:
        data: Folder with ``ud-ewt`` and ``ud-gum``.
        work: Folder for the training's files.
        settings: What to train with; when going on, what the training was begun with.
        resume: Go on from the last saved state in ``work``, if there is one.
        report: Called with a line on the progress now and then.

    Returns:
        The trained network, also in ``network.pt`` of the work folder.

    Raises:
        InputError: If a treebank can't be read, or the saved state has other settings.
    """
    import torch

    state_path = work / "state.pt"
    resume = resume and state_path.exists()
    if resume:
        _check_settings(work, settings)
    else:
        prepare(data, work, settings)
        (work / "settings.json").write_text(json.dumps(asdict(settings), indent=1) + "\n")
        (work / "log.jsonl").write_text("")
    paragraphs = read_training_text(work / "train")
    vocabulary = build_vocabulary(text for text, _ in paragraphs)
    network = StanzaNetwork.create(vocabulary, settings.window.length, settings.seed)
    characters = LabelledCharacters.of(paragraphs, network.vocabulary)
    first = 1
    if resume:
        state = torch.load(state_path, weights_only=True)
        network.restore(state)
        first = state["step"] + 1
        report(f"going on after step {state['step']}")
    losses: list[float] = []
    begun = time.process_time()
    for step in range(first, settings.steps + 1):
        losses.append(_take_step(network, characters, settings, step))
        if step % settings.save_every == 0 or step == settings.steps:
            torch.save({**network.state(), "step": step}, state_path)
            figures = {
                "step": step,
                "loss": round(sum(losses) / len(losses), 5),
                "rate": settings.rate_at(step),
                "cpu_seconds": round(time.process_time() - begun),
            }
            log_figures(work, figures)
            report(" ".join(f"{name} {value}" for name, value in figures.items()))
            losses.clear()
    network.save(work / "network.pt")
    return network


def log_figures(work: Path, figures: dict[str, Any]) -> None:
    """Add a line of figures to the log of a work folder."""
    with (work / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(figures) + "\n")


def _take_step(
    network: StanzaNetwork, characters: LabelledCharacters, settings: TokenizerSettings, step: int
) -> float:
    batch = sample_batch(characters, settings.window, (settings.seed, step))
    return network.learn(
        batch.ids,
        batch.features,
        batch.labels,
        rate=settings.rate_at(step),
        seed=settings.seed * 1_000_003 + step,
    )


def _check_settings(work: Path, settings: TokenizerSettings) -> None:
    path = work / "settings.json"
    try:
        begun_with = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} can't be read ({error}); train without --resume") from error
    now = asdict(settings)
    other = sorted(name for name in now if begun_with.get(name) != now[name])
    if other:
        raise InputError(
            f"{work} holds a training with other settings ({', '.join(other)}); give the same "
            "ones, or train without --resume"
        )
