"""Arrow in, Arrow out; the same through Ray and Spark where they are installed."""

import json
import sys

import pyarrow as pa
import pytest

from quotecraft import load, scale
from quotecraft.errors import FormatError
from quotecraft.formats import parquet
from quotecraft.scale import BatchOptions
from quotecraft.scale.arrow import Attributor, attribute_batches, output_schema
from tests.scale.runs import DeadlyReader, contents, deadly_rows

TEXTS = [
    "“We go,” Ana Ruiz said.",
    "Nobody speaks here.",
    "The plan is dead, the mayor said. “It is not,” Ruiz told him.",
]


@pytest.fixture(scope="module")
def table():
    rows = {"id": ["a", "b", "c", "d"], "text": [*TEXTS, None], "outlet": ["X", "Y", "Z", None]}
    return pa.table(rows)


@pytest.fixture(scope="module")
def expected(table):
    """The rows that the pipeline itself gives."""
    pipe = load()
    rows = []
    for row in table.to_pylist()[:3]:
        document = pipe(row["text"], id=row["id"], metadata={"outlet": row["outlet"]})
        rows += parquet.document_rows(document)
    return pa.Table.from_pylist(rows, schema=output_schema()).to_pylist()


def test_batches_give_the_rows_of_the_pipeline(table, expected) -> None:
    """Each text gives its rows; one that is missing gives a row with the reason."""
    found = pa.Table.from_batches(attribute_batches(table.to_batches(max_chunksize=2)))
    assert found.schema == output_schema()
    rows = found.to_pylist()
    assert rows[:-1] == expected
    assert (rows[-1]["document"], rows[-1]["id"]) == ("d", None)
    assert "'text'" in rows[-1]["error"]


def test_a_text_that_kills_its_reader_is_a_row(table, monkeypatch) -> None:
    """With the model in a process of its own, what dies with a text is told in its row."""
    monkeypatch.setattr("quotecraft.scale.arrow._make_reader", deadly_rows)
    found = Attributor(apart=True)(table.slice(0, 3)).to_pylist()
    assert [row["document"] for row in found] == ["a", "b", "c"]
    assert [bool(row["error"]) for row in found] == [False, True, False]
    assert "died 2 times" in found[1]["error"]


def test_columns_are_needed(table) -> None:
    """A batch without ids or texts is refused with the names it has."""
    with pytest.raises(FormatError, match="outlet"):
        list(attribute_batches(table.drop_columns("id").to_batches()))


@pytest.fixture(scope="module")
def ray():
    module = pytest.importorskip("ray")
    pytest.importorskip("ray.data")
    module.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield module
    module.shutdown()


@pytest.mark.slow
def test_ray_gives_the_same_rows(ray, table, expected) -> None:
    """A Ray dataset comes out with the rows of the pipeline."""
    from quotecraft.scale.ray import attribute

    found = attribute(ray.data.from_arrow(table), batch_size=2).take_all()
    rows = sorted((r for r in found if r["error"] is None), key=lambda r: r["document"])
    assert json.dumps(rows) == json.dumps(expected)
    assert [row["document"] for row in found if row["error"]] == ["d"]


@pytest.mark.slow
def test_a_batch_on_ray_gives_the_same_bytes(ray, tmp_path) -> None:
    """The output of --engine ray is that of a local run, failures included."""
    from quotecraft.scale.ray import engine

    path = tmp_path / "in.jsonl"
    lines = [json.dumps({"id": f"t{n}", "text": text, "n": n}) for n, text in enumerate(TEXTS * 15)]
    path.write_text("\n".join([*lines[:20], "{oops", *lines[20:]]) + "\n")
    options = BatchOptions(shard_size=16)
    here = scale.batch(path, tmp_path / "here", options=options)
    there = scale.batch(path, tmp_path / "there", options=options, engine=engine(1))
    assert (here, here.failed) == (there, 1)
    assert contents(tmp_path / "here") == contents(tmp_path / "there")


@pytest.mark.slow
def test_a_text_that_kills_its_reader_is_a_dead_letter(ray, tmp_path, monkeypatch) -> None:
    """On Ray, too, it is tried twice and no more, and costs no other text."""
    from quotecraft.scale.ray import engine

    monkeypatch.setattr("quotecraft.scale.ray._Reader", DeadlyReader)
    path = tmp_path / "in.jsonl"
    texts = ["One.", "boom", "Three.", "Four."]
    path.write_text("\n".join(json.dumps({"id": t, "text": t}) for t in texts))
    report = scale.batch(path, tmp_path / "out", engine=engine(1))
    assert (report.documents, report.failed) == (3, 1)
    (letter,) = map(json.loads, (tmp_path / "out" / "failed.jsonl").open())
    assert (letter["id"], letter["error"]) == ("boom", "WorkerError")
    assert "died 2 times" in letter["reason"]
    assert [d.id for d in scale.read(tmp_path / "out")] == ["One.", "Three.", "Four."]


@pytest.mark.slow
def test_spark_gives_the_same_rows(table, expected, monkeypatch) -> None:
    """DataFrame.mapInArrow takes the function as it is."""
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    sql = pytest.importorskip("pyspark.sql")
    from pyspark.sql.pandas.types import from_arrow_schema

    spark = sql.SparkSession.builder.master("local[1]").getOrCreate()
    try:
        frame = spark.createDataFrame(table.slice(0, 3).to_pandas())
        schema = from_arrow_schema(output_schema())
        found = frame.repartition(2).mapInArrow(attribute_batches, schema).toArrow().to_pylist()
    finally:
        spark.stop()
    assert sorted(map(_key, found)) == sorted(map(_key, expected))


def _key(row) -> str:
    return json.dumps(row, sort_keys=True)
