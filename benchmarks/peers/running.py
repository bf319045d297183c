"""Runs the peers over texts, and makes documents of what they find."""

from __future__ import annotations

import json
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from attrs import field, frozen

from benchmarks.peers.environment import environment
from quotecraft.evaluate import kinds_of
from quotecraft.model import Document, Quote, QuoteId, Span, Speaker, SpeakerId
from quotecraft.text.pairing import pair_marks
from quotecraft.text.paragraphs import paragraphs

__all__ = ["PEERS", "Peer", "Run", "answers_of", "document_of", "run_peer"]

WORD = re.compile(r"\w+(?:['’]\w+)*")
WORKER = Path(__file__).with_name("worker.py")


@frozen
class Peer:
    """A tool in one way of using it.

    Attributes:
        name: What the table calls it.
        note: What a reader of the table has to know.
        inside: Whether it runs in our own environment.
    """

    name: str
    note: str
    inside: bool = False


PEERS = {
    peer.name: peer
    for peer in (
        Peer("marks", "every stretch between quotation marks, nothing else", inside=True),
        Peer("marks-3", "the same, of three words or more", inside=True),
        Peer("textacy", "textacy.extract.direct_quotations, on whole documents"),
        Peer("textacy-paragraphs", "the same, a paragraph at a time: fewer of its calls raise"),
        Peer(
            "sayswho",
            "its quote finder; its speakers need a coreference model that PyPI does not have",
        ),
        Peer("sayswho-prepared", "the same without the blank lines and `` marks it raises on"),
    )
}


@frozen
class Run:
    """What a tool gave for the documents.

    Attributes:
        documents: A prediction for every document, an empty one where the tool gave nothing.
        calls: How often the tool was called.
        errors: The message of every call that raised, with the document's id before it.
        seconds: CPU time of the calls, without loading; 0 when not measured.
    """

    documents: tuple[Document, ...]
    calls: int = 0
    errors: tuple[str, ...] = field(default=(), repr=False)
    seconds: float = 0.0


def run_peer(name: str, texts: Mapping[str, str], cache: Path | None = None) -> Run:
    """Run one of ``PEERS`` over texts.

    A call that raises is counted and finds nothing; so is a document that the tool died on, and
    every document after it.

    Args:
        name: Name of the peer.
        texts: The texts by document id.
        cache: Where the peers' environment is kept; by default the user's cache folder.

    Raises:
        InputError: If the peers' environment can't be made.
        KeyError: If there is no such peer.
    """
    if PEERS[name].inside:
        return _timed(name, texts, partial(_marks, least=3 if name == "marks-3" else 1))
    command = [str(environment(cache)), "-u", str(WORKER), name]
    return _collect(name, texts, answers_of(command, texts))


def answers_of(command: Sequence[str], texts: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    """Send every text to a worker and yield its answers, until it ends or dies.

    Args:
        command: What starts the worker.
        texts: The texts by document id.
    """
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    lines = [json.dumps(_request(key, text)) + "\n" for key, text in texts.items()]
    feeder = threading.Thread(target=_feed, args=(process, lines), daemon=True)
    feeder.start()
    assert process.stdout is not None
    with process.stdout as answers:
        for line in answers:
            yield json.loads(line)
    process.wait()
    feeder.join()


def _request(key: str, text: str) -> dict[str, Any]:
    places = [[span.start, span.end] for span in paragraphs(text)]
    return {"id": key, "text": text, "paragraphs": places}


def _feed(process: subprocess.Popen[str], lines: Iterable[str]) -> None:
    assert process.stdin is not None
    try:
        with process.stdin as stdin:
            for line in lines:
                stdin.write(line)
    except BrokenPipeError:
        pass  # the worker died: the documents without an answer are counted


def _collect(name: str, texts: Mapping[str, str], answers: Iterable[dict[str, Any]]) -> Run:
    model, calls, seconds = name, 0, 0.0
    errors: list[str] = []
    found: dict[str, list[dict[str, Any]]] = {}
    for answer in answers:
        if "model" in answer:
            model = answer["model"]
            continue
        key = answer["id"]
        found[key] = answer["quotes"]
        calls += answer["calls"]
        seconds += answer["seconds"]
        errors += [f"{key}: {error}" for error in answer["errors"]]
    lost = [key for key in texts if key not in found]
    errors += [f"{key}: the tool ended without an answer" for key in lost]
    documents = tuple(
        document_of(key, text, found.get(key, ()), f"{model} [{name}]")
        for key, text in texts.items()
    )
    return Run(documents, calls + len(lost), tuple(errors), seconds)


def document_of(
    key: str, text: str, found: Iterable[Mapping[str, list[list[int]]]], model: str
) -> Document:
    """Return a document of the quotes that a tool found.

    A cue or source span that overlaps the content is left out; the speaker is named by the words of
    the source, the same words being the same speaker, since none of the tools resolves them here.

    Args:
        key: Id of the document.
        text: Its text.
        found: ``content``, ``cue`` and ``source`` of each quote, as [start, end) pairs.
        model: Name and version of the tool.
    """
    kept = sorted((q for q in found if q["content"]), key=lambda q: q["content"][0])
    contents = [[Span(*span) for span in quote["content"]] for quote in kept]
    kinds = kinds_of(text, contents)
    quotes: list[Quote] = []
    for number, (quote, content, kind) in enumerate(zip(kept, contents, kinds, strict=True), 1):
        source = _free(quote.get("source", ()), content)
        cue = _free(quote.get("cue", ()), [*content, *source])
        name = " ".join(" ".join(span.of(text) for span in source).split())
        speaker = SpeakerId(name) if name else None
        quotes.append(
            Quote(QuoteId(f"q{number}"), kind, content, cue=cue, source=source, speaker=speaker)
        )
    named = dict.fromkeys(quote.speaker for quote in quotes if quote.speaker is not None)
    speakers = tuple(Speaker(key, str(key)) for key in named)
    return Document(key, text, quotes=tuple(quotes), speakers=speakers, model=model)


def _free(spans: Iterable[Sequence[int]], taken: Sequence[Span]) -> list[Span]:
    made = sorted(Span(*span) for span in spans)
    return [span for span in made if not any(span.overlaps(other) for other in taken)]


def _timed(name: str, texts: Mapping[str, str], read: Callable[[str], list[dict[str, Any]]]) -> Run:
    start = time.process_time()
    found = {key: read(text) for key, text in texts.items()}
    seconds = time.process_time() - start
    documents = [document_of(key, texts[key], quotes, name) for key, quotes in found.items()]
    return Run(tuple(documents), len(texts), (), seconds)


def _marks(text: str, *, least: int) -> list[dict[str, Any]]:
    top = [quotation.spans for quotation in pair_marks(text) if quotation.parent is None]
    long = [s for s in top if sum(len(WORD.findall(span.of(text))) for span in s) >= least]
    return [{"content": [[span.start, span.end] for span in spans]} for spans in long]
