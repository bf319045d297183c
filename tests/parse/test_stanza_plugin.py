"""quotecraft inside a user's Stanza pipeline."""

import json

import pytest

from quotecraft import stanza_plugin
from quotecraft.model import Document, Quote, Speaker
from quotecraft.weights import weights_path

TEXT = "“We are ready,” Ana Ruiz said. She left.\n\nThe end."


class FirstSentence:
    """A pipeline that calls the first sentence a quotation."""

    def annotate(self, text, sentences):
        quote = Quote("q1", "direct", (sentences[0].span,), speaker="s1")
        speakers = (Speaker("s1", "Ana Ruiz"),)
        return Document(id="t", text=text, quotes=(quote,), speakers=speakers)


@pytest.fixture
def options(tmp_path, monkeypatch):
    """What a stanza.Pipeline needs to run offline, and the options that our pipeline was given."""
    asked = []
    monkeypatch.setattr(
        stanza_plugin, "_pipeline", lambda *given: asked.append(given) or FirstSentence()
    )
    (tmp_path / "resources.json").write_text(json.dumps({}))
    offline = {
        "lang": "en",
        "dir": str(tmp_path),
        "package": None,
        "download_method": None,
        "allow_unknown_language": True,
        "resources_filepath": str(tmp_path / "resources.json"),
        "use_gpu": False,
        "verbose": False,
    }
    return offline, asked


def _pipeline(offline, **more):
    import stanza

    weights = {"tokenize_model_path": str(weights_path("tokenizer", "tokenizer.pt"))}
    return stanza.Pipeline(**offline, processors="tokenize,quotes", **weights, **more)


def test_a_stanza_document_gets_quotes_and_speakers(options):
    """The processor puts our objects on Stanza's document, made from Stanza's sentences."""
    offline, _ = options
    document = _pipeline(offline)(TEXT)
    assert (
        [quote.text for quote in document.quotes],
        [speaker.name for speaker in document.speakers],
        document.quotes[0].speaker_name,
    ) == (["“We are ready,” Ana Ruiz said."], ["Ana Ruiz"], "Ana Ruiz")


def test_many_documents_get_their_own(options):
    """In bulk each document gets its own quotes."""
    offline, _ = options
    documents = _pipeline(offline).bulk_process(["One. Two.", "Three?"])
    assert [document.quotes[0].text for document in documents] == ["One.", "Three?"]


def test_options_reach_our_pipeline(options):
    """quotes_model and quotes_min_confidence choose and filter."""
    offline, asked = options
    _pipeline(offline, quotes_model="en", quotes_min_confidence=0.5)(TEXT)
    assert asked == [("en", 0.5)]


def test_our_tokenizer_is_a_variant(options):
    """Stanza's pipeline can take our tokenizer, with offsets into the text."""
    import stanza

    offline, _ = options
    processors = {"tokenize": "quotecraft"}
    nlp = stanza.Pipeline(**offline, processors=processors, tokenize_with_quotecraft=True)
    document = nlp(TEXT)
    tokens = [token for sentence in document.sentences for token in sentence.tokens]
    assert [TEXT[t.start_char : t.end_char] for t in tokens] == [t.text for t in tokens]
    assert len(document.sentences) == 3


def test_registering_twice_changes_nothing():
    """The processor is entered into Stanza's list once, however often it is registered."""
    from stanza.pipeline.registry import PIPELINE_NAMES

    from quotecraft.parse.stanza_backend import register_quotes_processor

    register_quotes_processor(lambda *given: None)
    assert PIPELINE_NAMES.count("quotes") == 1
