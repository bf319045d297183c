"""The cheapest reading of a text's quotation marks, found by beam search.

A reading is a stack of open quotations and the actions that led to it. Each mark either opens a
quotation, closes one, replaces one whose closing mark is missing, or is no quotation mark at all;
each costs what ``marks`` says of its place, plus what the costs below say of the stack.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrs import define, field, frozen

from quotecraft.model import Span
from quotecraft.text.marks import Family, Mark, scan_marks

__all__ = ["Opened", "read_marks"]

_WIDTH = 8  # readings kept
_MARGIN = 8.0  # dearer than the cheapest reading by more than this: given up
_REACH = 4  # open quotations that one mark can end, and that can go on in the next paragraph

_UNCLOSED = {
    Family.DOUBLE: 3.5,
    Family.SINGLE: 3.0,
    Family.GUILLEMET: 3.5,
    Family.SINGLE_GUILLEMET: 3.5,
}
_REPLACED = 3.0  # its closing mark is missing, and the next quotation opens
_REOPENED = {Family.DOUBLE: 0.3, Family.SINGLE: 1.0}  # at the start of the next paragraph
_CARRIED = 3.0  # into the next paragraph, with no mark at its start (verse, letters)
_SAME_INSIDE = 2.0  # "a "b" c": the same straight marks inside themselves
_SAME_INSIDE_DIRECTED = 1.0  # “a “b” c”
_NEUTRAL = frozenset("\"'＂＇")
_EMPTY = 3.0
_MIXED = 0.5  # “ closed by "
# Pairs of two different characters that cost nothing; where the second closes against its
# direction, what ``marks`` charged for that is given back.
_CUSTOM = {
    ("“", "”"): 0.0,
    ("„", "”"): 0.0,
    ("„", "“"): -1.5,
    ("‟", "”"): 0.0,
    ("`", "'"): 0.0,
    ("‘", "’"): 0.0,
    ("‛", "’"): 0.0,
    ("‚", "’"): 0.0,
    ("‚", "‘"): -1.5,
    ("`", "´"): 0.0,
    ("«", "»"): 0.0,
    ("»", "«"): -1.5,
    ("‹", "›"): 0.0,
    ("›", "‹"): -1.5,
}


@frozen
class Opened:
    """One quotation of the cheapest reading.

    Attributes:
        family: Its marks.
        spans: One a paragraph, marks included.
        closed: Whether its closing mark was found.
    """

    family: Family
    spans: tuple[Span, ...]
    closed: bool


@define(eq=False)
class _Node:
    """An open quotation, on top of those it stands inside."""

    below: _Node | None
    family: Family
    char: str
    start: int
    inner: int  # where its content begins
    shape: int  # equal for stacks that the rest of the text can't tell apart


class _Action(NamedTuple):
    previous: _Action | None
    verb: str
    node: _Node
    at: int


class _Reading(NamedTuple):
    cost: float
    top: _Node | None
    actions: _Action | None


def read_marks(text: str, blocks: Sequence[Span]) -> list[Opened]:
    """Return the quotations of a text, in the order in which they open.

    Args:
        text: The text.
        blocks: Its paragraphs, in order.
    """
    search = _Search()
    for block in blocks:
        search.paragraph(block, list(scan_marks(text, block.start, block.end)))
    return search.result(text)


@define
class _Search:
    readings: list[_Reading] = field(factory=lambda: [_Reading(0.0, None, None)])
    shapes: dict[tuple[int, str], int] = field(factory=dict)

    def paragraph(self, block: Span, marks: list[Mark]) -> None:
        if not marks and all(reading.top is None for reading in self.readings):
            return
        waiting: dict[int, list[_Reading]] = {0: [], 1: [], 2: []}
        fresh = []
        for reading in self.readings:
            if reading.top is None:
                fresh.append(reading)
                continue
            for used, resumed in self._resumed(reading, block, marks):
                waiting[used].append(resumed)
        self.readings = self._best([*fresh, *waiting[0]])
        for number, mark in enumerate(marks, 1):
            following = [new for old in self.readings for new in self._read(old, mark)]
            self.readings = self._best([*following, *waiting.get(number, ())])
        self.readings = self._best(
            [new for old in self.readings for new in self._at_end(old, block.end)]
        )

    def result(self, text: str) -> list[Opened]:
        ended = [r for r in self.readings if r.top is None]
        return _replay(text, min(ended, key=lambda r: r.cost).actions)

    def _best(self, readings: list[_Reading]) -> list[_Reading]:
        cheapest: dict[int, _Reading] = {}
        for reading in readings:
            shape = reading.top.shape if reading.top is not None else 0
            other = cheapest.get(shape)
            if other is None or reading.cost < other.cost:
                cheapest[shape] = reading
        kept = sorted(cheapest.values(), key=lambda r: r.cost)[:_WIDTH]
        limit = kept[0].cost + _MARGIN
        kept = [r for r in kept if r.cost <= limit]
        if 0 in cheapest and cheapest[0] not in kept:
            kept.append(cheapest[0])
        return kept

    def _read(self, reading: _Reading, mark: Mark) -> Iterator[_Reading]:
        yield reading._replace(cost=reading.cost + mark.neither)
        if mark.size <= 2:
            yield self._opened(reading, mark)
        if mark.size > 1 and mark.char == "'":
            yield from _closed_by_run(reading, mark)
            return
        node, ended = reading.top, reading
        for _ in range(_REACH):
            if node is None:
                return
            dropped = _Action(ended.actions, "drop", node, mark.start)
            if node.family is mark.family:
                cost = ended.cost + mark.closing + _mismatch(node, mark)
                closed = _Action(ended.actions, "close", node, mark.start + mark.size)
                yield _Reading(cost, node.below, closed)
                yield self._opened(_Reading(ended.cost + _REPLACED, node.below, dropped), mark)
                return
            ended = _Reading(ended.cost + _UNCLOSED[node.family], node.below, dropped)
            node = node.below

    def _opened(self, reading: _Reading, mark: Mark) -> _Reading:
        top, cost = reading.top, reading.cost + mark.opening
        if top is not None and top.family is mark.family:
            directed = mark.char not in _NEUTRAL and top.char not in _NEUTRAL
            cost += _SAME_INSIDE_DIRECTED if directed else _SAME_INSIDE
        below = top.shape if top is not None else 0
        shape = self.shapes.setdefault((below, mark.char * mark.size), len(self.shapes) + 1)
        node = _Node(top, mark.family, mark.char, mark.start, mark.start + mark.size, shape)
        return _Reading(cost, node, _Action(reading.actions, "open", node, mark.start))

    def _resumed(
        self, reading: _Reading, block: Span, marks: list[Mark]
    ) -> Iterator[tuple[int, _Reading]]:
        """Yield how many marks it uses up to go on in this paragraph, and the reading there."""
        stack = _stack(reading.top)
        if stack[0].family is not Family.SINGLE:
            actions = reading.actions
            for node in stack:
                actions = _Action(actions, "resume", node, block.start)
            yield 0, _Reading(reading.cost + _CARRIED, reading.top, actions)
        used, cost, actions = 0, reading.cost, reading.actions
        place = block.start
        for node, mark in zip(stack[:2], marks[:2], strict=False):
            if mark.start != place or mark.family is not node.family or mark.opening >= _REPLACED:
                break
            cost += _REOPENED.get(node.family, _CARRIED) + mark.opening
            actions = _Action(actions, "resume", node, mark.start)
            used, place = used + 1, mark.start + mark.size
        if used:
            cost += sum(_UNCLOSED[node.family] for node in stack[used:])
            yield used, _Reading(cost, stack[used - 1], actions)

    def _at_end(self, reading: _Reading, end: int) -> Iterator[_Reading]:
        """Yield the readings of a paragraph's end: all quotations ended, or paused."""
        if reading.top is None:
            yield reading
            return
        cost, actions, stack = reading.cost, reading.actions, []
        node: _Node | None = reading.top
        while node is not None:
            cost += _UNCLOSED[node.family]
            actions = _Action(actions, "drop", node, end)
            stack.append(node)
            node = node.below
        yield _Reading(cost, None, actions)
        stack.reverse()
        cost, actions = reading.cost, reading.actions
        for node in stack[:0:-1] if len(stack) > _REACH else ():
            if node is stack[_REACH - 1]:
                break
            cost += _UNCLOSED[node.family]
            actions = _Action(actions, "drop", node, end)
        for node in stack[:_REACH]:
            actions = _Action(actions, "pause", node, end)
        yield _Reading(cost, stack[:_REACH][-1], actions)


