"""Paragraphs of a plain text."""

import pytest
from hypothesis import example, given

from quotecraft.text import paragraphs
from tests.text.texts import texts

WRAPPED = (
    "The mill stood where the river bends, and nobody who lived in the\n"
    "village could say who had built it, or when; the oldest of them had\n"
    "known it as a ruin, and so had their fathers."
)


def found(text: str) -> list[str]:
    """Return the paragraphs as strings."""
    return [span.of(text) for span in paragraphs(text)]


@pytest.mark.parametrize("gap", ["\n\n", "\r\n\r\n", "\r\r", "\n \t\n", "\n\n\n\n", "\u2029\u2029"])
def test_blank_lines_separate_paragraphs(gap: str) -> None:
    """One blank line or more, with white space in it or not, ends a paragraph."""
    expected = ["It rained.", "It snowed."]
    assert expected == found(f"  It rained. {gap}\tIt snowed.\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_without_blank_lines_each_line_is_a_paragraph(end: str) -> None:
    """One paragraph a line, whatever ends the line."""
    expected = ["It rained.", "“Snow,” she said.", "They left at nine."]
    assert expected == found(end.join(expected))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_wrapped_lines_are_one_paragraph(end: str) -> None:
    """In hard-wrapped text a single line end is no end of a paragraph."""
    first, second = WRAPPED.replace("\n", end), "“So it is,” said the\nmiller.".replace("\n", end)
    expected = [first, second]
    assert expected == found(first + end * 2 + second)


def test_wrapped_text_without_blank_lines_ends_paragraphs_at_short_lines() -> None:
    """In wrapped text with no blank lines a line that ends early ends its paragraph."""
    second = WRAPPED.replace("The mill stood where the", "A mill stood where our")
    text = f"{WRAPPED}\n“Nobody knows.”\n{second}"
    expected = [WRAPPED, "“Nobody knows.”", second]
    assert expected == found(text)


def test_line_end_in_mid_sentence_ends_nothing() -> None:
    """Where a small letter follows and no stop precedes, the sentence goes on."""
    expected = ["It rained\nall day."]
    assert expected == found(expected[0])


@pytest.mark.parametrize(
    "text",
    [
        "“It rained all day,” says\nAna Ruiz.",
        "It rained in the\nMill Street.",
        "He went to Rosa and\nTom Hale.",
    ],
)
def test_a_line_that_ends_in_a_small_word_goes_on(text: str) -> None:
    """No heading ends with "the" or "and", nor with the verb that tags a quotation."""
    assert [text] == found(text)


@pytest.mark.parametrize("line", ["Rain will last, mayor says", "What the rain is for you", "Mill"])
def test_a_heading_may_end_in_a_verb_or_pronoun(line: str) -> None:
    """Other lines before a capital are headings."""
    assert [line, "Rosa Hale saw it."] == found(f"{line}\nRosa Hale saw it.")


def test_headline_and_byline_are_paragraphs() -> None:
    """In an article with blank lines, lines that are not wrapped stay apart."""
    text = "Rain falls on Mill Street\nBy Rosa Hale\n\n" + "It rained all day in the town. " * 9
    expected = ["Rain falls on Mill Street", "By Rosa Hale", text[40:].strip()]
    assert expected == found(text)


def test_text_of_white_space_has_no_paragraphs() -> None:
    """Nothing but white space is no paragraph."""
    assert paragraphs("") == paragraphs(" \n\t\r\n \u2028") == ()


@given(texts)
@example("\x1c\x1d\n\x1e")
@example("\x0b\x0c \u3000")
def test_paragraphs_hold_all_but_white_space(text: str) -> None:
    """Each character that is not white space lies in one paragraph; none has outer white space."""
    spans = paragraphs(text)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert sorted(edges) == edges
    assert all(span.of(text).strip() == span.of(text) for span in spans)
    held = {offset for span in spans for offset in range(span.start, span.end)}
    assert all(char.isspace() for offset, char in enumerate(text) if offset not in held)
