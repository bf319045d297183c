"""Figures of a tagger on labelled articles, by the project's own scorer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import evolve, frozen

from quotecraft.detect.decoding import Candidate, DecodingSettings, FoundRelation, decode
from quotecraft.detect.interfaces import Detector
from quotecraft.detect.pieces import EncodedText, TextEncoder
from quotecraft.detect.scoring import Network, find_candidates
from quotecraft.detect.tagger import Calibration
from quotecraft.evaluate.kinds import with_kinds
from quotecraft.evaluate.report import Report
from quotecraft.evaluate.score import score
from quotecraft.model import Confidence, Document, Quote, QuoteId, QuoteKind, Span
from quotecraft.text.pairing import pair_marks
from quotecraft.training.tagger.data import Article, Relation, Spans

__all__ = [
    "HEADLINE",
    "OPERATING_POINTS",
    "Scored",
    "detected",
    "gold_document",
    "headline",
    "measure",
    "operating_points",
    "score_articles",
]

HEADLINE: Final = {
    "relation": ("relation", "f1"),
    "direct": ("content.partial.direct", "f1"),
    "mixed": ("content.partial.mixed", "f1"),
    "indirect": ("content.partial.indirect", "f1"),
    "exact": ("content.exact", "f1"),
    "cue": ("cue.overlap", "f1"),
    "source": ("source.found", "accuracy"),
}
"""Figures that logs and cards show: name, metric of ``evaluate``, and which of its scores."""

OPERATING_POINTS: Final = (0.0, 0.5, 0.8, 0.9, 0.95)
"""Least confidences at which precision and recall are told."""


_Parts = tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...], Confidence]


@frozen(eq=False)
class Scored:
    """An article with the candidates that a network finds in it.

    Attributes:
        article: The article.
        encoded: Its text, encoded.
        candidates: Possible cue heads with their scores; decoding starts from them.
        gold: The first annotator's relations as a document.
    """

    article: Article
    encoded: EncodedText
    candidates: list[Candidate]
    gold: Document

    def decode(self, settings: DecodingSettings) -> list[FoundRelation]:
        """Return the relations found with these thresholds."""
        return decode(self.encoded, self.candidates, settings)

    def predicted(self, settings: DecodingSettings, calibration: Calibration) -> Document:
        """Return the relations found with these thresholds as a document."""
        found = [
            (
                self.encoded.spans_of(item.content),
                self.encoded.spans_of(item.cue),
                self.encoded.spans_of(item.source),
                Confidence(
                    calibration.content_confidence(item), calibration.source_confidence(item)
                ),
            )
            for item in self.decode(settings)
        ]
        return _document(self.article, found)


def score_articles(
    articles: Sequence[Article], network: Network, encoder: TextEncoder, batch_size: int = 16
) -> list[Scored]:
    """Run a network over articles.

    Args:
        articles: Labelled articles.
        network: The network.
        encoder: Cuts texts into pieces.
        batch_size: Most windows run at once.
    """
    encoded = [encoder.encode(a.text, pair_marks(a.text)) for a in articles]
    special = (encoder.cls_id, encoder.sep_id)
    found = find_candidates(encoded, network, special, batch_size)
    return [
        Scored(article, text, candidates, gold_document(article))
        for article, text, candidates in zip(articles, encoded, found, strict=True)
    ]


def gold_document(article: Article, annotator: int = 0) -> Document:
    """Return one annotator's relations as a document."""

    def spans(pieces: Spans) -> tuple[Span, ...]:
        return tuple(Span(start, end) for start, end in pieces)

    def parts(item: Relation) -> _Parts:
        return spans(item.content), spans(item.cue), spans(item.source), Confidence()

    return _document(article, [parts(item) for item in article.annotations[annotator]])


def _document(article: Article, found: Sequence[_Parts]) -> Document:
    ordered = sorted(found, key=lambda parts: parts[:3])
    quotes = [
        Quote(
            QuoteId(f"q{number}"),
            QuoteKind.INDIRECT,
            content,
            cue=cue,
            source=source,
            confidence=confidence,
        )
        for number, (content, cue, source, confidence) in enumerate(ordered, 1)
    ]
    return with_kinds(Document(article.name, article.text, quotes=tuple(quotes)))


def measure(
    scored: Sequence[Scored],
    settings: DecodingSettings,
    calibration: Calibration | None = None,
    samples: int = 0,
) -> Report:
    """Score decoded relations against the first annotator.

    Args:
        scored: Articles with their candidates.
        settings: Decoding thresholds.
        calibration: Maps to confidences; needed for the calibration errors only.
        samples: Bootstrap resamples for intervals.
    """
    return score(
        (item.gold for item in scored),
        (item.predicted(settings, calibration or Calibration()) for item in scored),
        corpus="polnear",
        model="tagger",
        samples=samples,
    )


def operating_points(
    gold: Sequence[Document], predicted: Sequence[Document]
) -> dict[str, dict[str, float]]:
    """Return what a least content confidence costs and buys, in percent.

    Args:
        gold: Annotated documents.
        predicted: What was found in them, in the same order.

    Returns:
        For each confidence: precision and recall of relations, and the share of all found
        attributions that is kept.
    """
    everything = sum(len(document.quotes) for document in predicted)
    points = {}
    for least in OPERATING_POINTS:
        kept = [
            evolve(d, quotes=[q for q in d.quotes if q.confidence.content >= least])
            for d in predicted
        ]
        values = score(gold, kept, corpus="polnear", model="tagger")["relation"].values
        share = sum(len(document.quotes) for document in kept) / max(1, everything)
        points[f"{least:g}"] = {
            "precision": round(100 * values["precision"], 2),
            "recall": round(100 * values["recall"], 2),
            "kept": round(100 * share, 2),
        }
    return points


def detected(articles: Sequence[Article], detector: Detector) -> list[Document]:
    """Return what a detector finds in articles, as documents.

    Args:
        articles: The articles.
        detector: Any detector.
    """
    documents = []
    for article in articles:
        found = detector.detect(article.text, (), pair_marks(article.text))
        parts = [
            (a.content, a.cue, a.source, Confidence(a.content_confidence, a.source_confidence))
            for a in found
        ]
        documents.append(_document(article, parts))
    return documents


def headline(report: Report) -> dict[str, float]:
    """Return the few figures that a training log shows, in percent."""
    return {
        name: round(100 * report[metric].values[value], 2)
        for name, (metric, value) in HEADLINE.items()
    }
