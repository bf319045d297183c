"""The interchange record and JSON Lines."""

import datetime
import gzip
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import FormatError, InputError
from quotecraft.formats import jsonl
from quotecraft.formats._record import text_sha256
from quotecraft.model import Document, Quote, Span, Speaker
from tests.formats.examples import TEXT, document
from tests.strategies import documents, unknown_fields


def record(**changes: Any) -> dict[str, Any]:
    """Return the example's record, with top-level fields replaced."""
    return {**jsonl.to_record(document()), **changes}


def failure(value: object, **options: Any) -> FormatError:
    """Return the error that reading a record ends in."""
    with pytest.raises(FormatError) as caught:
        jsonl.from_record(value, **options)
    return caught.value


@given(documents())
def test_round_trip_is_exact(given_document: Document) -> None:
    """Any document is equal after writing and reading, odd text included."""
    assert given_document == jsonl.loads(jsonl.dumps(given_document))


@given(documents())
def test_round_trip_without_text_is_exact(given_document: Document) -> None:
    """A record without text, given the text by its hash, is the same document."""
    line = jsonl.dumps(given_document, text=False)
    texts = {text_sha256(given_document.text): given_document.text}
    assert given_document == jsonl.loads(line, texts=texts)


@given(st.lists(documents(), max_size=2))
def test_every_document_is_one_line_of_utf8(given_documents: list[Document]) -> None:
    """Each document takes exactly one line, valid UTF-8, and all come back in order."""
    stream = io.BytesIO()
    jsonl.write_jsonl(given_documents, stream)
    assert len(given_documents) == len(stream.getvalue().decode("utf-8").split("\n")) - 1
    stream.seek(0)
    assert given_documents == list(jsonl.read_jsonl(stream))


@given(unknown_fields(), unknown_fields(), unknown_fields(), unknown_fields(), unknown_fields())
def test_unknown_fields_survive_at_every_level(
    top: dict[str, Any],
    quote: dict[str, Any],
    confidence: dict[str, Any],
    speaker: dict[str, Any],
    mention: dict[str, Any],
) -> None:
    """Unknown fields of any object in a record are written back where they stood."""
    value = record(**top)
    value["quotes"][0].update(quote)
    value["quotes"][0]["confidence"].update(confidence)
    value["speakers"][0].update(speaker)
    value["speakers"][0]["mentions"][1].update(mention)
    assert value == jsonl.to_record(jsonl.from_record(value))


def test_record_follows_the_published_schema() -> None:
    """The record has the fields, in the form, that the documentation gives."""
    value = jsonl.to_record(document())
    top = ["schema", "id", "text", "metadata", "model", "quotes", "speakers"]
    assert top == list(value)
    assert value["quotes"][1] == {
        "id": "q2",
        "kind": "direct",
        "level": "speech",
        "content": [[65, 80], [103, 137]],
        "cue": [[85, 89]],
        "cue_lemma": "tell",
        "stance": "neutral",
        "source": [[81, 84]],
        "speaker": "s1",
        "addressee": "s2",
        "parent": None,
        "confidence": {"content": 1.0, "source": 1.0, "speaker": 1.0},
        "evidence": ["cue:told", "pronoun:she→s1"],
    }
    assert value["speakers"][0] == {
        "id": "s1",
        "name": "Ana Ruiz",
        "kind": "person",
        "aliases": ["Ruiz"],
        "roles": ["health minister"],
        "pronouns": ["she"],
        "mentions": [
            {"span": [0, 8], "kind": "name"},
            {"span": [81, 84], "kind": "pronoun"},
        ],
    }


def test_record_is_plain_json() -> None:
    """A record survives Python's own JSON module unchanged."""
    assert record() == json.loads(json.dumps(record()))


