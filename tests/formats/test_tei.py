"""TEI P5."""

import io
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import FormatError
from quotecraft.formats import tei
from quotecraft.model import Document, Quote, Span, Speaker
from tests.formats.examples import TEXT, document, span
from tests.strategies import documents

NS = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

# Which of the elements we use may stand in which, and with which attributes, after the content
# models and attribute classes of the TEI P5 Guidelines (chapters 2, 3, 5, 13, 15, 16).
PHRASES = {"seg", "rs", "g"}
INSIDE: dict[str, set[str]] = {
    "teiCorpus": {"teiHeader", "TEI"},
    "TEI": {"teiHeader", "text"},
    "teiHeader": {"fileDesc", "encodingDesc", "profileDesc", "xenoData"},
    "fileDesc": {"titleStmt", "publicationStmt", "sourceDesc"},
    "titleStmt": {"title"},
    "publicationStmt": {"p"},
    "sourceDesc": {"p"},
    "encodingDesc": {"classDecl", "charDecl"},
    "classDecl": {"taxonomy"},
    "taxonomy": {"category"},
    "category": {"catDesc", "category"},
    "charDecl": {"char"},
    "char": {"localProp"},
    "profileDesc": {"particDesc"},
    "particDesc": {"listPerson", "listOrg"},
    "listPerson": {"person"},
    "listOrg": {"org"},
    "person": {"persName", "note"},
    "org": {"orgName", "note"},
    "text": {"body"},
    "body": {"p"},
    "p": {"said", *PHRASES},
    "said": {"said", *PHRASES},
    "seg": {"said", *PHRASES},
    "rs": PHRASES,
    "note": {"g"},
    "title": {"g"},
    "persName": {"g"},
    "orgName": {"g"},
}
TEXTUAL = {"p", "said", "seg", "rs", "note", "title", "persName", "orgName", "catDesc", "xenoData"}
ATTRIBUTES = {
    "said": {"who", "toWhom", "aloud", "direct", "ana", "next", "prev"},
    "rs": {"type", "ref", "corresp", "ana", "next", "prev"},
    "seg": {"type", "corresp", "ana", "next", "prev"},
    "person": {"role"},
    "org": {"role"},
    "persName": {"type"},
    "orgName": {"type"},
    "note": {"type"},
    "xenoData": {"type"},
    "localProp": {"name", "value"},
    "g": {"ref"},
    "text": {"{http://www.w3.org/XML/1998/namespace}space"},
}
NOT_EMPTY = {
    "listPerson",
    "listOrg",
    "particDesc",
    "profileDesc",
    "encodingDesc",
    "charDecl",
    "body",
}


def written(*given_documents: Document) -> bytes:
    """Return the TEI of some documents."""
    stream = io.BytesIO()
    tei.write(given_documents, stream)
    return stream.getvalue()


def read(data: bytes | str) -> list[Document]:
    """Return the documents of some TEI."""
    stream = io.BytesIO(data) if isinstance(data, bytes) else io.StringIO(data)
    return list(tei.read(stream))


def elements(data: bytes) -> Iterator[tuple[ET.Element, str]]:
    """Yield the elements of some TEI with their names, without the namespace all must have."""
    for element in ET.fromstring(data).iter():
        assert element.tag.startswith(NS)
        yield element, element.tag.removeprefix(NS)


def character_data(element: ET.Element, characters: dict[str, str]) -> str:
    """Return an element's text, ``<g>`` elements resolved."""
    pieces = [element.text or ""]
    for child in element:
        known = child.tag == f"{NS}g"
        pieces.append(
            characters[child.get("ref", "")[1:]] if known else character_data(child, characters)
        )
        pieces.append(child.tail or "")
    return "".join(pieces)


@given(st.lists(documents(), min_size=1, max_size=3))
def test_round_trip_is_exact(given_documents: list[Document]) -> None:
    """Any documents are equal after writing and reading, odd text and overlaps included."""
    assert given_documents == read(written(*given_documents))


