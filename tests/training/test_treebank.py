"""Treebanks as labelled text."""

import pytest

from quotecraft.errors import FormatError, InputError
from quotecraft.training.treebank import (
    labelled,
    read_training_text,
    read_treebank,
    write_training_text,
)
from tests.training.treebank_sample import CONLLU


@pytest.fixture
def path(tmp_path):
    """The sample treebank as a file."""
    path = tmp_path / "sample.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    return path


def test_documents_and_paragraphs_are_told_apart(path):
    """Each newdoc and newpar comment begins one."""
    found = [(d.name, [len(p) for p in d.paragraphs]) for d in read_treebank(path)]
    assert found == [("one", [2, 1]), ("two", [1])]


def test_multi_word_tokens_are_one_token(path):
    """A contraction counts as it is written, with its first word's tag; empty nodes don't."""
    first = read_treebank(path)[0].paragraphs[0][0]
    assert [f.text for f in first] == ['"', "Don't", "go", ",", '"', "Ana", "said", "loudly", "."]
    assert first[1].tag == "VB"


def test_labels_mark_token_and_sentence_ends(path):
    """Each character has a label; blanks stand where the treebank has them."""
    text, labels = labelled(read_treebank(path)[0].paragraphs[0])
    assert text.startswith('"Don\'t go," Ana said loudly. The river')
    expected = "1 00001 0 01 1 1 0 001 0 0001 0 000001 2 0 001 0 00001".replace(" ", "")
    assert expected == labels[: len(expected)]


def test_training_text_reads_back(path, tmp_path):
    """What is written for Stanza's trainer reads back as the same texts and labels."""
    documents = read_treebank(path)
    write_training_text(documents, tmp_path / "train")
    expected = [labelled(p) for d in documents for p in d.paragraphs]
    assert expected == read_training_text(tmp_path / "train")


def test_a_missing_treebank_is_named(tmp_path):
    """A treebank that can't be read is an InputError with its path."""
    with pytest.raises(InputError, match=r"none\.conllu can't be read"):
        read_treebank(tmp_path / "none.conllu")


def test_a_broken_line_is_a_format_error(path):
    """A token line with too few columns is reported."""
    path.write_text(CONLLU + "\n1\tx\n", encoding="utf-8")
    with pytest.raises(FormatError, match="fewer than 10 columns"):
        read_treebank(path)


def test_texts_and_labels_must_match(path, tmp_path):
    """Training files that differ in length are refused."""
    write_training_text(read_treebank(path), tmp_path / "train")
    with (tmp_path / "train.toklabels").open("a") as labels:
        labels.write("0")
    with pytest.raises(FormatError, match="differ in length"):
        read_training_text(tmp_path / "train")
