"""The options that choose a pipeline: the same for every command that reads texts."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click
from attrs import asdict, fields, frozen

from quotecraft.pipeline import Pipeline, load

__all__ = ["Loading", "model_options"]

Result = TypeVar("Result")


@frozen
class Loading:
    """What ``model_options`` took from the command line.

    Attributes:
        model: Name of the model; this and the others as for ``quotecraft.load``.
        stanza: Tokenizer package.
        min_confidence: Leave out quotations less sure than this, in [0, 1].
        nested: Look for quotations inside quotations, too.
        coreference: Another source of coreference.
    """

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

    def options(self) -> dict[str, Any]:
        """Return the options by their names."""
        return asdict(self)


def model_options(command: Callable[..., Result]) -> Callable[..., Result]:
    """Add the options that choose a pipeline; the command gets them as ``loading``."""

    @wraps(command)
    def run(**given: Any) -> Result:  # noqa: ANN401  (click's options by name)
        chosen = {field.name: given.pop(field.name) for field in fields(Loading)}
        return command(loading=Loading(**chosen), **given)

    for option in _OPTIONS:
        run = option(run)
    return run


_OPTIONS = (
    click.option("--model", default="en", show_default=True, help="Model to use."),
    click.option(
        "--stanza",
        metavar="PACKAGE",
        help="Use a tokenizer package you downloaded with stanza.download, e.g. default.",
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
        "--coreference",
        metavar="SOURCE",
        help="Ask stanza, or stanza:PACKAGE, too, whom pronouns mean: slow, needs "
        "quotecraft[coref] and a package you downloaded.",
    ),
)
