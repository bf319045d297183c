"""Documents as text for the terminal: wrapped, labelled by speaker, readable without colour."""

from __future__ import annotations

import os
from typing import TextIO

from quotecraft.display.clean import excerpt, shorten, terminal_text
from quotecraft.display.layout import Block, Close, Mark, Open, Role, Text, lay_out, marks_of
from quotecraft.display.layout import paragraphs as paragraphs_of
from quotecraft.display.summary import (
    Overview,
    Voice,
    full_name,
    is_uncertain,
    overview,
)
from quotecraft.display.wrap import PLAIN, Style, Wrapper, display_width, fit
from quotecraft.model import Document, Level, Quote, SpeakerKind

__all__ = ["to_terminal", "to_text_table", "wants_color"]

MIN_WIDTH = 20
"""The narrowest page, in columns, that is laid out; a smaller width is taken as this one."""

COLORS = ("cyan", "magenta", "green", "yellow", "blue", "red")
"""Given to speakers by rank, and then again: every terminal's theme has them."""

MAX_TITLE = 300  # code points
MAX_CUE = 40  # code points
MAX_BAR = 20  # columns
MIN_CONTENT = 12  # columns left for the content in a line of the table of quotations


def wants_color(stream: TextIO) -> bool:
    """Say whether to write ANSI colours to ``stream``.

    Only to a terminal, not to one called "dumb", and not when the environment variable
    ``NO_COLOR`` (https://no-color.org) is set and not empty.
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def _style(voice: Voice) -> Style:
    if voice.speaker is None:
        return Style(dim=True)
    return Style(fg=COLORS[voice.rank % len(COLORS)])


class _ArticleWriter:
    """Writes the text of one document, each quotation in brackets after its speaker's name."""

    def __init__(self, document: Document, view: Overview, wrapper: Wrapper) -> None:
        self.document = document
        self.view = view
        self.wrapper = wrapper
        self.stack: list[Mark] = []

    def write(self, block: Block) -> None:
        verse = block.paragraph is not None and block.paragraph.verse
        for event in block.events:
            if isinstance(event, Text):
                self._text(self.document.text[event.start : event.end], verse=verse)
            elif isinstance(event, Open):
                self.stack.append(event.mark)
                self._begin(event.mark, first=event.first)
            elif isinstance(event, Close):
                self.stack.pop()
                self._end(event.mark)
            else:
                self._begin(event.mark, first=True)
                self._end(event.mark)
        self.wrapper.blank()

    def _text(self, text: str, *, verse: bool) -> None:
        style = self._current()
        first, *others = terminal_text(text).split("\n") if verse else [terminal_text(text)]
        self.wrapper.add(first, style)
        for line in others:
            self.wrapper.end_line()
            self.wrapper.add(line, style)

    def _current(self) -> Style:
        mark = next((m for m in reversed(self.stack) if m.role is not Role.GAP), None)
        if mark is None:
            return PLAIN
        style = self._voice_style(mark)
        if mark.role is Role.CONTENT:
            return style
        is_cue = mark.role is Role.CUE
        return Style(fg=style.fg, dim=style.dim, italic=is_cue, bold=not is_cue and not style.dim)

    def _voice_style(self, mark: Mark) -> Style:
        return _style(self.view.voice(self.document.quotes[mark.quote]))

    def _begin(self, mark: Mark, *, first: bool) -> None:
        if mark.role is not Role.CONTENT:
            return
        quote = self.document.quotes[mark.quote]
        style = self._voice_style(mark)
        goes_on = "" if first and mark.part == 0 else "… "
        thought = " (thought)" if quote.level is Level.THOUGHT else ""
        doubt = "?" if is_uncertain(quote) else ""
        name = terminal_text(self.view.voice(quote).label)
        self.wrapper.add("[", style)
        self.wrapper.add(
            f"{goes_on}{name}{doubt}{thought}:", Style(fg=style.fg, bold=True, dim=style.dim)
        )
        self.wrapper.add(" ", style)

    def _end(self, mark: Mark) -> None:
        if mark.role is Role.CONTENT:
            self.wrapper.add("]", self._voice_style(mark))


