"""Chains of mentions: windows over long texts, Stanza's own data and code, a tiny package."""

import re
import socket
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stanza.models.common.doc import Document as StanzaDocument
from stanza.models.coref.coref_chain import CorefChain, CorefMention

from quotecraft.errors import InputError, MissingExtraError, WeightsError
from quotecraft.model import Sentence, Span, Token
from quotecraft.parse import coreference, stanza_coreference
from quotecraft.parse.coreference import Chain, NetworkCoreference, join_windows, windows_of
from quotecraft.parse.stanza_coreference import StanzaCoreferenceNetwork, load_coreference
from quotecraft.pipeline import load
from tests.parse.tiny_coref import PACKAGE, make_package
from tests.strategies import texts


class SameWords:
    """A Stanza pipeline for which mentions of the same capitalised word are one person's.

    It fills a real Stanza document with real chains, a node without a word among their mentions.
    """

    def __init__(self):
        self.processors = {"coref": None}
        self.sizes = []

    def process(self, document, processors):
        assert isinstance(document, StanzaDocument)
        assert processors == "coref"
        self.sizes.append(document.num_words)
        found = {}
        for number, sentence in enumerate(document.sentences):
            for place, word in enumerate(sentence.words):
                if word.text[:1].isupper():
                    found.setdefault(word.text, []).append(CorefMention(number, place, place + 1))
        document.coref = [
            CorefChain(number, mentions, word, 0)
            for number, (word, mentions) in enumerate(found.items())
        ]
        for chain in document.coref:  # what Stanza does for a dropped pronoun
            chain.mentions.insert(0, CorefMention(0, (1, 1), (1, 1)))
            chain.representative_index += 1
        return document


def _split(text):
    """One sentence a line, one token a word."""
    return tuple(
        Sentence(
            Span(*line.span()),
            tuple(
                Token(Span(line.start() + word.start(), line.start() + word.end()))
                for word in re.finditer(r"\S+", line.group())
            ),
            number,
        )
        for number, line in enumerate(re.finditer(r"[^\n]*\S[^\n]*", text))
    )


def _source(pipeline):
    return NetworkCoreference(lambda: StanzaCoreferenceNetwork(pipeline), "stanza/fake", 0.8)


def _words(text, chains):
    return [[span.of(text) for span in chain.mentions] for chain in chains]


def test_stanza_chains_become_places_in_the_text():
    """Words of Stanza's chains are spans of our tokens; nodes without a word are left out."""
    text = "Ana   saw 👩‍👩‍👧 Ben .\nBen left Ana ."
    chains = _source(SameWords()).chains(text, _split(text))
    assert [["Ana", "Ana"], ["Ben", "Ben"]] == _words(text, chains)
    assert [c.mentions[0] for c in chains] == [c.representative for c in chains]


def test_windows_give_the_chains_of_the_whole_text(monkeypatch):
    """A long text in overlapping windows has the same chains as at once, in bounded windows."""
    names = ["Ana", "Ben", "Eva"]
    text = "\n".join(f"{names[n % 3]} met {names[(n + 1) % 3]} again ." for n in range(200))
    whole = _source(SameWords()).chains(text, _split(text))
    monkeypatch.setattr(coreference, "WINDOW", 60)
    monkeypatch.setattr(coreference, "OVERLAP", 20)
    pipeline = SameWords()
    assert whole == _source(pipeline).chains(text, _split(text))
    assert max(pipeline.sizes) <= 60 < len(pipeline.sizes) * 60


def test_a_very_long_sentence_comes_in_parts():
    """A sentence without an end reaches Stanza in parts of bounded length."""
    text = "Ana ran " * 5000
    pipeline = SameWords()
    (chain,) = _source(pipeline).chains(text, _split(text))
    assert (5000, True) == (len(chain.mentions), max(pipeline.sizes) <= coreference.WINDOW)


@given(st.lists(st.integers(1, coreference.LONGEST), max_size=120))
def test_windows_cover_everything_and_overlap(sizes):
    """Windows hold all sentences in order, none is too large, and neighbours overlap enough."""
    windows = list(windows_of(sizes))
    assert sorted({n for window in windows for n in window}) == list(range(len(sizes)))
    for window in windows:
        assert sum(sizes[n] for n in window) <= coreference.WINDOW
    for one, two in pairwise(windows):
        assert one.start < two.start < one.stop < two.stop
        shared = sum(sizes[n] for n in range(two.start, one.stop))
        assert coreference.OVERLAP - coreference.LONGEST < shared <= coreference.OVERLAP


_SPANS = st.lists(
    st.builds(lambda a, b: Span(a, a + b), st.integers(0, 20), st.integers(1, 3)),
    min_size=1,
    max_size=6,
)
_CHAINS = _SPANS.map(lambda spans: Chain(tuple(sorted(set(spans))), spans[0]))


@given(st.lists(st.lists(_CHAINS, max_size=4), max_size=4))
def test_no_mention_is_in_two_chains(windows):
    """Whatever windows claim, each mention ends in one chain, with a representative of its own."""
    chains = join_windows(windows)
    spans = [span for chain in chains for span in chain.mentions]
    assert len(spans) == len(set(spans))
    assert set(spans) <= {s for window in windows for chain in window for s in chain.mentions}
    assert all(c.representative in c.mentions and len(c.mentions) > 1 for c in chains)


