"""Registry of the gold corpora: how each is read, and which metrics it is gold for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from attrs import evolve, frozen

from quotecraft.errors import InputError
from quotecraft.evaluate.agreement import agreement_metrics
from quotecraft.evaluate.kinds import kinds_of
from quotecraft.evaluate.metrics import Metric, attribution_metrics, direct_speech_metrics
from quotecraft.evaluate.places import Located, Place, locate, read_predictions
from quotecraft.evaluate.published import gender_gap_tracker_metrics, pareti_metrics
from quotecraft.evaluate.speakers import BCubed, pdnc_metrics, speaker_metrics
from quotecraft.formats.brat import read as read_brat
from quotecraft.formats.citron import read_citron
from quotecraft.formats.gum import read_gum
from quotecraft.formats.litbank import read_litbank
from quotecraft.formats.pdnc import read_pdnc
from quotecraft.formats.polnear import read_polnear
from quotecraft.formats.repairs import OnRepair
from quotecraft.model import Document, Quote, QuoteId

__all__ = [
    "FLAT_FORMATS",
    "GOLD_FORMATS",
    "METRIC_VARIANTS",
    "metrics_for",
    "outermost",
    "read_gold",
    "split_spans",
]

GOLD_FORMATS = ("polnear", "pdnc", "litbank", "citron", "gum", "brat", "jsonl")
FLAT_FORMATS = frozenset({"polnear", "pdnc", "litbank"})
"""Those whose annotation gives a word to one quotation at most, so that none is nested."""

_ATTRIBUTIONS = frozenset({"polnear", "citron", "gum", "brat", "jsonl"})
_NAMES = frozenset({"pdnc", "citron", "brat", "jsonl"})
_CLUSTERS = _NAMES | {"litbank"}


@frozen
class _Variant:
    """A choice of metrics.

    Attributes:
        summary: What they are, in one line.
        metrics: Makes them.
        formats: The gold formats that hold what they need.
        needs: What that is.
    """

    summary: str
    metrics: Callable[[], list[Metric]]
    formats: frozenset[str]
    needs: str


_VARIANTS = {
    "attribution": _Variant(
        "contents, cues, sources and their relations",
        attribution_metrics,
        _ATTRIBUTIONS,
        "contents of every kind, with cues and sources",
    ),
    "speakers": _Variant(
        "named speakers: end to end, when abstaining, at fixed coverage, calibration; B³",
        lambda: [*speaker_metrics(), BCubed()],
        _NAMES,
        "speakers with names",
    ),
    "pareti": _Variant(
        "exact and soft span scores by type (Pareti et al. 2013)",
        pareti_metrics,
        _ATTRIBUTIONS,
        "contents of every kind",
    ),
    "gender-gap-tracker": _Variant(
        "lenient: overlap over gold length above 0.3 and 0.8 (Asr et al. 2021)",
        gender_gap_tracker_metrics,
        _ATTRIBUTIONS,
        "contents of every kind, with cues and sources",
    ),
    "pdnc": _Variant(
        "speaker accuracy by type, micro and macro over novels (Vishnubhotla et al. 2023)",
        pdnc_metrics,
        _NAMES,
        "speakers with names",
    ),
    "litbank": _Variant(
        "B³ of quotations clustered by speaker", lambda: [BCubed()], _CLUSTERS, "speakers"
    ),
    "agreement": _Variant(
        "agreement of two labellings; the prediction is the second",
        agreement_metrics,
        frozenset(GOLD_FORMATS),
        "quotations",
    ),
}

METRIC_VARIANTS: Mapping[str, str] = MappingProxyType(
    {
        "default": "everything that the gold is gold for",
        **{name: variant.summary for name, variant in _VARIANTS.items()},
    }
)
"""The choices of metrics by name, each with what they are in one line."""


def read_gold(
    path: str | Path,
    format: str,  # noqa: A002  (the word users know)
    *,
    split: str | None = None,
    annotator: str | None = None,
    entities: bool = False,
    on_repair: OnRepair | None = None,
) -> Iterator[Document]:
    """Read a gold corpus, a document at a time.

    Args:
        path: File or folder; for PolNeAR a split's folder, or the corpus folder with ``split``.
        format: One of ``GOLD_FORMATS``.
        split: PolNeAR: name of the split's folder. PDNC: ``"train"`` (the default, without the
            novels held out), ``"test"`` (these alone) or ``"all"``. No other format has splits.
        annotator: PolNeAR: whose annotation to read; by default the first by name.
        entities: LitBank: everybody the text mentions as speakers, with their mentions.
        on_repair: Called with every fault of the corpus that was mended.

    Raises:
        InputError: If the path, format, split or annotator does not exist.
        FormatError: If a file does not follow its format, or two documents have one id.
    """
    if format not in GOLD_FORMATS:
        raise InputError(f"no gold format {format!r}; choose from {', '.join(GOLD_FORMATS)}")
    if annotator is not None and format != "polnear":
        raise InputError(f"gold format {format!r} has no annotators to choose from")
    if split is not None and format not in ("polnear", "pdnc"):
        raise InputError(f"gold format {format!r} has no splits")
    if format == "jsonl":
        return read_predictions(path, "jsonl")
    if format == "brat":
        return Located.of(read_brat(path, on_repair=on_repair), str(path))
    if format == "polnear":
        folder = Path(path) / split if split else Path(path)
        return read_polnear(folder, kind_of=kinds_of, annotator=annotator, on_repair=on_repair)
    if format == "pdnc":
        return read_pdnc(path, split=split or "train", on_repair=on_repair)
    if format == "litbank":
        return read_litbank(path, entities=entities, on_repair=on_repair)
    reader = {"citron": read_citron, "gum": read_gum}[format]
    return reader(path, kind_of=kinds_of, on_repair=on_repair)


def metrics_for(format: str, *, variant: str = "default") -> list[Metric]:  # noqa: A002
    """Return the metrics that a corpus of this format is gold for.

    PolNeAR and GUM have no speakers; PDNC and LitBank have neither cues nor sources, and LitBank's
    speakers have labels instead of names, so that only their clusters count.

    Args:
        format: One of ``GOLD_FORMATS``.
        variant: One of ``METRIC_VARIANTS``: everything by default, or one group of metrics, among
            them those by the rules of published papers.

    Raises:
        InputError: If the format or the variant does not exist, or the format lacks what the
            variant needs.
    """
    if format not in GOLD_FORMATS:
        raise InputError(f"no gold format {format!r}; choose from {', '.join(GOLD_FORMATS)}")
    if variant == "default":
        return _default(format)
    if variant not in _VARIANTS:
        raise InputError(f"no metrics {variant!r}; choose from {', '.join(METRIC_VARIANTS)}")
    chosen = _VARIANTS[variant]
    if format not in chosen.formats:
        raise InputError(
            f"metrics {variant!r} need {chosen.needs}, which gold format {format!r} does not hold; "
            f"its own: {', '.join(n for n, v in _VARIANTS.items() if format in v.formats)}"
        )
    return chosen.metrics()


def _default(format: str) -> list[Metric]:  # noqa: A002
    attributions = attribution_metrics() if format in _ATTRIBUTIONS else []
    speakers = speaker_metrics() if format in _NAMES else []
    clusters: list[Metric] = [BCubed()] if format in _CLUSTERS else []
    direct = direct_speech_metrics() if format not in _ATTRIBUTIONS else []
    return [*attributions, *speakers, *clusters, *direct]


def outermost(documents: Iterable[Document]) -> Iterator[Document]:
    """Leave out the quotes that stand inside others, as a gold of ``FLAT_FORMATS`` does.

    Against such gold a nested quotation can be neither right nor wrong.
    """
    for document in documents:
        yield evolve(document, quotes=tuple(q for q in document.quotes if q.parent is None))


def split_spans(documents: Iterable[Document]) -> Iterator[Document]:
    """Make a quote of every content span, for scores per span instead of per quotation.

    Published papers on PDNC score spans. Applied to gold and prediction alike; each new quote keeps
    the links of the whole one.
    """
    if isinstance(documents, Located):
        return Located(
            (locate(documents, document.id) or Place(""), _split(document))
            for document in documents
        )
    return map(_split, documents)


def _split(document: Document) -> Document:
    pieces: list[Quote] = [
        evolve(quote, id=QuoteId(f"{quote.id}.{number}"), content=(span,), parent=None)
        for quote in document.quotes
        for number, span in enumerate(quote.content, 1)
    ]
    return evolve(document, quotes=tuple(sorted(pieces, key=_place)))


def _place(quote: Quote) -> tuple[int, int]:
    return quote.content[0].start, quote.content[0].end
