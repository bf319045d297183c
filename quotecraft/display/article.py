"""The text of an article with its quotations, cues and sources marked."""

from __future__ import annotations

from collections.abc import Iterable

from quotecraft.display.clean import escape
from quotecraft.display.layout import Block, Close, Mark, Open, Role, Text, Unplaced
from quotecraft.display.parts import Page, card, classes_of, hue_class
from quotecraft.display.summary import Voice, is_uncertain
from quotecraft.model import Quote

__all__ = ["ArticleWriter"]

MAX_CARDS = 4
"""How many pieces of one quotation carry its card; further ones only its number."""


def _tag(mark: Mark, quote: Quote, voice: Voice) -> str:
    """Return the label before a piece of a quotation: its number and who speaks."""
    label = f"{mark.quote + 1} <bdi>{escape(voice.label)}</bdi>"
    if mark.part:
        label = f"… {mark.quote + 1}"
    elif is_uncertain(quote):
        label += "?"
    return f'<span class="qc-tag" dir="ltr">{label}</span>'


class ArticleWriter:
    """Writes the text of one document with its marks, event by event.

    Args:
        page: The document and how it is shown.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.out: list[str] = []
        self.ends: list[str] = []  # how each open mark ends
        self.links = 0  # open <a> elements: they can't nest

    def write(self, blocks: Iterable[Block]) -> str:
        """Return the paragraphs as HTML."""
        for block in blocks:
            verse = ' class="qc-verse"' if block.paragraph and block.paragraph.verse else ""
            self.out.append(f'<p dir="auto"{verse}>')
            for event in block.events:
                if isinstance(event, Text):
                    self.out.append(escape(self.page.document.text[event.start : event.end]))
                elif isinstance(event, Open):
                    self._open(event.mark, first=event.first)
                elif isinstance(event, Close):
                    self._close(event.mark, last=event.last)
                else:
                    self._unplaced(event)
            self.out.append("</p>\n")
        return "".join(self.out)

    def _voice(self, mark: Mark) -> tuple[Quote, Voice]:
        quote = self.page.document.quotes[mark.quote]
        return quote, self.page.overview.voice(quote)

    def _open(self, mark: Mark, *, first: bool) -> None:
        quote, voice = self._voice(mark)
        hue = hue_class(voice)
        if mark.role is Role.CONTENT:
            self.out.append(self._content(mark, quote, voice, first=first))
            self.ends.append("</mark>")
        elif mark.role is Role.GAP:
            self.out.append(f'<span class="qc-join {hue}">')
            self.ends.append("</span>")
        else:
            role = "cue" if mark.role is Role.CUE else "source"
            label = f"{role} of quotation {mark.quote + 1}"
            tag = "span" if self.links else "a"
            target = "" if self.links else f' href="#{self.page.quote_id(mark.quote + 1)}"'
            self.out.append(f'<{tag} class="qc-{role} {hue}"{target} title="{label}">')
            self.ends.append(f"</{tag}>")
        self.links += self.ends[-1] == "</a>"

    def _content(self, mark: Mark, quote: Quote, voice: Voice, *, first: bool) -> str:
        number = mark.quote + 1
        identity = ""
        if first and mark.part == 0:
            identity = (
                f' id="{self.page.quote_id(number)}" aria-describedby="{self._card_id(number)}"'
            )
        start = f'<mark class="qc-q {hue_class(voice)} {classes_of(quote)}"{identity} tabindex="0">'
        return start + _tag(mark, quote, voice) if first else start

    def _card_id(self, number: int) -> str:
        return f"{self.page.prefix}-c{number}"

    def _close(self, mark: Mark, *, last: bool) -> None:
        if mark.role is Role.CONTENT and last:
            self._card(mark)
        end = self.ends.pop()
        self.links -= end == "</a>"
        self.out.append(end)

    def _card(self, mark: Mark) -> None:
        if mark.part < MAX_CARDS and not self.links:
            quote, number = self._voice(mark)[0], mark.quote + 1
            identity = self._card_id(number) if mark.part == 0 else None
            self.out.append(card(self.page, quote, number, identity))

    def _unplaced(self, event: Unplaced) -> None:
        """Keep a mark that can't be drawn reachable: its place, its speaker and its card."""
        mark = event.mark
        if mark.role is Role.CONTENT:
            quote, voice = self._voice(mark)
            self.out.append(self._content(mark, quote, voice, first=True))
            self._card(mark)
            self.out.append("</mark>")
