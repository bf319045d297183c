"""Documents, quotes and speakers as HTML."""

import re
from unicodedata import category

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecraft.display import render_html, to_html
from quotecraft.display.clean import visible
from quotecraft.display.html import NOTEBOOK_CHARACTERS, NOTEBOOK_QUOTES
from quotecraft.errors import InputError, InvalidModelError
from quotecraft.model import (
    Confidence,
    Document,
    Quote,
    QuoteId,
    QuoteKind,
    Span,
    Speaker,
    SpeakerId,
)
from tests.display.pages import PageReader
from tests.display.sample import article
from tests.strategies import documents, words

HOSTILE = "</style></title></textarea>\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;"
ALLOWED_ATTRIBUTES = {
    "aria-describedby", "aria-label", "charset", "checked", "class", "content", "dir", "hidden",
    "href", "http-equiv", "id", "lang", "name", "rel", "role", "scope", "style", "tabindex",
    "title", "type",
}  # fmt: skip


def _hostile() -> Document:
    speaker = Speaker(
        SpeakerId(HOSTILE), HOSTILE, aliases=[HOSTILE], roles=[HOSTILE], pronouns=[HOSTILE]
    )
    quote = Quote(
        QuoteId(HOSTILE),
        QuoteKind.DIRECT,
        [Span(0, 30)],
        [Span(31, 40)],
        HOSTILE,
        source=[Span(41, 60)],
        speaker=speaker.id,
        addressee=speaker.id,
        evidence=[HOSTILE, f"a:b→{HOSTILE}"],
    )
    fields = ("title", "outlet", "date", "author", "url", "language")
    metadata = {**dict.fromkeys(fields, HOSTILE), "url": "https://" + HOSTILE.replace(" ", "+")}
    return Document(HOSTILE, HOSTILE, metadata, (), [quote], [speaker], model=HOSTILE)


def _check_page(page: str) -> PageReader:
    """Check what holds of every page, and return it read back."""
    page.encode("utf-8")
    reader = PageReader(page)
    assert reader.problems == []
    names = {name for _, values in reader.elements for name in values}
    assert names <= ALLOWED_ATTRIBUTES
    assert set(reader.tags()).isdisjoint({"script", "img", "link", "iframe", "object", "base"})
    ids = reader.attributes("id")
    assert sorted(set(ids)) == sorted(ids)
    targets = {link[1:] for link in reader.attributes("href") if link.startswith("#")}
    assert targets <= set(ids)
    return reader


def _without_space(text: str) -> str:
    return re.sub(r"[\s\u241c-\u241f]+", "", text)


@given(documents())
@settings(max_examples=80, deadline=None)
def test_any_document_makes_a_sound_page(document: Document) -> None:
    """Any document gives balanced tags, unique ids, links that lead somewhere and no script."""
    reader = _check_page(to_html(document))
    assert len(document.quotes) == len(reader.rows)


@given(documents())
@settings(max_examples=80, deadline=None)
def test_article_holds_the_whole_text(document: Document) -> None:
    """The article's text is the document's, white space and unprintable characters aside."""
    reader = PageReader(to_html(document))
    expected = _without_space(visible(re.sub(r"\s+", " ", document.text)))
    assert expected == _without_space("".join(reader.article))


@given(documents())
@settings(max_examples=60, deadline=None)
def test_any_document_shows_in_a_notebook(document: Document) -> None:
    """A notebook shows any document, and each of its quotes and speakers, as sound HTML."""
    for value in (document, *document.quotes, *document.speakers):
        _check_page(render_html(value))


@given(words(), words())
@settings(deadline=None)
def test_any_metadata_is_shown_safely(title: str, url: str) -> None:
    """Any title and address give a sound page."""
    metadata = {"title": title, "url": url, "author": [title, url], "language": url}
    _check_page(to_html(Document("d", "Hello.", metadata)))


def test_hostile_strings_stay_text() -> None:
    """Markup in text, names, metadata, ids and codes is shown, never obeyed."""
    reader = _check_page(to_html(_hostile()))
    assert "".join(reader.article).strip() == HOSTILE
    assert "<script" not in to_html(_hostile()).lower()


def test_script_addresses_are_no_links() -> None:
    """An address that isn't a web address is left out."""
    page = to_html(Document("d", "Hello.", {"url": "javascript:alert(1)"}))
    assert "javascript" not in page


def test_nothing_is_loaded_from_elsewhere() -> None:
    """The page names no resource to load; only the article's own address leads outside."""
    page = to_html(article())
    reader = PageReader(page)
    outside = [link for link in reader.attributes("href") if not link.startswith("#")]
    assert outside == ["https://courier.example/bridge"]
    assert re.findall(r"url\(|@import|src=", page) == []
    assert "default-src 'none'" in "".join(reader.attributes("content"))


