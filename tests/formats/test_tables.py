"""CSV and Parquet: one quotation a row."""

import csv as std_csv
import io
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import FormatError, InputError, MissingExtraError
from quotecraft.formats import csv, parquet
from quotecraft.formats._table import clean
from quotecraft.model import Document, Quote, Span
from tests.formats.examples import TEXT, document
from tests.strategies import documents, texts, words

pa = pytest.importorskip("pyarrow", reason="the parquet extra is not installed")
pq = pytest.importorskip("pyarrow.parquet")


def written(*given_documents: Document) -> str:
    """Return the CSV of some documents."""
    stream = io.StringIO(newline="")
    csv.write(given_documents, stream)
    return stream.getvalue()


def rows(table: str) -> list[dict[str, str]]:
    """Return a CSV's rows as Python's own reader gives them."""
    return list(std_csv.DictReader(io.StringIO(table, newline="")))


@given(words() | texts())
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    """Whatever a cell holds, a spreadsheet takes it for text, and it comes back unchanged."""
    safe = csv.neutralise(cell)
    assert safe[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")
    assert cell == csv.restore(safe)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "'=1", "''=1"])
def test_formulas_get_an_apostrophe(cell: str) -> None:
    """Each character that begins a formula is disarmed by an apostrophe before it."""
    assert f"'{cell}" == csv.neutralise(cell)


@pytest.mark.parametrize("cell", ["", "“=1”", "'tis", "'", "1-2", "a=b"])
def test_harmless_cells_stay(cell: str) -> None:
    """Cells that begin no formula are written as they are, apostrophes included."""
    assert cell == csv.neutralise(cell) == csv.restore(cell)


@given(documents())
def test_csv_has_one_row_a_quote(given_document: Document) -> None:
    """Python's own CSV reader finds one row for each quotation, with its words."""
    found = rows(written(given_document))
    assert len(given_document.quotes) == len(found)
    for quote, row in zip(given_document.quotes, found, strict=True):
        assert clean(quote.text) == csv.restore(row["content_text"])


@given(documents())
def test_csv_keeps_spans_and_kinds(given_document: Document) -> None:
    """Reading a table with the text gives the quotations' spans, kinds and figures again."""
    sample = evolve(given_document, id="d", extra={}, metadata={}, model=None)
    plain = evolve(sample, quotes=[_plain(q, n) for n, q in enumerate(sample.quotes)], speakers=[])
    read = list(csv.read(io.StringIO(written(plain), newline=""), texts={"d": plain.text}))
    assert ([plain] if plain.quotes else []) == read


def _plain(quote: Quote, number: int) -> Quote:
    """Return a quote with only what CSV keeps."""
    return evolve(
        quote,
        id=f"q{number}",
        cue_lemma="say",
        speaker=None,
        addressee=None,
        parent=None,
        evidence=["cue:according to"],
        extra={},
    )


def test_csv_shows_the_words_people_look_for() -> None:
    """A row shows who said what to whom, and where it stands."""
    row = rows(written(document()))[1]
    assert {
        "document": "clinics.txt",
        "id": "q2",
        "speaker_name": "Ana Ruiz",
        "content_text": "“We are ready,” … “We have been\r\n\r\nready for weeks.”",
        "cue_text": "told",
        "source_text": "she",
        "addressee_name": "the council",
        "content": "65-80 103-137",
        "cue": "85-89",
        "evidence": "cue:told; pronoun:she→s1",
        "confidence_content": "1.0",
        "title": "Clinics to reopen",
        "url": "",
    }.items() <= row.items()


def test_csv_keeps_speakers_by_name() -> None:
    """Speakers come back with id, name and kind."""
    read = next(csv.read(io.StringIO(written(document()), newline=""), texts={"clinics.txt": TEXT}))
    assert [(s.id, s.name) for s in document().speakers] == [(s.id, s.name) for s in read.speakers]
    assert read.speakers[0].kind == "person"
    assert document().metadata == read.metadata


def test_csv_file_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    """A file begins with a byte order mark and ends its lines as RFC 4180 says; streams don't."""
    csv.write([document()], tmp_path / "a.csv")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfdocument,id,")
    assert data.endswith(b"\r\n")
    assert written(document()).startswith("document,id,")
    assert len(list(csv.read(tmp_path / "a.csv", texts={"clinics.txt": TEXT}))) == 1


def test_csv_escapes_metadata(tmp_path: Path) -> None:
    """Metadata that hold a formula are disarmed like any other cell."""
    row = rows(written(document(metadata={"title": "=HYPERLINK(1)", "date": 5})))[0]
    assert (row["title"], row["date"]) == ("'=HYPERLINK(1)", "5")