def test_absent_links_are_empty_lists_and_nulls() -> None:
    """A quote with nothing but its content has [] for spans and null for ids."""
    bare = Document("d", "“Yes.”", quotes=[Quote("q1", "direct", [Span(0, 6)])])
    quote = jsonl.to_record(bare)["quotes"][0]
    names = ("cue", "source", "cue_lemma", "speaker", "addressee", "parent")
    assert [quote[name] for name in names] == [[], [], None, None, None, None]


def test_members_of_a_group_are_ids() -> None:
    """A group's record lists its members' ids; others have no such field."""
    pair = Speaker("s1", "Ana and Tom", members=["s2", "s3"])
    whole = Document("d", "", speakers=[pair, Speaker("s2", "Ana"), Speaker("s3", "Tom")])
    value = jsonl.to_record(whole)
    assert [one.get("members") for one in value["speakers"]] == [["s2", "s3"], None, None]
    assert jsonl.from_record(value) == whole


def test_a_minimal_record_is_enough() -> None:
    """Fields that have a default may be left out."""
    value = {
        "schema": "quotecraft/1",
        "id": "d",
        "text": "“Yes.”",
        "quotes": [{"id": "q1", "kind": "direct", "content": [[0, 6]]}],
    }
    expected = Document("d", "“Yes.”", quotes=[Quote("q1", "direct", [Span(0, 6)])])
    assert expected == jsonl.from_record(value)


def test_hash_replaces_the_text() -> None:
    """Without text the record holds the SHA-256 of its UTF-8 bytes."""
    value = jsonl.to_record(document(), text=False)
    assert "text" not in value
    assert text_sha256(TEXT) == value["sha256"]


def test_text_is_found_by_id_or_by_function() -> None:
    """Texts may be a mapping by document id, or a function."""
    line = jsonl.dumps(document(), text=False)
    assert document() == jsonl.loads(line, texts={"clinics.txt": TEXT})
    assert document() == jsonl.loads(line, texts=lambda key: TEXT if len(key) == 64 else None)
    assert document() == jsonl.from_record(json.loads(line), text=TEXT)


def test_another_text_is_refused() -> None:
    """A text whose hash differs would put every offset in doubt, so it is an error."""
    error = failure(jsonl.to_record(document(), text=False), text=TEXT.replace("\r\n", "\n"))
    assert "SHA-256 differs" in str(error)
    assert error.path == "$.sha256"


def test_missing_text_says_what_to_do() -> None:
    """A record without text, read without texts, says how to give them."""
    error = failure(jsonl.to_record(document(), text=False))
    assert "give it in `texts`, by document id or by sha256" in str(error)


@pytest.mark.parametrize(
    ("place", "value", "path", "expected"),
    [
        (("quotes", 3, "kind"), "quoted", "$.quotes[3].kind", "one of direct, indirect, mixed"),
        (("quotes", 0, "kind"), None, "$.quotes[0].kind", "one of direct, indirect, mixed"),
        (("quotes", 0, "content", 0), [1], "$.quotes[0].content[0]", "[start, end]"),
        (("quotes", 0, "content", 0), [True, 9], "$.quotes[0].content[0]", "[start, end]"),
        (("quotes", 0, "content", 0), [5, 4], "$.quotes[0].content[0]", "reversed"),
        (("quotes", 0, "content"), [[0, 9], [5, 12]], "$.quotes[0]", "overlap"),
        (("quotes", 1, "id"), "q1", "$", "two quotes have id 'q1'"),
        (("quotes", 0, "content"), "x", "$.quotes[0].content", "expected a list"),
        (("quotes", 0, "content"), [], "$.quotes[0]", "no content span"),
        (("quotes", 0, "speaker"), 1, "$.quotes[0].speaker", "expected a string"),
        (("quotes", 0, "confidence"), 1, "$.quotes[0].confidence", "expected an object"),
        (("quotes", 0, "confidence", "source"), 2, "$.quotes[0].confidence", "[0, 1]"),
        (("quotes", 0, "confidence", "source"), "1", "$.quotes[0].confidence.source", "number"),
        (("quotes", 1), None, "$.quotes[1]", "expected an object"),
        (("quotes",), {}, "$.quotes", "expected a list"),
        (("speakers", 0, "aliases"), "Ruiz", "$.speakers[0].aliases", "expected a list"),
        (("speakers", 0, "mentions", 1, "span"), 3, "$.speakers[0].mentions[1].span", "[start"),
        (("metadata",), [], "$.metadata", "expected an object"),
        (("text",), 5, "$.text", "string"),
        (("sha256",), 5, "$.sha256", "hex"),
        (("id",), None, "$.id", "string"),
        (("schema",), "tei", "$.schema", 'expected "quotecraft/1"'),
        (("schema",), None, "$.schema", 'expected "quotecraft/1"'),
        (("schema",), "quotecraft/0", "$.schema", 'expected "quotecraft/1"'),
    ],
)
def test_errors_name_the_place_and_what_was_expected(
    place: tuple[str | int, ...], value: object, path: str, expected: str
) -> None:
    """A damaged record is refused with file, line, path and expectation."""
    damaged: Any = record()
    *parents, last = place
    target = damaged
    for step in parents:
        target = target[step]
    target[last] = value
    error = failure(damaged, source="a.jsonl", line=7)
    assert ("a.jsonl", 7, path) == (error.source, error.line, error.path)
    assert str(error).startswith("a.jsonl:7: ")
    assert expected in str(error)


