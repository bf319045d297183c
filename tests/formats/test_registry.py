"""The registry of formats, and what every writer promises."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotecraft import formats
from quotecraft.errors import FormatError, InputError
from quotecraft.formats import _io, jsonl
from quotecraft.model import Document
from tests.formats.examples import TEXT, document

NAMES = ["jsonl", "csv", "parquet", "brat", "tei", "webannotation", "labelstudio"]
FILES = {
    "jsonl": "a.jsonl",
    "csv": "a.csv",
    "parquet": "a.parquet",
    "brat": "a",
    "tei": "a.xml",
    "webannotation": "a.jsonld",
    "labelstudio": "a.labelstudio.json",
}
TEXTS = {"clinics.txt": TEXT, "b": TEXT}
BOTH = [document(id="b"), document()]  # in the order of their files' names, which brat has


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """Return each format's name in turn."""
    if request.param == "parquet":
        pytest.importorskip("pyarrow", reason="the parquet extra is not installed")
    return str(request.param)


def read_back(path: Path, name: str) -> list[Document]:
    """Read a format, giving the texts where it holds none."""
    texts = TEXTS if formats.formats()[name].text != "always" else None
    return list(formats.read(path, name, texts=texts))


def ids(documents: list[Document]) -> list[tuple[str, int]]:
    """Return what every format keeps."""
    return [(d.id, len(d.quotes)) for d in documents]


def test_names_are_the_command_lines() -> None:
    """The registry has the formats that the command line offers, in that order."""
    assert list(formats.formats()) == NAMES
    assert [format_.name for format_ in formats.formats().values()] == NAMES


def test_write_and_read_by_name(name: str, tmp_path: Path) -> None:
    """Each format is written and read by its name."""
    path = tmp_path / FILES[name]
    assert formats.write(BOTH, path, name) == 2
    assert ids(BOTH) == ids(read_back(path, name))


def test_format_is_guessed(name: str, tmp_path: Path) -> None:
    """A path's ending, or its being a folder, tells the format; case doesn't matter."""
    path = tmp_path / FILES[name]
    formats.write(BOTH, path, name)
    assert name == formats.format_for_path(path)
    if name != "brat":
        assert name == formats.format_for_path(FILES[name].upper())
        assert name == formats.format_for_path(os.fspath(path))


@pytest.mark.parametrize("path", ["a.docx", "a", "a.json", ""])
def test_unknown_endings_list_the_known_formats(path: str) -> None:
    """An ending that tells nothing is an error that names the choices."""
    with pytest.raises(FormatError) as caught:
        formats.format_for_path(path)
    assert "name one of jsonl, csv, parquet, brat, tei, webannotation, labelstudio" in str(
        caught.value
    )


def test_unknown_names_list_the_known_formats() -> None:
    """A format that doesn't exist is an error that names those that do."""
    with pytest.raises(FormatError, match="no format 'word': name one of jsonl, csv"):
        formats.writer("word", "a.doc")


def test_streams_are_json_lines_by_default() -> None:
    """A stream has no ending: without a name it gets JSON Lines."""
    stream = io.StringIO()
    formats.write([document()], stream)
    stream.seek(0)
    assert [document()] == list(formats.read(stream))


@pytest.mark.parametrize("name", ["jsonl", "csv", "tei", "webannotation", "labelstudio"])
def test_text_and_binary_streams_get_the_same(name: str) -> None:
    """Formats that are text go to text streams and binary ones alike."""
    binary, text = io.BytesIO(), io.StringIO(newline="")
    formats.write(BOTH, binary, name)
    formats.write(BOTH, text, name)
    assert binary.getvalue().decode("utf-8") == text.getvalue()


