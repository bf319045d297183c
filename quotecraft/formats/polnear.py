"""PolNeAR: attributions in US political news, read from its brat standoff files.

Newell, Margolin and Ruths (2018), "An Attribution Relations Corpus for Political News", LREC. A
split is a folder with ``text/NAME.txt`` and ``attributions/NAME_ANNOTATOR.ann``. An attribution is
an event of type ``Attribution`` or ``Attribution-no-source`` whose arguments name its ``Content``
(and ``Content2`` …), ``Cue`` and ``Source`` text-bound annotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import frozen

from quotecraft.errors import FormatError, InputError
from quotecraft.formats.repairs import (
    ROLES,
    KindRule,
    OnRepair,
    Repair,
    apart,
    ignore_repair,
    read_exact,
    same_words,
)
from quotecraft.model import Document, Quote, QuoteId, Span

__all__ = ["KindRule", "read_polnear"]

SIDE_TYPES = ("Discard", "Discuss", "Attribution", "Attribution-no-source")

_RECORD = re.compile(r"[TE#]\d+\t")  # the kinds of line that the corpus has
_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)", re.ASCII)
_EVENT = re.compile(
    r"(E\d+)\t(Attribution|Attribution-no-source):T\d+((?: \w+:T\d+)*) *$", re.ASCII
)


@frozen
class _TextBound:
    type: str
    spans: tuple[Span, ...]
    line: int


@frozen
class _Event:
    key: str
    arguments: tuple[tuple[str, str], ...]
    line: int


def read_polnear(
    path: str | Path,
    *,
    kind_of: KindRule,
    annotator: str | None = None,
    on_repair: OnRepair | None = None,
) -> Iterator[Document]:
    """Read one split of PolNeAR, an article at a time, in the order of file names.

    Mended, and told to ``on_repair``: an annotation with outer white space is trimmed; one whose
    text runs over a line end is read on; where the parts of one attribution overlap, its content
    keeps the words, then its source, then its cue; an event without content, and an annotation that
    no event names, is left out; an argument whose annotation has another type keeps the argument's
    role; an annotation whose article has no text is left out. Spans of one content that are listed
    out of text order are sorted: their order has no meaning in brat.

    Args:
        path: Folder of the split, which holds ``text`` and ``attributions``.
        kind_of: Decides direct, indirect or mixed; ``quotecraft.evaluate.kinds_of``.
        annotator: Whose annotation to read, such as ``"4b22"``; articles they did not annotate are
            left out and told to ``on_repair``. Without it the first of each article by name.
        on_repair: Called with every fault that was mended.

    Yields:
        One document an article; ``metadata`` has ``annotator`` and ``annotators`` (all of them).

    Raises:
        InputError: If the folder is not a split, or nothing is annotated by ``annotator``.
        FormatError: If a line can't be read, a span lies outside its article or has other words
            there, or an id is doubled.
    """
    root = Path(path)
    texts = sorted((root / "text").glob("*.txt"))
    if not texts or not (root / "attributions").is_dir():
        raise InputError(
            f"{root}: no PolNeAR split; give the folder that holds text/ and attributions/"
        )
    tell = on_repair or ignore_repair
    by_article = _annotations(root / "attributions")
    for article in sorted(by_article.keys() - {text.stem for text in texts}):
        for file in by_article[article].values():
            tell(Repair(str(file), None, f"there is no text/{article}.txt; annotation left out"))
    found = False
    for text_path in texts:
        annotations = by_article.get(text_path.stem, {})
        chosen = annotator or min(annotations, default=None)
        if chosen not in annotations:
            who = f"by {annotator} " if annotator else ""
            tell(Repair(str(text_path), None, f"no annotation {who}found; article left out"))
            continue
        found = True
        yield _read_article(text_path, annotations, chosen, kind_of, tell)
    if not found:
        who = f" of annotator {annotator!r}" if annotator else ""
        raise InputError(f"{root / 'attributions'}: no annotation{who} for any article")


def _annotations(folder: Path) -> dict[str, dict[str, Path]]:
    by_article: dict[str, dict[str, Path]] = {}
    for file in sorted(folder.glob("*.ann")):
        article, _, annotator = file.stem.rpartition("_")
        by_article.setdefault(article, {})[annotator] = file
    return by_article


def _read_article(
    text_path: Path,
    annotations: Mapping[str, Path],
    annotator: str,
    kind_of: KindRule,
    tell: OnRepair,
) -> Document:
    text = read_exact(text_path)
    source = annotations[annotator]
    bounds, events = _parse(source, text, tell)
    parts = [p for p in (_parts(text, e, bounds, source, tell) for e in events) if p is not None]
    parts.sort(key=lambda p: (p["Content"][0], p["Cue"], p["Source"]))
    _tell_unused(bounds, events, source, tell)
    kinds = kind_of(text, [p["Content"] for p in parts])
    quotes = tuple(
        Quote(
            id=QuoteId(f"q{number}"),
            kind=kind,
            content=p["Content"],
            cue=p["Cue"],
            source=p["Source"],
        )
        for number, (p, kind) in enumerate(zip(parts, kinds, strict=True), 1)
    )
    metadata: dict[str, Any] = {"annotator": annotator, "annotators": sorted(annotations)}
    return Document(id=text_path.stem, text=text, metadata=metadata, quotes=quotes)


def _parse(
    path: Path, text: str, tell: OnRepair
) -> tuple[dict[str, _TextBound], tuple[_Event, ...]]:
    bounds: dict[str, _TextBound] = {}
    events: list[_Event] = []
    open_text = False  # whether the last record was a text-bound one, whose text may run on
    for number, line in enumerate(read_exact(path).split("\n"), 1):
        if line[:1] == "T" and _RECORD.match(line):
            key, bound = _text_bound(line, path, number, text)
            if key in bounds:
                raise FormatError(f"second annotation {key}", source=str(path), line=number)
            bounds[key] = bound
            open_text = True
        elif line[:1] == "E" and _RECORD.match(line):
            event = _event(line, path, number)
            if any(event.key == other.key for other in events):
                raise FormatError(f"second event {event.key}", source=str(path), line=number)
            events.append(event)
            open_text = False
        elif line[:1] == "#" and _RECORD.match(line):
            open_text = False  # an annotator's note
        elif open_text:
            if line:
                tell(Repair(str(path), number, "text of an annotation runs over a line end"))
        elif line:
            raise FormatError(
                f"expected a T, E or # record, found {line[:40]!r}", source=str(path), line=number
            )
    return bounds, tuple(events)


def _text_bound(line: str, path: Path, number: int, text: str) -> tuple[str, _TextBound]:
    match = _TEXT_BOUND.match(line)
    if match is None:
        raise FormatError(
            "expected an annotation 'T1<tab>Type START END[;START END]<tab>text'",
            source=str(path),
            line=number,
        )
    spans = []
    for piece in match[3].split(";"):
        start, end = map(int, piece.split())
        if not start < end <= len(text):
            raise FormatError(
                f"span [{start}, {end}) does not fit the article of {len(text)} code points",
                source=str(path),
                line=number,
            )
        spans.append(Span(start, end))
    if not same_words(match[4], text, spans):
        reason = f"the text at {match[3]} is not {match[4][:40]!r}; is this the article's own text?"
        raise FormatError(reason, source=str(path), line=number)
    return match[1], _TextBound(match[2], tuple(sorted(spans)), number)


def _event(line: str, path: Path, number: int) -> _Event:
    match = _EVENT.match(line.rstrip("\r"))
    if match is None:
        raise FormatError(
            "expected an event 'E1<tab>Attribution:T4 Content:T3 Cue:T2 Source:T1'",
            source=str(path),
            line=number,
        )
    pairs = [argument.split(":") for argument in match[3].split()]
    arguments = tuple((role.rstrip("0123456789"), target) for role, target in pairs)
    return _Event(match[1], arguments, number)


def _parts(
    text: str, event: _Event, bounds: Mapping[str, _TextBound], path: Path, tell: OnRepair
) -> dict[str, tuple[Span, ...]] | None:
    named: dict[str, list[Span]] = {role: [] for role in ROLES}
    for role, target in event.arguments:
        if role not in ROLES or target not in bounds:
            raise FormatError(
                f"argument {role}:{target} names no Content, Cue or Source annotation",
                source=str(path),
                line=event.line,
            )
        bound = bounds[target]
        if bound.type != role:
            tell(Repair(str(path), event.line, f"{target} is a {bound.type}, read as {role}"))
        named[role].extend(bound.spans)
    parts = apart(text, named, lambda reason: tell(Repair(str(path), event.line, reason)))
    if not parts["Content"]:
        tell(Repair(str(path), event.line, "attribution without content left out"))
        return None
    return parts


def _tell_unused(
    bounds: Mapping[str, _TextBound], events: Sequence[_Event], path: Path, tell: OnRepair
) -> None:
    used = {target for event in events for _, target in event.arguments}
    for key, bound in bounds.items():
        if key not in used and bound.type not in SIDE_TYPES:
            tell(Repair(str(path), bound.line, f"{bound.type} {key} belongs to no attribution"))
