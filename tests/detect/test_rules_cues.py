"""The cue lexicon: inflection, look-up, reading a cue as it stands in a text."""

import pytest

from quotecraft.detect.cues import Form, Frame, PartOfSpeech, lookup, read_cue
from quotecraft.model import Level, Stance


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("said", "say"),
        ("says", "say"),
        ("saying", "say"),
        ("told", "tell"),
        ("written", "write"),
        ("denied", "deny"),
        ("denies", "deny"),
        ("admitted", "admit"),
        ("begging", "beg"),
        ("mimicking", "mimic"),
        ("lying", "lie"),
        ("whispered", "whisper"),
        ("confesses", "confess"),
        ("replies", "reply"),
        ("argued", "argue"),
    ],
)
def test_regular_and_irregular_forms_are_found(word: str, lemma: str) -> None:
    """Every inflected form of a verb leads to its lemma."""
    verbs = [form.cue.lemma for form in lookup(word) if form.cue.pos is PartOfSpeech.VERB]
    assert lemma in verbs


def test_longest_form_comes_first() -> None:
    """A phrasal cue is offered before the verb it begins with."""
    assert ["call for", "call"] == [
        form.cue.lemma for form in lookup("called for") if form.cue.pos is PartOfSpeech.VERB
    ]


def test_past_and_participle_share_a_form() -> None:
    """A form that is both past and participle says so."""
    (form,) = lookup("said")
    assert frozenset({Form.PAST, Form.PARTICIPLE}) == form.forms


def test_plural_nouns_are_found() -> None:
    """The plural of a noun cue leads to its lemma."""
    nouns = [form.cue.lemma for form in lookup("replies") if form.cue.pos is PartOfSpeech.NOUN]
    assert ["reply"] == nouns


def test_unknown_words_and_places_outside_give_nothing() -> None:
    """A word that is no cue, an empty text and a place past its end give no entry."""
    assert () == lookup("table")
    assert () == lookup("")
    assert () == lookup(["said"], 5)


@pytest.mark.parametrize(
    ("text", "lemma", "level", "stance"),
    [
        ("said", "say", Level.SPEECH, Stance.NEUTRAL),
        ("has repeatedly denied", "deny", Level.SPEECH, Stance.DENYING),
        ("did not say", "say", Level.SPEECH, Stance.NEGATED),
        ("didn’t tell", "tell", Level.SPEECH, Stance.NEGATED),
        ("would claim", "claim", Level.SPEECH, Stance.HYPOTHETICAL),
        ("claimed", "claim", Level.SPEECH, Stance.DOUBTING),
        ("According to", "according to", Level.SPEECH, Stance.NEUTRAL),
        ("said in a statement", "say", Level.SPEECH, Stance.NEUTRAL),
        ("called for", "call for", Level.SPEECH, Stance.URGING),
        ("pledged", "pledge", Level.SPEECH, Stance.PROMISING),
        ("asked", "ask", Level.SPEECH, Stance.ASKING),
        ("accused", "accuse", Level.SPEECH, Stance.ACCUSING),
        ("insists", "insist", Level.SPEECH, Stance.ASSERTIVE),
        ("believes", "believe", Level.THOUGHT, Stance.NEUTRAL),
    ],
)
def test_a_cue_is_read_with_its_verb_group(
    text: str, lemma: str, level: Level, stance: Stance
) -> None:
    """Lemma, level and stance come from the head; negation and modality change the stance."""
    reading = read_cue(text)
    assert reading is not None
    assert (lemma, level, stance) == (reading.lemma, reading.level, reading.stance)


def test_a_text_without_a_cue_has_no_reading() -> None:
    """Words that the lexicon lacks are not guessed at."""
    assert read_cue("under the table") is None
    assert read_cue("") is None


def test_frames_tell_what_a_cue_introduces() -> None:
    """The frames of an entry tell an addressee verb from one that takes an infinitive."""
    (told,) = [form for form in lookup("told") if form.cue.pos is PartOfSpeech.VERB]
    (smiled,) = [form for form in lookup("smiled") if form.cue.pos is PartOfSpeech.VERB]
    assert Frame.ADDR in told.cue.frames
    assert frozenset({Frame.DIRECT}) == smiled.cue.frames