def test_missing_field_is_named() -> None:
    """A required field that is absent is named with its place."""
    value = record()
    del value["quotes"][2]["content"]
    error = failure(value)
    assert "field 'content' is missing" in error.reason
    assert error.path == "$.quotes[2].content"


def test_span_outside_the_text_is_refused() -> None:
    """An offset past the end of the text is a format error, not a wrong slice."""
    value = record(text=TEXT[:70])
    error = failure(value, source="a.jsonl", line=7)
    assert str(error).startswith("a.jsonl:7: ")
    assert "lies outside the text of 70 code points" in error.reason


def test_newer_schema_says_upgrade() -> None:
    """A record of a later schema is refused with the command that helps."""
    assert "pip install --upgrade quotecraft" in str(failure(record(schema="quotecraft/12")))


def test_not_an_object_is_refused() -> None:
    """A line that holds a list or number is a format error."""
    assert "expected an object, got [1]" in str(failure([1]))


@pytest.mark.parametrize("line", ["{", "nonsense", '{"a": NaN}', b"\xff\xfe", "[" * 5000])
def test_broken_json_is_a_format_error(line: str | bytes) -> None:
    """No line, however broken, ends in anything but a FormatError with its place."""
    with pytest.raises(FormatError) as caught:
        jsonl.loads(line, source="a.jsonl", number=3)
    assert str(caught.value).startswith("a.jsonl:3: ")


def test_damaged_surrogate_note_is_a_format_error() -> None:
    """A note on surrogates that leads nowhere is a format error."""
    line = json.dumps(record(surrogate_pairs=[[["text", "nowhere"], [3]]]))
    with pytest.raises(FormatError, match="surrogate_pairs is damaged"):
        jsonl.loads(line)


def test_surrogates_are_kept_apart() -> None:
    """Two neighbouring surrogates stay two code points, so that offsets hold."""
    text = "a\ud83d\ude00b\ud83d\ude00\ud800"
    read = jsonl.loads(jsonl.dumps(Document("d", text, metadata={"k": ["\ud83d\ude00"]})))
    assert text == read.text
    assert read.metadata == {"k": ["\ud83d\ude00"]}


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"a": {1: 2}}, "$.metadata.a"),
        ({"a": [1, object()]}, "$.metadata.a[1]"),
        ({"a": 2**64}, "$.metadata.a"),
        ({"a": b"x"}, "$.metadata.a"),
    ],
)
def test_metadata_that_json_cannot_hold_is_named(value: dict[str, Any], path: str) -> None:
    """Writing metadata that are no JSON fails with the place in the record."""
    with pytest.raises(FormatError) as caught:
        jsonl.dumps(document(metadata=value))
    assert ("clinics.txt", path) == (caught.value.source, caught.value.path)


