"""brat standoff."""

import io
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import FormatError, InputError
from quotecraft.formats import brat
from quotecraft.formats._folder import file_stem
from quotecraft.formats.repairs import Repair
from quotecraft.model import Document, Quote, QuoteKind, Span, Speaker
from tests.formats.examples import TEXT, document
from tests.strategies import documents, words

DATA = Path(os.environ.get("QUOTECRAFT_DATA", Path(__file__).parents[3] / "shared" / "data"))


def in_any_order(given_documents: list[Document]) -> list[str]:
    """Return documents as strings that sort; a folder has its own order."""
    return sorted(repr((d, d.text, d.extra, [q.extra for q in d.quotes])) for d in given_documents)


@given(st.lists(documents(), max_size=3))
def test_round_trip_is_exact(given_documents: list[Document]) -> None:
    """Any documents are equal after writing and reading, odd text and odd ids included."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "brat"
        brat.write(given_documents, target)
        read = list(brat.read(target))
    assert in_any_order(given_documents) == in_any_order(read)
    assert all(any(d == r for r in read) for d in given_documents)


@given(documents())
def test_ann_follows_the_format(given_document: Document) -> None:
    """Every line is one brat can parse, and every text-bound line repeats its text exactly."""
    text = given_document.text
    ids = set()
    for line in brat.to_ann(given_document).splitlines():
        name, body, *shown = line.split("\t", 2)
        ids.add(name)
        if name[0] == "T":
            places = [p.split(" ") for p in body.split(" ", 1)[1].split(";")]
            assert " ".join(text[int(s) : int(e)] for s, e in places) == shown[0]
        elif name[0] == "E":
            assert body.startswith("Attribution:T")
            assert {argument.split(":")[1] for argument in body.split()} <= ids | {
                f"E{number}" for number in range(1, len(given_document.quotes) + 1)
            }
        elif name[0] == "A":
            assert len(body.split(" ")) == 3
        else:
            kind, _, reference = body.split(" ")
            assert (name[0], kind) == ("N", "Reference")
            assert all(reference.partition(":"))
    lines = brat.to_ann(given_document).splitlines()
    assert len(ids) == len(lines)


def test_lines_are_polnears() -> None:
    """A quotation is an event in PolNeAR's style, with attributes and names beside it."""
    lines = brat.to_ann(document()).splitlines()
    assert lines[9:19] == [
        "T5\tContent 65 80;103 116;120 137\t“We are ready,” “We have been ready for weeks.”",
        "T6\tCue 85 89\ttold",
        "T7\tSource 81 84\tshe",
        "T8\tAttribution 85 89\ttold",
        "E2\tAttribution:T8 Content:T5 Cue:T6 Source:T7",
        "A4\tKind E2 direct",
        "A5\tLevel E2 speech",
        "A6\tStance E2 neutral",
        "N2\tReference E2 Speaker:s1\tAna Ruiz",
        "N3\tReference E2 Addressee:s2\tthe council",
    ]
    assert "E4\tAttribution:T16 Content:T13 Cue:T14 Source:T15 Parent:E3" in lines


def test_configuration_declares_what_is_written(tmp_path: Path) -> None:
    """annotation.conf has brat's four sections and every type and value that lines use."""
    brat.write([document()], tmp_path / "out")
    text = (tmp_path / "out" / "annotation.conf").read_text()
    sections = [line for line in text.splitlines() if line.startswith("[")]
    assert sections == ["[entities]", "[relations]", "[events]", "[attributes]"]
    for name in ("Content", "Cue", "Source", "Attribution", "Kind", "Level", "Stance"):
        assert f"\n{name}" in text
    assert "Value:direct|indirect|mixed" in text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that holds the example."""
    brat.write([document()], tmp_path / "out")
    return tmp_path / "out"


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Change a file as an annotator or editor would."""
    before = path.read_bytes().decode()
    after = change(before)
    assert after != before
    path.write_bytes(after.encode())


def test_text_file_is_the_text(folder: Path) -> None:
    """The .txt file is the document's text byte for byte, carriage returns included."""
    assert TEXT.encode() == (folder / "clinics.txt").read_bytes()


