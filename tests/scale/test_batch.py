"""Batch runs: nothing lost, nothing twice, the same output however often they are stopped."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecraft import scale
from quotecraft.errors import FormatError, RunError, WeightsError
from quotecraft.scale import BatchOptions
from quotecraft.scale.folder import RunFolder
from quotecraft.scale.lock import locked
from tests.scale.runs import KilledError, contents, dying_after, echo

SMALL = BatchOptions(shard_size=4, format="jsonl")
repeated = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None
)

pytestmark = pytest.mark.usefixtures("no_model")


@pytest.fixture
def alone(articles, tmp_path):
    """The output of a run that nothing disturbs."""
    scale.batch(articles, tmp_path / "alone", options=SMALL, engine=echo)
    return contents(tmp_path / "alone")


def test_every_input_is_in_a_shard_or_a_dead_letter(articles, tmp_path) -> None:
    """Documents stand in the order of the input; failures have place, id, error and reason."""
    report = scale.batch(articles, tmp_path / "out", options=SMALL, engine=echo)
    ids = [document.id for document in scale.read(tmp_path / "out")]
    letters = [json.loads(line) for line in (tmp_path / "out" / "failed.jsonl").open()]
    assert ids == [f"a{n}" for n in range(23) if n not in (5, 11, 17)]
    assert [(x["index"], x["id"], x["error"]) for x in letters] == [
        (5, f"{articles.as_posix()}:6", "FormatError"),
        (11, "bad", "ValueError"),
        (17, "a2", "InputError"),
    ]
    assert [x["place"] for x in letters] == [f"{articles.as_posix()}:{n}" for n in (6, 12, 18)]
    assert "used before" in letters[2]["reason"]
    assert "another text" in letters[2]["reason"]
    assert (report.documents, report.failed, report.quotes) == (20, 3, 20)
    assert (report.shards, report.resumed) == (6, 0)


def test_a_shard_covers_its_part_of_the_input(articles, tmp_path) -> None:
    """Each shard holds the documents of its inputs, failures leaving gaps, not shifts."""
    scale.batch(articles, tmp_path / "out", options=SMALL, engine=echo)
    shards = sorted((tmp_path / "out" / "documents").iterdir())
    ids = [[json.loads(line)["id"] for line in path.open()] for path in shards]
    assert [len(part) for part in ids] == [4, 3, 3, 4, 3, 3]
    assert ids[1] == ["a4", "a6", "a7"]


@pytest.mark.parametrize("format_", ["parquet", "jsonl"])
def test_shards_keep_the_record(articles, tmp_path, format_: str) -> None:
    """Both formats give back equal documents, metadata included."""
    options = BatchOptions(format=format_, shard_size=10)
    scale.batch(articles, tmp_path / "out", options=options, engine=echo)
    documents = {document.id: document for document in scale.read(tmp_path / "out")}
    assert (documents["a9"].text, documents["a9"].metadata) == ("Text 9.", {"n": 9})


@repeated
@given(st.lists(st.integers(0, 9), max_size=8))
def test_a_run_stopped_anywhere_gives_the_same_bytes(
    articles, alone, tmp_path_factory, stops: list[int]
) -> None:
    """However often the process ends and after how many documents, the output is the same."""
    out = tmp_path_factory.mktemp("out")
    for stop in stops:
        try:
            scale.batch(articles, out, options=SMALL, engine=dying_after(stop))
        except KilledError:
            continue
    report = scale.batch(articles, out, options=SMALL, engine=echo)
    assert contents(out) == alone
    assert report.resumed == min(23, sum(stops))


@pytest.mark.parametrize("name", ["write_shard", "json.dumps", "Journal.drop", "Manifest.write"])
@pytest.mark.parametrize("time", [1, 3])
def test_a_run_stopped_between_two_steps_gives_the_same_bytes(
    articles, alone, tmp_path, monkeypatch, name: str, time: int
) -> None:
    """Ending just before a shard, its log line, the journal's end or the manifest loses nothing."""
    from quotecraft.scale import folder

    owner, _, step = name.rpartition(".")
    target = getattr(folder, owner) if owner else folder
    calls, before = [], getattr(target, step)

    def dying(*arguments, **options):
        calls.append(1)
        if len(calls) == time:
            raise KilledError
        return before(*arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(target, step, dying)
        with suppress(KilledError):
            scale.batch(articles, tmp_path / "out", options=SMALL, engine=echo)
    scale.batch(articles, tmp_path / "out", options=SMALL, engine=echo)
    assert contents(tmp_path / "out") == alone


@repeated
@given(st.data())
def test_files_cut_by_a_power_failure_are_mended(
    articles, alone, tmp_path_factory, data: st.DataObject
) -> None:
    """The last line of the log, of the dead letters and of the journal may be half there."""
    out = tmp_path_factory.mktemp("out")
    with pytest.raises(KilledError):
        scale.batch(articles, out, options=SMALL, engine=dying_after(data.draw(st.integers(0, 22))))
    for name in ("shards.jsonl", "failed.jsonl", ".journal"):
        with (out / name).open("ab") as stream:
            stream.write(data.draw(st.sampled_from([b"", b'{"numb', b'["ab', b"x"])))
    (out / "documents" / ".quotecraft-0123.part").write_bytes(b"half")
    scale.batch(articles, out, options=SMALL, engine=echo)
    assert contents(out) == alone


def test_a_complete_run_does_nothing_again(articles, alone, tmp_path) -> None:
    """A run that is complete reads no text again and says how many were done before."""
    report = scale.batch(articles, tmp_path / "alone", options=SMALL, engine=dying_after(0))
    assert (report.resumed, report.documents) == (23, 20)
    assert contents(tmp_path / "alone") == alone


def test_another_option_or_format_is_refused(articles, alone, tmp_path) -> None:
    """The message names what was different."""
    other = BatchOptions(shard_size=5, format="jsonl", nested=True)
    with pytest.raises(RunError, match=r"nested was False.*shard_size was 4"):
        scale.batch(articles, tmp_path / "alone", options=other, engine=echo)


def test_another_model_or_version_is_refused(articles, alone, tmp_path) -> None:
    """A manifest that tells of another model, weights or library is not gone on with."""
    path = tmp_path / "alone" / "manifest.json"
    first = json.loads(path.read_text())
    for key, value, message in (
        ("model", "other-2", "the model was other-2, now it is stand-in-1"),
        ("weights", {"tagger.onnx": "00"}, "weights"),
        ("versions", {**first["versions"], "numpy": "0.1"}, "numpy was 0.1"),
    ):
        path.write_text(json.dumps({**first, key: value}))
        with pytest.raises(RunError, match=message):
            scale.batch(articles, tmp_path / "alone", options=SMALL, engine=echo)


def test_other_input_is_refused(articles, alone, tmp_path) -> None:
    """Another size is seen at once; another text of the same size when it is read again."""
    before = articles.read_text()
    for changed, message in ((before + "\n", "input was"), (before.replace("3.", "4."), "1 to 4")):
        articles.write_text(changed)
        with pytest.raises(RunError, match=message):
            scale.batch(articles, tmp_path / "alone", options=SMALL, engine=echo)


def test_input_that_changes_in_the_shard_being_filled_is_refused(articles, tmp_path) -> None:
    """Documents that are only in the journal are compared, too."""
    with pytest.raises(KilledError):
        scale.batch(articles, tmp_path / "out", options=SMALL, engine=dying_after(2))
    articles.write_text(articles.read_text().replace("Text 1.", "Text 9."))
    with pytest.raises(RunError, match="differs"):
        scale.batch(articles, tmp_path / "out", options=SMALL, engine=echo)


def test_a_folder_with_other_files_is_refused(articles, tmp_path) -> None:
    """A run never writes among files that it did not make."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(RunError, match=r"thesis\.txt"):
        scale.batch(articles, tmp_path / "out", options=SMALL, engine=echo)


@pytest.mark.parametrize("damage", ["manifest.json", "shards.jsonl", "documents", "failed.jsonl"])
def test_a_damaged_folder_is_refused(articles, alone, tmp_path, damage: str) -> None:
    """A folder whose own files were changed or lost is told of, not mended by guessing."""
    path = tmp_path / "alone" / damage
    if damage == "documents":
        next(path.iterdir()).unlink()
    elif damage == "failed.jsonl":
        path.write_text("")
    else:
        path.write_text("[1]\n[2]\n")
    with pytest.raises(RunError, match="another folder"):
        scale.batch(articles, tmp_path / "alone", options=SMALL, engine=echo)


def test_two_runs_cannot_share_a_folder(articles, tmp_path) -> None:
    """While one run writes, another is refused."""
    with locked(tmp_path / "out"), pytest.raises(RunError, match="another run"):
        scale.batch(articles, tmp_path / "out", options=SMALL, engine=echo)


def test_no_input_is_an_empty_run(tmp_path) -> None:
    """An empty input gives one empty shard and a complete manifest."""
    (tmp_path / "in.jsonl").write_text("")
    report = scale.batch(tmp_path / "in.jsonl", tmp_path / "out", engine=echo)
    assert (report.documents, report.shards, list(scale.read(tmp_path / "out"))) == (0, 1, [])


def test_progress_tells_how_many_are_done(articles, tmp_path) -> None:
    """First what earlier runs did, then one more each time."""
    with pytest.raises(KilledError):
        scale.batch(articles, tmp_path / "out", options=SMALL, engine=dying_after(6))
    told: list[int] = []
    scale.batch(articles, tmp_path / "out", options=SMALL, engine=echo, on_done=told.append)
    assert told == list(range(6, 24))


def test_a_folder_that_is_no_run_cannot_be_read(tmp_path) -> None:
    """Reading anything else says what is missing."""
    with pytest.raises(RunError, match=r"manifest\.json"):
        list(scale.read(tmp_path))


def test_odd_ids_and_texts_are_kept(tmp_path) -> None:
    """Lone surrogates in ids and texts come through shards and dead letters."""
    path = tmp_path / "in.jsonl"
    path.write_text('{"id": "\\ud800", "text": "\\udc00"}\n{"id": "\\ud800", "text": "boom"}\n')
    for format_ in ("jsonl", "parquet"):
        out = tmp_path / format_
        options = BatchOptions(format=format_)
        assert scale.batch(path, out, options=options, engine=echo).failed == 1
        assert [(d.id, d.text) for d in scale.read(out)] == [("\ud800", "\udc00")]


def test_a_folder_that_cannot_be_made_is_told(articles, tmp_path) -> None:
    """A file in the way of the folder is a clear error."""
    (tmp_path / "out").write_text("")
    with pytest.raises(RunError, match="can't be written"):
        scale.batch(articles, tmp_path / "out", options=SMALL, engine=echo)


@pytest.mark.parametrize("wrong", [{"format": "csv"}, {"shard_size": 0}, {"min_confidence": 2}])
def test_options_out_of_range_are_refused(wrong) -> None:
    """Options are checked when they are made."""
    with pytest.raises(ValueError, match="must be"):
        BatchOptions(**wrong)


def test_an_unknown_model_is_refused_before_anything_is_written(articles, tmp_path) -> None:
    """The output folder holds no manifest of a run that can't be."""
    with pytest.raises(WeightsError):
        scale.batch(articles, tmp_path / "out", options=BatchOptions(model="xx"), engine=echo)
    assert contents(tmp_path / "out") == {}


def test_full_disk_is_an_error_and_the_run_goes_on_later(
    articles, alone, tmp_path, monkeypatch
) -> None:
    """When a shard can't be written the run ends with an error; the next one goes on."""
    from quotecraft.scale import folder

    def full(path: Path, lines, options) -> None:
        raise FormatError("cannot be written: No space left on device", source=str(path))

    with monkeypatch.context() as patched:
        patched.setattr(folder, "write_shard", full)
        with pytest.raises(FormatError, match="No space"):
            scale.batch(articles, tmp_path / "out", options=SMALL, engine=echo)
    scale.batch(articles, tmp_path / "out", options=SMALL, engine=echo)
    assert contents(tmp_path / "out") == alone


def test_the_folder_is_let_go(articles, tmp_path) -> None:
    """After an error the folder can be used again, in the same process."""
    with pytest.raises(KilledError):
        scale.batch(articles, tmp_path / "out", options=SMALL, engine=dying_after(1))
    with locked(tmp_path / "out"):
        assert RunFolder.__doc__
