"""Texts in CSV and Parquet tables."""

import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecraft.errors import FormatError, InputError
from quotecraft.text import FailedInput, InputText, count_inputs, list_inputs, read_inputs


def read(path: Path, **options) -> list[InputText | FailedInput]:
    return list(read_inputs(path, **options))


@pytest.fixture
def table(tmp_path):
    def write(content: str | bytes, name: str = "a.csv") -> Path:
        path = tmp_path / name
        data = content if isinstance(content, bytes) else content.encode("utf-8")
        path.write_bytes(data)
        return path

    return write


def test_csv_gives_a_text_a_row(table) -> None:
    """Text and id come from their columns, other cells that aren't empty become metadata."""
    path = table('id,text,outlet\r\nx,"“Rain,” she said.\r\nYes.",Z\r\n,Snow.,\r\n')
    name = path.as_posix()
    expected = [
        InputText("x", "“Rain,” she said.\r\nYes.", {"outlet": "Z"}),
        InputText(f"{name}:4", "Snow."),
    ]
    found = read(path)
    assert found == expected
    assert [item.place for item in found] == [f"{name}:2", f"{name}:4"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_of_spreadsheets(table, delimiter: str, encoding: str) -> None:
    """Semicolons, tabs, byte order marks and UTF-16 are read as spreadsheets write them."""
    text = f"key{delimiter}body\r\nk{delimiter}“Sí”\r\n".encode(encoding)
    found = read(table(text, "a.tsv"), text_column="body", id_column="key")
    assert found == [InputText("k", "“Sí”")]


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=5))
def test_csv_keeps_texts_exactly(tmp_path_factory, texts: list[str]) -> None:
    """Whatever a CSV writer quotes is read back as it was."""
    import csv

    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, quoting=csv.QUOTE_ALL)
        rows.writerow(["text"])
        rows.writerows([text] for text in texts)
    assert [item.text for item in read(path)] == texts
    assert abs(count_inputs(path) - len(texts)) <= 1


def test_a_bad_row_costs_only_itself(table) -> None:
    """Rows with too many cells, without a text or not in UTF-8 are named; the others are read."""
    path = table(b'id,text\na,One.\nb,Two,three\nc\nd,\xff\ne,"x"y\nf,Six.\n')
    found = read(path)
    assert [item.id for item in found if isinstance(item, InputText)] == ["a", "f"]
    failed = [item for item in found if isinstance(item, FailedInput)]
    assert [item.id for item in failed] == [f"{path.as_posix()}:{n}" for n in (3, 4, 5, 6)]
    assert {type(item.error) for item in failed} == {FormatError}


def test_an_unclosed_quotation_mark_is_told(table) -> None:
    """A file that ends inside a quoted cell fails; nothing is passed over in silence."""
    found = read(table('id,text\na,One.\nb,"Two.\nc,Three.\n'))
    assert [type(item) for item in found] == [InputText, FailedInput]


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "text\n"])
def test_csv_without_texts(table, content: str) -> None:
    """A table without the column is a failure that lists its columns; one without rows is empty."""
    found = read(table(content))
    if content == "text\n":
        assert found == []
    else:
        assert "'text'" in str(found[0].error)


def test_parquet_gives_a_text_a_row(tmp_path: Path) -> None:
    """Text, id and metadata come from columns of any order; types that JSON lacks are left out."""
    day = datetime.date(2021, 3, 4)
    rows = {
        "outlet": ["Z", None],
        "date": [day, day],
        "blob": [b"\xff", b"\xff"],
        "id": [7, None],
        "text": ["Rain.", "Snow."],
        "tags": [["a"], []],
    }
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(rows), path)
    assert read(path) == [
        InputText("7", "Rain.", {"outlet": "Z", "date": day, "tags": ["a"]}),
        InputText(f"{path.as_posix()}:2", "Snow.", {"date": day, "tags": []}),
    ]
    assert count_inputs(path) == 2


def test_parquet_of_many_row_groups_is_read_in_order(tmp_path: Path) -> None:
    """Row groups are read one after another, with row numbers that go on."""
    path = tmp_path / "a.pq"
    texts = [f"Text {number}." for number in range(500)]
    pq.write_table(pa.table({"text": texts}), path, row_group_size=7)
    found = read(path)
    assert [item.text for item in found] == texts
    assert found[499].id == f"{path.as_posix()}:500"


def test_a_row_without_a_text_and_a_damaged_table_fail(tmp_path: Path) -> None:
    """A null text costs its row; a file cut short, no Parquet or without the column fails."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["One.", None]}), path)
    assert [type(item) for item in read(path)] == [InputText, FailedInput]
    whole = path.read_bytes()
    for data in (whole[:-20], b"", b"PAR1nonsense"):
        path.write_bytes(data)
        (failed,) = read(path)
        assert isinstance(failed.error, FormatError)
    pq.write_table(pa.table({"text": [1]}), path)
    assert isinstance(read(path)[0], FailedInput)


def test_folders_give_tables_too(tmp_path: Path) -> None:
    """A folder's tables are read among its other files, and all are listed with their sizes."""
    (tmp_path / "b.txt").write_text("B.")
    (tmp_path / "a.csv").write_text("text\nA.\n")
    (tmp_path / "c.jsonl").write_text('{"body": "C."}\n')
    assert [i.text for i in read(tmp_path) if isinstance(i, InputText)] == ["A.", "B."]
    sizes = {Path(name).name: size for name, size in list_inputs(tmp_path)}
    assert sizes == {"a.csv": 8, "b.txt": 2, "c.jsonl": 15}
    assert count_inputs([tmp_path, "-"]) is None
    assert count_inputs(tmp_path) == 3


def test_missing_files_are_listed_without_a_size(tmp_path: Path) -> None:
    """Listing never fails; reading then tells why."""
    path = tmp_path / "none.csv"
    assert list(list_inputs(path)) == [(path.as_posix(), -1)]
    assert isinstance(read(path)[0].error, InputError)