def test_edits_in_brat_are_read(folder: Path) -> None:
    """What an annotator changes is read; the rest stays as it was."""
    ann = folder / "clinics.ann"
    edit(ann, lambda t: t.replace("Kind E1 indirect", "Kind E1 mixed"))
    edit(ann, lambda t: t.replace("Content 36 60\tthe clinics", "Content 40 60\tclinics"))
    edit(
        ann,
        lambda t: t.replace("Reference E1 Speaker:s1\tAna Ruiz", "Reference E1 Speaker:s9\tA. R."),
    )
    (read,) = brat.read(folder)
    expected = evolve(document().quotes[0], kind="mixed", content=[Span(40, 60)], speaker="s9")
    assert expected == read.quotes[0]
    assert document().quotes[1:] == read.quotes[1:]
    assert (*document().speakers, Speaker("s9", "A. R.")) == read.speakers


def test_a_name_edited_in_brat_is_read(folder: Path) -> None:
    """A speaker's name changed at one of their quotations is their name."""
    edit(folder / "clinics.ann", lambda t: t.replace("Speaker:s3\tThe union", "Speaker:s3\tUnion"))
    (read,) = brat.read(folder)
    assert read.speakers[2].name == "Union"
    assert read.speakers[2].kind == "organization"


def test_deleted_and_new_events_are_read(folder: Path) -> None:
    """A deleted event is gone, a new one has a new id, and nobody inherits its details."""
    ann = folder / "clinics.ann"
    new = "T90\tContent 81 84\tshe\nE4\tAttribution:T90 Content:T90\n"
    edit(ann, lambda t: re.sub(r"(?m)^.*\bE[14]\b.*\n", "", t) + new)
    (read,) = brat.read(folder)
    assert [(quote.id, str(quote.content[0].start)) for quote in read.quotes] == [
        ("q2", "65"),
        ("q4", "81"),
        ("q3", "153"),
    ]
    added = read.quote("q4")
    assert (added.extra, added.parent, added.kind) == ({}, None, QuoteKind.INDIRECT)


def test_other_annotations_are_passed_over(folder: Path) -> None:
    """Relations, notes, other entities and events are no quotations and no errors."""
    more = (
        "R1\tCoref Arg1:T1 Arg2:T2\n*\tEquiv T1 T2\n#1\tAnnotatorNotes E1\tsure?\n"
        "T91\tPerson 0 3\tAna\nT92\tPerson 0 3\tAna\nE9\tTalk:T91\nE8\tAttribution:T91 Cue:T91\n"
        "M1\tNegation E1\n"
        "N9\tReference E1 Wikipedia:534366\tBarack Obama\n\n"
    )
    edit(folder / "clinics.ann", lambda t: t + more)
    told: list[Repair] = []
    assert [document()] == list(brat.read(folder, on_repair=told.append))
    assert ["Person T92 belongs to no attribution"] == [r.reason for r in told if "T92" in r.reason]
    assert ["event E9 (Talk) passed over", "event E8 (without content) passed over"] == [
        r.reason for r in told if "event" in r.reason
    ]


def test_files_of_brat_alone_are_read(tmp_path: Path) -> None:
    """Text and annotations as brat makes them are enough; kinds are told by the marks."""
    nested = tmp_path / "collection" / "sub"
    nested.mkdir(parents=True)
    (nested / "a.txt").write_text("“Yes,” she said. “No.” Maybe, he hoped.", encoding="utf-8")
    (nested / "a.ann").write_text(
        "E1\tAttribution:T4 Content:T1 Content2:T2 Cue:T4 Source:T3\n"
        "T1\tContent 0 6\t“Yes,”\n"
        "T2\tContent 17 22\t“No.”\n"
        "T3\tSource 7 10\tshe\n"
        "T4\tCue 11 15\tsaid\n"
        "T5\tContent 23 28\tMaybe\n"
        "E2\tAttribution-no-source:T5 Content:T5\n",
        encoding="utf-8",
    )
    expected = [
        Quote("q1", "direct", [Span(0, 6), Span(17, 22)], cue=[Span(11, 15)], source=[Span(7, 10)]),
        Quote("q2", "indirect", [Span(23, 28)]),
    ]
    (read,) = brat.read(tmp_path)
    assert read.id == "collection/sub/a"
    assert tuple(expected) == read.quotes
    assert next(brat.read(nested / "a.txt")).id == "a"


