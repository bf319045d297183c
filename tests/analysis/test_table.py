"""Tables: data frames, JSON, CSV, text and HTML."""

import csv
import io
import json
from datetime import date
from html.parser import HTMLParser
from typing import Annotated

import pyarrow as pa
import pytest
from attrs import frozen
from hypothesis import given

from quotecraft.analysis import Shown, Table, Tally, collect, shares
from quotecraft.analysis.table import Percent, PValue
from quotecraft.errors import InputError, MissingExtraError
from tests.analysis.build import Said, article
from tests.strategies import words


@frozen
class Row:
    """A row with every type of column."""

    name: str
    number: int
    share: Percent | None
    p: PValue
    day: date | None
    parts: tuple[Tally, ...]
    roles: tuple[str, ...]
    known: bool
    key: Annotated[str, Shown.HIDDEN]


ROWS = (
    Row(
        "Ana Ruiz", 1234, 0.125, 0.0004, date(2024, 3, 1), (Tally("say", 2),), ("a", "b"), True, "k"
    ),
    Row("=1+1", 0, None, 0.25, None, (), (), False, "l"),
)


def _table(rows=ROWS, title="Rows"):
    return Table(title, "By hand.", Row, rows, 3, 1, ("A caveat.",))


def test_dicts_are_plain_json():
    """Dates become ISO strings, tallies mappings, tuples lists."""
    first = json.loads(json.dumps(_table().to_dicts()))[0]
    assert first["day"] == "2024-03-01"
    assert first["parts"] == [{"name": "say", "count": 2}]
    assert list(first) == list(_table().columns)


def test_arrow_keeps_types():
    """The Arrow stream has typed columns and the same values, empty tables included."""
    table = pa.table(_table())
    assert table.schema.field("day").type == pa.date32()
    assert table.schema.field("share").type == pa.float64()
    assert table.schema.field("parts").type == pa.list_(
        pa.struct([("name", pa.string()), ("count", pa.int64())])
    )
    assert table.to_pylist()[0]["day"] == date(2024, 3, 1)
    assert pa.table(_table(())).schema == table.schema


def test_arrow_needs_its_extra(monkeypatch):
    """Without pyarrow the error names the extra."""
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"quotecraft\[parquet\]"):
        _table().__arrow_c_stream__()


def test_csv_runs_no_formula():
    """A name that a spreadsheet would run gets an apostrophe; figures stay figures."""
    rows = list(csv.reader(io.StringIO(_table().to_csv())))
    assert rows[0] == list(_table().columns)
    assert rows[1][:4] == ["Ana Ruiz", "1234", "0.125", "0.0004"]
    assert rows[1][5:7] == ["say 2", "a; b"]
    assert rows[2][0] == "'=1+1"


def test_text_is_aligned_and_says_how():
    """Percentages, p-values and thousands are set as readers know them; hidden columns aren't."""
    text = _table().to_text()
    assert "Rows (3 articles, 1 quotation)" in text
    assert "1,234  12.5 %  <0.001  2024-03-01" in text
    assert text.endswith("By hand.\nA caveat.")
    assert "key" not in text


def test_columns_that_hold_nothing_are_not_shown():
    """A column of nothing but None or empty tuples is left out of print."""
    headings, _, _ = _table(ROWS[1:]).shown()
    assert headings == ("name", "number", "p", "known")


def test_rows_can_be_chosen():
    """By the values of fields; a field that isn't there is told."""
    assert _table().where(known=False).rows == ROWS[1:]
    assert _table().head(1).rows == ROWS[:1]
    with pytest.raises(InputError, match="no column 'nme'"):
        _table().where(nme="Ana Ruiz")


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = set()
        self.attributes = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


SAFE = {"style", "div", "table", "caption", "span", "thead", "tbody", "tr", "th", "td", "ul", "li"}


@given(words(), words())
def test_html_of_any_name_is_escaped(name, title):
    """No name, title or role brings an element or attribute of its own."""
    row = Row(name, 1, 0.5, 0.5, None, (Tally(name, 1),), (name,), True, name)
    parser = _Tags()
    parser.feed(_table((row,), title)._repr_html_())
    assert parser.tags <= SAFE
    assert parser.attributes <= {"class", "scope", "dir"}


def test_html_says_what_is_shown():
    """A long table is cut, and the notebook says so."""
    html = _table(ROWS[:1] * 101)._repr_html_()
    assert "the first 100 of 101 rows" in html
    assert html.count("<tr>") == 101
    assert "<script" not in html


@given(words())
def test_any_name_can_be_exported(name):
    """Odd names go to CSV, text, JSON and Arrow without an error."""
    table = shares([article("a", Said("Ana Ruiz"), people={"Ana Ruiz": {"name": name}})])
    assert table.to_csv().encode()
    assert table.to_text()
    assert json.dumps(table.to_dicts()).encode()
    assert pa.table(table).num_rows == len(table)


def test_printing_a_table_shows_it() -> None:
    """``print(table)`` gives what ``to_text`` does; one without rows says so."""
    table = shares([article("a", Said("Ana Ruiz"))], "speaker_kind")
    assert str(table) == table.to_text()
    empty = shares([], "speaker_kind").to_text()
    assert "\n\nno rows\n\n" in empty
    assert "\n\n\n" not in empty


def test_one_document_can_be_counted() -> None:
    """It need not stand in a list; the path of a file is no document."""
    one = article("a", Said("Ana Ruiz"))
    assert shares(one, "speaker_kind") == shares([one], "speaker_kind")
    with pytest.raises(InputError, match=r"formats\.read"):
        shares("quotes.jsonl", "speaker_kind")


def test_a_table_at_the_prompt_is_one_short_line() -> None:
    """Its rows are counted, not listed; so are the articles of a collection."""
    table = shares([article("a", Said("Ana Ruiz"))], "speaker_kind", counted=["quotes"])
    shown = "Table(title='Share of voice by speaker_kind', rows=<1 row>, articles=1, quotes=1)"
    assert repr(table) == shown
    assert repr(collect([article("a", Said("Ana Ruiz"))])).startswith(
        "Collection(articles=<1 article>, utterances=<1 quotation>, nested=<0 quotations>, "
    )
