"""PDNC: who says what in novels, read from the Project Dialogism Novel Corpus.

Vishnubhotla, Hammond and Hirst (2022), "The Project Dialogism Novel Corpus: A Dataset for Quotation
Attribution in Literary Texts", LREC. A novel is a folder with ``novel_text.txt``,
``quotation_info.csv`` and ``character_info.csv``. Columns that hold Python literals are read as
literals; nothing is evaluated. ``quoteByteSpans`` are character offsets, whatever their name says.
"""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import define, evolve, field

from quotecraft.errors import FormatError, InputError
from quotecraft.formats.repairs import OnRepair, Repair, ignore_repair, read_exact, tidy
from quotecraft.model import (
    Document,
    Mention,
    MentionKind,
    Quote,
    QuoteId,
    QuoteKind,
    Span,
    Speaker,
    SpeakerId,
    SpeakerKind,
)

__all__ = ["HELD_OUT", "SPLITS", "read_pdnc"]

HELD_OUT = frozenset(
    {"DaisyMiller", "TheAgeOfInnocence", "TheManWhoWasThursday", "TheSignOfTheFour"}
)
SPLITS = ("train", "test", "all")

PSEUDO_SPEAKERS = frozenset({"_unknowable", "_group", "_narr"})  # compared in lower case
NO_VALUE = frozenset({"", "nan"})
QUOTE_TYPES = frozenset({"explicit", "anaphoric", "implicit"})
QUOTATION_COLUMNS = (
    "quoteID",
    "quoteByteSpans",
    "subQuotationList",
    "speaker",
    "addressees",
    "quoteType",
    "referringExpression",
    "mentionSpansList",
    "mentionTextsList",
    "mentionEntitiesList",
)
CHARACTER_COLUMNS = ("Character ID", "Main Name", "Aliases", "Gender", "Category")
_PRONOUNS = """
i me my mine myself you your yours yourself yourselves he him his himself she her hers herself
it its itself we us our ours ourselves they them their theirs themselves thou thee thy thine
"""
PRONOUNS = frozenset(_PRONOUNS.split())


def read_pdnc(
    path: str | Path, *, split: str = "train", on_repair: OnRepair | None = None
) -> Iterator[Document]:
    """Read PDNC, a novel at a time, in the order of folder names.

    Quotes are direct; ``speaker`` is the character, and their ``extra`` has ``quote_type``
    (``"explicit"``, ``"anaphoric"``, ``"implicit"`` or ``None``), ``addressees`` (ids of all;
    ``addressee`` is the first), ``referring_expression`` and, where the corpus names no character,
    ``pseudo_speaker`` (``"_unknowable"``, ``"_group"``, ``"_narr"``) while ``speaker`` is ``None``.
    Speakers are all characters, with aliases and the mentions inside quotations.

    Mended, and told to ``on_repair``: a speaker or addressee given by an alias is the character of
    that alias; one that is in no list becomes a character; spans with outer white space are
    trimmed, those out of order sorted; mentions of a quotation that has more spans than entities,
    or fewer, are left out.

    Args:
        path: The corpus folder, its ``data`` folder, or the folder of one novel.
        split: ``"train"`` leaves out the novels of ``HELD_OUT``, ``"test"`` reads these alone,
            ``"all"`` everything.
        on_repair: Called with every fault that was mended.

    Raises:
        InputError: If the folder holds no novel of the split.
        FormatError: If a file can't be read, a span lies outside its novel or has other words
            there, or two quotations have one id.
    """
    if split not in SPLITS:
        raise InputError(f"PDNC has no split {split!r}; choose from {', '.join(SPLITS)}")
    folders = [
        f for f in _novels(Path(path)) if split == "all" or _held_out(f) == (split == "test")
    ]
    if not folders:
        raise InputError(
            f"{path}: no PDNC novel of split {split!r}; give the folder whose subfolders hold "
            "novel_text.txt"
        )
    return (_read_novel(folder, on_repair or ignore_repair) for folder in folders)


def _novels(path: Path) -> list[Path]:
    if (path / "novel_text.txt").is_file():
        return [path]
    root = path / "data" if (path / "data").is_dir() else path
    files = ("novel_text.txt", "quotation_info.csv", "character_info.csv")
    return sorted({file.parent for name in files for file in root.glob(f"*/{name}")})


