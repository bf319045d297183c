"""HTML pages to article text, by trafilatura (the ``html`` extra)."""

from __future__ import annotations

import codecs
import re
from typing import Any

from quotecraft.errors import InputError, MissingExtraError
from quotecraft.text.encodings import decode

__all__ = ["extract_article"]

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
_LANGUAGE = re.compile(r"""<html[^>]{0,1000}?\slang\s*=\s*["']?([A-Za-z]{2,3}(?:-\w+)*)""", re.I)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_HEAD = 4096  # bytes in which a page declares its encoding; HTML allows it the first 1024


def extract_article(page: bytes | str, *, source: str = "input") -> tuple[str, dict[str, Any]]:
    """Return the article that an HTML page holds, and what the page tells of it.

    Menus, comments and advertisements are left out; paragraphs are separated by blank lines.

    Args:
        page: The page; bytes are decoded as it declares, else as ``decode`` does.
        source: Its name, for error messages.

    Returns:
        The text, and those of ``title``, ``date`` (ISO 8601), ``author``, ``outlet``, ``url`` and
        ``language`` that the page gives.

    Raises:
        MissingExtraError: If trafilatura is not installed.
        InputError: If no article can be found in the page.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingExtraError("reading HTML", "html") from error
    markup = page if isinstance(page, str) else _decode_page(page, source)
    # lxml refuses a str that declares an encoding, and NULs
    markup = _DECLARATION.sub("", markup).replace("\0", "\ufffd")
    article: Any = bare_extraction(markup, with_metadata=True, include_comments=False)
    lines = (line.strip() for line in (article.text or "").splitlines()) if article else ()
    text = "\n\n".join(filter(None, lines))
    if not text:
        raise InputError(
            f"{source} holds no article that can be found: save the article's text as plain text"
        )
    language = _LANGUAGE.search(markup)
    told = {
        "title": article.title,
        "date": article.date,
        "author": article.author,
        "outlet": article.sitename or article.hostname,
        "url": article.url,
        "language": language.group(1) if language else article.language,
    }
    return text, {name: value for name, value in told.items() if value}


def _decode_page(page: bytes, source: str) -> str:
    head = page[:_HEAD]
    declared = _XML_ENCODING.search(head) or _CHARSET.search(head)
    if declared and not page.startswith(
        (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    ):
        try:
            return page.decode(declared.group(1).decode("ascii"))
        except (LookupError, UnicodeDecodeError, ValueError):
            pass  # an unknown name, or bytes that don't keep to it
    return decode(page, source=source)
