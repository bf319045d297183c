"""The pipeline's own job: wiring, ids, filtering, streaming. Its stages here are stand-ins."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from attrs import evolve

from quotecraft import Sentence, Span, Token
from quotecraft.detect.interfaces import Attribution
from quotecraft.errors import InputError
from quotecraft.model import Speaker, SpeakerId
from quotecraft.pipeline import Pipeline, load
from quotecraft.speakers.interfaces import Resolution, ResolvedLink
from quotecraft.text import InputText, read_inputs


class OneSentence:
    """A tokenizer that finds one sentence of space-separated words."""

    name = "one-sentence"

    def tokenize(self, text):
        tokens = tuple(Token(Span(*m.span())) for m in re.finditer(r"\S+", text))
        if not tokens:
            return ()
        return (Sentence(Span(tokens[0].span.start, tokens[-1].span.end), tokens),)


class EveryMark:
    """A detector that calls each pair of straight marks a quotation, less sure of each next one."""

    name = "every-mark"

    def detect(self, text, sentences, quotations):
        if "boom" in text:
            raise RuntimeError("boom")
        return [
            Attribution(
                content=(Span(*m.span()),),
                kind="direct",
                content_confidence=0.9 - 0.3 * number,
                parent=number - 1 if number else None,
            )
            for number, m in enumerate(re.finditer(r'"[^"]+"', text))
        ]


class Same:
    """A resolver that gives everything to one speaker and knows of another who is silent."""

    name = "same"

    def resolve(self, text, sentences, attributions):
        speakers = (Speaker(SpeakerId("s1"), "Ana"), Speaker(SpeakerId("s2"), "Silent"))
        link = ResolvedLink(speaker=SpeakerId("s1"), confidence=0.5, evidence=("alternation",))
        return Resolution(speakers, tuple(link for _ in attributions))


@pytest.fixture
def pipe():
    return Pipeline(OneSentence(), EveryMark(), Same(), name="test-1")


def test_document_carries_text_id_metadata_and_model(pipe):
    """The document keeps the text exactly, with the id and metadata given and the model's name."""
    document = pipe('A "b"\r\n', id="x.txt", metadata={"outlet": "Z"})
    assert (
        document.text,
        document.id,
        document.metadata,
        document.model,
    ) == ('A "b"\r\n', "x.txt", {"outlet": "Z"}, "test-1")


def test_quotes_are_numbered_and_linked(pipe):
    """Quotes get ids in text order, and a parent's index becomes its id."""
    document = pipe('"a" "b"')
    assert [(q.id, q.parent) for q in document.quotes] == [("q1", None), ("q2", "q1")]


def test_only_speakers_that_speak_are_kept(pipe):
    """A speaker whom no quotation names is not listed."""
    assert [s.name for s in pipe('"a"').speakers] == ["Ana"]


def test_unsure_quotations_are_left_out():
    """Below min_confidence a quotation goes, and its children move up to its parent."""
    pipe = Pipeline(OneSentence(), EveryMark(), Same(), min_confidence=0.5)
    document = pipe('"a" "b" "c"')
    assert [q.text for q in document.quotes] == ['"a"', '"b"']


def test_empty_text_gives_an_empty_document(pipe):
    """An empty text has no quotes and no speakers."""
    document = pipe("")
    assert (document.quotes, document.speakers) == ((), ())


def test_stream_keeps_order_and_names_texts(pipe):
    """Streaming gives a document a text, in order, naming the unnamed."""
    documents = list(pipe.stream(['"a"', InputText(id="own", text='"b"')]))
    assert [(d.id, d.text) for d in documents] == [("text-1", '"a"'), ("own", '"b"')]


def test_stream_goes_on_past_a_failure(pipe):
    """With on_error a failing text is reported and the rest still come out."""
    failed = []
    texts = ['"a"', "boom", '"b"']
    documents = list(pipe.stream(texts, on_error=lambda item, error: failed.append(item.id)))
    assert ([d.text for d in documents], failed) == (['"a"', '"b"'], ["text-2"])


def test_stream_raises_without_a_handler(pipe):
    """Without on_error a failure is raised, not hidden."""
    with pytest.raises(RuntimeError, match="boom"):
        list(pipe.stream(["boom"]))


