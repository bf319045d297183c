"""W3C Web Annotations."""

import io
import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import FormatError
from quotecraft.formats import webannotation
from quotecraft.model import Document, Quote, QuoteKind, Span
from tests.formats.examples import TEXT, document
from tests.strategies import documents

MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing",
    "highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def written(*given_documents: Document, text: bool = True) -> bytes:
    """Return the collection of some documents."""
    stream = io.BytesIO()
    webannotation.write(given_documents, stream, text=text)
    return stream.getvalue()


def read(data: object, **options: Any) -> list[Document]:
    """Return the documents of a collection in bytes, or of a JSON value."""
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    return list(webannotation.read(io.BytesIO(data), **options))


@given(st.lists(documents(), max_size=2))
def test_round_trip_is_exact(given_documents: list[Document]) -> None:
    """Any documents are equal after writing and reading, odd text included."""
    assert given_documents == read(written(*given_documents))


@given(documents())
def test_round_trip_without_text_is_exact(given_document: Document) -> None:
    """A collection without text, given the text by document id, is the same document."""
    data = written(given_document, text=False)
    assert [given_document] == read(data, texts={given_document.id: given_document.text})


def resources(value: object) -> list[dict[str, Any]]:
    """Return every object in a JSON value that has a type."""
    if isinstance(value, list):
        return [found for item in value for found in resources(item)]
    if isinstance(value, dict):
        inner = [found for key, v in value.items() if key[0] != "q" for found in resources(v)]
        return [value, *inner] if "type" in value else inner
    return []


def test_collection_follows_the_data_model() -> None:
    """The collection has what the standard's sections 3.1, 4.2 and 5 say an implementation must."""
    collection = json.loads(written(document(), document(id="b")))
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    page = collection["first"]
    assert ("AnnotationPage", collection["id"]) == (page["type"], page["partOf"])
    assert collection["total"] == len(page["items"]) == 10
    ids = [item["id"] for item in page["items"]]
    assert len(ids) == len(set(ids))
    for item in page["items"]:
        assert item["type"] == "Annotation"
        assert item["motivation"] in MOTIVATIONS
        assert item["target"]


def one(resource: dict[str, Any], name: str, kind: type) -> bool:
    """Say whether a resource has exactly one value of a property, of the type it must have."""
    return isinstance(resource.get(name), kind)


@given(documents())
def test_every_must_of_the_model_is_kept(given_document: Document) -> None:
    """What the Recommendation's sections 3.1, 3.2, 4 and 4.2 say must be, is, in any document."""
    for item in webannotation.to_annotations(given_document):
        assert one(item, "id", str)
        assert item["target"]
        for resource in resources(item):
            sort = resource["type"]
            if sort == "TextualBody":
                assert one(resource, "value", str)
            elif sort == "SpecificResource":
                assert one(resource, "source", str) or one(resource["source"], "id", str)
            elif sort == "TextQuoteSelector":
                assert one(resource, "exact", str)
                assert resource["exact"]
                assert one(resource, "prefix", str)
                assert one(resource, "suffix", str)
            elif sort == "TextPositionSelector":
                assert 0 <= resource["start"] < resource["end"]
            else:
                assert sort in {"Annotation", "Person", "Organization"}


OA = "http://www.w3.org/ns/oa#"
# The terms of the standard's context that we use, after its Vocabulary, appendix A.
TERMS: dict[str, Any] = {
    "oa": OA,
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    **{name: f"oa:{name}" for name in ("Annotation", "TextualBody", "SpecificResource")},
    **{name: f"oa:{name}" for name in ("TextQuoteSelector", "TextPositionSelector")},
    "Person": "http://xmlns.com/foaf/0.1/Person",
    "Organization": "http://xmlns.com/foaf/0.1/Organization",
    "name": "http://xmlns.com/foaf/0.1/name",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    **{f"{name}ing": f"oa:{name}ing" for name in ("describ", "highlight", "identify", "link")},
    "tagging": "oa:tagging",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "value": "rdf:value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
    "first": {"@type": "@id", "@id": "as:first"},
    "partOf": {"@type": "@id", "@id": "as:partOf"},
    "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
}


