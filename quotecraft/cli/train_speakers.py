"""``quotecraft train speakers``: makes the weights that find speakers from labelled texts."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["speakers"]

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.option(
    "--data",
    required=True,
    type=_FOLDER,
    help="Folder with worldwide, litbank, pdnc, polnear and ud-gum.",
)
@click.option("--out", required=True, type=_FOLDER, help="Folder to write the weights into.")
@click.option(
    "--only", type=click.Choice(["names", "links", "news"]), help="Make one of the three parts."
)
def speakers(data: Path, out: Path, only: str | None) -> None:
    """Fit and measure names' kinds and speakers; the twin is training.speaker_shipping.

    \b
    Example:
      quotecraft train speakers --data ../shared/data --out quotecraft/speakers/data
    """
    from quotecraft.training.speaker_shipping import make_names, make_news, make_speakers

    def report(line: str) -> None:
        click.echo(line)

    for part, make in (("names", make_names), ("links", make_speakers), ("news", make_news)):
        if only in (None, part):
            make(data, out, report)
