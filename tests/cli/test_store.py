"""``quotecraft store`` as a user meets it."""

import json
from pathlib import Path

import pytest
from attrs import evolve
from click.testing import CliRunner, Result

from quotecraft import Store, formats
from quotecraft.cli import main
from tests.store.sample import article

ONE = article("one", [("Ana Ruiz", "“Clean water,”")], metadata={"outlet": "Post", "date": "2024"})
TWO = article("two", [("Ben Okri", "“No \x1b[31m water,”")])
TEXT = "“We will build it,” Ana Ruiz said.\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is made."""
    return tmp_path / "s.db"


def run(command: str, path: Path, *arguments: object) -> Result:
    """Run a command on a store."""
    return CliRunner().invoke(main, ["store", command, str(path), *map(str, arguments)])


@pytest.fixture
def filled(path: Path) -> Path:
    """A store of two documents."""
    with Store(path) as store:
        store.add([ONE, TWO])
    return path


@pytest.mark.parametrize("name", ["in.jsonl", "in.parquet", "in.jsonld"])
def test_records_are_added_as_they_are(path: Path, tmp_path: Path, name: str) -> None:
    """Files that quotecraft wrote come in unchanged, and a second time change nothing."""
    formats.write([ONE, TWO], tmp_path / name)
    first, second = run("add", path, tmp_path / name), run("add", path, tmp_path / name)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.startswith("2 added, 0 unchanged")
    assert second.stdout.startswith("0 added, 2 unchanged")
    with Store(path) as store:
        assert list(store) == [ONE, TWO]


def test_texts_are_read_first(path: Path, tmp_path: Path) -> None:
    """Texts in files and JSON Lines go through the pipeline; a resumed run passes over them."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "b.jsonl").write_text(json.dumps({"id": "b", "text": TEXT, "metadata": {"x": 1}}))
    formats.write([ONE], folder / "c.jsonl")
    assert run("add", path, folder).stdout.startswith("3 added")
    with Store(path) as store:
        assert store.count("build", speaker="Ruiz", kind="direct") == 2
        assert store["b"].metadata == {"x": 1}
        assert store["one"] == ONE
    assert run("add", path, folder, "--resume").stdout.startswith("0 added, 1 unchanged")
    (folder / "a.txt").write_text(TEXT.replace("build", "paint"))
    assert run("add", path, folder, "--resume").stdout.startswith(
        "0 added, 1 unchanged, 1 replaced"
    )


def test_adding_goes_on_past_bad_input(path: Path, tmp_path: Path) -> None:
    """A missing file, a bad line and a damaged table are named; all else is kept, exit code 1."""
    records = tmp_path / "in.jsonl"
    formats.write([ONE, TWO], records)
    first, second = records.read_text().splitlines()
    records.write_text(f"{first}\n{{bad\n{second}\n")
    (tmp_path / "in.parquet").write_bytes(b"no table")
    result = run("add", path, tmp_path / "missing.txt", records, tmp_path / "in.parquet")
    assert result.exit_code == 1
    assert result.stdout.startswith("2 added")
    named = result.stderr.splitlines()
    assert len(named) == 3
    assert "missing.txt" in named[0]
    assert "in.jsonl:2" in named[1]
    assert "in.parquet" in named[2]


def test_one_text_twice(path: Path, tmp_path: Path) -> None:
    """The same text under two ids is told of, and left out on demand."""
    formats.write([ONE, evolve(ONE, id="copy")], tmp_path / "in.jsonl")
    assert "1 of them" in run("add", path, tmp_path / "in.jsonl").stdout
    other = path.with_name("other.db")
    assert "1 left out" in run("add", other, tmp_path / "in.jsonl", "--skip-same-text").stdout


def test_search_prints_who_what_and_where(filled: Path) -> None:
    """A hit shows speaker, cue, the words with the match marked, and the place."""
    result = run("search", filled, '"clean water"', "--speaker", "ruiz", "--since", "2024")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Ana Ruiz · said · direct · 100%",
        "  “[Clean water],”",
        "  one:0-14 · Post · 2024",
    ]


def test_search_is_safe_for_terminals(filled: Path) -> None:
    """Control characters from a text don't reach the terminal."""
    result = run("search", filled, "no")
    assert "\x1b" not in result.stdout
    assert "␛[31m" in result.stdout


