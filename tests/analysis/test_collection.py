"""What counts: levels, nesting, words, confidence, and who is who."""

from datetime import date, datetime

import pytest
from attrs import evolve
from hypothesis import given

from quotecraft.analysis import collect, profiles
from quotecraft.analysis.dates import date_of
from quotecraft.errors import InputError
from quotecraft.model import Level, SpeakerKind
from tests.analysis.build import Said, article
from tests.strategies import documents

OUTER = Said("Ana Ruiz", "He told me Bo Lund is right, she added", "said")
NESTED = Said("Bo Lund", "is right", "", inside=0)


def _words(collection):
    return {u.quote: (u.voice and u.voice.name, u.words) for u in collection.utterances}


def test_thoughts_are_left_out_unless_asked_for():
    """Speech alone is voice; thoughts count when their level is asked for."""
    document = article("a", Said("Ana Ruiz"), Said("Bo Lund", level="thought"))
    assert len(collect([document]).utterances) == 1
    assert len(collect([document], levels=list(Level)).utterances) == 2
    assert "Speech only: thoughts are left out." in collect([document]).notes()


def test_nested_quotations_are_the_outer_speakers():
    """By default what stands inside a quotation doesn't count and its words are the outer one's."""
    collection = collect([article("a", OUTER, NESTED)])
    assert _words(collection) == {"q0": ("Ana Ruiz", 9)}
    assert [u.quote for u in collection.nested] == ["q1"]


def test_inner_nesting_gives_each_word_to_whom_is_quoted():
    """With inner nesting both count and no word counts twice."""
    collection = collect([article("a", OUTER, NESTED)], nesting="inner")
    assert _words(collection) == {"q0": ("Ana Ruiz", 7), "q1": ("Bo Lund", 2)}
    assert collection.utterances[1].inside.name == "Ana Ruiz"


def test_a_quotation_inside_one_that_is_left_out_counts():
    """Speech inside a thought counts when thoughts don't."""
    thought = Said("Ana Ruiz", "He told me Bo Lund is right", "thought", level="thought")
    collection = collect([article("a", thought, NESTED)])
    assert _words(collection) == {"q1": ("Bo Lund", 2)}


def test_uncertain_quotations_are_left_out():
    """Those below the least confidence don't count."""
    document = article("a", Said("Ana Ruiz", confidence=0.4), Said("Bo Lund", confidence=0.9))
    assert [u.voice.name for u in collect([document], min_confidence=0.5).utterances] == ["Bo Lund"]


def test_cues_of_hand_labelled_quotations_are_read():
    """A cue without a lemma tells its lemma and stance by its words."""
    (utterance,) = collect([article("a", Said("Ana Ruiz", cue="did not say"))]).utterances
    assert (utterance.cue, utterance.stance.value) == ("say", "negated")


ACME = {"Acme": {"kind": SpeakerKind.ORGANIZATION}, "The Acme": {"kind": SpeakerKind.ORGANIZATION}}


def test_people_with_the_same_full_name_are_one():
    """Titles don't part people, a surname alone joins nobody, descriptions never join."""
    one = article(
        "a", Said("Dr Ana Ruiz"), Said("Lund"), Said("a neighbour"), Said("Acme"), people=ACME
    )
    two = article(
        "b", Said("Ana Ruiz"), Said("Lund"), Said("a neighbour"), Said("The Acme"), people=ACME
    )
    table = profiles([one, two])
    assert sorted((row.name, row.articles) for row in table) == [
        ("Dr Ana Ruiz", 2),
        ("Lund", 1),
        ("Lund", 1),
        ("The Acme", 2),
        ("a neighbour", 1),
        ("a neighbour", 1),
    ]


class _Person:
    """What is asked of a person across documents."""

    def __init__(self, key, name):
        self.key, self.name, self.kind = key, name, SpeakerKind.PERSON
        self.aliases = self.roles = self.pronouns = ()
        self.authority = {"party": "Green"}


def test_a_mapping_says_who_is_who():
    """Given people win over names, and bring the authority's columns."""
    ruiz = _Person("Q1", "Ana Ruiz")
    people = {("a", "Ruiz"): ruiz, ("b", "Ana"): ruiz}
    table = profiles(
        collect([article("a", Said("Ruiz")), article("b", Said("Ana"))], people=people)
    )
    assert [(row.key, row.name, row.articles) for row in table] == [("Q1", "Ana Ruiz", 2)]


def test_a_speaker_without_a_person_is_told():
    """A mapping that lacks a speaker is of other documents."""
    with pytest.raises(InputError, match="document 'a', speaker 'Ana Ruiz'"):
        collect([article("a", Said("Ana Ruiz"))], people={})


def test_nesting_is_one_of_two():
    """A misspelt choice is told."""
    with pytest.raises(InputError, match="'outer' or 'inner'"):
        collect([], nesting="both")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-03-01", date(2024, 3, 1)),
        ("2024-03-01T08:30:00Z", date(2024, 3, 1)),
        (datetime(2024, 3, 1, 8), date(2024, 3, 1)),
        (date(2024, 3, 1), date(2024, 3, 1)),
        ("March 2024", None),
        (None, None),
        (20240301, date(2024, 3, 1)),
    ],
)
def test_dates(value, expected):
    """Dates and ISO strings are read, anything else is no date."""
    assert date_of({"date": value}) == expected


def test_doubled_ids_are_noted():
    """The same id twice is told, as it may be the same article."""
    notes = collect([article("a", Said("Ana Ruiz")), article("a", Said("Bo Lund"))]).notes()
    assert "1 document ids occur more than once; each time counts." in notes


@given(documents())
def test_any_document_can_be_collected(document):
    """Each quotation is kept once, and no word of the text counts twice, either way."""
    for nesting in ("outer", "inner"):
        collection = collect([document], levels=list(Level), nesting=nesting)
        assert len(collection.utterances) + len(collection.nested) == len(document.quotes)
        assert sum(u.words for u in collection.utterances) <= collection.articles[0].words


def test_what_a_group_says_can_count_for_its_members():
    """A group's quotation is the group's, or on demand that of each of its members."""
    document = article("a", Said("Ana Ruiz", to="Bo Lund"), Said("both"))
    people = [
        evolve(one, members=["Ana Ruiz", "Bo Lund"]) if one.id == "both" else one
        for one in document.speakers
    ]
    document = evolve(document, speakers=people)
    alone, credited = collect([document]), collect([document], credit_members=True)
    assert [u.voice.name for u in alone.utterances] == ["Ana Ruiz", "both"]
    assert [u.voice.name for u in credited.utterances] == ["Ana Ruiz", "Ana Ruiz", "Bo Lund"]
    quotes = {row.name: row.quotes for row in profiles(credited)}
    assert quotes == {"Ana Ruiz": 2, "Bo Lund": 1}
    assert any("counts for each of them" in note for note in credited.notes())
