"""LitBank: direct speech in excerpts of fiction, each attributed to its speaker.

Sims and Bamman (2020), "Measuring Information Propagation in Literary Social Networks", EMNLP. Each
excerpt is a tokenised text, one sentence a line and tokens parted by one space, with an annotation
file that names sentences and tokens by number from 0, the last one included:
``QUOTE<tab>Q1<tab>first sentence<tab>first token<tab>last sentence<tab>last token<tab>text`` and
``ATTRIB<tab>Q1<tab>Speaker-3``. A speaker's label is that of an entity of the coreference layer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from quotecraft.errors import FormatError, InputError
from quotecraft.formats._litbank_coref import name_of, read_entities
from quotecraft.formats.repairs import OnRepair, Repair, ignore_repair, read_exact
from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span, Speaker, SpeakerId

__all__ = ["read_litbank"]

FOLDER = Path("quotations", "tsv")
ENTITIES = Path("coref", "brat")


def read_litbank(
    path: str | Path, *, entities: bool = False, on_repair: OnRepair | None = None
) -> Iterator[Document]:
    """Read the quotations of LitBank, an excerpt at a time, in the order of file names.

    Quotes are direct, one span each, marks included. A speaker's id is its label ("Mr_Bennet-6"),
    its name the label without number and underscores, which need not stand in the text so.
    ``Document.speakers`` holds those who speak, without their mentions; with ``entities``
    everything that the excerpt mentions, in the order of first mentions, and where.

    Mended, and told to ``on_repair``: a quotation without a speaker is kept without one; a text
    without annotation is left out.

    Args:
        path: The corpus folder, or the folder of the ``.txt`` and ``.ann`` files.
        entities: Read the coreference layer, too; needs the corpus folder.
        on_repair: Called with every fault that was mended.

    Raises:
        InputError: If the folder holds no annotated excerpt, or one has no text, or the
            coreference layer is wanted and missing.
        FormatError: If a line can't be read, or does not agree with its text.
    """
    root = Path(path)
    folder = root / FOLDER if (root / FOLDER).is_dir() else root
    files = sorted(folder.glob("*.ann"))
    if not files:
        raise InputError(f"{path}: no LitBank quotations; give the folder that holds {FOLDER}")
    tell = on_repair or ignore_repair
    annotated = {file.stem for file in files}
    for text in sorted(folder.glob("*.txt")):
        if text.stem not in annotated:
            tell(Repair(str(text), None, f"there is no {text.stem}.ann; text left out"))
    if not entities:
        return (_read_excerpt(file, tell) for file in files)
    if not (root / ENTITIES).is_dir():
        raise InputError(f"{path}: no LitBank coreference; give the folder that holds {ENTITIES}")
    return (
        _with_entities(_read_excerpt(file, tell), root / ENTITIES / file.name) for file in files
    )


@frozen
class _Tokens:
    """Where the tokens of an excerpt are.

    Attributes:
        spans: For each sentence, the spans of its tokens.
    """

    spans: tuple[tuple[Span | None, ...], ...]

    @classmethod
    def of(cls, text: str) -> _Tokens:
        sentences, start = [], 0
        for line in text.split("\n"):
            tokens: list[Span | None] = []
            for token in line.split(" "):
                end = start + len(token)
                tokens.append(Span(start, end) if token else None)
                start = end + 1
            sentences.append(tuple(tokens))
        return cls(tuple(sentences))

    def get(self, sentence: int, token: int) -> Span | None:
        """Return a token's span, ``None`` when there is no such token."""
        if sentence < len(self.spans) and token < len(self.spans[sentence]):
            return self.spans[sentence][token]
        return None


def _read_excerpt(path: Path, tell: OnRepair) -> Document:
    text = read_exact(path.with_suffix(".txt"))
    tokens = _Tokens.of(text)
    contents: dict[str, tuple[Span, int]] = {}
    labels: dict[str, str] = {}
    label_lines: dict[str, int] = {}
    for number, line in enumerate(read_exact(path).split("\n"), 1):
        match line.rstrip("\r").split("\t"):
            case [""]:
                pass
            case ["QUOTE", key, *places, words] if len(places) == 4 and key not in contents:
                span = _content(places, tokens, path, number)
                if span.of(text).split() != words.split():
                    reason = f"the text at {'.'.join(places[:2])} is not {words[:40]!r}"
                    raise FormatError(reason, source=str(path), line=number)
                contents[key] = (span, number)
            case ["ATTRIB", key, label] if label and key not in labels:
                labels[key], label_lines[key] = label, number
            case _:
                reason = f"expected a new QUOTE or ATTRIB record, found {line[:40]!r}"
                raise FormatError(reason, source=str(path), line=number)
    if unknown := sorted(labels.keys() - contents.keys()):
        reason = f"speaker for unknown quotation {unknown[0]}"
        raise FormatError(reason, source=str(path), line=label_lines[unknown[0]])
    for key in contents.keys() - labels.keys():
        tell(Repair(str(path), contents[key][1], f"quotation {key} has no speaker"))
    return _document(path, text, {key: span for key, (span, _) in contents.items()}, labels)


def _document(path: Path, text: str, contents: dict[str, Span], labels: dict[str, str]) -> Document:
    quotes = [
        Quote(
            id=QuoteId(key),
            kind=QuoteKind.DIRECT,
            content=(span,),
            speaker=SpeakerId(labels[key]) if key in labels else None,
        )
        for key, span in contents.items()
    ]
    quotes.sort(key=lambda quote: quote.content[0])
    spoken = dict.fromkeys(quote.speaker for quote in quotes if quote.speaker is not None)
    speakers = tuple(Speaker(speaker, name_of(speaker)) for speaker in spoken)
    metadata: dict[str, Any] = {"language": "en"}
    name = path.stem.removesuffix("_brat")
    return Document(name, text, metadata, quotes=tuple(quotes), speakers=speakers)


def _with_entities(document: Document, path: Path) -> Document:
    """Return an excerpt with everybody it mentions, and those who speak without a mention."""
    found = read_entities(path, document.text)
    known = {entity.id for entity in found}
    rest = tuple(speaker for speaker in document.speakers if speaker.id not in known)
    return evolve(document, speakers=(*found, *rest))


def _content(places: list[str], tokens: _Tokens, path: Path, line: int) -> Span:
    if not all(place.isascii() and place.isdigit() for place in places):
        raise FormatError("places must be four numbers", source=str(path), line=line)
    first_sentence, first, last_sentence, last = map(int, places)
    start, end = tokens.get(first_sentence, first), tokens.get(last_sentence, last)
    if start is None or end is None or end.end <= start.start:
        reason = f"there is no text from {first_sentence}.{first} to {last_sentence}.{last}"
        raise FormatError(reason, source=str(path), line=line)
    return Span(start.start, end.end)