def test_one_shared_mention_does_not_make_two_people_one():
    """A chain goes on in the one that shares most with it; a stray link joins nothing else."""
    ana, she, her, ben = Span(0, 3), Span(10, 13), Span(20, 23), Span(30, 33)
    he, later = Span(40, 42), Span(50, 53)
    first = [Chain((ana, she, her), ana), Chain((ben, he), ben)]
    second = [Chain((she, her, ben, later), she)]
    joined = [chain.mentions for chain in join_windows([first, second])]
    assert [(ana, she, her, later), (ben, he)] == joined


@pytest.fixture(scope="module")
def resources(tmp_path_factory):
    """A folder of Stanza resources with a tiny package, made by Stanza's own code."""
    pytest.importorskip("peft")
    root = tmp_path_factory.mktemp("coref")
    make_package(root)
    return root / "resources"


@pytest.fixture
def at(monkeypatch):
    """Take a folder for the user's Stanza resources, and refuse the network."""
    from stanza.resources import common

    def refuse(*_arguments):
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return lambda folder: monkeypatch.setattr(common, "DEFAULT_MODEL_DIR", str(folder))


@pytest.fixture(scope="module")
def tiny(resources):
    """Stanza's own processor with the tiny package."""
    path = resources / "en" / "coref" / f"{PACKAGE}.pt"
    network = stanza_coreference._load_network(PACKAGE, path)
    return NetworkCoreference(lambda: network, "stanza/tiny", 0.8)


def test_the_processor_is_loaded_from_the_users_folder(resources, at, tokenizer):
    """Stanza's pipeline, transformer and adapter load without network, and find chains."""
    at(resources)
    source = load_coreference()
    text = "“We are ready,” Ana Ruiz said. She left at once. The mayor did not."
    chains = source.chains(text, tokenizer.tokenize(text))
    assert f"stanza/en-{PACKAGE}-" in source.name
    assert (chains != (), chains) == (True, source.chains(text, tokenizer.tokenize(text)))


@given(text=texts())
@settings(max_examples=20)
def test_any_text_gives_exact_places(tiny, tokenizer, text):
    """On any text the mentions that Stanza's code finds begin and end with our tokens."""
    sentences = tokenizer.tokenize(text)
    starts = {token.span.start for sentence in sentences for token in sentence.tokens}
    ends = {token.span.end for sentence in sentences for token in sentence.tokens}
    for chain in tiny.chains(text, sentences):
        assert all(span.start in starts and span.end in ends for span in chain.mentions)


def test_words_that_the_transformer_cannot_read_are_read_as_dashes(tiny, tokenizer):
    """What its tokenizer drops doesn't make Stanza refuse the text."""
    text = "Ana saw \u200d \ufffd\ufffd \ufeff and left. She came. Ana saw it."
    assert isinstance(tiny.chains(text, tokenizer.tokenize(text)), tuple)


def test_a_missing_package_names_the_command(tmp_path, at, monkeypatch):
    """Without the package the error says what to install and run, before any text is read."""
    monkeypatch.setattr(stanza_coreference, "find_spec", lambda _: object())
    at(tmp_path)
    with pytest.raises(WeightsError) as caught:
        load(coreference="stanza")
    message = str(caught.value)
    assert "pip install 'quotecraft[coref]'" in message
    assert "stanza.Pipeline('en', processors='tokenize,coref')" in message


def test_another_package_is_named_in_the_command(tmp_path, at, monkeypatch):
    """The command downloads the package that was asked for."""
    monkeypatch.setattr(stanza_coreference, "find_spec", lambda _: object())
    at(tmp_path)
    with pytest.raises(WeightsError, match="'coref': 'ontonotes-singletons_roberta-large-lora'"):
        load(coreference="stanza:ontonotes-singletons_roberta-large-lora")


def test_missing_libraries_name_the_extra(monkeypatch):
    """Without peft or transformers the error names the extra."""
    monkeypatch.setattr(stanza_coreference, "find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'quotecraft\[coref\]'"):
        load(coreference="stanza")


def test_a_damaged_package_is_a_clear_error(tmp_path, resources, at, tokenizer):
    """A file that is no model fails with the first text, with the reason and the command."""
    import shutil

    shutil.copytree(resources, tmp_path / "stanza")
    (tmp_path / "stanza" / "en" / "coref" / f"{PACKAGE}.pt").write_bytes(b"no model")
    at(tmp_path / "stanza")
    with pytest.raises(WeightsError, match=r"can't be used .*download it"):
        load_coreference().chains("Ana left.", tokenizer.tokenize("Ana left."))


@pytest.mark.parametrize("source", ["spacy", "stanza:", "", "gold"])
def test_an_unknown_source_is_refused(source):
    """Other names of sources are refused with those there are."""
    with pytest.raises(InputError, match="give 'stanza', or 'stanza:PACKAGE'"):
        load(coreference=source)
