"""Reading texts from files, folders and standard input."""

import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import FormatError, InputError, QuotecraftError
from quotecraft.text import FailedInput, InputText, read_inputs


def read(*paths: str | Path, stdin: bytes = b"") -> list[InputText | FailedInput]:
    """Return all that the inputs give."""
    return list(read_inputs(paths, stdin=io.BytesIO(stdin)))


def error_of(item: InputText | FailedInput) -> QuotecraftError:
    """Return the error of an input that is expected to have failed."""
    assert isinstance(item, FailedInput)
    return item.error


def test_text_file_is_read_exactly(tmp_path: Path) -> None:
    """Line ends and a first-line URL are kept, a byte order mark is not."""
    path = tmp_path / "a.txt"
    text = "https://example.org/rain\r\n\r\n“It rains.”\n"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read(path) == [InputText(path.as_posix(), text)]


def test_single_path_may_be_given_alone(tmp_path: Path) -> None:
    """One path, as ``str`` or ``Path``, is as good as a list of one."""
    path = tmp_path / "a.txt"
    path.write_text("Rain.")
    expected = [InputText(path.as_posix(), "Rain.")]
    assert expected == list(read_inputs(path)) == list(read_inputs(str(path)))


def test_unknown_extension_is_text(tmp_path: Path) -> None:
    """A file that is named is read as text, whatever its extension."""
    path = tmp_path / "notes.xyz"
    path.write_text("")
    assert read(path) == [InputText(path.as_posix(), "")]


def test_folder_is_read_recursively_and_sorted(tmp_path: Path) -> None:
    """Known extensions in all subfolders, sorted by path; hidden and unknown files left out."""
    for name in ["b.txt", "a/z.TXT", "a/b/c.jsonl", ".hidden.txt", ".git/x.txt", "image.png"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"text": "Rain.", "id": "c1"}' if name.endswith("jsonl") else "Rain.")
    expected = ["c1", f"{tmp_path.as_posix()}/a/z.TXT", f"{tmp_path.as_posix()}/b.txt"]
    assert expected == [item.id for item in read(tmp_path)]


@pytest.mark.parametrize("name", ["none.txt", "a\0b"])
def test_missing_file_fails_alone(tmp_path: Path, name: str) -> None:
    """A path that leads nowhere gives a failure that names it; the next input is read."""
    (tmp_path / "a.txt").write_text("Rain.")
    missing, good = read(tmp_path / name, tmp_path / "a.txt")
    assert isinstance(error_of(missing), InputError)
    assert name in str(error_of(missing))
    assert good == InputText((tmp_path / "a.txt").as_posix(), "Rain.")


def test_folder_with_nothing_to_read_fails(tmp_path: Path) -> None:
    """An empty folder gives a failure that says which files could be read."""
    (failed,) = read(tmp_path)
    assert "holds no file to read" in str(error_of(failed))
    assert ".jsonl" in str(error_of(failed))


def test_binary_file_fails_alone(tmp_path: Path) -> None:
    """A binary file gives a failure that names it."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"%PDF-1.7")
    (failed,) = read(path)
    assert str(error_of(failed)).startswith(f"{path.as_posix()} looks like a PDF file")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions work otherwise there")
def test_unreadable_file_and_folder_fail_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file or folder without permission gives a failure that says so."""
    path = tmp_path / "a.txt"
    path.write_text("Rain.")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (failed,) = read(path)
    assert "may not be read" in str(error_of(failed))

    def walk(folder: Path, onerror: object) -> list[object]:
        assert callable(onerror)
        onerror(PermissionError(13, "Permission denied", str(folder)))
        return []

    monkeypatch.setattr(os, "walk", walk)
    (failed,) = read(tmp_path)
    assert f"{tmp_path.as_posix()} may not be read" in str(error_of(failed))


