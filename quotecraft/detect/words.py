"""Light words: a fast, parser-free view of English text for the rules.

A document becomes a list of atoms. An atom is a word, a punctuation mark, or a whole stretch
between quotation marks that the rules treat as one thing. Closed word classes come from
``closed.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from sys import intern

from attrs import define

__all__ = ["QUOTED", "TERMINALS", "Atom", "closed_class", "is_adverb", "words_of"]

QUOTED = "\ue000"  # the ``low`` of an atom that stands for a stretch between quotation marks
TERMINALS = ".?!…"

_ABBREVIATIONS = (
    r"(?-i:(?=[A-Z]))(?:mr|mrs|ms|mx|dr|prof|sen|rep|reps|sens|gov|lt|col|gen|sgt|capt|cmdr|adm|maj"
    r"|rev|hon|st|jr|sr|inc|ltd|corp|bros|dept|univ|assn|ave|blvd|jan|feb|mar|apr|jun|jul|aug|sept"
    r"|sep|oct|nov|dec|ala|ariz|ark|calif|colo|conn|del|fla|ga|ill|ind|kan|ky|mass|mich|minn|mo"
    r"|mont|neb|nev|okla|ore|pa|tenn|tex|wash|wis|wyo|messrs|mme|mlle|fr|supt|insp|atty|amb|pres"
    r"|sec|vol)\.|(?:vs|etc|e\.g|i\.e|cf|approx|no(?=\.\s*\d))\."
)
_CLITIC = r"['’‘](?:s|re|ve|ll|d|m)\b"
_TOKEN = re.compile(
    rf"(?P<abbr>\b(?:{_ABBREVIATIONS})(?!\w))"
    r"|(?P<initials>\b(?:[^\W\d_]\.){2,}|(?<![\w.])(?-i:[A-HJ-Z])\.(?=\s+(?-i:[A-Z])))"
    r"|(?P<number>[$€£¥]?\d+(?:[.,:]\d+)*(?:[^\W_]+)?%?)"
    rf"|(?P<clitic>(?<=\w){_CLITIC})"
    rf"|(?P<word>[^\W_]+(?:(?!{_CLITIC})['’‘\-‐‑/&.@_](?=[^\W_])[^\W_]+)*)"
    r"|(?P<dash>--+|[—–―])"
    r"|(?P<dots>\.{2,}|…)"
    r"|(?P<punct>[^\s\w]|_)",
    re.IGNORECASE,
)


@define(weakref_slot=False)
class Atom:
    """One word, punctuation mark or quoted stretch.

    Attributes:
        start: Index of its first code point.
        end: Index just past its last.
        low: Its text in lower case with straight apostrophes; ``QUOTED`` for a quoted stretch.
        cap: Whether it begins with a capital letter (of a quoted stretch: its first word).
        word: Whether it is a word or number.
        piece: Index of the quoted piece it stands for, -1 otherwise.
    """

    start: int
    end: int
    low: str
    cap: bool
    word: bool
    piece: int = -1


@cache
def _closed() -> dict[str, frozenset[str]]:
    table = files("quotecraft.detect").joinpath("closed.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines()[1:])
    return {name: frozenset(words.split()) for name, words in rows}


def closed_class(name: str) -> frozenset[str]:
    """Return a closed word class, such as ``"determiner"``.

    Raises:
        KeyError: If ``closed.tsv`` has no such class.
    """
    return _closed()[name]


def words_of(text: str, start: int, end: int) -> Iterator[Atom]:
    """Yield the words and punctuation marks of ``text[start:end]``, in order."""
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup
        raw = match.group()
        yield Atom(
            match.start(),
            match.end(),
            intern(raw.lower().replace("’", "'").replace("‘", "'")),
            raw[0].isupper(),
            kind not in ("dash", "dots", "punct"),
        )


def is_adverb(low: str) -> bool:
    """Say whether a lower-case word is an adverb, by list or by its ending."""
    return low in _closed()["adverb"] or (
        low.endswith("ly") and len(low) > 4 and low not in _closed()["notadverb"]
    )
