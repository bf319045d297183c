"""Reading Citron's JSON files."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import FormatError, InputError
from quotecraft.evaluate import kinds_of
from quotecraft.formats._jsonplaces import items_with_lines
from quotecraft.formats.citron import read_citron
from quotecraft.formats.repairs import Repair
from quotecraft.model import Document, QuoteKind, Speaker, SpeakerId, SpeakerKind

TEXT = "“We are ready,” Ana Ruiz 😀 said. She added that it rained. “No,” they cried."


def span(words: str) -> dict[str, Any]:
    """Return words of the text as Citron writes a span."""
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


READY = {"cue": span("said"), "sources": [span("Ana Ruiz")], "contents": [span("“We are ready,”")]}
RAIN = {
    "cue": span("added"),
    "sources": [span("She")],
    "contents": [span("that it rained")],
    "coreferences": [span("Ana Ruiz")],
    "confidence": "0.7500",
    "id": "rain",
}


def write(path: Path, *quotes: object, **more: object) -> Path:
    """Write a document, pretty, as Citron does."""
    record = {"text": TEXT, "quotes": list(quotes), **more}
    path.write_text(json.dumps(record, indent=4, ensure_ascii=False), encoding="utf-8")
    return path


def read(path: Path, told: list[Repair] | None = None) -> list[Document]:
    """Read a file or folder, and collect what was mended."""
    tell = None if told is None else told.append
    return list(read_citron(path, kind_of=kinds_of, on_repair=tell))


def test_a_quote_has_exact_spans_kind_speaker_and_confidence(tmp_path: Path) -> None:
    """Everything the format holds is read; quotes are in text order."""
    told: list[Repair] = []
    (document,) = read(write(tmp_path / "news.json", RAIN, READY), told)
    assert (document.id, document.text, told) == ("news", TEXT, [])
    ready, rain = document.quotes
    assert (ready.id, ready.kind, ready.text) == ("q2", QuoteKind.DIRECT, "“We are ready,”")
    assert (ready.source_text, ready.cue_text, ready.speaker) == ("Ana Ruiz", "said", None)
    assert (rain.id, rain.kind, rain.text) == ("rain", QuoteKind.INDIRECT, "that it rained")
    assert (rain.speaker_name, rain.confidence.content) == ("Ana Ruiz", 0.75)


def test_an_empty_list_of_coreferences_means_that_the_source_is_the_name(tmp_path: Path) -> None:
    """``null`` and no list at all mean that nobody looked."""
    quotes = [{**READY, "coreferences": []}, {**RAIN, "coreferences": None}]
    (document,) = read(write(tmp_path / "a.json", *quotes))
    assert [q.speaker_name for q in document.quotes] == ["Ana Ruiz", None]


def test_a_coreference_group_is_one_speaker_with_aliases(tmp_path: Path) -> None:
    """Who is named by different words of a group is one; several names make a group speaker."""
    cried = {
        "cue": span("cried"),
        "sources": [span("they")],
        "contents": [span("“No,”")],
        "coreferences": [span("Ana"), span("Ruiz")],
    }
    quotes = [{**READY, "coreferences": []}, {**RAIN, "coreferences": [span("Ruiz")]}, cried]
    group = [span("Ana Ruiz"), span("Ruiz"), span("She")]
    (document,) = read(write(tmp_path / "a.json", *quotes, coreference_groups=[group]))
    assert document.speakers == (
        Speaker(SpeakerId("Ana Ruiz"), "Ana Ruiz", aliases=("Ruiz",)),
        Speaker(SpeakerId("Ana and Ruiz"), "Ana and Ruiz", SpeakerKind.GROUP),
    )
    assert [q.speaker for q in document.quotes] == ["Ana Ruiz", "Ana Ruiz", "Ana and Ruiz"]


def test_a_folder_is_searched_with_its_subfolders(tmp_path: Path) -> None:
    """Ids are the names below the folder."""
    (tmp_path / "sub").mkdir()
    write(tmp_path / "sub" / "b.json")
    write(tmp_path / "a.json", READY)
    assert [(d.id, len(d.quotes)) for d in read(tmp_path)] == [("a", 1), ("sub/b", 0)]


def test_parts_that_overlap_are_cut_back_and_told(tmp_path: Path) -> None:
    """The repair names file and line."""
    told: list[Repair] = []
    path = write(tmp_path / "a.json", {**READY, "cue": span("Ruiz 😀 said")})
    (document,) = read(path, told)
    assert document.quotes[0].cue_text == "😀 said"
    assert [str(r) for r in told] == [f"{path}:4: Cue overlaps another part; cut back"]


@pytest.mark.parametrize(
    ("change", "reason", "below"),
    [
        ({"contents": [{"start": 0, "end": 999}]}, "span [0, 999) does not fit", ".contents[0]"),
        ({"contents": [{"start": 5, "end": 5}]}, "span [5, 5) does not fit", ".contents[0]"),
        ({"contents": [{"start": "0", "end": 5}]}, "span ['0', 5) does not fit", ".contents[0]"),
        ({"contents": [{"from": 0}]}, "expected a span as an object", ".contents[0]"),
        ({"contents": [span("“We are"), span("are ready")]}, "overlaps another", ".contents[1]"),
        ({"contents": []}, "expected contents with words", ".contents"),
        ({"contents": span("No")}, "expected a list", ".contents"),
        ({"sources": None}, "expected a list", ".sources"),
        ({"cue": {**span("said"), "text": "says"}}, "is 'said', not 'says'", ".cue"),
        ({"confidence": "high"}, "expected a confidence in [0, 1]", ".confidence"),
        ({"confidence": 2}, "expected a confidence in [0, 1]", ".confidence"),
        ({"id": ["x"]}, "expected the id as a string", ".id"),
        ({"id": "rain"}, "second quote 'rain', the first is in line 4", ""),
    ],
)
def test_a_damaged_quote_is_an_error_with_its_place(
    tmp_path: Path, change: dict[str, Any], reason: str, below: str
) -> None:
    """File, line of the quote, and place inside the record stand in the error."""
    path = write(tmp_path / "a.json", RAIN, {**READY, **change})
    with pytest.raises(FormatError) as caught:
        read(path)
    lines = path.read_text(encoding="utf-8").split("\n")
    second = [n for n, line in enumerate(lines, 1) if line == "        {"][1]
    assert reason in caught.value.reason
    assert (caught.value.source, caught.value.line, caught.value.path) == (
        str(path), second, f"$.quotes[1]{below}",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ('{"text": "a",\n "quotes": [}', 2, "no JSON"),
        ("[]", 1, "expected an object"),
        ('{"quotes": []}', 1, "no text: what citron-extract prints"),
        ('{"text": 5, "quotes": []}', 1, "expected the text as a string"),
        ('{"text": "a", "quotes": {}}', 1, "expected a list"),
        ('{"text": "a", "quotes": [7]}', 1, "expected a quote as an object"),
        ('{"text": "a", "quotes": [], "coreference_groups": [[7]]}', 1, "expected a span"),
        ('{"text": "a", "quotes": [], "coreference_groups": [7]}', 1, "expected a list"),
        ("[" * 100_000, 1, "nested too deeply"),
    ],
)
def test_a_file_of_another_form_is_an_error(
    tmp_path: Path, content: str, line: int, reason: str
) -> None:
    """File and line stand in the message."""
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError) as caught:
        read(path)
    assert (caught.value.source, caught.value.line) == (str(path), line)
    assert reason in str(caught.value)


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    """The message says what was looked for."""
    with pytest.raises(InputError, match=r"no \.json file"):
        read(tmp_path)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.lists(json_values), st.dictionaries(st.text(), json_values), st.sampled_from([None, 2]))
def test_lines_of_items_are_those_they_begin_on(
    items: list[Any], others: dict[str, Any], indent: int | None
) -> None:
    """Whatever the values and the layout, every item parses from the start of its line on."""
    others.pop("quotes", None)
    written = json.dumps({**others, "quotes": items, "more": others}, indent=indent)
    lines = items_with_lines(written, "quotes")
    assert len(lines) == len(items)
    if indent:
        rest = written.split("\n")
        for line, item in zip(lines, items, strict=True):
            after = "\n".join(rest[line - 1 :]).lstrip()
            assert json.JSONDecoder().raw_decode(after)[0] == item
    else:
        assert set(lines) <= {1}
