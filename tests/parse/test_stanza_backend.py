"""The tokenizer that ships, and a Stanza package of the user's."""

import json
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings

from quotecraft.errors import WeightsError
from quotecraft.parse.characters import is_blank
from quotecraft.parse.network import WINDOW
from quotecraft.parse.onnx_backend import OnnxNetwork
from quotecraft.parse.stanza_backend import (
    StanzaNetwork,
    StanzaPackageTokenizer,
    load_tokenizer,
)
from quotecraft.text.paragraphs import paragraphs
from quotecraft.weights import weights_path
from tests.strategies import texts

ARTICLE = """NAIROBI, Kenya (Reuters) — “We are ready,” Gov. Ana B. Ruiz said. “Are you?”

The minister didn't answer at 5 p.m. on Friday. “I don’t know,” she said later.

Write to ana@example.org… or don't!"""


def _words(tokenizer, text):
    return [[t.span.of(text) for t in s.tokens] for s in tokenizer.tokenize(text)]


def _sentences(tokenizer, text):
    return [s.span.of(text) for s in tokenizer.tokenize(text)]


def _is_sound(text, sentences, *, every_character=True):
    """Say whether tokens are slices in order, in paragraphs, without outer white space."""
    limits = paragraphs(text)
    spans = [t.span for s in sentences for t in s.tokens]
    places = [i for span in spans for i in range(span.start, span.end)]
    return (
        places == sorted(set(places))
        and all(span.of(text).strip() == span.of(text) for span in spans)
        and all(limits[s.paragraph].covers(s.span) for s in sentences)
        and (
            not every_character
            or [i for i, c in enumerate(text) if not is_blank(c)]
            == [i for i in places if not is_blank(text[i])]
        )
    )


@pytest.mark.parametrize(
    "sentences",
    [
        ["“We are ready,” the mayor said.", "She left at once."],
        ["“Are you going?” Smith asked.", "Nobody answered him."],
        ["He was told to wait by Mr. Okafor and Dr. J. K. Lind.", "He did."],
        ["“The vote is over,” he said.", "“We lost.”"],
        ["It was late.", "“Stop!” cried the old man.", "They ran."],
        ["‘I never said that,’ Marsh replied.", "‘You did.’"],
        ["Gov. Ruiz met Sen. Peter Carver on Jan. 5 in St. Louis.", "They talked for hours."],
        ["The tax—a small one—was dropped.", "Critics were pleased."],
    ],
)
def test_news_and_fiction_are_split_into_sentences(tokenizer, sentences):
    """Titles, initials and quotations with reporting clauses don't mislead the splitter."""
    assert sentences == _sentences(tokenizer, " ".join(sentences))


def test_marks_are_tokens(tokenizer):
    """Quotation marks and commas stand apart from words; contractions are one token."""
    words = [["“", "I", "don’t", "know", ",", "”", "she", "said", "."]]
    assert words == _words(tokenizer, "“I don’t know,” she said.")


def test_sentences_know_their_paragraph(tokenizer):
    """Each sentence has the number of its paragraph."""
    assert [s.paragraph for s in tokenizer.tokenize("A headline\n\nA text.")] == [0, 1]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t\r\n\x85", "\x93"])
def test_a_text_of_blanks_has_no_sentences(tokenizer, text):
    """White space alone gives nothing."""
    assert tokenizer.tokenize(text) == ()


@given(text=texts())
@settings(max_examples=40)
def test_any_text_gives_exact_places(tokenizer, text):
    """Whatever the text, tokens tile it in order, inside sentences, inside paragraphs."""
    assert _is_sound(text, tokenizer.tokenize(text))


