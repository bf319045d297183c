"""``quotecraft train speakers``: makes the weights that find speakers from labelled texts."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["speakers"]

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.option(
    "--data",
    required=True,
    type=_FOLDER,
    help="Folder with worldwide, litbank, pdnc, polnear and ud-gum.",
)
@click.option("--out", required=True, type=_FOLDER, help="Model folder to write the weights into.")
@click.option(
    "--only", type=click.Choice(["names", "links", "news", "cast"]), help="Make one of the parts."
)
@click.option(
    "--own",
    type=_FILE,
    help="Our labelled articles, such as corpora/dev.jsonl, to measure links in news on.",
)
@click.option(
    "--references",
    type=_FILE,
    help="Whom descriptions mean, such as corpora/references.jsonl, to fit their models on.",
)
@click.option(
    "--sources",
    type=_FILE,
    help="Whose attributions are, such as corpora/sources.jsonl, to fit how sure links are on.",
)
@click.option(
    "--stories",
    type=_FILE,
    help="Our labelled stories, such as corpora/stories.jsonl, to learn from beside novels.",
)
def speakers(
    data: Path,
    out: Path,
    only: str | None,
    own: Path | None,
    references: Path | None,
    sources: Path | None,
    stories: Path | None,
) -> None:
    """Fit and measure names' kinds and speakers; the twin is training.speaker_shipping.

    \b
    Example:
      quotecraft train speakers --data ../shared/data --out quotecraft/models/en \\
        --own corpora/dev.jsonl --references corpora/references.jsonl \\
        --sources corpora/sources.jsonl --stories corpora/stories.jsonl
    """
    from quotecraft.training.speaker_card import ship_speakers
    from quotecraft.training.speaker_cast_shipping import make_cast
    from quotecraft.training.speaker_shipping import make_names, make_news, make_speakers

    def report(line: str) -> None:
        click.echo(line)

    if only in (None, "names"):
        make_names(data, out, report, stories)
    if only in (None, "links"):
        make_speakers(data, out, report, stories)
    if only in (None, "news"):
        make_news(data, out, report, own, references, sources)
    if only in (None, "cast"):
        make_cast(data, out, report)
    if ship_speakers(out):
        report(f"entered in {out / 'manifest.json'}")
