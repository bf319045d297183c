"""``quotecraft eval``."""

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, field, frozen
from click.testing import CliRunner, Result

from quotecraft.cli import main
from quotecraft.formats import write
from quotecraft.model import Document
from tests.evaluate.build import document, quote
from tests.evaluate.test_gold import FixedDetector
from tests.formats.test_pdnc import ANSWER, ASK, novel
from tests.formats.test_polnear import READY, split

TEXT = "“We are ready,” Ana Ruiz said. Lee Orme warned that it rained."


def reading(name: str, *keep: int) -> Document:
    """Return a document with the quotes of these numbers."""
    quotes = [
        quote(TEXT, "a", "“We are ready,”", cue="said", source="Ana Ruiz", speaker="Ana Ruiz"),
        quote(TEXT, "b", "that it rained", cue="warned", source="Lee Orme", speaker="Lee Orme"),
    ]
    return document(TEXT, *(quotes[n] for n in keep), id=name, model="test-1")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Write gold, good and bad predictions."""
    paths = {name: str(tmp_path / f"{name}.jsonl") for name in ("gold", "good", "bad", "more")}
    write([reading("d1", 0, 1), reading("d2", 0, 1)], paths["gold"])
    write([reading("d2", 0, 1), reading("d1", 0, 1)], paths["good"])
    write([reading("d1", 0), reading("d2", 1)], paths["bad"], text=False)
    write([reading(f"d{n}", 0, 1) for n in range(1, 7)], paths["more"])
    return paths


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["eval", *arguments])


def gold_options(files: dict[str, str]) -> list[str]:
    """Return the options that name the gold."""
    return ["--gold", files["gold"], "--gold-format", "jsonl"]


def test_the_table_ends_with_the_signature(files: dict[str, str]) -> None:
    """Scores in percent, then what they are of."""
    result = run(*gold_options(files), "--pred", files["bad"])
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[2].split() == ["relation", "100.0", "50.0", "66.7", "4", "gold,", "2", "predicted"]
    assert lines[-1].startswith("rule:alphanumeric-jaccard-0.5|pairing:optimal|corpus:jsonl/")


def test_json_has_intervals_and_the_comparison(files: dict[str, str]) -> None:
    """One record on standard output, with everything the tables show."""
    result = run(
        *gold_options(files), "--pred", files["good"], "--compare", files["bad"],
        "--bootstrap", "50", "--json",
    )  # fmt: skip
    record = json.loads(result.stdout)
    assert record["scores"]["relation"]["f1"] == 1
    assert record["scores"]["relation"]["intervals"]["f1"] == [1, 1]
    assert record["comparison"]["differences"]["relation"]["baseline"] == pytest.approx(2 / 3)
    assert "bootstrap:50|seed:12345" in record["signature"]


def test_a_comparison_is_a_second_table(files: dict[str, str]) -> None:
    """The baseline is the file after --compare."""
    result = run(*gold_options(files), "--pred", files["good"], "--compare", files["bad"])
    rows = [line.split() for line in result.stdout.splitlines()]
    assert ["relation", "f1", "66.7", "100.0", "+33.3"] in [row[:5] for row in rows]


def test_predictions_without_gold_are_named_on_stderr(files: dict[str, str]) -> None:
    """They count for nothing."""
    result = run(*gold_options(files), "--pred", files["more"])
    assert result.exit_code == 0
    assert "4 predicted documents have no gold: d3, d4, d5 …" in result.stderr


def test_a_gold_document_without_prediction_ends_the_command(files: dict[str, str]) -> None:
    """The message names the document."""
    result = run("--gold", files["more"], "--gold-format", "jsonl", "--pred", files["good"])
    assert result.exit_code != 0
    assert "no prediction for gold document 'd3'" in result.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "either --pred FILE or --model NAME"),
        (["--pred", "x.jsonl", "--model", "en"], "either --pred FILE or --model NAME"),
        (["--pred", "x.jsonl", "--given"], "--given needs --model"),
    ],
)
def test_wrong_usage_is_exit_code_2(
    files: dict[str, str], options: list[str], message: str
) -> None:
    """The message says what is wanted."""
    result = run(*gold_options(files), *options)
    assert (result.exit_code, message in result.stderr) == (2, True)


@frozen
class FixedPipeline:
    """A pipeline that reads only ``TEXT``, and tells what detector it was given."""

    detector: object = FixedDetector(())
    resolver: object = None
    name: str = "fixed-1"
    seen: list[Any] = field(factory=list)

    def __call__(self, text: str, *, id: str) -> Document:
        """Return the first quote, by the name of the detector."""
        self.seen.append(self.detector)
        return evolve(reading(id, 0), model=self.name)


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> FixedPipeline:
    """Put a fixed pipeline in the place of the model."""
    fixed = FixedPipeline()
    monkeypatch.setattr("quotecraft.pipeline.load", lambda _, **options: fixed)
    return fixed


def test_a_model_predicts_each_gold_text(files: dict[str, str], pipe: FixedPipeline) -> None:
    """The model's name stands in the signature."""
    result = run(*gold_options(files), "--model", "en")
    assert result.stdout.splitlines()[2].split()[:4] == ["relation", "100.0", "50.0", "66.7"]
    assert "|model:fixed-1|" in result.stdout
    assert len(pipe.seen) == 2


