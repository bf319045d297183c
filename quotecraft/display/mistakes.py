"""The page of mistakes: scores, confusions, calibration, and each mistake beside its text.

No script, no external resource; everything from the documents is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from attrs import frozen

from quotecraft.display.clean import escape, shorten
from quotecraft.display.mistake_card import card
from quotecraft.display.reliability import reliability_svg
from quotecraft.display.style import mistakes_style, page_style, style_sheet
from quotecraft.evaluate.breakdown import Confusion, Traits, bins_table, calibration_bins
from quotecraft.evaluate.mistakes import (
    Mistake,
    MistakeKind,
    Mistakes,
    write_mistakes,
)
from quotecraft.evaluate.report import Comparison, Report
from quotecraft.evaluate.tables import Table
from quotecraft.model.fields import amount

__all__ = ["MAX_CARDS", "mistakes_html", "write_page"]

MAX_CARDS = 2_000
"""How many mistakes the page shows; of more it shows an even sample. The JSON Lines have all."""

MAX_NAME = 160  # code points of a document's id
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_COLOURS = 3  # gold alone, predicted alone, both

EXPLAINED = {
    MistakeKind.MISSED: "missed",
    MistakeKind.EXTRA: "extra",
    MistakeKind.BOUNDARY: "other boundary",
    MistakeKind.SOURCE: "wrong source",
    MistakeKind.SPEAKER: "wrong speaker",
}


@frozen
class _Page:
    report: Report
    mistakes: Mistakes
    traits: Traits | None
    confusion: Confusion | None
    comparison: Comparison | None


def mistakes_html(
    report: Report,
    mistakes: Mistakes,
    *,
    traits: Traits | None = None,
    confusion: Confusion | None = None,
    comparison: Comparison | None = None,
) -> str:
    """Return a stand-alone HTML page of what a system gets wrong.

    Args:
        report: The scores.
        mistakes: The mistakes that were collected while scoring.
        traits: The field that scores are broken down by, if any.
        confusion: Which kinds were taken for which, if counted.
        comparison: The comparison with a baseline, if any.
    """
    page = _Page(report, mistakes, traits, confusion, comparison)
    title = f"Mistakes of {report.signature.model} on {report.signature.corpus}"
    body = "".join(_sections(page))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="generator" content="quotecraft">\n<title>{escape(shorten(title, 300))}'
        f"</title>\n<style>\n{style_sheet(_COLOURS)}\n{page_style()}\n{mistakes_style()}\n"
        f'{_filter_rules()}\n</style>\n</head>\n<body>\n<div class="qc-doc qc-page">\n'
        f"{_head(page, title)}{body}</div>\n</body>\n</html>\n"
    )


def write_page(
    target: str | Path,
    report: Report,
    mistakes: Mistakes,
    *,
    traits: Traits | None = None,
    confusion: Confusion | None = None,
    comparison: Comparison | None = None,
) -> list[Path]:
    """Write the page, all mistakes as JSON Lines, and each calibration's diagram as SVG.

    Args:
        target: A name that ends in ``.html``: the other files lie beside it and start with the same
            name. Any other: a folder, made when it does not exist, with ``index.html``.
        report: The scores; this and the rest as for ``mistakes_html``.
        mistakes: The mistakes.
        traits: The field that scores are broken down by, if any.
        confusion: Which kinds were taken for which, if counted.
        comparison: The comparison with a baseline, if any.

    Returns:
        The files, the page first.

    Raises:
        OSError: If a file can't be written.
    """
    page = Path(target)
    start = f"{page.stem}." if page.suffix.lower() == ".html" else ""
    if not start:
        page.mkdir(parents=True, exist_ok=True)
        page /= "index.html"
    html = mistakes_html(
        report, mistakes, traits=traits, confusion=confusion, comparison=comparison
    )
    texts = {page: html}
    for name, bins in calibration_bins(report).items():
        texts[page.with_name(f"{start}{name}.svg")] = reliability_svg(name, bins) + "\n"
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    lines = page.with_name(f"{start}mistakes.jsonl")
    write_mistakes(mistakes.found, lines)
    return [*texts, lines]


def _head(page: _Page, title: str) -> str:
    report = page.report
    facts = "".join(
        f"<li><b>{number:,}</b> {EXPLAINED[kind]}</li>"
        for kind, number in page.mistakes.counts().items()
        if number
    )
    return (
        f'<header class="qc-head"><h1 class="qc-title">{escape(shorten(title, 300))}</h1>'
        f'<ul class="qc-facts"><li><b>{len(report.document_ids):,}</b> documents</li>{facts}</ul>'
        f'<p class="qc-e-sign">{escape(report.signature)}</p></header>\n'
    )


def _sections(page: _Page) -> Iterator[str]:
    yield _section("Scores", _table(page.report.as_table()))
    if page.comparison is not None:
        told = f'<p class="qc-e-sign">baseline {escape(page.comparison.baseline)}</p>'
        yield _section("Compared with the baseline", _table(page.comparison.as_table()) + told)
    if page.traits is not None:
        table = page.traits.table(page.report)
        yield _section(f"By {escape(shorten(page.traits.field, 80))}", _table(table))
    if page.confusion is not None:
        yield _section("Kinds taken for one another", _table(page.confusion.table()))
    plots = calibration_bins(page.report)
    if plots:
        drawn = "".join(reliability_svg(name, bins) for name, bins in plots.items())
        tables = "".join(
            f'<details class="qc-e-more"><summary>Figures of {escape(name)}</summary>'
            f"{_table(bins_table(bins))}</details>"
            for name, bins in plots.items()
        )
        yield _section("Calibration", f'<div class="qc-e-plots">{drawn}</div>{tables}')
    yield _section("Mistakes", _mistakes(page))


def _section(title: str, inner: str) -> str:
    return f'<section><h2 class="qc-e-head">{title}</h2>\n{inner}</section>\n'


def _table(table: Table) -> str:
    def line(cells: Sequence[str], tag: str) -> str:
        made = []
        for n, cell in enumerate(cells):
            left = ' class="qc-e-left"' if n in table.left else ""
            name, scope = ("th", ' scope="row"') if n == 0 else ("td", "")
            if tag == "th":
                name, scope = "th", ' scope="col"'
            made.append(f"<{name}{scope}{left}>{escape(shorten(cell, 200))}</{name}>")
        return f"<tr>{''.join(made)}</tr>\n"

    rows = "".join(line(row, "td") for row in table.rows)
    return (
        '<div class="qc-e-wide"><table class="qc-e-table"><thead>'
        f"{line(table.header, 'th')}</thead>\n<tbody>\n{rows}</tbody></table></div>\n"
    )


def _mistakes(page: _Page) -> str:
    found = page.mistakes.found
    if not found:
        return '<p class="qc-none">No mistake was found.</p>'
    return _note(found) + _filter() + _key() + "".join(_documents(sample(found)))


def sample(found: Sequence[Mistake]) -> Sequence[Mistake]:
    """Return all mistakes, or ``MAX_CARDS`` of them that lie evenly over all documents."""
    if len(found) <= MAX_CARDS:
        return found
    return [found[n * len(found) // MAX_CARDS] for n in range(MAX_CARDS)]


def _note(found: Sequence[Mistake]) -> str:
    if len(found) <= MAX_CARDS:
        return ""
    return (
        f'<p class="qc-note">Shown here: {MAX_CARDS:,} of {len(found):,} mistakes, evenly over all '
        "documents. The file of JSON Lines beside this page has all.</p>"
    )


def _filter() -> str:
    boxes = "".join(
        f'<label><input type="checkbox" class="qc-e-show-{kind.value}" checked>'
        f"{EXPLAINED[kind]}</label>\n"
        for kind in MistakeKind
    )
    return f'<fieldset class="qc-e-filter"><legend>Show</legend>\n{boxes}</fieldset>\n'


def _filter_rules() -> str:
    """Let the boxes choose which cards are seen, without a script."""
    hidden = ".qc-doc .qc-e-card{display:none}"
    shown = ",".join(
        f".qc-doc:has(.qc-e-show-{kind.value}:checked) .qc-e-is-{kind.value}"
        for kind in MistakeKind
    )
    unfiltered = ".qc-doc .qc-e-filter{display:none}"
    rules = f"{hidden}\n{shown}{{display:block}}"
    return (
        f"@supports selector(:has(*)){{{rules}}}\n@supports not selector(:has(*)){{{unfiltered}}}"
    )


def _key() -> str:
    samples = (
        ("qc-e-mark qc-e-both qc-hue qc-s2", "gold and predicted content"),
        ("qc-e-mark qc-e-gold qc-hue qc-s0", "gold content alone"),
        ("qc-e-mark qc-e-predicted qc-hue qc-s1", "predicted content alone"),
        ("qc-e-link qc-e-both qc-hue qc-s2", "source"),
        ("qc-e-link qc-e-cue qc-e-both qc-hue qc-s2", "cue"),
    )
    items = "".join(f'<li><span class="{name}">{text}</span></li>' for name, text in samples)
    return f'<ul class="qc-key" aria-label="Key">{items}</ul>\n'


def _documents(found: Iterable[Mistake]) -> Iterator[str]:
    for document, group in groupby(found, key=lambda mistake: mistake.document):
        mistakes = list(group)
        told = [
            str(mistakes[0].metadata[name])
            for name in ("genre", "style")
            if mistakes[0].metadata.get(name)
        ]
        told.append(amount(len(mistakes), "mistake"))
        name = escape(shorten(document, MAX_NAME))
        yield (
            f'<h3 class="qc-e-doc"><bdi>{name}</bdi> · {escape(shorten(", ".join(told), 120))}'
            f"</h3>\n{''.join(card(mistake, EXPLAINED) for mistake in mistakes)}"
        )
