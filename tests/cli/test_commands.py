"""The command line as a user meets it: results on stdout, errors named, exit codes."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from quotecraft.cli import main

ROOT = Path(__file__).parents[2]
ARTICLE = "“We will build it,” Ana Ruiz said.\n\nShe said that the money was there.\n"


@pytest.fixture
def run():
    def invoke(*arguments, stdin=None):
        return CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)

    return invoke


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def _records(output: str) -> list[dict]:
    return [json.loads(line) for line in output.splitlines()]


def test_extract_prints_one_record_a_document(run, article):
    """Extract prints a quotecraft/1 record with exact spans on stdout."""
    result = run("extract", article)
    (record,) = _records(result.stdout)
    texts = [ARTICLE[a:b] for a, b in record["quotes"][0]["content"]]
    assert (
        result.exit_code,
        record["schema"],
        record["text"],
        texts,
    ) == (0, "quotecraft/1", ARTICLE, ["“We will build it,”"])


def test_extract_reads_stdin(run):
    """A dash reads the text from standard input."""
    result = run("extract", "-", stdin=ARTICLE)
    assert [r["text"] for r in _records(result.stdout)] == [ARTICLE]


def test_extract_reads_folders_in_order(run, tmp_path):
    """A folder gives all its texts, sorted by name."""
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    result = run("extract", tmp_path)
    assert [Path(r["id"]).name for r in _records(result.stdout)] == ["a.txt", "b.txt"]


def test_extract_names_failures_and_goes_on(run, article, tmp_path):
    """A missing and a binary file are named on stderr, the rest comes out, exit code 1."""
    binary = tmp_path / "picture.txt"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00")
    result = run("extract", tmp_path / "missing.txt", binary, article)
    lines = result.stderr.splitlines()
    assert (result.exit_code, len(_records(result.stdout)), len(lines)) == (1, 1, 2)
    assert "missing.txt" in lines[0]
    assert "picture.txt" in lines[1]


def test_extract_of_an_empty_file_gives_an_empty_document(run, tmp_path):
    """An empty file is a document without quotations, not an error."""
    path = tmp_path / "empty.txt"
    path.write_text("")
    result = run("extract", path)
    assert (result.exit_code, _records(result.stdout)[0]["quotes"]) == (0, [])


def test_extract_reads_other_encodings(run, tmp_path):
    """A Windows-1252 file keeps its curly marks."""
    path = tmp_path / "old.txt"
    path.write_bytes(ARTICLE.encode("cp1252"))
    assert _records(run("extract", path).stdout)[0]["text"] == ARTICLE


def test_extract_names_a_bad_jsonl_line(run, tmp_path):
    """A damaged line is named with its number; the lines around it still come out."""
    path = tmp_path / "in.jsonl"
    good = json.dumps({"id": "good", "text": ARTICLE})
    path.write_text(f"{good}\n{{oops\n{good}\n", encoding="utf-8")
    result = run("extract", path)
    assert (result.exit_code, len(_records(result.stdout))) == (1, 2)
    assert "in.jsonl:2" in result.stderr


def test_extract_without_text_gives_its_hash(run, article):
    """--no-text leaves the text out and puts its SHA-256 in."""
    (record,) = _records(run("extract", "--no-text", article).stdout)
    assert ("text" in record, len(record["sha256"])) == (False, 64)


@pytest.mark.parametrize(
    "format_", ["jsonl", "csv", "parquet", "tei", "webannotation", "labelstudio", "html"]
)
def test_extract_writes_every_format(run, article, tmp_path, format_):
    """Each format is written to the file that -o names."""
    out = tmp_path / "out.any"
    result = run("extract", article, "--format", format_, "-o", out)
    assert (result.exit_code, out.stat().st_size > 100) == (0, True)


def test_extract_writes_brat_into_a_folder(run, article, tmp_path):
    """Brat's two files a document go into the folder that -o names."""
    run("extract", article, "--format", "brat", "-o", tmp_path / "brat")
    assert {".ann", ".txt"} <= {path.suffix for path in (tmp_path / "brat").iterdir()}


