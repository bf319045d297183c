"""Shows documents, quotes and speakers: in notebooks, as HTML pages and in the terminal."""

from __future__ import annotations

from quotecraft.display.html import render_html, to_html
from quotecraft.display.terminal import to_terminal, to_text_table, wants_color

__all__ = ["render_html", "to_html", "to_terminal", "to_text_table", "wants_color"]
