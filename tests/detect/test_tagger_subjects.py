"""Sources that the network left out, read from the clause of the cue."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.interfaces import Attribution
from quotecraft.detect.mended import mended_sources
from quotecraft.detect.subjects import with_subjects
from quotecraft.model import QuoteKind, Sentence, Span


def _at(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def _source(text: str, cue: str, content: str, kind: QuoteKind = QuoteKind.INDIRECT) -> str:
    """Return the words of the source that a one-sentence text gets."""
    item = Attribution((_at(text, content),), kind, cue=(_at(text, cue),))
    (found,) = with_subjects(text, [Sentence(Span(0, len(text)), ())], [item])
    return " / ".join(span.of(text) for span in found.source)


def test_the_agent_behind_a_bare_participle_is_the_source() -> None:
    """In "the fear shared by the porters" they share it; after a finite verb "by" tells how."""

    def source(text: str, old: str, cue: str, content: str) -> str:
        item = Attribution(
            (_at(text, content),),
            QuoteKind.INDIRECT,
            cue=(_at(text, cue),),
            source=(_at(text, old),),
        )
        (found,) = with_subjects(text, [Sentence(Span(0, len(text)), ())], [item])
        return found.source[0].of(text)

    text = "The creed professed by these porters is to share the lift."
    assert source(text, "The creed", "professed", "to share the lift") == "these porters"
    text = "Ines Lund announced by letter that the lift is shut."
    assert source(text, "Ines Lund", "announced", "that the lift is shut") == "Ines Lund"


@pytest.mark.parametrize(
    ("text", "old", "cue", "source"),
    [
        (
            "Mr Lund said according to the lift law, no.",
            "the lift law",
            "said according to",
            "Mr Lund",
        ),
        ("Mr Lund said that according to his notes no.", "his notes", "according to", "Mr Lund"),
        ("Mr Lund said that according to the law no.", "the law", "according to", "the law"),
        ("According to his notes, no.", "his notes", "According to", "his notes"),
        (
            "The head of the lift union said no.",
            "of the lift union",
            "said",
            "The head of the lift union",
        ),
        ("A point added by the porter is no.", "by the porter", "added", "the porter"),
    ],
)
def test_a_source_that_can_not_be_one_gives_way(text: str, old: str, cue: str, source: str) -> None:
    """Who says "according to my notes" is the speaker; no source begins with "of" or "by"."""
    item = Attribution((_at(text, "no."),), QuoteKind.INDIRECT, (_at(text, cue),))
    item = evolve(item, source=(_at(text, old),))
    (found,) = with_subjects(text, [Sentence(Span(0, len(text)), ())], [item])
    assert found.source[0].of(text) == source


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        (
            "A survey in Lima found that most cellars flood.",
            "found",
            "that most cellars flood",
            "A survey in Lima",
        ),
        (
            "The pilots were advised by two lawyers that they could strike.",
            "advised",
            "that they could strike",
            "two lawyers",
        ),
        (
            "Omar Reyes and the porters signed an agreement to share the lift.",
            "agreement",
            "to share the lift",
            "Omar Reyes and the porters",
        ),
        (
            "The porters have expressed fear that the lift will fall.",
            "fear",
            "that the lift will fall",
            "The porters",
        ),
        (
            "The firm also announced plans for a second quarry.",
            "plans",
            "for a second quarry",
            "The firm",
        ),
        (
            "Worried that the lift is stuck, Ines Lund called for help.",
            "Worried",
            "that the lift is stuck",
            "Ines Lund",
        ),
        (
            "Omar Reyes on Monday met two porters and stressed that the lift works.",
            "stressed",
            "that the lift works",
            "Omar Reyes",
        ),
        ("The fire is to have plans of its own.", "plans", "of its own", ""),
        (
            "Growers wait while its estimate of the harvest is late.",
            "estimate of",
            "the harvest",
            "its",
        ),
        (
            "Harbour police announced a search, but did not specify the reason.",
            "specify",
            "the reason",
            "Harbour police",
        ),
        (
            "The plan was opposed by the Canal Board, claiming that it costs too much.",
            "claiming",
            "that it costs too much",
            "the Canal Board",
        ),
        (
            "Noting that rents had doubled, the mayor left the hall.",
            "Noting",
            "that rents had doubled",
            "the mayor",
        ),
        (
            "The charter, which renounces tolls for good, is old.",
            "renounces",
            "tolls for good",
            "which",
        ),
        (
            "Farmers like Velasco stated that the wells were dry.",
            "stated",
            "that the wells were dry",
            "Farmers like Velasco",
        ),
    ],
)
def test_subject_agent_or_possessor(text: str, cue: str, content: str, source: str) -> None:
    """A cue without a source gets the subject, agent or possessor of its clause."""
    assert _source(text, cue, content) == source


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        ("It is worth mentioning that the pier is new.", "mentioning", "that the pier is new"),
        ("The bridge is expected to open in May.", "expected", "to open in May"),
        ("When asked about the leak, nobody spoke.", "asked about", "the leak"),
        ("The dam seemed to hold the flood back.", "seemed", "to hold the flood back"),
        (
            "Amid loud claims that the vote was bought, he won.",
            "claims",
            "that the vote was bought",
        ),
        ("There are concerns about the tunnel.", "about", "the tunnel"),
        ("It is too soon to know when boats return.", "to know", "when boats return"),
    ],
)
def test_nobody_speaks(text: str, cue: str, content: str) -> None:
    """A passive, an empty subject or a bare noun tells of nobody who speaks."""
    assert _source(text, cue, content) == ""


def _instead(text: str, source: str, cue: str, content: str) -> Attribution:
    found = Attribution(
        (_at(text, content),),
        QuoteKind.INDIRECT,
        cue=(_at(text, cue),),
        source=(_at(text, source),),
    )
    (item,) = with_subjects(text, [Sentence(Span(0, len(text)), ())], [found])
    return item


def test_who_is_told_something_is_no_source() -> None:
    """The agent of a passive speaks; whom the network took for the source is the addressee."""
    text = "Mayor Lund was asked by two nurses whether the ward would close."
    item = _instead(text, "Mayor Lund", "asked", "whether the ward would close")
    assert [span.of(text) for span in item.source] == ["two nurses"]
    assert item.addressee == _at(text, "Mayor Lund")


def test_the_agent_of_any_passive_is_the_source() -> None:
    """What is struck down or passed by somebody does not speak."""
    text = "The toll bill was vetoed by Governor Lund over its costs."
    item = _instead(text, "The toll bill", "was vetoed", "its costs")
    assert [span.of(text) for span in item.source] == ["Governor Lund"]
    assert item.addressee is None


@pytest.mark.parametrize(
    ("text", "cue", "content", "source", "rest"),
    [
        ("A guild which reported a loss met.", "which reported", "a loss", "which", "reported"),
        ("The mill hid its support for a ban.", "its support for", "a ban", "its", "support for"),
    ],
)
def test_a_cue_that_begins_with_its_source_is_parted(
    text: str, cue: str, content: str, source: str, rest: str
) -> None:
    """A pronoun or possessor at the start of a cue is the source."""
    found = Attribution((_at(text, content),), QuoteKind.INDIRECT, cue=(_at(text, cue),))
    (item,) = with_subjects(text, [Sentence(Span(0, len(text)), ())], [found])
    assert [span.of(text) for span in (*item.source, *item.cue)] == [source, rest]


def test_the_object_of_a_preposition_is_no_source() -> None:
    """A second verb has the subject of the first, not the noun that happens to stand before it."""
    text = "Ines Lund said the backlog in rural clinics was long and called for more staff."
    item = _instead(text, "rural clinics", "called for", "more staff")
    assert [span.of(text) for span in item.source] == ["Ines Lund"]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        (
            "Lund was quoted by a daily as saying that rents rose.",
            "Lund",
            "was quoted",
            "that rents rose",
        ),
        ("Lund was reached by phone about rents.", "Lund", "was reached", "rents"),
        ("Lund said by phone that rents rose.", "Lund", "said", "that rents rose"),
        ("They left over his perceived slight.", "his", "perceived", "slight"),
    ],
)
def test_subjects_stay(text: str, source: str, cue: str, content: str) -> None:
    """Who is quoted by a paper speaks, and so does the subject of an active verb."""
    assert _instead(text, source, cue, content).source == (_at(text, source),)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "asker"),
    [
        (
            "Ines Lund asked the clerk Omar Reyes about whether the lift works.",
            "the clerk Omar Reyes",
            "about",
            "whether the lift works",
            "Ines Lund",
        ),
        (
            "Ines Lund urged the porters to accept the offer.",
            "the porters",
            "to accept",
            "the offer",
            "Ines Lund",
        ),
        (
            "The mayor thanked the porters saying the lift works.",
            "the porters",
            "saying",
            "the lift works",
            "The mayor",
        ),
        (
            "Lund praised the porters’ offer to wait.",
            "the porters’",
            "offer",
            "to wait",
            "the porters’",
        ),
    ],
)
def test_who_asks_speaks_and_not_who_is_asked(
    text: str, source: str, cue: str, content: str, asker: str
) -> None:
    """The object of "asked" or "thanked" is whom its subject says something to."""
    item = _instead(text, source, cue, content)
    assert [span.of(text) for span in item.source] == [asker]


def test_what_the_network_found_stays() -> None:
    """An attribution that has a source, or no cue, is left as it is."""
    text = "Two porters say that the lift is stuck."
    whole = [Sentence(Span(0, len(text)), ())]
    content = (_at(text, "that the lift is stuck"),)
    found = [
        Attribution(
            content, QuoteKind.INDIRECT, (_at(text, "say"),), source=(_at(text, "porters"),)
        ),
        Attribution(content, QuoteKind.INDIRECT),
    ]
    assert with_subjects(text, whole, found) == found


_WORDS = st.sampled_from(
    [
        *("the", "by", "of", "and", ",", "’s", "-", "%", "said", "adding", "Ana", "Ruiz"),
        *("minister", "it", "51", "Al", "-chief", "told", "been", "who"),
    ]
)


@given(st.lists(_WORDS, min_size=4, max_size=30), st.data())
def test_a_source_never_overlaps_content_or_cue(words: list[str], data: st.DataObject) -> None:
    """Whatever the words are, a new source lies in the text, apart from content and cue."""
    text = " ".join(words)
    edges = data.draw(
        st.lists(st.integers(0, len(text)), min_size=6, max_size=6, unique=True).map(sorted)
    )
    spans = [Span(*edges[n : n + 2]) for n in (0, 2, 4)]
    order = data.draw(st.permutations(spans))
    item = Attribution((order[0],), QuoteKind.INDIRECT, (order[1],), source=(order[2],))
    bare = Attribution((order[0],), QuoteKind.INDIRECT, (order[1],))
    whole = [Sentence(Span(0, len(text)), ())]
    for found in (*mended_sources(text, whole, [item]), *with_subjects(text, whole, [bare])):
        assert found.content == item.content
        assert found.cue[0].end == item.cue[0].end
        for span in found.source:
            assert 0 <= span.start < span.end <= len(text)
            assert not any(span.overlaps(other) for other in (*found.content, *found.cue))
