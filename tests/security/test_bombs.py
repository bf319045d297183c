"""Files that are made to hurt: entities, archives, depth."""

import gzip
import io
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from quotecraft import formats
from quotecraft.errors import FormatError, InputError, QuotecraftError
from quotecraft.text import FailedInput, extract_article, read_inputs

SECRET = "the secret of another file"
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
)


def bomb(root: str, body: str, declaration: str) -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{declaration}]>{body}'.encode()


@pytest.fixture
def declarations(tmp_path):
    (tmp_path / "secret.txt").write_text(SECRET)
    uri = (tmp_path / "secret.txt").as_uri()
    return {
        "laughs": (LAUGHS, "&l9;"),
        "external": (f'<!ENTITY x SYSTEM "{uri}">', "&x;"),
        "parameter": (f'<!ENTITY % p SYSTEM "{uri}"> %p;', ""),
    }


@pytest.mark.parametrize("kind", ["laughs", "external", "parameter"])
def test_tei_with_a_document_type_is_refused(declarations, kind: str) -> None:
    """Entities are never expanded: a document type declaration is refused at once."""
    declaration, use = declarations[kind]
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p>{use}</p></text></TEI>'
    began = time.process_time()
    with pytest.raises(FormatError, match=r"(?i)document type"):
        list(formats.read(io.BytesIO(bomb("TEI", text, declaration)), "tei"))
    assert time.process_time() - began < 5  # a bomb takes minutes and gigabytes


@pytest.mark.parametrize("kind", ["laughs", "external", "parameter"])
def test_pages_expand_no_entities(declarations, kind: str) -> None:
    """A page's own entities give neither a bomb nor another file's content."""
    declaration, use = declarations[kind]
    sentence = "The minister opened the bridge on Tuesday and spoke to reporters. "
    body = f"<html><body><article><p>{sentence * 20} {use}</p></article></body></html>"
    try:
        text, metadata = extract_article(bomb("html", body, declaration))
    except InputError:
        return
    assert SECRET not in text + str(metadata)
    assert len(text) < 2 * len(body)


def test_archives_are_refused(tmp_path: Path) -> None:
    """ZIP and gzip files are never unpacked, whatever they are called."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * (1 << 24))
    for number, data in enumerate((packed.getvalue(), gzip.compress(b"a" * (1 << 24)))):
        for suffix in (".txt", ".html", ".csv", ".jsonl", ".parquet"):
            path = tmp_path / f"{number}{suffix}"
            path.write_bytes(data)
            items = list(read_inputs(path))
            assert all(isinstance(item, FailedInput) for item in items), path.name


@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_depth_is_refused_or_read(depth: int) -> None:
    """JSON, XML and HTML nested very deeply end in a documented error or a result."""
    line = (
        '{"id": "a", "text": "", "metadata": ' + '{"a":' * depth + "1" + "}" * depth + "}"
    ).encode()
    tei = ('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>' + "<p>" * depth).encode()
    for name, data in (("jsonl", line), ("webannotation", line), ("tei", tei)):
        with pytest.raises(QuotecraftError):
            list(formats.read(io.BytesIO(data), name))
    items = list(read_inputs("-", stdin=io.BytesIO(line + b"\n")))
    assert len(items) == 1
    with suppress(InputError):
        assert "word" in extract_article("<div>" * depth + "word " * 100)[0]
