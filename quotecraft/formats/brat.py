"""brat standoff (https://brat.nlplab.org/standoff.html): a folder that the brat editor opens.

Each document is three files: ``NAME.txt`` (its text), ``NAME.ann`` (its quotations) and
``NAME.json`` (its interchange record without the text: what brat has no place for). In the ``.ann``
file a quotation is an event in PolNeAR's style::

    T1	Content 36 60	the clinics would reopen
    T2	Cue 31 35	said
    T3	Source 0 8	Ana Ruiz
    T4	Attribution 31 35	said
    E1	Attribution:T4 Content:T1 Cue:T2 Source:T3
    A1	Kind E1 indirect
    A2	Level E1 speech
    A3	Stance E1 neutral
    N1	Reference E1 Speaker:s1	Ana Ruiz

A quotation inside another has it as its ``Parent``. Its trigger is the cue, or else the content's
first stretch. Offsets are code points into the text as it is; ids are percent-encoded where they
hold more than brat allows. brat reads its files line by line, so a stretch that crosses a line end
is written as several fragments; reading joins them again with the help of ``NAME.json``. Mentions
of speakers stand in ``NAME.json`` alone.

What annotators change in brat is what is read: ``NAME.json`` adds only what brat can't say. It may
be missing: then fragments stay as they are, and speakers have the ids and names that brat shows. A
text with lone surrogates is written with their three bytes, which brat itself won't open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent

from attrs import define, field

from quotecraft.errors import FormatError, InputError
from quotecraft.formats._brat_parsing import ATTRIBUTES, LINKS, ROLES, Event, parse
from quotecraft.formats._folder import FolderWriter
from quotecraft.formats._io import Target, is_stream
from quotecraft.formats._json import decode, encode
from quotecraft.formats._record import SCHEMA, from_record, to_record
from quotecraft.formats._rest import Found, merged_record, rest_of_quote
from quotecraft.formats.repairs import OnRepair, Repair, ignore_repair
from quotecraft.model import Document

__all__ = ["CONFIGURATION", "Writer", "read", "to_ann", "write"]

_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"  # where Python, and so brat, ends lines
_LINE = re.compile(f"[^{_LINE_ENDS}]+")
_BREAK = re.compile(f"[{_LINE_ENDS}\t]")
CONFIGURATION = "\n".join(
    (
        "[entities]",
        "Content",
        "Cue",
        "Source",
        "[relations]",
        "[events]",
        "Attribution\tContent+:Content, Cue*:Cue, Source*:Source, Parent?:Attribution",
        "[attributes]",
        *(
            f"{name}\tArg:Attribution, Value:{'|'.join(value.value for value in values)}"
            for name, values in ATTRIBUTES.items()
        ),
        "",
    )
)
"""The ``annotation.conf`` that tells brat what may be annotated."""


def to_ann(document: Document) -> str:
    """Return the ``.ann`` file of a document; see the module for its lines."""
    return _Lines(document.text).of(to_record(document))


@define
class _Lines:
    """Numbers and collects the lines of a ``.ann`` file."""

    text: str
    lines: list[str] = field(factory=list)
    counts: dict[str, int] = field(factory=dict)

    def of(self, record: Mapping[str, Any]) -> str:
        names = {speaker["id"]: speaker["name"] for speaker in record["speakers"]}
        events = {
            quote["id"]: f"E{number}"
            for number, quote in enumerate(record["quotes"], 1)
            if _writable(self.text, quote)
        }
        for quote in record["quotes"]:
            if quote["id"] in events:
                self._quote(quote, events, names)
        return "".join(f"{line}\n" for line in self.lines)

    def _quote(
        self, quote: Mapping[str, Any], events: Mapping[str, str], names: Mapping[str, str]
    ) -> None:
        event = events[quote["id"]]
        parts = {role: _fragments(self.text, quote[role]) for role in ROLES}
        arguments = [
            f"{role.capitalize()}:{self._stretch(role.capitalize(), fragments)}"
            for role, fragments in parts.items()
            if fragments
        ]
        trigger = self._stretch("Attribution", parts["cue"] or parts["content"][:1])
        if quote["parent"] in events:
            arguments.append(f"Parent:{events[quote['parent']]}")
        self.lines.append(f"{event}\tAttribution:{trigger} {' '.join(arguments)}")
        for name in ATTRIBUTES:
            self._add("A", f"{name} {event} {quote[name.lower()]}")
        for link in LINKS:
            if quote[link] is not None:
                shown = _BREAK.sub(" ", names[quote[link]])
                reference = f"{link.capitalize()}:{_escape(quote[link])}"
                self._add("N", f"Reference {event} {reference}\t{shown}")

    def _stretch(self, type_: str, fragments: Sequence[Sequence[int]]) -> str:
        places = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(self.text[start:end] for start, end in fragments)
        return self._add("T", f"{type_} {places}\t{words}")

    def _add(self, letter: str, line: str) -> str:
        self.counts[letter] = self.counts.get(letter, 0) + 1
        name = f"{letter}{self.counts[letter]}"
        self.lines.append(f"{name}\t{line}")
        return name


def _writable(text: str, quote: Mapping[str, Any]) -> bool:
    """Say whether some of the content is not a line end, so that brat can show it."""
    return bool(_fragments(text, quote["content"]))


def _fragments(text: str, spans: Iterable[Sequence[int]]) -> list[list[int]]:
    """Cut spans at line ends."""
    return [
        [match.start(), match.end()]
        for start, end in spans
        for match in _LINE.finditer(text, start, end)
    ]


def _escape(name: str) -> str:
    return percent(name, safe="", errors="surrogatepass") or "%"  # brat has no empty names


class Writer(FolderWriter):
    """Writes three files a document, and ``annotation.conf``, to a folder."""

    def _files(self, document: Document) -> dict[str, bytes]:
        return {
            ".txt": document.text.encode("utf-8", "surrogatepass"),
            ".ann": to_ann(document).encode("utf-8", "surrogatepass"),
            ".json": encode(to_record(document, text=False)) + b"\n",
        }

    def _common(self) -> dict[str, bytes]:
        return {"annotation.conf": CONFIGURATION.encode()}


def write(documents: Iterable[Document], target: Target) -> int:
    """Write documents to a folder; it gets all of them or stays as it was.

    Args:
        documents: The documents.
        target: A folder, made when it is not there. Other files in it stay; files of documents of
            the same name are replaced.

    Returns:
        The number of documents written.

    Raises:
        FormatError: If the target is a file or stream, or can't be written.
    """
    with Writer(target) as writer:
        for document in documents:
            writer.write(document)
    return writer.count


def read(path: str | Path, *, on_repair: OnRepair | None = None) -> Iterator[Document]:
    """Read the documents of a folder and its subfolders in the order of their names, or one.

    Events whose type begins with ``Attribution`` are quotations; events without a ``Content`` and
    all other annotations are passed over.

    Args:
        path: A folder, or a document's ``.ann`` or ``.txt`` file.
        on_repair: Called with every annotation that is passed over, and every text of a folder
            that has no ``.ann`` file.

    Raises:
        InputError: If the path or a document's text can't be read.
        FormatError: If a line does not follow the format, names what is not there, doubles an id,
            has a span outside the text, overlapping ones or other words than the text has there, or
            a text was changed after its quotations were written.
    """
    tell = on_repair or ignore_repair
    if is_stream(path):
        raise FormatError("brat is a folder of files and can't come from a stream: name a folder")
    path = Path(path)
    if path.is_dir():
        for text in sorted(path.rglob("*.txt")):
            if not text.with_suffix(".ann").exists():
                tell(Repair(str(text), None, f"there is no {text.stem}.ann; text left out"))
        for ann in sorted(path.rglob("*.ann")):
            yield _read_document(ann, ann.relative_to(path).with_suffix("").as_posix(), tell)
    else:
        yield _read_document(path.with_suffix(".ann"), path.stem, tell)


def _read_document(ann: Path, name: str, tell: OnRepair) -> Document:
    text = _decoded(ann.with_suffix(".txt"))
    rest = ann.with_suffix(".json")
    try:
        record = decode(_bytes(rest)) if rest.exists() else {"schema": SCHEMA, "id": name}
    except FormatError as error:
        raise FormatError(error.reason, source=str(rest), path=error.path) from error
    told = to_record(from_record(record, text=text, source=str(rest)))
    events = parse(_decoded(ann), text, str(ann), tell)
    return from_record(_merged(told, text, events), source=str(ann))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{path}: cannot be read: {reason}; brat needs .txt and .ann") from error


def _decoded(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        reason = f"not UTF-8 at byte {error.start}; save it as UTF-8"
        raise FormatError(reason, source=str(path)) from error


def _merged(told: Mapping[str, Any], text: str, events: Mapping[str, Event]) -> dict[str, Any]:
    """Return a document's record from its events and what was told beside them."""
    before = {f"E{number}": quote for number, quote in enumerate(told["quotes"], 1)}
    known = {
        name: quote
        for name, quote in before.items()
        if not _writable(text, quote)
        or (name in events and _share(quote["content"], events[name].parts["content"]))
    }
    ids = _ids([*known, *events], known)
    unseen = {quote["id"] for name, quote in known.items() if name not in events}
    names = {speaker["id"]: _BREAK.sub(" ", speaker["name"]) for speaker in told["speakers"]}
    speakers: dict[str, dict[str, Any]] = {}
    found = []
    for name in sorted(ids, key=lambda name: (len(name), name)):
        if name not in events:
            found.append(_untouched(known[name], ids.values()))
            continue
        event, quote = events[name], known.get(name, {})
        parent = quote["parent"] if quote.get("parent") in unseen else None
        found.append(_found(event, text, quote))
        found[-1].rest |= {"id": ids[name], "parent": ids.get(event.parent or "", parent)}
        for speaker_id, shown in event.links.values():
            if names.get(speaker_id) != shown:
                speakers[speaker_id] = {"id": speaker_id, "name": shown}
    return merged_record(told, text, found, speakers)