@given(st.lists(documents(), min_size=1, max_size=2))
def test_mark_up_follows_the_guidelines(given_documents: list[Document]) -> None:
    """Elements nest and carry attributes as P5 allows; ids are unique and pointers resolve."""
    ids: list[str] = []
    pointers: set[str] = set()
    for element, name in elements(written(*given_documents)):
        children = {child.tag.removeprefix(NS) for child in element}
        assert children <= INSIDE.get(name, set())
        assert children or name not in NOT_EMPTY
        assert name in TEXTUAL or not (element.text or "").strip()
        assert all(name in TEXTUAL or not (child.tail or "").strip() for child in element)
        assert set(element.attrib) - {XML_ID} <= ATTRIBUTES.get(name, set())
        ids += [element.attrib[XML_ID]] if XML_ID in element.attrib else []
        for key in ("who", "toWhom", "ref", "corresp", "next", "prev", "ana"):
            pointers |= set(element.get(key, "").split())
    assert len(ids) == len(set(ids))
    assert pointers <= {f"#{name}" for name in ids}


@given(documents())
def test_text_is_the_character_data(given_document: Document) -> None:
    """The character data of <text>, as Python's own parser gives it, are the text exactly."""
    root = ET.fromstring(written(given_document))
    characters = {
        char.attrib[XML_ID]: chr(int(char[0].attrib["value"], 16))
        for char in root.iter(f"{NS}char")
    }
    text = root.find(f"{NS}text")
    assert text is not None
    assert given_document.text == character_data(text, characters)


@given(documents())
def test_chains_go_both_ways(given_document: Document) -> None:
    """Each @next has its @prev, and pieces of one quotation follow one another in the text."""
    nexts, prevs = {}, {}
    for element, _ in elements(written(given_document)):
        here = f"#{element.get(XML_ID)}"
        if element.get("next"):
            nexts[here] = element.get("next")
        if element.get("prev"):
            prevs[here] = element.get("prev")
    assert {after: before for before, after in nexts.items()} == prevs


def test_example_reads_like_tei() -> None:
    """The mark-up of the example is what a TEI encoder would write."""
    body = written(document()).decode().partition("<body>")[2].partition("</body>")[0]
    first, second, third = body.split("</p>")[:3]
    assert first == (
        '<p><rs xml:id="d1.q1.source" type="source" corresp="#d1.q1" ref="#d1.s1">'
        "Ana Ruiz, the health minister,</rs> "
        '<seg xml:id="d1.q1.cue" type="cue" corresp="#d1.q1">said</seg> '
        '<said xml:id="d1.q1" who="#d1.s1" aloud="true" direct="false" '
        'ana="#kind.indirect #level.speech #stance.neutral">the clinics would reopen</said>'
        ".&#13;\n&#13;\n"
    )
    assert '<said xml:id="d1.q2" next="#d1.q2.2" who="#d1.s1" toWhom="#d1.s2"' in second
    assert '<said xml:id="d1.q2.2" prev="#d1.q2" next="#d1.q2.3"' in second
    assert '<p><said xml:id="d1.q2.3" prev="#d1.q2.2" who="#d1.s1"' in third
    assert '#stance.neutral #same-span">ready for weeks.”</said>' in third
    assert 'aloud="false" direct="unknown"' in third


def test_speakers_are_listed() -> None:
    """People are in listPerson, organizations and groups in listOrg, with names and roles."""
    header = written(document()).decode()
    assert (
        '<listPerson>\n<person xml:id="d1.s1" role="person"><persName>Ana Ruiz</persName>'
        '<persName type="alias">Ruiz</persName><note type="role">health minister</note>'
        '<note type="pronoun">she</note></person>\n</listPerson>\n'
    ) in header
    assert '<org xml:id="d1.s3" role="organization"><orgName>The union</orgName></org>' in header


def test_one_document_is_tei_several_a_corpus() -> None:
    """The root is <TEI> for one document, <teiCorpus> for more."""
    assert f"{NS}TEI" == ET.fromstring(written(document())).tag
    corpus = ET.fromstring(written(document(), document(id="b"), document(id="c")))
    assert f"{NS}teiCorpus" == corpus.tag
    assert len(corpus.findall(f"{NS}TEI")) == 3
    assert f"{NS}teiCorpus" == ET.fromstring(written()).tag


