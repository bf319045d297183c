"""What a prompt or a print shows of documents, quotes and speakers."""

from pathlib import Path

import pytest

from quotecraft.errors import InputError, InvalidModelError
from quotecraft.model import Document, Speaker, documents_of
from tests.model.sample import ANA, TEXT, document, quote


def test_a_document_at_the_prompt_is_one_short_line() -> None:
    """However many quotes there are, their number is shown; "1 quote" is no plural."""
    shown = repr(document(quote(speaker="s1")))
    assert "quotes=<1 quote>, speakers=<2 speakers>" in shown
    assert TEXT not in shown
    assert "\n" not in shown
    assert "<0 quotes>" in repr(document())


def test_printing_a_document_tells_who_said_what() -> None:
    """Its id and a line for each quote; a speaker prints as a name."""
    known, unknown = quote(speaker="s1"), quote(content=quote().content[:1])
    assert str(document(known)) == "d\nAna Ruiz — direct — “Yes,” … “No.”"
    assert str(document(unknown)) == "d\nunknown speaker — direct — “Yes,”"
    assert str(ANA) == "Ana Ruiz"


def test_a_quote_prints_in_one_line() -> None:
    """Line breaks in its text are spaces; a quote of no document shows its fields."""
    (broken,) = document(
        quote(content=quote().content[:1]), text=TEXT.replace("Yes,", "Y\nes")
    ).quotes
    assert str(broken) == "unknown speaker — direct — “Y es”"
    assert str(quote()) == repr(quote())


def test_one_string_is_no_list_of_strings() -> None:
    """``aliases="Ruiz"`` would be four aliases of a letter each."""
    with pytest.raises(InvalidModelError, match=r"give \['Ruiz'\]"):
        Speaker("s1", "Ana Ruiz", aliases="Ruiz")  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", ["quotes.jsonl", Path("quotes.jsonl"), b"text"])
def test_one_document_is_as_good_as_many_but_a_path_is_none(wrong: object) -> None:
    """What takes documents says how to get some when it is given their file."""
    one = Document("d", "")
    assert list(documents_of(one)) == list(documents_of([one])) == [one]
    with pytest.raises(InputError, match=r"quotecraft\.formats\.read"):
        documents_of(wrong)  # type: ignore[arg-type]
