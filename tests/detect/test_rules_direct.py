"""Direct and mixed quotations: their content, cue and source."""

import pytest

from quotecraft.model import Level, QuoteKind, Stance
from tests.detect.rules_sample import contents, find, triples


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("“The road is shut,” Ana Ruiz said.", "“The road is shut,”", "said", "Ana Ruiz"),
        ("“The road is shut,” said Ana Ruiz.", "“The road is shut,”", "said", "Ana Ruiz"),
        ("Ana Ruiz said: “The road is shut.”", "“The road is shut.”", "said", "Ana Ruiz"),
        ("Ana Ruiz said, “The road is shut.”", "“The road is shut.”", "said", "Ana Ruiz"),
        ("Ana Ruiz noted “The road is shut.”", "“The road is shut.”", "noted", "Ana Ruiz"),
        ("‘The road is shut,’ she added.", "‘The road is shut,’", "added", "she"),
        ('"The road is shut", he said.', '"The road is shut"', "said", "he"),
        ("“Who shut the road?” Another driver shouted.", "“Who shut the road?”", "shouted",
         "Another driver"),
        ("“Shut it!” the driver, a tall man, shouted.", "“Shut it!”", "shouted",
         "the driver, a tall man"),
        ("“We know the way,” replied Ana and Tom.", "“We know the way,”", "replied", "Ana and Tom"),
        ("“Enough of this!” vociferated the colonel.", "“Enough of this!”", "vociferated",
         "the colonel"),
        ("“The road is shut,” he told reporters in Lima on Tuesday.", "“The road is shut,”", "told",
         "he"),
        ("The mayor criticised the plan, saying “it ruins the road”.", "“it ruins the road”",
         "saying", "The mayor"),
        ("“No road was ever built here,” was the mayor’s reply.", "“No road was ever built here,”",
         "reply", "the mayor"),
        ("Ruiz: ‘No new road this year’", "‘No new road this year’", ":", "Ruiz"),
    ],
)  # fmt: skip
def test_a_quotation_is_tied_to_its_cue_and_source(
    text: str, content: str, cue: str, source: str
) -> None:
    """Cue before, after or inverted, with or without comma, any marks: one attribution."""
    assert (content, cue, source) in triples(text)


def test_interrupted_speech_is_one_quotation() -> None:
    """Two halves around one cue clause are two spans of one content."""
    assert [("“When I drive,”", "“I never look back.”")] == contents(
        "“When I drive,” the mayor said, “I never look back.”"
    )


def test_a_sentence_that_follows_goes_on_with_the_quotation() -> None:
    """A quotation alone in the next sentence belongs to the attribution before it."""
    (found,) = find("“The road is shut,” Ruiz said. “We will open it in May.”")
    assert ("“The road is shut,”", "“We will open it in May.”") == found.content
    assert "continuation" in found.attribution.evidence


def test_a_paragraph_that_follows_goes_on_in_news() -> None:
    """In a text that is no conversation a quotation alone in its paragraph goes on."""
    (found,) = find(
        "“The road will be shut for 14 days,” Mayor Ana Ruiz said on Tuesday.\n\n"
        "“We have no choice, because the bridge at the harbour must be made safe first.”"
    )
    assert "“We have no choice," in found.content[-1]
    assert "floating" in found.attribution.evidence


def test_a_heading_in_marks_is_no_quotation() -> None:
    """In news, a title alone in its paragraph was not said by the last speaker."""
    found = find(
        "“The road will be shut for 14 days,” Mayor Ana Ruiz said on Tuesday.\n\n"
        "‘No Way Round.’\n\nThe bridge was built in 1931."
    )
    assert [("“The road will be shut for 14 days,”",)] == [item.content for item in found]


@pytest.mark.parametrize("gap", [" ", "\n\n"])
def test_a_quotation_after_a_report_is_one_of_its_own(gap: str) -> None:
    """Reported speech doesn't take up the direct quotation that comes after it."""
    report, quoted = find(
        f"Mayor Ana Ruiz said on Tuesday that the road would be shut for 14 days.{gap}"
        "“We have no choice, because the bridge at the harbour must be made safe first.”"
    )
    assert ("that the road would be shut for 14 days",) == report.content
    assert QuoteKind.DIRECT is quoted.attribution.kind
    assert "" == quoted.source


def test_the_paragraphs_of_one_quotation_stay_together() -> None:
    """What the last paragraph's tag says holds for the paragraphs before it."""
    (found,) = find(
        "“Thirty years ago I could open the trust.\n\n“I am grateful for that,” Ana Ruiz said."
    )
    assert ("“Thirty years ago I could open the trust.", "“I am grateful for that,”") == (
        found.content
    )
    assert ("said", "Ana Ruiz") == (found.cue, found.source)


def test_a_comma_outside_the_marks_begins_a_tag() -> None:
    """A clause after "”," tags the quotation when only circumstances follow its cue."""
    (found,) = find("“We shall open the road in May”, a statement from Meridian said after talks.")
    assert ("said", "a statement from Meridian") == (found.cue, found.source)


