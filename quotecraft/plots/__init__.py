"""Charts of the analyses' tables, as Vega-Altair charts (``pip install 'quotecraft[plots]'``).

Each function takes the table that it draws and returns an ``altair.Chart``: it shows itself in a
notebook, and ``save`` writes it as PNG or SVG without a browser.

>>> from quotecraft import analysis, plots
>>> chart = plots.share_of_voice(analysis.shares(documents))  # doctest: +SKIP
>>> plots.save(chart, "share.svg")  # doctest: +SKIP

Importing this package loads neither Altair nor the renderer.
"""

from __future__ import annotations

from quotecraft.plots.gender import gender_balance
from quotecraft.plots.network import speaker_network
from quotecraft.plots.positions import article_positions
from quotecraft.plots.render import save, to_png, to_svg
from quotecraft.plots.shares import share_of_voice
from quotecraft.plots.stance import verb_stance
from quotecraft.plots.theme import DARK, LIGHT, Palette
from quotecraft.plots.timeline import timeline
from quotecraft.plots.words import word_contrast

__all__ = [
    "DARK",
    "LIGHT",
    "Palette",
    "article_positions",
    "gender_balance",
    "save",
    "share_of_voice",
    "speaker_network",
    "timeline",
    "to_png",
    "to_svg",
    "verb_stance",
    "word_contrast",
]