def test_given_quotations_come_from_gold(files: dict[str, str], pipe: FixedPipeline) -> None:
    """The detector in use is one that finds the gold contents."""
    result = run(*gold_options(files), "--model", "en", "--given")
    assert "|model:fixed-1+given|" in result.stdout
    assert [d.name for d in pipe.seen] == ["fixed-1+gold-contents"] * 2


@pytest.mark.parametrize(
    ("form", "options", "nested"),
    [
        ("jsonl", [], True),
        ("jsonl", ["--flat"], False),
        ("polnear", [], False),
        ("polnear", ["--nested"], True),
    ],
)
def test_nested_quotations_are_asked_for_where_gold_has_them(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    files: dict[str, str],
    form: str,
    options: list[str],
    nested: bool,
) -> None:
    """The model looks inside quotations by the format of the gold, or as told."""
    asked: list[bool] = []

    def load(_: str, *, nested: bool, coreference: str | None) -> FixedPipeline:
        assert coreference is None
        asked.append(nested)
        return FixedPipeline()

    monkeypatch.setattr("quotecraft.pipeline.load", load)
    gold = Path(files["gold"]) if form == "jsonl" else tmp_path / "dev"
    if form == "polnear":
        gold.mkdir()
        split(gold, *READY)
    run("--gold", str(gold), "--gold-format", form, "--model", "en", *options)
    assert asked == [nested]


def test_faults_of_the_gold_are_counted_and_named_on_request(tmp_path: Path) -> None:
    """Standard error says how many were mended, and which with --repairs."""
    dev = tmp_path / "dev"
    dev.mkdir()
    split(dev, *READY, "T9\tCue 16 19\tAna")
    write([document((dev / "text" / "news_2020_x.txt").read_bytes().decode(), id="news_2020_x")],
          tmp_path / "none.jsonl")  # fmt: skip
    options = ["--gold", str(tmp_path), "--split", "dev", "--gold-format", "polnear",
               "--pred", str(tmp_path / "none.jsonl")]  # fmt: skip
    assert "faults of the gold mended: 1 (--repairs names them)" in run(*options).stderr
    assert "_ab12.ann:6: Cue T9 belongs to no attribution" in run(*options, "--repairs").stderr


def test_spans_can_be_scored_one_by_one(tmp_path: Path) -> None:
    """--unit span scores each piece, and the signature says so."""
    root = novel(tmp_path, ASK, ANSWER)
    text = (root / "data" / "AnyNovel" / "novel_text.txt").read_bytes().decode()
    found = document(text, quote(text, "q", "Quite,", speaker="Ann Orme"), id="AnyNovel")
    write([found], tmp_path / "pred.jsonl")
    options = ["--gold", str(root), "--gold-format", "pdnc", "--pred", str(tmp_path / "pred.jsonl"),
               "--json"]  # fmt: skip
    quotes, pieces = (json.loads(run(*options, "--unit", u).stdout) for u in ("quote", "span"))
    assert quotes["scores"]["speaker.end_to_end"] == {"accuracy": 0, "judged": 2}
    assert pieces["scores"]["speaker.end_to_end"] == {"accuracy": 1 / 3, "judged": 3}
    assert "|corpus:pdnc/train/spans|" in pieces["signature"]