def test_a_text_without_annotation_is_told(folder: Path) -> None:
    """A document can't get lost unseen."""
    (folder / "more.txt").write_text("Rain.", encoding="utf-8")
    told: list[Repair] = []
    assert [document()] == list(brat.read(folder, on_repair=told.append))
    text = folder / "more.txt"
    assert [f"{text}: there is no more.ann; text left out"] == [str(r) for r in told]


def test_missing_record_loses_only_what_brat_cannot_say(folder: Path) -> None:
    """Without NAME.json the spans, kinds, links and names are still there."""
    (folder / "clinics.json").unlink()
    (read,) = brat.read(folder)
    for before, after in zip(document().quotes, read.quotes, strict=True):
        assert (before.id, before.kind, before.level, before.stance) == (
            after.id,
            after.kind,
            after.level,
            after.stance,
        )
        assert (before.cue, before.source, before.speaker, before.addressee, before.parent) == (
            after.cue,
            after.source,
            after.speaker,
            after.addressee,
            after.parent,
        )
    assert [s.name for s in read.speakers] == ["Ana Ruiz", "the council", "The union"]


def test_changed_text_is_refused(folder: Path) -> None:
    """A text edited after the quotations were written would shift every offset."""
    edit(folder / "clinics.txt", lambda t: t.replace("Ana", "Anna"))
    with pytest.raises(FormatError, match="SHA-256 differs"):
        list(brat.read(folder))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1\tContent x 4\tab", "expected ID<tab>TYPE START END"),
        ("T1\tContent 4", "expected ID<tab>TYPE START END"),
        ("E7\tAttribution", "expected ID<tab>TYPE:TRIGGER"),
        ("E7\tAttribution:T1 Content:T99", "E7 names T99, which is not there"),
        ("A7\tKind", "expected ID<tab>NAME ID"),
        ("N7\tReference E1", "expected ID<tab>TYPE ID SOURCE:ID"),
        ("T99\tContent 9 4\tx", "span [9, 4) does not fit"),
        ("T99\tContent 9 9999\tx", "span [9, 9999) does not fit"),
        ("T99\tContent 9 14;12 20\tx", "T99 has pieces that overlap at 12"),
        ("E7\tAttribution:T1 Content:T1 Cue:T1", "content, cue and source of E7 overlap at 36"),
        ("T1\tContent 4 5\tx", "second annotation T1"),
        ("T99\tContent 0 3\tThe", "the text at 0 3 is not 'The'; is this its own text?"),
        ("E1\tAttribution:T1 Content:T1", "second event E1"),
        ("E7 Attribution:T1 Content:T1", "expected a record"),
        ("A99\tKind E1 quoted", "expected one of direct, indirect, mixed"),
    ],
)
def test_damaged_lines_are_named(folder: Path, line: str, message: str) -> None:
    """A line that brat could not read either is refused with file and expectation."""
    edit(folder / "clinics.ann", lambda t: f"{t}{line}\n")
    with pytest.raises(FormatError) as caught:
        list(brat.read(folder))
    assert message in str(caught.value)
    assert str(folder / "clinics.ann") == caught.value.source
    lines = (folder / "clinics.ann").read_text(encoding="utf-8").count("\n")
    assert lines == caught.value.line


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"schema": "quotecraft/1"}', b"\xff"])
def test_damaged_record_is_named(folder: Path, content: bytes) -> None:
    """A damaged NAME.json is refused by name."""
    (folder / "clinics.json").write_bytes(content)
    with pytest.raises(FormatError) as caught:
        list(brat.read(folder))
    assert str(folder / "clinics.json") == caught.value.source


def test_missing_text_is_an_input_error(folder: Path) -> None:
    """Annotations without their text can't be read."""
    (folder / "clinics.txt").unlink()
    with pytest.raises(InputError, match=r"clinics\.txt"):
        list(brat.read(folder))


