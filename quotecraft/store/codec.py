"""Documents to what a store's columns hold, and back, exactly."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from typing import Any

from attrs import frozen

from quotecraft.errors import FormatError
from quotecraft.formats._json import decode, encode
from quotecraft.formats._record import from_record, to_record
from quotecraft.model import Document

__all__ = ["Packed", "from_sql_id", "hash_text", "pack", "sql_id", "unpack", "unpack_record"]

_LEVEL = 6  # zlib's own default: records shrink to about a quarter


@frozen
class Packed:
    """A document as it is stored.

    Attributes:
        document: The document.
        record: Its interchange record, compressed.
        hash: SHA-256 of the record: equal documents of one id have equal ones.
        text_hash: SHA-256 of the text.
    """

    document: Document
    record: bytes
    hash: bytes
    text_hash: bytes


def sql_id(value: str) -> str | bytes:
    """Return an id as SQLite holds it: text, or bytes when UTF-8 has no place for it."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return value.encode("utf-8", "surrogatepass")
    return value


def from_sql_id(value: str | bytes) -> str:
    """Undo ``sql_id``."""
    return value if isinstance(value, str) else value.decode("utf-8", "surrogatepass")


def hash_text(text: str) -> bytes:
    """Return the SHA-256 of a text as it is stored."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def pack(document: Document) -> Packed:
    """Return a document as it is stored.

    Raises:
        FormatError: If its metadata hold something that JSON can't.
    """
    data = encode(to_record(document))
    return Packed(
        document,
        zlib.compress(data, _LEVEL),
        hashlib.sha256(data).digest(),
        hash_text(document.text),
    )


def unpack_record(data: bytes) -> Mapping[str, Any]:
    """Return the interchange record of a stored document.

    Raises:
        FormatError: If it is damaged.
    """
    try:
        record: Mapping[str, Any] = decode(zlib.decompress(data))
    except zlib.error as error:
        raise FormatError(f"a stored document is damaged: {error}; restore a copy") from error
    return record


def unpack(data: bytes) -> Document:
    """Return a stored document.

    Raises:
        FormatError: If it is damaged.
    """
    return from_record(unpack_record(data))
