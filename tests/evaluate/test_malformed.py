"""Malformed gold and predictions: every fault is named with file, line and reason."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from quotecraft.errors import FormatError, InputError, QuotecraftError
from quotecraft.evaluate import agreement, read_gold, read_predictions, score, split_spans
from quotecraft.evaluate.places import Place, locate
from quotecraft.formats.brat import write as write_brat
from quotecraft.formats.jsonl import to_record
from quotecraft.model import Document
from tests.evaluate.build import document, quote

TEXT = "“We are ready,” Ana Ruiz said. Lee Orme warned that the bridge was closed."


def labelled(name: str, text: str = TEXT) -> Document:
    """Return a document with two attributions."""
    return document(
        text,
        quote(text, "a", "“We are ready,”", cue="said", source="Ana Ruiz", speaker="Ana Ruiz"),
        quote(text, "b", "that the bridge was closed", cue="warned", source="Lee Orme"),
        id=name,
    )


def lines(path: Path, *records: dict[str, Any]) -> Path:
    """Write records, with an empty line after the first."""
    written = [json.dumps(record) for record in records]
    path.write_text("\n".join([*written[:1], "", *written[1:], ""]), encoding="utf-8")
    return path


def record(name: str, *, text: bool = True) -> dict[str, Any]:
    """Return the interchange record of a document."""
    return to_record(labelled(name), text=text)


def overlapping(damaged: dict[str, Any]) -> None:
    """Let the pieces of a content overlap."""
    damaged["quotes"][0]["content"] = [[0, 9], [5, 15]]


def outside(damaged: dict[str, Any]) -> None:
    """Let a cue lie past the end of the text."""
    damaged["quotes"][1]["cue"] = [[900, 905]]


def crossing(damaged: dict[str, Any]) -> None:
    """Let a cue lie inside its content."""
    damaged["quotes"][0]["cue"] = [[1, 3]]


def doubled_quote(damaged: dict[str, Any]) -> None:
    """Give two quotes one id."""
    damaged["quotes"][1]["id"] = "a"


def doubled_speaker(damaged: dict[str, Any]) -> None:
    """List a speaker twice."""
    damaged["speakers"] *= 2


def nobody(damaged: dict[str, Any]) -> None:
    """Name a speaker who is not listed."""
    damaged["quotes"][0]["speaker"] = "s9"


def wrong_hash(damaged: dict[str, Any]) -> None:
    """Let the hash be that of another text."""
    damaged["sha256"] = "0" * 64


def doubled_document(damaged: dict[str, Any]) -> None:
    """Give the document the id of the first one."""
    damaged["id"] = "one"


FAULTS = [
    (overlapping, "content spans overlap or are out of order: [0, 9) then [5, 15)"),
    (outside, "quote 'b': span [900, 905) lies outside the text of 74 code points"),
    (crossing, "quote 'a': content, cue and source overlap at [1, 3)"),
    (doubled_quote, "two quotes have id 'a'"),
    (doubled_speaker, "two speakers have id 'Ana Ruiz'"),
    (nobody, "quote 'a': speaker 's9' does not exist"),
    (wrong_hash, "is not the one that was annotated (its SHA-256 differs)"),
    (doubled_document, "second document with the id 'one', the first is in line 1"),
]


@pytest.mark.parametrize(("damage", "reason"), FAULTS)
def test_a_damaged_prediction_is_named(
    tmp_path: Path, damage: Callable[[dict[str, Any]], None], reason: str
) -> None:
    """File, line and reason stand in the error; empty lines count."""
    damaged = record("two")
    damage(damaged)
    path = lines(tmp_path / "mine.jsonl", record("one"), damaged)
    gold = [labelled("one"), labelled("two")]
    with pytest.raises(FormatError) as caught:
        score(gold, read_predictions(path))
    assert (caught.value.source, caught.value.line) == (str(path), 3)
    assert reason in caught.value.reason


@pytest.mark.parametrize(("damage", "reason"), FAULTS)
def test_damaged_gold_is_named(
    tmp_path: Path, damage: Callable[[dict[str, Any]], None], reason: str
) -> None:
    """The same holds of gold."""
    damaged = record("two")
    damage(damaged)
    path = lines(tmp_path / "gold.jsonl", record("one"), damaged)
    with pytest.raises(FormatError) as caught:
        score(read_gold(path, "jsonl"), [labelled("one"), labelled("two")])
    assert (caught.value.source, caught.value.line) == (str(path), 3)
    assert reason in caught.value.reason


def test_a_prediction_on_another_text_is_named(tmp_path: Path) -> None:
    """Two texts can't be compared by offsets; the first difference is told."""
    other = to_record(labelled("two", TEXT + "!"))
    path = lines(tmp_path / "mine.jsonl", record("one"), other)
    with pytest.raises(FormatError, match=r"mine\.jsonl:3: .*'two'.*differ from code point 74 on"):
        score([labelled("one"), labelled("two")], read_predictions(path))