@pytest.mark.parametrize(
    ("form", "row"),
    [
        ("markdown", "| relation | 100.0 | 50.0 | 66.7 | 4 gold, 2 predicted |"),
        ("latex", r"relation & 100.0 & 50.0 & 66.7 & 4 gold, 2 predicted \\"),
    ],
)
def test_tables_for_papers(files: dict[str, str], form: str, row: str) -> None:
    """Markdown and LaTeX hold the same figures, and the signature too."""
    result = run(*gold_options(files), "--pred", files["bad"], "--format", form)
    assert row in result.stdout.splitlines()
    assert "rule:alphanumeric-jaccard-0.5|" in result.stdout


def test_json_has_two_spellings(files: dict[str, str]) -> None:
    """--json is --format json."""
    options = (*gold_options(files), "--pred", files["bad"])
    assert run(*options, "--json").stdout == run(*options, "--format", "json").stdout


@pytest.fixture
def genres(tmp_path: Path) -> list[str]:
    """Write gold of two genres, and predictions; return the options that name them."""
    gold = [evolve(reading(f"d{n}", 0, 1), metadata={"genre": g}) for n, g in enumerate("nnf")]
    found = [reading("d0", 0, 1), reading("d1", 0), reading("d2")]
    write(gold, tmp_path / "g.jsonl")
    write(found, tmp_path / "p.jsonl")
    return ["--gold", str(tmp_path / "g.jsonl"), "--gold-format", "jsonl",
            "--pred", str(tmp_path / "p.jsonl")]  # fmt: skip


def test_scores_by_genre(genres: list[str]) -> None:
    """One row a value and one of all, in the table and in JSON."""
    lines = run(*genres, "--by", "genre").stdout.splitlines()
    rows = [line.split() for line in lines[lines.index("by genre") :]]
    assert [row[:3] for row in rows[3:6]] == [
        ["f", "1", "0.0"],
        ["n", "2", "85.7"],
        ["all", "3", "66.7"],
    ]
    record = json.loads(run(*genres, "--by", "genre", "--json").stdout)["by"]
    assert record["values"]["n"]["documents"] == 2
    assert record["values"]["f"]["scores"]["relation"] == {
        "precision": 0, "recall": 0, "f1": 0, "gold": 2, "predicted": 0,
    }  # fmt: skip


def test_confusion_and_calibration_are_printed_on_request(genres: list[str]) -> None:
    """Both in the table and in JSON; not otherwise."""
    options = (*genres, "--confusion", "--calibration")
    text = run(*options).stdout
    assert "kinds taken for one another\n" in text
    assert "content.calibration\nconfidence " in text
    record = json.loads(run(*options, "--json").stdout)
    assert record["confusion"]["all"]["indirect"] == {"indirect": 1, "missed": 2}
    assert len(record["calibration"]["content.calibration"]) == 15
    assert {"by", "confusion", "calibration"}.isdisjoint(json.loads(run(*genres, "--json").stdout))


def test_errors_are_written_as_a_page(genres: list[str], tmp_path: Path) -> None:
    """The page shows the genres without being asked, and standard error names it."""
    result = run(*genres, "--errors", str(tmp_path / "wrong"))
    assert f"3 mistakes in {tmp_path / 'wrong' / 'index.html'}" in result.stderr
    assert ">By genre</h2>" in (tmp_path / "wrong" / "index.html").read_text(encoding="utf-8")


def test_predictions_in_brat_are_scored(files: dict[str, str], tmp_path: Path) -> None:
    """A folder of standoff files does as well as JSON Lines."""
    write([reading("d1", 0, 1), reading("d2", 0)], tmp_path / "brat", "brat")
    result = run(*gold_options(files), "--pred", str(tmp_path / "brat"))
    assert result.stdout.splitlines()[2].split()[:4] == ["relation", "100.0", "75.0", "85.7"]


