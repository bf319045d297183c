"""Documents to interchange records ("quotecraft/1") and back; cattrs does the structuring."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from types import GenericAlias
from typing import Any, NoReturn, TypeAlias, TypeVar, get_args, get_origin

from attrs import fields
from cattrs import transform_error
from cattrs.errors import BaseValidationError
from cattrs.gen import make_dict_structure_fn, override
from cattrs.preconf.orjson import make_converter

from quotecraft.errors import FormatError, InvalidModelError
from quotecraft.formats._json import plain
from quotecraft.model import (
    Confidence,
    Document,
    Level,
    Mention,
    MentionKind,
    Quote,
    QuoteKind,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
)

__all__ = ["SCHEMA", "Texts", "find_text", "from_record", "text_sha256", "to_record"]

SCHEMA = "quotecraft/1"

Texts: TypeAlias = Mapping[str, str] | Callable[[str], str | None]
"""Where a record without text finds it: by document id or by the text's SHA-256 in hex."""

_SCHEMA_NAME = re.compile(r"quotecraft/([0-9]{1,9})")
_SCHEMA_VERSION = 1
_ENVELOPE = ("schema", "sha256")  # fields of a record that no attribute of Document holds
_T = TypeVar("_T")
_FACETS = ("content", "source", "speaker")  # what a Confidence is about, in the record's order


def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes in hex (a lone surrogate as its three bytes)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def to_record(document: Document, *, text: bool = True) -> dict[str, Any]:
    """Return a document as an interchange record of plain JSON values.

    Args:
        document: The document. Its metadata and ``extra`` may hold strings, numbers, booleans,
            ``None``, dates (which become ISO 8601 strings), and lists or mappings of these; a NaN
            becomes ``None``, as JSON has none.
        text: Keep the text; without it the record holds the text's ``sha256`` in its place.

    Raises:
        FormatError: If metadata or ``extra`` hold something that JSON can't.
    """
    try:
        metadata = plain(document.metadata, "$.metadata")
        extra = plain(document.extra, "$")
        quotes = [_quote_record(q, f"$.quotes[{i}]") for i, q in enumerate(document.quotes)]
        speakers = [_speaker_record(s, f"$.speakers[{i}]") for i, s in enumerate(document.speakers)]
    except RecursionError as error:
        raise FormatError(
            "values are nested too deeply or hold themselves; flatten them", source=document.id
        ) from error
    except FormatError as error:
        raise FormatError(error.reason, source=document.id, path=error.path) from error
    return {
        "schema": SCHEMA,
        "id": document.id,
        **({"text": document.text} if text else {"sha256": text_sha256(document.text)}),
        "metadata": metadata,
        "model": document.model,
        "quotes": quotes,
        "speakers": speakers,
        **extra,
    }


def _quote_record(quote: Quote, path: str) -> dict[str, Any]:
    extra = plain(quote.extra, path)
    confidence = {name: getattr(quote.confidence, name) for name in _FACETS}
    return {
        "id": quote.id,
        "kind": quote.kind.value,
        "level": quote.level.value,
        "content": _span_records(quote.content),
        "cue": _span_records(quote.cue),
        "cue_lemma": quote.cue_lemma,
        "stance": quote.stance.value,
        "source": _span_records(quote.source),
        "speaker": quote.speaker,
        "addressee": quote.addressee,
        "parent": quote.parent,
        "confidence": {**confidence, **extra.pop("confidence", {})},
        "evidence": list(quote.evidence),
        **extra,
    }


def _speaker_record(speaker: Speaker, path: str) -> dict[str, Any]:
    extra = plain(speaker.extra, path)
    unknown = extra.pop("mentions", {})
    keys = _mention_keys([[m.span.start, m.span.end] for m in speaker.mentions])
    return {
        "id": speaker.id,
        "name": speaker.name,
        "kind": speaker.kind.value,
        "aliases": list(speaker.aliases),
        "roles": list(speaker.roles),
        "pronouns": list(speaker.pronouns),
        "mentions": [
            {"span": [m.span.start, m.span.end], "kind": m.kind.value, **unknown.get(key, {})}
            for key, m in zip(keys, speaker.mentions, strict=True)
        ],
        **({"members": list(speaker.members)} if speaker.members else {}),
        **extra,
    }


