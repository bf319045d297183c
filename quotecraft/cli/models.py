"""``quotecraft models``: what models there are and what they were made from."""

from __future__ import annotations

import click

from quotecraft.weights import list_models, model_info

__all__ = ["models"]


@click.group()
def models() -> None:
    """List, describe and check models.

    \b
    Example:
      quotecraft models info en
    """


@models.command("list")
def list_() -> None:
    """Name each model with its version, size and description."""
    for info in list_models():
        click.echo(f"{info.name}\t{info.version}\t{info.size / 1e6:.1f} MB\t{info.description}")


@models.command()
@click.argument("name", default="en")
def info(name: str) -> None:
    """Print the model card of NAME: data, licences, figures, hashes."""
    click.echo(model_info(name).card)


@models.command()
@click.argument("name", default="en")
def download(name: str) -> None:
    """Make sure that NAME can be used: shipped models are checked by hash, nothing is fetched."""
    found = model_info(name)
    found.verify()
    click.echo(f"{found.name} {found.version} ships with quotecraft; its files are intact")
