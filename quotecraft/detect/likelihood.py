"""How likely a reading is: sparse logistic models over named binary features.

The weights (``rules.json``) are fitted on PolNeAR train and part of PDNC by
``python -m quotecraft.training.rules``; each feature is a short string, so that every decision can
be read off.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from quotecraft.detect.cues import Form, PartOfSpeech
from quotecraft.detect.narration import Line, Piece
from quotecraft.detect.report import Report
from quotecraft.detect.words import QUOTED, closed_class

__all__ = [
    "calibrated",
    "is_title",
    "log_odds",
    "piece_features",
    "probability",
    "report_features",
    "rule_weights",
]

_TITLE_SHARE = 0.6  # of the words of a title, those that begin with a capital letter
_NAMING_REACH = 4  # atoms on either side in which a word can present a name or term
_LENGTHS = (1, 2, 3, 5, 8, 12, 20, 35)
_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|me|us|I['’]\w+|we['’]\w+|you|your)\b", re.IGNORECASE)
_VERBAL = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|will|would|can|could|should|must|may"
    r"|might|shall|don['’]t|won['’]t|can['’]t|didn['’]t|[a-z]+['’](?:s|re|ve|ll|d|m))\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b[A-Z0-9][\w'’.-]*")
_WORDS = re.compile(r"\w[\w'’.-]*")


@cache
def rule_weights() -> Mapping[str, Any]:
    """Return the fitted weights that ship with the package."""
    table: Mapping[str, Any] = json.loads(
        files("quotecraft.detect").joinpath("rules.json").read_text(encoding="utf-8")
    )
    return table


def probability(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """Return the logistic function of the summed weights of a reading's features."""
    total = sum(weights.get(feature, 0.0) for feature in features)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def calibrated(chance: float, scale: Mapping[str, float]) -> float:
    """Return a probability as it proved on articles held out of fitting (Platt scaling).

    Args:
        chance: The model's own probability.
        scale: ``bias`` and ``slope`` for its log odds; empty to leave it as it is.
    """
    slope, bias = scale.get("slope", 1.0), scale.get("bias", 0.0)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, bias + slope * log_odds(chance)))))


def log_odds(chance: float) -> float:
    """Return the log odds of a probability, kept within ±7."""
    bounded = min(0.999, max(0.001, chance))
    return math.log(bounded / (1.0 - bounded))


def _bucket(size: int) -> str:
    return str(next((limit for limit in _LENGTHS if size <= limit), "more"))


def report_features(report: Report, dialogue: bool) -> list[str]:
    """Return the features of a cue clause with its content.

    Args:
        report: The reading.
        dialogue: Whether the text is full of conversation, as fiction is.
    """
    clause, line = report.clause, report.line
    cue = clause.form.cue
    first, last = report.ranges[0][0], report.ranges[-1][1]
    size = sum(
        1 for start, end in report.ranges for k in range(start, end + 1) if line.atoms[k].word
    )
    quoted = any(QUOTED in line.lows[start : end + 1] for start, end in report.ranges)
    marks = "none" if not quoted else "some" if size else "all"
    frame = report.shape
    shape = _subject_shape(report)
    after = line.low(last + 1)
    before = clause.before or "start"
    found = [
        "bias",
        f"frame={frame}",
        f"pos={cue.pos}",
        f"lemma={cue.lemma}",
        f"lemma={cue.lemma}:{frame}",
        f"level={cue.level}:{frame}",
        f"stance={clause.stance}",
        f"place={clause.place}:{cue.pos}",
        f"place={clause.place}:{frame}",
        f"form={_form(report)}:{frame}",
        f"subject={shape}",
        f"subject={shape}:{frame}",
        f"size={_bucket(size)}:{frame}",
        f"marks={marks}:{frame}",
        f"marks={marks}:{cue.pos}",
        f"marks={marks}:dialogue={dialogue}",
        f"frame={frame}:dialogue={dialogue}",
        f"opens={_word_class(line, first)}:{frame}",
        f"after={after if len(after) < 5 else 'word'}:{frame}",
        f"before={before if _closed(before) else 'open'}",
    ]
    if clause.passive:
        found.append(f"passive:{frame}")
        found.append(f"passive:{cue.lemma}")
    if clause.infinitive:
        found.append(f"infinitive:{frame}")
        if clause.group > 1:
            found.append(f"infinitive-after={line.lows[clause.group - 2]}")
    if line.lows[-1] not in (".", "?", "!", QUOTED):
        found.append("headline")
    return found