def test_unknown_format_is_wrong_usage(run, article):
    """An unknown format ends with code 2 and the list of known ones."""
    result = run("extract", article, "--format", "docx")
    assert (result.exit_code, "jsonl" in result.stderr) == (2, True)


def test_unknown_model_is_wrong_usage(run, article):
    """An unknown model ends with code 2, its name, and the models there are."""
    result = run("extract", article, "--model", "klingon")
    assert result.exit_code == 2
    assert "klingon" in result.stderr
    assert "available: en" in result.stderr
    assert "Traceback" not in result.output


def test_show_names_speakers(run, article):
    """Show prints the article with its speakers."""
    result = run("show", article, "--no-color")
    assert (result.exit_code, "Ana Ruiz" in result.stdout) == (0, True)


def test_show_lists_quotations(run, article):
    """Show --list prints one line a quotation with its speaker."""
    lines = run("show", article, "--list").stdout.splitlines()
    assert [line.split(" — ")[0] for line in lines if " — " in line] == ["Ana Ruiz", "Ana Ruiz"]


def test_show_writes_html(run, article, tmp_path):
    """Show writes a stand-alone page."""
    run("show", article, "--html", "-o", tmp_path / "page.html")
    assert "<!DOCTYPE html>" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_models_list_and_info(run):
    """The shipped model is listed, described and intact."""
    assert "en" in run("models", "list").stdout
    assert "UD" in run("models", "info", "en").stdout
    assert "intact" in run("models", "download", "en").stdout


@pytest.mark.parametrize("command", ["extract", "show", "models", "eval", "train"])
def test_help_shows_an_example(run, command):
    """Every command's help shows an example."""
    result = run(command, "--help")
    assert (result.exit_code, "Example" in result.output) == (0, True)


def test_interrupt_leaves_no_half_written_output(tmp_path):
    """Ctrl-C while extracting leaves no output file behind."""
    (tmp_path / "in").mkdir()
    for number in range(300):
        (tmp_path / "in" / f"{number}.txt").write_text(ARTICLE * 20, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "quotecraft", "extract", "in", "-", "-o", "out.jsonl"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,  # stays open, so that the run can't end before it is stopped
        stderr=subprocess.PIPE,
    )
    end = time.monotonic() + 60
    while not any(p.stat().st_size for p in tmp_path.glob(".quotecraft-*.part")):
        assert (process.poll(), time.monotonic() < end) == (None, True)
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert ((tmp_path / "out.jsonl").exists(), process.returncode != 0) == (False, True)
    assert [p.name for p in tmp_path.iterdir() if "out" in p.name] == []


@pytest.mark.parametrize(
    ("command", "name"), [("show", "x.txt"), ("show", "x.html"), ("extract", "x.html"),
                          ("report", "x.html"), ("speakers", "x.csv")],
)  # fmt: skip
def test_finished_pages_go_into_new_folders_or_are_refused_in_one_line(
    run, article, tmp_path, command, name
):
    """As for every format: folders on the way are made; a folder in its place is named."""
    target = tmp_path / "new" / name
    assert run(command, article, "-o", target).exit_code == 0
    assert target.stat().st_size
    (tmp_path / "taken" / name).mkdir(parents=True)
    result = run(command, article, "-o", tmp_path / "taken" / name)
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert isinstance(result.exception, SystemExit)


def test_a_mistyped_command_is_told_the_near_one(run):
    """As click does for options; exit code 2, as for all wrong usage."""
    result = run("extrac", "a.txt")
    assert (result.exit_code, "Did you mean 'extract'?" in result.stderr) == (2, True)
    result = run("nothing-like-it")
    assert (result.exit_code, "No such command" in result.stderr) == (2, True)
