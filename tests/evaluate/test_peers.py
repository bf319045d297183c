"""Other tools over the same gold; the tools themselves are stood in for."""

import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.peers import PEERS, Run, compare, run_peer, table
from benchmarks.peers import environment as environments
from benchmarks.peers.__main__ import main
from benchmarks.peers.running import _collect, answers_of, document_of
from benchmarks.peers.scoring import notes
from benchmarks.peers.speed import table as table_of_speeds
from benchmarks.peers.worker import (
    TOOLS,
    by_paragraph,
    prepared,
    read,
    token_spans,
    whole,
)
from quotecraft.errors import InputError
from quotecraft.evaluate import content_metrics
from quotecraft.formats import write
from quotecraft.model import Document
from quotecraft.text.paragraphs import paragraphs
from tests.evaluate.build import document, quote

TEXT = "“We are all ready,” Ana Ruiz said. “No.”"
GOLD = document(TEXT, quote(TEXT, "a", "“We are all ready,”", cue="said", source="Ana Ruiz"))


def places_of(text: str) -> list[list[int]]:
    """Return the paragraphs of a text, as a worker gets them."""
    return [[span.start, span.end] for span in paragraphs(text)]


@pytest.mark.parametrize("calls", [whole, by_paragraph, prepared])
@given(text=st.text(alphabet="ab '`\n\r\u2028“\U0001f600"))
def test_every_character_that_a_tool_sees_has_its_place(calls: object, text: str) -> None:
    """A tool may get less than the text, but each character stands where it is said to stand."""
    for given_text, places in calls(text, places_of(text)):  # type: ignore[operator]
        assert len(places) == len(given_text) + 1
        assert places == sorted(places)
        assert places[-1] <= len(text)
        for seen, place in zip(given_text, places, strict=False):
            assert seen == text[place] or seen in '\n"'


def test_prepared_texts_have_no_blank_line_and_no_mark_of_two_characters() -> None:
    """Those are what sayswho raises on."""
    ((given_text, _),) = prepared("``A.''\n \n\nB.", [])
    assert given_text == '"A."\nB.'


def test_neighbouring_tokens_are_one_span() -> None:
    """Tokens come in any order and may come twice."""
    tokens = [SimpleNamespace(i=i, idx=idx, text=t) for i, idx, t in
              [(1, 4, "Ruiz"), (0, 0, "Ana"), (0, 0, "Ana"), (5, 20, "x")]]  # fmt: skip
    assert token_spans(tokens) == [[0, 8], [20, 21]]


def fake_quotes(text: str) -> list[object]:
    """Find the first word, and raise on texts with a question mark."""
    if "?" in text:
        raise ValueError("no closing mark")
    content = SimpleNamespace(start_char=0, end_char=len(text.split(maxsplit=1)[0]))
    return [SimpleNamespace(content=content, cue=[], speaker=[])]


def test_a_call_that_raises_is_counted_and_the_others_are_kept() -> None:
    """Paragraph by paragraph, one crash costs one paragraph."""
    text = "One is.\nWhat?\nTwo are."
    answer = read(lambda text: text, fake_quotes, by_paragraph(text, places_of(text)))
    assert [quote["content"] for quote in answer["quotes"]] == [[[0, 3]], [[14, 17]]]
    assert (answer["errors"], answer["calls"]) == (["ValueError: no closing mark"], 3)


def test_every_outside_peer_has_a_worker() -> None:
    """The names on both sides of the pipe are the same."""
    assert {peer.name for peer in PEERS.values() if not peer.inside} == set(TOOLS)


WORKER = """
import json, sys
print(json.dumps({"model": "fake 1"}), flush=True)
for line in sys.stdin:
    key = json.loads(line)["id"]
    if key == "d2":
        sys.exit(3)
    quotes = [{"content": [[0, 19]], "cue": [[28, 32]], "source": [[19, 27]]}]
    print(json.dumps({"id": key, "quotes": quotes, "errors": ["E"], "calls": 2, "seconds": 1}),
          flush=True)
"""


def test_a_tool_that_dies_loses_the_documents_it_did_not_answer() -> None:
    """They are counted as crashes and predicted empty."""
    texts = {f"d{n}": TEXT for n in range(1, 4)}
    run = _collect("fake", texts, answers_of([sys.executable, "-c", WORKER], texts))
    assert [len(d.quotes) for d in run.documents] == [1, 0, 0]
    assert run.errors == (
        "d1: E",
        "d2: the tool ended without an answer",
        "d3: the tool ended without an answer",
    )
    assert (run.calls, run.seconds, run.documents[0].model) == (4, 1, "fake 1 [fake]")


