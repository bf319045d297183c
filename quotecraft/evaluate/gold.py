"""Registry of the gold corpora: how each is read, and which metrics it is gold for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from attrs import evolve

from quotecraft import formats
from quotecraft.errors import InputError
from quotecraft.evaluate.kinds import kinds_of
from quotecraft.evaluate.metrics import Metric, attribution_metrics, direct_speech_metrics
from quotecraft.evaluate.speakers import BCubed, speaker_metrics
from quotecraft.formats.litbank import read_litbank
from quotecraft.formats.pdnc import read_pdnc
from quotecraft.formats.polnear import read_polnear
from quotecraft.formats.repairs import OnRepair
from quotecraft.model import Document, Quote, QuoteId

__all__ = ["GOLD_FORMATS", "metrics_for", "read_gold", "split_spans"]

GOLD_FORMATS = ("polnear", "pdnc", "litbank", "brat", "jsonl")


def read_gold(
    path: str | Path,
    format: str,  # noqa: A002  (the word users know)
    *,
    split: str | None = None,
    annotator: str | None = None,
    on_repair: OnRepair | None = None,
) -> Iterator[Document]:
    """Read a gold corpus, a document at a time.

    Args:
        path: File or folder; for PolNeAR a split's folder, or the corpus folder with ``split``.
        format: One of ``GOLD_FORMATS``.
        split: PolNeAR: name of the split's folder. PDNC: ``"train"`` (the default, without the
            novels held out), ``"test"`` (these alone) or ``"all"``. No other format has splits.
        annotator: PolNeAR: whose annotation to read; by default the first by name.
        on_repair: Called with every fault of the corpus that was mended.

    Raises:
        InputError: If the path, format, split or annotator does not exist.
        FormatError: If a file does not follow its format.
    """
    if format == "polnear":
        folder = Path(path) / split if split else Path(path)
        return read_polnear(folder, kind_of=kinds_of, annotator=annotator, on_repair=on_repair)
    if annotator is not None:
        raise InputError(f"gold format {format!r} has no annotators to choose from")
    if format == "pdnc":
        return read_pdnc(path, split=split or "train", on_repair=on_repair)
    if split is not None:
        raise InputError(f"gold format {format!r} has no splits")
    if format == "litbank":
        return read_litbank(path, on_repair=on_repair)
    if format in GOLD_FORMATS:
        return formats.read(path, format)
    raise InputError(f"no gold format {format!r}; choose from {', '.join(GOLD_FORMATS)}")


def metrics_for(format: str) -> list[Metric]:  # noqa: A002
    """Return the metrics that a corpus of this format is gold for.

    PolNeAR has no speakers; PDNC and LitBank have neither cues nor sources, and LitBank's speakers
    have labels instead of names, so that only their clusters count.

    Raises:
        InputError: If the format is not one of ``GOLD_FORMATS``.
    """
    chosen: dict[str, Callable[[], list[Metric]]] = {
        "polnear": attribution_metrics,
        "pdnc": lambda: [*speaker_metrics(), BCubed(), *direct_speech_metrics()],
        "litbank": lambda: [BCubed(), *direct_speech_metrics()],
    }
    if format not in GOLD_FORMATS:
        raise InputError(f"no gold format {format!r}; choose from {', '.join(GOLD_FORMATS)}")
    return chosen.get(format, lambda: [*attribution_metrics(), *speaker_metrics(), BCubed()])()


def split_spans(documents: Iterable[Document]) -> Iterator[Document]:
    """Make a quote of every content span, for scores per span instead of per quotation.

    Published papers on PDNC score spans. Applied to gold and prediction alike; each new quote keeps
    the links of the whole one.
    """
    for document in documents:
        pieces: list[Quote] = [
            evolve(quote, id=QuoteId(f"{quote.id}.{number}"), content=(span,), parent=None)
            for quote in document.quotes
            for number, span in enumerate(quote.content, 1)
        ]
        yield evolve(document, quotes=tuple(sorted(pieces, key=_place)))


def _place(quote: Quote) -> tuple[int, int]:
    return quote.content[0].start, quote.content[0].end
