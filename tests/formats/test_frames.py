"""Data frames of other libraries."""

import subprocess
import sys

import pytest
from hypothesis import given

from quotecraft.errors import FormatError, MissingExtraError
from quotecraft.formats._table import COLUMNS, clean
from quotecraft.formats.frames import documents_of_table, quotes_table
from quotecraft.model import Document
from tests.formats.examples import TEXT, document
from tests.strategies import documents

pa = pytest.importorskip("pyarrow", reason="the parquet extra is not installed")
pl = pytest.importorskip("polars", reason="polars is not installed")
pd = pytest.importorskip("pandas", reason="pandas is not installed")


def spans(values: object) -> list[list[tuple[int, int]]]:
    """Return a column of spans as pairs, whatever library made it."""
    return [[(int(s["start"]), int(s["end"])) for s in cell] for cell in values]  # type: ignore[attr-defined]


@given(documents())
def test_arrow_takes_any_document(given_document: Document) -> None:
    """Arrow's capsule holds a row for each quotation, with its words and exact spans."""
    table = pa.table(quotes_table([given_document]))
    quotes = given_document.quotes
    assert table.column("content_text").to_pylist() == [clean(q.text) for q in quotes]
    assert spans(table.column("content").to_pylist()) == [
        [(s.start, s.end) for s in q.content] for q in quotes
    ]
    assert table.schema.field("confidence_content").type == pa.float64()


def test_polars_reads_the_capsule() -> None:
    """Polars makes a frame of the table by itself."""
    frame = pl.DataFrame(quotes_table([document()]))
    assert frame["speaker_name"].to_list() == ["Ana Ruiz", "Ana Ruiz", "The union", "Ana Ruiz"]
    assert spans(frame["content"].to_list())[1] == [(65, 80), (103, 137)]
    by_speaker = frame.group_by("speaker_name").len().sort("speaker_name")
    assert by_speaker.rows() == [("Ana Ruiz", 3), ("The union", 1)]


def test_pandas_reads_the_capsule() -> None:
    """Pandas makes a frame of the table by itself."""
    frame = pd.DataFrame.from_arrow(quotes_table([document()]))
    assert list(frame.columns) == list(COLUMNS)
    assert frame["kind"].tolist() == ["indirect", "direct", "mixed", "mixed"]


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_narwhals_makes_a_native_frame(backend: str) -> None:
    """Any library that narwhals knows gets a frame of its own type."""
    frame = quotes_table([document()]).to_native(backend)
    assert type(frame).__module__.startswith(backend)
    assert frame.shape == (4, len(COLUMNS))
    assert [str(cue) for cue in frame["cue_text"]] == ["said", "told", "said", "promised"]


def test_unknown_libraries_are_refused() -> None:
    """A library that nobody knows is an error, not a crash."""
    with pytest.raises(FormatError, match="no data frame by 'abacus'"):
        quotes_table([document()]).to_native("abacus")


@pytest.mark.parametrize("made", [pl.DataFrame, pa.table, lambda table: table.to_dicts()])
def test_frames_read_back(made: object) -> None:
    """A frame or rows with the text give the quotations' spans, links and speakers again."""
    original = document()
    read = next(documents_of_table(made(quotes_table([original])), {"clinics.txt": TEXT}))  # type: ignore[operator]
    assert [q.content for q in original.quotes] == [q.content for q in read.quotes]
    assert [q.parent for q in original.quotes] == [q.parent for q in read.quotes]
    assert [q.speaker_name for q in original.quotes] == [q.speaker_name for q in read.quotes]
    assert original.metadata == read.metadata


def test_a_filtered_frame_reads_back() -> None:
    """Rows that a user left out are left out of the document."""
    frame = pl.DataFrame(quotes_table([document()])).filter(pl.col("kind") == "direct")
    read = next(documents_of_table(frame, {"clinics.txt": TEXT}))
    assert [quote.id for quote in read.quotes] == ["q2"]


def test_further_metadata_get_columns() -> None:
    """Metadata that users name are columns; what is no string is shown as one."""
    table = quotes_table(
        [document(metadata={"section": "Health", "edition": 3})], ["section", "edition"]
    )
    assert table.columns["section"] == ["Health"] * 4
    assert table.columns["edition"] == ["3"] * 4
    assert pa.table(table).schema.field("edition").type == pa.string()
    with pytest.raises(FormatError, match="exist already: kind"):
        quotes_table([document()], ["kind"])


def test_rows_and_columns_agree() -> None:
    """The table is as long as its rows, and empty without quotations."""
    table = quotes_table([document(), document(id="b", quotes=[])])
    assert len(table) == len(table.to_dicts()) == 4
    assert table.to_dicts()[1]["cue"] == [{"start": 85, "end": 89}]
    assert len(quotes_table([])) == 0


def test_damaged_tables_are_refused() -> None:
    """A table without the columns that matter says which are missing."""
    with pytest.raises(FormatError, match="columns are missing: content, document, kind"):
        next(documents_of_table([{"id": "q1"}]))


@pytest.mark.parametrize(
    ("module", "extra", "use"),
    [
        ("narwhals", "frames", lambda table: table.to_native("pandas")),
        ("pyarrow", "parquet", lambda table: table.__arrow_c_stream__()),
    ],
)
def test_missing_extras_name_the_install(
    monkeypatch: pytest.MonkeyPatch, module: str, extra: str, use: object
) -> None:
    """Without the package the error holds the exact command."""
    table = quotes_table([document()])
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=rf"pip install 'quotecraft\[{extra}\]'"):
        use(table)  # type: ignore[operator]


def test_making_a_table_loads_no_library() -> None:
    """A table of plain lists needs no data frame library."""
    code = (
        "import sys; from quotecraft.formats.frames import quotes_table; quotes_table([]);"
        "sys.exit(bool({'pandas', 'polars', 'pyarrow', 'narwhals'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