def test_every_quotation_is_listed_with_its_speaker() -> None:
    """The table has each quotation with the full name of its speaker, or says it's unknown."""
    document = article()
    rows = PageReader(to_html(document)).rows
    names = [quote.speaker_name or "unknown speaker" for quote in document.quotes]
    assert names == [name for name, row in zip(names, rows, strict=True) if name in row]
    assert [q.text in r for q, r in zip(document.quotes, rows, strict=True)] == [True] * 13


def test_every_quotation_is_marked_in_place() -> None:
    """Each piece of each quotation is marked with its kind and speaker's colour."""
    document = article()
    reader = PageReader(to_html(document))
    marks = [m for m in reader.of_class("qc-q") if "tabindex" in m]
    pieces = sum(len(quote.content) for quote in document.quotes)
    assert pieces == len(marks)
    kinds = [str(mark["class"]).split()[3] for mark in marks if "id" in mark]
    assert [f"qc-{quote.kind}" for quote in document.quotes] == kinds


def test_speakers_have_their_own_colour() -> None:
    """No two speakers of an article share a colour; the unknown speaker is grey."""
    legend = PageReader(to_html(article())).of_class("qc-voice")
    colours = [str(voice["class"]).split()[-1] for voice in legend]
    assert [*(f"qc-s{rank}" for rank in range(7)), "qc-s48"] == colours


def test_thought_and_doubt_are_marked() -> None:
    """Thoughts and uncertain quotations differ from others by more than colour."""
    reader = PageReader(to_html(article()))
    marked = [mark for mark in reader.of_class("qc-q") if "id" in mark]
    ids = {
        name: [str(m["id"]).rpartition("-")[2] for m in marked if name in str(m["class"])]
        for name in ("qc-thought", "qc-unsure")
    }
    assert ids == {"qc-thought": ["q8"], "qc-unsure": ["q11", "q13"]}


def test_cue_and_source_lead_to_their_quotation() -> None:
    """Each cue and source is a link to the quotation it belongs to."""
    reader = PageReader(to_html(article()))
    links = [
        (role, str(link["href"]).rpartition("-")[2])
        for role in ("cue", "source")
        for link in reader.of_class(f"qc-{role}")
        if "href" in link
    ]
    expected = [
        (role, f"q{number}")
        for role in ("cue", "source")
        for number, quote in enumerate(article().quotes, 1)
        for _ in (quote.cue if role == "cue" else quote.source)
    ]
    assert sorted(links) == sorted(expected)


def test_cards_tell_what_is_known() -> None:
    """A card names speaker, kind, cue, stance, addressee, parent, confidence and evidence."""
    page = to_html(article())
    card = re.search(r'<span class="qc-card" id="\w+-c6".*?in the table', page)
    assert card is not None
    text = re.sub(r"<[^>]*>", "|", card.group())
    facts = ["Tom Achterberg", "person, mayor", "direct speech", "“told”", "“The mayor”"]
    facts += ["Said to", "Dorte Lindqvist", "quotation 5", "content 97\u00a0%", "marks: single"]
    facts += ["description: The mayor → Tom Achterberg"]
    assert facts == [fact for fact in facts if fact in text]


def test_same_input_same_page() -> None:
    """The same document gives the same page."""
    assert to_html(article()) == to_html(article())
    assert render_html(article()) == render_html(article())


def test_two_documents_share_a_page() -> None:
    """Several documents, even equal ones, stand on one page with a list of contents."""
    reader = _check_page(to_html([article(), article()], title="Two & more"))
    assert len(reader.rows) == 26
    assert reader.tags()["article"] == 2
    assert "Two &amp; more</title>" in to_html([article(), article()], title="Two & more")


def test_no_document_makes_a_page() -> None:
    """A page of no document is still a page."""
    _check_page(to_html([]))


def test_styles_stay_inside() -> None:
    """In a notebook every style rule is limited to what quotecraft shows."""
    style = re.search(r"<style>(.*?)</style>", render_html(article()), re.DOTALL)
    assert style is not None
    rules = re.sub(r"@keyframes qc-\w+\s*{.*?}\s*}", "", style.group(1))
    selectors = re.findall(r"(?:^|[{}])\s*([^{}@]+){", rules)
    parts = [part for s in selectors for part in re.split(r",(?![^(]*\))", s)]
    assert len(parts) > 100
    assert [part for part in parts if ".qc-doc" not in part] == []


def _long(quotes: int, gap: int = 10) -> Document:
    text = ("“Yes.” " + "x" * gap + "\n\n") * quotes
    step = len(text) // quotes
    found = [
        Quote(QuoteId(f"q{n}"), QuoteKind.DIRECT, [Span(n * step, n * step + 6)])
        for n in range(quotes)
    ]
    return Document("long", text, quotes=found)


def test_notebook_stops_at_quotations() -> None:
    """A notebook shows a limited number of quotations, says so and counts them all."""
    page = render_html(_long(1_234))
    assert len(_check_page(page).rows) == NOTEBOOK_QUOTES
    assert "the first 200 of 1,234 quotations" in page