def _share(spans: Iterable[Sequence[int]], others: Sequence[Sequence[int]]) -> bool:
    return any(s < other_end and start < e for s, e in spans for start, other_end in others)


def _ids(names: Iterable[str], known: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the quotation id of each event: the one it had, or a new one."""
    taken = {quote["id"] for quote in known.values()}
    ids: dict[str, str] = {}
    for name in dict.fromkeys(names):
        if name in known:
            ids[name] = known[name]["id"]
            continue
        number = len(ids) + 1
        while f"q{number}" in taken:
            number += 1
        ids[name] = f"q{number}"
        taken.add(ids[name])
    return ids


def _untouched(quote: Mapping[str, Any], ids: Iterable[str]) -> Found:
    """Return a quotation that brat can't show, as it was."""
    rest = rest_of_quote(quote)
    rest["parent"] = rest["parent"] if rest["parent"] in set(ids) else None
    shown = {key: value for key, value in quote.items() if key not in rest}
    return Found(**shown, rest=rest)


def _found(event: Event, text: str, known: Mapping[str, Any]) -> Found:
    """Return a quotation as its event says it, or as it was known where the event says the same."""
    found = Found(rest=rest_of_quote(known))
    for role in ROLES:
        parts, spans = sorted(event.parts[role]), known.get(role, [])
        setattr(found, role, spans if _fragments(text, spans) == parts else parts)
    for name in ATTRIBUTES:
        attribute = name.lower()
        setattr(found, attribute, event.attributes.get(name, known.get(attribute)))
    for link, (speaker_id, _) in event.links.items():
        setattr(found, link, speaker_id)
    return found