def _stack(top: _Node | None) -> list[_Node]:
    """Return the open quotations, outermost first."""
    stack = []
    while top is not None:
        stack.append(top)
        top = top.below
    return stack[::-1]


def _mismatch(node: _Node, mark: Mark) -> float:
    """Return what it costs that these two characters enclose one quotation."""
    cost = 0.0 if node.char == mark.char else _CUSTOM.get((node.char, mark.char), _MIXED)
    return cost + (_EMPTY if mark.start == node.inner else 0.0)


def _closed_by_run(reading: _Reading, mark: Mark) -> Iterator[_Reading]:
    """Yield the readings in which a run of straight apostrophes closes several quotations.

    Each closes a single or, two by two, a double quotation; in the second reading singles that
    are open inside a double were never closed.
    """
    for singles_close in (True, False):
        top, cost, actions = reading.top, reading.cost + mark.closing, reading.actions
        place, left = mark.start, mark.size
        dropped: list[_Node] = []
        while top is not None and left:
            if top.family is Family.DOUBLE and left > 1:
                cost += _MIXED if top.char == "“" else 0.0
                place, left = place + 2, left - 2
                actions = _Action(actions, "close", top, place)
            elif top.family is Family.SINGLE and singles_close:
                place, left = place + 1, left - 1
                actions = _Action(actions, "close", top, place)
            elif top.family is Family.SINGLE and len(dropped) < _REACH and left > 1:
                cost += _UNCLOSED[top.family]
                dropped.append(top)
                actions = _Action(actions, "drop", top, mark.start)
            else:
                break
            top = top.below
        if left < mark.size:
            yield _Reading(cost + _LEFT_OVER * left, top, actions)


_LEFT_OVER = 0.5  # an apostrophe (the horses') before the marks of a run


def _replay(text: str, actions: _Action | None) -> list[Opened]:
    order: list[_Action] = []
    while actions is not None:
        order.append(actions)
        actions = actions.previous
    begun: dict[int, int] = {}
    spans: dict[int, list[Span]] = {}
    families: dict[int, Family] = {}
    closed: dict[int, bool] = {}
    for _, verb, node, at in reversed(order):
        key = node.start
        if verb in ("open", "resume"):
            begun[key] = at
            families[key] = node.family
            spans.setdefault(key, [])
        elif key in begun:
            start = begun.pop(key)
            while verb == "drop" and at > start and text[at - 1].isspace():
                at -= 1
            if start < at:
                spans[key].append(Span(start, at))
            closed[key] = verb == "close"
    return [
        Opened(families[key], tuple(spans[key]), closed.get(key, False))
        for key in sorted(spans)
        if spans[key]
    ]
