"""Authority files: who is who, told by the user.

A CSV file (UTF-8, first row column names) with a column ``name``, perhaps ``aliases`` (several
separated by ``|``), ``id`` (such as a Wikidata QID), ``gender``, ``party``, and any others, which
become keys to group by. Cells are text and nothing else: no formula is run, no mark-up read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import field, frozen

from quotecraft.errors import FormatError
from quotecraft.formats._io import Source, open_source, source_name
from quotecraft.store.words import fold_words

__all__ = ["Authority", "AuthorityRow", "Problem", "read_authority"]

_NAME, _ALIASES, _ID = "name", "aliases", "id"
_SEPARATOR = "|"


@frozen
class AuthorityRow:
    """One person of an authority file.

    Attributes:
        line: One-based line of the file.
        names: The name, then the aliases.
        columns: Every column but ``aliases``, as text.
    """

    line: int
    names: tuple[str, ...]
    columns: Mapping[str, str] = field(hash=False)

    @property
    def key(self) -> str:
        """The row's id; its name when it has none."""
        return self.columns.get(_ID) or self.names[0]


@frozen
class Problem:
    """Something in an authority file that can't be used as it is.

    Attributes:
        source: The file.
        line: One-based line of the file.
        reason: What is wrong, and what became of it.
    """

    source: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.reason}"


@frozen
class Authority:
    """The rows of an authority file.

    Attributes:
        source: The file.
        columns: Its columns without ``aliases``: what can be grouped by.
        rows: The rows, those that can't be used left out.
        problems: What was left out, and why.
    """

    source: str
    columns: tuple[str, ...]
    rows: tuple[AuthorityRow, ...]
    problems: tuple[Problem, ...] = ()

    def by_name(self) -> dict[tuple[str, ...], AuthorityRow]:
        """Return the rows by folded name or alias; names that several rows have are left out."""
        return {words: rows[0] for words, rows in _by_name(self.rows).items() if len(rows) == 1}

    def to_dict(self) -> dict[str, Any]:
        """Return plain values from which ``from_dict`` makes an equal one."""
        return {
            "source": self.source,
            "columns": list(self.columns),
            "rows": [[row.line, list(row.names), dict(row.columns)] for row in self.rows],
            "problems": [[problem.line, problem.reason] for problem in self.problems],
        }

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> Authority:
        """Return what ``to_dict`` described."""
        source = value["source"]
        return cls(
            source,
            tuple(value["columns"]),
            tuple(AuthorityRow(line, tuple(n), dict(c)) for line, n, c in value["rows"]),
            tuple(Problem(source, line, reason) for line, reason in value["problems"]),
        )


def read_authority(source: Source) -> Authority:
    """Read an authority file.

    Rows without a name, with more cells than columns, or with the id of an earlier row are left
    out; names and aliases that several rows share match nobody. All of these are ``problems``.

    Args:
        source: A path, an open stream, or ``"-"`` for standard input.

    Raises:
        InputError: If the path can't be read.
        FormatError: If it is no UTF-8 CSV, or has no column ``name``, or two of one name.
    """
    name = source_name(source)
    with open_source(source) as stream:
        data = stream.read()
    try:
        text = data if isinstance(data, str) else data.decode("utf-8-sig")
        numbered = list(_numbered(text.removeprefix("\ufeff")))
    except UnicodeDecodeError as error:
        raise FormatError("not UTF-8; save it as UTF-8", source=name) from error
    except csv.Error as error:
        raise FormatError(f"not CSV: {error}", source=name) from error
    header = tuple(cell.strip() for cell in numbered[0][1]) if numbered else ()
    if _NAME not in header:
        raise FormatError(
            "column 'name' is missing; the first row names columns", source=name, line=1
        )
    if len(set(header)) < len(header):
        raise FormatError("two columns have one name; rename one", source=name, line=1)
    problems: list[Problem] = []
    rows = tuple(_rows(header, numbered[1:], name, problems))
    problems.extend(_ambiguous(rows, name))
    columns = tuple(column for column in header if column and column != _ALIASES)
    return Authority(name, columns, rows, tuple(sorted(problems, key=lambda one: one.line)))


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _rows(
    header: tuple[str, ...],
    numbered: Iterable[tuple[int, list[str]]],
    source: str,
    problems: list[Problem],
) -> Iterator[AuthorityRow]:
    lines: dict[str, int] = {}
    for line, cells in numbered:
        columns = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        columns = {column: columns.get(column, "") for column in header if column}
        aliases = columns.pop(_ALIASES, "").split(_SEPARATOR)
        names = tuple(dict.fromkeys(n.strip() for n in (columns[_NAME], *aliases) if n.strip()))
        row_id = columns.get(_ID, "")
        if len(cells) > len(header):
            reason = (
                f"{len(cells)} cells for {len(header)} columns; left out (quote cells with commas)"
            )
            problems.append(Problem(source, line, reason))
        elif not fold_words(columns[_NAME]):
            problems.append(Problem(source, line, "no name; left out"))
        elif row_id and row_id in lines:
            reason = f"id {row_id!r} is that of line {lines[row_id]}, too; left out"
            problems.append(Problem(source, line, reason))
        else:
            lines.setdefault(row_id, line)
            yield AuthorityRow(line, names, columns)


def _by_name(rows: Iterable[AuthorityRow]) -> dict[tuple[str, ...], list[AuthorityRow]]:
    found: dict[tuple[str, ...], list[AuthorityRow]] = {}
    for row in rows:
        for words in dict.fromkeys(tuple(fold_words(name)) for name in row.names):
            if words:
                found.setdefault(words, []).append(row)
    return found


def _ambiguous(rows: Iterable[AuthorityRow], source: str) -> Iterator[Problem]:
    for words, owners in _by_name(rows).items():
        for row in owners[1:]:
            shown = " ".join(words)
            reason = f"{shown!r} names line {owners[0].line}, too; it matches nobody"
            yield Problem(source, row.line, reason)