def test_other_trouble_names_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any other error of the system is passed on with its reason."""

    def fail(self: Path) -> bytes:
        raise OSError(5, "Input/output error", str(self))

    monkeypatch.setattr(Path, "read_bytes", fail)
    (failed,) = read(tmp_path / "a.txt")
    assert "Input/output error" in str(error_of(failed))


def test_json_lines_give_text_id_and_metadata(tmp_path: Path) -> None:
    """Each line is a text; its other fields, and those of ``metadata``, are its metadata."""
    path = tmp_path / "a.jsonl"
    rows = [
        {"text": "Rain.", "id": "r1", "outlet": "The Bend", "metadata": {"date": "2021-03-04"}},
        {"text": "Snow.\r\n", "id": 7, "metadata": "none"},
        {"text": "\ud800", "schema": "quotecraft/1", "quotes": [], "speakers": [], "model": "m"},
    ]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n\n".join(map(json.dumps, rows)).encode())
    expected = [
        InputText("r1", "Rain.", {"outlet": "The Bend", "date": "2021-03-04"}),
        InputText("7", "Snow.\r\n", {"metadata": "none"}),
        InputText(f"{path.as_posix()}:5", "\ud800"),
    ]
    assert expected == read(path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"id": "x"}', "'text' is missing"),
        (b'{"text": 5}', "'text' is missing or not a string"),
        (b'{"text": "a", "id": [1]}', "'id' is neither"),
        (b'{"text": "\xff"}', "not UTF-8"),
    ],
)
def test_bad_line_fails_alone(tmp_path: Path, line: bytes, reason: str) -> None:
    """A bad line gives a failure with file and line number; the lines around it are read."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "One."}\n' + line + b'\n{"text": "Three."}\n')
    first, failed, third = read(path)
    assert [first, third] == [
        InputText(f"{path.as_posix()}:1", "One."),
        InputText(f"{path.as_posix()}:3", "Three."),
    ]
    assert failed.id == f"{path.as_posix()}:2"
    assert isinstance(error_of(failed), FormatError)
    assert str(error_of(failed)).startswith(f"{path.as_posix()}:2: {reason}")


def test_html_file_is_an_article(tmp_path: Path) -> None:
    """A page gives its article; a page without one fails alone."""
    pytest.importorskip("trafilatura", reason="the html extra is not installed")
    body = "<p>“It has rained for nine days,” said Zoë Orme, who owns the mill by the river.</p>"
    good, empty = tmp_path / "a.html", tmp_path / "b.htm"
    good.write_text(f"<html lang=en><body><article>{body * 3}</article></body></html>", "utf-8")
    empty.write_text("<html></html>")
    article, failed = read(good, empty)
    assert isinstance(article, InputText)
    assert article.text.startswith("“It has rained for nine days,” said Zoë Orme")
    assert article.metadata["language"] == "en"
    assert "holds no article" in str(error_of(failed))


@pytest.mark.parametrize("text", ["", "It rains.\r\n{}", "{not json}\n", '{"no": "text"}\nx'])
def test_standard_input_is_text(text: str) -> None:
    """``-`` reads standard input as text."""
    assert read("-", stdin=text.encode()) == [InputText("stdin", text)]


def test_standard_input_may_be_json_lines() -> None:
    """If the first line is an object with a text, so are the others, read as they come."""
    items = read("-", stdin=b'\xef\xbb\xbf{"text": "One."}\n{"text": "Two.", "id": "t"}\n{')
    assert items[:2] == [InputText("stdin:1", "One."), InputText("t", "Two.")]
    assert isinstance(error_of(items[2]), FormatError)


def test_standard_input_may_be_a_page() -> None:
    """If it begins like a page, it is read as one."""
    pytest.importorskip("trafilatura", reason="the html extra is not installed")
    (failed,) = read("-", stdin=b"\n<!doctype HTML><html></html>")
    assert "holds no article" in str(error_of(failed))


def test_closed_standard_input_fails() -> None:
    """A closed standard input gives a failure."""
    stream = io.BytesIO()
    stream.close()
    (failed,) = list(read_inputs("-", stdin=stream))
    assert isinstance(error_of(failed), InputError)


@given(st.lists(st.binary(max_size=30) | st.sampled_from([b'{"text": "a"}', b"\n"])))
def test_any_json_lines_are_read_or_fail(lines: list[bytes]) -> None:
    """Whatever the lines hold, each that is not blank gives a text or a failure."""
    data = b"\n".join([b'{"text": "first"}', *lines])
    filled = [line for line in data.split(b"\n") if line.strip()]
    assert len(filled) == len(read("-", stdin=data))
