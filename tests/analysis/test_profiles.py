"""What a profile tells of a speaker."""

from datetime import date

import pytest

from quotecraft.analysis import Tally, collect, profiles
from tests.analysis.build import Said, article


def _articles():
    return [
        article(
            "a",
            Said("Ana Ruiz", "We asked Bo Lund and he said never again", "claimed", to="Bo Lund"),
            Said("Bo Lund", "never again", "", inside=0),
            Said("Bo Lund", "No", "said", kind="mixed"),
            outlet="Times",
            date="2024-05-01",
            people={"Ana Ruiz": {"roles": ("mayor",), "pronouns": ("she",)}},
        ),
        article("b", Said("Ana Ruiz", "Yes", "said", kind="indirect"), date="2024-02-01"),
        article("c", Said(None, "Maybe"), Said("Ana Ruiz", "Perhaps", "")),
    ]


def test_a_profile_tells_how_somebody_speaks():
    """Counts, cues, stances, dates, outlets, addressees by hand."""
    ana = profiles(_articles())[0]
    assert (ana.name, ana.kind, ana.source_type, ana.gender, ana.roles) == (
        "Ana Ruiz",
        "person",
        "named",
        "women",
        ("mayor",),
    )
    assert (ana.articles, ana.quotes, ana.words) == (3, 3, 11)
    assert (ana.direct, ana.mixed, ana.indirect) == (2, 0, 1)
    assert ana.cues == (Tally("claim", 1), Tally("say", 1))
    assert ana.stances == (Tally("doubting", 1), Tally("neutral", 1))
    assert (ana.first_seen, ana.last_seen) == (date(2024, 2, 1), date(2024, 5, 1))
    assert ana.outlets == (Tally("Times", 1),)
    assert ana.addressees == (Tally("Bo Lund", 1),)
    assert ana.opening == pytest.approx(2 / 3)  # somebody unknown opens the third


def test_who_reports_somebody_is_told():
    """A quotation inside another's tells through whom somebody is heard."""
    (lund,) = profiles(_articles()).where(name="Bo Lund").rows
    assert lund.quoted_by == (Tally("Ana Ruiz", 1),)
    assert lund.quotes == 1


def test_unattributed_are_the_last_row():
    """They have no kind, no gender and no key."""
    last = profiles(_articles()).rows[-1]
    assert (last.name, last.kind, last.gender, last.key) == ("(unattributed)", None, None, "")


def test_rare_speakers_can_be_left_out():
    """What is left out is noted."""
    table = profiles(collect(_articles()), min_quotes=2)
    assert [row.name for row in table] == ["Ana Ruiz"]
    assert table.notes[0] == "Left out: 2 speakers with fewer quotations."
