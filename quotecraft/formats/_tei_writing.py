"""Documents to TEI P5; ``tei.py`` says what the mark-up means."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from attrs import define, field, frozen

from quotecraft.formats._json import encode, encode_ascii
from quotecraft.formats._record import to_record
from quotecraft.formats._rest import rest_of_quote
from quotecraft.model import Document, Level, QuoteKind, SpeakerKind, Stance

__all__ = ["DIRECT", "INVALID", "ORGANIZATIONS", "SAME_SPAN", "Rendered", "corpus_head", "render"]

SAME_SPAN = "same-span"
DIRECT = {"direct": "true", "indirect": "false", "mixed": "unknown"}
ORGANIZATIONS = (SpeakerKind.ORGANIZATION.value, SpeakerKind.GROUP.value)
INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters outside the ``Char`` of XML 1.0 (fifth edition, section 2.2)."""

_TAXONOMY = (
    ("kind", QuoteKind, "how much of the content stands in quotation marks"),
    ("level", Level, "speech or thought"),
    ("stance", Stance, "what the cue tells of the speaker's commitment"),
)
_PARAGRAPH_END = re.compile(r"(?>\r\n?|\n)(?:[ \t]*(?>\r\n?|\n))+")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_SPECIAL = re.compile("[&<>\r]")


def corpus_head() -> str:
    """Return the beginning of a corpus, with the header that its documents share."""
    head = _file_description("Quotations", "Texts with their quotations marked up.")
    return (
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n<teiHeader>\n'
        f"{head}<encodingDesc>\n{_taxonomy()}</encodingDesc>\n</teiHeader>\n"
    )


@frozen
class Rendered:
    """A document as TEI, but for what depends on whether it is alone in its file."""

    description: str
    declarations: str
    people: str
    rest: str
    body: str

    def xml(self, *, alone: bool) -> str:
        """Return the ``<TEI>`` element; the root of a file needs namespace and taxonomy."""
        namespace = ' xmlns="http://www.tei-c.org/ns/1.0"' if alone else ""
        encoding = (_taxonomy() if alone else "") + self.declarations
        return (
            f"<TEI{namespace}>\n<teiHeader>\n{self.description}"
            + (f"<encodingDesc>\n{encoding}</encodingDesc>\n" if encoding else "")
            + (f"<profileDesc>\n{self.people}</profileDesc>\n" if self.people else "")
            + f'<xenoData type="quotecraft">{self.rest}</xenoData>\n</teiHeader>\n'
            f'<text xml:space="preserve"><body>{self.body}</body></text>\n</TEI>\n'
        )


def render(document: Document, number: int) -> Rendered:
    """Return a document as TEI.

    Args:
        document: The document.
        number: Its number in the file, from 1: the prefix ``dNUMBER.`` of its ``xml:id`` values.

    Raises:
        FormatError: If metadata hold something that JSON can't.
    """
    record = to_record(document, text=False)
    prefix = f"d{number}."
    speakers = {s["id"]: f"{prefix}s{n}" for n, s in enumerate(record["speakers"], 1)}
    escape = _Escape(prefix)
    body = _body(document.text, record["quotes"], prefix, speakers, escape)
    people = _participants(record["speakers"], speakers, escape)
    description = _title(record, escape)
    return Rendered(description, escape.declarations(), people, _rest(record), body)


@define
class _Escape:
    """Escapes text, remembering which characters need a declaration."""

    prefix: str
    declared: set[str] = field(factory=set)

    def __call__(self, text: str) -> str:
        """Return text as XML character data and ``<g>`` elements."""
        safe = _SPECIAL.sub(lambda match: _ESCAPES[match[0]], text)
        return INVALID.sub(self._glyph, safe)

    def _glyph(self, match: re.Match[str]) -> str:
        self.declared.add(match[0])
        return f'<g ref="#{self._name(match[0])}"/>'

    def _name(self, character: str) -> str:
        return f"{self.prefix}u{ord(character):04X}"

    def declarations(self) -> str:
        """Return the ``<charDecl>`` of the characters met so far."""
        if not self.declared:
            return ""
        characters = "".join(
            f'<char xml:id="{self._name(c)}"><localProp name="codepoint" value="{ord(c):04X}"/>'
            "</char>\n"
            for c in sorted(self.declared)
        )
        return f"<charDecl>\n{characters}</charDecl>\n"


