"""Searching finds the quotations that hold what was asked, and says where."""

import datetime
import re

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft import Span, Store
from quotecraft.errors import InputError
from quotecraft.model import Speaker, SpeakerId, SpeakerKind
from quotecraft.store.words import find_phrases, fold_words, parse_query
from tests.store.sample import article, emptied, speaker

WATER = article(
    "water",
    [
        ("Ana Ruiz", "“Clean water is a right,”"),
        ("Ben Okri", "“The water was never clean,”"),
        (None, "“Water, water everywhere,”"),
    ],
    metadata={"outlet": "Post", "date": "2024-03-01"},
)
ROADS = article(
    "roads",
    [
        (
            {**speaker("Carlos Ruiz"), "aliases": ("Mr. Ruiz", "Café Müller")},
            "“Don’t close roads,”",
        ),
        ("Ana Ruiz", "that roads stay open"),
    ],
    metadata={"outlet": "Herald", "date": "2023-07"},
)


@pytest.fixture
def filled(store: Store) -> Store:
    """A store of two articles."""
    store.add([WATER, ROADS])
    return store


def found(store: Store, *arguments: object, **options: object) -> list[tuple[str, str]]:
    """Return the document and quotation ids of a search."""
    hits = store.search(*arguments, **options)
    assert store.count(*arguments, **{k: v for k, v in options.items() if k != "order"}) == len(
        hits
    )
    return sorted((hit.document, hit.quote.id) for hit in hits)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("water", ["q1", "q2", "q3"]),
        ("WATER clean", ["q1", "q2"]),
        ('"clean water"', ["q1"]),
        ("“clean water”", ["q1"]),
        ('right "clean water"', ["q1"]),
        ("wat", []),
        ('"water clean"', []),
        ("everywhere", ["q3"]),
    ],
)
def test_words_and_phrases(store: Store, text: str, expected: list[str]) -> None:
    """Every word must stand in the content, a phrase side by side; parts of words don't count."""
    store.add(WATER)
    assert [quote for _, quote in found(store, text)] == expected


@pytest.mark.parametrize("text", ["don't", "DON’T", '"don t"', "don"])
def test_apostrophes_part_words(filled: Store, text: str) -> None:
    """Any apostrophe will do, in the text and in the query."""
    assert found(filled, text) == [("roads", "q1")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ruiz", [("roads", "q1"), ("roads", "q2"), ("water", "q1")]),
        ("ana ruiz", [("roads", "q2"), ("water", "q1")]),
        ("cafe muller", [("roads", "q1")]),
        ("Ruiz Café", []),
        ("Nobody", []),
    ],
)
def test_speakers_by_name_or_alias(
    filled: Store, name: str, expected: list[tuple[str, str]]
) -> None:
    """A speaker is found by words of one name, without case and accents, never across names."""
    assert found(filled, speaker=name) == expected


def test_conditions_are_joined(filled: Store) -> None:
    """Words, speaker and period together: what did Ruiz say about roads in 2023."""
    assert found(filled, "roads", speaker="Carlos Ruiz", since="2023", until="2023") == [
        ("roads", "q1")
    ]
    assert found(filled, "roads", speaker="Carlos Ruiz", since="2024") == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"since": "2024"}, ["water"]),
        ({"since": datetime.date(2024, 3, 1)}, ["water"]),
        ({"since": datetime.datetime(2024, 3, 1, 23)}, ["water"]),
        ({"since": "2024-03-02"}, []),
        ({"until": "2024-02"}, ["roads"]),
        ({"until": "2023-07-31"}, ["roads"]),
        ({"until": "2023-07-30"}, []),
        ({"since": "2023-07-02"}, ["water"]),
        ({"outlet": "Post"}, ["water"]),
        ({"outlet": ["Post", "Herald"]}, ["roads", "water"]),
        ({"outlet": "post"}, []),
        ({"outlet": []}, []),
    ],
)
def test_periods_and_outlets(filled: Store, options: dict, expected: list[str]) -> None:
    """A document lies in a period when every day that its date covers does."""
    assert sorted({document for document, _ in found(filled, **options)}) == expected


def test_fields_of_the_quotation(store: Store) -> None:
    """Kind, level, stance and cue are conditions, one value or several."""
    store.add(article("a", [("Ana Ruiz", "“A,”")], cue_lemma="Claim", stance="doubting"))
    store.add(article("b", [("Ana Ruiz", "that b")], kind="indirect", level="thought"))
    ids = {
        name: [document for document, _ in found(store, **options)]
        for name, options in {
            "kind": {"kind": "direct"},
            "kinds": {"kind": ["direct", "indirect"]},
            "level": {"level": "thought"},
            "stance": {"stance": "doubting"},
            "cue": {"cue": "claim"},
            "cues": {"cue": ["say", "CLAIM"]},
        }.items()
    }
    assert ids == {
        "kind": ["a"], "kinds": ["a", "b"], "level": ["b"], "stance": ["a"], "cue": ["a"],
        "cues": ["a", "b"],
    }  # fmt: skip