def test_csv_takes_columns_and_rows_in_any_order() -> None:
    """A table sorted another way inside a document, with columns moved, reads the same."""
    found = rows(written(document()))
    stream = io.StringIO(newline="")
    columns = list(reversed(found[0]))
    table = std_csv.DictWriter(stream, columns)
    table.writeheader()
    table.writerows(reversed(found))
    stream.seek(0)
    read = next(csv.read(stream, texts={"clinics.txt": TEXT}))
    assert {q.id: q.content for q in document().quotes} == {q.id: q.content for q in read.quotes}


def test_csv_long_contents_are_read() -> None:
    """A quotation longer than Python's usual limit on a cell is read."""
    text = "“" + "word " * 50_000 + "”"
    long = Document("d", text, quotes=[Quote("q1", "direct", [Span(0, len(text))])])
    assert [long] == list(csv.read(io.StringIO(written(long), newline=""), texts={"d": text}))


CSV_DAMAGE: list[tuple[Callable[[str], str], int, str]] = [
    (lambda t: t.replace("document,", "doc,", 1), 1, "column 'document' is missing"),
    (lambda t: "", 1, "column 'document' is missing"),
    (lambda t: t.splitlines(keepends=True)[0] + "x\r\n", 2, "ends before its column 'id'"),
    (lambda t: re.sub(r"[0-9]+-[0-9]+", "1" * 5000 + "-2", t, count=1), 2, "expected spans"),
    (lambda t: t.replace("65-80", "65–80"), 3, "expected spans like 10-60 70-80"),
    (lambda t: t.replace("0.97", "high"), 2, "expected a number in [0, 1]"),
    (lambda t: t.replace("direct,speech", "spoken,speech"), 2, "expected one of direct"),
    (lambda t: t.replace("We are ready", "We are steady"), 2, "give the original text"),
]


@pytest.mark.parametrize(("damage", "line", "message"), CSV_DAMAGE)
def test_damaged_csv_is_a_format_error(
    damage: Callable[[str], str], line: int, message: str
) -> None:
    """A damaged table is refused with its line and what was expected."""
    table = damage(written(document()))
    with pytest.raises(FormatError) as caught:
        list(csv.read(io.StringIO(table, newline=""), texts={"clinics.txt": TEXT}))
    assert message in str(caught.value)
    assert line == caught.value.line


def test_csv_scattered_rows_are_refused() -> None:
    """Rows of a document that don't stand together can't be read as they stream by."""
    header, *lines = written(*(_named(n) for n in "ab")).splitlines(keepends=True)
    table = header + lines[0] + lines[1] + lines[0]
    with pytest.raises(FormatError, match="sort by document"):
        list(csv.read(io.StringIO(table, newline=""), texts={"a": "“Yes.”", "b": "“Yes.”"}))


def _named(name: str) -> Document:
    return Document(name, "“Yes.”", quotes=[Quote("q1", "direct", [Span(0, 6)])])


def test_csv_without_texts_says_so() -> None:
    """CSV holds no text: reading without one says how to give it."""
    with pytest.raises(FormatError, match="give it in `texts`"):
        list(csv.read(io.StringIO(written(document()), newline="")))


@pytest.mark.parametrize("data", [b"\xff\xfe", b"document,id,kind,content\r\na\rb\x00,\xff\r\n"])
def test_csv_that_is_no_text_is_a_format_error(data: bytes) -> None:
    """Bytes that are no UTF-8 table end in a format error."""
    with pytest.raises(FormatError):
        list(csv.read(io.BytesIO(data)))


@given(st.lists(documents(), max_size=2))
def test_parquet_round_trip_is_exact(given_documents: list[Document]) -> None:
    """Any documents are equal after writing and reading, those without quotations included."""
    stream = io.BytesIO()
    parquet.write(given_documents, stream)
    assert given_documents == list(parquet.read(io.BytesIO(stream.getvalue())))


def test_parquet_keeps_unknown_fields_that_are_null() -> None:
    """An unknown field whose value is null is not the same as no field."""
    odd = Document("d", "“Yes.”", quotes=[Quote("q1", "direct", [Span(0, 6)], extra={"x": None})])
    stream = io.BytesIO()
    parquet.write([odd], stream)
    assert [quote.extra for quote in next(parquet.read(stream)).quotes] == [{"x": None}]


def test_parquet_without_text_takes_it_back() -> None:
    """Without text a table holds hashes, and reads with the texts given."""
    stream = io.BytesIO()
    parquet.write([document()], stream, text=False)
    assert (
        b"ready for weeks"
        not in pq.read_table(stream).column("document_record")[0].as_py().encode()
    )
    with pytest.raises(FormatError, match="give it in `texts`"):
        list(parquet.read(stream))
    assert [document()] == list(parquet.read(stream, texts={"clinics.txt": TEXT}))


