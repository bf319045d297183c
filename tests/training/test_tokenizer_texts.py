"""Rewriting of treebank text for the tokenizer."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecraft.training.tokenizer import augmented, is_prose
from quotecraft.training.tokenizer_dialogue import add_news_furniture, quote_sentences
from quotecraft.training.tokenizer_typography import (
    CURLED,
    abbreviate,
    exclaim,
    lose_blanks,
    restyle,
)
from quotecraft.training.treebank import Form, TreebankDocument, labelled, read_treebank
from tests.training.treebank_sample import CONLLU

SEEDS = range(120)


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """The sample treebank."""
    path = tmp_path_factory.mktemp("treebank") / "sample.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return read_treebank(path)


def _marked(paragraph):
    """The text with a bar after each sentence."""
    text, labels = labelled(paragraph)
    return "".join(c + "|" * (label == "2") for c, label in zip(text, labels, strict=True))


def _all(rewrite, paragraphs):
    """What a rewriting makes of some paragraphs, over many seeds."""
    return [_marked(p) for seed in SEEDS for p in rewrite(paragraphs, Random(seed))]


def _plain(*sentences):
    """A paragraph of plain words, each sentence with its stop."""
    forms = []
    for sentence in sentences:
        words = sentence.split()
        last = Form(words[-1][:-1], "NN", space=False)
        forms.append((*(Form(w, "NN") for w in words[:-1]), last, Form(words[-1][-1], ".")))
    return (tuple(forms),)


@given(st.integers())
def test_the_same_seed_gives_the_same_text(documents, seed):
    """Rewriting draws from nothing but the generator it is given."""
    first, second = (augmented(documents[0], Random(seed)) for _ in range(2))
    assert first == second


@given(st.integers())
def test_rewritten_paragraphs_keep_labels_in_step(documents, seed):
    """Whatever is rewritten, each character has a label and the last ends a sentence."""
    for document in documents:
        for paragraph in augmented(document, Random(seed)).paragraphs:
            text, labels = labelled(paragraph)
            assert (len(text), "2") == (len(labels), labels[-1])


def test_curling_leaves_words_and_ends_alone(documents):
    """Marks, apostrophes and dashes change; sentence ends don't."""
    paragraph = restyle(documents[0].paragraphs, Random(0), CURLED)[0]
    expected = "“Don’t go,” Ana said loudly.| The river rose — slowly — in October 1920 near Lake "
    assert expected + "Marsh.|" == _marked(paragraph)


def test_dashes_are_glued_in_some_styles(documents):
    """Some publications glue their dashes."""
    found = _all(restyle, documents[0].paragraphs)
    assert any("rose—slowly—in" in text for text in found)


def test_ranges_of_numbers_keep_their_dash():
    """The dash between two numbers is not a dash between clauses."""
    sentence = tuple(Form(t, "CD", space=False) for t in ("1910", "–", "1920", "."))
    assert {"1910–1920.|"} == set(_all(restyle, ((sentence,),)))


def test_abbreviations_end_no_sentence(documents):
    """Titles and initials before names keep their stop inside the sentence."""
    found = _all(abbreviate, documents[0].paragraphs)
    assert any("in Oct. 1920" in text for text in found)
    titled = [t for t in found if "Dr. Ana" in t or "Gov. Ana" in t or "Mr. Ana" in t]
    assert titled
    assert [t for t in titled if ".| Ana" in t] == []


def test_some_abbreviations_end_a_sentence(documents):
    """A sentence may come to end in an abbreviation, without a stop of its own."""
    found = _all(abbreviate, documents[0].paragraphs)
    assert any(text.endswith("in the U.S.|") for text in found)


def test_a_question_goes_on_in_its_reporting_clause():
    """A reporting clause after a quoted question belongs to the same sentence."""
    found = _all(quote_sentences, _plain("Has the train left already?"))
    clauses = [text for text in found if text.startswith('"Has the train left already?" ')]
    assert clauses
    assert [text for text in clauses if text.count("|") != 1] == []


def test_a_stop_inside_a_quotation_ends_a_sentence():
    """Two quoted sentences stay two, the closing mark with the second."""
    found = _all(quote_sentences, _plain("The train left.", "Nobody came back."))
    assert '"The train left.| Nobody came back."|' in found


def test_an_exclamation_inside_a_sentence_ends_nothing():
    """A mark before a small letter stands inside a sentence."""
    sentence = (Form("Ah", "UH", space=False), Form(",", ","), Form("there", "EX"), Form(".", "."))
    assert {"Ah, there .|", "Ah! there .|", "Ah? there .|"} == set(_all(exclaim, ((sentence,),)))


def test_prose_is_told_from_lists():
    """A document most of whose sentences end in no mark is not rewritten."""
    prose, names = _plain("The train left."), (((Form("Ana"),), (Form("Ruiz"),)),)
    found = [is_prose(TreebankDocument("x", paragraphs)) for paragraphs in (prose, names)]
    assert found == [True, False]


def test_headlines_have_no_stop(documents):
    """A headline is a paragraph of its own that ends without a stop."""
    found = _all(add_news_furniture, documents[0].paragraphs)
    assert {"NOBODY CAME|", "Nobody Came|"} <= set(found)


def test_datelines_begin_a_sentence(documents):
    """A dateline belongs to the first sentence."""
    found = _all(add_news_furniture, documents[1].paragraphs)
    datelines = [text for text in found if "It was late" in text and text[:3].isupper()]
    assert datelines
    assert [text for text in datelines if text.count("|") != 1] == []


def test_blanks_between_sentences_get_lost(documents):
    """Sometimes the next sentence follows without a blank."""
    found = _all(lose_blanks, documents[0].paragraphs)
    assert any("loudly.|The" in text for text in found)
