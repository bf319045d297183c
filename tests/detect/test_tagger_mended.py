"""Sources that are a piece of a noun phrase, made whole."""

from __future__ import annotations

import pytest

from quotecraft.detect.interfaces import Attribution
from quotecraft.detect.mended import mended_sources
from quotecraft.model import QuoteKind, Sentence, Span


def _mended(text: str, source: str, cue: str, content: str) -> str:
    def at(part: str) -> Span:
        start = text.index(part)
        return Span(start, start + len(part))

    item = Attribution((at(content),), QuoteKind.INDIRECT, (at(cue),), source=(at(source),))
    (found,) = mended_sources(text, [Sentence(Span(0, len(text)), ())], [item])
    (span,) = found.source
    return span.of(text)


@pytest.mark.parametrize(
    ("text", "source", "whole"),
    [
        ("In the poll 51% said no.", "51", "51%"),
        ("In the poll 16.5 per cent said no.", "16.5", "16.5 per cent"),
        ("Premier Somsak Lek-o-cha said no.", "cha", "Premier Somsak Lek-o-cha"),
        ("President Kwame Osei-Addo said no.", "President Kwame Osei", "President Kwame Osei-Addo"),
        ("The River Mission in Tarn (RMT) said no.", "The", "The River Mission in Tarn (RMT)"),
        ("In May , Lund and her aunts said no.", ", Lund and her aunts", "Lund and her aunts"),
        ("The Liberals and the Greens said no.", "and the Greens", "The Liberals and the Greens"),
        ("Norland and Sorra said no.", "Sorra", "Norland and Sorra"),
        ("Norland and the Sorra Union said no.", "the Sorra Union", "Norland and the Sorra Union"),
        ("The debate went on and the Mayor said no.", "the Mayor", "the Mayor"),
        ("Then the mayor sensationally said no.", "the mayor sensationally", "the mayor"),
        ("Mayor Ines Lund on Monday said no.", "Mayor Ines Lund on", "Mayor Ines Lund"),
        ("On Friday Danish authorities said no.", "authorities", "Danish authorities"),
        ("Then the wise leadership said no.", "leadership", "the wise leadership"),
        ("Has this woman said no?", "Has this woman", "this woman"),
        ("A fee, which Ines Lund said is low, no.", "which Ines Lund", "Ines Lund"),
        ("He found the town hall said no.", "found the town hall", "the town hall"),
        ("Peru’s tourism sector said no.", "’s tourism sector", "Peru’s tourism sector"),
    ],
)
def test_pieces_become_whole(text: str, source: str, whole: str) -> None:
    """A piece of a word, name or noun phrase grows to all of it; words too many go."""
    assert _mended(text, source, "said", "no") == whole


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Ines Lund said no.", "Ines Lund"),
        ("It hit Norland and Sorra said no.", "Sorra"),
        ("Sport and Youth Minister Ines Lund said no.", "Youth Minister Ines Lund"),
        ("Later a guard who saw it said no.", "a guard who saw it"),
        ("Answers came from the north and said no.", "the"),
        ("Reading Lund said no.", "Lund"),
        ("See www.daily.example/town-mayor-lund said no.", "lund"),
        ("Then she said no.", "she"),
        ("By the firm’s tally they said no.", "the firm’s tally"),
        ("Will Doyle of Tarn said no.", "Will Doyle of Tarn"),
    ],
)
def test_whole_ones_stay(text: str, source: str) -> None:
    """A whole source, a pronoun, a place after a preposition and a web address are left alone."""
    assert _mended(text, source, "said", "no") == source


def test_a_source_ends_at_its_cue() -> None:
    """A source doesn't grow over a cue that cuts into its word."""
    assert _mended("His oft-quoted line: no.", "oft", "-quoted line", "no") == "His oft"
    assert (
        _mended("Alex Seitz-Wald tweeted no.", "Alex Seitz", "Wald tweeted", "no") == "Alex Seitz"
    )


def test_an_article_behind_by_becomes_the_agent() -> None:
    """Of "notified by the council" the whole agent is the source, not the article."""
    text = "The firms were notified by the council that it is shut."
    assert _mended(text, "the", "notified", "that it is shut") == "the council"


@pytest.mark.parametrize(
    ("text", "source", "whole"),
    [
        (
            "Ines Lund, a porter at the hall, said no.",
            "a porter at the hall",
            "Ines Lund, a porter at the hall",
        ),
        ("Ines Lund, founder and porter said no.", "founder and porter", None),
        ("In Upper Sorra, the porter said no.", "the porter", "the porter"),
        ("Last Monday, the porter said no.", "the porter", "the porter"),
        ("Sorra, the porter said no.", "the porter", "the porter"),
    ],
)
def test_an_apposition_gets_its_name(text: str, source: str, whole: str | None) -> None:
    """A source that is an apposition begins with the name before it, unlike behind a place."""
    assert _mended(text, source, "said", "no") == (whole or text.removesuffix(" said no."))
