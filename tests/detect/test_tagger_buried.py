"""Sources that stand amid the content that the network found."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.buried import with_buried
from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind, Sentence, Span


def _at(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def _freed(text: str, cue: str, content: list[str], source: str = "") -> tuple[str, list[str]]:
    """Return the source and the pieces of content that a one-sentence text ends up with."""
    item = Attribution(
        tuple(_at(text, part) for part in content),
        QuoteKind.INDIRECT,
        cue=(_at(text, cue),),
        source=(_at(text, source),) if source else (),
    )
    (found,) = with_buried(text, [Sentence(Span(0, len(text)), ())], [item])
    return " / ".join(span.of(text) for span in found.source), [p.of(text) for p in found.content]


def test_who_is_quoted_as_saying_it_says_it() -> None:
    """In "the agency quoted Ruiz as saying" the source is Ruiz; without "as" it stays."""
    text = "The lift is shut, the agency quoted Ana Ruiz as saying on Monday."
    assert _freed(text, "quoted", ["The lift is shut"], "the agency")[0] == "Ana Ruiz"
    text = "The lift is shut, the agency quoted Ana Ruiz on Monday."
    assert _freed(text, "quoted", ["The lift is shut"], "the agency")[0] == "the agency"


def test_the_agent_behind_a_cue_that_ends_in_by_is_taken_out() -> None:
    """In "is often praised by walkers as flat" the walkers are the source."""
    text = "The path is often praised by walkers as flat."
    found = _freed(text, "is often praised by", ["The path", "walkers as flat"])
    assert found == ("walkers", ["The path", "as flat"])


@pytest.mark.parametrize(
    ("text", "cue", "content", "source", "rest"),
    [
        (
            "Lund was named the winner by the jury.",
            "was named",
            ["the winner by the jury"],
            "the jury",
            ["the winner"],
        ),
        (
            "Lund was found guilty of theft by Judge Ana Ruiz.",
            "was found",
            ["guilty of theft"],
            "Judge Ana Ruiz",
            ["guilty of theft"],
        ),
        (
            "Lund is seen as weak even by the jury and a doubt stays.",
            "is seen",
            ["as weak even by the jury"],
            "the jury",
            ["as weak"],
        ),
        (
            "The town has parks, which according to her are dear.",
            "according to",
            ["which", "her are dear"],
            "her",
            ["which", "are dear"],
        ),
        (
            "“Don Lau,” as he likes to be called.",
            "likes",
            ["as he", "to be"],
            "he",
            ["as", "to be"],
        ),
        (
            "Unlike Lund, Ruiz’s criticism was aimed at the court.",
            "criticism was aimed",
            ["Ruiz’s", "at the court"],
            "Ruiz’s",
            ["at the court"],
        ),
    ],
)
def test_a_source_is_taken_out_of_the_content(
    text: str, cue: str, content: list[str], source: str, rest: list[str]
) -> None:
    """Agents, "according to her", pronouns and owners before a cue are sources, not content."""
    assert _freed(text, cue, content) == (source, rest)


def test_who_says_it_between_two_commas_is_the_source() -> None:
    """In "The town, said the mayor, will grow" it is the mayor who speaks, of the town."""
    text = "The town, said the mayor, will grow."
    found = _freed(text, "said", ["the mayor, will grow"], "The town")
    assert found == ("the mayor", ["The town", "will grow"])


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        (
            "Ruiz, a poet, said the mayor, Lund, will go.",
            "said",
            ["the mayor, Lund"],
            "Ruiz, a poet",
        ),
        ("Ruiz, who left, said the town will grow.", "said", ["the town will grow"], "Ruiz"),
        ("Lund was asked about a bridge built by the army.", "was asked about", ["a bridge"], ""),
        ("Lund is expected to be heard by the court.", "is expected", ["to be heard"], ""),
        ("The gate was shut, he was told.", "was told", ["The gate was shut, he"], ""),
        ("The gate, he seems to think, was shut.", "seems", ["The gate, he"], ""),
    ],
)
def test_other_sources_stay(text: str, cue: str, content: list[str], source: str) -> None:
    """Appositions, agents of other verbs and subjects of passives change nothing."""
    assert _freed(text, cue, content, source) == (source, content)


_WORDS = st.sampled_from(
    ["the", "by", "of", ",", "’s", "said", "was", "named", "Ana", "Ruiz", "her", "he", "will", "to"]
)


@given(st.lists(_WORDS, min_size=5, max_size=30), st.data())
def test_source_content_and_cue_never_overlap(words: list[str], data: st.DataObject) -> None:
    """Whatever the words are, what is taken out of a content is no longer in it."""
    text = " ".join(words)
    ends = [0, *(n + 1 for n, char in enumerate(text) if char == " "), len(text) + 1]
    cuts = data.draw(st.lists(st.integers(0, len(words)), min_size=3, max_size=3, unique=True))
    first, second, third = (ends[cut] for cut in sorted(cuts))
    item = Attribution(
        (Span(second, third - 1),), QuoteKind.INDIRECT, cue=(Span(first, second - 1),)
    )
    (found,) = with_buried(text, [Sentence(Span(0, len(text)), ())], [item])
    spans = sorted([*found.source, *found.content, *found.cue])
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.of(text).strip() for span in spans)
