"""Quotations that layout attributes: labels, turns, blocks, dialogue, nesting."""

import pytest

from quotecraft.detect.genre import is_dialogue
from quotecraft.detect.likelihood import rule_weights
from quotecraft.detect.rules import open_scene
from quotecraft.model import QuoteKind, Span
from quotecraft.text.pairing import MarkStyle, Quotation, pair_marks
from tests.detect.rules_sample import DETECTOR, contents, detect, find, triples

DIALOGUE = (
    "“Are you coming?” asked Tom.\n\n“No.”\n\n“Why not?”\n\n“I am tired of you!”\n\n"
    "She turned to the window.\n\n“Then go!” he cried."
)


def test_a_name_after_a_dash_is_the_source() -> None:
    """A name that closes the line after a quotation says who spoke."""
    (found,) = find("“The harbour belongs to all of us and always will.” –Commissioner Ana Ruiz")
    assert "Commissioner Ana Ruiz" == found.source
    assert ("dash-attribution",) == found.attribution.evidence


@pytest.mark.parametrize("intro", ["From Mayor Ana Ruiz:", "And from Mayor Ana Ruiz:"])
def test_a_line_from_somebody_introduces_a_quotation(intro: str) -> None:
    """A line "From X:" names the source of the quotation after it."""
    (found,) = find(f"{intro}\n\n“The harbour belongs to all of us and always will.”")
    assert "Mayor Ana Ruiz" == found.source
    assert ("byline",) == found.attribution.evidence


def test_from_the_desk_of_somebody_introduces_a_quotation() -> None:
    """The desk is not the source, its owner is."""
    (found,) = find("From the desk of Ana Ruiz.\n\n“The harbour belongs to all of us, always.”")
    assert "Ana Ruiz" == found.source


def test_a_cue_and_colon_introduce_the_next_paragraph() -> None:
    """A clause that ends in a colon reports the quotation of the next paragraph."""
    assert [("“The harbour is ours.”", "continued", "Ruiz")] == triples(
        "Ruiz continued:\n\n“The harbour is ours.”"
    )


def test_the_turns_of_a_transcript_are_attributed() -> None:
    """Paragraphs that begin with names in capitals are turns."""
    text = "RUIZ: The harbour is ours.\n\nCOLE: It was never yours.\n\nRUIZ: We shall see."
    assert [
        ("The harbour is ours.", ":", "RUIZ"),
        ("It was never yours.", ":", "COLE"),
        ("We shall see.", ":", "RUIZ"),
    ] == triples(text)
    assert {QuoteKind.DIRECT} == {item.kind for item in detect(text)}


def test_questions_and_answers_are_turns() -> None:
    """Labels that come back, such as Q and A, make a transcript."""
    text = "Q: Is it ours?\nA: It is.\nQ: Since when?\nA: Since May."
    assert ["Q", "A", "Q", "A"] == [item.source for item in find(text)]


def test_an_answer_goes_on_in_the_next_paragraph() -> None:
    """A paragraph without a label between two turns belongs to the turn before it."""
    text = "Q: Is it ours?\nA: It is.\nIt has been for years.\nQ: Since when?\nA: Since May."
    assert [("Is it ours?",), ("It is.", "It has been for years."), ("Since when?",)] == contents(
        text
    )[:3]


def test_lists_with_labels_are_no_transcript() -> None:
    """Labels in capitals before lists of names make no turns."""
    text = "DEFENDERS: Tom Cole (Lima), Ann Bell (Cusco)\nSTRIKERS: Ana Ruiz (Lima), Al May (Ica)"
    assert [] == [item for item in detect(text) if "transcript" in item.evidence]


def test_a_wire_credit_is_no_speaker() -> None:
    """The name of a news agency after a dash is a credit."""
    text = "“The harbour belongs to all of us and always will.” – Reuters"
    assert [] == [item for item in detect(text) if item.source]


def test_a_single_label_makes_no_transcript() -> None:
    """One paragraph with a label is no turn."""
    codes = [code for item in detect("Where: At the harbour.") for code in item.evidence]
    assert "transcript" not in codes