def _summary(view: Overview, wrapper: Wrapper) -> None:
    """Write who said how much: name, quotations, words, share of all quoted words."""
    voices = [voice for voice in view.voices if voice.quotes]
    if not voices:
        wrapper.add("No quotation was found.")
        wrapper.end_line()
        return
    roomy = wrapper.width >= 44
    heads = ("Quotations", "Words", "Share") if roomy else ("Words",)
    fixed = sum(len(head) + 2 for head in heads)
    names = [terminal_text(_described(voice)) for voice in voices]
    longest = max(display_width(name) for name in (*names, "Speaker"))
    name_width = min(longest, wrapper.width - fixed)
    bar_width = min(MAX_BAR, wrapper.width - fixed - name_width - 2) if roomy else 0
    lines = [_padded("Speaker", name_width) + "".join(f"  {head}" for head in heads)]
    styles = [Style(bold=True)]
    largest = max(voice.share for voice in voices) or 1.0
    for voice, name in zip(voices, names, strict=True):
        cells = (f"{voice.quotes:,}", f"{voice.words:,}", f"{100 * voice.share:.0f} %")
        shown = cells if roomy else cells[1:2]
        line = _padded(fit(name, name_width), name_width)
        line += "".join(f"  {cell:>{len(h)}}" for cell, h in zip(shown, heads, strict=True))
        if bar_width > 0:
            line += "  " + "█" * round(bar_width * voice.share / largest)
        lines.append(line.rstrip())
        styles.append(_style(voice))
    for line, style in zip(lines, styles, strict=True):
        shown_line = fit(line, wrapper.width)
        wrapper.lines.append(style.paint(shown_line) if wrapper.color else shown_line)


def _described(voice: Voice) -> str:
    speaker = voice.speaker
    if speaker is None or speaker.kind in (SpeakerKind.UNKNOWN, SpeakerKind.PERSON):
        return voice.name
    return f"{voice.name} ({speaker.kind.value})"


def _padded(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def to_terminal(document: Document, *, width: int = 88, color: bool = False) -> str:
    """Return a document for the terminal, without a line break at its end.

    Each quotation stands in brackets after its speaker's name, ``[Ruiz: “We are ready.”]``; a part
    that goes on after an interruption has "…" before the name, an uncertain one "?" after it. A
    table of who said how much follows. Colours repeat what the brackets say.

    Args:
        document: What to show.
        width: Columns of the page; at least ``MIN_WIDTH`` are used.
        color: Whether to write ANSI codes; see ``wants_color``.
    """
    view = overview(document)
    wrapper = Wrapper(max(width, MIN_WIDTH), color=color)
    title = shorten(str(document.metadata.get("title") or ""), MAX_TITLE)
    wrapper.add(terminal_text(title or shorten(document.id, MAX_TITLE)), Style(bold=True))
    wrapper.blank()
    writer = _ArticleWriter(document, view, wrapper)
    for block in lay_out(paragraphs_of(document.text), marks_of(document.quotes)):
        writer.write(block)
    _summary(view, wrapper)
    return "\n".join(wrapper.lines)


def _kind(quote: Quote) -> str:
    return f"{quote.kind.value} thought" if quote.level is Level.THOUGHT else quote.kind.value


def to_text_table(document: Document, *, width: int = 100) -> str:
    """Return who said what, one quotation a line: ``speaker — kind — cue — content``.

    Quotation marks round the content are those of the text; none are added to indirect speech. The
    content is shortened with "…" to fit.

    Args:
        document: Whose quotations to list.
        width: Columns of a line; at least ``MIN_WIDTH`` are used.
    """
    width = max(width, MIN_WIDTH)
    names = {speaker.id: full_name(speaker) for speaker in document.speakers}
    lines: list[str] = []
    for quote in document.quotes:
        name = full_name(None) if quote.speaker is None else names[quote.speaker]
        cue = excerpt(document.text, quote.cue, MAX_CUE) or "no cue"
        doubt = "?" if is_uncertain(quote) else ""
        head = f"{name}{doubt} — {_kind(quote)} — {cue} — "
        content = excerpt(document.text, quote.content, width)
        content = fit(content, max(MIN_CONTENT, width - display_width(head)))
        lines.append(fit(terminal_text(head + content), width))
    return "\n".join(lines) or "No quotation was found."
