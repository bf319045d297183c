"""Bytes to text: the same bytes always give the same text, and binary files are refused."""

from __future__ import annotations

import codecs

from quotecraft.errors import InputError

__all__ = ["decode"]

# The longer marks first: the UTF-32 mark begins with the UTF-16 one.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (Word, EPUB, OpenDocument …)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "an SQLite database"),
)
_ADVICE = "give plain text, HTML or JSON Lines"
_WESTERN = ("cp1252", "mac_roman")  # in this order where both read equally well
_TYPOGRAPHIC = frozenset("“”‘’„‚‹›«»–—…•£€©®™°½¼¾§·\u00a0")
_WESTERN_SHARE = 0.1  # English keeps the bytes that are not ASCII well below this
_SAMPLE = 1_000_000  # bytes that the guess between code pages looks at


def decode(data: bytes, *, source: str = "input") -> str:
    r"""Return the text that these bytes hold.

    UTF-8, UTF-16 and UTF-32 are told by their byte order mark, which is not part of the text;
    without one UTF-8 is tried first. Other text that is mostly ASCII is read as Windows-1252 (which
    covers Latin-1) or Mac Roman, whichever gives more typographic marks and small letters; the rest
    is left to charset-normalizer. Line ends are kept as they are.

    Args:
        data: The content of a file.
        source: Its name, for the error message.

    Raises:
        InputError: If the bytes are those of a binary file, or not valid in the encoding that
            their byte order mark announces.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _announced(data[len(bom) :], encoding, source)
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"{source} looks like {what}: {_ADVICE}")
    if b"\0" in data:
        place = data.index(b"\0")
        raise InputError(
            f"{source} looks like a binary file (NUL at byte {place}): {_ADVICE}; "
            "UTF-16 text needs its byte order mark"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _code_page(data, source)


def _announced(data: bytes, encoding: str, source: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{source} begins with the byte order mark of {encoding[:6].upper()} but byte "
            f"{error.start} is not valid in it ({error.reason}): save it again as UTF-8"
        ) from error


def _code_page(data: bytes, source: str) -> str:
    high = sum(byte > 127 for byte in data[:_SAMPLE])
    candidates = list(_WESTERN) if high <= _WESTERN_SHARE * len(data[:_SAMPLE]) else []
    best, best_score = "", -1
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = sum(
            char in _TYPOGRAPHIC or char.islower() for char in text[:_SAMPLE] if ord(char) > 127
        )
        if score > best_score:
            best, best_score = text, score
    return best or _guessed(data, source)


def _guessed(data: bytes, source: str) -> str:
    from charset_normalizer import from_bytes

    guess = from_bytes(data).best()
    if guess is None:
        raise InputError(f"{source} is in no encoding that can be told: save it as UTF-8")
    return data.decode(guess.encoding)
