"""Universal Dependencies treebanks as text with sentence and token ends.

Format: CoNLL-U (https://universaldependencies.org/format.html). Multi-word tokens ("don't") count
as one token, as they stand in the text; empty nodes are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from attrs import frozen

from quotecraft.errors import FormatError, InputError

__all__ = [
    "Form",
    "Paragraph",
    "TreebankDocument",
    "TreebankSentence",
    "labelled",
    "read_training_text",
    "read_treebank",
    "write_training_text",
]


@frozen
class Form:
    """A token of a treebank.

    Attributes:
        text: The token as written.
        tag: Its Penn Treebank part of speech (column XPOS); for a multi-word token its first
            word's.
        space: Whether a blank follows.
    """

    text: str
    tag: str = ""
    space: bool = True


TreebankSentence: TypeAlias = tuple[Form, ...]
Paragraph: TypeAlias = tuple[TreebankSentence, ...]


@frozen
class TreebankDocument:
    """A document of a treebank.

    Attributes:
        name: Its id there (``# newdoc id``).
        paragraphs: Its paragraphs, each a tuple of sentences.
    """

    name: str
    paragraphs: tuple[Paragraph, ...]


def read_treebank(path: Path) -> tuple[TreebankDocument, ...]:
    """Read a CoNLL-U file.

    Raises:
        InputError: If it can't be read.
        FormatError: If a line has too few columns.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the treebank {path} can't be read: {error}") from error
    documents: list[TreebankDocument] = []
    paragraphs: list[list[TreebankSentence]] = []
    name = ""
    for block in content.strip().split("\n\n"):
        lines = block.split("\n")
        comments = [line for line in lines if line.startswith("#")]
        new_document = next((c for c in comments if c.startswith("# newdoc")), None)
        if new_document is not None:
            documents += _document(name, paragraphs)
            name, paragraphs = new_document.partition("=")[2].strip(), []
        if not paragraphs or any(c.startswith("# newpar") for c in comments):
            paragraphs.append([])
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        if any(len(row) < 10 for row in rows):
            raise FormatError("a token line has fewer than 10 columns", source=str(path))
        paragraphs[-1].append(tuple(_forms(rows)))
    return (*documents, *_document(name, paragraphs))


def _document(name: str, paragraphs: Iterable[list[TreebankSentence]]) -> list[TreebankDocument]:
    kept = tuple(tuple(paragraph) for paragraph in paragraphs if paragraph)
    return [TreebankDocument(name, kept)] if kept else []


def _forms(rows: Sequence[Sequence[str]]) -> Iterator[Form]:
    covered = 0  # words up to this number are spoken for by a multi-word token
    tags = {row[0]: row[4] for row in rows}
    for row in rows:
        number = row[0]
        if "." in number:
            continue
        first, _, last = number.partition("-")
        if last:
            covered = int(last)
        elif int(number) <= covered:
            continue
        yield Form(row[1], tags.get(first, ""), "SpaceAfter=No" not in row[9])


def labelled(paragraph: Paragraph) -> tuple[str, str]:
    """Return a paragraph as text, and a label for each of its characters.

    The labels are those of Stanza's tokenizer: ``0`` inside a token or blank, ``1`` last of a
    token, ``2`` last of a sentence.
    """
    text: list[str] = []
    labels: list[str] = []
    for sentence in paragraph:
        for form in sentence:
            text.append(form.text + " " * form.space)
            labels.append("0" * (len(form.text) - 1) + "1" + "0" * form.space)
        end = len(sentence[-1].text) - 1
        labels[-1] = labels[-1][:end] + "2" + labels[-1][end + 1 :]
    joined = "".join(text).rstrip()
    return joined, "".join(labels)[: len(joined)]


def write_training_text(documents: Iterable[TreebankDocument], base: Path) -> None:
    """Write ``BASE.txt`` and ``BASE.toklabels``, the files that Stanza's tokenizer trains on."""
    pairs = [labelled(paragraph) for document in documents for paragraph in document.paragraphs]
    for suffix, column in ((".txt", 0), (".toklabels", 1)):
        content = "\n\n".join(pair[column] for pair in pairs) + "\n"
        base.with_name(base.name + suffix).write_text(content, encoding="utf-8")


def read_training_text(base: Path) -> list[tuple[str, str]]:
    """Read what ``write_training_text`` wrote: text and labels of each paragraph.

    Raises:
        InputError: If a file can't be read.
        FormatError: If texts and labels don't match in length.
    """
    columns = []
    for suffix in (".txt", ".toklabels"):
        path = base.with_name(base.name + suffix)
        try:
            columns.append(path.read_text(encoding="utf-8").rstrip("\n").split("\n\n"))
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"the training file {path} can't be read: {error}") from error
    texts, labels = columns
    if [len(text) for text in texts] != [len(label) for label in labels]:
        raise FormatError("texts and labels differ in length", source=str(base))
    return list(zip(texts, labels, strict=True))