def test_a_json_ld_processor_finds_the_graph() -> None:
    """PyLD, with the standard's terms, expands a collection to its statements, none lost."""
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD is not installed")

    def load(address: str, options: object) -> dict[str, Any]:
        assert address == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": address, "document": {"@context": TERMS}}

    collection = json.loads(written(document()))
    graph = jsonld.flatten(jsonld.expand(collection, {"documentLoader": load}))
    sorts = [sort for node in graph for sort in node.get("@type", [])]
    stretches = sum(len(q.content) + len(q.cue) + len(q.source) for q in document().quotes)
    assert sorts.count(f"{OA}Annotation") == 5
    assert sorts.count(f"{OA}TextQuoteSelector") == stretches
    assert sorts.count(f"{OA}TextPositionSelector") == stretches
    exact = {node[f"{OA}exact"][0]["@value"] for node in graph if f"{OA}exact" in node}
    assert {"“We are ready,”", "told", "she"} <= exact
    records = [node for node in graph if "urn:x-quotecraft:record" in node]
    assert len(records) == 5


@given(documents())
def test_selectors_agree_with_the_text(given_document: Document) -> None:
    """Both selectors of every stretch lead to the same code points of the text."""
    text = given_document.text
    items = webannotation.to_annotations(given_document)
    for resource in resources(items):
        if resource["type"] != "SpecificResource" or "selector" not in resource:
            continue
        quoted, position = resource["selector"]
        start, end = position["start"], position["end"]
        assert quoted["exact"] == text[start:end]
        assert text[:start].endswith(quoted["prefix"])
        assert text[end:].startswith(quoted["suffix"])


def test_positions_count_code_points() -> None:
    """A character outside the Basic Multilingual Plane counts once, as the standard asks."""
    emoji = Document("d", "😀 “Yes.”", quotes=[Quote("q1", "direct", [Span(2, 8)])])
    target = webannotation.to_annotations(emoji)[1]["target"][0]
    position = {"type": "TextPositionSelector", "start": 2, "end": 8}
    assert [
        {"type": "TextQuoteSelector", "exact": "“Yes.”", "prefix": "😀 ", "suffix": ""},
        position,
    ] == target["selector"]


def test_a_quotation_names_its_parts() -> None:
    """Targets are the content's stretches; bodies are tags, cue, source mention and agents."""
    item = webannotation.to_annotations(document())[2]
    assert [target["selector"][0]["exact"] for target in item["target"]] == [
        "“We are ready,”",
        "“We have been\r\n\r\nready for weeks.”",
    ]
    tags = [b["value"] for b in item["body"] if b["purpose"] == "tagging"]
    assert tags == ["direct", "speech", "neutral"]
    parts = {b["quotecraft:role"]: b for b in item["body"] if "quotecraft:role" in b}
    assert parts["cue"]["selector"][0]["exact"] == "told"
    assert parts["source"]["selector"][0]["exact"] == "she"
    speaker = {"id": "urn:x-quotecraft:document:clinics.txt#speaker:s1"}
    assert {**speaker, "name": "Ana Ruiz", "type": "Person"} == parts["speaker"]["source"]
    assert parts["addressee"]["source"]["name"] == "the council"
    assert item["motivation"] == "identifying"


def test_web_address_is_the_source() -> None:
    """A document with a web address in its metadata is annotated at that address."""
    address = "https://example.org/clinics"
    online = document(metadata={"url": address})
    assert {address} == {
        target["source"]
        for item in webannotation.to_annotations(online)[1:]
        for target in item["target"]
    }
    assert [online] == read(written(online))


@pytest.mark.parametrize("address", ["javascript:x", "http://a b", "http://a\n", 5, ""])
def test_what_is_no_web_address_is_no_source(address: object) -> None:
    """Anything but an http address leaves the source a URN of the document's id."""
    described = webannotation.to_annotations(document(metadata={"url": address}))[0]
    assert described["target"] == "urn:x-quotecraft:document:clinics.txt"


def test_same_id_twice_stays_two_documents() -> None:
    """Two documents with one id come back as two."""
    assert [document(), document()] == read(written(document(), document()))