def test_a_clause_goes_on_after_quoted_words() -> None:
    """A verb after a comma belongs to the clause in which the quoted words stand."""
    (found,) = find("Ruiz said ten people, some with “sharp things”, were seen at the harbour.")
    assert found.content == ("ten people, some with “sharp things”, were seen at the harbour",)


def test_a_list_in_an_apposition_is_part_of_the_source() -> None:
    """Commas inside an apposition don't cut the name off it."""
    (found,) = find("Ana Ruiz, a teacher of art, music and dance at a school, said it was shut.")
    assert found.source == "Ana Ruiz, a teacher of art, music and dance at a school"


def test_a_mixed_content_is_the_whole_clause() -> None:
    """The reported clause around quoted words belongs to the content."""
    (found,) = find("Ruiz said the plan for the harbour was “a disaster”.")
    assert ("the plan for the harbour was “a disaster”",) == found.content
    assert QuoteKind.MIXED is found.attribution.kind


def test_quoted_words_that_open_a_clause_make_it_mixed() -> None:
    """A clause that begins with quoted words and goes on is mixed."""
    (found,) = find("Ruiz said “hard choices” may have to be made about the harbour.")
    assert ("“hard choices” may have to be made about the harbour",) == found.content


def test_two_cues_in_one_sentence_give_two_attributions() -> None:
    """Coordinated and participial cues report contents of their own."""
    assert [
        ("the road was “a mess”", "said", "Ruiz"),
        ("that she would “never give up”", "added", "Ruiz"),
    ] == triples("Ruiz said the road was “a mess” and added that she would “never give up”.")


def test_the_source_keeps_title_and_apposition() -> None:
    """A source is the maximal mention: title, name and apposition."""
    (found,) = find(
        "Saskia Cole, the deputy head of the port authority, which runs the docks, "
        "said “hard choices” may have to be made."
    )
    assert "Saskia Cole, the deputy head of the port authority" == found.source


def test_a_nickname_inside_a_source_is_no_quotation() -> None:
    """Marks around a nickname in the source make no attribution of their own."""
    (found,) = find("“Nothing moves here,” said a docker who goes by the name “Shorty.”")
    assert ("“Nothing moves here,”",) == found.content
    assert "a docker who goes by the name “Shorty.”" == found.source


@pytest.mark.parametrize(
    "text",
    [
        "He pressed “cancel” and went to the harbour.",
        "The film is called “The Long Road” and it runs for two hours.",
        "It wasn’t so much a “truce” as a rest.",
        "The word “woke” stood on the wall.",
        "They sell a “special” soup at the harbour.",
    ],
)
def test_marks_without_speech_are_left_out(text: str) -> None:
    """Scare quotes, titles, terms and signs are no quotations."""
    assert [] == [found for found in find(text) if found.attribution.kind is QuoteKind.DIRECT]


def test_a_title_does_not_make_a_content_mixed() -> None:
    """A title in marks inside reported words isn't quoted speech."""
    (found,) = find("Ruiz says that her favourite book is “The Long Road Home”.")
    assert QuoteKind.INDIRECT is found.attribution.kind


def test_the_addressee_is_told() -> None:
    """Whom it was said to is given apart from the source."""
    text = "“The road is shut,” Ruiz told reporters on Tuesday."
    (found,) = find(text)
    addressee = found.attribution.addressee
    assert addressee is not None
    assert "reporters" == addressee.of(text)


def test_a_passive_has_its_agent_as_source() -> None:
    """The agent of a passive such as "criticised by X" is the source."""
    (found,) = find("Ruiz was criticised by the port authority for “reckless haste”.")
    assert "the port authority" == found.source


def test_according_to_makes_a_source_of_what_follows() -> None:
    """The phrase "according to" is a cue, and what follows it is the source."""
    assert [
        ("30 ships “refuse to leave the harbour”", "According to", "the Port of Lima")
    ] == triples("According to the Port of Lima, 30 ships “refuse to leave the harbour”.")


def test_a_pronoun_source_is_kept_as_it_is() -> None:
    """The detector gives the mention; whom it stands for is another stage's business."""
    (found,) = find("Ruiz looked up from her desk. “The road is shut,” she said.")
    assert "she" == found.source


def test_level_stance_and_lemma_come_from_the_cue() -> None:
    """The attribution tells lemma, level and stance of its cue."""
    (found,) = find("“The road was never shut,” Ruiz insisted.")
    item = found.attribution
    assert ("insist", Level.SPEECH, Stance.ASSERTIVE) == (item.cue_lemma, item.level, item.stance)


def test_what_was_not_said_is_negated() -> None:
    """A negated cue is found, and its stance says so."""
    (found,) = find("Ruiz did not say “the road is shut” at any time.")
    assert Stance.NEGATED is found.attribution.stance
