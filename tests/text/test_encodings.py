"""Bytes to text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.errors import InputError
from quotecraft.text import decode

TEXT = "“It’s raining – again,” said Zoë at the café.\r\nHe paid £5…\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_text_comes_back_as_it_was_written(encoding: str) -> None:
    """UTF-8, UTF-16 and UTF-32 with a mark, and Windows-1252 give the text, line ends included."""
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_BE, "utf-32-be")],
)
def test_big_endian_mark_is_understood(bom: bytes, encoding: str) -> None:
    """The byte order mark tells the byte order and is not part of the text."""
    assert decode(bom + TEXT.encode(encoding)) == TEXT


def test_latin_1_is_read() -> None:
    """Accented letters in Latin-1 come out right."""
    text = "Zoë met José in the café; señor Peña came later, à la carte. "
    assert decode(text.encode("latin-1")) == text


def test_mac_roman_is_read() -> None:
    """Curled marks and dashes of an old Mac come out right."""
    assert decode(TEXT.encode("mac_roman")) == TEXT


def test_other_code_page_is_guessed() -> None:
    """Text in another script is read in its code page."""
    text = "Сегодня в городе весь день идёт сильный дождь, сообщили городские власти. " * 8
    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 x", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"text\x00more", "NUL at byte 4"),
        (b"\xff\xfeA\x00B", "not valid"),
        (b"\xef\xbb\xbfA\xff", "not valid"),
    ],
)
def test_binary_file_is_refused(data: bytes, what: str) -> None:
    """Binary or damaged bytes raise an error that names the file and what it looks like."""
    with pytest.raises(InputError, match=rf"^a\.txt .*{what}"):
        decode(data, source="a.txt")


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    """No bytes raise anything but an ``InputError``, and equal bytes give equal texts."""

    def attempt() -> str:
        try:
            return decode(data)
        except InputError as error:
            return f"refused: {error}"

    assert attempt() == attempt()


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_any_text_in_utf_8_comes_back(text: str) -> None:
    """UTF-8 without a mark is never mistaken for something else."""
    data = text.encode("utf-8")
    magic = data.startswith((b"PK\x03\x04", b"%PDF-", b"{\\rtf", b"GIF8", b"BZh", b"PAR1"))
    if not magic and not text.startswith("\ufeff"):
        assert decode(data) == text