def test_metadata_that_hold_themselves_are_refused() -> None:
    """Circular metadata are a format error."""
    loop: dict[str, Any] = {}
    loop["self"] = loop
    with pytest.raises(FormatError, match="hold themselves"):
        jsonl.dumps(document(metadata=loop))


def test_deep_metadata_survive() -> None:
    """Nesting deeper than the fast encoder allows is still written and read."""
    deep: Any = 1
    for _ in range(300):
        deep = [deep]
    assert {"deep": deep} == jsonl.loads(jsonl.dumps(document(metadata={"deep": deep}))).metadata


def test_dates_become_iso_and_nan_null() -> None:
    """Dates are written in ISO 8601, tuples as lists, NaN as null."""
    given_metadata = {
        "date": datetime.date(2024, 3, 5),
        "at": datetime.datetime(2024, 3, 5, 6, 7, tzinfo=datetime.UTC),
        "pair": (1, 2.5),
        "nan": float("nan"),
    }
    assert jsonl.to_record(document(metadata=given_metadata))["metadata"] == {
        "date": "2024-03-05",
        "at": "2024-03-05T06:07:00+00:00",
        "pair": [1, 2.5],
        "nan": None,
    }


def test_numpy_numbers_are_numbers() -> None:
    """NumPy scalars in metadata are written as plain numbers."""
    np = pytest.importorskip("numpy")
    metadata = {"n": np.int64(3), "x": np.float32(0.5)}
    assert jsonl.to_record(document(metadata=metadata))["metadata"] == {"n": 3, "x": 0.5}


def test_reading_streams(tmp_path: Any) -> None:
    """Documents are read one at a time: the first comes before a later line fails."""
    path = tmp_path / "a.jsonl"
    path.write_text(jsonl.dumps(document()) + "\n\nbroken\n", encoding="utf-8")
    reader = jsonl.read_jsonl(path)
    assert document() == next(reader)
    with pytest.raises(FormatError) as caught:
        next(reader)
    assert (str(path), 3) == (caught.value.source, caught.value.line)


def test_bad_lines_can_be_skipped_or_handed_over() -> None:
    """on_error skips silently, or calls a function with each error."""
    lines = f"broken\n{jsonl.dumps(document())}\n{{}}\n"
    assert [document()] == list(jsonl.read_jsonl(io.StringIO(lines), on_error="skip"))
    errors: list[FormatError] = []
    assert [document()] == list(jsonl.read_jsonl(io.StringIO(lines), on_error=errors.append))
    assert [error.line for error in errors] == [1, 3]


def test_byte_order_mark_is_passed_over() -> None:
    """A UTF-8 byte order mark before the first line does no harm."""
    data = b"\xef\xbb\xbf" + jsonl.dumps(document()).encode()
    assert [document()] == list(jsonl.read_jsonl(io.BytesIO(data)))


def test_missing_file_is_an_input_error(tmp_path: Any) -> None:
    """Reading a path that does not exist names it."""
    with pytest.raises(InputError, match=r"no\.jsonl"):
        next(jsonl.read_jsonl(tmp_path / "no.jsonl"))


def test_any_binary_stream_will_do(tmp_path: Any) -> None:
    """Compressed streams are written and read like any other."""
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb") as stream:
        assert jsonl.write_jsonl([document(), document(id="b")], stream) == 2
    with gzip.open(path, "rb") as stream:
        assert [document(), document(id="b")] == list(jsonl.read_jsonl(stream))


def test_long_lines_are_fine() -> None:
    """A text of ten million characters is one line like any other."""
    text = "“word” said\n" * 900_000
    long = Document("long", text, quotes=[Quote("q1", "direct", [Span(0, 6)])])
    stream = io.BytesIO()
    jsonl.write_jsonl([long], stream)
    stream.seek(0)
    assert [long] == list(jsonl.read_jsonl(stream))
