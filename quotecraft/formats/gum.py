"""GUM: attribution relations of discourse trees, read from CoNLL-U files.

Zeldes (2017), "The GUM Corpus: Creating Multilayer Resources in the Classroom", Language Resources
and Evaluation 51; its signals: Zeldes et al. (2025), "eRST: A Signaled Graph Theory of Discourse
Relations and Organization", Computational Linguistics 51. The first token of each elementary
discourse unit has in its MISC column ``Discourse=RELATION:UNIT->HEAD:LEVEL:SIGNALS``, and after a
semicolon secondary relations, which have two levels, of the unit and of the head. An attribution
runs from the unit that attributes ("she said") to what was said.

What was said is the head with every unit that hangs from it *below* the attribution: those that are
joined to the head at a smaller level, and all that hangs from them. The signal ``sem-atsrc`` holds
the tokens of the source, ``lex-indwd`` and ``lex-indph`` those of the cue, by their numbers in the
document from 1 (``190-191,194``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import field, frozen

from quotecraft.errors import FormatError, InputError
from quotecraft.formats._conllu import Text, Word, read_documents
from quotecraft.formats.repairs import KindRule, OnRepair, Repair, apart, ignore_repair
from quotecraft.model import Document, Quote, QuoteId, Span, Stance

__all__ = ["read_gum"]

_RELATION = re.compile(
    r"(?P<name>[a-z]+(?:-[a-z]+)?(?:_m)?):(?P<unit>\d+)->(?P<head>\d+)"
    r":(?P<level>\d+)(?::(?P<head_level>\d+))?(?::(?P<signals>[a-z_].*))?",
    re.ASCII,
)
_ROOT = re.compile(r"ROOT:(\d+):\d+", re.ASCII)
_SIGNAL = re.compile(r"([a-z]+-[a-z_]+)(?:-(\d[\d,-]*))?", re.ASCII)
_SOURCE = "sem-atsrc"
_CUES = ("lex-indwd", "lex-indph")
_STANCES = {"attribution-positive": Stance.NEUTRAL, "attribution-negative": Stance.NEGATED}


def read_gum(
    path: str | Path, *, kind_of: KindRule, on_repair: OnRepair | None = None
) -> Iterator[Document]:
    """Read the attributions of GUM, a document at a time, in the order of the files.

    The text is put together from the tokens: sentences of a paragraph follow one another after a
    blank, paragraphs after an empty line; a content's spans end with a paragraph. Relations
    ``attribution-positive`` are quotes, and so is ``attribution-negative`` ("didn't say"), whose
    stance is ``NEGATED``; ``extra["relation"]`` tells them apart. Where the unit that attributes
    lies inside the content of another attribution, that one is the ``parent``. GUM tells neither
    speech from thought, so that every level is ``SPEECH``, nor speakers.

    Mended, and told to ``on_repair``: where the parts of an attribution overlap, its content keeps
    the words, then its source, then its cue.

    Args:
        path: A ``.conllu`` file, or a folder of them.
        kind_of: Decides direct, indirect or mixed; ``quotecraft.evaluate.kinds_of``.
        on_repair: Called with every fault that was mended.

    Raises:
        InputError: If there is no such file, or it can't be read.
        FormatError: If a line can't be read, its document's text or units don't fit together, or
            two documents have one id.
    """
    root = Path(path)
    files = sorted(root.glob("*.conllu")) if root.is_dir() else [root]
    if not files:
        raise InputError(f"{path}: no .conllu file; give GUM's file or its folder")
    return _documents(files, kind_of, on_repair or ignore_repair)


def _documents(files: Sequence[Path], kind_of: KindRule, tell: OnRepair) -> Iterator[Document]:
    seen: set[str] = set()
    for file in files:
        for text in read_documents(file):
            if text.id in seen:
                reason = f"second document {text.id!r}"
                raise FormatError(reason, source=str(file), line=text.line)
            seen.add(text.id)
            yield _document(text, kind_of, tell)


@frozen
class _Relation:
    """An edge between discourse units, both numbered from 1.

    ``height`` is the level at which it reaches its head; ``tree`` says whether it belongs to the
    tree, so that it is not a secondary edge.
    """

    name: str
    unit: int
    head: int
    height: int
    tree: bool
    signals: str
    line: int


@frozen
class _Units:
    """The discourse units of a document.

    Attributes:
        text: The text.
        starts: Index of each unit's first word; one more than the units, the last past the end.
        relations: All relations.
        below: For each unit, the (height, unit) of the tree's edges that reach it.
    """

    text: Text
    starts: tuple[int, ...]
    relations: tuple[_Relation, ...]
    below: dict[int, list[tuple[int, int]]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        below: dict[int, list[tuple[int, int]]] = {}
        for relation in self.relations:
            if relation.tree:
                below.setdefault(relation.head, []).append((relation.height, relation.unit))
        object.__setattr__(self, "below", below)

    def content(self, relation: _Relation) -> frozenset[int]:
        """Return the units that a relation's head stands for at the relation's height."""
        found = {relation.head}
        waiting = [u for h, u in self.below.get(relation.head, ()) if h < relation.height]
        while waiting:
            unit = waiting.pop()
            if unit not in found and unit != relation.unit:
                found.add(unit)
                waiting += [u for _, u in self.below.get(unit, ())]
        return frozenset(found)

    def words(self, units: frozenset[int]) -> list[int]:
        """Return the indices of the words of some units, in order."""
        return [n for u in sorted(units) for n in range(self.starts[u - 1], self.starts[u])]


def _document(text: Text, kind_of: KindRule, tell: OnRepair) -> Document:
    units = _units(text)
    found = [(r, units.content(r)) for r in units.relations if r.name in _STANCES]
    named = [(r, content, _parts(units, r, content, tell)) for r, content in found]
    named.sort(key=_place)
    kinds = kind_of(text.text, [parts["Content"] for _, _, parts in named])
    contents = [(r.unit, content) for r, content, _ in named]
    quotes = tuple(
        Quote(
            id=QuoteId(f"q{number}"),
            kind=kind,
            content=parts["Content"],
            cue=parts["Cue"],
            source=parts["Source"],
            stance=_STANCES[relation.name],
            parent=_parent(relation, content, contents),
            extra={"relation": relation.name},
        )
        for number, ((relation, content, parts), kind) in enumerate(
            zip(named, kinds, strict=True), 1
        )
    )
    return Document(text.id, text.text, {"language": "en"}, quotes=quotes)


def _place(
    found: tuple[_Relation, frozenset[int], Mapping[str, Sequence[Span]]],
) -> tuple[int, int, int, int]:
    """Return what orders attributions: where they begin, the longer first."""
    relation, _, parts = found
    content = parts["Content"]
    return content[0].start, -content[-1].end, relation.unit, relation.head


def _parent(
    relation: _Relation, content: frozenset[int], contents: Sequence[tuple[int, frozenset[int]]]
) -> QuoteId | None:
    """Return the id of the smallest content that holds an attribution with its own content."""
    whole = content | {relation.unit}
    holders = [(len(c), n) for n, (_, c) in enumerate(contents, 1) if whole <= c]
    return QuoteId(f"q{min(holders)[1]}") if holders else None


def _parts(
    units: _Units, relation: _Relation, content: frozenset[int], tell: OnRepair
) -> dict[str, tuple[Span, ...]]:
    text = units.text
    signals = _signals(relation, text)
    named = {
        "Content": text.spans(units.words(content)),
        "Source": text.spans(signals.get(_SOURCE, [])),
        "Cue": text.spans([n for name in _CUES for n in signals.get(name, [])]),
    }
    return apart(text.text, named, lambda reason: tell(Repair(text.source, relation.line, reason)))


def _signals(relation: _Relation, text: Text) -> dict[str, list[int]]:
    """Return the indices of the words that each signal of a relation names."""
    found: dict[str, list[int]] = {}
    for signal in relation.signals.split("+") if relation.signals else ():
        match = _SIGNAL.fullmatch(signal)
        numbers = _numbers(match[2] or "") if match else None
        if match is None or numbers is None or not all(0 < n <= len(text.words) for n in numbers):
            reason = f"signal {signal!r} does not fit a document of {len(text.words)} words"
            raise FormatError(reason, source=text.source, line=relation.line)
        found.setdefault(match[1], []).extend(n - 1 for n in numbers)
    return found


def _numbers(places: str) -> list[int] | None:
    numbers: list[int] = []
    for piece in filter(None, places.split(",")):
        first, _, last = piece.partition("-")
        if not first.isdigit() or (last and not last.isdigit()):
            return None
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def _units(text: Text) -> _Units:
    starts: dict[int, int] = {}
    relations: list[_Relation] = []
    for index, word in enumerate(text.words):
        cell = word.misc.get("Discourse")
        if cell is None:
            continue
        unit, found = _read_cell(cell, word, text)
        if unit != len(starts) + 1:
            reason = f"discourse unit {unit} comes where {len(starts) + 1} should"
            raise FormatError(reason, source=text.source, line=word.line)
        starts[unit] = index
        relations += found
    if not starts:
        reason = f"document {text.id!r} has no discourse annotation (Discourse= in MISC)"
        raise FormatError(reason, source=text.source, line=text.line)
    for relation in relations:
        if not {relation.unit, relation.head} <= starts.keys():
            reason = f"there is no discourse unit {max(relation.unit, relation.head)}"
            raise FormatError(reason, source=text.source, line=relation.line)
    return _Units(text, (*starts.values(), len(text.words)), tuple(relations))


def _read_cell(cell: str, word: Word, text: Text) -> tuple[int, list[_Relation]]:
    """Return the unit that a word begins, and the relations that start there."""
    first, *others = cell.split(";")
    root = _ROOT.fullmatch(first)
    relations = [] if root else [_relation(first, word, text)]
    unit = int(root[1]) if root else relations[0].unit
    return unit, relations + [_relation(other, word, text) for other in others]


def _relation(written: str, word: Word, text: Text) -> _Relation:
    match = _RELATION.fullmatch(written)
    if match is None:
        reason = f"expected RELATION:UNIT->HEAD:LEVEL[:SIGNALS], found {written[:60]!r}"
        raise FormatError(reason, source=text.source, line=word.line)
    return _Relation(
        name=match["name"],
        unit=int(match["unit"]),
        head=int(match["head"]),
        height=int(match["head_level"] or match["level"]),
        tree=match["head_level"] is None,
        signals=(match["signals"] or "").removeprefix("_"),
        line=word.line,
    )
