"""The options that say how texts are read: the same for every command that reads some."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, TypeVar

import click
from attrs import asdict, fields, frozen

from quotecraft.pipeline import Pipeline, load
from quotecraft.text import FailedInput, InputText, read_inputs
from quotecraft.weights import model_names

__all__ = ["Reading", "known_model", "reading_options"]

Result = TypeVar("Result")


@frozen
class Reading:
    """What ``reading_options`` took from the command line.

    Attributes:
        text_column: Field or column that holds the text, as for ``quotecraft.text.read_inputs``.
        id_column: Field or column that holds the id.
        model: Name of the model; this and the others as for ``quotecraft.load``.
        stanza: Tokenizer package.
        min_confidence: Leave out quotations less sure than this, in [0, 1].
        nested: Look for quotations inside quotations, too.
        coreference: Another source of coreference.
    """

    text_column: str
    id_column: str
    model: str
    stanza: str | None
    min_confidence: float
    nested: bool
    coreference: str | None

    def pipeline(self) -> Pipeline:
        """Load the pipeline.

        Raises:
            QuotecraftError: As ``quotecraft.load``.
        """
        return load(
            self.model,
            stanza=self.stanza,
            min_confidence=self.min_confidence,
            nested=self.nested,
            coreference=self.coreference,
        )

    def inputs(self, paths: str | Iterable[str]) -> Iterator[InputText | FailedInput]:
        """Read the texts of files, folders and standard input one by one.

        Args:
            paths: One path or several.
        """
        return read_inputs(paths, text_column=self.text_column, id_column=self.id_column)

    def options(self) -> dict[str, Any]:
        """Return all options by their names."""
        return asdict(self)


def reading_options(command: Callable[..., Result]) -> Callable[..., Result]:
    """Add the options that say how texts are read; the command gets them as ``reading``."""

    @wraps(command)
    def run(**given: Any) -> Result:  # noqa: ANN401  (click's options by name)
        chosen = {field.name: given.pop(field.name) for field in fields(Reading)}
        return command(reading=Reading(**chosen), **given)

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


def known_model(ctx: click.Context, param: click.Parameter, name: str | None) -> str | None:
    """Refuse the name of a model that isn't installed, as wrong usage.

    Args:
        ctx: The command's context.
        param: The option.
        name: What was given, ``None`` where a command needs no model.

    Raises:
        click.BadParameter: If there is no such model.
    """
    known = model_names()
    if name is not None and known and name not in known:
        raise click.BadParameter(f"there is no model {name!r}; available: {', '.join(known)}")
    return name


_OPTIONS = (
    click.option(
        "--model",
        default="en",
        show_default=True,
        metavar="NAME",
        callback=known_model,
        help="Model to use.",
    ),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.0,
        show_default=True,
        metavar="P",
        help="Leave out quotations found with less than this probability.",
    ),
    click.option(
        "--nested/--flat",
        default=False,
        show_default=True,
        help="Find quotations inside quotations, too, or outermost ones only.",
    ),
    click.option(
        "--text-column",
        default="text",
        show_default=True,
        metavar="NAME",
        help="Field or column of JSON Lines, CSV and Parquet that holds the text.",
    ),
    click.option(
        "--id-column",
        default="id",
        show_default=True,
        metavar="NAME",
        help="Field or column that holds the id.",
    ),
    click.option(
        "--stanza",
        metavar="PACKAGE",
        help="Use a tokenizer package you downloaded with stanza.download, e.g. default.",
    ),
    click.option(
        "--coreference",
        metavar="SOURCE",
        help="Ask stanza, or stanza:PACKAGE, too, whom pronouns mean: slow, needs "
        "quotecraft[coref] and a package you downloaded.",
    ),
)