def test_a_block_quotation_without_marks_is_found() -> None:
    """Paragraphs in the first person after "said in a statement:" are one quotation."""
    (found,) = find(
        "The mayor wrote in a letter to the port:\n\n"
        "I have asked for the road to be opened.\n\nWe shall not wait for long.\n\n"
        "The port lies in the north of the town."
    )
    assert (
        "I have asked for the road to be opened.",
        "We shall not wait for long.",
    ) == found.content
    assert "The mayor" == found.source
    assert "block-quotation" in found.attribution.evidence
    assert QuoteKind.DIRECT is found.attribution.kind


def test_turns_of_a_conversation_stay_apart() -> None:
    """In fiction a quotation alone in its paragraph is somebody's turn, not a continuation."""
    found = find(DIALOGUE)
    assert [
        ("“Are you coming?”",),
        ("“No.”",),
        ("“Why not?”",),
        ("“I am tired of you!”",),
        ("“Then go!”",),
    ] == [item.content for item in found]
    assert ["Tom", "", "", "", "he"] == [item.source for item in found]


def test_conversation_is_told_from_news() -> None:
    """Short turns and questions make a conversation; a quoted official doesn't."""
    weights = rule_weights()["dialogue"]
    news = "Mayor Ana Ruiz said on 4 May that 30 ships left. “We have no choice,” she said."
    verdicts = []
    for text in (DIALOGUE, news, ""):
        scene = open_scene(text, pair_marks(text), weights)
        verdicts.append(is_dialogue(scene.lines, scene.pieces, weights))
    assert [True, False, False] == verdicts


def test_a_quotation_inside_another_has_it_as_parent() -> None:
    """Reported words inside somebody's words are an attribution of their own."""
    outer, inner = find("“She said to me: ‘I will stay’, and she stayed,” Ruiz recalled.")
    assert ("Ruiz", None) == (outer.source, outer.attribution.parent)
    assert (("‘I will stay’",), "She") == (inner.content, inner.source)
    assert 0 == inner.attribution.parent


def test_a_quotation_over_several_paragraphs_is_one() -> None:
    """Spans that the pairing of marks joined stay together."""
    text = "Ruiz said: “The road is shut.\n\n“It will open in May, we hope, and not before.”"
    assert [("“The road is shut.", "“It will open in May, we hope, and not before.”")] == contents(
        text
    )


def test_a_cue_in_the_second_paragraph_takes_only_that_part() -> None:
    """A part of a quotation that has its own cue clause is an attribution of its own."""
    text = "Ruiz said: “The road is shut.\n\n“It will open in May,” she added."
    assert [("Ruiz", "said"), ("she", "added")] == [(i.source, i.cue) for i in find(text)]


def test_dialogue_opened_by_a_dash_is_a_quotation() -> None:
    """A stretch that the pairing marks as dash dialogue is a turn."""
    text = "— Come up, Tom! Come up, I say!"
    quotation = Quotation((Span(0, len(text)),), MarkStyle.DASH)
    (found,) = DETECTOR.detect(text, (), (quotation,))
    assert (Span(0, len(text)),) == found.content
    assert QuoteKind.DIRECT is found.kind


def test_a_line_break_ends_a_sentence() -> None:
    """A cue in one line doesn't take the words of the next."""
    text = "Ruiz said the job requires them “to do their best.”\nThe chief walked to the harbour."
    assert all("chief" not in " ".join(spans) for spans in contents(text))


@pytest.mark.parametrize("verb", ["set out what she expects by the end of May", "explained why"])
def test_a_block_answers_what_its_introduction_asks(verb: str) -> None:
    """After "she set out what …:" the paragraph that follows is hers, though it has no marks."""
    parts = (
        "The mill burned.",
        f"Ana Ruiz {verb}:",
        "I want a list of every house by Friday.",
        "No.",
    )
    text = "\n\n".join(parts)
    (block,) = [item for item in detect(text) if "block-quotation" in item.evidence]
    assert [span.of(text) for span in block.content] == ["I want a list of every house by Friday."]
    assert [span.of(text) for span in block.source] == ["Ana Ruiz"]