def test_notebook_stops_at_characters() -> None:
    """A notebook shows a limited length of text, and the quotations that begin in it."""
    page = render_html(_long(20, gap=20_000))
    reader = _check_page(page)
    assert len("".join(reader.article)) <= NOTEBOOK_CHARACTERS + 100
    assert len(reader.rows) == 5
    assert "the first 5 of 20 quotations and the first 100,000 of 400,180 characters" in page


def test_page_shows_everything() -> None:
    """A stand-alone page shows every quotation, however many."""
    assert len(PageReader(to_html(_long(500))).rows) == 500


def test_speakers_beyond_the_hues_are_grey() -> None:
    """Sixty speakers are all in the legend; those after the 48th share grey."""
    speakers = [Speaker(SpeakerId(f"s{n}"), f"Name {n}") for n in range(60)]
    document = evolve(_long(60), speakers=speakers)
    quotes = [evolve(q, speaker=SpeakerId(f"s{n}")) for n, q in enumerate(document.quotes)]
    legend = _check_page(to_html(evolve(document, quotes=quotes))).of_class("qc-voice")
    assert len(legend) == 60
    assert len([v for v in legend if "qc-s48" in str(v["class"])]) == 12


@given(st.lists(st.tuples(st.integers(0, 39), st.integers(1, 40)), max_size=40))
@settings(max_examples=80, deadline=None)
def test_crossing_quotations_are_all_reachable(pairs: list[tuple[int, int]]) -> None:
    """However quotations nest, cross or coincide, each has its place and its row."""
    spans = sorted(Span(a, min(40, a + size)) for a, size in pairs)
    quotes = [Quote(QuoteId(f"q{n}"), QuoteKind.MIXED, [s]) for n, s in enumerate(spans)]
    reader = _check_page(to_html(Document("d", "word\n\n" * 7, quotes=quotes)))
    places = [i for i in reader.attributes("id") if "-q" in i]
    assert len(quotes) == len(places) == len(reader.rows)


def test_quote_alone() -> None:
    """A quote alone shows its words, speaker, kind and cue."""
    page = render_html(article().quotes[4])
    facts = ["Dorte Lindqvist", "direct speech", "“said”", "… “I don&#x27;t any more.”"]
    assert facts == [fact for fact in facts if fact in page]


def test_unknown_speaker_alone() -> None:
    """A quote whose speaker isn't known says so, and that it's uncertain."""
    page = render_html(article().quotes[10])
    assert "unknown speaker" in page
    assert "uncertain" in page


def test_quote_of_no_document_is_refused() -> None:
    """A quote that belongs to no document can't be shown."""
    with pytest.raises(InvalidModelError, match="belongs to no document"):
        render_html(Quote(QuoteId("q"), QuoteKind.DIRECT, [Span(0, 1)]))


def test_speaker_alone() -> None:
    """A speaker alone shows name, kind, roles, aliases, pronouns and mentions."""
    page = render_html(article().speakers[0])
    facts = ["Ana Ruiz", "person, the authority&#x27;s chief engineer; 4 mentions", "Ruiz", "she"]
    assert facts == [fact for fact in facts if fact in page]


def test_other_types_are_refused() -> None:
    """Something else than a document, quote or speaker is an error that names what it takes."""
    with pytest.raises(InputError, match="can't show a str: give a Document"):
        render_html("text")


def test_direction_follows_the_text() -> None:
    """Paragraphs and names take their direction from their own letters."""
    speaker = Speaker(SpeakerId("s1"), "דנה לוי")
    quote = Quote(QuoteId("q1"), QuoteKind.DIRECT, [Span(0, 6)], speaker=speaker.id)
    page = to_html(Document("d", "“שלום” אמרה דנה לוי.", quotes=[quote], speakers=[speaker]))
    assert '<p dir="auto"><mark' in page
    assert "<bdi>דנה לוי</bdi>" in page


def test_unsafe_characters_are_replaced() -> None:
    """Controls, lone surrogates and noncharacters never reach the page."""
    text = "".join(chr(c) for c in (*range(32), 0x7F, 0x80, 0x9F, 0xD800, 0xDFFF, 0xFFFE))
    page = to_html(Document(text, f"a{text}b", {"title": text}))
    assert set() == {c for c in page if category(c) in ("Cc", "Cs", "Cn")} - {"\n", "\t"}


def test_low_confidence_is_a_matter_of_both_links() -> None:
    """A sure quotation with an unsure speaker is uncertain; without a speaker it's not."""
    document = evolve(_long(1), speakers=[Speaker(SpeakerId("s1"), "Ana")])
    quote = evolve(document.quotes[0], confidence=Confidence(0.9, 0.9, 0.3))
    unknown = to_html(evolve(document, quotes=[quote]))
    known = to_html(evolve(document, quotes=[evolve(quote, speaker=SpeakerId("s1"))]))
    counts = [len(PageReader(page).of_class("qc-doubt")) for page in (unknown, known)]
    assert counts == [0, 2]
