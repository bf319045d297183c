"""Documents, quotes and speakers as HTML: in notebooks and as stand-alone pages.

No script, no external resource; everything from the document is escaped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from quotecraft.display.article import ArticleWriter
from quotecraft.display.clean import escape, shorten
from quotecraft.display.layout import Paragraph, lay_out, marks_of, paragraphs
from quotecraft.display.parts import (
    Page,
    key,
    quote_figure,
    speaker_figure,
    table,
    voices,
)
from quotecraft.display.style import page_style, style_sheet
from quotecraft.display.summary import overview
from quotecraft.errors import InputError
from quotecraft.model import Document, Quote, Speaker
from quotecraft.model.fields import amount

__all__ = ["NOTEBOOK_CHARACTERS", "NOTEBOOK_QUOTES", "render_html", "to_html"]

NOTEBOOK_QUOTES = 200
"""How many quotations of a document a notebook shows."""

NOTEBOOK_CHARACTERS = 100_000
"""How much of a document's text a notebook shows, in code points."""

MAX_FIELD = 300  # code points of a title or another metadata field

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # the shape of a BCP 47 tag
_WEB_ADDRESS = re.compile(r"https?://\S{1,2000}", re.IGNORECASE)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def _prefix(value: str, salt: str) -> str:
    """Return a start for element ids that depends only on what is shown."""
    data = f"{salt}\0{value}".encode("utf-8", "surrogatepass")
    return f"qc{hashlib.sha256(data).hexdigest()[:8]}"


def _field(document: Document, name: str) -> str:
    value = document.metadata.get(name)
    if value is None:
        return ""
    parts = value if isinstance(value, (list, tuple)) else [value]
    return shorten(", ".join(str(part)[: 4 * MAX_FIELD] for part in parts[:20]), MAX_FIELD)


def _name(document: Document) -> str:
    return _field(document, "title") or shorten(document.id, MAX_FIELD) or "Untitled"


def _head(page: Page, heading: str) -> str:
    document, view = page.document, page.overview
    known = [voice for voice in view.voices if voice.speaker is not None and voice.quotes]
    unknown = sum(voice.quotes for voice in view.voices if voice.speaker is None)
    part = 100 * view.quoted / view.words if view.words else 0
    facts = [
        (len(document.quotes), "quotation", ""),
        (len(known), "speaker", ""),
        (unknown, "quotation", " with an unknown speaker"),
    ]
    items = "".join(
        f"<li><b>{number:,}</b> {noun if number == 1 else noun + 's'}{rest}</li>"
        for number, noun, rest in facts
        if number or not rest
    )
    kicker = " · ".join(filter(None, (_field(document, "outlet"), _field(document, "date"))))
    title = _name(document)
    author, url = _field(document, "author"), str(document.metadata.get("url") or "").strip()
    byline = f"By {escape(author)}" if author else ""
    if _WEB_ADDRESS.fullmatch(url):
        link = f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(shorten(url, 80))}</a>'
        byline = f"{byline} · {link}" if byline else link
    return (
        '<header class="qc-head">'
        + (f'<p class="qc-kicker" dir="auto">{escape(kicker)}</p>' if kicker else "")
        + f'<{heading} class="qc-title" dir="auto">{escape(title)}</{heading}>'
        + (f'<p class="qc-byline" dir="auto">{byline}</p>' if byline else "")
        + f'<ul class="qc-facts">{items}<li><b>{part:.0f}\N{NO-BREAK SPACE}%</b> of the words are '
        "quoted</li></ul></header>"
    )


def _note(document: Document, quotes: int, end: int) -> str:
    if quotes == len(document.quotes) and end >= len(document.text):
        return ""
    return (
        f'<p class="qc-note">Shown here: the first {quotes:,} of '
        f"{amount(len(document.quotes), 'quotation')} and the first {end:,} of "
        f"{amount(len(document.text), 'character')}. The counts are those of the whole document; "
        "<code>quotecraft.display.to_html(document)</code> writes all of it.</p>"
    )


def _within(places: Iterable[Paragraph], end: int) -> Iterator[Paragraph]:
    for place in takewhile(lambda p: p.start < end, places):
        yield Paragraph(place.start, min(place.end, end), place.verse)


