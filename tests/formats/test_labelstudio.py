"""Label Studio tasks."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft import formats
from quotecraft.errors import FormatError
from quotecraft.formats import labelstudio
from quotecraft.model import Document, Quote, Span, Speaker
from tests.formats.examples import TEXT, document
from tests.strategies import documents

Region = dict[str, Any]


def written(*given_documents: Document) -> bytes:
    """Return the tasks of some documents."""
    stream = io.BytesIO()
    labelstudio.write(given_documents, stream)
    return stream.getvalue()


def read(data: object) -> list[Document]:
    """Return the documents of tasks in bytes, or of a JSON value."""
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    return list(labelstudio.read(io.BytesIO(data)))


def annotated(change: Callable[[list[Region]], None], *, task: Any = None) -> dict[str, Any]:
    """Return the example's task as Label Studio exports it, corrected by hand."""
    task = task or json.loads(written(document()))[0]
    result = json.loads(json.dumps(task["predictions"][0]["result"]))
    change(result)
    saved = {"id": 7, "updated_at": "2024-03-06T10:00:00Z", "was_cancelled": False}
    return {**task, "id": 1, "annotations": [{**saved, "result": result}]}


def told(result: list[Region], region: str, name: str) -> Region:
    """Return the value of what one control says of a region."""
    found = (r for r in result if r.get("id") == region and r["from_name"] == name)
    value: Region = next(found)["value"]
    return value


@given(st.lists(documents(), max_size=2))
def test_round_trip_is_exact(given_documents: list[Document]) -> None:
    """Any documents are equal after writing and reading, odd text and names included."""
    assert given_documents == read(written(*given_documents))


def test_saved_annotations_read_like_predictions() -> None:
    """A task that an annotator saved without a change is the same document."""
    assert read([annotated(lambda result: None)]) == [document()]


@pytest.fixture(scope="module")
def interface() -> Any:
    """Return Label Studio's own reading of our labelling interface."""
    sdk = pytest.importorskip("label_studio_sdk.label_interface", reason="no label-studio-sdk")
    made = sdk.LabelInterface(labelstudio.labelling_config())
    made.validate()
    return made


def test_label_studio_takes_our_tasks(interface: Any) -> None:
    """Label Studio's SDK finds interface, task data and predictions valid."""
    for task in json.loads(written(document(), document(id="b", quotes=[]))):
        assert interface.validate_task({"data": task["data"]})
        assert interface.validate_prediction(task["predictions"][0], return_errors=True) == []
        assert interface.validate_annotation(task["predictions"][0])


def test_label_studio_refuses_what_is_wrong(interface: Any) -> None:
    """A label that our interface has not is refused, so that passing means something."""
    task = json.loads(written(document()))[0]
    told(task["predictions"][0]["result"], "q1", "label")["labels"] = ["Quotation"]
    assert interface.validate_prediction(task["predictions"][0], return_errors=True)


def test_label_studio_converts_our_tasks(tmp_path: Path) -> None:
    """Label Studio's converter exports our contents, cues and sources with our offsets."""
    converter = pytest.importorskip("label_studio_sdk.converter", reason="no label-studio-sdk")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "tasks.json").write_text(json.dumps([annotated(lambda result: None)]))
    made = converter.Converter(labelstudio.labelling_config(), str(tmp_path))
    made.convert_to_json_min(str(tmp_path / "in"), str(tmp_path / "out"))
    (row,) = json.loads((tmp_path / "out" / "result.json").read_text())
    found = {(r["labels"][0], r["start"], r["end"]) for r in row["label"]}
    assert found == {
        (label, span.start, span.end)
        for quote in document().quotes
        for label, spans in (
            ("Content", quote.content),
            ("Cue", quote.cue),
            ("Source", quote.source),
        )
        for span in spans
    }


def test_corrections_count() -> None:
    """A moved span, another speaker, kind and stance are read from the annotation."""

    def change(result: list[Region]) -> None:
        value = told(result, "q1", "label")
        value.update(start=value["start"] + 4, text="clinics would reopen")
        told(result, "q1", "speaker")["text"] = ["The union"]
        told(result, "q1", "kind")["choices"] = ["mixed"]
        told(result, "q1", "stance")["choices"] = ["promising"]

    quote = read([annotated(change)])[0].quotes[0]
    assert (quote.text, quote.speaker_name) == ("clinics would reopen", "The union")
    assert (quote.kind, quote.stance) == ("mixed", "promising")
    assert quote.cue_lemma == "say"


def test_a_typed_name_finds_its_speaker_or_makes_one() -> None:
    """An alias in any case names the speaker it belongs to; a name nobody had makes a speaker."""

    def change(result: list[Region]) -> None:
        told(result, "q3", "speaker")["text"] = ["  ruiz "]
        told(result, "q4", "speaker")["text"] = "Ben Okoro"

    found = read([annotated(change)])[0]
    assert [q.speaker_name for q in found.quotes] == ["Ana Ruiz"] * 3 + ["Ben Okoro"]
    assert len({speaker.id for speaker in found.speakers}) == 4


def test_two_speakers_of_one_name_stay_two() -> None:
    """Speakers who share a name are shown with their ids, and read back as themselves."""
    text = "“Yes.” “No.”"
    twins = Document(
        "d",
        text,
        quotes=[
            Quote("q1", "direct", [Span(0, 6)], speaker="a"),
            Quote("q2", "direct", [Span(7, 12)], speaker="b"),
        ],
        speakers=[Speaker("a", "Kim"), Speaker("b", "Kim")],
    )
    assert read(written(twins)) == [twins]


