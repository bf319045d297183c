"""The library twin of ``quotecraft eval``: score predictions against gold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import version

import numpy as np

from quotecraft.errors import InputError, QuotecraftError
from quotecraft.evaluate.alignment import Alignment, align
from quotecraft.evaluate.metrics import Metric, attribution_metrics
from quotecraft.evaluate.places import fault
from quotecraft.evaluate.report import Report, Signature, make_scores
from quotecraft.model import Document

__all__ = ["SEED", "Observer", "score"]

Observer = Callable[[Document, Document, Alignment], None]

SEED = 12345  # of the bootstrap, unless told otherwise


def score(
    gold: Iterable[Document],
    predicted: Iterable[Document],
    *,
    metrics: Sequence[Metric] | None = None,
    variant: str = "default",
    corpus: str = "custom",
    model: str | None = None,
    samples: int = 0,
    seed: int = SEED,
    observe: Observer | None = None,
    on_unknown: Callable[[QuotecraftError], None] | None = None,
) -> Report:
    """Score predicted documents against gold ones.

    Documents are matched by id. Both sides are read as streams: predictions that come before their
    gold are held until it does, so in the same order nothing piles up.

    Args:
        gold: Gold documents.
        predicted: Predicted documents, on exactly the same texts; each gold document needs one.
        metrics: What to compute; ``attribution_metrics()`` by default.
        variant: Name of that choice of metrics, for the signature.
        corpus: Name of the gold corpus, for the signature.
        model: Name of what predicted, for the signature; by default that of the predictions.
        samples: Number of bootstrap resamples for intervals; 0 for none.
        seed: Seed of the resamples.
        observe: Called with each gold document, its prediction and how they were aligned.
        on_unknown: Called at the end with an error, not raised, for each predicted document that
            has no gold; it names file and line where predictions know them.

    Returns:
        The report; the ids of predictions that have no gold are in ``unscored``.

    Raises:
        InputError: If a gold document has no prediction, the texts differ, two documents have one
            id, or there is no gold at all; where a side knows its places (``read_predictions``), it
            is a ``FormatError`` with file and line instead.
        MissingExtraError: If SciPy is not installed.
    """
    chosen = tuple(attribution_metrics() if metrics is None else metrics)
    digest = hashlib.sha256()
    models: set[str] = set()
    ids: list[str] = []
    rows: dict[str, list[list[float]]] = {metric.name: [] for metric in chosen}
    waiting: dict[str, Document] = {}
    for document, prediction in _join(gold, predicted, waiting):
        ids.append(document.id)
        digest.update(_fingerprint(document))
        models.add(prediction.model or "unnamed")
        alignment = _align(document, prediction, predicted)
        if observe is not None:
            observe(document, prediction, alignment)
        for metric in chosen:
            rows[metric.name].append(metric.count(alignment))
    if not ids:
        raise InputError("there is no gold document; check the path and the format of the gold")
    if on_unknown is not None:
        for unknown in sorted(waiting):
            on_unknown(fault(predicted, unknown, f"predicted document {unknown!r} has no gold"))
    counts = {name: np.array(table, dtype=np.float64) for name, table in rows.items()}
    signature = Signature(
        corpus=corpus,
        documents=len(ids),
        sha256=digest.hexdigest(),
        model=model or ",".join(sorted(models)),
        samples=samples,
        seed=seed,
        scipy=version("scipy"),
        metrics=variant,
    )
    return Report(
        scores=make_scores(chosen, counts, samples, seed),
        signature=signature,
        document_ids=tuple(ids),
        metrics=chosen,
        counts=counts,
        unscored=tuple(sorted(waiting)),
    )


def _align(gold: Document, prediction: Document, predicted: Iterable[Document]) -> Alignment:
    try:
        return align(gold, prediction)
    except InputError as error:
        raise fault(predicted, prediction.id, str(error)) from error


def _join(
    gold: Iterable[Document], predicted: Iterable[Document], waiting: dict[str, Document]
) -> Iterator[tuple[Document, Document]]:
    """Pair documents by id; what is left over stays in ``waiting``."""
    stream = iter(predicted)
    done: set[str] = set()
    for document in gold:
        if document.id in done:
            raise fault(gold, document.id, f"two gold documents have the id {document.id!r}")
        while document.id not in waiting:
            prediction = next(stream, None)
            if prediction is None:
                raise fault(
                    gold,
                    document.id,
                    f"no prediction for gold document {document.id!r}; predict every gold document "
                    "under the same id",
                )
            _hold(prediction, waiting, done, predicted)
        done.add(document.id)
        yield document, waiting.pop(document.id)
    for prediction in stream:
        _hold(prediction, waiting, done, predicted)


def _hold(
    prediction: Document,
    waiting: dict[str, Document],
    scored: set[str],
    predicted: Iterable[Document],
) -> None:
    if prediction.id in waiting or prediction.id in scored:
        reason = f"two predicted documents have the id {prediction.id!r}"
        raise fault(predicted, prediction.id, reason)
    waiting[prediction.id] = prediction


def _fingerprint(document: Document) -> bytes:
    """Return what the corpus hash is made of: id, text and every annotation that is scored."""
    quotes = [
        [
            [[span.start, span.end] for span in spans]
            for spans in (quote.content, quote.cue, quote.source)
        ]
        + [quote.speaker]
        for quote in document.quotes
    ]
    speakers = [[s.id, s.name, *sorted(s.aliases)] for s in document.speakers]
    record = [document.id, document.text, quotes, speakers]
    return json.dumps(record, ensure_ascii=True).encode("ascii") + b"\n"
