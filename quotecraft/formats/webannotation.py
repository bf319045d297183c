"""W3C Web Annotations (Recommendation of 23 February 2017) in JSON-LD.

A file is one ``AnnotationCollection``. Each document is an annotation that describes its source:
its text as a ``TextualBody`` and, beside it, what the standard has no word for. Each quotation is
an annotation whose targets are the stretches of its content and whose bodies are tags (kind, level,
stance), the cue and the source mention as ``SpecificResource``, and the speaker and addressee as
agents. Every stretch has a ``TextQuoteSelector`` with 32 characters before and after and a
``TextPositionSelector``; both count Unicode code points, as the standard asks.

The source of a document is its metadata's ``url`` when that is a web address, else a URN made of
its id. Our own terms begin with ``quotecraft:``; other software passes them over.

Reading finds a stretch by its position if the text there is the one quoted, else by the quoted text
with its surroundings; a stretch that the text has not, or has twice, is an error, never a guess.
Annotations of other software read too, when the texts are given by source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote as percent
from urllib.parse import unquote

from attrs import define, field

from quotecraft.errors import FormatError
from quotecraft.formats._io import Source, Target, open_source, source_name
from quotecraft.formats._json import decode, encode, restore_pairs
from quotecraft.formats._record import SCHEMA, Texts, find_text, from_record, to_record
from quotecraft.formats._rest import Found, merged_record, rest_of_quote
from quotecraft.formats._writer import FileWriter
from quotecraft.model import Document, Level, QuoteKind, SpeakerKind, Stance

__all__ = ["CONTEXT", "Writer", "read", "to_annotations", "write"]

ANNO = "http://www.w3.org/ns/anno.jsonld"
CONTEXT: list[Any] = [
    ANNO,
    {
        "quotecraft": "urn:x-quotecraft:",
        "quotecraft:record": {"@id": "urn:x-quotecraft:record", "@type": "@json"},
    },
]

_COLLECTION = {
    "@context": CONTEXT,
    "id": "urn:x-quotecraft:collection",
    "type": "AnnotationCollection",
    "label": "Quotations",
}
_PAGE = {
    "id": "urn:x-quotecraft:collection:page",
    "type": "AnnotationPage",
    "partOf": _COLLECTION["id"],
    "startIndex": 0,
}
_URN = "urn:x-quotecraft:document:"
_RECORD = "quotecraft:record"
_ROLE = "quotecraft:role"
_AROUND = 32  # code points of text before and after a stretch, kept to find it again
_AGENTS = {SpeakerKind.PERSON.value: "Person", SpeakerKind.ORGANIZATION.value: "Organization"}
_TAGS = {
    tag.value: name
    for name, tags in (("kind", QuoteKind), ("level", Level), ("stance", Stance))
    for tag in tags
}


def to_annotations(document: Document, *, text: bool = True) -> list[dict[str, Any]]:
    """Return a document's annotations: one of the document, then one of each quotation.

    Args:
        document: The document.
        text: Keep the text in the first.

    Raises:
        FormatError: If metadata hold something that JSON can't.
    """
    record = to_record(document, text=False)
    names = {speaker["id"]: speaker for speaker in record["speakers"]}
    quotes = record.pop("quotes")
    source = _source(document)
    described: dict[str, Any] = {
        "id": _iri(document.id),
        "type": "Annotation",
        "motivation": "describing",
        "target": source,
        _RECORD: record,
    }
    if text:
        body = {"type": "TextualBody", "value": document.text, "format": "text/plain"}
        described["body"] = body
    return [described, *(_annotation(document, quote, source, names) for quote in quotes)]


def _iri(document_id: str, sort: str = "", part: str = "") -> str:
    """Return the URN of a document, or of its quotation or speaker with the id ``part``."""
    escaped = [percent(name, safe="", errors="surrogatepass") for name in (document_id, part)]
    return _URN + (f"{escaped[0]}#{sort}:{escaped[1]}" if sort else escaped[0])


def _source(document: Document) -> str:
    url = document.metadata.get("url")
    web = isinstance(url, str) and url.startswith(("http://", "https://")) and url.isprintable()
    return str(url) if web and " " not in str(url) else _iri(document.id)


def _annotation(
    document: Document, quote: Mapping[str, Any], source: str, names: Mapping[str, Any]
) -> dict[str, Any]:
    def stretches(role: str) -> Iterator[dict[str, Any]]:
        for start, end in quote[role]:
            selectors = _selectors(document.text, start, end)
            yield {"type": "SpecificResource", "source": source, "selector": selectors}

    body: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "tagging", "value": quote[name]}
        for name in ("kind", "level", "stance")
    ]
    for role in ("cue", "source"):
        body += [{**s, "purpose": "linking", _ROLE: role} for s in stretches(role)]
    for role in ("speaker", "addressee"):
        if quote[role] is not None:
            agent = _agent(document.id, names[quote[role]])
            body.append(
                {
                    "type": "SpecificResource",
                    "purpose": "identifying",
                    _ROLE: role,
                    "source": agent,
                }
            )
    return {
        "id": _iri(document.id, "quote", quote["id"]),
        "type": "Annotation",
        "motivation": "highlighting" if quote["speaker"] is None else "identifying",
        "body": body,
        "target": list(stretches("content")),
        _RECORD: rest_of_quote(quote),
    }


def _selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - _AROUND) : start],
            "suffix": text[end : end + _AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _agent(document_id: str, speaker: Mapping[str, Any]) -> dict[str, Any]:
    agent = {"id": _iri(document_id, "speaker", speaker["id"]), "name": speaker["name"]}
    kind = _AGENTS.get(speaker["kind"])
    return {**agent, "type": kind} if kind else agent


class Writer(FileWriter):
    """Writes an AnnotationCollection of one page to a path or a stream."""

    def _head(self) -> bytes:
        self._total = 0
        return encode(_COLLECTION)[:-1] + b',"first":' + encode(_PAGE)[:-1] + b',"items":['

    def _encode(self, document: Document) -> bytes:
        items = [encode(item) for item in to_annotations(document, text=self.text)]
        before = b",\n" if self._total else b"\n"
        self._total += len(items)
        return before + b",\n".join(items)

    def _foot(self) -> bytes:
        return b'\n]},"total":%d}\n' % self._total


def write(documents: Iterable[Document], target: Target, *, text: bool = True) -> int:
    """Write documents as one collection; a path gets all of them or stays as it was.

    Args:
        documents: The documents.
        target: A path, an open stream (binary or text), or ``"-"`` for standard output.
        text: Keep the texts.

    Returns:
        The number of documents written.

    Raises:
        FormatError: If metadata hold something that JSON can't, or the output can't be written.
    """
    with Writer(target, text=text) as writer:
        for document in documents:
            writer.write(document)
    return writer.count


def read(source: Source, *, texts: Texts | None = None) -> Iterator[Document]:
    """Read the documents of a collection, a page, a list of annotations, or a single one.

    The file is one JSON value, so all of it is in memory at once. Annotations that are about no
    stretch of text (bookmarks, page notes) are passed over.

    Args:
        source: A path, an open stream (binary or text), or ``"-"`` for standard input.
        texts: Texts by document id, SHA-256 or (for annotations of other software) source, for
            files that hold none.

    Raises:
        InputError: If the path can't be read.
        FormatError: If it is not JSON or no annotation, a text is missing, or a stretch is not in
            the text just once.
    """
    name = source_name(source)
    with open_source(source) as stream:
        data = stream.read()
    try:
        piles = _piles(decode(data))
        for pile in piles:
            yield pile.document(texts, name)
    except FormatError as error:
        raise FormatError(error.reason, source=name, path=error.path) from error


@define
class _Pile:
    """Annotations of one document."""

    record: dict[str, Any]
    text: str | None = None
    described: bool = False
    items: list[tuple[str, dict[str, Any]]] = field(factory=list)

    def document(self, texts: Texts | None, name: str) -> Document:
        text = find_text(self.record, self.text, texts)
        speakers: dict[str, dict[str, Any]] = {}
        found = [_found(item, text, speakers, path) for path, item in self.items]
        record = merged_record(self.record, text, found, speakers)
        return from_record(record, text=text, source=name)


def _piles(value: object) -> list[_Pile]:
    open_piles: dict[str, _Pile] = {}
    piles: list[_Pile] = []
    for path, item in _items(value):
        own, _, part = str(item.get("id", "")).partition("#")
        own = own if own.startswith(_URN) else ""
        key = unquote(own.removeprefix(_URN), errors="surrogatepass") if own else _target_of(item)
        describing = bool(own) and not part
        if key is None:
            continue
        if key not in open_piles or (describing and open_piles[key].described):
            open_piles[key] = _Pile({"schema": SCHEMA, "id": key})
            piles.append(open_piles[key])
        if describing:
            _describe(open_piles[key], item, path)
        else:
            open_piles[key].items.append((path, item))
    return piles


def _describe(pile: _Pile, item: Mapping[str, Any], path: str) -> None:
    record = item.get(_RECORD, {})
    if not isinstance(record, dict):
        raise FormatError("expected the document's record, an object", path=f"{path}.{_RECORD}")
    pile.described = True
    pile.record = {**pile.record, **record, "id": pile.record["id"]}
    texts = (body.get("value") for body in _dicts(item.get("body")))
    pile.text = next((text for text in texts if isinstance(text, str)), None)


def _items(value: object) -> Iterator[tuple[str, dict[str, Any]]]:
    path, found = "$", value
    if isinstance(found, dict) and found.get("type") == "AnnotationCollection":
        path, found = "$.first", found.get("first")
    if isinstance(found, dict) and "items" in found:
        path, found = f"{path}.items", found["items"]
    if isinstance(found, dict) and found.get("type") == "Annotation":
        found = [found]
    if not isinstance(found, list):
        raise FormatError("expected a Web Annotation, a page or collection of them", path=path)
    for index, item in enumerate(found):
        if not isinstance(item, dict) or item.get("type") != "Annotation":
            raise FormatError('expected an object of "type": "Annotation"', path=f"{path}[{index}]")
        yield f"{path}[{index}]", restore_pairs(item)


def _dicts(value: object) -> list[dict[str, Any]]:
    """Return the objects in what may be one value or a list, as JSON-LD allows."""
    values = value if isinstance(value, list) else [value]
    return [item for item in values if isinstance(item, dict)]


def _target_of(item: Mapping[str, Any]) -> str | None:
    """Return the source of the first target that is a stretch of text."""
    for target in _dicts(item.get("target")):
        if _chosen(target)[0] or _chosen(target)[1]:
            source = target.get("source")
            source = source.get("id") if isinstance(source, dict) else source
            return source if isinstance(source, str) else None
    return None


def _chosen(resource: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a resource's position selector and quote selector; empty where it has none."""
    selectors = {str(s.get("type")): s for s in reversed(_dicts(resource.get("selector")))}
    return selectors.get("TextPositionSelector", {}), selectors.get("TextQuoteSelector", {})


