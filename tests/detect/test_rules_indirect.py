"""Reported speech and thought without marks."""

import pytest

from quotecraft.model import Level, QuoteKind, Stance
from tests.detect.rules_sample import find, triples


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("Ruiz said that the road was shut.", "that the road was shut", "said", "Ruiz"),
        ("Ruiz said the road was shut.", "the road was shut", "said", "Ruiz"),
        ("The road was shut, Ruiz said.", "The road was shut", "said", "Ruiz"),
        ("The road was shut, said Ruiz.", "The road was shut", "said", "Ruiz"),
        ("According to the mayor, the road was shut.", "the road was shut", "According to",
         "the mayor"),
        ("The road was shut, according to the mayor.", "The road was shut", "according to",
         "the mayor"),
        ("Ruiz told reporters that the road was shut.", "that the road was shut", "told", "Ruiz"),
        ("Ruiz denied that the road was shut.", "that the road was shut", "denied", "Ruiz"),
        ("Ruiz promised to open the road.", "to open the road", "promised", "Ruiz"),
        ("Ruiz called for a new harbour.", "a new harbour", "called for", "Ruiz"),
        ("Ruiz asked whether the road was shut.", "whether the road was shut", "asked", "Ruiz"),
        ("Ruiz urged Congress to open the road.", "Congress to open the road", "urged", "Ruiz"),
        ("Ruiz on Tuesday said that the road was shut.", "that the road was shut", "said", "Ruiz"),
        ("Ruiz, who lives in Lima, said that the road was shut.", "that the road was shut", "said",
         "Ruiz"),
        ("Residents of the old town said that the road was shut.", "that the road was shut", "said",
         "Residents of the old town"),
        ("Those who know her say that the road is shut.", "that the road is shut", "say",
         "Those who know her"),
    ],
)  # fmt: skip
def test_reported_speech_is_found(text: str, content: str, cue: str, source: str) -> None:
    """Content, cue and source of the common ways to report."""
    assert (content, cue, source) in triples(text)


def test_words_on_both_sides_of_the_cue_are_one_content() -> None:
    """A cue clause in the midst of reported words splits the content."""
    (found,) = find("The road, Ruiz said, will be shut until May.")
    assert ("The road", "will be shut until May") == found.content


def test_coordinated_cues_share_their_source() -> None:
    """A second cue after "and" has the subject of the first."""
    assert [
        ("that the road was shut", "said", "Ruiz"),
        ("that she would resign", "added", "Ruiz"),
    ] == triples("Ruiz said that the road was shut and added that she would resign.")


def test_a_participle_has_the_subject_of_its_sentence() -> None:
    """A participle after a comma reports for the subject of the main clause."""
    found = find("Ruiz left the room, saying that the road was shut.")
    assert [("Ruiz", "saying")] == [(item.source, item.cue) for item in found]


def test_thoughts_are_marked_as_such() -> None:
    """Beliefs and hopes have the level of thought."""
    (found,) = find("Ruiz believes that the road will open.")
    assert Level.THOUGHT is found.attribution.level
    assert QuoteKind.INDIRECT is found.attribution.kind


def test_a_promise_has_its_stance() -> None:
    """The stance of the cue is that of the lexicon."""
    (found,) = find("Ruiz promised to open the road.")
    assert Stance.PROMISING is found.attribution.stance


def test_nothing_is_found_in_plain_narration() -> None:
    """Sentences that report nothing give nothing."""
    assert [] == find("The road runs along the harbour. It was built ten years ago.")


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "She recalled that on Tuesday, July 19, the council said the road was shut.",
            "that on Tuesday, July 19, the council said the road was shut",
        ),
        (
            "Ruiz said with what was left of the money, the council must “open the road at once”.",
            "with what was left of the money, the council must “open the road at once”",
        ),
    ],
)
def test_a_setting_opens_the_content(text: str, content: str) -> None:
    """What sets the scene of a reported clause belongs to it, and ends nothing."""
    assert content in [" ".join(found.content) for found in find(text)]


def test_a_main_clause_is_no_apposition() -> None:
    """What follows "According to X," is content when it has a verb, whatever comma follows."""
    (found,) = find("According to informed sources, the road is to be shut, the third this year.")
    assert found.source == "informed sources"


def test_a_year_belongs_to_the_date_of_a_source() -> None:
    """A source that ends in a date keeps its year."""
    (found,) = find("According to a letter of May 5, 2022, the council shut the road.")
    assert ("a letter of May 5, 2022", ("the council shut the road",)) == (
        found.source,
        found.content,
    )
