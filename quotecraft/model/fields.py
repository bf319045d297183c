"""Converters, validators and display hooks that several of the model's classes use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from itertools import pairwise
from typing import Any

from attrs import Attribute, field

from quotecraft.errors import InvalidModelError
from quotecraft.model.spans import Span


# attrs takes a converter's type from its signature, and mypy can't solve a generic one.
def to_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans as a tuple."""
    return tuple(spans)


def to_strings(values: Iterable[str]) -> tuple[str, ...]:
    """Return the strings as a tuple.

    Raises:
        InvalidModelError: If it is one string, whose letters nobody means.
    """
    if isinstance(values, str):
        raise InvalidModelError(f"{values!r} stands where a list is wanted; give [{values!r}]")
    return tuple(values)


def counted(noun: str) -> Callable[[Sized], str]:
    """Return what shows, in a ``repr``, only how many values a field holds.

    Args:
        noun: What to call one of them.
    """
    return lambda values: f"<{amount(len(values), noun)}>"


def amount(number: int, noun: str) -> str:
    """Return a number with its noun: "1 quotation", "1,204 quotations".

    Args:
        number: How many.
        noun: The singular of a noun with a plural in "s".
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def to_mapping(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a copy, so that the caller's mapping can change."""
    return dict(values)


def extra() -> Any:  # noqa: ANN401  (attrs fields are untyped by design)
    """Declare a field for what an interchange record holds beyond the model."""
    return field(factory=dict, converter=to_mapping, hash=False, kw_only=True, repr=False)


def ordered(quote: object, attribute: Attribute[Any], spans: tuple[Span, ...]) -> None:
    """Check that spans are in order and do not overlap."""
    for left, right in pairwise(spans):
        if right.start < left.end:
            raise InvalidModelError(
                f"{attribute.name} spans overlap or are out of order: "
                f"[{left.start}, {left.end}) then [{right.start}, {right.end})"
            )


_HtmlRenderer = Callable[[object], str]
_html_renderer: list[_HtmlRenderer] = []


def use_html_renderer(renderer: _HtmlRenderer) -> None:
    """Set the function that draws documents, quotes and speakers in notebooks."""
    _html_renderer[:] = [renderer]


def html(value: object) -> str | None:
    """Draw a value as HTML, if a renderer is set."""
    return _html_renderer[0](value) if _html_renderer else None
