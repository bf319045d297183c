"""The reliability diagram of a calibration as one SVG, drawn without any library.

Each dot is a bin of predictions of about the same confidence: its place across is their mean
confidence, its height the share that is right, its area their number. On the diagonal confidences
tell the truth; below it they promise too much. Niculescu-Mizil and Caruana (2005), "Predicting good
probabilities with supervised learning", ICML.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

from quotecraft.display.clean import escape
from quotecraft.display.palette import DARK, LIGHT, tones
from quotecraft.evaluate.breakdown import Bin
from quotecraft.evaluate.tables import percent

__all__ = ["reliability_svg"]

SIDE = 300.0  # of the plotting square, in SVG units
LEFT, TOP, RIGHT, BOTTOM = 52.0, 34.0, 16.0, 48.0  # margins round it
LARGEST = 11.0  # radius of the bin with most predictions
SMALLEST = 2.5  # radius that stays visible
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
_SOFT_LIGHT, _SOFT_DARK = "#5a606b", "#a5abb6"  # as in style.py


def _style() -> str:
    light, dark = tones(0, LIGHT).line, tones(0, DARK).line

    def rules(page: str, text: str, soft: str, line: str) -> str:
        return (
            f".qc-cal-back{{fill:{page}}}.qc-cal-text{{fill:{text}}}.qc-cal-soft{{fill:{soft}}}"
            f".qc-cal-axis{{stroke:{soft}}}.qc-cal-gap{{stroke:{line}}}.qc-cal-dot{{fill:{line}}}"
        )

    return (
        rules(LIGHT.page, LIGHT.text, _SOFT_LIGHT, light)
        + "@media (prefers-color-scheme:dark){"
        + rules(DARK.page, DARK.text, _SOFT_DARK, dark)
        + "}"
    )


def _x(share: float) -> float:
    return round(LEFT + SIDE * share, 2)


def _y(share: float) -> float:
    return round(TOP + SIDE * (1 - share), 2)


def reliability_svg(title: str, bins: Sequence[Bin]) -> str:
    """Return the diagram as a stand-alone SVG that may also stand inside an HTML page.

    It follows the reader's light or dark theme, and every dot says its figures in a tooltip.

    Args:
        title: What is calibrated, such as ``"content.calibration"``.
        bins: Its bins.
    """
    width, height = LEFT + SIDE + RIGHT, TOP + SIDE + BOTTOM
    full = [b for b in bins if b.number]
    told = (
        f"{title}: share that is right by confidence, {sum(b.number for b in full):,} predictions"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" aria-label="{escape(told)}" '
        'font-family="system-ui,sans-serif" font-size="12">'
        f"<style>{_style()}</style>"
        f'<rect class="qc-cal-back" width="{width:g}" height="{height:g}"/>'
        f'<text class="qc-cal-text" x="{LEFT:g}" y="20" font-size="14" font-weight="650">'
        f"{escape(title)}</text>"
        f"{''.join(_axes())}{''.join(_dots(full))}</svg>"
    )


def _axes() -> Iterable[str]:
    yield (
        f'<rect class="qc-cal-axis" x="{_x(0)}" y="{_y(1)}" width="{SIDE:g}" height="{SIDE:g}" '
        'fill="none" stroke-opacity=".5"/>'
        f'<line class="qc-cal-axis" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" '
        'stroke-dasharray="4 4"/>'
    )
    for tick in TICKS:
        yield (
            f'<text class="qc-cal-soft" x="{_x(tick)}" y="{_y(0) + 17}" text-anchor="middle">'
            f"{100 * tick:g}</text>"
            f'<text class="qc-cal-soft" x="{_x(0) - 8}" y="{_y(tick) + 4}" text-anchor="end">'
            f"{100 * tick:g}</text>"
        )
    middle = TOP + SIDE / 2
    yield (
        f'<text class="qc-cal-text" x="{_x(0.5)}" y="{_y(0) + 38}" text-anchor="middle">'
        "mean confidence, %</text>"
        f'<text class="qc-cal-text" x="14" y="{middle:g}" text-anchor="middle" '
        f'transform="rotate(-90 14 {middle:g})">right, %</text>'
    )


def _dots(bins: Sequence[Bin]) -> Iterable[str]:
    most = max((b.number for b in bins), default=1)
    for b in bins:
        x, y = _x(b.confidence), _y(b.right)
        radius = max(SMALLEST, LARGEST * sqrt(b.number / most))
        yield (
            f'<line class="qc-cal-gap" x1="{x}" y1="{_y(b.confidence)}" x2="{x}" y2="{y}" '
            'stroke-width="2" stroke-opacity=".55"/>'
            f'<circle class="qc-cal-dot" cx="{x}" cy="{y}" r="{radius:.2f}" fill-opacity=".85">'
            f"<title>{b.number:,} predictions, mean confidence {percent(b.confidence)} %, "
            f"right {percent(b.right)} %</title></circle>"
        )
