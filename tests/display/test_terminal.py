"""Documents in the terminal."""

import io
import re
from unicodedata import category

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecraft.display import to_terminal, to_text_table, wants_color
from quotecraft.display.terminal import MIN_WIDTH
from quotecraft.display.wrap import display_width, fit
from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span, Speaker, SpeakerId
from tests.display.sample import article
from tests.strategies import documents, texts

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@given(documents(), st.integers(-3, 120))
@settings(max_examples=80, deadline=None)
def test_any_document_fits(document: Document, width: int) -> None:
    """No line is wider than the page, and no control character but colours is written."""
    page = to_terminal(document, width=width, color=True)
    page.encode("utf-8")
    plain = ANSI.sub("", page)
    lines = plain.split("\n")
    limit = max(width, MIN_WIDTH)
    assert [line for line in lines if display_width(line) > limit] == []
    assert {"\n"} >= {c for c in plain if category(c) in ("Cc", "Cs")}


@given(documents())
@settings(max_examples=60, deadline=None)
def test_colour_changes_no_character(document: Document) -> None:
    """Without its colour codes, the coloured page is the plain one."""
    plain = to_terminal(document, width=60, color=False)
    assert plain == ANSI.sub("", to_terminal(document, width=60, color=True))


@given(texts())
@settings(deadline=None)
def test_text_without_quotations_is_kept(text: str) -> None:
    """A document without quotations shows its own words in order."""
    letters = re.compile(r"[^a-zA-Z]")
    page = to_terminal(Document("", text), width=40)
    body = page.removesuffix("No quotation was found.")
    assert letters.sub("", text) == letters.sub("", body)


def test_quotations_stand_in_brackets_after_their_speaker() -> None:
    """Each quotation is in brackets after its speaker; parts, thoughts and doubt are told."""
    page = _squeezed(to_terminal(article(), width=80))
    expected = [
        "[Ruiz: “Nobody is in danger today,”] said Ana Ruiz",
        "[… Ruiz: “But I would not",
        "me, [Achterberg: ‘You will have your bridge by June,’] and I",
        "[Achterberg (thought): the repairs can begin before the first frost].",
        "[unknown speaker?: “Then they will have to start earlier,”]",
    ]
    assert expected == [words for words in expected if words in page]


def test_summary_tells_who_said_how_much() -> None:
    """The table at the end lists every speaker with quotations, words and share."""
    page = to_terminal(article(), width=100)
    table = page.split("\n\n")[-1].split("\n")
    assert table[0].split() == ["Speaker", "Quotations", "Words", "Share"]
    assert table[1].split()[:6] == ["Ana", "Ruiz", "3", "56", "29", "%"]
    assert table[-1].startswith("unknown speaker")
    assert len(table) == 9


def test_narrow_summary_keeps_names_and_words() -> None:
    """On a narrow page the table has names and words only."""
    table = to_terminal(article(), width=30).split("\n\n")[-1].split("\n")
    assert table[0].split() == ["Speaker", "Words"]
    assert table[1].split() == ["Ana", "Ruiz", "56"]


def test_lines_are_coloured_one_by_one() -> None:
    """Each line that begins a colour also ends it, so that a pager keeps it."""
    lines = to_terminal(article(), width=50, color=True).split("\n")
    codes = [ANSI.findall(line) for line in lines]
    assert [found for found in codes if found and found[-1] != "\x1b[0m"] == []
    assert any(codes)


def test_wide_characters_count_double() -> None:
    """Chinese text wraps at half as many characters, also where it has no spaces."""
    lines = to_terminal(Document("d", "橋" * 50), width=40).split("\n")
    assert lines[2:5] == ["橋" * 20, "橋" * 20, "橋" * 10]


def test_punctuation_stays_with_wide_characters() -> None:
    """A full stop doesn't begin a line, nor does an opening mark end one."""
    lines = to_terminal(Document("d", "橋" * 10 + "。" + "橋" * 8 + "「橋」"), width=20).split("\n")
    assert lines[2:5] == ["橋" * 9, "橋。" + "橋" * 8, "「橋」"]


def test_verse_keeps_its_lines() -> None:
    """Verse in a text of filled lines keeps its line ends."""
    prose = "it was late when the ferry came in, and the two men on the quay had\n" * 9
    page = to_terminal(Document("d", f"{prose}\nA ship\nwent to sea\n"), width=60)
    assert "A ship\nwent to sea\n" in page
    assert "the\nquay had it was late" in page


def test_escape_codes_in_a_text_are_disarmed() -> None:
    """Escape sequences and direction overrides of the text never reach the terminal."""
    text = "\x1b[2J\x9b31m\u202eevil\x07"
    speaker = Speaker(SpeakerId("s"), text)
    quote = Quote(QuoteId("q"), QuoteKind.DIRECT, [Span(0, len(text))], speaker=speaker.id)
    document = Document(text, text, {"title": text}, (), [quote], [speaker])
    shown = to_terminal(document, width=60) + to_text_table(document)
    assert set() == set(shown) & set("\x1b\x9b\u202e\x07")


def test_text_table_is_one_line_a_quotation() -> None:
    """Each line tells speaker, kind, cue and content."""
    lines = to_text_table(article(), width=400).split("\n")
    expected = (
        "Dorte Lindqvist — indirect — claimed — the closure would cost her firm 4,000 crowns a day"
    )
    assert len(lines) == 13
    assert expected == lines[3]
    assert lines[7].startswith("Tom Achterberg — indirect thought — hopes — the repairs")
    assert lines[10].startswith("unknown speaker? — direct — no cue — “Then they")


@given(documents(), st.integers(0, 120))
@settings(max_examples=80, deadline=None)
def test_text_table_fits(document: Document, width: int) -> None:
    """No line of the table is wider than asked, and there's one for each quotation."""
    lines = to_text_table(document, width=width).split("\n")
    assert max(1, len(document.quotes)) == len(lines)
    if document.quotes:
        limit = max(width, MIN_WIDTH)
        assert [line for line in lines if display_width(line) > limit] == []


def test_nothing_found_is_said() -> None:
    """A document without quotations says so."""
    empty = evolve(article(), quotes=(), speakers=())
    assert to_text_table(empty) == "No quotation was found."
    assert to_terminal(empty, width=80).endswith("No quotation was found.")


class _Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Colour is wanted on a terminal, not in a file."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert wants_color(_Screen())
    assert not wants_color(io.StringIO())


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_colour_can_be_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """NO_COLOR and a dumb terminal mean no colour."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    assert not wants_color(_Screen())


@given(texts(), st.integers(3, 30))
def test_fit_fits(text: str, width: int) -> None:
    """A cut text is never wider than asked, and one that fits isn't cut."""
    shown = fit(text, width)
    assert display_width(shown) <= width
    assert shown == text or shown.endswith("…")
