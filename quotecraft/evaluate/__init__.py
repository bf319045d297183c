"""How good predictions are: pairing, metrics, intervals, significance, gold corpora.

>>> from quotecraft.evaluate import read_gold, score
>>> gold = list(read_gold("polnear/dev", "polnear"))  # doctest: +SKIP
>>> print(score(gold, map(predict, gold)).table())  # doctest: +SKIP
"""

from __future__ import annotations

from quotecraft.evaluate.agreement import agreement, agreement_metrics
from quotecraft.evaluate.alignment import Alignment, Side, align
from quotecraft.evaluate.breakdown import (
    Bin,
    Confusion,
    Traits,
    bins_table,
    calibration_bins,
)
from quotecraft.evaluate.floors import (
    CorpusFloors,
    Floor,
    Verdict,
    check,
    raised,
    read_floors,
    write_floors,
)
from quotecraft.evaluate.gold import (
    FLAT_FORMATS,
    GOLD_FORMATS,
    METRIC_VARIANTS,
    metrics_for,
    outermost,
    read_gold,
    split_spans,
)
from quotecraft.evaluate.kinds import kinds_of, with_kinds
from quotecraft.evaluate.metrics import Metric, attribution_metrics, content_metrics
from quotecraft.evaluate.mistakes import Mistake, MistakeKind, Mistakes, write_mistakes
from quotecraft.evaluate.places import read_predictions
from quotecraft.evaluate.published import gender_gap_tracker_metrics, pareti_metrics
from quotecraft.evaluate.report import (
    Comparison,
    Difference,
    Report,
    Score,
    Signature,
    compare,
)
from quotecraft.evaluate.score import score
from quotecraft.evaluate.speakers import BCubed, pdnc_metrics, speaker_metrics
from quotecraft.evaluate.tables import TABLE_FORMATS, Table

__all__ = [
    "FLAT_FORMATS",
    "GOLD_FORMATS",
    "METRIC_VARIANTS",
    "TABLE_FORMATS",
    "Alignment",
    "BCubed",
    "Bin",
    "Comparison",
    "Confusion",
    "CorpusFloors",
    "Difference",
    "Floor",
    "Metric",
    "Mistake",
    "MistakeKind",
    "Mistakes",
    "Report",
    "Score",
    "Side",
    "Signature",
    "Table",
    "Traits",
    "Verdict",
    "agreement",
    "agreement_metrics",
    "align",
    "attribution_metrics",
    "bins_table",
    "calibration_bins",
    "check",
    "compare",
    "content_metrics",
    "gender_gap_tracker_metrics",
    "kinds_of",
    "metrics_for",
    "outermost",
    "pareti_metrics",
    "pdnc_metrics",
    "raised",
    "read_floors",
    "read_gold",
    "read_predictions",
    "score",
    "speaker_metrics",
    "split_spans",
    "with_kinds",
    "write_floors",
    "write_mistakes",
]