@pytest.mark.parametrize(
    "text",
    [
        "x" * (3 * WINDOW),
        "word " * WINDOW,
        "Ana said. " * (WINDOW // 2),
        "😀" * (2 * WINDOW),
        "e\u0301 " * WINDOW,
        "\ud83d" * (2 * WINDOW),
        "\0" * (2 * WINDOW),
        "a\n\n" * WINDOW,
        "שלום " * WINDOW,
    ],
    ids=["word", "line", "sentences", "emoji", "marks", "surrogates", "nul", "paragraphs", "rtl"],
)
def test_long_texts_give_exact_places(tokenizer, text):
    """Long words, lines and paragraphs, which go through in windows, lose nothing."""
    assert _is_sound(text, tokenizer.tokenize(text))


def test_a_cut_leaves_no_trace(tokenizer):
    """Sentences of a paragraph of many windows are those of the same sentences in short ones."""
    sentence = "The minister said on Tuesday that the plan was dead."
    count = 4 * WINDOW // len(sentence)
    assert [sentence] * count == _sentences(tokenizer, " ".join([sentence] * count))


def test_the_same_text_gives_the_same_sentences(tokenizer):
    """Tokenizing is deterministic, from many threads at once too."""
    many = [ARTICLE, "One. Two.", ARTICLE * 3] * 4
    with ThreadPoolExecutor(4) as pool:
        assert [tokenizer.tokenize(text) for text in many] == list(
            pool.map(tokenizer.tokenize, many)
        )


def test_a_text_does_not_depend_on_its_neighbours(tokenizer):
    """A paragraph is split alike alone and in company."""
    alone = [words for part in ARTICLE.split("\n\n") for words in _words(tokenizer, part)]
    assert alone == _words(tokenizer, ARTICLE)


def test_the_name_tells_model_and_version(tokenizer):
    """Documents can record which tokenizer read them."""
    assert tokenizer.name.startswith("stanza/en-tokenizer-")


def test_loading_needs_no_network(monkeypatch):
    """The shipped tokenizer loads with every connection refused."""

    def refuse(*args, **kwargs):
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert _words(load_tokenizer(), "Done.") == [["Done", "."]]


@pytest.mark.parametrize("load", [OnnxNetwork, StanzaNetwork.load])
def test_bytes_that_are_no_network_are_refused(tmp_path, load):
    """A file that is no network is a WeightsError, whatever the library below makes of it."""
    path = tmp_path / "tokenizer.bin"
    path.write_bytes(b"not a network")
    with pytest.raises(WeightsError, match=r"tokenizer\.bin is no tokenizer"):
        load(path)


def test_a_missing_package_says_what_to_do(monkeypatch, tmp_path):
    """Without the user's Stanza package the error has the line that downloads it."""

    def refuse(*args, **kwargs):
        raise AssertionError("the network was touched")

    from stanza.pipeline import core

    monkeypatch.setattr(core.Pipeline.__init__, "__defaults__", _with_dir(core, str(tmp_path)))
    monkeypatch.setattr(socket.socket, "connect", refuse)
    expected = r"import stanza; stanza\.download\('en', processors='tokenize'\)"
    with pytest.raises(WeightsError, match=expected):
        load_tokenizer(stanza="default")


def _with_dir(core, folder):
    """The defaults of Stanza's pipeline, with an empty folder for the models."""
    defaults = core.Pipeline.__init__.__defaults__
    return tuple(folder if value == core.DEFAULT_MODEL_DIR else value for value in defaults)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """Stanza's own pipeline, as a user would have it, on the shipped weights."""
    import stanza

    folder = tmp_path_factory.mktemp("stanza")
    (folder / "resources.json").write_text(json.dumps({}))
    return StanzaPackageTokenizer(
        stanza.Pipeline(
            lang="en",
            dir=str(folder),
            package=None,
            processors="tokenize",
            download_method=None,
            allow_unknown_language=True,
            resources_filepath=str(folder / "resources.json"),
            tokenize_model_path=str(weights_path("tokenizer", "tokenizer.pt")),
            use_gpu=False,
            verbose=False,
        )
    )


@pytest.fixture(scope="module")
def in_stanza():
    """The shipped weights in Stanza's network."""
    return load_tokenizer(stanza="quotecraft")


def test_the_shipped_tokenizer_gives_what_stanza_gives(tokenizer, package):
    """ONNX Runtime on our features finds what Stanza's own pipeline finds with the same weights."""
    assert _words(package, ARTICLE) == _words(tokenizer, ARTICLE)


@given(text=texts())
@settings(max_examples=25)
def test_both_ways_to_run_the_network_agree(tokenizer, in_stanza, text):
    """On any text, the network in ONNX Runtime and in Stanza finds the same."""
    assert in_stanza.tokenize(text) == tokenizer.tokenize(text)


@given(text=texts())
@settings(max_examples=25)
def test_a_package_gives_exact_places_for_any_text(package, text):
    """A user's own package, too, is never given what Stanza can't take."""
    assert _is_sound(text, package.tokenize(text), every_character=False)


@pytest.mark.parametrize(
    "text", ["x" * 21_000, "word " * 5000, "a\n\n" * 400], ids=["word", "line", "paragraphs"]
)
def test_a_package_takes_long_texts(package, text):
    """Long words and lines reach Stanza in pieces that it can take."""
    assert _is_sound(text, package.tokenize(text), every_character=False)


def test_threads_of_pytorch_are_left_as_they_were(in_stanza):
    """The network in Stanza uses one thread and leaves the caller's setting alone."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        in_stanza.tokenize(ARTICLE)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_the_shipped_tokenizer_imports_neither_torch_nor_stanza():
    """Reading a first sentence in a new process loads no heavy library but ONNX Runtime."""
    code = (
        "import sys\n"
        "from quotecraft.parse.stanza_backend import load_tokenizer\n"
        "load_tokenizer().tokenize('One. Two.')\n"
        "print(*(name for name in ('torch', 'stanza') if name in sys.modules))"
    )
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert "" == result.stdout.strip()


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece", ["word ", "x", "Ana said. ", "“"], ids=["line", "x", "said", "mark"]
)
def test_two_megabytes_in_one_line(tokenizer, piece):
    """A text of two million characters without a line break loses nothing."""
    text = piece * (2_000_000 // len(piece))
    assert _is_sound(text, tokenizer.tokenize(text))
