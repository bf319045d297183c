"""Makes any text safe to show: escaped, with no control character and no lone surrogate.

What is shown is a copy: nothing here changes ``Document.text`` or an offset into it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from quotecraft.model import ELLIPSIS_JOIN, Span

__all__ = ["LINE_BREAK", "escape", "excerpt", "shorten", "terminal_text", "visible"]

LINE_BREAK = r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])"
"""Regular expression of one line break, as ``str.splitlines`` and UAX #14 know them."""

_BREAKS = re.compile(LINE_BREAK)
# What no HTML document may hold (https://html.spec.whatwg.org/#preprocessing-the-input-stream):
# controls, surrogates and the BMP's noncharacters.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Explicit embeddings, overrides and isolates (UAX #9): unclosed ones would reorder what follows.
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else _REPLACEMENT


def visible(text: str) -> str:
    r"""Return ``text`` with line breaks as ``\n`` and unsafe characters replaced.

    Control characters become their pictures (U+2400 and on); surrogates, C1 controls and
    noncharacters become U+FFFD.
    """
    return _UNSAFE.sub(_picture, _BREAKS.sub("\n", text))


def escape(value: object) -> str:
    """Return ``str(value)`` made safe for HTML text and double-quoted attributes."""
    return html.escape(visible(str(value)), quote=True)


def terminal_text(text: str) -> str:
    """Return ``text`` made safe for a terminal: no control character, no bidirectional override."""
    return _BIDI.sub(_REPLACEMENT, visible(text))


def shorten(text: str, limit: int) -> str:
    """Return ``text`` on one line, cut with "…" when longer than ``limit`` code points."""
    flat = _SPACE.sub(" ", text[: 4 * limit + 4]).strip()
    if len(flat) <= limit and len(text) <= 4 * limit + 4:
        return flat
    head = flat[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip() + "…"


def excerpt(text: str, spans: Iterable[Span], limit: int) -> str:
    """Return the text of ``spans`` joined by " … ", on one line and at most ``limit`` code points.

    Takes time in proportion to ``limit``, however long the spans are.
    """
    pieces: list[str] = []
    length = 0
    for span in spans:
        piece = text[span.start : min(span.end, span.start + 4 * limit + 5)]
        pieces.append(piece)
        length += len(piece)
        if length > 4 * limit + 4:
            break
    return shorten(ELLIPSIS_JOIN.join(pieces), limit)
