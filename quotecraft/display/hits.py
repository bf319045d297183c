"""What a search found, as text for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from quotecraft.display.clean import terminal_text
from quotecraft.display.wrap import PLAIN, Style
from quotecraft.store import Hit

__all__ = ["hits_to_text"]

_NAME, _MATCH, _PLACE = Style(bold=True), Style(fg="yellow", bold=True), Style(dim=True)
_SNIPPET = 300  # code points


def hits_to_text(hits: Iterable[Hit], *, color: bool = False) -> str:
    """Return hits as text: who and how, the words, and where they stand.

    Args:
        hits: What ``Store.search`` gave.
        color: Use ANSI colours; without them the words searched stand between ``[`` and ``]``.
    """
    return "\n".join(_hit(hit, color) for hit in hits)


def _hit(hit: Hit, color: bool) -> str:
    quote = hit.quote
    name = hit.speaker.name if hit.speaker else hit.quote.source_text or "(unknown)"
    facts = [quote.cue_text or "no cue", quote.kind.value, f"{quote.confidence.content:.0%}"]
    metadata = [str(hit.metadata[key]) for key in ("outlet", "date") if hit.metadata.get(key)]
    start, end = quote.content[0].start, quote.content[-1].end
    place = " · ".join([f"{hit.document}:{start}-{end}", *metadata])
    return "\n".join(
        (
            f"{_shown(name, _NAME, color)} · {_flat(' · '.join(facts))}",
            f"  {_marked(hit, color)}",
            f"  {_shown(place, _PLACE, color)}",
            "",
        )
    )


def _marked(hit: Hit, color: bool) -> str:
    snippet = hit.snippet(_SNIPPET)
    pieces, done = [], 0
    for match in snippet.matches or ():
        found = match.of(snippet.text)
        pieces.append(_flat(snippet.text[done : match.start]))
        pieces.append(_shown(found, _MATCH, color) if color else f"[{_flat(found)}]")
        done = match.end
    return "".join((*pieces, _flat(snippet.text[done:])))


def _shown(text: str, style: Style, color: bool) -> str:
    return (style if color else PLAIN).paint(_flat(text))


def _flat(text: str) -> str:
    """Return a text on one line, safe for a terminal."""
    return terminal_text(text).replace("\n", " ").replace("\t", " ")