def test_confidence(store: Store) -> None:
    """Less sure quotations and speakers can be left out; the bound itself belongs to it."""
    document = article("a", [("Ana Ruiz", "“A,”"), ("Ana Ruiz", "“B,”")])
    sure, unsure = document.quotes
    unsure = evolve(unsure, confidence=evolve(unsure.confidence, content=0.5, speaker=0.25))
    store.add(evolve(document, quotes=(sure, unsure)))
    counts = [
        store.count(min_confidence=0.5),
        store.count(min_confidence=0.51),
        store.count(min_speaker_confidence=0.25),
        store.count(min_speaker_confidence=0.26),
    ]
    assert counts == [2, 1, 2, 1]


def test_a_hit_holds_the_quotation_with_its_speaker(filled: Store) -> None:
    """A hit's quotation equals the document's, is bound to it, and knows its speaker."""
    (hit,) = filled.search('"never clean"')
    assert (hit.document, hit.quote, hit.text) == ("water", WATER.quotes[1], WATER.quotes[1].text)
    assert (hit.quote.speaker_name, hit.speaker) == ("Ben Okri", WATER.speakers[1])
    assert hit.metadata == {"outlet": "Post", "date": "2024-03-01"}
    assert [hit.text[m.start : m.end] for m in hit.matches] == ["never clean"]
    assert [WATER.text[p.start : p.end] for p in hit.places] == ["never clean"]


def test_matches_in_a_content_of_several_pieces(store: Store) -> None:
    """A phrase that narration interrupts is found; its places leave the narration out."""
    whole = article("a", [("Ana Ruiz", "“We stay”")])
    text = whole.text.replace("“We stay” Ana Ruiz said.", "“We 😀,” Ana Ruiz said, “stay here.”")
    start = text.index("“stay")
    quote = evolve(
        whole.quotes[0],
        content=(Span(0, 7), Span(start, len(text) - 1)),
        source=(Span(8, 16),),
        cue=(Span(17, 21),),
    )
    store.add(
        evolve(whole, text=text, quotes=(quote,), speakers=[evolve(whole.speakers[0], mentions=())])
    )
    (hit,) = store.search('"we stay"')
    assert [hit.text[m.start : m.end] for m in hit.matches] == ["We 😀,” … “stay"]
    assert [text[p.start : p.end] for p in hit.places] == ["We 😀,”", "“stay"]


def test_orders(store: Store) -> None:
    """Hits come newest or oldest first, undated last, or as they were stored."""
    for name, date in (("b", "2022"), ("a", None), ("c", "2024"), ("d", "2023")):
        metadata = {} if date is None else {"date": date}
        store.add(article(name, [("Ana Ruiz", "“Water,”")], metadata=metadata))
    orders = {
        order: "".join(hit.document for hit in store.search(order=order))
        for order in (None, "newest", "oldest", "stored")
    }
    assert orders == {None: "bacd", "newest": "cdba", "oldest": "bdca", "stored": "bacd"}


def test_best_come_first(store: Store) -> None:
    """Short quotations that repeat the word go before long ones that hold it once (BM25)."""
    store.add(article("long", [(None, "“Water and many other things that nobody asked for,”")]))
    store.add(article("short", [(None, "“Water, water,”")]))
    hits = store.search("water")
    assert [hit.document for hit in hits] == ["short", "long"]
    assert hits[0].score > hits[1].score > 0