def test_text_in_another_encoding_is_refused(folder: Path) -> None:
    """A text that is not UTF-8 has no code points to count."""
    (folder / "clinics.txt").write_bytes(b"caf\xe9")
    with pytest.raises(FormatError, match="not UTF-8 at byte 3"):
        list(brat.read(folder))


def test_streams_are_refused() -> None:
    """A folder can't go to or come from a stream; the error says what to do."""
    with pytest.raises(FormatError, match="give -o FOLDER"):
        brat.write([document()], io.StringIO())
    with pytest.raises(FormatError, match="name a folder"):
        list(brat.read("-"))


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """A target that is a file is refused and stays as it was."""
    (tmp_path / "a").write_text("mine")
    with pytest.raises(FormatError, match="it is a file"):
        brat.write([document()], tmp_path / "a")
    assert (tmp_path / "a").read_text() == "mine"


def test_existing_folder_keeps_its_other_files(folder: Path) -> None:
    """Writing to a folder replaces documents of the same name and leaves the rest."""
    (folder / "annotation.conf").write_text("mine")
    (folder / "other.ann").write_text("mine")
    brat.write([document(quotes=[])], folder)
    assert (folder / "annotation.conf").read_text() == "mine"
    assert (folder / "other.ann").read_text() == "mine"
    assert (folder / "clinics.ann").read_text() == ""
    assert list(json.loads((folder / "clinics.json").read_text())["quotes"]) == []
    names = ["annotation.conf", "clinics.ann", "clinics.json", "clinics.txt", "other.ann"]
    assert names == sorted(path.name for path in folder.iterdir())
    assert [path.name for path in folder.parent.iterdir()] == ["out"]


@given(words())
def test_no_id_leaves_the_folder(document_id: str) -> None:
    """Whatever a document is called, its files have a plain, short name inside the folder."""
    stem = file_stem(document_id)
    assert stem == Path(stem).name
    assert stem.strip(". ") == stem != ""
    assert len(stem.encode("utf-8")) < 170


@pytest.mark.parametrize(
    ("document_id", "pattern"),
    [
        ("clinics.txt", "clinics"),
        ("Élection-2024_v1.2", "Élection-2024_v1.2"),
        ("../../etc/passwd", "etc_passwd-......"),
        ("a/b.txt", "a_b-......"),
        (".hidden", "hidden-......"),
        ("con", "con-......"),
        ("nul.txt", "nul-......"),
        ("", "document-......"),
        ("x" * 300, "x{150}-......"),
        ("é" * 300, "é{75}-......"),
    ],
)
def test_file_names_are_safe(document_id: str, pattern: str) -> None:
    """Ids that are paths, reserved, hidden, empty or long get a safe name with a hash."""
    assert re.fullmatch(pattern, file_stem(document_id))


def test_equal_names_are_numbered(tmp_path: Path) -> None:
    """Documents whose names differ only in case don't overwrite one another."""
    brat.write([document(id=name) for name in ("a", "A", "a.txt")], tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").glob("*.txt")) == [
        "A-2.txt",
        "a-3.txt",
        "a.txt",
    ]


POLNEAR = DATA / "polnear" / "dev"


@pytest.mark.skipif(not POLNEAR.is_dir(), reason="needs the PolNeAR data set (QUOTECRAFT_DATA)")
def test_a_corpus_made_with_brat_is_read(tmp_path: Path) -> None:
    """Every event of PolNeAR's articles that has a content is read as a quotation."""
    for ann in sorted((POLNEAR / "attributions").glob("*.ann"))[:20]:
        name = ann.stem.rpartition("_")[0]
        (tmp_path / "a.ann").write_bytes(ann.read_bytes())
        (tmp_path / "a.txt").write_bytes((POLNEAR / "text" / f"{name}.txt").read_bytes())
        (found,) = brat.read(tmp_path)
        lines = ann.read_text(encoding="utf-8").splitlines()
        events = [line for line in lines if "\tAttribution" in line and " Content:" in line]
        assert len(events) == len(found.quotes)