def test_a_gate_holds_or_ends_with_1(files: dict[str, str], tmp_path: Path) -> None:
    """Figures at their floors pass; below them the command names them and fails."""
    floors = str(tmp_path / "floors.toml")
    assert run(*gold_options(files), "--pred", files["good"], "--set-floors", floors).exit_code == 0
    held = run(*gold_options(files), "--pred", files["good"], "--gate", floors)
    assert (held.exit_code, "holds" in held.stdout, held.stderr) == (0, True, "")
    sunk = run(*gold_options(files), "--pred", files["bad"], "--gate", floors, "--json")
    assert sunk.exit_code == 1
    assert "below their floors: relation, content.partial" in sunk.stderr
    assert json.loads(sunk.stdout)["gate"]["sunk"][:2] == ["relation", "content.partial"]


def test_a_gate_refuses_another_corpus(files: dict[str, str], tmp_path: Path) -> None:
    """The same name with other labels is not the same corpus."""
    floors = str(tmp_path / "floors.toml")
    run(*gold_options(files), "--pred", files["good"], "--set-floors", floors)
    write([reading("d1", 0)], files["gold"])
    result = run(*gold_options(files), "--pred", files["good"], "--gate", floors)
    assert result.exit_code == 1
    assert "is not the one that its floors are for" in result.stderr


def test_a_floor_is_lowered_with_a_reason_alone(files: dict[str, str], tmp_path: Path) -> None:
    """Without --reason the file stays as it was; with one it keeps it."""
    floors = tmp_path / "floors.toml"
    options = (*gold_options(files), "--set-floors", str(floors))
    run(*options, "--pred", files["good"])
    before = floors.read_text(encoding="utf-8")
    refused = run(*options, "--pred", files["bad"])
    assert (refused.exit_code, floors.read_text(encoding="utf-8")) == (1, before)
    assert "--reason says why they may" in refused.stderr
    assert run(*options, "--pred", files["bad"], "--reason", "smaller model").exit_code == 0
    assert 'reason = "smaller model"' in floors.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--reason", "x"], "--reason needs --set-floors"),
        (["--gate", "a", "--set-floors", "b"], "either --gate or --set-floors"),
    ],
)
def test_floor_options_that_do_not_go_together(
    files: dict[str, str], options: list[str], message: str
) -> None:
    """Wrong usage ends with exit code 2."""
    result = run(*gold_options(files), "--pred", files["good"], *options)
    assert (result.exit_code, message in result.stderr) == (2, True)


def test_metrics_of_papers_stand_in_the_signature(files: dict[str, str]) -> None:
    """--metrics prints those alone, and the corpus of its floors has its name."""
    result = run(*gold_options(files), "--pred", files["bad"], "--metrics", "pareti")
    lines = result.stdout.splitlines()
    assert all(line.startswith("pareti.") for line in lines[2:-2])
    assert "|metrics:pareti|corpus:jsonl/gold.jsonl/pareti|" in lines[-1]


def test_metrics_that_the_gold_cannot_give_are_refused(tmp_path: Path) -> None:
    """The message says what is missing."""
    result = run("--gold", str(tmp_path), "--gold-format", "litbank", "--pred", "x.jsonl",
                 "--metrics", "pareti")  # fmt: skip
    assert (result.exit_code, "metrics 'pareti' need" in result.stderr) == (1, True)


def test_two_labellings_agree_or_not(files: dict[str, str], tmp_path: Path) -> None:
    """The table is of agreement, and the page shows where they differ."""
    other = tmp_path / "other.jsonl"
    write([reading("d1", 0, 1), reading("d2", 1)], other)
    page = str(tmp_path / "differ.html")
    result = run(*gold_options(files), "--agreement", str(other), "--errors", page)
    assert result.exit_code == 0, result.stderr
    row = next(line for line in result.stdout.splitlines() if "content.partial" in line)
    assert row.split()[:4] == ["agreement.content.partial", "100.0", "75.0", "85.7"]
    assert "model:agreement-of-gold.jsonl-and-other.jsonl" in result.stdout
    assert "1 mistake in" in result.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--model", "en"], "either --pred FILE or --model NAME, or --agreement OTHER"),
        (["--compare", "x.jsonl"], "--compare needs predictions"),
        (["--metrics", "pareti"], "--agreement has metrics of its own"),
    ],
)
def test_agreement_stands_alone(files: dict[str, str], options: list[str], message: str) -> None:
    """Wrong usage ends with exit code 2."""
    result = run(*gold_options(files), "--agreement", files["good"], *options)
    assert (result.exit_code, message in result.stderr) == (2, True)
