"""The page's colours, light and dark, charts included."""

from __future__ import annotations

from attrs import asdict

from quotecraft.plots import Palette

__all__ = ["colour_rules"]


def colour_rules(light: Palette, dark: Palette) -> str:
    """Return style rules: variables for the page, and dark partners for the charts' colours.

    Printing is always light.
    """
    charts = "".join(
        f'svg [{name}="{before}"]{{{name}:{after}}}'
        for before, after in zip(asdict(light).values(), asdict(dark).values(), strict=True)
        for name in ("fill", "stroke")
    )
    return (
        f":root{{{_variables(light)}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_variables(dark)}}}{charts}}}"
    )


def _variables(palette: Palette) -> str:
    return "".join(f"--{name}:{value};" for name, value in asdict(palette).items())
