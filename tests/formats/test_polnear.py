"""Reading PolNeAR."""

import os
from collections import Counter
from pathlib import Path

import pytest

from quotecraft.errors import FormatError, InputError
from quotecraft.evaluate import kinds_of
from quotecraft.formats.polnear import read_polnear
from quotecraft.formats.repairs import Repair
from quotecraft.model import Document, Quote, QuoteKind

TEXT = "“We are ready,” Ana Ruiz said.\r\nThe plan is dead, Lee 😀 Orme warned,\nand “gone”."
PLAN = "Attribution:T4 Content:T3 Cue:T2 Source:T1"


def place(words: str) -> str:
    """Return "START END" of words of the text."""
    start = TEXT.index(words)
    return f"{start} {start + len(words)}"


def bound(key: int, kind: str, *words: str) -> str:
    """Return a text-bound line."""
    return f"T{key}\t{kind} {';'.join(map(place, words))}\t{' '.join(words)}"


READY = [
    bound(1, "Source", "Ana Ruiz"),
    bound(2, "Cue", "said"),
    bound(3, "Content", "“We are ready,”"),
    bound(4, "Attribution", "said"),
    f"E1\t{PLAN}",
]


def split(folder: Path, *lines: str, article: str = "news_2020_x", who: str = "ab12") -> Path:
    """Write a split with one annotated article."""
    for name in ("text", "attributions"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "text" / f"{article}.txt").write_bytes(TEXT.encode())
    ann = "".join(f"{line}\n" for line in lines)
    (folder / "attributions" / f"{article}_{who}.ann").write_bytes(ann.encode())
    return folder


def read(folder: Path, told: list[Repair] | None = None, **options: str) -> list[Document]:
    """Read a split, and collect what was mended."""
    tell = None if told is None else told.append
    return list(read_polnear(folder, kind_of=kinds_of, on_repair=tell, **options))


def one(folder: Path, *lines: str) -> tuple[Document, list[str]]:
    """Read one article and the reasons of what was mended in it."""
    told: list[Repair] = []
    (document,) = read(split(folder, *lines), told)
    return document, [repair.reason for repair in told]


def texts(document: Document, quote: Quote) -> tuple[str, str, str]:
    """Return content, cue and source of a quote."""
    parts = (quote.content, quote.cue, quote.source)
    return tuple(document.text_of(spans) for spans in parts)  # type: ignore[return-value]


def test_an_event_becomes_a_quote_with_exact_spans(tmp_path: Path) -> None:
    """Text, line ends and all, is as in the file; nothing is mended in a sound file."""
    document, told = one(tmp_path, *READY)
    assert (document.id, document.text, told) == ("news_2020_x", TEXT, [])
    assert [texts(document, q) for q in document.quotes] == [
        ("“We are ready,”", "said", "Ana Ruiz")
    ]
    assert document.quotes[0].kind is QuoteKind.DIRECT
    assert document.metadata == {"annotator": "ab12", "annotators": ["ab12"]}


def test_discontinuous_content_without_a_source(tmp_path: Path) -> None:
    """Content2 and pieces listed out of order make one content in text order."""
    document, told = one(
        tmp_path,
        bound(2, "Cue", "warned"),
        bound(3, "Content", "and “gone”"),
        bound(5, "Content", "dead", "The plan"),
        bound(4, "Attribution-no-source", "warned"),
        "E1\tAttribution-no-source:T4 Content:T3 Content2:T5 Cue:T2 ",
    )
    assert [texts(document, q) for q in document.quotes] == [
        ("The plan … dead … and “gone”", "warned", "")
    ]
    assert document.quotes[0].kind is QuoteKind.MIXED
    assert told == []


def test_quotes_are_in_text_order_whatever_the_order_of_events(tmp_path: Path) -> None:
    """A document's quotes are sorted by their first content span."""
    later = [
        bound(11, "Content", "The plan is dead"),
        bound(12, "Cue", "warned"),
        bound(13, "Attribution", "warned"),
        "E2\tAttribution:T13 Content:T11 Cue:T12",
    ]
    document, _ = one(tmp_path, *later, *READY)
    assert [q.content[0].start for q in document.quotes] == [0, TEXT.index("The plan")]


@pytest.mark.parametrize(
    ("change", "expected", "reason"),
    [
        (
            {3: bound(3, "Content", "“We are ready,” ")},
            ("“We are ready,”", "said", "Ana Ruiz"),
            "Content: outer space or doubled words trimmed",
        ),
        (
            {3: bound(3, "Content", "“We are", "are ready,”")},
            ("“We are ready,”", "said", "Ana Ruiz"),
            "Content: outer space or doubled words trimmed",
        ),
        (
            {2: bound(2, "Cue", "Ruiz said")},
            ("“We are ready,”", "said", "Ana Ruiz"),
            "Cue overlaps another part; cut back",
        ),
        (
            {1: bound(1, "Discuss", "Ana Ruiz")},
            ("“We are ready,”", "said", "Ana Ruiz"),
            "T1 is a Discuss, read as Source",
        ),
        (
            {3: bound(3, "Content", "“We are ready,”") + "\n\nover the line"},
            ("“We are ready,”", "said", "Ana Ruiz"),
            "text of an annotation runs over a line end",
        ),
        (
            {4: bound(4, "Attribution", "said") + "\n" + bound(9, "Cue", "warned")},
            ("“We are ready,”", "said", "Ana Ruiz"),
            "Cue T9 belongs to no attribution",
        ),
    ],
)
def test_faults_are_mended_and_told(
    tmp_path: Path, change: dict[int, str], expected: tuple[str, ...], reason: str
) -> None:
    """Each fault has one documented reading, and the repair says which."""
    lines = [change.get(n, line) for n, line in enumerate(READY, 1)]
    document, told = one(tmp_path, *lines)
    assert [texts(document, q) for q in document.quotes] == [expected]
    assert told == [reason]


