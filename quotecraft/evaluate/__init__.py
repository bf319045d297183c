"""How good predictions are: pairing, metrics, intervals, significance, gold corpora.

>>> from quotecraft.evaluate import read_gold, score
>>> gold = list(read_gold("polnear/dev", "polnear"))  # doctest: +SKIP
>>> print(score(gold, map(predict, gold)).table())  # doctest: +SKIP
"""

from __future__ import annotations

from quotecraft.evaluate.alignment import Alignment, Side, align
from quotecraft.evaluate.gold import GOLD_FORMATS, metrics_for, read_gold, split_spans
from quotecraft.evaluate.kinds import kinds_of, with_kinds
from quotecraft.evaluate.metrics import Metric, attribution_metrics, content_metrics
from quotecraft.evaluate.report import (
    Comparison,
    Difference,
    Report,
    Score,
    Signature,
    compare,
)
from quotecraft.evaluate.score import score
from quotecraft.evaluate.speakers import BCubed, speaker_metrics

__all__ = [
    "GOLD_FORMATS",
    "Alignment",
    "BCubed",
    "Comparison",
    "Difference",
    "Metric",
    "Report",
    "Score",
    "Side",
    "Signature",
    "align",
    "attribution_metrics",
    "compare",
    "content_metrics",
    "kinds_of",
    "metrics_for",
    "read_gold",
    "score",
    "speaker_metrics",
    "split_spans",
    "with_kinds",
]
