"""Reading LitBank."""

import os
from pathlib import Path

import pytest

from quotecraft.errors import FormatError, InputError
from quotecraft.formats.litbank import read_litbank
from quotecraft.formats.repairs import Repair

TEXT = "It was – late .\n“ Are you well , Miss Orme ? I hope so . ”\nAsked Lee : ‘ Eh ? ’\n"
LINES = (
    "QUOTE\tQ2\t2\t3\t2\t6\t‘ Eh ? ’",
    "QUOTE\tQ1\t1\t0\t1\t12\t“ Are you well , Miss Orme ? I hope so . ”",
    "ATTRIB\tQ1\tThe_old_man-12",
    "ATTRIB\tQ2\tLee-3",
)


def excerpt(folder: Path, *lines: str, text: str = TEXT) -> Path:
    """Write one annotated excerpt."""
    (folder / "1_book_brat.txt").write_bytes(text.encode())
    (folder / "1_book_brat.ann").write_bytes("".join(f"{line}\n" for line in lines).encode())
    return folder


def test_sentence_and_token_numbers_become_exact_spans(tmp_path: Path) -> None:
    """Quotes are in text order, direct, with the speaker's label as id."""
    told: list[Repair] = []
    (document,) = read_litbank(excerpt(tmp_path, *LINES), on_repair=told.append)
    assert (document.id, document.text, told) == ("1_book", TEXT, [])
    assert [(q.id, q.text, q.speaker, q.speaker_name) for q in document.quotes] == [
        ("Q1", "“ Are you well , Miss Orme ? I hope so . ”", "The_old_man-12", "The old man"),
        ("Q2", "‘ Eh ? ’", "Lee-3", "Lee"),
    ]


def test_a_quotation_without_speaker_is_kept_and_told(tmp_path: Path) -> None:
    """It has no speaker; the repair names its line."""
    told: list[Repair] = []
    (document,) = read_litbank(excerpt(tmp_path, *LINES[:3]), on_repair=told.append)
    assert [q.speaker for q in document.quotes] == ["The_old_man-12", None]
    assert [(r.line, r.reason) for r in told] == [(1, "quotation Q2 has no speaker")]


def test_a_text_without_annotation_is_told(tmp_path: Path) -> None:
    """An excerpt can't get lost unseen."""
    (tmp_path / "2_more_brat.txt").write_text("Rain.", encoding="utf-8")
    told: list[Repair] = []
    assert len(list(read_litbank(excerpt(tmp_path, *LINES), on_repair=told.append))) == 1
    text = tmp_path / "2_more_brat.txt"
    assert [str(r) for r in told] == [f"{text}: there is no 2_more_brat.ann; text left out"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("QUOTE\tQ3\t0\t0\t0\t1\tIt is", "the text at 0.0 is not 'It is'"),
        ("QUOTE\tQ3\t0\t0\t9\t1\tIt was", "there is no text from 0.0 to 9.1"),
        ("QUOTE\tQ3\t0\t1\t0\t0\tIt was", "there is no text from 0.1 to 0.0"),
        ("QUOTE\tQ3\t0\t0\t0\tone\tIt was", "places must be four numbers"),
        ("QUOTE\tQ3\t0\t0\tIt was", "expected a new QUOTE or ATTRIB record"),
        ("QUOTE\tQ1\t0\t0\t0\t1\tIt was", "expected a new QUOTE or ATTRIB record"),
        ("ATTRIB\tQ1\tLee-3", "expected a new QUOTE or ATTRIB record"),
        ("OTHER\tQ1", "expected a new QUOTE or ATTRIB record"),
    ],
)
def test_a_damaged_line_is_an_error_with_its_place(tmp_path: Path, line: str, reason: str) -> None:
    """File and line stand in the message."""
    with pytest.raises(FormatError, match=rf"1_book_brat\.ann:5: {reason}"):
        list(read_litbank(excerpt(tmp_path, *LINES, line)))


def test_a_speaker_for_no_quotation_is_an_error(tmp_path: Path) -> None:
    """A dangling link is not passed over."""
    with pytest.raises(FormatError, match=r"1_book_brat\.ann:5: speaker for unknown quotation Q7"):
        list(read_litbank(excerpt(tmp_path, *LINES, "ATTRIB\tQ7\tLee-3")))


def test_a_folder_without_excerpts_is_an_error(tmp_path: Path) -> None:
    """The message says what folder is wanted."""
    with pytest.raises(InputError, match="no LitBank quotations"):
        read_litbank(tmp_path)
    excerpt(tmp_path, *LINES)
    (tmp_path / "1_book_brat.txt").unlink()
    with pytest.raises(InputError, match=r"1_book_brat\.txt: can't be read"):
        list(read_litbank(tmp_path))


ROOT = Path(os.environ.get("QUOTECRAFT_DATA") or Path(__file__).parents[3] / "shared" / "data")
LITBANK = ROOT / "litbank"


@pytest.mark.skipif(not LITBANK.is_dir(), reason=f"LitBank is not at {LITBANK}")
def test_the_released_excerpts_have_their_counts() -> None:
    """80 excerpts and 1,298 quotations, every one with a speaker, nothing to mend."""
    told: list[Repair] = []
    documents = list(read_litbank(LITBANK, on_repair=told.append))
    quotes = [quote for document in documents for quote in document.quotes]
    assert (len(documents), len(quotes), told) == (80, 1298, [])
    assert all(quote.speaker for quote in quotes)