def foreign(*selectors: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Return an annotation as other software writes it."""
    target = {"source": "https://example.org/a", "selector": list(selectors)}
    return {"type": "Annotation", "id": "https://example.org/1", "target": target, **changes}


QUOTED = {"type": "TextQuoteSelector", "exact": "“Yes,”", "prefix": "", "suffix": " she"}
TEXTS = {"https://example.org/a": "“Yes,” she said. “Yes,” he said."}


@pytest.mark.parametrize(
    "selectors",
    [
        [QUOTED],
        [{"type": "TextPositionSelector", "start": 0, "end": 6}],
        [{"type": "TextPositionSelector", "start": 0, "end": 6}, QUOTED],
        [{"type": "TextPositionSelector", "start": 5, "end": 9}, QUOTED],
        [{"type": "TextPositionSelector", "start": 90, "end": 99}, QUOTED],
        [{"type": "XPathSelector", "value": "/html"}, QUOTED],
    ],
)
def test_foreign_annotations_are_found_again(selectors: list[dict[str, Any]]) -> None:
    """A stretch is found by position, or by its words when the position has moved."""
    expected = Quote("q1", "direct", [Span(0, 6)])
    for value in (foreign(*selectors), [foreign(*selectors)], {"items": [foreign(*selectors)]}):
        (found,) = read(value, texts=TEXTS)
        assert (expected,) == found.quotes


def test_foreign_page_notes_are_passed_over() -> None:
    """Annotations about no stretch of text are no quotations."""
    note = {"type": "Annotation", "id": "n", "target": "https://example.org/a", "body": "nice"}
    (found,) = read([note, foreign(QUOTED)], texts=TEXTS)
    assert len(found.quotes) == 1


@pytest.mark.parametrize(
    ("words", "kind"),
    [("“Yes,”", "direct"), ("Yes,", "indirect"), ("“Yes,” she", "mixed")],
)
def test_untagged_kind_is_told_by_the_marks(words: str, kind: str) -> None:
    """A quotation without a tag of its kind gets the one that its quotation marks tell."""
    selector = {"type": "TextQuoteSelector", "exact": words, "prefix": "", "suffix": ""}
    texts = {"https://example.org/a": "“Yes,” she said."}
    (found,) = read([foreign(selector)], texts=texts)
    assert QuoteKind(kind) == found.quotes[0].kind


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        ({**QUOTED, "suffix": ""}, "more than once"),
        ({**QUOTED, "exact": "“No,”"}, "the text has no '“No,”'"),
        ({"type": "TextPositionSelector", "start": 0, "end": 99}, "expected a text quote"),
    ],
)
def test_a_stretch_is_never_guessed(selector: dict[str, Any], message: str) -> None:
    """A stretch that the text has not, or has twice, is an error with its place."""
    with pytest.raises(FormatError, match=message) as caught:
        read([foreign(selector)], texts=TEXTS)
    assert caught.value.path == "$[0].target[0]"


def test_edited_text_is_refused() -> None:
    """A collection read with another text than it was made from is an error."""
    with pytest.raises(FormatError, match="SHA-256 differs"):
        read(written(document(), text=False), texts={"clinics.txt": TEXT + "."})


def test_edits_made_elsewhere_are_read() -> None:
    """A tag, a stretch and a name changed by other software are what is read."""
    old, new = '"name":"Ana Ruiz","type"', '"name":"Ana María Ruiz","type"'
    data = written(document()).decode().replace(old, new)
    collection = json.loads(data)
    item = collection["first"]["items"][1]
    for body in item["body"]:
        if body.get("value") == "neutral":
            body["value"] = "doubting"
    item["target"][0]["selector"] = {"type": "TextPositionSelector", "start": 41, "end": 60}
    (changed,) = read(collection)
    first = document().quotes[0]
    assert evolve(first, stance="doubting", content=[Span(41, 60)]) == changed.quotes[0]
    assert changed.speakers[0].name == "Ana María Ruiz"
    assert document().speakers[0].mentions == changed.speakers[0].mentions


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (5, "$"),
        ({"type": "AnnotationCollection", "first": "https://example.org/page1"}, "$.first"),
        ([5], "$[0]"),
        ({"items": [{"type": "Person"}]}, "$.items[0]"),
    ],
)
def test_what_is_no_annotation_is_refused(value: object, path: str) -> None:
    """Other JSON ends in a format error with the place."""
    with pytest.raises(FormatError) as caught:
        read(value)
    assert path == caught.value.path


DAMAGE = [
    (0, "quotecraft:record", 5),
    (0, "quotecraft:record", {"speakers": 5}),
    (0, "quotecraft:record", {"speakers": [5]}),
    (1, "quotecraft:record", 5),
    (1, "quotecraft:record", {"id": []}),
    (1, "quotecraft:record", {"parent": 5}),
    (1, "body", [{"quotecraft:role": "speaker", "source": "x"}]),
    (1, "body", [{"quotecraft:role": "cue"}]),
    (1, "target", []),
    (1, "surrogate_pairs", 5),
]


@pytest.mark.parametrize(("index", "key", "value"), DAMAGE)
def test_damage_is_a_format_error(index: int, key: str, value: object) -> None:
    """However our own fields are damaged, reading ends in a format error."""
    collection = json.loads(written(document()))
    collection["first"]["items"][index][key] = value
    with pytest.raises(FormatError):
        read(collection)


def test_empty_collection_is_valid() -> None:
    """No documents give a collection of no annotations."""
    assert json.loads(written())["total"] == 0
    assert read(written()) == []