def test_new_and_deleted_quotations() -> None:
    """A region drawn by hand is a quotation; a deleted one is gone, with what hung on it."""

    def change(result: list[Region]) -> None:
        gone = ("q3", "q3.cue1", "q3.source1")
        result[:] = [r for r in result if r.get("id") not in gone and r.get("from_id") != "q3"]
        result.append(
            {
                "id": "Xy_1",
                "from_name": "label",
                "to_name": "text",
                "type": "labels",
                "value": {"start": 0, "end": 8, "text": "Ana Ruiz", "labels": ["Content"]},
            }
        )
        inside = next(r for r in result if r.get("labels") == ["inside"])
        inside["to_id"] = "Xy_1"

    found = read([annotated(change)])[0]
    assert sorted(quote.id for quote in found.quotes) == ["q1", "q2", "q4", "q5"]
    new = next(quote for quote in found.quotes if quote.text == "Ana Ruiz")
    assert (new.kind, new.confidence.content) == ("indirect", 1.0)
    assert {q.id: q.parent for q in found.quotes if q.parent} == {"q4": new.id}


def test_the_last_saved_annotation_counts() -> None:
    """Of several annotations the one saved last is read; cancelled ones are passed over."""
    task = annotated(lambda result: None)
    late = {"updated_at": "2024-03-07T09:00:00Z", "result": []}
    assert read([{**task, "annotations": [late, *task["annotations"]]}])[0].quotes == ()
    late["was_cancelled"] = True
    assert read([{**task, "annotations": [late, *task["annotations"]]}]) == [document()]


def test_offsets_of_older_versions_are_understood() -> None:
    """Offsets in UTF-16 units, or with line breaks of one kind, lead to the same words."""
    text = "😀 He said:\r\n\r\n“Yes.\r\nNo.” and “Yes.”"
    task = {"id": 3, "data": {"text": text}}

    def content(start: int, end: int, words: str) -> Document:
        value = {"start": start, "end": end, "text": words, "labels": ["Content"]}
        return read([{**task, "annotations": [{"result": [{"id": "a", "value": value}]}]}])[0]

    exact = text.index("“Yes.\r")
    whole = Span(exact, text.index(" and"))
    assert content(whole.start, whole.end, "“Yes.\r\nNo.”").quotes[0].content == (whole,)
    assert content(whole.start + 1, whole.end + 1, "“Yes.\\nNo.”").quotes[0].content == (whole,)
    assert content(whole.start - 2, whole.end - 3, "“Yes.\nNo.”").quotes[0].content == (whole,)
    assert content(1, 5, "“Yes.\nNo.”").quotes[0].content == (whole,)
    assert content(1, 5, "“Yes.\nNo.”").id == "task-3"


def _drop(result: list[Region], relation: str) -> None:
    result[:] = [r for r in result if r.get("to_id") != relation]


DAMAGE: list[tuple[Callable[[list[Region]], object], str]] = [
    (lambda r: told(r, "q1", "label").update(start=3, text="absent words"), "nowhere in the text"),
    (lambda r: told(r, "q1", "label").update(start=0, end=1, text="Ruiz"), "more than once"),
    (lambda r: told(r, "q1", "label").update(start="3"), "region with start and end"),
    (lambda r: _drop(r, "q1.cue1"), "the Cue at 31-35 belongs to no quotation: draw a relation"),
    (lambda r: r[-1].update(from_id="q1.cue1"), "must start at the first region of a content"),
    (
        lambda r: r.append({"type": "relation", "from_id": "q1", "to_id": "q2", "labels": []}),
        "label it continues",
    ),
    (lambda r: told(r, "q1", "kind").update(choices=["spoken"]), "expected one of direct"),
]


@pytest.mark.parametrize(("damage", "message"), DAMAGE)
def test_what_does_not_fit_is_refused(
    damage: Callable[[list[Region]], object], message: str
) -> None:
    """A region that leads nowhere, or a relation that means nothing, is an error with its place."""
    with pytest.raises(FormatError) as caught:
        read([annotated(damage)])  # type: ignore[arg-type]
    assert message in str(caught.value)
    assert "$" in str(caught.value)


@pytest.mark.parametrize("data", [b"{}", b"[1]", b"[", b'[{"data":{"text":3}}]'])
def test_what_is_no_task_is_refused(data: bytes) -> None:
    """JSON that holds no tasks, or no JSON, is a format error."""
    with pytest.raises(FormatError):
        read(data)


def test_another_text_is_refused() -> None:
    """A task of which the text was changed is refused, as every offset would lie."""
    task = annotated(lambda result: None)
    task["data"]["text"] = TEXT.replace("reopen", "close")
    with pytest.raises(FormatError, match="another than the one annotated"):
        read([task])


def test_the_interface_is_printed() -> None:
    """The module run by itself prints the labelling interface."""
    command = [sys.executable, "-m", "quotecraft.formats.labelstudio"]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert labelstudio.labelling_config() == shown


def test_task_files_are_known_by_their_name(tmp_path: Path) -> None:
    """Commands take a file or a folder of tasks for documents, by the whole ending."""
    path = tmp_path / "a.labelstudio.json"
    formats.write([document()], path)
    (tmp_path / "b.json").write_text("[]")
    assert list(formats.document_files([str(path)])) == [(str(path), "labelstudio")]
    assert list(formats.document_files([str(tmp_path)])) == [(path.as_posix(), "labelstudio")]
    assert list(formats.read(path)) == [document()]