def test_search_as_json(filled: Path) -> None:
    """Each hit is an object with ids, text and offsets."""
    result = run("search", filled, "water", "--json", "--outlet", "Post")
    (hit,) = [json.loads(line) for line in result.stdout.splitlines()]
    assert (hit["document"], hit["quote"], hit["speaker_name"]) == ("one", "q1", "Ana Ruiz")
    assert [hit["text"][start:end] for start, end in hit["matches"]] == ["water"]
    assert [ONE.text[start:end] for start, end in hit["places"]] == ["water"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["water"], 2),
        (["--kind", "indirect"], 0),
        (["--kind", "indirect", "--kind", "direct"], 2),
        (["--cue", "say", "--until", "2024"], 1),
        (["--person", "Ana Ruiz"], 1),
        (["--person", "ben-okri"], 1),
        (["--min-confidence", "1"], 2),
        (["--stance", "denying"], 0),
        (["--level", "speech"], 2),
    ],
)
def test_counting(filled: Path, arguments: list[str], expected: int) -> None:
    """--count prints how many quotations fulfil the conditions."""
    assert run("search", filled, *arguments, "--count").stdout == f"{expected}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["?"], 1, "no word"),
        (["--since", "soon"], 1, "2024-03-01"),
        (["--person", "Nobody"], 1, "nobody is called"),
        (["--person", "A", "--speaker", "B"], 2, "exclude"),
        (["--kind", "loud"], 2, "direct"),
    ],
)
def test_wrong_searches(filled: Path, arguments: list[str], code: int, reason: str) -> None:
    """What can't be asked ends with one clear line and the right exit code."""
    result = run("search", filled, *arguments)
    assert (result.exit_code, reason in result.stderr) == (code, True)


@pytest.mark.parametrize("command", [["search", "x"], ["info"], ["export"], ["delete", "x"]])
def test_a_store_that_is_not_there(path: Path, command: list[str]) -> None:
    """Only adding makes a store; the other commands say that there is none."""
    result = run(command[0], path, *command[1:])
    assert (result.exit_code, "no such store" in result.stderr) == (1, True)
    assert not path.exists()


def test_export_and_delete(filled: Path, tmp_path: Path) -> None:
    """Exports hold what the store holds; deleting names ids that aren't there."""
    out = tmp_path / "out.jsonl"
    assert run("export", filled, "-o", out, "--outlet", "Post").exit_code == 0
    assert list(formats.read(out)) == [ONE]
    result = run("delete", filled, "one", "nobody")
    assert (result.exit_code, result.stdout, "nobody" in result.stderr) == (1, "1 deleted\n", True)
    records = run("export", filled).stdout.splitlines()
    assert [json.loads(line)["id"] for line in records] == ["two"]


def test_info(filled: Path) -> None:
    """Figures come as lines for people, or as JSON."""
    told = json.loads(run("info", filled, "--json").stdout)
    assert (told["documents"], told["outlets"]) == (2, {"": 1, "Post": 1})
    assert "documents   2" in run("info", filled).stdout


def test_authority(filled: Path, tmp_path: Path) -> None:
    """Rows are kept; those that can't be used or name nobody are named with their lines."""
    file = tmp_path / "people.csv"
    file.write_text("name,id,party\nAna Ruiz,Q1,Green\nEve,Q2,\nBen,Q1,\n")
    result = run("authority", filled, file)
    assert (result.exit_code, result.stdout) == (1, "2 rows kept\n")
    assert [line.split(":")[2] for line in result.stderr.splitlines()] == ["4", "3"]
    assert run("search", filled, "--person", "Q1", "--count").stdout == "1\n"


@pytest.mark.parametrize("command", ["add", "search", "export", "info", "delete", "authority"])
def test_help_names_the_twin(command: str) -> None:
    """Every help text points to the library and shows an example."""
    told = CliRunner().invoke(main, ["store", command, "--help"]).stdout
    assert "library's twin" in told
    assert f"quotecraft store {command}" in told
