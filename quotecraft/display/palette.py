"""One hue per speaker, with the same contrast whatever the hue, for light and dark pages.

Colours are chosen in OKLCH (B. Ottosson, "A perceptual color space for image processing", 2020),
where equal lightness looks equally light. Contrast is WCAG 2.2's (success criteria 1.4.3, 1.4.11).
"""

from __future__ import annotations

from math import cos, radians, sin

from attrs import frozen

__all__ = ["DARK", "HUES", "LIGHT", "Ground", "Tones", "contrast", "tones"]

HUES = 48
"""How many speakers get a hue of their own; further ones share a neutral colour."""

FIRST_HUE = 255.0  # blue, in degrees
GOLDEN_ANGLE = 137.508  # degrees; successive multiples stay far apart round the circle


@frozen
class Ground:
    """What a theme is drawn on, and how light and how strong its three tones are.

    Attributes:
        page: Background, ``#rrggbb``.
        text: Colour of running text, ``#rrggbb``.
        tint: Lightness and chroma behind quoted words.
        line: Lightness and chroma of underlines.
        ink: Lightness and chroma of coloured words.
    """

    page: str
    text: str
    tint: tuple[float, float]
    line: tuple[float, float]
    ink: tuple[float, float]


LIGHT = Ground("#ffffff", "#1b1d21", (0.945, 0.035), (0.58, 0.14), (0.43, 0.12))
DARK = Ground("#16181d", "#e6e7ea", (0.315, 0.055), (0.70, 0.12), (0.84, 0.085))


@frozen
class Tones:
    """One speaker's colours on one ground, each ``#rrggbb``.

    Attributes:
        tint: Behind quoted words.
        line: Underlines and bars.
        ink: Coloured words.
    """

    tint: str
    line: str
    ink: str


def _linear(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Convert OKLCH to linear sRGB with Ottosson's matrices."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """Return the colour, with as much of the chroma as sRGB can show."""
    while chroma > 0 and not all(0 <= c <= 1 for c in _linear(lightness, chroma, hue)):
        chroma -= 0.002
    channels = (min(1.0, max(0.0, c)) for c in _linear(lightness, max(0.0, chroma), hue))
    encoded = (c * 12.92 if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in channels)
    return "#" + "".join(f"{round(255 * c):02x}" for c in encoded)


def tones(index: int, ground: Ground) -> Tones:
    """Return the colours of the speaker with this zero-based rank; grey from ``HUES`` on."""
    hue = (FIRST_HUE + index * GOLDEN_ANGLE) % 360
    strength = 1.0 if index < HUES else 0.0
    tint, line, ink = (
        _hex(lightness, chroma * strength, hue)
        for lightness, chroma in (ground.tint, ground.line, ground.ink)
    )
    return Tones(tint, line, ink)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return WCAG's contrast ratio of two ``#rrggbb`` colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
