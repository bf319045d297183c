"""Fits the weights of the rule-based detector (``quotecraft/detect/rules.json``).

``python -m quotecraft.training.rules [--data PATH] [--out FILE]`` reads PolNeAR train, the PDNC
novels that are not held out and the raw articles of the Worldwide Newswire, and writes:

- ``dialogue``: whether a text is a conversation (PDNC excerpts against news articles);
- ``reports``: whether a cue clause with its content is an attribution (PolNeAR; from PDNC only
  readings that hold quotation marks, because only direct speech is annotated there);
- ``sources``: whether the source found for it is the right one (PolNeAR);
- ``pieces``: whether a stretch in quotation marks without a cue is a quotation (both);
- ``priors``: how often an attribution with a piece of evidence is right (PolNeAR);
- ``calibration``: how probabilities of clauses proved on every fifth PolNeAR article, with weights
  fitted on the others;
- ``threshold``: the least probability that is kept, by relation F1 on every fifth PolNeAR article
  with weights fitted on the others. PolNeAR dev is never read.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from attrs import define, evolve, field, frozen

from quotecraft.detect.clauses import find_clauses
from quotecraft.detect.contents import reports
from quotecraft.detect.drafts import Scene
from quotecraft.detect.genre import dialogue_features
from quotecraft.detect.likelihood import log_odds, report_features
from quotecraft.detect.narration import Line
from quotecraft.detect.phrases import Phrase
from quotecraft.detect.quoted import Assembler
from quotecraft.detect.report import Report
from quotecraft.detect.rules import RuleDetector, open_scene
from quotecraft.evaluate import read_gold
from quotecraft.evaluate.alignment import align
from quotecraft.evaluate.units import Axis, Unit, jaccard, overlap, size
from quotecraft.model import Confidence, Document, Quote, QuoteId, Span
from quotecraft.text.pairing import pair_marks
from quotecraft.training.logistic import fit_logistic

__all__ = ["Corpora", "fit_rules", "main", "read_corpora"]

VERSION = "1"
FOLDS = 5  # one article of so many judges the threshold
THRESHOLDS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65)
MATCH = 0.5  # Jaccard index of a partial match, as everywhere in quotecraft.evaluate
LEAST_WEIGHT = 0.05
SOURCE_PENALTY = 2.0
NOVEL_SHARE = 120_000  # characters of each novel that are read
EXCERPTS = 15  # of each novel, for the dialogue model
EXCERPT_SIZES = (1000, 2000, 3000, 6000, 12000)  # characters
NEARBY = 400  # characters around a stretch in marks, for comparing it with gold
SEED = 0

Weights = dict[str, Any]


@frozen
class Corpora:
    """What the weights are fitted on.

    Attributes:
        news: PolNeAR train.
        novels: PDNC, the novels held out left out, cut to ``NOVEL_SHARE`` characters.
        raw: Texts of news articles without annotation.
    """

    news: tuple[Document, ...]
    novels: tuple[Document, ...]
    raw: tuple[str, ...]


def read_corpora(data: Path) -> Corpora:
    """Read the corpora from the folder that holds ``polnear``, ``pdnc`` and ``worldwide``.

    Raises:
        InputError: If a corpus is not there.
        FormatError: If a file of one does not follow its format.
    """
    articles = sorted((data / "worldwide" / "original_articles").glob("*.txt"))
    raw = [path.read_bytes().decode("utf-8", errors="replace") for path in articles]
    return Corpora(
        tuple(read_gold(data / "polnear", "polnear", split="train")),
        tuple(_opening(novel) for novel in read_gold(data / "pdnc", "pdnc")),
        tuple(raw),
    )


def _opening(novel: Document) -> Document:
    """Return the first part of a novel."""
    kept = [quote for quote in novel.quotes if quote.content[-1].end <= NOVEL_SHARE]
    bare = [evolve(quote, speaker=None, addressee=None) for quote in kept]
    return Document(novel.id, novel.text[:NOVEL_SHARE], quotes=tuple(bare))


def fit_rules(corpora: Corpora) -> Weights:
    """Return all weights of the rule-based detector."""
    dialogue = _fit_dialogue(corpora)
    held = [article for n, article in enumerate(corpora.news) if n % FOLDS == 0]
    rest = [article for n, article in enumerate(corpora.news) if n % FOLDS]
    trial = _fit(rest, corpora.novels, dialogue)
    trial["threshold"] = _best_threshold(trial, held)
    weights = _fit(corpora.news, corpora.novels, dialogue)
    weights["threshold"] = trial["threshold"]
    weights["calibration"] = _calibration(trial, held)
    fiction = _priors(weights, corpora.novels)
    weights["priors"] = _priors(weights, corpora.news) | {
        f"{code}:fiction": chance for code, chance in fiction.items() if ":source" not in code
    }
    return weights


def _fit(news: Sequence[Document], novels: Sequence[Document], dialogue: Weights) -> Weights:
    weights: Weights = {
        "version": VERSION,
        "threshold": THRESHOLDS[0],
        "dialogue": dialogue,
        "priors": {},
        "pieces": {},
        "calibration": {"content": {}, "source": {}},
    }
    examples = _Examples()
    for document in news:
        examples.add_news(document, dialogue)
    for document in novels:
        examples.add_novel(document, dialogue)
    weights["reports"] = fit_logistic(examples.rows, examples.labels, least=LEAST_WEIGHT)
    weights["sources"] = fit_logistic(
        examples.source_rows, examples.source_labels, penalty=SOURCE_PENALTY, least=LEAST_WEIGHT
    )
    rows, labels = _loose_pieces(weights, [*news, *novels])
    weights["pieces"] = fit_logistic(rows, labels, least=LEAST_WEIGHT)
    return weights


# ---------------------------------------------------------------- conversation or news


def _fit_dialogue(corpora: Corpora) -> Weights:
    texts = [(document.text, False) for document in corpora.news[::2]]
    texts += [(text, False) for text in corpora.raw[::5]]
    texts += [(text, True) for text in _excerpts(corpora.novels)]
    rows, labels = [], []
    for text, fiction in texts:
        scene = _scene(text, {})
        if sum(piece.parent is None for piece in scene.pieces) > 1:
            rows.append(dialogue_features(scene.lines, scene.pieces))
            labels.append(fiction)
    return fit_logistic(rows, labels, penalty=0.2)


def _excerpts(novels: Iterable[Document]) -> Iterator[str]:
    random = Random(SEED)  # noqa: S311  (no secret depends on it)
    for novel in novels:
        for _ in range(EXCERPTS):
            start = novel.text.find("\n\n", random.randrange(max(1, len(novel.text) - 12000)))
            yield novel.text[start + 2 : start + 2 + random.choice(EXCERPT_SIZES)]


def _scene(text: str, dialogue: Weights) -> Scene:
    return open_scene(text, pair_marks(text), dialogue)


# ---------------------------------------------------------------- cue clauses with their content


@define
class _Examples:
    """Readings of cue clauses, each right or wrong."""

    rows: list[list[str]] = field(factory=list)
    labels: list[bool] = field(factory=list)
    source_rows: list[list[str]] = field(factory=list)
    source_labels: list[bool] = field(factory=list)

    def add_news(self, document: Document, dialogue: Weights) -> None:
        """Add the readings of an article; those inside a gold content say nothing when wrong."""
        scene = _scene(document.text, dialogue)
        axis = Axis(document.text)
        for line in scene.lines:
            golds = _in_line(axis, document.quotes, line)
            for report in _readings(scene, line):
                unit = axis.unit(line.span(*r) for r in report.ranges)
                best = max(golds, key=lambda gold: jaccard(gold[0], unit), default=None)
                right = best is not None and jaccard(best[0], unit) >= MATCH
                features = report_features(report, scene.dialogue)
                if best is not None and right:
                    self.source_rows.append(features)
                    self.source_labels.append(_same_source(axis, report, best[1]))
                cue = axis.unit([line.span(report.clause.first, report.clause.last)])
                if right or not any(overlap(gold, cue) for gold, _ in golds):
                    self.rows.append(features)
                    self.labels.append(right)

    def add_novel(self, document: Document, dialogue: Weights) -> None:
        """Add the readings of a novel that hold quotations; right when they hold nothing else."""
        scene = _scene(document.text, dialogue)
        axis = Axis(document.text)
        spoken = axis.unit(span for quote in document.quotes for span in quote.content)
        for line in scene.lines:
            if not line.has_quotation(0, len(line.lows)):
                continue
            for report in _readings(scene, line):
                if any(line.has_quotation(*r) for r in report.ranges):
                    unit = axis.unit(line.span(*r) for r in report.ranges)
                    self.rows.append(report_features(report, scene.dialogue))
                    self.labels.append(overlap(unit, spoken) >= 0.95 * size(unit))


def _readings(scene: Scene, line: Line) -> list[Report]:
    return reports(line, find_clauses(line), scene.pieces)


def _in_line(axis: Axis, quotes: Sequence[Quote], line: Line) -> list[tuple[Unit, Quote]]:
    """Return the parts of gold contents that lie in a sentence."""
    whole = line.span(0, len(line.atoms) - 1)
    found = []
    for quote in quotes:
        parts = [_cut(span, whole) for span in quote.content if span.overlaps(whole)]
        if parts:
            found.append((axis.unit(parts), quote))
    return found


def _cut(span: Span, whole: Span) -> Span:
    return Span(max(span.start, whole.start), min(span.end, whole.end))


def _same_source(axis: Axis, report: Report, gold: Quote) -> bool:
    subject: Phrase | None = report.clause.subject
    found = [] if subject is None else [report.line.span(subject.first, subject.last)]
    if not found or not gold.source:
        return not found and not gold.source
    return overlap(axis.unit(found), axis.unit(gold.source)) > 0


# ---------------------------------------------------------------- quotation marks without a cue


def _loose_pieces(
    weights: Weights, documents: Iterable[Document]
) -> tuple[list[list[str]], list[bool]]:
    """Return the stretches in marks inside narration that no cue clause takes."""
    rows: list[list[str]] = []
    labels: list[bool] = []
    for document in documents:
        scene = _scene(document.text, weights["dialogue"])
        assembler = Assembler(scene, weights, weights["threshold"])
        assembler.run()
        axis = Axis(document.text)
        for span, features in assembler.loose:
            around = Span(max(0, span.start - NEARBY), min(len(document.text), span.end + NEARBY))
            unit = axis.unit([span])
            near = [
                [_cut(part, around) for part in quote.content if part.overlaps(around)]
                for quote in document.quotes
            ]
            rows.append(features)
            labels.append(any(jaccard(axis.unit(p), unit) >= MATCH for p in near if p))
    return rows, labels


# ---------------------------------------------------------------- confidences and threshold


def _predicted(weights: Weights, gold: Document, threshold: float | None = None) -> Document:
    detector = RuleDetector(threshold, weights)
    found = detector.detect(gold.text, (), pair_marks(gold.text))
    outer = [attribution for attribution in found if attribution.parent is None]
    quotes = [
        Quote(
            QuoteId(f"q{number}"),
            attribution.kind,
            attribution.content,
            cue=attribution.cue,
            source=attribution.source,
            confidence=Confidence(attribution.content_confidence, attribution.source_confidence),
            evidence=attribution.evidence,
        )
        for number, attribution in enumerate(outer)
    ]
    return Document(gold.id, gold.text, quotes=tuple(quotes))


def _source_found(found: Unit, gold: Unit) -> bool:
    return overlap(found, gold) > 0 if found and gold else not found and not gold


def _best_threshold(weights: Weights, held: Sequence[Document]) -> float:
    """Return the threshold with the best relation F1 on articles held back."""

    def relation(threshold: float) -> float:
        right = total = 0
        for gold in held:
            aligned = align(gold, _predicted(weights, gold, threshold))
            total += len(aligned.gold.quotes) + len(aligned.predicted.quotes)
            right += sum(
                _source_found(aligned.predicted.sources[j], aligned.gold.sources[i])
                for i, j in aligned.pairs
            )
        return 2 * right / total if total else 0.0

    return max(THRESHOLDS, key=relation)


def _calibration(weights: Weights, held: Iterable[Document]) -> dict[str, dict[str, float]]:
    """Return by which bias and slope the probabilities of clauses proved right on held-out text."""
    rows: dict[str, list[dict[str, float]]] = {"content": [], "source": []}
    labels: dict[str, list[bool]] = {"content": [], "source": []}
    for gold in held:
        aligned = align(gold, _predicted(weights, gold))
        paired = {j: i for i, j in aligned.pairs}
        for j, quote in enumerate(aligned.predicted.quotes):
            if not any(code.startswith("clause:") for code in quote.evidence):
                continue
            rows["content"].append(_logit(quote.confidence.content))
            labels["content"].append(j in paired)
            if j in paired:
                gold_source = aligned.gold.sources[paired[j]]
                rows["source"].append(_logit(quote.confidence.source))
                labels["source"].append(_source_found(aligned.predicted.sources[j], gold_source))
    return {what: fit_logistic(rows[what], labels[what], penalty=0.1) for what in rows}


def _logit(chance: float) -> dict[str, float]:
    return {"bias": 1.0, "slope": log_odds(chance)}


def _priors(weights: Weights, golds: Iterable[Document]) -> dict[str, float]:
    """Return how often content and source are right, by evidence; add-one smoothed."""
    counts: dict[str, list[int]] = {}
    for gold in golds:
        aligned = align(gold, _predicted(weights, gold))
        paired = {j: i for i, j in aligned.pairs}
        for j, quote in enumerate(aligned.predicted.quotes):
            for code in quote.evidence:
                if code.startswith(("cue:", "clause:")):
                    continue
                _count(counts, code, j in paired)
                if j in paired:
                    source = aligned.gold.sources[paired[j]]
                    right = _source_found(aligned.predicted.sources[j], source)
                    _count(counts, f"{code}:source", right)
    return {code: round((n + 1) / (total + 2), 3) for code, (n, total) in sorted(counts.items())}


def _count(counts: dict[str, list[int]], code: str, right: bool) -> None:
    entry = counts.setdefault(code, [0, 0])
    entry[0] += right
    entry[1] += 1


def _default_data() -> Path:
    root = os.environ.get("QUOTECRAFT_DATA")
    return Path(root) if root else Path(__file__).resolve().parents[3] / "shared" / "data"


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit the weights and write them; the command ``python -m quotecraft.training.rules``."""
    parser = argparse.ArgumentParser(description="Fit the weights of the rule-based detector.")
    parser.add_argument("--data", type=Path, default=_default_data(), help="folder of the corpora")
    shipped = Path(__file__).resolve().parents[1] / "detect" / "rules.json"
    parser.add_argument("--out", type=Path, default=shipped, help="file to write")
    options = parser.parse_args(arguments)
    weights = fit_rules(read_corpora(options.data))
    text = json.dumps(weights, sort_keys=True, indent=0, ensure_ascii=False)
    options.out.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
