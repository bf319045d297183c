"""Headings and headlines in news that quote what the text quotes again, and tells who says it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from quotecraft.model import Span
from quotecraft.speakers.links import Links
from quotecraft.speakers.units import Unit

__all__ = ["link_echoes"]

_SHORTEST = 3  # words of a heading that tell what it quotes
_PLACES = 4  # places of the same three words that are looked at
_SURE = 0.5  # least probability of the speaker who says it in the text

Opening = tuple[str, ...]  # the first words of a stretch


def link_echoes(links: Links) -> None:
    """Give a quotation that nothing signals the speaker of the one that holds the same words.

    A heading "A small family business" is said by who says in the text "It became a small family
    business".

    Args:
        links: The document's links, all made.
    """
    lone = [unit for unit in links.units if _is_lone(links, unit)]
    if not lone:
        return
    said = _openings(links)
    for unit in lone:
        model = _repeated(links, unit, said)
        if model is not None:
            links.link(unit, model.speaker, "floating", "continuation", model.confidence)


def _is_lone(links: Links, unit: Unit) -> bool:
    """Say whether nothing signals who says a quotation of some words."""
    silent = unit.speaker is None and unit.source is None and not unit.cued and unit.outer is None
    return silent and unit.direct and not unit.layout and len(_inside(links, unit)) >= _SHORTEST


def _inside(links: Links, unit: Unit) -> range:
    return links.index.words.within(Span(unit.start, unit.end))


def _openings(links: Links) -> dict[Opening, list[tuple[Unit, int]]]:
    """Return where each three words stand in quotations with a speaker."""
    found: dict[Opening, list[tuple[Unit, int]]] = defaultdict(list)
    words = links.index.words.lower
    for unit in links.units:
        if not unit.direct or unit.speaker is None or unit.confidence < _SURE or unit.outer:
            continue
        inside = _inside(links, unit)
        for place in range(inside.start, inside.stop - _SHORTEST + 1):
            near = found[tuple(words[place : place + _SHORTEST])]
            if len(near) < _PLACES:
                near.append((unit, inside.stop - place))
    return found


def _repeated(links: Links, unit: Unit, said: dict[Opening, list[tuple[Unit, int]]]) -> Unit | None:
    """Return the quotation that holds all words of another one."""
    words = links.index.words
    own: Sequence[str] = [words.lower[place] for place in _inside(links, unit)]
    for model, left in said.get(tuple(own[:_SHORTEST]), ()):
        start = _inside(links, model).stop - left
        if len(own) <= left and words.lower[start : start + len(own)] == own:
            return model
    return None
