"""Gender from the text's own signs, with the unknown in sight."""

import pytest

from quotecraft.analysis import ErrorRates, Ground, collect, gender, gender_of
from quotecraft.analysis.voice import Voice
from quotecraft.model import SpeakerKind
from tests.analysis.build import Said, article

PERSON = SpeakerKind.PERSON


def _voice(name="Ana Ruiz", named=True, **facts):
    return Voice("k", name, PERSON, named, **facts)


@pytest.mark.parametrize(
    ("voice", "expected"),
    [
        (_voice(), "unknown"),
        (_voice("Mary Smith"), "unknown"),  # a name is no ground
        (_voice(pronouns=("she",)), "women"),
        (_voice(pronouns=("him", "i")), "men"),
        (_voice(pronouns=("they",)), "unknown"),
        (_voice(pronouns=("she", "he")), "unknown"),
        (_voice("Ruiz", aliases=("Mrs. Ruiz",)), "women"),
        (_voice("Sir Ivo Lund"), "men"),
        (_voice("Earl Warren"), "unknown"),  # a first name, too
        (_voice("Miss"), "unknown"),
        (_voice("Mr Lund", pronouns=("she",)), "unknown"),
        (_voice("a spokeswoman for the city", named=False), "unknown"),
        (_voice(pronouns=("he",), authority={"gender": "F"}), "women"),
        (_voice(authority={"gender": "nonbinary"}), "nonbinary"),
        (_voice(pronouns=("he",), authority={"gender": ""}), "men"),
    ],
)
def test_signs_of_gender(voice, expected):
    """Pronouns, honorifics and the authority tell; names don't, and conflicts are unknown."""
    assert gender_of(voice) == expected


@pytest.mark.parametrize(
    ("voice", "expected"),
    [
        (_voice("a spokeswoman for the city", named=False), "women"),
        (_voice("the chairman's wife", named=False), "women"),
        (_voice("the wife of the chairman", named=False), "women"),
        (_voice(roles=("uncle of the king",)), "men"),
        (_voice("an official", named=False), "unknown"),
    ],
)
def test_nouns_tell_when_asked_for(voice, expected):
    """The main noun of a description tells only when nouns are among the grounds."""
    assert gender_of(voice, list(Ground)) == expected


PEOPLE = {
    "Ana Ruiz": {"pronouns": ("she",)},
    "Bo Lund": {"pronouns": ("he",)},
    "Acme": {"kind": SpeakerKind.ORGANIZATION},
}


def _articles():
    return [
        article(
            "a",
            Said("Ana Ruiz", "one two three"),
            Said("Ana Ruiz", "four"),
            Said("Bo Lund", "five six"),
            Said("Cy Marsh", "seven"),
            Said("Acme", "eight"),
            Said(None, "nine"),
            people=PEOPLE,
        ),
        article("b", Said("Bo Lund", "ten"), Said("Di Okoro", "eleven"), people=PEOPLE),
    ]


def test_unknown_is_always_shown_and_bounds_are_worst_cases():
    """Of five sources one is a woman and two are unknown: 20 to 60 %, a third of the known."""
    rows = {row.gender: row for row in gender(_articles()).where(counted="sources")}
    women, unknown = rows["women"], rows["unknown"]
    assert (women.count, women.total, unknown.count) == (1, 5, 2)
    assert (women.share, women.lower_bound, women.upper_bound) == pytest.approx((0.2, 0.2, 0.6))
    assert women.known_share == pytest.approx(1 / 3)
    assert unknown.known_share is None


def test_three_ways_of_counting():
    """Ana's two quotations of four words count once as a source, twice, and four times."""
    counts = {row.counted.value: row.count for row in gender(_articles()).where(gender="women")}
    assert counts == {"sources": 1, "quotes": 2, "words": 4}


def test_those_without_gender_are_noted():
    """Organisations and unattributed quotations are left out and counted in the notes."""
    assert gender(_articles()).notes[0].startswith("Left out: 2 quotations of organisations")


def test_shares_sum_to_one_and_known_shares_do():
    """All genders with the unknown sum to 1, and those known do among themselves."""
    rows = gender(_articles()).where(counted="words").rows
    assert sum(row.share for row in rows) == pytest.approx(1)
    assert sum(row.known_share or 0 for row in rows) == pytest.approx(1)
    assert all(row.lower_bound <= row.upper_bound for row in rows if row.lower_bound is not None)


def test_measured_errors_correct_the_shares():
    """Where a third of all women stay unknown and no man does, women gain."""
    rates = ErrorRates(
        {
            ("women", "women"): 20,
            ("women", "unknown"): 10,
            ("men", "men"): 30,
            ("men", "unknown"): 0,
        }
    )
    table = gender(_articles(), error_rates=rates, samples=200)
    rows = {row.gender: row for row in table.where(counted="sources")}
    assert rows["women"].corrected + rows["men"].corrected == pytest.approx(1)
    assert rows["women"].corrected > rows["women"].known_share
    assert rows["women"].corrected_low <= rows["women"].corrected <= rows["women"].corrected_high
    assert rows["unknown"].corrected is None
    assert "Rogan and Gladen" in table.method


def test_no_persons_no_rows():
    """Without any person there is nothing to share."""
    assert len(gender(collect([article("a", Said(None))]))) == 0