def test_threads_may_share_a_pipeline(pipe):
    """The same texts give the same documents from many threads."""
    texts = [f'He said "{n}".' for n in range(50)]
    with ThreadPoolExecutor(4) as pool:
        assert [pipe(t) for t in texts] == list(pool.map(pipe, texts))


def test_nested_quotations_are_found_on_request() -> None:
    """With nested=True a quotation inside another is found and names it; without, none is."""
    text = "“The mayor promised that the mill would stay open,” Lee Orme said on Monday."
    assert [quote.parent for quote in load()(text).quotes] == [None]
    outer, inner = load(nested=True)(text).quotes
    assert (outer.parent, inner.parent) == (None, outer.id)
    assert inner.source_text == "The mayor"


def test_workers_give_the_same_documents_in_order() -> None:
    """Two processes give what one gives, sentences included; failures go to the handler."""
    pipe = load(min_confidence=0.3)
    texts = ["“We go,” Ana Ruiz said.", 7, "She said that it rained.", ""]
    items = [InputText(id=f"t{n}", text=text) for n, text in enumerate(texts)]
    failed: list[str] = []
    by_workers = [
        list(pipe.stream(items, workers=workers, on_error=lambda item, _: failed.append(item.id)))
        for workers in (1, 2)
    ]
    assert by_workers[0] == by_workers[1]
    assert [d.sentences for d in by_workers[0]] == [d.sentences for d in by_workers[1]]
    assert ([d.id for d in by_workers[0]], failed) == (["t0", "t2", "t3"], ["t1", "t1"])


def test_a_pipeline_without_a_maker_stays_in_its_process(pipe) -> None:
    """A pipeline that nobody says how to make again is refused more workers, with the remedy."""
    with pytest.raises(InputError, match="maker"):
        list(pipe.stream(["a"], workers=2))


def test_a_maker_of_another_pipeline_is_refused() -> None:
    """A worker whose pipeline has another name than this one gives no documents."""
    other = evolve(load(), maker=load().maker, name="changed-1")
    with pytest.raises(InputError, match="changed-1"):
        list(other.stream(["a"], workers=2))


def test_threads_share_the_shipped_model() -> None:
    """Four threads that use one pipeline at once get what one thread gets."""
    pipe = load()
    texts = [
        f"“We go {n},” Ana Ruiz said. She told Lee Orme that it rained {n}." for n in range(12)
    ]
    alone = [pipe(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(pipe, texts)) == alone


@pytest.mark.parametrize("wrong", [None, float("nan"), b"bytes", ["a text"]])
def test_what_is_no_text_is_refused_and_named(pipe, wrong):
    """Cells without a text, as data frames have them, are told as such; a stream goes on."""
    with pytest.raises(InputError, match=f"not {type(wrong).__name__}"):
        pipe(wrong)
    failed = []
    texts = ["one", wrong, "three"]
    read = list(pipe.stream(texts, on_error=lambda item, error: failed.append((item.id, error))))
    assert [document.id for document in read] == ["text-1", "text-3"]
    assert [(name, type(error)) for name, error in failed] == [("text-2", InputError)]


def test_one_text_is_no_stream_of_texts(pipe):
    """The letters of a string are not read as texts."""
    with pytest.raises(InputError, match="list of texts"):
        list(pipe.stream("one text"))


def test_a_stream_takes_what_read_inputs_gives(pipe, tmp_path):
    """Inputs that can't be read are told like those that fail, or raise their error."""
    (tmp_path / "a.txt").write_text('"Yes," she said.')
    paths = [str(tmp_path / "none.txt"), str(tmp_path / "a.txt")]
    failed = []
    read = list(
        pipe.stream(read_inputs(paths), on_error=lambda item, error: failed.append(item.id))
    )
    assert [len(document.quotes) for document in read] == [1]
    assert failed == [paths[0]]
    with pytest.raises(InputError, match="does not exist"):
        list(pipe.stream(read_inputs(paths)))


def test_a_pipeline_shows_its_parts_by_name():
    """No address of an object in memory stands in what a prompt shows."""
    shown = repr(load())
    assert "RuleResolver('speaker-rules" in shown
    assert "CombinedDetector('tagger" in shown
    assert " at 0x" not in shown
