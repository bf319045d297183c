"""Makes ``cast.json``: the weights that choose among a given cast, from PDNC and LitBank."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from attrs import frozen

from quotecraft.formats.litbank import read_litbank
from quotecraft.formats.pdnc import read_pdnc
from quotecraft.model import Document, Sentence
from quotecraft.parse.interfaces import Tokenizer
from quotecraft.parse.stanza_backend import load_tokenizer
from quotecraft.speakers.cast.scoring import CastModel
from quotecraft.training.speaker_cast import (
    ON_EXCERPTS,
    ON_NOVELS,
    Labelled,
    fit_cast,
    fold_of,
    label_document,
)
from quotecraft.training.speaker_cast_novels import IN_LITBANK, label_novel
from quotecraft.training.speaker_links import read_novels

__all__ = ["Excerpt", "cross_validated", "fit_on_novels", "make_cast", "read_excerpts"]

Report = Callable[[str], None]


@frozen(eq=False)
class Excerpt:
    """An excerpt of LitBank, ready to be learned from.

    Attributes:
        document: The excerpt with everybody it mentions.
        sentences: Its sentences.
        labelled: Its quotations with their gold speakers.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    labelled: Labelled


def read_excerpts(data: Path, tokenizer: Tokenizer) -> Iterator[Excerpt]:
    """Read the excerpts of LitBank that have quotations.

    Args:
        data: Folder with ``litbank``.
        tokenizer: Finds sentences.
    """
    for document in read_litbank(data / "litbank", entities=True):
        if document.quotes:
            sentences = tokenizer.tokenize(document.text)
            yield Excerpt(document, sentences, label_document(document, sentences))


def fit_on_novels(data: Path, tokenizer: Tokenizer) -> CastModel:
    """Fit weights on the novels of PDNC's training split of which LitBank has no excerpt.

    Args:
        data: Folder with ``pdnc``.
        tokenizer: Finds sentences.
    """
    documents = (novel for novel in read_pdnc(data / "pdnc") if novel.id not in IN_LITBANK)
    novels = read_novels(documents, tokenizer)
    return fit_cast([part for novel in novels for part in label_novel(novel)], ON_NOVELS)


def cross_validated(
    excerpts: Sequence[Excerpt], start: CastModel, folds: int
) -> Iterator[tuple[CastModel, list[Excerpt]]]:
    """Yield, for each fold, weights that were fitted without it, and its excerpts.

    Args:
        excerpts: What to learn from.
        start: Weights that they are held to.
        folds: How many; a text's fold is a hash of its name.
    """
    for fold in range(folds):
        own = [e for e in excerpts if fold_of(e.document.id, folds) == fold]
        rest = [e.labelled for e in excerpts if fold_of(e.document.id, folds) != fold]
        if own:
            yield fit_cast(rest, ON_EXCERPTS, start), own


def make_cast(data: Path, out: Path, report: Report) -> None:
    """Fit the weights and write ``cast.json``; ``benchmarks/litbank.py`` measures the recipe.

    Args:
        data: Folder with ``pdnc`` and ``litbank``.
        out: Folder to write to.
        report: Takes lines of progress.
    """
    tokenizer = load_tokenizer()
    start = fit_on_novels(data, tokenizer)
    report(f"{len(start.member.weights)} weights of candidates from novels")
    excerpts = [excerpt.labelled for excerpt in read_excerpts(data, tokenizer)]
    model = fit_cast(excerpts, ON_EXCERPTS, start)
    report(f"fitted on {len(excerpts)} excerpts")
    models = {
        name: {
            "outputs": list(part.outputs),
            "weights": {key: list(row) for key, row in sorted(part.weights.items())},
        }
        for name, part in (
            ("first", model.first),
            ("member", model.member),
            ("same", model.same),
            ("turn", model.turn),
        )
    }
    text = json.dumps({"models": models}, ensure_ascii=False, indent=0)
    (out / "cast.json").write_text(text + "\n", encoding="utf-8")
