"""TEI P5 to documents; ``tei.py`` says what the mark-up means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any
from xml.parsers import expat

from attrs import define, field

from quotecraft.errors import FormatError
from quotecraft.formats._io import Source, open_source, source_name
from quotecraft.formats._json import decode
from quotecraft.formats._record import SCHEMA, from_record, text_sha256
from quotecraft.formats._rest import Found, merged_record
from quotecraft.formats._tei_writing import DIRECT, SAME_SPAN
from quotecraft.model import Document, SpeakerKind, Stance

__all__ = ["read"]

_TEI = "http://www.tei-c.org/ns/1.0"
_XML_ID = "http://www.w3.org/XML/1998/namespace id"
_CHUNK = 1 << 16
_OURS = re.compile(r"d[0-9]+\.[qs]([0-9]+)")  # ids of quotations and speakers that we wrote
_KINDS = {shown: kind for kind, shown in DIRECT.items()}
_LEVELS = {"true": "speech", "false": "thought"}
_NAMES = ("persName", "orgName", "name")
_NOTES = {"role": "roles", "pronoun": "pronouns"}


def read(source: Source) -> Iterator[Document]:
    """Read the documents of a TEI file one at a time.

    Args:
        source: A path, an open stream (binary or text), or ``"-"`` for standard input.

    Raises:
        InputError: If the path can't be read.
        FormatError: If it is not well-formed XML, has a document type declaration, holds no
            ``<TEI>``, or its mark-up makes no valid document.
    """
    name = source_name(source)
    reader = _Reader(name)
    with open_source(source) as stream:
        while chunk := stream.read(_CHUNK):
            reader.feed(chunk, final=False)
            yield from reader.documents()
        reader.feed(b"", final=True)
        yield from reader.documents()
    if not reader.count:
        raise FormatError("expected a <TEI> or <teiCorpus> element with documents", source=name)


@define
class _Piece:
    """An element that covers a part of a quotation."""

    role: str
    attributes: Mapping[str, str]
    start: int
    end: int

    @property
    def id(self) -> str:
        return self.attributes.get(_XML_ID, "")

    def pointer(self, name: str) -> str:
        """Return the first pointer of an attribute, without ``#``; empty when there is none."""
        return (self.attributes.get(name, "").split() or [""])[0].removeprefix("#")


@define
class _Open:
    """A document while it is read."""

    text: list[str] = field(factory=list)
    size: int = 0
    pieces: list[_Piece] = field(factory=list)
    speakers: dict[str, dict[str, Any]] = field(factory=dict)
    characters: dict[str, str] = field(factory=dict)
    rest: str = ""


