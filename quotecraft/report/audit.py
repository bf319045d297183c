"""Puts the report's page together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from importlib import import_module, resources

from quotecraft import __version__
from quotecraft.analysis import Collection, PersonLike, collect
from quotecraft.analysis.collection import Nesting
from quotecraft.display.clean import escape, shorten
from quotecraft.errors import InputError, MissingExtraError
from quotecraft.model import Document, documents_of
from quotecraft.plots import DARK, LIGHT
from quotecraft.report import manner, voices
from quotecraft.report.blocks import Section, count, percent, plain
from quotecraft.report.colours import colour_rules

__all__ = ["check_installed", "report_html"]

_LIBRARIES = ("altair", "networkx", "scipy", "vl_convert")  # of the extra

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_MAX_TITLE = 160


def check_installed() -> None:
    """See that everything that a report needs is there, before texts are read for one.

    Raises:
        MissingExtraError: If the extra ``report`` is not installed.
    """
    for library in _LIBRARIES:
        try:
            import_module(library)
        except ImportError as error:
            raise MissingExtraError("a report", "report") from error


def report_html(
    documents: Document | Iterable[Document],
    *,
    people: Mapping[tuple[str, str], PersonLike] | None = None,
    title: str | None = None,
    min_confidence: float = 0.0,
    nesting: Nesting = "outer",
) -> str:
    """Return the audit of a collection as a stand-alone HTML page.

    Args:
        documents: One document or many; speech alone is counted.
        people: Who is who across documents, such as ``quotecraft.store.link_people`` makes.
        title: Title of the page.
        min_confidence: Leave out quotations that were found with less than this probability.
        nesting: Whose a quotation inside a quotation is, as for ``analysis.collect``.

    Raises:
        InputError: If there are no documents, or it is given a path or text instead.
        MissingExtraError: If the extra ``report`` is not installed.
    """
    check_installed()
    models: Counter[str] = Counter()

    def seen() -> Iterable[Document]:
        for document in documents_of(documents):
            if document.model:
                models[document.model] += 1
            yield document

    collection = collect(seen(), people=people, min_confidence=min_confidence, nesting=nesting)
    if not collection.articles:
        raise InputError("there are no documents to report on: give at least one")
    return _page(collection, models, title or "Who is heard")


def _sections(collection: Collection, models: Counter[str]) -> list[Section]:
    read = voices.overview(collection, models)
    if not collection.utterances:
        return [read]
    maybe = (
        read,
        voices.heard(collection),
        voices.kinds(collection),
        voices.genders(collection),
        voices.diverse(collection),
        manner.manner(collection),
        manner.placed(collection),
        manner.over_time(collection),
        manner.compared(collection),
        manner.worded(collection),
        manner.tied(collection),
        _care(collection),
    )
    return [section for section in maybe if section is not None]


def _care(collection: Collection) -> Section:
    """Return what holds for the whole page."""
    lost = percent(voices.unattributed(collection))
    items = (
        "A computer read these articles. It misses quotations, finds some that are none, and takes "
        "some speakers for others; “quotecraft models info” tells how often, measured on articles "
        "that were labelled by hand. Read the passages behind any figure before publishing it: "
        "“quotecraft store search” finds them.",
        f"Of the quotations, {lost} have no known speaker. If they were those of one kind of "
        "speaker, every share on this page could be off by as much.",
        "The 95 % intervals tell how far figures would wander if other articles of the same sort "
        "had been read: articles are drawn, never single quotations. They do not cover the "
        "computer’s mistakes, nor a biased choice of articles.",
        "Speech alone is counted: what somebody is said to think, hope or plan is left out.",
        "A quotation inside a quotation is counted as the outer speaker’s."
        if collection.nesting == "outer"
        else "A quotation inside a quotation counts, and its words are the inner speaker’s.",
    )
    body = "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
    return Section("care", "Before you quote a figure", "", body=body)


def _style() -> str:
    css = resources.files("quotecraft.report").joinpath("report.css").read_text("utf-8")
    return f"{colour_rules(LIGHT, DARK)}\n{css}"


def _page(collection: Collection, models: Counter[str], title: str) -> str:
    sections = _sections(collection, models)
    name = plain(shorten(title, _MAX_TITLE))
    contents = "".join(f'<li><a href="#{s.id}">{escape(s.title)}</a></li>' for s in sections)
    figures = voices.headline(collection, models) if collection.utterances else ""
    size = (
        f"{count(len(collection.articles), 'article')}, "
        f"{count(len(collection.utterances), 'quotation')}"
    )
    body = "".join(section.html() for section in sections)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="generator" content="quotecraft {escape(__version__)}">\n'
        f"<title>{name}</title>\n<style>\n{_style()}\n</style>\n</head>\n<body>\n"
        f'<header><p class="kicker">Source audit · {size}</p><h1 dir="auto">{name}</h1>\n{figures}'
        f'</header>\n<nav aria-label="Contents"><ol>{contents}</ol></nav>\n<main>\n{body}</main>\n'
        f"<footer><p>Made by quotecraft {escape(__version__)} from the quotations alone; the same "
        "articles give the same page.</p></footer>\n</body>\n</html>\n"
    )
