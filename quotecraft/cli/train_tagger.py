"""``quotecraft train tagger``: makes the attribution tagger from labelled articles."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

__all__ = ["tagger"]

_WORK = Path(tempfile.gettempdir()) / "quotecraft-tagger"
_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with polnear and pdnc.",
)
@click.option("--own", type=_FILE, help="Our own training texts, such as corpora/train.jsonl.")
@click.option(
    "--calibrate", type=_FILE, help="Our own texts to calibrate on, such as corpora/dev.jsonl."
)
@click.option("--out", type=_FOLDER, help="Model folder to put the tagger into, when trained.")
@click.option(
    "--work",
    type=_FOLDER,
    default=_WORK,
    show_default="in the temporary folder",
    help="Folder for checkpoints, log and trained weights.",
)
@click.option("--encoder", type=_FOLDER, help="Folder of MiniLM; the installed one by default.")
@click.option("--epochs", type=click.IntRange(min=1), help="Passes over the articles.")
@click.option("--minutes", type=click.FloatRange(min=0), help="Planned minutes of training.")
@click.option("--stop-after", type=click.FloatRange(min=0), default=0.0, help="Stop and save.")
@click.option(
    "--evaluate-every", type=click.IntRange(min=1), default=1, help="Epochs between evaluations."
)
@click.option("--batch-size", type=click.IntRange(min=1), help="Windows in a batch.")
@click.option("--encoder-rate", type=float, help="Learning rate of the encoder.")
@click.option("--head-rate", type=float, help="Learning rate of everything new.")
@click.option("--dropout", type=click.FloatRange(0, 1), help="Share of activations dropped.")
@click.option("--excerpts", type=click.IntRange(0), help="Excerpts of novels in an epoch.")
@click.option("--seed", type=int, help="Seed of all chance.")
@click.option("--threads", type=click.IntRange(min=1), help="CPU threads.")
@click.option(
    "--bfloat16/--float32", default=None, help="Precision of the products; bfloat16 by default."
)
@click.option("--resume", is_flag=True, help="Go on with a training that was stopped.")
@click.option("--ship-only", is_flag=True, help="Train nothing; export what --work holds.")
def tagger(
    data: Path,
    own: Path | None,
    calibrate: Path | None,
    out: Path | None,
    work: Path,
    encoder: Path | None,
    stop_after: float,
    evaluate_every: int,
    resume: bool,
    ship_only: bool,
    **given: float | None,
) -> None:
    """Train, tune, measure and export the tagger; the twin of training.tagger.shipping.

    \b
    Example:
      quotecraft train tagger --data ../shared/data --own corpora/train.jsonl \
          --calibrate corpora/dev.jsonl --out my-model/en
    """
    from quotecraft.training.tagger.loop import Settings
    from quotecraft.training.tagger.shipping import (
        Sources,
        find_encoder,
        ship_tagger,
        train_tagger,
    )

    def report(line: str) -> None:
        click.echo(line, err=True)

    sources = Sources(data, encoder or find_encoder(), own=own, calibration=calibrate)
    done = True
    if not ship_only:
        chosen = {name: value for name, value in given.items() if value is not None}
        settings = Settings(**chosen)  # type: ignore[arg-type]
        done = train_tagger(
            sources,
            work,
            settings,
            stop_after=stop_after,
            evaluate_every=evaluate_every,
            resume=resume,
            report=report,
        )
    if out is not None and done:
        for name, figures in ship_tagger(sources, work, out, report).items():
            click.echo(f"{name}: {figures}")