def test_an_event_without_content_is_left_out_and_told(tmp_path: Path) -> None:
    """There is nothing to quote; the repair names file and line."""
    told: list[Repair] = []
    lines = [bound(4, "Attribution", "said"), "E1\tAttribution:T4 ", "#1\tAnnotatorNotes T4\tWhy?"]
    (document,) = read(split(tmp_path, *lines), told)
    assert document.quotes == ()
    assert [str(r) for r in told] == [
        f"{tmp_path / 'attributions' / 'news_2020_x_ab12.ann'}:2: attribution without content "
        "left out"
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T9\tContent 5 999\tx", "span \\[5, 999\\) does not fit"),
        ("T9\tContent 5 5\tx", "span \\[5, 5\\) does not fit"),
        ("T9\tContent 0 3\tThe", "the text at 0 3 is not 'The'; is this the article's own text"),
        ("T9\tContent five\tx", "expected an annotation"),
        ("T1\tContent 0 3\t“We", "second annotation T1"),
        ("E1\tAttribution:T4 Content:T3", "second event E1"),
        ("E9\tAttribution:T4 Content:T77", "Content:T77 names no"),
        ("E9\tAttribution:T4 Topic:T3", "Topic:T3 names no"),
        ("E9\tMotion:T4", "expected an event"),
    ],
)
def test_a_damaged_line_is_an_error_with_its_place(tmp_path: Path, line: str, reason: str) -> None:
    """File and line stand in the message."""
    with pytest.raises(FormatError, match=rf"_ab12\.ann:6: .*{reason}"):
        read(split(tmp_path, *READY, line))


def test_a_line_of_no_known_kind_is_an_error(tmp_path: Path) -> None:
    """Stray text after an event is not taken for an annotation's."""
    with pytest.raises(FormatError, match=r":6: expected a T, E or # record, found 'stray'"):
        read(split(tmp_path, *READY, "stray"))


def test_the_first_annotator_by_name_is_read_unless_another_is_asked_for(tmp_path: Path) -> None:
    """One annotation an article; the choice is deterministic and recorded."""
    split(tmp_path, *READY, who="b")
    split(tmp_path, who="a")
    split(tmp_path, *READY, article="other", who="b")
    told: list[Repair] = []
    assert [(d.metadata["annotator"], len(d.quotes)) for d in read(tmp_path)] == [
        ("a", 0),
        ("b", 1),
    ]
    chosen = read(tmp_path, told, annotator="a")
    assert [d.id for d in chosen] == ["news_2020_x"]
    assert [r.reason for r in told] == ["no annotation by a found; article left out"]
    with pytest.raises(InputError, match="no annotation of annotator 'c'"):
        read(tmp_path, annotator="c")


def test_an_annotation_without_its_text_is_told(tmp_path: Path) -> None:
    """An article can't get lost unseen."""
    split(tmp_path, *READY)
    split(tmp_path, *READY, article="gone")
    (tmp_path / "text" / "gone.txt").unlink()
    told: list[Repair] = []
    assert len(read(tmp_path, told)) == 1
    path = tmp_path / "attributions" / "gone_ab12.ann"
    assert [str(r) for r in told] == [f"{path}: there is no text/gone.txt; annotation left out"]


def test_what_is_no_split_is_an_error_that_says_what_is(tmp_path: Path) -> None:
    """The message names the folders that a split has."""
    with pytest.raises(InputError, match="text/ and attributions/"):
        read(tmp_path)


def test_text_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    """No byte is ever guessed."""
    split(tmp_path, *READY)
    (tmp_path / "text" / "news_2020_x.txt").write_bytes(b"caf\xe9")
    with pytest.raises(FormatError, match="byte 3 is not UTF-8"):
        read(tmp_path)


def test_articles_are_read_one_at_a_time(tmp_path: Path) -> None:
    """A damaged second article does not keep the first one back."""
    split(tmp_path, *READY, article="a")
    split(tmp_path, "stray", article="b")
    stream = read_polnear(tmp_path, kind_of=kinds_of)
    assert next(stream).id == "a"
    with pytest.raises(FormatError):
        next(stream)


ROOT = Path(os.environ.get("QUOTECRAFT_DATA") or Path(__file__).parents[3] / "shared" / "data")
POLNEAR = ROOT / "polnear" / "dev"


@pytest.mark.skipif(not POLNEAR.is_dir(), reason=f"PolNeAR is not at {POLNEAR}")
def test_the_released_dev_split_has_its_counts() -> None:
    """84 articles and 2,192 attributions with content; 126 name no source."""
    told: list[Repair] = []
    documents = read(POLNEAR, told)
    quotes = [quote for document in documents for quote in document.quotes]
    assert (len(documents), len(quotes), len(told)) == (84, 2192, 5)
    assert sum(not quote.source for quote in quotes) == 126
    assert sum(len(quote.content) > 1 for quote in quotes) > 200
    assert Counter(quote.kind for quote in quotes)[QuoteKind.INDIRECT] > 1400
    assert all(quote.cue for quote in quotes)
