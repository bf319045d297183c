"""What can be given of the gold, and what is then predicted."""

from __future__ import annotations

import pytest
from attrs import evolve, frozen

from quotecraft.detect.interfaces import Attribution
from quotecraft.errors import InputError
from quotecraft.evaluate.given import Forced, GoldContents, gold_resolver
from quotecraft.model import Document, Mention, MentionKind, Speaker, SpeakerId, SpeakerKind
from quotecraft.speakers.cast.resolver import CastResolver
from quotecraft.speakers.interfaces import Resolution, ResolvedLink
from quotecraft.speakers.resolver import RuleResolver
from tests.evaluate.build import document, quote, spans

TEXT = "“She said no,” Lee said. “Well.” “Yes.”"


@frozen
class FixedResolver:
    """Answers with the same speakers, whatever the text."""

    answers: tuple[str | None, ...]
    name: str = "fixed-1"

    def resolve(self, *_: object) -> Resolution:
        """Return its answers."""
        links = tuple(ResolvedLink(one and SpeakerId(one), confidence=0.25) for one in self.answers)
        return Resolution((Speaker(SpeakerId("a"), "A"), Speaker(SpeakerId("b"), "B")), links)


@frozen
class NoDetector:
    """Finds nothing."""

    name: str = "none-1"

    def detect(self, *_: object) -> list[Attribution]:
        """Return nothing."""
        return []


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((None, "a", None, "b", None), ["a", "a", "a", "b", "b"]),
        ((None, None), [None, None]),
        ((), []),
    ],
)
def test_forced_leaves_no_speaker_open(
    answers: tuple[str | None, ...], expected: list[str | None]
) -> None:
    """The speaker before is taken, at the start the first; confidence stays what it was."""
    links = Forced(FixedResolver(answers)).resolve(TEXT, (), ()).links
    assert [link.speaker for link in links] == expected
    assert {link.confidence for link in links} <= {0.25}


def test_a_quotation_inside_another_names_it_as_the_gold_does() -> None:
    """The parent is a place in the list given."""
    outer = quote(TEXT, "a", "“She said no,”")
    inner = quote(TEXT, "b", "no", parent="a")
    gold = document(TEXT, outer, inner, quote(TEXT, "c", "“Well.”"))
    found = GoldContents(NoDetector(), gold).detect(TEXT, (), ())
    assert [one.parent for one in found] == [None, 0, None]


def gold_with_mentions() -> Document:
    """Return a gold document whose speaker has a mention."""
    (where,) = spans(TEXT, "Lee")
    lee = Speaker(
        SpeakerId("lee"), "Lee", SpeakerKind.PERSON, mentions=(Mention(where, MentionKind.NAME),)
    )
    bare = document(TEXT, quote(TEXT, "a", "“Well.”"))
    return evolve(bare, speakers=(lee,))


def test_each_name_of_what_is_given_has_its_resolver() -> None:
    """Abstaining is switched off where a choice is forced; mentions replace everything."""
    gold, own = gold_with_mentions(), RuleResolver(0.7)
    assert gold_resolver("quotations", gold, own) is own
    forced = gold_resolver("forced", gold, own)
    assert isinstance(forced, Forced)
    assert isinstance(forced.inner, RuleResolver)
    assert forced.inner.threshold == 0.0
    cast = gold_resolver("mentions", gold, own)
    assert isinstance(cast, CastResolver)
    assert cast.cast == gold.speakers
    assert cast.threshold == 0.0


def test_gold_without_mentions_cannot_give_them() -> None:
    """The error names the document and what to use."""
    gold = document(TEXT, quote(TEXT, "a", "“Well.”"))
    with pytest.raises(InputError, match=f"document '{gold.id}' has no mentions to give; use"):
        gold_resolver("mentions", gold, RuleResolver())