def _closed(low: str) -> bool:
    return (
        not low[:1].isalnum()
        or low in closed_class("preposition")
        or low in closed_class("conjunction")
        or low in closed_class("subordinator")
        or low in closed_class("pronoun")
        or low == "start"
    )


def _form(report: Report) -> str:
    form, clause = report.clause.form, report.clause
    if form.cue.pos is not PartOfSpeech.VERB:
        return str(next(iter(form.forms)))
    aux = "aux" if clause.group < clause.first else "bare"
    kinds = [kind for kind in (Form.ING, Form.PAST, Form.THIRD, Form.BASE) if kind in form.forms]
    return f"{kinds[0] if kinds else Form.PARTICIPLE}-{aux}"


def _subject_shape(report: Report) -> str:
    clause, line = report.clause, report.line
    if clause.subject is None:
        return "none"
    first, last = clause.subject.first, clause.subject.last
    low = line.lows[first]
    if first == last and low in closed_class("pronoun") | closed_class("relative"):
        return low if low in ("i", "you", "we", "it", "he", "she", "they", "who", "that") else "pro"
    if low in closed_class("possessive"):
        return "possessive"
    if any(line.atoms[k].cap for k in range(max(first, 1), last + 1)):
        return "name"
    return "determined" if low in closed_class("determiner") else "bare"


def _word_class(line: Line, at: int) -> str:
    low = line.lows[at]
    if low in ("that", "to", "whether", "if", "how", "what", "why", "it", "for", "as", QUOTED):
        return low
    for name in ("possessive", "determiner", "pronoun", "object", "preposition", "auxiliary"):
        if low in closed_class(name):
            return name
    if line.atoms[at].cap:
        return "capital"
    return "ing" if low.endswith("ing") else "open"


def piece_features(line: Line, at: int, piece: Piece) -> list[str]:
    """Return the features of a stretch in quotation marks that no cue clause reports.

    Args:
        line: The sentence of the narration it stands in.
        at: Index of its atom.
        piece: The stretch.
    """
    text = piece.text
    words = _WORDS.findall(text)
    before = line.lows[at - 1] if at else "start"
    after = line.lows[at + 1] if at + 1 < len(line.lows) else "end"
    ends = piece.last if piece.last and piece.last in ".,?!…-—;:" else "word"
    titled = is_title(piece)
    size = _bucket(len(words))
    return [
        "bias",
        f"size={size}",
        f"capital={piece.capital}",
        f"ends={ends}",
        f"ends={ends}:capital={piece.capital}",
        f"size={size}:capital={piece.capital}",
        f"titled={titled}",
        f"person={_FIRST_PERSON.search(text) is not None}",
        f"verbal={_VERBAL.search(text) is not None}",
        f"verbal={_VERBAL.search(text) is not None}:capital={piece.capital}",
        f"before={_neighbour(before)}",
        f"after={_neighbour(after)}",
        f"before={_neighbour(before)}:capital={piece.capital}",
        f"style={piece.style}",
        f"closed={piece.closed}",
        f"naming={_is_named(line, at)}",
        f"line-start={at == 0}",
        f"line-end={at + 1 >= len(line.lows) - 1}",
    ]


def _is_named(line: Line, at: int) -> bool:
    """Say whether words beside a stretch in marks present it as a name, title, term or motto."""
    near = line.lows[max(0, at - _NAMING_REACH) : at] + line.lows[at + 1 : at + 1 + _NAMING_REACH]
    return any(low in closed_class("naming") for low in near)


def is_title(piece: Piece) -> bool:
    """Say whether most words of a stretch in marks are capitalised, as in titles of works."""
    words = _WORDS.findall(piece.text)
    return len(words) > 1 and len(_CAPITALISED.findall(piece.text)) >= _TITLE_SHARE * len(words)


def _neighbour(low: str) -> str:
    if low in ("start", "end") or not low[:1].isalnum():
        return low
    for name in ("determiner", "possessive", "preposition", "conjunction", "auxiliary", "pronoun"):
        if low in closed_class(name):
            return name
    return "word"