def test_a_prediction_without_text_needs_that_of_the_gold(tmp_path: Path) -> None:
    """With it the hash is checked; without it the line is named."""
    path = lines(tmp_path / "mine.jsonl", record("one", text=False), record("two", text=False))
    gold = [labelled("one"), labelled("two")]
    texts = {document.id: document.text for document in gold}
    report = score(gold, read_predictions(path, texts=texts))
    assert report["relation"].values["f1"] == 1
    with pytest.raises(FormatError, match=r"mine\.jsonl:3: .* is not the one that was annotated"):
        score(gold, read_predictions(path, texts={**texts, "two": TEXT.upper()}))
    with pytest.raises(FormatError, match=r"mine\.jsonl:1: document 'one' comes without its text"):
        score(gold, read_predictions(path))


def test_an_unknown_document_is_named(tmp_path: Path) -> None:
    """Predictions that have no gold are told one by one, and don't count."""
    path = lines(tmp_path / "mine.jsonl", record("one"), record("oen"), record("two"))
    told: list[QuotecraftError] = []
    report = score([labelled("one")], read_predictions(path), on_unknown=told.append)
    assert [str(error) for error in told] == [
        f"{path}:3: predicted document 'oen' has no gold",
        f"{path}:4: predicted document 'two' has no gold",
    ]
    assert report.unscored == ("oen", "two")
    told.clear()
    score([labelled("one")], [labelled("one"), labelled("two")], on_unknown=told.append)
    assert [str(error) for error in told] == ["predicted document 'two' has no gold"]


def test_a_document_that_the_other_labeller_lacks_is_named(tmp_path: Path) -> None:
    """Agreement needs both; file and line say where the lonely one is."""
    path = lines(tmp_path / "ben.jsonl", record("one"), record("two"))
    with pytest.raises(FormatError, match=r"ben\.jsonl:3: .*'two' was labelled by second alone"):
        agreement([labelled("one")], read_gold(path, "jsonl"))


def test_gold_without_a_prediction_is_named(tmp_path: Path) -> None:
    """The gold file's line is told, if it has one."""
    path = lines(tmp_path / "gold.jsonl", record("one"), record("two"))
    with pytest.raises(FormatError, match=r"gold\.jsonl:3: no prediction for .* 'two'"):
        score(read_gold(path, "jsonl"), [labelled("one")])
    with pytest.raises(InputError, match="no prediction for gold document 'two'"):
        score([labelled("one"), labelled("two")], [labelled("one")])


def test_places_outlive_the_splitting_of_spans(tmp_path: Path) -> None:
    """Per span, a fault has the same place."""
    other = to_record(labelled("two", TEXT + "!"))
    path = lines(tmp_path / "mine.jsonl", record("one"), other)
    gold = split_spans([labelled("one"), labelled("two")])
    with pytest.raises(FormatError, match=r"mine\.jsonl:3: "):
        score(gold, split_spans(read_predictions(path)))


def test_other_formats_and_streams_have_places_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder has no lines; standard input has a name."""
    write_brat([labelled("one")], tmp_path / "brat")
    gold = read_gold(tmp_path / "brat", "brat")
    assert [d.id for d in gold] == ["one"]
    assert locate(gold, "one") == Place(str(tmp_path / "brat"))
    with pytest.raises(FormatError, match=r"brat: no prediction for gold document 'one'"):
        score(read_predictions(tmp_path / "brat"), [])
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(record("one")).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    stream = read_predictions("-")
    assert [d.id for d in stream] == ["one"]
    assert str(locate(stream, "one")) == "<stdin>:1"
    assert locate(stream, "two") is None
    assert locate([evolve(labelled("one"))], "one") is None
