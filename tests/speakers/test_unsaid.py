"""Sources of whom or to whom something is said, and who so aren't its speakers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.detect.interfaces import Attribution
from quotecraft.model import QuoteKind
from quotecraft.speakers.unsaid import is_unsaid
from tests.speakers.sample import span


def _unsaid(text: str, source: str, cue: str, content: str, *, factual: bool = True) -> bool:
    attribution = Attribution(
        (span(text, content),),
        QuoteKind.INDIRECT,
        cue=(span(text, cue),),
        source=(span(text, source),),
    )
    return is_unsaid(text, attribution, factual=factual)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Ana Ruiz was briefed about the ferry.", "Ana Ruiz", "was briefed about", "the ferry"),
        ("Ruiz, who stands accused of arson, left.", "who", "stands accused of", "arson"),
        (
            "Others, as a part of the deal, may have been ordered to leave.",
            "Others",
            "may have been ordered",
            "to leave",
        ),
        ("The clerks accused of theft are gone.", "The clerks", "accused of", "theft"),
        ("Arden is forecast to see rain.", "Arden", "forecast", "to see rain"),
        ("Arden forecast to see rain.", "Arden", "forecast to", "see rain"),
        ("The docks seem calm.", "The docks", "seem", "calm"),
        ("Ruiz supposedly paid for it.", "Ruiz", "supposedly", "paid for it"),
        (
            "The fire has sparked calls for a second bridge.",
            "The fire",
            "has sparked calls for",
            "a second bridge",
        ),
        (
            "Ruiz closed the pool, prompting criticism that it was done in haste.",
            "Ruiz",
            "criticism that",
            "it was done in haste",
        ),
        ("The news came that the pier was shut.", "The news", "came", "the pier was shut"),
        ("Two floods were reported in Lower Arden.", "Lower Arden", "were reported", "Two floods"),
        ("The plan was revealed to the public.", "the public", "was revealed", "The plan"),
        ("The rule in both parties is that all vote.", "in both parties", "is", "that all vote"),
        ("The clerks are gone, accused of theft.", "The clerks", "accused of", "theft"),
        ("Ruiz has faced questions about the pier.", "Ruiz", "questions about", "the pier"),
        ("Ruiz allegedly brandished an oar.", "Ruiz", "allegedly brandished", "an oar"),
        ("It drew condemnation of the mayor.", "the mayor", "condemnation of", "mayor."),
    ],
)
def test_who_is_spoken_of_or_to_says_nothing(
    text: str, source: str, cue: str, content: str
) -> None:
    """Subjects of passives, causes of words, places and objects of criticism aren't speakers."""
    assert _unsaid(text, source, cue, content)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("The guards were worried that it leaks.", "The guards", "were worried", "it leaks"),
        ("Ruiz was quoted as saying that it leaks.", "Ruiz", "was quoted as saying", "it leaks"),
        ("Many were left wondering if it leaks.", "Many", "were left wondering", "it leaks"),
        ("Ruiz accused the clerks of theft.", "Ruiz", "accused", "theft"),
        ("It is what the mayor described as theft.", "the mayor", "described as", "theft"),
        ("It drew criticism from the mayor.", "the mayor", "drew criticism", "It"),
        ("An order was issued naming Ruiz.", "An order", "was issued naming", "Ruiz"),
        ("In the mayor’s note, it was said it leaks.", "the mayor’s", "was said", "it leaks"),
        ("The findings in the atlas worry us.", "in the atlas", "findings", "worry us"),
        ("Many are made to believe it leaks.", "Many", "are made to believe", "it leaks"),
        ("The guards have identified as many as ten.", "The guards", "identified", "as many as"),
        ("Many were left in shock at the leak.", "Many", "were left in shock at", "the leak"),
        ("Ruiz reportedly said it leaks.", "Ruiz", "reportedly said", "it leaks"),
        ("The guards called for a bridge.", "The guards", "called for", "a bridge"),
        ("It was said by Ruiz that it leaks.", "Ruiz", "was said", "it leaks"),
        ("A leak was reported in the Arden Times.", "the Arden Times", "was reported", "A leak"),
        ("She praised the support of the mayor.", "the mayor", "the support of", "mayor."),
    ],
)
def test_who_has_something_in_mind_says_it(text: str, source: str, cue: str, content: str) -> None:
    """Participles of the mind, words in the active and agents leave a source as it is."""
    assert not _unsaid(text, source, cue, content)


def test_in_stories_only_the_clearest_passives_count() -> None:
    """A story's "seems" and rarer passives keep their source, "was told" does not."""
    text = "Ana was briefed about the ferry."
    assert not _unsaid(text, "Ana", "was briefed about", "the ferry", factual=False)
    text = "Ana was told about the ferry."
    assert _unsaid(text, "Ana", "was told", "about the ferry", factual=False)


@given(st.text(alphabet="abn edwas,.", min_size=1, max_size=30))
def test_words_in_marks_keep_their_source(words: str) -> None:
    """Whatever the cue, a quotation that stands wholly in marks has its source."""
    text = f"“No,” Ruiz {words} said."
    attribution = Attribution(
        (span(text, "“No,”"),),
        QuoteKind.DIRECT,
        cue=(span(text, f"{words} said"),),
        source=(span(text, "Ruiz"),),
    )
    assert not is_unsaid(text, attribution, factual=True)