def _held_out(folder: Path) -> bool:
    return folder.resolve().name in HELD_OUT


@define
class _Cast:
    """The characters of a novel, found by name or alias."""

    source: str
    tell: OnRepair
    speakers: dict[str, Speaker] = field(factory=dict)
    by_name: dict[str, SpeakerId] = field(factory=dict)
    by_alias: dict[str, set[SpeakerId]] = field(factory=dict)
    mentions: dict[str, list[Mention]] = field(factory=dict)

    def add(self, speaker: Speaker) -> None:
        self.speakers[speaker.id] = speaker
        self.by_name[speaker.name] = speaker.id
        for alias in speaker.aliases:
            self.by_alias.setdefault(alias, set()).add(speaker.id)

    def find(self, name: str, line: int) -> SpeakerId | None:
        """Return the character with a name; ``None`` for a pseudo-speaker."""
        given = name.strip()
        if given.lower() in PSEUDO_SPEAKERS:
            return None
        if given in self.by_name:
            return self.by_name[given]
        owners = self.by_alias.get(given, set())
        if len(owners) == 1:
            (owner,) = owners
            self.tell(Repair(self.source, line, f"{given!r} is an alias of {owner!r}"))
            return owner
        reason = "alias of several characters" if owners else "in no character list"
        self.tell(Repair(self.source, line, f"{given!r} is {reason}; added as a character"))
        self.add(Speaker(SpeakerId(given), given, SpeakerKind.PERSON))
        return SpeakerId(given)

    def finished(self) -> tuple[Speaker, ...]:
        return tuple(
            evolve(s, mentions=tuple(sorted(self.mentions.get(s.id, []), key=_mention_place)))
            for s in self.speakers.values()
        )


def _mention_place(mention: Mention) -> Span:
    return mention.span


def _read_novel(folder: Path, tell: OnRepair) -> Document:
    text = read_exact(folder / "novel_text.txt")
    cast = _read_cast(folder / "character_info.csv", folder / "quotation_info.csv", tell)
    path = folder / "quotation_info.csv"
    quotes = []
    seen: dict[str, int] = {}
    for line, row in _rows(path, QUOTATION_COLUMNS):
        key = row["quoteID"]
        if key in seen:
            reason = f"second quotation {key!r}, the first is in line {seen[key]}"
            raise FormatError(reason, source=str(path), line=line)
        seen[key] = line
        quotes.append(_quote(row, line, text, path, cast))
    quotes.sort(key=lambda quote: quote.content[0])
    return Document(
        id=folder.resolve().name,
        text=text,
        metadata={"language": "en"},
        quotes=tuple(quotes),
        speakers=cast.finished(),
    )


def _read_cast(path: Path, quotations: Path, tell: OnRepair) -> _Cast:
    cast = _Cast(str(quotations), tell)
    for line, row in _rows(path, CHARACTER_COLUMNS):
        name = row["Main Name"].strip()
        if name.lower() in PSEUDO_SPEAKERS:
            continue
        if name in cast.by_name:
            raise FormatError(f"second character {name!r}", source=str(path), line=line)
        aliases = _literal(row["Aliases"], (set, list), path, line, "Aliases")
        others = tuple(sorted({str(alias).strip() for alias in aliases} - {name, ""}))
        extra = {"gender": row["Gender"], "category": row["Category"]}
        cast.add(Speaker(SpeakerId(name), name, SpeakerKind.PERSON, others, extra=extra))
    return cast


def _quote(row: Mapping[str, str], line: int, text: str, path: Path, cast: _Cast) -> Quote:
    spans = _spans(row["quoteByteSpans"], text, path, line)
    _check_words(row, spans, text, path, line)
    content = tidy(text, spans)
    if list(content) != spans:
        cast.tell(Repair(str(path), line, "content spans trimmed, sorted or joined"))
    if not content:
        raise FormatError("quotation without words", source=str(path), line=line)
    addressees = [
        person
        for name in _literal(row["addressees"] or "[]", (list,), path, line, "addressees")
        if (person := cast.find(str(name), line)) is not None
    ]
    speaker = cast.find(row["speaker"], line)
    kind = row["quoteType"].strip().lower()
    extra: dict[str, Any] = {
        "quote_type": kind if kind in QUOTE_TYPES else None,
        "addressees": addressees,
        "referring_expression": _value(row["referringExpression"]),
    }
    if speaker is None:
        extra["pseudo_speaker"] = row["speaker"].strip().lower()
    _add_mentions(row, line, text, path, cast)
    return Quote(
        id=QuoteId(row["quoteID"]),
        kind=QuoteKind.DIRECT,
        content=content,
        speaker=speaker,
        addressee=addressees[0] if addressees else None,
        extra=extra,
    )


