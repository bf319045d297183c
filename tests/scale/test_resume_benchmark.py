"""The benchmark that kills batch runs tells equal folders from others."""

import json

import pytest

from benchmarks import resume
from quotecraft import scale
from quotecraft.formats import jsonl
from quotecraft.scale import BatchOptions
from tests.scale.runs import NoModel, echo


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Return a function that makes the folder of a run of five texts in shards of two."""
    monkeypatch.setattr(BatchOptions, "load", lambda _: NoModel())
    articles = tmp_path / "articles.jsonl"
    lines = [json.dumps({"id": f"a{n}", "text": f"Text {n}."}) for n in range(5)]
    articles.write_text("\n".join(lines))

    def make(name):
        options = BatchOptions(format="jsonl", shard_size=2)
        scale.batch(articles, tmp_path / name, options=options, engine=echo)
        return tmp_path / name

    return make


def test_equal_folders_do_not_differ(made) -> None:
    """Two runs of the same input are the same in every file."""
    assert resume.compare(made("one"), made("other")) == []


def test_other_documents_are_named(made) -> None:
    """A shard with another document is named with the document; one written otherwise with none."""
    one, other = made("one"), made("other")
    first, second = (other / "documents" / f"part-00000{n}.jsonl" for n in (0, 1))
    first.write_text(first.read_text().replace("Text 1.", "Text 9."))
    second.write_text("".join(f"{json.dumps(json.loads(x))} \n" for x in second.open()))
    assert [d.id for d in jsonl.read(second)] == ["a2", "a3"]
    assert resume.compare(one, other) == [
        "documents/part-000000.jsonl: other bytes; 1 documents are not equal ['a1']",
        "documents/part-000001.jsonl: other bytes; 0 documents are not equal []",
    ]


def test_missing_shards_are_named(made) -> None:
    """A shard that only one of them has is told."""
    one, other = made("one"), made("other")
    (other / "documents" / "part-000002.jsonl").unlink()
    assert resume.compare(one, other) == ["documents/part-000002.jsonl: only in one of them"]