def test_a_source_that_holds_a_quotation_is_a_seg() -> None:
    """<rs> may hold no <said>: a source mention around a quotation is a <seg>."""
    text = "the man who said “no” said yes"
    quotes = [
        Quote("q1", "direct", [Span(17, 21)]),
        Quote("q2", "indirect", [Span(27, 30)], source=[Span(0, 21)], parent="q1"),
    ]
    quoted = Document("d", text, quotes=quotes)
    assert '<seg xml:id="d1.q2.source" type="source"' in written(quoted).decode()
    assert [quoted] == read(written(quoted))


def edited(change: Callable[[str], str]) -> Document:
    """Return the example after a change to its TEI."""
    before = written(document()).decode()
    after = change(before)
    assert after != before
    (found,) = read(after)
    return found


def test_edits_of_the_mark_up_are_read() -> None:
    """Changed attributes and moved tags are what is read; the rest stays."""
    found = edited(
        lambda t: t.replace('aloud="true" direct="false"', 'aloud="false" direct="unknown"', 1)
        .replace("stance.neutral", "stance.doubting", 2)
        .replace('>the clinics would reopen</said>', ">the clinics</said> would reopen")
    )  # fmt: skip
    first = evolve(
        document().quotes[0],
        kind="mixed",
        level="thought",
        stance="doubting",
        content=[span("the clinics")],
    )
    assert first == found.quotes[0]
    assert document().quotes[2:] == found.quotes[2:]


def test_edited_text_keeps_the_mark_up() -> None:
    """Mark-up in place stays right when the text is mended; mentions, which are offsets, go."""
    found = edited(lambda t: t.replace("would reopen", "were to reopen"))
    assert found.quotes[0].text == "the clinics were to reopen"
    assert found.quotes[1].text == "“We are ready,” … “We have been\r\n\r\nready for weeks.”"
    assert found.speakers[0].mentions == ()
    assert found.speakers[0].roles == ("health minister",)


def test_edited_names_are_read() -> None:
    """A speaker renamed or reclassified in the header is so in the document."""
    found = edited(
        lambda t: t.replace("<persName>Ana Ruiz", "<persName>Ana María Ruiz").replace(
            '"d1.s3" role="organization"', '"d1.s3" role="group"'
        )
    )
    assert (found.speakers[0].name, found.speakers[2].kind) == ("Ana María Ruiz", "group")
    assert document().speakers[0].mentions == found.speakers[0].mentions


def test_deleted_quotations_are_gone() -> None:
    """A <said> that was taken out is no quotation any more, and nobody's parent."""
    found = edited(lambda t: t.replace('<said xml:id="d1.q3"', '<seg xml:id="d1.q3"').replace(
        '“nothing at all”</said></said>', '“nothing at all”</said></seg>'))  # fmt: skip
    assert [quote.id for quote in found.quotes] == ["q1", "q2", "q4"]
    assert found.quotes[2].parent is None


FOREIGN = """<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A Walk</title>
</titleStmt></fileDesc><profileDesc><particDesc><listPerson>
<person xml:id="eva"><persName><forename>Eva</forename> <surname>Lind</surname></persName>
<persName>Miss Lind</persName><note type="role">teacher</note></person>
</listPerson></particDesc></profileDesc></teiHeader>
<text><body><p>A &amp; B: <said who="#eva" next="#x2">“Come,”</said> she said,
<said xml:id="x2">“at <hi>once</hi>.”</said> <said who="#tom" direct="false" aloud="false">he
would</said>, <said/><!-- a comment --><said>no</said> <seg type="verse">la</seg>.</p></body></text>
</TEI>"""


def test_foreign_tei_is_read() -> None:
    """TEI of other software: spans, speakers, levels and kinds as it says them."""
    (found,) = read(FOREIGN)
    assert [(q.text, q.kind.value, q.level.value, q.speaker) for q in found.quotes] == [
        ("“Come,” … “at once.”", "direct", "speech", "eva"),
        ("he\nwould", "indirect", "thought", "tom"),
        ("no", "indirect", "speech", None),
    ]
    assert (
        Speaker("eva", "Eva Lind", "person", aliases=["Miss Lind"], roles=["teacher"]),
        Speaker("tom", "tom"),
    ) == found.speakers
    assert found.text.strip() == "A & B: “Come,” she said,\n“at once.” he\nwould, no la."
    assert [found] == read(FOREIGN.encode("utf-16"))