def _file_description(title: str, source: str) -> str:
    return (
        f"<fileDesc><titleStmt><title>{title}</title></titleStmt>"
        "<publicationStmt><p>Written by quotecraft.</p></publicationStmt>"
        f"<sourceDesc><p>{source}</p></sourceDesc></fileDesc>\n"
    )


def _title(record: Mapping[str, Any], escape: _Escape) -> str:
    metadata = record["metadata"]
    told = ((name, metadata.get(name)) for name in ("outlet", "author", "date", "url"))
    source = ", ".join(f"{name}: {value}" for name, value in told if isinstance(value, str))
    title = metadata.get("title")
    return _file_description(
        escape(title if isinstance(title, str) else record["id"]),
        escape(source or "No source was told."),
    )


def _taxonomy() -> str:
    groups = "".join(
        f'<category xml:id="{name}"><catDesc>{description}</catDesc>\n'
        + "".join(
            f'<category xml:id="{name}.{value}"><catDesc>{value}</catDesc></category>\n'
            for value in values
        )
        + "</category>\n"
        for name, values, description in _TAXONOMY
    )
    same = (
        f'<category xml:id="{SAME_SPAN}"><catDesc>continues the piece before</catDesc></category>'
    )
    return f"<classDecl><taxonomy>\n{groups}{same}\n</taxonomy></classDecl>\n"


def _participants(
    speakers: Sequence[Mapping[str, Any]], ids: Mapping[str, str], escape: _Escape
) -> str:
    people = [_person(s, ids, escape) for s in speakers if s["kind"] not in ORGANIZATIONS]
    groups = [_organization(s, ids, escape) for s in speakers if s["kind"] in ORGANIZATIONS]
    lists = "".join(
        f"<{name}>\n{''.join(items)}</{name}>\n"
        for name, items in (("listPerson", people), ("listOrg", groups))
        if items
    )
    return f"<particDesc>\n{lists}</particDesc>\n" if lists else ""


def _person(speaker: Mapping[str, Any], ids: Mapping[str, str], escape: _Escape) -> str:
    return (
        f'<person xml:id="{ids[speaker["id"]]}" role="{speaker["kind"]}">'
        f"{_names(speaker, 'persName', escape)}{_notes(speaker, escape)}</person>\n"
    )


def _organization(speaker: Mapping[str, Any], ids: Mapping[str, str], escape: _Escape) -> str:
    return (
        f'<org xml:id="{ids[speaker["id"]]}" role="{speaker["kind"]}">'
        f"{_names(speaker, 'orgName', escape)}{_notes(speaker, escape)}</org>\n"
    )


def _names(speaker: Mapping[str, Any], element: str, escape: _Escape) -> str:
    aliases = (f'<{element} type="alias">{escape(a)}</{element}>' for a in speaker["aliases"])
    return f"<{element}>{escape(speaker['name'])}</{element}>" + "".join(aliases)


def _notes(speaker: Mapping[str, Any], escape: _Escape) -> str:
    return "".join(
        f'<note type="{kind}">{escape(value)}</note>'
        for kind, values in (("role", speaker["roles"]), ("pronoun", speaker["pronouns"]))
        for value in values
    )


def _rest(record: Mapping[str, Any]) -> str:
    rest = {**record, "quotes": [rest_of_quote(quote) for quote in record["quotes"]]}
    data = encode(rest).decode("utf-8")
    if INVALID.search(data):
        data = encode_ascii(rest).decode("ascii")
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], data)


class _Piece(NamedTuple):
    """A stretch that one element covers; a tuple that sorts so that outer elements come first.

    ``rank`` is 0 for paragraphs, which hold everything; ``chain`` is the place in the list of
    chains, one for each role of each quotation.
    """

    start: int
    rank: int
    minus_end: int
    chain: int
    continues: bool = False


@define
class _Chain:
    """All the pieces of one role of one quotation."""

    quote: int
    role: str
    id: str
    written: int = 0
    total: int = 0

    def piece_id(self, number: int) -> str:
        return self.id if number == 1 else f"{self.id}.{number}"


def _body(
    text: str,
    quotes: Sequence[Mapping[str, Any]],
    prefix: str,
    speakers: Mapping[str, str],
    escape: _Escape,
) -> str:
    chains: list[_Chain] = []
    pieces: list[_Piece] = []
    for number, quote in enumerate(quotes, 1):
        for role in ("content", "cue", "source"):
            name = f"{prefix}q{number}" + ("" if role == "content" else f".{role}")
            pieces += [_Piece(start, 1, -end, len(chains)) for start, end in quote[role]]
            chains.append(_Chain(number - 1, role, name))
    nested = list(_nest(text, pieces))
    for piece, _ in nested:
        if piece is not None and piece.rank:
            chains[piece.chain].total += 1
    return "".join(_Elements(text, quotes, chains, speakers, escape, prefix).render(nested))