def _check_words(
    row: Mapping[str, str], spans: Sequence[Span], text: str, path: Path, line: int
) -> None:
    """Check that the novel has the words that the row gives: another edition has them elsewhere."""
    pieces = _literal(row["subQuotationList"], (list,), path, line, "subQuotationList")
    if len(pieces) != len(spans):
        reason = f"{len(spans)} spans but {len(pieces)} pieces in subQuotationList"
        raise FormatError(reason, source=str(path), line=line)
    for span, words in zip(spans, pieces, strict=True):
        if "".join(span.of(text).split()) != "".join(str(words).split()):
            place = f"[{span.start}, {span.end})"
            reason = (
                f"the text at {place} is not {str(words)[:40]!r}; is this the novel's own text?"
            )
            raise FormatError(reason, source=str(path), line=line)


def _add_mentions(row: Mapping[str, str], line: int, text: str, path: Path, cast: _Cast) -> None:
    spans = _literal(row["mentionSpansList"] or "[]", (list,), path, line, "mentionSpansList")
    names = _literal(row["mentionEntitiesList"] or "[]", (list,), path, line, "mentionEntitiesList")
    flat_spans = [pair for piece in spans for pair in piece]
    flat_names = [entities for piece in names for entities in piece]
    if len(flat_spans) != len(flat_names):  # which belongs to which can't be told
        reason = f"{len(flat_spans)} mention spans but {len(flat_names)} entities; all left out"
        cast.tell(Repair(str(path), line, reason))
        return
    for pair, entities in zip(flat_spans, flat_names, strict=True):
        span = _span(pair, text, path, line)
        for entity in entities:
            person = cast.find(str(entity), line)
            if person is not None:
                mention = Mention(span, _mention_kind(span.of(text)))
                cast.mentions.setdefault(person, []).append(mention)


def _mention_kind(words: str) -> MentionKind:
    if words.lower() in PRONOUNS:
        return MentionKind.PRONOUN
    named = any(word[:1].isupper() for word in words.split())
    return MentionKind.NAME if named else MentionKind.DESCRIPTION


def _value(cell: str) -> str | None:
    return None if cell.strip() in NO_VALUE else cell


def _spans(cell: str, text: str, path: Path, line: int) -> list[Span]:
    pairs = _literal(cell, (list,), path, line, "quoteByteSpans")
    return [_span(pair, text, path, line) for pair in pairs]


def _span(pair: object, text: str, path: Path, line: int) -> Span:
    match pair:
        case [int(start), int(end)] if 0 <= start < end <= len(text):
            return Span(start, end)
        case _:
            raise FormatError(
                f"span {pair!r} does not fit the novel of {len(text)} code points",
                source=str(path),
                line=line,
            )


def _literal(
    cell: str, types: tuple[type, ...], path: Path, line: int, column: str
) -> Sequence[Any]:
    if cell == "set()":  # Python has no literal for it
        return []
    try:
        value: Any = ast.literal_eval(cell)
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        reason = f"column {column} holds no Python literal"
        raise FormatError(reason, source=str(path), line=line) from error
    if type(value) not in types:
        raise FormatError(
            f"column {column} holds a {type(value).__name__}, expected a list",
            source=str(path),
            line=line,
        )
    items: list[Any] = [*value]
    return items


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV file with the line number that each ends on."""
    reader = csv.DictReader(io.StringIO(read_exact(path), newline=""), strict=True)
    missing = [name for name in columns if name not in (reader.fieldnames or ())]
    if missing:
        raise FormatError(f"no column {', '.join(missing)}", source=str(path), line=1)
    try:
        for row in reader:
            if None in row or None in row.values():
                reason = f"expected {len(reader.fieldnames or ())} cells"
                raise FormatError(reason, source=str(path), line=reader.line_num)
            yield reader.line_num, row
    except csv.Error as error:
        raise FormatError(f"no CSV: {error}", source=str(path), line=reader.line_num) from error
