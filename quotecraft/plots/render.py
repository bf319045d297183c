"""Charts to SVG and PNG, by the renderer that vl-convert brings: no browser, no network."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from quotecraft.errors import FormatError, MissingExtraError
from quotecraft.plots.theme import darkened

__all__ = ["save", "to_png", "to_svg"]

ENDINGS = (".svg", ".png")
# Controls (a NUL ends the process), bidirectional controls, surrogates and noncharacters.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def _renderer() -> Any:  # noqa: ANN401  (a module)
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtraError("Drawing charts", "plots") from error
    return vl_convert


def _specification(chart: Any, *, dark: bool) -> str:  # noqa: ANN401  (an Altair chart)
    specification = json.dumps(_drawable(chart.to_dict()))
    return darkened(specification) if dark else specification


def _drawable(value: Any) -> Any:  # noqa: ANN401  (JSON)
    """Return a specification without characters that stop the renderer or reorder the text."""
    if isinstance(value, str):
        return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_drawable(item) for item in value]
    if isinstance(value, dict):
        return {_drawable(key): _drawable(item) for key, item in value.items()}
    return value


def _version() -> str:
    from altair import SCHEMA_VERSION

    return ".".join(str(SCHEMA_VERSION).removeprefix("v").split(".")[:2])


def to_svg(chart: Any, *, dark: bool = False) -> str:  # noqa: ANN401
    """Return a chart as SVG.

    Args:
        chart: An Altair chart.
        dark: Draw it for a dark ground.

    Raises:
        MissingExtraError: If the extra is not installed.
    """
    specification = _specification(chart, dark=dark)
    svg: str = _renderer().vegalite_to_svg(specification, vl_version=_version())
    return svg


def to_png(chart: Any, *, dark: bool = False, scale: float = 2) -> bytes:  # noqa: ANN401
    """Return a chart as PNG.

    Args:
        chart: An Altair chart.
        dark: Draw it for a dark ground.
        scale: Pixels of the picture for each of the chart's.

    Raises:
        MissingExtraError: If the extra is not installed.
    """
    specification = _specification(chart, dark=dark)
    png: bytes = _renderer().vegalite_to_png(specification, vl_version=_version(), scale=scale)
    return png


def save(
    chart: Any,  # noqa: ANN401
    path: str | os.PathLike[str],
    *,
    dark: bool = False,
    scale: float = 2,
) -> None:
    """Write a chart to a file, without a browser.

    Args:
        chart: An Altair chart.
        path: A file that ends in ``.svg`` or ``.png``.
        dark: Draw it for a dark ground.
        scale: For PNG, pixels of the picture for each of the chart's.

    Raises:
        FormatError: If the ending is another, or the file can't be written.
        MissingExtraError: If the extra is not installed.
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise FormatError("give a path that ends in .svg or .png", source=os.fspath(path))
    data = to_svg(chart, dark=dark).encode() if ending == ".svg" else b""
    data = data or to_png(chart, dark=dark, scale=scale)
    try:
        target.write_bytes(data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise FormatError(f"cannot be written: {reason}", source=os.fspath(path)) from error