def test_pages(store: Store) -> None:
    """Limit and offset cut the same order into pages that don't overlap."""
    store.add(article(str(n), [(None, "“Water,”")]) for n in range(7))
    whole = [hit.document for hit in store.search("water", limit=None)]
    pages = [store.search("water", limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [hit.document for page in pages for hit in page] == whole
    assert list(map(len, pages)) == [3, 3, 1, 0]


@pytest.mark.parametrize(
    ("arguments", "options", "reason"),
    [
        (["?!"], {}, "no word"),
        ([""], {}, "no word"),
        ([" ".join(map(str, range(99)))], {}, "fewer"),
        ([], {"speaker": "…"}, "name"),
        ([], {"kind": "loud"}, "direct"),
        ([], {"level": "shout"}, "thought"),
        ([], {"stance": "x"}, "doubting"),
        ([], {"since": "soon"}, "2024-03-01"),
        ([], {"until": "2024-13"}, "2024-03-01"),
        ([], {"min_confidence": 1.1}, "min_confidence"),
        ([], {"min_speaker_confidence": float("nan")}, "min_speaker_confidence"),
        ([], {"limit": -1}, "limit"),
        ([], {"offset": -1}, "offset"),
        ([], {"offset": 2**63}, "offset"),
        ([], {"order": "relevance"}, "no words"),
        ([], {"order": "best"}, "newest"),
    ],
)
def test_what_cannot_be_asked(store: Store, arguments: list, options: dict, reason: str) -> None:
    """A value that can't be is refused, and the message names what can."""
    with pytest.raises(InputError, match=re.escape(reason)):
        store.search(*arguments, **options)


def test_snippets(store: Store) -> None:
    """A long content is cut around the first match, and offsets move with it."""
    words = "rain " * 50 + "clean water " + "mud " * 50
    store.add(article("a", [(None, words.strip())]))
    (hit,) = store.search('"clean water" mud')
    snippet = hit.snippet(60)
    shown = [snippet.text[m.start : m.end] for m in snippet.matches]
    assert shown[0] == "clean water"
    assert set(shown[1:-1]) == {"mud"}
    assert (snippet.text[0], snippet.text[-1], len(snippet.text)) == ("…", "…", 62)
    assert hit.snippet(10_000).text == hit.text
    with pytest.raises(InputError, match="width"):
        hit.snippet(3)


_pieces = st.sampled_from(
    [
        "Ruiz",
        "ruiz",
        "RUÍZ",
        "Rui\u0301z",
        "½",
        "ﷺ",
        "don’t",
        "a",
        " ",
        " ",
        "-",
        "“",
        '"',
        "😀",
        "_",
    ]
)


@given(
    text=st.lists(_pieces, max_size=12).map("".join).filter(str.strip),
    query=st.lists(_pieces, max_size=4).map("".join).filter(fold_words),
)
def test_what_is_found_is_what_matches(shared: tuple[Store, Store], text: str, query: str) -> None:
    """The database and the code that shows matches agree on what holds a phrase, for any text."""
    store = emptied(shared[0])
    store.add(article("a", [(None, text)]))
    phrase = tuple(fold_words(query))
    spans = find_phrases(text, [phrase])
    hits = store.search(f'"{" ".join(phrase)}"')
    assert [hit.matches for hit in hits] == ([spans] if spans else [])


@given(st.text(), st.text())
def test_matches_fold_to_the_phrase(text: str, query: str) -> None:
    """Each match, cut from the text, folds to a run that begins with one phrase searched."""
    phrase = tuple(fold_words(query))
    if phrase:
        around = f"{text} {query} {text}"
        spans = find_phrases(around, [phrase])
        assert spans
        for span in spans:
            assert tuple(fold_words(around[span.start : span.end]))[: len(phrase)] == phrase


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("a AND b", {("a",), ("and",), ("b",)}),
        ('"a b', {("a",), ("b",)}),
        ('"a b" "a b"', {("a", "b")}),
        ("words: -not NEAR(x, 2) y*", {("words",), ("not",), ("near", "x"), ("2",), ("y",)}),
        ('"" x', {("x",)}),
        ("a“b c”d", {("a",), ("b", "c"), ("d",)}),
    ],
)
def test_query_syntax(text: str, phrases: set) -> None:
    """Only quotation marks have a meaning in a query."""
    assert set(parse_query(text)) == phrases


def test_a_hit_prints_in_one_line(filled):
    """The document, who said it and what."""
    (hit,) = filled.search("right")
    assert str(hit) == "water: Ana Ruiz — direct — “Clean water is a right,”"


def test_a_value_that_there_is_not_is_told_with_those_that_there_are(filled):
    """The message names the values, not a class of ours."""
    with pytest.raises(InputError, match="'foo' is none of direct, indirect, mixed; name one"):
        filled.search(kind="foo")


def test_what_a_group_says_is_found_with_its_members(shared: tuple[Store, Store]) -> None:
    """A hit on the words of several is found though its document is cut down to one quotation."""
    store = emptied(shared[0])
    single = article("several", [("Ana Ruiz and Ben Okri", "“We stay,”")])
    (group,) = single.speakers
    ana = Speaker(SpeakerId("s8"), "Ana Ruiz")
    ben = Speaker(SpeakerId("s9"), "Ben Okri")
    both = evolve(group, kind=SpeakerKind.GROUP, members=(ana.id, ben.id))
    store.add([evolve(single, speakers=(both, ana, ben))])
    (hit,) = store.search("stay")
    assert hit.speaker == both
