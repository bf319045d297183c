"""``quotecraft train``: makes the shipped weights again from named data."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click
from attrs import evolve

from quotecraft.cli.train_speakers import speakers
from quotecraft.cli.train_tagger import tagger

__all__ = ["train"]

_WORK = Path(tempfile.gettempdir()) / "quotecraft-tokenizer"


@click.group()
def train() -> None:
    """Make the shipped weights again from named data.

    \b
    Example:
      quotecraft train tokenizer --data ../shared/data --out my-model/en
    """


@train.command()
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with ud-ewt and ud-gum.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Model folder to put the tokenizer into, with manifest and card.",
)
@click.option(
    "--work",
    type=click.Path(path_type=Path, file_okay=False),
    default=_WORK,
    show_default="in the temporary folder",
    help="Folder for training files, log and saved states.",
)
@click.option("--steps", type=click.IntRange(min=1), help="Training steps.")
@click.option("--no-augment", is_flag=True, help="Train on the treebanks as they are only.")
@click.option("--compare", is_flag=True, help="Train one of each kind and give both figures.")
@click.option("--resume", is_flag=True, help="Go on with a training that was stopped.")
@click.option("--evaluate", is_flag=True, help="Train nothing; score the tokenizer that ships.")
def tokenizer(
    data: Path,
    out: Path | None,
    work: Path,
    steps: int | None,
    no_augment: bool,
    compare: bool,
    resume: bool,
    evaluate: bool,
) -> None:
    """Train and score the tokenizer; the library's twin is training.tokenizer_shipping.

    \b
    Example:
      quotecraft train tokenizer --data ../shared/data --evaluate
    """
    from quotecraft.parse.stanza_backend import load_tokenizer
    from quotecraft.training.tokenizer import TokenizerSettings
    from quotecraft.training.tokenizer_evaluate import evaluate_tokenizer
    from quotecraft.training.tokenizer_shipping import figures_table, make_tokenizer

    if evaluate:
        shipped = load_tokenizer()
        click.echo(figures_table({shipped.name: evaluate_tokenizer(shipped, data)}))
        return
    if out is None:
        raise click.UsageError("give --out DIR to train, or --evaluate to score what ships")
    settings = TokenizerSettings(augment=not no_augment)
    settings = settings if steps is None else evolve(settings, steps=steps)
    make_tokenizer(
        data,
        out,
        work,
        settings,
        compare=compare,
        resume=resume,
        report=lambda line: click.echo(line, err=True),
    )


train.add_command(speakers)
train.add_command(tagger)