def header(xeno_data: str) -> str:
    """Return TEI with only what we keep as JSON."""
    data = f'<xenoData type="quotecraft">{xeno_data}</xenoData>'
    return f"<TEI><teiHeader>{data}</teiHeader></TEI>"


BOMB = """<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><TEI xmlns="http://www.tei-c.org/ns/1.0">&b;</TEI>"""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (BOMB, "document type declaration is refused"),
        ('<!DOCTYPE TEI SYSTEM "file:///etc/passwd"><TEI/>', "declaration is refused"),
        ("<TEI>&undefined;</TEI>", "not well-formed XML: undefined entity"),
        ("<TEI><text>", "not well-formed XML"),
        ("", "not well-formed XML: no element found"),
        ("plain text", "not well-formed XML"),
        (b'<?xml version="1.0" encoding="UTF-null8"?><TEI/>', "save it as UTF-8"),
        (b'<?xml version="1.0" encoding="gb18030"?><TEI/>', "save it as UTF-8"),
        ("<TEI>\x00</TEI>", "not well-formed XML"),
        ("<html><body/></html>", "expected a <TEI>"),
        ('<TEI xmlns="http://www.w3.org/1999/xhtml"/>', "expected a <TEI>"),
        (header("{"), "<xenoData>"),
        (header("[]"), "record"),
        (header('{"quotes":[5]}'), "list of quotes"),
        (header('{"schema":"quotecraft/1","id":5}'), "the document's id as a string"),
        ('<TEI><teiHeader><localProp name="codepoint" value="x"/></teiHeader></TEI>', "hex"),
        (b"<TEI>\xff</TEI>", "not well-formed XML"),
    ],
)
def test_bad_xml_is_a_format_error(data: bytes | str, message: str) -> None:
    """No file, however broken or hostile, ends in anything but a format error."""
    with pytest.raises(FormatError) as caught:
        read(data)
    assert message in str(caught.value)


def test_errors_name_the_line() -> None:
    """What is not well-formed is named with its line."""
    with pytest.raises(FormatError) as caught:
        read("<TEI>\n<text>\n</TEI>")
    assert caught.value.line == 3


def test_deep_nesting_is_read() -> None:
    """A thousand quotations inside one another are written and read."""
    text = "x" * 2001
    quotes = [Quote(f"q{n}", "indirect", [Span(n, 2001 - n)]) for n in range(1000)]
    deep = Document("d", text, quotes=quotes)
    assert [deep] == read(written(deep))


def test_crossing_quotations_are_cut_and_joined() -> None:
    """Quotations that cross one another and a paragraph come back whole."""
    text = "one two three\n\nfour five six"
    quotes = [
        Quote("q1", "indirect", [Span(0, 7), Span(7, 20)]),
        Quote("q2", "indirect", [Span(4, 24)], cue=[Span(25, 28)]),
        Quote("q3", "indirect", [Span(13, 15)]),
    ]
    crossing = Document("d", text, quotes=quotes)
    assert [crossing] == read(written(crossing))


def test_long_texts_are_read_in_pieces() -> None:
    """A text longer than the reader's buffer, all on one line, is exact."""
    text = "“word”&\x00é " * 30_000
    long = Document("d", text, quotes=[Quote("q1", "direct", [Span(0, 6)])])
    (found,) = read(written(long))
    assert (text, long) == (found.text, found)


def test_metadata_are_described() -> None:
    """Title and source of the text stand in the header for people."""
    header = written(document(metadata={"title": "A & B", "outlet": "The Example"})).decode()
    assert "<title>A &amp; B</title>" in header
    assert "<sourceDesc><p>outlet: The Example</p></sourceDesc>" in header


def test_documents_of_a_corpus_stream(tmp_path: Any) -> None:
    """Documents come while the file is read: the first before a later error."""
    many = [document(id=f"d{n}", text=TEXT + "x" * 200_000) for n in range(3)]
    data = written(*many)
    path = tmp_path / "a.xml"
    path.write_bytes(data[: len(data) - 1000])
    reader = tei.read(path)
    assert many[0] == next(reader)
    with pytest.raises(FormatError, match="not well-formed"):
        list(reader)
