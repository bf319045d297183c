"""CoNLL-U (https://universaldependencies.org/format.html) as texts with the places of their words.

Kept are a document's text, its words with what their MISC column says, and its paragraphs; nothing
of the syntax.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from attrs import define, field, frozen

from quotecraft.errors import FormatError, InputError
from quotecraft.model import Span

__all__ = ["Text", "Word", "read_documents"]

COLUMNS = 10


@frozen
class Word:
    """A word of a treebank.

    Attributes:
        span: Its place in the text; words of one token ("don't") share the token's place.
        paragraph: Number of its paragraph, from 0.
        misc: What its MISC column says.
        line: One-based number of its line.
    """

    span: Span
    paragraph: int
    misc: Mapping[str, str]
    line: int


@frozen
class Text:
    """A document of a treebank.

    Attributes:
        id: Its id there (``# newdoc id``).
        text: Its text, put together from its tokens.
        words: Its words, in order.
        source: The file.
        line: One-based number of the line where it begins.
    """

    id: str
    text: str
    words: tuple[Word, ...]
    source: str
    line: int

    def spans(self, indices: Sequence[int]) -> list[Span]:
        """Return the places of some words, neighbours of a paragraph joined."""
        spans: list[Span] = []
        last: int | None = None
        for index in sorted(set(indices)):
            word = self.words[index]
            near = last is not None and (
                index == last + 1 and self.words[last].paragraph == word.paragraph
            )
            if spans and (near or word.span.start < spans[-1].end):
                spans[-1] = Span(spans[-1].start, max(spans[-1].end, word.span.end))
            else:
                spans.append(word.span)
            last = index
        return spans


@define
class _Builder:
    """Puts a document together, line by line."""

    id: str
    source: str
    line: int
    pieces: list[str] = field(factory=list)
    words: list[Word] = field(factory=list)
    size: int = 0
    paragraph: int = 0
    gap: str = ""  # what stands before the next token
    sentence: int | None = None  # where the sentence begins, once it has
    expected: tuple[str, int] | None = None  # its text as a comment gives it, with the line
    shared: tuple[int, Span] | None = None  # last word and place of an open multi-word token
    number: int = 0  # of the last word

    def comment(self, line: str, number: int) -> None:
        key, _, value = line.removeprefix("#").partition("=")
        match key.strip().split():
            case ["newpar", *_] if self.words:
                self.gap = "\n\n"
                self.paragraph += 1
            case ["text"]:
                self.expected = (value.strip(), number)

    def row(self, line: str, number: int) -> None:
        cells = line.split("\t")
        if len(cells) != COLUMNS or not cells[1]:
            self._fail(f"expected a token of {COLUMNS} columns, found {line[:40]!r}", number)
        key, form, misc = cells[0], cells[1], _misc(cells[-1])
        if "." in key:
            return  # an empty node, which is not in the text
        first, _, last = key.partition("-")
        if not (first.isdigit() and (not last or last.isdigit())):
            self._fail(f"{key!r} is no token number", number)
        if last:
            self.shared = (int(last), self._token(form, misc))
            return
        if int(first) != self.number + 1:
            self._fail(f"word {key} comes where {self.number + 1} should", number)
        self.number = int(first)
        if self.shared is not None and self.number > self.shared[0]:
            self.shared = None
        span = self.shared[1] if self.shared is not None else self._token(form, misc)
        self.words.append(Word(span, self.paragraph, misc, number))

    def _token(self, form: str, misc: Mapping[str, str]) -> Span:
        if self.sentence is None:
            self.sentence = self.size + len(self.gap)
        span = Span(self.size + len(self.gap), self.size + len(self.gap) + len(form))
        self.pieces += (self.gap, form)
        self.size = span.end
        self.gap = "" if misc.get("SpaceAfter") == "No" else " "
        return span

    def end_sentence(self) -> None:
        """Check a sentence that is complete against the text that a comment gave."""
        if self.sentence is not None and self.expected is not None:
            text, line = self.expected
            if "".join(self.pieces)[self.sentence :].split() != text.split():
                self._fail("the tokens are not those of '# text'", line)
        self.number, self.sentence, self.expected, self.shared = 0, None, None, None

    def _fail(self, reason: str, line: int) -> None:
        raise FormatError(reason, source=self.source, line=line)

    def finished(self) -> Text:
        return Text(self.id, "".join(self.pieces), tuple(self.words), self.source, self.line)


def _misc(cell: str) -> dict[str, str]:
    pairs = (piece.partition("=") for piece in cell.split("|")) if cell != "_" else ()
    return {key: value for key, _, value in pairs}


def read_documents(path: Path) -> Iterator[Text]:
    """Read the documents of a CoNLL-U file one at a time.

    Raises:
        InputError: If the file can't be read.
        FormatError: If a line does not follow the format, a sentence's tokens are not those of its
            ``# text``, or no document begins before the first token.
    """
    builder: _Builder | None = None
    for number, line in enumerate(_lines(path), 1):
        if line.startswith("# newdoc"):
            if builder is not None:
                builder.end_sentence()
                yield builder.finished()
            builder = _Builder(line.partition("=")[2].strip(), str(path), number)
            if not builder.id:
                raise FormatError("expected '# newdoc id = NAME'", source=str(path), line=number)
        elif builder is None:
            if line:
                reason = f"expected '# newdoc id = NAME', found {line[:40]!r}"
                raise FormatError(reason, source=str(path), line=number)
        elif line.startswith("#"):
            builder.comment(line, number)
        elif line:
            builder.row(line, number)
        else:
            builder.end_sentence()
    if builder is not None:
        builder.end_sentence()
        yield builder.finished()


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                try:
                    yield line.decode("utf-8").rstrip("\r\n")
                except UnicodeDecodeError as error:
                    reason = f"byte {error.start} of the line is not UTF-8"
                    raise FormatError(reason, source=str(path), line=number) from error
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}); check the path") from error
