"""Quotes in their document, looking things up, and values as they may be given."""

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from quotecraft import model
from quotecraft.errors import InvalidModelError
from quotecraft.model import (
    Confidence,
    Document,
    Level,
    Mention,
    MentionKind,
    QuoteKind,
    Sentence,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Token,
)
from tests.model.sample import ANA, TEXT, TOM, document, quote


def test_quotes_know_their_document() -> None:
    """In a document a quote tells its words and its speaker's name."""
    (bound,) = document(
        quote(cue=[Span(16, 20)], source=[Span(7, 15)], speaker="s1", addressee="s2")
    ).quotes
    assert bound.text == "“Yes,” … “No.”"
    assert (bound.cue_text, bound.source_text) == ("told", "Ana Ruiz")
    assert (bound.speaker_name, bound.addressee_name) == ("Ana Ruiz", "Tom")


def test_unknown_links_are_none_and_empty() -> None:
    """Without cue, source, speaker or addressee there are no words and no names."""
    (bound,) = document(quote()).quotes
    assert (
        bound.cue_text,
        bound.source_text,
        bound.speaker_name,
        bound.addressee_name,
    ) == ("", "", None, None)


@pytest.mark.parametrize("name", ["text", "cue_text", "source_text", "speaker_name"])
def test_a_quote_of_no_document_says_so(name: str) -> None:
    """A quote outside a document has no words; the error says how to get them."""
    with pytest.raises(InvalidModelError, match="put it into a Document"):
        getattr(quote(), name)


def test_binding_is_no_part_of_equality() -> None:
    """A quote is equal to itself in a document, and its repr stays short."""
    (bound,) = document(quote()).quotes
    assert quote() == bound
    assert repr(quote()) == repr(bound)
    assert TEXT not in repr(document(quote()))


def test_binding_follows_into_another_document() -> None:
    """A quote moved to another document speaks of that one."""
    (bound,) = document(quote(speaker="s1")).quotes
    other = Document("e", TEXT.upper(), quotes=[bound], speakers=[evolve(ANA, name="A. R.")])
    assert (other.quotes[0].text, other.quotes[0].speaker_name) == ("“YES,” … “NO.”", "A. R.")
    assert bound.text == "“Yes,” … “No.”"


def test_quotes_by_takes_speaker_id_name_or_alias() -> None:
    """A speaker may be given as object, id, name or alias; an id goes before a name."""
    first, second = quote(speaker="s1"), quote(id="q2", content=[Span(26, 31)], speaker="s2")
    found = document(first, second, speakers=[ANA, evolve(TOM, name="s1")])
    assert [
        tuple(q.id for q in found.quotes_by(key)) for key in (ANA, "s1", "Ana Ruiz", "Ruiz")
    ] == [("q1",)] * 4
    assert found.quotes_by("nobody") == ()


def test_a_shared_name_gives_all_its_quotes() -> None:
    """A name that two speakers share gives the quotes of both."""
    both = [evolve(ANA, name="Kim"), evolve(TOM, name="Kim")]
    first, second = quote(speaker="s1"), quote(id="q2", content=[Span(26, 31)], speaker="s2")
    found = document(first, second, speakers=both)
    assert [q.id for q in found.quotes_by("Kim")] == ["q1", "q2"]


def test_unknown_ids_are_key_errors() -> None:
    """Asking for a quote that is not there is a KeyError with its id."""
    for ask in (document().quote, document().speaker):
        with pytest.raises(KeyError, match="q7"):
            ask("q7")


def test_values_may_be_given_as_strings() -> None:
    """Kinds, levels and stances may be given by value."""
    given_quote = quote(kind="mixed", level="thought", stance="denying")
    assert (
        given_quote.kind,
        given_quote.level,
        given_quote.stance,
    ) == (QuoteKind.MIXED, Level.THOUGHT, Stance.DENYING)
    assert Speaker("s1", "they", "group").kind == SpeakerKind.GROUP
    assert Mention(Span(0, 1), "pronoun").kind == MentionKind.PRONOUN


def test_lists_become_tuples() -> None:
    """Whatever iterable is given, attributes are tuples that nobody can change."""
    made = document(
        quote(evidence=["a", "b"]), sentences=[Sentence(Span(0, 6), (Token(Span(0, 1)),))]
    )
    assert (Span(0, 6), Span(26, 31)) == made.quotes[0].content
    assert made.quotes[0].evidence == ("a", "b")
    assert made.speakers[0].aliases == ("Ruiz", "Ana")
    assert isinstance(made.sentences, tuple)


@pytest.mark.parametrize("thing", [Span(0, 1), quote(), ANA, document(), Confidence()])
def test_nothing_can_be_changed_in_place(thing: object) -> None:
    """Objects are frozen, and have no room for other attributes."""
    with pytest.raises(FrozenInstanceError):
        thing.id = "x"  # type: ignore[attr-defined]
    assert not hasattr(thing, "__dict__")


def test_given_mappings_are_copied() -> None:
    """Changing a mapping after it was given changes no document."""
    metadata, extra = {"title": "A"}, {"x": 1}
    made = document(quote(extra=extra), metadata=metadata, extra=extra)
    metadata["title"], extra["x"] = "B", 2
    assert (made.metadata, made.extra, made.quotes[0].extra) == ({"title": "A"}, {"x": 1}, {"x": 1})


def test_sentences_are_no_part_of_equality() -> None:
    """Sentences can be found again from the text, so they don't tell documents apart."""
    assert document() == document(sentences=[Sentence(Span(0, 6), ())])


def test_empty_text_is_a_document() -> None:
    """A document may have no text, and then it has no quotes."""
    assert (Document("d", "").quotes, Document("d", "").speakers) == ((), ())


def test_public_names_exist() -> None:
    """Every name that the module offers is there."""
    assert [name for name in model.__all__ if not hasattr(model, name)] == []


def test_quotes_of_groups_are_found_with_their_members() -> None:
    """What a group says is its own; asked for, it's found for each of its members, too."""
    both = Speaker("s3", "Ana Ruiz and Tom", members=["s1", "s2"])
    found = document(
        quote(speaker="s1"),
        quote(id="q2", content=[Span(26, 31)], speaker="s3"),
        speakers=[ANA, TOM, both],
    )
    assert [q.id for q in found.quotes_by(ANA)] == ["q1"]
    assert [q.id for q in found.quotes_by("Ana", groups=True)] == ["q1", "q2"]
    assert [q.id for q in found.quotes_by(TOM, groups=True)] == ["q2"]
    assert [q.id for q in found.quotes_by(both, groups=True)] == ["q2"]