def test_parquet_has_typed_columns(tmp_path: Path) -> None:
    """Data frame libraries find one row a quotation, spans as lists of structs."""
    parquet.write([document(), document(id="b", quotes=[])], tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    assert table.column("id").to_pylist() == ["q1", "q2", "q3", "q4", None]
    assert table.column("content")[1].as_py() == [
        {"start": 65, "end": 80},
        {"start": 103, "end": 137},
    ]
    assert pa.float64() == table.schema.field("confidence_content").type
    assert table.column("quote_rest").to_pylist() == [None, None, None, '{"checked":true}', None]
    assert table.column("document_text").to_pylist() == [TEXT, None, None, None, TEXT]


def test_parquet_survives_sorting_and_filtering() -> None:
    """Rows sorted by speaker, some dropped, give the quotations that are left."""
    stream = io.BytesIO()
    parquet.write([document()], stream)
    table = pq.read_table(stream).sort_by([("speaker", "descending"), ("id", "ascending")])
    out = io.BytesIO()
    pq.write_table(table.filter(pa.compute.field("id") != "q2"), out)
    read = next(parquet.read(out))
    assert [quote.id for quote in read.quotes] == ["q1", "q3", "q4"]
    assert document().speakers == read.speakers


def test_parquet_without_our_columns_reads_what_it_tells() -> None:
    """A table of only the quotations' columns gives documents with speakers by name."""
    stream, out = io.BytesIO(), io.BytesIO()
    parquet.write([document()], stream)
    ours = ["document_record", "document_text", "quote_rest"]
    pq.write_table(pq.read_table(stream).drop_columns(ours), out)
    read = next(parquet.read(out, texts={"clinics.txt": TEXT}))
    assert [q.content for q in document().quotes] == [q.content for q in read.quotes]
    assert sorted(
        (s.name for s in read.speakers), key=[s.name for s in document().speakers].index
    ) == ["Ana Ruiz", "the council", "The union"]


def test_parquet_scattered_rows_are_refused() -> None:
    """Rows of a document that don't stand together are refused."""
    stream, out = io.BytesIO(), io.BytesIO()
    parquet.write([_named("a"), document()], stream)
    table = pq.read_table(stream)
    pq.write_table(pa.concat_tables([table.slice(1, 2), table.slice(0, 1), table.slice(3)]), out)
    with pytest.raises(FormatError, match="sort by document"):
        list(parquet.read(out))


def test_parquet_row_groups_are_flushed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many documents are written in several row groups and read back in order."""
    monkeypatch.setattr(parquet, "_ROWS", 8)
    many = [document(id=f"d{number}") for number in range(9)]
    stream = io.BytesIO()
    parquet.write(many, stream)
    assert pq.ParquetFile(stream).num_row_groups == 5
    assert many == list(parquet.read(stream))


def test_parquet_refuses_text_streams() -> None:
    """A stream that takes only text can't hold Parquet; the error says what to do."""
    with pytest.raises(FormatError, match="give -o FILE"):
        parquet.write([document()], io.StringIO())


def test_parquet_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow the error is the pip command that brings it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'quotecraft\[parquet\]'"):
        parquet.write([document()], io.BytesIO())


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    """A missing file, another file and another table end in errors that name them."""
    with pytest.raises(InputError, match=r"no\.parquet"):
        list(parquet.read(tmp_path / "no.parquet"))
    (tmp_path / "a.parquet").write_text("not a table")
    with pytest.raises(FormatError, match=r"a\.parquet: not Parquet"):
        list(parquet.read(tmp_path / "a.parquet"))
    pq.write_table(pa.table({"x": [1]}), tmp_path / "b.parquet")
    with pytest.raises(FormatError, match="columns are missing: content, document, id, kind"):
        list(parquet.read(tmp_path / "b.parquet"))


@pytest.mark.parametrize("cell", [["0"], [{"from": 0, "end": 3}], [{"start": 0}]])
def test_parquet_with_other_spans_is_refused(cell: list[object]) -> None:
    """Spans that are no pairs of start and end are named by their column."""
    stream = io.BytesIO()
    parquet.write([document()], stream)
    table = pq.read_table(io.BytesIO(stream.getvalue()))
    place = table.column_names.index("cue")
    changed = table.set_column(place, "cue", pa.array([cell] * table.num_rows))
    out = io.BytesIO()
    pq.write_table(changed, out)
    with pytest.raises(FormatError, match="'cue' holds no spans"):
        list(parquet.read(out))