def _span_records(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _mention_keys(spans: Iterable[object]) -> list[str]:
    """Return a name for each mention, by which ``Speaker.extra`` keeps its unknown fields."""
    seen: Counter[str] = Counter()
    keys = []
    for span in spans:
        name = "-".join(map(str, span)) if isinstance(span, list) else str(span)
        seen[name] += 1
        keys.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return keys


def from_record(
    record: object,
    *,
    text: str | None = None,
    texts: Texts | None = None,
    source: str | None = None,
    line: int | None = None,
) -> Document:
    """Return the document that an interchange record describes.

    Fields that this version doesn't know are kept in ``extra`` of the document, quote or speaker;
    those of a confidence under its quote's ``extra["confidence"]``, those of a mention under its
    speaker's ``extra["mentions"]["START-END"]``.

    Args:
        record: What ``to_record`` gave, or a JSON parser.
        text: The text of a record that holds only its ``sha256``.
        texts: Texts by document id or SHA-256, asked when the record holds none and ``text`` is not
            given.
        source: File that the record is from, for messages.
        line: Its line there, for messages.

    Raises:
        FormatError: If the record breaks the schema, its text is missing, or the text given is not
            the one that was annotated; with the place inside the record.
    """
    try:
        return _structure_document(record, text, texts)
    except FormatError as error:
        raise FormatError(error.reason, source=source, line=line, path=error.path) from error
    except InvalidModelError as error:
        raise FormatError(str(error), source=source, line=line, path="$") from error


def _structure_document(record: object, text: str | None, texts: Texts | None) -> Document:
    if not isinstance(record, Mapping):
        _fail("expected an object", record, "$")
    _check_schema(record.get("schema"))
    if not isinstance(record.get("id"), str):
        _fail("expected the document's id as a string", record.get("id"), "$.id")
    text = find_text(record, text, texts)
    known, extra = _known(record, Document, (*_ENVELOPE, "text"))
    try:
        document = _converter.structure({**known, "text": text, "extra": extra}, Document)
    except BaseValidationError as error:
        message, path = _first(error)
        raise FormatError(message, path=path) from error
    return document


def _check_schema(schema: object) -> None:
    match = _SCHEMA_NAME.fullmatch(schema) if isinstance(schema, str) else None
    if match is None:
        _fail(f'expected "{SCHEMA}"', schema, "$.schema")
    if int(match[1]) > _SCHEMA_VERSION:
        raise FormatError(
            f"written by a newer quotecraft (schema {schema}; this version reads {SCHEMA}): "
            "pip install --upgrade quotecraft",
            path="$.schema",
        )
    if int(match[1]) < _SCHEMA_VERSION:
        _fail(f'expected "{SCHEMA}"', schema, "$.schema")


def find_text(record: Mapping[str, Any], text: str | None, texts: Texts | None) -> str:
    """Return the text that a record was made from.

    Args:
        record: The record; its ``id`` is a string. Its own ``text`` goes before the others.
        text: A text that is known otherwise.
        texts: Texts by document id or SHA-256, asked last.

    Raises:
        FormatError: If there is no text, or its hash is not the record's ``sha256``.
    """
    own, digest = record.get("text"), record.get("sha256")
    if own is not None and not isinstance(own, str):
        _fail("expected the text as a string", own, "$.text")
    if digest is not None and not isinstance(digest, str):
        _fail("expected the text's SHA-256 in hex", digest, "$.sha256")
    found = own if own is not None else text
    if found is None and texts is not None:
        look = texts.get if isinstance(texts, Mapping) else texts
        found = look(record["id"])
        if found is None and digest is not None:
            found = look(digest)
    if found is None:
        raise FormatError(
            f"document {record['id']!r} comes without its text: give it in `texts`, by document id "
            "or by sha256",
            path="$.text",
        )
    if digest is not None and text_sha256(found) != digest.lower():
        raise FormatError(
            f"the text of document {record['id']!r} is not the one that was annotated (its SHA-256 "
            "differs), so no offset would be right: give the original text",
            path="$.sha256",
        )
    return found


def _known(
    value: Mapping[Any, Any], cls: type[Any], dropped: Iterable[str] = ()
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split an object into the fields that a class has and the others."""
    names = {a.name for a in fields(cls)} - {"extra", "sentences", "_binding"}
    known = {key: item for key, item in value.items() if key in names}
    extra = {k: v for k, v in value.items() if k not in names and k not in set(dropped)}
    return known, extra


def _first(error: BaseValidationError) -> tuple[str, str]:
    messages = transform_error(error, path="$", format_exception=_describe)
    message, _, path = messages[0].rpartition(" @ ")
    if len(messages) > 1:
        message += f" (and {len(messages) - 1} more)"
    return message, path


def _describe(error: BaseException, _: type | None) -> str:
    if isinstance(error, KeyError):
        return f"field {error.args[0]!r} is missing"
    return str(error)


class _ExpectedError(ValueError):
    """A value is not what the schema says; turned into a FormatError that knows the place."""

    def __init__(self, expected: str, value: object) -> None:
        super().__init__(f"{expected}, got {_short(value)}")


def _fail(expected: str, value: object, path: str) -> NoReturn:
    raise FormatError(f"{expected}, got {_short(value)}", path=path)


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"


def _text(value: object, _: object) -> str:
    if not isinstance(value, str):
        raise _ExpectedError("expected a string", value)
    return value


def _number(value: object, _: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _ExpectedError("expected a number in [0, 1]", value)
    return float(value)


def _span(value: object, _: object) -> Span:
    match value:
        case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
            return Span(start, end)
    raise _ExpectedError("expected a span [start, end] of two integers", value)


def _enum(value: object, cls: type[Enum]) -> Enum:
    if isinstance(value, str) and value in cls._value2member_map_:
        return cls(value)
    raise _ExpectedError(f"expected one of {', '.join(member.value for member in cls)}", value)


def _mapping(value: object, _: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _ExpectedError("expected an object", value)
    return value


def _list_hook(cls: Any) -> Callable[[object, object], tuple[Any, ...]]:  # noqa: ANN401
    items = GenericAlias(list, get_args(cls)[:1])
    structure = _converter.get_structure_hook(items)

    def hook(value: object, _: object) -> tuple[_T, ...]:
        if not isinstance(value, list | tuple):
            raise _ExpectedError("expected a list", value)
        return tuple(structure(value, items))

    return hook


def _origin(cls: Any) -> object:  # noqa: ANN401  (any type)
    return get_origin(cls)


def _objects(cls: type[_T], prepare: Callable[[Mapping[str, Any]], dict[str, Any]]) -> None:
    """Register how a class is made from an object with perhaps unknown fields."""
    structure = make_dict_structure_fn(
        cls,
        _converter,
        **{  # type: ignore[arg-type]  # keyword arguments are overrides by attribute name
            a.name: override(omit=True)
            for a in fields(cls)  # type: ignore[arg-type]
            if a.name in ("sentences", "_binding")
        },
    )

    def hook(value: object, cls: type[_T]) -> _T:
        if not isinstance(value, Mapping):
            raise _ExpectedError("expected an object", value)
        return structure(prepare(value), cls)

    _converter.register_structure_hook(cls, hook)


def _prepare_quote(value: Mapping[str, Any]) -> dict[str, Any]:
    known, extra = _known(value, Quote)
    confidence = value.get("confidence")
    if isinstance(confidence, Mapping):
        _, unknown = _known(confidence, Confidence)
        if unknown:
            extra["confidence"] = unknown
    return {**known, "extra": extra}


def _prepare_speaker(value: Mapping[str, Any]) -> dict[str, Any]:
    known, extra = _known(value, Speaker)
    mentions = value.get("mentions")
    if isinstance(mentions, list):
        found = [m if isinstance(m, Mapping) else {} for m in mentions]
        keys = _mention_keys(m.get("span") for m in found)
        kept = {k: _known(m, Mention)[1] for k, m in zip(keys, found, strict=True)}
        if unknown := {key: fields_ for key, fields_ in kept.items() if fields_}:
            extra["mentions"] = unknown
    return {**known, "extra": extra}


_converter = make_converter(detailed_validation=True)
_converter.register_structure_hook(str, _text)
_converter.register_structure_hook(float, _number)
_converter.register_structure_hook(Span, _span)
for _cls in (Level, MentionKind, QuoteKind, SpeakerKind, Stance):
    _converter.register_structure_hook(_cls, _enum)
_converter.register_structure_hook_func(lambda cls: _origin(cls) is Mapping, _mapping)
_converter.register_structure_hook_factory(lambda cls: _origin(cls) is tuple, _list_hook)
_objects(Confidence, dict)
_objects(Mention, dict)
_objects(Quote, _prepare_quote)
_objects(Speaker, _prepare_speaker)
_objects(Document, dict)
