"""Odd inputs of every kind, from a seed: texts of what breaks parsers, files with bytes changed.

Each maker takes a ``random.Random`` and returns an input; the same seed gives the same inputs.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

__all__ = ["changed", "html", "marked", "table", "text"]

_DEV = Path(__file__).resolve().parents[1] / "corpora" / "dev"
_ARTICLES = tuple(path.read_text(encoding="utf-8") for path in sorted(_DEV.glob("*.txt")))
_WORDS = (
    "Ana Ruiz", "the minister", "she", "he", "I", "they", "Mr. Okafor", "said", "told", "asked",
    "according to", "that", "reporters", "rain", "not", "and", "’s", "n’t", "Dr.", "U.S.", "2,000",
    "today", "thought", "'em", "’tis", "O’Brien", "http://a.b/c?d=e", "a@b.c", "#tag", "@name",
    "REPORTER:", "Q.", "A.", "—", "–", "-", "…", "...", "?", "!", ".", ",", ":", ";", "(", ")",
)  # fmt: skip
_MARKS = (
    "“",
    "”",
    '"',
    "'",
    "‘",
    "’",
    "«",
    "»",
    "„",
    "‟",
    "‹",
    "›",
    "``",
    "''",
    "「",
    "」",
    "—",
    "- ",
    "> ",
)
_ODD = (
    "\x00", "\x0b", "\x1c", "\x85", "\u2028", "\u2029", "\ufeff", "\u200b", "\u202e", "\ud800",
    "\udc00", "\ufffe", "\U000e0001", "\U0010ffff", "😀", "👩‍👩‍👧", "e\u0301", "שלום", "语", "İ",
    "ß", "ﬁ", "\t", "\r", "\r\n", "\n", "\n\n", "\n \n", " ", "  ", "\xa0", "<p>", "</p>",
    "&amp;", "]]>", "=1+1", "\\", "{", "}", "[", "]", "%s", "../../etc", "\x1b[31m",
)  # fmt: skip
_TAGS = (
    "p",
    "div",
    "article",
    "h1",
    "script",
    "style",
    "blockquote",
    "q",
    "table",
    "tr",
    "td",
    "a",
    "b",
    "br",
    "!--",
)


def _length(chance: random.Random) -> int:
    """Return a number of pieces: mostly few, now and then many."""
    return min(3000, int(chance.paretovariate(0.9) * 4))


def _piece(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.55:
        return chance.choice(_WORDS)
    if kind < 0.8:
        return chance.choice(_MARKS)
    if kind < 0.95:
        return chance.choice(_ODD)
    return chr(chance.randrange(0x110000))


def text(chance: random.Random) -> str:
    """Return a text: pieces at random, one piece again and again, or an article with damage."""
    kind = chance.random()
    if kind < 0.6:
        space = chance.choice(["", " ", " ", "\n"])
        return space.join(_piece(chance) for _ in range(_length(chance)))
    if kind < 0.75:
        some = "".join(_piece(chance) for _ in range(chance.randint(1, 4)))
        return some * _length(chance)
    article = chance.choice(_ARTICLES)
    start = chance.randrange(len(article))
    part = article[start : start + chance.randint(20, 1500)]
    for _ in range(chance.randint(0, 6)):
        place = chance.randrange(len(part) + 1)
        part = part[:place] + _piece(chance) + part[place + chance.randint(0, 3) :]
    return part


def marked(chance: random.Random) -> str:
    """Return a text that is mostly quotation marks: unclosed, crossed, nested, of mixed styles."""
    depth = _length(chance)
    kind = chance.random()
    if kind < 0.3:
        opening = [chance.choice(_MARKS) for _ in range(depth)]
        return "".join(opening) + "he said" + "".join(reversed(opening))
    words = (chance.choice((*_MARKS, *_MARKS, *_WORDS, "\n\n")) for _ in range(depth))
    return chance.choice(["", " "]).join(words)


def html(chance: random.Random) -> str:
    """Return something like a page: tags that don't match, entities, scripts, an article."""
    parts = ["<html><head><title>A day</title></head><body>"] if chance.random() < 0.7 else []
    for _ in range(min(400, _length(chance))):
        tag = chance.choice(_TAGS)
        mark = chance.choice(
            [f"<{tag}>", f"</{tag}>", f'<{tag} a="{_piece(chance)}', "&lt;", "&#x;"]
        )
        parts += [mark, " ".join(_piece(chance) for _ in range(chance.randint(0, 30)))]
    if chance.random() < 0.5:
        parts.append(f"<article><p>{chance.choice(_ARTICLES)}</p></article>")
    return "".join(parts)


def table(chance: random.Random) -> bytes:
    """Return something like a CSV table with a column of texts."""
    delimiter = chance.choice(",;\t")
    rows = [delimiter.join(["id", "text", "x"][: chance.randint(1, 3)])]
    for _ in range(min(200, _length(chance))):
        cells = [
            chance.choice(['"', "", '""']) + _piece(chance) for _ in range(chance.randint(0, 4))
        ]
        rows.append(delimiter.join(cells))
    data = "\n".join(rows).encode("utf-8", "surrogatepass")
    return changed(chance, data) if chance.random() < 0.3 else data


_STRUCTURE = (
    b'"',
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b">",
    b"&",
    b"\n",
    b",",
    b"0",
    b"-1",
    b"null",
    b"\xff",
    b"9" * 30,
)


def changed(chance: random.Random, data: bytes) -> bytes:
    """Return a file's bytes with some of them lost, doubled, moved or replaced."""
    edits: tuple[Callable[[bytes, int, int], bytes], ...] = (
        lambda d, a, b: d[:a] + d[b:],
        lambda d, a, b: d[:b] + d[a:],
        lambda d, a, b: d[:a] + chance.choice(_STRUCTURE) + d[a + 1 :],
        lambda d, a, b: d[:a] + chance.choice(_STRUCTURE) + d[a:],
        lambda d, a, b: d[:a] + bytes([chance.randrange(256)]) + d[a + 1 :],
        lambda d, a, b: d[:a] + d[b : b + 20] + d[a:],
        lambda d, a, b: d[:a],
    )
    for _ in range(chance.choice([1, 1, 2, 3, 8])):
        place = chance.randrange(len(data) + 1)
        data = chance.choice(edits)(data, place, min(len(data), place + chance.randint(1, 40)))
    return data