def _paragraphs(text: str) -> Iterator[_Piece]:
    """Yield paragraphs that together are the whole text; each keeps the blank lines that end it."""
    start = 0
    for match in _PARAGRAPH_END.finditer(text):
        yield _Piece(start, 0, -match.end(), -1)
        start = match.end()
    if start < len(text) or not text:
        yield _Piece(start, 0, -len(text), -1)


def _nest(text: str, pieces: Sequence[_Piece]) -> Iterator[tuple[_Piece | None, int]]:
    """Yield the openings (a piece) and closings (``None``) of well-nested elements with places.

    A piece that would cross the end of an element around it is cut there and goes on after it.
    """
    waiting = [*_paragraphs(text), *pieces]
    heapq.heapify(waiting)
    around: list[int] = []  # ends of the open elements
    while waiting:
        piece = heapq.heappop(waiting)
        end = -piece.minus_end
        while around and around[-1] <= piece.start:
            yield None, around.pop()
        if around and end > around[-1]:
            heapq.heappush(
                waiting,
                _Piece(around[-1], 1, piece.minus_end, piece.chain, continues=True),
            )
            end = around[-1]
        around.append(end)
        yield piece, piece.start
    while around:
        yield None, around.pop()


@define
class _Elements:
    """Renders nested pieces as mark-up."""

    text: str
    quotes: Sequence[Mapping[str, Any]]
    chains: Sequence[_Chain]
    speakers: Mapping[str, str]
    escape: _Escape
    prefix: str

    def render(self, nested: Sequence[tuple[_Piece | None, int]]) -> Iterator[str]:
        """Yield the mark-up and the text between."""
        names = self._names(nested)
        opened: list[str] = []
        place = 0
        for (piece, at), name in zip(nested, names, strict=True):
            yield self.escape(self.text[place:at])
            place = at
            if piece is None:
                yield f"</{opened.pop()}>"
                continue
            opened.append(name)
            yield f"<{name}{self._attributes(piece, name)}>"

    def _names(self, nested: Sequence[tuple[_Piece | None, int]]) -> list[str]:
        """Return element names; a source with a ``<said>`` in it is a ``<seg>``."""
        names = [""] * len(nested)
        opened: list[int] = []
        for index, (piece, _) in enumerate(nested):
            if piece is None:
                opened.pop()
                continue
            role = self.chains[piece.chain].role if piece.rank else ""
            names[index] = {"content": "said", "source": "rs", "cue": "seg", "": "p"}[role]
            if role == "content" and opened and names[opened[-1]] == "rs":
                names[opened[-1]] = "seg"
            opened.append(index)
        return names

    def _attributes(self, piece: _Piece, name: str) -> str:
        if not piece.rank:
            return ""
        chain = self.chains[piece.chain]
        quote = self.quotes[chain.quote]
        chain.written += 1
        number = chain.written
        values = {"xml:id": chain.piece_id(number)}
        if number > 1:
            values["prev"] = f"#{chain.piece_id(number - 1)}"
        if number < chain.total:
            values["next"] = f"#{chain.piece_id(number + 1)}"
        same = [f"#{SAME_SPAN}"] if piece.continues else []
        if chain.role == "content":
            values |= self._said(quote, same)
        else:
            values |= {"type": chain.role, "corresp": f"#{self.prefix}q{chain.quote + 1}"}
            if name == "rs" and quote["speaker"] is not None:
                values["ref"] = f"#{self.speakers[quote['speaker']]}"
            if same:
                values["ana"] = same[0]
        return "".join(f' {key}="{value}"' for key, value in values.items())

    def _said(self, quote: Mapping[str, Any], same: Sequence[str]) -> dict[str, str]:
        values = {}
        for link, attribute in (("speaker", "who"), ("addressee", "toWhom")):
            if quote[link] is not None:
                values[attribute] = f"#{self.speakers[quote[link]]}"
        values["aloud"] = "true" if quote["level"] == Level.SPEECH else "false"
        values["direct"] = DIRECT[quote["kind"]]
        told = [f"#{name}.{quote[name]}" for name, _, _ in _TAXONOMY]
        return {**values, "ana": " ".join((*told, *same))}