def test_speakers_are_named_by_the_source() -> None:
    """The same words are the same speaker; spans that overlap the content are left out."""
    found = [
        {"content": [[0, 19]], "source": [[20, 28]], "cue": [[29, 33]]},
        {"content": [[35, 40]], "source": [[20, 28]], "cue": [[36, 38]]},
    ]
    made = document_of("d", TEXT, reversed(found), "m")
    assert [speaker.name for speaker in made.speakers] == ["Ana Ruiz"]
    assert [quote.cue_text for quote in made.quotes] == ["said", ""]
    assert [quote.kind.value for quote in made.quotes] == ["direct", "direct"]


def test_the_baselines_take_what_stands_between_marks() -> None:
    """All of it, or what has three words."""
    found = {name: run_peer(name, {"d": TEXT}).documents[0] for name in ("marks", "marks-3")}
    assert [q.text for q in found["marks"].quotes] == ["“We are all ready,”", "“No.”"]
    assert [q.text for q in found["marks-3"].quotes] == ["“We are all ready,”"]
    assert run_peer("marks-3", {"d": "“ It ’s . ”"}).documents[0].quotes == ()


def fake_run(name: str, texts: dict[str, str], _: Path | None) -> Run:
    """Give an empty prediction for every text, and one crash."""
    empty = tuple(Document(key, text, model=name) for key, text in texts.items())
    return Run(empty, 3, ("doc: boom",), 0.5)


def test_the_table_shows_scores_and_crashes() -> None:
    """A row a tool, in the order asked for; crashes are told, not hidden."""
    results = list(compare([GOLD], ["textacy", "sayswho"], content_metrics(), run=fake_run))
    shown = table(results)
    assert shown.header[1:6] == ("direct", "mixed", "indirect", "all contents", "exact")
    assert [row[0] for row in shown.rows] == ["textacy", "sayswho"]
    assert shown.rows[0][-2:] == ("16", "1 of 3")
    assert results[0].to_dict()["crashes"] == 1
    assert any(note.startswith("not compared: BookNLP") for note in notes(results))


def test_figures_may_have_intervals() -> None:
    """With a bootstrap each figure has its own."""
    (result,) = compare([GOLD], ["marks"], content_metrics(), samples=5)
    assert table([result]).rows[0][4] == "66.7 (66.7–66.7)"


def test_the_command_prints_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also of predictions in a file, in any format of tables or as JSON."""
    gold, other = tmp_path / "gold.jsonl", tmp_path / "other.jsonl"
    write([GOLD], gold)
    write([GOLD], other)
    options = ["--gold", str(gold), "--gold-format", "jsonl", "--tools", "marks",
               "--pred", str(other), "--model", "none"]  # fmt: skip
    main([*options, "--format", "markdown"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" | ")[0] for line in lines[2:4]] == ["| marks", "| other"]
    main([*options, "--format", "json"])
    record = json.loads(capsys.readouterr().out)
    assert [result["name"] for result in record["results"]] == ["marks", "other"]


def test_an_environment_that_cannot_be_made_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says what can be run without it."""
    monkeypatch.setattr(environments.sys, "executable", str(tmp_path / "no-python"))
    with pytest.raises(InputError, match="choose tools with --tools that need none"):
        environments.environment(tmp_path)


def test_an_environment_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time nothing is run; other pins make another one."""
    commands: list[list[str]] = []

    def record(command: list[str], **_: object) -> None:
        commands.append(command)
        if "venv" in command:
            Path(command[-1]).mkdir(parents=True)

    monkeypatch.setattr(environments.subprocess, "run", record)
    first = environments.environment(tmp_path)
    assert environments.environment(tmp_path) == first
    assert len(commands) == 2
    monkeypatch.setattr(environments, "REQUIREMENTS", ("textacy==0.14",))
    assert environments.environment(tmp_path) != first


def test_speeds_are_ratios_within_a_round() -> None:
    """The ratio of a tool is taken round by round, its median and range shown."""
    seconds = {"quotecraft": [1.0, 2.0, 4.0], "spacy": [2.0, 6.0, 4.0]}
    lines = table_of_speeds(seconds, 1200)
    assert lines[2] == "| quotecraft | 600 | 1.00 | 1.00 to 1.00 |"
    assert lines[3].endswith("| 300 | 2.00 | 1.00 to 3.00 |")