def _document(document: Document, prefix: str, *, heading: str, classes: str, limited: bool) -> str:
    """Return one document; ``limited`` to what a notebook can carry, and then it says so."""
    places: Iterable[Paragraph] = paragraphs(document.text)
    end, shown = len(document.text), len(document.quotes)
    if limited:
        end = min(end, NOTEBOOK_CHARACTERS)
        if shown > NOTEBOOK_QUOTES:
            end = min(end, document.quotes[NOTEBOOK_QUOTES].content[0].start)
        inside = takewhile(lambda q: q.content[0].start < end, document.quotes[:NOTEBOOK_QUOTES])
        shown = sum(1 for _ in inside)
        places = _within(places, end)
    page = Page(document, overview(document), prefix, shown)
    marks = [mark for mark in marks_of(document.quotes[:shown]) if mark.start < end]
    article = ArticleWriter(page).write(lay_out(tuple(places), marks))
    language = str(document.metadata.get("language") or "")
    lang = f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""
    legend = key() if document.quotes else '<p class="qc-none">No quotation was found.</p>'
    model = f"Found by {escape(shorten(document.model, 120))}. " if document.model else ""
    return (
        f'<div class="qc-doc {classes}">{_head(page, heading)}{_note(document, shown, end)}{legend}'
        f'<div class="qc-main"><article class="qc-text"{lang}>\n{article}</article>'
        f'<aside class="qc-side"><div class="qc-stick">{voices(page)}</div></aside></div>\n'
        f"{table(page)}"
        f'<p class="qc-foot">{model}Hover over a quotation, tap it or move to it with the Tab key '
        "to see its details. A “?” marks an uncertain quotation or speaker.</p></div>"
    )


def render_html(value: object) -> str:
    """Return what a notebook shows for a ``Document``, ``Quote``, ``Speaker`` or ``Table``.

    Of a long document it shows the first ``NOTEBOOK_QUOTES`` quotations or the first
    ``NOTEBOOK_CHARACTERS`` of text, whichever ends sooner, and says so; the counts are those of the
    whole document.

    Raises:
        InputError: If ``value`` is of another type.
        InvalidModelError: If a quote belongs to no document.
    """
    if isinstance(value, Document):
        prefix = _prefix(value.text, value.id)
        style = style_sheet(len(value.speakers))
        body = _document(value, prefix, heading="p", classes="qc-cell", limited=True)
    elif isinstance(value, (Quote, Speaker)):
        style = style_sheet(1)
        inner = quote_figure(value) if isinstance(value, Quote) else speaker_figure(value)
        body = f'<div class="qc-doc qc-cell">{inner}</div>'
    else:
        return _analysis(value)
    return f"<style>\n{style}\n</style>\n{body}"


def _analysis(value: object) -> str:
    from quotecraft.analysis.table import Table  # brings the analyses, which few pages need
    from quotecraft.display.tables import NOTEBOOK_ROWS, table_html

    if isinstance(value, Table):
        return table_html(value, rows=NOTEBOOK_ROWS)
    raise InputError(
        f"can't show a {type(value).__name__}: give a Document, a Quote, a Speaker or a Table"
    )


def to_html(
    document_or_documents: Document | Iterable[Document], *, title: str | None = None
) -> str:
    """Return a stand-alone HTML page that shows one document or several, whole.

    Args:
        document_or_documents: What to show.
        title: Title of the page; by default the document's title or id.
    """
    documents = (
        [document_or_documents]
        if isinstance(document_or_documents, Document)
        else list(document_or_documents)
    )
    names = [_name(document) for document in documents]
    if not title:
        several = f"Who said what in {amount(len(documents), 'document')}"
        title = names[0] if len(names) == 1 else several
    prefixes = [_prefix(d.text, f"{number} {d.id}") for number, d in enumerate(documents)]
    heading = "h1" if len(documents) == 1 else "h2"
    sections = "".join(
        f'<section id="{prefix}">'
        + _document(document, prefix, heading=heading, classes="qc-page", limited=False)
        + "</section>\n"
        for document, prefix in zip(documents, prefixes, strict=True)
    )
    speakers = max((len(document.speakers) for document in documents), default=0)
    contents = "" if len(documents) == 1 else _contents(title, names, prefixes)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="generator" content="quotecraft">\n<title>{escape(shorten(title, MAX_FIELD))}'
        f"</title>\n<style>\n{style_sheet(speakers)}\n{page_style()}\n</style>\n</head>\n<body>\n"
        f"{contents}{sections}</body>\n</html>\n"
    )


def _contents(title: str, names: list[str], prefixes: list[str]) -> str:
    items = "".join(
        f'<li dir="auto"><a href="#{prefix}">{escape(name)}</a></li>'
        for name, prefix in zip(names, prefixes, strict=True)
    )
    return (
        '<div class="qc-doc qc-page"><h1 class="qc-title" dir="auto">'
        f'{escape(shorten(title, MAX_FIELD))}</h1><ol class="qc-contents">{items}</ol></div>\n'
    )
