"""Citron: quotations in the JSON files that the BBC's quote extraction system is trained on.

https://github.com/bbc/citron/blob/main/docs/data_format.md. Each file is a document: an object with
its ``text``, its ``quotes``, and perhaps ``coreference_groups``. A quote has a ``cue``, ``sources``
and ``contents``, and perhaps ``coreferences`` (the places that name who the sources are), a
``confidence`` and an ``id``; a span is an object with ``start``, ``end`` (character offsets) and
``text``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from attrs import define, field, frozen

from quotecraft.errors import FormatError, InputError
from quotecraft.formats._jsonplaces import items_with_lines
from quotecraft.formats.pdnc import PRONOUNS
from quotecraft.formats.repairs import (
    KindRule,
    OnRepair,
    Repair,
    apart,
    ignore_repair,
    read_exact,
)
from quotecraft.model import (
    Confidence,
    Document,
    Quote,
    QuoteId,
    Span,
    Speaker,
    SpeakerId,
    SpeakerKind,
)

__all__ = ["read_citron"]

_NO_TEXT = (
    "no text: what citron-extract prints counts tokens and can't be placed; annotated documents "
    "hold their text"
)


def read_citron(
    path: str | Path, *, kind_of: KindRule, on_repair: OnRepair | None = None
) -> Iterator[Document]:
    """Read documents in Citron's format, one at a time, in the order of their names.

    A document's id is its file's name without ``.json``, below the folder. A quote with
    ``coreferences`` has them as its speaker, under their words; an empty list means that the
    sources name the speaker themselves; without the list the speaker is not known. Two speakers
    that a coreference group joins are one, and the group's other words are aliases.

    Mended, and told to ``on_repair``: spans with outer white space are trimmed; where the parts of
    one quote overlap, its contents keep the words, then its sources, then its cue.

    Args:
        path: A ``.json`` file, or a folder that is searched with its subfolders.
        kind_of: Decides direct, indirect or mixed; ``quotecraft.evaluate.kinds_of``.
        on_repair: Called with every fault that was mended.

    Raises:
        InputError: If there is no such file, or it can't be read.
        FormatError: If a file is no JSON or does not follow the format, a span lies outside the
            text or has other words there, or two quotes have one id.
    """
    root = Path(path)
    files = sorted(root.rglob("*.json")) if root.is_dir() else [root]
    if not files:
        raise InputError(f"{path}: no .json file; give a file or folder in Citron's format")
    tell = on_repair or ignore_repair
    for file in files:
        name = file.relative_to(root) if root.is_dir() else Path(file.name)
        yield _read_document(file, name.with_suffix("").as_posix(), kind_of, tell)


@frozen
class _Place:
    """Where something stands: file, line, and place inside the record."""

    source: str
    line: int
    path: str

    def fail(self, reason: str, below: str = "") -> NoReturn:
        raise FormatError(reason, source=self.source, line=self.line, path=self.path + below)


@define
class _Speakers:
    """The speakers of a document, found by the words or the place that names them."""

    text: str
    groups: Sequence[Sequence[Span]]
    found: dict[str, Speaker] = field(factory=dict)

    def of(self, names: Sequence[Span], source: Sequence[Span]) -> SpeakerId | None:
        """Return the speaker whom some places name; ``source`` is the mention beside the cue."""
        if not names:
            return None
        name = " and ".join(span.of(self.text).strip() for span in names)
        if len(names) > 1:
            return self._add(name, Speaker(SpeakerId(name), name, SpeakerKind.GROUP))
        places = {*names, *source}
        for number, group in enumerate(self.groups):
            if places & set(group):
                words = dict.fromkeys(span.of(self.text).strip() for span in group)
                others = tuple(w for w in words if w != name and _names(w))
                return self._add(f"group {number}", Speaker(SpeakerId(name), name, aliases=others))
        return self._add(name, Speaker(SpeakerId(name), name))

    def _add(self, key: str, speaker: Speaker) -> SpeakerId:
        known = self.found.get(key) or next(
            (s for s in self.found.values() if s.id == speaker.id), None
        )
        self.found.setdefault(key, known or speaker)
        return self.found[key].id

    def all(self) -> tuple[Speaker, ...]:
        return tuple({speaker.id: speaker for speaker in self.found.values()}.values())


def _names(words: str) -> bool:
    return words[:1].isupper() and words.lower() not in PRONOUNS


def _read_document(file: Path, name: str, kind_of: KindRule, tell: OnRepair) -> Document:
    written = read_exact(file)
    record, lines = _load(written, file)
    top = _Place(str(file), 1, "$")
    text = record.get("text")
    if not isinstance(text, str):
        top.fail("expected the text as a string" if "text" in record else _NO_TEXT, ".text")
    groups = _groups(record, text, top)
    speakers = _Speakers(text, groups)
    quotes = []
    for number, item in enumerate(_list(record.get("quotes"), top, ".quotes"), 1):
        place = _Place(str(file), lines[number - 1], f"$.quotes[{number - 1}]")
        quotes.append(_Read.of(item, text, place, number, tell, speakers))
    seen: dict[str, int] = {}
    for quote in quotes:
        if quote.id in seen:
            quote.place.fail(f"second quote {quote.id!r}, the first is in line {seen[quote.id]}")
        seen[quote.id] = quote.place.line
    quotes.sort(key=lambda quote: (quote.parts["Content"][0], quote.place.line))
    kinds = kind_of(text, [quote.parts["Content"] for quote in quotes])
    return Document(
        id=name,
        text=text,
        quotes=tuple(
            Quote(
                id=QuoteId(quote.id),
                kind=kind,
                content=quote.parts["Content"],
                cue=quote.parts["Cue"],
                source=quote.parts["Source"],
                speaker=quote.speaker,
                confidence=Confidence(quote.confidence, quote.confidence),
            )
            for quote, kind in zip(quotes, kinds, strict=True)
        ),
        speakers=speakers.all(),
    )


@frozen
class _Read:
    """One quote as it was read."""

    id: str
    parts: Mapping[str, tuple[Span, ...]]
    speaker: SpeakerId | None
    confidence: float
    place: _Place

    @classmethod
    def of(
        cls,
        item: object,
        text: str,
        place: _Place,
        number: int,
        tell: OnRepair,
        speakers: _Speakers,
    ) -> _Read:
        if not isinstance(item, Mapping):
            place.fail("expected a quote as an object")
        named = {
            "Content": _spans(item.get("contents"), text, place, ".contents"),
            "Source": _spans(item.get("sources"), text, place, ".sources"),
            "Cue": [_span(item["cue"], text, place, ".cue")] if item.get("cue") else [],
        }
        parts = apart(text, named, lambda why: tell(Repair(place.source, place.line, why)))
        if not parts["Content"]:
            place.fail("expected contents with words", ".contents")
        speaker = None
        if item.get("coreferences") is not None:
            others = _spans(item["coreferences"], text, place, ".coreferences")
            speaker = speakers.of(others or named["Source"], named["Source"])
        own = item.get("id")
        if own is not None and not isinstance(own, str | int):
            place.fail("expected the id as a string", ".id")
        key = f"q{number}" if own is None else str(own)
        return cls(key, parts, speaker, _confidence(item.get("confidence"), place), place)


def _load(written: str, file: Path) -> tuple[Mapping[str, Any], list[int]]:
    try:
        record = json.loads(written)
    except json.JSONDecodeError as error:
        reason = f"no JSON: {error.msg} (column {error.colno})"
        raise FormatError(reason, source=str(file), line=error.lineno) from error
    except RecursionError as error:
        reason = "values are nested too deeply to read"
        raise FormatError(reason, source=str(file), line=1) from error
    if not isinstance(record, Mapping):
        raise FormatError("expected an object", source=str(file), line=1, path="$")
    return record, items_with_lines(written, "quotes")


def _groups(record: Mapping[str, Any], text: str, top: _Place) -> list[list[Span]]:
    groups = record.get("coreference_groups")
    return [
        [
            _span(item, text, top, f".coreference_groups[{number}][{n}]")
            for n, item in enumerate(_list(group, top, f".coreference_groups[{number}]"))
        ]
        for number, group in enumerate(_list(groups or [], top, ".coreference_groups"))
    ]


def _list(value: object, place: _Place, below: str) -> Sequence[Any]:
    if not isinstance(value, list):
        place.fail("expected a list", below)
    return value


def _spans(value: object, text: str, place: _Place, below: str) -> list[Span]:
    items = _list(value, place, below)
    spans = [_span(item, text, place, f"{below}[{n}]") for n, item in enumerate(items)]
    for n, span in enumerate(spans):
        if any(span.overlaps(other) for other in spans[:n]):
            place.fail(f"span [{span.start}, {span.end}) overlaps another", f"{below}[{n}]")
    return spans


def _span(value: Any, text: str, place: _Place, below: str) -> Span:  # noqa: ANN401  (any JSON)
    match value:
        case {"start": int(start), "end": int(end)} if 0 <= start < end <= len(text):
            words = value.get("text")
            if words is not None and words != text[start:end]:
                reason = f"the text at [{start}, {end}) is {text[start:end][:40]!r}"
                place.fail(f"{reason}, not {str(words)[:40]!r}", below)
            return Span(start, end)
        case {"start": start, "end": end}:
            reason = f"span [{start!r}, {end!r}) does not fit the text of {len(text)} code points"
            place.fail(reason, below)
        case _:
            place.fail("expected a span as an object with start and end", below)


def _confidence(value: object, place: _Place) -> float:
    if value is None:
        return 1.0
    try:
        number = float(value) if isinstance(value, str | int | float) else -1.0
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        place.fail("expected a confidence in [0, 1]", ".confidence")
    return number
