"""The named evaluations: what the results page and the floors are measured on, and how."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from attrs import frozen

__all__ = ["EVALUATIONS", "FLOORS", "ROOT", "Evaluation", "data_folder"]

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "benchmarks" / "floors.toml"


def data_folder() -> Path:
    """Return where the data sets are: ``$QUOTECRAFT_DATA``, or beside the checkout."""
    root = os.environ.get("QUOTECRAFT_DATA")
    return Path(root) if root else ROOT.parent / "shared" / "data"


def _shown_data() -> str:
    return "$QUOTECRAFT_DATA" if os.environ.get("QUOTECRAFT_DATA") else "../shared/data"


@frozen
class Evaluation:
    """One way of scoring a model on one corpus.

    Attributes:
        key: Its name on the command line.
        title: What it measures, for a heading.
        gold: Path of the gold, from the repository's root or the data folder.
        gold_format: Its format.
        options: Further options of ``quotecraft eval``.
        own: Whether the gold is in the repository.
        quick: Whether its floors are checked with every run of the tests.
        note: What a reader has to know.
    """

    key: str
    title: str
    gold: str
    gold_format: str
    options: tuple[str, ...] = ()
    own: bool = False
    quick: bool = False
    note: str = ""

    def path(self) -> Path:
        """Return where the gold is."""
        return (ROOT if self.own else data_folder()) / self.gold

    def shown_path(self) -> str:
        """Return the path as it is printed: the same on every machine."""
        return self.gold if self.own else f"{_shown_data()}/{self.gold}"

    def arguments(self, model: str = "en") -> list[str]:
        """Return the arguments of ``quotecraft eval``."""
        return self._arguments(str(self.path()), model)

    def shown(self, model: str = "en", *more: str) -> str:
        """Return the command as a reader would type it in the repository's root."""
        arguments = self._arguments(self.shown_path(), model)
        quoted = [a if a.startswith("$") else shlex.quote(a) for a in (*arguments, *more)]
        return " ".join(["quotecraft", "eval", *quoted])

    def command(self, model: str = "en", *more: str) -> list[str]:
        """Return the command to run."""
        return [sys.executable, "-m", "quotecraft", "eval", *self.arguments(model), *more]

    def _arguments(self, gold: str, model: str) -> list[str]:
        named = ["--gold", gold, "--gold-format", self.gold_format, "--model", model]
        return [*named, *self.options]


EVALUATIONS = {
    evaluation.key: evaluation
    for evaluation in (
        Evaluation(
            "tiny",
            "A handful of sentences of our own",
            "tests/evaluate/tiny.jsonl",
            "jsonl",
            own=True,
            quick=True,
        ),
        Evaluation(
            "dev",
            "Our articles and scenes that may be looked at while developing",
            "corpora/dev.jsonl",
            "jsonl",
            own=True,
            quick=True,
        ),
        Evaluation(
            "test",
            "Our articles and scenes that nobody who develops looks at",
            "corpora/test.jsonl",
            "jsonl",
            ("--by", "genre"),
            own=True,
        ),
        Evaluation(
            "stories",
            "Our stories by a writer of whom nothing was learned",
            "corpora/stories-test.jsonl",
            "jsonl",
            ("--flat",),
            own=True,
            note="Written to be hard: half of the quotations have no cue, and people go by titles, "
            "ranks, nicknames and descriptions. Quotations inside others are not labelled.",
        ),
        Evaluation(
            "polnear",
            "News: PolNeAR dev",
            "polnear/dev",
            "polnear",
            note="Attributions with cue and source, of the first annotator by name. Nothing is "
            "trained on these articles; decisions were made on them.",
        ),
        Evaluation(
            "pdnc",
            "Fiction from raw text: the held-out PDNC novels",
            "pdnc",
            "pdnc",
            ("--split", "test"),
            note="End to end: a quotation counts when it was found and its speaker is right, with "
            "no list of characters given.",
        ),
        Evaluation(
            "pdnc-given",
            "Fiction with the quotations given, by span: the held-out PDNC novels",
            "pdnc",
            "pdnc",
            ("--split", "test", "--given", "--unit", "span", "--metrics", "pdnc"),
            note="As papers on PDNC score, but without the list of characters that they are given.",
        ),
        Evaluation(
            "pdnc-characters",
            "Fiction with quotations and characters given, by quotation: the held-out PDNC novels",
            "pdnc",
            "pdnc",
            ("--split", "test", "--given", "characters", "--metrics", "pdnc"),
            note="The list of characters with all their names is given, and a speaker is always "
            "chosen.",
        ),
        Evaluation(
            "pdnc-characters-span",
            "Fiction with quotations and characters given, by span: the held-out PDNC novels",
            "pdnc",
            "pdnc",
            ("--split", "test", "--given", "characters", "--unit", "span", "--metrics", "pdnc"),
            note="As papers on PDNC score.",
        ),
        Evaluation(
            "litbank",
            "Fiction: LitBank",
            "litbank",
            "litbank",
            note="B³ of quotations clustered by speaker; names play no part. The model card says "
            "which of these texts the shipped model was trained on.",
        ),
        Evaluation(
            "litbank-given",
            "Fiction with the quotations given: LitBank",
            "litbank",
            "litbank",
            ("--given", "--metrics", "litbank"),
        ),
    )
}