class _Reader:
    """Turns the parser's events into documents."""

    def __init__(self, name: str) -> None:
        self.count = 0
        self._name = name
        self._done: list[Document] = []
        self._parser: expat.XMLParserType | None = None
        self._document: _Open | None = None
        self._stack: list[tuple[str, _Piece | None]] = []
        self._texts = 0  # how many <text> elements are open
        self._speaker: dict[str, Any] | None = None
        self._character = ""  # the <char> being described
        self._heard: list[str] | None = None  # what an element of the header says
        self._sort = ""  # its @type
        self._known_glyph = False  # inside a <g> whose character is known already

    def feed(self, chunk: bytes | str, *, final: bool) -> None:
        """Parse some more of the file."""
        if self._parser is None:
            self._parser = self._new_parser("utf-8" if isinstance(chunk, str) else None)
        data = chunk.encode("utf-8", "surrogatepass") if isinstance(chunk, str) else chunk
        try:
            self._parser.Parse(data, final)
        except expat.ExpatError as error:
            raise FormatError(
                f"not well-formed XML: {expat.ErrorString(error.code)} at column {error.offset}",
                source=self._name,
                line=error.lineno,
            ) from error
        except FormatError:
            raise
        except (LookupError, ValueError) as error:  # what Python's decoders say to expat
            reason = f"not in an encoding that can be read ({error}): save it as UTF-8"
            raise FormatError(reason, source=self._name) from error

    def documents(self) -> Iterator[Document]:
        """Yield the documents that are complete."""
        done, self._done = self._done, []
        yield from done

    def _new_parser(self, encoding: str | None) -> expat.XMLParserType:
        parser = expat.ParserCreate(encoding, " ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._hear
        return parser

    def _refuse(self, *_: object) -> None:
        raise FormatError(
            "a document type declaration is refused, as its entities can be an attack: remove the "
            "<!DOCTYPE …>",
            source=self._name,
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        local = local if namespace in ("", _TEI) else ""
        piece = None
        if self._document is None:
            self._document = _Open() if local == "TEI" else None
        elif local == "TEI":
            local = ""  # one inside another is part of it
        elif local == "g":
            self._start_glyph(self._document, attributes)
        elif self._texts or local == "text":
            self._texts += local == "text"
            piece = _piece(self._document, local, attributes)
        else:
            self._start_in_header(self._document, local, attributes)
        self._stack.append((local, piece))

    def _start_glyph(self, document: _Open, attributes: Mapping[str, str]) -> None:
        character = document.characters.get(attributes.get("ref", "").removeprefix("#"))
        if character is not None:
            self._hear(character)
            self._known_glyph = True

    def _start_in_header(self, document: _Open, local: str, attributes: Mapping[str, str]) -> None:
        self._sort = attributes.get("type", "")
        if local in ("person", "org"):
            speaker_id = attributes.get(_XML_ID, "")
            self._speaker = {"id": speaker_id, "kind": _kind(local, attributes.get("role"))}
            document.speakers[speaker_id] = self._speaker
        elif local == "char":
            self._character = attributes.get(_XML_ID, "")
        elif local == "localProp" and attributes.get("name") == "codepoint":
            document.characters[self._character] = self._code_point(attributes.get("value", ""))
        elif (local == "xenoData" and self._sort == "quotecraft") or (
            self._speaker is not None and local in (*_NAMES, "note")
        ):
            self._heard = []

    def _code_point(self, value: str) -> str:
        try:
            return chr(int(value, 16))
        except (ValueError, OverflowError) as error:
            raise FormatError(
                f'expected a code point in hex in <localProp name="codepoint">, got {value[:20]!r}',
                source=self._name,
            ) from error

    def _hear(self, data: str) -> None:
        if self._document is None or self._known_glyph:
            return
        if self._heard is not None:
            self._heard.append(data)
        elif self._texts:
            self._document.text.append(data)
            self._document.size += len(data)

    def _end(self, _: str) -> None:
        local, piece = self._stack.pop()
        document = self._document
        if document is None:
            return
        if piece is not None:
            piece.end = document.size
        elif local == "g":
            self._known_glyph = False
        elif local == "text":
            self._texts -= 1
        elif local in ("person", "org"):
            self._speaker = None
        elif self._heard is not None and local in (*_NAMES, "note", "xenoData"):
            self._end_in_header(document, local, "".join(self._heard))
            self._heard = None
        elif local == "TEI":
            self.count += 1
            self._document = None
            self._done.append(_build(document, self._name, self.count))

    def _end_in_header(self, document: _Open, local: str, heard: str) -> None:
        if local == "xenoData":
            document.rest = heard
        elif self._speaker is None:
            return
        elif local == "note":
            if self._sort in _NOTES:
                self._speaker.setdefault(_NOTES[self._sort], []).append(heard)
        elif self._sort == "alias" or "name" in self._speaker:
            self._speaker.setdefault("aliases", []).append(heard)
        else:
            self._speaker["name"] = heard


def _kind(local: str, role: str | None) -> str:
    if role in [kind.value for kind in SpeakerKind]:
        return str(role)
    return SpeakerKind.PERSON.value if local == "person" else SpeakerKind.ORGANIZATION.value


def _piece(document: _Open, local: str, attributes: Mapping[str, str]) -> _Piece | None:
    type_ = attributes.get("type")
    role = {"said": "content", "rs": type_, "seg": type_}.get(local)
    if role not in ("content", "cue", "source") or (role == "content") != (local == "said"):
        return None
    piece = _Piece(role, attributes, document.size, document.size)
    document.pieces.append(piece)
    return piece


def _build(document: _Open, name: str, number: int) -> Document:
    text = "".join(document.text)
    try:
        rest = decode(document.rest) if document.rest else _unknown(name, number)
    except FormatError as error:
        raise FormatError(f"<xenoData>: {error.reason}", source=name) from error
    if not isinstance(rest, dict) or not all(isinstance(q, dict) for q in _list(rest, "quotes")):
        raise FormatError("<xenoData>: expected a record with a list of quotes", source=name)
    speakers = _speakers(document.speakers, rest)
    ids = {pointer: speaker["id"] for pointer, speaker in speakers.items()}
    found = _found(document.pieces, rest, ids)
    for quote in found:
        for speaker_id in (quote.speaker, quote.addressee):
            if speaker_id is not None and speaker_id not in ids.values():
                speakers[speaker_id] = {"id": speaker_id, "name": speaker_id}
    shown = {speaker["id"]: speaker for speaker in speakers.values()}
    record = merged_record(_still_true(rest, text), text, found, shown)
    return from_record(record, text=text, source=name)


def _unknown(name: str, number: int) -> dict[str, Any]:
    stem = PurePath(name).stem or name
    return {"schema": SCHEMA, "id": stem if number == 1 else f"{stem}-{number}"}


def _list(record: Mapping[str, Any], name: str) -> list[Any]:
    value = record.get(name)
    return value if isinstance(value, list) else []


def _still_true(rest: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return the record without its hash, and without mentions if the text was edited since."""
    record = {key: value for key, value in rest.items() if key != "sha256"}
    if rest.get("sha256") not in (None, text_sha256(text)):
        record["speakers"] = [
            {key: value for key, value in speaker.items() if key != "mentions"}
            for speaker in _list(rest, "speakers")
            if isinstance(speaker, dict)
        ]
    return record


def _speakers(
    shown: Mapping[str, dict[str, Any]], rest: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return records of the speakers that the header lists, by their ``xml:id``."""
    told = _list(rest, "speakers")
    speakers = {}
    for pointer, speaker in shown.items():
        match = _OURS.fullmatch(pointer)
        number = int(match[1]) - 1 if match else len(told)
        known = told[number] if 0 <= number < len(told) else None
        speaker_id = known["id"] if isinstance(known, dict) and "id" in known else pointer
        lists = {name: speaker.get(name, []) for name in ("aliases", *_NOTES.values())}
        name = speaker.get("name", speaker_id)
        speakers[pointer] = {"id": speaker_id, "name": name, "kind": speaker["kind"], **lists}
    return speakers


@define
class _Chain:
    """The pieces of one role of one quotation."""

    first: _Piece
    spans: list[list[int]] = field(factory=list)


def _chains(pieces: Iterable[_Piece]) -> tuple[list[_Chain], dict[str, _Chain]]:
    """Join pieces that point to one another; also return the chain of each piece's id."""
    chains: list[_Chain] = []
    by_id: dict[str, _Chain] = {}
    awaited: dict[str, _Chain] = {}
    for piece in pieces:
        chain = by_id.get(piece.pointer("prev")) or awaited.get(piece.id)
        if chain is None or chain.first.role != piece.role:
            chain = _Chain(piece)
            chains.append(chain)
        same = f"#{SAME_SPAN}" in piece.attributes.get("ana", "").split()
        if same and chain.spans:
            chain.spans[-1][1] = max(chain.spans[-1][1], piece.end)
        elif piece.end > piece.start:
            chain.spans.append([piece.start, piece.end])
        for pointer, register in ((piece.id, by_id), (piece.pointer("next"), awaited)):
            if pointer:
                register[pointer] = chain
    return chains, by_id


def _found(
    pieces: Iterable[_Piece], rest: Mapping[str, Any], ids: Mapping[str, str]
) -> list[Found]:
    """Return the quotations, those that we wrote in the order in which we wrote them."""
    chains, by_id = _chains(pieces)
    told = _list(rest, "quotes")
    numbered: list[tuple[int, Found]] = []
    quotes: dict[int, Found] = {}
    for chain in chains:
        if chain.first.role == "content" and chain.spans:
            match = _OURS.fullmatch(chain.first.id)
            number = int(match[1]) if match else len(told) + 1
            known = told[number - 1] if 0 < number <= len(told) else {}
            quotes[id(chain)] = _quote(chain, dict(known), ids)
            numbered.append((number, quotes[id(chain)]))
    for chain in chains:
        owner = by_id.get(chain.first.pointer("corresp"))
        if chain.first.role != "content" and owner is not None and id(owner) in quotes:
            getattr(quotes[id(owner)], chain.first.role).extend(chain.spans)
    numbered.sort(key=lambda item: item[0])
    return [quote for _, quote in numbered]


def _quote(chain: _Chain, rest: dict[str, Any], ids: Mapping[str, str]) -> Found:
    piece = chain.first
    categories = piece.attributes.get("ana", "").split()
    stances = [stance.value for stance in Stance if f"#stance.{stance.value}" in categories]
    speaker, addressee = (piece.pointer(name) or None for name in ("who", "toWhom"))
    return Found(
        content=chain.spans,
        kind=_KINDS.get(piece.attributes.get("direct", "")),
        level=_LEVELS.get(piece.attributes.get("aloud", "")),
        stance=stances[0] if stances else None,
        speaker=ids.get(speaker, speaker) if speaker else None,
        addressee=ids.get(addressee, addressee) if addressee else None,
        rest=rest,
    )
