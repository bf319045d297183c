"""Documents to Label Studio tasks; ``labelstudio.py`` says what the mark-up means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quotecraft.formats._record import to_record
from quotecraft.formats._rest import rest_of_quote
from quotecraft.model import Document

__all__ = ["CHOICES", "LABELS", "LINKS", "REST", "shown_names", "task_of"]

REST = "quotecraft"
"""Key of a task's data under which stands what Label Studio has no place for."""

LABELS = {"content": "Content", "cue": "Cue", "source": "Source"}
LINKS = ("speaker", "addressee")
CHOICES = ("kind", "level", "stance")


def task_of(document: Document) -> dict[str, Any]:
    """Return a document as a task.

    Raises:
        FormatError: If metadata hold something that JSON can't.
    """
    record = to_record(document, text=False)
    quotes = record.pop("quotes")
    names = shown_names(record["speakers"])
    heads = {quote["id"]: f"q{number}" for number, quote in enumerate(quotes, 1)}
    result = [item for quote in quotes for item in _result(document.text, quote, heads, names)]
    rest = {heads[quote["id"]]: _rest(quote) for quote in quotes}
    prediction = {"model_version": document.model or "quotecraft", "result": result}
    if quotes:
        sure = [quote["confidence"]["content"] for quote in quotes]
        prediction["score"] = sum(sure) / len(sure)
    return {
        "data": {"text": document.text, REST: {"document": record, "quotes": rest}},
        "predictions": [prediction],
    }


def _rest(quote: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rest_of_quote(quote).items() if key != "parent"}


def shown_names(speakers: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return what to show for each speaker id: the name, with the id where it is no one's alone."""
    uses = Counter(speaker["name"].strip() for speaker in speakers)
    shown: dict[str, str] = {}
    for speaker in speakers:
        name = speaker["name"].strip()
        alone = name and uses[name] == 1
        shown[speaker["id"]] = name if alone else f"{name} [{speaker['id']}]".strip()
    return shown


def _result(
    text: str, quote: Mapping[str, Any], heads: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    head = heads[quote["id"]]
    relations: list[tuple[str, str]] = []
    for role, label in LABELS.items():
        for number, (start, end) in enumerate(quote[role]):
            first = role == "content" and number == 0
            region = head if first else f"{head}.{role}{number + 1}"
            value = {"start": start, "end": end, "text": text[start:end], "labels": [label]}
            yield _item(region, "label", "labels", value, quote["confidence"])
            if first:
                yield from _told(region, value, quote, names)
            else:
                relations.append((region, "continues" if role == "content" else role))
    if quote["parent"] is not None:
        relations.append((heads[quote["parent"]], "inside"))
    for region, label in relations:
        yield {
            "type": "relation",
            "from_id": head,
            "to_id": region,
            "direction": "right",
            "labels": [label],
        }


def _told(
    region: str, value: Mapping[str, Any], quote: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    place = {key: value[key] for key in ("start", "end", "text")}
    for name in LINKS:
        if quote[name] is not None:
            told = {**place, "text": [names[quote[name]]]}
            yield _item(region, name, "textarea", told)
    for name in CHOICES:
        yield _item(region, name, "choices", {**place, "choices": [quote[name]]})


def _item(
    region: str,
    name: str,
    sort: str,
    value: Mapping[str, Any],
    confidence: Mapping[str, float] | None = None,
) -> dict[str, Any]:
    item = {"id": region, "from_name": name, "to_name": "text", "type": sort, "value": value}
    return {**item, "score": confidence["content"]} if confidence else item
