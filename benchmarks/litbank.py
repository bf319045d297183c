"""B³ on LitBank when the gold mentions are given, cross-validated by text.

``python -m benchmarks.litbank --data ../shared/data`` prints B³ over all quotations, clustered by
speaker inside each text, with 95 % intervals that resample texts. Quotations, and everybody the
text mentions with the coreference of all mentions, are given; the speaker is chosen among them:

* *mentions*: nothing else is given; who speaks is chosen for all quotations of a text together;
* *mentions and earlier speakers*: each quotation's choice knows the gold speakers of those before;
* *mentions, novels alone*: as the first, with weights that have learned nothing from LitBank.

Weights are fitted without the fold's texts, and on no novel of which LitBank has an excerpt.

BookNLP's published figures (86.4 small, 89.9 big; on texts of its own split) belong to the second
protocol: the evaluation in booknlp/english/speaker_attribution.py takes the gold entity of the
candidate that is chosen among the ten nearest, and candidates are mentions *and earlier quotations*
(booknlp/english/bert_qa.py), whose entities come with the data. It knows paragraphs, which the
released texts, and so the rows here, do not.

From raw text, and with gold quotations alone: ``quotecraft eval --gold-format litbank``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from attrs import evolve

from quotecraft.evaluate import Report, Table, score
from quotecraft.evaluate.speakers import BCubed
from quotecraft.evaluate.tables import percent
from quotecraft.model import Document
from quotecraft.parse.stanza_backend import load_tokenizer
from quotecraft.speakers.cast.references import may_speak
from quotecraft.speakers.cast.scoring import CastModel
from quotecraft.training.speaker_cast import Labelled
from quotecraft.training.speaker_cast_shipping import (
    Excerpt,
    cross_validated,
    fit_on_novels,
    read_excerpts,
)

SAMPLES = 1000
SEED = 12345
Chooser = Callable[[CastModel, Labelled], list[int]]


def choose(model: CastModel, text: Labelled) -> list[int]:
    """Return the most probable speaker of each utterance."""
    return [_best(shares) for shares in model.shares(text.reading)]


def choose_told(model: CastModel, text: Labelled) -> list[int]:
    """Return the most probable speaker of each utterance, told those of all before it."""
    return [
        _best(model.shares(text.reading, told=text.speakers[:place])[place])
        for place in range(len(text.speakers))
    ]


def _best(shares: dict[int, float]) -> int:
    return max(shares, key=shares.__getitem__)


def named(excerpt: Excerpt, chosen: Sequence[int]) -> Document:
    """Return an excerpt with the chosen speakers in place of the gold ones."""
    members = may_speak(excerpt.document.speakers)
    speakers = {
        span: members[member].id
        for piece, member in zip(excerpt.labelled.reading.pieces, chosen, strict=True)
        for span in piece.contents
    }
    quotes = excerpt.document.quotes
    said = [evolve(quote, speaker=speakers[quote.content[0]]) for quote in quotes]
    return evolve(excerpt.document, quotes=tuple(said), model="cast")


def row(name: str, report: Report) -> tuple[str, ...]:
    """Return a table row of one report."""
    (found,) = report.scores
    low, high = found.intervals["f1"]
    values = [percent(found.values[key]) for key in ("precision", "recall", "f1")]
    scored = f"{found.support['judged']} in {report.signature.documents}"
    return (name, *values, f"{percent(low)}–{percent(high)}", scored)


def rows(data: Path, folds: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table."""
    tokenizer = load_tokenizer()
    start = fit_on_novels(data, tokenizer)
    excerpts = list(read_excerpts(data, tokenizer))
    gold = [excerpt.document for excerpt in excerpts]
    models = {
        excerpt.document.id: model
        for model, own in cross_validated(excerpts, start, folds)
        for excerpt in own
    }
    alone = {excerpt.document.id: start for excerpt in excerpts}
    settings: tuple[tuple[str, dict[str, CastModel], Chooser], ...] = (
        ("mentions", models, choose),
        ("mentions and earlier speakers", models, choose_told),
        ("mentions, novels alone", alone, choose),
    )
    for name, fitted, chooser in settings:
        made = [named(e, chooser(fitted[e.document.id], e.labelled)) for e in excerpts]
        report = score(gold, made, metrics=[BCubed()], corpus="litbank", samples=SAMPLES, seed=SEED)
        yield row(name, report)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with litbank and pdnc")
    parser.add_argument("--folds", type=int, default=5, help="of the cross-validation by text")
    chosen = parser.parse_args()
    header = ("given", "P", "R", "F1", "95% interval", "quotations in texts")
    sys.stdout.write(Table(header, tuple(rows(chosen.data, chosen.folds))).render() + "\n")


if __name__ == "__main__":
    main()
