"""Novels are split by author, and a search is taught the gold speakers of every turn."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import Document, Quote, QuoteId, QuoteKind, Span, Speaker, SpeakerId
from quotecraft.speakers.conversation import SEARCHED
from quotecraft.speakers.resolver import RuleResolver
from quotecraft.speakers.trust import Check
from quotecraft.training.speaker_figures import Figures, Judgement
from quotecraft.training.speaker_links import Novel, split_by_author
from quotecraft.training.speaker_search import SearchObserver
from quotecraft.training.speaker_sources import Given, found_quotations
from quotecraft.training.speaker_trust import Answer
from tests.speakers.sample import quoted, sentences


def _novel(number: int, author: str, size: int) -> Novel:
    attribution = Attribution((Span(0, 1),), QuoteKind.DIRECT)
    return Novel(f"n{number}", "x", (), (Given(attribution, None, None),) * size, (), author)


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 30)), min_size=1, max_size=12),
    st.integers(1, 4),
)
def test_authors_stay_together(works: list[tuple[str, int]], parts: int) -> None:
    """Every novel is in one group, and every author too."""
    novels = [_novel(number, *work) for number, work in enumerate(works)]
    groups = split_by_author(novels, parts)
    assert len(groups) == parts
    assert Counter(n.id for group in groups for n in group) == Counter(n.id for n in novels)
    homes = [{n.author for n in group} for group in groups]
    assert sum(len(home) for home in homes) == len({author for author, _ in works})


_TEXT = """“Are you going?” said Ann.

“I may,” Ben answered.

“When?”

“Soon, Ann.”

“Well,” she said.
"""


def test_a_search_is_taught_by_gold_speakers() -> None:
    """Each turn gives a ranking, in which the gold speaker alone is right."""
    ids = [SpeakerId("Ann"), SpeakerId("Ben")]
    characters = tuple(Speaker(one, str(one)) for one in ids)
    found = quoted(_TEXT, ["Ann", "Ben", None, None, "she"])
    gold = [ids[number] for number in (0, 1, 0, 1, 0)]
    given_ = [Given(a, who, "implicit") for a, who in zip(found, gold, strict=True)]
    observer = SearchObserver(given_, characters)
    linker = RuleResolver().link(_TEXT, sentences(_TEXT), found, observer)
    situations = [situation for situation, _ in observer.rankings]
    assert situations[-3:] == ["implicit:past", "implicit:past", "pronoun:past"]
    assert set(situations) <= set(SEARCHED)
    assert all(sum(ranking.right) == 1 for _, ranking in observer.rankings)
    last = observer.rankings[-1][1]
    told = [row for row, right in zip(last.candidates, last.right, strict=True) if right]
    assert told[0].get("turn-2:adjacent") == 1.0  # Ann spoke two turns before
    assert [
        next(iter(turn.units[0].speaker.names))
        for turn in linker.turns[2:4]
        if turn.units[0].speaker
    ] == ["Ann", "Ben"]


def test_quotations_that_are_missed_are_counted() -> None:
    """A gold quotation that the detector didn't find is known as missed."""
    text = "“Come in, all of you,” said Ann. “Now,” she said."
    quotes = tuple(
        Quote(id=QuoteId(name), content=(Span(*where),), kind=QuoteKind.DIRECT)
        for name, where in (("q1", (0, 22)), ("q2", (33, 39)))
    )
    document = Document(id="novel", text=text, quotes=quotes)
    found = found_quotations(document, [Attribution((Span(0, 22),), QuoteKind.DIRECT)])
    assert [given.gold for given in found] == [quotes[0]]


def _judged(novel: str, kind: str, right: bool) -> Judgement:
    return Judgement(novel, kind, "implicit", Answer("a", Check(), "implicit:again", 0.5, right))


def test_figures_of_some_novels_leave_the_others_out() -> None:
    """What is counted of one novel is what was judged and missed there."""
    judged = [_judged("n1", "explicit", True), _judged("n2", "implicit", False)]
    answers = [(0.9, True), (0.4, False)]
    missed = Counter({("n1", "implicit"): 2, ("n2", "explicit"): 1})
    figures = Figures(judged, missed, answers).only({"n2"})
    assert figures.counts(lambda one: one.type) == Counter({("implicit", False): 1})
    assert figures.missed == Counter({("n2", "explicit"): 1})
    assert figures.answers == [(0.4, False)]