def _found(
    item: Mapping[str, Any], text: str, speakers: dict[str, dict[str, Any]], path: str
) -> Found:
    rest = item.get(_RECORD, {})
    if not isinstance(rest, dict):
        raise FormatError("expected a quotation's record, an object", path=f"{path}.{_RECORD}")
    found = Found(rest=rest)
    for index, target in enumerate(_dicts(item.get("target"))):
        found.content.append(_anchor(text, target, f"{path}.target[{index}]"))
    for index, body in enumerate(_dicts(item.get("body"))):
        role, value = body.get(_ROLE), body.get("value")
        if body.get("purpose") == "tagging" and isinstance(value, str) and value in _TAGS:
            setattr(found, _TAGS[value], value)
        elif role in ("cue", "source"):
            getattr(found, role).append(_anchor(text, body, f"{path}.body[{index}]"))
        elif role in ("speaker", "addressee"):
            setattr(found, role, _speaker(body.get("source"), speakers, f"{path}.body[{index}]"))
    return found


def _speaker(agent: object, speakers: dict[str, dict[str, Any]], path: str) -> str:
    if not isinstance(agent, dict) or not isinstance(agent.get("id"), str):
        raise FormatError("expected an agent with an id", path=f"{path}.source")
    iri, _, part = agent["id"].partition("#speaker:")
    own = iri.startswith(_URN)
    speaker_id = unquote(part, errors="surrogatepass") if own else str(agent["id"])
    kinds = {shown: kind for kind, shown in _AGENTS.items()}
    speaker = {"id": speaker_id, "name": agent.get("name", speaker_id)}
    if agent.get("type") in kinds:
        speaker["kind"] = kinds[agent["type"]]
    speakers[speaker_id] = speaker
    return speaker_id


def _anchor(text: str, resource: Mapping[str, Any], path: str) -> list[int]:
    """Return where a resource's selectors lead in the text."""
    position, quoted = _chosen(resource)
    start, end, exact = position.get("start"), position.get("end"), quoted.get("exact")
    if (
        isinstance(start, int)
        and isinstance(end, int)
        and 0 <= start < end <= len(text)
        and exact in (None, text[start:end])
    ):
        return [start, end]
    if not isinstance(exact, str) or not exact:
        raise FormatError("expected a text quote or text position selector", path=path)
    prefix, suffix = str(quoted.get("prefix") or ""), str(quoted.get("suffix") or "")
    words = prefix + exact + suffix
    place = text.find(words)
    if place < 0:
        raise FormatError(f"the text has no {exact[:40]!r} in these surroundings", path=path)
    if text.find(words, place + 1) >= 0:
        raise FormatError(
            f"the text has {exact[:40]!r} in these surroundings more than once", path=path
        )
    start = place + len(prefix)
    return [start, start + len(exact)]
