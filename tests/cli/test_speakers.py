"""``quotecraft speakers``: the profile table and shares, from records and from texts."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from quotecraft.cli import main
from quotecraft.formats import jsonl
from quotecraft.model import Document
from quotecraft.store import Store
from tests.analysis.build import Said, article


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(main, ["speakers", *map(str, arguments)])


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "quotes.jsonl"
    documents: list[Document] = [
        article("a", Said("=cmd()"), Said("Ana Ruiz", "one two"), Said(None), outlet="Times"),
        article("b", Said("Ana Ruiz", "three"), Said("Bo Lund", level="thought"), outlet="Post"),
    ]
    jsonl.write(documents, path)
    return path


def test_records_are_counted_as_they_are(run, records):
    """A table of profiles, most words first, without reading the texts again."""
    result = run(records)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Speakers (2 articles, 4 quotations)"
    assert [line.split("  ")[0] for line in lines[4:7]] == ["Ana Ruiz", "=cmd()", "(unattributed)"]


def test_json_is_one_profile_a_line(run, records):
    """JSON keeps what the printed table leaves out."""
    rows = [json.loads(line) for line in run(records, "--json").stdout.splitlines()]
    ana = next(row for row in rows if row["name"] == "Ana Ruiz")
    assert (ana["quotes"], ana["articles"], ana["cues"]) == (2, 2, [{"name": "say", "count": 2}])


def test_csv_runs_no_formula(run, records):
    """A name that a spreadsheet would run is made harmless."""
    rows = list(csv.DictReader(io.StringIO(run(records, "--csv").stdout)))
    assert [row["name"] for row in rows] == ["Ana Ruiz", "'=cmd()", "(unattributed)"]


def test_shares_by_a_column(run, records):
    """With --by it is the share of voice by that column."""
    rows = [
        json.loads(line)
        for line in run(records, "--by", "outlet", "--json").stdout.split("\n")[:-1]
    ]
    quotes = {row["value"]: row["count"] for row in rows if row["counted"] == "quotes"}
    assert quotes == {"Times": 3, "Post": 1}


@pytest.fixture
def authority(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(
        "name,aliases,id,gender,party\nAna Ruiz,,Q1,f,Green\nNo Body,,Q2,m,Blue\n", encoding="utf-8"
    )
    return path


def test_an_authority_file_brings_its_columns(run, records, authority):
    """Its columns can be grouped by, and rows that name nobody are told."""
    result = run(records, "--authority", authority, "--by", "party", "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert {r["value"]: r["count"] for r in rows if r["counted"] == "words"}["Green"] == 3
    assert "No Body" in result.stderr


def test_a_store_is_counted_as_it_is(run, records, authority, tmp_path):
    """A store's documents and its own authority file."""
    with Store(tmp_path / "news.db") as store:
        store.add(jsonl.read(records))
        store.set_authority(authority)
    rows = [json.loads(line) for line in run(tmp_path / "news.db", "--json").stdout.splitlines()]
    assert {row["name"]: row["gender"] for row in rows}["Ana Ruiz"] == "women"


def test_thoughts_count_when_asked_for(run, records):
    """Speech alone is the default."""
    assert "Bo Lund" not in run(records).stdout
    assert "Bo Lund" in run(records, "--thoughts").stdout


def test_top_and_output(run, records, tmp_path):
    """The first rows alone, into a file."""
    out = tmp_path / "speakers.csv"
    assert run(records, "--top", "1", "--csv", "-o", out).exit_code == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_texts_are_read_first(run, tmp_path):
    """A text goes through the pipeline, beside a damaged record that is named."""
    path = tmp_path / "article.txt"
    path.write_text("“We will build it,” Ana Ruiz said.\n", encoding="utf-8")
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"schema": "quotecraft/1", "id": "x"}\n', encoding="utf-8")
    result = run(path, bad, "--json")
    assert result.exit_code == 1
    assert [json.loads(line)["name"] for line in result.stdout.splitlines()] == ["Ana Ruiz"]
    assert "bad.jsonl" in result.stderr


def test_wrong_usage(run, records):
    """A column that isn't there is told; two formats at once are wrong usage."""
    assert "no column 'outlets'" in run(records, "--by", "outlets").stderr
    assert run(records, "--json", "--csv").exit_code == 2