def test_stdout_is_a_dash(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The target "-" is standard output, in UTF-8 whatever the terminal's encoding."""
    formats.write([document()], "-", "jsonl")
    assert jsonl.dumps(document()).encode() + b"\n" == capfdbinary.readouterr().out


def test_stdin_is_a_dash(monkeypatch: pytest.MonkeyPatch) -> None:
    """The source "-" is standard input."""
    stdin = io.TextIOWrapper(io.BytesIO(jsonl.dumps(document()).encode()), encoding="ascii")
    monkeypatch.setattr(sys, "stdin", stdin)
    assert [document()] == list(formats.read("-"))


def test_folders_refuse_streams() -> None:
    """Brat can't go to standard output; the error says what to do."""
    with pytest.raises(FormatError, match="give -o FOLDER"):
        formats.write([document()], "-", "brat")


def test_no_text_where_the_text_is_the_format() -> None:
    """Formats that are the text with mark-up can't leave it out."""
    for name in ("brat", "tei"):
        with pytest.raises(FormatError, match=f"{name} always holds the texts"):
            formats.writer(name, "a", text=False)


@pytest.mark.parametrize("name", ["jsonl", "parquet", "webannotation"])
def test_text_can_be_left_out(name: str, tmp_path: Path) -> None:
    """Formats with records keep a hash instead of the text when asked."""
    path = tmp_path / FILES[name]
    formats.write([document()], path, name, text=False)
    with pytest.raises(FormatError, match="give it in `texts`"):
        list(formats.read(path))
    assert [document()] == list(formats.read(path, texts=TEXTS))


def test_output_appears_at_the_end(name: str, tmp_path: Path) -> None:
    """While documents are written, nothing stands under the output's name."""
    path = tmp_path / FILES[name]
    with formats.writer(name, path) as sink:
        sink.write(document())
        assert not path.exists()
        assert len(list(tmp_path.iterdir())) == 1
    assert [path] == list(tmp_path.iterdir())
    assert sink.count == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_nothing_is_left_of_a_broken_run(
    name: str, tmp_path: Path, error: type[BaseException]
) -> None:
    """Ctrl-C or an error in the middle leaves no output, finished or not, and goes on."""
    path = tmp_path / FILES[name]
    with pytest.raises(error), formats.writer(name, path) as sink:  # noqa: PT012
        sink.write(document())
        raise error
    assert list(tmp_path.iterdir()) == []


def test_the_old_output_survives_a_broken_run(name: str, tmp_path: Path) -> None:
    """What an earlier run wrote stays until a new run is complete."""
    path = tmp_path / FILES[name]
    formats.write(BOTH, path, name)

    def broken() -> Iterator[Document]:
        yield document(quotes=[])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        formats.write(broken(), path, name)
    assert ids(BOTH) == ids(read_back(path, name))
    assert [path] == list(tmp_path.iterdir())


def test_complete_documents_can_be_kept(name: str, tmp_path: Path) -> None:
    """With keep_partial a broken run leaves a valid output of what was complete."""
    path = tmp_path / FILES[name]
    writer = formats.writer(name, path, keep_partial=True)
    with pytest.raises(KeyboardInterrupt), writer as sink:  # noqa: PT012
        for given_document in BOTH:
            sink.write(given_document)
        raise KeyboardInterrupt
    assert ids(BOTH) == ids(read_back(path, name))
    assert [path] == list(tmp_path.iterdir())


def test_one_complete_document_can_be_kept(name: str, tmp_path: Path) -> None:
    """Keeping works from the first document on."""
    path = tmp_path / FILES[name]
    writer = formats.writer(name, path, keep_partial=True)
    with pytest.raises(KeyboardInterrupt), writer as sink:  # noqa: PT012
        sink.write(document())
        raise KeyboardInterrupt
    assert ids([document()]) == ids(read_back(path, name))


def test_with_nothing_complete_nothing_is_kept(name: str, tmp_path: Path) -> None:
    """A run that breaks before its first document leaves nothing, even with keep_partial."""
    path = tmp_path / FILES[name]
    with pytest.raises(KeyboardInterrupt), formats.writer(name, path, keep_partial=True):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_document_that_cannot_be_written_is_not_half_there(name: str, tmp_path: Path) -> None:
    """A document that a format can't hold fails whole, and those before it can be kept."""
    if name == "csv":
        pytest.skip("CSV writes any value as text")
    path = tmp_path / FILES[name]
    bad = document(metadata={"title": object()})
    writer = formats.writer(name, path, keep_partial=True)
    with pytest.raises(FormatError, match="JSON can't hold a object"), writer as sink:  # noqa: PT012
        for given_document in (*BOTH, bad):
            sink.write(given_document)
    assert ids(BOTH) == ids(read_back(path, name))


def test_a_half_written_document_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes of a document that an interrupt stopped half-way are not kept."""
    path = tmp_path / "a.jsonl"
    whole = _io.OutputFile.write

    def interrupted(self: _io.OutputFile, data: bytes) -> None:
        whole(self, data[:50])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), formats.writer(None, path, keep_partial=True) as sink:  # noqa: PT012
        sink.write(document())
        monkeypatch.setattr(_io.OutputFile, "write", interrupted)
        try:
            sink.write(document())
        finally:
            monkeypatch.setattr(_io.OutputFile, "write", whole)
    assert [document()] == list(formats.read(path))


def test_no_documents_make_a_valid_output(name: str, tmp_path: Path) -> None:
    """An output of no documents reads as none, where the format has such a thing."""
    path = tmp_path / FILES[name]
    assert formats.write([], path, name) == 0
    if name == "tei":
        with pytest.raises(FormatError, match="expected a <TEI>"):
            read_back(path, name)
    else:
        assert read_back(path, name) == []


def test_missing_folders_are_made(name: str, tmp_path: Path) -> None:
    """The folders above an output are made."""
    path = tmp_path / "new" / "deep" / FILES[name]
    formats.write([document()], path, name)
    assert len(read_back(path, name)) == 1


@pytest.mark.parametrize("name", [n for n in NAMES if n != "brat"])
def test_a_folder_is_no_file(name: str, tmp_path: Path) -> None:
    """A format of one file refuses a folder and says so."""
    with pytest.raises(FormatError, match="it is a folder"):
        formats.write([document()], tmp_path, name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="devices have no paths on Windows")
@pytest.mark.parametrize("name", [n for n in NAMES if n not in ("brat", "parquet")])
def test_devices_are_written_not_replaced(name: str) -> None:
    """A path that is a device is written to and stays a device."""
    formats.write([document()], "/dev/null", name)
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_links_are_followed(tmp_path: Path) -> None:
    """An output path that is a link keeps being one; the file it leads to is written."""
    (tmp_path / "real.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real.jsonl")
    formats.write([document()], tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert [document()] == list(formats.read(tmp_path / "real.jsonl"))


def test_unwritable_places_are_format_errors(name: str, tmp_path: Path) -> None:
    """A place where nothing can be made ends in an error that names it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(FormatError, match="cannot be written"):
        formats.write([document()], tmp_path / "file" / FILES[name], name)


def test_missing_files_are_input_errors(name: str, tmp_path: Path) -> None:
    """Reading what is not there ends in an error that names it."""
    path = tmp_path / "nothing" / FILES[name]
    with pytest.raises(InputError, match="nothing"):
        read_back(path, name)


def test_the_same_documents_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    """Writing twice gives equal files."""
    if name == "brat":
        paths = [tmp_path / part for part in ("a", "b")]
    else:
        paths = [tmp_path / part / FILES[name] for part in ("1", "2")]
    for path in paths:
        formats.write(BOTH, path, name)
    first, second = (
        {p.name: p.read_bytes() for p in (path.iterdir() if path.is_dir() else [path])}
        for path in paths
    )
    assert first == second


def test_importing_the_registry_loads_no_format() -> None:
    """A format, and what it needs, is loaded only when it is used."""
    code = (
        "import sys, quotecraft.formats as f; f.formats(); f.format_for_path('a.csv');"
        "print(*[m for m in sys.modules if m.startswith('quotecraft.formats.') "
        "or m.split('.')[0] in ('pyarrow', 'orjson', 'cattrs', 'xml')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_tables_of_texts_are_told_from_tables_of_quotations(tmp_path):
    """A folder may hold both; CSV of quotations has no texts, and is passed over in a folder."""
    pa = pytest.importorskip("pyarrow", reason="the parquet extra is not installed")
    pq = pytest.importorskip("pyarrow.parquet")
    for name in ("quotations.parquet", "quotations.csv"):
        formats.write(document(), tmp_path / name)
    pq.write_table(pa.table({"id": ["a"], "content": ["A text."]}), tmp_path / "texts.parquet")
    (tmp_path / "b.csv").write_text("id,text\n")
    (tmp_path / "broken.pq").write_text("no table")
    assert list(formats.document_files([str(tmp_path)])) == [
        ((tmp_path / name).as_posix(), format_)
        for name, format_ in (
            ("b.csv", None),
            ("broken.pq", "parquet"),
            ("quotations.parquet", "parquet"),
            ("texts.parquet", None),
        )
    ]
